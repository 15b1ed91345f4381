"""What waits, and what is decided about it: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from boss_tui.answers import PaperView
from boss_tui.hall_answers import QueueItem, Queues


class QueuesPort(Protocol):
    """What waits to go out."""

    def counts(self) -> Queues:
        """What waits to go out."""
        ...

    def items(self) -> Sequence[QueueItem]:
        """What waits, item by item, and what can be done about each."""
        ...


class SettlingPort(Protocol):
    """What a person decides about what waits."""

    def settle(
        self, kind: str, key: str, way: str, words: str = "", approver: str = "", password: str = ""
    ) -> PaperView | None:
        """Do what a person decided about something that waits; the paper to be signed, where money goes back."""
        ...
