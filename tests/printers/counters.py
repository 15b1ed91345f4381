"""Counters that print, as real processes: they can be killed where they are, and another one takes over.

They are forked by a process that has neither threads nor a store, since a fork breaks both; it has to be begun before
either. A counter opens the store itself, takes papers of P80 and sends them, as the spool of a desk does.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Literal

from msgspec import Struct
from msgspec.structs import asdict

from data.clock import SeededClock
from data.store import Store
from printers import devices
from printers.connectors import connectors
from printers.devices import Patience, Sent
from printers.profiles import Profile
from printers.spool import Spool
from tests.printers.test_routes import OUTLET

Stop = Literal["", "leased", "heard", "settled"]
"""Where a counter stands still, and says so, until it is killed: the job is leased and not a byte is sent; the printer
has confirmed and nobody has written it down; it is written down. Empty: it prints until nothing waits."""
REACHED = "reached\n"
SURE = Patience(connect=30, status=10, silence=0.05, confirm=30, per_byte=0, longest=60, settle=10)
"""Of a counter that is killed before it is tired of waiting: a slow machine is no fault of the printer."""
BRISK = Patience(connect=30, status=5, silence=0.05, confirm=2, per_byte=0, longest=60, settle=2)
"""Of one that takes over: of a printer that was cut off in the midst of a command it hears nothing so long."""


class Order(Struct, frozen=True):
    """What a counter is to do: in which store, as whom, at which moment, with a seed of its own for its keys."""

    url: str
    counter: str
    now: str
    seed: int
    stop: Stop = ""
    brisk: bool = False


class Counters:
    """The process that begins counters, one at a time."""

    def __init__(self, pid: int, orders: IO[str], answers: IO[str]) -> None:
        self._pid, self._orders, self._answers = pid, orders, answers
        self._counter, self._runs = 0, False

    def begin(self, order: Order) -> None:
        """Begin a counter."""
        self._orders.write(f"{json.dumps(asdict(order))}\n")
        self._orders.flush()
        self._counter = int(self._answers.readline())
        self._runs = True

    def kill(self) -> None:
        """End the counter where it is."""
        os.kill(self._counter, signal.SIGKILL)

    def answer(self) -> str:
        """What is heard next: REACHED, or its exit code (negative: the signal)."""
        said = self._answers.readline()
        self._runs = said == REACHED
        return said

    def fileno(self) -> int:
        """What to wait for an answer by."""
        return self._answers.fileno()

    def close(self) -> None:
        """No more of them: not even one that stands still."""
        if self._runs:
            self.kill()
        self._orders.close()
        self._answers.close()
        os.waitpid(self._pid, 0)


@contextmanager
def counters() -> Iterator[Counters]:
    """Begin it, before there is a thread or a store."""
    connectors()  # a counter has its libraries, however often one is begun
    (orders_in, orders_out), (answers_in, answers_out) = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(orders_out)
        os.close(answers_in)
        _serve(orders_in, answers_out)
    os.close(orders_in)
    os.close(answers_out)
    # unbuffered reading, so that what was not read yet can be waited for
    made = Counters(pid, os.fdopen(orders_out, "w"), _Lines(answers_in))  # type: ignore[arg-type]
    try:
        yield made
    finally:
        made.close()


class _Lines:
    """A pipe read line by line, and not a byte further."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def readline(self) -> str:
        line = b""
        while not line.endswith(b"\n") and (sign := os.read(self._fd, 1)):
            line += sign
        return line.decode()

    def fileno(self) -> int:
        return self._fd

    def close(self) -> None:
        os.close(self._fd)


def _serve(orders: int, answers: int) -> None:
    status = 1
    try:
        for line in os.fdopen(orders):
            pid = os.fork()
            if pid == 0:
                _print(Order(**json.loads(line)), answers)
            os.write(answers, f"{pid}\n".encode())
            ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            os.write(answers, f"{ended}\n".encode())
        status = 0
    finally:
        os._exit(status)


def _print(order: Order, answers: int) -> None:
    status = 1
    try:
        _work(order, answers)
        status = 0
    finally:
        os._exit(status)


def _work(order: Order, answers: int) -> None:
    """Print what waits at P80, until there is nothing, or until the place where it is to stand still."""

    def reached(place: Stop) -> None:
        if order.stop == place:
            os.write(answers, REACHED.encode())
            signal.pause()

    def deliver(address: str, about: Profile, content: bytes) -> Sent:
        reached("leased")
        sent = devices.send(address, about, content, BRISK if order.brisk else SURE)
        reached("heard")
        return sent

    store = Store(order.url, clock=SeededClock(datetime.fromisoformat(order.now), order.seed))
    spool = Spool(store, OUTLET, order.counter, deliver)
    while spool.step("P80") is not None:
        reached("settled")
