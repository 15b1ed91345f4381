"""Invariant 9: what orders sold is what they were paid for.

Of each order and business date, the pieces that are charged by an item of their own (handset, SIM card, number,
recharge card) are worth what was posted for those items, tax included; what an order that was taken back sold is taken
back with it. An item stands on a business date of its order's outlet. Source: catalogue F13, F11; design 5.9.
"""

from __future__ import annotations

from sqlalchemy import or_, select

from boss_tui.components.ledger.ledger import CARDS_SOLD, OUTPUT_TAX
from boss_tui.components.statistics import CHARGED_AS
from boss_tui.verify.rule import Rule, columns_of, exists, side_by_side, total
from data.message import say
from data.tables.finance import Payment, Posting, PostingLine
from data.tables.order import OrderItem, ProductOrder
from data.tables.tariff import ChargeItem

_i, _o, _p, _l = columns_of(OrderItem), columns_of(ProductOrder), columns_of(Posting), columns_of(PostingLine)
_t, _y = columns_of(ChargeItem), columns_of(Payment)

_sold = (
    select(_i.c.order_id, _i.c.business_date, total(_i.c.amount).label("amount"))
    .where(_i.c.kind.in_(tuple(CHARGED_AS)))
    .group_by(_i.c.order_id, _i.c.business_date)
    .subquery()
)
_credited = select(_t.c.ledger_account).where(_t.c.code.in_(tuple(CHARGED_AS.values())))
_posted = (
    select(_p.c.order_id, _p.c.business_date, (-total(_l.c.amount)).label("amount"))
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
    .where(
        _p.c.order_id.is_not(None),
        exists(_y.c.posting_id == _p.c.id),
        _l.c.item.in_(tuple(CHARGED_AS.values())),
        or_(_l.c.account.in_(_credited), _l.c.account.in_((OUTPUT_TAX, CARDS_SOLD))),
        _l.c.bucket_id.is_(None),
    )
    .group_by(_p.c.order_id, _p.c.business_date)
    .subquery()
)
_both = side_by_side(_sold, _posted, ("order_id", "business_date"), ("amount",)).c
_left = (
    select(_i.c.order_id, _i.c.kind, _i.c.product, total(_i.c["count"]).label("pieces"))
    .group_by(_i.c.order_id, _i.c.kind, _i.c.product)
    .subquery()
)

RULES = (
    Rule(
        9,
        "what was sold was paid for",
        ProductOrder,
        select(
            _both.order_id.label("key"),
            _both.kept_amount.label("sold_fen"),
            _both.made_amount.label("posted_fen"),
        ).where(_both.kept_amount != _both.made_amount),
        say("The order sold pieces of {sold_fen} yuan; {posted_fen} were posted for them."),
    ),
    Rule(
        9,
        "what a cancelled order sold came back",
        ProductOrder,
        select(_o.c.id.label("key"), _left.c.product.label("product"), _left.c.pieces.label("pieces"))
        .select_from(_left.join(_o, _o.c.id == _left.c.order_id))
        .where(_o.c.state == "cancelled", _left.c.pieces != 0),
        say("The order is cancelled, but {pieces} of {product} stand as sold by it."),
    ),
    Rule(
        9,
        "what was sold is of its order",
        OrderItem,
        select(_i.c.id.label("key"), _o.c.serial.label("serial"))
        .select_from(_i.join(_o, _o.c.id == _i.c.order_id))
        .where(or_(_i.c.outlet != _o.c.outlet, _i.c.business_date < _o.c.business_date)),
        say("What order {serial} sold stands at another outlet, or before its day."),
    ),
)
