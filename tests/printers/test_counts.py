"""Papers that wait are counted by the states that they are in, and not beyond what a clerk need know."""

from __future__ import annotations

import pytest

from data.bulk import bulk
from data.states import MOST, counted
from data.tables.sync import PrintJob
from printers import counts
from tests.printers.test_routes import Hall, hall

__all__ = ["hall"]


def put(hall: Hall, printer: str, **states: int) -> None:
    """So many papers of a printer in each state."""
    rows = [
        {
            "id": f"{printer} {state} {n}",
            "document_id": "d",
            "printer": printer,
            "title": "x",
            "content": b"x",
            "preview": "",
            "state": state,
            "operator": "1001",
            "queued_at": "2026-11-23T01:00:00.000000Z",
        }
        for state, pieces in states.items()
        for n in range(pieces)
    ]
    with bulk(hall.store) as into:
        into.insert(PrintJob, rows)


def told(hall: Hall, printer: str = "") -> int:
    with hall.store.reading() as reading:
        return counts.waiting(reading, counts.held_up(reading), printer)


def test_what_waits_is_what_was_not_sent_yet(hall: Hall) -> None:
    put(hall, "P80", queued=3, refused=2, sending=1, unknown=4, acknowledged=9, cancelled=9, unconfirmed=9)
    put(hall, "P58", queued=1, unknown=1)
    assert (told(hall, "P80"), told(hall, "P58"), told(hall, "P99"), told(hall)) == (5, 1, 0, 6)
    with hall.store.reading() as reading:
        assert counts.held_up(reading) == {
            ("P80", "refused"): 2,
            ("P80", "sending"): 1,
            ("P80", "unknown"): 4,
            ("P58", "unknown"): 1,
        }


@pytest.mark.parametrize(("waits", "shown"), [(MOST - 1, str(MOST - 1)), (MOST, f"{MOST}+"), (MOST + 7, f"{MOST}+")])
def test_beyond_so_many_they_are_not_counted_on(hall: Hall, waits: int, shown: str) -> None:
    put(hall, "P80", queued=waits)
    assert counted(told(hall, "P80")) == counted(told(hall)) == shown
