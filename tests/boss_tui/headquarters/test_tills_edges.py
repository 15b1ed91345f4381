"""What a till says of itself, as headquarters judges it: where each rule turns, on rows in memory; lies of a day."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.ledger.ledger import OVER_SHORT, SAFE
from boss_tui.components.tenders.tender_slips import TenderSlip, TenderSlips
from boss_tui.components.till.cash import safe_balance
from boss_tui.components.till.shifts import expected_cash
from boss_tui.headquarters.rules import tills
from data.journal import canonical
from data.message import Message
from data.tables.finance import (
    CashMovement,
    Payment,
    PaymentTender,
    PostingLine,
    SafeCount,
    SafePiece,
    Shift,
    ShiftTender,
)
from data.tables.sync import SyncException
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, told
from tests.boss_tui.headquarters.liar import Told, chained, hall, headquarters, journal, push
from tests.boss_tui.verify.history import pieces
from tests.hall import FACTS
from tests.homes import of_this_run

ASIDE = row(SyncException, id="x", outlet="HZ01", state="decided")
SURE, NOTED = [("sums", False)], [("sums", True)]
Found = list[tuple[str, bool]]


# slips of cash


def moved(number: int, key: str = "m") -> Fact:
    return CashMovement, {"id": key, "outlet": "HZ01", "number": number, "posting_id": key}


def before(number: int) -> Any:
    return row(CashMovement, id=f"b{number}", outlet="HZ01", number=number)


@pytest.mark.parametrize(
    ("rows", "numbers", "found"),
    [
        ([before(6)], [7], []),
        ([before(6)], [8], SURE),
        ([before(6)], [9, 10], SURE),
        ([before(6)], [7, 8], []),
        ([before(6)], [7, 9], SURE),
        ([before(6)], [0], SURE),
        ([before(6), ASIDE], [0], SURE),
        ([before(6), ASIDE], [8], NOTED),
        ([], [1], []),
        ([], [0], SURE),
        ([], [8], []),  # those before it were never told here
    ],
)
def test_slips_of_cash_are_numbered_without_gap(rows: list[Any], numbers: list[int], found: Found) -> None:
    facts = [moved(number, f"m{number}") for number in numbers]
    assert told(tills.judge(known(*rows), claim(*facts, kind="till"))) == found


# where the journal was


@pytest.mark.parametrize(
    ("table", "end", "found"),
    [
        ("shift", "8/h", []),
        ("shift", "9/h", SURE),
        ("shift", "8/g", SURE),
        ("shift", "", SURE),
        ("business_day", "2/8 h", []),
        ("business_day", "1/8 h", SURE),
        ("business_day", "2/7 h", SURE),
        ("business_day", "2/8 g", SURE),
    ],
)
def test_a_close_stands_behind_the_entry_before_it(table: str, end: str, found: Found) -> None:
    closed = change(table, "s", state="closed", journal_end=end)
    entry = claim(changed=[closed], kind="day", seq=9, epoch=2)
    assert told(tills.judge(known(), entry)) == found


# what is ticked off

SHIFT = row(Shift, id="s", outlet="HZ01", till="HZ0101", operator="1001", state="open", revision=1)
TOOK = [("card", "A", 300), ("card", "B", 200), ("card", "B", -50), ("cheque", "C", 40)]
CARD: dict[str, Any] = {"shift_id": "s", "kind": "card", "slips": 3, "amount": 450}
CHEQUE: Fact = (ShiftTender, {"shift_id": "s", "kind": "cheque", "slips": 1, "amount": 40})
LACKS: dict[str, Any] = {"missing": 1, "missing_amount": 300, "references": "A", "reason": "lost"}
LACKS_B: dict[str, Any] = {"missing": 2, "missing_amount": 150, "references": "B, B", "reason": "lost"}


@pytest.fixture
def took(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a shift took, as the query of the desk's own rule says it."""

    def slips_of(_reading: Any, _shift: Shift) -> list[TenderSlips]:
        by_kind = {kind: [TenderSlip(of, fen) for each, of, fen in TOOK if each == kind] for kind, _, _ in TOOK}
        return [TenderSlips(kind, Message(""), tuple(slips)) for kind, slips in by_kind.items()]

    monkeypatch.setattr(tills, "slips_of", slips_of)


def ticked(*new: Fact, rows: tuple[Any, ...] = ()) -> Found:
    ends = change("shift", "s", state="closed", journal_end="8/h")
    return told(tills.judge(known(SHIFT, *rows), claim(*new, changed=[ends], kind="shift.close")))


@pytest.mark.usefixtures("took")
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        ({"slips": 2}, SURE),
        ({"slips": 4}, SURE),
        ({"amount": 449}, SURE),
        ({"amount": 451}, SURE),
        (LACKS, []),
        ({**LACKS, "missing": 2}, SURE),
        ({**LACKS, "missing_amount": 299}, SURE),
        ({**LACKS, "references": "B"}, SURE),
        ({**LACKS, "references": "D"}, SURE),
        ({**LACKS, "reason": ""}, SURE),
        ({"references": "A"}, SURE),
        ({"reason": "lost"}, SURE),
        ({"missing_amount": 300}, SURE),
        (LACKS_B, []),  # what was paid and given back under one number
        ({**LACKS_B, "references": "B"}, SURE),
        ({**LACKS_B, "missing": 1, "missing_amount": 200}, SURE),
    ],
)
def test_what_is_ticked_off_is_what_the_shift_took(said: dict[str, Any], found: Found) -> None:
    card = (ShiftTender, {**CARD, **said})
    assert ticked(card, CHEQUE) == found
    assert ticked(card, CHEQUE, rows=(ASIDE,)) == [(reason, True) for reason, _ in found]


