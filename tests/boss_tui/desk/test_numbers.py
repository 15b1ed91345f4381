"""Document numbers at the desk: who may do what with them, and a spoiled paper under the next number."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.business import Invoicing, Outcome, PaperView, Tender
from boss_tui.answers.hall import Bounds
from boss_tui.components.documents.number_accounts import FATES
from boss_tui.components.documents.number_stock import numbered
from boss_tui.desk import Desk
from boss_tui.verify import verify
from data.errors import NotAllowed, NotFound
from data.tables.customer import Customer
from data.tables.document import DocumentRange, InvoiceRequest, NumberMove, PaperDocument, PaperTax
from data.tables.sync import PrintJob
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light

OTHER = "HZ0102"


def opened(hall: Hall, asked: Invoicing | None = None) -> Outcome:
    view = hall.filled(prepayment="50")
    if asked:
        hall.desk.invoices.keep(view.id, asked)
    return hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def supervisor(hall: Hall, counter: str = OTHER) -> Desk:
    return hall.counter(FACTS.supervisor, counter)


def receipts(hall: Hall) -> Any:
    return next(row for row in hall.desk.numbers.ranges() if row.kind == "receipt" and row.state == "open")


def sound(hall: Hall) -> None:
    with hall.store.reading() as reading:
        assert verify(reading) == []


def refused(field: str, act: Any) -> str:
    with pytest.raises(NotAllowed) as refusal:
        act()
    assert refusal.value.field == field
    return str(refusal.value)


def test_a_supervisor_issues_and_takes_back_a_clerk_does_not(hall: Hall) -> None:
    row = receipts(hall)
    refused("", lambda: hall.desk.numbers.issue(row.id, FACTS.counter, 50))
    refused("", lambda: hall.desk.numbers.return_range(row.id, "too many"))
    assert hall.rows(NumberMove) == []
    supervisor(hall).numbers.issue(row.id, FACTS.counter.lower(), 50)
    own = next(one for one in hall.desk.numbers.ranges() if one.counter == FACTS.counter)
    assert (own.first, own.last, own.left, own.state) == (row.next, row.next + 49, 50, "open")
    sold = opened(hall)
    (paper,) = hall.rows(PaperDocument, order_id=sold.order_id, kind="receipt")
    assert (paper.range_id, paper.number) == (own.id, own.first)
    supervisor(hall).numbers.return_range(own.id, "too many")
    after = opened(hall)
    (paper,) = hall.rows(PaperDocument, order_id=after.order_id, kind="receipt")
    assert paper.number == own.last + 1
    assert [move.act for move in hall.rows(NumberMove)] == ["issued", "returned"]
    sound(hall)


def test_whose_numbers_a_clerk_makes_void(hall: Hall) -> None:
    """Their own counter's, up to ten; of others, or more, with a supervisor's word."""
    row = receipts(hall)
    supervisor(hall).numbers.issue(row.id, FACTS.counter, 50)
    own = next(one for one in hall.desk.numbers.ranges() if one.counter == FACTS.counter)
    first, many = own.first, f"{own.first + 20}-{own.first + 30}"
    assert hall.desk.numbers.void(own.id, f" {first} - {first + 9}", "wet") == (first, first + 9)
    refused("approved_by", lambda: hall.desk.numbers.void(own.id, many, "wet"))
    refused("staff_no", lambda: hall.desk.numbers.void(own.id, many, "wet", FACTS.clerk, FACTS.password))
    hall.desk.numbers.void(own.id, many, "wet", FACTS.supervisor, FACTS.password)
    common = receipts(hall)
    common = next(one for one in hall.desk.numbers.ranges() if one.kind == "receipt" and one.left > 1000)
    refused("approved_by", lambda: hall.desk.numbers.void(common.id, f"{common.next}", "wet"))
    supervisor(hall).numbers.void(common.id, f"{common.next}", "wet")
    words = [move.approved_by for move in hall.rows(NumberMove, act="void")]
    assert words == ["", FACTS.supervisor, FACTS.supervisor]
    sound(hall)


def test_nobody_is_called_for_numbers_that_can_t_be_made_void(hall: Hall) -> None:
    """Of another counter, which wants a supervisor: but what is wrong with them is said first."""
    opened(hall)
    row = receipts(hall)
    for numbers, told in (
        (f"{row.next + 5}-{row.next}", "comes before the first"),
        (f"{row.first}", "is used already"),
        (f"{row.next}-{row.next + 1000}", "in one go at most"),
        (f"{row.last + 1}", "Numbers of this range"),
    ):
        with pytest.raises(NotAllowed, match=told) as refusal:
            hall.desk.numbers.void(row.id, numbers, "wet")
        assert refusal.value.field == "numbers"
    refused("reason", lambda: hall.desk.numbers.void(row.id, f"{row.next}", " "))


@pytest.mark.parametrize("typed", ["", "x", "1-", "-1", "1-2-3", "１２", "123456789", "1.5"])
def test_numbers_are_one_or_two(hall: Hall, typed: str) -> None:
    row = receipts(hall)
    refused("numbers", lambda: supervisor(hall).numbers.void(row.id, typed, "wet"))


def test_the_next_sale_goes_on_with_the_number_that_was_seen(hall: Hall) -> None:
    row = receipts(hall)
    supervisor(hall).numbers.issue(row.id, FACTS.counter, 50)
    assert hall.desk.numbers.seen("receipt", row.next + 4, "roll torn at its start") == 4
    sold = opened(hall)
    (paper,) = hall.rows(PaperDocument, order_id=sold.order_id, kind="receipt")
    assert paper.number == row.next + 4
    own = next(one for one in hall.desk.numbers.ranges() if one.counter == FACTS.counter)
    runs = [(run.pieces, run.fate) for run in hall.desk.numbers.runs_of(own.id)]
    assert runs == [(4, "void"), (1, "used"), (45, "unused")]
    sound(hall)


def test_a_jump_over_many_numbers_wants_a_supervisor(hall: Hall) -> None:
    row = receipts(hall)
    supervisor(hall).numbers.issue(row.id, FACTS.counter, 50)
    seen = hall.desk.numbers.seen
    refused("approved_by", lambda: seen("receipt", row.next + 11, "torn"))
    refused("staff_no", lambda: seen("receipt", row.next + 11, "torn", FACTS.clerk, FACTS.password))
    assert seen("receipt", row.next + 11, "torn", FACTS.supervisor, FACTS.password) == 11
    supervisor(hall, FACTS.counter).numbers.seen("receipt", row.next + 30, "torn")
    assert [move.approved_by for move in hall.rows(NumberMove, act="void")] == [FACTS.supervisor] * 2
    sound(hall)


def test_nothing_is_done_with_numbers_while_no_day_is_open(hall: Hall) -> None:
    row = receipts(hall)
    hall.desk.till.close_shift({10_000: 5, 5_000: 0}, "float", FACTS.supervisor, FACTS.password)
    boss = supervisor(hall)
    boss.day.close()
    for act in (
        lambda: boss.numbers.issue(row.id, OTHER),
        lambda: boss.numbers.void(row.id, f"{row.next}", "wet"),
        lambda: boss.numbers.return_range(row.id, "too many"),
        lambda: boss.numbers.seen("receipt", row.next),
    ):
        assert "business day is not open" in refused("", act)


# a spoiled paper


def anew(hall: Hall, number: str, reason: str = "jammed") -> PaperView:
    """By the clerk, with a supervisor's word."""
    return hall.desk.numbers.print_anew(number, reason, FACTS.supervisor, FACTS.password)


