"""Invariant 1: a bill is its lines, it is paid as its payments say, and the books are owed what is unpaid.

A bill's amount is the sum of its lines. What is paid of it is neither below nothing nor more than the whole, and its
state says how much: settled is all of it, partly paid some, sent nothing. What a posting's payments settle of bills is
what its lines take from the receivable account. That account holds, in all, what is unpaid of all bills.
Source: catalogue B1, C12, M18; design 5.1.
"""

from __future__ import annotations

from sqlalchemy import and_, func, literal, or_, select, union_all

from boss_tui.components.ledger.ledger import RECEIVABLE
from boss_tui.verify.rule import Rule, columns_of, total
from data.message import say
from data.tables.billing import BillLine, BillPayment, CustomerBill
from data.tables.finance import LedgerAccount, PostingLine

_b, _bl, _bp = columns_of(CustomerBill), columns_of(BillLine), columns_of(BillPayment)
_l = columns_of(PostingLine)
PAYMENT_ITEM = "bill_payment"

_sums = select(_bl.c.bill_id, total(_bl.c.amount).label("amount")).group_by(_bl.c.bill_id).subquery()
_sum = func.coalesce(_sums.c.amount, 0)
_sides = union_all(
    select(_bp.c.posting_id, _bp.c.amount.label("settled"), literal(0).label("posted")),
    select(_l.c.posting_id, literal(0), -_l.c.amount).where(_l.c.account == RECEIVABLE, _l.c.item == PAYMENT_ITEM),
).subquery()
_owed = select(total(_b.c.amount - _b.c.paid)).scalar_subquery()
_held = select(total(_l.c.amount)).where(_l.c.account == RECEIVABLE).scalar_subquery()

RULES = (
    Rule(
        1,
        "bill is the sum of its lines",
        CustomerBill,
        select(_b.c.id.label("key"), _b.c.month.label("month"), _b.c.amount.label("amount_fen"), _sum.label("sum_fen"))
        .select_from(_b.outerjoin(_sums, _sums.c.bill_id == _b.c.id))
        .where(_b.c.amount != _sum),
        say("The bill of {month} is of {amount_fen} yuan; its lines make {sum_fen}."),
    ),
    Rule(
        1,
        "bill is paid as its state says",
        CustomerBill,
        select(
            _b.c.id.label("key"),
            _b.c.month.label("month"),
            _b.c.state.label("state"),
            _b.c.paid.label("paid_fen"),
            _b.c.amount.label("amount_fen"),
        ).where(
            or_(
                _b.c.paid < 0,
                _b.c.paid > _b.c.amount,
                and_(_b.c.state == "settled", _b.c.paid != _b.c.amount),
                and_(_b.c.state == "partiallyPaid", or_(_b.c.paid == 0, _b.c.paid == _b.c.amount)),
                and_(_b.c.state.in_(("new", "validated", "sent")), _b.c.paid != 0),
            )
        ),
        say("The bill of {month} is {state}, with {paid_fen} of {amount_fen} yuan paid."),
    ),
    Rule(
        1,
        "bill payments are posted",
        BillPayment,
        select(
            _sides.c.posting_id.label("key"),
            total(_sides.c.settled).label("settled_fen"),
            total(_sides.c.posted).label("posted_fen"),
        )
        .group_by(_sides.c.posting_id)
        .having(total(_sides.c.settled) != total(_sides.c.posted)),
        say("{settled_fen} yuan of bills were paid with this posting; its lines settle {posted_fen}."),
    ),
    Rule(
        1,
        "receivables are the unpaid bills",
        LedgerAccount,
        select(literal(RECEIVABLE).label("key"), _held.label("held_fen"), _owed.label("owed_fen")).where(
            _held != _owed
        ),
        say("The receivable account holds {held_fen} yuan; {owed_fen} of bills are unpaid."),
    ),
)
