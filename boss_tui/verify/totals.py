"""Invariant 1: running totals are the sums.

For each outlet, business date, till and account the running total is the sum of the posting lines, and its count is the
number of postings that have such lines. Source: design 4, I9.
"""

from __future__ import annotations

from sqlalchemy import func, or_, select

from boss_tui.verify.rule import Rule, columns_of, side_by_side, total
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
_both = side_by_side(_t, _sums, _KEY, ("amount", "postings")).c

RULES = (
    Rule(
        1,
        "running total is the sum",
        RunningTotal,
        select(
            *(_both[name].label(f"key_{name}") for name in _KEY),
            _both.kept_amount.label("kept_fen"),
            _both.made_amount.label("sum_fen"),
            _both.kept_postings.label("postings"),
            _both.made_postings.label("counted"),
        ).where(or_(_both.kept_amount != _both.made_amount, _both.kept_postings != _both.made_postings)),
        say(
            "The running total is {kept_fen} yuan in {postings} {postings:posting|postings}; the lines make {sum_fen} "
            "in {counted}."
        ),
    ),
)
