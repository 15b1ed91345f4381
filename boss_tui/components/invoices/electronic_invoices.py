"""Part of F9: fully electronic invoices 数电票, of orders whose invoice was put off. The receipt was printed when they
were paid; the number comes from the tax platform, whenever that can be reached (`chores.issuing`). What goes back of
them is `electronic_slips`. Source: catalogue M9; management-facts 7.3; domain-facts 7.
"""

from __future__ import annotations

import json
from typing import Any

from boss_tui.answers.business import Invoicing
from boss_tui.components.base import Context
from boss_tui.components.invoices import invoice_requests
from boss_tui.components.invoices.invoicing import buyer, checked, of_customer
from boss_tui.components.invoices.sales import rated
from boss_tui.locale import words
from data.clock import new_key
from data.errors import BadForm, NotAllowed
from data.journal import canonical
from data.message import Message, say
from data.store import UnitOfWork
from data.tables.customer import Customer
from data.tables.document import InvoiceRequest
from data.tables.electronic import ElectronicInvoice
from data.tables.order import ProductOrder

STATES: dict[str, Message] = {
    "waiting": say("waits to be sent"),
    "issuing": say("sent, no answer yet"),
    "issued": say("issued"),
    "failed": say("REFUSED"),
    "cancelled": say("taken back before it was sent"),
}
"""How far one is, in words."""
UNSETTLED = ("failed", "waiting", "issuing")
"""The states that somebody may have to do something about, the worst first."""
CREDIT: dict[str, Message] = {"limit": say("Limit"), "used": say("Used"), "left": say("Left")}
"""What the platform allows in a month, in words."""


def ask(context: Context, order: ProductOrder, asked: Invoicing, mail: str = "") -> ElectronicInvoice:
    """Ask for the electronic invoice of an order that was paid before, once. `asked`: for whom, if not as it was said
    then. NotAllowed: none waits; BadForm: beside title, tax number or mail."""
    tx = context.tx
    refusal = invoice_requests.why_not(tx, order, context.outlet)
    if refusal:
        raise NotAllowed(refusal)
    if mail and ("@" not in mail.strip("@") or not mail.isascii() or " " in mail):
        raise BadForm({"mail": say("An address such as name@example.cn.")})
    request = tx.one(InvoiceRequest, order_id=order.id)
    said, customer = invoice_requests.said_of(request), tx.find(Customer, id=order.customer_id or "")
    whose = invoice_requests.wanted(request)
    if asked.title or asked.tax_number:
        asked = checked(asked, of_customer(customer) if customer else Invoicing())
        whose = buyer(asked, customer)
    speak = words(context.language)
    name = said.customer if isinstance(said.customer, str) else speak(said.customer)
    lines = [
        {"item": speak(line.label), "rate": line.tax_rate, "amount": line.amount, "tax": line.tax} for line in said.left
    ]
    made = tx.add(
        ElectronicInvoice,
        id=new_key(tx.clock),
        outlet=context.outlet,
        order_id=order.id,
        title=whose.title or name,
        tax_number=whose.tax_number,
        mail=mail,
        amount=sum(line.amount for line in said.left),
        tax=sum(one.tax for one in rated(said.left)),
        says=canonical(lines),
        operator=context.operator,
        business_date=context.business_date,
        made_at=tx.now(),
    )
    tx.change(request, state="electronic", title=whose.title, tax_number=whose.tax_number)
    return made


def anew(tx: UnitOfWork, invoice: ElectronicInvoice, title: str, tax_number: str) -> ElectronicInvoice:
    """Ask once more for one that the platform refused, for whom it should have been. NotAllowed: it was not refused."""
    if invoice.state != "failed":
        raise NotAllowed(say("Only what the tax platform refused is asked for anew."))
    asked = checked(Invoicing("later", title or invoice.title, tax_number or invoice.tax_number), Invoicing())
    return tx.change(
        invoice,
        state="waiting",
        attempt=invoice.attempt + 1,
        title=asked.title,
        tax_number=asked.tax_number,
        message="",
    )


def sent(invoice: ElectronicInvoice, seller: str) -> dict[str, Any]:
    """What the platform is asked."""
    return {
        "key": key_of(invoice),
        "seller": seller,
        "title": invoice.title,
        "tax_number": invoice.tax_number,
        "mail": invoice.mail,
        "lines": json.loads(invoice.says),
        "amount": invoice.amount,
        "tax": invoice.tax,
        "month": invoice.business_date[:7],
    }


def key_of(invoice: ElectronicInvoice) -> str:
    """The key by which a repeat of the question is known."""
    return f"{invoice.id}.{invoice.attempt}"
