"""Invariant 7: every print job is where its state says.

A job that ended has its time, one that waits has none; one that was tried is counted; 'sending' lasts minutes, and a
program that starts makes 'unknown' of what it finds so, so that none is older than a day. A job has its bytes, its
printer, and the document and order that it is of; a copy is not numbered higher than its document counts. What is set
to come out of a printer, and what stands in for one, is a printer that is there. States themselves are held by the
database. Source: design 3 and 8.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, or_, select

from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.document import PaperDocument
from data.tables.order import ProductOrder
from data.tables.printing import PrinterRoute
from data.tables.sync import Printer, PrintJob

_j, _d, _o, _p = columns_of(PrintJob), columns_of(PaperDocument), columns_of(ProductOrder), columns_of(Printer)
_r, _other = columns_of(PrinterRoute), columns_of(Printer).alias()
_ENDED = ("acknowledged", "unconfirmed", "unknown", "cancelled")
_STATES = ("queued", "sending", "refused", *_ENDED)
_job = (_j.c.id.label("key"), _j.c.title.label("title"))

RULES = (
    Rule(
        7,
        "print job state fits its time",
        PrintJob,
        select(*_job, _j.c.state.label("state")).where(
            or_(
                _j.c.state.not_in(_STATES),
                _j.c.state.in_(_ENDED) & (_j.c.ended_at == ""),
                _j.c.state.in_(("queued", "sending", "refused")) & (_j.c.ended_at != ""),
                _j.c.state.in_(("sending", "acknowledged", "unconfirmed", "refused", "unknown")) & (_j.c.attempts < 1),
            )
        ),
        say("Print {title} is {state}, which its time or its count of tries does not fit."),
    ),
    Rule(
        7,
        "print job is not sent for days",
        PrintJob,
        select(*_job, _j.c.queued_at.label("since")).where(
            _j.c.state == "sending", _j.c.queued_at < bindparam("long_ago")
        ),
        say("Print {title} is being sent since {since}."),
    ),
    Rule(
        7,
        "print job has bytes and printer",
        PrintJob,
        select(*_job, _j.c.printer.label("printer")).where(
            or_(func.length(_j.c.content) == 0, ~exists(_p.c.code == _j.c.printer))
        ),
        say("Print {title} has no bytes, or no printer {printer}."),
    ),
    Rule(
        7,
        "print job has its order and document",
        PrintJob,
        select(*_job).where(
            _j.c.order_id != "", or_(~exists(_o.c.id == _j.c.order_id), ~exists(_d.c.id == _j.c.document_id))
        ),
        say("Print {title} is of an order or document that is not there."),
    ),
    Rule(
        7,
        "copies are counted",
        PrintJob,
        select(*_job, _j.c.copy_number.label("copy"), _d.c.copies.label("copies"))
        .select_from(_j.join(_d, _d.c.id == _j.c.document_id))
        .where(_j.c.copy_number > _d.c.copies),
        say("Print {title} is copy {copy}; the document counts {copies}."),
    ),
    Rule(
        7,
        "papers are set to come out of a printer",
        PrinterRoute,
        select(
            _r.c.counter.label("key"),
            _r.c.kind.label("key_kind"),
            _r.c.counter.label("counter"),
            _r.c.printer.label("printer"),
        ).where(~exists((_p.c.code == _r.c.printer) & (_p.c.state != "removed"))),
        say("Papers of {counter} are set to come out of {printer}, which is not there."),
    ),
    Rule(
        7,
        "a printer's stand-in is another",
        Printer,
        select(_p.c.code.label("key"), _p.c.code.label("printer"), _p.c.stand_in.label("other")).where(
            or_(_p.c.stand_in != "", _p.c.fail_over != "never"),
            or_(
                _p.c.stand_in == _p.c.code,
                ~exists((_other.c.code == _p.c.stand_in) & (_other.c.state != "removed")),
            ),
        ),
        say("{other} is to stand in for {printer}, and is not another printer that is there."),
    ),
)
