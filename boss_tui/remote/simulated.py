"""The services of others, simulated: how many numbers a document has in the country 一证五号, and whether a name and a
document belong together 公安核查. For the demonstration and for tests; they keep their state in a file of their own.

    POST /v1/number-check  {"document_kind", "document_number", "here"}
                                                         {"result": "pass" | "over", "count", "limit", "reason"}
    POST /v1/identity      {"number", "name"}            {"result": "match" | "mismatch" | "review", "reason"}

The first counts the numbers that a document has at other operators, and those that were reported from here last
(`here`). The second knows whom it has been told of; of a number that is new to it, it learns the name. A repeat under
the same Idempotency-Key gets the first answer, and counts as one question. What goes wrong is said by faults
(`ServiceState.fault`), which any program may set in the file: down, slow, broken, garbage, wrong, lose.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from msgspec import Struct

from boss_tui.remote import running, simulated_porting, simulated_tax
from data.errors import NotAllowed
from data.message import say

T = TypeVar("T")
STATE_FILE = "services.db"
LIMIT = 5
"""Numbers that one document has at most in the country (一证五号, domain-facts 5)."""
ORGANIZATION = "30"
"""A kind of document that may have as many numbers as it likes."""
FAULTS = ("down", "slow", "broken", "garbage", "wrong", "lose")
"""down: hangs up; slow: answers after so many seconds; broken: status 500; garbage: no JSON; wrong: JSON of another
shape; lose: accepts the question, and hangs up instead of answering."""
PATHS = {
    "number-check": "/v1/number-check",
    "identity": "/v1/identity",
    **simulated_tax.PATHS,
    **simulated_porting.PATHS,
}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS numbers (document TEXT PRIMARY KEY, elsewhere INTEGER NOT NULL DEFAULT 0,
    here INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS person (number TEXT PRIMARY KEY, name TEXT NOT NULL, alert TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS asked (key TEXT PRIMARY KEY, path TEXT NOT NULL, sent TEXT NOT NULL, answer TEXT NOT NULL,
    times INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS fault (name TEXT NOT NULL, path TEXT NOT NULL, value REAL NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (name, path));
CREATE TABLE IF NOT EXISTS secret (value TEXT NOT NULL);
"""


class Asked(Struct, frozen=True):
    """A question as it came: its key, what was sent and answered, and how often it came."""

    key: str
    path: str
    sent: dict[str, Any]
    answer: dict[str, Any]
    times: int


class ServiceState:
    """What the services know, in a file; several programs may use it at once."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._memory = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
        self._memory.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            f"{_SCHEMA}{simulated_tax.SCHEMA}{simulated_porting.SCHEMA}"
        )

    def close(self) -> None:
        """Let go of the file, once nobody is at it: another thread's question may still be under way."""
        with self._lock:
            self._memory.close()

    def elsewhere(self, document: str, count: int) -> None:
        """A document has so many numbers at other operators."""
        with self._changing() as memory:
            memory.execute(
                "INSERT INTO numbers VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET elsewhere = excluded.elsewhere",
                (document, count),
            )

    def person(self, number: str, name: str, alert: str = "") -> None:
        """Who has the identity card of that number. `alert`: why a supervisor should look at whoever shows it."""
        with self._changing() as memory:
            memory.execute("INSERT OR REPLACE INTO person VALUES (?, ?, ?)", (number, name, alert))

    def tell(self, do: Callable[..., T], *said: Any) -> T:
        """Do something to the memory of the porting centre (`simulated_porting`)."""
        return self.tax(do, *said)

    def tax(self, do: Callable[..., T], *said: Any) -> T:
        """Do something to the memory of the tax platform (`simulated_tax`)."""
        with self._changing() as memory:
            return do(memory, *said)

    def secret(self, value: str) -> None:
        """Answer only who knows this from now on; empty: whoever asks."""
        with self._changing() as memory:
            memory.execute("DELETE FROM secret")
            if value:
                memory.execute("INSERT INTO secret VALUES (?)", (value,))

    def fault(self, name: str, value: float = 0.0, times: int = -1, service: str = "") -> None:
        """Let something go wrong: the next so many times (below 0: until `mend`), at one service or at all."""
        if name not in FAULTS:
            raise NotAllowed(say("There is no such fault; there are {names}.", names=", ".join(FAULTS)))
        if service and service not in PATHS:
            raise NotAllowed(say("There is no such service; there are {names}.", names=", ".join(PATHS)))
        with self._changing() as memory:
            memory.execute(
                "INSERT OR REPLACE INTO fault VALUES (?, ?, ?, ?)", (name, PATHS.get(service, ""), value, times)
            )

    def mend(self, services: Collection[str] = PATHS) -> None:
        """All is well again at these services; what goes wrong at all goes on at the others."""
        mended = [PATHS[service] for service in services]
        with self._changing() as memory:
            at_all = memory.execute("SELECT name, value, times FROM fault WHERE path = ''").fetchall()
            memory.execute("DELETE FROM fault WHERE path = ''")
            others = [(name, path, *much) for name, *much in at_all for path in PATHS.values()]
            memory.executemany("INSERT OR IGNORE INTO fault VALUES (?, ?, ?, ?)", others)
            memory.executemany("DELETE FROM fault WHERE path = ?", [(path,) for path in mended])

    def faults(self) -> list[tuple[str, str, float, int]]:
        """What goes wrong now: which, at which path (empty: all), how much, how often still."""
        with self._changing() as memory:
            return list(memory.execute("SELECT * FROM fault ORDER BY name, path"))

    def asked(self) -> list[Asked]:
        """All that was asked, in order."""
        with self._changing() as memory:
            rows = memory.execute("SELECT * FROM asked ORDER BY rowid").fetchall()
        return [
            Asked(key, path, json.loads(sent), json.loads(answer), times) for key, path, sent, answer, times in rows
        ]

    def strikes(self, path: str) -> dict[str, float]:
        """The faults that hit a question now; each is used up by one."""
        with self._changing() as memory:
            rows = memory.execute("SELECT name, value FROM fault WHERE path IN ('', ?)", (path,)).fetchall()
            memory.execute("UPDATE fault SET times = times - 1 WHERE times > 0 AND path IN ('', ?)", (path,))
            memory.execute("DELETE FROM fault WHERE times = 0")
        return dict(rows)

    def knows(self, secret: str) -> bool:
        """Whether whoever says this is answered."""
        with self._changing() as memory:
            row = memory.execute("SELECT value FROM secret").fetchone()
        return row is None or row[0] == secret

    def answer(self, path: str, key: str, sent: dict[str, Any]) -> dict[str, Any]:
        """The answer to a question; of a repeat the first one. The tax platform knows a repeat by its own keys."""
        with self._changing() as memory:
            if path in simulated_tax.PATHS.values():
                return simulated_tax.answer(memory, path, sent)
            row = memory.execute("SELECT answer FROM asked WHERE key = ?", (key,)).fetchone() if key else None
            if row is not None:
                memory.execute("UPDATE asked SET times = times + 1 WHERE key = ?", (key,))
                return cast("dict[str, Any]", json.loads(row[0]))
            found = _found(memory, path, sent)
            if key:
                row = (key, path, json.dumps(sent), json.dumps(found))
                memory.execute("INSERT INTO asked VALUES (?, ?, ?, ?, 1)", row)
            return found

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._memory.execute("BEGIN IMMEDIATE")
            try:
                yield self._memory
            except BaseException:
                self._memory.execute("ROLLBACK")
                raise
            self._memory.execute("COMMIT")


