"""A row of headquarters' is the fold of its published lines, in the order in which they count, up to a business date.

Nothing else decides what stands in such a row, so that every store that has the same lines has the same row, in
whatever order they came and whenever it was linked. What stood on another day, what is going to change, and who changed
what are read from the same lines. Source: design 5.8 and 12. Not who may publish one, nor how it travels.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from json.encoder import encode_basestring
from typing import Any, Literal, TypeVar, cast

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from boss_tui.editions.scope import ALL, OUTLET, scopes_here, scopes_of
from data.errors import BossError
from data.journal import canonical
from data.message import say
from data.statements import any_of, columns, defaults, instance, keys
from data.store import KeyedChange, Reading, UnitOfWork
from data.table_words import table_word
from data.tables import all_tables
from data.tables.base import Table
from data.tables.edition import PublishedLine

Op = Literal["add", "change", "end", "undo"]
Key = tuple[Any, ...]
K = TypeVar("K")
Values = dict[str, Any]
Place = tuple[str, Key]
"""A row of headquarters': its table and key."""

_line = PublishedLine.table()

_LAST = select(func.max(_line.c.number))
_SINCE = (
    select(_line.c.row_key)
    .where(_line.c.table_name == bindparam("of_table"), _line.c.number > bindparam("number"))
    .distinct()
)


class Unfit(BossError):
    """A line that this program's tables can't take: unknown table or column, wrong type."""


class RowEdit(Struct, frozen=True):
    """One row added, changed or ended. `values`: of a new row its columns, of a change those that change.

    An undo takes back what an earlier item (`values`: its number) said of the row, from the same date: it is as if that
    had never been, whatever else was published since. Only what was published is undone; no edition is made of it.
    """

    table: str
    key: Key
    op: Op
    values: Mapping[str, Any]


def published_table(name: str) -> type[Table]:
    """A table that headquarters publishes, by name; Unfit when there is none."""
    model = all_tables().get(name)
    if model is None or not model.__owner__.part:
        raise Unfit(say("There is no table {table} that headquarters publishes.", table=name))
    return model


def key_text(key: Sequence[Any]) -> str:
    """A row's key, as lines are found by: its canonical JSON."""
    if all(type(part) is str for part in key):  # as a rule; an encoder of its own for each key takes three times this
        return f"[{','.join(map(encode_basestring, key))}]"
    return canonical(list(key))


def stored(
    line: RowEdit, number: int, position: int, effective_from: str, *, at_once: bool, scope: str = ALL
) -> Values:
    """A line as `PublishedLine` keeps it."""
    return {
        "number": number,
        "position": position,
        "table_name": line.table,
        "row_key": key_text(line.key),
        "op": line.op,
        "content": canonical(dict(line.values)),
        "effective_from": effective_from,
        "at_once": int(at_once),
        "scope": scope,
    }


def line_of(row: PublishedLine) -> RowEdit:
    """A published line."""
    return RowEdit(row.table_name, tuple(json.loads(row.row_key)), cast(Op, row.op), json.loads(row.content))


def folded(model: type[Table], key: Key, lines: Iterable[RowEdit]) -> Values | None:
    """The row that lines make, in their order; None when there is none, or it has ended. Its revision counts them.

    A change of a row that is not there says nothing: what added it is not for this store, or has yet to come.
    """
    row: Values | None = None
    revision = 0
    for line in lines:
        if line.op == "add":
            row = {**defaults(model), **dict(zip(keys(model), key, strict=True)), **line.values}
        elif row is not None and line.op == "change":
            row = {**row, **line.values}
        elif row is not None and line.op == "end":
            row = {**row, **model.__ended__} if model.__ended__ else None
        revision += 1
    return None if row is None else {**row, "revision": revision}


def counting(reading: Reading, found: Iterable[PublishedLine]) -> Iterator[PublishedLine]:
    """Those of a row's lines, in their order, that are meant for this store; what was undone does nothing.

    Headquarters' own row is the one that stands wherever the row was published to: what only some of those have
    otherwise is not in it.
    """
    return counting_in(scopes_here(reading), found)


def counting_in(here: frozenset[str] | None, found: Iterable[PublishedLine]) -> Iterator[PublishedLine]:
    """`counting` for whoever folds many rows: the scopes of the store (`scopes_here`) were read before."""
    home, lines = ALL, list(found)
    undone = {int(json.loads(row.content)["item"]) for row in lines if row.op == "undo"}
    for row in lines:
        if row.op == "add":
            home = row.scope
        if row.scope in (here if here is not None else (ALL, home)) or row.op == "undo":
            yield instance(PublishedLine, {**row.__dict__, "op": "undo"}) if row.number in undone else row


def folded_in(here: frozenset[str] | None, table: str, key: Key, found: Iterable[PublishedLine]) -> Values | None:
    """The row that these lines of its own make in these scopes (`scopes_here`), in their order."""
    lines = (RowEdit(table, key, cast(Op, row.op), json.loads(row.content)) for row in counting_in(here, found))
    return folded(published_table(table), key, lines)


