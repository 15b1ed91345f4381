"""Invariant 1: a till's cash is its float plus its postings.

The float of a shift was posted into its till. A closed shift expected what its postings make, counted what its pieces
make, differs by the difference of the two, posted that difference, and handed over all that was counted, so that its
till is empty. Z numbers of a till rise by one, without gap or double; an open shift has none, and stands on a business
date that is open. Source: catalogue F11, M11; design 5.1; I2.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from boss_tui.components.ledger.ledger import CASH
from boss_tui.components.till.figures import AT_CLOSE
from boss_tui.verify.rule import Rule, columns_of, exists, total
from data.message import say
from data.tables.finance import BusinessDay, Posting, PostingLine, Shift, ShiftCount

_p, _l, _s = columns_of(Posting), columns_of(PostingLine), columns_of(Shift)
_c, _d = columns_of(ShiftCount), columns_of(BusinessDay)


def _cash(where: Any) -> Any:
    return total(case((where, _l.c.amount), else_=0))


_moved = (
    select(
        _p.c.shift_id,
        _cash(_l.c.item == "float").label("floated"),
        _cash(_l.c.item.not_in(AT_CLOSE)).label("expected"),
        _cash(_l.c.item == "difference").label("difference"),
        _cash(_l.c.item == "handover").label("handed"),
    )
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
    .where(_l.c.account == CASH, _p.c.shift_id.is_not(None))
    .group_by(_p.c.shift_id)
    .subquery()
)
_counts = (
    select(_c.c.shift_id, total(_c.c.denomination * _c.c.pieces).label("counted")).group_by(_c.c.shift_id).subquery()
)
_all = _s.outerjoin(_moved, _moved.c.shift_id == _s.c.id).outerjoin(_counts, _counts.c.shift_id == _s.c.id)
_closed = _s.c.state == "closed"


def _differs(said: Any, made: Any, *where: Any) -> Select[Any]:
    made = func.coalesce(made, 0)
    return (
        select(_s.c.id.label("key"), _s.c.till.label("till"), said.label("said_fen"), made.label("made_fen"))
        .select_from(_all)
        .where(said != made, *where)
    )


_before = func.lag(_s.c.z_number).over(partition_by=_s.c.till, order_by=_s.c.z_number)
_numbered = (
    select(_s.c.id, _s.c.till, _s.c.z_number, _before.label("before")).where(_s.c.z_number.is_not(None)).subquery()
)

RULES = (
    Rule(
        1,
        "float was posted",
        Shift,
        _differs(_s.c.float_amount, _moved.c.floated),
        say("The shift says it began with {said_fen} yuan at till {till}; {made_fen} were posted."),
    ),
    Rule(
        1,
        "expected cash is float plus postings",
        Shift,
        _differs(_s.c.expected_cash, _moved.c.expected, _closed),
        say("The shift says {said_fen} yuan were expected in till {till}; float and postings make {made_fen}."),
    ),
    Rule(
        1,
        "counted cash is its pieces",
        Shift,
        _differs(_s.c.counted_cash, _counts.c.counted, _closed),
        say("The shift says {said_fen} yuan were counted in till {till}; the pieces make {made_fen}."),
    ),
    Rule(
        1,
        "difference is counted less expected",
        Shift,
        _differs(_s.c.difference, _s.c.counted_cash - _s.c.expected_cash, _closed),
        say("The shift says till {till} was {said_fen} yuan over; counted less expected is {made_fen}."),
    ),
    Rule(
        1,
        "difference was posted",
        Shift,
        _differs(_s.c.difference, _moved.c.difference, _closed),
        say("The shift says till {till} was {said_fen} yuan over; {made_fen} were posted as difference."),
    ),
    Rule(
        1,
        "counted cash was handed over",
        Shift,
        _differs(_s.c.counted_cash, -_moved.c.handed, _closed),
        say("{said_fen} yuan were counted in till {till}; {made_fen} were handed over."),
    ),
    Rule(
        1,
        "no hand-over from an open shift",
        Shift,
        select(_s.c.id.label("key"), _s.c.till.label("till"))
        .select_from(_all)
        .where(
            _s.c.state != "closed",
            or_(
                _moved.c.handed != 0,
                _moved.c.difference != 0,
                _counts.c.counted.is_not(None),
                _s.c.z_number.is_not(None),
                _s.c.closed_at != "",
            ),
        ),
        say("The shift at till {till} is open, but it was counted, handed over or numbered."),
    ),
    Rule(
        1,
        "closed shift has its Z number",
        Shift,
        select(_s.c.id.label("key"), _s.c.till.label("till")).where(
            _closed, or_(_s.c.z_number.is_(None), _s.c.closed_at == "", _s.c.closed_by == "")
        ),
        say("The shift at till {till} is closed without Z number, time or person."),
    ),
    Rule(
        1,
        "Z numbers rise by one",
        Shift,
        select(
            _numbered.c.id.label("key"),
            _numbered.c.till.label("till"),
            _numbered.c.z_number.label("z_number"),
            _numbered.c.before.label("before"),
        ).where(_numbered.c.z_number != _numbered.c.before + 1),
        say("Z number {z_number} of till {till} follows {before}."),
    ),
    Rule(
        1,
        "open shift stands on an open day",
        Shift,
        select(_s.c.id.label("key"), _s.c.till.label("till"), _s.c.business_date.label("date")).where(
            _s.c.state != "closed",
            ~exists(and_(_d.c.outlet == _s.c.outlet, _d.c.business_date == _s.c.business_date, _d.c.state == "open")),
        ),
        say("The shift at till {till} is open, but its business date {date} is not."),
    ),
)
