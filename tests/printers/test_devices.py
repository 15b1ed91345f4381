"""Every way in which a printer can fail, over a real wire, and what is then known of the job."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.errors import BadForm, Outside
from printers import devices
from printers.devices import CONFIRM, Patience, send, status
from printers.escpos import to_bytes
from printers.layout import layout
from printers.links import check_address
from printers.paper import PaperLine
from printers.profiles import PROFILES, profile
from printers.simulator import Simulator
from printers.status import Answers
from tests.printers.samples import RECEIPT

pytestmark = pytest.mark.whole  # a simulated printer listens

P80, SILENT = profile("80mm"), profile("80mm-silent")
JOB = to_bytes(layout(RECEIPT, 48), P80)
QUICK = Patience(connect=2, status=0.2, silence=0.02, confirm=0.2, per_byte=0, longest=1, settle=0.2)
PATIENT = Patience(silence=0.02)


@pytest.fixture
def printer() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@contextmanager
def peer(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """Something that listens like a printer and then does as it likes. Gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _peer = server.accept()
            with connection, contextlib.suppress(ConnectionError):
                talk(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"network:127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def answer_status(wire: socket.socket) -> None:
    """Say that all is well: DLE EOT 1 and 4, and that nothing is left to print."""
    for answer in (b"\x12", b"\x12", b"\x00"):
        wire.recv(3)
        wire.sendall(answer)


def test_a_job_is_acknowledged_when_it_is_printed(printer: Simulator) -> None:
    assert send(printer.address, P80, JOB).state == "acknowledged"
    assert len(printer.receipts) == 1
    assert printer.paper.faults == []
    assert printer.paper.drawer_pulses == 1


def test_paper_nearly_used_up_is_told(printer: Simulator) -> None:
    printer.near_end()
    sent = send(printer.address, P80, JOB)
    assert (sent.state, sent.near_end) == ("acknowledged", True)
    assert "nearly used up" in str(status(printer.address, P80).message())


@pytest.mark.parametrize(
    ("confirms", "asked", "told"),
    [
        (b"\x00", b"\x12", False),
        (b"\x03", b"", True),
        (b"\x00", b"\x1e", True),
        (b"\x00", b"\x16", True),
        (b"\x00", b"", False),
        (b"\x00", b"junk", False),
    ],
)
def test_a_roll_runs_low_by_the_confirmation_or_by_what_is_asked_after_it(
    confirms: bytes, asked: bytes, told: bool
) -> None:
    """Models differ; what is said of the roll changes nothing about the job, which is known then."""

    def talk(wire: socket.socket) -> None:
        answer_status(wire)
        taken = b""
        while not taken.endswith(CONFIRM):
            taken += wire.recv(65536)
        wire.sendall(confirms)
        if wire.recv(3) and asked:
            wire.sendall(asked)

    with peer(talk) as address:
        sent = send(address, P80, JOB, QUICK)
    assert (sent.state, sent.near_end) == ("acknowledged", told)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Simulator.paper_out, "out of paper"),
        (Simulator.cover, "cover is open"),
        (Simulator.mute, "does not answer"),
        (Simulator.switch_off, "cannot be reached"),
    ],
)
def test_a_printer_that_is_not_ready_gets_no_byte_of_the_job(
    printer: Simulator, fault: Callable[[Simulator], None], reason: str
) -> None:
    fault(printer)
    sent = send(printer.address, P80, JOB, QUICK)
    assert sent.state == "refused"
    assert reason in str(sent.reason)
    for mend in (printer.refill, lambda: printer.cover(False), lambda: printer.mute(False), printer.switch_on):
        mend()
    assert send(printer.address, P80, JOB).state == "acknowledged"
    assert len(printer.receipts) == 1


