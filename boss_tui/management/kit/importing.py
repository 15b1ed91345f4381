"""A file of rows into editions: read and judged whole before anything is written; then written in steps of 500.

Each row is new, changed, the same or bad, by what stands on the business date from which it will count. An empty cell
leaves what is there (of a new row: the default), - empties it. What is bad is said by line and column. An edition takes
5,000 lines: a larger file becomes several, numbered in their titles. Source: management-facts 12, "M for our import".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.editions.lines import RowEdit, row_on, touched
from boss_tui.locale import Words
from boss_tui.management.kit.files import Format, Record, Source, csv_bytes
from boss_tui.management.kit.filters import names
from boss_tui.management.kit.subject import EMPTY, Column, Entity, Key, Values
from data.clock import new_key
from data.errors import BadForm
from data.message import Message, say
from data.statements import columns, keys
from data.store import Reading

STEP = 500
CELLS, KEY, TWICE, CELL = "cells", "key", "twice", "cell"
CLASSES: dict[str, Message] = {
    CELLS: say("more cells than columns"),
    KEY: say("no key"),
    TWICE: say("the same key twice"),
    CELL: say("a cell that is wrong"),
}
"""What can be wrong with a row, in words."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a row: in which line of the file, in which column (empty: all of it), of what class."""

    line: int
    column: str
    kind: str
    message: Message


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of a good row: its line, and what it is before and after, in the columns that change."""

    line: int
    edit: RowEdit
    before: Values


@dataclass(slots=True)
class Judged:
    """A file that has been read against the rows.

    `read`: how far, in rows. `verdicts`: the rows that are new or changed. `same`: how many are as they stand.
    """

    entity: Entity
    source: Source
    columns: tuple[Column, ...]
    day: str
    read: int = 0
    same: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    seen: dict[Key, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return len(self.source.records)

    @property
    def bad_lines(self) -> list[int]:
        """The lines that are bad, in order."""
        return list(dict.fromkeys(fault.line for fault in self.faults))

    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, the same, bad."""
        ops = Counter(verdict.edit.op for verdict in self.verdicts)
        return {"new": ops["add"], "changed": ops["change"], "same": self.same, "bad": len(self.bad_lines)}

    def classes(self) -> dict[str, int]:
        """How many faults there are of each class."""
        return dict(Counter(fault.kind for fault in self.faults))


def opened(entity: Entity, source: Source, day: str) -> Judged:
    """A file whose heading is right. BadForm by column: blank, unknown, named twice, or one that is wanted."""
    wrong: dict[str, Message] = {}
    found: list[Column] = []
    called = names(entity)
    for at, cell in enumerate(source.heading, 1):
        name = called.get(cell.strip().casefold())
        if not cell.strip():
            wrong[f"column {at}"] = say("Column {n} has no name.", n=at)
        elif name is None:
            told = say(
                "There is no column {column}; there are {columns}.",
                column=cell,
                columns=", ".join(each.name for each in entity.columns),
            )
            wrong[cell] = told
        elif any(each.name == name for each in found):
            wrong[cell] = say("Column {column} is named twice.", column=cell)
        else:
            found.append(entity.column(name))
    there = {column.name for column in found}
    for name in keys(entity.model) if entity.new_key is None and not wrong else ():
        if name not in there:
            wrong[name] = say("Column {column} is wanted: it is the key.", column=name)
    if wrong:
        raise BadForm(wrong)
    return Judged(entity, source, tuple(found), day)


def judge(reading: Reading, judged: Judged, today: str, most: int = STEP) -> bool:
    """Judge the next rows of a file; whether there are more."""
    stand = _Standing(reading, judged.entity, today, judged.day)
    for record in judged.source.records[judged.read : judged.read + most]:
        _judge(judged, record, stand)
    judged.read = min(judged.read + most, judged.total)
    return judged.read < judged.total


class _Standing:
    """The rows as they stand on a business date: those of the table, but for what changes until then."""

    def __init__(self, reading: Reading, entity: Entity, today: str, day: str) -> None:
        table = entity.model.table()
        self._reading, self._entity, self._day = reading, entity, day
        self._names, self._keys = columns(entity.model), keys(entity.model)
        self._statement = _row_statement(table, self._keys)
        later = touched(reading, today, day) if day > today else ()
        self._moved = {key for name, key in later if name == entity.name}

    def __call__(self, key: Key) -> Values | None:
        if key in self._moved:
            return row_on(self._reading, self._entity.name, key, self._day)
        found = self._reading.rows(self._statement, **{f"k_{n}": v for n, v in zip(self._keys, key, strict=True)})
        return dict(zip(self._names, found[0], strict=True)) if found else None

    @property
    def clock(self) -> Any:
        """For the keys of new rows."""
        return self._reading.clock


