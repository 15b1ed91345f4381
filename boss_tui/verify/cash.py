"""Invariant 1: cash that is not there is never taken, and what moves cash without an order has its slip.

Neither a drawer nor the safe of an outlet ever held less than nothing, at whatever posting one stops. Postings are
looked at in the order of their times; where that says so, the journal's own order decides, since a clock may have been
set back. A movement says what its posting moved, slips are numbered without gap, a bank's paper moves cash once each
way, the counts of the safe are their pieces and what they found over or short was posted, what was ticked off at a
close is what the shift took so. Source: catalogue F11, M11; design 5.1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import BigInteger, bindparam, case, cast, func, select

from boss_tui.components.ledger.ledger import CASH, SAFE
from boss_tui.forms.typed import yuan
from boss_tui.verify import journals
from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import Rule, columns_of, total
from data.journal import changes_of
from data.message import Message, say
from data.store import Reading
from data.tables.finance import (
    CashMovement,
    Payment,
    PaymentTender,
    Posting,
    PostingLine,
    SafeCount,
    SafePiece,
    ShiftTender,
)

DRAWER, IN_SAFE = "drawer never below nothing", "safe never below nothing"

_p, _l, _m = columns_of(Posting), columns_of(PostingLine), columns_of(CashMovement)
_c, _e = columns_of(SafeCount), columns_of(SafePiece)
_k, _y, _t = columns_of(ShiftTender), columns_of(Payment), columns_of(PaymentTender)


def _moves(account: str, place: Any) -> Any:
    """What each posting moved in an account, and where: one row each."""
    return (
        select(_p.c.id, _p.c.outlet, _p.c.made_at, place.label("place"), total(_l.c.amount).label("amount"))
        .select_from(_l.join(_p, _p.c.id == _l.c.posting_id))
        .where(_l.c.account == account, place.is_not(None))
        .group_by(_p.c.id, _p.c.outlet, _p.c.made_at, place)
        .subquery()
    )


def _suspects(moves: Any) -> Any:
    """Where the running sum is below nothing at some time, by the clock."""
    held = cast(
        func.sum(moves.c.amount).over(partition_by=moves.c.place, order_by=(moves.c.made_at, moves.c.id)), BigInteger
    )
    running = select(moves.c.outlet, moves.c.place, held.label("held")).subquery()
    return select(running.c.outlet, running.c.place).where(running.c.held < 0).distinct().order_by(running.c.place)


def _of(moves: Any) -> Any:
    """The moves of one place, by the clock."""
    return (
        select(moves.c.id, moves.c.amount)
        .where(moves.c.place == bindparam("place"))
        .order_by(moves.c.made_at, moves.c.id)
    )


_DRAWER, _SAFE = _moves(CASH, _p.c.shift_id), _moves(SAFE, _p.c.outlet)
_PLACES = (
    (
        DRAWER,
        "shift",
        _suspects(_DRAWER),
        _of(_DRAWER),
        say("The drawer of this shift held {held} yuan after posting {posting}."),
    ),
    (IN_SAFE, "outlet", _suspects(_SAFE), _of(_SAFE), say("The safe held {held} yuan after posting {posting}.")),
)


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Each drawer and safe that held less than nothing, with the first posting after which it did."""
    known: dict[str, dict[str, int]] = {}
    for rule, table, suspects, moves, message in _PLACES:
        for outlet, place in reading.rows(suspects):
            if outlet not in known:
                known[outlet] = _order(reading, outlet)
            below = _first_below(reading.rows(moves, place=place), known[outlet])
            if below is not None:
                posting, held = below
                yield Finding(
                    1, rule, table, place, Message(message.template, {"held": yuan(held), "posting": posting})
                )


def _order(reading: Reading, outlet: str) -> dict[str, int]:
    """The place of each posting in the outlet's journal; what stood there before the journal has none."""
    places: dict[str, int] = {}
    for page in journals.pages(reading, outlet):
        for entry in page:
            for change in _changes(entry.body):
                if change.table == Posting.__tablename__ and change.op == "add":
                    places[change.key[0]] = len(places) + 1
    return places


def _changes(body: str) -> Iterable[Any]:
    """The changes of an entry; none when it can't be read, which the chain tells."""
    try:
        return changes_of(body)
    except (ValueError, KeyError, TypeError):
        return ()


