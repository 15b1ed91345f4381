"""Invariant 1: what headquarters has in suspense is the money of the exceptions that nobody has decided yet.

Outlet by outlet, and exception by exception. An outlet's own store has none of it. Source: design 6.
"""

from __future__ import annotations

from sqlalchemy import select

from boss_tui.components.ledger.put_aside import OFFICE, PUT_ASIDE
from boss_tui.verify.rule import Rule, columns_of, side_by_side, total
from data.message import say
from data.tables.finance import Posting, PostingLine
from data.tables.sync import SyncException

_e, _p, _l = columns_of(SyncException), columns_of(Posting), columns_of(PostingLine)
_held = (
    select(_p.c.note.label("id"), _p.c.till.label("outlet"), (-total(_l.c.amount)).label("amount"))
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
    .where(_p.c.outlet == OFFICE, _l.c.account == PUT_ASIDE)
    .group_by(_p.c.note, _p.c.till)
    .subquery()
)
_open = (
    select(_e.c.id, _e.c.outlet, _e.c.held.label("amount"))
    .where(_e.c.state == "open", _e.c.held != 0, select(_p.c.id).where(_p.c.outlet == OFFICE).exists())
    .subquery()
)
_both = side_by_side(_open, _held, ("id", "outlet"), ("amount",)).c

RULES = (
    Rule(
        1,
        "suspense is the money of open exceptions",
        SyncException,
        select(_both.id.label("key"), _both.kept_amount.label("told_fen"), _both.made_amount.label("held_fen")).where(
            _both.kept_amount != _both.made_amount
        ),
        say("The entry tells of {told_fen} yuan; headquarters has {held_fen} of it in suspense."),
    ),
)
