"""Invariant 4: an electronic invoice has its number when it is issued, and no more is taken back of it than it is of.

An invoice that was put off and asked of the tax platform has one there. Source: management-facts 7.3; catalogue M9.
"""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from boss_tui.components.invoices.electronic_slips import ENDED
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.document import InvoiceRequest
from data.tables.electronic import ElectronicInvoice, RedConfirmation

_e, _r, _q = columns_of(ElectronicInvoice), columns_of(RedConfirmation), columns_of(InvoiceRequest)
_taken = (
    select(_r.c.invoice_id, func.sum(_r.c.amount).label("fen"))
    .where(_r.c.state.not_in(ENDED))
    .group_by(_r.c.invoice_id)
    .subquery()
)

RULES = (
    Rule(
        4,
        "electronic invoice is issued under its number",
        ElectronicInvoice,
        select(_e.c.id.label("key"), _e.c.state.label("state"), _e.c.number.label("number")).where(
            or_(
                and_(_e.c.state == "issued", func.length(_e.c.number) != 20),
                and_(_e.c.state != "issued", _e.c.number != ""),
            )
        ),
        say("The electronic invoice is {state}, and its number is {number}."),
    ),
    Rule(
        4,
        "no more of an electronic invoice is taken back than it is of",
        ElectronicInvoice,
        select(_e.c.id.label("key"), _taken.c.fen.label("taken"), _e.c.amount.label("amount"))
        .select_from(_e.join(_taken, _taken.c.invoice_id == _e.c.id))
        .where(_taken.c.fen > _e.c.amount),
        say("{taken} fen are taken back of an electronic invoice of {amount}."),
    ),
    Rule(
        4,
        "what was asked of the tax platform is there",
        InvoiceRequest,
        select(_q.c.order_id.label("key")).where(_q.c.state == "electronic", ~exists(_e.c.order_id == _q.c.order_id)),
        say("An electronic invoice was asked for, and there is none."),
    ),
)
