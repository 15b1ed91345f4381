"""A batch of recharge cards against its head: what a head says, files that follow each other, serials and PINs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.kit.intake import StockRow
from boss_tui.management.m05 import recharge_cards
from boss_tui.management.m05.recharge_cards import CardIntake
from data.errors import NotAllowed
from data.tables.stockroom import CardBatch, TransportKey
from tests.boss_tui.components.rows import Rows, row

FIRST, START = 33011269000000001, 10
HEAD = {
    "order": "CZ2026-31",
    "maker": "华力",
    "sequence": "12",
    "first_serial": str(FIRST),
    "face_value": "50.00",
    "sum": "500.00",
    "valid_to": "2028-12-31",
    "key": "7",
    "count": "10",
}


def batch(sequence: int, maker: str = "华力", order: str = "other") -> Any:
    return row(CardBatch, id=f"{maker}{sequence}", maker=maker, sequence=sequence, order_no=order)


def intake(*rows: Any, key: bytes | None = b"k", **said: str) -> CardIntake:
    file = SimpleNamespace(start=SimpleNamespace(line=START), head=SimpleNamespace(said={**HEAD, **said}))
    key_of = None if key is None else lambda _: key
    there = Rows(row(TransportKey, key_index="7", check_value="AB"), *rows)
    return CardIntake(there, SimpleNamespace(batch="B", file=file, transport_key=key_of))  # type: ignore[arg-type]


def faults(*rows: Any, key: bytes | None = b"k", **said: str) -> list[str]:
    return [str(each.message) for each in intake(*rows, key=key, **said).end(Rows())]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "said", "wrong"),
    [
        ([], {}, []),
        ([], {"sum": "499.99"}, ["The head's sum is 499.99, the cards come to 500.00."]),
        ([], {"count": "9"}, ["The head's sum is 500.00, the cards come to 450.00."]),
        ([batch(11)], {}, []),
        ([batch(12)], {}, ["File 12 of 华力 was taken already."]),
        ([batch(13)], {}, ["File 12 of 华力 was taken already."]),
        ([batch(10)], {}, ["File 11 of 华力 comes before 12."]),
        ([batch(10), batch(11)], {}, []),
        ([batch(12, maker="another")], {}, []),
        ([batch(11, order="CZ2026-31")], {}, ["Order CZ2026-31 has come already."]),
        ([batch(10, order="CZ2026-31")], {}, ["Order CZ2026-31 has come already.", "File 11 of 华力 comes before 12."]),
    ],
)
def test_a_head_agrees_with_its_cards_and_with_what_came_before(
    rows: list[Any], said: dict[str, Any], wrong: list[str]
) -> None:
    assert faults(*rows, **said) == wrong


@pytest.mark.parametrize(
    ("name", "typed", "right"),
    [
        ("order", "x" * 40, True),
        ("order", "x" * 41, False),
        ("maker", "x" * 40, True),
        ("maker", "x" * 41, False),
        ("sequence", "1", True),
        ("sequence", "0", False),
        ("sequence", "999999999", True),
        ("sequence", "1000000000", False),
        ("first_serial", "1" * 16, False),
        ("first_serial", "1" * 18, False),
        ("face_value", "0.00", False),
        ("sum", "0.00", False),
        ("valid_to", "2028-02-30", False),
    ],
)
def test_what_a_head_says_is_bounded(name: str, typed: str, right: bool) -> None:
    """Its own fault alone is told then: nothing else of it is looked at."""
    said: dict[str, Any] = {name: typed}
    found = faults(**said)
    assert len(found) == (not right)
    assert all(each.startswith(f"The head's {name}: ") for each in found)


@pytest.mark.parametrize(("key", "kept"), [(b"k", True), (b"", False), (None, False)])
def test_a_machine_without_the_key_takes_nothing(key: bytes | None, kept: bool) -> None:
    assert faults(key=key) == ([] if kept else ["Transport key 7 is not kept at this machine."])


def test_no_key_is_asked_for_by_a_head_that_is_wrong() -> None:
    asked: list[str] = []
    file = SimpleNamespace(start=SimpleNamespace(line=START), head=SimpleNamespace(said={**HEAD, "sum": "1.00"}))
    sent: Any = SimpleNamespace(batch="B", file=file, transport_key=asked.append)
    there: Any = Rows(row(TransportKey, key_index="7", check_value="AB"))
    assert len([*CardIntake(there, sent).end(there)]) == 1
    assert asked == []


def card(place: int, pin: str = "p", serial: int | None = None) -> StockRow:
    number = FIRST + place if serial is None else serial
    return StockRow(START + place, (), {"serial": str(number), "pin_cipher": pin})


@pytest.mark.parametrize(
    ("cards", "wrong"),
    [
        ([card(0), card(1, "q")], []),
        ([card(5)], []),
        ([card(0), card(1, serial=FIRST + 2)], [(START + 1, "serial")]),
        ([card(0, serial=FIRST - 1)], [(START, "serial")]),
        ([card(0, "-"), card(1)], [(START, "pin_cipher")]),
        ([card(0, "-", FIRST + 9)], [(START, "serial"), (START, "pin_cipher")]),
        ([card(0, "there"), card(1)], [(START, "pin_cipher")]),
    ],
)
def test_cards_follow_each_other_and_their_pins_open_and_are_no_other_card_s(
    monkeypatch: pytest.MonkeyPatch, cards: list[StockRow], wrong: list[tuple[int, str]]
) -> None:
    monkeypatch.setattr(recharge_cards, "unwrapped", lambda _, cipher: None if cipher == "-" else cipher)
    monkeypatch.setattr(recharge_cards, "check_of", lambda _, pin: f"check of {pin}")
    monkeypatch.setattr(recharge_cards, "find_secret", lambda _: b"secret")
    monkeypatch.setattr(recharge_cards, "having", lambda *_: None)
    reading: Any = SimpleNamespace(among=lambda _, asked: [(each,) for each in asked if each == "check of there"])
    assert [(each.line, each.column) for each in intake().judge(reading, cards)] == wrong
    monkeypatch.setattr(recharge_cards, "find_secret", lambda _: None)
    of_serials = [each for each in wrong if "there" not in cards[0].values["pin_cipher"]]
    assert [(each.line, each.column) for each in intake().judge(reading, cards)] == of_serials
    assert list(intake(sum="1.00").judge(reading, cards)) == [], "by a head that is wrong no row can be judged"


def test_nothing_is_written_of_a_file_whose_head_is_wrong_and_its_first_fault_is_told() -> None:
    with pytest.raises(NotAllowed, match="has come already") as refused:
        intake(batch(10, order="CZ2026-31")).write(Rows(), [card(0)])  # type: ignore[arg-type]
    assert refused.value.field == "file"


def test_a_batch_is_on_record_as_its_head_says() -> None:
    rows: Any = Rows()
    intake().taken(rows)
    (made,) = rows.all(CardBatch)
    assert (made.id, made.order_no, made.maker, made.sequence, made.quantity) == ("B", "CZ2026-31", "华力", 12, 10)
    assert (made.first_serial, made.face_value, made.valid_to, made.key_index) == (str(FIRST), 5_000, "2028-12-31", "7")


@pytest.mark.parametrize(
    ("batch", "waits", "order"),
    [
        (None, [], ""),
        (None, [("O1",)], "O1"),
        ("", [("O1",)], "O2"),
        ("", [], "O2"),
        ("t", [("O1",)], "O1"),
        ("t", [], ""),
    ],
)
def test_the_batch_of_the_card_or_the_one_that_waited_longest_is_accepted(
    batch: str | None, waits: list[tuple[str]], order: str
) -> None:
    made = None if batch is None else row(CardBatch, id="B", order_no="O2", accepted_at=batch)
    reading: Any = SimpleNamespace(find=lambda *_, **__: made, rows=lambda _: waits)
    begun = recharge_cards._begun(reading, None if batch is None else {"batch_id": "B"})
    assert begun == ({"order": order} if order else {})


@pytest.mark.parametrize(
    ("missing", "pieces", "reason", "field"),
    [
        ([], 10, "", None),
        (["1"], 9, "lost", None),
        (["1", "1"], 9, "lost", None),
        (["1", "2"], 8, "lost", None),
        ([], 9, "", "pieces"),
        ([], 11, "", "pieces"),
        (["1"], 10, "lost", "pieces"),
        (["1"], 9, "", "reason"),
    ],
)
def test_what_was_counted_and_what_is_missing_come_to_the_batch(
    monkeypatch: pytest.MonkeyPatch, missing: list[str], pieces: int, reason: str, field: str | None
) -> None:
    monkeypatch.setattr(recharge_cards, "named", lambda *_: missing)
    reading: Any = SimpleNamespace(rows=lambda *_, **__: [])
    made, form = row(CardBatch, quantity=10), SimpleNamespace(missing="", pieces=pieces, reason=reason)
    if field is None:
        assert recharge_cards._absent(reading, made, form) == list(dict.fromkeys(missing))  # type: ignore[arg-type]
        return
    with pytest.raises(NotAllowed) as refused:
        recharge_cards._absent(reading, made, form)  # type: ignore[arg-type]
    assert refused.value.field == field
