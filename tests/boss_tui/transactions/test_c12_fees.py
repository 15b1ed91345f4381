"""C12 收/退通信费: what is owed and what money pays of it, advances, refunds, corrections, and taking back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.answers.business import DraftView, Outcome, Tender
from boss_tui.chores.scheduling import perform_due
from boss_tui.components.accounts.accounts import validity
from boss_tui.components.tenders.dues import Owed, owed, paid_by
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.billing import BillPayment, CustomerBill
from data.tables.customer import Customer
from data.tables.document import PaperDocument
from data.tables.life import ScheduledAct, ServiceParameter, Suspension
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import RoleRight
from data.tables.sync import JournalHead
from tests.boss_tui.transactions.following import next_day, sound
from tests.hall import FACTS, Hall
from tests.handed import handed_change

SEVERAL = FACTS.full_document.document_number
LATE = 226  # 58.00 yuan, due on 10 November, 13 days late at 3 per mille a day
SETTLED = FACTS.customers[0].document_number


def begin(hall: Hall, **changes: Any) -> DraftView:
    """A form of C12 with these fields."""
    return hall.desk.forms.begin("C12", changes)


def collect(hall: Hall, **changes: Any) -> Outcome:
    """A whole C12, in cash."""
    view = begin(hall, **(changes or hall.desk.forms.example("C12")))
    assert not view.errors, view.errors
    due = view.quote.due
    return hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])


def allowed(hall: Hall, view: DraftView) -> DraftView:
    """The form, with a supervisor's approval."""
    assert view.qualification.verdict == "override"
    return hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)


def bills(hall: Hall, number: str) -> list[CustomerBill]:
    """The bills of a number's account, the oldest first."""
    (line,) = hall.rows(Subscription, number=number)
    return sorted(hall.rows(CustomerBill, account_id=line.account_id), key=lambda bill: bill.month)


def balance(hall: Hall, number: str) -> int:
    """Its prepaid balance."""
    (line,) = hall.rows(Subscription, number=number)
    (bucket,) = hall.rows(BalanceBucket, account_id=line.account_id, kind="prepaid")
    return int(bucket.amount)


def account(hall: Hall, number: str) -> str:
    """The number of its account."""
    (line,) = hall.rows(Subscription, number=number)
    (row,) = hall.rows(BillingAccount, id=line.account_id)
    return str(row.number)


def one_who_owes(hall: Hall, months: int, amount: int = 0) -> str:
    """A number whose account has so many bills of which nothing is paid; each of so many fen, if that is said."""
    for line in hall.rows(Subscription, state="active", pay_type="postpaid"):
        open_bills = [bill for bill in bills(hall, line.number) if bill.state == "sent"]
        if amount and {bill.amount for bill in open_bills} != {amount}:
            continue
        if len(open_bills) == months and len(hall.rows(Subscription, customer_id=line.customer_id)) == 1:
            return str(line.number)
    raise LookupError(months)


# what is owed, and what money pays of it


@given(
    st.lists(st.tuples(st.integers(1, 50_000), st.integers(0, 500)), min_size=1, max_size=5),
    st.integers(1, 200_000),
)
def test_money_pays_itself_out_to_the_fen(open_bills: list[tuple[int, int]], money: int) -> None:
    owing = [
        Owed(CustomerBill(id=str(n), month="2026-09"), "A", amount, days, 3)
        for n, (amount, days) in enumerate(open_bills)
    ]
    parts = paid_by(owing, money)
    paid = sum(part.amount + part.late_fee for part in parts)
    assert paid == min(money, sum(one.total for one in owing))
    for part, one in zip(parts, owing, strict=False):
        assert 0 <= part.amount <= one.amount
        assert 0 <= part.late_fee - one.fee_on(part.amount) <= one.fee_on(1) + 1  # what pays no more fen of the bill
    assert all(part.amount == one.amount for part, one in zip(parts[:-1], owing, strict=False))


def test_a_late_fee_runs_from_the_day_after_a_bill_was_due() -> None:
    bill = CustomerBill(id="b", month="2026-10", amount=10_000, paid=0, due_on="2026-11-10")
    assert [owed(bill, "A", date(2026, 11, day), 3).late_fee for day in (9, 10, 11, 12)] == [0, 0, 30, 60]


@pytest.mark.parametrize(
    ("fen", "days"),
    [(999, 0), (1_000, 15), (2_999, 15), (3_000, 90), (9_999, 90), (10_000, 180), (30_000, 360), (90_000, 360)],
)
def test_a_payment_lets_a_prepaid_line_live_longer(fen: int, days: int) -> None:
    assert validity(fen) == days


