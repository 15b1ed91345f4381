"""Part of F9: invoices that are not written when an order is paid 要发票吗: drawn later, once, or not wanted at all.

What the invoice is to say is kept with the order as data, so that it says the same whatever prices have become since.
What is given back before it is drawn comes off it; once the order is taken back it is drawn no more. The tax in it was
told by the receipt and entered on the day of the payment: drawing enters nothing. Source: domain-facts 7.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, select

from boss_tui.answers.business import Invoicing, QuoteLine
from boss_tui.components.base import Context
from boss_tui.components.invoices.electronic_slips import give_back
from boss_tui.components.invoices.invoicing import buyer
from boss_tui.forms.typed import yuan
from data.errors import NotAllowed
from data.journal import canonical
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.customer import Customer
from data.tables.document import InvoiceRequest
from data.tables.order import ProductOrder

if TYPE_CHECKING:
    from boss_tui.components.invoices.sales import Sale

STATES = {
    "waiting": say("to be drawn later"),
    "electronic": say("electronic, of the tax platform"),
    "drawn": say("drawn later"),
    "declined": say("none was wanted"),
    "void": say("not drawn: taken back"),
}


_requests = InvoiceRequest.table()
_TAKEN_OFF = select(*_requests.c).where(
    _requests.c.state.in_(("waiting", "declined", "void")), _requests.c.says.like(bindparam("holds"))
)


class Said(Struct, frozen=True):
    """What an invoice is to say: of which business, whose, its facts; its lines, and what was given back of them, by
    which order."""

    title: Message
    customer: str | Message
    about: tuple[tuple[Message, str | Message], ...]
    lines: tuple[QuoteLine, ...]
    back: tuple[tuple[str, QuoteLine], ...]

    @property
    def left(self) -> tuple[QuoteLine, ...]:
        """The lines of the invoice, were it drawn now."""
        return (*self.lines, *(line for _, line in self.back))


def ask(context: Context, sale: Sale, lines: Sequence[QuoteLine]) -> None:
    """Keep what the invoice of a sale is to say, which is not written now."""
    customer = context.tx.find(Customer, id=sale.customer_id) if sale.customer_id else None
    whose = buyer(context.invoicing, customer)
    said = Said(sale.title, sale.customer_name, sale.about, tuple(lines), ())
    context.tx.add(
        InvoiceRequest,
        order_id=context.order_id,
        outlet=context.outlet,
        business_date=context.business_date,
        state="waiting" if context.invoicing.when == "later" else "declined",
        title=whose.title,
        tax_number=whose.tax_number,
        says=_stored(said),
    )


def of_order(reading: Reading, order_id: str) -> InvoiceRequest | None:
    """What was said of an order's invoice, where none was written when it was paid."""
    return reading.find(InvoiceRequest, order_id=order_id)


def said_of(request: InvoiceRequest) -> Said:
    """What its invoice is to say."""
    says = json.loads(request.says)
    return Said(
        Message.from_json(says["title"]),
        _read(says["customer"]),
        tuple((Message.from_json(label), _read(value)) for label, value in says["about"]),
        tuple(map(_line, says["lines"])),
        tuple((by, _line(line)) for by, line in says["back"]),
    )


def reduce(context: Context, order_id: str, lines: Sequence[QuoteLine]) -> None:
    """The context's order gives back so much of one without an invoice: it comes off one that is drawn later.
    NotAllowed: not so much is left."""
    tx = context.tx
    request = of_order(tx, order_id)
    if request is None or request.state not in ("waiting", "declined", "electronic"):
        return
    said = said_of(request)
    after = Said(
        said.title, said.customer, said.about, said.lines, (*said.back, *((context.order_id, line) for line in lines))
    )
    left = sum(line.amount for line in after.left)
    if left < 0:
        before = sum(line.amount for line in said.left)
        raise NotAllowed(
            say(
                "Of order {serial} only {left} yuan are left.",
                left=yuan(before),
                serial=tx.one(ProductOrder, id=order_id).serial,
            )
        )
    if request.state == "electronic":
        give_back(tx, order_id, -sum(line.amount for line in lines), "04")
        tx.change(request, says=_stored(after))
        return
    tx.change(request, says=_stored(after), state=request.state if left or request.state == "declined" else "void")


def left_of(reading: Reading, order_id: str) -> int:
    """Fen of an order without an invoice that were not given back."""
    request = of_order(reading, order_id)
    return sum(line.amount for line in said_of(request).left) if request else 0


def lapse(tx: UnitOfWork, order: ProductOrder) -> None:
    """The order is taken back: its invoice is drawn no more, and what it gave back of others was not given back.
    NotAllowed: a part of it was given back before."""
    _undo(tx, order.id)
    request = of_order(tx, order.id)
    if request is None:
        return
    if said_of(request).back:
        raise NotAllowed(say("A part of order {serial} was given back already.", serial=order.serial))
    if request.state == "electronic":
        give_back(tx, order.id, sum(line.amount for line in said_of(request).left), "03")
    if request.state == "waiting":
        tx.change(request, state="void")


def _undo(tx: UnitOfWork, by: str) -> None:
    """What an order gave back of others stands on their invoices again, where those are not drawn yet."""
    for request in tx.models(InvoiceRequest, _TAKEN_OFF, holds=f'%"{by}"%'):
        said = said_of(request)
        after = replace(said, back=tuple(one for one in said.back if one[0] != by))
        tx.change(request, says=_stored(after), state="declined" if request.state == "declined" else "waiting")


def why_not(reading: Reading, order: ProductOrder, outlet: str) -> Message | None:
    """Why no invoice can be drawn from an order at an outlet; None when one can."""
    request = of_order(reading, order.id)
    if request is None:
        return say("No invoice waits to be drawn from this order.")
    if order.outlet != outlet:
        return say("This is an order of outlet {outlet}.", outlet=order.outlet)
    if request.state == "drawn":
        return say("The invoice of this order is drawn already: F4 shows it.")
    if request.state == "electronic":
        return say("The electronic invoice of this order is asked for already.")
    if request.state == "declined":
        return say("No invoice was wanted when this order was paid: its receipt stands.")
    return None if request.state == "waiting" else say("The order was taken back: there is nothing to invoice.")


def wanted(request: InvoiceRequest) -> Invoicing:
    """Whose the invoice will be."""
    return Invoicing("later", request.title, request.tax_number)


def _stored(said: Said) -> str:
    return canonical(
        {
            "title": said.title.as_json(),
            "customer": _kept(said.customer),
            "about": [[label.as_json(), _kept(value)] for label, value in said.about],
            "lines": [_kept_line(line) for line in said.lines],
            "back": [[by, _kept_line(line)] for by, line in said.back],
        }
    )


def _kept_line(line: QuoteLine) -> list[Any]:
    return [line.label.as_json(), line.kind, line.amount, line.tax_rate, line.tax]


def _line(kept: list[Any]) -> QuoteLine:
    label, kind, amount, rate, tax = kept
    return QuoteLine("", Message.from_json(label), kind, amount, amount, rate, taxed=tax)


def _kept(value: str | Message) -> Any:
    return value.as_json() if isinstance(value, Message) else value


def _read(kept: Any) -> str | Message:
    return Message.from_json(kept) if isinstance(kept, dict) else kept
