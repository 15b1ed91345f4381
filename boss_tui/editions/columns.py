"""What a column of a table that headquarters publishes can hold: checked before anything is tried, and said by name."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CheckConstraint, Integer

from boss_tui.editions.lines import RowEdit, Unfit, published_table
from data.message import Message, say
from data.statements import columns, defaults, keys
from data.tables.base import Table

DATES = ("valid_from", "valid_to")
"""Business dates, both inclusive; empty: open."""


@cache
def choices(model: type[Table]) -> dict[str, tuple[str, ...]]:
    """The words of each column that holds one of a few."""
    found = {}
    for rule in (each for column in model.table().columns for each in column.constraints):
        if isinstance(rule, CheckConstraint) and (told := re.match(r"(\w+) IN \((.*)\)$", str(rule.sqltext))):
            found[told[1]] = tuple(re.findall(r"'([^']*)'", told[2]))
    return found


def fault(model: type[Table], column: str, value: Any) -> Message | None:
    """Why a column can't hold a value, if it can't."""
    here = model.table().columns[column]
    if value is None:
        return None if here.nullable else say("This is needed.")
    if isinstance(here.type, Integer):
        if type(value) is not int or not -(2**31) <= value < 2**63:
            return say("A whole number.")
        return None
    if not isinstance(value, str) or "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        return say("A text.")
    if column in DATES and value and not _is_day(value):
        return say("A date, such as 2026-12-31.")
    words = choices(model).get(column)
    return say("One of {words}.", words=", ".join(words)) if words and value not in words else None


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def faults(line: RowEdit) -> list[tuple[str, Message]]:
    """What of a line its table can't take, by column; an empty column is said of the line as a whole."""
    if line.op == "undo":
        return []
    try:
        model = published_table(line.table)
    except Unfit as unfit:
        return [("", unfit.message)]
    names, known = keys(model), set(columns(model)) - {"revision"}
    if len(line.key) != len(names):
        return [("", say("The key of {table} is {columns}.", table=line.table, columns=", ".join(names)))]
    found = [(name, say("There is no column {column}.", column=name)) for name in line.values if name not in known]
    values = {**dict(zip(names, line.key, strict=True)), **line.values}
    if line.op == "add":
        missing = known - values.keys() - defaults(model).keys()
        found += [(name, say("This is needed.")) for name in sorted(missing)]
    else:
        found += [(name, say("The key of a row stays.")) for name in names if name in line.values]
    told = ((name, fault(model, name, value)) for name, value in values.items() if name in known)
    return found + [(name, message) for name, message in told if message]
