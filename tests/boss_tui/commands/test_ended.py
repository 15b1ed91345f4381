"""A command that is told to end ends, whichever thread the system hands the signal to."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator

import pytest

from boss_tui.commands import shared
from boss_tui.commands.shared import interrupted

LATE = 20.0


def told_by(tell: Callable[[], None]) -> threading.Thread:
    """A thread that tells, a moment later."""
    thread = threading.Timer(0.05, tell)
    thread.daemon = True
    thread.start()
    return thread


@pytest.fixture
def heard() -> Iterator[None]:
    """A hang-up ends what runs, also where these tests are run by what has it ignored."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_another_thread_takes_ends_the_wait(number: signal.Signals) -> None:
    with interrupted() as ended:
        thread = told_by(lambda: signal.pthread_kill(threading.get_ident(), number))
        assert ended.wait(LATE)
        assert ended.told
    thread.join()


def test_whoever_waits_without_end_looks_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "AWAKE", 0.01)
    with interrupted() as ended:
        told_by(lambda: setattr(ended, "told", True))  # as a handler does, which wakes nobody
        assert ended.wait()


def test_it_is_set_by_a_thread_too_and_not_before() -> None:
    with interrupted() as ended:
        assert not ended.is_set()
        assert not ended.wait(0)
        assert not ended.wait(0.01)
        told_by(ended.set)
        assert ended.wait()
        assert ended.is_set()


def test_a_handler_takes_no_lock_that_the_main_thread_may_hold() -> None:
    with interrupted() as ended:
        handler = threading.Thread(target=ended.tell, daemon=True)
        with ended._cond:  # type: ignore[attr-defined]  # as within a wait, for a moment
            handler.start()
            handler.join(LATE)
            assert not handler.is_alive()
        assert ended.told


def test_afterwards_signals_are_handled_as_before() -> None:
    before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    with interrupted():
        pass
    assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == before
