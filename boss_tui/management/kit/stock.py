"""Pieces of stock from a file: read and judged whole before anything is written, then taken in pages.

Stock is no published row: what comes in is headquarters' own at once, to be handed to outlets. A kind of stock declares
what it makes of a file (`Intake`); that no piece comes twice, neither in the file nor beside what is there, is seen to
here. A file of a million pieces takes no more memory than a page. Source: management-facts 12, "M for our import".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from msgspec import Struct, field
from sqlalchemy import Select, select

from boss_tui.editions.lines import RowEdit
from boss_tui.locale import Words
from boss_tui.management.kit.entity import Column, Entity
from boss_tui.management.kit.faults import CELL, CELLS, FILE, KEY, THERE, TWICE, CellFault
from boss_tui.management.kit.files import READING, FileRow, csv_bytes
from boss_tui.management.kit.filters import names
from boss_tui.management.kit.importing import Judged, Verdict
from boss_tui.management.kit.intake import FileIn, Intake, Stock, StockRow, TransportKeys
from boss_tui.management.kit.streamed import Place, StreamedFile
from data.collecting import uncollected
from data.errors import BadForm
from data.message import Message, say
from data.seen import Seen
from data.statements import any_of, keys
from data.store import Reading
from data.tables.base import Table

PAGE = 10_000
"""Rows that are judged, or taken in one transaction, at once."""
SHOWN = 2_000
"""Faults that are kept to be shown; the file of the bad rows has them all."""
SAMPLE = 20
"""Good rows that are shown."""
KNOWN = 1_000
"""Values of a column that are read once, though they come again."""


class StockJudged(Struct):
    """A file of stock that is being judged.

    `at`: where the next row begins; `read`: how many were; `good`: how many of them can be taken in, and the first of
    them (`verdicts`); `bad`: how many can't.
    """

    entity: Entity
    stock: Stock
    source: StreamedFile
    columns: tuple[Column, ...]
    at: Place
    read: int = 0
    good: int = 0
    bad: int = 0
    is_ended: bool = False
    faults: list[CellFault] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    cells: dict[int, tuple[str, ...]] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    intake: Intake | None = None
    transport_key: TransportKeys | None = None

    @property
    def total(self) -> int:
        """How many rows the file has; about, before it was read whole."""
        return self.read if self.is_ended else max(self.source.lines, self.read)

    @property
    def far(self) -> tuple[Message, int, int]:
        """How far it is, as a `data.progress.Report` is told."""
        return READING, self.read, self.total

    def counts(self) -> dict[str, int]:
        """How many pieces are new, how many rows bad."""
        return {"new": self.good, "changed": 0, "same": 0, "bad": self.bad}

    def classes(self) -> dict[str, int]:
        """How many faults there are of each class."""
        return dict(self.kinds)

    def cells_of(self, line: int) -> tuple[str, ...]:
        """The cells of a row that is bad."""
        return self.cells.get(line, ())

    def close(self) -> None:
        """Let go of what was kept for the reading."""
        for seen in self.seen.values():
            seen.close()
        self.seen.clear()


AnyJudged = Judged | StockJudged
"""A file of published rows, or of stock."""


def opened(
    entity: Entity, stock: Stock, source: StreamedFile, transport_key: TransportKeys | None = None
) -> StockJudged:
    """A file whose head and heading are right. BadForm: `file`, or by column."""
    head = source.head
    if head is not None and head.of != entity.name:
        raise BadForm({"file": say("The head says {said}: this is a file of other pieces.", said=head.of)})
    if stock.needs_head and (head is None or not {"count", "sha256"} <= head.said.keys()):
        told = say("Its first line says what it is: {such}", such=f"#{entity.name},count=100,sha256=…")
        raise BadForm({"file": told})
    columns = _columns(entity, stock, source.heading)
    return StockJudged(entity, stock, source, columns, source.start, transport_key=transport_key)


def _columns(entity: Entity, stock: Stock, heading: Sequence[str]) -> tuple[Column, ...]:
    called = {text: name for text, name in names(entity).items() if name in stock.columns}
    wrong: dict[str, Message] = {}
    found: list[Column] = []
    for at, cell in enumerate(heading, 1):
        name = called.get(cell.strip().casefold())
        if name is None:
            wrong[cell.strip() or f"column {at}"] = say(
                "There is no column {column}; there are {columns}.", column=cell, columns=", ".join(stock.columns)
            )
        elif any(each.name == name for each in found):
            wrong[cell] = say("Column {column} is named twice.", column=cell)
        else:
            found.append(entity.column(name))
    there = {column.name for column in found}
    for name in stock.columns:
        if name not in there and entity.form.model_fields[name].is_required() and not wrong:
            wrong[name] = say("Column {column} is wanted.", column=name)
    if wrong:
        raise BadForm(wrong)
    return tuple(found)


# rows


class Reader:
    """Reads cells by an entity's form; what comes again and again in a column is read once."""

    def __init__(self, entity: Entity, stock: Stock, columns: Sequence[Column]) -> None:
        self._entity, self._columns, self._keys = entity, tuple(columns), keys(entity.model)
        self._cells: list[tuple[int, str, dict[str, Any], Callable[[str], object]]] = [
            (at, column.name, {}, _plainly(stock, column.name)) for at, column in enumerate(columns)
        ]
        said = {column.name for column in columns}
        self._names = tuple(column.name for column in columns)
        self._is_plain = _whole_row(stock, self._names)
        self._rest = {name: entity.one(name, entity.form.one(name, "")) for name in stock.columns if name not in said}

    def read(self, record: FileRow) -> StockRow | list[CellFault]:
        """A row, or what is wrong with its cells."""
        line, cells = record
        if len(cells) > len(self._columns) and any(cell.strip() for cell in cells[len(self._columns) :]):
            told = say("{n} {n:cell|cells}, where the heading has {columns}.", n=len(cells), columns=len(self._columns))
            return [CellFault(record.line, "", CELLS, told)]
        if self._is_plain is not None and self._is_plain("\t".join(cells)) is not None:
            values = dict(zip(self._names, cells))  # noqa: B905 (the pattern has as many)
            values.update(self._rest)
            return StockRow(line, cells, values)
        values, faults = dict(self._rest), list[CellFault]()
        for at, name, known, is_plain in self._cells:
            cell = cells[at].strip() if at < len(cells) else ""
            if cell in known:
                values[name] = known[cell]
            elif is_plain(cell):
                values[name] = cell
            else:
                try:
                    values[name] = self._one(name, cell, known)
                except BadForm as fault:
                    kind = KEY if name in self._keys and not cell else CELL
                    faults += [CellFault(record.line, name, kind, told) for told in fault.errors.values()]
        return faults or StockRow(record.line, cells, values)

    def page(self, records: Sequence[FileRow]) -> list[StockRow | list[CellFault]]:
        """Rows, or what is wrong with their cells."""
        if (plain := self.plainly(records)) is None:
            return list(map(self.read, records))
        names, _ = plain
        return [StockRow(line, cells, dict(zip(names, cells))) for line, cells in records]  # noqa: B905 (it has as many)

    def plainly(self, records: Sequence[FileRow]) -> tuple[tuple[str, ...], list[tuple[str, ...]]] | None:
        """The columns and the cells of rows that all mean what they are; None where one needs more reading."""
        is_plain = self._is_plain
        cells = [record.cells for record in records]
        if is_plain is None or self._rest or not all(map(is_plain, map("\t".join, cells))):
            return None
        return self._names, cells

    def _one(self, name: str, cell: str, known: dict[str, Any]) -> Any:
        value = self._entity.one(name, self._entity.form.one(name, cell))
        if name not in self._keys and len(known) < KNOWN:
            known[cell] = value
        return value


