"""The conversation with a printer, held with a simulator that is not ours, which was modelled on Epson's."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from printers.devices import Patience, send, status
from printers.escpos import to_bytes
from printers.layout import layout
from printers.profiles import profile
from tests.printers import oracle
from tests.printers.samples import RECEIPT

pytestmark = pytest.mark.whole  # another printer is a program

P80 = profile("80mm")
JOB = to_bytes(layout(RECEIPT, 48), P80)
PATIENT = Patience(silence=0.05)

Tell = Callable[[str], str]


@pytest.fixture
def emupos() -> Iterator[tuple[str, Tell]]:
    """Its address, and what gives it a command and takes its answer."""
    script = Path(__file__).with_name("emupos_serve.py")
    try:
        python = oracle.environment()
    except oracle.NoOracle as why:
        pytest.skip(str(why))
    with subprocess.Popen(
        [str(python), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        assert process.stdin
        assert process.stdout
        keyboard, screen = process.stdin, process.stdout

        def tell(command: str) -> str:
            print(command, file=keyboard, flush=True)
            return screen.readline().strip()

        yield f"network:127.0.0.1:{screen.readline().strip()}", tell
        keyboard.close()


def test_a_healthy_printer_acknowledges(emupos: tuple[str, Tell]) -> None:
    address, tell = emupos
    assert str(status(address, P80).message()) == "The printer is ready."
    assert send(address, P80, JOB, PATIENT).state == "acknowledged"
    assert tell("receipts") == "1"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("paper-out", "The printer is out of paper."),
        ("cover-open", "The printer's cover is open."),
        ("offline", "The printer is off-line."),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(emupos: tuple[str, Tell], fault: str, words: str) -> None:
    address, tell = emupos
    tell(f"set {fault}")
    sent = send(address, P80, JOB, PATIENT)
    assert (sent.state, str(sent.reason)) == ("refused", words)
    tell(f"clear {fault}")
    assert tell("receipts") == "0"
    assert send(address, P80, JOB, PATIENT).state == "acknowledged"


def test_paper_nearly_used_up_is_told(emupos: tuple[str, Tell]) -> None:
    address, tell = emupos
    tell("set paper-near-end")
    assert status(address, P80).near_end
    sent = send(address, P80, JOB, PATIENT)
    assert (sent.state, sent.near_end) == ("acknowledged", True)
