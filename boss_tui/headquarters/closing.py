"""Closing an outlet for good 撤点: it is gone (burnt, robbed, given up) and will never be heard again.

What it holds is looked at first: blocks, money in its drawers and safe by its books, what was put aside. Then, by one
person's act and another's word: its blocks are taken back into quarantine, its money is due from it and in suspense,
nothing more is taken from it, headquarters waits for it no longer, and an edition ends it and its counters. What was
put aside stays so until somebody decides. Should it come back, it is enrolled anew, and what it has is judged as ever.
Source: design 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from boss_tui.components.ledger.ledger import CASH, CHEQUES, SAFE, SUSPENSE
from boss_tui.components.ledger.put_aside import due_from_closed
from boss_tui.components.operators.operators import Operators
from boss_tui.desk import Desk
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.noting import note
from boss_tui.editions.rehearsal import rehearse
from boss_tui.headquarters.feed import publish_rows
from boss_tui.headquarters.office import Office, move
from boss_tui.headquarters.publishing import Said, record_and_publish, today
from boss_tui.headquarters.returning import NO_PART, put_aside_unsold
from boss_tui.sync.scarce import PIECES
from data.clock import on_the_wall, wall_day
from data.errors import NotAllowed, NotFound
from data.journal import canonical
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.document import DocumentRange
from data.tables.finance import RunningTotal
from data.tables.organisation import Counter, Outlet
from data.tables.sync import EnrolledOutlet, Lease, SyncException

RIGHT = "M7"
"""The row of the catalogue that says who works where; who allows it needs `M7.check`."""
SUBJECT = "close"
ACT = "outlet.close"
IN_HAND = (CASH, SAFE, CHEQUES)

_total, _range = RunningTotal.table(), DocumentRange.table()
_BALANCES = (
    select(_total.c.account, func.sum(_total.c.amount))
    .where(_total.c.outlet == bindparam("of"), _total.c.account.in_((*IN_HAND, SUSPENSE)))
    .group_by(_total.c.account)
)
_NUMBERS = select(func.coalesce(func.sum(_range.c.last_number - _range.c.next_number + 1), 0)).where(
    _range.c.lease_id == bindparam("of_lease"), _range.c.state == "open"
)


class Block(Struct, frozen=True):
    """A block that the outlet still sells from, as far as headquarters knows: `left` of its `pieces`."""

    lease: str
    kind: str
    of: str
    pieces: int
    left: int


class Holdings(Struct, frozen=True):
    """What an outlet has in its hands, by what headquarters heard of it. Money in fen.

    Attributes:
        received, last_contact: its last entry here, and when it was heard.
        in_hand: money in its drawers and safe, by account.
        suspense: what it took for slips that wait.
        exceptions, held: its entries that were put aside and are undecided, and their money in suspense here.
    """

    outlet: str
    received: int
    last_contact: str
    blocks: tuple[Block, ...]
    in_hand: dict[str, int]
    suspense: int
    exceptions: int
    held: int


def holdings(reading: Reading, outlet: str) -> Holdings:
    """What an outlet holds. NotFound: it is not enrolled."""
    row = _enrolled(reading, outlet)
    balances = {str(account): int(amount) for account, amount in reading.rows(_BALANCES, of=outlet)}
    undecided = reading.all(SyncException, outlet=outlet, state="open")
    return Holdings(
        outlet,
        row.next_seq - 1,
        row.last_contact,
        tuple(_blocks(reading, outlet)),
        {account: balances[account] for account in IN_HAND if balances.get(account)},
        -balances.get(SUSPENSE, 0),
        len(undecided),
        sum(each.held for each in undecided),
    )


def _enrolled(reading: Reading, outlet: str) -> EnrolledOutlet:
    row = reading.find(EnrolledOutlet, outlet=outlet)
    if row is None:
        raise NotFound(say("Outlet {outlet} is not enrolled.", outlet=outlet))
    return row


def _open_leases(reading: Reading, outlet: str) -> list[Lease]:
    rows = reading.all(Lease, outlet=outlet, order=("kind", "of", "handed_at"))
    return [row for row in rows if row.state in ("handed", "running")]


def _blocks(reading: Reading, outlet: str) -> Iterator[Block]:
    for lease in _open_leases(reading, outlet):
        if lease.kind in PIECES:
            about = PIECES[lease.kind]
            table: Any = about.model.table()
            free = select(func.count()).select_from(table)
            free = free.where(table.c.lease_id == lease.id, table.c.state == about.free)
            left = int(reading.scalar(free))
        else:
            left = int(reading.scalar(_NUMBERS, of_lease=lease.id))
        yield Block(lease.id, lease.kind, lease.of, lease.pieces, left)


def close(desk: Desk, office: Office, outlet: str, why: str, checker: str) -> Holdings:
    """Close an outlet for good; answers what it held. `checker`: who allowed it, proven by their own sign-on.

    NotAllowed: no right, no reason, the office itself, or it is closed already. NotFound: it is not enrolled.
    """
    with desk.seat.writing(ACT) as tx:
        tx.lock(outlet)
        context = desk.runs.context(tx, RIGHT)
        Operators(context).may_manage("")
        Operators(context).other_must_check(checker)
        if not why.strip():
            raise NotAllowed(say("Say why it is closed."), field="reason")
        row = _enrolled(tx, outlet)
        if row.closed_at:
            raise NotAllowed(say("Outlet {outlet} was closed on {day}.", outlet=outlet, day=wall_day(row.closed_at)))
        found = holdings(tx, outlet)
        move(tx, outlet, closed_at=tx.now(), stopped=canonical(_closed(outlet, tx.now()).as_json()))
        with tx.received():  # other than its own act, all this is headquarters', and no journal's of an office
            _take_back(tx, outlet)
            due_from_closed(tx, outlet, sum(found.in_hand.values()))
        said = Said(str(say("Outlet {outlet} is closed", outlet=outlet)), context.operator, checker, subject=SUBJECT)
        _end(tx, office, outlet, said)
        told = {"outlet": outlet, "why": why.strip(), "blocks": len(found.blocks), "due": sum(found.in_hand.values())}
        note(context, ACT, said=told, approved_by=checker)
    return found


def _closed(outlet: str, at: str) -> Message:
    day = on_the_wall(at, "%Y-%m-%d")
    return say("Headquarters closed outlet {outlet} for good on {day}: ask there.", outlet=outlet, day=day)


def _take_back(tx: UnitOfWork, outlet: str) -> None:
    """Its blocks: nobody knows what it sold of them, so that nothing of them is sold as new."""
    for lease in _open_leases(tx, outlet):
        rows = put_aside_unsold(tx, lease)
        ended = tx.change(lease, state="reclaimed", **NO_PART)
        publish_rows(tx, outlet, "lease_end", {"lease": [dict(ended.__dict__)], **rows})


def _end(tx: UnitOfWork, office: Office, outlet: str, said: Said) -> None:
    """An edition that ends the outlet and its counters."""
    lines = [RowEdit("counter", (row.code,), "end", {}) for row in tx.all(Counter, outlet=outlet, state="active")]
    if tx.one(Outlet, code=outlet).state != "closed":
        lines.append(RowEdit("outlet", (outlet,), "end", {}))
    day = today(tx)
    for fault in rehearse(tx, dict(enumerate(lines)), day, day):
        raise NotAllowed(fault.message)
    if lines:
        record_and_publish(tx, office.key, said, lines)
