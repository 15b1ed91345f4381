"""Trying an edition out: its lines are run against the rows of its business date, looked at, and given up again.

What would refuse it later refuses it now, by line and column. It is tried at submission, at approval and on its date,
each time the same way. What is known to come on later dates is looked at too, as far as it meets these lines. Sources:
design 12; management-facts 1.3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import bindparam, func, select

from boss_tui.editions import columns
from boss_tui.editions.lines import (
    Place,
    RowEdit,
    Values,
    by_table,
    keep,
    key_text,
    later_days,
    places_on,
    published_table,
    put,
    put_due,
    to_come,
    told_apart,
    touched,
)
from boss_tui.editions.rows_date import stands_on
from boss_tui.editions.scope import ALL, OUTLET, be_in, scopes_here, scopes_of
from boss_tui.editions.subjects import Check, Fault, Rehearsal
from data.message import Message, say
from data.references import Reference, references_of, references_to
from data.statements import keys
from data.store import Reading, UnitOfWork
from data.table_words import row_words, table_word
from data.tables import all_tables
from data.tables.base import Table

MOST_LINES = 5_000
AS_IF = 2**31 - 1
"""The number under which lines are tried: after all that were published."""

FOR_GOOD = "9999-12-31"

Lines = Mapping[int, RowEdit]
"""An edition's lines, by their position."""
Uses = Callable[[int, type[Table]], None]
"""Is told of a line, by its position, and of a table whose rows it was put into or names (`Context.use_rows`)."""


def unnoted(position: int, model: type[Table]) -> None:
    """Nobody is told."""


def rehearse(
    tx: UnitOfWork,
    lines: Lines,
    today: str,
    day: str,
    checks: Sequence[Check] = (),
    *,
    scope: str = ALL,
    uses: Uses = unnoted,
) -> list[Fault]:
    """What is wrong with lines that will count from a business date, on `today`, for whom `scope` reaches. Nothing is
    left of the trial.

    `uses` is told of each table that a line was put into, or whose rows one of them names.
    """
    found = list(_unfit(lines))
    if found:
        return found
    found = [*_in_vain(lines, scope), *_out_of_place(tx, lines, day, scope), *_identities(tx, lines, day)]
    if found:
        return found
    with given_up(tx):
        put_due(tx, today, day)
        found = list(_run(tx, lines, day))
        if not found:
            for position, line in lines.items():
                uses(position, published_table(line.table))
            found = still_sound(tx, lines, day, checks, uses=uses) or list(_later(tx, lines, day))
    return found


@contextmanager
def as_if(tx: UnitOfWork, lines: Lines, today: str, day: str, *, scope: str = ALL, outlet: str = "") -> Iterator[None]:
    """The rows as they will stand on a business date, `today` or later, with lines in them. Nothing is left of it.

    `outlet`: as they will stand there, where this is headquarters' store; lines that are not for it (`scope`) are left
    out. Empty: as they stand here.
    """
    with given_up(tx):
        if outlet and scopes_here(tx) is None:
            be_in(tx, scopes_of(tx, outlet))
            put(tx, [place for table in _told_by_scope() for place in _apart(tx, table)], day)
        put(tx, touched(tx, today, max(day, stands_on(tx))), day)  # a hall that is ahead may have brought rows further
        if lines:
            _put(tx, list(lines.values()), day, scope if outlet else ALL)
        yield


def _told_by_scope() -> list[str]:
    """The tables of headquarters' that outlets may have otherwise than it; not those of which each has its own rows."""
    return [name for name, model in all_tables().items() if model.__owner__.part and model.__scope__ != OUTLET]


def _apart(reading: Reading, table: str) -> list[Place]:
    return [(table, key) for key in told_apart(reading, table)]


def still_sound(
    tx: UnitOfWork, lines: Lines, day: str, checks: Sequence[Check] = (), *, uses: Uses = unnoted
) -> list[Fault]:
    """What is wrong with lines that stand in the rows, on the date from which they count. `uses`: as in `rehearse`."""
    own = (fault for check in checks for fault in check(Rehearsal(tx, lines, day)))
    return [*_dangling(tx, lines, day, uses=uses), *_upside_down(tx, lines), *own]


def _unfit(lines: Lines) -> Iterator[Fault]:
    if not lines:
        yield Fault(0, "", say("Nothing is changed by it."))
    if len(lines) > MOST_LINES:
        yield Fault(0, "", say("It has {count} lines; {most} is the most.", count=len(lines), most=MOST_LINES))
    told = Counter((line.table, key_text(line.key)) for line in lines.values() if line.op != "undo")
    for position, line in lines.items():
        if told[line.table, key_text(line.key)] > 1:
            yield Fault(position, "", say("{row} stands in it twice.", row=row_name(line)))
        for column, message in columns.faults(line):
            yield Fault(position, column, message)
        if line.op == "change" and not line.values:
            yield Fault(position, "", say("Nothing of {row} is changed.", row=row_name(line)))