@pytest.mark.parametrize("kind", ["invoice", "receipt", "slip", "contract"])
def test_a_clerk_prints_nothing_anew_alone(hall: Hall, kind: str) -> None:
    sold = opened(hall)
    (old,) = hall.rows(PaperDocument, order_id=sold.order_id, kind=kind)
    number = f"{old.code}-{old.number:08d}"
    assert number in refused("approved_by", lambda: hall.desk.numbers.print_anew(number, "jammed"))
    refused("staff_no", lambda: hall.desk.numbers.print_anew(number, "jammed", FACTS.clerk, FACTS.password))
    refused("password", lambda: hall.desk.numbers.print_anew(number, "jammed", FACTS.supervisor, "wrong"))
    assert hall.rows(NumberMove) == []
    assert [row.state for row in hall.rows(PaperDocument, order_id=sold.order_id, kind=kind)] == ["normal"]
    assert anew(hall, number).kind == kind
    sound(hall)


def test_a_supervisor_prints_anew_at_their_own_sign_on(hall: Hall) -> None:
    sold = opened(hall)
    (old,) = hall.rows(PaperDocument, order_id=sold.order_id, kind="invoice")
    supervisor(hall).numbers.print_anew(f"{old.code}-{old.number:08d}", "jammed")
    (move,) = hall.rows(NumberMove)
    assert (move.operator, move.approved_by) == (FACTS.supervisor, FACTS.supervisor)
    sound(hall)


