"""What would happen to a line: what it is judged by, what is left out of its debt, what spares it; what a limit is."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.credit.credit import Credit
from boss_tui.components.credit.credit_control import CreditControl, Verdict
from boss_tui.editions.rehearsal import given_up
from data.journal import Author
from data.statements import instance
from data.tables.account import BalanceBucket
from data.tables.billing import BillPayment, CustomerBill, UsageMonth
from data.tables.credit import CreditExemption, CreditRaise, CustomerRating
from data.tables.customer import Customer, ListedPerson
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.components.rows import context
from tests.head_office import HeadOffice

DAY = "2026-11-23"
EVE, MIDNIGHT = "2026-11-22T15:59:59", "2026-11-22T16:00:00"
"""The last second before that day and its first, as they are stored: in UTC."""


@pytest.fixture
def line(head_office: HeadOffice) -> Subscription:
    """A postpaid line that owes nothing, and is far from its limit."""
    lines = head_office.rows(Subscription, pay_type="postpaid", state="active")
    free = (line for line in lines if not open_bills(head_office, line))
    found = next(line for line in free if _is_plain(judged(head_office, line)))
    assert isinstance(found, Subscription)
    return found


def _is_plain(found: Verdict) -> bool:
    return found.money.exposed < 0 and not found.money.term_days


def open_bills(office: HeadOffice, line: Subscription) -> list[Any]:
    bills = office.rows(CustomerBill, account_id=line.account_id)
    return [bill for bill in bills if bill.amount > bill.paid]


def judged(
    office: HeadOffice, line: Subscription, *, say: dict[Any, dict[str, Any]] | None = None, day: str = DAY
) -> Verdict:
    """What is made of a line, with rows that are there for this look alone."""
    with office.store.transaction(Author("HQ", "test", "test")) as tx, given_up(tx):
        for model, values in (say or {}).items():
            tx.add(model, **values)
        return CreditControl(context(tx, business_date=day, outlet="HQ")).judge(line)


def bill(line: Subscription, **values: Any) -> dict[str, Any]:
    standard = {
        "id": "b",
        "outlet": line.outlet,
        "account_id": line.account_id,
        "month": "2026-05",
        "amount": 100,
        "issued_on": "2026-10-01",
        "due_on": "2026-11-18",
    }
    return {**standard, **values}


def whose(office: HeadOffice, line: Subscription) -> dict[str, Any]:
    (owner,) = office.rows(Customer, id=line.customer_id)
    return {"document_kind": owner.document_kind, "document_number": owner.document_number}


def exemption(office: HeadOffice, line: Subscription, kind: str, **values: Any) -> dict[Any, dict[str, Any]]:
    standard = {"id": "e", "kind": kind, "person": "3001", "reason": "why", "valid_to": DAY}
    return {CreditExemption: {**standard, **whose(office, line), **values}}


@pytest.mark.parametrize(
    ("day", "code"), [("2026-11-14", None), ("2026-11-15", "B-REMIND"), ("2026-11-22", "B-CALL"), (DAY, "B-HALF")]
)
def test_a_bill_brings_stage_after_stage(
    head_office: HeadOffice, line: Subscription, day: str, code: str | None
) -> None:
    found = judged(head_office, line, say={CustomerBill: bill(line)}, day=day)
    assert (found.due.stage.row.code if found.due else None, found.money.owed) == (code, 100)
    assert found.spared == ()


@pytest.mark.parametrize("kind", ["red_list", "key_account", "roaming", "emergency"])
def test_an_exemption_spares_it_until_its_last_day(head_office: HeadOffice, line: Subscription, kind: str) -> None:
    owes = {CustomerBill: bill(line)}
    found = judged(head_office, line, say={**owes, **exemption(head_office, line, kind)})
    assert [each.kind for each in found.spared] == [kind]
    over = judged(head_office, line, say={**owes, **exemption(head_office, line, kind, valid_to="2026-11-22")})
    assert (over.due is not None, over.spared) == (True, ())
    other = judged(head_office, line, say={**owes, **exemption(head_office, line, kind, number="13800000000")})
    assert other.spared == ()
    mine = judged(head_office, line, say={**owes, **exemption(head_office, line, kind, number=line.number)})
    assert len(mine.spared) == 1


def test_who_is_on_the_red_list_is_spared(head_office: HeadOffice, line: Subscription) -> None:
    entry = {"id": "l", "list": "red", **whose(head_office, line), "reason": "劳模", "basis": "x"}
    found = judged(head_office, line, say={CustomerBill: bill(line), ListedPerson: entry})
    assert [each.kind for each in found.spared] == ["red_list"]


@pytest.mark.parametrize(
    ("roaming", "quantity", "spared"), [("international", 1, 1), ("international", 0, 0), ("national", 1, 0)]
)
def test_who_uses_it_abroad_is_spared(
    head_office: HeadOffice, line: Subscription, roaming: str, quantity: int, spared: int
) -> None:
    used = {"subscription_id": line.id, "month": "2026-11", "kind": "data_roaming", "quantity": quantity}
    abroad = instance(Subscription, {**line.__dict__, "roaming": roaming})
    found = judged(head_office, abroad, say={CustomerBill: bill(line), UsageMonth: used})
    assert len(found.spared) == spared


@pytest.mark.parametrize(("month", "owed"), [("2026-05", 0), ("", 0), ("2026-04", 100)])
def test_of_a_disputed_bill_nothing_is_counted(
    head_office: HeadOffice, line: Subscription, month: str, owed: int
) -> None:
    rows = {CustomerBill: bill(line), **exemption(head_office, line, "disputed", month=month)}
    found = judged(head_office, line, say=rows)
    assert (found.money.owed, len(found.not_counted)) == (owed, 0 if owed else 1)
    on_hold = judged(head_office, line, say={CustomerBill: bill(line, state="onHold")})
    assert on_hold.money.owed == 0


@pytest.mark.parametrize(("begun", "owed"), [("2026-10-24", 0), ("2026-10-23", 100), ("", 0)])
def test_a_plan_of_instalments_holds_while_it_is_kept(
    head_office: HeadOffice, line: Subscription, begun: str, owed: int
) -> None:
    plan = exemption(head_office, line, "instalment", amount=1, valid_from=begun)
    assert judged(head_office, line, say={CustomerBill: bill(line), **plan}).money.owed == owed


def test_a_deposit_is_no_balance(head_office: HeadOffice) -> None:
    prepaid = head_office.rows(Subscription, pay_type="prepaid", state="active")[0]
    buckets = head_office.rows(BalanceBucket, account_id=prepaid.account_id)
    found = judged(head_office, prepaid)
    assert found.money.balance == sum(each.amount for each in buckets if each.kind in ("prepaid", "gift"))


@pytest.mark.parametrize(
    ("until", "limit", "lent"),
    [(DAY, 900_000, DAY), ("2026-11-22", None, ""), ("2026-12-01", 900_000, "2026-12-01")],
)
def test_a_lent_limit_falls_back_by_itself(
    head_office: HeadOffice, line: Subscription, until: str, limit: int | None, lent: str
) -> None:
    before = judged(head_office, line).money.limit
    raised = {**whose(head_office, line), "credit_limit": 900_000, "valid_to": until, "reason": "x"}
    found = judged(head_office, line, say={CreditRaise: raised})
    assert found.money.limit == (limit or before)
    with head_office.store.transaction(Author("HQ", "test", "test")) as tx, given_up(tx):
        tx.add(CreditRaise, **raised)
        (owner,) = tx.all(Customer, id=line.customer_id)
        credit = Credit(context(tx, business_date=DAY))
        assert credit.standing(owner).lent_until == lent
        told = credit.beyond(owner.id, owner.category, 900_001, 0)
        assert told is not None
        assert (f"lent until {until}" in str(told)) is bool(lent)


def test_a_rating_of_headquarters_goes_before_the_counter_s(head_office: HeadOffice, line: Subscription) -> None:
    said = {**whose(head_office, line), "rating": "A", "reason": "x"}
    found = judged(head_office, line, say={CustomerRating: said})
    assert (found.money.limit, found.money.term_days) == (300_000, 10)
    own = judged(head_office, line, say={CustomerRating: {**said, "credit_limit": 777_700}})
    assert own.money.limit == 777_700
    over = judged(head_office, line, say={CustomerRating: {**said, "valid_to": "2026-11-22"}})
    assert over.money.term_days == 0


def test_a_manager_tries_a_number_and_a_document(head_office: HeadOffice, line: Subscription) -> None:
    trying = head_office.maker.trying
    by_number = [str(fact.label) for fact in trying.try_out("M8", {"number": line.number})]
    assert {"Number", "Rating", "Credit limit", "Owed", "Stage"} <= set(by_number)
    number = whose(head_office, line)["document_number"]
    assert trying.try_out("M8", {"document_number": number})
    assert trying.try_out("M8", {"number": line.number}, "2027-03-01")


@pytest.mark.parametrize(
    ("due_on", "amount", "paid_on", "stops", "full", "half"),
    [
        ("2026-11-24", 100, "", ("arrears_outgoing", "arrears_all"), True, True),  # nothing is overdue
        (
            "2026-11-22",
            100,
            MIDNIGHT,
            ("arrears_outgoing", "arrears_all"),
            True,
            False,
        ),  # a part is paid: within the limit
        (
            "2026-11-22",
            100,
            "2026-11-22T15:59:59",
            ("arrears_outgoing", "arrears_all"),
            False,
            False,
        ),  # before it was stopped
        ("2026-11-22", 100, "", ("arrears_outgoing", "arrears_all"), False, False),  # nothing was paid
        ("2026-11-22", 100, MIDNIGHT, ("arrears_all",), False, False),  # no milder stop would stay
        ("2026-11-22", 9_000_000, MIDNIGHT, ("arrears_outgoing", "arrears_all"), False, False),  # beyond the limit
        ("2026-11-24", 9_000_000, "", ("arrears_outgoing", "arrears_all"), False, False),
    ],
)
def test_what_a_payment_lifts(
    head_office: HeadOffice,
    line: Subscription,
    due_on: str,
    amount: int,
    paid_on: str,
    stops: tuple[str, ...],
    full: bool,
    half: bool,
) -> None:
    order = head_office.rows(ProductOrder)[0]
    with head_office.store.transaction(Author("HQ", "test", "test")) as tx, given_up(tx):
        tx.add(CustomerBill, **bill(line, due_on=due_on, amount=amount))
        if paid_on:
            paid = {"id": "p", "bill_id": "b", "order_id": order.id, "posting_id": "x", "amount": 1}
            tx.add(BillPayment, **paid, made_at=f"{paid_on}.000000Z")
        for cause in stops:
            about = {"subscription_id": line.id, "starts_on": DAY, "order_id": order.id}
            tx.add(Suspension, id=cause, cause=cause, **about)
        control = CreditControl(context(tx, business_date=DAY, outlet="HQ"))
        assert (control.may_lift(line, "arrears_all"), control.may_lift(line, "arrears_outgoing")) == (full, half)


def test_an_emergency_lifts_whatever_is_owed(head_office: HeadOffice, line: Subscription) -> None:
    with head_office.store.transaction(Author("HQ", "test", "test")) as tx, given_up(tx):
        tx.add(CustomerBill, **bill(line, amount=9_000_000))
        control = CreditControl(context(tx, business_date=DAY, outlet="HQ"))
        assert not control.may_lift(line, "arrears_outgoing")
        for model, values in exemption(head_office, line, "emergency").items():
            tx.add(model, **values)
        assert control.may_lift(line, "arrears_outgoing")


def test_the_mean_is_of_the_three_bills_before_the_latest(head_office: HeadOffice, line: Subscription) -> None:
    with head_office.store.transaction(Author("HQ", "test", "test")) as tx, given_up(tx):
        bills = sorted(tx.all(CustomerBill, account_id=line.account_id), key=lambda each: each.month)
        control = CreditControl(context(tx, business_date=DAY, outlet="HQ"))
        tx.add(CustomerBill, **bill(line, month="2027-01", amount=777, paid=777))
        money = control.judge(line).money
        assert money.latest == 777
        three = [each.amount for each in bills[-3:]]
        assert money.mean == (sum(three) // 3 if len(three) == 3 else 0)


@pytest.mark.parametrize(("balance", "lifts"), [(0, False), (-1, False), (1, True)])
def test_a_prepaid_line_works_again_with_a_balance(head_office: HeadOffice, balance: int, lifts: bool) -> None:
    prepaid = head_office.rows(Subscription, pay_type="prepaid", state="active")[0]
    with head_office.store.transaction(Author("HQ", "test", "test")) as tx, given_up(tx):
        for bucket in tx.all(BalanceBucket, account_id=prepaid.account_id):
            tx.change(bucket, amount=balance if bucket.kind == "prepaid" else 0)
        control = CreditControl(context(tx, business_date=DAY, outlet="HQ"))
        assert control.may_lift(prepaid, "arrears_outgoing") is lifts