def row_name(line: RowEdit) -> Message:
    """A row as people are told of it."""
    return row_words(line.table, line.key)


def _in_vain(lines: Lines, scope: str) -> Iterator[Fault]:
    """Rows by which headquarters alone works, told to a part of the outlets: nobody would ever go by them."""
    for position, line in lines.items():
        if scope != ALL and published_table(line.table).__scope__ == "headquarters":
            yield Fault(position, "", say("Headquarters alone goes by it: take it into an edition for all outlets."))


def _out_of_place(reading: Reading, lines: Lines, day: str, scope: str) -> Iterator[Fault]:
    """Rows that are not there on that date, or there already, for whom a scope reaches."""
    stand = places_on(reading, [(line.table, line.key) for line in lines.values()], day, scope)
    for position, line in lines.items():
        model, row = published_table(line.table), stand.get((line.table, line.key))
        stands = row is not None and not has_ended(model, row)
        if line.op == "add" and stands:
            yield Fault(position, "", say("{row} is there already on {day}.", row=row_name(line), day=day))
        if (line.op == "end" and not stands) or (line.op == "change" and row is None):
            yield Fault(position, "", say("There is no {row} on {day}.", row=row_name(line), day=day))


def has_ended(model: type[Table], row: Mapping[str, Any]) -> bool:
    """Whether a row that is still there has ended."""
    return bool(model.__ended__) and all(row[name] == value for name, value in model.__ended__.items())


def _identities(reading: Reading, lines: Lines, day: str) -> Iterator[Fault]:
    """Columns that make a row what it is, changed though it was used."""
    named = {
        position: [name for name in published_table(line.table).__identity__ if name in line.values]  # none of an undo
        for position, line in lines.items()
        if line.op != "end"
    }
    places = {position: (lines[position].table, lines[position].key) for position, names in named.items() if names}
    stand = places_on(reading, places.values(), day)
    for position, place in places.items():
        row, line = stand.get(place), lines[position]
        moved = [name for name in named[position] if row is not None and row[name] != line.values[name]]
        if moved and is_used(reading, published_table(line.table), line.key):
            for name in moved:
                yield Fault(position, name, say("{row} was sold or used: this stays.", row=row_name(line)))


def is_used(reading: Reading, model: type[Table], key: Sequence[Any]) -> bool:
    """Whether anything that an outlet wrote refers to a row, as far as headquarters knows."""
    return any(
        _refers(reading, reference, reference.value_of(model, key))
        for reference in references_to(model)
        if not reference.model.__owner__.is_headquarters
    )


def _refers(reading: Reading, reference: Reference, value: Any) -> bool:
    column = reference.model.table().columns[reference.column]
    return reading.scalar(select(column).where(column == bindparam("named")).limit(1), named=value) is not None


class _GivenUp(Exception):
    """What was done to see what it leads to is undone."""


@contextmanager
def given_up(tx: UnitOfWork) -> Iterator[None]:
    """What is done within is undone at its end."""
    try:
        with tx.savepoint():
            yield
            raise _GivenUp
    except _GivenUp:
        pass


def _run(tx: UnitOfWork, lines: Lines, day: str) -> list[Fault]:
    """Put the lines into the rows; what the database says against it, line by line."""
    driver: Any = tx.store.engine.dialect.dbapi
    refused = (driver.IntegrityError, driver.DataError)
    try:
        with tx.savepoint():
            _put(tx, list(lines.values()), day)
    except refused as fault:
        found = []
        for position, line in lines.items():
            try:
                with given_up(tx):
                    _put(tx, [line], day)
            except refused as own:
                found.append(does_not_fit(position, own))
        return found or [does_not_fit(0, fault)]
    return []


def _put(tx: UnitOfWork, lines: Sequence[RowEdit], day: str, scope: str = ALL) -> None:
    own = [line for line in lines if _of_one(line)]
    keep(tx, AS_IF, own, day, at_once=False)
    keep(tx, AS_IF, [line for line in lines if not _of_one(line)], day, at_once=False, scope=scope, first=len(own))
    put(tx, [(line.table, line.key) for line in lines], day)


def _of_one(line: RowEdit) -> bool:
    """Whether it is of a row that one outlet alone has."""
    return published_table(line.table).__scope__ == OUTLET


def does_not_fit(position: int, fault: Exception) -> Fault:
    """What the database said against a row."""
    return Fault(position, "", say("This row does not fit: {fault}", fault=str(fault).splitlines()[0]))


