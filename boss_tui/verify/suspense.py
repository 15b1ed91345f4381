"""Invariant 1: money in suspense is what was taken for slips and has not gone out of it.

A slip holds what its entries make, never less than nothing, and nothing once it is settled. What was taken for a slip
has its entry. The entries of a posting are what it moved in the account of money in suspense, on its date and in its
shift; whatever moves that account has an entry. Who gave money back has said who got it. A slip is known by the
letters and digits of its number. Source: catalogue F9, F11; management-facts 7.1; design 5.1 and 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, bindparam, func, or_, select

from boss_tui.components.ledger.ledger import SUSPENSE
from boss_tui.components.slip_numbers import known_as
from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import Rule, columns_of, exists, side_by_side, total
from data.message import say
from data.store import Reading
from data.tables.finance import Posting, PostingLine, SuspenseEntry
from data.tables.order import HandwrittenSlip

KNOWN = "slip is known by its number"
PAGE = 5_000
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
_both = side_by_side(_by_posting, _posted, ("posting_id",), ("amount",)).c

RULES = (
    Rule(
        1,
        "slip holds what its entries make",
        HandwrittenSlip,
        select(
            _s.c.id.label("key"),
            _s.c.number.label("number"),
            _s.c.held.label("held_fen"),
            func.coalesce(_by_slip.c.amount, 0).label("made_fen"),
        )
        .select_from(_s.outerjoin(_by_slip, _by_slip.c.slip_id == _s.c.id))
        .where(or_(_s.c.held != func.coalesce(_by_slip.c.amount, 0), _s.c.held < 0)),
        say("Slip {number} says that {held_fen} yuan are in suspense; its entries make {made_fen}."),
    ),
    Rule(
        1,
        "settled slip holds nothing",
        HandwrittenSlip,
        select(_s.c.id.label("key"), _s.c.number.label("number"), _s.c.held.label("held_fen")).where(
            _s.c.state == "settled", _s.c.held != 0
        ),
        say("Slip {number} is settled, but {held_fen} yuan of it are in suspense."),
    ),
    Rule(
        1,
        "money of a slip was booked",
        HandwrittenSlip,
        select(_s.c.id.label("key"), _s.c.number.label("number"), _s.c.amount.label("taken_fen")).where(
            _s.c.amount != 0, ~exists(_e.c.slip_id == _s.c.id, _e.c.act == "taken", _e.c.amount == _s.c.amount)
        ),
        say("Slip {number} says that {taken_fen} yuan were taken; they were not booked."),
    ),
    Rule(
        1,
        "suspense is posted as it is entered",
        Posting,
        select(
            _both.posting_id.label("key"),
            _both.kept_amount.label("entered_fen"),
            _both.made_amount.label("posted_fen"),
        ).where(_both.kept_amount != _both.made_amount),
        say("The posting moves {posted_fen} yuan in suspense; the entries of its slips make {entered_fen}."),
    ),
    Rule(
        1,
        "suspense fits its posting",
        SuspenseEntry,
        select(_e.c.id.label("key"), _e.c.posting_id.label("posting"))
        .select_from(_e.join(_p, _p.c.id == _e.c.posting_id))
        .where(
            or_(
                _p.c.business_date != _e.c.business_date,
                _p.c.outlet != _e.c.outlet,
                func.coalesce(_p.c.shift_id, "") != _e.c.shift_id,
                and_(_e.c.act.in_(("taken", "returned")), _e.c.amount <= 0),
                and_(_e.c.act.in_(("given_back", "used")), _e.c.amount >= 0),
            )
        ),
        say("The entry is of another date, outlet or shift than its posting {posting}, or of the wrong sign."),
    ),
    Rule(
        1,
        "money given back says who got it",
        SuspenseEntry,
        select(_e.c.id.label("key"), _p.c.operator.label("operator"), _e.c.amount.label("back_fen"))
        .select_from(_e.join(_p, _p.c.id == _e.c.posting_id))
        .where(_e.c.act == "given_back", _p.c.note == ""),
        say("{operator} gave {back_fen} yuan of a slip back, and did not say to whom."),
    ),
)
_NUMBERS = select(_s.c.id, _s.c.number, _s.c.known_as).where(_s.c.id > bindparam("after")).order_by(_s.c.id).limit(PAGE)


def known(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Every slip's number against what the slip is known by: else the same slip could come in twice."""
    after = ""
    while page := reading.rows(_NUMBERS, after=after):
        for key, number, kept in page:
            if kept != known_as(number):
                told = say("Slip {number} is known as {kept}, which its number is not.", number=number, kept=kept)
                yield Finding(1, KNOWN, "handwritten_slip", key, told)
        after = page[-1][0]
