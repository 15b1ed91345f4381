"""Invariant 9: an invoice that was put off is drawn once, says what was put off, and waits for nothing that is gone.

Of an order whose invoice was not written at its payment the request says what it is to say: what its payment entered,
rate by rate. Once it is drawn there is one invoice, of that less what was given back before. Of an order that was
cancelled or taken back none waits. Source: catalogue C1-F9; domain-facts 7.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, bindparam, case, or_, select

from boss_tui.components.invoices.invoice_requests import said_of
from boss_tui.components.ledger.ledger import OUTPUT_TAX
from boss_tui.taxes import Rated, summed
from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import Rule, columns_of, exists, total
from data.message import Message, say
from data.store import Reading
from data.tables.document import InvoiceRequest, PaperDocument, PaperTax
from data.tables.finance import Posting, PostingLine
from data.tables.order import ProductOrder

RULE = "invoice drawn later says what was put off"
PAGE = 500

_d, _q, _o = columns_of(PaperDocument), columns_of(InvoiceRequest), columns_of(ProductOrder)
_p, _l, _x = columns_of(Posting), columns_of(PostingLine), columns_of(PaperTax)
_back = _o.alias()
_original = and_(_d.c.kind == "invoice", or_(_d.c.state != "normal", _d.c.reason == ""))
_at_once = (_original, _d.c.amount > 0, _d.c.drawn_later == 0, _d.c.state != "void")
"""What an order writes with a negative amount takes back of another one's."""
_drawn = (_d.c.id == _q.c.document_id, _d.c.order_id == _q.c.order_id, _d.c.drawn_later == 1, _q.c.state == "drawn")

RULES = (
    Rule(
        9,
        "invoice drawn later was asked for",
        PaperDocument,
        select(_d.c.id.label("key"), _d.c.code.label("code"), _d.c.number.label("number")).where(
            _original, _d.c.drawn_later == 1, _d.c.state != "void", ~exists(*_drawn)
        ),
        say("Invoice {code}-{number} was drawn later, but nobody put it off."),
    ),
    Rule(
        9,
        "invoice that was put off is drawn once",
        InvoiceRequest,
        select(_q.c.order_id.label("key"), _o.c.serial.label("serial"))
        .select_from(_q.join(_o, _o.c.id == _q.c.order_id))
        .where(
            or_(
                and_(_q.c.state == "drawn", ~exists(*_drawn)),
                and_(_q.c.state != "drawn", _q.c.document_id.is_not(None)),
                exists(_d.c.order_id == _q.c.order_id, *_at_once),
            )
        ),
        say("Order {serial}: its invoice was put off, and does not stand as that says."),
    ),
    Rule(
        9,
        "no invoice waits of what was taken back",
        InvoiceRequest,
        select(_q.c.order_id.label("key"), _o.c.serial.label("serial"))
        .select_from(_q.join(_o, _o.c.id == _q.c.order_id))
        .where(_q.c.state == "waiting", or_(_o.c.state == "cancelled", exists(_back.c.reverses == _q.c.order_id))),
        say("Order {serial} was taken back, but its invoice waits to be drawn."),
    ),
)

_NEXT = select(*_q.c).where(_q.c.order_id > bindparam("after")).order_by(_q.c.order_id).limit(PAGE)
_HOLDS = select(*_q.c).where(_q.c.says.like(bindparam("holds"))).order_by(_q.c.order_id)
_RED = (
    select(_x.c.rate, _x.c.amount, _x.c.tax)
    .select_from(_x.join(_d, _d.c.id == _x.c.document_id))
    .where(_d.c.order_id == bindparam("of"), _d.c.kind == "invoice", _d.c.amount < 0, _d.c.drawn_later == 0)
)
_ENTERED = (
    select(_l.c.tax_rate, total(-_l.c.amount), total(case((_l.c.account == OUTPUT_TAX, -_l.c.amount), else_=0)))
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
    .where(_p.c.order_id == bindparam("of"), _p.c.business_date == bindparam("day"), _l.c.tax_rate != 0)
    .group_by(_l.c.tax_rate)
)


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Every invoice that was put off, page by page."""
    after = ""
    while page := reading.models(InvoiceRequest, _NEXT, after=after):
        for request in page:
            if (fault := _fault(reading, request)) is not None:
                yield Finding(9, RULE, "invoice_request", request.order_id, fault)
        after = page[-1].order_id


def _of_others(reading: Reading, request: InvoiceRequest) -> Iterator[Rated]:
    """What an order gave back of other orders: on their invoices, or off those that are drawn later."""
    for row in reading.rows(_RED, of=request.order_id):
        yield Rated(*row)
    for other in reading.models(InvoiceRequest, _HOLDS, holds=f'%"{request.order_id}"%'):
        yield from (line.rated for by, line in said_of(other).back if by == request.order_id and line.tax_rate)


def _fault(reading: Reading, request: InvoiceRequest) -> Message | None:
    order = reading.one(ProductOrder, id=request.order_id)
    serial = order.serial
    try:
        said = said_of(request)
    except (ValueError, KeyError, TypeError):
        return say("Order {serial}: what its invoice is to say can't be read.", serial=serial)
    entered = summed(Rated(*row) for row in reading.rows(_ENTERED, of=request.order_id, day=request.business_date))
    own = summed(line.rated for line in said.lines if line.tax_rate)
    if order.state != "cancelled" and own != entered and summed([*own, *_of_others(reading, request)]) != entered:
        return say("Order {serial}: the tax of its invoice that was put off is not the books'.", serial=serial)
    paper = reading.find(PaperDocument, id=request.document_id) if request.document_id else None
    if paper is None:
        return None
    told = summed(Rated(tax.rate, tax.amount, tax.tax) for tax in reading.all(PaperTax, document_id=paper.id))
    left = summed(line.rated for line in said.left if line.tax_rate)
    if paper.amount != sum(line.amount for line in said.left) or told != left:
        return say("Order {serial}: the invoice that was drawn later is not of what was put off.", serial=serial)
    return None
