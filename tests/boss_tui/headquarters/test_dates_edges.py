"""The days on which a row of an entry may begin, end or be due, and the first that is too early or too late; what a
history says of a row that the entry moves; with what a shift begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.rules import closes, dates, histories
from boss_tui.reports.closing import digest_of
from boss_tui.transactions.c06.suspend import KEEP_NUMBER
from data.clock import day_after
from data.journal import Change
from data.tables.billing import CustomerBill
from data.tables.credit import HallCredit
from data.tables.finance import CashMovement, ClosingReport, Posting, Shift
from data.tables.life import ScheduledAct, ServiceParameter, Suspension, ValueChange
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.service import ChargeSchedule
from data.tables.sync import SyncException
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, told
from tests.boss_tui.headquarters.liar import Body, headquarters, lying, morning, orders, push
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.boss_tui.headquarters.test_lies_of_payments import altered
from tests.boss_tui.headquarters.test_lies_of_payments import day as paid_day
from tests.tiers import some_by_day

BEFORE, NEXT, MONTH, SECOND = "2026-11-22", "2026-11-24", "2026-12-01", "2026-12-02"
"""The day before the entry's, that after it, the first of the next month, and the day behind that."""


def late(*facts: Fact, changed: Sequence[Change] = (), rows: Sequence[Any] = (), **entry: Any) -> int:
    faults = told(dates.judge(known(*rows), claim(*facts, changed=changed, **entry)))
    assert set(faults) <= {("date", False)}
    return len(faults)


def charge(item: str = "basic", **values: Any) -> Fact:
    return ChargeSchedule, {"id": "c", "subscription_id": "l", "item": item, **values}


STOP: dict[str, Any] = {"id": "s", "subscription_id": "l", "cause": "request", "starts_on": DAY, "state": "running"}
RUNS: dict[str, Any] = {"subscription_id": "l", "starts_on": "2026-03-01", "state": "running", "revision": 1}


def has(valid_from: str, **values: Any) -> Fact:
    return SubscriptionProduct, {"subscription_id": "l", "product": "p", "valid_from": valid_from, **values}


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        (charge(starts_on=DAY), 0),
        (charge(starts_on=NEXT), 1),
        (charge(starts_on=BEFORE), 1),
        (charge(starts_on=DAY, ends_on=DAY), 1),
        (charge(), 0),
        (charge(state="running"), 1),
        (charge(KEEP_NUMBER, starts_on=MONTH), 0),
        (charge(KEEP_NUMBER, starts_on=SECOND), 1),
        (charge(KEEP_NUMBER, starts_on=DAY), 1),
        (has(DAY), 0),
        (has(NEXT), 1),
        (has(BEFORE), 1),
        (has(""), 1),
        ((CustomerBill, {"id": "b", "issued_on": DAY, "due_on": DAY}), 0),
        ((CustomerBill, {"id": "b", "issued_on": DAY, "due_on": NEXT}), 1),
        ((CustomerBill, {"id": "b", "issued_on": DAY, "due_on": BEFORE}), 1),
    ],
)
def test_what_begins_with_an_entry_begins_on_its_date(fact: Fact, found: int) -> None:
    assert late(fact, rows=[row(Suspension, **STOP)]) == found
    assert late(fact, business_date="") == 0


@pytest.mark.parametrize(("starts_on", "found"), [("2026-11-20", 0), ("2026-11-19", 1), ("2026-11-22", 1), (DAY, 0)])
def test_what_the_network_had_to_do_first_may_begin_with_its_order(starts_on: str, found: int) -> None:
    earlier = row(ProductOrder, id="o0", business="C8", business_date="2026-11-20", subscription_id="l", revision=1)
    done = change("product_order", "o0", state="completed")
    assert late(charge(starts_on=starts_on, state="running"), changed=[done], rows=[earlier]) == found
    of_another = {**earlier.__dict__, "subscription_id": "another"}
    found_of_another = late(
        charge(starts_on=starts_on, state="running"), changed=[done], rows=[row(ProductOrder, **of_another)]
    )
    assert found_of_another == int(starts_on != DAY)


