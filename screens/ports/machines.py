"""The simulated machines of a demonstration: what the screen needs of the desk for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # what the first frame does not wait for
    from boss_tui.answers.machines import MachineLine


class MachinesPort(Protocol):
    """What goes wrong at them. `fail` and `mend` answer whether it counts already: else no program runs them now."""

    def lines(self) -> Sequence[MachineLine]:
        """Each as it stands."""
        ...

    def fail(self, code: str, *faults: str) -> bool:
        """Let a machine have these faults and no others; `ok`: none."""
        ...

    def mend(self) -> bool:
        """All are in order again."""
        ...
