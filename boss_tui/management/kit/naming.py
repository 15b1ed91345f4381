"""What the columns of an entity name: rows of other tables, or what stands in a column of theirs; and what names none.

The database's references, those of `__refers__`, and what the entity itself says of its columns (`Entity.names`). What
is typed where something is to be named is looked for at once, so that a slip is told beside its field; whether it is
still there on an edition's date is looked at again when that is tried (`editions.rehearsal`, `kit.checks`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select

from boss_tui.editions.rehearsal import has_ended
from boss_tui.management.kit.subject import Column, Entity, Naming, Values
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
def targets(entity: Entity) -> Mapping[str, tuple[Naming, ...]]:
    """What each column that names something names."""
    found = {
        each.column: tuple(Naming(model, key, _unsaid(each)) for model, key in each.targets)
        for each in references_of(entity.model)
    }
    return {**found, **{name: (naming,) for name, naming in entity.names.items()}}


def _unsaid(reference: Reference) -> tuple[Any, ...]:
    """What stands in a column that refers freely, where nobody has said anything."""
    return () if reference.enforced else (defaults(reference.model).get(reference.column),)


def unnamed(reading: Reading, entity: Entity, typed: Values, staff_no: str) -> dict[str, Message]:
    """What is typed where something is to be named, and names nothing that is there or that this person's editions
    are going to add, by field. What can't be read is left to the form."""
    asked = (column for column in entity.columns if column.name in typed and not column.is_closed)
    found = {each.name: _first_missing(reading, entity, each, str(typed[each.name]), staff_no) for each in asked}
    return {name: told for name, told in found.items() if told is not None}


def _first_missing(reading: Reading, entity: Entity, column: Column, text: str, staff_no: str) -> Message | None:
    namings, known = targets(entity).get(column.name, ()), entity.words_of(column)
    if not namings and not known:
        return None
    for code in _codes(entity, column, text):
        told = _missing(reading, namings, code, staff_no) if namings else None if code in known else _none(code)
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


def _missing(reading: Reading, namings: Sequence[Naming], code: Any, staff_no: str) -> Message | None:
    """That what is named is not there, nor going to be."""
    told = [is_missing(reading, each, code) for each in namings]
    if None in told or any(_is_coming(reading, each, code, staff_no) for each in namings):
        return None
    return told[0]


def is_missing(reading: Reading, naming: Naming, code: Any) -> Message | None:
    """That a code names nothing, or a row that has ended; None: it is there."""
    if naming.is_free or code in naming.also:
        return None
    if not reading.rows(_with(naming.model, naming.of), code=code):
        return say("{told} F4 lists them.", told=no_such(naming.model, code)) if naming.is_key else _none(code)
    if naming.is_key and has_ended(naming.model, reading.one(naming.model, **{naming.of: code}).__dict__):
        return say("{row} has ended. F4 lists those that there are.", row=row_words(naming.model, (code,)))
    return None


def _none(code: Any) -> Message:
    return say("There is no {code} here. F4 lists what there is.", code=code)


@cache
def _with(model: type[Table], column: str) -> Select[Any]:
    """Whether a table has something in a column."""
    held = model.table().c[column]
    return select(held).where(held == bindparam("code")).limit(1)


def _is_coming(reading: Reading, naming: Naming, code: Any, staff_no: str) -> bool:
    """Whether an edition is going to add what a code names."""
    names = keys(naming.model)
    for row_key, after in reading.rows(_ADDED, of_table=table_name(naming.model), staff_no=staff_no):
        if {**json.loads(after), **dict(zip(names, json.loads(row_key), strict=True))}.get(naming.of) == code:
            return True
    return False
