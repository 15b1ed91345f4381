"""The queues 待办: what waits to go out, counted and item by item. What is decided about an item is `Settling`'s."""

from __future__ import annotations

from msgspec.structs import replace

from boss_tui.answers.hall import QueueItem, Queues
from boss_tui.desk.queue_counts import queues as counts
from boss_tui.desk.seat import Seat


class Queueing:
    """The part of the desk that sees what waits."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def counts(self) -> Queues:
        """What waits to go out."""
        with self._seat.store.reading() as reading:
            seconds = self._seat.station.contact_seconds
            found = counts(reading, self._seat.station.outlet, seconds, self._seat.station.counter)
        return replace(found, outbox=0, headquarters=True) if self._seat.is_office else found

    def items(self) -> list[QueueItem]:
        """What waits, item by item, and what can be done about each."""
        from boss_tui.desk import waiting  # what can be done about each brings the dialects of the network

        with self._seat.reading() as reading:
            return waiting.items(reading, self._seat.station.outlet)
