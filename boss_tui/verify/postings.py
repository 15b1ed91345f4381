"""Invariant 1: every posting balances.

The lines of a posting add up to nothing, and there are lines. A posting that belongs to a shift stands at that shift's
till, or one that its drawer was taken out of, on its business date and in its outlet; money of an account that is kept
by till moves in a shift only. Source: catalogue F11, design 5.1, I2.
"""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from boss_tui.verify.rule import Rule, columns_of, exists, total
from data.message import say
from data.tables.finance import DrawerMove, LedgerAccount, Posting, PostingLine, Shift

_p, _l, _s, _a = columns_of(Posting), columns_of(PostingLine), columns_of(Shift), columns_of(LedgerAccount)
_d = columns_of(DrawerMove)

RULES = (
    Rule(
        1,
        "posting balances",
        Posting,
        select(_l.c.posting_id.label("key"), total(_l.c.amount).label("over_fen"))
        .group_by(_l.c.posting_id)
        .having(total(_l.c.amount) != 0)
        .order_by(_l.c.posting_id),
        say("The lines of this posting add up to {over_fen} yuan, not to nothing."),
    ),
    Rule(
        1,
        "posting has lines",
        Posting,
        select(_p.c.id.label("key")).where(~exists(_l.c.posting_id == _p.c.id)),
        say("This posting has no lines."),
    ),
    Rule(
        1,
        "posting fits its shift",
        Posting,
        select(_p.c.id.label("key"), _p.c.till.label("till"), _s.c.till.label("of_shift"))
        .select_from(_p.join(_s, _s.c.id == _p.c.shift_id))
        .where(
            or_(
                and_(_s.c.till != _p.c.till, ~exists(_d.c.shift_id == _s.c.id, _d.c.till == _p.c.till)),
                _s.c.business_date != _p.c.business_date,
                _s.c.outlet != _p.c.outlet,
            )
        ),
        say("This posting is at till {till}, but its shift is at {of_shift}, or of another date or outlet."),
    ),
    Rule(
        1,
        "till cash moves in a shift",
        PostingLine,
        select(
            _l.c.posting_id.label("key_posting"),
            _l.c.line.label("key_line"),
            _l.c.account.label("account"),
            _l.c.amount.label("amount_fen"),
        )
        .select_from(_l.join(_p, _p.c.id == _l.c.posting_id).join(_a, _a.c.code == _l.c.account))
        .where(_a.c.per_till == 1, _p.c.shift_id.is_(None), _l.c.amount != 0),
        say("{amount_fen} yuan moved in account {account}, which is kept by till, outside of any shift."),
    ),
)