# collecting


def test_a_bill_is_paid_with_its_late_fee_shown_apart(hall: Hall) -> None:
    number = one_who_owes(hall, 1, 5_800)
    view = begin(hall, who=number)
    assert [(line.item, line.amount) for line in view.quote.lines] == [("bill_payment", 5_800), ("late_fee", LATE)]
    assert view.facts["bills"][0]["due_on"] == "2026-11-10"
    outcome = hall.desk.orders.complete(view.id, [Tender("card", 5_000, "POS1"), Tender("cash", 2_000)])
    assert (outcome.due, outcome.tendered, outcome.change) == (6_026, 7_000, 974)
    assert [paper.kind for paper in outcome.papers] == ["invoice", "receipt"]
    assert [bill.state for bill in bills(hall, number)] == ["settled"] * 3
    (payment,) = hall.rows(BillPayment)
    assert (payment.amount, payment.late_fee) == (5_800, LATE)
    assert sound(hall)
    assert "Nothing is owed" in str(begin(hall, who=number).errors["action"])


def test_the_oldest_bill_is_paid_first_and_a_part_of_the_next(hall: Hall) -> None:
    number = one_who_owes(hall, 2)
    older, newer = [bill for bill in bills(hall, number) if bill.state == "sent"]
    fee = (older.amount * 44 * 3 + 500) // 1000
    outcome = collect(hall, who=number, amount=f"{(older.amount + fee + 1_039) / 100:.2f}")
    assert outcome.due == older.amount + fee + 1_039
    after = {bill.id: bill for bill in bills(hall, number)}
    assert (after[older.id].state, after[older.id].paid) == ("settled", older.amount)
    assert (after[newer.id].state, after[newer.id].paid) == ("partiallyPaid", 1_000)  # and 39 fen of late fee on it
    assert sound(hall)


def test_all_accounts_of_a_customer_are_paid_at_once_or_those_that_are_named(hall: Hall) -> None:
    everything = begin(hall, who=SEVERAL)
    owing = {bill["account"] for bill in everything.facts["bills"]}
    assert len(owing) == 2
    first = sorted(owing)[0]
    some = begin(hall, who=SEVERAL, accounts=first.lower())
    assert {bill["account"] for bill in some.facts["bills"]} == {first}
    outcome = hall.desk.orders.complete(everything.id, [Tender("transfer", everything.quote.due, "TR1")])
    assert outcome.due == sum(bill["amount"] + bill["late_fee"] for bill in everything.facts["bills"])
    by_number = begin(hall, who=one_who_owes(hall, 1), accounts="all")
    assert not by_number.errors
    assert sound(hall)


def test_what_is_over_goes_into_the_balance(hall: Hall) -> None:
    number = one_who_owes(hall, 1, 5_800)
    before = balance(hall, number)
    outcome = collect(hall, who=number, amount="100")
    assert outcome.due == 10_000
    assert balance(hall, number) == before + 10_000 - 5_800 - LATE
    assert sound(hall)


def test_with_several_accounts_it_is_asked_which_one_gets_the_rest(hall: Hall) -> None:
    owed = begin(hall, who=SEVERAL).quote.due
    assert not begin(hall, who=SEVERAL, amount=f"{owed / 100:.2f}").errors  # nothing is over
    view = begin(hall, who=SEVERAL, amount=f"{(owed + 1) / 100:.2f}")
    assert "0.01 yuan are more than is owed" in str(view.errors["surplus"])
    with pytest.raises(BadForm):
        hall.desk.orders.complete(view.id, [Tender("cash", owed + 1)])
    first, second, *_ = (choice.value for choice in hall.desk.forms.choices(view.id, "surplus", ""))
    assert "surplus" in hall.desk.forms.fill(view.id, {"surplus": account(hall, one_who_owes(hall, 1))}).errors
    view = hall.desk.forms.fill(view.id, {"surplus": second, "amount": f"{(owed + 5_000) / 100:.2f}"})
    assert not view.errors
    (row,) = hall.rows(BillingAccount, number=second)
    (other,) = hall.rows(BillingAccount, number=first)
    before = {b.account_id: b.amount for b in hall.rows(BalanceBucket, kind="prepaid")}
    hall.desk.orders.complete(view.id, [Tender("cash", owed + 5_000)])
    after = {b.account_id: b.amount for b in hall.rows(BalanceBucket, kind="prepaid")}
    assert after[row.id] - before[row.id] == 5_000
    assert after[other.id] == before[other.id]
    assert sound(hall)


