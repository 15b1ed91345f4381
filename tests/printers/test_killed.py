"""The counter that prints is killed, by a real SIGKILL, where its printer has any byte; another one takes over.

A sample of the positions; `python -m tests.printers.killed` kills at every one.
"""

from __future__ import annotations

import random

import pytest

from data.store import UnitOfWork
from data.tables.sync import PrintJob
from printers import spool
from tests.printers.breaking import TALK
from tests.printers.killed import POINTS, play
from tests.printers.test_every_byte import ASKED, SYMBOLS

pytestmark = pytest.mark.whole  # counters are processes

DRAWN = random.Random(20261128).sample(range(ASKED + 1, TALK - 3), 2)


def test_what_a_killed_counter_left_is_taken_over_by_another() -> None:
    """At no byte, at the last question, in a QR code, anywhere, at the last byte; and before the first one, after the
    confirmation, after all is written down."""
    with play() as playing:
        for at in (*POINTS, 0, ASKED, SYMBOLS[0], DRAWN[0], TALK):
            playing.kill(at)
        for at in (ASKED + 1, DRAWN[1]):
            playing.kill(at, "arrives")


def _again(tx: UnitOfWork, job: PrintJob) -> None:
    tx.change(job, state="queued", sender="", leased_until="")


def test_a_paper_that_is_sent_again_by_itself_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes over sends what was being sent once more, and nobody is asked."""
    monkeypatch.setattr(spool, "_leave", _again)
    with play() as playing, pytest.raises(AssertionError):
        playing.kill(TALK)
