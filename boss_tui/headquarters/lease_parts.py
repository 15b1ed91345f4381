"""A part of a block asked back, and handed on: how numbers move from one outlet to another (catalogue M5).

As with a whole block, the outlet hears of it, sells no more of that part, and says so in its journal; then what it has
not sold is nobody's, or goes on in a block of another outlet. Sold pieces, and all others of the block, stay with it.
What lies somewhere goes with a transfer note (`boss_tui.headquarters.transfers`), which names its pieces.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, func, select

from boss_tui.components.operators.access import note_access
from boss_tui.components.resources.leases import ENDED, Part
from boss_tui.headquarters.feed import publish_rows
from boss_tui.headquarters.leases import by_note
from boss_tui.headquarters.office import author, enrolled_row
from boss_tui.headquarters.returning import NO_PART, give_up_part
from boss_tui.sync.scarce import LYING, PIECES, handed
from data.errors import NotAllowed
from data.message import say
from data.statements import table_name
from data.states import state_name
from data.store import Reading, Store, UnitOfWork
from data.tables.sync import EnrolledOutlet, Lease


def recall_part(store: Store, lease_id: str, part: Part, by: str) -> Lease:
    """Ask an outlet for a part of a block back; `by`: who does, which is put on record. See `ask_part_back`."""
    with store.reading() as reading:
        outlet = reading.one(Lease, id=lease_id).outlet
    with store.transaction(author(outlet, "lease.recall"), journalled=False, lock=outlet) as tx:
        note_access(tx, "lease.recall", lease_id, operator=by)
        return ask_part_back(tx, lease_id, part)


def ask_part_back(tx: UnitOfWork, lease_id: str, part: Part) -> Lease:
    """As `recall_part`, in a transaction that holds the outlet's lock.

    NotAllowed: the block has ended, or it or a part of it was asked for before; nothing of the part is left there, as
    far as is known here; its kind goes with a note; beside `to`: that outlet is sold nothing, or has them.
    """
    lease = tx.one(Lease, id=lease_id)
    if lease.state in ENDED or lease.recalled_at:
        raise NotAllowed(say("This block was recalled or has ended: it is {state}.", state=state_name(lease.state)))
    if lease.part_asked_at:
        told = say(
            "{first} to {last} of this block are asked back already, and {outlet} has not heard of it yet: wait for "
            "that, or ask for all of the block.",
            first=lease.part_first,
            last=lease.part_last,
            outlet=lease.outlet,
        )
        raise NotAllowed(told)
    if lease.kind not in PIECES or lease.kind in LYING:
        raise NotAllowed(say("A part of these is asked back with a transfer note, or all of the block."))
    if not left_in_part(tx, lease, part):
        told = say("Nothing is left of {first} to {last} in this block.", first=part.first, last=part.last)
        raise NotAllowed(told, field="numbers")
    _must_take(tx, lease, part.to)
    asked = {"part_first": part.first, "part_last": part.last, "part_to": part.to, "part_asked_at": tx.now()}
    lease = tx.change(lease, **asked)
    publish_rows(tx, lease.outlet, "lease", {"lease": [dict(lease.__dict__)]})
    return lease


def _must_take(tx: UnitOfWork, lease: Lease, to: str) -> None:
    if not to:
        return
    if to == lease.outlet:
        raise NotAllowed(say("They are with outlet {outlet} already.", outlet=to), field="to")
    row = tx.find(EnrolledOutlet, outlet=to)
    if row is None:
        raise NotAllowed(say("Outlet {outlet} is not enrolled.", outlet=to), field="to")
    if row.closed_at:
        raise NotAllowed(say("Outlet {outlet} is closed: nothing is handed to it.", outlet=to), field="to")


def left_in_part(reading: Reading, lease: Lease, part: Part) -> int:
    """How many pieces of a part the outlet can still sell, as far as is known here."""
    found = reading.scalar(_left(lease.kind), lease=lease.id, first=part.first, last=part.last)
    return int(found)


def _left(kind: str) -> Select[Any]:
    about = PIECES[kind]
    table: Any = about.model.table()
    key = table.c[about.key]
    within = (key >= bindparam("first"), key <= bindparam("last"))
    return select(func.count()).where(table.c.lease_id == bindparam("lease"), table.c.state == about.free, *within)


def come_back(tx: UnitOfWork, lease: Lease) -> None:
    """The outlet has heard that a part is asked for: what it has not sold of it leaves its block, and goes on to the
    outlet that it was meant for, unless that was closed meanwhile."""
    rows, to = give_up_part(tx, lease), lease.part_to
    left = lease.pieces - len(rows)
    ended = tx.change(lease, pieces=left, state=lease.state if left else "returned", **NO_PART)
    model = PIECES[lease.kind].model
    told = {"lease": [dict(ended.__dict__)], table_name(model): [handed(model, row.__dict__) for row in rows]}
    publish_rows(tx, lease.outlet, "lease_end", told)
    if not to or not rows:
        return
    tx.lock(to)
    if not enrolled_row(tx, to).closed_at:
        _, told = by_note(tx, to, lease.kind, lease.of, rows, state=PIECES[lease.kind].free)
        publish_rows(tx, to, "lease", told)
