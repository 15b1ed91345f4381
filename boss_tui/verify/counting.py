"""Invariant 1: a count that was made blind is kept as it was put down, and another one has a supervisor's word.

Counts of a subject are numbered without gap; the one that a shift was closed by says what the shift does. Once the
books have answered to a count, another one is accepted with a supervisor who signed on for it, and so is the third in
any case: nobody finds out by trying what must be there. Source: `boss_tui.components.till.blind`; catalogue M7, M11.
"""

from __future__ import annotations

from sqlalchemy import func, or_, select

from boss_tui.components.till.blind import ALONE
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.counting import BlindCount
from data.tables.finance import Shift

_b, _s = columns_of(BlindCount), columns_of(Shift)
_other = _b.alias("other")
_before = func.lag(_b.c.number).over(partition_by=(_b.c.outlet, _b.c.subject), order_by=_b.c.number)
_numbered = select(_b.c.id, _b.c.subject, _b.c.number, func.coalesce(_before, 0).label("before")).subquery()

RULES = (
    Rule(
        1,
        "a count after the books have answered has a supervisor's word",
        BlindCount,
        select(_b.c.id.label("key"), _b.c.subject.label("subject"), _b.c.number.label("number")).where(
            _b.c.state == "accepted",
            _b.c.approved_by == "",
            or_(
                _b.c.number > ALONE,
                exists(
                    _other.c.outlet == _b.c.outlet,
                    _other.c.subject == _b.c.subject,
                    _other.c.id != _b.c.id,
                    _other.c.state == "answered",
                ),
            ),
        ),
        say("Count {number} of {subject} was accepted, and no supervisor signed on for it."),
    ),
    Rule(
        1,
        "a count that was put down is the shift's",
        BlindCount,
        select(
            _b.c.id.label("key"),
            _s.c.till.label("till"),
            _b.c.amount.label("said_fen"),
            _s.c.counted_cash.label("made_fen"),
        )
        .select_from(_b.join(_s, _s.c.id == _b.c.subject))
        .where(_b.c.state == "accepted", or_(_s.c.state != "closed", _b.c.amount != _s.c.counted_cash)),
        say("{said_fen} yuan were put down at till {till}; the shift was closed with {made_fen}."),
    ),
    Rule(
        1,
        "counts that are put down rise by one",
        BlindCount,
        select(
            _numbered.c.id.label("key"),
            _numbered.c.subject.label("subject"),
            _numbered.c.number.label("number"),
            _numbered.c.before.label("before"),
        ).where(_numbered.c.number != _numbered.c.before + 1),
        say("Count {number} of {subject} follows count {before}."),
    ),
)