@pytest.mark.parametrize(
    ("starts_on", "found"), [("2026-11-01", 0), ("2026-11-02", 1), ("2026-10-31", 1), ("2026-10-01", 1)]
)
def test_what_works_again_is_charged_from_the_first_of_its_month(starts_on: str, found: int) -> None:
    fee = row(ChargeSchedule, **{**RUNS, "id": "k", "item": KEEP_NUMBER})
    ends = change("charge_schedule", "k", state="ended", ends_on="2026-10-31")
    assert late(charge(starts_on=starts_on, state="running"), changed=[ends], rows=[fee]) == found
    assert late(charge(starts_on=starts_on, state="running"), rows=[fee]) == 1


def ends(on: str, state: str = "ended") -> Change:
    return change("charge_schedule", "c", state=state, ends_on=on)


def leaves(on: str, state: str = "ended") -> Change:
    return Change("subscription_product", "change", ("l", "p"), 1, {"state": state, "valid_to": on})


@pytest.mark.parametrize(
    ("moved", "keeps", "found"),
    [
        (ends(DAY), False, 0),
        (ends(NEXT), False, 1),
        (ends(BEFORE), False, 0),
        (ends("2026-11-21"), False, 1),
        (ends(""), False, 1),
        (ends("", "running"), False, 0),
        (ends(DAY, "running"), False, 1),
        (change("charge_schedule", "c", state="ended"), False, 1),
        (ends("2026-11-30"), True, 0),
        (ends(SECOND), True, 1),
        (ends("2026-11-29"), True, 1),
        (change("charge_schedule", "c", starts_on=DAY), False, 0),
        (change("charge_schedule", "c", starts_on=NEXT), False, 1),
        (change("charge_schedule", "c", starts_on=BEFORE), False, 1),
        (change("charge_schedule", "c", starts_on=""), False, 1),
        (leaves(DAY), False, 0),
        (leaves(NEXT), False, 1),
        (leaves(BEFORE), False, 0),
        (leaves("2026-11-21"), False, 1),
        (leaves("", "active"), False, 0),
        (leaves(DAY, "active"), False, 1),
    ],
)
def test_what_ends_with_it_ends_then_or_with_the_month(moved: Change, keeps: bool, found: int) -> None:
    here = [row(ChargeSchedule, **RUNS, id="c", item="basic"), row(Suspension, **STOP)]
    here.append(row(SubscriptionProduct, subscription_id="l", product="p", valid_from="2026-03-01", state="active"))
    kept = [charge(KEEP_NUMBER, id="k", starts_on=MONTH)] if keeps else []
    assert late(*kept, changed=[moved], rows=here) == found


@pytest.mark.parametrize(("began", "found"), [(DAY, 0), (NEXT, 0), ("2026-11-21", 1)])
def test_a_product_ends_no_earlier_than_it_began(began: str, found: int) -> None:
    here = row(SubscriptionProduct, subscription_id="l", product="p", valid_from=began, state="active", revision=1)
    assert late(changed=[leaves(began)], rows=[here]) == found


@pytest.mark.parametrize(
    ("business", "typed", "starts_on", "ends_on", "found"),
    [
        ("C6", {"action": "suspend", "cause": "loss"}, DAY, "", 0),
        ("C6", {"action": "suspend", "cause": "loss"}, NEXT, "", 1),
        ("C6", {"action": "suspend", "cause": "loss"}, BEFORE, "", 1),
        ("C6", {"action": "suspend", "cause": "loss"}, "", "", 1),
        ("C6", {"action": "suspend", "cause": "request", "starts_on": NEXT}, DAY, "", 1),
        ("C6", {"action": "suspend", "cause": "request", "starts_on": NEXT}, NEXT, "", 0),
        ("C6", {"action": "suspend", "cause": "request", "starts_on": NEXT}, SECOND, "", 1),
        ("C6", {"action": "suspend", "cause": "request", "ends_on": MONTH}, DAY, MONTH, 0),
        ("C6", {"action": "suspend", "cause": "request", "ends_on": MONTH}, DAY, SECOND, 1),
        ("C6", {"action": "suspend", "cause": "request", "ends_on": MONTH}, DAY, "", 1),
        ("C9", {"action": "close"}, DAY, "", 0),
        ("C9", {"action": "close"}, DAY, MONTH, 1),
        ("C9", {"action": "close"}, NEXT, "", 1),
    ],
)
def test_a_stop_has_the_days_of_its_form(
    business: str, typed: dict[str, str], starts_on: str, ends_on: str, found: int
) -> None:
    values = {"id": "s", "subscription_id": "l", "cause": typed.get("cause", "closing"), "order_id": "o1"}
    stop = (Suspension, {**values, "starts_on": starts_on, "ends_on": ends_on})
    assert late(order(business, form_json=form(**typed)), stop) == found


