"""What a command shows while it works for longer than a second: what it does, how far it is, how long it may take.

On a terminal one line that is drawn again and again, and is gone at the end; elsewhere a line for each step, so that a
log stays readable. Ctrl-C, or being told to end, stops the work where it next tells how far it is: what it was making
is taken away by whoever makes it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO, TypeVar

from boss_tui.commands.shared import interrupted, spoken
from data.message import Message, say
from data.progress import Report

T = TypeVar("T")
QUIET = 1.0
"""Seconds in which nothing is shown: most of what people do is over by then."""
EVERY = 0.25
PATIENCE = 30.0
SURE_AFTER = 0.02
"""The part of a step that must be done before it is said how long the rest takes."""


class ShownProgress:
    """A `data.progress.Report` on standard error, as a context."""

    def __init__(self, stream: TextIO | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._now = stream or sys.stderr, now
        self._began = self._step_began = now()
        self._what, self._done, self._of = Message(""), 0, 0
        self._said = Message("")
        self._width = 0
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._draw_on, name="progress", daemon=True)

    def __call__(self, what: Message, done: int = 0, of: int = 0) -> None:
        """How far it is now."""
        with self._lock:
            if what != self._what:
                self._what, self._step_began = what, self._now()
            self._done, self._of = done, of

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        if self._width:
            self._write("\r" + " " * self._width + "\r")

    def _draw_on(self) -> None:
        """The time goes on, too, while a step says nothing."""
        while not self._ended.wait(EVERY):
            with self._lock:
                self.draw()

    def draw(self) -> None:
        """Show how far it is, if that is worth it by now."""
        if self._now() - self._began < QUIET or self._what == Message(""):
            return
        if self._stream.isatty():
            self._redraw(self.line())
        elif self._what != self._said:
            self._said = self._what
            self._write(f"{spoken()(self._what)} …\n")

    def line(self) -> str:
        """What is done, how far, since when, how long still."""
        speak, spent = spoken(), self._now() - self._step_began
        told = speak(self._what)
        if self._of:
            told += f"  {self._done:,}/{self._of:,}"
        told += "  " + speak(say("{time} so far", time=duration(spent)))
        if self._of and self._done >= self._of * SURE_AFTER and 0 < self._done < self._of:
            left = spent * (self._of - self._done) / self._done
            told += "  " + speak(say("about {time} left", time=duration(left)))
        return told

    def _redraw(self, line: str) -> None:
        from rich.cells import cell_len, set_cell_size

        width = max(cell_len(line), self._width)
        self._write("\r" + set_cell_size(line, width))
        self._width = cell_len(line)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


class _Stopped(BaseException):
    """In the thread of the work: nobody waits for it any more."""


def worked(work: Callable[[Report], T]) -> T:
    """Do what may take long, shown on standard error; the work is handed what it tells how far it is.

    It is done in a thread of its own, since a database's long answer can't be interrupted. KeyboardInterrupt: it was
    stopped. A work that does not tell anything for `PATIENCE` seconds then is left behind, to end with the program.
    """
    outcome: list[T] = []
    faults: list[BaseException] = []
    ended, stopped = threading.Event(), threading.Event()

    def report(what: Message, done: int = 0, of: int = 0) -> None:
        if stopped.is_set():
            raise _Stopped
        shown(what, done, of)

    def do() -> None:
        try:
            outcome.append(work(report))
        except BaseException as fault:
            faults.append(fault)
        finally:
            ended.set()

    with ShownProgress() as shown, interrupted() as told:
        threading.Thread(target=do, name="work", daemon=True).start()
        while not ended.wait(EVERY):
            if told.is_set():
                stopped.set()
                ended.wait(PATIENCE)
                raise KeyboardInterrupt
    if faults:
        raise faults[0]
    return outcome[0]


def waited(what: Message, work: Callable[[], T]) -> T:
    """Do what may take long and can't say how far it is: shown with the time it takes, and stopped, as `worked`."""

    def told(tell: Report) -> T:
        tell(what, 0, 0)
        return work()

    return worked(told)


def duration(seconds: float) -> str:
    """A time span as a person reads it: 12 s, 3:05, 1:02:03."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
