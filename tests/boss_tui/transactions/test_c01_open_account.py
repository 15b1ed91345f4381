"""C1 open account, as the catalogue's row reads, through the desk."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Tender
from boss_tui.catalogue import COMPONENTS
from boss_tui.components.wording import spaced
from boss_tui.locale import words
from boss_tui.matrix import row
from boss_tui.transactions.c01.form import OpenAccountForm
from data.demo import KnownPerson
from data.errors import BadForm, Conflict, Expired, NotAllowed, OutOfStock
from data.journal import Author
from data.message import Message
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.customer import Customer, CustomerAgent
from data.tables.document import DocumentRange, PaperDocument
from data.tables.finance import Payment, PaymentTender, PostingLine
from data.tables.network import WorkOrder
from data.tables.order import Draft, ProductOrder, Subscription
from data.tables.resource import PhoneNumber, Reservation, SimCard
from data.tables.service import ChargeSchedule
from data.tables.sync import JournalEntry, PrintJob
from screens.widgets.side_panel import quote_rows
from tests.hall import FACTS, FLOAT, Hall

IN_A_LIST = 58
"""Cells of a line in a list (F4)."""

on_both = pytest.mark.both_engines
"""Of what is written, held, locked or given up; what a form may say is the same wherever the rows lie."""


def of(known: KnownPerson) -> dict[str, str]:
    return {"document_kind": known.document_kind, "document_number": known.document_number, "name": known.name}


def free_number(hall: Hall, wanted: str) -> str:
    return hall.desk.forms.choices(hall.desk.forms.begin("C1").id, "number", wanted)[0].value


def card_of(hall: Hall, kind: str) -> str:
    return next(str(card.iccid) for card in hall.rows(SimCard, outlet=FACTS.outlet, state="in_stock", kind=kind))


# the whole way


@on_both
def test_an_opening_leaves_customer_account_subscription_papers_orders_and_one_journal_entry(hall: Hall) -> None:
    before = len(hall.rows(JournalEntry))
    outcome = hall.open_account()
    (subscription,) = hall.rows(Subscription, number=outcome.facts["number"])
    (order,) = hall.rows(ProductOrder, serial=outcome.serial)
    assert (order.state, subscription.state) == ("inProgress", "pendingActive")
    assert hall.rows(Customer, id=subscription.customer_id)[0].name == "王小明"
    assert [paper.kind for paper in outcome.papers] == ["invoice", "receipt", "slip", "contract"]
    assert {job.state for job in hall.rows(PrintJob, order_id=order.id)} == {"queued"}
    assert [work.act for work in hall.rows(WorkOrder, order_id=order.id)] == ["create_subscriber"]
    (number,) = hall.rows(PhoneNumber, number=subscription.number)
    (card,) = hall.rows(SimCard, iccid=subscription.iccid)
    assert {number.state, card.state} == {"sold"}
    assert {number.subscription_id, card.subscription_id} == {subscription.id}
    assert len(hall.rows(JournalEntry)) == before + 1
    assert hall.rows(JournalEntry)[-1].serial == outcome.serial


@on_both
def test_money_goes_where_it_belongs(hall: Hall) -> None:
    view = hall.filled()
    outcome = hall.desk.orders.complete(view.id, [Tender("card", 5_000, "R1"), Tender("cash", view.quote.due - 3_000)])
    assert outcome.change == 2_000
    (payment,) = hall.rows(Payment, order_id=outcome.order_id)
    assert payment.due == view.quote.due
    lines = {(line.account, line.item): line.amount for line in hall.rows(PostingLine, posting_id=payment.posting_id)}
    assert sum(lines.values()) == 0
    assert lines["1002", ""] == 5_000
    assert lines["1001", ""] == view.quote.due - 5_000
    assert lines["2205", "prepayment"] == -10_000
    tenders = hall.rows(PaymentTender, payment_id=payment.id)
    assert sum(tender.amount for tender in tenders) == payment.due
    account = hall.rows(BillingAccount, number=outcome.facts["account"])[0]
    buckets = {bucket.kind: bucket.amount for bucket in hall.rows(BalanceBucket, account_id=account.id)}
    assert buckets == {"prepaid": 10_000, "deposit": 0}


@on_both
def test_every_cell_is_alive_after_a_completed_opening(hall: Hall) -> None:
    from boss_tui.chores.completion import complete_finished

    outcome = hall.open_account()
    author = Author(FACTS.outlet, "test", "network")
    with hall.store.transaction(author) as tx:
        for work in tx.all(WorkOrder, order_id=outcome.order_id):
            tx.change(work, state="done", done_at=tx.now())
    assert complete_finished(hall.store, FACTS.outlet) == [outcome.serial]
    assert complete_finished(hall.store, FACTS.outlet) == []
    with hall.store.reading() as reading:
        cells = row(reading, "C1")
        assert [cell.code for cell in cells] == [f"C1-{component}" for component in COMPONENTS]
        assert {cell.state for cell in cells} == {"alive"}
        subscription = reading.one(Subscription, number=outcome.facts["number"])
        assert subscription.state == "active"
        assert reading.one(PhoneNumber, number=subscription.number).state == "in_use"
        assert reading.one(SimCard, iccid=subscription.iccid).state == "in_use"
        schedules = reading.all(ChargeSchedule, subscription_id=subscription.id)
        assert {row.state for row in schedules} == {"running"}
        assert reading.one(ProductOrder, serial=outcome.serial).state == "completed"


@on_both
def test_completing_twice_brings_the_first_outcome(hall: Hall) -> None:
    view = hall.filled()
    first = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    again = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert (again.serial, [p.number for p in again.papers]) == (first.serial, [p.number for p in first.papers])
    assert len(hall.rows(ProductOrder, draft_id=view.id)) == 1


def test_the_password_is_stored_as_a_hash_and_never_shown(hall: Hall) -> None:
    view = hall.filled(password="274916")
    assert view.values["password"] == ""
    assert "274916" not in hall.rows(Draft, id=view.id)[0].values_json
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (subscription,) = hall.rows(Subscription, number=outcome.facts["number"])
    assert subscription.password_hash.startswith("$argon2id$")
    assert "argon2" not in hall.rows(ProductOrder, id=outcome.order_id)[0].form_json
    assert not any("274916" in "\n".join(paper.preview) for paper in outcome.papers)


@pytest.mark.parametrize(
    ("first", "again", "wrong"),
    [
        ("274916", "274916", ""),
        ("２７４９１６", "274916", ""),
        ("274916", "274917", "The two are not the same: type it once more."),
        ("274916", "174916", "The two are not the same: type it once more."),
        ("274916", "", "This field is needed."),
        ("274916", "27491", "The two are not the same: type it once more."),
        ("274916", "619472", "The two are not the same: type it once more."),
    ],
)
def test_the_password_is_typed_twice_alike(hall: Hall, first: str, again: str, wrong: str) -> None:
    view = hall.filled(password="", repeat_password="")
    view = hall.desk.forms.fill(view.id, {"password": first})
    assert "password" not in view.errors
    view = hall.desk.forms.fill(view.id, {"repeat_password": again})
    assert not wrong or again == "" or str(view.errors["repeat_password"]) == wrong
    tenders = [Tender("cash", view.quote.due)]
    if not wrong:
        assert hall.desk.orders.complete(view.id, tenders).state == "inProgress"
        return
    with pytest.raises(BadForm) as refusal:
        hall.desk.orders.complete(view.id, tenders)
    assert list(refusal.value.errors) == ["repeat_password"]
    assert str(refusal.value.errors["repeat_password"]) in {wrong, "This field is needed."}


def test_one_that_is_chosen_anew_is_typed_twice_again(hall: Hall) -> None:
    view = hall.filled()
    view = hall.desk.forms.fill(view.id, {"password": "583027"})
    assert str(view.errors["repeat_password"]) == "The two are not the same: type it once more."
    view = hall.desk.forms.fill(view.id, {"repeat_password": "274916"})
    assert "repeat_password" in view.errors
    view = hall.desk.forms.fill(view.id, {"repeat_password": "583027"})
    assert not view.errors
    assert "583027" not in hall.rows(Draft, id=view.id)[0].values_json


# nothing before the payment


@on_both
def test_an_abandoned_opening_leaves_no_customer_and_frees_what_it_held(hall: Hall) -> None:
    customers = len(hall.rows(Customer))
    view = hall.filled()
    assert {held.kind for held in view.held} == {"number", "sim"}
    hall.desk.forms.abandon(view.id)
    assert len(hall.rows(Customer)) == customers
    assert not hall.rows(Reservation, state="active")
    with pytest.raises(NotAllowed):
        hall.desk.forms.fill(view.id, {"name": "王"})


@on_both
def test_an_expired_opening_frees_itself(hall: Hall) -> None:
    view = hall.filled()
    hall.clock.move(hours=3)
    assert hall.desk.forms.expire() == 1
    assert not hall.rows(Reservation, state="active")
    with pytest.raises(Expired):
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


@on_both
def test_a_reservation_ends_by_its_own_limit_and_another_counter_may_take_the_number(hall: Hall) -> None:
    view = hall.filled()
    hall.clock.move(minutes=31)
    other = hall.counter("1002", "HZ0102")
    theirs = other.forms.fill(other.forms.begin("C1").id, {"number": view.values["number"]})
    assert "number" not in theirs.errors
    mine = hall.desk.forms.fill(view.id, {})
    assert str(mine.errors["number"]).startswith("This number was just taken")
    with pytest.raises(BadForm):
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


@on_both
def test_a_number_that_another_counter_holds_is_refused_beside_its_field(hall: Hall) -> None:
    view = hall.filled()
    other = hall.counter("1002", "HZ0102")
    theirs = other.forms.fill(other.forms.begin("C1").id, {"number": view.values["number"]})
    assert "just taken" in str(theirs.errors["number"])
    assert view.values["number"] not in [
        c.value for c in other.forms.choices(theirs.id, "number", view.values["number"])
    ]


@on_both
def test_a_held_form_is_taken_over_by_another_counter_with_what_it_holds(hall: Hall) -> None:
    view = hall.filled()
    hall.desk.forms.hold(view.id, "back at three")
    assert [(form.number, form.note) for form in hall.desk.held.forms()] == [(view.number, "back at three")]
    other = hall.counter("1002", "HZ0102")
    other.till.open_shift(0)
    taken = other.forms.recall(view.number)
    assert (taken.values["name"], {held.kind for held in taken.held}) == ("王小明", {"number", "sim"})
    outcome = other.orders.complete(taken.id, [Tender("cash", taken.quote.due)])
    assert hall.rows(ProductOrder, id=outcome.order_id)[0].counter == "HZ0102"


# who may


@pytest.mark.parametrize(
    ("person", "field"),
    [(FACTS.blacklisted, "document_number"), (FACTS.full_document, "document_number")],
    ids=["own blacklist", "five numbers already"],
)
def test_the_refused_are_refused_with_the_reason(hall: Hall, person: KnownPerson, field: str) -> None:
    view = hall.filled(**of(person))
    assert view.qualification.verdict == "no"
    assert field in view.errors
    with pytest.raises(BadForm):
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def test_a_partners_blacklist_needs_a_supervisor_and_the_order_says_who(hall: Hall) -> None:
    view = hall.filled(**of(FACTS.blacklisted_by_partner))
    assert view.qualification.verdict == "override"
    with pytest.raises(NotAllowed):
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    with pytest.raises(NotAllowed):
        hall.desk.approvals.approve(view.id, FACTS.clerk, FACTS.password)
    assert hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password).qualification.verdict == "yes"
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert hall.rows(ProductOrder, id=outcome.order_id)[0].approved_by == FACTS.supervisor


def test_a_minor_needs_a_guardian(hall: Hall) -> None:
    view = hall.filled(**of(FACTS.minor))
    assert "by_agent" in view.errors
    guardian = {
        "by_agent": "y",
        "agent_document_number": FACTS.new_customer.document_number,
        "agent_name": FACTS.new_customer.name,
        "agent_phone": "13812345678",
    }
    view = hall.desk.forms.fill(view.id, guardian)
    assert not view.errors
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (agent,) = hall.rows(CustomerAgent, order_id=outcome.order_id)
    assert agent.document_number == FACTS.new_customer.document_number


def test_an_organisation_is_acted_for(hall: Hall) -> None:
    view = hall.filled(**of(FACTS.organization))
    assert "by_agent" in view.errors
    assert view.notes["document_number"].values["zh_CN"] == "集团单位"


def test_an_organisation_is_offered_nothing_for_an_age_and_asked_for_none(hall: Hall) -> None:
    view = hall.filled(**of(FACTS.organization), by_agent="y")
    told = " ".join(words("en")(notice.text) for notice in view.notices)
    offered = {choice.value for choice in hall.desk.forms.choices(view.id, "plan", "")}
    assert "PSEN" not in offered
    assert "P58" in offered
    assert "PSEN" not in told
    asked = {spec.name: spec.ask for spec in OpenAccountForm.fields()}["birth_date"].asked
    assert not asked({"document_kind": FACTS.organization.document_kind}.get)
    assert asked({"document_kind": FACTS.passport.document_kind}.get)


def test_the_papers_say_the_number_in_groups_and_who_acted(hall: Hall) -> None:
    view = hall.filled(
        by_agent="y",
        agent_document_number=FACTS.customers[0].document_number,
        agent_name="李代办",
        agent_phone="13912345678",
    )
    assert view.errors == {}
    done = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    for paper in done.papers:
        said = "\n".join(paper.preview)
        assert spaced(view.values["number"]) in said
        assert "李代办" in said


def test_a_line_for_a_month_says_of_which_product_it_is(hall: Hall) -> None:
    view = hall.filled(plan="P58", services="CLIP,RBT,WEATHER")
    said = [words("zh_CN")(line.label) for line in view.quote.lines if line.monthly]
    assert said == ["畅聊58套餐：套餐月费", "彩铃：增值业务月费", "天气短信：增值业务月费"]
    for language in ("zh_CN", "en"):  # none of them is cut where there is little room
        rows = quote_rows(view.quote, 38, words(language), sums=False)
        assert not any(">" in text for row in rows for text, _ in row)


@on_both
def test_the_category_comes_from_document_and_list(hall: Hall) -> None:
    assert hall.filled(**of(FACTS.red_listed)).notes["document_number"].values["en"] == "Red list"
    assert hall.filled(**of(FACTS.key_account)).notes["document_number"].values["en"] == "Key account"


@on_both
def test_a_known_customer_is_recognised_and_keeps_their_name(hall: Hall) -> None:
    known = FACTS.customers[0]
    view = hall.filled(**of(known))
    assert view.facts["name"] == known.name
    assert not view.errors
    customers = len(hall.rows(Customer))
    hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert len(hall.rows(Customer)) == customers
    assert "name" in hall.filled(**{**of(known), "name": "别的人"}).errors


def test_a_passport_does_not_hold_the_birth_date(hall: Hall) -> None:
    view = hall.filled(**of(FACTS.passport))
    assert "birth_date" in view.errors
    assert "birth_date" not in hall.desk.forms.fill(view.id, {"birth_date": "19850302"}).errors


# bad input


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("document_number", "330106199005183461"),
        ("document_number", "330106209905183465"),
        ("document_number", "3301061990"),
        ("name", "王\x1b[31m明"),
        ("name", "王😀"),
        ("name", "王3明"),
        ("address", "1"),
        ("contact_phone", "12"),
        ("email", "not an address"),
        ("birth_date", "2099-01-01"),
        ("document_expires", "2020-01-01"),
        ("number", "1381234567"),
        ("number", "13812345678"),
        ("iccid", "89860012345678901234"),
        ("plan", "NOPE"),
        ("services", "NOPE"),
        ("services", "IROAM"),
        ("long_distance", "moon"),
        ("prepayment", "1.234"),
        ("prepayment", "-5"),
        ("password", "123456"),
        ("password", "111111"),
        ("password", "12345"),
        ("password", "abcdef"),
    ],
)
def test_bad_input_stands_beside_its_field_and_nothing_is_done(hall: Hall, field: str, typed: str) -> None:
    view = hall.filled(**{field: typed})
    assert field in view.errors, view.errors
    assert isinstance(view.errors[field], Message)
    before = (len(hall.rows(Customer)), len(hall.rows(ProductOrder)), len(hall.rows(PaperDocument)))
    with pytest.raises((BadForm, NotAllowed)):
        hall.desk.orders.complete(view.id, [Tender("cash", 1_000_000)])
    assert (len(hall.rows(Customer)), len(hall.rows(ProductOrder)), len(hall.rows(PaperDocument))) == before
    if field != "password":
        assert hall.desk.forms.fill(view.id, {}).values[field] == typed


def test_full_width_digits_are_folded(hall: Hall) -> None:
    number = hall.desk.forms.example("C1")["number"]
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    view = hall.filled(number=wide)
    assert not view.errors
    assert [held.key for held in view.held if held.kind == "number"] == [number]


@pytest.mark.parametrize(
    "tenders",
    [
        [],
        [Tender("cash", 100)],
        [Tender("card", 1_000_000, "R1")],
        [Tender("card", 17_000)],
        [Tender("cheque", 17_000, " ")],
        [Tender("shells", 17_000)],
        [Tender("cash", -5), Tender("cash", 17_005)],
    ],
    ids=["none", "too small", "card over", "card bare", "cheque bare", "unknown", "negative"],
)
def test_wrong_tenders_are_refused_and_nothing_is_taken(hall: Hall, tenders: list[Tender]) -> None:
    view = hall.filled()
    ranges = {r.id: r.next_number for r in hall.rows(DocumentRange)}
    with pytest.raises(NotAllowed) as refusal:
        hall.desk.orders.complete(view.id, tenders)
    assert refusal.value.field == "tenders"
    assert {r.id: r.next_number for r in hall.rows(DocumentRange)} == ranges
    assert hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).change == 0


@on_both
def test_no_document_number_left_means_no_sale(hall: Hall) -> None:
    author = Author(FACTS.outlet, "test", "test")
    with hall.store.transaction(author) as tx:
        for stock in tx.all(DocumentRange, kind="invoice"):
            tx.change(stock, state="returned")
    view = hall.filled()
    with pytest.raises(OutOfStock):
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert not hall.rows(ProductOrder, draft_id=view.id)


@on_both
def test_the_example_is_done_many_times_without_a_clash(hall: Hall) -> None:
    serials = {hall.open_account().serial for _ in range(12)}
    assert len(serials) == 12


@on_both
def test_a_reprint_is_marked_counted_and_logged(hall: Hall) -> None:
    outcome = hall.open_account()
    invoice = outcome.papers[0]
    with pytest.raises(NotAllowed):
        hall.desk.papers.reprint(invoice.id, " ")
    copy = hall.desk.papers.reprint(invoice.id, "customer lost it")
    assert "补打 第1次" in copy.preview[0]
    assert hall.rows(PaperDocument, id=invoice.id)[0].copies == 1


@on_both
def test_conflict_is_not_hidden(hall: Hall) -> None:
    """Two desks with the same draft open: the second to change what the first changed is told."""
    view = hall.filled()
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        draft = tx.one(Draft, id=view.id)
        tx.change(draft, note="first")
        with pytest.raises(Conflict):
            tx.change(draft, note="second")


def test_without_an_open_shift_the_clerk_is_told_before_any_money_is_asked_for(hall: Hall) -> None:
    other = hall.counter("1002", "HZ0102")
    view = other.forms.fill(other.forms.begin("C1").id, other.forms.example("C1"))
    assert view.qualification.verdict == "no"
    assert "Open your shift" in str(view.qualification.reasons[-1].message)


@on_both
def test_closing_the_day_prints_its_report(hall: Hall) -> None:
    outcome = hall.open_account()
    expected = FLOAT + hall.rows(ProductOrder, id=outcome.order_id)[0].amount
    hall.desk.till.close_shift({10_000: expected // 10_000, 100: expected % 10_000 // 100})
    with pytest.raises(NotAllowed):
        hall.desk.day.close()
    supervisor = hall.counter(FACTS.supervisor, "HZ0102")
    paper = supervisor.day.close()
    assert [job.state for job in hall.rows(PrintJob, document_id=paper.id)] == ["queued"]
    assert any("170.00" in line for line in paper.preview)
    with pytest.raises(NotAllowed):
        supervisor.forms.begin("C1")
    supervisor.day.open("2026-11-24")
    assert supervisor.signing.state().business_date == "2026-11-24"
