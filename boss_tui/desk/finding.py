"""Finding: whatever of a customer or of the shop somebody types a part of."""

from __future__ import annotations

from boss_tui.components.identity.kinds import document_number
from boss_tui.components.operators.access import note_access
from boss_tui.desk import hits
from boss_tui.desk.seat import Seat


class Finding:
    """The part of the desk that finds."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def find(self, text: str) -> list[hits.Hit]:
        """By number, document, name, pinyin, serial, card, handset: whatever of a customer or of the shop it is."""
        self._seat.in_view.found_by = document_number(text)
        with self._seat.reading() as reading:
            return hits.found(reading, self._seat.station.outlet, text)

    def listed(self, text: str, hits: int) -> None:
        """Put on record that what was found was written out as a whole, as a command does. Of the text that was looked
        for the last four characters are kept: it may be a document's number."""
        with self._seat.writing("find") as tx:
            note_access(tx, "find", f"…{text.strip()[-4:]}", str(hits))
