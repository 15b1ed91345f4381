"""Services of others without a socket: what each status means, what is counted of the time, when one is left alone."""

from __future__ import annotations

import threading
from pathlib import Path

import httpx
import pytest

from boss_tui.remote import Call, Caller, Endpoint, Unanswered, running
from boss_tui.remote.breaker import Breaker
from boss_tui.remote.caller import _status
from boss_tui.remote.secret_files import TRANSPORT, keep_secret, secret_of, transport_key
from data.errors import Damaged, NotAllowed, Outside

ASKED = Call("POST", "/v1/check", {"number": "1"}, "k-1")


class Seconds:
    """A timer that each look moves on by a step."""

    def __init__(self, now: float = 100.0, step: float = 0.0) -> None:
        self.now, self.step = now, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.mark.parametrize(
    ("status", "kind", "elsewhere"),
    [
        (299, "refused", False),
        (300, "refused", True),
        (399, "refused", True),
        (400, "refused", False),
        (428, "refused", False),
        (429, "failed", False),
        (430, "refused", False),
        (499, "refused", False),
        (500, "failed", False),
        (599, "failed", False),
    ],
)
def test_a_status_says_whether_it_failed_refused_or_sends_us_elsewhere(status: int, kind: str, elsewhere: bool) -> None:
    told = _status(status)
    assert (told.kind, "elsewhere" in str(told.message)) == (kind, elsewhere)
    assert str(status) in str(told.message)


