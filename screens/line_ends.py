"""One Enter for each line end that a scanner or reader sends, whatever it is made of: CR, LF, CR LF, CR CR.

Hands never send CR and LF together, so LF right behind CR is part of it. Two CRs can be two Enters that were typed
ahead: they are one only when they end what was handed over at once, and nothing follows as fast as a burst goes. Line
feeds are never put together: what was typed before the terminal was held has nothing else for its Enters.
"""

from __future__ import annotations

from textual import events

CR_LF = 0.05
"""Seconds between CR and LF at most: a slow wedge sends a key each 8 ms, a serial one of 1,200 baud each 9 ms."""
MACHINE = 0.001
"""Seconds between two keys at most that nobody types: what a reader hands over at once."""

FOLLOWS = 0.05
"""Seconds within which what follows two CRs shows that they were typed ahead: a person looks up after a scan."""


class LineEnds:
    """Sorts the keys of a terminal, by the times (`event.time`, seconds) at which they were read from it.

    `doubled`: whether two CRs may be one line end. Keys that do not come from a terminal have no speed of their own.
    """

    def __init__(self, doubled: bool) -> None:
        self.doubled = doubled
        self._last: events.Key | events.Paste | None = None
        self._ends_a_scan = False
        self._withheld: events.Key | events.Paste | None = None

    def sort(self, event: events.Key | events.Paste) -> list[events.Key | events.Paste]:
        """The keys that take effect now that this one has come: itself, none, or one that was withheld before it."""
        last, self._last = self._last, event
        pause = event.time - last.time if last is not None else float("inf")
        ready = [self._withheld] if self._withheld is not None and pause <= FOLLOWS else []
        self._withheld = None
        if _is(last, "enter") and _is(event, "ctrl+j") and pause <= CR_LF:
            return ready
        if self._ends_a_scan and _is(event, "enter") and pause <= MACHINE:
            self._withheld, self._ends_a_scan = event, False
            return ready
        scanned = self.doubled and pause <= MACHINE and not _is(last, "enter")
        self._ends_a_scan = scanned and _is(event, "enter")
        return [*ready, event]


def _is(event: events.Key | events.Paste | None, key: str) -> bool:
    return isinstance(event, events.Key) and event.key == key
