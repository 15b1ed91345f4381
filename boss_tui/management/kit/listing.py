"""Lists: pages of rows by key, in any order of one column, filtered, as they stand or as they stood on a business date.

A page is found by where the one before ended (a keyset, never an offset), so that the last page of a million rows costs
what the first does (`kit.stored`). As of another date, the rows on which lines count between that date and today are
folded from their lines, and stand among those that did not change: a page never reads more than it shows, and those.
Queries only; their SQL is compiled once for each shape of a filter.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, select

from boss_tui.editions.lines import as_of, key_text, row_on, touched
from boss_tui.editions.standing import OPEN
from boss_tui.management.kit.entity import Entity, Key, Values
from boss_tui.management.kit.filters import PENDING, Filter, has_marks
from boss_tui.management.kit.shipped import is_shipped, shipped
from boss_tui.management.kit.stored import ListQuery, Place, counting, parameters, place_of, shape_of, stored
from data.statements import keys, picking
from data.store import Reading
from data.tables.edition import Edition, EditionLine

PAGE = 50
COUNTED = 10_000
"""Rows are counted up to so many: beyond, a list says 10,000+."""

_line = EditionLine.table()
_edition = Edition.table()
_OPEN = (
    select(
        _line.c.row_key,
        _line.c.op,
        _edition.c.number,
        _edition.c.title,
        _edition.c.state,
        _edition.c.author,
        _edition.c.made_at,
        _edition.c.effective_from,
        _edition.c.id,
    )
    .join(_edition, _edition.c.id == _line.c.edition)
    .where(_line.c.table_name == bindparam("of_table"), _line.c.dropped == 0, _edition.c.state.in_(OPEN))
    .order_by(_edition.c.number)
)
_ANY_OPEN = select(_edition.c.id).where(_edition.c.state.in_(OPEN)).limit(1)
_OPEN_ON = _OPEN.where(_line.c.row_key.in_([bindparam(f"k{at}") for at in range(PAGE)]))


class Pending(Struct, frozen=True):
    """An edition that is going to change a row: which, whose, since when, from when, and what it does."""

    edition: str
    number: int
    title: str
    state: str
    author: str
    made_at: str
    effective_from: str
    op: str


class ListRow(NamedTuple):
    """A row of a list: its key, its columns, whether it is in force (or only proposed), what is pending on it, and
    whether it is the program's own (`kit.shipped`)."""

    key: Key
    values: Values
    validity: str
    pending: tuple[Pending, ...] = ()
    is_shipped: bool = False


class Page(Struct, frozen=True):
    """A page: its rows, and the places before and after it, where there are more (None: the end of the list)."""

    rows: tuple[ListRow, ...]
    before: Place | None
    after: Place | None

    @property
    def is_whole(self) -> bool:
        """Whether it is all that the list has."""
        return self.before is None and self.after is None


def page(
    reading: Reading,
    entity: Entity,
    asked: ListQuery,
    *,
    after: Place | None = None,
    before: Place | None = None,
    last: bool = False,
    size: int = PAGE,
) -> Page:
    """The page after a place, or before one; without either the first, or the last."""
    back = before is not None or last
    place = before if before is not None else after
    found = list(islice(walk(reading, entity, asked, place, back, size + 1), size + 1))
    more = len(found) > size
    rows = found[:size][::-1] if back else found[:size]
    if not rows:
        return Page((), None, None)
    first_place, last_place = (place_of(entity, asked, row) for row in (rows[0], rows[-1]))
    open_start = more if back else after is not None
    open_end = before is not None if back else more
    return Page(
        tuple(dressed(reading, entity, rows, asked.day)),
        first_place if open_start else None,
        last_place if open_end else None,
    )


def dressed(reading: Reading, entity: Entity, rows: Iterable[Values], day: str) -> Iterator[ListRow]:
    """Rows with what is pending on them, and whether they are in force on a date."""
    shown, validity, key_in, ships = (
        list(rows),
        entity.judge(day),
        picking(keys(entity.model)),
        entity.ships is not None,
    )
    if not reading.rows(_ANY_OPEN):
        yield from [ListRow(key_in(row), row, validity(row), (), ships and is_shipped(row)) for row in shown]
        return
    for at in range(0, len(shown), PAGE):
        part = shown[at : at + PAGE]
        found_keys = list(map(key_in, part))
        texts = [key_text(key) for key in found_keys]
        found = _pending_on(reading, entity, texts)
        for text, key, row in zip(texts, found_keys, part, strict=True):
            pending_on = tuple(found[text]) if text in found else ()
            yield ListRow(key, row, validity(row), pending_on, ships and is_shipped(row))


def _pending_on(reading: Reading, entity: Entity, texts: list[str]) -> dict[str, list[Pending]]:
    values = {f"k{at}": texts[at] if at < len(texts) else "" for at in range(PAGE)}
    return _by_row(reading.rows(_OPEN_ON, of_table=entity.name, **values))


