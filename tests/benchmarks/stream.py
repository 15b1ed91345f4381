"""From an edition's approval to its rows at an outlet, against the very same rows written by executemany.

What there is besides writing: the edition in parts, its signature, the page with its own, the fold of each row's lines.
"""

from __future__ import annotations

import shutil
from itertools import groupby
from pathlib import Path

from boss_tui.editions.lines import RowEdit
from boss_tui.headquarters.feed import page
from boss_tui.headquarters.office import Office, author
from boss_tui.headquarters.stream import publish
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.shapes import Page
from boss_tui.sync.stream import take_page
from boss_tui.sync.wire import pack, read, unpack
from data import schema
from data.engine import connect
from data.store import UnitOfWork
from data.tables.edition import Edition
from data.tables.sync import EnrolledOutlet, JournalHead
from tests.benchmarks.commit import Listening
from tests.benchmarks.halls import KEY, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples, without_collector

OUTLET = "B1"


def rows(folder: Path, lines: int, editions: int, rounds: int = 3) -> list[Row]:
    """One edition of so many lines; and an outlet that is so many editions behind."""
    large = [[_rate(n) for n in range(lines)]]
    many = [[_rate(n)] for n in range(editions)]
    what = "published, fetched, applied at an outlet"
    return [
        _measured(folder / "large", large, rounds, f"an edition of {lines} lines, {what}"),
        _measured(folder / "many", many, rounds, f"{editions} editions behind, {what}"),
    ]


def _rate(n: int) -> RowEdit:
    return RowEdit("tax_rate", (f"c{n}", "2026-01-01"), "add", {"rate": n})


def _measured(folder: Path, told: list[list[RowEdit]], rounds: int, what: str) -> Row:
    folder.mkdir()
    _made(folder)
    ours, limit = Samples(), Samples()
    for n in range(rounds):
        paths = [Path(shutil.copyfile(folder / f"{side}.db", folder / f"{side}-{n}.db")) for side in ("hq", "outlet")]
        central, outlet = (Listening(f"sqlite:///{path}", KEY) for path in paths)
        office = Office(central, DeviceKey(bytes(range(32))))
        central.into.clear()
        outlet.into.clear()
        with without_collector(), ours.taking():
            with central.transaction(author("", "edition"), journalled=False) as tx:
                for number, lines in enumerate(told, 1):
                    publish(tx, office.key, _edition(tx, number), lines)
            _fetch(office, outlet)
        _raw(folder, [list(central.into), list(outlet.into)], limit)
        central.close()
        outlet.close()
    return Row(f"{what} / the same rows, executemany; best", ours.best, limit.best)


def _edition(tx: UnitOfWork, number: int) -> Edition:
    return tx.add(
        Edition,
        id=f"E{number}",
        number=number,
        subject="M6",
        title="A price list",
        author="3001",
        decided_by="3002",
        made_at=tx.now(),
        counts_from="2026-01-01",
        state="in_force",
    )


def _fetch(office: Office, outlet: Listening) -> None:
    """Page by page, each packed and read as on the wire."""
    more = True
    while more:
        with outlet.reading() as reading:
            head = reading.one(JournalHead, outlet=OUTLET)
        answer = page(office, OUTLET, head.feed_cursor, 50, head.stream_cursor)
        came = read(Page, unpack(pack(answer.model_dump()))).stream
        assert came is not None
        take_page(outlet, OUTLET, came)
        more = came.through + 1 < came.next


def _made(folder: Path) -> None:
    for side in ("hq", "outlet"):
        store = open_store(folder / f"{side}.db")
        schema.create(store)
        with store.transaction(author(OUTLET, "enrol"), journalled=False) as tx:
            if side == "hq":
                tx.add(EnrolledOutlet, outlet=OUTLET, public_key="")
            else:
                tx.add(JournalHead, outlet=OUTLET)
        store.close()


def _raw(folder: Path, written: list[list[tuple[str, object]]], into: Samples) -> None:
    """All that both stores wrote, each in one transaction of the bare driver."""
    connections = []
    for side in ("hq", "outlet"):
        path = Path(shutil.copyfile(folder / f"{side}.db", folder / f"{side}-raw.db"))
        connections.append(connect(path, KEY))
    grouped = [
        [
            (sql, [parameters for _, parameters in group])
            for sql, group in groupby(sorted(statements, key=lambda told: told[0]), lambda told: told[0])
            if sql.startswith("INSERT")
        ]
        for statements in written
    ]
    with without_collector(), into.taking():
        for connection, groups in zip(connections, grouped, strict=True):
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            for sql, parameters in groups:
                cursor.executemany(sql, parameters)
            cursor.execute("COMMIT")
    for connection in connections:
        connection.close()
