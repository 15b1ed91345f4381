"""The counter that prints is killed after each byte that its printer has, and another one takes over: real processes,
SIGKILL, and what is on paper then.

usage: python -m tests.printers.killed [EACH] [SEED]      every position, or every so-manieth from one that a seed draws

The wire between them hands the printer as many bytes of the whole talk as it is told, and stands still: there the
counter is killed. What it had sent beyond that is lost with its machine, or arrives all the same. It is killed too when
it has leased a paper and sent nothing, when it has heard the printer's confirmation, and when it has written that down.
While it stands there a sale goes on, and so does another printer; who takes over too early takes nothing.
"""

from __future__ import annotations

import contextlib
import random
import select
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Literal, get_args

from data.tables.sync import Printer
from printers.simulator import Simulator
from printers.spool import LEASE, RETRY_SECONDS
from tests.printers.breaking import TALK, Shop, other_prints_on, shop, whole
from tests.printers.counters import REACHED, Counters, Order, Stop, counters
from tests.printers.test_routes import ONE, TWO

Rest = Literal["lost", "arrives"]
"""What becomes of the bytes that a killed counter had sent, and the printer has not."""
POINTS: tuple[Stop, ...] = ("leased", "heard", "settled")
MOST = 65_536
GUARD = 120.0
"""Seconds after which nothing more happens: something hangs."""


class Wire:
    """What lies between the counters and the printer: it hands on as many bytes as it is told, and stands still."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp:127.0.0.1:{self._listener.getsockname()[1]}"
        self._link: socket.socket | None = None
        self._deaf = False

    def carry(self, printer: Simulator, counter: Counters, left: int | None = None) -> str:
        """Hand on, until so many bytes are there (None: all) or the counter says something; what it said."""
        self._deaf = False
        while left is None or left > 0 or self._link is None:
            link = self._link if self._link is not None else self._listener
            ready, _, _ = select.select([link.fileno(), counter.fileno()], [], [], GUARD)
            assert ready, "nothing happens"
            if counter.fileno() in ready:
                return counter.answer()
            left = self._some(printer, left)
        return ""

    def _some(self, printer: Simulator, left: int | None) -> int | None:
        """Begin a talk, or hand on some of it."""
        if self._link is None:
            self._link, _ = self._listener.accept()
            self._deaf = left == 0
            return left
        taken = self._link.recv(MOST if left is None else left)
        if not taken:
            self._hang_up()
            return left
        left = None if left is None else left - len(taken)
        self._deaf = left == 0  # who has it all answers, and nobody hears
        printer.receive(taken, self._answer)
        return left

    def _answer(self, said: bytes) -> None:
        link = self._link
        if link is not None and not self._deaf:
            with contextlib.suppress(OSError):  # the counter is gone
                link.sendall(said)

    def end(self, printer: Simulator, rest: Rest) -> None:
        """The counter is gone: what it had sent is lost, or arrives."""
        while rest == "arrives" and self._link is not None and (taken := self._link.recv(MOST)):
            printer.receive(taken, self._answer)
        self._hang_up()

    def _hang_up(self) -> None:
        if self._link is not None:
            self._link.close()
        self._link = None

    def close(self) -> None:
        """It is taken away."""
        self._hang_up()
        self._listener.close()


class Play:
    """A hall whose counters are processes, for as many kills as one likes."""

    def __init__(self, made: Shop, counter: Counters) -> None:
        self.made, self.counter, self.wire, self._seed = made, counter, Wire(), 0
        with made.hall.work() as tx:
            tx.change(tx.one(Printer, code="P80"), address=self.wire.address)

    def begin(self, at: str, stop: Stop = "", *, brisk: bool = False) -> None:
        """A counter begins to print."""
        self._seed += 1
        now = self.made.hall.store.clock.now() + timedelta(seconds=1)
        self.counter.begin(Order(self.made.hall.url, at, now.isoformat(), self._seed, stop, brisk))

    def print_on(self) -> None:
        """Another counter prints all that waits and may be sent."""
        self.begin(TWO, brisk=True)
        said = self.wire.carry(self.made.printer, self.counter)
        assert said == "0\n", said
        self.wire.end(self.made.printer, "lost")
        assert self.made.printer.wait_idle()

    def kill(self, at: int | Stop, rest: Rest = "lost") -> None:
        """A receipt is printed by a counter that is killed there, another one is sold meanwhile. AssertionError unless
        each is on paper once, or marked."""
        made = self.made
        with Simulator() as made.printer:
            first = made.sell()
            self.begin(ONE, "" if isinstance(at, int) else at)
            said = self.wire.carry(made.printer, self.counter, at if isinstance(at, int) else None)
            assert said == ("" if isinstance(at, int) else REACHED), f"{at}: it was not there: {said}"
            second = made.sell()
            other_prints_on(made)
            assert made.state(first) == ("acknowledged" if at == "settled" else "sending"), at
            self.counter.kill()
            assert self.counter.answer() == "-9\n"
            self.wire.end(made.printer, rest)
            self._taken_over(first, second, at, rest)

    def _taken_over(self, first: str, second: str, at: int | Stop, rest: Rest) -> None:
        made, sent = self.made, "acknowledged" if at == "settled" else "sending"
        assert made.printer.wait_idle()
        if sent == "sending":
            self.print_on()  # it may still be alive: nobody takes what it has, and nothing comes out of order
            assert (made.state(first), made.state(second)) == ("sending", "queued"), at
        made.later(max(RETRY_SECONDS[-1], LEASE.total_seconds()) + 1)
        self.print_on()
        assert made.state(first) == ("acknowledged" if at == "settled" else "unknown"), at
        if made.state(first) == "unknown":
            made.look(first, out=whole(made.printer.lines)[0] > (made.state(second) == "acknowledged"))
        made.later(RETRY_SECONDS[-1] + 1)
        self.print_on()
        plain, marked = whole(made.printer.lines)
        where = f"killed at {at}, the rest {rest}: {plain} whole, {marked} marked, {made.state(first)}"
        assert made.state(second) == "acknowledged", where
        assert made.state(first) in {"acknowledged", "cancelled"}, where
        assert plain <= 2, where
        assert plain + marked == 2, where
        assert marked == (made.state(first) == "cancelled"), where


@contextmanager
def play() -> Iterator[Play]:
    """A hall and its counters."""
    with counters() as begun, shop() as made:
        playing = Play(made, begun)
        try:
            yield playing
        finally:
            playing.wire.close()


def main(each: int, seed: int) -> int:
    """Every so-manieth position; answers how many failed. What failed leaves its hall as it is: a new one goes on."""
    wrong, began = 0, time.monotonic()
    places = range(random.Random(seed).randrange(each), TALK + 1, each)
    left: list[tuple[int | Stop, Rest]] = [(point, "lost") for point in POINTS]
    left += [(at, rest) for at in places for rest in get_args(Rest)]
    kills = len(left)
    while left:
        with play() as playing:
            try:
                while left:
                    playing.kill(*left.pop(0))
            except AssertionError as why:
                wrong += 1
                print(why, flush=True)
    print(f"{kills} kills of a counter that prints, {wrong} wrong, {time.monotonic() - began:.0f} s", flush=True)
    return wrong


if __name__ == "__main__":
    asked = [int(typed) for typed in sys.argv[1:]]
    sys.exit(main(asked[0] if asked else 1, asked[1] if len(asked) > 1 else 0) > 0)
