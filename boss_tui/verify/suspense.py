"""Invariant 1: money in suspense is what was taken for slips and has not gone out of it.

A slip holds what its entries make, never less than nothing, and nothing once it is settled. What was taken for a slip
has its entry. The entries of a posting are what it moved in the account of money in suspense, on its date and in its
shift; whatever moves that account has an entry. Source: catalogue F11; management-facts 7.1; design 5.1 and 6.
"""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from boss_tui.components.ledger import SUSPENSE
from boss_tui.verify.rule import Rule, columns_of, exists, total
from data.message import say
from data.tables.finance import Posting, PostingLine, SuspenseEntry
from data.tables.order import HandwrittenSlip

_s, _e = columns_of(HandwrittenSlip), columns_of(SuspenseEntry)
_p, _l = columns_of(Posting), columns_of(PostingLine)

_by_slip = select(_e.c.slip_id, total(_e.c.amount).label("amount")).group_by(_e.c.slip_id).subquery()
_by_posting = select(_e.c.posting_id, total(_e.c.amount).label("amount")).group_by(_e.c.posting_id).subquery()
_posted = (
    select(_l.c.posting_id, (-total(_l.c.amount)).label("amount"))
    .where(_l.c.account == SUSPENSE)
    .group_by(_l.c.posting_id)
    .subquery()
)
_entered, _booked = func.coalesce(_by_posting.c.amount, 0), func.coalesce(_posted.c.amount, 0)

RULES = (
    Rule(
        1, "slip holds what its entries make", HandwrittenSlip,
        select(
            _s.c.id.label("key"), _s.c.number.label("number"), _s.c.held.label("held_fen"),
            func.coalesce(_by_slip.c.amount, 0).label("made_fen"),
        )
        .select_from(_s.outerjoin(_by_slip, _by_slip.c.slip_id == _s.c.id))
        .where(or_(_s.c.held != func.coalesce(_by_slip.c.amount, 0), _s.c.held < 0)),
        say("Slip {number} says that {held_fen} yuan are in suspense; its entries make {made_fen}."),
    ),
    Rule(
        1, "settled slip holds nothing", HandwrittenSlip,
        select(_s.c.id.label("key"), _s.c.number.label("number"), _s.c.held.label("held_fen")).where(
            _s.c.state == "settled", _s.c.held != 0
        ),
        say("Slip {number} is settled, but {held_fen} yuan of it are in suspense."),
    ),
    Rule(
        1, "money of a slip was booked", HandwrittenSlip,
        select(_s.c.id.label("key"), _s.c.number.label("number"), _s.c.amount.label("taken_fen")).where(
            _s.c.amount != 0, ~exists(_e.c.slip_id == _s.c.id, _e.c.act == "taken", _e.c.amount == _s.c.amount)
        ),
        say("Slip {number} says that {taken_fen} yuan were taken; they were not booked."),
    ),
    Rule(
        1, "suspense is posted as it is entered", Posting,
        select(
            func.coalesce(_by_posting.c.posting_id, _posted.c.posting_id).label("key"), _entered.label("entered_fen"),
            _booked.label("posted_fen"),
        )
        .select_from(_by_posting.outerjoin(_posted, _posted.c.posting_id == _by_posting.c.posting_id, full=True))
        .where(_entered != _booked),
        say("The posting moves {posted_fen} yuan in suspense; the entries of its slips make {entered_fen}."),
    ),
    Rule(
        1, "suspense fits its posting", SuspenseEntry,
        select(_e.c.id.label("key"), _e.c.posting_id.label("posting"))
        .select_from(_e.join(_p, _p.c.id == _e.c.posting_id))
        .where(
            or_(
                _p.c.business_date != _e.c.business_date, _p.c.outlet != _e.c.outlet,
                func.coalesce(_p.c.shift_id, "") != _e.c.shift_id,
                and_(_e.c.act.in_(("taken", "returned")), _e.c.amount <= 0),
                and_(_e.c.act.in_(("given_back", "used")), _e.c.amount >= 0),
            )
        ),
        say("The entry is of another date, outlet or shift than its posting {posting}, or of the wrong sign."),
    ),
)  # fmt: skip
