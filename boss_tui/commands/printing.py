"""Commands of printers and of the papers on their way to them. What the spool does by itself is not here."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.commands.at_work import AtWork, CounterOption, OperatorOption, at_work, printing_of
from boss_tui.commands.shared import (
    HomeOption,
    JsonOption,
    must_be_writable,
    opened,
    put,
    show_json,
    show_table,
    spoken,
    store_of,
    told,
)
from data.errors import BadForm, BossError, Conflict, NotFound, Outside
from data.message import Message, say

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from data.store import Reading, Store, UnitOfWork
    from data.tables.sync import Printer, PrintJob

printer = typer.Typer(name="printer", no_args_is_help=True, help="The printers of this outlet.")
jobs = typer.Typer(
    name="print", no_args_is_help=True, help="Papers on their way: what waits, what is not sure, copies."
)

ENDED = ("acknowledged", "unconfirmed", "unknown", "cancelled", "refused")
LISTED, KEY_SHOWN = 50, 12
TURN = 0.2

PrinterArgument = Annotated[str, typer.Argument(help="A printer's code; by default all.", show_default=False)]
JobArgument = Annotated[str, typer.Argument(help="A job's key, or the end of it, as `boss print list` shows it.")]


class CameOut(StrEnum):
    """What a person saw at the printer."""

    YES = "yes"
    NO = "no"


# printers ------------------------------------------------------------------------------------------------------------


@printer.command("status")
@told
def status(code: PrinterArgument = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Ask each printer how it is. Ends with 3 when one is not ready."""
    with store_of(opened(home)) as store, store.reading() as reading:
        found = _printers(reading, code)
    lines = [_line(row) for row in found]
    if as_json:
        show_json(lines)
    else:
        speak = spoken()
        show_table([(line["code"], line["address"], line["profile"], speak(line["state"])) for line in lines])
    wrong = [line for line in lines if not line["ready"]]
    if wrong:
        raise Outside(say("Not ready: {printers}", printers=", ".join(line["code"] for line in wrong)))


def _printers(reading: Reading, code: str) -> list[Printer]:
    from data.tables.sync import Printer

    return [reading.one(Printer, code=code)] if code else reading.all(Printer, order=("code",))


def _line(row: Printer) -> dict[str, Any]:
    """A printer's facts. One that can't say how it is counts as ready while it can be reached."""
    from printers.devices import status as ask
    from printers.profiles import profile

    line: dict[str, Any] = {"code": row.code, "address": row.address, "profile": row.profile, "kinds": row.kinds}
    if row.state != "active":
        return {**line, "ready": True, "state": say("Not in use")}
    about = profile(row.profile)
    try:
        found = ask(row.address, about)
    except BossError as fault:
        return {**line, "ready": False, "state": fault.message}
    if not about.status:
        return {**line, "ready": True, "state": say("It can be reached; it can't say how it is.")}
    ready = found.answered and found.online and not found.paper_out and not found.cover_open
    return {**line, "ready": ready, "state": found.message(), "status": found}


@printer.command("set")
@told
def set_printer(
    code: Annotated[str, typer.Argument(help="The printer's code at this outlet, such as P80.")],
    address: Annotated[
        str, typer.Argument(help="network:HOST:PORT, serial:/dev/ttyS0:9600, usb:VID:PID or file:PATH.")
    ],
    profile: Annotated[str, typer.Option(help="What kind it is: 80mm, 58mm, …")] = "80mm",
    kinds: Annotated[str, typer.Option(help="The papers that it takes.")] = "invoice,receipt,slip,contract,report,cash",
    off: Annotated[bool, typer.Option("--off", help="Not in use: its papers wait, or another takes them.")] = False,
    home: HomeOption = None,
) -> None:
    """Set up a printer, or change how one is reached. Desks that are open take it up at once."""
    from data.tables.sync import Printer
    from printers.profiles import profile as known

    if address.partition(":")[0] not in {"network", "serial", "usb", "file"}:
        raise BadForm({"address": say("network:HOST:PORT, serial:PATH:BAUD, usb:VID:PID or file:PATH.")})
    values = {"address": address, "profile": known(profile).name, "kinds": kinds, "state": "off" if off else "active"}
    at = opened(home)
    with store_of(at) as store, store.transaction(_author(at.settings.outlet, "printer")) as tx:
        before = tx.find(Printer, code=code)
        if before is None:
            tx.add(Printer, code=code, **values)
        else:
            tx.change(before, **values)