@pytest.mark.parametrize(("starts_on", "found"), [("2026-11-27", 0), ("2026-11-28", 1)])
def test_an_emergency_is_over_the_day_behind_it(starts_on: str, found: int) -> None:
    typed = {"action": "resume", "cause": "arrears_all", "emergency": "y"}
    stop = (Suspension, {"id": "s", "subscription_id": "l", "order_id": "o1", "starts_on": starts_on, "ends_on": ""})
    lent = (HallCredit, {"id": "h", "valid_to": "2026-11-26"})
    assert late(order("C6", form_json=form(**typed)), stop, lent) == found


def due(business: str, on: str, **said: str) -> Fact:
    values = {"id": "a", "business": business, "subscription_id": "l", "due_on": on, "parameters": form(**said)}
    return ScheduledAct, values


STOPPED = row(Suspension, id="s", subscription_id="l", state="planned", starts_on=NEXT, ends_on=SECOND, revision=1)
ENDS = row(ServiceParameter, subscription_id="l", service="roaming", name="until", value=MONTH, revision=1)
LIFTED = row(Suspension, id="t", subscription_id="l", state="lifted", starts_on="2026-10-05", revision=1)
PAID = {"action": "resume", "cause": "arrears_all"}


@pytest.mark.parametrize(
    ("business", "said", "days"),
    [
        ("C9", {"action": "final"}, [MONTH]),
        ("C9", {"action": "ported"}, [DAY]),
        ("C8", {}, [MONTH]),
        ("C10", {}, ["2026-12-23"]),
        ("C6", {"action": "suspend", "cause": "request"}, [NEXT, SECOND]),
        ("C6", PAID, [DAY]),
        ("C7.3", {}, [SECOND]),
        ("C7.1", {}, [SECOND]),
        ("C2", {}, []),
    ],
)
def test_a_dated_act_is_due_when_its_business_says(business: str, said: dict[str, str], days: list[str]) -> None:
    for each in {*days, *(day_after(of, by) for of in (*days, DAY) for by in (-1, 0, 1)), ""}:
        assert late(due(business, each, **said), rows=[STOPPED, ENDS, LIFTED]) == int(each not in days), each


# histories

LINE = row(Subscription, id="l", plan="P39", state="active", minimum_spend=0, revision=1)


def noted(before: str, after: str, field: str = "plan", subject: str = "l") -> Fact:
    return ValueChange, {"id": f"{before}{after}", "subject": subject, "field": field, "before": before, "after": after}


MOVES = [change("subscription", "l", plan="P59", revision=2)]
TWICE = [*MOVES, change("subscription", "l", 2, plan="P99", revision=3)]


@pytest.mark.parametrize(
    ("facts", "changed", "found"),
    [
        ([noted("P39", "P59")], MOVES, 0),
        ([noted("P38", "P59")], MOVES, 1),
        ([noted("P39", "P99")], MOVES, 1),
        ([noted("P39", "P59"), noted("P59", "P99")], TWICE, 0),
        ([noted("P39", "P99")], TWICE, 0),
        ([noted("P59", "P39")], TWICE, 1),
        ([noted("P38", "P59")], [change("subscription", "l", 2, plan="P59", revision=3)], 0),  # another was first
        ([noted("0", "3900", "minimum_spend")], [change("subscription", "l", minimum_spend=3900)], 0),
        ([noted("0", "3901", "minimum_spend")], [change("subscription", "l", minimum_spend=3900)], 1),
        ([noted("", "", "password_hash")], [change("subscription", "l", password_hash="x")], 0),
        ([noted("4", "7", "lines")], MOVES, 0),  # no column of it
        ([noted("x", "y", subject="another")], MOVES, 1),
        ([noted("x", "y", subject="another")], [*MOVES, change("agreement", "another", state="ended")], 0),
        ([noted("active", "suspended", "state")], MOVES, 1),  # it is not moved
    ],
)
def test_a_history_says_what_the_row_does(facts: list[Fact], changed: list[Change], found: int) -> None:
    assert told(histories.judge(known(LINE), claim(*facts, changed=changed))) == [("sums", False)] * found


# closes


