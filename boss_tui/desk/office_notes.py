"""Transfer notes 调拨单 as the office works on them: what its screens need, which headquarters does (catalogue M5).

An outlet packs and unpacks by `desk.transfers`. What is done here by two people says so with `NotAllowed` beside
`approved_by` once everything else of it is right.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import NOTES_AT_ONCE, BlockLine, NoteSheet, OfficeNote, SortLine
from boss_tui.forms.fields import Choice


class OfficeNotes(Protocol):
    """Notes, what can be put on one, and what is done with one. NotAllowed names the field."""

    def notes(self, text: str = "", most: int = NOTES_AT_ONCE, states: Collection[str] = ()) -> Sequence[OfficeNote]:
        """Those that something is still to be done with, the missing pieces first, then the latest that have ended; so
        many at most. `text` of digits alone: the note of that number, however old; other text: those between outlets
        or of stock that is called so, and those in one of the `states`."""
        ...

    def sheet(self, number: int) -> NoteSheet:
        """All of a note, both ends' counts. NotFound."""
        ...

    def ends(self) -> Sequence[Choice]:
        """The outlets that a note may name."""
        ...

    def sorts(self) -> Sequence[SortLine]:
        """What can be put on a note."""
        ...

    def blocks(self, text: str = "", most: int = NOTES_AT_ONCE) -> Sequence[BlockLine]:
        """What can be asked back, the latest first, so many at most; of the outlets whose code begins so."""
        ...

    def draft(self, kind: str, of: str, pieces: int, sender: str, receiver: str, reason: str) -> str:
        """Write a note; its number as it is printed. An end that is empty: headquarters."""
        ...

    def recall(self, lease: str, reason: str) -> str:
        """Ask a block back; the note's number as it is printed."""
        ...

    def cancel(self, number: int, why: str) -> None:
        """A note of which nothing was sent is not wanted any more."""
        ...

    def send(
        self, number: int, pieces: int, first: str = "", reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Pack headquarters' box: so many pieces, from a serial on; its paper."""
        ...

    def receive(
        self, number: int, pieces: int, missing: str = "", reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Unpack a box that came to headquarters; its paper."""
        ...

    def settle(self, number: int, outcome: str, why: str, approver: str = "", password: str = "") -> None:
        """End the case of what was missing: returned (its sender has it after all) or lost."""
        ...