def test_a_late_fee_is_left_out_with_a_supervisor_and_a_reason(hall: Hall) -> None:
    number = one_who_owes(hall, 1, 5_800)
    view = begin(hall, who=number, waive="y")
    assert "reason" in view.errors
    view = allowed(hall, hall.desk.forms.fill(view.id, {"reason": "账单寄错地址"}))
    assert view.quote.due == 5_800
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", 5_800)])
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    assert order.approved_by == FACTS.supervisor
    assert sound(hall)


def test_a_balance_pays_bills_of_its_own_account_and_has_it_back_when_that_is_taken_back(hall: Hall) -> None:
    number = one_who_owes(hall, 2)
    held, owing = balance(hall, number), begin(hall, who=number).quote.due
    assert 0 < held < owing
    assert any("choose balance" in str(notice.text) for notice in begin(hall, who=number).notices)
    view = begin(hall, who=number, action="balance")
    assert (view.errors, view.quote.due) == ({}, 0)
    outcome = hall.desk.orders.complete(view.id, [])
    assert [paper.kind for paper in outcome.papers] == ["receipt"]
    assert (balance(hall, number), begin(hall, who=number).quote.due) == (0, owing - held)
    assert sound(hall)
    assert "The balance is 0.00" in str(begin(hall, who=number, action="balance").errors["amount"])
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (balance(hall, number), begin(hall, who=number).quote.due) == (held, owing)
    assert sound(hall)


def test_a_clerk_collects_up_to_a_limit_where_there_is_one(hall: Hall) -> None:
    number = one_who_owes(hall, 1)
    assert begin(hall, who=number, action="advance", amount="9000").qualification.verdict == "yes"
    handed_change(hall.store, RoleRight, role="clerk", business="C12", amount_limit=200_000)
    assert begin(hall, who=number, action="advance", amount="2000").qualification.verdict == "yes"
    more = begin(hall, who=number, action="advance", amount="2000.01")
    assert more.qualification.verdict == "override"
    hall.desk.orders.complete(allowed(hall, more).id, [Tender("cheque", 200_001, "CH1")])
    assert sound(hall)


def test_a_bill_in_dispute_is_not_collected(hall: Hall) -> None:
    number = one_who_owes(hall, 1)
    with hall.store.transaction(Author(FACTS.outlet, "dispute", FACTS.manager)) as tx:
        tx.change(next(bill for bill in bills(hall, number) if bill.state == "sent"), state="onHold")
    view = begin(hall, who=number)
    assert "Nothing is owed" in str(view.errors["action"])
    assert any("in dispute" in str(notice.text) for notice in view.notices)


def test_paying_all_that_is_overdue_has_a_line_that_was_stopped_for_it_resumed(hall: Hall) -> None:
    number = one_who_owes(hall, 2)
    (line,) = hall.rows(Subscription, number=number)
    with hall.store.transaction(Author(FACTS.outlet, "C6", FACTS.supervisor)) as tx:
        order = tx.all(ProductOrder, subscription_id=line.id)[0]
        tx.add(
            Suspension,
            id="stop",
            subscription_id=line.id,
            cause="arrears_all",
            starts_on="2026-11-15",
            order_id=order.id,
        )
    collect(hall, who=number, amount="20")
    assert hall.rows(ScheduledAct) == []  # a part of it is still overdue
    outcome = collect(hall, who=number)
    (act,) = hall.rows(ScheduledAct)
    assert (act.business, act.subscription_id, act.due_on, act.state) == ("C6", line.id, "2026-11-23", "waiting")
    assert json.loads(act.parameters) == {"number": number, "action": "resume", "cause": "arrears_all"}
    assert outcome.facts["resumed"] == [number]


# advances and refunds


def test_an_advance_lets_a_prepaid_card_live_longer_until_it_is_taken_back(hall: Hall) -> None:
    prepaid = next(s for s in hall.rows(Subscription, pay_type="prepaid", state="active"))
    first = collect(hall, who=prepaid.number, action="advance", amount="50")
    second = collect(hall, who=prepaid.number, action="advance", amount="20")
    (until,) = hall.rows(ServiceParameter, subscription_id=prepaid.id, name="valid_until")
    assert until.value == "2027-03-08"  # 90 days and 15
    assert any("2027-03-08" in line for line in second.papers[-1].preview)
    hall.desk.orders.cancel(second.serial, "多缴", FACTS.supervisor, FACTS.password)
    hall.desk.orders.cancel(first.serial, "多缴", FACTS.supervisor, FACTS.password)
    (until,) = hall.rows(ServiceParameter, subscription_id=prepaid.id, name="valid_until")
    assert until.value == ""
    assert sound(hall)


