"""Handing scarce things down, of each kind in `boss_tui.sync.scarce`, in blocks that one outlet holds; asking for them
back.

Free things are those that no outlet holds. They are taken in one transaction (on PostgreSQL past rows that another
transaction is taking), so that no two outlets get the same. A block never comes back by time alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select, true

from boss_tui.components.operators.access import note_access
from boss_tui.components.resources.leases import ENDED
from boss_tui.headquarters.feed import publish_rows
from boss_tui.headquarters.history import held
from boss_tui.headquarters.office import Office, Refuse, author, enrolled_row
from boss_tui.headquarters.restored import all_heard
from boss_tui.headquarters.returning import NO_PART, put_aside_unsold
from boss_tui.sync.scarce import IN_TRANSIT, KINDS, PIECES, handed
from boss_tui.sync.shapes import LeaseRequest
from data.clock import moment, new_key, on_the_wall, stamp
from data.errors import Conflict, NotAllowed, OutOfStock
from data.journal import canonical
from data.message import say
from data.parameters import LEASE_DAYS, LEASE_GRACE_DAYS
from data.states import kind_name, state_name
from data.store import Store, UnitOfWork
from data.tables.base import Table
from data.tables.document import DocumentRange
from data.tables.resource import NumberGrade, SimCard
from data.tables.stock import RechargeCard
from data.tables.stockroom import CardBatch, SimBatch
from data.tables.sync import Lease

Rows = dict[str, list[dict[str, Any]]]


_range, _sims, _cards = DocumentRange.table(), SimBatch.table(), CardBatch.table()
_WHOLE: dict[type[Table], Select[Any]] = {
    SimCard: select(_sims.c.id),
    RechargeCard: select(_cards.c.id).where(_cards.c.accepted_at != ""),
}
"""The batches of which pieces are handed down: those that came whole; of recharge cards those that were counted."""


def free_here(kind: str) -> ColumnElement[bool]:
    """What can be handed down of a kind: whole, and nobody's."""
    about = PIECES[kind]
    table: Any = about.model.table()
    whole = _WHOLE.get(about.model)
    is_whole = true() if whole is None else or_(table.c.batch_id == "", table.c.batch_id.in_(whole))
    return and_(table.c.outlet == "", table.c.state == about.free, is_whole)


@cache
def _free(kind: str, *, of: bool) -> Select[Any]:
    """Free pieces of a kind, of one sort or of any."""
    about = PIECES[kind]
    table: Any = about.model.table()
    key = table.c[about.key]
    statement = select(*table.columns).where(
        free_here(kind), key >= bindparam("first_key"), key <= bindparam("last_key")
    )
    if of and about.sort:
        statement = statement.where(table.c[about.sort] == bindparam("of_sort"))
    order = [table.c[name] for name in (about.sort, about.key) if name]
    return statement.order_by(*order).limit(bindparam("most")).with_for_update(skip_locked=True)


