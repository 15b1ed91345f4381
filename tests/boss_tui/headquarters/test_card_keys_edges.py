"""Transport keys: what two sides compare of one, and which parts make none."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters import card_keys
from boss_tui.headquarters.card_keys import check_value, keep
from boss_tui.remote import secret_files
from data.errors import NotAllowed, NotFound, Outside
from data.journal import Author
from data.tables.resource import SimCard
from data.tables.stockroom import SimBatch, StockBatch, TransportKey
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row
from tests.head_office import CHECKER, MAKER, HeadOffice

__all__ = ["empty_store", "tx"]

ONE, OTHER = "0F" * 16, "A5" * 16


def test_a_check_value_is_the_first_three_bytes_of_zeros_enciphered() -> None:
    """As FIPS 197's key of zeros has it, and its key of bytes that count up."""
    assert check_value(bytes(16)) == "66E94B"
    assert check_value(bytes(32)) == "DC95C0"


class Reached(Exception):
    """What is typed was taken: the key would be kept now."""


class Office:
    """A desk at which nothing is written."""

    @property
    def seat(self) -> Any:
        raise Reached


@pytest.mark.parametrize(
    ("index", "parts", "field"),
    [
        ("7", (ONE, OTHER), None),
        ("123", (ONE, OTHER), None),
        ("", (ONE, OTHER), "index"),
        ("1234", (ONE, OTHER), "index"),
        ("７", (ONE, OTHER), "index"),
        ("A", (ONE, OTHER), "index"),
        *(
            ("7", ("0F" * n, "A5" * n), None if n in (16, 24, 32) else "part")
            for n in (15, 16, 17, 23, 24, 25, 31, 32, 33)
        ),
        ("7", (ONE, "A5" * 24), "part"),
        ("7", ("0G" * 16, OTHER), "part"),
        ("7", (ONE, "0G" * 16), "part"),
        ("7", (ONE.lower(), OTHER.lower()), None),
        ("7", ("00" * 16, OTHER), "part"),
        ("7", (ONE, "00" * 16), "part"),
        ("7", (ONE, ONE), "part"),
        ("7", (ONE, "0F" * 15 + "0E"), None),
    ],
)
def test_a_key_is_made_of_two_parts_that_say_something(index: str, parts: tuple[str, str], field: str | None) -> None:
    office: Any = Office()
    if field is None:
        with pytest.raises(Reached):
            keep(office, Path(), index, parts, "3002")
        return
    with pytest.raises(NotAllowed) as refused:
        keep(office, Path(), index, parts, "3002")
    assert refused.value.field == field


# the element's file


def batch(tx: Loose, **values: Any) -> Any:
    for n, of in ((3, "b"), (1, "b"), (2, "b"), (9, "other")):
        tx.put(row(SimCard, iccid=f"i{n}", imsi=f"46{n}", ki=f"K{n}", batch_id=of))
    return row(SimBatch, **{"id": "b", "order_no": "PO7", "element": "HLR", "key_index": "7", "quantity": 3, **values})


@pytest.mark.light
def test_an_element_s_file_has_the_keys_of_its_batch_alone_in_their_order(
    tx: Loose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_keys, "PAGE", 2)
    path = tmp_path / "keys.txt"
    digest, count = card_keys._written(tx, batch(tx), path)
    head, *lines = path.read_text("utf-8").splitlines(keepends=True)
    assert head == "#keys,element=HLR,order=PO7,key=7,count=3\n"
    assert lines == ["461,K1\n", "462,K2\n", "463,K3\n"]
    assert (digest, count) == (hashlib.sha256("".join(lines).encode()).hexdigest(), 3)
    assert path.stat().st_mode & 0o777 == 0o600, "its owner's alone"
    before = path.read_bytes()
    for taken in (path, tmp_path / "none" / "keys.txt"):
        with pytest.raises(Outside, match="can't be written"):
            card_keys._written(tx, batch_of_nothing(), taken)
    assert ([each.name for each in tmp_path.iterdir()], path.read_bytes()) == (["keys.txt"], before)


def batch_of_nothing() -> Any:
    return row(SimBatch, id="none", order_no="PO8", element="HLR", key_index="7", quantity=0)


@pytest.mark.light
def test_a_key_that_is_kept_again_takes_the_place_of_what_was_there(head_office: HeadOffice, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed) as refused:
        keep(head_office.maker, tmp_path, "7", (ONE, OTHER), "")
    assert refused.value.field == "approved_by"
    first = keep(head_office.maker, tmp_path, "7", (ONE, OTHER), CHECKER, "the maker")
    assert (first.key_index, first.check_value, first.kept_by, first.approved_by) == (
        "7",
        check_value(bytes.fromhex("AA" * 16)),
        MAKER,
        CHECKER,
    )
    second = keep(head_office.checker, tmp_path, "7", (ONE, "A6" * 16), MAKER)
    (kept,) = head_office.rows(TransportKey)
    assert (kept.check_value, kept.kept_by, kept.state) == (second.check_value, CHECKER, "active")
    assert second.check_value != first.check_value
    assert secret_files.transport_key(tmp_path, "7") == bytes.fromhex("A9" * 16)


@pytest.mark.light
def test_keys_go_to_who_looks_after_elements_and_did_not_take_the_batch_in(
    head_office: HeadOffice, tmp_path: Path
) -> None:
    with head_office.store.transaction(Author("", "x", ""), journalled=False) as tx, tx.received():
        came = row(SimBatch, id="b", order_no="PO7", element="HLR", key_index="7")
        taken_in = row(StockBatch, id="b", operator=MAKER, how="file", kind="sim")
        for one in (came, taken_in):
            tx.add_many(one.__class__, [dict(one.__dict__)])
    with pytest.raises(NotFound, match="PO9"):
        card_keys.write_file(head_office.checker, "PO9", tmp_path / "keys.txt")
    with pytest.raises(NotAllowed) as refused:
        card_keys.write_file(head_office.maker, "PO7", tmp_path / "keys.txt")
    assert refused.value.field == "operator"
    assert list(tmp_path.iterdir()) == []
    written, count = card_keys.write_file(head_office.checker, "PO7", tmp_path / "keys.txt")
    assert (count, written.preloaded_by, bool(written.preloaded_at)) == (0, CHECKER, True)