def pending(reading: Reading, entity: Entity) -> dict[str, list[Pending]]:
    """What is pending on all rows of an entity, by the text of their keys; also rows that will be added."""
    return _by_row(reading.rows(_OPEN, of_table=entity.name))


def _by_row(found: Iterable[tuple[Any, ...]]) -> dict[str, list[Pending]]:
    by_row: dict[str, list[Pending]] = {}
    for row_key, op, number, title, state, author, made_at, effective_from, edition in found:
        by_row.setdefault(row_key, []).append(
            Pending(edition, number, title, state, author, made_at, effective_from, op)
        )
    return by_row


# which rows


def walk(
    reading: Reading, entity: Entity, asked: ListQuery, place: Place | None, back: bool, size: int
) -> Iterator[Values]:
    """The rows of a list from a place on, forwards or back."""
    falling = asked.falling != back
    apart = _apart(reading, entity, asked)
    if apart is None:
        yield from stored(reading, entity, asked, place, back, size)
        return
    moved, wanted = apart

    def place_in(row: Values) -> Place:
        return place_of(entity, asked, row)

    def beyond(row: Values) -> bool:
        return place is None or (place_in(row) < place if falling else place_in(row) > place)

    memory = sorted((row for row in wanted if beyond(row)), key=place_in, reverse=falling)
    there: Iterable[Values] = ()
    if moved is not None:
        there = (
            row
            for row in stored(reading, entity, asked, place, back, size)
            if key_text(entity.key_of(row)) not in moved
        )
    yield from heapq.merge(there, memory, key=place_in, reverse=falling)


def _apart(reading: Reading, entity: Entity, asked: ListQuery) -> tuple[set[str] | None, list[Values]] | None:
    """What of a list is not read as it stands: the rows (by the text of their keys) that stood otherwise on its date,
    and how they did, and the program's own; of a list of what is pending, all of it (None, and those rows). None:
    nothing."""
    only_pending = (PENDING, False) in asked.filter.marks
    any_pending = any(mark == PENDING for mark, _ in asked.filter.marks)
    own = list(shipped(reading, entity, asked.day)) if asked.day == asked.today else []
    if not own and not any_pending and asked.day == asked.rows_of:
        return None
    texts = pending(reading, entity) if any_pending else {}
    moved = set(_moved_between(reading, entity, asked)) | texts.keys()
    rows = (_on(reading, entity, tuple(json.loads(text)), asked) for text in sorted(texts if only_pending else moved))
    fitting = [
        row
        for row in (*rows, *own)
        if row is not None and _fits(entity, asked, row, key_text(entity.key_of(row)) in texts)
    ]
    return (None if only_pending else moved), fitting


def _moved_between(reading: Reading, entity: Entity, asked: ListQuery) -> Iterator[str]:
    first, last = sorted((asked.day, asked.rows_of))
    for table, key in touched(reading, first, last) if first != last else ():
        if table == entity.name:
            yield key_text(key)


def _on(reading: Reading, entity: Entity, key: Key, asked: ListQuery) -> Values | None:
    of = as_of if asked.day < asked.today else row_on
    return of(reading, entity.name, key, asked.day)


def _fits(entity: Entity, asked: ListQuery, row: Values, is_pending: bool) -> bool:
    return all(each.holds(row) for each in asked.filter.conditions) and has_marks(
        entity, row, asked.filter.marks, is_pending, asked.day
    )


# how many


class Count(Struct, frozen=True):
    """How many rows: no more are counted than `COUNTED`."""

    rows: int

    def __str__(self) -> str:
        return f"{COUNTED:,}+" if self.rows > COUNTED else f"{self.rows:,}"


def count(reading: Reading, entity: Entity, asked: ListQuery) -> Count:
    """How many rows a list has."""
    apart = _apart(reading, entity, asked)
    if apart is not None and apart[0] is None:
        return Count(len(apart[1]))
    found = int(reading.scalar(counting(entity, shape_of(asked)), **parameters(asked), most=COUNTED + 1))
    if apart is None or found > COUNTED:
        return Count(found)
    moved, wanted = apart
    model, plain = entity.model, replace(asked, filter=replace(asked.filter, marks=shape_of(asked)[1]))
    for text in moved or ():
        row: Any = reading.find(model, **dict(zip(keys(model), json.loads(text), strict=True)))
        found -= row is not None and _fits(entity, plain, row.__dict__, False)
    return Count(found + len(wanted))


def counted(reading: Reading, entity: Entity, asked: ListQuery, shown: Page | None = None) -> tuple[Count, Count]:
    """How many rows fit, and how many there are: 37 of 1,204. Those of a list that is `shown` whole are not looked
    for once more, among a million."""
    every = count(reading, entity, replace(asked, filter=Filter()))
    if asked.filter == Filter():
        return every, every
    return (Count(len(shown.rows)) if shown is not None and shown.is_whole else count(reading, entity, asked)), every


def row_now(reading: Reading, entity: Entity, key: Mapping[str, Any]) -> Values | None:
    """A row as it stands."""
    found: Any = reading.find(entity.model, **key)
    return None if found is None else dict(found.__dict__)
