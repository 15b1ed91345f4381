"""Invariant 4: a document says what its row says.

The content of a document is of its row's kind and shows its number. The rows of an invoice or receipt add up to the
row's amount, which is shown in bold figures as the total; the amount that follows the total of an invoice, or of
another paper with tax, is the tax in it, the row's. A paper that is red has a red-letter one, of its own order or of
the one that takes that back: of opposite amount and tax, that names it. Of a cancelled order no invoice or receipt
stands unreversed. A payment has a document (taking back one of nothing only makes its slip void; a deposit that was
paid with others has its receipt with theirs), and a document made here has its print job (a restored store has lost
the jobs of epochs before: those are not looked for); so has the voucher of what was paid out. Content is read as data,
so that the language of the paper does not matter. Source: catalogue C1-F9, M9; domain-facts 7, 8.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Text, bindparam, cast, or_, select

from boss_tui.components.documents import paper_content
from boss_tui.verify.finding import Finding
from boss_tui.verify.own_orders import made_here
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.store import Reading
from data.tables.document import PaperDocument
from data.tables.finance import Payment
from data.tables.order import ProductOrder
from data.tables.sync import PrintJob

RULE = "document says what its row says"
PAGE = 500

_r = columns_of(PaperDocument).alias()
_d, _y, _o, _j = columns_of(PaperDocument), columns_of(Payment), columns_of(ProductOrder), columns_of(PrintJob)
_NEXT = (
    select(_d.c.id, _d.c.kind, _d.c.code, _d.c.number, _d.c.amount, _d.c.tax, _d.c.content)
    .where(_d.c.id > bindparam("after"))
    .order_by(_d.c.id)
    .limit(PAGE)
)

_back = _o.alias()
_red = (
    _r.c.kind == _d.c.kind,
    _r.c.state == "normal",
    _r.c.reason.like(_d.c.code + "-%" + cast(_d.c.number, Text)),
    _r.c.amount == -_d.c.amount,
    _r.c.tax == -_d.c.tax,
)
"""What a red-letter paper must be; it is of the same order, or of the one that reverses it."""

RULES = (
    Rule(
        4,
        "payment has its document",
        ProductOrder,
        select(_o.c.id.label("key"), _o.c.serial.label("serial")).where(
            exists(_y.c.order_id == _o.c.id, or_(_y.c.due != 0, _o.c.reverses.is_(None))),
            ~exists(_d.c.order_id == _o.c.id),
            ~exists(_d.c.collection == _o.c.collection, _o.c.collection != ""),
        ),
        say("Order {serial} was paid, but has no document."),
    ),
    Rule(
        4,
        "document has its print job",
        PaperDocument,
        select(_d.c.id.label("key"), _d.c.code.label("code"), _d.c.number.label("number"))
        .select_from(_d.join(_o, _o.c.id == _d.c.order_id))
        .where(made_here(_o), ~exists(_j.c.document_id == _d.c.id)),
        say("Document {code}-{number} has no print job."),
    ),
    Rule(
        4,
        "what is paid out has its refund voucher",
        ProductOrder,
        select(_o.c.id.label("key"), _o.c.serial.label("serial")).where(
            made_here(_o),
            exists(_y.c.order_id == _o.c.id, _y.c.due < 0),
            ~exists(_j.c.document_id == _o.c.id),
        ),
        say("Order {serial} paid money out, but has no refund voucher."),
    ),
    Rule(
        4,
        "reversed document has its red letter",
        PaperDocument,
        select(_d.c.id.label("key"), _d.c.code.label("code"), _d.c.number.label("number")).where(
            _d.c.state == "red",
            ~exists(_r.c.order_id == _d.c.order_id, *_red),
            ~exists(_back.c.reverses == _d.c.order_id, _r.c.order_id == _back.c.id, *_red),
        ),
        say("Document {code}-{number} is red, but nothing reverses it."),
    ),
    Rule(
        4,
        "cancelled order's papers are reversed",
        PaperDocument,
        select(_d.c.id.label("key"), _d.c.code.label("code"), _d.c.number.label("number"))
        .select_from(_d.join(_o, _o.c.id == _d.c.order_id))
        .where(_o.c.state == "cancelled", _d.c.state == "normal", _d.c.reason == ""),
        say("Document {code}-{number} stands, but its order is cancelled."),
    ),
)


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Every document, page by page."""
    after = ""
    while page := reading.rows(_NEXT, after=after):
        for key, kind, code, number, amount, tax, content in page:
            fault = paper_content.says_otherwise(kind, f"{code}-{number:08d}", amount, tax, content)
            if fault is not None:
                yield Finding(4, RULE, "paper_document", key, fault)
        after = page[-1][0]
