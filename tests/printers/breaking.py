"""A printer that fails at a byte, and a hall that prints through it: what is on paper then, and what the hall knows.

usage: python -m tests.printers.breaking [EACH]      every position of every way to fail, or each so-manieth

The wire hands over as many bytes of the whole talk (questions before the job, the job, the question after it) as it
is told, and fails. Then all is mended, the spool goes on by itself, and a person looks at the paper of what is unknown.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Literal, get_args
from unittest import mock

from data.clock import new_key
from data.tables.sync import Printer, PrintJob
from printers import devices, jobs
from printers.devices import Patience, Sent
from printers.document import Document, copy_of
from printers.escpos import to_bytes
from printers.layout import layout
from printers.links import Link
from printers.paper import PaperLine
from printers.profiles import Profile, profile
from printers.simulator import Simulator
from printers.spool import LEASE, RETRY_SECONDS, Spool, queue
from tests.printers.samples import RECEIPT
from tests.printers.test_routes import ONE, OUTLET, TWO, Hall

Fault = Literal["cut", "reset", "dead", "off", "paper", "killed"]
"""cut: the sender is told at once that the wire broke. reset: it has handed over all, and hears it later. dead: the
printer takes no more and says no more. off: it is switched off, and forgets what it has. paper: the roll ends, and it
prints the rest when there is a new one. killed: the sender is gone."""

P80 = profile("80mm")
BYTES = to_bytes(layout(RECEIPT, P80.columns), P80)
TALK = 3 + 3 + 3 + len(BYTES) + 3
"""How many bytes are sent for a receipt: DLE EOT 1 and 4, GS r, the job, GS r."""
HASTE = Patience(status=0.5, silence=0.02, confirm=0.2, per_byte=0, longest=20, settle=0.2)
"""What is known of a job hangs on none of these; how soon it is known does."""


class Wire:
    """A link to the simulated printer, without a network between, that may fail after so many bytes."""

    answers = True

    def __init__(self, printer: Simulator, left: int | None, fault: Fault) -> None:
        self._printer, self._left, self._fault = printer, left, fault
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._broken = False

    def send(self, job: bytes, seconds: float) -> None:  # noqa: ARG002 (what is taken is taken at once)
        """As many of the bytes as are left until it fails."""
        if self._broken:
            self._fail()
            return
        if self._left is None or len(job) < self._left:
            self._left = None if self._left is None else self._left - len(job)
            self._printer.receive(job, self._answers.put)
            return
        self._printer.receive(job[: self._left], self._answers.put)
        rest, self._broken = job[self._left :], True
        if self._fault == "paper":
            self._broken, self._left = False, None
            self._printer.paper_out()
            self._printer.receive(rest, self._answers.put)
        elif self._fault == "killed":
            raise KeyboardInterrupt
        elif self._fault == "cut":
            raise BrokenPipeError("the wire is cut")
        elif self._fault == "off":
            self._printer.switch_off()

    def receive(self, seconds: float) -> bytes:
        """What the printer said, if it said something in time."""
        if self._broken:
            self._fail()
            return b""
        try:
            return self._answers.get(timeout=seconds)
        except Empty:
            return b""

    def _fail(self) -> None:
        if self._fault != "dead":
            raise ConnectionResetError("the connection was reset")

    def close(self) -> None:
        """Nothing is left of it."""


class Shop:
    """A hall of two printers: P80, of which this is about, and P81, which prints on."""

    def __init__(self, folder: Path) -> None:
        self.hall = Hall(folder)
        self.hall.set_up("P80", address="file:/tmp/80", profile="80mm")
        self.hall.set_up("P81", address="file:/tmp/81", profile="80mm")
        self.printer = Simulator()

    def sell(self, document: Document = RECEIPT, copy: int = 0) -> str:
        """A receipt waits at P80; its key."""
        with self.hall.work() as tx:
            return queue(
                tx,
                document,
                document_id=new_key(tx.clock),
                order_id="",
                title="t",
                counter=ONE,
                operator="1001",
                copy_number=copy,
            ).job_id

    def step(self, code: str, counter: str, deliver: Callable[[str, Profile, bytes], Sent]) -> Sent | None:
        """The next paper of a printer."""
        return Spool(self.hall.store, OUTLET, counter, deliver).step(code)

    def send(self, left: int | None, fault: Fault) -> Callable[[str, Profile, bytes], Sent]:
        """Send over a wire that fails after so many bytes; over a whole one for None."""

        def send(address: str, about: Profile, content: bytes) -> Sent:
            def opened(_address: str, _seconds: float) -> Link:
                return Wire(self.printer, left, fault)

            with mock.patch.object(devices, "open_link", opened):
                return devices.send(address, about, content, HASTE)

        return send

    def state(self, key: str) -> str:
        """Where a paper is."""
        with self.hall.store.reading() as reading:
            return reading.one(PrintJob, id=key).state

    def later(self, seconds: float) -> None:
        """Time passes."""
        self.hall.store.clock.move(seconds=seconds)  # type: ignore[attr-defined]

    # what a person does

    def mend(self) -> None:
        """The wire is whole, the printer on, a roll is in it; what it had kept comes out."""
        with contextlib.suppress(OSError):
            self.printer.switch_on()
        self.printer.refill()
        assert self.printer.wait_idle()

    def print_on(self) -> None:
        """The spool goes on by itself until nothing waits."""
        self.later(max(RETRY_SECONDS[-1], LEASE.total_seconds()) + 1)
        while self.step("P80", TWO, self.send(None, "cut")) is not None:
            pass
        assert self.printer.wait_idle()

    def look(self, key: str, out: bool) -> None:
        """A person says what they saw of a paper that is unknown; what did not come out is printed as a copy."""
        with self.hall.work() as tx:
            jobs.decide(tx, key, came_out=out)
        if not out:
            self.sell(copy_of(RECEIPT, 1), 1)


def whole(lines: tuple[PaperLine, ...]) -> tuple[int, int]:
    """How many whole receipts are on the paper: without a mark, and marked as copies."""
    plain = marked = 0
    for at in range(len(lines)):
        if lines[at : at + len(EXPECTED)] == EXPECTED:
            banner = lines[at - 1].text if at else ""
            plain, marked = plain + ("补打" not in banner), marked + ("补打" in banner)
    return plain, marked


def _expected() -> tuple[PaperLine, ...]:
    with Simulator() as printer:
        printer.receive(BYTES, lambda _: None)
        assert printer.wait_idle()
        return printer.lines


EXPECTED = _expected()


@contextmanager
def shop() -> Iterator[Shop]:
    """A hall, for as many failures as one likes."""
    with tempfile.TemporaryDirectory(prefix="boss-breaking-") as folder:
        made = Shop(Path(folder))
        yield made
        made.hall.store.close()


def fail(made: Shop, fault: Fault, at: int, *, hasty: bool = False) -> None:
    """A receipt is printed over a wire that fails after so many bytes, another waits behind it. AssertionError unless
    each is on paper once, or marked. `hasty`: the person looks before a new roll is in."""
    with Simulator() as made.printer:
        first, second = made.sell(), made.sell()
        if fault == "killed":
            with contextlib.suppress(KeyboardInterrupt):
                made.step("P80", ONE, made.send(at, fault))
            assert made.state(first) == "sending" or at == TALK
        else:
            made.step("P80", ONE, made.send(at, fault))
            assert made.state(first) in {"refused", "unknown", "acknowledged"}
        assert made.state(second) == "queued"
        other_prints_on(made)
        assert fault == "paper" or made.printer.wait_idle()
        if hasty and made.state(first) == "unknown":
            made.look(first, out=False)
        made.mend()
        made.print_on()
        if made.state(first) == "unknown":
            made.look(first, out=whole(made.printer.lines)[0] > (made.state(second) == "acknowledged"))
            made.print_on()
        plain, marked = whole(made.printer.lines)
        where = f"{fault} after {at} bytes: {plain} whole, {marked} marked, {made.state(first)}, {made.state(second)}"
        assert made.state(second) == "acknowledged", where
        assert made.state(first) in {"acknowledged", "cancelled"}, where
        assert plain <= 2, where
        assert plain + marked >= 2, where
        assert marked <= (made.state(first) == "cancelled"), where


def other_prints_on(made: Shop) -> None:
    """Another printer of the hall prints meanwhile."""
    with made.hall.work() as tx:
        queue(
            tx,
            RECEIPT,
            document_id="o",
            order_id="",
            title="o",
            counter=TWO,
            operator="1002",
            at=tx.one(Printer, code="P81"),
        )
    assert made.step("P81", TWO, lambda *_: Sent("acknowledged")) == Sent("acknowledged")


def main(each: int) -> int:
    """Every so-manieth position; answers how many failed."""
    wrong = 0
    for fault in get_args(Fault):
        with shop() as made:
            for at in range(0, TALK + 1, each):
                for turn in (fail, partial(fail, hasty=True)) if fault == "paper" else (fail,):
                    try:
                        turn(made, fault, at)
                    except AssertionError as why:
                        wrong += 1
                        print(why, flush=True)
        print(f"{fault}: done", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1) > 0)