def _whole_row(stock: Stock, names: Sequence[str]) -> Callable[[str], object] | None:
    """Whether no cell of a row, with tabs between, needs any more reading; None where there are others."""
    patterns = [stock.plain[name] for name in names if name in stock.plain]
    if len(patterns) < len(names):
        return None
    cells = (f"(?:{each.pattern.removeprefix('^').removesuffix('$')})" for each in patterns)
    return re.compile("\t".join(cells), re.ASCII).fullmatch


def _plainly(stock: Stock, column: str) -> Callable[[str], object]:
    """Whether a cell of a column needs no more reading."""
    plain = stock.plain.get(column)
    return plain.fullmatch if plain is not None else lambda _: False


@cache
def having(model: type[Table], column: str) -> Callable[[int], Select[Any]]:
    """Which of so many values a column of a table has, as a statement."""
    of = model.table().c[column]

    @cache
    def statement(most: int) -> Select[Any]:
        return select(of).where(any_of(of, most))

    return statement


def _there(reading: Reading, entity: Entity, column: str, rows: Sequence[StockRow]) -> Iterator[CellFault]:
    """Rows whose piece is in stock already."""
    wanted = [row.values[column] for row in rows]
    there = {value for (value,) in reading.among(having(entity.model, column), wanted)}
    for row in rows if there else ():
        if row.values[column] in there:
            told = say("{what} is there already.", what=row.values[column])
            yield CellFault(row.line, column, THERE, told)


def _unique(entity: Entity, stock: Stock) -> tuple[str, ...]:
    return (*keys(entity.model), *stock.unique)


def _twice(rows: Sequence[StockRow], column: str, first: dict[int, int]) -> Iterator[CellFault]:
    for row in rows if first else ():
        if row.line in first:
            told = say("Line {line} has the same key.", line=first[row.line])
            yield CellFault(row.line, column, TWICE, told)


class Looked(NamedTuple):
    """A page: its good rows, what is wrong with the others."""

    good: list[StockRow]
    faults: list[CellFault]


