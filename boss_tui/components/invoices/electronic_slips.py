"""Part of F9: what is taken back of electronic invoices 红字确认单. One that was sent is never void: so much of it is
applied for, and the tax platform answers by its states 01 to 09. Source: management-facts 7.3; catalogue M9.
"""

from __future__ import annotations

from boss_tui.forms.typed import yuan
from data.clock import new_key
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from data.states import state_name
from data.store import Reading, UnitOfWork
from data.tables.electronic import ElectronicInvoice, RedConfirmation

REASONS: dict[str, Message] = {
    "01": say("Issued wrongly"),
    "02": say("Goods returned"),
    "03": say("Service ended"),
    "04": say("Discount"),
}
RED_STATES: dict[str, Message] = {
    code: state_name(code) for code in ("10", "01", "02", "03", "04", "05", "06", "07", "08", "09")
}
ENDED = ("05", "06", "07", "08", "09")
"""The states in which nothing was taken back, nor will be."""
OPEN = ("10", "02", "03")
"""The states that the platform may still change."""


def of_order(reading: Reading, order_id: str) -> ElectronicInvoice | None:
    """The electronic invoice of an order that stands, or may."""
    found = reading.all(ElectronicInvoice, order_id=order_id, order=("made_at", "id"))
    return next((row for row in found if row.state != "cancelled"), None)


def left(reading: Reading, invoice: ElectronicInvoice) -> int:
    """Fen of an invoice that nothing took back, nor is about to."""
    taken = sum(row.amount for row in reading.all(RedConfirmation, invoice_id=invoice.id) if row.state not in ENDED)
    return invoice.amount - taken


def red(tx: UnitOfWork, invoice: ElectronicInvoice, amount: int, reason: str) -> RedConfirmation:
    """Apply for so much to be taken back. NotAllowed: it is no invoice yet that could be; BadForm: beside its field."""
    if invoice.state in ("failed", "cancelled"):
        raise NotAllowed(say("This invoice was not issued: there is nothing to take back."))
    wrong: dict[str, Message] = {}
    if reason not in REASONS:
        wrong["reason"] = say("One of {words}.", words=", ".join(REASONS))
    most = left(tx, invoice)
    if not 0 < amount <= most:
        wrong["amount"] = say("Of this invoice {left} yuan are left.", left=yuan(most))
    if wrong:
        raise BadForm(wrong)
    author = tx.author
    return tx.add(
        RedConfirmation,
        id=new_key(tx.clock),
        outlet=invoice.outlet,
        invoice_id=invoice.id,
        amount=amount,
        reason=reason,
        operator=author.operator,
        business_date=author.business_date,
        made_at=tx.now(),
    )


def give_back(tx: UnitOfWork, order_id: str, amount: int, reason: str) -> None:
    """Money of an order goes back: so much of its electronic invoice is taken back, once that is issued. One that was
    not sent yet, or was refused, and is given back as a whole is not asked for any more."""
    invoice = of_order(tx, order_id)
    if invoice is None or amount <= 0:
        return
    if invoice.state in ("waiting", "failed") and amount == left(tx, invoice):
        tx.change(invoice, state="cancelled")
        return
    if invoice.state in ("waiting", "failed"):
        raise NotAllowed(say("Its electronic invoice is not issued yet: give a part back once it is."))
    red(tx, invoice, amount, reason)
