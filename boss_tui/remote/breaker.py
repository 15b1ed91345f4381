"""A circuit breaker: a service that fails again and again is left alone for a while, so that nobody waits for it.

Closed: it is asked. Open, after so many failures in a row: it is not. Half open, when its rest is over: one question is
let through; an answer closes the breaker, a failure opens it anew.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal

State = Literal["closed", "open", "half-open"]


class Breaker:
    """Of one service, in one program. `failures`: so many in a row open it; `rest`: seconds until it is half open;
    `timer`: seconds that never go back."""

    def __init__(self, failures: int, rest: float, timer: Callable[[], float]) -> None:
        self.failures, self.rest = failures, rest
        self._timer = timer
        self._lock = threading.Lock()
        self._failed = 0
        self._opened_at: float | None = None
        self._trying = False

    @property
    def state(self) -> State:
        """How it stands now."""
        with self._lock:
            return self._state()

    def _state(self) -> State:
        if self._opened_at is None:
            return "closed"
        return "half-open" if self._timer() - self._opened_at >= self.rest else "open"

    def enter(self) -> float:
        """Before a question: 0 where it may be asked, else the seconds for which it may not. Who was let in says how
        it ended: `worked`, `failed`, or `left` where nothing was learned."""
        with self._lock:
            state = self._state()
            if state == "closed":
                return 0.0
            if state == "half-open" and not self._trying:
                self._trying = True
                return 0.0
            assert self._opened_at is not None
            return max(self._opened_at + self.rest - self._timer(), 1.0)

    def worked(self) -> None:
        """It answered."""
        with self._lock:
            self._failed, self._opened_at, self._trying = 0, None, False

    def failed(self) -> None:
        """It did not."""
        with self._lock:
            self._failed += 1
            if self._trying or self._failed >= self.failures:
                self._opened_at = self._timer()
            self._trying = False

    def left(self) -> None:
        """The question was not asked in the end."""
        with self._lock:
            self._trying = False
