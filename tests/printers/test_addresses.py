"""Addresses of printers: the URLs, the words of before, and what is said of what is neither."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from data.errors import BadForm, Outside
from printers.addresses import EXAMPLES, Address, Cups, File, Serial, Tcp, Usb, can_answer, parsed
from printers.devices import send, status
from printers.links import open_link
from printers.profiles import profile
from printers.simulator import Simulator
from tests.printers.test_devices import JOB, PATIENT, QUICK, serial_line

P80 = profile("80mm")


@pytest.mark.parametrize(
    ("address", "means"),
    [
        ("tcp://192.168.1.50:9100", Tcp("192.168.1.50", 9100)),
        ("tcp://till-3.hall", Tcp("till-3.hall", 9100)),
        ("tcp://p/", Tcp("p", 9100)),
        ("TCP://P:1", Tcp("p", 1)),
        (" tcp://p:65535 ", Tcp("p", 65535)),
        ("network:p:9101", Tcp("p", 9101)),
        ("network:127.0.0.1:65535", Tcp("127.0.0.1", 65535)),
        ("serial:///dev/ttyS0", Serial("/dev/ttyS0", 9600)),
        ("serial:///dev/ttyS0?baud=115200", Serial("/dev/ttyS0", 115200)),
        ("serial://COM3?baud=19200", Serial("COM3", 19200)),
        ("serial:/dev/ttyUSB0:38400", Serial("/dev/ttyUSB0", 38400)),
        ("usb://04b8:0e15", Usb(0x04B8, 0x0E15)),
        ("usb:4b8:E15", Usb(0x04B8, 0x0E15)),
        ("file:///dev/usb/lp0", File("/dev/usb/lp0")),
        ("file:///srv/a%20b.bin", File("/srv/a b.bin")),
        ("file:/dev/usb/lp0", File("/dev/usb/lp0")),
        ("file:paper.bin", File("paper.bin")),
        ("file:a%20b", File("a%20b")),
        ("file://localhost/dev/usb/lp0", File("/dev/usb/lp0")),
        ("cups://OFFICE", Cups("OFFICE", "")),
        ("cups://office_2/", Cups("office_2", "")),
        ("cups://server/OFFICE", Cups("OFFICE", "server")),
        ("cups://server:631/OFFICE", Cups("OFFICE", "server:631")),
        *((example, None) for example in EXAMPLES.values()),
    ],
)
def test_an_address_is_read(address: str, means: Address | None) -> None:
    assert means is None or parsed(address) == means
    assert can_answer(address) is not isinstance(parsed(address), File | Cups)


@pytest.mark.parametrize(
    "address",
    [
        "tcp://",
        "tcp://p:0",
        "tcp://p:65536",
        "tcp://p:x",
        "tcp://p:",
        "tcp://p:-1",
        "tcp://p/x",
        "tcp://p?x=1",
        "tcp://[::1]:9100",
        "tcp://a b:9100",
        "tcp://me@p",
        "tcp://-p",
        "tcp:p:9100x",
        "network:p",
        "network:p:0",
        "network:p:65536",
        "network::9100",
        "network:p:９１００",
        "serial://",
        "serial:///",
        "serial:///dev/ttyS0?baud=96",
        "serial:///dev/ttyS0?baud=",
        "serial:///dev/ttyS0?speed=9600",
        "serial:/dev/ttyS0",
        "serial::9600",
        "usb://04b8",
        "usb://04b8:",
        "usb://xyz:1",
        "usb://12345:1",
        "usb:1",
        "file://",
        "file:///",
        "file:",
        "file://server/x",
        "file:///x?y",
        "cups://",
        "cups:///",
        "cups://-d",
        "cups://a%20b",
        "cups://server:x/OFFICE",
        "cups://server:0/OFFICE",
        "cups:OFFICE",
        "cups://O?x",
    ],
)
def test_what_is_wrong_is_said_with_an_example_of_its_kind(address: str) -> None:
    with pytest.raises(BadForm) as wrong:
        parsed(address)
    kind = {"network": "tcp"}.get(address.partition(":")[0], address.partition(":")[0])
    assert EXAMPLES[kind] in str(wrong.value.errors["address"])


@pytest.mark.parametrize("address", ["", " ", "P80", "lpt:1", "http://p", "telepathy:clerk", "//p"])
def test_what_is_of_no_kind_is_said_with_an_example_of_each(address: str) -> None:
    with pytest.raises(BadForm) as wrong:
        parsed(address)
    assert all(example in str(wrong.value.errors["address"]) for example in EXAMPLES.values())


@pytest.mark.whole  # a simulated printer listens
def test_a_printer_is_reached_by_its_url_on_the_network_and_on_a_line() -> None:
    with Simulator() as printer:
        url = f"tcp://127.0.0.1:{printer.port}"
        assert send(url, P80, JOB, PATIENT).state == "acknowledged"
        assert status(url, P80).online
        with serial_line(printer) as address:
            path = address.removeprefix("serial:").rpartition(":")[0]
            assert send(f"serial://{path}?baud=9600", P80, JOB, PATIENT).state == "acknowledged"
        assert len(printer.receipts) == 2


# what gives no answer


def test_what_can_not_answer_needs_no_profile_that_says_so(tmp_path: Path) -> None:
    """Else each paper would be refused, for want of an answer that never comes."""
    url = f"file://{tmp_path}/lp0"
    assert send(url, P80, JOB, QUICK).state == "unconfirmed"
    assert (tmp_path / "lp0").read_bytes() == JOB
    assert not status(url, P80).answered
    assert send(f"file://{tmp_path}", P80, JOB, QUICK).state == "refused"


def test_a_device_that_takes_nothing_is_not_waited_for_without_end(tmp_path: Path) -> None:
    """As one without paper: refused before the first byte, and unknown after it."""
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    assert send(f"file://{pipe}", P80, JOB, QUICK).state == "refused"  # nobody is at the other end
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        sent = send(f"file://{pipe}", P80, JOB + b" " * 200_000, QUICK)
        assert (sent.state, str(sent.reason)) == ("unknown", "The printer takes no data.")
        sent = send(f"file://{pipe}", P80, JOB, QUICK)  # full
        assert (sent.state, str(sent.reason)) == ("refused", "The printer takes no data.")
    finally:
        os.close(reader)


def test_a_device_that_is_slow_gets_all_of_it(tmp_path: Path) -> None:
    pipe, whole = tmp_path / "lp0", JOB + b" " * 200_000
    os.mkfifo(pipe)
    taken = bytearray()

    def read() -> None:
        with pipe.open("rb") as device:
            while piece := device.read(4096):
                taken.extend(piece)

    thread = threading.Thread(target=read)
    keep = os.open(pipe, os.O_RDWR)  # so that the other end is there before the reader is
    thread.start()
    assert send(f"file://{pipe}", P80, whole, PATIENT).state == "unconfirmed"
    os.close(keep)
    thread.join()
    assert bytes(taken) == whole


# the print service

LP = """#!/bin/sh
echo "$@" >> {log}
case "$*" in *GONE*) echo 'lp: The printer or class does not exist.' >&2; exit 1;; *DEAD*) exec sleep 60;; esac
cat >> {paper}
"""


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A print service's command that keeps what it gets."""
    command = tmp_path / "lp"
    command.write_text(LP.format(log=tmp_path / "log", paper=tmp_path / "paper"))
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_a_queue_takes_a_job_raw_and_whole(lp: Path) -> None:
    assert send("cups://OFFICE", P80, JOB, QUICK).state == "unconfirmed"
    assert send("cups://server:631/OFFICE", P80, JOB, QUICK).state == "unconfirmed"
    assert (lp / "paper").read_bytes() == JOB + JOB
    assert (lp / "log").read_text().splitlines() == [
        "-d OFFICE -t boss -o raw",
        "-h server:631 -d OFFICE -t boss -o raw",
    ]
    assert not status("cups://OFFICE", P80).answered


def test_what_the_service_does_not_take_is_refused_in_its_words(lp: Path) -> None:
    sent = send("cups://GONE", P80, JOB, QUICK)
    assert (sent.state, str(sent.reason)) == (
        "refused",
        "The print service does not take it: The printer or class does not exist.",
    )
    assert not (lp / "paper").exists()


def test_a_service_that_does_not_answer_leaves_the_job_unknown(lp: Path) -> None:
    """It may have taken it."""
    assert send("cups://DEAD", P80, JOB, QUICK).state == "unknown"
    assert (lp / "log").exists()


def test_a_machine_without_a_print_service_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sent = send("cups://OFFICE", P80, JOB, QUICK)
    assert (sent.state, "install CUPS" in str(sent.reason)) == ("refused", True)
    with pytest.raises(Outside, match="no `lp` command"):
        open_link("cups://OFFICE", 1)
