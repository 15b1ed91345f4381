"""Housekeeping: what goes on by itself beside the desk: printing, the network, headquarters, drafts that run out.

Each chore has a thread of its own and looks for work every so often. A chore that fails says so in the log, keeps its
fault to be shown, and is tried again; it never stops the others or the desk. Several programs of one hall may all keep
house: the store decides who gets which piece of work.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from data.errors import BossError

log = logging.getLogger("boss.housekeeping")

Work = Callable[[], bool]
"""Does one piece of work; answers whether there may be more at once."""


class Chore:
    """One thing that is looked after in a thread.

    Attributes:
        name: for the log.
        fault: what went wrong the last time, or nothing.
    """

    def __init__(self, name: str, seconds: float, work: Work) -> None:
        self.name = name
        self.fault: BaseException | None = None
        self._seconds = seconds
        self._work = work
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Look for work at once."""
        self._wake.set()

    def end(self) -> None:
        """End after the piece of work that is being done, without waiting for that."""
        self._stop.set()
        self._wake.set()

    def stop(self) -> None:
        """End after the piece of work that is being done."""
        self.end()
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while not self._stop.is_set():
            if not self._once():
                self._wake.wait(self._seconds)
                self._wake.clear()

    def _once(self) -> bool:
        try:
            more = self._work()
        except BossError as fault:  # something that a person can be told, such as a link that is down
            self._tell(fault, logging.WARNING)
        except Exception as fault:  # a fault of ours must not end the chore for the rest of the day
            self._tell(fault, logging.ERROR)
        else:
            self.fault = None
            return more
        return False

    def _tell(self, fault: Exception, level: int) -> None:
        if str(fault) != str(self.fault):
            log.log(level, "%s: %s", self.name, fault, exc_info=level >= logging.ERROR)
        self.fault = fault


class Housekeeping:
    """Every chore of a home; also as a context manager."""

    def __init__(self, *chores: Chore) -> None:
        self.chores = chores

    def start(self) -> Self:
        """Start all."""
        for chore in self.chores:
            chore.start()
        return self

    def wake(self) -> None:
        """Let all look for work at once."""
        for chore in self.chores:
            chore.wake()

    def stop(self) -> None:
        """Stop all."""
        for chore in self.chores:
            chore.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