def look_at(
    reading: Reading,
    entity: Entity,
    stock: Stock,
    page: Sequence[StockRow | list[CellFault]],
    intake: Intake,
    repeated: Callable[[str, Sequence[StockRow]], dict[int, int]],
) -> Looked:
    """Rows as they were read, judged: by themselves, in the file (`repeated`), beside what is there, by their kind."""
    rows = [each for each in page if isinstance(each, StockRow)]
    faults = [fault for each in page if isinstance(each, list) for fault in each]
    for column in _unique(entity, stock):
        faults += [*_twice(rows, column, repeated(column, rows)), *_there(reading, entity, column, rows)]
    for column in stock.distinct:
        faults += _twice(rows, column, repeated(column, rows))
    if faults:
        bad = {fault.line for fault in faults}
        rows = [row for row in rows if row.line not in bad]
    own = list(intake.judge(reading, rows))
    if own:
        bad = {fault.line for fault in own}
        rows = [row for row in rows if row.line not in bad]
    return Looked(rows, sorted([*faults, *own], key=lambda fault: fault.line) if faults or own else [])


def within_page(column: str, rows: Sequence[StockRow]) -> dict[int, int]:
    """Rows of a page whose key an earlier one of it has: earlier pages are in stock by then."""
    first: dict[Any, int] = {}
    return {
        row.line: first[row.values[column]]
        for row in rows
        if first.setdefault(row.values[column], row.line) != row.line
    }


def judge(reading: Reading, judged: StockJudged, most: int = PAGE) -> bool:
    """Judge the next rows of a file; whether there are more."""
    with uncollected():
        looked = _judged(reading, judged, most)
    room = SHOWN - len(judged.faults)
    kept = looked.faults[: max(0, room)]
    judged.faults += kept
    judged.kinds.update(fault.kind for fault in looked.faults)
    judged.verdicts += [
        Verdict(row.line, RowEdit(judged.entity.name, judged.entity.key_of(row.values), "add", {}), {})
        for row in looked.good[: SAMPLE - len(judged.verdicts)]
    ]
    if judged.is_ended:
        judged.close()
    return not judged.is_ended


def _judged(reading: Reading, judged: StockJudged, most: int) -> Looked:
    """The next page, judged and counted."""
    if judged.intake is None:
        judged.intake = judged.stock.intake(reading, FileIn("", judged.source, judged.transport_key))
        kept = () if judged.stock.is_numbered else _unique(judged.entity, judged.stock)
        judged.seen = {column: Seen() for column in (*kept, *judged.stock.distinct)}
    reader = Reader(judged.entity, judged.stock, judged.columns)
    records, behind = judged.source.page(judged.at, most)
    page = reader.page(records)

    def repeated(column: str, rows: Sequence[StockRow]) -> dict[int, int]:
        seen = judged.seen.get(column)
        return {} if seen is None else seen.add([(row.values[column], row.line) for row in rows])

    looked = look_at(reading, judged.entity, judged.stock, page, judged.intake, repeated)
    judged.at = behind
    judged.read += len(records)
    judged.good += len(looked.good)
    bad = {fault.line for fault in looked.faults}
    judged.bad += len(bad)
    if len(judged.cells) < SHOWN:
        hidden = _hidden(judged)
        judged.cells |= {record.line: _shown(record.cells, hidden) for record in records if record.line in bad}
    if len(records) < most:
        judged.is_ended = True
        last = [*_miscounted(judged), *judged.intake.end(reading)]
        judged.bad += bool(last) and not judged.bad
        looked.faults.extend(last)
    return looked


def _hidden(judged: StockJudged) -> frozenset[int]:
    """Where a row has what is never shown: a key, a PIN."""
    secret = (*judged.entity.model.__secret__, *judged.entity.model.__enciphered__, *judged.stock.secret)
    return frozenset(at for at, column in enumerate(judged.columns) if column.name in secret)


def _shown(cells: tuple[str, ...], hidden: frozenset[int]) -> tuple[str, ...]:
    if not hidden:
        return cells
    return tuple("" if at in hidden else cell for at, cell in enumerate(cells))


def _miscounted(judged: StockJudged) -> Iterator[CellFault]:
    head = judged.source.head
    count = head.said.get("count", "") if head is not None else ""
    if count and int(count) != judged.read:
        told = say("The head says {said} {said:row|rows}, there are {n}.", said=int(count), n=judged.read)
        yield CellFault(1, "", FILE, told)


def bad_rows(reading: Reading, judged: StockJudged, words: Words) -> Iterator[bytes]:
    """The bad rows as a file like the one that was read, with two more columns: the field, and why. Piece by piece: the
    file is judged once more."""
    again = opened(judged.entity, judged.stock, judged.source, judged.transport_key)
    heading = (*judged.source.heading, words(say("Field")), words(say("What is wrong")))
    yield csv_bytes([heading], "csv")
    width = len(judged.source.heading)
    try:
        while not again.is_ended:
            again.cells = {}
            faults: dict[int, list[CellFault]] = {}
            for fault in _judged(reading, again, PAGE).faults:
                faults.setdefault(fault.line, []).append(fault)
            rows = []
            for line, found in faults.items():
                cells = (*again.cells_of(line), *[""] * width)[:width]
                fields = ", ".join(dict.fromkeys(fault.column for fault in found if fault.column))
                rows.append((*cells, fields, " ".join(words(fault.message) for fault in found)))
            yield csv_bytes(rows, "csv", first=False)
    finally:
        again.close()