def _counts() -> ColumnElement[bool]:
    """Whether a line counts on a business date."""
    on: ColumnElement[bool] = or_(_line.c.effective_from <= bindparam("day"), _line.c.at_once == 1)
    return on


def _in_order(statement: Select[Any]) -> Select[Any]:
    return statement.order_by(_line.c.effective_from, _line.c.number, _line.c.position)


@cache
def _on_day(most: int) -> Select[Any]:
    """The lines of a block of rows that count on a business date."""
    return _in_order(
        select(*_line.c).where(_line.c.table_name == bindparam("of_table"), any_of(_line.c.row_key, most), _counts())
    )


_OF_ROW = select(*_line.c).where(_line.c.table_name == bindparam("of_table"), _line.c.row_key == bindparam("of_key"))
_ALL = _in_order(_OF_ROW)
_AS_OF = _in_order(_OF_ROW.where(_line.c.effective_from <= bindparam("day")))
_TO_COME = _in_order(_OF_ROW.where(_line.c.effective_from > bindparam("day"), _line.c.at_once == 0))
_DUE = (
    select(_line.c.table_name, _line.c.row_key)
    .where(and_(_line.c.effective_from > bindparam("after"), _line.c.effective_from <= bindparam("day")))
    .distinct()
)
_APART = select(_line.c.row_key).where(_line.c.table_name == bindparam("of_table"), _line.c.scope != ALL).distinct()
_LATER = (
    select(_line.c.effective_from)
    .where(_line.c.effective_from > bindparam("day"))
    .distinct()
    .order_by(_line.c.effective_from)
)


def row_on(reading: Reading, table: str, key: Key, day: str, scope: str = ALL) -> Values | None:
    """A row as it stands, stood or will stand on a business date, for whom a scope reaches (`seen_in`); None: there is
    none then."""
    return rows_in(reading, seen_in(reading, scope, table), table, [key], day).get(key)


def rows_on(reading: Reading, table: str, wanted: Iterable[Key], day: str) -> dict[Key, Values]:
    """`row_on` of many rows of a table at once; those that are not there then are left out."""
    return rows_in(reading, scopes_here(reading), table, wanted, day)


def rows_in(
    reading: Reading, scopes: frozenset[str] | None, table: str, wanted: Iterable[Key], day: str
) -> dict[Key, Values]:
    """`rows_on` as a store in these scopes has them (`scopes_here`)."""
    folds = (
        (key, folded_in(scopes, table, key, found)) for key, found in _lines_on(reading, table, wanted, day).items()
    )
    return {key: row for key, row in folds if row is not None}


def places_on(reading: Reading, places: Iterable[Place], day: str, scope: str = ALL) -> dict[Place, Values]:
    """`rows_on` of rows of any tables, as they stand for whom a scope reaches (`seen_in`)."""
    return {
        (table, key): row
        for table, wanted in by_table(places).items()
        for key, row in rows_in(reading, seen_in(reading, scope, table), table, wanted, day).items()
    }


def seen_in(reading: Reading, scope: str, table: str) -> frozenset[str] | None:
    """The scopes in which an edition for a scope finds the rows of a table: what its outlets all have, published to
    them or to everybody. Of rows that one outlet alone has, and for everybody: as they stand here."""
    kind, _, what = scope.partition(":")
    if scope == ALL or published_table(table).__scope__ == OUTLET:
        return scopes_here(reading)
    return frozenset(scopes_of(reading, what)) if kind == OUTLET else frozenset((ALL, scope))


def by_table(places: Iterable[tuple[str, K]]) -> dict[str, list[K]]:
    """The keys of each table, none twice."""
    found: dict[str, list[K]] = {}
    for table, key in dict.fromkeys(places):
        found.setdefault(table, []).append(key)
    return found


def _lines_on(reading: Reading, table: str, wanted: Iterable[Key], day: str) -> dict[Key, list[PublishedLine]]:
    """The lines of each of these rows that count on a business date, in their order."""
    texts = {key_text(key): key for key in wanted}
    found: dict[Key, list[PublishedLine]] = {key: [] for key in texts.values()}
    for line in reading.models_among(PublishedLine, _on_day, texts, of_table=table, day=day):
        found[texts[line.row_key]].append(line)
    return found


def as_of(reading: Reading, table: str, key: Key, day: str) -> Values | None:
    """A row as it stood on a business date here: what came at once counts from its own date, not before."""
    found = reading.models(PublishedLine, _AS_OF, of_table=table, of_key=key_text(key), day=day)
    return folded_in(scopes_here(reading), table, key, found)


def touched(reading: Reading, after: str, day: str) -> list[tuple[str, Key]]:
    """The rows of which lines count from a business date after `after`, up to `day`."""
    return [(str(table), tuple(json.loads(key))) for table, key in reading.rows(_DUE, after=after, day=day)]


