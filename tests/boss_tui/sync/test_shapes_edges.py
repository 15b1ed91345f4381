"""What may travel: the bounds of each shape; which notes one end has still to do with; how pages are cut."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from boss_tui.sync import shapes
from boss_tui.sync.shapes import PAGE_BYTES, PAGE_ITEMS, Item, in_pages
from boss_tui.sync.transfers import expected, numbered, open_notes
from data.tables.resource import SimCard
from data.tables.transfer import TransferCount, TransferNote, TransferPiece
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

__all__ = ["empty_store", "tx"]
INT, LARGE = 2**31 - 1, 2**53


def takes(shape: str, field: str, value: Any) -> bool:
    info = getattr(shapes, shape).model_fields[field]
    try:
        TypeAdapter(info.rebuild_annotation()).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("shape", "field", "first", "last"),
    [
        ("Entry", "epoch", 1, INT),
        ("Entry", "seq", 1, INT),
        ("Entry", "kind_version", 1, INT),
        ("Batch", "feed_cursor", 0, LARGE),
        ("Batch", "stream_cursor", 0, LARGE),
        ("Standing", "epoch", 0, LARGE),
        ("Standing", "next_seq", 1, None),
        ("Standing", "durable_seq", 0, LARGE),
        ("Standing", "feed_next", 1, None),
        ("Refusal", "stream_next", 0, LARGE),
        ("Item", "number", 1, None),
        ("Item", "kind_version", 1, None),
        ("StreamPage", "after", 0, LARGE),
        ("StreamPage", "through", 0, LARGE),
        ("StreamPage", "next", 1, None),
        ("Returned", "through", 0, LARGE),
        ("EpochRequest", "seq", 0, LARGE),
        ("LeaseRequest", "pieces", 1, 10_000),
    ],
)
def test_a_number_is_within_its_bounds(shape: str, field: str, first: int, last: int | None) -> None:
    assert (takes(shape, field, first), takes(shape, field, first - 1)) == (True, False)
    if last is None:
        assert takes(shape, field, 2**60)
    else:
        assert (takes(shape, field, last), takes(shape, field, last + 1)) == (True, False)


@pytest.mark.parametrize(
    ("shape", "field", "right", "wrong"),
    [
        ("Entry", "kind", ["C1", ""], ["\x00"]),
        ("Entry", "hash", ["", "0" * 64, "f" * 64], ["0" * 63, "0" * 65, "F" * 64]),
        ("Item", "scope", ["", "province 浙江"], ["a\nb", "\x00"]),
        ("Standing", "time", ["2026-11-23T01:00:00.000000Z"], ["2026-11-23T01:00:00Z", "2026-11-23"]),
        ("LeaseRequest", "request_id", ["x" * 8, "x" * 64], ["x" * 7, "x" * 65]),
    ],
)
def test_a_text_has_its_form(shape: str, field: str, right: list[str], wrong: list[str]) -> None:
    assert [takes(shape, field, text) for text in (*right, *wrong)] == [True] * len(right) + [False] * len(wrong)


@pytest.mark.parametrize(("shape", "field"), [("Batch", "entries"), ("Returned", "items")])
def test_no_more_than_a_thousand_travel_at_once(shape: str, field: str) -> None:
    info = getattr(shapes, shape).model_fields[field]
    assert [bound.max_length for bound in info.metadata] == [1_000]


def item(letters: int = 0, secret: int = 0) -> Item:
    return Item(
        number=1, kind="k", kind_version=1, body="x" * letters, made_at="", signature="", enciphered="y" * secret
    )


@pytest.mark.parametrize(
    ("items", "pages"),
    [
        ([], []),
        ([item()] * PAGE_ITEMS, [PAGE_ITEMS]),
        ([item()] * (PAGE_ITEMS + 1), [PAGE_ITEMS, 1]),
        ([item(PAGE_BYTES), item()], [2]),
        ([item(PAGE_BYTES), item(1)], [1, 1]),
        ([item(PAGE_BYTES - 1, 1), item(0, 1)], [1, 1]),
        ([item(1), item(PAGE_BYTES + 9), item(1), item(1)], [1, 1, 2]),
    ],
)
def test_items_are_cut_into_pages_by_their_number_and_size(items: list[Item], pages: list[int]) -> None:
    assert [len(page) for page in in_pages(items)] == pages


# notes


def note(number: int, state: str = "sent", sender: str = "", receiver: str = "HZ02") -> Any:
    about = {"kind": "sim", "sender": sender, "receiver": receiver, "state": state}
    return row(TransferNote, id=f"n{number}", number=number, **about)


def test_an_end_has_to_do_with_its_own_notes_until_they_are_done(tx: Loose) -> None:
    tx.put(
        *(note(3, sender="HZ01"), note(1, receiver="HZ01"), note(2), note(4, sender="HZ02", receiver="HZ03")),
        *(
            note(5, "draft", "HZ01"),
            note(6, "differs", "HZ01"),
            note(7, "received", "HZ01"),
            note(8, "cancelled", "HZ01"),
        ),
    )
    assert [each.number for each in open_notes(tx, "HZ01")] == [1, 3, 5, 6]
    assert [each.number for each in open_notes(tx, "")] == [1, 2]
    assert numbered(note(7)) == "DB-000007"


def test_what_nobody_has_found_yet_is_expected(tx: Loose) -> None:
    states = {"a": "in_transit", "b": "in_transit", "c": "in_transit", "d": "in_transit", "e": "in_stock"}
    on_note = {"a": "in_transit", "b": "missing", "c": "received", "d": "in_transit", "e": "in_transit"}
    tx.put(note(1), note(2))
    tx.put(*(row(SimCard, iccid=key, imsi=key, state=state) for key, state in states.items()))
    tx.put(*(row(TransferPiece, note_id="n2" if key == "d" else "n1", piece=key, state=on_note[key]) for key in states))
    (of,) = tx.all(TransferNote, id="n1")
    assert expected(tx, of) == ["a", "b"]
    about = {"note_id": "n1", "end_of": "received"}
    tx.put(row(TransferCount, id="x", made_at="1", listed='["a", "b"]', **about))
    tx.put(row(TransferCount, id="y", made_at="2", listed='["b"]', **about))
    assert expected(tx, of) == ["b"]