_ROWS: dict[str, Any] = {}


def _row_statement(table: Any, names_: Sequence[str]) -> Any:
    if table.name not in _ROWS:
        statement = select(*table.c)
        for name in names_:
            statement = statement.where(table.c[name] == bindparam(f"k_{name}"))
        _ROWS[table.name] = statement
    return _ROWS[table.name]


def _judge(judged: Judged, record: Record, stand: _Standing) -> None:
    entity = judged.entity
    if any(cell.strip() for cell in record.cells[len(judged.columns) :]):
        told = say(
            "{n} {n:cell|cells}, where the heading has {columns}.", n=len(record.cells), columns=len(judged.columns)
        )
        judged.faults.append(CellFault(record.line, "", CELLS, told))
        return
    typed = {
        column.name: cell.strip()
        for column, cell in zip_longest(judged.columns, record.cells[: len(judged.columns)], fillvalue="")
        if isinstance(column, Column) and cell.strip()
    }
    try:
        key = _key(entity, typed)
        row = stand(key) if key is not None else None
        verdict = _verdict(entity, record.line, key, row, typed, stand)
    except BadForm as fault:
        names_ = keys(entity.model)
        judged.faults += [
            CellFault(record.line, name, KEY if name in names_ and not typed.get(name) else CELL, message)
            for name, message in fault.errors.items()
        ]
        return
    if key is not None and (first := judged.seen.setdefault(key, record.line)) != record.line:
        told = say("Line {line} has the same key.", line=first)
        judged.faults.append(CellFault(record.line, keys(entity.model)[0], TWICE, told))
    elif verdict is None:
        judged.same += 1
    else:
        judged.verdicts.append(verdict)


def _key(entity: Entity, typed: Values) -> Key | None:
    """The key as it is stored; None: one is to be made. BadForm by column."""
    names_ = keys(entity.model)
    if entity.new_key is not None and not any(typed.get(name) for name in names_):
        return None
    found, wrong = [], {}
    for name in names_:
        try:
            text = typed.get(name, "")
            found.append(entity.one(name, entity.form.one(name, "" if text == EMPTY else text)))
        except BadForm as fault:
            wrong.update(fault.errors)
    if wrong:
        raise BadForm(wrong)
    return tuple(found)


def _verdict(
    entity: Entity, line: int, key: Key | None, row: Values | None, typed: Values, stand: _Standing
) -> Verdict | None:
    said = {name: "" if text == EMPTY else text for name, text in typed.items()}
    names_ = {*keys(entity.model), "revision"}
    if row is None:
        values = entity.read(said)
        if key is None and entity.new_key is not None:
            key = entity.new_key(values, new_key(stand.clock))
        after = {name: value for name, value in values.items() if name not in names_}
        return Verdict(line, RowEdit(entity.name, key or (), "add", after), {})
    stood = entity.typed(row)
    if all(stood[name] == text for name, text in said.items()):
        return None
    values = entity.read({**stood, **said})
    after = {
        name: values[name]
        for name, text in said.items()
        if name not in names_ and text != stood[name] and row[name] != values[name]
    }
    if not after:
        return None
    return Verdict(line, RowEdit(entity.name, entity.key_of(row), "change", after), {name: row[name] for name in after})


# the bad rows


def bad_rows(judged: Judged, form: Format, words: Words) -> bytes:
    """The bad rows as a file like the one that was read, with two more columns: the field, and why."""
    return csv_bytes(_bad(judged, words), form)


def _bad(judged: Judged, words: Words) -> Iterator[Sequence[str]]:
    width = len(judged.source.heading)
    yield (*judged.source.heading, words(say("Field")), words(say("Why")))
    by_line: dict[int, list[CellFault]] = {}
    for fault in judged.faults:
        by_line.setdefault(fault.line, []).append(fault)
    for record in judged.source.records:
        if faults := by_line.get(record.line):
            cells = (*record.cells, *[""] * width)[:width]
            fields = ", ".join(dict.fromkeys(fault.column for fault in faults if fault.column))
            yield (*cells, fields, " ".join(words(fault.message) for fault in faults))


def titles(title: str, lines: int, most: int) -> Callable[[int], str]:
    """How the editions of a file are called: one by the title alone, several with their number."""
    parts = -(-lines // most)
    return lambda part: title if parts <= 1 else f"{title} ({part + 1}/{parts})"
