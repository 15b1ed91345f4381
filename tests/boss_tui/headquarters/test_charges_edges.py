"""Where headquarters' rules of monthly charges, bills and late fees turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from boss_tui.headquarters.absence import Absence
from boss_tui.headquarters.rules import debts_paid, finals, monthly_charges
from data.journal import Change
from data.tables.billing import BillLine, BillPayment, CustomerBill, UsageMonth
from data.tables.customer import Customer
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.provider import ProviderService, ProviderSubscription
from data.tables.service import ChargeSchedule
from data.tables.tariff import PriceRule
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, form, known, order, published, told

Found = list[tuple[str, bool]]
LINE: dict[str, Any] = {
    "id": "l",
    "outlet": "HZ01",
    "customer_id": "k",
    "account_id": "a",
    "state": "active",
    "pay_type": "postpaid",
    "opened_on": "2026-01-01",
    "long_distance": "domestic",
    "roaming": "national",
}
WHO = row(Customer, id="k", document_kind="00", document_number="1", category="own")
HERE = (row(Subscription, **LINE), WHO)
WRONG, NOTED = [("price", False)], [("price", True)]
AWAY = Absence("2026-11-20T00:00:00.000000Z", "2026-11-26T00:00:00.000000Z")

# what is charged each month

ASKS: dict[str, Any] = {"business": "C1", "item": "fee", "product": "P", "monthly": 1, "percent": 100, "amount": 800}
RULE = row(PriceRule, id="r", **ASKS, state="published")
HAS = row(SubscriptionProduct, subscription_id="l", product="P", state="active")
BEGINS = (SubscriptionProduct, {"subscription_id": "l", "product": "P", "state": "active"})
CHARGE: dict[str, Any] = {"id": "c", "subscription_id": "l", "item": "fee", "product": "P", "amount": 800}
ENDED = change("charge_schedule", "c", state="ended")


def charged(*new: Fact, rows: Sequence[Any] = (RULE,), changed: Sequence[Change] = ()) -> Found:
    entry = claim(order("C7.4", subscription_id="l", customer_id="k"), *new, changed=changed)
    return told(monthly_charges.judge(known(*HERE, *rows), entry))


@pytest.mark.parametrize(
    ("charge", "wrong"),
    [
        ({}, []),
        ({"state": "waiting"}, []),
        ({"state": "ended"}, WRONG),
        ({"product": "Q"}, WRONG),
        ({"item": "other"}, WRONG),
        ({"subscription_id": "m"}, WRONG),
    ],
)
def test_what_begins_is_charged(charge: dict[str, Any], wrong: Found) -> None:
    assert charged(BEGINS, (ChargeSchedule, {**CHARGE, "state": "running", **charge})) == wrong
    assert charged(BEGINS, rows=(RULE, row(ChargeSchedule, **{**CHARGE, "state": "running", **charge}))) == wrong


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ({}, WRONG),
        ({"amount": 0}, []),
        ({"state": "draft"}, []),
        ({"monthly": 0}, []),
        ({"product": "Q"}, []),
        ({"business": "C8"}, []),
        ({"category": "student"}, []),
    ],
)
def test_what_no_rule_asks_for_is_not(rule: dict[str, Any], wrong: Found) -> None:
    assert charged(BEGINS, rows=(row(PriceRule, **{"id": "r", "state": "published", **ASKS, **rule}),)) == wrong


def test_what_was_free_on_another_day_is_noted() -> None:
    lines = [
        published(1, "price_rule", ("r",), "2026-11-01", "add", **{**RULE.__dict__, "amount": 0}),
        published(2, "price_rule", ("r",), "2026-11-20", amount=800),
    ]
    assert charged(BEGINS, rows=(RULE, *lines)) == NOTED


KEPT = (ChargeSchedule, {"id": "n", "subscription_id": "l", "item": "keep_number_fee", "amount": 500})
AGAIN = (ChargeSchedule, {**CHARGE, "id": "n", "state": "running"})


@pytest.mark.parametrize(
    ("new", "changed", "wrong"),
    [
        ([], [], WRONG),
        ([AGAIN], [], []),
        ([KEPT], [], []),
        ([], [Change("subscription_product", "change", ("l", "P"), 1, {"state": "ended"})], []),
        ([], [change("subscription", "l", state="terminated")], []),
        ([], [change("subscription", "l", state="suspended")], WRONG),
    ],
)
def test_what_one_has_is_charged_on(new: list[Fact], changed: list[Change], wrong: Found) -> None:
    rows = (RULE, HAS, row(ChargeSchedule, **CHARGE, state="running"))
    assert charged(*new, rows=rows, changed=[ENDED, *changed]) == wrong
    kept = row(ChargeSchedule, **{**CHARGE, "item": "keep_number_fee", "state": "running"})
    assert charged(rows=(RULE, HAS, kept), changed=[ENDED]) == []


@pytest.mark.parametrize(("rhythm", "fee", "wrong"), [("month", 500, WRONG), ("month", 0, []), ("piece", 500, [])])
def test_a_provider_s_service_is_charged_by_the_month(rhythm: str, fee: int, wrong: Found) -> None:
    begins = (ProviderSubscription, {"id": "h", "subscription_id": "l", "service": "M", "state": "active"})
    music = row(ProviderService, code="M", fee=fee, rhythm=rhythm)
    assert charged(begins, rows=(music,)) == wrong
    paid = (ChargeSchedule, {**CHARGE, "item": "provider_fee", "product": "M", "state": "running"})
    assert charged(begins, paid, rows=(music,)) == []


@pytest.mark.parametrize(("state", "wrong"), [("waiting", WRONG), ("running", [])])
def test_a_line_that_works_is_charged(state: str, wrong: Found) -> None:
    works = change("subscription", "l", state="active", activated_at="2026-11-23T01:00:00.000000Z")
    rows = [row(ChargeSchedule, **CHARGE, state="waiting")]
    runs = [change("charge_schedule", "c", state=state)] if state != "waiting" else []
    assert charged(rows=rows, changed=[works, *runs]) == wrong


# what is owed

BILL: dict[str, Any] = {"id": "b", "account_id": "a", "amount": 1_000, "issued_on": "2026-11-01", "month": "2026-10"}
RATE = row(PriceRule, id="f", business="C12", item="late_fee", amount=3, percent=100, state="published")


def pays(late_fee: int, amount: int = 1_000) -> Fact:
    return BillPayment, {"id": "p", "bill_id": "b", "order_id": "o1", "amount": amount, "late_fee": late_fee}


@pytest.mark.parametrize(
    ("business", "typed", "due_on", "late_fee", "wrong"),
    [
        ("C12", {"action": "collect"}, "2026-11-13", 30, []),
        ("C12", {"action": "collect"}, "2026-11-13", 29, WRONG),
        ("C12", {"action": "collect"}, "2026-11-13", 31, WRONG),
        ("C12", {"action": "collect"}, DAY, 1, WRONG),
        ("C12", {"action": "collect", "waive": "y"}, "2026-11-13", 1, WRONG),
        ("C12", {"action": "balance"}, "2026-11-13", 29, WRONG),
        ("C12", {"action": "collect"}, DAY, 0, []),
        ("C12", {"action": "collect", "waive": "y"}, "2026-11-13", 0, []),  # a supervisor's word is asked for elsewhere
        ("C12", {"action": "correct"}, "2026-11-13", 30, []),
        ("C12", {"action": "correct"}, "2026-11-13", 29, WRONG),
        ("C12", {"action": "correct", "waive": "y"}, "2026-11-13", 0, WRONG),  # left from another choice
        ("C12", {"action": "balance", "waive": "y"}, "2026-11-13", 0, []),
        ("C12", {"action": "balance", "waive": "y", "amount": "10"}, "2026-11-13", 0, WRONG),
        ("C12", {"action": "balance", "waive": "y", "amount": "10"}, "2026-11-13", 30, []),
        ("C9", {"action": "undo"}, "2026-11-13", 29, WRONG),
        ("C5", {}, "2026-11-13", 0, []),
    ],
)
def test_a_late_fee_is_of_each_day(
    business: str, typed: dict[str, str], due_on: str, late_fee: int, wrong: Found
) -> None:
    done = order(business, customer_id="k", subscription_id=None, form_json=form(**typed))
    here = known(*HERE, RATE, row(CustomerBill, **BILL, due_on=due_on))
    assert told(debts_paid.judge(here, claim(done, pays(late_fee)))) == wrong


def test_a_part_brings_its_part_and_another_day_s_fee_is_noted() -> None:
    done = order("C12", customer_id="k", subscription_id=None, form_json=form(action="collect"))
    bill = row(CustomerBill, **BILL, due_on="2026-11-13")
    assert [told(debts_paid.judge(known(*HERE, RATE, bill), claim(done, pays(fee, 500)))) for fee in (15, 14)] == [
        [],
        WRONG,
    ]
    whole = [told(debts_paid.judge(known(*HERE, RATE, bill), claim(done, pays(fee, 516)))) for fee in (14, 15, 16, 17)]
    assert whole == [WRONG, [], [], WRONG]  # with the next fen it were one more, which can't be paid of it
    lines = [
        published(1, "price_rule", ("f",), "2026-11-01", "add", **{**RATE.__dict__, "amount": 1}),
        published(2, "price_rule", ("f",), "2026-11-20", amount=3),
    ]
    here = [told(debts_paid.judge(known(*HERE, RATE, bill, *lines), claim(done, pays(fee)))) for fee in (30, 10, 9)]
    assert here == [[], NOTED, WRONG]


@pytest.mark.parametrize(
    ("business", "typed", "owes"),
    [
        ("C9", {"action": "close"}, True),
        ("C9", {"action": "undo"}, False),
        ("C5", {}, True),
        ("C4.3", {"change": "prepaid"}, True),
        ("C4.3", {"change": "merge"}, True),
        ("C4.3", {"change": "cash"}, False),
        ("C6", {"action": "suspend", "cause": "request"}, True),
        ("C6", {"action": "suspend", "cause": "loss"}, False),
        ("C6", {"action": "resume", "cause": "request"}, False),
        ("C2", {}, False),
    ],
)
def test_nothing_may_be_owed(business: str, typed: dict[str, str], *, owes: bool) -> None:
    def found(absence: Absence | None = None, of: dict[str, Any] | None = None, **bill: Any) -> Found:
        done = order(business, **{"customer_id": "k", "subscription_id": "l", "form_json": form(**typed), **(of or {})})
        here = known(*HERE, row(CustomerBill, **{**BILL, "due_on": DAY, **bill}), absence=absence)
        return told(debts_paid.judge(here, claim(done, kind=business)))

    assert found() == (WRONG if owes else [])
    assert found(paid=999) == (WRONG if owes else [])
    assert found(paid=1_000) == found(account_id="other") == found(of={"operator": "scheduler"}) == []
    assert found(AWAY) == found(issued_on=DAY) == (NOTED if owes else [])


CLOSING = order("C9", customer_id="k", subscription_id="l", form_json=form(action="close"))
RUNS = row(ChargeSchedule, **CHARGE, state="running", starts_on="2026-01-01")
FINAL: dict[str, Any] = {"id": "n", "account_id": "a", "kind": "final", "month": "2026-11", "issued_on": DAY}


OCTOBER = row(CustomerBill, id="m", account_id="a", kind="monthly", month="2026-10")


def billed(
    *rows: Any,
    amount: int = 0,
    of: Fact = CLOSING,
    line: dict[str, Any] | None = None,
    absence: Absence | None = None,
    **part: Any,
) -> Found:
    """What is said of a final bill of one line, that amount."""
    values = {"bill_id": "n", "line": 1, "subscription_id": "l", "item": "fee", "product": "P", "amount": amount}
    bill = (CustomerBill, {**FINAL, "amount": amount, "paid": amount})
    entry = claim(of, *([bill, (BillLine, {**values, **part})] if amount else []), kind="C9")
    here = (row(Subscription, **{**LINE, **(line or {})}), WHO)
    return told(finals.judge(known(*here, *rows, absence=absence), entry))


@pytest.mark.parametrize(
    ("rows", "amount", "wrong"),
    [
        ([RUNS], 800, []),
        ([RUNS], 799, WRONG),
        ([row(ChargeSchedule, **CHARGE, state="running", starts_on="2026-11-16")], 400, []),
        ([row(ChargeSchedule, **CHARGE, state="running", starts_on="2026-11-16")], 399, WRONG),
        ([row(ChargeSchedule, **CHARGE, state="ended", ends_on="2026-11-15")], 399, WRONG),
        ([row(ChargeSchedule, **CHARGE, state="ended", ends_on="2026-10-31")], 0, []),
        ([row(ChargeSchedule, **CHARGE, state="waiting")], 0, []),
        ([RUNS, row(Subscription, **{**LINE, "id": "m"})], 0, []),  # its account goes on
        ([RUNS, row(Subscription, **{**LINE, "id": "m", "state": "terminated"})], 0, WRONG),
        ([RUNS, row(CustomerBill, id="m", account_id="a", kind="monthly", month="2026-11")], 0, []),
        ([RUNS, row(CustomerBill, id="m", account_id="a", kind="monthly", month="2026-10")], 0, WRONG),
    ],
)
def test_a_final_bill_has_the_month(rows: list[Any], amount: int, wrong: Found) -> None:
    assert billed(*rows, amount=amount) == wrong
    assert billed(*rows, amount=amount, line={"outlet": "HZ02"}) == (NOTED if wrong else [])


def used(amount: int, month: str = "2026-11", kind: str = "voice") -> Any:
    return row(UsageMonth, subscription_id="l", month=month, kind=kind, quantity=1, amount=amount)


@pytest.mark.parametrize(
    ("rows", "amount", "wrong"),
    [
        ([used(500)], 500, []),
        ([used(500)], 499, NOTED),  # more may have come since
        ([used(500)], 0, WRONG),
        ([used(500, kind="data")], 500, WRONG),  # that is another item
        ([used(300), used(200, kind="voice_international")], 500, []),
        ([used(300), used(200, kind="voice_international")], 499, NOTED),
        ([used(500, kind="voice_roaming")], 0, NOTED),  # others tell of it later
        ([used(500, "2026-10")], 0, []),  # it is on the bill of that month
    ],
)
def test_a_final_bill_has_what_was_used(rows: list[Any], amount: int, wrong: Found) -> None:
    assert billed(OCTOBER, *rows, amount=amount, item="usage_voice", product="") == wrong
    assert billed(OCTOBER, *rows, line={"pay_type": "prepaid"}) == []  # their balance has paid it
    away = billed(OCTOBER, *rows, amount=amount, item="usage_voice", product="", absence=AWAY)
    assert away == (NOTED if wrong else [])


def test_a_final_bill_has_each_month_that_no_other_has() -> None:
    september = row(CustomerBill, id="m", account_id="a", kind="monthly", month="2026-09")
    had = (september, used(500, "2026-10"))
    assert [billed(*had, amount=fen, item="usage_voice", product="") for fen in (500, 499)] == [[], WRONG]
    assert [billed(september, RUNS, amount=fen) for fen in (1_600, 1_599)] == [[], WRONG]


def test_a_final_bill_has_the_minimum_spend() -> None:
    line = {"minimum_spend": 3_900}
    assert [billed(OCTOBER, amount=fen, item="minimum_spend", line=line) for fen in (3_900, 3_899)] == [[], WRONG]
    assert billed(OCTOBER, amount=3_900, item="value_added_fee", detail="content", line=line) == WRONG


def test_who_goes_is_billed_to_the_day() -> None:
    """A number that leaves, until the day; one that gets another owner until the day before, or not for the month."""
    leaves = order("C9", operator="scheduler", customer_id="k", subscription_id="l", form_json=form(action="ported"))
    goes, whole = (order("C5", customer_id="k", subscription_id="l", form_json=form(month=m)) for m in ("day", "first"))
    for of, least in ((leaves, 23), (goes, 22)):
        due = 800 * least // 30
        assert [billed(OCTOBER, RUNS, amount=fen, of=of) for fen in (due, due - 1)] == [[], WRONG]
    assert billed(OCTOBER, RUNS, used(500), of=whole) == []
    undone = order("C9", customer_id="k", subscription_id="l", form_json=form(action="undo"))
    assert billed(OCTOBER, RUNS, of=undone) == []
