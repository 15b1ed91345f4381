"""C1's commit against raw sqlite3: the very rows that the desk wrote, written again into a copy by the bare driver.

Both write into an encrypted store with WAL and synchronous=FULL, one BEGIN IMMEDIATE … COMMIT for each opening. Before
it counts, the two stores are compared: every table must hold the same rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlmodel import Session

from boss_tui.answers.business import Tender
from data.engine import connect
from data.statements import keys
from data.store import Store, UnitOfWork
from data.tables import all_tables
from data.tables.base import Table, mapped
from tests.benchmarks.halls import KEY, Drafts, counter, filled, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples, fsync_floor, without_collector

AIM = 2.5
WARM = 5
_WRITES = ("INSERT", "UPDATE", "DELETE")

Statement = tuple[str, Any]
Written = tuple[type[Table], str, tuple[Any, ...], dict[str, Any]]


@dataclass
class Recorded:
    """What one opening did to the store: its statements in order, and its rows."""

    statements: list[Statement] = field(default_factory=list)
    rows: list[Written] = field(default_factory=list)

    @property
    def writes(self) -> list[Statement]:
        """Those that write."""
        return [statement for statement in self.statements if statement[0].startswith(_WRITES)]


class _Noting:
    """A cursor that writes down what it is asked."""

    def __init__(self, cursor: Any, into: list[Statement]) -> None:
        self._cursor, self._into = cursor, into

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        self._into.append((sql, parameters))
        return self._cursor.execute(sql, parameters)

    def executemany(self, sql: str, rows: Any) -> Any:
        self._into += [(sql, row) for row in rows]
        return self._cursor.executemany(sql, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


class Listening(Store):
    """A store that notes the statements of its write transactions."""

    def __init__(self, url: str, key: str) -> None:
        super().__init__(url, key)
        self.into: list[Statement] = []

    @contextmanager
    def _cursor(self, begin: str) -> Iterator[Any]:
        with super()._cursor(begin) as cursor:
            yield _Noting(cursor, self.into) if begin == "BEGIN IMMEDIATE" else cursor


Way = Callable[[int], object]


@contextmanager
def completing(drafts: Drafts, path: Path) -> Iterator[Way]:
    """Ours: the desk completes the form of that index."""
    store = open_store(drafts.copied(path))
    desk = counter(store)
    yield lambda index: desk.orders.complete(drafts.forms[index][0], [Tender("cash", drafts.forms[index][1])])
    store.close()


def record(drafts: Drafts, path: Path) -> tuple[list[Statement], list[Recorded]]:
    """The same once more: what the sign-on writes, and what each opening does."""
    drafts.copied(path)
    store = Listening(f"sqlite:///{path}", KEY)
    signing = Recorded(store.into)
    desk = counter(store)
    found = []
    for draft, due in drafts.forms:
        one = Recorded()
        store.into = one.statements
        with patch.object(UnitOfWork, "_note", _note_into(one.rows)):
            desk.orders.complete(draft, [Tender("cash", due)])
        found.append(one)
    store.close()
    return signing.writes, found


def _note_into(rows: list[Written]) -> Any:
    note = UnitOfWork._note

    def noting(work: UnitOfWork, model: Any, op: str, key: tuple[Any, ...], base: int, values: dict[str, Any]) -> None:
        rows.append((model, op, key, dict(values)))
        note(work, model, op, key, base, values)

    return noting


@contextmanager
def replaying(drafts: Drafts, path: Path, signing: list[Statement], openings: list[list[Statement]]) -> Iterator[Way]:
    """Raw: the statements of the opening of that index, by the driver alone; those of the sign-on stand already."""
    connection = connect(drafts.copied(path), KEY)
    cursor = connection.cursor()

    def replay(statements: list[Statement]) -> None:
        cursor.execute("BEGIN IMMEDIATE")
        for sql, parameters in statements:
            cursor.execute(sql, parameters).fetchall()
        cursor.execute("COMMIT")

    replay(signing)
    yield lambda index: replay(openings[index])
    connection.close()


@contextmanager
def as_objects(drafts: Drafts, path: Path, openings: list[Recorded]) -> Iterator[Way]:
    """For comparison: the same rows as plain SQLModel objects in a session."""
    store = open_store(drafts.copied(path))
    for model in all_tables().values():
        mapped(model)

    def write(index: int) -> None:
        with Session(store.engine) as session:
            session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            for written in openings[index].rows:
                _as_object(session, *written)
            session.flush()
            session.connection().exec_driver_sql("COMMIT")

    yield write
    store.close()


def _as_object(session: Session, model: type[Table], op: str, key: tuple[Any, ...], values: dict[str, Any]) -> None:
    if op == "add":
        session.add(model(**values))
        return
    row = session.get(model, key)
    if row is None:
        session.add(model(**dict(zip(keys(model), key, strict=True)), **values))
        return
    for name, value in values.items():
        setattr(row, name, getattr(row, name) + value if op == "increase" else value)


def differences(one: Path, other: Path) -> list[str]:
    """The tables that do not hold the same rows in both stores (the journal's head, which is no figure of the desk's,
    and what else the bare replay was given are among them)."""
    connections = [connect(path, KEY) for path in (one, other)]
    found = []
    for name in all_tables():
        rows = [connection.execute(f"SELECT * FROM {name}").fetchall() for connection in connections]
        if set(rows[0]) != set(rows[1]):
            found.append(name)
    for connection in connections:
        connection.close()
    return found


def measure(ways: list[Way], count: int) -> list[Samples]:
    """Each way opens each account, by turns, so that what else the machine does falls on all of them alike."""
    samples = [Samples() for _ in ways]
    with without_collector():
        for index in range(count):
            for way, into in zip(ways, samples, strict=True):
                with (into if index >= min(WARM, count // 2) else Samples()).taking():
                    way(index)
    return samples


def rows(template: Path, folder: Path, count: int = 80) -> list[Row]:
    """The table's rows about C1's commit."""
    drafts = filled(template, folder, count)
    signing, recorded = record(drafts, folder / "recorded.db")
    written, asked = [one.writes for one in recorded], [one.statements for one in recorded]
    with (
        completing(drafts, folder / "ours.db") as ours,
        replaying(drafts, folder / "raw.db", signing, written) as raw,
        replaying(drafts, folder / "reads.db", signing, asked) as reads,
        as_objects(drafts, folder / "objects.db", recorded) as objects,
    ):
        of_ours, of_raw, of_reads, of_objects = measure([ours, raw, reads, objects], count)
    differing = differences(folder / "recorded.db", folder / "raw.db")
    assert not differing, f"not the same rows: {differing}"
    floor = fsync_floor(folder)
    name = f"C1's commit, {len(written[-1])} rows"
    return [
        Row(
            f"{name}: desk.complete / the same rows, raw driver; median of pairs",
            of_ours.middle,
            of_raw.middle,
            AIM,
            ratio=of_ours.against(of_raw),
        ),
        Row("  best", of_ours.best, of_raw.best, AIM),
        Row("  processor time, median", of_ours.middle_cpu, of_raw.middle_cpu, AIM),
        Row(
            f"  its database part: all {len(asked[-1])} statements, reads too, bare; processor, median",
            of_reads.middle_cpu,
            of_raw.middle_cpu,
        ),
        Row("  for comparison: plain SQLModel objects, median", of_objects.middle, of_raw.middle),
        Row("  for comparison: 4 KiB appended + fsync, median", floor.middle, of_raw.middle),
    ]


if __name__ == "__main__":
    import tempfile

    from tests.benchmarks.halls import made
    from tests.benchmarks.table import render

    with tempfile.TemporaryDirectory() as name:
        began = time.perf_counter()
        print(render(rows(made(Path(name), 300), Path(name))))
        print(f"{time.perf_counter() - began:.1f} s")
