"""Whether the books hold: every posting balances, running totals and buckets are the sums (design 5).

Questions only: what is found is told, nothing is put right here.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, cast, func, select

from data.store import Reading
from data.tables.account import BalanceBucket, BalanceEntry
from data.tables.finance import Posting, PostingLine, RunningTotal

_p = Posting.table()
_l = PostingLine.table()
_t = RunningTotal.table()
_b = BalanceBucket.table()
_e = BalanceEntry.table()

_UNBALANCED = select(_l.c.posting_id).group_by(_l.c.posting_id).having(func.sum(_l.c.amount) != 0)
_KEY = (_p.c.outlet, _p.c.business_date, _p.c.till, _l.c.account)
_summed = (
    select(
        *_KEY, cast(func.sum(_l.c.amount), BigInteger).label("amount"), func.count(_p.c.id.distinct()).label("postings")
    )
    .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
    .group_by(*_KEY)
)
_SUMS = _summed.order_by(*_KEY)
_KEPT = select(_t.c.outlet, _t.c.business_date, _t.c.till, _t.c.account, _t.c.amount, _t.c.postings).order_by(
    _t.c.outlet, _t.c.business_date, _t.c.till, _t.c.account
)
_moved = select(_e.c.bucket_id, func.sum(_e.c.amount).label("amount")).group_by(_e.c.bucket_id).subquery()
_BUCKETS = (
    select(_b.c.id)
    .select_from(_b.outerjoin(_moved, _moved.c.bucket_id == _b.c.id))
    .where(_b.c.amount != func.coalesce(_moved.c.amount, 0))
)


def unbalanced(reading: Reading) -> list[str]:
    """Keys of postings whose lines do not add up to nothing."""
    return [key for (key,) in reading.rows(_UNBALANCED)]


def totals_that_differ(reading: Reading) -> list[tuple[str, str, str, str]]:
    """(outlet, business date, till, account) of running totals that are not the sums of their lines."""
    kept = {row[:4]: row[4:] for row in reading.rows(_KEPT)}
    summed = {row[:4]: row[4:] for row in reading.rows(_SUMS)}
    return sorted(key for key in kept.keys() | summed.keys() if kept.get(key) != summed.get(key))


def buckets_that_differ(reading: Reading) -> list[str]:
    """Keys of buckets whose amount is not the sum of their entries."""
    return [key for (key,) in reading.rows(_BUCKETS)]
