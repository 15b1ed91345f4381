"""Invariant 1: running totals are the sums.

For each outlet, business date, till and account the running total is the sum of the posting lines, and its count is the
number of postings that have such lines. Source: design 4, I9.
"""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from boss_tui.verify.rule import Rule, columns_of, total
from data.message import say
from data.tables.finance import Posting, PostingLine, RunningTotal

_p, _l, _t = columns_of(Posting), columns_of(PostingLine), columns_of(RunningTotal)
_KEY = ("outlet", "business_date", "till", "account")

_of = (_p.c.outlet, _p.c.business_date, _p.c.till, _l.c.account)
_sums = (
    select(*_of, total(_l.c.amount).label("amount"), func.count(_p.c.id.distinct()).label("postings"))
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
    .group_by(*_of)
    .subquery()
)
_same = and_(*(_t.c[name] == _sums.c[name] for name in _KEY))

RULES = (
    Rule(
        1,
        "running total is the sum",
        RunningTotal,
        select(
            *(func.coalesce(_t.c[name], _sums.c[name]).label(f"key_{name}") for name in _KEY),
            func.coalesce(_t.c.amount, 0).label("kept_fen"),
            func.coalesce(_sums.c.amount, 0).label("sum_fen"),
            func.coalesce(_t.c.postings, 0).label("postings"),
            func.coalesce(_sums.c.postings, 0).label("counted"),
        )
        .select_from(_t.outerjoin(_sums, _same, full=True))
        .where(
            or_(
                func.coalesce(_t.c.amount, 0) != func.coalesce(_sums.c.amount, 0),
                func.coalesce(_t.c.postings, 0) != func.coalesce(_sums.c.postings, 0),
            )
        ),
        say(
            "The running total is {kept_fen} yuan in {postings} {postings:posting|postings}; the lines make {sum_fen} "
            "in {counted}."
        ),
    ),
)
