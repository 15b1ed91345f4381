"""What waits to go out, as the status line counts it: each kind in the states that count, over an empty store."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.answers.hall import Queues
from boss_tui.desk.queue_counts import queues
from data.clock import stamp
from data.tables.life import ScheduledAct
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.organisation import Alarm
from data.tables.sync import JournalHead, SyncException
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import NOW, row

__all__ = ["empty_store", "tx"]


def several(tx: Loose, model: Any, states: str, **values: Any) -> None:
    """A row for each of these states."""
    for n, state in enumerate(states.split()):
        key = f"{model.__name__}{n}{values}"
        tx.put(row(model, **{"command_key" if model is NetworkCommand else "id": key, "state": state, **values}))


def counted(tx: Loose, seconds: float = 60, last_contact: str = "") -> Queues:
    tx.put(row(JournalHead, outlet="HZ01", seq=9, acked_seq=4, last_contact=last_contact))
    return queues(tx, "HZ01", seconds)


def test_what_waits_is_counted_by_its_state(tx: Loose) -> None:
    several(tx, NetworkCommand, "queued queued sent unknown answered failed")
    several(tx, WorkOrder, "open open done", kind="automatic")
    several(tx, WorkOrder, "open done", kind="manual")
    several(tx, ScheduledAct, "failed waiting done", outlet="HZ01")
    several(tx, ScheduledAct, "failed", outlet="HZ02")
    several(tx, SyncException, "open open noted resolved")
    several(tx, Alarm, "open seen", outlet="HZ01")
    several(tx, Alarm, "open", outlet="HZ02")
    told = counted(tx)
    assert (told.outbox, told.dead_letters, told.alarms) == (5, 2, 1)
    assert (told.network, told.network_unknown) == (3, 1), "as many as wait to be told, or to be answered"
    assert told.manual_orders == 2, "one by hand, and one that its day could not bring"
    assert (told.age, told.headquarters, told.prints, told.prints_unknown) == (None, False, 0, 0)


def test_work_of_which_no_command_was_made_yet_waits_too(tx: Loose) -> None:
    several(tx, NetworkCommand, "queued sent")
    several(tx, WorkOrder, "open open open", kind="automatic")
    assert counted(tx).network == 3


@pytest.mark.parametrize(("seconds", "linked"), [(55, False), (65, True)])
def test_headquarters_is_there_for_a_time_after_it_answered(tx: Loose, seconds: int, linked: bool) -> None:
    told = counted(tx, seconds, stamp(NOW - timedelta(seconds=60)))
    assert told.age == 60
    assert told.headquarters is linked