_FREE_RANGES = (
    select(*_range.columns)
    .where(_range.c.outlet == "", _range.c.state == "open", _range.c.kind == bindparam("of_kind"))
    .where(or_(bindparam("of_code") == "", _range.c.code == bindparam("of_code")))
    .order_by(_range.c.code, _range.c.first_number)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


class Wanted(Struct, frozen=True):
    """What is to be handed down. `of`: a grade of numbers, a kind of card, a model of handset, the face value of a
    recharge card in fen, or a code of documents; empty is any. `first`, `last`: between which keys, if said."""

    outlet: str
    kind: str
    pieces: int
    of: str
    lease_id: str
    first: str = ""
    last: str = ""


def hand_down(
    store: Store,
    outlet: str,
    kind: str,
    pieces: int,
    sell_until: str,
    *,
    of: str = "",
    lease_id: str = "",
    by: str = "",
) -> Lease:
    """Hand a block to an outlet: as many as there are, up to `pieces`; documents in one range.

    kind: one of `scarce.KINDS`. `sell_until` as `data.clock.stamp` makes it. The same
    `lease_id` again answers the same lease; with another content it is a Conflict. OutOfStock when nothing is free.
    `by`: who handed it down, which is put on record; nobody where the outlet has asked by itself.
    """
    with store.transaction(author(outlet, "lease"), journalled=False, lock=outlet) as tx:
        lease = hand(tx, Wanted(outlet, kind, pieces, of, lease_id or new_key(tx.clock)), sell_until)
        if by:
            note_access(tx, "lease", lease.id, operator=by)
        return lease


def hand(tx: UnitOfWork, wanted: Wanted, sell_until: str) -> Lease:
    """As `hand_down`, in a transaction that holds the outlet's lock."""
    before = tx.find(Lease, id=wanted.lease_id)
    if before is not None:
        if (before.outlet, before.kind, before.of) != (wanted.outlet, wanted.kind, wanted.of):
            raise Conflict(say("This request was made before, for something else."))
        return before
    if enrolled_row(tx, wanted.outlet).closed_at:
        raise NotAllowed(say("Outlet {outlet} is closed: nothing is handed to it.", outlet=wanted.outlet))
    all_heard(tx)
    take = _take_pieces if wanted.kind in PIECES else _take_range
    rows, content, count = take(tx, wanted)
    if not count:
        raise OutOfStock(say("Headquarters has no free {kind} left.", kind=kind_name(wanted.kind)))
    lease = _lease(tx, wanted, sell_until, content, count)
    publish_rows(tx, wanted.outlet, "lease", {"lease": [_row(lease)], **rows})
    return lease


def _lease(tx: UnitOfWork, wanted: Wanted, sell_until: str, content: dict[str, Any], count: int) -> Lease:
    reclaim_after = stamp(moment(sell_until) + timedelta(days=LEASE_GRACE_DAYS.of(tx)))
    return tx.add(
        Lease,
        id=wanted.lease_id,
        kind=wanted.kind,
        of=wanted.of,
        outlet=wanted.outlet,
        content=canonical(content),
        pieces=count,
        handed_at=tx.now(),
        sell_until=sell_until,
        reclaim_after=reclaim_after,
    )


def _take_pieces(tx: UnitOfWork, wanted: Wanted) -> tuple[Rows, dict[str, Any], int]:
    about = PIECES[wanted.kind]
    found = free_pieces(tx, wanted.kind, wanted.pieces, wanted.of, (wanted.first, wanted.last or END_OF_KEYS))
    given = _give(tx, found, wanted)
    rows = {str(about.model.__tablename__): [handed(about.model, row) for row in given]}
    return rows, {}, len(given)


END_OF_KEYS = "~"
"""Comes after every key of a piece."""


def free_pieces(
    tx: UnitOfWork, kind: str, pieces: int, of: str, between: tuple[str, str] = ("", END_OF_KEYS)
) -> list[Any]:
    """So many free pieces of a kind with keys between two, or as many as there are, in their order; of numbers the
    ordinary ones first. OutOfStock: of no such sort."""
    about = PIECES[kind]
    sort = about.sort_of(of) if of else ""
    if sort is None or (sort and not about.sort):
        raise OutOfStock(say("There is no {kind} of {of}.", kind=kind_name(kind), of=of))
    wanted = [sort] if sort else _ordinary_first(tx) if kind == "number" else [""]
    (first, last), found = between, list[Any]()
    for each in wanted:
        asked = {"of_sort": each} if each else {}
        room = pieces - len(found)
        found += tx.models(about.model, _free(kind, of=bool(each)), most=room, first_key=first, last_key=last, **asked)
        if len(found) == pieces:
            break
    return found


def _ordinary_first(tx: UnitOfWork) -> list[str]:
    """The grades of numbers, those without a fee first: who asks for any is not given the dearest."""
    grades = sorted(tx.all(NumberGrade), key=lambda grade: (grade.fee, grade.minimum_spend, grade.code))
    return [grade.code for grade in grades]


def by_note(
    tx: UnitOfWork, outlet: str, kind: str, of: str, rows: Sequence[Any], state: str = IN_TRANSIT
) -> tuple[Lease, Rows]:
    """A block of pieces that are on their way to an outlet with a note: it can sell them once it has found them. In
    another `state` they lie there already. The caller holds the outlet's lock, and publishes what is answered."""
    wanted = Wanted(outlet, kind, len(rows), of, new_key(tx.clock))
    given = _give(tx, rows, wanted, state=state)
    until = stamp(tx.clock.now() + timedelta(days=LEASE_DAYS.of(tx)))
    lease = _lease(tx, wanted, until, {}, len(given))
    model = PIECES[kind].model
    return lease, {"lease": [_row(lease)], str(model.__tablename__): [handed(model, row) for row in given]}


def _give(tx: UnitOfWork, found: Sequence[Any], wanted: Wanted, **more: Any) -> list[dict[str, Any]]:
    """Write the holder into rows that nobody holds; answers the rows as they then are."""
    given = tx.change_alike(found, outlet=wanted.outlet, lease_id=wanted.lease_id, **more)
    return [dict(row.__dict__) for row in given]


def _take_range(tx: UnitOfWork, wanted: Wanted) -> tuple[Rows, dict[str, Any], int]:
    """The first numbers of headquarters' own range as a range of their own; a small one goes whole."""
    found = tx.models(DocumentRange, _FREE_RANGES, of_code=wanted.of, of_kind=wanted.kind, most=1)
    if not found:
        return {}, {}, 0
    stock = found[0]
    first, left = stock.next_number, stock.last_number - stock.next_number + 1
    if left <= wanted.pieces:
        given, count = tx.change(stock, outlet=wanted.outlet, lease_id=wanted.lease_id), left
    else:
        count = wanted.pieces
        tx.change(stock, first_number=first + count, next_number=first + count)
        given = tx.add(
            DocumentRange,
            id=new_key(tx.clock),
            kind=stock.kind,
            code=stock.code,
            first_number=first,
            last_number=first + count - 1,
            next_number=first,
            outlet=wanted.outlet,
            lease_id=wanted.lease_id,
        )
    content = {"range": given.id, "code": given.code, "first": first, "last": given.last_number}
    return {"document_range": [_row(given)]}, content, count


def next_numbers(tx: UnitOfWork, kind: str, code: str) -> DocumentRange | None:
    """The range of headquarters' own from which numbers are handed out next."""
    return next(iter(tx.models(DocumentRange, _FREE_RANGES, of_code=code, of_kind=kind, most=1)), None)


def _row(model: Table) -> dict[str, Any]:
    return dict(model.__dict__)


def requested(office: Office, outlet: str, request: LeaseRequest) -> Lease:
    """An outlet's own request, because it runs low. A repeat answers the same lease."""
    if request.kind not in KINDS:
        raise Refuse(400, "batch", say("Nothing of kind {kind} is handed down.", kind=request.kind))
    with office.store.reading() as reading:
        days = LEASE_DAYS.of(reading)
    sell_until = stamp(office.store.clock.now() + timedelta(days=days))
    try:
        return hand_down(
            office.store, outlet, request.kind, request.pieces, sell_until, of=request.of, lease_id=request.request_id
        )
    except (OutOfStock, NotAllowed) as fault:
        raise Refuse(409, "stock", fault.message) from fault
    except Conflict as fault:
        raise Refuse(409, "batch", fault.message) from fault


def recall(store: Store, lease_id: str, by: str) -> Lease:
    """Ask an outlet for a block back: once it has heard of it, it sells no more from it, and says so in its journal;
    then what is left is free again (`hearing.feed_entry_fault`). `by`: who asks, which is put on record. NotAllowed: it
    has ended, or was recalled before."""
    with store.reading() as reading:
        outlet = reading.one(Lease, id=lease_id).outlet
    with store.transaction(author(outlet, "lease.recall"), journalled=False, lock=outlet) as tx:
        note_access(tx, "lease.recall", lease_id, operator=by)
        return ask_back(tx, lease_id)


def ask_back(tx: UnitOfWork, lease_id: str) -> Lease:
    """As `recall`, in a transaction that holds the outlet's lock."""
    lease = tx.one(Lease, id=lease_id)
    if lease.state in ENDED or lease.recalled_at:
        raise NotAllowed(say("This block was recalled or has ended: it is {state}.", state=state_name(lease.state)))
    lease = tx.change(lease, recalled_at=tx.now(), **NO_PART)
    publish_rows(tx, lease.outlet, "lease", {"lease": [_row(lease)]})
    return lease


def reclaim(store: Store, lease_id: str, decided_by: str) -> Lease:
    """Take what is unsold of a block back into quarantine, by a named person's decision, after `reclaim_after`.

    NotAllowed before that time, and before the outlet's journal tells of a moment after `sell_until`: it may still be
    selling. What is left is kept out of sale (`Pieces.lost`): none of it goes into the free stock.
    """
    with store.reading() as reading:
        outlet = reading.one(Lease, id=lease_id).outlet
    with store.transaction(author(outlet, "lease.end"), journalled=False, lock=outlet) as tx:
        note_access(tx, "lease.end", lease_id, operator=decided_by)
        return take_back(tx, lease_id, decided_by)


def take_back(tx: UnitOfWork, lease_id: str, decided_by: str) -> Lease:
    """As `reclaim`, in a transaction that holds the outlet's lock."""
    lease = tx.one(Lease, id=lease_id)
    _may_end(tx, lease)
    rows = put_aside_unsold(tx, lease)
    lease = tx.change(lease, state="reclaimed", **NO_PART)
    publish_rows(tx, lease.outlet, "lease_end", {"lease": [_row(lease)], **rows}, decided_by=decided_by)
    return lease


def _may_end(tx: UnitOfWork, lease: Lease) -> None:
    row = enrolled_row(tx, lease.outlet)
    if lease.state in ENDED or stamp(tx.clock.now()) < lease.reclaim_after:
        when = on_the_wall(lease.reclaim_after)
        raise NotAllowed(say("This block can't be taken back before {when}.", when=when))
    last = held(tx, row, row.next_seq - 2, 1)
    if not last or last[0].made_at <= lease.sell_until:
        raise NotAllowed(say("Outlet {outlet} may still be selling: its journal ends before.", outlet=lease.outlet))
