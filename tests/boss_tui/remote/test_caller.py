"""Services of others over real sockets: whatever they do, there is an answer in time or a word for why not."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from boss_tui.remote import Call, Caller, Endpoint, Unanswered
from boss_tui.remote.caller import MOST_BYTES
from data.errors import Damaged
from data.message import say
from tests.boss_tui.remote.odd_service import Behaviour, certified, dribbles, hangs_up, is_silent, odd, says

ASKED = Call("POST", "/v1/check", {"number": "110101199003070011"}, "k-1")
FINE = says('{"result": "match"}')


@pytest.fixture
def ended() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def at(address: str, **more: object) -> Endpoint:
    return replace(Endpoint("police", address, timeout=5.0), **more)


def fault(caller: Caller, where: Endpoint, call: Call = ASKED) -> Unanswered:
    with pytest.raises(Unanswered) as told:
        caller.ask(where, call)
    return told.value


def speaks_another_language(talk: socket.socket, _: bytes) -> None:
    talk.sendall(b"220 mail.example ESMTP\r\n")
    hangs_up(talk, _)


def test_what_is_sent_and_what_comes_back() -> None:
    with odd(FINE) as service:
        reply = Caller(lambda code: f"secret of {code}").ask(at(f"{service.address}/base/"), ASKED)
    assert (reply.answer, reply.tries) == ({"result": "match"}, 1)
    head, _, body = service.seen[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /base/v1/check HTTP/1.1"
    assert "Idempotency-Key: k-1" in lines
    assert "Authorization: Bearer secret of police" in lines
    assert json.loads(body) == ASKED.body


def test_a_get_sends_its_fields_as_a_query_and_nothing_secret_where_there_is_none() -> None:
    with odd(FINE) as service:
        Caller().ask(at(service.address), replace(ASKED, method="GET", body={"number": "1 2"}))
    assert service.seen[0].startswith(b"GET /v1/check?number=1+2 HTTP/1.1\r\n") or service.seen[0].startswith(
        b"GET /v1/check?number=1%202 HTTP/1.1\r\n"
    )
    assert b"authorization" not in service.seen[0].lower()


@pytest.mark.parametrize(
    ("behave", "kind"),
    [
        (says("{}", "500 Internal Server Error"), "failed"),
        (says("{}", "503 Service Unavailable"), "failed"),
        (says("{}", "429 Too Many Requests"), "failed"),
        (says("{}", "404 Not Found"), "refused"),
        (says("{}", "401 Unauthorized"), "refused"),
        (says("", "302 Found", "Location: http://127.0.0.1:1/\r\n"), "refused"),
        (says("<html>"), "unreadable"),
        (says(""), "unreadable"),
        (says('{"result": NaN}'), "unreadable"),
        (says("[" * 60_000), "unreadable"),
        (says(f'"{"x" * MOST_BYTES}"'), "unreadable"),
        (hangs_up, "unreachable"),
        (speaks_another_language, "unreachable"),
    ],
)
def test_what_is_no_answer(behave: Behaviour, kind: str) -> None:
    with odd(behave) as service:
        assert fault(Caller(), at(service.address)).kind == kind


def test_the_longest_answer_is_taken() -> None:
    with odd(says(f'"{"x" * (MOST_BYTES - 2)}"')) as service:
        assert len(Caller().ask(at(service.address), ASKED).answer) == MOST_BYTES - 2


def test_nobody_listens() -> None:
    with odd(FINE) as service:
        where = at(service.address)
    assert fault(Caller(), where).kind == "unreachable"


def test_one_that_is_silent_and_one_that_dribbles_end_in_time(ended: threading.Event) -> None:
    with odd(is_silent(ended)) as service:
        assert fault(Caller(), at(service.address, timeout=0.1)).kind == "late"
    with odd(dribbles(ended, 0.02)) as service:
        assert fault(Caller(), at(service.address, timeout=0.2)).kind == "late"


def test_tried_again_under_the_same_key_until_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boss_tui.remote.caller.FIRST_PAUSE", 0.0)
    with odd(hangs_up, says("{}", "500 Oh"), FINE) as service:
        reply = Caller().ask(at(service.address, tries=3), ASKED)
    assert (reply.answer, reply.tries) == ({"result": "match"}, 3)
    assert [b"Idempotency-Key: k-1" in request for request in service.seen] == [True] * 3


def test_tried_no_more_often_than_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boss_tui.remote.caller.FIRST_PAUSE", 0.0)
    with odd(hangs_up, hangs_up, FINE) as service:
        told = fault(Caller(), at(service.address, tries=2))
    assert (told.kind, told.tries, len(service.seen)) == ("unreachable", 2, 2)


def test_nobody_waits_any_more() -> None:
    stop = threading.Event()
    stop.set()
    with odd(hangs_up) as service, pytest.raises(Unanswered):
        Caller().ask(at(service.address, tries=3), ASKED, stop)
    assert len(service.seen) == 1


def test_a_certificate_is_checked_against_the_authority_that_is_declared(tmp_path: Path) -> None:
    context, known = certified(tmp_path)
    _, other = certified(tmp_path)
    with odd(FINE, tls=context) as service:
        assert Caller().ask(at(service.address, authority=known), ASKED).answer == {"result": "match"}
        assert fault(Caller(), at(service.address, authority=other)).kind == "untrusted"
        assert fault(Caller(), at(service.address)).kind == "untrusted"
        assert fault(Caller(), at(service.address, authority="no certificate")).kind == "unready"
    assert len(service.seen) == 1


def test_a_certificate_of_another_name(tmp_path: Path) -> None:
    context, known = certified(tmp_path, "127.0.0.2")
    with odd(FINE, tls=context) as service:
        assert fault(Caller(), at(service.address, authority=known)).kind == "untrusted"
    assert service.seen == []


def test_nothing_is_sent_without_tls_but_to_this_machine() -> None:
    assert fault(Caller(), at("http://192.0.2.1")).kind == "unready"


def test_a_secret_that_others_can_read_is_not_used() -> None:
    def lies_open(_: str) -> str:
        raise Damaged(say("Others can read {path}: allow its owner alone (mode 0600).", path="x"))

    with odd(FINE) as service:
        assert fault(Caller(lies_open), at(service.address)).kind == "unready"
    assert service.seen == []


class Seconds:
    """A timer that is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_breaker_opens_rests_tries_once_and_closes() -> None:
    seconds = Seconds()
    with odd(says("{}", "500 Oh"), says("{}", "500 Oh"), says("{}", "500 Oh"), FINE) as service:
        caller, where = Caller(timer=seconds), at(service.address, failures=2, rest=30.0)
        assert [fault(caller, where).kind for _ in range(4)] == ["failed", "failed", "resting", "resting"]
        assert (caller.breaker(where).state, len(service.seen)) == ("open", 2)
        seconds.now = 29.9
        assert fault(caller, where).kind == "resting"
        seconds.now = 30.0
        assert caller.breaker(where).state == "half-open"
        assert fault(caller, where).kind == "failed"
        assert fault(caller, where).kind == "resting"
        seconds.now = 60.0
        assert caller.ask(where, ASKED).answer == {"result": "match"}
        assert caller.breaker(where).state == "closed"
        assert caller.ask(where, ASKED).tries == 1


def test_a_refusal_is_no_failure_and_an_answer_between_begins_the_count_anew() -> None:
    down, refuses = says("{}", "500 Oh"), says("{}", "400 Bad Request")
    with odd(down, refuses, down, FINE, down, FINE) as service:
        caller, where = Caller(), at(service.address, failures=2)
        kinds = [fault(caller, where).kind for _ in range(3)]
        caller.ask(where, ASKED)
        assert (kinds, fault(caller, where).kind) == (["failed", "refused", "failed"], "failed")
        assert caller.breaker(where).state == "closed"
