"""Exceptions 异常 at a desk of the office: looked at, ended, into a file (`desk.office_exceptions`).

What is made of one brings all that headquarters judges entries by, which no other desk or command of the office needs:
it is loaded when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from boss_tui.answers.exceptions import (
    EXCEPTIONS_AT_ONCE,
    SORTS,
    EndedTogether,
    ExceptionLine,
    ExceptionSheet,
    Together,
)
from boss_tui.components.operators.delegations import rights
from boss_tui.components.stock.stock_book import place
from boss_tui.desk import Desk
from boss_tui.headquarters.exception_lines import RIGHT, about_detail, line_of, means_of
from boss_tui.reports.files import Format
from boss_tui.reports.report import Column, Fact, Report, Section
from boss_tui.sync.reasons import ALSO
from boss_tui.sync.states import reason_words
from data.clock import on_the_wall
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from data.store import Reading
from data.tables.sync import JournalEntry, SyncException

LOOK = "look.exception"
"""The act on record."""
_WRITTEN = 10_000
"""Exceptions that are read at once for a file."""


class ExceptionsOfOffice:
    """What was put aside, as a desk of the office works on it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def listed(
        self, text: str = "", *, ended: bool = False, sort: str = "age", most: int = EXCEPTIONS_AT_ONCE
    ) -> Sequence[ExceptionLine]:
        """Those that fit, the undecided ones first."""
        with self._desk.seat.reading() as reading:
            return list(islice(self._found(reading, text, ended, sort, most), most))

    def _found(self, reading: Reading, text: str, ended: bool, sort: str, size: int) -> Iterator[ExceptionLine]:
        from boss_tui.headquarters.exception_list import found

        if sort not in SORTS:
            raise BadForm({"sort": say("One of {words}.", words=", ".join(SORTS))})
        self._must_look(reading)
        return found(reading, text, ended=ended, sort=sort, size=size)

    def _must_look(self, reading: Reading) -> None:
        """NotAllowed: neither deciding nor checking what the accountants do is theirs."""
        person, right = self._desk.seat.person(reading), RIGHT
        if not rights(reading, person.staff_no, person.role) & {right, f"{right}.check"}:
            raise NotAllowed(say("Your role may not look at this: it lacks the right {right}.", right=right))

    def sheet(self, key: str) -> ExceptionSheet:
        """All of one."""
        with self._desk.seat.reading() as reading:
            self._must_look(reading)
            reading.one(SyncException, id=key)
        self._desk.seat.opened(LOOK, key)
        with self._desk.seat.reading() as reading:
            return _sheet(reading, reading.one(SyncException, id=key), self._desk.seat.person(reading).staff_no)

    def end(self, key: str, way: str, words: str, revision: int = 0) -> ExceptionLine:
        """End it."""
        from boss_tui.headquarters import deciding

        told = deciding.end(self._desk, key, way, words, revision)
        with self._desk.seat.reading() as reading:
            return line_of(reading, told)

    def together(self, ids: Sequence[str]) -> Together:
        """What can be done with several."""
        from boss_tui.headquarters import exceptions_together

        with self._desk.seat.reading() as reading:
            self._must_look(reading)
            return exceptions_together.together(reading, ids, self._desk.seat.person(reading).staff_no)

    def end_all(self, looked: Sequence[tuple[str, int]], way: str, words: str) -> EndedTogether:
        """End several."""
        from boss_tui.headquarters import exceptions_together

        return exceptions_together.end_all(self._desk, looked, way, words)

    def export(self, form: Format, where: str = "", text: str = "", *, ended: bool = False, sort: str = "age") -> str:
        """All that fit, into a file."""
        return self._desk.files.put_report(
            lambda tx: _report(list(self._found(tx, text, ended, sort, _WRITTEN)), on_the_wall(tx.now())), form, where
        )


def _sheet(reading: Reading, row: SyncException, staff_no: str) -> ExceptionSheet:
    from boss_tui.headquarters import deciding, exception_contents

    entry = reading.find(JournalEntry, outlet=row.outlet, epoch=row.epoch, seq=row.seq)
    body = entry.body if entry is not None else ""
    return ExceptionSheet(
        line_of(reading, row),
        place(reading, row.outlet),
        entry.counter if entry is not None else "",
        _time(entry.made_at) if entry is not None else "",
        entry.serial if entry is not None else "",
        tuple(_reasons(row)),
        exception_contents.typed(body),
        exception_contents.money(reading, body),
        exception_contents.writes(reading, body),
        tuple(deciding.endings(row)) if row.state != "resolved" else (),
        deciding.barred_from(reading, row, staff_no) if row.state != "resolved" else None,
    )


def _time(made_at: str) -> str:
    """When an entry was made, as the hall's clock showed it; what is no time, as it was told."""
    try:
        return on_the_wall(made_at)
    except ValueError:
        return made_at


def _reasons(row: SyncException) -> Iterator[tuple[Message, Message]]:
    """Each reason in full, with what of the entry it is about."""
    detail = json.loads(row.detail) if row.detail else {}
    noted = row.state == "noted"
    others = detail.get(ALSO, ())
    yield (reason_words(row.reason, noted=noted) if others else means_of(row)), about_detail(detail)
    for reason, of in others:
        yield reason_words(reason, noted=noted), about_detail(of)


_COLUMNS = (
    Column(say("Outlet")),
    Column(say("Entry no.")),
    Column(say("Business date")),
    Column(say("What was done")),
    Column(say("Done by")),
    Column(say("Amount"), "money"),
    Column(say("Reason")),
    Column(say("Put aside")),
    Column(say("State")),
    Column(say("Ended by")),
    Column(say("Ended at")),
    Column(say("Note")),
)


def _report(lines: Sequence[ExceptionLine], now: str) -> Report:
    """The list as data for a file."""
    rows = tuple(
        (
            line.outlet,
            str(line.seq),
            line.business_date,
            line.kind,
            line.person,
            line.held,
            line.means,
            on_the_wall(line.since),
            line.standing,
            line.decided_by,
            on_the_wall(line.decided_at) if line.decided_at else "",
            line.words,
        )
        for line in lines
    )
    held = sum(line.held for line in lines if line.state == "open")
    title = say("Exceptions of outlets")
    return Report(
        f"exceptions-{now.translate({ord(c): '-' for c in ' :'})}",
        title,
        (Fact(say("As of"), now),),
        (Section(title, _COLUMNS, rows),),
        (Fact(say("Exceptions"), len(rows), "count"), Fact(say("In suspense"), held, "money")),
    )
