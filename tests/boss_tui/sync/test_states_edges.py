"""What a person sees of the link: each entry in one state, the counts of all of them, and since when it is linked."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from boss_tui.sync.states import entry_state, is_linked, state_of_serial, states
from data.clock import stamp
from data.message import say
from data.tables.sync import JournalEntry, JournalHead, SyncException, WaitingItem
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import NOW, row

__all__ = ["empty_store", "tx"]
SINCE = stamp(NOW)


def head(**values: Any) -> Any:
    return row(JournalHead, outlet="HZ01", **{"epoch": 1, "seq": 9, "acked_seq": 3, **values})


@pytest.mark.parametrize(
    ("seq", "attempts", "in_flight", "state"),
    [
        (2, 0, None, "dead-letter"),
        (3, 0, None, "acknowledged"),
        (3, 0, (3, 4), "acknowledged"),
        (4, 0, (4, 6), "syncing"),
        (6, 0, (4, 6), "syncing"),
        (7, 0, (4, 6), "pending"),
        (4, 0, (5, 6), "pending"),
        (4, 1, None, "retrying"),
        (4, 1, (4, 4), "syncing"),
    ],
)
def test_an_entry_is_in_one_state(seq: int, attempts: int, in_flight: tuple[int, int] | None, state: str) -> None:
    assert entry_state(head(attempts=attempts), {2}, seq, in_flight) == state


@pytest.mark.parametrize("in_flight", [None, (4, 6), (2, 5), (8, 9), (4, 9), (1, 3)])
@pytest.mark.parametrize("attempts", [0, 2])
@pytest.mark.parametrize("dead", [set(), {2, 5, 8}, {1, 2, 3}, {4, 9}])
def test_the_counts_are_of_the_entries_states(
    tx: Loose, in_flight: tuple[int, int] | None, attempts: int, dead: set[int]
) -> None:
    there = head(attempts=attempts)
    tx.put(there, *(row(SyncException, id=str(seq), outlet="HZ01", epoch=1, seq=seq) for seq in dead))
    tx.put(*(row(SyncException, id=f"r{seq}", outlet="HZ01", epoch=1, seq=seq, state="resolved") for seq in (3, 6)))
    found = states(tx, "HZ01", in_flight)
    made = Counter(entry_state(there, dead, seq, in_flight) for seq in range(1, 10))
    assert made == Counter(
        {
            "pending": found.pending,
            "syncing": found.syncing,
            "retrying": found.retrying,
            "acknowledged": found.acknowledged,
            "dead-letter": found.dead_letter,
        }
    )


def test_faults_and_items_that_wait_are_told(tx: Loose) -> None:
    fault = '{"template": "Gone.", "values": {}}'
    tx.put(head(attempts=2, last_contact=SINCE, clock_offset_ms=7, last_fault=fault))
    for number, (why, state) in enumerate((("update", "waiting"), ("fault", "waiting"), ("update", "applied"))):
        tx.put(row(WaitingItem, outlet="HZ01", number=number, why=why, state=state))
    found = states(tx, "HZ01")
    assert (found.waiting, found.update_needed, found.attempts, found.clock_offset_ms) == (2, 1, 2, 7)
    assert (found.fault, found.stopped, found.last_contact) == (say("Gone."), None, SINCE)


@pytest.mark.parametrize(
    ("values", "seconds", "linked"),
    [
        ({"last_contact": SINCE}, 1, True),
        ({"last_contact": ""}, 1, False),
        ({"last_contact": SINCE, "attempts": 1}, 1, False),
        ({"last_contact": SINCE, "stopped": "x"}, 1, False),
        ({"last_contact": stamp(NOW.replace(hour=0))}, 3_599, False),
        ({"last_contact": stamp(NOW.replace(hour=0))}, 3_601, True),
        ({"last_contact": stamp(NOW.replace(hour=2))}, 3_599, False),
    ],
)
def test_it_is_linked_by_its_last_try(tx: Loose, values: dict[str, Any], seconds: float, linked: bool) -> None:
    tx.put(head(**values))
    assert is_linked(tx, "HZ01", seconds) is linked


def test_the_entries_of_one_business_are_told_by_its_serial(tx: Loose) -> None:
    of = {3: "S", 5: "S", 6: "T"}
    tx.put(head(), *(row(JournalEntry, outlet="HZ01", epoch=1, seq=seq, serial=of[seq]) for seq in of))
    assert state_of_serial(tx, "HZ01", "S", (5, 5)) == {3: "acknowledged", 5: "syncing"}
