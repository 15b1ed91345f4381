"""A file of rows into editions: read and judged whole before anything is written; then written in steps of 1,000.

Each row is new, changed, the same or bad, by what stands on the business date from which it will count; what changes a
row of the program's own is a new one in its place. An empty cell leaves what is there (of a new row: the default), -
empties it. What is bad is said by line and column. An edition takes
5,000 lines: a larger file becomes several, numbered in their titles. Each is asked the rules of its business when the
file is read, beside what stands, as it is again when it is submitted: what rows of two of them have against each other
is seen then. Source: management-facts 12, "M for our import".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, field

from boss_tui.editions.lines import RowEdit, key_text, last_published, published_table, rows_on, touched
from boss_tui.editions.standing import EDITABLE
from boss_tui.editions.subjects import Fault
from boss_tui.locale import Words
from boss_tui.management.kit.entity import EMPTY, Column, Entity, Key, Values
from boss_tui.management.kit.faults import CELL, CELLS, KEY, TWICE, CellFault
from boss_tui.management.kit.files import READING, FileRow, Format, Source, csv_bytes
from boss_tui.management.kit.filters import names
from boss_tui.management.kit.shipped import is_shipped, shipped
from boss_tui.management.kit.working import must_not_be_over
from data.clock import Clock, new_key
from data.errors import BadForm
from data.message import Message, say
from data.references import references_of
from data.statements import keys, table_name
from data.store import Reading
from data.table_words import row_words
from data.tables.base import Table
from data.tables.edition import Edition, EditionLine

STEP = 1_000


class Verdict(NamedTuple):
    """What comes of a good row: its line, and what it is before and after, in the columns that change."""

    line: int
    edit: RowEdit
    before: Values


class Judged(Struct):
    """A file that has been read against the rows.

    `code`: the business whose rows they are. `read`: how far, in rows. `since`: the last item of the stream when that
    was begun. `verdicts`: the rows that are new or changed; `asked`: of how many of them the rules of the business have
    been asked, once the file is read. `same`: how many are as they stand.
    """

    entity: Entity
    source: Source
    columns: tuple[Column, ...]
    day: str
    code: str = ""
    read: int = 0
    asked: int = 0
    since: int = 0
    same: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    seen: dict[Key, int] = field(default_factory=dict)
    cells: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return len(self.source.records)

    @property
    def far(self) -> tuple[Message, int, int]:
        """How far it is, as a `data.progress.Report` is told."""
        if self.read < self.total:
            return READING, self.read, self.total
        return say("Asking the rules of {code}", code=self.code), self.asked, len(self.verdicts)

    @property
    def bad_lines(self) -> list[int]:
        """The lines that are bad, in order."""
        return list(dict.fromkeys(fault.line for fault in self.faults))

    def cells_of(self, line: int) -> tuple[str, ...]:
        """The cells of a row."""
        if not self.cells:
            self.cells = {record.line: record.cells for record in self.source.records}
        return self.cells.get(line, ())

    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, the same, bad."""
        ops = Counter(verdict.edit.op for verdict in self.verdicts)
        return {"new": ops["add"], "changed": ops["change"], "same": self.same, "bad": len(self.bad_lines)}

    def classes(self) -> dict[str, int]:
        """How many faults there are of each class."""
        return dict(Counter(fault.kind for fault in self.faults))


def opened(entity: Entity, source: Source, day: str, code: str = "") -> Judged:
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
    for name in () if entity.gives_key or wrong else keys(entity.model):
        if name not in there:
            wrong[name] = say("Column {column} is wanted: it is the key.", column=name)
    if wrong:
        raise BadForm(wrong)
    return Judged(entity, source, tuple(found), day, code)