def test_paper_that_runs_out_in_the_middle_leaves_the_job_unknown_and_it_is_printed_later(printer: Simulator) -> None:
    printer.paper_out(after=6)
    sent = send(printer.address, P80, JOB, PATIENT)
    assert sent.state == "unknown"
    assert "may print the rest later. The printer is out of paper." in str(sent.reason)
    assert len(printer.lines) == 6
    assert send(printer.address, P80, JOB, PATIENT).state == "refused"
    printer.refill()
    assert printer.wait_for(lambda paper: len(paper.receipts) == 1)
    assert send(printer.address, P80, JOB, PATIENT).state == "acknowledged"
    assert len(printer.receipts) == 2


class Beside:
    """A wire to a simulated printer on which no time passes: a silence is over once the printer has no more to do."""

    answers = True

    def __init__(self, printer: Simulator) -> None:
        self._printer, self._said = printer, bytearray()

    def send(self, job: bytes, _seconds: float) -> None:
        self._printer.receive(job, self._said.extend)

    def receive(self, _seconds: float) -> bytes:
        assert self._printer.wait_idle()
        said = bytes(self._said)
        self._said.clear()
        return said

    def close(self) -> None:
        pass


def cut_off(printer: Simulator, command: bytes, more: int) -> None:
    """A job ends in the middle of its last command of a kind."""
    whole = JOB + CONFIRM
    printer.receive(whole[: whole.rindex(command) + len(command) - 1 + more], lambda _: None)
    assert printer.wait_idle()


@pytest.mark.parametrize("command", [b"\x1d(k", b"\x1dk", b"\x1dV", b"\x1dr"])
@pytest.mark.parametrize("more", [1, 3])
def test_a_job_that_was_cut_off_in_a_command_swallows_nothing_of_the_next(
    printer: Simulator, monkeypatch: pytest.MonkeyPatch, command: bytes, more: int
) -> None:
    """A printer would take what comes next for the rest of it: a QR code's dots, a bar code's digits."""
    alone = printed_alone()
    cut_off(printer, command, more)
    monkeypatch.setattr(devices, "open_link", lambda *_: Beside(printer))
    assert send("beside", P80, JOB).state == "acknowledged"
    assert printer.lines[-len(alone) :] == alone


def test_over_a_wire_it_is_tried_again_until_the_printer_has_passed_over_it(printer: Simulator) -> None:
    cut_off(printer, b"\x1dr", 1)
    patience, states = replace(PATIENT, settle=0.2), ["refused"]
    while states[-1] == "refused" and len(states) < 50:
        states.append(send(printer.address, P80, JOB, patience).state)
    assert states[-1] == "acknowledged"
    assert printer.lines[-len(printed_alone()) :] == printed_alone()


def test_a_slow_printer_is_waited_for_as_long_as_it_says_that_it_is_there(printer: Simulator) -> None:
    printer.slow(700)  # about a second, which is more than it is waited for without a sign
    patience = Patience(silence=0.05, confirm=0.5, per_byte=0)
    assert send(printer.address, P80, JOB, patience).state == "acknowledged"


def test_one_that_never_ends_is_not_waited_for_without_end(printer: Simulator) -> None:
    printer.slow(20)  # half a minute for the job
    sent = send(printer.address, P80, JOB, Patience(silence=0.05, longest=0.5))
    assert sent.state == "unknown"
    assert "did not confirm" in str(sent.reason)


def test_switched_off_in_the_middle_the_job_is_unknown(printer: Simulator) -> None:
    printer.slow(50)

    def pull_the_plug() -> None:
        printer.wait_for(lambda paper: bool(paper.lines))
        printer.switch_off()

    hand = threading.Thread(target=pull_the_plug)
    hand.start()
    sent = send(printer.address, P80, b"a\n" + JOB, PATIENT)
    hand.join()
    assert sent.state == "unknown"


def test_a_peer_that_resets_before_the_job_is_refused() -> None:
    def reset(wire: socket.socket) -> None:
        wire.recv(3)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with peer(reset) as address:
        assert send(address, P80, JOB, QUICK).state == "refused"


def test_a_peer_that_resets_after_the_job_leaves_it_unknown() -> None:
    def reset(wire: socket.socket) -> None:
        answer_status(wire)
        wire.recv(10)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with peer(reset) as address:
        sent = send(address, P80, JOB, QUICK)
    assert sent.state == "unknown"
    assert "broke" in str(sent.reason)