def test_a_balance_is_refunded_to_its_owner_once_nothing_is_owed(hall: Hall) -> None:
    (customer,) = [c for c in FACTS.customers if c.document_number == SETTLED]
    form = {"who": SETTLED, "action": "refund", "amount": "40", "reason": "客户要求"}
    assert "document_number" in begin(hall, **form).errors
    view = begin(hall, **form, document_number=customer.document_number)
    assert view.quote.due == -4_000
    number = hall.rows(Subscription, account_id=hall.rows(BillingAccount, number=account_of(view))[0].id)[0].number
    before = balance(hall, number)
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", 4_000)])
    assert (outcome.due, [paper.kind for paper in outcome.papers]) == (-4_000, ["receipt", "invoice", "refund"])
    assert balance(hall, number) == before - 4_000
    assert sound(hall)


def account_of(view: DraftView) -> str:
    """The account that a quote's first line moves: the first of the hall's, of its first customer."""
    assert view.quote.lines[0].bucket_id
    return f"{FACTS.outlet}00000001"


def test_who_owes_gets_nothing_back(hall: Hall) -> None:
    number = one_who_owes(hall, 1)
    view = begin(hall, who=number, action="refund", reason="客户要求")
    assert "collect them first" in str(view.errors["action"])


# corrections and taking back


def test_a_payment_to_the_wrong_number_is_put_right_with_both_named(hall: Hall) -> None:
    wrong, right = one_who_owes(hall, 1), one_who_owes(hall, 2)
    paid = collect(hall, who=wrong, amount="80")
    before, owing = balance(hall, right), begin(hall, who=right).quote.due
    view = begin(hall, who=wrong, action="correct", serial=paid.serial, right=right, reason="录错号码")
    assert (view.errors, view.quote.due) == ({}, 0)
    outcome = hall.desk.orders.complete(allowed(hall, view).id, [])
    assert [bill.state for bill in bills(hall, wrong)] == ["settled", "settled", "sent"]
    assert begin(hall, who=right).quote.due == owing - 8_000
    assert balance(hall, right) == before
    assert [paper.kind for paper in outcome.papers] == ["invoice", "receipt", "invoice", "slip"]
    slip = "\n".join(outcome.papers[-1].preview)
    assert right in slip
    assert wrong in slip
    assert {row.state for row in hall.rows(PaperDocument, order_id=paid.order_id)} == {"red"}
    assert sound(hall)
    again = begin(hall, who=wrong, action="correct", serial=paid.serial, right=right, reason="录错号码")
    assert "taken back already" in str(again.errors["serial"])


def test_a_payment_is_taken_back_on_its_day_and_the_bills_are_open_again(hall: Hall) -> None:
    number = one_who_owes(hall, 2)
    before = [(bill.paid, bill.state) for bill in bills(hall, number)]
    paid = collect(hall, who=number, amount="120")
    back = hall.desk.orders.cancel(paid.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert back.due == -12_000
    told = {label.template: value for label, value in hall.desk.lookups.order(paid.serial).lines}
    assert told["Taken back by"] == back.serial
    assert str(hall.desk.lookups.order(back.serial).lines).count(paid.serial) == 1
    assert [(bill.paid, bill.state) for bill in bills(hall, number)] == before
    assert sum(row.amount for row in hall.rows(BillPayment)) == 0
    assert sound(hall)


def test_a_payment_of_another_day_stays(hall: Hall) -> None:
    paid = collect(hall)
    next_day(hall, "2026-11-24")
    with pytest.raises(NotAllowed, match="own business date"):
        hall.desk.orders.cancel(paid.serial, "客户反悔", FACTS.supervisor, FACTS.password)


# without a link, wrong forms, cells


def test_without_a_link_only_so_much_is_taken_and_the_clerk_sees_as_of_when(hall: Hall) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "link", FACTS.supervisor)) as tx:
        tx.change(tx.one(JournalHead), last_contact="2026-11-22T08:00:00.000000Z", attempts=3)
    hall.desk.seat.station = type(hall.desk.seat.station)(FACTS.outlet, FACTS.counter, linked=True)
    number = hall.desk.forms.example("C12")["who"]
    little, much = (begin(hall, who=number, action="advance", amount=amount) for amount in ("500", "500.01"))
    assert (little.qualification.verdict, much.qualification.verdict) == ("yes", "no")
    assert any("as of 2026-11-22 16:00" in str(notice.text) for notice in little.notices)


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"who": "13900000000"}, "who", "Nobody has the number"),
    ({"who": "没有这个人"}, "who", "Nobody is known"),
    ({"who": "HZ0199999999"}, "who", "Nobody is known"),
    ({"who": SETTLED}, "action", "Nothing is owed"),
    ({"who": SEVERAL, "accounts": "HZ0100000001"}, "accounts", "no account of this customer"),
    ({"who": SEVERAL, "amount": "0"}, "amount", "More than nothing"),
    ({"who": SEVERAL, "amount": "-5"}, "amount", "An amount in yuan"),
    ({"who": SEVERAL, "action": "give"}, "action", "Not one of the choices"),
    ({"who": SEVERAL, "action": "advance", "amount": "50"}, "accounts", "Say one account"),
    ({"who": SETTLED, "action": "advance"}, "amount", "needed"),
    ({"who": SETTLED, "action": "refund", "amount": "99999"}, "amount", "The balance is"),
    ({"who": SETTLED, "action": "refund", "amount": "1"}, "reason", "needed"),
    ({"who": SETTLED, "action": "refund", "document_number": "110101199003074514"}, "document_number", "not the"),
    ({"who": SETTLED, "action": "correct", "serial": "HZ01012611230099", "right": SETTLED}, "serial", "no payment"),
    ({"who": SETTLED, "action": "correct", "serial": "X", "right": SETTLED}, "right", "where it went"),
]


