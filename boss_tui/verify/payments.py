"""Invariant 1: what was due was paid, and what was paid was posted.

The tenders of a payment, net of change, make what was due; what was tendered less the change is due too. Its posting is
of the same order and shift, and moves each tender's account by that tender. An order's amount is what its payments were
due; an order that brought money has a payment. Of a cancelled order all was given back: its payments make nothing, in
each kind of tender, and those of its own direction make its amount. The reference of a slip, cheque or transfer pays
one order of an outlet, or those that were paid in one go, unless it was taken back (`tenders.references`). Source:
catalogue C1-F11, F12, process 3; I2.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, func, literal, literal_column, or_, select, union_all

from boss_tui.components.ledger.ledger import SUSPENSE as SUSPENSE_ACCOUNT
from boss_tui.verify.rule import Rule, columns_of, total
from data.message import say
from data.tables.finance import Payment, PaymentTender, Posting, PostingLine, TenderKind
from data.tables.mobile import MobilePayment
from data.tables.order import ProductOrder
from data.tender_kinds import STANDARD, SUSPENSE

_y, _t = columns_of(Payment), columns_of(PaymentTender)
_p, _l, _o = columns_of(Posting), columns_of(PostingLine), columns_of(ProductOrder)

_tenders = select(_t.c.payment_id, total(_t.c.amount).label("amount")).group_by(_t.c.payment_id).subquery()
_dues = (
    select(
        _y.c.order_id,
        total(_y.c.due).label("due"),
        total(case((_y.c.due > 0, _y.c.due), else_=0)).label("taken"),
        total(case((_y.c.due < 0, _y.c.due), else_=0)).label("given"),
    )
    .group_by(_y.c.order_id)
    .subquery()
)
_cancelled = _o.c.state == "cancelled"
_own = case((_cancelled & (_o.c.amount > 0), _dues.c.taken), (_cancelled, _dues.c.given), else_=_dues.c.due)
_k = columns_of(TenderKind)
_account = func.coalesce(
    select(_k.c.account).where(_k.c.code == _t.c.kind).scalar_subquery(),
    case({row["code"]: row["account"] for row in STANDARD}, value=_t.c.kind, else_=""),
)
_accounts = union_all(select(_k.c.account), *(select(literal(row["account"])) for row in STANDARD))
_sides = union_all(
    select(_y.c.id, _account.label("account"), _t.c.amount.label("tendered"), literal(0).label("posted")).select_from(
        _t.join(_y, _y.c.id == _t.c.payment_id)
    ),
    select(_y.c.id, _l.c.account, literal(0), _l.c.amount)
    .select_from(_l.join(_y, _y.c.posting_id == _l.c.posting_id))
    .where(_l.c.account.in_(_accounts), or_(_y.c.order_id.is_not(None), _l.c.account != SUSPENSE_ACCOUNT)),
).subquery()

_m = columns_of(MobilePayment)


def _moved(way: Any) -> Any:
    """Fen that tenders of mobile payment moved in one direction, by our number of the payment."""
    return (
        select(_t.c.reference, total(_t.c.amount).label("amount"))
        .select_from(_t.join(_k, _k.c.code == _t.c.kind))
        .where(_k.c.provider != "", way)
        .group_by(_t.c.reference)
        .subquery()
    )


_came, _went = _moved(_t.c.amount > 0), _moved(_t.c.amount < 0)
_refunds = (
    select(_m.c.refund_of, total(_m.c.amount).label("amount"))
    .where(_m.c.refund_of != "")
    .group_by(_m.c.refund_of)
    .subquery()
)

_once = or_(
    _t.c.kind.in_(select(_k.c.code).where(_k.c.reference == 1, _k.c.provider == "", _k.c.code != SUSPENSE)),
    and_(
        _t.c.kind.in_(
            [row["code"] for row in STANDARD if row["reference"] and not row["provider"] and row["code"] != SUSPENSE]
        ),
        _t.c.kind.not_in(select(_k.c.code)),
    ),
)
_reference = func.upper(func.replace(_t.c.reference, literal_column("' '"), literal_column("''")))
_first = _o.alias("first")
_together = func.coalesce(func.nullif(_first.c.collection, ""), _first.c.id, "")
_numbered = (
    select(
        _y.c.outlet,
        _t.c.kind,
        _reference.label("reference"),
        func.coalesce(func.max(_first.c.id), func.max(_y.c.id)).label("order_id"),
        func.coalesce(func.max(_first.c.serial), "-").label("serial"),
        total(_t.c.amount).label("amount"),
    )
    .select_from(
        _t.join(_y, _y.c.id == _t.c.payment_id)
        .outerjoin(_o, _o.c.id == _y.c.order_id)
        .outerjoin(_first, _first.c.id == func.coalesce(_o.c.reverses, _o.c.id))
    )
    .where(_once)
    .group_by(_y.c.outlet, _t.c.kind, _reference, _together)
    .having(total(_t.c.amount) != 0)
    .subquery()
)
"""Fen that moved under one reference, by order, by what was paid in one go, or for slips that can't be done; what was
taken back is not there."""

RULES = (
    Rule(
        1,
        "tenders make what was due",
        Payment,
        select(
            _y.c.id.label("key"), _y.c.due.label("due_fen"), func.coalesce(_tenders.c.amount, 0).label("tenders_fen")
        )
        .select_from(_y.outerjoin(_tenders, _tenders.c.payment_id == _y.c.id))
        .where(_y.c.due != func.coalesce(_tenders.c.amount, 0)),
        say("{due_fen} yuan were due; the tenders make {tenders_fen}."),
    ),
    Rule(
        1,
        "tendered less change is due",
        Payment,
        select(
            _y.c.id.label("key"),
            _y.c.due.label("due_fen"),
            _y.c.tendered.label("tendered_fen"),
            _y.c.change.label("change_fen"),
        ).where(_y.c.tendered - _y.c.change != _y.c.due),
        say("{due_fen} yuan were due; {tendered_fen} were tendered and {change_fen} given back."),
    ),
    Rule(
        1,
        "payment fits its posting",
        Payment,
        select(_y.c.id.label("key"), _y.c.posting_id.label("posting"))
        .select_from(_y.join(_p, _p.c.id == _y.c.posting_id))
        .where(
            or_(
                func.coalesce(_p.c.order_id, "") != func.coalesce(_y.c.order_id, ""),
                func.coalesce(_p.c.shift_id, "") != _y.c.shift_id,
                _p.c.outlet != _y.c.outlet,
            )
        ),
        say("The payment's posting {posting} is of another order, shift or outlet."),
    ),
    Rule(
        1,
        "tenders were posted",
        Payment,
        select(
            _sides.c.id.label("key"),
            _sides.c.account.label("account"),
            total(_sides.c.tendered).label("tendered_fen"),
            total(_sides.c.posted).label("posted_fen"),
        )
        .group_by(_sides.c.id, _sides.c.account)
        .having(total(_sides.c.tendered) != total(_sides.c.posted)),
        say("{tendered_fen} yuan were taken for account {account}; {posted_fen} were posted there."),
    ),
    Rule(
        1,
        "order amount is what was due",
        ProductOrder,
        select(
            _o.c.id.label("key"),
            _o.c.serial.label("serial"),
            _o.c.amount.label("amount_fen"),
            func.coalesce(_own, 0).label("due_fen"),
        )
        .select_from(_o.outerjoin(_dues, _dues.c.order_id == _o.c.id))
        .where(_o.c.amount != func.coalesce(_own, 0)),
        say("Order {serial} is of {amount_fen} yuan; its payments were due {due_fen}."),
    ),
    Rule(
        1,
        "cancelled order gave all back",
        ProductOrder,
        select(
            _o.c.id.label("key"),
            _o.c.serial.label("serial"),
            _t.c.kind.label("tender"),
            total(_t.c.amount).label("left_fen"),
        )
        .select_from(_o.join(_y, _y.c.order_id == _o.c.id).join(_t, _t.c.payment_id == _y.c.id))
        .where(_cancelled)
        .group_by(_o.c.id, _o.c.serial, _t.c.kind)
        .having(total(_t.c.amount) != 0),
        say("Order {serial} is cancelled, but its payments leave {left_fen} yuan ({tender})."),
    ),
    Rule(
        1,
        "reference pays once",
        ProductOrder,
        select(
            func.max(_numbered.c.order_id).label("key"),
            _numbered.c.kind.label("tender"),
            _numbered.c.reference,
            func.min(_numbered.c.serial).label("serial"),
            func.max(_numbered.c.serial).label("other"),
        )
        .group_by(_numbered.c.outlet, _numbered.c.kind, _numbered.c.reference, _numbered.c.amount > 0)
        .having(func.count() > 1),
        say("Orders {serial} and {other} were paid under one reference ({tender} {reference})."),
    ),
    Rule(
        1,
        "reference stands once in a payment",
        Payment,
        select(_t.c.payment_id.label("key"), _t.c.kind.label("tender"), _reference.label("reference"))
        .where(_once)
        .group_by(_t.c.payment_id, _t.c.kind, _reference)
        .having(func.count() > 1),
        say("The payment has one reference twice ({tender} {reference})."),
    ),
    Rule(
        1,
        "mobile payment is booked once",
        MobilePayment,
        select(
            _m.c.order_no.label("key"),
            _m.c.amount.label("paid_fen"),
            func.coalesce(_came.c.amount, 0).label("booked_fen"),
        )
        .select_from(_m.outerjoin(_came, _came.c.reference == _m.c.order_no))
        .where(
            _m.c.refund_of == "",
            case((_m.c.booked == 1, _m.c.amount), else_=0) != func.coalesce(_came.c.amount, 0),
        ),
        say("A mobile payment of {paid_fen} yuan is booked with {booked_fen}."),
    ),
    Rule(
        1,
        "what is booked was paid",
        MobilePayment,
        select(_m.c.order_no.label("key"), _m.c.state.label("state")).where(_m.c.booked == 1, _m.c.state != "paid"),
        say("A mobile payment is booked, but it is {state}."),
    ),
    Rule(
        1,
        "mobile payment was asked for",
        PaymentTender,
        select(_t.c.payment_id.label("key_payment"), _t.c.line.label("key_line"), _t.c.kind.label("tender"))
        .select_from(_t.join(_k, _k.c.code == _t.c.kind).outerjoin(_m, _m.c.order_no == _t.c.reference))
        .where(_k.c.provider != "", _m.c.order_no.is_(None)),
        say("Nobody was asked for this tender ({tender})."),
    ),
    Rule(
        1,
        "mobile payment goes back once",
        MobilePayment,
        select(
            _m.c.order_no.label("key"),
            (-func.coalesce(_went.c.amount, 0)).label("booked_fen"),
            (-func.coalesce(_refunds.c.amount, 0)).label("refunded_fen"),
        )
        .select_from(
            _m.outerjoin(_went, _went.c.reference == _m.c.order_no).outerjoin(
                _refunds, _refunds.c.refund_of == _m.c.order_no
            )
        )
        .where(_m.c.refund_of == "", func.coalesce(_went.c.amount, 0) != func.coalesce(_refunds.c.amount, 0)),
        say("Of a mobile payment {booked_fen} yuan went back in the books; {refunded_fen} were asked back."),
    ),
)
