"""Each list of management whose table grows, over very many rows: its pages, what is typed to narrow it, its columns in
order; against the bare queries that give the same rows.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from boss_tui.editions.lines import RowEdit
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.headquarters.stream import publish
from boss_tui.management.kit import listing
from boss_tui.management.kit.filters import read_filter
from boss_tui.management.kit.stored import ListQuery, Place, order_of
from boss_tui.management.subjects import MODULES, named
from boss_tui.sync.keys import DeviceKey, make_key
from data.clock import SeededClock
from data.journal import Author
from data.statements import keys, table_name
from data.store import Store
from data.tables.edition import Edition
from data.tables.organisation import RoleRight
from tests.benchmarks.grown import GROWN, Grown, fill, fill_around
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples, timed
from tests.boss_tui.editions.office import MAKER, PASSWORD, TODAY
from tests.boss_tui.editions.office import Desk as Stage
from tests.hall import START

AIM = 3.0
AT_ONCE = 100.0
"""Milliseconds in which a key is answered, so that nobody waits."""
SHOWN = listing.PAGE
"""Rows of a page."""
EACH = 8
"""Rows of the table for each list."""


class Bare(Struct, frozen=True):
    """A bare condition, with its values."""

    where: str = ""
    values: tuple[str, ...] = ()


def rows(folder: Path, count: int) -> list[Row]:
    """Each list, in a store of its own that has so many rows of it."""
    key = make_key(folder / "office.key")
    stage = Stage.made(f"sqlite:///{folder / 'office.db'}")
    _let_in(stage, key)
    _on(stage.store, fill_around)
    stage.store.close()
    found: list[Row] = []
    for grown in GROWN:
        copy = folder / "one.db"
        shutil.copyfile(folder / "office.db", copy)
        store = Store(f"sqlite:///{copy}", clock=SeededClock(START))
        try:
            _on(store, partial(fill, grown=grown, count=count))
            found += _Measured(Office(store, key), grown, count).rows()
        finally:
            store.close()
        for each in folder.glob("one.db*"):
            each.unlink()
    return found


def _let_in(stage: Stage, key: DeviceKey) -> None:
    """A manager looks at every list."""
    said: dict[str, Any] = {"author": "", "made_at": "", "counts_from": TODAY, "at_once": 1}
    with stage.store.transaction(Author("", "first", ""), journalled=False) as tx:
        held = {row.business for row in tx.all(RoleRight, role="manager")}
        rights = [RowEdit("role_right", ("manager", code), "add", {}) for code in MODULES if code not in held]
        publish(tx, key, Edition(id="rights", number=0, subject="load", title="Rights", **said), rights)


def _on(store: Store, do: Callable[[Any], None]) -> None:
    """By a cursor of the driver's; what rows refer to need not be there."""
    raw = store.engine.raw_connection()
    cursor: Any = raw.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.execute("BEGIN")
    do(cursor)
    cursor.execute("COMMIT")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
    raw.close()


