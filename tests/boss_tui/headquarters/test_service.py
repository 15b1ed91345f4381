"""The service over real sockets: cut at every byte, answered by rubbish, eight outlets at once."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from boss_tui.headquarters.enrolment import make_code
from boss_tui.headquarters.leases import hand_down
from boss_tui.headquarters.office import Office
from boss_tui.headquarters.service import Running
from boss_tui.sync.enrolment import enrol, headquarters_key
from boss_tui.sync.link import Link
from boss_tui.sync.wire import SIGNATURE, TAKEN_BYTES, answer_text
from data.errors import NotFound, Outside
from data.tables.resource import PhoneNumber
from data.tables.service import Figure
from data.tables.sync import AccessLog, JournalEntry
from tests.boss_tui.sync.world import World, contents, device, journal, look, same_books, stock

pytestmark = pytest.mark.whole  # real sockets: its stores are opened by other threads
STEP = 1 if os.environ.get("BOSS_EVERY_BYTE") else 61
"""How many bytes lie between two cuts: one in the long run, 61 in the short one."""
MOST_BYTES = 10_000
"""A whole exchange is shorter by far."""
UNTIL = "2026-12-31T00:00:00.000000Z"


def link_to(world: World, url: str, outlet: str = "H01", timeout: float = 20.0) -> Link:
    return Link(world.stores[outlet], outlet, url, world.keys[outlet], timeout=timeout)


def served(world: World) -> Running:
    return Running(world.hq, world.office.key)


def test_eight_outlets_at_once(world: World) -> None:
    outlets = [f"H{n:02}" for n in range(8)]
    for code in outlets:
        world.outlet(code)
    stock(world.hq, 200)

    def day(url: str, code: str) -> None:
        link = link_to(world, url, code)
        for _ in range(4):
            look(world.stores[code], code, 15)
            hand_down(world.hq, code, "number", 5, UNTIL)
            done = link.exchange()
            assert (done.fault, done.stopped) == (None, None)
        link.close()

    with served(world) as running, ThreadPoolExecutor(8) as pool:
        for future in [pool.submit(day, running.url, code) for code in outlets]:
            future.result()
    for code in outlets:
        assert journal(world.hq, code) == journal(world.stores[code], code)
        with world.stores[code].reading() as reading:
            assert len(reading.all(PhoneNumber)) == 20
    assert same_books(world, AccessLog, Figure)


def test_two_processes_that_push_the_same_outlet(world: World) -> None:
    store = world.outlet("H01")
    look(store, "H01", 60)
    with served(world) as running, ThreadPoolExecutor(4) as pool:
        links = [link_to(world, running.url) for _ in range(4)]
        for future in [pool.submit(link.exchange) for link in links]:
            assert future.result().stopped is None
        assert links[0].exchange().fault is None
        for link in links:
            link.close()
    assert journal(world.hq, "H01") == journal(store, "H01")
    assert same_books(world, AccessLog, Figure)


class Cutter:
    """A proxy on a socket that cuts the connection after so many bytes of one direction."""

    def __init__(self, port: int) -> None:
        self.to = port
        self.left: dict[str, int | None] = {"asked": None, "answered": None}
        self.passed = {"asked": 0, "answered": 0}
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self, direction: str, after: int | None) -> None:
        """Cut after so many bytes from now on, in all connections together; None cuts nothing."""
        self.left = {"asked": None, "answered": None, direction: after}
        self.passed = {"asked": 0, "answered": 0}

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.to))
            for source, sink, direction in ((near, far, "asked"), (far, near, "answered")):
                threading.Thread(target=self._pump, args=(source, sink, direction), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, direction: str) -> None:
        try:
            while part := source.recv(65536):
                left = self.left[direction]
                if left is not None:
                    part = part[:left]
                    self.left[direction] = left - len(part)
                self.passed[direction] += len(part)
                sink.sendall(part)
                if self.left[direction] == 0:
                    break
        except OSError:
            pass  # the other side was cut first: that is what this is for
        for end in (source, sink):
            with_shutdown(end)

    def close(self) -> None:
        """Take no more connections."""
        self.listening.close()


def with_shutdown(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
    end.close()


@contextmanager
def cutter(url: str) -> Iterator[Cutter]:
    made = Cutter(int(url.rpartition(":")[2]))
    try:
        yield made
    finally:
        made.close()


@pytest.mark.parametrize("direction", ["asked", "answered"])
def test_a_connection_cut_at_each_byte_loses_and_doubles_nothing(small_world: World, direction: str) -> None:
    store = small_world.outlet("H01")
    stock(small_world.hq, 1 + MOST_BYTES // STEP)
    with served(small_world) as running, cutter(running.url) as proxy:
        look(store, "H01", 2)
        hand_down(small_world.hq, "H01", "number", 1, UNTIL)
        proxy.cut(direction, None)
        one = link_to(small_world, proxy.url)
        assert one.exchange().fault is None
        one.close()
        whole = proxy.passed[direction]
        assert 1000 < whole < MOST_BYTES
        faults = 0
        for cut in range(1, whole, STEP):
            look(store, "H01", 1)
            if cut % 5 == 1:
                hand_down(small_world.hq, "H01", "number", 1, UNTIL)
            proxy.cut(direction, cut)
            link = link_to(small_world, proxy.url)
            faults += link.exchange().fault is not None
            link.close()
            assert link.head().acked_seq <= len(contents(small_world.hq, JournalEntry))
        proxy.cut(direction, None)
        link = link_to(small_world, proxy.url)
        assert link.exchange().fault is None
        link.close()
    assert faults > 500 / STEP
    assert journal(small_world.hq, "H01") == journal(store, "H01")
    assert same_books(small_world, AccessLog, Figure)
    held = [row for row in contents(small_world.hq, PhoneNumber) if row["outlet"] == "H01"]
    assert contents(store, PhoneNumber) == held


Reply = tuple[int, str, bytes]


@contextmanager
def answering(reply: Callable[[BaseHTTPRequestHandler], tuple[int, dict[str, str], bytes]]) -> Iterator[str]:
    """Something that answers in headquarters' place."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.do_GET()

        def do_GET(self) -> None:
            status, headers, body = reply(self)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