def test_a_peer_that_never_reads_leaves_the_job_unknown() -> None:
    done = threading.Event()

    def stall(wire: socket.socket) -> None:
        answer_status(wire)
        done.wait(20)

    with peer(stall) as address:
        sent = send(address, P80, JOB + b" " * 20_000_000, QUICK)
        done.set()
    assert sent.state == "unknown"
    assert "takes no data" in str(sent.reason)


def test_a_peer_that_takes_the_job_and_says_nothing_leaves_it_unknown() -> None:
    done = threading.Event()

    def swallow(wire: socket.socket) -> None:
        answer_status(wire)
        done.wait(20)

    with peer(swallow) as address:
        sent = send(address, P80, JOB, QUICK)
        done.set()
    assert sent.state == "unknown"
    assert "did not confirm" in str(sent.reason)


def test_a_peer_that_talks_without_end_is_not_listened_to_without_end() -> None:
    def babble(wire: socket.socket) -> None:
        answer_status(wire)
        wire.recv(10)
        while True:
            wire.sendall(b"\x12" * 16)

    with peer(babble) as address:
        assert send(address, P80, JOB, QUICK).state == "unknown"


def test_a_printer_that_never_confirms_gets_no_byte_of_the_job() -> None:
    received = bytearray()

    def listen(wire: socket.socket) -> None:
        while question := wire.recv(100):
            received.extend(question)
            wire.sendall(b"\x12" * question.count(b"\x10\x04"))

    with peer(listen) as address:
        sent = send(address, P80, JOB, QUICK)
    assert sent.state == "refused"
    assert "profile" in str(sent.reason)
    assert b"\x1b@" not in received


def test_a_peer_that_speaks_another_language_is_refused() -> None:
    def talk(wire: socket.socket) -> None:
        wire.recv(3)
        wire.sendall(b"HTTP/1.1 400")

    with peer(talk) as address:
        assert send(address, P80, JOB, QUICK).state == "refused"


def test_one_job_is_one_piece_on_one_connection() -> None:
    received = bytearray()

    def listen(wire: socket.socket) -> None:
        answer_status(wire)
        while not received.endswith(CONFIRM):
            received.extend(wire.recv(65536))
        wire.sendall(b"\x00")

    with peer(listen) as address:
        assert send(address, P80, JOB, PATIENT).state == "acknowledged"
    assert bytes(received) == JOB + CONFIRM


def test_automatic_status_is_not_taken_for_a_confirmation() -> None:
    answers = Answers()
    assert list(answers.read(b"\x10\x00")) == []
    assert list(answers.read(b"\x00\x0f\x03\x14\x00\x00\x00\x12")) == [0x03, 0x12]


def test_a_printer_that_cannot_answer_leaves_the_job_unconfirmed(printer: Simulator) -> None:
    printer.mute()
    assert send(printer.address, SILENT, JOB).state == "unconfirmed"
    assert printer.wait_for(lambda paper: len(paper.receipts) == 1)


def test_a_file_takes_one_job_after_the_other(tmp_path: Path) -> None:
    target = tmp_path / "lp0"
    for _ in range(2):
        assert send(f"file:{target}", SILENT, JOB).state == "unconfirmed"
    assert target.read_bytes() == JOB + JOB
    sent = send(f"file:{tmp_path}", SILENT, JOB)
    assert sent.state == "refused"


@contextmanager
def serial_line(printer: Simulator) -> Iterator[str]:
    """A pseudo-terminal is the line; the simulated printer is at its other end. Gives its address."""
    ours, theirs = os.openpty()

    def reply(answer: bytes) -> None:
        os.write(ours, answer)

    def wire() -> None:
        with contextlib.suppress(OSError):  # the line is gone
            while received := os.read(ours, 4096):
                printer.receive(received, reply)

    thread = threading.Thread(target=wire)
    thread.start()
    yield f"serial:{os.ttyname(theirs)}:9600"
    os.close(theirs)
    thread.join()
    os.close(ours)