def test_a_code_over_the_phone_lets_one_paper_be_printed_anew(hall: Hall) -> None:
    (code,) = supervisor(hall).approvals.make_codes(1, Bounds(hours=1))
    sold = opened(hall)
    old, new = (hall.rows(PaperDocument, order_id=sold.order_id, kind=kind)[0] for kind in ("invoice", "receipt"))
    hall.desk.numbers.print_anew(f"{old.code}-{old.number:08d}", "jammed", code.code)
    (move,) = hall.rows(NumberMove)
    assert move.approved_by == FACTS.supervisor
    refused("staff_no", lambda: hall.desk.numbers.print_anew(f"{new.code}-{new.number:08d}", "jammed", code.code))
    sound(hall)


def test_a_supervisor_is_shown_the_document_whose_digits_were_typed(hall: Hall) -> None:
    sold = opened(hall)
    (old,) = hall.rows(PaperDocument, order_id=sold.order_id, kind="invoice")
    shown = hall.desk.numbers.spoiled(f"{old.code}-{old.number:08d}".lower())
    assert (shown.number, shown.kind, shown.amount, shown.serial) == (
        f"{old.code}-{old.number:08d}",
        "invoice",
        old.amount,
        sold.serial,
    )
    (customer,) = hall.rows(Customer, id=old.customer_id)
    assert customer.name[0] in shown.customer != customer.name
    refused("number", lambda: hall.desk.numbers.spoiled("99999999"))


def test_a_document_of_today_is_found_by_its_number_or_by_its_last_digits(hall: Hall) -> None:
    """With its code; by its eight digits, or fewer, where no other of the day ends so. Else by nothing."""
    sold = [opened(hall).order_id for _ in range(2)]
    of_today = [row for order in sold for row in hall.rows(PaperDocument, order_id=order)]
    told = set()
    for row in of_today:
        whole = f"{row.number:08d}"
        parts = [whole[-n:] for n in range(1, 9)]
        for typed in (*parts, f"1{whole}", "9" * 30):
            told.add(found_as(hall, typed, {numbered(one) for one in of_today if f"{one.number:08d}".endswith(typed)}))
        for typed in (f"{row.code}-{row.number}", f"{row.code}-000{whole}"):
            told.add(found_as(hall, typed, {numbered(row)}))
        for typed in (f"{row.code}X-{whole}", f"{row.code}-1{whole}", f"{row.code}-{'9' * 30}"):
            told.add(found_as(hall, typed, set()))
    assert told == {"one", "several", "none"}


def found_as(hall: Hall, typed: str, those: set[str]) -> str:
    """What is told of what was typed, where it is of those."""
    if len(those) == 1:
        assert hall.desk.numbers.spoiled(typed).number in those
        return "one"
    refusal = refused("number", lambda: hall.desk.numbers.spoiled(typed))
    assert refusal.startswith("Several documents end so" if those else "There is no document"), typed
    return "several" if those else "none"


def test_a_spoiled_paper_is_printed_under_the_next_number(hall: Hall) -> None:
    sold = opened(hall)
    (old,) = hall.rows(PaperDocument, order_id=sold.order_id, kind="invoice")
    paper = anew(hall, f"{old.code}-{old.number:08d}", " jammed ")
    (spoiled,) = hall.rows(PaperDocument, id=old.id)
    (new,) = hall.rows(PaperDocument, id=paper.id)
    assert (spoiled.state, spoiled.reason, spoiled.ended_on) == ("void", "jammed", old.business_date)
    kept = ("kind", "code", "order_id", "customer_id", "amount", "tax", "business_date", "drawn_later", "collection")
    assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]
    assert (new.state, new.reason, new.number) == ("normal", "", old.number + 1)
    told = new.content
    assert f"{old.number:08d}" not in told
    assert f"{new.code}{new.number:08d}" in told  # where it can be checked
    assert (
        json.loads(told)["blocks"]
        == json.loads(old.content.replace(f"{old.number:08d}", f"{new.number:08d}"))["blocks"]
    )
    taxes = [[(t.rate, t.amount, t.tax) for t in hall.rows(PaperTax, document_id=key)] for key in (old.id, new.id)]
    assert taxes[0] == taxes[1] != []
    assert len(hall.rows(PrintJob, document_id=new.id)) == 1
    (move,) = hall.rows(NumberMove)
    assert (move.act, move.first_number, move.last_number, move.reason) == ("anew", old.number, old.number, "jammed")
    assert (move.operator, move.approved_by) == (FACTS.clerk, FACTS.supervisor)
    sound(hall)
    hall.desk.orders.cancel(sold.serial, "客户要求", FACTS.supervisor, FACTS.password)  # the new one is red-lettered
    assert [p.state for p in hall.rows(PaperDocument, id=new.id)] == ["red"]
    sound(hall)