class _Measured:
    """A list that is measured."""

    def __init__(self, office: Office, grown: Grown, count: int) -> None:
        self._store, self._grown = office.store, grown
        self._of = f"{grown.name}, {count:,} rows"
        self._desk = offices.desk(office)
        self._desk.signing.sign_on(MAKER, PASSWORD)
        _, self._entity = named(grown.name)
        self._table = table_name(grown.model)
        self._order = order_of(self._entity, "")

    def rows(self) -> list[Row]:
        """What is measured of it."""
        grown = self._grown
        raw = self._store.engine.raw_connection()
        self._cursor: Any = raw.cursor()
        found = [
            self._page("first page and how many"),
            self._next(),
            self._page("last page", last=True),
            self._page(f"{grown.begins}, the beginning of a number", grown.begins, self._beginning()),
            self._page(f"{grown.often}, which many have", grown.often, self._holding(grown.often)),
            self._page(f"{grown.rarely}, which few have", grown.rarely, self._holding(grown.rarely)),
            self._sorted(),
            self._at_once(),
        ]
        self._cursor.close()
        raw.close()
        return found

    def _asked(self, typed: str = "", sort: str = "", *, falling: bool = False) -> ListQuery:
        return ListQuery(read_filter(self._entity, typed), sort, falling, TODAY, TODAY)

    def _page(self, what: str, typed: str = "", bare: Bare | None = None, *, last: bool = False) -> Row:
        """A page, and how many fit and there are, where they are told."""
        asked, entity = self._asked(typed), self._entity
        with self._store.reading() as reading:

            def ours() -> None:
                shown = listing.page(reading, entity, asked, last=last, size=SHOWN)
                if not last:
                    listing.counted(reading, entity, asked, shown)

            mine, its = timed(ours, partial(self._bare, bare, last=last))
        return Row(f"{self._of}: {what}", mine, its, AIM)

    def _bare(self, bare: Bare | None, *, last: bool) -> None:
        where, values = (f" WHERE {bare.where}", bare.values) if bare else ("", ())
        order = ", ".join(f"{name} DESC" if last else name for name in self._order)
        found = self._cursor.execute(
            f"SELECT * FROM {self._table}{where} ORDER BY {order} LIMIT {SHOWN + 1}", values
        ).fetchall()
        if not last:
            self._cursor.execute(self._count()).fetchall()
        if bare and len(found) > SHOWN:
            self._cursor.execute(self._count(where), values).fetchall()

    def _count(self, where: str = "") -> str:
        return f"SELECT count(*) FROM (SELECT 1 FROM {self._table}{where} LIMIT {listing.COUNTED + 1})"

    def _next(self) -> Row:
        asked, order = self._asked(), ", ".join(self._order)
        with self._store.reading() as reading:
            place: Place = listing.page(reading, self._entity, asked, size=SHOWN).after or ()
            marks = ", ".join("?" * len(place))
            told = f"SELECT * FROM {self._table} WHERE ({order}) > ({marks}) ORDER BY {order} LIMIT {SHOWN + 1}"
            mine, its = timed(
                lambda: listing.page(reading, self._entity, asked, after=place, size=SHOWN),
                lambda: self._cursor.execute(told, place).fetchall(),
            )
        return Row(f"{self._of}: next page", mine, its, AIM)

    def _beginning(self) -> Bare:
        """That a number begins so, as an index finds it; where words are looked for, that something holds it."""
        begun = self._entity.numbers or (keys(self._grown.model) if self._entity.stock is not None else ())
        if not begun:
            return self._holding(self._grown.begins)
        of_kind = "document_kind IN (SELECT code FROM document_kind) AND " if begun[0] in self._order[1:] else ""
        any_of = " OR ".join(f"({of_kind}{number} >= ? AND {number} < ?)" for number in begun)
        return Bare(any_of, (self._grown.begins, f"{self._grown.begins}:") * len(begun))

    def _holding(self, word: str) -> Bare:
        """SQLite's LIKE makes no difference between small letters and others."""
        names = self._entity.search
        return Bare(" OR ".join(f"{name} LIKE ?" for name in names), (f"%{word}%",) * len(names))

    def _sorted(self) -> Row:
        """By the column that takes longest, one way or the other."""
        slowest, sort, falling = 0.0, "", False
        with self._store.reading() as reading:
            for column in self._entity.in_list:
                for down in (False, True):
                    asked, samples = self._asked(sort=column.name, falling=down), Samples()
                    with samples.taking():
                        listing.page(reading, self._entity, asked, size=SHOWN)
                    if samples.best > slowest:
                        slowest, sort, falling = samples.best, column.name, down
            asked, turned = self._asked(sort=sort, falling=falling), " DESC" if falling else ""
            order = ", ".join(f"{name}{turned}" for name in order_of(self._entity, sort))
            told = f"SELECT * FROM {self._table} ORDER BY {order} LIMIT {SHOWN + 1}"
            mine, its = timed(
                lambda: listing.page(reading, self._entity, asked, size=SHOWN),
                lambda: self._cursor.execute(told).fetchall(),
            )
        return Row(f"{self._of}: in order of {sort}{', falling' if falling else ''}, the slowest", mine, its, AIM)

    def _at_once(self) -> Row:
        """All of the screen's own questions that an index answers: rights, rows, names, marks; the slowest of them."""
        managing, name = self._desk.managing, self._grown.name
        shown = managing.page(name, size=SHOWN)
        by_number = self._entity.numbers or self._entity.stock is not None
        typed = (self._grown.begins, self._grown.often) if by_number else (self._grown.often,)
        asked: list[Callable[[], object]] = [
            lambda: managing.page(name, size=SHOWN),
            lambda: managing.count(name, "", "", shown.page),
            lambda: managing.page(name, size=SHOWN, after=shown.page.after),
            lambda: managing.page(name, size=SHOWN, last=True),
            *(partial(managing.page, name, each, size=SHOWN) for each in typed),
        ]
        return Row(f"{self._of}: the slowest page, with all that stands on it", max(timed(*asked)), AT_ONCE, 1.0)