def caller(seconds: Seconds, *answers: int | str) -> Caller:
    """Statuses, or what is said, one answer after the other."""
    waiting = list(answers)

    def answer(_: httpx.Request) -> httpx.Response:
        said = waiting.pop(0)
        return httpx.Response(said) if isinstance(said, int) else httpx.Response(200, content=iter([said.encode()]))

    return Caller(transport=httpx.MockTransport(answer), timer=seconds)


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that would be made."""
    pauses: list[float] = []

    def wait(_: threading.Event, seconds: float) -> bool:
        pauses.append(seconds)
        return False

    monkeypatch.setattr(threading.Event, "wait", wait)
    return pauses


def test_the_time_that_is_told_is_what_all_tries_took(no_pause: list[float]) -> None:
    at = Endpoint("police", "https://police.example", tries=4, timeout=9)
    reply = caller(Seconds(step=0.25), 500, 429, "{}").ask(at, ASKED)
    assert (reply.answer, reply.tries, no_pause) == ({}, 3, [0.2, 0.4])
    assert 1.0 < reply.seconds < 10.0
    with pytest.raises(Unanswered) as told:
        caller(Seconds(step=0.25), 500, 500, 500, 500).ask(at, ASKED)
    assert (told.value.tries, 1.0 < told.value.seconds < 10.0, len(no_pause)) == (4, True, 5)


@pytest.mark.parametrize(("answer", "tries"), [(503, 2), (404, 1), (400, 1), ("no JSON", 1), ('{"a": Infinity}', 1)])
def test_only_what_may_be_better_the_next_time_is_asked_again(
    no_pause: list[float], answer: int | str, tries: int
) -> None:
    with pytest.raises(Unanswered) as told:
        caller(Seconds(), answer, answer).ask(Endpoint("police", "https://police.example", tries=2), ASKED)
    assert (told.value.tries, len(no_pause)) == (tries, tries - 1)


def test_nothing_is_spent_on_what_can_t_be_asked() -> None:
    with pytest.raises(Unanswered) as told:
        caller(Seconds(step=1), 500).ask(Endpoint("police", "http://police.example"), ASKED)
    assert (told.value.kind, told.value.seconds, told.value.tries) == ("unready", 0.0, 0)


# the breaker


def test_a_breaker_opens_at_the_last_of_so_many_failures_in_a_row() -> None:
    seconds = Seconds()
    breaker = Breaker(2, 30.0, seconds)
    for steps, state in (
        ([breaker.failed], "closed"),
        ([breaker.worked, breaker.failed], "closed"),
        ([breaker.failed], "open"),
    ):
        for step in steps:
            step()
        assert breaker.state == state
    assert breaker.enter() == 30.0
    seconds.now += 10
    assert breaker.enter() == 20.0
    seconds.now += 19.5
    assert (breaker.state, breaker.enter()) == ("open", 1.0)  # never less than a second is told
    seconds.now += 0.5
    assert breaker.state == "half-open"


@pytest.mark.parametrize(
    ("ends", "state", "next_one"), [("worked", "closed", 0.0), ("failed", "open", 30.0), ("left", "half-open", 0.0)]
)
def test_half_open_one_question_decides(ends: str, state: str, next_one: float) -> None:
    seconds = Seconds()
    breaker = Breaker(3, 30.0, seconds)
    for _ in range(3):
        breaker.failed()
    seconds.now += 31.0
    assert (breaker.enter(), breaker.enter()) == (0.0, 1.0)
    getattr(breaker, ends)()
    assert (breaker.state, breaker.enter()) == (state, next_one)


def test_after_an_answer_failures_are_counted_anew() -> None:
    breaker = Breaker(2, 30.0, Seconds())
    breaker.failed()
    breaker.failed()
    breaker.worked()
    breaker.failed()
    assert (breaker.state, breaker.enter()) == ("closed", 0.0)


# secrets, and where simulated ones listen


def test_a_secret_is_kept_for_a_purpose_and_a_code_until_it_is_taken_back(tmp_path: Path) -> None:
    assert secret_of(tmp_path, "gateway", "MSC/1") == ""
    keep_secret(tmp_path, "gateway", "MSC/1", "x" * 1_024)
    assert secret_of(tmp_path, "gateway", "MSC/1") == "x" * 1_024
    assert secret_of(tmp_path, "service", "MSC/1") == ""
    (file,) = (tmp_path / "keys").iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == ("gateway-MSC%2F1.secret", 0o600)
    keep_secret(tmp_path, "gateway", "MSC/1", "")
    keep_secret(tmp_path, "gateway", "MSC/1", "")
    assert (secret_of(tmp_path, "gateway", "MSC/1"), list((tmp_path / "keys").iterdir())) == ("", [])


@pytest.mark.parametrize("secret", ["x" * 1_025, "two\nlines", "\x00"])
def test_a_secret_is_one_line_of_text(tmp_path: Path, secret: str) -> None:
    with pytest.raises(NotAllowed):
        keep_secret(tmp_path, "gateway", "M", secret)


@pytest.mark.parametrize("mode", [0o640, 0o620, 0o610, 0o604, 0o602, 0o601])
def test_a_secret_that_lies_open_is_not_read(tmp_path: Path, mode: int) -> None:
    keep_secret(tmp_path, "gateway", "M", "s")
    path = tmp_path / "keys" / "gateway-M.secret"
    path.chmod(mode)
    with pytest.raises(Damaged):
        secret_of(tmp_path, "gateway", "M")
    path.chmod(0o400)
    assert secret_of(tmp_path, "gateway", "M") == "s"
    path.chmod(0o600)
    path.write_bytes(b"\xff")
    with pytest.raises(Outside):
        secret_of(tmp_path, "gateway", "M")


def test_a_transport_key_is_kept_in_hex(tmp_path: Path) -> None:
    assert transport_key(tmp_path, "1") == b""
    keep_secret(tmp_path, TRANSPORT, "1", "00ff")
    assert transport_key(tmp_path, "1") == b"\x00\xff"


@pytest.mark.parametrize("lies", ["", "{}", "no JSON"])
def test_simulated_services_listen_where_the_home_says(tmp_path: Path, lies: str) -> None:
    assert running.address_of(tmp_path) == ""
    running.note(tmp_path, "http://127.0.0.1:1")
    assert running.address_of(tmp_path) == "http://127.0.0.1:1"
    (tmp_path / running.FILE).write_text(lies)
    assert running.address_of(tmp_path) == ""
    for _ in range(2):
        running.note(tmp_path, "")
    assert not (tmp_path / running.FILE).exists()
