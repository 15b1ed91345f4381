"""The printers of a hall as a desk sees them: how each stands, what a person is asked of it, what a counter is told.

What waits paper by paper is in `boss_tui.desk.waiting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from sqlalchemy import bindparam, select, text

from boss_tui.answers.hall import QueueItem, Way
from data.errors import NotAllowed, OutOfStock
from data.message import Message, say
from data.states import counted
from data.store import Reading, UnitOfWork
from data.tables.printing import PrinterRoll
from data.tables.sync import HELD_UP, Printer, PrintJob
from printers import counts, routes

Again = Callable[[UnitOfWork, PrintJob], None]
"""Prints the paper of a job again, as a marked copy, after the job was given up."""

STAND_IN, ALL_TO, ALL_OUT, ALL_AGAIN, EACH = "stand_in", "all to ", "all_came_out", "all_again", "each"

_jobs = PrintJob.table()
_UNKNOWN = (
    select(*_jobs.c)
    .where(text(f"print_job.{HELD_UP}"), _jobs.c.printer == bindparam("printer"), _jobs.c.state == "unknown")
    .order_by(_jobs.c.rank, _jobs.c.queued_at, _jobs.c.id)
)


class PrinterLine(Struct, frozen=True):
    """A printer of the hall. state: active, off. fail_over: never, ask, self. `waiting`, `unknown`: papers that wait at
    it (`MOST` at most), and those of which nobody knows whether they came out; `refused`: it did not take the last one.
    `near_end_since`: stored time; empty: there is paper enough, as far as it said."""

    code: str
    address: str
    profile: str
    kinds: str
    state: str
    stand_in: str
    fail_over: str
    waiting: int
    unknown: int
    refused: bool
    near_end_since: str

    @property
    def is_down(self) -> bool:
        """Whether it can't print, as far as is known."""
        return self.state != "active" or self.refused


def lines(reading: Reading) -> list[PrinterLine]:
    """The printers of the hall as they stand."""
    held = counts.held_up(reading)
    rolls = {row.printer: row.near_end_since for row in reading.all(PrinterRoll)}
    return [
        _line(row, counts.waiting(reading, held, row.code), held, rolls.get(row.code, ""))
        for row in routes.printers(reading)
    ]


def _line(row: Printer, waiting: int, held: counts.HeldUp, near_end_since: str) -> PrinterLine:
    return PrinterLine(
        row.code,
        row.address,
        row.profile,
        row.kinds,
        row.state,
        row.stand_in,
        row.fail_over,
        waiting,
        held.get((row.code, "unknown"), 0),
        (row.code, "refused") in held,
        near_end_since,
    )


# what a person is asked

MEANS = {
    ALL_OUT: say("They count as printed. Of what did not come out nothing is there: print a copy from its order."),
    ALL_AGAIN: say(
        "Each is given up, and printed again with the mark of a copy. What came out before is there twice, once "
        "marked; what the printer still holds may come out as well: switch it off and on first."
    ),
}
"""What comes of deciding all of a printer's unknown papers in one way."""


def items(reading: Reading) -> Iterator[QueueItem]:
    """An item for each printer that can't print what waits at it, that has several papers of which nobody knows, or
    whose roll runs low."""
    found = lines(reading)
    for line in found:
        ways = [*_unknown_ways(line), *_waiting_ways(line, found)]
        if ways or line.near_end_since:
            asked = line.unknown > 1 or (line.is_down and line.fail_over == "ask")
            yield QueueItem(
                "printer", line.code, _title(line), _state(line), _reason(reading, line), tuple(ways), not asked
            )


def _title(line: PrinterLine) -> Message:
    if not (line.waiting or line.unknown):
        return say("Printer {printer}", printer=line.code)
    n = counted(line.waiting)
    return say(
        "Printer {printer}: {waiting} waiting, {unknown} unknown", printer=line.code, waiting=n, unknown=line.unknown
    )


