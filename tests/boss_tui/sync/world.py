"""A small world for tests: a headquarters, outlets that do things, and ways to lose what they say to each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
from fastapi import FastAPI

from boss_tui.editions.lines import RowEdit
from boss_tui.headquarters import rules
from boss_tui.headquarters.app import create_app
from boss_tui.headquarters.enrolment import make_code
from boss_tui.headquarters.office import Office
from boss_tui.headquarters.rules import closes, counts, figures, writes
from boss_tui.headquarters.rules.writes import WRITES, Writes
from boss_tui.headquarters.stream import publish
from boss_tui.sync.dates import business_date
from boss_tui.sync.enrolment import enrol
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.link import Link
from data.clock import SeededClock, new_key
from data.engine import file_of
from data.journal import Author
from data.store import Store, UnitOfWork
from data.tables.base import Table
from data.tables.document import DocumentRange, NumberMove, PaperDocument
from data.tables.edition import Edition
from data.tables.organisation import Outlet
from data.tables.resource import PhoneNumber, SimCard
from data.tables.service import BehaviourSignal, Figure
from data.tables.sync import AccessLog, JournalEntry, JournalHead
from tests.boss_tui.desk.shop import Parts
from tests.engines import with_tables

URL = "http://headquarters"
OF_NO_BUSINESS = {
    "behaviour_signal": Writes("A1", {"state detail": "A1"}),
    "settlement_entry": Writes("A1"),
    "tries": Writes("A1"),
    "phone_number": Writes(moves={"state subscription_id quarantine_until": "stock"}),
    "imsi_reserve": Writes(moves={"state": "stock"}),
}
"""What the outlets of these worlds do, beside what a hall does, by no order: a row of everybody's that changes, rows
that refer to others or hold figures. What they count, or sell, is of no order either, and nobody
whom headquarters knows opens their days."""


class Direct(httpx.BaseTransport):
    """Questions straight into an application, without a socket. `fault` may lose a request, or an answer."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.fault: Callable[[str], None] = lambda _place: None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, as httpx wants it."""
        self.fault("request")
        status, headers, body = asyncio.run(_ask(self.app, request))
        self.fault("answer")
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


async def _ask(app: FastAPI, request: httpx.Request) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    parts: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.url.path,
        "raw_path": request.url.raw_path.partition(b"?")[0],
        "query_string": request.url.query,
        "headers": [(k.lower(), v) for k, v in request.headers.raw],
        "server": ("headquarters", 80),
        "client": ("outlet", 1),
        "root_path": "",
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.read(), "more_body": False}

    async def send(part: Any) -> None:
        parts.append(part)

    await app(scope, receive, send)
    body = b"".join(part.get("body", b"") for part in parts if part["type"] == "http.response.body")
    return parts[0]["status"], parts[0]["headers"], body


def device(number: int) -> DeviceKey:
    """The same key for the same number."""
    return DeviceKey(number.to_bytes(32, "big"))


def made(url: str, seed: int) -> Store:
    """A store with its tables; a PostgreSQL database has them from its template."""
    if url.startswith("sqlite"):
        with_tables(file_of(url))
    return Store(url, clock=SeededClock(seed=seed))


class World:
    """Headquarters over a database, and any number of outlets with SQLite stores in a folder."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self._begin(made(url, 1))

    def _begin(self, headquarters: Store) -> None:
        self._acts = ExitStack()
        self._acts.enter_context(patch.dict(WRITES, OF_NO_BUSINESS))
        others = [each for each in rules.RULES if each not in (closes.judge, counts.judge, figures.judge)]
        self._acts.enter_context(patch.object(rules, "RULES", others))
        self._acts.enter_context(patch.object(writes, "SOLD", {}))
        self.office = Office(headquarters, device(1))
        self.app = create_app(self.office)
        self.stores: dict[str, Store] = {}
        self.keys: dict[str, DeviceKey] = {}

    @property
    def hq(self) -> Store:
        """Headquarters' store."""
        return self.office.store

    def outlet(self, code: str) -> Store:
        """A new outlet: its store, enrolled with headquarters."""
        number = len(self.stores) + 2
        store = self._made(code, number)
        with store.transaction(Author(code, "", ""), journalled=False) as tx:
            tx.add(JournalHead, outlet=code)
        with self.hq.transaction(Author(code, "", ""), journalled=False) as tx:
            tx.add(Outlet, code=code, name_zh=code, province="AH")
        self.stores[code], self.keys[code] = store, device(number)
        enrol(store, code, URL, make_code(self.office, code, "S001"), self.keys[code], transport=Direct(self.app))
        return store

    def _made(self, code: str, number: int) -> Store:
        return made(f"sqlite:///{self.folder / code}.db", number)

    def link(self, code: str, **more: Any) -> Link:
        """A link straight into headquarters."""
        more.setdefault("transport", Direct(self.app))
        return Link(self.stores[code], code, more.pop("url", URL), self.keys[code], **more)

    def publish(self, *lines: RowEdit, counts_from: str = "", scope: str = "") -> list[int]:
        """Publish an approved edition; the numbers of its items. `counts_from`: empty, at once."""
        with self.hq.transaction(Author("", "edition.approve", "3002"), journalled=False) as tx:
            return publish(tx, self.office.key, edition(tx, counts_from, scope), lines)

    def restored(self, url: str) -> None:
        """Headquarters goes on with another database."""
        self.office = Office(Store(url, clock=self.hq.clock), self.office.key)
        self.app = create_app(self.office)

    def close(self) -> None:
        """Let go of all databases."""
        self._acts.close()
        for store in [self.hq, *self.stores.values()]:
            store.close()


