"""What waits, and what is decided about it: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import WORK_AT_ONCE, QueueItem, Queues

if TYPE_CHECKING:
    from boss_tui.desk.work_by_hand import WorkView
    from boss_tui.forms.fields import Choice


class QueuesPort(Protocol):
    """What waits to go out."""

    def counts(self) -> Queues:
        """What waits to go out."""
        ...

    def items(self) -> Sequence[QueueItem]:
        """What waits, item by item, and what can be done about each."""
        ...


class WorkByHandPort(Protocol):
    """Manual work orders."""

    def listed(self, *, overdue: bool = False, most: int = WORK_AT_ONCE) -> Sequence[WorkView]:
        """Those that are open; of very many those that are open longest."""
        ...

    def overdue(self) -> tuple[int, bool]:
        """How many are a task of whoever works here since they are late; whether there may be more."""
        ...

    def show(self, key: str) -> WorkView:
        """One."""
        ...

    def colleagues(self) -> Sequence[Choice]:
        """Who may be given one."""
        ...

    def take(self, key: str) -> WorkView:
        """Make it one's own."""
        ...

    def hand(self, key: str, to: str, words: str) -> WorkView:
        """Give it to somebody else."""
        ...

    def hold(self, key: str, day: str, time: str, words: str) -> WorkView:
        """Put it off."""
        ...

    def resume(self, key: str) -> WorkView:
        """Take it up again."""
        ...

    def settle(self, key: str, words: str, *, done: bool) -> WorkView:
        """Done, or given up."""
        ...


class SettlingPort(Protocol):
    """What a person decides about what waits."""

    def settle(
        self, kind: str, key: str, way: str, words: str = "", approver: str = "", password: str = ""
    ) -> PaperView | None:
        """Do what a person decided about something that waits; the paper to be signed, where money goes back."""
        ...
