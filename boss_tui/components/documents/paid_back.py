"""The refund voucher of money that a business, a cancellation or a reversal pays out: put together, and printed.

Several orders may be refunded by one act (a closing gives back deposits of orders of their own): all of them stand on
it. It comes out where cash slips do; a hall that has set no printer for those has it where reports come out, or else
receipts: money that goes back never waits for a printer of its own.
"""

from __future__ import annotations

import json

from msgspec.structs import replace

from boss_tui.answers.business import PaperView
from boss_tui.components.base import Context
from boss_tui.components.documents.papers import Seller
from boss_tui.components.documents.refund_vouchers import TITLE, Refund, refund_voucher
from boss_tui.components.invoices.sales import Sale
from boss_tui.components.tenders.taken import Taken
from data.message import Message, say
from data.store import Reading
from data.tables.customer import Customer
from data.tables.document import PaperDocument
from data.tables.order import ProductOrder
from printers import routes, spool
from printers.document import Document

KIND = "refund"
"""What the voucher is called among the papers of an order."""
INSTEAD = ("cash", "report", "receipt")
FACTS = 2
"""So many facts of a sale stand on it: whose line or account it is about."""


def of_sale(reading: Reading, sale: Sale) -> Refund:
    """What a business pays out."""
    lines = [line for line in sale.quote.lines if not line.monthly and line.amount]
    orders = dict.fromkeys([sale.corrects, *(line.source for line in lines if line.amount < 0)])
    facts = ((say("Business"), sale.title), (say("Customer"), sale.customer_name), *sale.about[:FACTS])
    return Refund(
        sale.customer_name,
        facts,
        tuple(reading.one(ProductOrder, id=order).serial for order in orders if order),
        sale.reason or sale.title,
        tuple((line.label, line.amount) for line in lines),
        -sale.taken.due,
        sale.taken.tenders,
    )


def of_order(reading: Reading, order_id: str, reason: str, back: Taken) -> Refund:
    """What goes back of an order that is cancelled or reversed; what it was is told as its own papers told it."""
    order = reading.one(ProductOrder, id=order_id)
    customer = reading.find(Customer, id=order.customer_id) if order.customer_id else None
    papers = reading.all(PaperDocument, order_id=order_id, order=("made_at", "id"))
    facts = _facts(Document.from_json(json.loads(papers[0].content))) if papers else ()
    return Refund(
        customer.name if customer else "",
        facts[: FACTS + 2],
        (order.serial,),
        reason,
        ((say("Paid back"), back.due),),
        -back.due,
        tuple(tender for tender in back.tenders if tender.amount < 0),
    )


def _facts(paper: Document) -> tuple[tuple[str | Message, str | Message], ...]:
    """What a paper says at its head but for its number: business, customer, what it is about."""
    said = paper.said
    about = tuple((one["label"], one["value"]) for one in said["facts"])
    return ((say("Business"), said["business"]), (say("Customer"), said["customer"]), *about)


def voucher(context: Context, seller: Seller, refund: Refund) -> PaperView:
    """Print it."""
    tx, document = context.tx, refund_voucher(seller, refund)
    document = replace(document, kind=routes.first_taken(tx, INSTEAD))
    queued = spool.queue(
        tx,
        document,
        document_id=context.order_id,
        order_id="",
        title=f"{seller.words(TITLE)} {seller.serial}",
        counter=context.counter,
        operator=context.operator,
    )
    return PaperView(queued.job_id, KIND, seller.serial, queued.preview)
