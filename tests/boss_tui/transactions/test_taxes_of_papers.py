"""Tax, rate by rate: what papers say, what the books enter, what shift and day report; the edges of paying in parts."""

from __future__ import annotations

from collections import Counter

from boss_tui.answers.business import Outcome, Tender
from boss_tui.components.till.figures import day_sums, x_figures
from boss_tui.taxes import Rated, tax_in
from data.journal import Author
from data.tables.billing import BillLine, BillPayment, CustomerBill, UsageMonth
from data.tables.document import PaperDocument, PaperTax
from data.tables.finance import Posting, PostingLine, Shift
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.transactions.following import network_answers, sound
from tests.boss_tui.transactions.test_c09_close_account import begin, close, complete, give, line_of, spend_points
from tests.boss_tui.transactions.test_c10_handsets import M30, do
from tests.boss_tui.transactions.test_c12_fees import account, collect, one_who_owes
from tests.hall import FACTS, Hall

DAY = "2026-11-23"


def said(hall: Hall, outcome: Outcome) -> dict[int, int]:
    """The tax that the papers of an order say is in it, by rates."""
    found: Counter[int] = Counter()
    for paper in hall.rows(PaperDocument, order_id=outcome.order_id):
        for one in hall.rows(PaperTax, document_id=paper.id):
            found[one.rate] += one.tax
    return {rate: tax for rate, tax in found.items() if tax}


def entered(hall: Hall, outcome: Outcome) -> dict[int, int]:
    """The output tax that its postings enter, by rates."""
    found: Counter[int] = Counter()
    for posting in hall.rows(Posting, order_id=outcome.order_id):
        for line in hall.rows(PostingLine, posting_id=posting.id, account="2221"):
            found[line.tax_rate] -= line.amount
    return {rate: tax for rate, tax in found.items() if tax}


def waiting(hall: Hall) -> int:
    """The tax of unpaid bills, in the books."""
    return -sum(int(line.amount) for line in hall.rows(PostingLine, account="2222"))


def shifts_make_the_day(hall: Hall) -> list[tuple[int, int, int]]:
    """The day's rates, which are the sums of its shifts'."""
    with hall.store.reading() as reading:
        takings, _ = day_sums(reading, FACTS.outlet, DAY)
        sums: Counter[int] = Counter()
        for shift in reading.all(Shift, outlet=FACTS.outlet, business_date=DAY):
            for one in x_figures(reading, shift).takings.rates:
                sums[one.rate] += one.tax
    assert {one.rate: one.tax for one in takings.rates if one.tax} == {rate: tax for rate, tax in sums.items() if tax}
    assert sum(one.net + one.tax for one in takings.rates) == takings.total
    return [(one.rate, one.net, one.tax) for one in takings.rates]


def test_a_final_bill_is_invoiced_by_its_rates_whatever_is_paid_back_with_it(hall: Hall) -> None:
    line = line_of(hall, plan="P58", minimum_spend=0)
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        tx.add(UsageMonth, subscription_id=line.id, month="2026-11", kind="content", quantity=2, amount=1_060)
    give(hall, line, "prepaid", 30_000)
    before = waiting(hall)
    view = begin(hall, line, points="lose")
    bills = {one.tax_rate: one.amount for one in view.quote.lines if one.item == "bill_payment"}
    assert bills[600] >= 1_060
    outcome = complete(hall, view)
    assert outcome.due < 0
    assert said(hall, outcome) == entered(hall, outcome) == {rate: tax_in(fen, rate) for rate, fen in bills.items()}
    invoice, *red = sorted(hall.rows(PaperDocument, order_id=outcome.order_id, kind="invoice"), key=lambda p: p.reason)
    assert [(paper.tax, paper.amount < 0) for paper in red] == [(0, True)]  # the prepayment that goes back has no tax
    assert (invoice.amount, invoice.tax) == (sum(bills.values()), sum(said(hall, outcome).values()))
    shown = "\n".join(outcome.papers[0].preview)
    assert [word for word in ("9%", "6%", f"{invoice.tax / 100:.2f}") if word not in shown] == []
    assert waiting(hall) == before
    assert [rate for rate, _, tax in shifts_make_the_day(hall) if tax] == [900, 600]
    assert sound(hall)


def test_points_that_pay_lower_the_tax(hall: Hall) -> None:
    line = line_of(hall, plan="P58", minimum_spend=0)
    spend_points(hall, line, 100)
    outcome = complete(hall, begin(hall, line))
    assert said(hall, outcome) == entered(hall, outcome)
    assert said(hall, outcome)[900] < tax_in(hall.rows(CustomerBill, order_id=outcome.order_id)[0].amount, 900)
    assert sound(hall)


