"""Where headquarters' rules of stops turn: what is overdue, what somebody is trusted with, whose word it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from boss_tui.headquarters.absence import Absence
from boss_tui.headquarters.rules import stops
from data.journal import Change
from data.tables.account import BalanceBucket, BillingAccount, CustomerCredit
from data.tables.billing import BillPayment, CustomerBill
from data.tables.credit import CreditExemption, CreditRaise, HallCredit
from data.tables.credit_control import ControlDone, ControlOrder
from data.tables.customer import Customer
from data.tables.life import ScheduledAct, Suspension
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Operator, Role
from data.tables.sync import JournalEntry, SyncException
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order, told

LINE = {"id": "l", "outlet": "HZ01", "number": "138", "customer_id": "k", "account_id": "a", "pay_type": "postpaid"}
HERE = (
    row(BillingAccount, id="a", customer_id="k"),
    row(Customer, id="k", document_kind="00", document_number="1"),
    row(CustomerCredit, customer_id="k", credit_limit=10_000),
    row(ProductOrder, id="stop", outlet="HZ01"),
)
BILL: dict[str, Any] = {
    "id": "b",
    "account_id": "a",
    "amount": 5_000,
    "issued_on": "2026-11-01",
    "due_on": "2026-11-10",
    "state": "sent",
}
BEGAN = "2026-11-15"
AWAY = Absence("2026-11-20T00:00:00.000000Z", "2026-11-26T00:00:00.000000Z")
LIFTED = change("suspension", "s", state="lifted", lifted_order_id="o1")


def stop(cause: str = "arrears_all", key: str = "s", **values: Any) -> Any:
    of = {"subscription_id": "l", "cause": cause, "starts_on": BEGAN, "state": "running", "order_id": "stop"}
    return row(Suspension, id=key, **{**of, **values})


def lifted(
    *rows: Any,
    new: Sequence[Fact] = (),
    changed: Sequence[Change] = (),
    line: dict[str, Any] | None = None,
    absence: Absence | None = None,
    of: Any = None,
) -> list[tuple[str, bool]]:
    """A stop that an entry lifts: what is against it."""
    subscription = row(Subscription, **{**LINE, **(line or {})})
    here = known(subscription, *HERE, *rows, of or stop(), absence=absence)
    return told(stops.judge(here, claim(order("C6", subscription_id="l"), *new, changed=[LIFTED, *changed], kind="C6")))


NO, NOTED = [("trust", False)], [("trust", True)]


@pytest.mark.parametrize(
    ("bill", "wrong"),
    [
        ({}, NO),
        ({"paid": 4_999}, NO),
        ({"paid": 5_000}, []),
        ({"due_on": DAY}, []),
        ({"due_on": "2026-11-22"}, NO),
        ({"state": "onHold"}, []),  # in dispute
        ({"account_id": "other"}, []),
        ({"due_on": DAY, "amount": 10_000}, []),
        ({"due_on": DAY, "amount": 10_001}, NO),  # beyond the limit
        ({"issued_on": DAY, "due_on": "2026-11-22"}, NOTED),  # it may not be there yet
        ({"issued_on": "2026-11-22", "due_on": "2026-11-22"}, NO),
    ],
)
def test_arrears_are_gone_when_they_are_paid(bill: dict[str, Any], wrong: list[tuple[str, bool]]) -> None:
    assert lifted(row(CustomerBill, **{**BILL, **bill})) == wrong


def test_what_an_outlet_without_a_link_may_not_have_is_noted() -> None:
    before, since = (row(CustomerBill, **{**BILL, "issued_on": day}) for day in (BEGAN, "2026-11-16"))
    assert (lifted(before, absence=AWAY), lifted(since, absence=AWAY), lifted(since)) == (NO, NOTED, NO)


LENT: dict[str, Any] = {"id": "h", "customer_id": "k", "kind": "raise", "credit_limit": 12_000}


@pytest.mark.parametrize(
    ("lent", "wrong"),
    [
        (row(CreditRaise, document_kind="00", document_number="1", credit_limit=12_000), []),
        (row(CreditRaise, document_kind="00", document_number="1", credit_limit=11_999), NO),
        (row(CreditRaise, document_kind="00", document_number="2", credit_limit=12_000), NO),
        (row(HallCredit, **LENT, business_date=DAY, valid_to=DAY), []),
        (row(HallCredit, **LENT, business_date="2026-11-20", valid_to="2026-11-22"), NO),
        (row(BalanceBucket, id="m", account_id="a", kind="prepaid", amount=2_000), []),
        (row(BalanceBucket, id="m", account_id="a", kind="prepaid", amount=1_999), NO),
        (row(BalanceBucket, id="m", account_id="a", kind="deposit", amount=2_000), NO),
    ],
)
def test_what_is_owed_is_within_what_is_trusted(lent: Any, wrong: list[tuple[str, bool]]) -> None:
    assert lifted(row(CustomerBill, **{**BILL, "due_on": DAY, "amount": 12_000}), lent) == wrong


WORD: dict[str, Any] = {
    "id": "w",
    "customer_id": "k",
    "kind": "emergency",
    "number": "138",
    "business_date": DAY,
    "valid_to": "2026-11-24",
}
EXEMPT: dict[str, Any] = {"id": "e", "document_kind": "00", "document_number": "1", "kind": "emergency"}


def paid_on(day: str) -> Any:
    return row(BillPayment, id="p", bill_id="b", made_at=f"{day}T01:00:00.000000Z")


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([row(HallCredit, **WORD)], []),
        ([row(HallCredit, **{**WORD, "number": "139"})], NO),
        ([row(HallCredit, **{**WORD, "kind": "vouch"})], NO),
        ([row(HallCredit, **{**WORD, "state": "withdrawn"})], NO),
        ([row(HallCredit, **{**WORD, "valid_to": "2026-11-22"})], NO),
        ([row(CreditExemption, **EXEMPT, valid_to=DAY)], []),
        ([row(CreditExemption, **EXEMPT, valid_to="2026-11-22")], NOTED),
        ([row(CreditExemption, **{**EXEMPT, "kind": "instalment"})], NOTED),
        ([row(CreditExemption, **{**EXEMPT, "kind": "key_account"})], NO),
        ([paid_on("2026-11-20")], NO),
        ([paid_on("2026-11-20"), stop("arrears_outgoing", "t")], []),  # it stays stopped outgoing
        ([paid_on("2026-11-14"), stop("arrears_outgoing", "t")], NO),
    ],
)
def test_or_somebody_said_so(rows: list[Any], wrong: list[tuple[str, bool]]) -> None:
    assert lifted(row(CustomerBill, **BILL), *rows) == wrong


@pytest.mark.parametrize(("body", "wrong"), [('{"bill": "b"}', NOTED), ('{"bill": "c"}', NO)])
def test_what_waits_for_a_decision_may_have_paid(body: str, wrong: list[tuple[str, bool]]) -> None:
    aside = row(SyncException, id="x", outlet="HZ01", epoch=1, seq=4, state="open")
    entry = row(JournalEntry, outlet="HZ01", epoch=1, seq=4, body=body)
    assert lifted(row(CustomerBill, **{**BILL, "id": '"b"'}), aside, entry) == wrong


@pytest.mark.parametrize(
    ("state", "stopped", "wrong"), [("undone", "stop", []), ("active", "stop", NO), ("undone", "other", NO)]
)
def test_what_headquarters_took_back_works_again(state: str, stopped: str, wrong: list[tuple[str, bool]]) -> None:
    rows = [row(ControlOrder, id="c", state=state), row(ControlDone, control_order="c", order_id=stopped)]
    taken = change("control_done", "c", undone_at="2026-11-23T01:00:00.000000Z", undone_order="o1")
    assert lifted(row(CustomerBill, **BILL), *rows, changed=[taken]) == wrong


@pytest.mark.parametrize(("amount", "wrong"), [(1, []), (0, NO)])
def test_a_prepaid_line_has_a_balance(amount: int, wrong: list[tuple[str, bool]]) -> None:
    bucket = row(BalanceBucket, id="m", account_id="a", kind="gift", amount=amount)
    assert lifted(bucket, line={"pay_type": "prepaid"}) == wrong


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ([change("subscription", "l", state="terminated")], []),
        ([change("subscription", "l", state="pendingTerminate")], NO),
        ([change("product_order", "stop", state="cancelled")], []),
        ([change("product_order", "stop", state="completed")], NO),
    ],
)
def test_a_stop_is_over_with_its_line_or_its_order(changed: list[Change], wrong: list[tuple[str, bool]]) -> None:
    assert lifted(row(CustomerBill, **BILL), changed=changed) == wrong


@pytest.mark.parametrize("cause", ["request", "loss", "closing"])
def test_other_causes_are_lifted_as_their_owner_asks(cause: str) -> None:
    assert lifted(row(CustomerBill, **BILL), of=stop(cause)) == []


STAFF = [
    row(Operator, staff_no="1001", outlet="HZ01", role="clerk", state="active"),
    row(Operator, staff_no="2001", outlet="HZ01", role="chief", state="active"),
    row(Role, code="clerk", grade="clerk"),
    row(Role, code="chief", grade="supervisor"),
]


@pytest.mark.parametrize("cause", ["fraud", "court", "identity"])
@pytest.mark.parametrize(
    ("by", "wrong"),
    [
        ({}, [("approval", False)]),
        ({"approved_by": "1001"}, [("approval", False)]),
        ({"approved_by": "2001"}, []),
        ({"operator": "2001"}, []),
    ],
)
def test_the_operator_s_own_causes_need_a_supervisor(
    cause: str, by: dict[str, str], wrong: list[tuple[str, bool]]
) -> None:
    here = known(row(Subscription, **LINE), *HERE, *STAFF, stop(cause))
    entry = claim(order("C6", subscription_id="l", **by), changed=[LIFTED], kind="C6")
    assert told(stops.judge(here, entry)) == wrong


PLANNED: dict[str, Any] = {
    "id": "n",
    "subscription_id": "l",
    "cause": "arrears_all",
    "extent": "all",
    "starts_on": "2026-11-25",
    "state": "planned",
    "order_id": "o1",
}


@pytest.mark.parametrize(
    ("again", "wrong"),
    [
        ({}, []),
        ({"starts_on": "2026-11-26"}, NO),
        ({"cause": "arrears_outgoing", "extent": "outgoing"}, NO),
        ({"extent": "outgoing"}, [("form", False), *NO]),
        ({"state": "cancelled"}, [("form", False), *NO]),
        ({"subscription_id": "other"}, NO),
    ],
)
def test_an_emergency_resume_stops_again_by_itself(again: dict[str, Any], wrong: list[tuple[str, bool]]) -> None:
    new = [(HallCredit, WORD), (Suspension, {**PLANNED, **again})]
    assert lifted(row(CustomerBill, **BILL), new=new) == wrong


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ({}, 0),
        ({"starts_on": "2026-11-24"}, 0),
        ({"starts_on": DAY}, 1),
        ({"state": "running"}, 1),
        ({"state": "running", "starts_on": DAY}, 0),
        ({"state": "running", "starts_on": "2026-11-24"}, 1),
        ({"extent": "outgoing"}, 1),
        ({"cause": "identity", "extent": "outgoing"}, 0),
        ({"cause": "identity"}, 1),
        ({"cause": "arrears_outgoing"}, 1),
        ({"cause": "fraud"}, 0),
    ],
)
def test_a_stop_bars_what_its_cause_does_from_its_day_on(new: dict[str, Any], wrong: int) -> None:
    entry = claim(order("C6", subscription_id="l"), (Suspension, {**PLANNED, **new}), kind="C6")
    assert told(stops.judge(known(row(Subscription, **LINE), *HERE), entry)) == [("form", False)] * wrong


@pytest.mark.parametrize(
    ("business", "typed", "reason", "wrong"),
    [
        ("C6", {"action": "suspend", "cause": "fraud", "reason": "why"}, "why", 0),
        ("C6", {"action": "suspend", "cause": "fraud", "reason": "why"}, "", 1),
        ("C6", {"action": "suspend", "cause": "fraud", "reason": "why"}, "who", 1),
        ("C6", {"action": "suspend", "cause": "fraud"}, "", 0),
        ("C9", {"action": "close"}, "", 0),
        ("C9", {"action": "close"}, "why", 1),
    ],
)
def test_a_stop_is_for_the_reason_that_its_order_says(
    business: str, typed: dict[str, Any], reason: str, wrong: int
) -> None:
    of = order(business, subscription_id="l", form_json=json.dumps(typed))
    entry = claim(of, (Suspension, {**PLANNED, "cause": "fraud", "reason": reason}), kind=business)
    assert told(stops.judge(known(row(Subscription, **LINE), *HERE), entry)) == [("form", False)] * wrong


@pytest.mark.parametrize(("reason", "wrong"), [("7", 0), ("", 0), ("8", 1)])
def test_a_stop_of_credit_control_is_for_its_stage(reason: str, wrong: int) -> None:
    of = order("C6", subscription_id="l", form_json='{"action":"suspend","cause":"fraud"}')
    came = ControlDone, {"control_order": "k", "order_id": "o1"}
    entry = claim(of, came, (Suspension, {**PLANNED, "cause": "fraud", "reason": reason}), kind="control")
    found = stops.judge(known(row(Subscription, **LINE), row(ControlOrder, id="k", stage="7"), *HERE), entry)
    assert told(found) == [("form", False)] * wrong


@pytest.mark.parametrize(("state", "wrong"), [("cancelled", 0), ("running", 1), ("planned", 1)])
def test_a_stop_is_gone_with_the_order_that_set_it(state: str, wrong: int) -> None:
    stop = row(Suspension, **{**PLANNED, "id": "x", "order_id": "o9", "state": "planned", "revision": 1})
    off = [change("product_order", "o9", state="cancelled"), change("suspension", "x", state=state)]
    found = told(stops.judge(known(row(Subscription, **LINE), stop, *HERE), claim(changed=off, kind="C6.cancellation")))
    assert found == [("move", False)] * wrong


STOPS, RESUMES = {"action": "suspend", "cause": "request"}, {"action": "resume", "cause": "request"}
DONE = change("scheduled_act", "act", state="done")
LATER = "2026-11-24"


@pytest.mark.parametrize(
    ("asked", "of", "changed", "wrong"),
    [
        (STOPS, {"state": "planned"}, [], 1),
        (STOPS, {"state": "running"}, [], 0),  # somebody came before it
        (STOPS, {"state": "planned"}, [change("suspension", "s", state="running")], 0),
        (STOPS, {"state": "planned"}, [change("suspension", "s", state="cancelled")], 0),
        (STOPS, {"state": "planned", "starts_on": LATER}, [], 0),  # planned anew
        (STOPS, {"state": "planned", "cause": "loss"}, [], 0),
        (STOPS, {"state": "planned", "subscription_id": "other"}, [], 0),
        (STOPS, {"state": "planned", "order_id": "theirs"}, [], 0),
        (RESUMES, {"state": "running"}, [], 1),
        (RESUMES, {"state": "planned"}, [], 1),
        (RESUMES, {"state": "running"}, [change("suspension", "s", state="lifted")], 0),
        (RESUMES, {"state": "running", "ends_on": LATER}, [], 0),
        ({"action": "else", "cause": "request"}, {"state": "planned"}, [], 0),
    ],
)
@pytest.mark.parametrize(
    ("act", "end", "done"),
    [
        ({}, DONE, True),
        ({"business": "C8"}, DONE, False),
        ({}, change("scheduled_act", "act", state="failed"), False),
        ({}, change("scheduled_act", "other", state="done"), False),
    ],
)
def test_a_stop_comes_and_goes_on_its_day(
    asked: dict[str, str], of: dict[str, Any], changed: list[Change], wrong: int, act: Any, end: Change, *, done: bool
) -> None:
    due = {"subscription_id": "l", "business": "C6", "due_on": DAY, "parameters": json.dumps(asked)}
    rows = [row(Subscription, **LINE, state="suspended"), row(ProductOrder, id="theirs", outlet="HZ02")]
    dated = {"starts_on": DAY, "ends_on": DAY, **of}
    here = known(*rows, *HERE, row(ScheduledAct, id="act", **{**due, **act}), stop(**{"cause": "request", **dated}))
    faults = told(stops.judge(here, claim(changed=[*changed, end], kind="C6.due")))
    assert faults == [("move", False)] * (wrong if done else 0)


# what works


@pytest.mark.parametrize(
    ("of", "changed", "wrong"),
    [
        ({}, [], [("move", False), ("network", False)]),
        ({"state": "planned"}, [], []),
        ({}, [change("subscription", "other", state="active"), LIFTED], []),
        ({"subscription_id": "other"}, [], []),
        ({"order_id": "theirs"}, [], []),  # another outlet's: it may not have heard of it
    ],
)
def test_a_line_works_when_nothing_stops_it(
    of: dict[str, Any], changed: list[Change], wrong: list[tuple[str, bool]]
) -> None:
    rows = [row(Subscription, **LINE, state="suspended"), row(ProductOrder, id="theirs", outlet="HZ02")]
    here = known(*rows, *HERE, stop("request", **of))
    works = change("subscription", "l", state="active")
    work = (WorkOrder, {"id": "w", "order_id": "o1", "act": "unbar"})
    entry = claim(order("C6", subscription_id="l"), work, changed=[works, *changed], kind="C6")
    assert told(stops.judge(here, entry)) == wrong


@pytest.mark.parametrize(
    ("act", "extent", "wrong"),
    [
        ("unbar", "outgoing", [("network", False)]),
        ("bar_outgoing", "outgoing", []),
        ("bar_outgoing", "all", [("network", False)]),
        ("bar_all", "all", []),
        ("change_sim", "all", []),
    ],
)
def test_the_network_bars_what_the_causes_ask_for(act: str, extent: str, wrong: list[tuple[str, bool]]) -> None:
    here = known(row(Subscription, **LINE), *HERE, stop("request", extent=extent))
    work = (WorkOrder, {"id": "w", "order_id": "o1", "act": act})
    assert told(stops.judge(here, claim(order("C6", subscription_id="l"), work, kind="C6"))) == wrong
