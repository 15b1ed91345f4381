"""Alarms: raised by rules, shown in the queues, looked into by a supervisor, and journalled all the while."""

from __future__ import annotations

import pytest

from boss_tui.components.alarms import raise_alarm, unseen
from data.errors import NotAllowed
from data.journal import Author
from data.message import say
from data.tables.organisation import Alarm
from tests.hall import FACTS, Hall


def raised(hall: Hall) -> str:
    """An alarm's key."""
    with hall.store.transaction(Author(FACTS.outlet, "test", FACTS.clerk, FACTS.counter)) as tx:
        return raise_alarm(tx, "codes", say("Five wrong tries.")).id


def test_an_alarm_is_shown_until_a_supervisor_has_said_what_it_was(hall: Hall) -> None:
    """A clerk can't settle it, nobody can without a word, and it is settled once."""
    key = raised(hall)
    assert hall.desk.queues.counts().alarms == 1
    (item,) = [item for item in hall.desk.queues.items() if item.kind == "alarm"]
    assert (item.key, item.state, str(item.reason)) == (key, "open", "Five wrong tries.")
    with pytest.raises(NotAllowed, match="supervisor"):
        hall.desk.settling.settle("alarm", key, "seen", "nothing")
    supervisor = hall.counter(FACTS.supervisor, "HZ0102")
    with pytest.raises(NotAllowed, match="what it was"):
        supervisor.settling.settle("alarm", key, "seen", " ")
    supervisor.settling.settle("alarm", key, "seen", "a slip")
    with pytest.raises(NotAllowed, match="settled"):
        supervisor.settling.settle("alarm", key, "seen", "again")
    assert hall.desk.queues.counts().alarms == 0
    (row,) = hall.rows(Alarm)
    assert (row.state, row.seen_by, row.words, row.counter) == ("seen", FACTS.supervisor, "a slip", FACTS.counter)


def test_another_outlet_s_alarms_are_not_ours(hall: Hall) -> None:
    """Each outlet has its own."""
    raised(hall)
    with hall.store.reading() as reading:
        assert len(unseen(reading, FACTS.outlet)) == 1
        assert unseen(reading, "XX99") == []