def _state(line: PrinterLine) -> str:
    if line.unknown > 1:
        return "unknown"
    if line.state != "active":
        return "off"
    return "refused" if line.refused else "near_end"


def _reason(reading: Reading, line: PrinterLine) -> Message:
    if line.is_down:
        return _why_down(reading, line)
    return RUNS_LOW if line.near_end_since else Message("")


def _why_down(reading: Reading, line: PrinterLine) -> Message:
    from printers import jobs  # brings how papers are made, which nobody waits for at the start

    return jobs.why_down(reading, reading.one(Printer, code=line.code))


def _unknown_ways(line: PrinterLine) -> Iterator[Way]:
    if line.unknown < 2:
        return
    yield Way(ALL_OUT, say("All unknown ones came out"), means=MEANS[ALL_OUT])
    yield Way(ALL_AGAIN, say("Print all unknown ones again, marked as copies"), means=MEANS[ALL_AGAIN])
    yield Way(EACH, say("Each by itself: they stand below"))


def _waiting_ways(line: PrinterLine, found: list[PrinterLine]) -> Iterator[Way]:
    if not (line.waiting and line.is_down):
        return
    up = [other.code for other in found if other.code != line.code and not other.is_down]
    n = counted(line.waiting)
    if line.stand_in in up:
        yield Way(STAND_IN, say("Print the {n} that wait on {other}, its stand-in", n=n, other=line.stand_in))
    for code in up:
        if code != line.stand_in:
            yield Way(f"{ALL_TO}{code}", say("Print the {n} that wait on {other}", n=n, other=code))


def settle(tx: UnitOfWork, code: str, way: str, again: Again | None = None) -> None:
    """Do what a person decided about a printer's papers, all of them. NotAllowed when it can't be."""
    from printers import jobs

    printer = routes.the_printer(tx, code)
    unknown = tx.models(PrintJob, _UNKNOWN, printer=code)
    if way == STAND_IN:
        if not jobs.fail_over(tx, printer):
            raise NotAllowed(say("{other} can't take any of them.", other=printer.stand_in or "-"))
    elif way.startswith(ALL_TO):
        waiting = jobs.waiting_at(tx, code)
        if not waiting:
            raise NotAllowed(say("Nothing waits at {printer}.", printer=code))
        for job in waiting:
            jobs.move(tx, job.id, way.removeprefix(ALL_TO))
    elif way in MEANS and not unknown:
        raise NotAllowed(say("No paper of {printer} is unknown.", printer=code))
    elif way == ALL_OUT:
        for job in unknown:
            jobs.decide(tx, job.id, came_out=True)
    elif way == ALL_AGAIN and again is not None:
        for job in unknown:
            jobs.decide(tx, job.id, came_out=False)
            again(tx, job)
    else:
        raise NotAllowed(say("This can't be done here."))


# what a counter is told

RUNS_LOW = say("Its paper is nearly used up: have a new roll ready.")


def notices(reading: Reading, counter: str) -> tuple[tuple[str, Message], ...]:
    """What who works at a counter is told of the printers that its papers come out of, once each: by a key that is
    another one when it happens again."""
    mine = {code for kind in routes.KINDS if (code := _printer_of(reading, counter, kind))}
    return tuple(notice for line in lines(reading) if line.code in mine for notice in _notices(reading, line))


def _printer_of(reading: Reading, counter: str, kind: str) -> str:
    try:
        return routes.printer_for(reading, counter, kind).code
    except OutOfStock:
        return ""


def _notices(reading: Reading, line: PrinterLine) -> Iterator[tuple[str, Message]]:
    if line.near_end_since:
        yield (
            f"{line.code} roll {line.near_end_since}",
            say("Printer {printer}: the paper is nearly used up. Have a new roll ready.", printer=line.code),
        )
    if line.is_down and line.waiting and line.fail_over == "ask":
        why = _why_down(reading, line)
        yield (
            f"{line.code} down",
            say("{printer}: {why} May {other} print it? (queues)", printer=line.code, why=why, other=line.stand_in),
        )