def test_a_receipt_that_is_printed_anew_opens_no_drawer(hall: Hall) -> None:
    sold = opened(hall)
    (old,) = hall.rows(PaperDocument, order_id=sold.order_id, kind="receipt")
    assert "drawer" in old.content
    paper = anew(hall, f"{old.number:08d}"[-4:] if _alone(hall, old) else f"{old.code}-{old.number}", "jammed")
    (new,) = hall.rows(PaperDocument, id=paper.id)
    assert "drawer" not in new.content
    sound(hall)


def _alone(hall: Hall, old: PaperDocument) -> bool:
    """Whether no other paper of today ends so."""
    today = hall.rows(PaperDocument, business_date=old.business_date)
    return [row.number for row in today].count(old.number) == 1


def test_an_invoice_that_was_drawn_later_keeps_its_request(hall: Hall) -> None:
    sold = opened(hall, Invoicing("later"))
    paper = hall.desk.invoices.draw(sold.serial)
    new = anew(hall, paper.number)
    (request,) = hall.rows(InvoiceRequest, order_id=sold.order_id)
    assert (request.state, request.document_id) == ("drawn", new.id)
    sound(hall)


def test_what_can_t_be_printed_anew(hall: Hall) -> None:
    sold = opened(hall)
    (old,) = hall.rows(PaperDocument, order_id=sold.order_id, kind="invoice")
    number = f"{old.code}-{old.number:08d}"
    refused("reason", lambda: anew(hall, number, " "))
    for unknown in (f"{old.code}-{old.number + 1}", f"X-{old.number}", "99999999", "x", "", f"{old.code}-"):
        refused("number", lambda typed=unknown: anew(hall, typed))
    anew(hall, number)
    assert "does not stand" in refused("", lambda: anew(hall, number))
    row = receipts(hall)
    supervisor(hall).numbers.void(row.id, f"{row.next}", "wet")
    refused("number", lambda: anew(hall, f"{row.code}-{row.next}", "never printed"))
    past = min(hall.rows(PaperDocument, kind="invoice"), key=lambda one: one.business_date)
    refused("number", lambda: anew(hall, f"{past.code}-{past.number:08d}"))
    sound(hall)


def test_several_that_end_alike_want_the_whole_number(hall: Hall) -> None:
    sold = opened(hall)
    (slip,), (contract,) = (hall.rows(PaperDocument, order_id=sold.order_id, kind=k) for k in ("slip", "contract"))
    assert slip.number == contract.number
    assert "Several" in refused("number", lambda: anew(hall, f"{slip.number:08d}"))
    assert anew(hall, f"{slip.code}-{slip.number:08d}".lower()).kind == "slip"
    sound(hall)


def test_ranges_of_other_outlets_are_not_here(hall: Hall) -> None:
    outlets = {row.outlet for row in hall.rows(DocumentRange)}
    assert {one.id for one in hall.desk.numbers.ranges()} == {
        row.id for row in hall.rows(DocumentRange, outlet=FACTS.outlet)
    }
    assert FACTS.outlet in outlets


def test_every_number_adds_up_and_leads_to_its_paper(hall: Hall) -> None:
    opened(hall)
    account = next(one for one in hall.desk.numbers.accounts() if one.kind == "receipt")
    assert account.is_whole
    assert account.received == sum(account.total(fate) for fate in FATES)
    (line,) = account.lines
    used = [run for run in hall.desk.numbers.runs_in(line) if run.fate == "used"]
    paper = hall.desk.numbers.paper("receipt", account.code, used[0].first)
    assert paper.number in "\n".join(paper.preview)
    with pytest.raises(NotFound):
        hall.desk.numbers.paper("receipt", account.code, 1)
