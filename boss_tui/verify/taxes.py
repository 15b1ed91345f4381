"""Invariant 9: the tax that papers say is the tax in the books, rate by rate.

For each order, business date and rate of tax: what its papers say was taxed, and the tax in it, is what its postings
enter; for orders that were paid in one go, of all of them together, since they have one receipt. Where no invoice is
written at the payment the receipt says the tax; an invoice that is drawn later says it once more, and enters nothing
(`verify.invoices`). A paper's own tax is the sum of its rates'. Output tax of an order is entered in a shift, so that
the shifts make the day. What red-letter papers take back of one is not more than it was of. The tax that waits in the
books is the tax in unpaid bills. Source: catalogue C1-F9, F11; domain-facts 7; management-facts 7.1; design 5.9.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Integer, and_, bindparam, case, cast, func, literal, or_, select, union_all

from boss_tui.components.billing.bill_taxes import still_open
from boss_tui.components.ledger.ledger import DEFERRED_TAX, OUTPUT_TAX
from boss_tui.forms.typed import yuan
from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import Rule, columns_of, total
from data.message import say
from data.store import Reading
from data.tables.billing import CustomerBill
from data.tables.document import PaperDocument, PaperTax
from data.tables.finance import Posting, PostingLine
from data.tables.order import ProductOrder

WAITING = "waiting tax is that of unpaid bills"
PAGE = 500

_d, _t, _o = columns_of(PaperDocument), columns_of(PaperTax), columns_of(ProductOrder)
_p, _l, _b = columns_of(Posting), columns_of(PostingLine), columns_of(CustomerBill)

_one = _o.alias()
_whole = case(
    (_one.c.collection == "", _one.c.id),
    else_=select(func.min(_o.c.id)).where(_o.c.collection == _one.c.collection).correlate(_one).scalar_subquery(),
)
"""The order that stands for all that were paid with it."""
_of_collection = select(func.min(_o.c.id)).where(_o.c.collection == _d.c.collection).correlate(_d).scalar_subquery()

_said = (
    select(
        case((_d.c.order_id.is_(None), _of_collection), else_=_whole).label("order_id"),
        _d.c.business_date,
        _t.c.rate,
        _t.c.amount.label("said"),
        _t.c.tax.label("said_tax"),
        literal(0).label("entered"),
        literal(0).label("entered_tax"),
    )
    .select_from(_t.join(_d, _d.c.id == _t.c.document_id).outerjoin(_one, _one.c.id == _d.c.order_id))
    .where(_d.c.state != "void", _d.c.drawn_later == 0)
)
_entered = (
    select(
        _whole,
        _p.c.business_date,
        _l.c.tax_rate,
        literal(0),
        literal(0),
        -_l.c.amount,
        case((_l.c.account == OUTPUT_TAX, -_l.c.amount), else_=0),
    )
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id).join(_one, _one.c.id == _p.c.order_id))
    .where(or_(_l.c.tax_rate != 0, _l.c.account == OUTPUT_TAX))
)
_sides = union_all(_said, _entered).subquery()
_rates = select(_t.c.document_id, total(_t.c.tax).label("tax")).group_by(_t.c.document_id).subquery()
_red = _d.alias()
_back = (
    select(_red.c.kind, _red.c.reason, total(_red.c.amount).label("amount"))
    .where(_red.c.state == "normal", _red.c.reason != "", _red.c.amount < 0)
    .group_by(_red.c.kind, _red.c.reason)
    .subquery()
)
_DIGITS = 8
"""Of a document's number: it stands after its code and a dash, where a red-letter paper names it."""
_code = func.substr(_back.c.reason, 1, func.length(_back.c.reason) - _DIGITS - 1)
_tail = func.substr(_back.c.reason, func.length(_back.c.reason) - _DIGITS + 1, _DIGITS)
_named = and_(_back.c.kind == _d.c.kind, _code == _d.c.code, cast(_tail, Integer) == _d.c.number)
_UNPAID = select(*_b.c).where(_b.c.id > bindparam("after"), _b.c.paid != _b.c.amount).order_by(_b.c.id).limit(PAGE)
_HELD = select(total(-_l.c.amount)).where(_l.c.account == DEFERRED_TAX)

RULES = (
    Rule(
        9,
        "tax of papers is the books'",
        ProductOrder,
        select(
            _o.c.id.label("key"),
            _o.c.serial.label("serial"),
            _sides.c.business_date.label("day"),
            _sides.c.rate.label("rate_fen"),
            total(_sides.c.said).label("said_fen"),
            total(_sides.c.said_tax).label("said_tax_fen"),
            total(_sides.c.entered).label("entered_fen"),
            total(_sides.c.entered_tax).label("entered_tax_fen"),
        )
        .select_from(_sides.join(_o, _o.c.id == _sides.c.order_id))
        .group_by(_o.c.id, _o.c.serial, _sides.c.business_date, _sides.c.rate)
        .having(
            or_(
                total(_sides.c.said) != total(_sides.c.entered),
                total(_sides.c.said_tax) != total(_sides.c.entered_tax),
            )
        ),
        say(
            "Order {serial} on {day}: its papers say {said_tax_fen} yuan of tax in {said_fen} at {rate_fen} %, the "
            "books enter {entered_tax_fen} in {entered_fen}."
        ),
    ),
    Rule(
        9,
        "paper's tax is that of its rates",
        PaperDocument,
        select(
            _d.c.id.label("key"),
            _d.c.code.label("code"),
            _d.c.number.label("number"),
            _d.c.tax.label("tax_fen"),
            func.coalesce(_rates.c.tax, 0).label("rates_fen"),
        )
        .select_from(_d.outerjoin(_rates, _rates.c.document_id == _d.c.id))
        .where(_d.c.tax != func.coalesce(_rates.c.tax, 0)),
        say("Document {code}-{number} has {tax_fen} yuan of tax; its rates make {rates_fen}."),
    ),
    Rule(
        9,
        "output tax is entered in a shift",
        Posting,
        select(_l.c.posting_id.label("key"), (-_l.c.amount).label("tax_fen"))
        .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
        .where(_l.c.account == OUTPUT_TAX, _p.c.order_id.is_not(None), _p.c.shift_id.is_(None)),
        say("{tax_fen} yuan of output tax of an order are entered outside of any shift."),
    ),
    Rule(
        9,
        "red letters are of what there was",
        PaperDocument,
        select(
            _d.c.id.label("key"),
            _d.c.code.label("code"),
            _d.c.number.label("number"),
            _d.c.amount.label("amount_fen"),
            _back.c.amount.label("back_fen"),
        )
        .select_from(_d.join(_back, _named))
        .where(_d.c.amount + _back.c.amount < 0),
        say("Document {code}-{number} is of {amount_fen} yuan; red-letter ones take back {back_fen}."),
    ),
)


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """The tax that waits, over all unpaid bills."""
    waits, after = 0, ""
    while bills := reading.models(CustomerBill, _UNPAID, after=after):
        waits += sum(one.tax for bill in bills for one in still_open(reading, bill))
        after = bills[-1].id
    held = int(reading.scalar(_HELD))
    if held != waits:
        told = say(
            "{held} yuan of tax wait in the books, {waits} are in unpaid bills.", held=yuan(held), waits=yuan(waits)
        )
        yield Finding(9, WAITING, "ledger_account", DEFERRED_TAX, told)
