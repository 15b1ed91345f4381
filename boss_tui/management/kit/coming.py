"""Rows that open editions are going to add: they are in no table yet, and are listed above those that stand.

A manager who puts a row into an edition sees it where they would look for it, and so do the others who might add it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.editions.standing import OPEN
from boss_tui.management.kit.entity import PROPOSED, Entity
from boss_tui.management.kit.filters import PENDING, has_marks
from boss_tui.management.kit.listing import ListRow, Pending
from boss_tui.management.kit.shipped import shipped
from boss_tui.management.kit.stored import ListQuery
from data.statements import columns, defaults, keys
from data.store import Reading
from data.tables.edition import Edition, EditionLine

FEW, MANY = 5, 200
"""How many are shown at most: above a list, and where what is pending is asked for."""

_line = EditionLine.table()
_edition = Edition.table()
_ADDED = (
    select(
        _line.c.row_key,
        _line.c.after,
        _edition.c.id,
        _edition.c.number,
        _edition.c.title,
        _edition.c.state,
        _edition.c.author,
        _edition.c.made_at,
        _edition.c.effective_from,
    )
    .join(_edition, _edition.c.id == _line.c.edition)
    .where(
        _line.c.table_name == bindparam("of_table"),
        _line.c.op == "add",
        _line.c.dropped == 0,
        _edition.c.state.in_(OPEN),
    )
    .order_by(_edition.c.number.desc(), _line.c.position)
    .limit(bindparam("most"))
)


def coming(reading: Reading, entity: Entity, asked: ListQuery) -> tuple[list[ListRow], bool]:
    """The rows that fit a list as of today, the edition begun last first, and whether there are more than are shown;
    none of a list as of another day."""
    if asked.day != asked.today:
        return [], False
    wanted = MANY if (PENDING, False) in asked.filter.marks else FEW
    found: list[ListRow] = []
    for row in _added(reading, entity, asked.day):
        fits = all(each.holds(row.values) for each in asked.filter.conditions)
        if fits and has_marks(entity, row.values, asked.filter.marks, True, asked.day):
            if len(found) == wanted:
                return found, True
            found.append(row)
    return found, False


def _added(reading: Reading, entity: Entity, day: str) -> Iterator[ListRow]:
    model = entity.model
    names = keys(model)
    own = {entity.key_of(row) for row in shipped(reading, entity, day)}
    for row_key, after, *edition in reading.rows(_ADDED, of_table=entity.name, most=MANY):
        key = tuple(json.loads(row_key))
        identity: dict[str, Any] = dict(zip(names, key, strict=True))
        if key in own or reading.find(model, **identity) is not None:
            continue  # it is there meanwhile, or comes back: it is listed where it stands
        empty = dict.fromkeys(columns(model))
        values = {**empty, **defaults(model), **json.loads(after), **identity}
        yield ListRow(key, values, PROPOSED, (_pending(tuple(edition)),))


def _pending(edition: tuple[Any, ...]) -> Pending:
    key, number, title, state, author, made_at, effective_from = edition
    return Pending(key, number, title, state, author, made_at, effective_from, "add")
