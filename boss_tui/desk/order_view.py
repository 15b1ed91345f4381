"""Looking up: where an order stands in all four states, what waits, a customer at a glance, the papers of an order."""

from __future__ import annotations

import json
from typing import Any

from boss_tui.answers.business import Invoicing, OrderView, PaperView
from boss_tui.business.registry import title_of
from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.documents import paid_back
from boss_tui.components.documents.handwritten import marked
from boss_tui.components.invoices import invoice_requests
from boss_tui.components.invoices.invoicing import of_customer
from boss_tui.components.operators.delegations import in_words
from boss_tui.components.wording import masked_name
from boss_tui.desk import answered, late, order_search
from boss_tui.forms.typed import yuan
from boss_tui.network.rows import reason_in_words
from data.message import Message, listed, say
from data.states import ACTS
from data.store import Reading
from data.tables.customer import Customer
from data.tables.document import PaperDocument
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Grant
from data.tables.sync import AccessLog, JournalEntry, JournalHead, PrintJob, SyncException
from printers.jobs import job_in_words, job_title

COLUMNS = 48
"""Of a paper that no printer of this store has printed."""
CANCELLED = "cancel"
"""The act in the log of accesses that says who cancelled an order, and why."""


def orders(reading: Reading, outlet: str, text: str, *, under_way: bool = False) -> list[OrderView]:
    """The latest orders that fit a text, each as a line of a list: see `order_search`."""
    find = order_search.under_way if under_way else order_search.found
    return [order(reading, row) for row in find(reading, outlet, text)]


def order(reading: Reading, row: ProductOrder) -> OrderView:
    """Where an order stands: order, outbox, network and print, each on its own."""
    return OrderView(
        row.serial,
        row.business,
        row.state,
        _outbox(reading, row),
        tuple(_network(reading, row)),
        tuple(_prints(reading, row)),
        tuple(_lines(reading, row)),
        made_at=row.created_at,
        phone=_phone(reading, row),
        customer=masked_name(reading.one(Customer, id=row.customer_id).name) if row.customer_id else "",
        business=title(row),
        amount=row.amount,
    )


def _phone(reading: Reading, row: ProductOrder) -> str:
    return reading.one(Subscription, id=row.subscription_id).number if row.subscription_id else ""


def literal(text: str) -> Message:
    """Text that is nobody's template: names, numbers, what a machine said."""
    return Message("{text}", {"text": text})


def _outbox(reading: Reading, row: ProductOrder) -> str:
    """pending, retrying, acknowledged or dead-letter: where headquarters is with the order's journal entries."""
    together = reading.all(ProductOrder, collection=row.collection) if row.collection else [row]
    entries = [e for o in together for e in reading.all(JournalEntry, serial=o.serial, order=("epoch", "seq"))]
    if not entries:  # it was done before this journal began: headquarters gave it to us
        return "acknowledged"
    if any(reading.find(SyncException, outlet=e.outlet, epoch=e.epoch, seq=e.seq, state="open") for e in entries):
        return "dead-letter"
    entry = entries[-1]
    head = reading.find(JournalHead, outlet=entry.outlet)
    if head is None:  # this is headquarters, and the order is an outlet's: it was pushed
        return "acknowledged"
    if entry.epoch < head.epoch or entry.seq <= head.acked_seq:
        return "acknowledged"
    return "retrying" if head.attempts else "pending"


def _network(reading: Reading, row: ProductOrder) -> list[tuple[Message, str, Message]]:
    return [_work_order(reading, work, row) for work in reading.all(WorkOrder, order_id=row.id, order=("position",))]


def _work_order(reading: Reading, work: WorkOrder, row: ProductOrder) -> tuple[Message, str, Message]:
    """A work order: what, its state (while it is open, that of its commands that wants most attention), why, or by how
    much it is over its limit."""
    commands = reading.all(NetworkCommand, work_order_id=work.id, order=("number",))
    states = sorted({command.state for command in commands}, key=_URGENT.index)
    refused = [
        c.answer_text for c in commands if c.answer_text and c.state != "answered"
    ]  # what is done says so itself
    said = refused[-1] if refused else ""
    why = reason_in_words(work.reason) if work.reason else literal(said)
    over = late.of_work(reading, work, row) if work.state == "open" else None
    if over is not None:
        why = say("{over} {why}", over=over, why=why)
    return ACTS.get(work.act, literal(work.act)), states[0] if states and work.state == "open" else work.state, why


_URGENT = ("unknown", "failed", "sent", "queued", "answered", "cancelled")


def _prints(reading: Reading, row: ProductOrder) -> list[tuple[Message, str, Message]]:
    jobs = reading.all(PrintJob, order_id=row.id, order=("queued_at", "id"))
    return [(print_title(reading, job), job.state, job_in_words(job)) for job in jobs]


