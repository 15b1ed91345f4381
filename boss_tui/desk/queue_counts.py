"""What waits to go out, counted for the status line."""

from __future__ import annotations

from sqlalchemy import bindparam

from boss_tui.answers.hall import Queues
from boss_tui.components import alarms
from boss_tui.components.qualification import refusals
from boss_tui.desk import late, printers, timing
from boss_tui.sync.states import is_linked
from data.clock import moment
from data.statements import counting
from data.states import MOST
from data.store import Reading
from data.tables.life import ScheduledAct
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.sync import JournalHead, SyncException
from printers import counts

_commands = NetworkCommand.table()
_work = WorkOrder.table()
_dead = SyncException.table()
_COMMANDS = counting(_commands, _commands.c.state == bindparam("state"), most=MOST)
_OPEN_WORK = counting(_work, _work.c.state == "open", _work.c.kind == bindparam("kind"), most=MOST)
_acts = ScheduledAct.table()
_UNDONE = counting(_acts, _acts.c.state == "failed", _acts.c.outlet == bindparam("outlet"), most=MOST)
_OPEN_EXCEPTIONS = counting(_dead, _dead.c.state == "open", most=MOST)


def queues(reading: Reading, outlet: str, seconds: float, counter: str = "") -> Queues:
    """What waits to go out, each kind counted as far as `MOST`. `seconds`: for how long after it answered headquarters
    is taken to be reachable. `counter`: whose printers are told of."""
    head = reading.one(JournalHead, outlet=outlet)
    held = counts.held_up(reading)
    commands = {state: int(reading.scalar(_COMMANDS, state=state)) for state in ("queued", "sent", "unknown")}
    work = {kind: int(reading.scalar(_OPEN_WORK, kind=kind)) for kind in ("manual", "automatic")}
    age = int((reading.present() - moment(head.last_contact)).total_seconds()) if head.last_contact else None
    return Queues(
        outbox=head.seq - head.acked_seq,
        dead_letters=int(reading.scalar(_OPEN_EXCEPTIONS)),
        network=max(commands["queued"] + commands["sent"], work["automatic"]),
        network_unknown=commands["unknown"],
        manual_orders=work["manual"] + late.count(reading, outlet) + int(reading.scalar(_UNDONE, outlet=outlet)),
        prints=counts.waiting(reading, held) + sum(n for (_, state), n in held.items() if state == "sending"),
        prints_unknown=sum(n for (_, state), n in held.items() if state == "unknown"),
        alarms=len(alarms.unseen(reading, outlet)),
        refused=refusals.count(reading, outlet),
        headquarters=is_linked(reading, outlet, seconds),
        clock=timing.doubt(reading, outlet),
        age=age,
        paper=printers.notices(reading, counter),
    )