def test_a_closing_that_is_taken_back_leaves_no_tax(hall: Hall) -> None:
    line = line_of(hall, plan="P128")
    before = waiting(hall)
    outcome = complete(hall, begin(hall, line))
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    hall.desk.orders.cancel(order.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert (said(hall, outcome), entered(hall, outcome), waiting(hall)) == ({}, {}, before)
    assert sound(hall)


def test_a_penalty_that_comes_back_is_red_lettered_and_the_rest_of_its_invoice_stands(hall: Hall) -> None:
    line = line_of(hall, plan="P128")
    closed = close(hall, line)
    undone = complete(hall, begin(hall, line, action="undo"))
    network_answers(hall)
    invoice, *back = sorted(hall.rows(PaperDocument, order_id=closed.order_id, kind="invoice"), key=lambda p: p.reason)
    assert all(paper.amount < 0 for paper in back)  # of the prepayment that was paid out
    (red,) = hall.rows(PaperDocument, order_id=undone.order_id, kind="invoice")
    assert invoice.state == "normal"
    assert red.reason == f"{invoice.code}-{invoice.number:08d}"
    assert 0 < -red.amount < invoice.amount
    assert said(hall, undone) == entered(hall, undone) == {900: tax_in(red.amount, 900)}
    assert sound(hall)


def test_a_bill_that_is_paid_in_parts_brings_its_tax_to_the_fen(hall: Hall) -> None:
    number = one_who_owes(hall, 1)
    (line,) = hall.rows(Subscription, number=number)
    (bill,) = [bill for bill in hall.rows(CustomerBill, account_id=line.account_id) if bill.state == "sent"]
    before, found, who = waiting(hall), [], account(hall, number)  # by account, since a later order keeps none back
    for amount in ("0.07", "13.33", None):
        outcome = collect(hall, who=who, **({"amount": amount} if amount else {"action": "collect"}))
        assert said(hall, outcome) == entered(hall, outcome)
        found.append(outcome)
    gross: Counter[int] = Counter()
    for row in hall.rows(BillLine, bill_id=bill.id):
        gross[row.tax_rate] += row.amount
    whole = sum(tax_in(fen, rate) for rate, fen in gross.items())
    assert sum(row.tax for row in hall.rows(BillPayment, bill_id=bill.id)) == whole == before - waiting(hall)
    assert sound(hall)
    back = hall.desk.orders.cancel(found[1].serial, "录错", FACTS.supervisor, FACTS.password)
    assert said(hall, back) == entered(hall, back) == {rate: -tax for rate, tax in said(hall, found[1]).items()}
    assert sound(hall)
    collect(hall, who=who)
    assert before - waiting(hall) == whole
    assert sound(hall)


def test_a_bill_that_the_balance_pays_is_taxed_on_its_receipt(hall: Hall) -> None:
    """What was paid in was invoiced then: there is no second invoice (management-facts 7.1)."""
    number = one_who_owes(hall, 2)
    outcome = collect(hall, who=number, action="balance")
    assert [paper.kind for paper in outcome.papers] == ["receipt"]
    assert said(hall, outcome) == entered(hall, outcome) != {}
    assert f"{sum(said(hall, outcome).values()) / 100:.2f}" in "\n".join(outcome.papers[0].preview)
    shifts_make_the_day(hall)
    assert sound(hall)


def test_what_is_paid_in_ahead_is_not_taxed(hall: Hall) -> None:
    outcome = collect(hall, who=one_who_owes(hall, 1), action="advance", amount="100")
    (invoice,) = hall.rows(PaperDocument, order_id=outcome.order_id, kind="invoice")
    assert (invoice.amount, invoice.tax, said(hall, outcome), entered(hall, outcome)) == (10_000, 0, {}, {})


def test_a_receipt_says_no_tax_where_an_invoice_does(hall: Hall) -> None:
    outcome = do(hall, imei=M30[0])
    (receipt,) = hall.rows(PaperDocument, order_id=outcome.order_id, kind="receipt")
    (invoice,) = hall.rows(PaperDocument, order_id=outcome.order_id, kind="invoice")
    assert (receipt.tax, invoice.tax) == (0, 22_997)
    (told,) = hall.rows(PaperTax, document_id=invoice.id)
    assert Rated(told.rate, told.amount, told.tax) == Rated(1_300, 199_900, 22_997)


def test_forms_that_are_paid_in_one_go_have_their_tax_on_an_invoice_each(hall: Hall) -> None:
    for form in ({"imei": M30[0]}, {"imei": M30[1]}):
        view = hall.desk.forms.begin("C10", form)
        hall.desk.basket.collect(view.id)
    due = hall.desk.basket.shown().quote.due
    collected = hall.desk.basket.complete([Tender("cash", due)])
    for outcome in collected.outcomes:
        assert said(hall, outcome) == entered(hall, outcome) == {1_300: 22_997}
    assert sound(hall)