def test_a_serial_printer_confirms_too(printer: Simulator) -> None:
    with serial_line(printer) as address:
        assert send(address, P80, JOB, PATIENT).state == "acknowledged"
    assert len(printer.receipts) == 1


def test_the_late_confirmation_of_one_job_is_not_taken_for_that_of_the_next(printer: Simulator) -> None:
    """On a serial line an answer does not get lost with a connection: it waits for whoever listens next."""
    with serial_line(printer) as address:
        printer.paper_out(after=6)
        assert send(address, P80, JOB, PATIENT).state == "unknown"
        whole = len(printed_alone())
        printer.slow(2000)
        printer.refill()
        printer.paper_out(after=whole)  # the rest of the first job, and six lines of the second
        assert send(address, P80, JOB, PATIENT).state == "unknown"
        assert len(printer.receipts) == 1
        printer.slow(0)
        printer.refill()
        printer.wait_idle()
    assert len(printer.receipts) == 2


def printed_alone() -> tuple[PaperLine, ...]:
    with Simulator() as other:
        send(other.address, P80, JOB, PATIENT)
        return other.lines


def test_status_of_what_is_not_there(printer: Simulator) -> None:
    printer.switch_off()
    with pytest.raises(Outside):
        status(printer.address, P80)
    assert not status("file:/dev/null", SILENT).answered


@pytest.mark.parametrize(
    "address",
    [
        "",
        "network",
        "network:host",
        "network:host:0",
        "network::9100",
        "serial:/dev/ttyS0",
        "usb:1",
        "usb:xyz:1",
        "file:",
        "lpt:1",
    ],
)
def test_what_is_no_address_is_said_to_be_none(address: str) -> None:
    with pytest.raises(BadForm) as wrong:
        check_address(address)
    assert wrong.value.field == "address"
    sent = send(address, P80, JOB)
    assert sent.state == "refused"
    assert "not a printer's address" in str(sent.reason)


@pytest.mark.parametrize("address", ["network:till-1:9100", "serial:COM3:9600", "usb:04b8:0e15", "file:/dev/usb/lp0"])
def test_an_address_is_checked_without_a_printer(address: str) -> None:
    check_address(address)


def test_what_is_no_serial_line_is_refused() -> None:
    assert send("serial:/dev/null:9600", P80, JOB).state == "refused"


def test_whoever_confirms_can_also_be_asked() -> None:
    assert all(kind.ack == "none" or kind.status for kind in PROFILES.values())


class Slow:
    """A printer that answers each question so many seconds after the one before; its time is what is waited for it."""

    answers = True

    def __init__(self, seconds: float) -> None:
        self.due: list[float] = []
        self._seconds, self._now, self._ready = seconds, 0.0, 0.0

    def send(self, job: bytes, _seconds: float) -> None:
        for _ in range(job.count(CONFIRM)):
            self._ready = max(self._ready, self._now) + self._seconds
            self.due.append(self._ready)

    def receive(self, seconds: float) -> bytes:
        if not self.due or self.due[0] > self._now + seconds:
            self._now += seconds
            return b""
        self._now = max(self._now, self.due.pop(0))
        return b"\x00"

    def close(self) -> None:
        pass


@pytest.mark.parametrize("seconds", [0.1, 1.9, 2.5, 3.5])
def test_a_printer_that_is_only_slow_confirms_nothing_before_it_is_printed(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    """An answer to a question from before the job, which came late, is not taken for the job's own."""
    slow = Slow(seconds)
    monkeypatch.setattr(devices, "open_link", lambda *_: slow)
    about = replace(profile("80mm"), status=False)
    patience = Patience(silence=0.25, confirm=2, per_byte=0.0005, longest=20, settle=2)
    sent = send("tcp:slow", about, b"paper" * 1000, patience)
    assert sent.state == "acknowledged"
    assert slow.due == [], "every question was answered: the last of them is the job's"
