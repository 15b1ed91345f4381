"""Numbers as stock: as they are listed, and how they come in from a file (catalogue M5).

A file says a number, and its grade where that is another than the patterns give it. A number belongs to a segment that
there is, and comes in once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator

from boss_tui.components.identity.numbers import check_mobile
from boss_tui.components.resources.grading import grader, grades_all
from boss_tui.components.resources.number_life import life_of
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.faults import CELL, CellFault
from boss_tui.management.kit.intake import FileIn, Stock, StockRow
from data.message import Message, say
from data.store import Reading, UnitOfWork
from data.tables.organisation import Outlet
from data.tables.resource import NumberGrade, NumberSegment, PhoneNumber

NUMBER = r"^1[3-9][0-9]{9}$"
PREFIX = 7
"""Digits of a segment's prefix."""


def no_segment(number: str) -> Message:
    """Of digits that no segment has, what to do."""
    return say(
        "There is no segment {prefix}: enter it (M5/number_segment), another person approves.", prefix=number[:PREFIX]
    )


class NumberForm(Form):
    """A number of the stock."""

    number: Annotated[str, Ask(say("Number"), "digits", length=11), AfterValidator(check_mobile)]
    grade: Annotated[str, Ask(say("Grade"), "code", help=say("Empty: as the patterns say."), length=20)] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "idle"
    outlet: Annotated[str, Ask(say("Outlet"), "code", help=say("Who may sell it; empty: nobody yet."), length=20)] = ""
    segment: Annotated[str, Ask(say("Segment"), "digits", length=7)] = ""
    quarantine_until: Annotated[Day | None, Ask(say("Rests until"), "date")] = None


class NumberIntake:
    """What is made of a file of numbers."""

    def __init__(self, reading: Reading, sent: FileIn) -> None:
        self._batch = sent.batch
        self._grade_of, self._grades_all = grader(reading), grades_all(reading)
        self._grades = {row.code for row in reading.all(NumberGrade, state="active")}
        self._segments = {
            row.prefix: (row.prefix + row.first, row.prefix + row.last)
            for row in reading.all(NumberSegment, state="active")
        }

    def judge(self, reading: Reading, rows: Sequence[StockRow]) -> Iterator[CellFault]:  # noqa: ARG002 (the shape of each)
        """Numbers that no segment has, and grades that there are not."""
        for row in rows:
            number, grade = row.values["number"], row.values["grade"]
            within = self._segments.get(number[:PREFIX])
            if within is None:
                yield CellFault(row.line, "number", CELL, no_segment(number))
            elif not within[0] <= number <= within[1]:
                told = say("The segment has {first} to {last}.", first=within[0], last=within[1])
                yield CellFault(row.line, "number", CELL, told)
            if grade and grade not in self._grades:
                yield CellFault(row.line, "grade", CELL, say("There is no grade {code}.", code=grade))
            elif not grade and not self._grades_all and not self._grade_of(number):
                yield CellFault(row.line, "grade", CELL, say("No pattern fits it: say its grade."))

    def end(self, reading: Reading) -> Iterable[CellFault]:  # noqa: ARG002 (the shape of each)
        """Nothing more."""
        return ()

    def write(self, tx: UnitOfWork, rows: Sequence[StockRow]) -> None:
        """As free numbers of headquarters'."""
        grade_of = self._grade_of
        numbers = ((row.values["number"], row.values["grade"]) for row in rows)
        add_numbers(tx, ((number, grade or grade_of(number)) for number, grade in numbers), self._batch)

    def taken(self, tx: UnitOfWork) -> None:
        """Nothing more."""


def add_numbers(tx: UnitOfWork, numbers: Iterable[tuple[str, str]], batch: str) -> None:
    """Free numbers of headquarters', each with its grade."""
    rows: list[dict[str, Any]] = [
        {"number": number, "segment": number[:PREFIX], "grade": grade, "tail": number[-4:], "batch_id": batch}
        for number, grade in numbers
    ]
    if rows:
        tx.add_many(PhoneNumber, rows)


NUMBERS = Entity(
    PhoneNumber,
    NumberForm,
    say("Phone numbers"),
    ("number", "grade", "outlet"),
    listed=("number", "grade", "state", "outlet", "quarantine_until"),
    named_by={"outlet": Outlet},
    stock=Stock(
        "number",
        ("number", "grade"),
        NumberIntake,
        plain={"number": re.compile(NUMBER, re.ASCII)},
        life=life_of,
        tail="tail",
    ),
)
