"""What may stand in a column, to choose from (F4): the codes that have words, the rows that it may name."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from boss_tui.components.stations import is_office
from boss_tui.forms.fields import Choice
from boss_tui.locale import LANGUAGES, words
from boss_tui.management.called import NAME_COLUMNS
from boss_tui.management.kit.entity import Column, Entity, text_of
from boss_tui.management.kit.filters import ascii_lower, small
from boss_tui.management.kit.naming import references, standing_in
from boss_tui.management.words import refers
from data.message import Message, both
from data.statements import keys
from data.store import Reading
from data.tables.base import Table
from data.tables.organisation import Outlet

CHOICES = 100
"""Lines of a list to choose from at most: it is narrowed by what is typed."""


def can_choose(entity: Entity, column: Column) -> bool:
    """Whether there is a list for a column (F4)."""
    return bool(entity.words_of(column)) or column.name in refers(entity) or column.name in entity.stands_in


def choices(reading: Reading, entity: Entity, name: str, text: str) -> list[Choice]:
    """What may stand in a column and fits a text, as the screen lists it: the code that is typed, and its words."""
    column = entity.column(name)
    known = entity.words_of(column)
    there = (Choice(each, Message("")) for each in standing_in(reading, entity, name) if each not in known)
    listed_ = (*(Choice(text_of(column, value), label) for value, label in known.items()), *there)
    found = [each for each in listed_ if fits(each, text.strip().casefold())]
    return found + (rows_named(reading, entity, name, text) if name in refers(entity) else [])


def fits(choice: Choice, sought: str) -> bool:
    """Whether a choice has a text, in whatever language."""
    return any(sought in text.casefold() for text in (choice.value, *(words(each)(choice.label) for each in LANGUAGES)))


def rows_named(reading: Reading, entity: Entity, column: str, text: str) -> list[Choice]:
    """The rows that a column may name and that fit a text."""
    named = references(entity)
    tables = [target for each in named if each.column == column for target, _ in each.targets]
    found = [choice for table in tables for choice in rows_like(reading, table, text)][:CHOICES]
    if Outlet not in tables or column in entity.works_at:
        return found
    return [choice for choice in found if not is_office(reading, choice.value)]


def codes_called(reading: Reading, entity: Entity, column: Column, text: str) -> list[Any]:
    """The codes of a column whose words, or the names of whose rows, have a text: what a list is searched by too."""
    sought, known = text.strip().casefold(), entity.words_of(column)
    found = [code for code, label in known.items() if fits(Choice("", label), sought)]
    named = column.name in refers(entity)
    return found + ([each.value for each in rows_named(reading, entity, column.name, text)] if named else [])


def rows_like(reading: Reading, table: type[Table], text: str) -> list[Choice]:
    """The rows of a table whose code or name has a text, as far as they are listed."""
    found = reading.rows(_like(table), sought=f"%{ascii_lower(text.strip())}%")
    return [Choice(str(code), both(chinese, english)) for code, chinese, english in found]


@lru_cache(maxsize=64)
def _like(model: type[Table]) -> Select[Any]:
    table, code = model.table(), model.table().c[keys(model)[0]]
    chinese, english = next(pair for pair in (*NAME_COLUMNS, (code.name, code.name)) if pair[0] in table.c)
    shown = (code, table.c[chinese], table.c[english])
    statement = select(*shown).where(or_(*(small(each).like(bindparam("sought")) for each in shown)))
    for name, over in model.__ended__.items():
        statement = statement.where(table.c[name] != over)
    return statement.order_by(code).limit(CHOICES)