def _found(memory: sqlite3.Connection, path: str, sent: dict[str, Any]) -> dict[str, Any]:
    if path in simulated_porting.PATHS.values():
        return simulated_porting.answer(memory, path, sent)
    return _numbers(memory, sent) if path == PATHS["number-check"] else _identity(memory, sent)


def _numbers(memory: sqlite3.Connection, sent: dict[str, Any]) -> dict[str, Any]:
    document, here = str(sent.get("document_number", "")), int(sent.get("here", 0))
    memory.execute(
        "INSERT INTO numbers VALUES (?, 0, ?) ON CONFLICT DO UPDATE SET here = excluded.here", (document, here)
    )
    (count,) = memory.execute("SELECT elsewhere + here FROM numbers WHERE document = ?", (document,)).fetchone()
    over = count + 1 > LIMIT and sent.get("document_kind") != ORGANIZATION
    reason = f"该证件全国已有 {count} 个号码" if over else ""
    return {"result": "over" if over else "pass", "count": count, "limit": LIMIT, "reason": reason}


def _identity(memory: sqlite3.Connection, sent: dict[str, Any]) -> dict[str, Any]:
    number, name = str(sent.get("number", "")), str(sent.get("name", "")).strip()
    row = memory.execute("SELECT name, alert FROM person WHERE number = ?", (number,)).fetchone()
    if row is None:
        memory.execute("INSERT INTO person VALUES (?, ?, '')", (number, name))
        return {"result": "match", "reason": ""}
    if row[0] != name:
        return {"result": "mismatch", "reason": "姓名与证件号码不一致"}
    return {"result": "review" if row[1] else "match", "reason": row[1]}


class Simulated:
    """The services, listening on this machine while the block runs; the home's file says where."""

    def __init__(self, home: Path, port: int = 0, tls: Any = None) -> None:
        self.state = ServiceState(home / STATE_FILE)
        self._home = home
        self._ended = threading.Event()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.state, self._server.ended = self.state, self._ended
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="services", daemon=True)

    def __enter__(self) -> Self:
        running.note(self._home, self.address)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        running.note(self._home, "")
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self.state.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    state: ServiceState
    ended: threading.Event

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked has gone away: no fault of a simulated service's."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        """Answer a question, or do what a fault says."""
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        state = self.server.state
        faults = state.strikes(self.path)
        ended = "slow" in faults and self.server.ended.wait(faults["slow"])
        if ended or "down" in faults:
            self._hang_up()
        elif not state.knows(self.headers.get("Authorization", "").removeprefix("Bearer ")):
            self._say(401, {"reason": "who are you?"})
        elif self.path not in PATHS.values():
            self._say(404, {"reason": "no such service"})
        else:
            self._answer(sent, faults)

    def _answer(self, sent: bytes, faults: dict[str, float]) -> None:
        if "broken" in faults:
            self._say(500, {"reason": "broken"})
        elif "garbage" in faults:
            self._write(200, b"<html>oops</html>")
        elif "wrong" in faults:
            self._say(200, {"code": 0, "data": None})
        else:
            try:
                asked = json.loads(sent)
                found = self.server.state.answer(self.path, self.headers.get("Idempotency-Key", ""), asked)
            except (ValueError, AttributeError, TypeError, KeyError):
                self._say(400, {"reason": "not understood"})
                return
            if "lose" in faults:
                self._hang_up()
            else:
                self._say(200, found)

    def _say(self, status: int, told: dict[str, Any]) -> None:
        self._write(status, json.dumps(told, ensure_ascii=False).encode())

    def _write(self, status: int, body: bytes) -> None:
        head = f"HTTP/1.1 {status} {self.responses[status][0]}\r\nContent-Type: application/json\r\n"
        self.wfile.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def _hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(2)

    def log_message(self, *_: Any) -> None:
        """What is asked is on record in the state."""
