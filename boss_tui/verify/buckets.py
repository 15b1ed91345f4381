"""Invariant 1: a bucket holds what its entries say, and the books owe it.

A bucket's amount is the sum of its entries and not below zero. What a posting's entries add to a bucket is what its
lines credit to it. Each entry begins where another one ended: as many entries of a bucket begin at an amount as end
there, but for nothing, where the first begins, and the bucket's amount, where the last ends. That needs no clock, which
may have gone back. Headquarters books the entries of several outlets in any order: there the beginnings are not looked
at. A bucket holds at least what services rest on, and a hold ends with its service.
Source: catalogue F12, domain-facts 8, design 5.1, I2.
"""

from __future__ import annotations

from sqlalchemy import and_, case, func, literal, or_, select, union_all

from boss_tui.verify.rule import Rule, columns_of, exists, total
from data.message import say
from data.tables.account import BalanceBucket, BalanceEntry, BalanceHold
from data.tables.finance import PostingLine
from data.tables.order import ProductOrder, Subscription
from data.tables.sync import JournalHead

_b, _e, _l, _h = columns_of(BalanceBucket), columns_of(BalanceEntry), columns_of(PostingLine), columns_of(JournalHead)

_sums = select(_e.c.bucket_id, total(_e.c.amount).label("amount")).group_by(_e.c.bucket_id).subquery()
_moved = union_all(
    select(_e.c.posting_id, _e.c.bucket_id, _e.c.amount.label("entered"), literal(0).label("booked")),
    select(_l.c.posting_id, _l.c.bucket_id, literal(0), -_l.c.amount).where(_l.c.bucket_id.is_not(None)),
).subquery()
_steps = union_all(
    select(_e.c.bucket_id, _e.c.before.label("at"), literal(1).label("begins")),
    select(_e.c.bucket_id, _e.c.before + _e.c.amount, literal(-1)),
    select(_e.c.bucket_id, literal(0), literal(-1)).distinct(),
).subquery()
_loose = (
    select(_steps.c.bucket_id, _steps.c.at)
    .group_by(_steps.c.bucket_id, _steps.c.at)
    .having(func.sum(_steps.c.begins) > 0)
    .subquery()
)

_hold, _s, _o = columns_of(BalanceHold), columns_of(Subscription), columns_of(ProductOrder)
_reach = case((_hold.c.service == "roaming", _s.c.roaming), else_=_s.c.long_distance)
_UNDER_WAY = ("acknowledged", "inProgress", "held", "pending")

RULES = (
    Rule(
        1,
        "bucket holds what services rest on",
        BalanceBucket,
        select(_b.c.id.label("key"), _b.c.amount.label("holds_fen"), func.max(_hold.c.amount).label("rests_fen"))
        .select_from(_b.join(_hold, _hold.c.bucket_id == _b.c.id))
        .where(_hold.c.state == "active")
        .group_by(_b.c.id, _b.c.amount)
        .having(func.max(_hold.c.amount) > _b.c.amount),
        say("This bucket holds {holds_fen} yuan; services rest on {rests_fen}."),
    ),
    Rule(
        1,
        "hold ends with its service",
        BalanceHold,
        select(_hold.c.id.label("key"), _hold.c.amount.label("held_fen"), _s.c.number.label("number"))
        .select_from(_hold.join(_s, _s.c.id == _hold.c.subscription_id))
        .where(
            _hold.c.state == "active",
            or_(
                _s.c.state.in_(("terminated", "cancelled")),
                and_(
                    _reach != "international",
                    ~exists(_o.c.subscription_id == _s.c.id, _o.c.state.in_(_UNDER_WAY)),
                ),
            ),
        ),
        say("{held_fen} yuan are held for a service that {number} does not have."),
    ),
    Rule(
        1,
        "bucket is the sum of its entries",
        BalanceBucket,
        select(_b.c.id.label("key"), _b.c.amount.label("holds_fen"), func.coalesce(_sums.c.amount, 0).label("sum_fen"))
        .select_from(_b.outerjoin(_sums, _sums.c.bucket_id == _b.c.id))
        .where(_b.c.amount != func.coalesce(_sums.c.amount, 0)),
        say("This bucket holds {holds_fen} yuan; its entries make {sum_fen}."),
    ),
    Rule(
        1,
        "bucket not below zero",
        BalanceBucket,
        select(_b.c.id.label("key"), _b.c.amount.label("holds_fen")).where(_b.c.amount < 0),
        say("This bucket holds {holds_fen} yuan, which is below zero."),
    ),
    Rule(
        1,
        "bucket entries are posted",
        BalanceEntry,
        select(
            _moved.c.posting_id.label("key_posting"),
            _moved.c.bucket_id.label("key_bucket"),
            total(_moved.c.entered).label("entered_fen"),
            total(_moved.c.booked).label("booked_fen"),
        )
        .group_by(_moved.c.posting_id, _moved.c.bucket_id)
        .having(total(_moved.c.entered) != total(_moved.c.booked)),
        say("The entries of this posting add {entered_fen} yuan to the bucket; its lines owe it {booked_fen}."),
    ),
    Rule(
        1,
        "bucket entry follows another",
        BalanceEntry,
        select(_e.c.id.label("key"), _e.c.before.label("before_fen"))
        .select_from(_e.join(_loose, (_loose.c.bucket_id == _e.c.bucket_id) & (_loose.c.at == _e.c.before)))
        .where(exists(_h.c.outlet != "")),
        say("This entry begins at {before_fen} yuan, where no other entry of the bucket ended."),
    ),
)
