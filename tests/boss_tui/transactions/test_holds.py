"""What a service rests on stays while it is on: a balance that does instead of a deposit, or the deposit itself."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.components.ledger.ledger import PREPAID, RECEIVABLE, Leg, post
from data.errors import NotAllowed
from data.journal import Author
from data.parameters import INTERNATIONAL_BALANCE
from data.tables.account import BalanceBucket, BalanceHold, BillingAccount
from data.tables.billing import BillLine, CustomerBill
from data.tables.customer import Customer
from data.tables.order import Subscription
from tests.boss_tui.transactions.following import network_answers, sound
from tests.boss_tui.transactions.test_c07_reach import DEPOSIT, a_line, change
from tests.boss_tui.transactions.test_c09_close_account import amounts
from tests.boss_tui.transactions.test_c09_close_account import begin as closing
from tests.boss_tui.transactions.test_c09_close_account import complete as allowed
from tests.hall import FACTS, Hall

FREE = 3_000
BACK = {"C7.1": "domestic", "C7.3": "national"}


def money(hall: Hall, line: Subscription, kind: str = "prepaid") -> int:
    """What a bucket of its account holds."""
    return int(hall.rows(BalanceBucket, account_id=line.account_id, kind=kind)[0].amount)


def fees(hall: Hall, line: Subscription, **typed: Any) -> DraftView:
    """A form of C12, with the owner's document and a reason."""
    (owner,) = hall.rows(Customer, id=line.customer_id)
    more = {"document_number": owner.document_number, "reason": "客户要求"} if typed["action"] == "refund" else {}
    return hall.desk.forms.begin("C12", {"who": line.number, **typed, **more})


def pay_in(hall: Hall, line: Subscription, upto: int) -> Outcome:
    """Cash in advance, so that the balance is so much."""
    view = fees(hall, line, action="advance", amount=f"{(upto - money(hall, line)) / 100:.2f}")
    return hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def on_its_balance(hall: Hall, code: str = "C7.1", *, answered: bool = True) -> tuple[Subscription, Outcome]:
    """A line whose international service rests on its balance, which is a little more; and the payment of that."""
    line = a_line(hall)
    paid = pay_in(hall, line, INTERNATIONAL_BALANCE.first + FREE)
    assert change(hall, code, line, "international").due == 0
    if answered:
        network_answers(hall)
    return line, paid


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("code", BACK)
def test_a_refund_leaves_what_the_service_rests_on(hall: Hall, code: str, *, answered: bool) -> None:
    line, _ = on_its_balance(hall, code, answered=answered)
    assert "rest on it: 30.00 may be taken" in str(fees(hall, line, action="refund", amount="30.01").errors["amount"])
    assert fees(hall, line, action="refund").quote.due == -FREE
    view = fees(hall, line, action="refund", amount="30.00")
    hall.desk.orders.complete(view.id, [Tender("cash", FREE)])
    assert money(hall, line) == INTERNATIONAL_BALANCE.first
    assert sound(hall)
    network_answers(hall)
    change(hall, code, line, BACK[code])
    assert fees(hall, line, action="refund", amount="500").quote.due == -INTERNATIONAL_BALANCE.first
    network_answers(hall)
    assert sound(hall)


def test_a_bill_is_paid_with_the_rest_of_the_balance_alone(hall: Hall) -> None:
    line, _ = on_its_balance(hall)
    with hall.store.transaction(Author(FACTS.outlet, "M18", "run")) as tx:
        tx.add(
            CustomerBill,
            id="b",
            outlet=FACTS.outlet,
            account_id=line.account_id,
            month="2026-06",
            amount=9_000,
            issued_on="2026-11-20",
            due_on="2026-12-10",
        )
        tx.add(BillLine, bill_id="b", line=1, item="monthly_fee", amount=9_000)
        post(
            tx,
            outlet=FACTS.outlet,
            business_date="2026-11-23",
            business="M18",
            operator="run",
            lines=[Leg(RECEIVABLE, 9_000, "bill"), Leg("6001", -9_000, "bill")],
        )
    view = fees(hall, line, action="balance", amount="30.01")
    assert "30.00 may be taken" in str(view.errors["amount"])
    hall.desk.orders.complete(fees(hall, line, action="balance").id, [])
    assert money(hall, line) == INTERNATIONAL_BALANCE.first
    assert sound(hall)


def test_the_payment_that_it_rests_on_is_not_taken_back_nor_moved_elsewhere(hall: Hall) -> None:
    line, paid = on_its_balance(hall)
    other = next(s for s in hall.rows(Subscription, state="active") if s.customer_id != line.customer_id)
    with pytest.raises(NotAllowed, match=r"came after it|held for international"):
        hall.desk.orders.cancel(paid.serial, "录错", FACTS.supervisor, FACTS.password)
    view = fees(hall, line, action="correct", serial=paid.serial, right=other.number, reason="录错号码")
    hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    with pytest.raises(NotAllowed, match="held for international"):
        hall.desk.orders.complete(view.id, [])
    assert money(hall, line) == INTERNATIONAL_BALANCE.first + FREE
    assert sound(hall)


