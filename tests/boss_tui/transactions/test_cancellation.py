"""An order that can't be completed is cancelled: resources released, money given back, all on the record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Outcome, Tender
from boss_tui.business.process import Transaction
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.till.shifts import expected_cash, shift_at
from boss_tui.sync.effects import apply_bulk, apply_entry, changes_in
from boss_tui.verify import verify
from data.clock import new_key
from data.errors import NotAllowed, NotFound, OutOfStock
from data.journal import Author
from data.statements import keys
from data.store import Store
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.document import DocumentRange, PaperDocument
from data.tables.finance import Payment, PaymentTender, PostingLine
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct, Trail
from data.tables.organisation import Grant
from data.tables.resource import PhoneNumber, SimCard
from data.tables.service import ChargeSchedule, Figure
from data.tables.sync import AccessLog, JournalEntry, PrintJob
from tests.boss_tui.transactions.following import next_day
from tests.engines import Copy
from tests.hall import FACTS, FLOAT, Hall
from tests.tiers import NIGHTLY

pytestmark = pytest.mark.both_engines(NIGHTLY)

WHY = "网络开不通"
INTERNATIONAL = {"long_distance": "international", "prepayment": "50"}


def cancel(hall: Hall, serial: str, **changes: str) -> Outcome:
    said = {"reason": WHY, "staff_no": FACTS.supervisor, "password": FACTS.password, **changes}
    return hall.desk.orders.cancel(serial, **said)


def sold(hall: Hall, tenders: Callable[[int], list[Tender]], **changes: Any) -> Outcome:
    view = hall.filled(**changes)
    return hall.desk.orders.complete(view.id, tenders(view.quote.due))


def all_holds(hall: Hall) -> None:
    with hall.store.reading() as reading:
        assert verify(reading) == []


def in_drawer(hall: Hall, till: str = FACTS.counter) -> int:
    with hall.store.reading() as reading:
        shift = shift_at(reading, till)
        assert shift is not None
        return expected_cash(reading, shift)


def kept(hall: Hall) -> list[Any]:
    """What a refused cancellation must leave as it was."""
    tables = (
        ProductOrder,
        Subscription,
        PhoneNumber,
        SimCard,
        Payment,
        PostingLine,
        BalanceBucket,
        PaperDocument,
        DocumentRange,
        WorkOrder,
        ChargeSchedule,
        Trail,
        Grant,
        AccessLog,
        JournalEntry,
        PrintJob,
        Figure,
    )
    return [hall.rows(table) for table in tables]


def refused(hall: Hall, serial: str, words: str, **changes: str) -> None:
    before = kept(hall)
    with pytest.raises(NotAllowed, match=words):
        cancel(hall, serial, **changes)
    assert kept(hall) == before


# the whole


def test_a_cancelled_opening_leaves_nothing_but_the_record(hall: Hall) -> None:
    opened = hall.open_account(services="VMAIL, CLIP")
    entries = len(hall.rows(JournalEntry))
    outcome = cancel(hall, opened.serial)
    assert (outcome.state, outcome.serial, outcome.order_id) == ("cancelled", opened.serial, opened.order_id)
    (order,) = hall.rows(ProductOrder, id=opened.order_id)
    assert (order.state, order.amount, order.completed_at) == ("cancelled", opened.due, "")
    (subscription,) = hall.rows(Subscription, id=order.subscription_id)
    assert subscription.state == "cancelled"
    assert {row.state for row in hall.rows(SubscriptionProduct, subscription_id=subscription.id)} == {"ended"}
    assert {row.state for row in hall.rows(ChargeSchedule, subscription_id=subscription.id)} == {"ended"}
    (number,) = hall.rows(PhoneNumber, number=subscription.number)
    (card,) = hall.rows(SimCard, iccid=subscription.iccid)
    assert (number.state, number.subscription_id) == ("idle", None)
    assert (card.state, card.subscription_id) == ("in_stock", None)
    (account,) = hall.rows(BillingAccount, id=subscription.account_id)
    assert account.state == "closed"
    assert {work.state for work in hall.rows(WorkOrder, order_id=order.id)} == {"cancelled"}
    assert len(hall.rows(JournalEntry)) == entries + 1
    all_holds(hall)


def test_the_record_says_who_why_and_which_components(hall: Hall) -> None:
    opened = hall.open_account()
    cancel(hall, opened.serial)
    entry = hall.rows(JournalEntry)[-1]
    assert (entry.kind, entry.serial, entry.operator) == ("C1.cancellation", opened.serial, FACTS.clerk)
    (log,) = hall.rows(AccessLog, act="cancel")
    assert (log.subject, log.reason, log.operator) == (opened.serial, WHY, FACTS.clerk)
    (grant,) = hall.rows(Grant, used_order=opened.order_id)
    assert (grant.rule, grant.supervisor) == ("cancellation", FACTS.supervisor)
    assert hall.rows(ProductOrder, id=opened.order_id)[0].approved_by == FACTS.supervisor
    (trail,) = hall.rows(Trail, order_id=opened.order_id, step="cancellation")
    cells = {cell for cell, _ in json.loads(trail.cells)}
    assert cells == {f"C1-{code}" for code in ("F4", "F5", "F7", "F9", "F10", "F11", "F12", "F13", "F14", "B1")}
    (figure,) = hall.rows(Figure, measure="cancelled")
    assert (figure.count, figure.amount, figure.operator) == (1, -opened.due, FACTS.clerk)
    shown = hall.desk.lookups.order(opened.serial)
    assert (shown.state, str(shown.stays)) == ("cancelled", "The order is cancelled already.")
    assert f"{FACTS.clerk} {WHY}" in [value for _, value in shown.lines]
    assert {state for _, state, _ in shown.network} == {"cancelled"}


def test_number_and_card_are_sold_again_at_once(hall: Hall) -> None:
    opened = hall.open_account()
    (first,) = hall.rows(Subscription, number=opened.facts["number"])
    cancel(hall, opened.serial)
    again = hall.open_account(number=first.number, iccid=first.iccid)
    living = [row for row in hall.rows(Subscription, number=first.number) if row.state != "cancelled"]
    assert [row.iccid for row in living] == [first.iccid]
    assert again.serial != opened.serial
    all_holds(hall)
    cancel(hall, again.serial)
    all_holds(hall)


def test_one_person_may_open_five_numbers_and_cancelled_ones_do_not_count(hall: Hall) -> None:
    person = {name: hall.desk.forms.example("C1")[name] for name in ("document_kind", "document_number", "name")}
    *_, fifth = [hall.open_account(**person) for _ in range(5)]
    assert hall.filled(**person).qualification.verdict == "no"
    cancel(hall, fifth.serial)
    assert hall.open_account(**person).state == "inProgress"


# papers


def test_each_paper_is_reversed_by_one_with_a_number_of_its_own(hall: Hall) -> None:
    opened = sold(hall, lambda due: [Tender("card", 4_000, "R1"), Tender("cash", due - 4_000)], **INTERNATIONAL)
    before = {row.id for row in hall.rows(PrintJob)}
    outcome = cancel(hall, opened.serial)
    originals = {row.kind: row for row in hall.rows(PaperDocument, order_id=opened.order_id, state="red")}
    letters = {row.kind: row for row in hall.rows(PaperDocument, order_id=opened.order_id, state="normal")}
    assert set(originals) == set(letters) == {"invoice", "receipt"}
    for kind, original in originals.items():
        letter = letters[kind]
        assert (letter.amount, letter.tax) == (-original.amount, -original.tax)
        assert letter.reason == f"{original.code}-{original.number:08d}"
        assert (original.reason, letter.number > original.number) == (WHY, True)
    shown = {paper.kind: "\n".join(paper.preview) for paper in outcome.papers}
    assert "红" in shown["invoice"]
    assert letters["invoice"].reason in shown["invoice"]
    assert f"-{originals['invoice'].tax / 100:.2f}" in shown["invoice"]
    assert "人民币负" in shown["receipt"]
    assert "-40.00" in shown["receipt"]
    assert opened.serial in shown["receipt"]
    jobs = [row for row in hall.rows(PrintJob, order_id=opened.order_id) if row.id not in before]
    assert {job.document_id for job in jobs} == {letter.id for letter in letters.values()}


def test_a_copy_of_a_paper_that_no_longer_counts_says_so(hall: Hall) -> None:
    """An auditor asks for it; nobody takes it for one that counts."""
    opened = hall.open_account()
    kinds = {paper.kind: paper.id for paper in opened.papers}
    outcome = cancel(hall, opened.serial)
    marks = {kind: hall.desk.papers.reprint(key, "audit").preview[0].strip() for kind, key in kinds.items()}
    states = {row.kind: row.state for row in hall.rows(PaperDocument) if row.id in kinds.values()}
    assert states == {"invoice": "red", "receipt": "red", "contract": "void", "slip": "void"}
    assert marks == {
        kind: "*** 已作废 补打 第1次 ***" if state == "void" else "*** 已冲红 补打 第1次 ***"
        for kind, state in states.items()
    }
    assert hall.desk.papers.reprint(outcome.papers[0].id, "lost").preview[0].strip() == "*** 补打 第1次 ***"


# once only


def test_cancelling_twice_answers_with_the_first(hall: Hall) -> None:
    opened = hall.open_account()
    first = cancel(hall, opened.serial)
    before = kept(hall)
    assert cancel(hall, opened.serial, reason="again") == first
    assert kept(hall) == before


def test_the_form_still_answers_what_it_was(hall: Hall) -> None:
    view = hall.filled()
    opened = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    cancel(hall, opened.serial)
    again = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert (again.serial, again.state) == (opened.serial, "cancelled")
    assert len(hall.rows(Payment, order_id=opened.order_id)) == 2


# refusals


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "Say why"),
        ({"staff_no": FACTS.clerk}, "Another person"),
        ({"staff_no": "1002"}, "Another person"),
        ({"password": "wrong"}, "password is wrong"),
        ({"staff_no": "nobody"}, "password is wrong"),
    ],
)
def test_who_may_not(hall: Hall, changes: dict[str, str], words: str) -> None:
    opened = hall.open_account()
    before = kept(hall)[:8]
    with pytest.raises(NotAllowed, match=words):
        cancel(hall, opened.serial, **changes)
    assert kept(hall)[:8] == before


def test_a_supervisor_at_the_counter_needs_another_one(hall: Hall) -> None:
    opened = hall.open_account()
    chief = hall.counter(FACTS.supervisor, "HZ0104")
    chief.till.open_shift(FLOAT)
    with pytest.raises(NotAllowed, match="Another person"):
        chief.orders.cancel(opened.serial, WHY, FACTS.supervisor, FACTS.password)


def test_nobody_and_nothing(hall: Hall) -> None:
    with pytest.raises(NotFound):
        cancel(hall, "no such order")
    hall.desk.signing.lock()
    with pytest.raises(NotAllowed, match="Sign on"):
        cancel(hall, "no such order")


def done_by_the_network(hall: Hall, order_id: str) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", "network")) as tx:
        for work in tx.all(WorkOrder, order_id=order_id, kind="automatic"):
            tx.change(work, state="done", done_at=tx.now(), done_by="HLR01")


def test_what_the_network_has_is_closed_and_not_cancelled(hall: Hall) -> None:
    from boss_tui.chores.completion import complete_finished

    waits = hall.open_account(services="VMAIL")  # voice mail is set by hand
    done_by_the_network(hall, waits.order_id)
    refused(hall, waits.serial, "has done it already. Once the order is completed, a supervisor can take it back")
    opened = hall.open_account()
    done_by_the_network(hall, opened.order_id)
    assert complete_finished(hall.store, FACTS.outlet) == [opened.serial]
    assert str(hall.desk.lookups.order(opened.serial).stays) == ""
    next_day(hall, "2026-11-24")
    hall.desk.till.open_shift(FLOAT)
    refused(hall, waits.serial, "The network has done it already. Close the number with C9 instead.")
    assert str(hall.desk.lookups.order(opened.serial).stays).endswith("C9 instead.")


def test_without_an_open_shift_or_enough_cash_nothing_is_done(hall: Hall) -> None:
    opened = sold(hall, lambda due: [Tender("cash", due)], **INTERNATIONAL)
    other = hall.counter("1002", "HZ0102")
    before = kept(hall)
    with pytest.raises(NotAllowed, match="Open your shift"):
        other.orders.cancel(opened.serial, WHY, FACTS.supervisor, FACTS.password)
    assert kept(hall) == before
    hall.desk.till.cash_out(in_drawer(hall) - opened.due + 1, "drop", "too much")
    refused(hall, opened.serial, "not so much cash")
    hall.desk.till.cash_in(1, "change", "one fen")
    assert cancel(hall, opened.serial).change == opened.due
    assert in_drawer(hall) == 0


def test_money_that_came_later_keeps_the_account_open(hall: Hall) -> None:
    from boss_tui.components.ledger.ledger import CASH, PREPAID, Leg, post

    opened = hall.open_account()
    (account,) = hall.rows(BillingAccount, number=opened.facts["account"])
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk)) as tx:
        shift = shift_at(tx, FACTS.counter)
        assert shift is not None
        bucket = tx.one(BalanceBucket, account_id=account.id, kind="prepaid")
        lines = [Leg(CASH, 5_000), Leg(PREPAID, -5_000, "prepayment", bucket.id)]
        post(
            tx,
            outlet=FACTS.outlet,
            business_date=shift.business_date,
            business="C12",
            operator=FACTS.clerk,
            lines=lines,
            shift_id=shift.id,
            till=FACTS.counter,
        )
    refused(hall, opened.serial, "still holds money")


def test_no_number_for_the_red_letter_no_cancellation(hall: Hall) -> None:
    opened = hall.open_account()
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        for row in tx.all(DocumentRange, kind="receipt", state="open"):
            tx.change(row, state="returned")
    before = kept(hall)
    with pytest.raises(OutOfStock):
        cancel(hall, opened.serial)
    assert kept(hall) == before


def test_a_business_without_a_cancellation_says_so(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = hall.open_account()
    monkeypatch.setattr(type(BUSINESSES["C1"]), "cancel", Transaction.cancel)
    refused(hall, opened.serial, "can't be cancelled")


def test_an_order_that_has_no_place_is_left(hall: Hall) -> None:
    opened = hall.open_account()
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        order = tx.one(ProductOrder, id=opened.order_id)
        tx.change(order, state="held")
    refused(hall, opened.serial, "Only an order in progress")
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(ProductOrder, id=opened.order_id), state="inProgress", outlet="HZ02")
    refused(hall, opened.serial, "order of outlet HZ02")


def test_verify_names_what_a_half_cancellation_would_leave(hall: Hall) -> None:
    opened = hall.open_account()
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(ProductOrder, id=opened.order_id), state="cancelled")
        row = tx.all(PaperDocument, order_id=opened.order_id)[0]
        tx.change(row, state="red", reason="x")
        tx.add(AccessLog, id=new_key(tx.clock), operator="x", act="cancel", subject=opened.serial, made_at=tx.now())
    with hall.store.reading() as reading:
        rules = {finding.rule for finding in verify(reading)}
    assert rules >= {
        "cancelled order gave all back",
        "figures agree with cancellations",
        "cancelled order has its trail",
        "reversed document has its red letter",
        "cancelled order's papers are reversed",
        "completed opening is activated",
        "called-off order has no open work",
    }


# headquarters


def test_the_journal_alone_brings_another_copy_to_the_same(hall: Hall, hall_template: Copy, tmp_path: Path) -> None:
    """What headquarters does with the entries of a sale and its cancellation, taken together or one by one."""
    start = len(hall.rows(JournalEntry))
    opened = sold(hall, lambda due: [Tender("card", 4_000, "R1"), Tender("cash", due - 4_000)], **INTERNATIONAL)
    cancel(hall, opened.serial)
    told = [
        changes_in(entry.body, FACTS.outlet) for entry in sorted(hall.rows(JournalEntry), key=lambda entry: entry.seq)
    ]
    assert len(told) == start + 2
    tables = (
        ProductOrder,
        Subscription,
        PhoneNumber,
        SimCard,
        PaymentTender,
        BalanceBucket,
        BillingAccount,
        PaperDocument,
        WorkOrder,
        ChargeSchedule,
        Trail,
        Grant,
        AccessLog,
        Figure,
    )
    for way in ("together", "one by one"):
        folder = tmp_path / way
        folder.mkdir()
        other = Store(hall_template(folder), clock=hall.clock)
        known = len(_all(other, JournalEntry))
        with other.transaction(Author(FACTS.outlet, "push", "push"), journalled=False) as tx:
            if way == "together":
                apply_bulk(tx, FACTS.outlet, told[known:])
            else:
                assert [apply_entry(tx, FACTS.outlet, changes) for changes in told[known:]] == [
                    [] for _ in told[known:]
                ]
        for table in tables:
            assert _all(other, table) == _all(hall.store, table), table
        other.close()


def _all(store: Store, table: Any) -> list[Any]:
    with store.reading() as reading:
        return reading.all(table, order=keys(table))
