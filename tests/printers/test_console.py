"""The simulated printer at a terminal."""

from __future__ import annotations

import io
import os
import socket
import threading

import pytest

from data.errors import Outside
from printers.console import COMMANDS, simulate
from printers.devices import send
from printers.escpos import to_bytes
from printers.layout import layout
from printers.profiles import profile
from printers.simulator import Simulator
from tests.printers.samples import RECEIPT

pytestmark = pytest.mark.whole  # a simulated printer listens


def test_typed_lines_do_to_it_what_people_do() -> None:
    shown = io.StringIO()
    typed = "out 3,refill,near,cover,close,off,on,slow 500,mute,talk,what?,quit,out".replace(",", "\n")
    simulate(port=0, columns=32, source=io.StringIO(typed), sink=shown)
    lines = shown.getvalue().splitlines()
    assert lines[0].startswith("A printer of 32 columns listens at network:127.0.0.1:")
    assert [line for line in lines if line.startswith("done: ")] == [f"done: {command.help}" for command in COMMANDS]
    assert sum(line.startswith("  refill") for line in lines) == 2  # at the start, and after what it did not know


def test_its_paper_runs_up_the_screen() -> None:
    """Two pipes are the terminal."""
    (typed, keyboard), (screen, shown) = os.pipe(), os.pipe()
    with open(typed) as source, open(keyboard, "w") as keys, open(screen) as view:
        with open(shown, "w") as sink:
            running = threading.Thread(target=simulate, kwargs={"port": 0, "source": source, "sink": sink})
            running.start()
            address = view.readline().rpartition(" ")[2].strip().rstrip(".")
            job = to_bytes(layout(RECEIPT, 48), profile("80mm"))
            assert send(address, profile("80mm"), job).state == "acknowledged"
            print("quit", file=keys, flush=True)
            running.join(10)
        assert "│ 应付                                    ￥249.00" in view.read().splitlines()


def test_a_port_that_is_taken_is_said_to_be() -> None:
    with Simulator() as first, pytest.raises(Outside, match="cannot listen"):
        simulate(port=first.port, source=io.StringIO(), sink=io.StringIO())
    assert not [thread for thread in threading.enumerate() if thread.name == "printer's socket"]
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.1", first.port), timeout=5)
