"""On which dates something is done, whose work orders are moved, which pieces a count lets go, which states follow."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import CheckConstraint

from boss_tui.headquarters.rules import closes, counts, moves, numbers, whose
from boss_tui.reports.closing import digest_of
from boss_tui.sync.scarce import LYING, PIECES
from data.clock import day_after
from data.journal import Change
from data.parameters import QUARANTINE_DAYS, QUARANTINE_FRAUD_DAYS
from data.states import MOVES
from data.tables import all_tables
from data.tables.finance import BusinessDay, ClosingReport, Shift, ShiftCount
from data.tables.life import Suspension, ValueChange
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from data.tables.organisation import Operator
from data.tables.resource import NumberGrade, PhoneNumber
from data.tables.stock import Handset, PieceCount, PieceDifference, StockCount
from data.tables.sync import Lease
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order, published, told

BEFORE, AFTER = "2026-11-22", "2026-11-24"


def day(date: str, state: str = "open", outlet: str = "HZ01") -> Any:
    return row(BusinessDay, outlet=outlet, business_date=date, state=state)


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ([], False),  # what opened it may have been put aside
        ([day(DAY)], False),
        ([day(DAY, "closed")], True),
        ([day(BEFORE, "closed")], False),
        ([day(AFTER)], True),  # nobody opened it while it could be
        ([day(DAY), day(AFTER)], False),
        ([day(AFTER, outlet="HZ02")], False),
    ],
)
@pytest.mark.parametrize("of_entry", [DAY, ""])
def test_nothing_is_done_on_a_date_that_was_passed_over(days: list[Any], wrong: bool, of_entry: str) -> None:
    found = told(whose.judge(known(*days), claim(order(), business_date=of_entry)))
    assert found == ([("date", False)] if wrong else [])


@pytest.mark.parametrize(("outlet", "found"), [("HZ01", []), ("HZ02", [("foreign", False)])])
def test_a_work_order_is_of_the_outlet_s_own_orders(outlet: str, found: list[tuple[str, bool]]) -> None:
    here = known(row(WorkOrder, id="w", order_id="o"), row(ProductOrder, id="o", outlet=outlet))
    done = claim(changed=[change("work_order", "w", state="done"), change("work_order", "?", state="done")])
    assert told(whose.judge(here, done)) == found


COUNT: Fact = (StockCount, {"id": "s", "counted_by": "1001", "approved_by": "2001"})
MISSED: Fact = (PieceDifference, {"count_id": "c", "piece": "86", "verdict": "missing"})
CLOSED = change("piece_count", "c", state="closed", count_id="s")
LOST = change("handset", "86", state=PIECES["handset"].lost)


def of(fact: Fact, **values: Any) -> Fact:
    return fact[0], {**fact[1], **values}


@pytest.mark.parametrize(
    ("facts", "changed", "kind", "wrong"),
    [
        ([COUNT, MISSED], [CLOSED, LOST], "stock.pieces", False),
        ([], [LOST], "stock.pieces", True),
        ([], [LOST], "stock.count", True),
        ([COUNT, MISSED], [LOST], "stock.pieces", True),
        ([COUNT], [CLOSED, LOST], "stock.pieces", True),
        ([COUNT, of(MISSED, piece="99")], [CLOSED, LOST], "stock.pieces", True),
        ([COUNT, of(MISSED, verdict="strange")], [CLOSED, LOST], "stock.pieces", True),
        ([of(COUNT, approved_by=""), MISSED], [CLOSED, LOST], "stock.pieces", True),
        ([of(COUNT, approved_by="1001"), MISSED], [CLOSED, LOST], "stock.pieces", True),
        ([of(COUNT, id="t"), MISSED], [CLOSED, LOST], "stock.pieces", True),
        ([COUNT, MISSED], [CLOSED, change("handset", "86", state="scrapped")], "stock.pieces", True),
        ([COUNT, MISSED], [CLOSED], "stock.pieces", True),  # it says so, and leaves it on the shelf
        ([COUNT, of(MISSED, piece="87")], [CLOSED, change("handset", "87", state="returned")], "stock.pieces", True),
        ([], [change("handset", "86", sold_on=DAY)], "stock.pieces", False),
        ([], [change("handset", "86", state="in_transit")], "stock.transfer", False),  # of boxes: `transfers`
        ([], [change("handset", "88", state="in_stock")], "stock.transfer", False),
        ([], [change("handset", "99", state="scrapped")], "stock.pieces", False),  # it is not here
        ([], [LOST], "C10", False),
    ],
)
def test_a_piece_is_lost_by_a_count_that_two_signed(
    facts: list[Fact], changed: list[Change], kind: str, wrong: bool
) -> None:
    rows = [
        row(Handset, imei="86", state="in_stock"),
        row(Handset, imei="87", state="returned"),  # its buyer brought it back
        row(Handset, imei="88", state="in_transit"),
        row(PieceCount, id="c", kind="handset"),
    ]
    found = counts.judge(known(*rows), claim(*facts, changed=changed, kind=kind))
    assert told(found) == ([("stock", False)] if wrong else [])


FOUND: Fact = (PieceDifference, {"count_id": "c", "piece": "86", "verdict": "found"})
BACK = change("handset", "86", state=PIECES["handset"].free)


@pytest.mark.parametrize(
    ("before", "facts", "changed", "kind", "wrong"),
    [
        (["missing"], [COUNT, FOUND], [CLOSED, BACK], "stock.pieces", False),
        (["missing", "found", "missing"], [COUNT, FOUND], [CLOSED, BACK], "stock.pieces", False),
        (["missing", "found"], [COUNT, FOUND], [CLOSED, BACK], "stock.pieces", True),  # then its buyer brought it back
        ([], [COUNT, FOUND], [CLOSED, BACK], "stock.pieces", True),  # no count has missed it
        (["extra"], [COUNT, FOUND], [CLOSED, BACK], "stock.pieces", True),
        (["missing"], [], [BACK], "stock.pieces", True),
        (["missing"], [COUNT], [CLOSED, BACK], "stock.pieces", True),
        (["missing"], [COUNT, FOUND], [BACK], "stock.pieces", True),
        (["missing"], [COUNT, FOUND], [CLOSED], "stock.pieces", True),
        (["missing"], [COUNT, of(FOUND, piece="87")], [CLOSED, BACK], "stock.pieces", True),
        (["missing"], [of(COUNT, approved_by=""), FOUND], [CLOSED, BACK], "stock.pieces", True),
        (["missing"], [of(COUNT, approved_by="1001"), FOUND], [CLOSED, BACK], "stock.pieces", True),
        (["missing"], [COUNT, FOUND], [CLOSED, change("handset", "86", state="sold")], "stock.pieces", True),
    ],
)
def test_a_piece_comes_back_by_a_count_that_two_signed_where_one_had_missed_it(
    before: list[str], facts: list[Fact], changed: list[Change], kind: str, wrong: bool
) -> None:
    rows = [
        row(Handset, imei="86", state="returned"),
        row(PieceCount, id="c", kind="handset"),
        *(row(PieceDifference, count_id=f"c{at}", piece="86", verdict=told) for at, told in enumerate(before)),
    ]
    found = [*counts.judge(known(*rows), told_of := claim(*facts, changed=changed, kind=kind))]
    found += moves.judge(known(*rows), told_of)
    assert {fault.reason for fault in found} == ({"stock"} if wrong else set())


@pytest.mark.parametrize(("state", "wrong"), [("running", False), ("returned", True), ("reclaimed", True)])
def test_a_piece_comes_back_into_a_block_that_is_its_outlet_s_still(state: str, wrong: bool) -> None:
    rows = [
        row(Handset, imei="86", state="returned", lease_id="L"),
        row(Lease, id="L", state=state),
        row(PieceCount, id="c", kind="handset"),
        row(PieceDifference, count_id="b", piece="86", verdict="missing"),
    ]
    found = counts.judge(known(*rows), claim(COUNT, FOUND, changed=[CLOSED, BACK], kind="stock.pieces"))
    assert told(found) == ([("stock", False)] if wrong else [])


@pytest.mark.parametrize(("kind", "found"), [("C10", [("move", False)]), ("stock.pieces", [])])
def test_what_was_lost_is_in_stock_again_by_no_business(kind: str, found: list[tuple[str, bool]]) -> None:
    here = known(row(Handset, imei="86", state="returned"))
    assert told(moves.judge(here, claim(changed=[BACK], kind=kind))) == found


def test_a_count_of_one_kind_lets_go_of_no_other() -> None:
    rows = [row(Handset, imei="86", state="in_stock"), row(PieceCount, id="c", kind="sim")]
    found = counts.judge(known(*rows), claim(COUNT, MISSED, changed=[CLOSED, LOST], kind="stock.pieces"))
    assert told(found) == [("stock", False)]
    assert "handset" in LYING


RESTED, TOO_SHORT = (day_after(DAY, QUARANTINE_DAYS.first - short) for short in (0, 1))


@pytest.mark.parametrize(
    ("kind", "here", "values", "wrong"),
    [
        ("quarantine.end", {"state": "quarantined", "quarantine_until": DAY}, {"state": "idle"}, False),
        ("quarantine.end", {"state": "quarantined", "quarantine_until": AFTER}, {"state": "idle"}, True),
        ("quarantine.end", {"state": "quarantined", "quarantine_until": ""}, {"state": "idle"}, True),
        ("quarantine.end", {"state": "in_use", "quarantine_until": DAY}, {"state": "idle"}, True),
        ("quarantine.end", {"state": "in_use"}, {"state": "quarantined"}, True),
        ("quarantine.end", {"state": "quarantined", "quarantine_until": AFTER}, {"quarantine_until": ""}, True),
        ("quarantine.end", {"state": "in_use", "revision": 7}, {"state": "idle"}, False),  # it is stale
        ("number.porting", {"state": "ported"}, {"state": "quarantined", "quarantine_until": RESTED}, False),
        ("number.porting", {"state": "ported"}, {"state": "quarantined", "quarantine_until": TOO_SHORT}, True),
        ("number.porting", {"state": "in_use"}, {"state": "ported"}, True),
        ("number.porting", {"state": "in_use"}, {"state": "quarantined"}, True),
        ("C9.completion", {"state": "in_use"}, {"state": "quarantined", "quarantine_until": RESTED}, False),
        ("C9.completion", {"state": "in_use"}, {"state": "quarantined", "quarantine_until": TOO_SHORT}, True),
        ("C9.completion", {"state": "in_use"}, {"state": "quarantined"}, True),
        ("C9", {"state": "quarantined", "quarantine_until": RESTED}, {"quarantine_until": AFTER}, True),
        ("C1", {"state": "quarantined", "quarantine_until": DAY}, {"state": "sold"}, True),
        ("C1", {"state": "idle"}, {"state": "sold"}, False),
    ],
)
def test_a_number_moves_by_no_order_when_it_has_rested_or_came_back(
    kind: str, here: dict[str, Any], values: dict[str, Any], wrong: bool
) -> None:
    unknown, stale = change("phone_number", "139", **values), change("phone_number", "137", 2, **values)
    moved = claim(changed=[unknown, stale, change("phone_number", "138", **values)], kind=kind)
    found = numbers.judge(known(*(row(PhoneNumber, number=each, **here) for each in ("137", "138"))), moved)
    assert told(found) == ([("move", False)] if wrong else [])


@pytest.mark.parametrize(
    ("days", "fraud", "kind", "until", "found"),
    [
        (0, "", "C9.completion", QUARANTINE_DAYS.first, []),
        (7, "", "C9.completion", 7, []),
        (7, "", "C9.completion", 6, [("move", False)]),
        (7, "running", "C9.completion", QUARANTINE_FRAUD_DAYS.first, []),
        (7, "running", "C9.completion", QUARANTINE_FRAUD_DAYS.first - 1, [("move", False)]),
        (7, "lifted", "C9.completion", 7, []),
        (7, "running", "C2.completion", 7, []),
    ],
)
def test_a_number_rests_as_long_as_its_grade_says_and_longer_after_fraud(
    days: int, fraud: str, kind: str, until: int, found: list[tuple[str, bool]]
) -> None:
    rows = [
        row(PhoneNumber, number="138", state="in_use", grade="N", subscription_id="s"),
        row(NumberGrade, code="N", quarantine_days=days),
        *([row(Suspension, id="f", subscription_id="s", cause="fraud", state=fraud)] if fraud else []),
    ]
    rests = change("phone_number", "138", state="quarantined", quarantine_until=day_after(DAY, until))
    assert told(numbers.judge(known(*rows), claim(changed=[rests], kind=kind))) == found


@pytest.mark.parametrize(
    ("shortened", "until", "found"),
    [("2026-11-20", 7, []), (DAY, 7, []), ("2026-11-24", 7, [("move", True)]), ("2026-11-24", 6, [("move", False)])],
)
def test_a_rest_of_another_day_is_noted(shortened: str, until: int, found: list[tuple[str, bool]]) -> None:
    rows = [
        row(PhoneNumber, number="138", state="in_use", grade="N"),
        row(NumberGrade, code="N", quarantine_days=7 if shortened <= DAY else 90, revision=2),
        published(1, "number_grade", ("N",), "2026-11-01", "add", quarantine_days=90),
        published(2, "number_grade", ("N",), shortened, quarantine_days=7),
    ]
    rests = change("phone_number", "138", state="quarantined", quarantine_until=day_after(DAY, until))
    assert told(numbers.judge(known(*rows), claim(changed=[rests], kind="C9.completion"))) == found


@pytest.mark.parametrize(
    ("reverses", "before", "found"), [("o0", "138", []), (None, "138", ["move"]), ("o0", "139", ["move"])]
)
def test_a_number_that_rests_goes_back_to_whom_it_was_taken_from(
    reverses: str | None, before: str, found: list[str]
) -> None:
    rows = [
        row(PhoneNumber, number="138", state="quarantined", quarantine_until=AFTER),
        row(ValueChange, id="v", order_id="o0", subject="s", field="number", before=before),
    ]
    again = change("phone_number", "138", state="sold", subscription_id="s", quarantine_until="")
    entry = claim(order("C2", reverses=reverses), changed=[again], kind="C2.cancellation")
    assert [reason for reason, _ in told(numbers.judge(known(*rows), entry))] == found


@pytest.mark.parametrize("table", MOVES)
def test_states_that_follow_are_those_of_the_table(table: str) -> None:
    (said,) = [
        str(each.sqltext)
        for each in all_tables()[table].table().c.state.constraints
        if isinstance(each, CheckConstraint)
    ]
    states = set(said.split("'")[1::2])
    assert MOVES[table].keys() == states
    assert states.issuperset(after for follow in MOVES[table].values() for after in follow)


@pytest.mark.parametrize(
    "first",
    [
        change("handset", "99", state="sold"),  # one that is not here: told elsewhere
        change("handset", "88", model="M"),  # its state stays
        change("handset", "88", state="in_stock"),  # it was on its way
    ],
)
def test_each_piece_is_looked_at_whatever_the_one_before_it_became(first: Change) -> None:
    rows = [row(Handset, imei="86", state="in_stock"), row(Handset, imei="88", state="in_transit")]
    found = counts.judge(known(*rows), claim(changed=[first, LOST], kind="stock.pieces"))
    assert [fault.detail["what"] for fault in found] == ["handset 86"]


# days that are opened and closed, and their reports


def at_work(role: str) -> list[Any]:
    values = {"staff_no": "2001", "outlet": "HZ01", "role": role, "state": "active", "confirmed_on": DAY}
    return [row(Operator, **values), published(1, "operator", ["2001"], "2020-01-01", "add", **values)]


@pytest.mark.parametrize(
    ("days", "by", "role", "found"),
    [
        ([], "2001", "supervisor", []),
        ([day(BEFORE, "closed")], "2001", "supervisor", []),
        ([day(DAY, "closed")], "2001", "supervisor", [("move", False)]),
        ([day(AFTER, "closed")], "2001", "supervisor", [("move", False)]),
        ([day(AFTER, outlet="HZ02")], "2001", "supervisor", []),
        ([], "1001", "supervisor", [("right", False)]),  # another than who made the entry
        ([], "2001", "clerk", [("right", False)]),
    ],
)
def test_a_day_is_opened_after_those_before_it_by_a_supervisor(
    days: list[Any], by: str, role: str, found: list[tuple[str, bool]]
) -> None:
    opened: Fact = (BusinessDay, {"outlet": "HZ01", "business_date": DAY, "opened_by": by})
    new = claim(opened, operator="2001")
    assert told(closes.judge(known(*days, *at_work(role)), new)) == found


@pytest.mark.parametrize(
    ("state", "by", "role", "content", "found"),
    [
        ("open", "2001", "supervisor", "{}", []),
        ("closed", "2001", "supervisor", "{}", [("move", False)]),
        ("open", "1001", "supervisor", "{}", [("right", False)]),
        ("open", "2001", "clerk", "{}", [("right", False)]),
        ("open", "2001", "supervisor", "[]", [("sums", False)]),  # not what its digest is of
    ],
)
def test_a_day_is_closed_once_by_a_supervisor_with_its_report(
    state: str, by: str, role: str, content: str, found: list[tuple[str, bool]]
) -> None:
    ends = Change("business_day", "change", ("HZ01", DAY), 1, {"state": "closed", "closed_by": by, "number": 1})
    reopened = Change("business_day", "change", ("HZ01", BEFORE), 1, {"closed_by": by})  # what closes nothing
    report: Fact = (
        ClosingReport,
        {
            "outlet": "HZ01",
            "business_date": DAY,
            "kind": "day",
            "number": 1,
            "content": content,
            "digest": digest_of("{}"),
        },
    )
    here = [day(DAY, state), day(BEFORE), *at_work(role)]
    assert told(closes.judge(known(*here), claim(report, changed=[reopened, ends], operator="2001"))) == found


@pytest.mark.parametrize(
    ("ends", "operator", "found"),
    [
        ({}, "1001", []),
        ({"closed_by": "2001"}, "2001", []),
        ({"closed_by": "1002"}, "1002", [("right", False)]),
        ({"closed_by": "1002", "approved_by": "2001"}, "1002", []),
        ({"closed_by": "1002", "approved_by": "1003"}, "1002", [("right", False)]),
        ({"closed_by": "1002", "approved_by": "2001"}, "1001", [("right", False)]),
        ({"counted_cash": 201}, "1001", [("sums", False)]),
        ({"difference": 1}, "1001", [("sums", False)]),
        ({"expected_cash": 199, "difference": 1}, "1001", [("sums", True)]),  # the books here say otherwise
    ],
)
def test_a_shift_is_closed_by_its_cashier_or_with_a_supervisor_s_word_as_it_was_counted(
    ends: dict[str, Any], operator: str, found: list[tuple[str, bool]]
) -> None:
    here = row(Shift, id="h", outlet="HZ01", operator="1001", business_date=DAY, state="open")
    values = {"state": "closed", "closed_by": "1001", "counted_cash": 200, "expected_cash": 200, "difference": 0}
    counted: list[Fact] = [
        (ShiftCount, {"shift_id": key, "denomination": fen, "pieces": pieces})
        for key, fen, pieces in (("h", 100, 1), ("h", 50, 2), ("other", 1, 7))
    ]
    change_ = Change("shift", "change", ("h",), 1, {**values, **ends})
    entry = claim(*counted, changed=[change_], operator=operator)
    assert told(closes.judge(known(here, *at_work("supervisor"), scalars=[200]), entry)) == found
