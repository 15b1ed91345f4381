"""Processes that sell from one store: real ones, forked, each with its own desk at its own counter.

What a seller was told is done, it writes to a pipe before it goes on: the judge compares that with the store.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO, Self

from stdnum import luhn

from boss_tui.answers.business import Tender
from boss_tui.desk import Desk, Station
from data.demo.hall import COUNTERS
from data.demo_staff import CLERKS
from data.errors import BossError, Conflict
from data.journal import Author
from data.store import Store
from data.tables.resource import SimCard
from tests.hall import FACTS

CARDS = 2_500
TODAY = "2026-11-23"
READY = "ready\n"


@dataclass
class Forked:
    """A forked process that works until it is done, or killed.

    Attributes:
        pid: its process.
        told: what it said was done, once it has ended.
    """

    pid: int
    pipe: IO[str]
    told: list[str] = field(default_factory=list)

    @classmethod
    def fork(cls, work: Callable[[int], None]) -> Self:
        """Fork a process for a piece of work, which is handed the descriptor that it says `READY` on, and then what is
        done, a line each."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            status = 1
            try:
                work(writing)
                status = 0
            finally:
                os._exit(status)
        os.close(writing)
        return cls(pid, os.fdopen(reading))

    def at_work(self) -> None:
        """Wait until it is signed on and begins."""
        assert self.pipe.readline() == READY

    def kill(self) -> None:
        """End it where it is."""
        os.kill(self.pid, signal.SIGKILL)

    def ended(self) -> int:
        """Wait for its end; answers its exit code (negative: the signal)."""
        self.told = [line.strip() for line in self.pipe if line.endswith("\n") and line != READY]
        self.pipe.close()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class Seller(Forked):
    """One that sells."""

    @classmethod
    def start(cls, url: str, seat: int, seconds: float) -> Self:
        """Fork a seller at the seat's counter."""
        return cls.fork(lambda told: _sell(url, seat, seconds, told))


def _sell(url: str, seat: int, seconds: float, told: int) -> None:
    """Open accounts for so long. A number or card that another seller was quicker with is chosen again."""
    store = Store(url)
    desk = Desk(store, Station(FACTS.outlet, COUNTERS[seat % len(COUNTERS)]))
    desk.signing.sign_on(CLERKS[seat % len(CLERKS)], FACTS.password)
    os.write(told, READY.encode())
    until = time.monotonic() + seconds
    while True:
        serial = sell_one(desk)
        os.write(told, f"{serial}\n".encode())
        if time.monotonic() >= until:
            return


def sell_one(desk: Desk) -> str:
    """One C1 with what is free now; answers its serial."""
    while True:
        view = desk.forms.begin("C1")
        view = desk.forms.fill(view.id, desk.forms.example("C1"))
        if {"number", "iccid"} & view.errors.keys():  # somebody else was quicker
            desk.forms.abandon(view.id)
            continue
        if view.errors:
            raise AssertionError(view.errors)
        try:
            return desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial
        except Conflict:
            desk.forms.abandon(view.id)
        except BossError as refusal:
            raise AssertionError(str(refusal)) from refusal


def prepare(store: Store) -> None:
    """Cards for a long day are received, and the shift of every counter is opened."""
    with store.transaction(Author(FACTS.outlet, "deliveries", FACTS.supervisor, business_date=TODAY)) as tx:
        tx.add_many(SimCard, [_card(number) for number in range(CARDS)])
    for clerk, counter in zip(CLERKS, COUNTERS, strict=True):
        desk = Desk(store, Station(FACTS.outlet, counter))
        desk.signing.sign_on(clerk, FACTS.password)
        desk.till.open_shift(0)


def _card(number: int) -> dict[str, str]:
    body = f"898600{511_299_000_0000 + number:013d}"
    return {
        "iccid": body + str(luhn.calc_check_digit(body)),
        "imsi": f"460009{number:09d}",
        "kind": "32K",
        "outlet": FACTS.outlet,
    }


def all_told(sellers: Iterable[Seller]) -> list[str]:
    """Every serial that any seller was told."""
    return [serial for seller in sellers for serial in seller.told]