@pytest.mark.parametrize(("kind", "amount"), [("prepaid", FREE), ("deposit", 0)])
def test_no_posting_takes_more_than_the_rest(hall: Hall, kind: str, amount: int) -> None:
    """Whatever the business: the books refuse it (the one place)."""
    line = a_line(hall)
    if kind == "prepaid":
        pay_in(hall, line, INTERNATIONAL_BALANCE.first + FREE)
    change(hall, "C7.1", line, "international")
    (bucket,) = hall.rows(BalanceBucket, account_id=line.account_id, kind=kind)

    def take(fen: int) -> None:
        with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
            post(
                tx,
                outlet=FACTS.outlet,
                business_date="2026-11-23",
                business="C12",
                operator=FACTS.clerk,
                lines=[Leg(PREPAID, fen, "x", bucket.id), Leg("1003", -fen, "x")],
            )

    with pytest.raises(NotAllowed, match="held for international"):
        take(amount + 1)
    if amount:
        take(amount)


def test_two_services_rest_on_the_same_money(hall: Hall) -> None:
    line, _ = on_its_balance(hall, "C7.1")
    assert change(hall, "C7.3", line, "international").due == 0
    network_answers(hall)
    change(hall, "C7.1", line, "domestic")
    network_answers(hall)
    assert "30.00 may be taken" in str(fees(hall, line, action="refund", amount="30.01").errors["amount"])
    change(hall, "C7.3", line, "national")
    assert not fees(hall, line, action="refund", amount="530").errors
    network_answers(hall)
    assert sound(hall)


def test_an_order_that_is_called_off_holds_nothing_and_a_giving_up_that_is_called_off_holds_again(hall: Hall) -> None:
    line = a_line(hall)
    begun = change(hall, "C7.1", line, "international")
    assert [row.amount for row in hall.rows(BalanceHold, state="active")] == [DEPOSIT]
    hall.desk.orders.cancel(begun.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (hall.rows(BalanceHold, state="active"), money(hall, line, "deposit")) == ([], 0)
    change(hall, "C7.1", line, "international")
    network_answers(hall)
    given_up = change(hall, "C7.1", line, "domestic")
    assert hall.rows(BalanceHold, state="active") == []
    hall.desk.orders.cancel(given_up.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert [row.amount for row in hall.rows(BalanceHold, state="active")] == [DEPOSIT]
    assert sound(hall)


def test_a_closing_ends_the_hold_and_its_undoing_takes_the_money_again(hall: Hall) -> None:
    line, _ = on_its_balance(hall)
    view = closing(hall, line)
    assert amounts(view)["prepayment"] == -money(hall, line)
    allowed(hall, view)
    network_answers(hall)
    assert (money(hall, line), hall.rows(BalanceHold, state="active")) == (0, [])
    again = closing(hall, line, action="undo")
    assert amounts(again)["prepayment"] == INTERNATIONAL_BALANCE.first
    allowed(hall, again)
    network_answers(hall)
    assert money(hall, line) == INTERNATIONAL_BALANCE.first
    assert "0.00 may be taken" in str(fees(hall, line, action="refund", amount="0.01").errors["amount"])
    assert sound(hall)


def test_an_opening_with_international_rests_on_its_deposit_until_it_is_taken_back(hall: Hall) -> None:
    opened = hall.open_account(long_distance="international")
    (hold,) = hall.rows(BalanceHold, state="active")
    assert (hold.amount, hold.service) == (DEPOSIT, "long_distance")
    assert sound(hall)
    hall.desk.orders.cancel(opened.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert hall.rows(BalanceHold, state="active") == []
    assert sound(hall)


def pay_type_change(hall: Hall, line: Subscription, **typed: str) -> DraftView:
    """A form of C4.3."""
    (owner,) = hall.rows(Customer, id=line.customer_id)
    return hall.desk.forms.begin("C4.3", {"number": line.number, "document_number": owner.document_number, **typed})


@pytest.mark.parametrize("enough", [True, False])
def test_a_number_leaves_no_account_that_its_service_rests_on(hall: Hall, *, enough: bool) -> None:
    """C4.3: split is refused; merged alone its money goes along; merged out of several, the other account must do."""
    (owner,) = hall.rows(Customer, document_number=FACTS.full_document.document_number)
    first, second, third = hall.rows(Subscription, customer_id=owner.id, pay_type="postpaid", state="active")[:3]
    pay_in(hall, first, INTERNATIONAL_BALANCE.first + FREE)
    with hall.store.transaction(Author(FACTS.outlet, "C4.3", FACTS.clerk)) as tx:
        tx.change(tx.one(Subscription, id=second.id), account_id=first.account_id)
    line = hall.rows(Subscription, id=second.id)[0]
    assert change(hall, "C7.1", line, "international").due == 0
    network_answers(hall)
    assert "rest on this account's money" in str(pay_type_change(hall, line, change="split").errors["change"])
    (target,) = hall.rows(BillingAccount, id=third.account_id)
    pay_in(hall, third, INTERNATIONAL_BALANCE.first - (0 if enough else 1))
    view = pay_type_change(hall, line, change="merge", account=target.number)
    if not enough:
        assert "does not have" in str(view.errors["account"])
        return
    hall.desk.orders.complete(view.id, [])
    (hold,) = hall.rows(BalanceHold, state="active")
    (bucket,) = hall.rows(BalanceBucket, account_id=third.account_id, kind="prepaid")
    assert hold.bucket_id == bucket.id
