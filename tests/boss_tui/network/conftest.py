"""What the network's tests share: an act's parameters, a batch of commands, an element with its gateway in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from boss_tui.network.batch import Batch, BatchEntry, as_bytes
from boss_tui.network.dialects import dialect
from boss_tui.network.dialects.answers import Answer
from boss_tui.network.dialects.dialect import Dialect
from boss_tui.network.dialects.record import Record
from boss_tui.network.dialects.templates import Command, Values
from boss_tui.network.element import Element
from boss_tui.network.gateway import FolderGateway
from boss_tui.network.replies import read_replies
from data.clock import SeededClock, stamp
from tests.engines import Copy, Engine, Shared, Template

from .outlet import Hall, make_hall

IMSI, OTHER_IMSI = "460001234567890", "460001234567891"
NUMBER, OTHER_NUMBER = "13900000001", "13900000002"
KEY: Values = {"ki": "0123456789ABCDEF0123456789ABCDEF", "k4": "1", "card": "usim", "algorithm": "comp128_3"}
CREATE: Values = {
    "imsi": IMSI,
    "msisdn": NUMBER,
    "profile": "1",
    **KEY,
    "data": "on",
    "long_distance": "domestic",
    "roaming": "national",
}


@dataclass
class Desk:
    """Our side of one element, as simple as can be: puts batches, steps the element, reads what came back."""

    dialect: Dialect
    gateway: FolderGateway
    element: Element
    clock: SeededClock
    sequence: int = 0
    sent: dict[str, str] = field(default_factory=dict)

    def batch(self, texts: Iterable[str]) -> Batch:
        """The next batch of these commands."""
        self.sequence += 1
        entries = tuple(BatchEntry(f"0571-01/1/{self.sequence}/{n}", text) for n, text in enumerate(texts, start=1))
        self.sent |= {entry.key: entry.text for entry in entries}
        return Batch("HLR-1", "0571-01", 1, self.sequence, stamp(self.clock.now()), self.dialect.name, entries)

    def put(self, texts: Iterable[str]) -> Batch:
        """Hand a batch over."""
        batch = self.batch(texts)
        self.gateway.put(batch.name, as_bytes(batch))
        return batch

    def collect(self) -> dict[str, Answer]:
        """Fetch, read and archive every response; the answers by key."""
        found: dict[str, Answer] = {}
        for name in self.gateway.responses():
            for reply in read_replies(self.gateway.fetch(name)).replies:
                found[reply.key] = self.dialect.answer(self.sent[reply.key], reply.raw)
            self.gateway.archive(name)
        return found

    def run(self, *texts: str) -> list[Answer]:
        """Put, step, collect: the answers in order."""
        batch = self.put(texts)
        self.element.step()
        answers = self.collect()
        return [answers[entry.key] for entry in batch.entries]

    def do(self, act: str, **values: str | tuple[str, ...]) -> tuple[tuple[Command, ...], list[Answer]]:
        """Render an act and run it."""
        commands = self.dialect.render(act, values)
        return commands, self.run(*(command.text for command in commands))

    def create(self) -> None:
        """The subscriber of these tests."""
        _, answers = self.do("create_subscriber", **CREATE)  # type: ignore[arg-type]
        assert [answer.state for answer in answers] == ["done"] * len(answers)

    def only(self) -> Record:
        """The one subscriber that the element knows."""
        (record,) = self.element.subscribers()
        return record


MakeDesk = Callable[[str], Desk]


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[MakeDesk]:
    desks: list[Desk] = []

    def make(name: str) -> Desk:
        clock, gateway, spoken = SeededClock(), FolderGateway(tmp_path / f"gateway{len(desks)}"), dialect(name)
        element = Element(tmp_path / f"{len(desks)}.db", spoken, gateway, clock=clock, code="HLR-1")
        desks.append(Desk(spoken, gateway, element, clock))
        return desks[-1]

    yield make
    for desk in desks:
        desk.element.close()


@pytest.fixture(params=["huawei", "ericsson"])
def desk(request: pytest.FixtureRequest, make_desk: MakeDesk) -> Desk:
    return make_desk(request.param)


@pytest.fixture(scope="session")
def small_hall(shared: Shared) -> Template:
    """A store with a small hall in it, made once on each engine."""
    return Template(shared, "small-hall", make_hall)


@pytest.fixture
def outlet_template(engine: Engine, small_hall: Template) -> Copy:
    """Makes copies of the small hall."""
    return small_hall.on(engine)


@pytest.fixture
def hall(outlet_template: Copy, tmp_path: Path) -> Iterator[Hall]:
    """An outlet with a Huawei element."""
    made = Hall(outlet_template, tmp_path)
    yield made
    made.close()


@pytest.fixture(params=["huawei", "ericsson"])
def either(request: pytest.FixtureRequest, outlet_template: Copy, tmp_path: Path) -> Iterator[Hall]:
    """An outlet with an element of either language."""
    made = Hall(outlet_template, tmp_path, request.param)
    yield made
    made.close()
