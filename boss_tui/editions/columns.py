"""What a column of a table that headquarters publishes can hold: checked before anything is tried, and said by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Integer

from boss_tui.editions.lines import RowEdit, Unfit, published_table
from data.message import Message, say
from data.statements import defaults, keys
from data.table_words import table_word
from data.tables.base import Table

DATES = ("valid_from", "valid_to")
"""Business dates, both inclusive; empty: open."""
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""What neither database holds in a text: a zero byte, or half of a surrogate pair."""


@cache
def choices(model: type[Table]) -> dict[str, tuple[str, ...]]:
    """The words of each column that holds one of a few."""
    found = {}
    checks: Iterable[Any] = (each for column in model.table().columns for each in column.constraints)
    for check in checks:
        if told := re.match(r"(\w+) IN \((.*)\)$", str(check.sqltext)):
            found[told[1]] = tuple(re.findall(r"'([^']*)'", told[2]))
    return found


class _Holds(NamedTuple):
    """What a column holds: perhaps nothing; a whole number of so many bits (0: none) beside its sign, a business date,
    or one of a few words; else any text."""

    nullable: bool
    bits: int
    day: bool
    words: tuple[str, ...]

    def fault(self, value: Any) -> Message | None:
        """Why it can't hold a value, if it can't."""
        if value is None:
            return None if self.nullable else say("This is needed.")
        if self.bits:
            return self._no_number(value)
        if not isinstance(value, str) or _NO_TEXT.search(value):
            return say("A text.")
        if self.day and value and not _is_day(value):
            return say("A date, such as 2026-12-31.")
        return say("One of {words}.", words=", ".join(self.words)) if self.words and value not in self.words else None

    def _no_number(self, value: Any) -> Message | None:
        least, most = -(2**self.bits), 2**self.bits - 1
        if type(value) is not int:
            return say("A whole number.")
        if value < least:
            return say("At least {bound}.", bound=least)
        return say("At most {bound}.", bound=most) if value > most else None


@cache
def _holds(model: type[Table]) -> dict[str, _Holds]:
    """What each column of a table holds, but for the revision, which nobody says."""
    words = choices(model)
    return {
        column.name: _Holds(bool(column.nullable), _bits(column.type), column.name in DATES, words.get(column.name, ()))
        for column in model.table().columns
        if column.name != "revision"
    }


def _bits(kind: Any) -> int:
    """Of a column's whole numbers, in the narrower of the two databases."""
    return 63 if isinstance(kind, BigInteger) else 31 if isinstance(kind, Integer) else 0


@cache
def _needed(model: type[Table]) -> frozenset[str]:
    """The columns of a new row that nothing is made of, beside its key."""
    return frozenset(_holds(model)) - defaults(model).keys() - set(keys(model))


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
    names, known = keys(model), _holds(model)
    if len(line.key) != len(names):
        return [("", say("The key of {table} is {columns}.", table=table_word(line.table), columns=", ".join(names)))]
    found = [(name, say("There is no column {column}.", column=name)) for name in line.values if name not in known]
    values = {**dict(zip(names, line.key, strict=True)), **line.values}
    if line.op == "add":
        found += [(name, say("This is needed.")) for name in sorted(_needed(model) - values.keys())]
    else:
        found += [(name, say("The key of a row stays.")) for name in names if name in line.values]
    return found + [
        (name, message) for name, value in values.items() if name in known and (message := known[name].fault(value))
    ]
