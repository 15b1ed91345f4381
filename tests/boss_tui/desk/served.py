"""A hall whose C1 and C2 ask services of others, which run simulated beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from boss_tui.chores.asking_again import AskingAgain
from boss_tui.remote import Caller
from boss_tui.remote.services import Services
from boss_tui.remote.simulated import ServiceState, Simulated
from data.demo.services import SERVED
from data.tables.eligibility import BusinessInterface, Interface
from tests.hall import Hall
from tests.handed import hand_down, row_line

NAME, NUMBER = "甘一白", "330106199305124524"
WHO = {"document_number": NUMBER, "name": NAME}
QUICK: dict[str, Any] = {"timeout_ms": 150, "retries": 0}


class Seconds:
    """A timer that is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


class Served:
    """A hall that asks, and what it asks.

    Attributes:
        hall: the hall; `folder`: where its services keep their state.
        state: what they know, and what goes wrong there.
        services: how this program asks them: its breakers, by `seconds`.
        again: asks once more what went by the offline rule.
    """

    again: AskingAgain

    def __init__(self, hall: Hall, folder: Path, state: ServiceState, businesses: Any = SERVED, **changes: Any) -> None:
        self.hall, self.folder, self.state = hall, folder, state
        self.seconds = Seconds()
        self.services = Services(folder, hall.clock, Caller(timer=self.seconds))
        hall.desk.seat.services = lambda: self.services
        lines = [
            row_line(BusinessInterface, "add", business=business, interface=code, position=90 + n)
            for business, codes in businesses.items()
            for n, code in enumerate(codes)
        ]
        if changes:
            lines += [
                row_line(Interface, "change", code=code, **changes) for code in ("number_check", "identity_check")
            ]
        hand_down(hall.store, *lines)

    def changed(self, code: str, **values: Any) -> None:
        """An interface is declared otherwise."""
        hand_down(self.hall.store, row_line(Interface, "change", code=code, **values))


@contextmanager
def served(hall: Hall, folder: Path, businesses: Any = SERVED, **changes: Any) -> Iterator[Served]:
    """Such a hall, while the block runs."""
    with Simulated(folder) as simulated:
        yield Served(hall, folder, simulated.state, businesses, **changes)