def judge(reading: Reading, judged: Judged, today: str, most: int = STEP) -> bool:
    """Judge the next rows of a file; whether there are more."""
    if not judged.read:
        judged.since = last_published(reading)
    rows = [_read(judged, record) for record in judged.source.records[judged.read : judged.read + most]]
    keyed = [row for row in rows if row is not None]
    wanted, first = [row.key for row in keyed if row.key is not None], len(judged.verdicts)
    ships = {judged.entity.key_of(row): row for row in shipped(reading, judged.entity, judged.day)}
    stand = ships | _standing(reading, judged.entity.model, wanted, today, judged.day)
    for row in keyed:
        _judge(judged, row, stand.get(row.key) if row.key is not None else None, reading.clock)
    _must_name_something(reading, judged, first, today)
    judged.faults.sort(key=lambda fault: fault.line)  # keys that are wrong were found first
    judged.read = min(judged.read + most, judged.total)
    return judged.read < judged.total


def _standing(reading: Reading, model: type[Table], wanted: Sequence[Key], today: str, day: str) -> dict[Key, Values]:
    """These rows as they stand on a business date: those of the table, but for what changes until then."""
    later = touched(reading, today, day) if day > today else ()
    moved = {key for name, key in later if name == table_name(model)}
    found: dict[Key, Values] = {
        key: row.__dict__ for key, row in reading.several(model, wanted).items() if key not in moved
    }
    return found | rows_on(reading, table_name(model), [key for key in wanted if key in moved], day)


def _must_name_something(reading: Reading, judged: Judged, first: int, today: str) -> None:
    """Verdicts from a place on whose rows name what is not there on their date, nor in a draft, are faults. What a row
    of the file itself makes, and what has ended or ends first, is seen when the edition is submitted."""
    found, wrong = judged.verdicts[first:], set[int]()
    for reference in references_of(judged.entity.model):
        column = reference.column
        named = {_said(each.edit, column) for each in found}
        missing = set(filter(reference.says, named))
        for target, its_key in reference.targets:
            of_others = target is not judged.entity.model and target.__owner__.is_headquarters
            if not of_others or keys(target) != (its_key,):
                missing.clear()
            missing -= {key for (key,) in _standing(reading, target, [(each,) for each in missing], today, judged.day)}
            missing = {key for key in missing if not _is_drafted(reading, target, key)}
        for each in found:
            value = _said(each.edit, column)
            if value in missing:
                told = say(
                    "There is no {row} on {day}.", row=row_words(reference.targets[0][0], (value,)), day=judged.day
                )
                judged.faults.append(CellFault(each.line, column, CELL, told))
                wrong.add(each.line)
    judged.verdicts[first:] = [each for each in found if each.line not in wrong]


def _said(edit: RowEdit, column: str) -> Any:
    """What an edit says in a column, of its key as well where the row is new."""
    own = dict(zip(keys(published_table(edit.table)), edit.key, strict=True)) if edit.op == "add" else {}
    return {**own, **edit.values}.get(column)


def unasked(judged: Judged, most: int) -> dict[int, RowEdit]:
    """The next rows of whom the rules of the business are asked, as lines by their place among the verdicts."""
    return dict(enumerate((each.edit for each in judged.verdicts[judged.asked : judged.asked + most]), judged.asked))


def refuse(judged: Judged, lines: Collection[int], told: Iterable[Fault]) -> None:
    """Rules were asked of these `lines` (`unasked`). Rows that were good are bad: what they have against a column.

    The others are asked again, as a rule may have stopped at what another said. What names a row is left out: it may
    name one of an edition that is still open."""
    names_rows = {reference.column for reference in references_of(judged.entity.model)} | set(judged.entity.named_by)
    against = [(judged.verdicts[each.position].line, each) for each in told if each.column not in {"", *names_rows}]
    judged.faults += [CellFault(line, each.column, CELL, each.message) for line, each in against]
    judged.faults.sort(key=lambda fault: fault.line)
    wrong = {line for line, _ in against}
    judged.verdicts[:] = [each for each in judged.verdicts if each.line not in wrong]
    judged.asked += 0 if wrong else len(lines)