@pytest.mark.usefixtures("took")
def test_each_kind_is_ticked_off_and_no_other() -> None:
    assert ticked((ShiftTender, CARD)) == SURE
    more = (ShiftTender, {"shift_id": "s", "kind": "transfer", "slips": 1, "amount": 1})
    assert ticked((ShiftTender, CARD), CHEQUE, more) == SURE
    cash = (ShiftTender, {"shift_id": "s", "kind": "cash", "slips": 1, "amount": 900})
    assert ticked((ShiftTender, CARD), CHEQUE, cash) == SURE


@pytest.mark.usefixtures("took")
def test_what_was_taken_earlier_in_the_batch_is_ticked_off_too() -> None:
    here = known(SHIFT)
    paid = (Payment, {"id": "y", "shift_id": "s"})
    tenders = [
        (PaymentTender, {"payment_id": "y", "line": at, "kind": kind, "amount": 7, "reference": of})
        for at, (kind, of) in enumerate([("card", "A"), ("card", "E"), ("cash", "")])
    ]
    here.learn(claim(paid, *tenders))
    ends = change("shift", "s", state="closed", journal_end="8/h")
    for slips, found in ((4, []), (3, SURE)):
        card = (ShiftTender, {**CARD, "slips": slips, "amount": 464})
        entry = claim(card, CHEQUE, changed=[ends], kind="shift.close")
        assert told(tills.judge(here, entry)) == found


# the safe


def counted(expected: int, difference: int, posted: int, pieces: int = 10) -> Found:
    posting = "p" if posted else None
    count = {"id": "c", "outlet": "HZ01", "expected": expected, "counted": 1_000, "difference": difference}
    facts: list[Fact] = [
        (SafeCount, {**count, "posting_id": posting}),
        (SafePiece, {"count_id": "c", "denomination": 100, "pieces": pieces}),
        (SafePiece, {"count_id": "another", "denomination": 100, "pieces": 7}),
    ]
    if posted:
        sides = ((SAFE, posted), (OVER_SHORT, -posted))
        facts += [
            (PostingLine, {"posting_id": "p", "line": at, "account": of, "amount": fen})
            for at, (of, fen) in enumerate(sides)
        ]
    return told(tills.judge(known(scalars=[900]), claim(*facts, kind="safe")))


@pytest.mark.parametrize(
    ("expected", "difference", "posted", "pieces", "found"),
    [
        (900, 100, 100, 10, []),
        (900, 99, 99, 10, SURE),
        (900, 100, 99, 10, SURE),
        (900, 100, 0, 10, SURE),
        (900, 100, 100, 9, SURE),
        (1_000, 0, 0, 10, NOTED),
        (901, 99, 99, 10, NOTED),
    ],
)
def test_a_count_of_the_safe_is_its_pieces_and_what_was_posted(
    expected: int, difference: int, posted: int, pieces: int, found: Found
) -> None:
    assert counted(expected, difference, posted, pieces) == found


# of a whole journal


@cache
def _day() -> str:
    """A hall's day as JSON: two are paid by card, cash goes into the safe, the shift is closed, the safe counted."""
    at = hall(of_this_run("tills"))
    for slip in ("SLIP-1", "SLIP-2"):
        view = at.filled()
        at.desk.orders.complete(view.id, [Tender("card", view.quote.due, slip)])
        at.desk.serving.next_customer()
    at.desk.till.cash_out(1_000, "drop", "too much in it")
    with at.store.reading() as reading:
        shift = reading.one(Shift, state="open", till=FACTS.counter)
        expected, held = expected_cash(reading, shift), safe_balance(reading, FACTS.outlet)
    at.desk.till.close_shift(
        pieces(expected),
        approver=FACTS.supervisor,
        password=FACTS.password,
        missing={"card": ["SLIP-1"]},
        missing_reason="the customer took it",
    )
    at.desk.signing.sign_off()
    at.desk.signing.sign_on(FACTS.supervisor, FACTS.password)
    at.desk.safe.count(pieces(held + expected))
    found = json.dumps(journal(at))
    at.store.close()
    return found


def test_an_honest_day_is_believed(tmp_path: Path) -> None:
    assert push(headquarters(tmp_path), json.loads(_day())) == []


LIES: dict[str, tuple[str, dict[str, Any], str]] = {
    "a slip of cash that leaves a gap": ("cash_movement", {"number": 99}, "open"),
    "a close that stands elsewhere": ("shift", {"journal_end": "1/0"}, "open"),
    "less that was ticked off": ("shift_tender", {"amount": 1}, "open"),
    "no slip that is not in hand": ("shift_tender", {"missing": 0, "missing_amount": 0, "references": ""}, "open"),
    "a safe that holds less": ("safe_count", {"counted": 1}, "open"),
    "a safe that should hold less": ("safe_count", {"expected": 1}, "open"),
}


@pytest.mark.parametrize("what", LIES)
def test_a_lie_is_put_aside(tmp_path: Path, what: str) -> None:
    table, values, state = LIES[what]
    day: Told = json.loads(_day())
    place = max(at for at, entry in enumerate(day) if f'["{table}",' in entry["body"])
    body = json.loads(day[place]["body"])
    changes = [each for each in body["changes"] if each[0] == table]
    changes[-1][4].update(values)
    day[place]["body"] = canonical(body)
    found = push(headquarters(tmp_path), chained(day, place)[: place + 1])
    assert [(each.reason, each.state, each.seq) for each in found] == [("sums", state, day[place]["seq"])]
