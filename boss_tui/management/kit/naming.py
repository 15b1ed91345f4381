"""What the columns of an entity name: rows of other tables, or what stands in a column of theirs; and what names none.

The database's references, those of `__refers__`, and what the entity itself says of its columns (`Entity.names`). What
is typed where something is to be named is looked for at once, so that a slip is told beside its field; whether it is
still there on an edition's date is looked at again when that is tried (`editions.rehearsal`, `kit.checks`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select

from boss_tui.editions.rehearsal import has_ended
from boss_tui.management.kit.entity import Column, Entity, Values
from data.errors import BadForm
from data.message import Message, say
from data.references import Reference, references_of
from data.statements import defaults, keys, table_name
from data.store import Reading
from data.table_words import no_such, row_words
from data.tables.base import Table
from data.tables.edition import Edition, EditionLine

_line, _edition = EditionLine.table(), Edition.table()
_ADDED = (
    select(_line.c.row_key, _line.c.after)
    .join(_edition, _edition.c.id == _line.c.edition)
    .where(
        _line.c.table_name == bindparam("of_table"),
        _line.c.op == "add",
        _line.c.dropped == 0,
        or_(
            _edition.c.state == "approved",
            and_(_edition.c.author == bindparam("staff_no"), _edition.c.state.in_(("draft", "submitted"))),
        ),
    )
)
"""Rows that are going to be there: of what was approved, or is somebody's own."""


@cache
def references(entity: Entity) -> tuple[Reference, ...]:
    """What the rows of an entity name: what the database knows of, and what the entity says besides."""
    said = entity.named_by.items()
    return (
        *references_of(entity.model),
        *(Reference(entity.model, column, ((table, keys(table)[0]),), False) for column, table in said),
    )


@cache
def _targets(entity: Entity, column: str) -> tuple[tuple[type[Table], str], ...]:
    """Where what stands in a column is to be found: tables, and the columns of theirs that it stands in."""
    named = [target for each in references(entity) if each.column == column for target in each.targets]
    return (*named, *([entity.stands_in[column]] if column in entity.stands_in else []))


def names_something(entity: Entity, column: Column) -> bool:
    """Whether a column takes what there is already, and nothing else."""
    listed = bool(_targets(entity, column.name)) or bool(entity.words_of(column))
    return listed and not column.is_closed and column.name not in entity.is_free


def unnamed(reading: Reading, entity: Entity, typed: Values, staff_no: str) -> dict[str, Message]:
    """What is typed where something is to be named, and names nothing that is there or that this person's editions
    are going to add, by field. What can't be read is left to the form."""
    asked = (column for column in entity.columns if column.name in typed and names_something(entity, column))
    found = {each.name: _first_missing(reading, entity, each, str(typed[each.name]), staff_no) for each in asked}
    return {name: told for name, told in found.items() if told is not None}


def _first_missing(reading: Reading, entity: Entity, column: Column, text: str, staff_no: str) -> Message | None:
    usual = defaults(entity.model).get(column.name)
    for code in _codes(entity, column, text):
        if code != usual and code not in entity.words_of(column):
            told = _missing(reading, _targets(entity, column.name), code, staff_no)
            if told is not None:
                return told
    return None


def _codes(entity: Entity, column: Column, text: str) -> list[Any]:
    """What was typed, as the column holds it, one by one; nothing where it can't be read."""
    try:
        value = entity.one(column.name, entity.form.one(column.name, text))
    except BadForm:
        return []
    return [each for each in (str(value).split(",") if column.spec.ask.several else [value]) if each not in ("", None)]


def _missing(reading: Reading, targets: Sequence[tuple[type[Table], str]], code: Any, staff_no: str) -> Message | None:
    """That what is named is not there, has ended, and is not going to be; None: it is there."""
    told = None
    for model, column in targets:
        is_key = column == keys(model)[0]
        if reading.rows(_with(model, column), code=code):
            row = reading.one(model, **{column: code}) if is_key else None
            if row is None or not has_ended(model, row.__dict__):
                return None
            told = say("{row} has ended.", row=row_words(model, (code,)))
        elif _is_coming(reading, model, column, code, staff_no):
            return None
        elif is_key:
            told = told or no_such(model, code)
    return told or say("There is no {code} here.", code=code)


@cache
def _with(model: type[Table], column: str) -> Select[Any]:
    """Whether a table has something in a column."""
    held = model.table().c[column]
    return select(held).where(held == bindparam("code")).limit(1)


def _is_coming(reading: Reading, model: type[Table], column: str, code: Any, staff_no: str) -> bool:
    """Whether an edition is going to add a row that has this in a column."""
    names = keys(model)
    for row_key, after in reading.rows(_ADDED, of_table=table_name(model), staff_no=staff_no):
        if {**json.loads(after), **dict(zip(names, json.loads(row_key), strict=True))}.get(column) == code:
            return True
    return False


def standing_in(reading: Reading, entity: Entity, column: str) -> list[str]:
    """What stands already in the column of another table that a column takes its codes from, each once."""
    if column not in entity.stands_in:
        return []
    return [str(value) for (value,) in reading.rows(_all_in(*entity.stands_in[column]))]


@cache
def _all_in(model: type[Table], column: str) -> Select[Any]:
    held = model.table().c[column]
    return select(held).where(held != "").distinct().order_by(held)