@printer.command("test")
@told
def print_test(
    code: PrinterArgument = "",
    seconds: Annotated[float, typer.Option(min=1, help="How long to wait for it.")] = 15.0,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a test page through the spool, in its turn, and say what became of it."""
    at = opened(home)
    with store_of(at) as store:
        with store.reading() as reading:
            wanted = _printers(reading, code)
        results = [_tested(store, row, at.settings.outlet, at.settings.counter, seconds) for row in wanted]
    if as_json:
        show_json(results)
    else:
        speak = spoken()
        show_table([(line["code"], line["state"], speak(line["reason"])) for line in results])
    if any(line["state"] not in {"acknowledged", "unconfirmed"} for line in results):
        raise Outside(say("The test page did not come out for certain."))


def _tested(store: Store, row: Printer, outlet: str, counter: str, seconds: float) -> dict[str, Any]:
    """Queue a test page, and let the spool print until it is done, here or in a desk that is open, or the time is
    over. What the printer then still has of this program is unknown."""
    from boss_tui.housekeeping import Chore
    from data.tables.sync import PrintJob
    from printers.spool import Spool, reason_of

    with store.transaction(_author(outlet, "print.test")) as tx:
        job_id = _queue_test(tx, row, counter)
    spool = Spool(store, outlet, counter)
    printing = Chore(f"printer {row.code}", TURN, lambda: spool.step(row) is not None)
    printing.start()
    end = time.monotonic() + seconds
    while True:
        with store.reading() as reading:
            job = reading.one(PrintJob, id=job_id)
        if job.state in ENDED or time.monotonic() > end or printing.fault is not None:
            break
        time.sleep(TURN)
    printing.end()
    with store.transaction(_author(outlet, "print.test")) as tx:
        spool.let_go(tx)
        job = tx.one(PrintJob, id=job_id)
        if job.state in {"queued", "refused"}:  # a test that comes out later helps nobody
            tx.change(job, state="cancelled", ended_at=tx.now())
    if printing.fault is not None:
        raise printing.fault
    return {"code": row.code, "job": job_id, "state": job.state, "reason": reason_of(job)}


def _queue_test(tx: UnitOfWork, row: Printer, counter: str) -> str:
    from data.clock import new_key
    from data.tables.sync import PrintJob
    from printers.document import Cut, Document, KeyValue, Rule, Text
    from printers.escpos import preview, to_bytes
    from printers.layout import layout
    from printers.profiles import profile

    about = profile(row.profile)
    title = spoken()(say("Test page"))
    blocks = (
        Text(title, align="center", bold=True, scale=2), Rule(), KeyValue(row.code, row.profile),
        KeyValue(counter, tx.now()[:19]), Text("中文 ABC 0123456789"), Rule("="), Cut(),
    )  # fmt: skip
    page = Document("report", blocks)
    lines = layout(page, about.columns)
    job = tx.add(
        PrintJob, id=new_key(tx.clock), document_id="test", printer=row.code, title=title, operator="boss",
        content=to_bytes(lines, about), preview="\n".join(preview(lines)), source=page.as_text(), queued_at=tx.now(),
    )  # fmt: skip
    return job.id


@printer.command("simulate")
@told
def simulate(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 9100,
    columns: Annotated[int, typer.Option(min=20, max=80, help="Its width: 48 on 80 mm, 32 on 58 mm.")] = 48,
) -> None:
    """A printer at this terminal: its paper runs up the screen; what is typed makes it fail as real ones do."""
    from printers.console import simulate as run

    run(host, port, columns, words=spoken())


# papers on their way -------------------------------------------------------------------------------------------------


@jobs.command("list")
@told
def list_jobs(
    everything: Annotated[bool, typer.Option("--all", help="Also what is done; the latest first.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What waits to be printed, failed, or is not sure to have come out."""
    from printers.spool import reason_of

    with store_of(opened(home)) as store, store.reading() as reading:
        found = _jobs(reading, everything)
    lines: list[dict[str, Any]] = [
        {
            "job": job.id, "printer": job.printer, "title": job.title, "state": job.state, "reason": reason_of(job),
            "attempts": job.attempts, "copy": job.copy_number, "queued_at": job.queued_at, "operator": job.operator,
        }
        for job in found
    ]  # fmt: skip
    if as_json:
        show_json(lines)
        return
    speak = spoken()
    show_table([
        (str(line["job"])[-KEY_SHOWN:], line["printer"], line["state"], line["title"], speak(line["reason"]))
        for line in lines
    ])  # fmt: skip


def _jobs(reading: Reading, everything: bool) -> list[PrintJob]:
    from sqlalchemy import select, text

    from data.tables.sync import UNSETTLED, PrintJob

    table: Any = PrintJob.__table__  # type: ignore[attr-defined]
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

    table: Any = PrintJob.__table__  # type: ignore[attr-defined]
    ending = select(*table.columns).where(table.c.id.like(bindparam("ending"))).limit(2)
    lawful = key.replace("-", "").isalnum()
    found = reading.models(PrintJob, ending, ending=f"%{key}") if lawful else []
    if not found:
        raise NotFound(say("There is no print job {key}.", key=key))
    if len(found) > 1:
        raise Conflict(say("Several print jobs end with {key}: say more of it.", key=key))
    return found[0]


@jobs.command("show")
@told
def show(job: JobArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """The paper of a job, as it was laid out for its printer."""
    with store_of(opened(home)) as store, store.reading() as reading:
        found = _job(reading, job)
    if as_json:
        show_json({"job": found.id, "title": found.title, "state": found.state, "lines": found.preview.split("\n")})
    else:
        print(found.preview)


@jobs.command("retry")
@told
def retry(job: JobArgument, operator: OperatorOption = "", home: HomeOption = None) -> None:
    """Try a refused job at once."""
    _do(job, "retry", operator, home)


@jobs.command("decide")
@told
def decide(
    job: JobArgument,
    came_out: Annotated[CameOut, typer.Argument(help="Whether the paper came out.")],
    operator: OperatorOption = "",
    home: HomeOption = None,
) -> None:
    """Say of a job whose end is unknown whether it came out; for one that did not, print a copy."""
    _do(job, "came_out" if came_out is CameOut.YES else "lost", operator, home)


@jobs.command("cancel")
@told
def cancel(job: JobArgument, operator: OperatorOption = "", home: HomeOption = None) -> None:
    """A paper that waits is not printed. It stands all the same: print a copy where it is wanted after all."""
    _do(job, "cancel", operator, home)


@jobs.command("first")
@told
def first(job: JobArgument, operator: OperatorOption = "", home: HomeOption = None) -> None:
    """A paper that waits comes out next, before all that wait at its printer."""
    _do(job, "first", operator, home)


@jobs.command("move")
@told
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
        work.desk.settle("print", found.id, way)


@jobs.command("copy")
@told
def copy(
    paper: Annotated[
        str, typer.Argument(help="An order's serial (all its papers), or a document such as CODE-00000012.")
    ],
    reason: Annotated[str, typer.Option(help="Why a copy is needed; it is logged.")],
    pdf: Annotated[Path | None, typer.Option(help="A file to write them to, on A4, instead of printing.")] = None,
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print papers again, marked and counted as copies; on A4 to a file with --pdf."""
    with at_work(home, operator, counter) as work:
        with work.store.reading() as reading:
            keys = _document(reading, paper)
        keys = keys or _of_order(work.desk, paper)
        if pdf is not None:
            _write_sheets(work, keys, reason, pdf)
            return
        printed = [work.desk.reprint(key, reason) for key in keys]
    if as_json:
        show_json(printed)
    else:
        show_table([(each.kind, each.number) for each in printed])


def _write_sheets(work: AtWork, keys: list[str], reason: str, output: Path) -> None:
    """The papers as one PDF; none is counted as a copy that no file could be made of."""
    from boss_tui.locale import words
    from boss_tui.reports.sheets import sheet
    from printers.document import Document
    from printers.fonts import face

    printing = printing_of(work)
    face(printing.font)
    must_be_writable(output)
    made = work.desk.copies(keys, reason)
    together = Document("papers", tuple(block for _, copy in made for block in copy.blocks))
    title = ", ".join(dict.fromkeys(number for number, _ in made))
    put(sheet(together, title, words(work.home.settings.paper_language), printing), output)


def _document(reading: Reading, paper: str) -> list[str]:
    """The keys of documents of this number; none when it is no document's."""
    from data.tables.document import PaperDocument

    code, _, number = paper.rpartition("-")
    if not code or not (number.isascii() and number.isdecimal() and len(number) == 8):
        return []
    return [row.id for row in reading.all(PaperDocument, code=code, number=int(number), order=("kind",))]


def _of_order(desk: Desk, serial: str) -> list[str]:
    found = [paper.id for paper in desk.papers(serial)]
    if not found:
        raise NotFound(_no_paper(serial))
    return found


def _no_paper(serial: str) -> Message:
    return say("Order {serial} has no papers.", serial=serial)


def _author(outlet: str, kind: str, operator: str = "boss", counter: str = "") -> Any:
    from data.journal import Author

    return Author(outlet, kind, operator, counter)
