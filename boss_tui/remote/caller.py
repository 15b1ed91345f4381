"""Asks services of others: a request with JSON, an answer in JSON, or `Unanswered` with the reason. It writes nothing.

Each try ends in its time, an answer that dribbles too. A question that may be repeated is, after a pause that doubles,
under the same `Idempotency-Key`; a redirect is not followed: what is sent is meant for one receiver.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

from msgspec import Struct

from boss_tui.remote.address import certified, fault_in
from boss_tui.remote.breaker import Breaker
from boss_tui.remote.unreached import unreached
from data.errors import Outside
from data.message import Message, say

KEY_HEADER = "Idempotency-Key"
MOST_BYTES = 65_536
"""Of an answer: a verdict and its reasons have room in it."""
FIRST_PAUSE = 0.2
"""Seconds before the second try; twice as long before each further one."""

Kind = Literal["unreachable", "untrusted", "late", "failed", "refused", "unreadable", "resting", "unready", "stopped"]
_REPEATED: frozenset[Kind] = frozenset({"unreachable", "late", "failed"})
_NO_FAILURES: frozenset[Kind] = frozenset({"refused", "stopped"})
"""It answered that it does not take this, or nobody waited: no sign that it is ill."""


class Endpoint(Struct, frozen=True):
    """A service, and how it is asked.

    Attributes:
        code: by which its secret is kept.
        address: https://host[:port][/path]; http on this machine alone.
        timeout: seconds for one try, from its first byte to the last of the answer.
        tries: how often at most a question is asked. More than once only where the service takes a repeat under the
            same key as the same.
        authority: certificates (PEM) of who vouches for it; empty: those that this machine trusts.
        failures, rest: after so many failures in a row it is left alone for so many seconds.
    """

    code: str
    address: str
    timeout: float = 2.0
    tries: int = 1
    authority: str = ""
    failures: int = 5
    rest: float = 30.0


class Call(Struct, frozen=True):
    """One question. `key`: by which a repeat of it is known; `body`: what is sent, of a GET as its query."""

    method: str
    path: str
    body: Mapping[str, Any]
    key: str


class Reply(Struct, frozen=True):
    """What came back: JSON, after so many seconds in all, at which try."""

    answer: Any
    seconds: float
    tries: int


class Unanswered(Outside):
    """There is no answer. `kind`: why; `seconds`, `tries`: what was spent on it."""

    def __init__(self, kind: Kind, message: Message) -> None:
        super().__init__(message)
        self.kind = kind
        self.seconds = 0.0
        self.tries = 0


class Caller:
    """Asks, from any thread. It keeps a connection to each service, and what it knows of its health.

    `secret_of`: a service's secret by its code, sent as a bearer token; `transport` stands in for the network, `timer`
    for the machine's seconds.
    """

    def __init__(
        self,
        secret_of: Callable[[str], str] = lambda _: "",
        *,
        transport: Any = None,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._secret_of, self._transport, self._timer = secret_of, transport, timer
        self._clients: dict[str, Any] = {}
        self._breakers: dict[Endpoint, Breaker] = {}
        self._lock = threading.Lock()

    def ask(self, at: Endpoint, call: Call, stop: threading.Event | None = None) -> Reply:
        """The answer. Unanswered: there is none, and why. `stop`: set once nobody waits any more; what is under way is
        let go at its next step."""
        self._client(at)  # made once for all: that is not the service's time
        stop, started = stop or threading.Event(), self._timer()
        for number in range(1, at.tries + 1):
            try:
                answer = self._once(at, call, stop)
                return Reply(answer, self._timer() - started, number)
            except Unanswered as fault:
                fault.seconds, fault.tries = self._timer() - started, number
                if fault.kind not in _REPEATED or number == at.tries or stop.wait(FIRST_PAUSE * 2 ** (number - 1)):
                    raise
        raise AssertionError("no tries")

    def breaker(self, at: Endpoint) -> Breaker:
        """The breaker of a service; one whose declaration has changed begins anew."""
        with self._lock:
            if at not in self._breakers:
                self._breakers[at] = Breaker(at.failures, at.rest, self._timer)
            return self._breakers[at]

    def close(self) -> None:
        """Let go of all connections."""
        with self._lock:
            for client in self._clients.values():
                client.close()
            self._clients.clear()

    def _once(self, at: Endpoint, call: Call, stop: threading.Event) -> Any:
        breaker = self.breaker(at)
        rest = breaker.enter()
        if rest:
            told = say(
                "It failed {n} {n:time|times} in a row: left alone for {rest} s.", n=at.failures, rest=round(rest)
            )
            raise Unanswered("resting", told)
        try:
            answer = self._read(at, call, stop)
        except Unanswered as fault:
            if fault.kind == "refused":
                breaker.worked()
            elif fault.kind in _NO_FAILURES:
                breaker.left()
            else:
                breaker.failed()
            raise
        except BaseException:
            breaker.left()
            raise
        breaker.worked()
        return answer

    def _read(self, at: Endpoint, call: Call, stop: threading.Event) -> Any:
        text = self._exchange(at, call, stop)
        try:
            return json.loads(text, parse_constant=_no_number)
        except (ValueError, RecursionError) as fault:
            raise Unanswered("unreadable", say("Its answer can't be read.")) from fault

    def _exchange(self, at: Endpoint, call: Call, stop: threading.Event) -> bytes:
        import httpx

        headers = self._headers(at, call)
        sent = {"params": dict(call.body)} if call.method == "GET" else {"json": dict(call.body)}
        until = self._timer() + at.timeout
        with _told(httpx, at.timeout):
            client, url = self._client(at), at.address.rstrip("/") + call.path
            with client.stream(call.method, url, headers=headers, timeout=at.timeout, **sent) as response:
                if not response.is_success:
                    raise _status(response.status_code)
                answer = bytearray()
                for part in response.iter_raw():
                    answer += part
                    if self._timer() >= until:
                        raise httpx.ReadTimeout("in all")
                    if stop.is_set():
                        raise Unanswered("stopped", say("Nobody waited for it any more."))
                    if len(answer) > MOST_BYTES:
                        raise Unanswered("unreadable", say("Its answer is longer than {n} bytes.", n=MOST_BYTES))
        return bytes(answer)

    def _headers(self, at: Endpoint, call: Call) -> dict[str, str]:
        headers = {KEY_HEADER: call.key, "Accept": "application/json", "Accept-Encoding": "identity"}
        try:
            secret = self._secret_of(at.code)
        except Outside as fault:
            raise Unanswered("unready", fault.message) from fault
        return {**headers, "Authorization": f"Bearer {secret}"} if secret else headers

    def _client(self, at: Endpoint) -> Any:
        """The connection to whoever is behind an address, as its declaration says how that is known."""
        import httpx

        with self._lock:
            known = f"{at.address} {at.authority}"
            if known not in self._clients:
                wrong = fault_in(at.address)
                if wrong is not None:
                    raise Unanswered("unready", wrong)
                self._clients[known] = httpx.Client(
                    transport=self._transport,
                    verify=_trusting(at),
                    headers={"User-Agent": "boss"},
                    follow_redirects=False,
                )
            return self._clients[known]


def _trusting(at: Endpoint) -> ssl.SSLContext | bool:
    """Whose certificates are taken for proof; nobody's, where there is no TLS."""
    if not at.authority:
        return certified(at.address)
    try:
        return ssl.create_default_context(cadata=at.authority)
    except (ssl.SSLError, ValueError, TypeError) as fault:
        raise Unanswered("unready", say("The certificate of its authority can't be read.")) from fault


def _no_number(word: str) -> float:
    raise ValueError(word)


def _status(status: int) -> Unanswered:
    if status >= 500 or status == 429:
        return Unanswered("failed", say("It failed (status {status}).", status=status))
    if 300 <= status < 400:
        return Unanswered(
            "refused", say("It sends us elsewhere (status {status}), which is not followed.", status=status)
        )
    return Unanswered("refused", say("It does not take the question (status {status}).", status=status))


@contextmanager
def _told(httpx: Any, timeout: float) -> Iterator[None]:
    """Faults of the connection, in words."""
    try:
        yield
    except httpx.TimeoutException as fault:
        raise Unanswered("late", say("No answer within {seconds} s.", seconds=f"{timeout:g}")) from fault
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError, OSError) as fault:
        what = (str(fault).splitlines() or [type(fault).__name__])[0][:120]
        if "CERTIFICATE_VERIFY_FAILED" in what or isinstance(fault.__cause__, ssl.SSLCertVerificationError):
            raise Unanswered("untrusted", say("It does not prove who it is: {fault}", fault=what)) from fault
        raise Unanswered("unreachable", say("It can't be reached: {fault}.", fault=unreached(fault))) from fault