def _first_below(moves: Iterable[tuple[Any, ...]], places: dict[str, int]) -> tuple[str, int] | None:
    """The first posting after which there is less than nothing, and how much: in the journal's order."""
    held, at = 0, defaultdict(int, places)
    for posting, amount in sorted(moves, key=lambda move: at[move[0]]):  # stable: by the clock before the journal
        held += amount
        if held < 0:
            return posting, held
    return None


def _differs(said: Any, made: Any, joined: Any, key: Any, *where: Any) -> Any:
    made = func.coalesce(made, 0)
    return (
        select(key.label("key"), said.label("said_fen"), made.label("made_fen"))
        .select_from(joined)
        .where(said != made, *where)
    )


_posted = (
    select(
        _l.c.posting_id,
        _l.c.item,
        total(case((_l.c.amount > 0, _l.c.amount), else_=0)).label("amount"),
        total(case((_l.c.account == SAFE, _l.c.amount), else_=0)).label("safe"),
    )
    .group_by(_l.c.posting_id, _l.c.item)
    .subquery()
)
_found = select(_e.c.count_id, total(_e.c.denomination * _e.c.pieces).label("found")).group_by(_e.c.count_id).subquery()
_paid = (
    select(_y.c.shift_id, _t.c.kind, total(_t.c.amount).label("amount"))
    .select_from(_t.join(_y, _y.c.id == _t.c.payment_id))
    .group_by(_y.c.shift_id, _t.c.kind)
    .subquery()
)
_before = func.lag(_m.c.number).over(partition_by=_m.c.outlet, order_by=_m.c.number)
_numbered = select(_m.c.id, _m.c.outlet, _m.c.number, func.coalesce(_before, 0).label("before")).subquery()

RULES = (
    Rule(
        1,
        "cash movement is what was posted",
        CashMovement,
        _differs(
            _m.c.amount,
            _posted.c.amount,
            _m.outerjoin(_posted, (_posted.c.posting_id == _m.c.posting_id) & (_posted.c.item == _m.c.purpose)),
            _m.c.id,
        ),
        say("The slip says that {said_fen} yuan were moved; {made_fen} were posted."),
    ),
    Rule(
        1,
        "cash slips are numbered",
        CashMovement,
        select(
            _numbered.c.id.label("key"), _numbered.c.number.label("number"), _numbered.c.before.label("before")
        ).where(_numbered.c.number != _numbered.c.before + 1),
        say("Cash slip {number} follows {before}."),
    ),
    Rule(
        1,
        "bank's paper moves cash once",
        CashMovement,
        select(func.max(_m.c.id).label("key"), _m.c.reference.label("reference"), func.count().label("n"))
        .where(_m.c.purpose.in_(("deposit", "withdrawal")))
        .group_by(_m.c.outlet, _m.c.purpose, _m.c.reference)
        .having(func.count() > 1),
        say("The bank's paper {reference} has moved cash {n} times."),
    ),
    Rule(
        1,
        "slips ticked off are those of the shift",
        ShiftTender,
        select(
            _k.c.shift_id.label("key_shift"),
            _k.c.kind.label("key_kind"),
            _k.c.amount.label("said_fen"),
            func.coalesce(_paid.c.amount, 0).label("made_fen"),
        )
        .select_from(_k.outerjoin(_paid, (_paid.c.shift_id == _k.c.shift_id) & (_paid.c.kind == _k.c.kind)))
        .where(_k.c.amount != func.coalesce(_paid.c.amount, 0)),
        say("Slips of {said_fen} yuan were ticked off at the close; the shift took {made_fen} so."),
    ),
    Rule(
        1,
        "count of the safe is its pieces",
        SafeCount,
        _differs(_c.c.counted, _found.c.found, _c.outerjoin(_found, _found.c.count_id == _c.c.id), _c.c.id),
        say("The count says that {said_fen} yuan were in the safe; the pieces make {made_fen}."),
    ),
    Rule(
        1,
        "difference of the safe was posted",
        SafeCount,
        _differs(
            _c.c.counted - _c.c.expected,
            _posted.c.safe,
            _c.outerjoin(_posted, (_posted.c.posting_id == _c.c.posting_id) & (_posted.c.item == "difference")),
            _c.c.id,
        ),
        say("The safe was {said_fen} yuan over; {made_fen} were posted as difference."),
    ),
    Rule(
        1,
        "difference of the safe is counted less expected",
        SafeCount,
        _differs(_c.c.difference, _c.c.counted - _c.c.expected, _c, _c.c.id),
        say("The count says that the safe was {said_fen} yuan over; counted less expected is {made_fen}."),
    ),
)
