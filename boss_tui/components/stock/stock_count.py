"""Counting the stock 库存盘点: SIM cards, blank cards, handsets and recharge cards, held against the books (M7, M11).

Plain functions over a unit of work. A count changes nothing of the stock: it puts on record what was found, when, by
whom. What differs needs a reason and a supervisor's word; headquarters sees to the rest. What differs, and by how much,
is told to supervisors alone: others count blind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import bindparam, func, select

from boss_tui.components.stations import shelf
from boss_tui.components.stock.stock_book import Piece, book, called
from boss_tui.components.till import blind, cash
from boss_tui.components.till.cash_limits import is_supervisor
from data.clock import new_key
from data.errors import Differs, NotAllowed
from data.message import Message, first_of, say
from data.states import kind_name
from data.store import Reading, UnitOfWork
from data.tables.stock import StockCount, StockPiece

_c = StockCount.table()
_LAST = select(func.max(_c.c.number)).where(_c.c.outlet == bindparam("outlet"))
MOST = 1_000_000
"""Pieces of one kind: more is a slip of the finger."""


def count(
    tx: UnitOfWork, found: Mapping[Piece, int], *, reason: str = "", approved_by: str = ""
) -> tuple[StockCount, list[StockPiece]]:
    """Put a count on record: pieces found, by kind and what they are of. What is not named was not counted.
    `approved_by`: the supervisor whose word it has, who may be the one who counts. NotAllowed names the field: counts,
    reason, approved_by."""
    expected = book(tx, shelf(tx, tx.author.outlet))
    _must_be_counted(found, expected)
    differs = {piece: pieces - expected[piece] for piece, pieces in found.items() if pieces != expected[piece]}
    if differs:
        must_be_answered(tx, reason, approved_by, apart=first_of([*_told(tx, differs)]))
    blind.accept(tx, _subject(tx, _next_number(tx, tx.author.outlet)), _keys(found))
    counted = {piece: (expected[piece], found[piece]) for piece in expected if piece in found}
    return on_record(tx, counted, reason=reason, approved_by=approved_by if differs else "")


def must_be_answered(tx: UnitOfWork, reason: str, approved_by: str, *, apart: Message) -> None:
    """Differs: a count that differs from the books lacks its reason, or a supervisor's word. `apart`: what differs, for
    those who are told what must be there."""
    told = cash.differing(0, hidden=True)
    if is_supervisor(tx, tx.author.operator):
        told = say("{differs} ({apart})", differs=told, apart=apart)
    cash.must_be_explained(reason, told)
    if not approved_by:
        raise Differs(say("{apart}: a supervisor must see it and approve.", apart=told), field="approved_by")


def _told(reading: Reading, differs: Mapping[Piece, int]) -> Iterator[Message]:
    """By how many pieces each kind is over or short."""
    for (kind, of), pieces in differs.items():
        what = say("{kind} {of}", kind=kind_name(kind), of=called(reading, kind, of))
        yield (
            say("{what}: {n} over", what=what, n=pieces)
            if pieces > 0
            else say("{what}: {n} short", what=what, n=-pieces)
        )


def on_record(
    tx: UnitOfWork, counted: Mapping[Piece, tuple[int, int]], *, reason: str = "", approved_by: str = ""
) -> tuple[StockCount, list[StockPiece]]:
    """A count under the next number: what was expected and what was found, by kind and what it is of."""
    author = tx.author
    row = tx.add(
        StockCount,
        id=new_key(tx.clock),
        outlet=author.outlet,
        number=_next_number(tx, author.outlet),
        business_date=author.business_date,
        reason=reason.strip(),
        counted_by=author.operator,
        approved_by=approved_by,
        made_at=tx.now(),
    )
    pieces = [
        tx.add(StockPiece, count_id=row.id, kind=kind, of=of, expected=expected, counted=found)
        for (kind, of), (expected, found) in counted.items()
    ]
    return row, pieces


def put_down(tx: UnitOfWork, found: Mapping[Piece, int], *, hidden: bool, signed_by: str = "") -> blind.PutDown | None:
    """Put a count down before the books are asked about it (`blind.put_down`): until one is accepted, or the business
    date ends, what is found is of the same count."""
    outlet = tx.author.outlet
    _must_be_counted(found, book(tx, shelf(tx, outlet)))
    subject = _subject(tx, _next_number(tx, outlet))
    return blind.put_down(tx, subject, _keys(found), hidden=hidden, signed_by=signed_by)


def _subject(tx: UnitOfWork, number: int) -> str:
    return f"stock {tx.author.business_date} {number}"


def _keys(found: Mapping[Piece, int]) -> dict[str, int]:
    return {f"{kind}:{of}": pieces for (kind, of), pieces in found.items()}


def _next_number(reading: Reading, outlet: str) -> int:
    return int(reading.scalar(_LAST, outlet=outlet) or 0) + 1


def _must_be_counted(found: Mapping[Piece, int], expected: Mapping[Piece, int]) -> None:
    if not found:
        raise NotAllowed(say("Count something first: a number of pieces beside it."), field="counts")
    for (kind, of), pieces in found.items():
        if (kind, of) not in expected:
            raise NotAllowed(say("There is no stock here of {what}.", what=f"{kind}:{of}"), field="counts")
        if not 0 <= pieces <= MOST:
            raise NotAllowed(say("How many pieces, such as 12."), field="counts")
