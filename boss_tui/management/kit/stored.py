"""The rows of a list as its table has them, from a place on, in the order of one column, narrowed or not.

Among a million rows it matters how they are looked for. What many rows have is found at once by going through a table
in the order of its key; what few have would be asked for row by row then, each at another place of the file. So a list
that is narrowed is read in its order for as far as `AHEAD` rows; where those don't fill a page, the table is gone
through as it lies, and only what fits is put in order. In an order that no key has, places alone are sorted, not rows.

Queries only; their SQL is compiled once for each shape of a filter.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, bindparam, func, select, tuple_

from boss_tui.management.kit.entity import Entity, Values
from boss_tui.management.kit.filters import PENDING, Filter, TermShape, clauses, unindexed, validity_clause
from data.statements import columns, keys
from data.store import Reading

AHEAD = (1_000, 20_000)
"""Rows that are looked through in their order before the table is as it lies: so many at first, then so many."""


class ListQuery(Struct, frozen=True):
    """What a list is asked for.

    Attributes:
        filter: which rows.
        sort: the column that they are sorted by (empty: as the entity says); `falling`: the greatest first.
        day: the business date as of which; `today`: the open one.
        stands: the one that the rows stand at, a later one where a hall is ahead of the office (`editions.rows_date`).
    """

    filter: Filter
    sort: str
    falling: bool
    day: str
    today: str
    stands: str = ""

    @property
    def rows_of(self) -> str:
        """The business date whose rows the table holds."""
        return max(self.today, self.stands)


Place = tuple[Any, ...]
"""Where a row stands in a list: what it is sorted by, and its key."""
Shape = tuple[tuple[TermShape, ...], tuple[tuple[str, bool], ...]]


def place_of(entity: Entity, asked: ListQuery, row: Values) -> Place:
    """Where a row stands."""
    return tuple("" if row[name] is None else row[name] for name in order_of(entity, asked.sort))


@lru_cache(maxsize=256)
def order_of(entity: Entity, sort: str) -> tuple[str, ...]:
    """The columns by which a list is in order: the one that is asked for, and the key."""
    names = keys(entity.model)
    first = sort or entity.sort
    return names if not first or first == names[0] else (first, *(name for name in names if name != first))


def stored(
    reading: Reading, entity: Entity, asked: ListQuery, place: Place | None, back: bool, size: int
) -> Iterator[Values]:
    """The rows, so many at a time."""
    falling = asked.falling != back
    found = _first(reading, entity, asked, place, falling, size)
    while True:
        yield from found
        if len(found) < size:
            return
        found = _straight(reading, entity, asked, place_of(entity, asked, found[-1]), falling, size)


def _first(
    reading: Reading, entity: Entity, asked: ListQuery, place: Place | None, falling: bool, size: int
) -> list[Values]:
    """The first of them, as they are found soonest."""
    order, shape = order_of(entity, asked.sort), shape_of(asked)
    if size > AHEAD[0]:  # all of them are wanted in the end
        return _straight(reading, entity, asked, place, falling, size)
    if order not in (order_of(entity, ""), keys(entity.model)):
        return _by_places(reading, entity, asked, place, falling, size)
    if _by_index(entity, order[0], shape):
        return _straight(reading, entity, asked, place, falling, size)
    for ahead in AHEAD[:1] if _by_number(entity, shape) else AHEAD:
        values = {**parameters(asked), **_places(place), "ahead": ahead}
        end = reading.rows(_far(entity, shape, asked.sort, falling, place is not None), **values)
        found = _straight(reading, entity, asked, place, falling, size, end[0] if end else None)
        if len(found) == size or not end:
            return found
    return _by_places(reading, entity, asked, place, falling, size)


def _straight(
    reading: Reading,
    entity: Entity,
    asked: ListQuery,
    place: Place | None,
    falling: bool,
    size: int,
    end: Place | None = None,
) -> list[Values]:
    """In their order, until an end or up to so many."""
    statement = _statement(entity, shape_of(asked), asked.sort, falling, place is not None, end is not None)
    values = {**parameters(asked), **_places(place), **_places(end, "e"), "most": size}
    names, hidden = columns(entity.model), _hidden(entity)
    rows = reading.rows(statement, **values)
    found: list[Values] = [dict(zip(names, row)) for row in rows]  # noqa: B905 (its own columns)
    return [{**row, **hidden} for row in found] if hidden else found


def _by_places(
    reading: Reading, entity: Entity, asked: ListQuery, place: Place | None, falling: bool, size: int
) -> list[Values]:
    """Places first, however the table is gone through, then their rows."""
    statement = _sorted(entity, shape_of(asked), asked.sort, falling, place is not None)
    at = [order_of(entity, asked.sort).index(name) for name in keys(entity.model)]
    found = reading.rows(statement, **parameters(asked), **_places(place), most=size)
    wanted = [tuple([row[part] for part in at]) for row in found]
    rows, hidden = reading.several(entity.model, wanted), _hidden(entity)
    return [{**rows[key].__dict__, **hidden} for key in wanted]


def _hidden(entity: Entity) -> dict[str, str]:
    """What nobody reads."""
    return dict.fromkeys((*entity.model.__secret__, *entity.model.__enciphered__), "")


def _places(place: Place | None, name: str = "p") -> dict[str, Any]:
    return {f"{name}{at}": part for at, part in enumerate(place or ())}


def shape_of(asked: ListQuery) -> Shape:
    """What makes the SQL of a filter, whatever is looked for."""
    marks = tuple(mark for mark in asked.filter.marks if mark[0] != PENDING)
    return tuple(each.shape for each in asked.filter.conditions), marks


def parameters(asked: ListQuery) -> dict[str, Any]:
    """What is looked for."""
    values = {f"v{at}": each.parameter for at, each in enumerate(asked.filter.conditions)}
    return {**values, "on_day": asked.day}


# statements


def _by_index(entity: Entity, first: str, shape: Shape) -> bool:
    """Whether an index leads to what is asked for, in order or to a few rows: all of it goes by the list's own order,
    or one condition by the last digits of a number."""
    conditions, marks = shape
    tail = entity.stock.tail if entity.stock is not None else ""
    if tail and any(each[:3] == ((tail,), "=", False) for each in conditions):
        return True
    return not marks and all(_in_order(entity, first, each) for each in conditions)


def _by_number(entity: Entity, shape: Shape) -> bool:
    """Whether an index of its own leads to the beginning of a number that is asked for."""
    return any(each[:3] == (entity.numbers, "begins", False) for each in shape[0])


def _in_order(entity: Entity, first: str, term: TermShape) -> bool:
    """Whether a condition is of what a list is sorted by, so that its rows stand together."""
    names, sign, isnt, codes, by_kind = term
    of_key = names[0] in keys(entity.model) and first in keys(entity.model)
    return len(names) == 1 and (names[0] == first or of_key) and sign == "begins" and not (isnt or codes or by_kind)


def where(entity: Entity, shape: Shape, statement: Select[Any], order: str = "") -> Select[Any]:
    """Narrowed. `order`: the column in whose order the rows are wanted: no index of another one is gone by."""
    conditions, marks = shape
    by_order = [at for at, each in enumerate(conditions) if not order or _in_order(entity, order, each)]
    told = clauses(entity, conditions, frozenset(by_order))
    if told is not None:
        statement = statement.where(told)
    for mark, isnt in marks:
        clause = validity_clause(entity, mark)
        statement = statement.where(~clause if isnt else clause)
    return statement


def _beyond(order: list[Any], name: str, falling: bool) -> Any:
    there = tuple_(*(bindparam(f"{name}{at}") for at in range(len(order))))
    return tuple_(*order) < there if falling else tuple_(*order) > there


def _columns(entity: Entity, sort: str) -> list[Any]:
    """What rows are sorted by."""
    table = entity.model.table()
    named = [table.c[name] for name in order_of(entity, sort)]
    return [func.coalesce(each, "") if each.nullable else each for each in named]


def _in_turn(statement: Select[Any], order: list[Any], falling: bool, placed: bool) -> Select[Any]:
    if placed:
        statement = statement.where(_beyond(order, "p", falling))
    return statement.order_by(*(each.desc() if falling else each for each in order))


@lru_cache(maxsize=256)
def _statement(entity: Entity, shape: Shape, sort: str, falling: bool, placed: bool, ended: bool) -> Select[Any]:
    """Rows in their order; `ended`: up to a place, and by no index but that of the order."""
    order = _columns(entity, sort)
    statement = select(*entity.model.table().c).limit(bindparam("most"))
    statement = where(entity, shape, statement, order_of(entity, sort)[0] if ended else "")
    if ended:
        statement = statement.where(~_beyond(order, "e", falling))
    return _in_turn(statement, order, falling, placed)


@lru_cache(maxsize=256)
def _far(entity: Entity, shape: Shape, sort: str, falling: bool, placed: bool) -> Select[Any]:
    """The place that is so many rows on, whether those fit or not; of none, if there are no more."""
    order, first = _columns(entity, sort), order_of(entity, sort)[0]
    in_order = tuple(each for each in shape[0] if _in_order(entity, first, each))
    at = [place for place, each in enumerate(shape[0]) if each in in_order]
    told = clauses(entity, shape[0], only=frozenset(at))
    statement = select(*order).limit(1).offset(bindparam("ahead"))
    return _in_turn(statement if told is None else statement.where(told), order, falling, placed)


@lru_cache(maxsize=256)
def _sorted(entity: Entity, shape: Shape, sort: str, falling: bool, placed: bool) -> Select[Any]:
    """Places in their order. Of rows that are narrowed no index is gone by for that: what fits is found first."""
    order = _columns(entity, sort)
    if shape != ((), ()):
        order = [unindexed(each) for each in order]
    statement = where(entity, shape, select(*_columns(entity, sort)).limit(bindparam("most")))
    return _in_turn(statement, order, falling, placed)


@lru_cache(maxsize=256)
def counting(entity: Entity, shape: Shape) -> Select[Any]:
    """How many rows fit, `most` at most."""
    table = entity.model.table()
    some = where(entity, shape, select(table.primary_key.columns[0])).limit(bindparam("most")).subquery()
    return select(func.count()).select_from(some)
