"""Commands of the papers on their way to printers: what waits, what is not sure, copies. Printers: `printers`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.commands.at_work import AtWork, at_work, by_operator, printing_of
from boss_tui.commands.options import HomeOption, JsonOption, OperatorOption, PrinterCodeArgument
from boss_tui.commands.shared import (
    errors_in_words,
    must_be_writable,
    opened,
    put,
    show_json,
    show_table,
    spoken,
    store_of,
    tell,
)
from data.characters import is_digits
from data.errors import Conflict, NotAllowed, NotFound
from data.message import Message, say

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from data.store import Reading
    from data.tables.sync import PrintJob

jobs = typer.Typer(
    name="print", no_args_is_help=True, help="Papers on their way: what waits, what is not sure, copies."
)

LISTED, KEY_SHOWN = 50, 12

JobArgument = Annotated[str, typer.Argument(help="A job's key, or the end of it, as `boss print list` shows it.")]


class Decided(StrEnum):
    """What becomes of all the unknown papers of a printer."""

    PRINTED = "printed"
    AGAIN = "again"


class CameOut(StrEnum):
    """What a person saw at the printer."""

    YES = "yes"
    NO = "no"
    AGAIN = "again"


# papers on their way -------------------------------------------------------------------------------------------------


@jobs.command("list")
@errors_in_words
def list_jobs(
    everything: Annotated[bool, typer.Option("--all", help="Also what is done; the latest first.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What waits to be printed, failed, or is not sure to have come out."""
    from printers.jobs import job_in_words

    with store_of(opened(home)) as store, store.reading() as reading:
        found = _jobs(reading, everything)
    lines: list[dict[str, Any]] = [
        {
            "job": job.id,
            "printer": job.printer,
            "meant_for": job.meant_for,
            "title": job.title,
            "state": job.state,
            "reason": job_in_words(job),
            "attempts": job.attempts,
            "copy": job.copy_number,
            "queued_at": job.queued_at,
            "operator": job.operator,
        }
        for job in found
    ]
    if as_json:
        show_json(lines)
        return
    speak = spoken()
    show_table(
        [
            (str(line["job"])[-KEY_SHOWN:], line["printer"], line["state"], line["title"], speak(line["reason"]))
            for line in lines
        ]
    )


def _jobs(reading: Reading, everything: bool) -> list[PrintJob]:
    from sqlalchemy import select, text

    from data.tables.sync import UNSETTLED, PrintJob

    table = PrintJob.table()
    statement = select(*table.columns)
    if everything:
        statement = statement.order_by(table.c.queued_at.desc(), table.c.id.desc()).limit(LISTED)
    else:
        unsettled = text(f"print_job.{UNSETTLED}")
        statement = statement.where(unsettled).order_by(table.c.printer, table.c.rank, table.c.queued_at, table.c.id)
    return reading.models(PrintJob, statement)


def _job(reading: Reading, key: str) -> PrintJob:
    """A job by its key or the end of it. NotFound, or Conflict when several end so."""
    from sqlalchemy import bindparam, select

    from data.tables.sync import PrintJob

    table = PrintJob.table()
    ending = select(*table.columns).where(table.c.id.like(bindparam("ending"))).limit(2)
    lawful = key.replace("-", "").isalnum()
    found = reading.models(PrintJob, ending, ending=f"%{key}") if lawful else []
    if not found:
        raise NotFound(say("There is no print job {key}.", key=key))
    if len(found) > 1:
        raise Conflict(say("Several print jobs end with {key}: say more of it.", key=key))
    return found[0]