def print_title(reading: Reading, job: PrintJob) -> Message:
    """What a print job prints, in whatever language; its own title is that of the printer's queue."""
    document = reading.find(PaperDocument, id=job.document_id)
    of = (document.kind, document.code, document.number) if document is not None else (None, None, None)
    return job_title(job.title, job.copy_number, *of)


def _lines(reading: Reading, row: ProductOrder) -> list[tuple[Message, str | Message]]:
    business = Message("{code} {name}", {"code": row.business, "name": title(row)})
    lines: list[tuple[Message, str | Message]] = [
        (say("Business"), business),
        (say("Business date"), row.business_date),
        (say("Operator"), say("the program by itself") if row.operator == SCHEDULER else row.operator),
        (say("Amount"), yuan(row.amount)),
    ]
    if row.process_version:
        lines.append((say("Process"), say("version {version}", version=row.process_version)))
    if (request := invoice_requests.of_order(reading, row.id)) is not None:
        lines.append((say("Invoice"), invoice_requests.STATES[request.state]))
    if row.approved_by:
        lines.append((say("Approved by"), _approvers(reading, row)))
    if row.customer_id:
        lines.append((say("Customer"), reading.one(Customer, id=row.customer_id).name))
    lines += [(say("Taken back by"), other.serial) for other in reading.all(ProductOrder, reverses=row.id)]
    if row.reverses:
        lines.append((say("Takes back"), reading.one(ProductOrder, id=row.reverses).serial))
    if row.state == "cancelled":
        lines += [
            (say("Cancelled"), f"{log.operator} {log.reason}")
            for log in reading.all(AccessLog, act=CANCELLED, subject=row.serial, order=("id",))
        ]
    if row.subscription_id:
        lines.append((say("Number"), reading.one(Subscription, id=row.subscription_id).number))
    return [*lines, *answered.lines(reading, row.id)]


def _approvers(reading: Reading, row: ProductOrder) -> Message:
    """Who allowed it, and for whom."""
    giver = {grant.supervisor: grant.on_behalf_of for grant in reading.all(Grant, used_order=row.id)}
    return listed(in_words(each, giver.get(each, "")) for each in row.approved_by.split(","))


def papers(reading: Reading, serial: str) -> list[PaperView]:
    """The documents of an order, as they were laid out for its printer; anew where it was printed elsewhere."""
    row = reading.one(ProductOrder, serial=serial)
    found = []
    documents = reading.all(PaperDocument, order_id=row.id, order=("made_at", "id"))
    if row.collection:
        documents += reading.all(PaperDocument, collection=row.collection)
    for document in documents:
        jobs = reading.all(PrintJob, document_id=document.id, order=("queued_at", "id"))
        shown = tuple(jobs[0].preview.split("\n")) if jobs else laid_out(document)
        found.append(PaperView(document.id, document.kind, f"{document.code}-{document.number:08d}", shown))
    return [*found, *_refunds(reading, row)]


def laid_out(document: PaperDocument) -> tuple[str, ...]:
    """A document as its paper shows it, by what it says."""
    from printers.document import Document
    from printers.escpos import preview
    from printers.layout import layout

    return preview(layout(Document.from_json(json.loads(document.content)), COLUMNS))


def _refunds(reading: Reading, row: ProductOrder) -> list[PaperView]:
    """The refund voucher of an order that paid out, by the job that printed it."""
    jobs = reading.all(PrintJob, document_id=row.id, copy_number=0, order=("queued_at", "id"))
    return [
        PaperView(job.id, paid_back.KIND, row.serial, tuple(job.preview.split("\n")))
        for job in jobs
        if row.amount < 0 or row.state == "cancelled"
    ]


def document_content(reading: Reading, paper_id: str) -> tuple[PaperDocument, dict[str, Any]]:
    """A document and what it says."""
    row = reading.one(PaperDocument, id=paper_id)
    content: dict[str, Any] = json.loads(row.content)
    return row, content


def title(row: ProductOrder) -> Message:
    """What an order did: of a business that does several things, which (C6: stop or resume, and why)."""
    return marked(title_of(row.business, row.form_json), row.hand_slip)


def buyer_of(reading: Reading, order: ProductOrder) -> Invoicing:
    """Whose the invoice of an order will be that waits to be drawn."""
    request = invoice_requests.of_order(reading, order.id)
    if request is None or request.title:
        return invoice_requests.wanted(request) if request else Invoicing()
    customer = reading.find(Customer, id=order.customer_id or "")
    return of_customer(customer) if customer else Invoicing()
