"""Reads of the store, of one moment. What one piece of work asks for twice is read once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.sql import ClauseElement

from data.clock import moment
from data.database import Database
from data.errors import NotFound
from data.known import met_before, narrowed
from data.published import COUNTER
from data.statements import blocks, instances, key_set, keys, said_of
from data.tables.base import Table
from data.tables.order import Sequence as Counted
from data.tables.sync import JournalHead

M = TypeVar("M", bound=Table)
T = TypeVar("T")
_heads = JournalHead.table()
_LATEST = select(*_heads.c).order_by(_heads.c.believed_at.desc()).limit(1)


class Reading:
    """Reads of one moment. Rows come back as instances of their models, to be read only."""

    def __init__(self, store: Database, cursor: Any) -> None:
        self.store = store
        self.clock = store.clock
        self._cursor = cursor
        self._statements = store.statements
        self._known: dict[type[Table], dict[Any, list[Any]]] = {}
        self._published: dict[Any, list[Any]] | None = None
        self._present: datetime | None = None

    def present(self) -> datetime:
        """The time by which every right ends, and that it is given by: approvals, codes, forms, what they hold.

        It is the clock's, but never earlier than what this store's journal knows: a clock that is set back brings
        nothing to life again.
        """
        if self._present is None:
            self._present = self.clock.now()
            for head in self.models(JournalHead, _LATEST):
                self._known.setdefault(JournalHead, {})[JournalHead, (), ("outlet", head.outlet)] = [head]
                if head.believed_at:
                    self._present = max(self._present, moment(head.believed_at))
        return self._present

    def find(self, model: type[M], /, **where: Any) -> M | None:
        """The first row with these values, or None."""
        found = self._fetch(model, where, ())
        return found[0] if found else None

    def one(self, model: type[M], /, **where: Any) -> M:
        """The row with these values; NotFound when there is none."""
        row = self.find(model, **where)
        if row is None:
            from data.table_words import no_such

            raise NotFound(no_such(model, *where.values()))
        return row

    def all(self, model: type[M], /, *, order: Sequence[str] = (), **where: Any) -> list[M]:
        """Every row with these values, in the order of these columns (a leading - turns one round)."""
        return self._fetch(model, where, tuple(order)).copy()

    def few(self, model: type[M], most: int, /, *, order: Sequence[str] = (), **where: Any) -> list[M]:
        """The first rows with these values, so many at most: of a table that grows not all are read for some."""
        prepared = self._statements.select(model, tuple(where), tuple(order), said_of(model, where))
        self._cursor.execute(f"{prepared.sql} LIMIT {most:d}", prepared.parameters(where))
        return instances(model, self._cursor.fetchall())

    def several(self, model: type[M], wanted: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], M]:
        """Many rows by their keys, a block at a time; those that are not there are left out."""
        names, found = keys(model), dict[tuple[Any, ...], M]()
        for size, block in blocks(wanted):
            prepared = self._statements.several(model, size)
            named = {f"{name}_{at}": key[part] for at, key in enumerate(block) for part, name in enumerate(names)}
            self._cursor.execute(prepared.sql, prepared.parameters(named))
            for row in instances(model, self._cursor.fetchall()):
                found[tuple([row.__dict__[name] for name in names])] = row
        return found

    def among(
        self, statement: Callable[[int], ClauseElement], wanted: Iterable[Any], /, **values: Any
    ) -> list[tuple[Any, ...]]:
        """The rows of a statement that holds `any_of` so many values, for any number of values; a block at a time."""
        found: list[tuple[Any, ...]] = []
        for size, block in blocks(wanted):
            found += self.rows(statement(size), **values, **{f"any_{at}": value for at, value in enumerate(block)})
        return found

    def models(self, model: type[M], statement: ClauseElement, /, **values: Any) -> list[M]:
        """The rows of a statement that selects the model's whole table."""
        return instances(model, self.rows(statement, **values))

    def models_among(
        self, model: type[M], statement: Callable[[int], ClauseElement], wanted: Iterable[Any], /, **values: Any
    ) -> list[M]:
        """As `models`, of a statement like `among`'s."""
        return instances(model, self.among(statement, wanted, **values))

    def rows(self, statement: ClauseElement, /, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of any statement, as tuples."""
        prepared = self._statements.of(statement)
        self._cursor.execute(prepared.sql, prepared.parameters(values))
        found: list[tuple[Any, ...]] = self._cursor.fetchall()
        return found

    def scalar(self, statement: ClauseElement, /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.rows(statement, **values)
        return found[0][0] if found else None

    def worked_out(self, name: Hashable, of: Callable[[], T]) -> T:
        """What is made of published rows alone: made once, and again when one of them has changed."""
        known = self._of_published()
        if name not in known:
            known[name] = [of()]
        made: T = known[name][0]
        return made

    def _fetch(self, model: type[M], where: dict[str, Any], order: tuple[str, ...]) -> list[M]:
        """What is asked for twice in one moment is read once: nobody else writes in between. Not to be changed."""
        known = self._of_published() if model.__published__ else self._known.setdefault(model, {})
        asked = (model, order, *where.items())
        found = known.get(asked)
        if found is None:
            found = known[asked] = self._read(model, where, order)
        return found

    def _of_published(self) -> dict[Any, list[Any]]:
        """What is known of published tables, by now or since before this moment."""
        if self._published is None:
            counter = self._read(Counted, {"name": COUNTER}, ())
            self._published = self.store.published.known(counter[0].value if counter else 0)
        return self._published

    def _read(self, model: type[M], where: dict[str, Any], order: tuple[str, ...]) -> list[M]:
        known = self._known.get(model)
        if known:
            if where.keys() == key_set(model) and (met := met_before(known, where)) is not None:
                return [met]
            if (rows := narrowed(known, where, order)) is not None:
                return rows
        prepared = self._statements.select(model, tuple(where), order, said_of(model, where))
        self._cursor.execute(prepared.sql, prepared.parameters(where))
        return instances(model, self._cursor.fetchall())