def last_published(reading: Reading) -> int:
    """The number of the last item of the stream of which lines are here; 0: none."""
    return int(reading.scalar(_LAST) or 0)


def published_since(reading: Reading, table: str, number: int) -> set[Key]:
    """The rows of a table of which lines were published after an item of the stream."""
    return {tuple(json.loads(key)) for (key,) in reading.rows(_SINCE, of_table=table, number=number)}


def later_days(reading: Reading, day: str) -> list[str]:
    """The business dates after this one from which lines count, in their order."""
    return [str(later) for (later,) in reading.rows(_LATER, day=day)]


def history(reading: Reading, table: str, key: Key) -> list[PublishedLine]:
    """Every line of a row, also those that are to come, in the order in which they count."""
    return reading.models(PublishedLine, _ALL, of_table=table, of_key=key_text(key))


def told_apart(reading: Reading, table: str) -> list[Key]:
    """The rows of a table of which something was published that not all outlets are told."""
    return [tuple(json.loads(key)) for (key,) in reading.rows(_APART, of_table=table)]


def to_come(reading: Reading, table: str, key: Key, day: str) -> list[PublishedLine]:
    """The lines of a row that count from later business dates, and were not undone."""
    found = reading.models(PublishedLine, _TO_COME, of_table=table, of_key=key_text(key), day=day)
    return [line for line in counting(reading, found) if line.op != "undo"]


def keep(
    tx: UnitOfWork,
    number: int,
    lines: Sequence[RowEdit],
    effective_from: str,
    *,
    at_once: bool,
    scope: str = ALL,
    first: int = 0,
) -> None:
    """Keep the lines of an item of the stream, from a position on. Unfit when one is not for this program's tables."""
    for line in lines:
        _must_fit(line)
    tx.add_many(
        PublishedLine,
        [
            stored(line, number, at, effective_from, at_once=at_once, scope=scope)
            for at, line in enumerate(lines, first)
        ],
    )


def _must_fit(line: RowEdit) -> None:
    model = published_table(line.table)
    known, named = set(columns(model)), set() if line.op == "undo" else set(line.values)
    if len(line.key) != len(keys(model)) or not named <= known - {"revision"}:
        raise Unfit(say("{table} has other columns.", table=table_word(line.table)))
    missing = known - named - set(keys(model)) - defaults(model).keys() if line.op == "add" else set()
    if missing:
        raise Unfit(say("{table} has other columns.", table=table_word(line.table)))


class Brought(Struct, frozen=True):
    """What bringing rows up to date came to: places that had to be changed; those whose row was not what its lines said
    before (somebody altered it here)."""

    changed: list[Place]
    altered: list[Place]


def put(tx: UnitOfWork, places: Iterable[Place], day: str) -> list[Place]:
    """Bring rows to what their lines say on a business date; answers those that had to be changed."""
    return bring(tx, places, day).changed


def bring(
    tx: UnitOfWork, places: Iterable[Place], day: str, is_new: Callable[[PublishedLine], bool] | None = None
) -> Brought:
    """As `put`. `is_new`: whether a line did not count before, so that what stood without it is known; None: nobody
    asks what was altered."""
    brought = Brought([], [])
    with tx.received():
        added = {table: _bring(tx, table, wanted, day, is_new, brought) for table, wanted in by_table(places).items()}
        for table, rows in added.items():
            if rows:
                tx.add_many(published_table(table), rows)
    return brought


def _bring(
    tx: UnitOfWork,
    table: str,
    wanted: Iterable[Key],
    day: str,
    is_new: Callable[[PublishedLine], bool] | None,
    brought: Brought,
) -> list[Values]:
    """The rows of one table, changed and taken away; answers those that are to be added."""
    model, scopes = published_table(table), scopes_here(tx)
    lines, rows = _lines_on(tx, table, wanted, day), tx.several(model, wanted)
    added: list[Values] = []
    changed: list[KeyedChange] = []
    for key, found in lines.items():
        row = rows.get(key)
        here, there = None if row is None else row.__dict__, folded_in(scopes, table, key, found)
        if there == here:
            continue
        brought.changed.append((table, key))
        old = [line for line in found if not is_new(line)] if is_new else []
        if old and here != folded_in(scopes, table, key, old):
            brought.altered.append((table, key))
        if row is None:
            added.append(there or {})
        elif there is None:
            tx.remove(row)
        else:
            values = {name: value for name, value in there.items() if name not in keys(model)}
            changed.append((key, row.__dict__["revision"], values))
    if changed:
        tx.change_many(model, changed)
    return added


def put_due(tx: UnitOfWork, after: str, day: str) -> list[tuple[str, Key]]:
    """Bring in what counts from a business date after `after`, up to `day`: at its opening. Answers what changed."""
    return put(tx, touched(tx, after, day), day)
