"""What waits to go out, counted for the status line."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, func, select

from boss_tui.answers.hall import Queues
from boss_tui.components import alarms
from boss_tui.components.qualification import refusals
from boss_tui.desk import late, printers, timing
from boss_tui.sync.states import is_linked
from data.clock import moment
from data.store import Reading
from data.tables.life import ScheduledAct
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.sync import JournalHead, SyncException
from printers import counts

_commands = NetworkCommand.table()
_work = WorkOrder.table()
_dead = SyncException.table()
_WAITING_COMMANDS = (
    select(_commands.c.state, func.count())
    .group_by(_commands.c.state)
    .where(_commands.c.state.in_(("queued", "sent", "unknown")))
)
_OPEN_WORK = select(_work.c.kind, func.count()).group_by(_work.c.kind).where(_work.c.state == "open")
_acts = ScheduledAct.table()
_UNDONE = select(func.count()).where(_acts.c.state == "failed", _acts.c.outlet == bindparam("outlet"))
_OPEN_EXCEPTIONS = select(func.count()).select_from(_dead).where(_dead.c.state == "open")


def queues(reading: Reading, outlet: str, seconds: float, counter: str = "") -> Queues:
    """What waits to go out. `seconds`: for how long after it answered headquarters is taken to be reachable. `counter`:
    whose printers are told of."""
    head = reading.one(JournalHead, outlet=outlet)
    held = counts.held_up(reading)
    commands: Mapping[str, int] = dict(reading.rows(_WAITING_COMMANDS))
    work: Mapping[str, int] = dict(reading.rows(_OPEN_WORK))
    age = int((reading.present() - moment(head.last_contact)).total_seconds()) if head.last_contact else None
    return Queues(
        outbox=head.seq - head.acked_seq,
        dead_letters=int(reading.scalar(_OPEN_EXCEPTIONS)),
        network=max(commands.get("queued", 0) + commands.get("sent", 0), work.get("automatic", 0)),
        network_unknown=commands.get("unknown", 0),
        manual_orders=work.get("manual", 0) + late.count(reading, outlet) + int(reading.scalar(_UNDONE, outlet=outlet)),
        prints=counts.waiting(reading, held) + sum(n for (_, state), n in held.items() if state == "sending"),
        prints_unknown=sum(n for (_, state), n in held.items() if state == "unknown"),
        alarms=len(alarms.unseen(reading, outlet)),
        refused=refusals.count(reading, outlet),
        headquarters=is_linked(reading, outlet, seconds),
        clock=timing.doubt(reading, outlet),
        age=age,
        paper=printers.notices(reading, counter),
    )
