"""The type-ahead gate: every key takes effect where it would have, had it been typed slowly.

Textual routes a key to what has the focus when the key arrives, not when the keys before it have taken effect. The gate
holds each key back until the one before has, with all that it set off: screens, focus, calls to the desk. It is
not a keyboard buffer for its own sake: with a patient typist it never holds anything.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from textual import events

from data.message import Message

BURST_PAUSE = 0.25
"""Seconds. What goes on being typed after a fault is thrown away until hands or scanner rest this long."""
LONG_AFTER = 0.3
"""Seconds after which work that keys wait for gets a mark on the screen."""


class Gate:
    """What has been typed and not yet taken effect.

    `waiting` is the number of keys held back; `dropped` how many the last flush threw away; `busy` how many pieces of
    work the next key waits for; `typed_at` when the key that takes effect now was typed, `touched_at` when hand or
    mouse did anything last, by the clock of `now`.
    `on_change` is called when `waiting` or `dropped` changes.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.burst_pause = BURST_PAUSE
        self.long_after = LONG_AFTER
        self.dropped = 0
        self.why_dropped: Message | None = None
        self.on_change: Callable[[], None] = lambda: None
        self.on_flush: Callable[[int], None] = lambda _: None
        self._clock = clock
        self._typed: deque[tuple[float, events.Key | events.Paste]] = deque()
        self.typed_at = 0.0
        self.touched_at = clock()
        self._busy = self._narrowing = 0
        self._since = 0.0
        self._routing = False
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._locked_until = 0.0
        self._marked_until = 0.0

    @property
    def waiting(self) -> int:
        """Keys that have been typed and not been routed."""
        return len(self._typed)

    @property
    def types_on(self) -> bool:
        """Whether the next key that waits is another letter: what the one before it narrows, that one narrows anew."""
        following = self._typed[0][1] if self._typed else None
        return isinstance(following, events.Key) and following.is_printable

    @property
    def busy(self) -> bool:
        """Whether a piece of work runs that keys wait for."""
        return self._busy > 0

    @property
    def long(self) -> bool:
        """Whether that work takes so long that a person notices."""
        return self.busy and self._clock() - self._since >= self.long_after

    @property
    def passes(self) -> bool:
        """Whether the next key may be routed: nothing runs that it waits for, or only what letters change anew."""
        return not self._busy or (self._busy == self._narrowing and self.types_on)

    @property
    def idle(self) -> bool:
        """Whether everything that was typed has taken effect."""
        return not (self._typed or self._busy or self._routing)

    @property
    def calm(self) -> bool:
        """Whether nothing is under way, and hands have rested."""
        return self.idle and self._clock() - self.touched_at >= self.burst_pause

    def now(self) -> float:
        """Seconds by the gate's clock."""
        return self._clock()

    def begin(self, *, narrows: bool = False) -> None:
        """A piece of work starts; the next key waits for its end. `narrows`: but for a letter, which narrows further
        what is being looked for."""
        if self._busy == 0:
            self._since = self._clock()
        self._busy += 1
        self._narrowing += narrows
        self._open_or_not()

    def end(self, *, narrows: bool = False) -> None:
        """A piece of work has ended."""
        self._busy -= 1
        self._narrowing -= narrows
        self._open_or_not()

    @contextmanager
    def held(self, *, narrows: bool = False) -> Iterator[None]:
        """Keys wait while the block runs; as `begin`."""
        self.begin(narrows=narrows)
        try:
            yield
        finally:
            self.end(narrows=narrows)

    async def quiet(self) -> None:
        """Wait until no piece of work runs that the next key waits for."""
        await self._quiet.wait()

    def _open_or_not(self) -> None:
        if self.passes:
            self._quiet.set()
        else:
            self._quiet.clear()

    def flush(self) -> int:
        """Throw away what was typed ahead, and what follows without a rest: it was meant for something else."""
        self._locked_until = self._clock() + self.burst_pause
        return self._drop()

    def unreadable(self, why: Message) -> None:
        """A key came as bytes that are no character: it is dropped, alone, and that stays to be seen, with its reason,
        until hands or scanner have rested."""
        self.why_dropped = why
        self._marked_until = self._clock() + self.burst_pause
        self.dropped += 1
        self.on_flush(1)
        self.on_change()

    def unlock(self) -> None:
        """Take keys again at once."""
        self._locked_until = 0.0

    def take(self, event: events.Key | events.Paste, behind: float = 0.0) -> bool:
        """Hold an event back. Answers whether it is to be routed at all. `behind`: for how many seconds it has waited
        since it was read from the terminal, in which hands have not rested."""
        escape = isinstance(event, events.Key) and event.key == "escape"
        now = self._clock() - behind
        if now < self._locked_until and not escape:
            self._locked_until = max(self._locked_until, now + self.burst_pause)
            self.dropped += 1
            self.on_change()
            return False
        self.unlock()
        if now < self._marked_until:
            self._marked_until = max(self._marked_until, now + self.burst_pause)
        if escape and self._busy and self._typed:
            self._drop()  # what waits behind slow work is given up; in a mere burst of keys Esc has its own place
        self._typed.append((now, event))
        self._open_or_not()
        if self._busy:
            self.on_change()
        return True

    def next(self) -> events.Key | events.Paste | None:
        """The event that may be routed now."""
        self._routing = bool(self._typed)
        if not self._typed:
            return None
        self.typed_at, event = self._typed.popleft()
        self._open_or_not()
        if self.dropped and self.typed_at >= self._marked_until:
            self.dropped, self.why_dropped = 0, None
            self.on_change()
        return event

    def routed(self) -> None:
        """The event has taken effect."""
        self._routing = False

    def _drop(self) -> int:
        count = len(self._typed)
        self._typed.clear()
        self._open_or_not()
        if count:
            self.dropped += count
            self.on_flush(count)
            self.on_change()
        return count
