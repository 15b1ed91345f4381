"""Days, shifts and cash: the last fen that a cashier signs, who closes whose shift, which date is opened (F11)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.components.till import cash, shifts
from boss_tui.components.till import shifts as till
from boss_tui.components.till.cash import IN, OUT
from data.clock import stamp
from data.errors import NotAllowed
from data.tables.finance import BusinessDay, Posting, PostingLine, Shift, ShiftCount
from data.tables.organisation import Operator
from data.tables.sync import AccessLog, JournalHead
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, NOW, row

LEGAL = (10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
SAFE = 10_000
"""Fen in the safe before anything is done."""
ROLES = (("1001", "clerk"), ("1002", "clerk"), ("2001", "supervisor"), ("3001", "manager"))


@pytest.fixture
def loose(tx: Loose) -> Loose:
    tx.put(
        *(row(Operator, staff_no=staff, role=role) for staff, role in ROLES),
        row(Operator, staff_no="2009", role="supervisor", state="left"),
        row(JournalHead, outlet="HZ01", seq=7, hash="h"),
        row(JournalHead, outlet="NB01"),
        row(Posting, id="reserve", outlet="HZ01"),
        row(PostingLine, posting_id="reserve", line=1, account="1004", amount=SAFE),
    )
    return tx


def open_shift(tx: Loose, cash: int = 0, **values: Any) -> Shift:
    """A shift of 1001 in which the books expect so much cash."""
    standard = {"id": "s", "outlet": "HZ01", "till": "HZ0101", "operator": "1001", "business_date": DAY}
    tx.put(
        row(Shift, **{**standard, **values}),
        row(Posting, id="p", shift_id="s"),
        row(PostingLine, posting_id="p", line=1, account="1001", amount=cash),
    )
    return tx.one(Shift, id="s")


def entered(tx: Loose) -> list[tuple[str, int, str]]:
    """Account, fen and item of what was posted since."""
    rows = [one for one in tx.all(PostingLine, order=("line",)) if one.posting_id not in {"p", "reserve"}]
    return [(one.account, one.amount, one.item) for one in rows]


@pytest.mark.parametrize(
    ("staff", "is_one"),
    [("1001", False), ("2001", True), ("3001", True), ("2009", False), ("none", False), ("", False)],
)
def test_a_supervisor_is_one_who_is_at_work(loose: Loose, staff: str, is_one: bool) -> None:
    assert till.is_supervisor(loose, staff) is is_one


# closing a shift


@pytest.mark.parametrize("denomination", LEGAL)
def test_each_note_and_coin_counts_and_nothing_else_does(loose: Loose, denomination: int) -> None:
    shift = open_shift(loose, 3 * denomination)
    for strange in {denomination - 1, denomination + 1} - {*LEGAL}:
        with pytest.raises(NotAllowed) as refusal:
            till.close_shift(loose, shift, {strange: 0}, closed_by="1001")
        assert refusal.value.field == "counts"
    closed = till.close_shift(loose, shift, {denomination: 3}, closed_by="1001")
    assert (closed.counted_cash, closed.expected_cash, closed.difference) == (3 * denomination, 3 * denomination, 0)


@pytest.mark.parametrize(
    ("pieces", "rows"), [({100: 0, 50: 2}, [(50, 2)]), ({}, []), ({100: 1, 1: 1}, [(1, 1), (100, 1)])]
)
def test_what_was_counted_is_kept(loose: Loose, pieces: dict[int, int], rows: list[tuple[int, int]]) -> None:
    cash = sum(one * n for one, n in pieces.items())
    closed = till.close_shift(loose, open_shift(loose, cash), pieces, closed_by="1001", reason="  ")
    assert loose.told(ShiftCount, "denomination", "pieces", order=("denomination",)) == rows
    assert entered(loose) == ([("1004", cash, "handover"), ("1001", -cash, "handover")] if cash else [])
    assert (closed.state, closed.closed_by, closed.reason, closed.journal_end) == ("closed", "1001", "", "7/h")
    with pytest.raises(NotAllowed, match="closed already"):
        till.close_shift(loose, closed, pieces, closed_by="1001")


def test_less_than_no_piece_is_not_counted(loose: Loose) -> None:
    with pytest.raises(NotAllowed) as refusal:
        till.close_shift(loose, open_shift(loose), {100: -1}, closed_by="1001")
    assert refusal.value.field == "counts"


@pytest.mark.parametrize(
    ("difference", "reason", "closed_by", "approved_by", "field"),
    [
        (0, "", "1001", "", None),
        (1, "", "1001", "", "reason"),
        (-1, " ", "1001", "", "reason"),
        (1, "x", "1001", "", None),
        (1000, "x", "1001", "", None),
        (-1000, "x", "1001", "", None),
        (1001, "x", "1001", "", "approved_by"),
        (-1001, "x", "1001", "", "approved_by"),
        (1001, "x", "1001", "2001", None),
        (1001, "x", "1001", "3001", None),
        (1001, "x", "2001", "", None),
        (1001, "x", "1001", "1002", "approved_by"),
        (0, "", "1001", "1002", "approved_by"),
        (0, "", "1001", "2009", "approved_by"),
        (1001, "", "1001", "2001", "reason"),
        (1001, "x", "2001", "3001", None),
    ],
)
def test_a_difference_has_a_reason_and_above_the_limit_somebody_else_who_signs(
    loose: Loose, difference: int, reason: str, closed_by: str, approved_by: str, field: str | None
) -> None:
    shift, counted = open_shift(loose, 2_000), 2_000 + difference
    counts = {1: counted}
    if field is None:
        closed = till.close_shift(loose, shift, counts, closed_by=closed_by, reason=reason, approved_by=approved_by)
        assert (closed.difference, closed.reason, closed.approved_by) == (difference, reason, approved_by)
        over = [("1001", difference, "difference"), ("6900", -difference, "difference")] if difference else []
        assert entered(loose) == [*over, ("1004", counted, "handover"), ("1001", -counted, "handover")]
        return
    with pytest.raises(NotAllowed) as refusal:
        till.close_shift(loose, shift, counts, closed_by=closed_by, reason=reason, approved_by=approved_by)
    assert refusal.value.field == field
    assert entered(loose) == []


@pytest.mark.parametrize(("limit", "signs"), [(5, True), (4, False), (0, False)])
def test_the_limit_may_be_another(loose: Loose, limit: int, signs: bool) -> None:
    shift = open_shift(loose)
    if signs:
        assert till.close_shift(loose, shift, {5: 1}, closed_by="1001", reason="x", limit=limit).difference == 5
        return
    with pytest.raises(NotAllowed):
        till.close_shift(loose, shift, {5: 1}, closed_by="1001", reason="x", limit=limit)


def test_a_supervisor_does_not_sign_for_their_own_till(loose: Loose) -> None:
    shift = open_shift(loose, operator="2001")
    with pytest.raises(NotAllowed) as refusal:
        till.close_shift(loose, shift, {2000: 1}, closed_by="2001", reason="x")
    assert refusal.value.field == "approved_by"
    closed = till.close_shift(loose, shift, {2000: 1}, closed_by="2001", reason="x", approved_by="3001")
    assert closed.approved_by == "3001"


@pytest.mark.parametrize(
    ("closed_by", "approved_by", "may"),
    [
        ("1001", "", True),
        ("1002", "", False),
        ("2001", "", True),
        ("1002", "2001", True),
        ("2009", "", False),
        ("1001", "2001", True),
    ],
)
def test_somebody_else_s_shift_is_closed_by_a_supervisor(
    loose: Loose, closed_by: str, approved_by: str, may: bool
) -> None:
    shift = open_shift(loose)
    if may:
        assert till.close_shift(loose, shift, {}, closed_by=closed_by, approved_by=approved_by).closed_by == closed_by
        return
    with pytest.raises(NotAllowed, match="the shift of 1001"):
        till.close_shift(loose, shift, {}, closed_by=closed_by, approved_by=approved_by)


@pytest.mark.parametrize(("before", "number"), [([], 1), ([1], 2), ([3, 9], 10)])
def test_a_till_s_z_numbers_run_on(loose: Loose, before: list[int], number: int) -> None:
    for z in before:
        loose.put(row(Shift, id=f"z{z}", till="HZ0101", state="closed", z_number=z))
    loose.put(row(Shift, id="other", till="HZ0102", state="closed", z_number=77))
    assert till.close_shift(loose, open_shift(loose), {}, closed_by="1001").z_number == number


@pytest.mark.parametrize(("state", "made", "copy"), [("closed", 0, 1), ("closed", 2, 3), ("open", 0, None)])
def test_a_z_is_printed_again_under_the_number_of_its_copy(
    loose: Loose, state: str, made: int, copy: int | None
) -> None:
    shift = open_shift(loose, state=state)
    loose.put(*(row(AccessLog, id=str(n), act="reprint", subject="s") for n in range(made)))
    loose.put(row(AccessLog, id="x", act="reprint", subject="t"), row(AccessLog, id="y", act="look", subject="s"))
    if copy is None:
        with pytest.raises(NotAllowed, match="no Z yet"):
            till.note_reprint(loose, shift, "1001")
        return
    assert till.note_reprint(loose, shift, "1002", "torn") == copy
    assert ("1002", "torn") in loose.told(AccessLog, "operator", "reason", act="reprint", subject="s")


# opening a shift, moving cash


@pytest.mark.parametrize(
    ("day", "running", "amount", "told"),
    [
        (True, None, 0, ""),
        (True, None, 1, ""),
        (True, None, -1, "0 or more"),
        (False, None, 0, "day is not open"),
        (True, "HZ0101", 0, "has an open shift of 1002"),
        (True, "HZ0102", 5, ""),
    ],
)
def test_a_shift_opens_on_an_open_day_one_a_till(
    loose: Loose, day: bool, running: str | None, amount: int, told: str
) -> None:
    loose.put(
        row(BusinessDay, outlet="HZ01", business_date=DAY, state="open" if day else "closed"),
        row(BusinessDay, outlet="NB01", business_date="2026-11-25"),
    )
    if running:
        loose.put(row(Shift, id="r", till=running, operator="1002"))
    about = {"outlet": "HZ01", "till": "HZ0101", "operator": "1001", "float_amount": amount}
    if told:
        with pytest.raises(NotAllowed, match=told):
            till.open_shift(loose, **about)  # type: ignore[arg-type]
        return
    made = till.open_shift(loose, **about)  # type: ignore[arg-type]
    assert (made.business_date, made.float_amount, made.state) == (DAY, amount, "open")
    assert entered(loose) == ([("1001", amount, "float"), ("1004", -amount, "float")] if amount else [])
    assert till.shift_at(loose, "HZ0101") == made


@pytest.mark.parametrize(
    ("way", "amount", "purpose", "note", "field"),
    [
        ("in", 1, "change", "x", None),
        ("in", 0, "change", "x", "amount"),
        ("in", -1, "change", "x", "amount"),
        ("in", 5, "drop", "x", "purpose"),
        ("in", 5, "return", " ", "note"),
        ("in", 5, "return", " x ", None),
        ("out", 1, "drop", "x", None),
        ("out", 500, "expense", "x", None),
        ("out", 501, "expense", "x", "amount"),
        ("out", 0, "drop", "x", "amount"),
        ("out", 5, "change", "x", "purpose"),
        ("out", 5, "drop", "", "note"),
    ],
)
def test_cash_is_moved_for_a_purpose_that_is_said(
    loose: Loose, way: str, amount: int, purpose: str, note: str, field: str | None
) -> None:
    shift = open_shift(loose, 500)
    move = cash.cash_in if way == "in" else cash.cash_out
    if field is not None:
        with pytest.raises(NotAllowed) as refusal:
            move(loose, shift, amount, purpose=purpose, note=note, operator="1001")
        assert refusal.value.field == field
        return
    made = move(loose, shift, amount, purpose=purpose, note=note, operator="1001")
    assert (made.number, made.purpose, made.amount, made.approved_by) == (1, purpose, amount, "")
    posted = loose.one(Posting, id=made.posting_id)
    assert (posted.note, posted.shift_id, posted.till, posted.order_id) == ("x", "s", "HZ0101", None)
    assert (posted.business, posted.operator) == ("M11", "1001")
    sides = [("1001", amount, purpose), (IN.get(purpose, ""), -amount, purpose)]
    out = [(OUT.get(purpose, ""), amount, purpose), ("1001", -amount, purpose)]
    assert entered(loose) == (sides if way == "in" else out)


# days


def day(date: str, state: str = "closed", **values: Any) -> Any:
    return row(BusinessDay, **{"outlet": "HZ01", "business_date": date, "state": state, **values})


@pytest.mark.parametrize(
    ("known", "typed", "approved_by", "told"),
    [
        ([], DAY, "", ""),
        ([day("2026-11-22")], DAY, "", ""),
        ([day(DAY)], DAY, "", "is closed: open a later one"),
        ([day("2026-11-24")], DAY, "", "is closed: open a later one"),
        ([day("2026-11-22", "open")], DAY, "", "still open"),
        ([day("2026-11-20", "open", outlet="NB01")], DAY, "", ""),
        ([], "2026-11-24", "", ""),
        ([], "2026-11-25", "", "2 days ahead"),
        ([], "2026-11-25", "2001", ""),
        ([], "2026-11-25", "1001", "2 days ahead"),
        ([], "2026-11-20", "", ""),
        ([day("2026-11-20"), day("2026-11-22")], "2026-11-21", "", "2026-11-22 is closed"),
    ],
)
def test_days_open_one_at_a_time_each_later_than_the_last(
    loose: Loose, known: list[Any], typed: str, approved_by: str, told: str
) -> None:
    loose.put(*known)
    if told:
        with pytest.raises(NotAllowed, match=told):
            till.open_day(loose, "HZ01", typed, "1001", approved_by)
        return
    made = till.open_day(loose, "HZ01", typed, "1001", approved_by)
    assert (made.business_date, made.state, made.opened_by, made.note) == (typed, "open", "1001", "")
    assert till.today(loose, "HZ01") == made


@pytest.mark.parametrize(
    ("seconds", "note"),
    [(-60, ""), (0, ""), (0.5, ""), (1.5, "clock_went_back_seconds=1"), (2.5, "clock_went_back_seconds=2"), (None, "")],
)
def test_a_clock_that_stands_before_the_last_close_is_noted(loose: Loose, seconds: float | None, note: str) -> None:
    closed_at = "" if seconds is None else stamp(NOW + timedelta(seconds=seconds))
    loose.put(day("2026-11-22", closed_at=closed_at))
    assert till.open_day(loose, "HZ01", DAY, "1001").note == note


@pytest.mark.parametrize(
    ("known", "following"),
    [
        ([], DAY),
        (["2026-11-20"], DAY),
        (["2026-11-22"], DAY),
        ([DAY], "2026-11-24"),
        (["2026-11-30"], "2026-12-01"),
        (["2026-11-20", "2026-11-25"], "2026-11-26"),
    ],
)
def test_the_next_day_is_neither_behind_the_clock_nor_one_that_was(
    loose: Loose, known: list[str], following: str
) -> None:
    loose.put(*map(day, known), day("2026-12-31", outlet="NB01"))
    assert till.next_day(loose, "HZ01") == following


def test_a_day_closes_once_no_shift_of_the_outlet_is_open(loose: Loose) -> None:
    loose.put(day(DAY, "open"), row(Shift, id="b", outlet="HZ01", till="B", operator="1002"))
    loose.put(row(Shift, id="a", outlet="HZ01", till="A", operator="1001"), row(Shift, id="n", outlet="NB01", till="N"))
    with pytest.raises(NotAllowed) as refusal:
        till.close_day(loose, "HZ01", DAY, "2001")
    assert str(refusal.value) == "Still open: A (1001), B (1002). Close there, or: boss till close --counter A"
    for shift in loose.all(Shift, outlet="HZ01"):
        loose.change(shift, state="closed")
    assert till.close_day(loose, "HZ01", DAY, "2001").closed_by == "2001"
    with pytest.raises(NotAllowed, match="closed already"):
        till.close_day(loose, "HZ01", DAY, "2001")


@pytest.mark.parametrize(
    ("clock", "closed", "last", "known"),
    [
        ("2026-11-23", "", "", "2026-11-23"),
        ("2026-11-23", "", "2026-11-25", "2026-11-23"),  # no day was closed yet
        ("2026-11-23", "2026-11-23T10:00:00Z", "2026-11-25", "2026-11-23"),
        ("2026-11-23", "2026-11-23T15:59:59Z", "2026-11-25", "2026-11-23"),
        ("2026-11-23", "2026-11-23T16:00:00Z", "2026-11-25", "2026-11-25"),  # the clock stands before that close
        ("2026-11-23", "2026-11-24T10:00:00Z", "2026-11-20", "2026-11-23"),
        ("2026-11-23", "2026-11-24T10:00:00Z", "", "2026-11-23"),
    ],
)
def test_a_date_is_measured_from_the_clock_unless_it_stands_before_a_close(
    tx: Loose, clock: str, closed: str, last: str, known: str
) -> None:
    assert clock == DAY
    if closed:
        tx.put(row(BusinessDay, outlet="HZ01", business_date="2026-11-01", state="closed", closed_at=closed))
    day = row(BusinessDay, outlet="HZ01", business_date=last, state="closed") if last else None
    assert shifts._known_date(tx, "HZ01", day).isoformat() == known


@pytest.mark.parametrize(("hours", "known"), [(0, "2026-11-23"), (14, "2026-11-23"), (15, "2026-11-24")])
def test_headquarters_clock_counts_where_it_is_ahead(tx: Loose, hours: int, known: str) -> None:
    """It is nine in the morning here."""
    tx.put(row(JournalHead, outlet="HZ01", clock_offset_ms=hours * 3_600_000))
    assert shifts._known_date(tx, "HZ01", None).isoformat() == known