def _is_drafted(reading: Reading, model: type[Table], key: Any) -> bool:
    of: dict[str, Any] = {"table_name": table_name(model), "row_key": key_text((key,)), "op": "add", "dropped": 0}
    drafted = (reading.one(Edition, id=line.edition) for line in reading.all(EditionLine, **of))
    return any(edition.state in EDITABLE for edition in drafted)


class _Row(NamedTuple):
    """A row of the file: its line, its key as it is stored (None: one is to be made), what was typed by column."""

    line: int
    key: Key | None
    typed: Values


def _read(judged: Judged, record: FileRow) -> _Row | None:
    """A row with its key; None: it has none, and the fault is noted."""
    width = len(judged.columns)
    if any(cell.strip() for cell in record.cells[width:]):
        told = say("{n} {n:cell|cells}, where the heading has {columns}.", n=len(record.cells), columns=width)
        judged.faults.append(CellFault(record.line, "", CELLS, told))
        return None
    cells = [cell.strip() for cell in record.cells[:width]]
    typed = {column.name: cell for column, cell in zip(judged.columns, cells) if cell}  # noqa: B905 (a short row)
    try:
        return _Row(record.line, _key(judged.entity, typed), typed)
    except BadForm as fault:
        _note(judged, record.line, typed, fault)
        return None


def _judge(judged: Judged, read: _Row, row: Values | None, clock: Clock) -> None:
    """`row`: what stands there."""
    line, key, typed = read
    try:
        verdict = _verdict(judged.entity, line, key, row, typed, judged.day, clock)
    except BadForm as fault:
        _note(judged, line, typed, fault)
        return
    if key is not None and (first := judged.seen.setdefault(key, line)) != line:
        told = say("Line {line} has the same key.", line=first)
        judged.faults.append(CellFault(line, keys(judged.entity.model)[0], TWICE, told))
    elif verdict is None:
        judged.same += 1
    else:
        judged.verdicts.append(verdict)


def _note(judged: Judged, line: int, typed: Values, fault: BadForm) -> None:
    names_ = keys(judged.entity.model)
    judged.faults += [
        CellFault(line, name, KEY if name in names_ and not typed.get(name) else CELL, message)
        for name, message in fault.errors.items()
    ]


def _key(entity: Entity, typed: Values) -> Key | None:
    """The key as it is stored; None: one is to be made. BadForm by column."""
    names_ = keys(entity.model)
    if entity.gives_key and not any(typed.get(name) for name in names_):
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
    entity: Entity, line: int, key: Key | None, row: Values | None, typed: Values, day: str, clock: Clock
) -> Verdict | None:
    said = {name: "" if text == EMPTY else text for name, text in typed.items()}
    names_ = {*keys(entity.model), "revision"}
    if row is None:
        values = entity.read(said)
        must_not_be_over(values, day)
        after = {name: value for name, value in values.items() if name not in names_}
        return Verdict(line, RowEdit(entity.name, key or (new_key(clock),), "add", after), {})
    stood = {name: text.strip() for name, text in entity.typed(row).items()}  # as a cell is read
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
    before = {name: row[name] for name in after}
    if is_shipped(row):
        own = (new_key(clock),) if entity.gives_key else entity.key_of(row)
        whole = {name: value for name, value in {**row, **after}.items() if name not in names_}
        return Verdict(line, RowEdit(entity.name, own, "add", whole), before)
    return Verdict(line, RowEdit(entity.name, entity.key_of(row), "change", after), before)


# the bad rows


def bad_rows(judged: Judged, form: Format, words: Words) -> bytes:
    """The bad rows as a file like the one that was read, with two more columns: the field, and why."""
    return csv_bytes(_bad(judged, words), form)


def _bad(judged: Judged, words: Words) -> Iterator[Sequence[str]]:
    width = len(judged.source.heading)
    yield (*judged.source.heading, words(say("Field")), words(say("What is wrong")))
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