ZERO = "0" * 64
GOOD = (
    b'{"outlet":"H01","epoch":1,"next_seq":3,"head":"' + ZERO.encode() + b'","durable_seq":0,"receipt":"x",'
    b'"feed_next":1,"stopped":"","time":"2026-11-23T06:00:00.000000Z"}'
)
RUBBISH: dict[str, tuple[Reply, bool, str]] = {
    "a web page": ((200, "text/html", b"<html>Log in</html>"), False, "web page"),
    "a redirect": ((302, "text/html", b"<html>Go</html>"), False, "web page"),
    "nothing": ((200, "application/json", b""), False, "not signed"),
    "half JSON": ((200, "application/json", GOOD[:40]), False, "not signed"),
    "good, not signed": ((200, "application/json", GOOD), False, "not signed"),
    "failed": ((500, "text/plain", b"Internal Server Error"), False, "failed"),
    "overloaded": ((503, "text/html", b"<html>busy</html>"), False, "failed"),
    "another service": ((404, "application/json", b'{"detail":"Not Found"}'), False, "Something else"),
    "an unsigned refusal": (
        (409, "application/json", b'{"code":"fork","reason":{"template":"fork","values":{}},"standing":null}'),
        False,
        "unsigned",
    ),
    "signed half JSON": ((200, "application/json", GOOD[:40]), True, "can't be read"),
    "signed wrong types": ((200, "application/json", GOOD.replace(b":3,", b':"3",')), True, "can't be read"),
    "signed wrong receipt": ((200, "application/json", GOOD), True, "receipt"),
    "signed no zstd": ((200, "application/zstd", b"no"), True, "can't be read"),
    "signed odd refusal": ((409, "application/json", b'{"code":"gap"}'), True, "can't be read"),
    "signed refusal with a bad reason": (
        (409, "application/json", b'{"code":"gap","reason":{"template":"{0.x}","values":7},"standing":null}'),
        True,
        "refused",
    ),
    "too large": ((200, "application/json", b"x" * (TAKEN_BYTES + 1)), False, "too large"),
}