@pytest.mark.parametrize(
    ("number", "said", "before", "aside", "found"),
    [
        (3, 3, [2], False, []),
        (3, 4, [2], False, [("sums", False)]),
        (4, 4, [2], False, [("sums", False)]),
        (4, 4, [2], True, [("sums", True)]),
        (1, 1, [], False, []),
        (4, 4, [], False, []),  # those before it were never told here
    ],
)
def test_a_close_has_the_next_number(
    number: int, said: int, before: list[int], aside: bool, found: list[tuple[str, bool]]
) -> None:
    of = {"outlet": "HZ01", "kind": "z", "till": "HZ0101"}
    here = [row(ClosingReport, **of, number=each) for each in before]
    here += [row(SyncException, id="x", outlet="HZ01", state="decided")] if aside else []
    report = (ClosingReport, {**of, "number": number, "content": "{}", "digest": digest_of("{}"), "business_date": DAY})
    ends = change("shift", "s", z_number=said)
    assert told(closes.judge(known(*here), claim(report, changed=[ends], kind="shift.close"))) == found


def test_closes_of_one_entry_have_numbers_one_after_the_other() -> None:
    of = {"outlet": "HZ01", "kind": "z", "till": "HZ0101", "content": "{}", "digest": digest_of("{}")}
    reports: list[Fact] = [(ClosingReport, {**of, "number": each, "business_date": DAY}) for each in (3, 4)]
    ends = [change("shift", f"s{each}", z_number=each) for each in (3, 4)]
    here = known(row(ClosingReport, **of, number=2))
    assert told(closes.judge(here, claim(*reports, changed=ends, kind="day.close"))) == []


# floats


def begins(fen: int, **values: Any) -> Fact:
    return Shift, {"id": "s", "outlet": "HZ01", "float_amount": fen, "taken_from": None, **values}


def brings(fen: int, shift: str = "s", purpose: str = "float", key: str = "p") -> list[Fact]:
    return [
        (Posting, {"id": key, "shift_id": shift}),
        (CashMovement, {"id": key, "posting_id": key, "purpose": purpose, "amount": fen}),
    ]


COUNTED = [change("shift", "s0", state="closed", counted_cash=500)]


@pytest.mark.parametrize(
    ("facts", "changed", "found"),
    [
        ([begins(500), *brings(500)], [], 0),
        ([begins(501), *brings(500)], [], 1),
        ([begins(499), *brings(500)], [], 1),
        ([begins(500)], [], 1),
        ([begins(0)], [], 0),
        ([begins(500), *brings(300), *brings(200, key="q")], [], 0),
        ([begins(500), *brings(500, purpose="change")], [], 1),
        (brings(500), [], 1),  # a second one, of a shift that runs
        ([begins(500, taken_from="s0"), *brings(500)], COUNTED, 0),
        ([begins(501, taken_from="s0"), *brings(501)], COUNTED, 1),
        ([begins(700, taken_from="s0"), *brings(700)], [], 0),  # what was counted before
        ([begins(701, taken_from="s0"), *brings(701)], [], 1),
        ([begins(1, taken_from="gone"), *brings(1)], [], 1),
    ],
)
def test_a_shift_begins_with_what_was_brought_for_it(facts: list[Fact], changed: list[Change], found: int) -> None:
    here = known(row(Shift, id="s0", outlet="HZ01", counted_cash=700, revision=1))
    assert told(closes._floats(here, claim(*facts, changed=changed, kind="shift.open"))) == [("sums", False)] * found


# of a whole journal

LIES: dict[str, tuple[Callable[[Body], Any], str]] = {
    "a service that begins next month": (
        lambda body: of_entry(body, "subscription_product").update(valid_from=MONTH),
        "date",
    ),
    "a balance that had more before": (lambda body: of_entry(body, "balance_entry").update(before=1), "balance"),
}


@pytest.mark.parametrize("what", some_by_day(LIES, 2))
def test_a_lie_is_put_aside(tmp_path: Path, what: str) -> None:
    alter, reason = LIES[what]
    lie, office = lying(morning(), lambda body, _: alter(body)), headquarters(tmp_path)
    assert [(found.reason, found.state) for found in push(office, lie)] == [(reason, "open")]
    assert orders(office, lie) == [True, True, False, True]


def test_a_float_of_another_amount_is_put_aside(tmp_path: Path) -> None:
    place = next(at for at, entry in enumerate(paid_day()) if entry["kind"] == "shift.open")
    lie = altered(place, lambda body, _: of_entry(body, "shift").update(float_amount=1))
    assert [(found.reason, found.seq) for found in push(headquarters(tmp_path), lie)] == [("sums", lie[-1]["seq"])]
