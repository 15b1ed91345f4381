"""The outlet's side of the network, as one object: housekeeping steps it, commands ask it where things are.

Several programs of one hall may each have one over the same store. It decides nothing itself: see `queue`, `receive`,
`advance`, `send`.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from sqlalchemy import func, select

from boss_tui.network import rows
from boss_tui.network.advance import advance, overdue
from boss_tui.network.gateway import Gateway
from boss_tui.network.gateway_address import open_gateway
from boss_tui.network.gateway_secrets import secret_of
from boss_tui.network.queue import queue_open
from boss_tui.network.receive import Receiver
from boss_tui.network.rows import batches, commands, work
from boss_tui.network.send import Point, Sender
from data.errors import BossError
from data.message import Message
from data.store import Reading, Store
from data.tables.network import NetworkElement

log = logging.getLogger("boss.network")

KEPT_REPORTS = 200

_STATES = (
    select(commands.c.element, commands.c.state, func.count(), func.min(commands.c.queued_at))
    .where(commands.c.closed == 0)
    .group_by(commands.c.element, commands.c.state)
)
_BATCHES = (
    select(batches.c.element, batches.c.state, func.count())
    .where(batches.c.state != "answered")
    .group_by(batches.c.element, batches.c.state)
)
_WORK = (
    select(work.c.kind, work.c.state, func.count())
    .where(work.c.state.in_(("open", "failed")))
    .group_by(work.c.kind, work.c.state)
)


class Report(Struct, frozen=True):
    """Something that came from a gateway and could not be used: the file, what is wrong, when it was first seen."""

    file: str
    message: Message
    at: str


class ElementStatus(Struct, frozen=True):
    """Where an element's commands and batches are: how many in each state, and since when the oldest waits.

    `commands` counts those whose work order is not settled; `batches` those that are not wholly answered (`built`: not
    handed over yet).
    """

    code: str
    state: str
    dialect: str
    gateway: str
    commands: dict[str, int]
    batches: dict[str, int]
    oldest: str


class Status(Struct, frozen=True):
    """Where work orders are. `failed`: automatic ones that failed; `manual`: those that wait for a person."""

    elements: tuple[ElementStatus, ...]
    open: int
    failed: int
    manual: int


class Network:
    """The network of one outlet.

    Attributes:
        faults: what is wrong with an element's gateway now, by the element's code.
        reports: files and answers that could not be used, the newest last; each is told once.
    """

    def __init__(
        self, store: Store, outlet: str, home: Path, *, alone: bool = False, at: Point = lambda _: None
    ) -> None:
        """`home`: what gateways' addresses are relative to. `alone`: there is no headquarters to wait for.
        `at`: called between effects with the place's name."""
        self.store, self.outlet, self.home = store, outlet, home
        self.faults: dict[str, Message] = {}
        self.reports: deque[Report] = deque(maxlen=KEPT_REPORTS)
        self._told: set[tuple[str, str]] = set()
        self._gateways: dict[tuple[str, str], Gateway] = {}
        self._sender = Sender(store, outlet, alone=alone, at=at)
        self._receiver = Receiver(store, outlet, tell=self._report, at=at)

    def step(self) -> bool:
        """Queue, receive, advance, send. Answers whether anything was done.

        An element whose gateway is away does not keep the others waiting; when nothing else could be done, its fault
        (a BossError, mostly Outside) is raised.
        """
        faults: list[BossError] = []
        done = queue_open(self.store, self.outlet)
        with self.store.reading() as reading:
            elements = reading.all(NetworkElement, order=("code",))
        done = self._each(elements, self._receiver.receive, faults) or done
        done = overdue(self.store, self.outlet) or done
        done = advance(self.store, self.outlet) or done
        reached = [element for element in elements if element.code not in self.faults and element.state == "active"]
        done = self._each(reached, self._sender.send, faults) or done
        if faults and not done:
            raise faults[0]
        return done

    def _each(
        self, elements: list[NetworkElement], act: Callable[[NetworkElement, Gateway], bool], faults: list[BossError]
    ) -> bool:
        done = False
        for element in elements:
            try:
                done = act(element, self.gateway(element)) or done
                self.faults.pop(element.code, None)
            except BossError as fault:
                self._fault(element.code, fault)
                faults.append(fault)
        return done

    def _fault(self, code: str, fault: BossError) -> None:
        if str(self.faults.get(code, "")) != str(fault.message):
            log.warning("%s: %s", code, fault)
        self.faults[code] = fault.message

    def _report(self, file: str, message: Message) -> None:
        if (file, str(message)) not in self._told:
            self._told.add((file, str(message)))
            self.reports.append(Report(file, message, rows.stamped(self.store)))
            log.warning("%s: %s", file, message)

    def gateway(self, element: NetworkElement) -> Gateway:
        """An element's gateway; its connection is kept while address and secret stay. NotAllowed: its address can't be
        read."""
        by = element.gateway, secret_of(self.home, element.code)
        if by not in self._gateways:
            self._gateways[by] = open_gateway(element.gateway, self.home, by[1])
        return self._gateways[by]


def status(reading: Reading) -> Status:
    """Where everything is, from the store alone."""
    states = [tuple(row) for row in reading.rows(_STATES)]
    waiting = [tuple(row) for row in reading.rows(_BATCHES)]
    counts = {(kind, state): int(count) for kind, state, count in reading.rows(_WORK)}
    elements = tuple(
        ElementStatus(
            element.code,
            element.state,
            element.dialect,
            element.gateway,
            {state: count for code, state, count, _ in states if code == element.code},
            {state: count for code, state, count in waiting if code == element.code},
            min((oldest for code, _, _, oldest in states if code == element.code), default=""),
        )
        for element in reading.all(NetworkElement, order=("code",))
    )
    open_, failed = counts.get(("automatic", "open"), 0), counts.get(("automatic", "failed"), 0)
    return Status(elements, open_, failed, counts.get(("manual", "open"), 0))
