"""The store: the only place that reads and writes the database.

`Store.reading()` is a view of one moment. `Store.transaction()` is the only way to write: it takes the write lock
first, knows every row that changed, and ends with one journal entry, all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from sqlalchemy import bindparam, select, update
from sqlalchemy.sql import ClauseElement

from data import dated, journal
from data.clock import astray, moment, stamp
from data.database import Database
from data.errors import Conflict, NotFound
from data.journal import Author, Change
from data.known import forget, take_in, take_place
from data.message import say
from data.published import count_up
from data.reading import Reading
from data.statements import Prepared, instance, is_figure, key_set, keys, row_values, table_name
from data.tables import table_of
from data.tables.base import Table
from data.tables.sync import JournalEntry, JournalHead

__all__ = ["KeyedChange", "Reading", "Store", "UnitOfWork", "newest_entry"]

M = TypeVar("M", bound=Table)
KeyedChange = tuple[tuple[Any, ...], int, Mapping[str, Any]]

STUCK_MS = 60_000
"""PostgreSQL ends a transaction that is silent for so long: a counter whose machine died keeps no other one waiting."""

_head = JournalHead.table()
_MOVE_HEAD = (
    update(_head)
    .values(
        seq=bindparam("new_seq"),
        hash=bindparam("new_hash"),
        made_at=bindparam("new_made_at"),
        believed_at=bindparam("new_believed"),
    )
    .where(_head.c.outlet == bindparam("of"), _head.c.seq == bindparam("was"))
)
_LOCK = (
    "SELECT set_config('idle_in_transaction_session_timeout', %s, true), pg_advisory_xact_lock(hashtextextended(%s, 0))"
)


class UnitOfWork(Reading):
    """One write transaction: what it adds and changes, and the journal entry that will say so."""

    def __init__(self, store: Database, cursor: Any, author: Author) -> None:
        super().__init__(store, cursor)
        self.author = author
        self.changes: list[Change] = []
        self.more: dict[str, Any] = {}
        """What else the journal entry says, beside the changes: with this alone, an entry is written too."""
        self.vouched = False
        """Somebody has vouched for the clock: the time of this work is believed, whatever the journal knew before."""
        self._noting = True
        self._republished = False
        self._own: dict[type[Table], dict[tuple[Any, ...], Table]] = {}
        """Rows that this work wrote, as they now are, by their keys."""

    def now(self) -> str:
        """The time, as it is stored."""
        return stamp(self.clock.now())

    def add(self, model: type[M], /, **values: Any) -> M:
        """Add a row. Conflict when its key, or what must be unique, is taken."""
        row = row_values(model, values)
        prepared = self._statements.insert(model)
        self._cursor.execute(prepared.sql, prepared.parameters(row))
        made = instance(model, row)
        if (known := self._known.get(model)) and not model.__published__:
            take_in(known, made)
        else:
            self._written(model, row)
        return self._wrote(made, "add", 0, row)

    def change(self, row: M, /, **values: Any) -> M:
        """Change a row that was read. Conflict when somebody changed it since."""
        model, old = row.__class__, row.__dict__
        values = {name: value for name, value in values.items() if old[name] != value}
        if not values:
            return row
        base = old["revision"]
        values["revision"] = base + 1
        prepared = self._statements.update(model, tuple(values), True, False)
        named = {f"new_{name}": value for name, value in values.items()}
        named.update({f"old_{name}": old[name] for name in keys(model)}, old_revision=base)
        self._cursor.execute(prepared.sql, prepared.parameters(named))
        if self._cursor.rowcount != 1:
            raise Conflict(say("Somebody else changed this in the meantime. Look again and repeat."))
        new = instance(model, {**old, **values})
        self._replaced(row, new, values)
        return self._wrote(new, "change", base, values)

    def remove(self, row: Table) -> None:
        """Take away a row of headquarters' that has ended: its published lines tell of it. Conflict as in `change`."""
        model, old = row.__class__, row.__dict__
        if not model.__owner__.part:
            raise TypeError(f"{model.__name__}: only what headquarters publishes can end so")
        prepared = self._statements.delete(model)
        named = {f"old_{name}": old[name] for name in (*keys(model), "revision")}
        self._cursor.execute(prepared.sql, prepared.parameters(named))
        if self._cursor.rowcount != 1:
            raise Conflict(say("Somebody else changed this in the meantime. Look again and repeat."))
        self._written(model)

    def increase(self, model: type[Table], key: dict[str, Any], **measures: int) -> None:
        """Add to a row's figures. Such changes always apply, in any order. `key`: its primary key.

        A row of nothing but figures is made when it is not there; any other must be there (Conflict).
        """
        self.increase_many(model, [{**key, **measures}], tuple(measures))

    def add_many(self, model: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows of one table by one call of the driver. Conflict when one is taken; then none of them stands."""
        if not rows:
            return
        full = [row_values(model, values) for values in rows]
        self._written(model, *full)
        self._many(self._statements.insert(model), full)
        if self._noting:
            names = keys(model)
            for row in full:
                self._note(model, "add", tuple([row[name] for name in names]), 0, row)

    def add_alike(
        self, model: type[Table], names: Sequence[str], cells: Sequence[tuple[Any, ...]], **same: Any
    ) -> None:
        """Add rows whose columns `names` stand in `cells`, and which are alike in all others: by the million, and only
        such as have another author (`received`). Conflict as `add_many`."""
        if self._noting:
            raise TypeError(f"{model.__name__}: what the journal tells is added by add_many")
        whole = row_values(model, {**dict.fromkeys(names, ""), **same})
        rest = {name: value for name, value in whole.items() if name not in names}
        self._written(model)
        prepared = self._statements.insert(model)
        self._cursor.executemany(prepared.sql, prepared.alike(names, cells, rest))

    def change_many(self, model: type[Table], changed: Sequence[KeyedChange], holder: str = "") -> None:
        """Change rows of one table: (key, revision based on, new values with the new one), all of the same columns.

        `holder`: the outlet that must hold each of them (`__free__`). Conflict when any of them stands at another
        revision, or is not its own; the transaction must then be given up, or its savepoint.
        """
        names = tuple(changed[0][2])
        prepared, key_names = self._statements.update(model, names, True, bool(holder)), keys(model)
        full = []
        for key, base, values in changed:
            named = {f"new_{name}": values[name] for name in names}
            named.update({f"old_{name}": part for name, part in zip(key_names, key, strict=True)}, old_revision=base)
            named["of_holder"] = holder
            full.append(named)
        self._written(model)
        if self._many(prepared, full) != len(full):
            raise Conflict(say("Somebody else changed this in the meantime. Look again and repeat."))
        for key, base, values in changed if self._noting else ():
            self._note(model, "change", key, base, dict(values))

    def change_alike(self, rows: Sequence[M], /, **values: Any) -> list[M]:
        """Give rows of one table the same values, in one statement; answers them as they then are. Conflict as
        `change`: another transaction was quicker."""
        if not rows:
            return []
        model, names = rows[0].__class__, keys(rows[0].__class__)
        changed = [
            (tuple([old[name] for name in names]), old["revision"], {**values, "revision": old["revision"] + 1})
            for old in (row.__dict__ for row in rows)
        ]
        self.change_many(model, changed)
        return [instance(model, {**row.__dict__, **told}) for row, (_, _, told) in zip(rows, changed, strict=True)]

    def increase_many(self, model: type[Table], rows: Sequence[Mapping[str, Any]], measures: tuple[str, ...]) -> None:
        """Add to many running figures of one table: each row holds its key and the measures to add."""
        self._written(model)
        if is_figure(model, measures):
            self._many(self._statements.increase(model, measures), [row_values(model, row) for row in rows])
        else:
            self._raise_rows(model, rows, measures)
        for row in rows:
            key = tuple(row[name] for name in keys(model))
            self._note(model, "increase", key, 0, {name: row[name] for name in measures})

    def _raise_rows(self, model: type[Table], rows: Sequence[Mapping[str, Any]], measures: tuple[str, ...]) -> None:
        prepared = self._statements.raise_row(model, measures)
        named = [
            {f"by_{name}": row[name] for name in measures} | {f"of_{name}": row[name] for name in keys(model)}
            for row in rows
        ]
        if self._many(prepared, named) != len(named):
            raise Conflict(say("What was to be added to is not there."))

    def _many(self, prepared: Prepared, rows: list[dict[str, Any]]) -> int:
        self._cursor.executemany(prepared.sql, [prepared.parameters(row) for row in rows])
        return int(self._cursor.rowcount)

    @contextmanager
    def received(self) -> Iterator[None]:
        """Rows written in here have another author (headquarters): this journal doesn't tell them as its own."""
        before, self._noting = self._noting, False
        try:
            yield
        finally:
            self._noting = before

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that can be given up alone: what is raised inside undoes this part, and goes on up."""
        told, more = len(self.changes), dict(self.more)
        self._cursor.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._forget()
            self._cursor.execute("ROLLBACK TO SAVEPOINT part")
            self._cursor.execute("RELEASE SAVEPOINT part")
            del self.changes[told:]
            self.more = more
            raise
        self._cursor.execute("RELEASE SAVEPOINT part")

    def lock(self, name: str) -> None:
        """Hold a second lock until the end of this work: who comes after it sees what this has written."""
        if not self.store.is_sqlite:
            self._cursor.execute(_LOCK, (str(STUCK_MS), name))

    def run(self, statement: ClauseElement, /, **values: Any) -> int:
        """A statement over local tables; answers how many rows it touched. Journalled tables are never written so."""
        table = getattr(statement, "table", None)
        if table is None or not table_of(table.name).__local__:
            raise TypeError("only local tables take free statements")
        prepared = self._statements.of(statement)
        self._written(table_of(table.name))
        self._cursor.execute(prepared.sql, prepared.parameters(values))
        return int(self._cursor.rowcount)

    def _read(self, model: type[M], where: dict[str, Any], order: tuple[str, ...]) -> list[M]:
        """A row that this work wrote is not read by its key."""
        own = self._own.get(model)
        if own and where.keys() == key_set(model):
            row = own.get(tuple([where[name] for name in keys(model)]))
            if row is not None:
                return [cast(M, row)]
        return super()._read(model, where, order)

    def _wrote(self, row: M, op: str, base: int, values: dict[str, Any]) -> M:
        """A row as this work has written it."""
        model, told = row.__class__, row.__dict__
        key = tuple([told[name] for name in keys(model)])
        self._own.setdefault(model, {})[key] = row
        self._note(model, op, key, base, values)
        return row

    def _note(self, model: type[Table], op: str, key: tuple[Any, ...], base: int, values: dict[str, Any]) -> None:
        if self._noting and not model.__local__:
            self.changes.append(Change(table_name(model), op, key, base, values))

    def _written(self, model: type[Table], *rows: Mapping[str, Any]) -> None:
        """What was read of the table holds no more, but for answers that none of these whole rows would be in, as they
        were and are; what is read of published ones is from now on this work's alone."""
        if not rows:
            self._own.pop(model, None)
        if model.__published__:
            self._republished, self._published = True, {}
        elif known := self._known.get(model):
            forget(known, rows)

    def _replaced(self, old: Table, new: Table, values: Mapping[str, Any]) -> None:
        """As `_written`, of one row, which takes its place in answers where it can; see `known.take_place`."""
        model = old.__class__
        known = self._known.get(model)
        if known and not model.__published__:
            take_place(known, old, new, values.keys())
        else:
            self._written(model, old.__dict__, new.__dict__)

    def _forget(self) -> None:
        self._known.clear()
        self._own.clear()
        if self._republished:
            self._published = {}

    def _seal(self) -> None:
        """Write the journal entry of what changed."""
        head = self.find(JournalHead, outlet=self.author.outlet)
        if head is None:
            raise NotFound(say("Outlet {outlet} has no journal in this store.", outlet=self.author.outlet))
        author, made_at = self.author, self.now()
        dated.look_at(self, author.outlet, self.changes)
        known = moment(head.believed_at) if head.believed_at else None
        wrong = timedelta() if self.vouched else astray(moment(made_at), known)
        latest = made_at if self.vouched else max(made_at, head.believed_at)
        entry: dict[str, Any] = {
            "outlet": author.outlet,
            "epoch": head.epoch,
            "seq": head.seq + 1,
            "kind": author.kind,
            "kind_version": 1,
            "operator": author.operator,
            "counter": author.counter,
            "serial": author.serial,
            "business_date": author.business_date,
            "made_at": made_at,
            "prev_hash": head.hash or journal.GENESIS,
            "body": journal.body_of(self.changes, author, {**self.more, **_clock_note(wrong)}),
        }
        entry["hash"] = journal.entry_hash(entry, entry["prev_hash"])
        self.add(JournalEntry, **entry)
        moved = self.run(
            _MOVE_HEAD,
            new_seq=head.seq + 1,
            new_hash=entry["hash"],
            new_made_at=made_at,
            new_believed=head.believed_at if wrong else latest,
            of=head.outlet,
            was=head.seq,
        )
        if moved != 1:
            raise Conflict(say("The journal moved under this transaction; nothing was done."))


def _clock_note(wrong: timedelta) -> dict[str, Any]:
    """What the journal says of an entry whose time can't be right."""
    if not wrong:
        return {}
    return {f"clock_{'went_back' if wrong < timedelta() else 'ran_ahead'}_seconds": int(abs(wrong).total_seconds())}


class Store(Database):
    """The database, read and written: SQLite file or PostgreSQL."""

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A view of one moment."""
        begin = "BEGIN" if self.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        with self._cursor(begin) as cursor:
            yield Reading(self, cursor)

    def present(self) -> datetime:
        """The time by which rights end; see `Reading.present`."""
        with self.reading() as reading:
            return reading.present()

    @contextmanager
    def transaction(self, author: Author, *, journalled: bool = True, lock: str = "") -> Iterator[UnitOfWork]:
        """A write transaction: the lock first, then all or nothing, with one journal entry if shared rows changed
        (or `more` says something).

        `lock` names what is locked on PostgreSQL (by default the outlet); SQLite has one writer anyway. Headquarters
        writes with `journalled=False`: it holds other outlets' journals and has none of its own.
        """
        with self._cursor("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN") as cursor:
            if not self.is_sqlite:
                cursor.execute(_LOCK, (str(STUCK_MS), lock or author.outlet))
            work = UnitOfWork(self, cursor, author)
            yield work
            if journalled and (work.changes or work.more):
                work._seal()
            if work._republished:
                count_up(self.statements, cursor)


def newest_entry(reading: Reading, outlet: str) -> JournalEntry | None:
    """The last entry of an outlet's journal."""
    entry = JournalEntry.table()
    statement = (
        select(*entry.columns)
        .where(entry.c.outlet == outlet)
        .order_by(entry.c.epoch.desc(), entry.c.seq.desc())
        .limit(1)
    )
    found = reading.models(JournalEntry, statement)
    return found[0] if found else None