@pytest.mark.parametrize("what", RUBBISH)
def test_rubbish_is_told_and_changes_nothing(small_world: World, what: str) -> None:
    (status, kind, body), signed, said = RUBBISH[what]
    store = small_world.outlet("H01")
    look(store, "H01", 2)

    def reply(asked: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        headers = {"Content-Type": kind, "Location": "http://127.0.0.1:1/"}
        if signed:
            text = answer_text(status, asked.path, asked.headers["X-Boss-Nonce"], body)
            headers[SIGNATURE] = small_world.office.key.sign(text)
        return status, headers, body

    before = journal(store, "H01")
    with answering(reply) as url:
        link = link_to(small_world, url)
        done = link.exchange()
        link.close()
    assert done.fault is not None
    assert said in str(done.fault)
    head = link.head()
    assert (head.acked_seq, head.feed_cursor, head.stopped, head.attempts) == (0, 0, "", 1)
    assert journal(store, "H01") == before


def test_nobody_there_and_too_slow_are_faults(small_world: World) -> None:
    look(small_world.outlet("H01"), "H01", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        link = link_to(small_world, f"http://127.0.0.1:{port}", timeout=0.2)
        assert "in time" in str(link.exchange().fault)
        assert link.size == 50
        link.close()
    for url in (f"http://127.0.0.1:{port}", "http://no.such.host.invalid", "nonsense", "http://[bad"):
        link = link_to(small_world, url)
        assert "reached" in str(link.exchange().fault)
        link.close()


def test_the_background_loop_sends_by_itself_and_ends(small_world: World) -> None:
    store = small_world.outlet("H01")
    stop, done = threading.Event(), threading.Event()
    with served(small_world) as running:
        link = link_to(small_world, running.url)
        looking = threading.Thread(target=link.run, args=(stop, 0.01, done.set))
        looking.start()
        assert done.wait(30)
        look(store, "H01", 3)
        for _ in range(3000):
            if link.head().acked_seq == 3:
                break
            stop.wait(0.01)
        stop.set()
        looking.join(30)
        assert not looking.is_alive()
        link.close()
    assert journal(small_world.hq, "H01") == journal(store, "H01")


def test_a_port_that_is_taken_is_told(small_world: World) -> None:
    with served(small_world) as running:
        port = int(running.url.rpartition(":")[2])
        with pytest.raises(Outside, match="can't be served"):
            Running(small_world.hq, small_world.office.key, port=port).start()


def test_what_is_not_signed_by_the_outlet_gets_nothing(small_world: World) -> None:
    small_world.outlet("H01")
    with served(small_world) as running, httpx.Client(base_url=running.url) as client:
        assert client.get("/v1/time").status_code == 200
        for method, where in [
            ("GET", "/v1/outlets/H01/feed?after=0"),
            ("GET", "/v1/outlets/H01/events?after=0"),
            ("GET", "/v1/outlets/H01/status"),
            ("POST", "/v1/outlets/H01/events"),
            ("POST", "/v1/outlets/H01/epoch"),
            ("POST", "/v1/outlets/H01/leases"),
            ("POST", "/v1/outlets/H01/feed"),
        ]:
            answer = client.request(method, where, headers={SIGNATURE: "AAAA"})
            assert (answer.status_code, answer.json()["code"]) == (401, "signature")
        assert client.get("/v1/outlets/H99/status").json()["code"] == "unknown"
        assert client.post("/v1/enrol", content=b"{}").status_code == 400
        assert client.post("/v1/enrol", content=b"x" * (TAKEN_BYTES + 1)).status_code == 413


def test_a_code_is_good_once_and_names_headquarters(small_world: World, tmp_path: Path) -> None:
    store = small_world.outlet("H01")
    office, key = small_world.office, device(50)
    with pytest.raises(NotFound):
        make_code(office, "H99", "S001")
    with served(small_world) as running:
        code = make_code(office, "H01", "S001")
        with pytest.raises(Outside, match="not good"):
            enrol(store, "H01", running.url, code[::-1][:16] + code[16:], key)
        for _ in range(2):  # the answer may have been lost
            enrol(store, "H01", running.url, code, key)
        with pytest.raises(Outside, match="not good"):
            enrol(store, "H01", running.url, code, device(51))
        assert headquarters_key(store) == office.key.public
        assert "not signed by the key" in str(link_to(small_world, running.url).exchange().fault)
        small_world.keys["H01"] = key
        assert link_to(small_world, running.url).exchange().fault is None
    false = Office(small_world.hq, device(66))
    with Running(small_world.hq, false.key) as running, pytest.raises(Outside, match="not signed"):
        enrol(store, "H01", running.url, make_code(office, "H01", "S001"), key)


def test_feed_pages_are_each_their_own_answer(small_world: World) -> None:
    """An answer is signed for its question: an old one is not taken for a new one."""
    store = small_world.outlet("H01")
    look(store, "H01", 1)
    kept: list[tuple[int, dict[str, str], bytes]] = []
    with served(small_world) as running:

        def pass_on(asked: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
            if kept:
                return kept[0]
            headers = {name: asked.headers[name] for name in (SIGNATURE, "X-Boss-Nonce")}
            answer = httpx.get(running.url + asked.path, headers=headers)
            signed = {SIGNATURE: answer.headers[SIGNATURE], "Content-Type": "application/json"}
            kept.append((200, signed, answer.content))
            return kept[0]

        with answering(pass_on) as url:
            link = link_to(small_world, url)
            link.pull_once()
            with pytest.raises(Outside, match="not signed"):
                link.pull_once()
            link.close()