@jobs.command("show")
@errors_in_words
def show(job: JobArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """The paper of a job, as it was laid out for its printer."""
    with store_of(opened(home)) as store, store.reading() as reading:
        found = _job(reading, job)
    if as_json:
        show_json({"job": found.id, "title": found.title, "state": found.state, "lines": found.preview.split("\n")})
    else:
        print(found.preview)


@jobs.command("retry")
@errors_in_words
def retry(job: JobArgument, operator: OperatorOption = "", home: HomeOption = None) -> None:
    """Try a refused job at once."""
    _do(job, "retry", operator, home)


@jobs.command("decide")
@errors_in_words
def decide(
    job: JobArgument,
    came_out: Annotated[CameOut, typer.Argument(help="Whether the paper came out; again: no, print it as a copy.")],
    operator: OperatorOption = "",
    home: HomeOption = None,
) -> None:
    """Say of a job whose end is unknown whether it came out; one that did not is given up, or printed as a copy."""
    ways = {CameOut.YES: "came_out", CameOut.NO: "lost", CameOut.AGAIN: "again"}
    _do(job, ways[came_out], operator, home)


@jobs.command("decide-all")
@errors_in_words
def decide_all(
    printer: PrinterCodeArgument,
    how: Annotated[Decided, typer.Argument(help="printed: they came out. again: print all again, marked as copies.")],
    sure: Annotated[bool, typer.Option("--sure", help="It is meant; without it, what it means is said alone.")] = False,
    operator: OperatorOption = "",
    home: HomeOption = None,
) -> None:
    """Decide all the papers of a printer of which nobody knows whether they came out, in one go."""
    from boss_tui.desk.printers import ALL_AGAIN, ALL_OUT, MEANS

    way = ALL_OUT if how is Decided.PRINTED else ALL_AGAIN
    with at_work(home, operator) as work:
        if not sure:
            raise NotAllowed(say("{means} If that is meant: --sure.", means=MEANS[way]))
        work.desk.settling.settle("printer", printer, way)


@jobs.command("move-all")
@errors_in_words
def move_all(
    printer: PrinterCodeArgument,
    to: Annotated[str, typer.Argument(help="The printer that they come out of; without it, its stand-in.")] = "",
    operator: OperatorOption = "",
    home: HomeOption = None,
) -> None:
    """All papers that wait at a printer come out of another, in their order."""
    from boss_tui.desk.printers import ALL_TO, STAND_IN

    with at_work(home, operator) as work:
        waiting = sum(line.waiting for line in work.desk.printers.lines() if line.code == printer)
        work.desk.settling.settle("printer", printer, f"{ALL_TO}{to}" if to else STAND_IN)
        left = sum(line.waiting for line in work.desk.printers.lines() if line.code == printer)
    tell(spoken()(say("Papers moved: {n}", n=waiting - left)))


@jobs.command("cancel")
@errors_in_words
def cancel(job: JobArgument, operator: OperatorOption = "", home: HomeOption = None) -> None:
    """A paper that waits is not printed. It stands all the same: print a copy where it is wanted after all."""
    _do(job, "cancel", operator, home)


@jobs.command("first")
@errors_in_words
def first(job: JobArgument, operator: OperatorOption = "", home: HomeOption = None) -> None:
    """A paper that waits comes out next, before all that wait at its printer."""
    _do(job, "first", operator, home)


@jobs.command("move")
@errors_in_words
def move(
    job: JobArgument,
    to: Annotated[str, typer.Argument(help="The code of the printer that it comes out of.")],
    operator: OperatorOption = "",
    home: HomeOption = None,
) -> None:
    """A paper that waits comes out of another printer, laid out for its width."""
    from boss_tui.desk.waiting import MOVE

    _do(job, MOVE + to, operator, home)


def _do(job: str, way: str, operator: str, home: Path | None) -> None:
    with at_work(home, operator) as work:
        with work.store.reading() as reading:
            found = _job(reading, job)
        work.desk.settling.settle("print", found.id, way)


@jobs.command("copy")
@by_operator
def copy(
    work: AtWork,
    paper: Annotated[
        str,
        typer.Argument(
            help="An order's serial (all its papers), a document such as CODE-00000012, or a job of `boss print list`."
        ),
    ],
    reason: Annotated[str, typer.Option(help="Why a copy is needed; it is logged.")],
    pdf: Annotated[Path | None, typer.Option(help="A file to write them to, on A4, instead of printing.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Print papers again, marked and counted as copies; on A4 to a file with --pdf."""
    with work.store.reading() as reading:
        keys = _document(reading, paper) or _printed(reading, paper)
    keys = keys or _of_order(work.desk, paper)
    if pdf is not None:
        _write_sheets(work, keys, reason, pdf)
        return
    printed = [work.desk.papers.reprint(key, reason) for key in keys]
    if as_json:
        show_json(printed)
    else:
        show_table([(each.kind, each.number) for each in printed])


def _write_sheets(work: AtWork, keys: list[str], reason: str, output: Path) -> None:
    """The papers as one PDF; none is counted as a copy that no file could be made of."""
    from boss_tui.locale import words
    from boss_tui.reports.sheets import sheets
    from printers.fonts import face

    printing = printing_of(work)
    face(printing.font)
    must_be_writable(output)
    made = [(copy, number) for number, copy in work.desk.papers.copies(keys, reason)]
    put(sheets(made, words(work.home.settings.paper_language), printing), output)


def _document(reading: Reading, paper: str) -> list[str]:
    """The keys of documents of this number; none when it is no document's."""
    from data.tables.document import PaperDocument

    code, _, number = paper.rpartition("-")
    if not code or not (is_digits(number) and len(number) == 8):
        return []
    return [row.id for row in reading.all(PaperDocument, code=code, number=int(number), order=("kind",))]


def _printed(reading: Reading, key: str) -> list[str]:
    """The job of this key, or that ends with it; none when there is none: an order's serial is no key."""
    try:
        return [_job(reading, key).id]
    except NotFound:
        return []


def _of_order(desk: Desk, serial: str) -> list[str]:
    found = [paper.id for paper in desk.lookups.papers(serial)]
    if not found:
        raise NotFound(_no_paper(serial))
    return found


def _no_paper(serial: str) -> Message:
    return say("Order {serial} has no papers.", serial=serial)