@pytest.mark.parametrize(("form", "field", "words"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field(hall: Hall, form: dict[str, str], field: str, words: str) -> None:
    orders = len(hall.rows(ProductOrder))
    view = begin(hall, **form)
    assert words in str(view.errors[field])
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [Tender("cash", 5_000)])
    assert len(hall.rows(ProductOrder)) == orders
    assert hall.rows(BillPayment) == []


def test_the_lists_find_whom_and_what(hall: Hall) -> None:
    paid = collect(hall)
    (line,) = hall.rows(Subscription, id=hall.rows(ProductOrder, id=paid.order_id)[0].subscription_id)
    view = begin(hall, who=line.number)
    assert [choice.value for choice in hall.desk.forms.choices(view.id, "serial", "")] == [paid.serial]
    assert [choice.value for choice in hall.desk.forms.choices(view.id, "accounts", "")] == [
        "all",
        account(hall, line.number),
    ]
    assert account(hall, line.number) in {
        choice.value for choice in hall.desk.forms.choices(view.id, "who", line.number[-4:])
    }
    assert [choice.value for choice in hall.desk.forms.choices(view.id, "action", "")] == [
        "collect",
        "balance",
        "advance",
        "refund",
        "correct",
    ]


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    collect(hall)
    cells = {cell.code: cell for cell in hall.desk.lookups.matrix("C12")}
    assert [code for code, cell in cells.items() if cell.state == "waiting"] == []
    assert len(cells) == 20
    assert perform_due(hall.store, FACTS.outlet) == 0


def test_taking_back_a_refund_says_what_to_take_and_how(hall: Hall) -> None:
    number = next(line.number for line in hall.rows(Subscription, state="active", pay_type="prepaid"))
    paid = collect(hall, who=number, action="advance", amount="43")
    back = hall.desk.orders.cancel(paid.serial, "录错", FACTS.supervisor, FACTS.password)
    assert [str(told) for told in back.facts["told"]] == ["Give back: Cash 43.00 "]
    assert (back.due, back.tendered, back.change) == (-4_300, 0, 4_300)


def test_a_refund_that_is_taken_back_is_taken_in_again(hall: Hall) -> None:
    number = next(line.number for line in hall.rows(Subscription, state="active", pay_type="prepaid"))
    collect(hall, who=number, action="advance", amount="100")
    (line,) = hall.rows(Subscription, number=number)
    document = hall.rows(Customer, id=line.customer_id)[0].document_number
    view = begin(hall, who=number, action="refund", amount="43", reason="客户要求", document_number=document)
    if view.qualification.verdict == "override":
        view = allowed(hall, view)
    given = hall.desk.orders.complete(view.id, [Tender("cash", 4_300)])
    assert given.due == -4_300
    back = hall.desk.orders.cancel(given.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert [str(told) for told in back.facts["told"]] == ["Take from the customer: Cash 43.00"]
    assert (back.due, back.tendered, back.change) == (4_300, 4_300, 0)  # never 'give -43.00'
    assert sound(hall)
