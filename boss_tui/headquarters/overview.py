"""What a person at headquarters sees and decides: where outlets stand, freezes, what is durable."""

from __future__ import annotations

import json

from msgspec import Struct
from sqlalchemy import bindparam, func, select, update

from boss_tui.components.operators.access import note_access
from boss_tui.headquarters.office import author, enrolled, enrolled_row, move
from boss_tui.headquarters.restored import RESTORED
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading, Store
from data.tables.organisation import Alarm
from data.tables.sync import EnrolledOutlet, Setting, SyncException

_alarms = Alarm.table()
_UNSEEN = select(_alarms.c.outlet, func.count()).where(_alarms.c.state == "open").group_by(_alarms.c.outlet)
_exceptions = SyncException.table()
_OPEN = select(_exceptions.c.outlet, func.count()).where(_exceptions.c.state == "open").group_by(_exceptions.c.outlet)


class OutletLine(Struct, frozen=True):
    """An outlet in the overview. `received` is its last entry here; `exceptions` and `alarms` count what is open.
    `stream`: through which item it has read what is published."""

    outlet: str
    epoch: int
    received: int
    durable: int
    feed: int
    last_contact: str
    stopped: Message | None
    exceptions: int
    alarms: int = 0
    stream: int = 0


def overview(reading: Reading) -> list[OutletLine]:
    """All enrolled outlets, by code."""
    open_ones, unseen = dict(reading.rows(_OPEN)), dict(reading.rows(_UNSEEN))
    return [
        OutletLine(
            row.outlet,
            row.epoch,
            row.next_seq - 1,
            row.durable_seq,
            row.feed_next - 1,
            row.last_contact,
            Message.from_json(json.loads(row.stopped)) if row.stopped else None,
            int(open_ones.get(row.outlet, 0)),
            int(unseen.get(row.outlet, 0)),
            row.stream_cursor,
        )
        for row in reading.all(EnrolledOutlet, order=("outlet",))
    ]


def release(store: Store, outlet: str, by: str) -> None:
    """End a freeze, when a person has found out what it was; `by`: who, which is put on record."""
    with store.transaction(author(outlet, "release"), journalled=False, lock=outlet) as tx:
        if enrolled_row(tx, outlet).closed_at:
            told = say("Outlet {outlet} was closed for good: it is enrolled anew, or stays so.", outlet=outlet)
            raise NotAllowed(told)
        note_access(tx, "release", outlet, operator=by)
        move(tx, outlet, stopped="")


_DURABLE = (
    update(enrolled)
    .values(durable_seq=bindparam("new_durable"))
    .where(enrolled.c.outlet == bindparam("of"), enrolled.c.durable_seq < bindparam("new_durable"))
)


def received_so_far(reading: Reading) -> dict[str, int]:
    """The last entry of each outlet: read before a backup, and given to `mark_durable` once the backup is safe."""
    return {line.outlet: line.received for line in overview(reading)}


def mark_durable(store: Store, received: dict[str, int]) -> None:
    """Note that these entries are also in a backup or on a second machine: outlets are told so by each answer."""
    for outlet, seq in received.items():
        with store.transaction(author(outlet, "durable"), journalled=False, lock=outlet) as tx:
            tx.run(_DURABLE, new_durable=seq, of=outlet)


def mark_restored(store: Store) -> None:
    """To be run after headquarters was restored from a backup: nothing is handed out before all outlets were heard."""
    with store.transaction(author("", "restored"), journalled=False, lock="headquarters") as tx:
        before = tx.find(Setting, name=RESTORED)
        if before is None:
            tx.add(Setting, name=RESTORED, value=tx.now())
        else:
            tx.change(before, value=tx.now())