class Undone(World):
    """A world over stores that many tests share, each of whose doings is undone: nobody else opens them beside it."""

    def __init__(self, empty: Callable[[str], Store]) -> None:
        self._empty = empty
        self._begin(self._made("headquarters", 1))

    def _made(self, code: str, number: int) -> Store:
        return Parts(self._empty(code), SeededClock(seed=number))


def edition(tx: UnitOfWork, counts_from: str = "", scope: str = "") -> Edition:
    """An edition that 3001 made and 3002 approved, as it is kept at headquarters."""
    number = len(tx.all(Edition)) + 1
    return tx.add(
        Edition,
        id=new_key(tx.clock),
        number=number,
        subject="M6",
        title=f"Edition {number}",
        scope=scope,
        author="3001",
        made_at=tx.now(),
        state="in_force",
        decided_by="3002",
        counts_from=counts_from or business_date(tx, ""),
        at_once=int(not counts_from),
    )


def look(store: Store, outlet: str, times: int = 1) -> None:
    """So many entries of an outlet, each with a row that is added and a figure that is increased."""
    for _ in range(times):
        with store.transaction(Author(outlet, "C13", "S001", serial=new_key(store.clock))) as tx:
            tx.add(
                AccessLog,
                id=new_key(tx.clock),
                outlet=outlet,
                operator="S001",
                act="look",
                subject=outlet,
                made_at=tx.now(),
            )
            key = {"outlet": outlet, "business_date": "2026-11-23", "operator": "", "business": "C13", "measure": "n"}
            tx.increase(Figure, key, count=1)


def set_signal(store: Store, outlet: str, key: str, detail: str) -> None:
    """An entry that adds a signal, or changes its detail."""
    with store.transaction(Author(outlet, "A1", "S001")) as tx:
        row = tx.find(BehaviourSignal, id=key)
        if row is None:
            tx.add(BehaviourSignal, id=key, rule="many", subject="S001", detail=detail, raised_at=tx.now())
        else:
            tx.change(row, detail=detail)


def stock(store: Store, pieces: int) -> None:
    """Free numbers and SIM cards at headquarters."""
    with store.transaction(Author("", "stock", "S001"), journalled=False) as tx:
        segment = RowEdit("number_segment", ("1380000",), "add", {})
        publish(tx, device(1), edition(tx), [segment, RowEdit("number_grade", ("0",), "add", {"name_zh": "普通"})])
        common = {"segment": "1380000", "grade": "0"}
        tx.add_many(PhoneNumber, [{"number": f"1380000{n:04}", "tail": f"{n:04}", **common} for n in range(pieces)])
        tx.add_many(
            SimCard, [{"iccid": f"898600{n:013}", "imsi": f"46000{n:010}", "kind": "32K"} for n in range(pieces)]
        )


def use_up(tx: UnitOfWork, row: DocumentRange, pieces: int) -> None:
    """The next numbers of a range are void: each is a paper."""
    tx.author.business_date = day = "2026-11-23"
    first, common = row.next_number, {"outlet": row.outlet, "range_id": row.id, "kind": row.kind, "code": row.code}
    said = {"state": "void", "reason": "wet", "content": "{}", "operator": tx.author.operator, "made_at": tx.now()}
    moved = {"outlet": row.outlet, "kind": row.kind, "code": row.code, "act": "void", "reason": "wet"}
    by = {"operator": tx.author.operator, "made_at": tx.now(), "business_date": day}
    for number in range(first, first + pieces):
        tx.add(PaperDocument, id=new_key(tx.clock), number=number, business_date=day, **common, **said)
        tx.add(NumberMove, id=new_key(tx.clock), first_number=number, last_number=number, **moved, **by)
    last = first + pieces > row.last_number
    tx.change(row, next_number=first + pieces, state="used_up" if last else row.state)


def journal(store: Store, outlet: str) -> list[tuple[int, int, str, str]]:
    """An outlet's journal in a store: epoch, sequence, body, hash."""
    with store.reading() as reading:
        rows = reading.all(JournalEntry, outlet=outlet, order=("seq",))
    return [(row.epoch, row.seq, row.body, row.hash) for row in rows]


def contents(store: Store, *models: type[Table]) -> list[dict[str, Any]]:
    """All rows of tables, for comparison."""
    with store.reading() as reading:
        found = [dict(row.__dict__) for model in models for row in reading.all(model)]
    return sorted(found, key=str)


def backup(store: Store, path: Path) -> None:
    """A copy of a SQLite store, as it is now."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{path}'")


def same_books(world: World, *models: type[Table]) -> bool:
    """Whether headquarters holds what all outlets' stores hold, together."""
    theirs: Iterator[dict[str, Any]] = (row for store in world.stores.values() for row in contents(store, *models))
    return contents(world.hq, *models) == sorted(theirs, key=str)