def _dangling(reading: Reading, lines: Lines, day: str, later: str = "", uses: Uses = unnoted) -> Iterator[Fault]:
    """References that lead nowhere on a date: of what is added or changed, and to what ends. `later`: as it stands
    then."""
    rows = _rows(reading, lines)
    for position, line in lines.items():
        row = rows.get((line.table, line.key))
        if row is None:
            yield from _still_named(reading, position, line, later or day)
        elif line.op != "end":
            yield from _names_nothing(reading, position, line, row.__dict__, day, later, uses)


def _rows(reading: Reading, lines: Lines) -> dict[Place, Table]:
    """The rows of these lines that are there now."""
    told = by_table((line.table, line.key) for line in lines.values())
    return {
        (table, key): row
        for table, wanted in told.items()
        for key, row in reading.several(published_table(table), wanted).items()
    }


def _upside_down(reading: Reading, lines: Lines) -> Iterator[Fault]:
    """Rows that end before they begin."""
    rows = _rows(reading, lines)
    for position, line in lines.items():
        row = rows.get((line.table, line.key))
        first, last = (getattr(row, name, "") for name in columns.DATES)
        if line.op != "end" and last and last < first:
            yield Fault(position, "valid_to", say("It ends before it begins."))


def _names_nothing(
    reading: Reading, position: int, line: RowEdit, row: Values, day: str, later: str, uses: Uses
) -> Iterator[Fault]:
    """What a row names that is not there on a date; or, where the line says it anew, that has ended by then, or ends
    before the row does. `later`: a business date on which more ends than on that of the line; else empty."""
    model = published_table(line.table)
    for reference in references_of(model):
        value = row[reference.column]
        if not reference.says(value):
            continue
        found = reference.named(reading, value)
        target, named = found or (reference.targets[0][0], None)
        uses(position, target)
        what = row_words(target, (value,))
        anew = line.op == "add" or not {reference.column, "valid_to"}.isdisjoint(line.values)
        if named is None:
            yield Fault(position, reference.column, say("There is no {row} on {day}.", row=what, day=later or day))
        elif anew and not has_ended(model, row):
            ended = has_ended(target, named.__dict__)
            if ended and not later:
                yield Fault(position, reference.column, say("{row} has ended on {day}.", row=what, day=day))
            elif last := _outlived(row, named.__dict__, later if ended else ""):
                told = say("{row} ends on {day}, before this does.", row=what, day=last)
                yield Fault(position, reference.column, told)


def _outlived(row: Values, named: Values, ended_on: str) -> str:
    """The date on which what a row names ends, where the row is valid for longer; empty: it is not."""
    if "valid_to" not in row:
        return ""
    lasts, last = row["valid_to"] or FOR_GOOD, named.get("valid_to") or FOR_GOOD
    if ended_on and ended_on <= lasts:
        return ended_on
    return last if last < lasts else ""


def _still_named(reading: Reading, position: int, line: RowEdit, day: str) -> Iterator[Fault]:
    model = published_table(line.table)
    for reference in references_to(model):
        column = reference.model.table().columns[reference.column]
        statement = select(func.count()).select_from(column.table).where(column == bindparam("named"))
        count = int(reading.scalar(statement, named=reference.value_of(model, line.key)) or 0)
        if count:
            yield Fault(position, "", still_named(line, reference.model, count, day))


def still_named(line: RowEdit, by: type[Table], count: int, day: str) -> Message:
    """That a row can't end, since so many of another table name it."""
    return say(
        "{row} can't end: {count} {count:row|rows} of {table} still {count:names|name} it on {day}.",
        row=row_name(line),
        count=count,
        table=table_word(by),
        day=day,
    )


def _is_there(reading: Reading, line: RowEdit) -> bool:
    model = published_table(line.table)
    row: Any = reading.find(model, **dict(zip(keys(model), line.key, strict=True)))
    return row is not None and not has_ended(model, row.__dict__)


def _later(tx: UnitOfWork, lines: Lines, day: str) -> Iterator[Fault]:
    """What is known to come and does not go with these lines: changes of a row that they end, references."""
    for position, line in lines.items():
        if line.op in ("end", "undo") and not _is_there(tx, line):
            for coming in to_come(tx, line.table, line.key, day):
                if coming.op != "add":
                    told = say(
                        "{row} is changed again from {day}: take that back first.",
                        row=row_name(line),
                        day=coming.effective_from,
                    )
                    yield Fault(position, "", told)
                break
    before = day
    for later in later_days(tx, day):
        put_due(tx, before, later)
        faults = list(_dangling(tx, lines, day, later))
        yield from faults
        if faults:
            return
        before = later
