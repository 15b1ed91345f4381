"""Commands of printers: how they are, how they are set up, which counter's papers come out where. What the spool does
by itself is not here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.commands.at_work import by_operator
from boss_tui.commands.options import (
    AddressOption,
    HomeOption,
    JsonOption,
    PortOption,
    PrinterCodeArgument,
)
from boss_tui.commands.shared import errors_in_words, opened, show, show_json, show_table, spoken, store_of, tell
from data.errors import BossError, Outside
from data.message import Message, say

if TYPE_CHECKING:
    from boss_tui.commands.at_work import AtWork
    from boss_tui.home.settings import Settings
    from data.store import Reading, Store
    from data.tables.sync import Printer

printer = typer.Typer(name="printer", no_args_is_help=True, help="The printers of this outlet.")
route = typer.Typer(name="route", no_args_is_help=True, help="Which counter's papers come out of which printer.")

ENDED = ("acknowledged", "unconfirmed", "unknown", "cancelled", "refused")
TURN = 0.2

PrinterArgument = Annotated[str, typer.Argument(help="A printer's code; by default all.", show_default=False)]
CounterArgument = Annotated[str, typer.Argument(help="A counter such as HZ0102, or 'any'.")]
KindArgument = Annotated[str, typer.Argument(help="invoice, receipt, slip, contract, report, or 'any'.")]


@printer.command("status")
@errors_in_words
def status(code: PrinterArgument = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Ask each printer how it is. Ends with 3 when one is not ready."""
    at = opened(home)
    with store_of(at) as store:
        with store.reading() as reading:
            lines = [_line(reading, row) for row in _printers(reading, code)]
        _note_rolls(store, at.settings.outlet, lines)
    if as_json:
        show_json(lines)
    else:
        speak = spoken()
        show_table([(line["code"], line["address"], line["profile"], speak(line["state"])) for line in lines])
    wrong = [line for line in lines if not line["ready"]]
    if wrong:
        raise Outside(say("Not ready: {printers}", printers=", ".join(line["code"] for line in wrong)))


def _note_rolls(store: Store, outlet: str, lines: list[dict[str, Any]]) -> None:
    """What they say of their rolls just now is noted, where the last paper said otherwise."""
    from printers.spool import note_roll

    said = [line for line in lines if "status" in line and line["status"].answered and not line["status"].paper_out]
    new = [line for line in said if line["status"].near_end != bool(line["near_end_since"])]
    if new:
        with store.transaction(_author(outlet)) as tx:
            for line in new:
                line["near_end_since"] = note_roll(tx, line["code"], line["status"].near_end)


def _printers(reading: Reading, code: str) -> list[Printer]:
    from printers.routes import printers, the_printer

    return [the_printer(reading, code)] if code else printers(reading)


def _line(reading: Reading, row: Printer) -> dict[str, Any]:
    """A printer's facts. One that can't say how it is counts as ready while it can be reached."""
    from data.tables.printing import PrinterRoll
    from printers.addresses import can_answer
    from printers.devices import status as ask
    from printers.profiles import profile
    from printers.routes import waiting

    roll = reading.find(PrinterRoll, printer=row.code)
    line: dict[str, Any] = {
        "code": row.code,
        "address": row.address,
        "profile": row.profile,
        "kinds": row.kinds,
        "waiting": waiting(reading, row.code),
        "in_use": row.state == "active",
        "stand_in": row.stand_in,
        "fail_over": row.fail_over,
        "near_end_since": roll.near_end_since if roll else "",
    }
    if row.state != "active":
        return {**line, "ready": True, "state": say("Off: its papers wait.")}
    about = profile(row.profile)
    try:
        found = ask(row.address, about)
    except BossError as fault:
        return {**line, "ready": False, "state": fault.message}
    if not (about.status and can_answer(row.address)):
        return {**line, "ready": True, "state": say("It can be reached; it can't say how it is.")}
    ready = found.answered and found.online and not found.paper_out and not found.cover_open
    return {**line, "ready": ready, "state": found.message(), "status": found}


@printer.command("logo")
@by_operator
def logo(
    work: AtWork,
    picture: Annotated[
        str, typer.Argument(help="A PNG file; without it the logo that is set is shown.", show_default=False)
    ] = "",
    kinds: Annotated[
        str, typer.Option(help="Which papers carry it: invoice,receipt,slip,contract,report,cash.", show_default=False)
    ] = "",
    remove: Annotated[bool, typer.Option("--remove", help="No paper carries a logo any more.")] = False,
    as_json: JsonOption = False,
) -> None:
    """The logo at the top of papers, on rolls and on A4: set (a supervisor), shown, or taken away."""
    if remove:
        work.desk.printers.put_logo_away()
    found = work.desk.printers.set_logo(picture, kinds) if picture and not remove else work.desk.printers.logo()
    if as_json:
        show_json(found)
    elif found is None:
        print(spoken()(say("No logo is set.")))
    else:
        print(spoken()(say("Logo no. {n}, on: {kinds}", n=found.number, kinds=",".join(found.kinds))))


@printer.command("set")
@errors_in_words
def set_printer(
    code: Annotated[str, typer.Argument(help="The printer's code at this outlet, such as P80.")],
    address: Annotated[
        str,
        typer.Argument(
            help="tcp://HOST:9100, serial:///dev/ttyS0?baud=9600, usb://VID:PID, file:///PATH or cups://QUEUE; "
            "without it stays as it is.",
            show_default=False,
        ),
    ] = "",
    profile: Annotated[
        str, typer.Option(help="What kind it is: 80mm (a new one's default), 58mm, …", show_default=False)
    ] = "",
    kinds: Annotated[str, typer.Option(help="The papers that it takes; a new one takes all.", show_default=False)] = "",
    stand_in: Annotated[
        str,
        typer.Option(help="Who takes its papers while it can't print; '-' for nobody.", show_default=False),
    ] = "",
    fail_over: Annotated[
        str,
        typer.Option(
            help="Whether they go there: never (they wait), ask (a person says so, in the queues), self (by itself).",
            show_default=False,
        ),
    ] = "",
    off: Annotated[
        bool | None, typer.Option("--off/--on", help="Off: its papers wait. With an address it is on.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Set up a printer, or change what is said of it. Desks that are open take it up at once."""
    from printers.setting_up import set_up

    said = {"address": address, "profile": profile, "kinds": kinds, "stand_in": stand_in, "fail_over": fail_over}
    values = {name: value for name, value in said.items() if value}
    if stand_in == "-":
        values = {**values, "stand_in": "", "fail_over": "never"}
    if address or off is not None:
        values["state"] = "off" if off else "active"
    at = opened(home)
    with store_of(at) as store, store.transaction(_author(at.settings.outlet)) as tx:
        lines = set_up(tx, at.settings.outlet, code, values)
    _tell(lines)


@printer.command("remove")
@errors_in_words
def remove(
    code: PrinterCodeArgument,
    to: Annotated[str, typer.Option(help="Who takes its papers: those that wait, and those to come.")] = "",
    home: HomeOption = None,
) -> None:
    """A printer is no more. Its papers go to another; what is set to come out of it, too."""
    from printers.setting_up import remove as take_away

    at = opened(home)
    with store_of(at) as store, store.transaction(_author(at.settings.outlet)) as tx:
        lines = take_away(tx, at.settings.outlet, code, to)
    _tell([say("{printer} is removed.", printer=code), *lines])


def _tell(lines: list[Message]) -> None:
    speak = spoken()
    for line in lines:
        show(speak(line))


# which counter's papers come out where -------------------------------------------------------------------------------


@route.command("list")
@errors_in_words
def routes(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Where the papers of each counter come out, kind by kind, and by what: set, or a default. 'any' is the hall's."""
    from printers.routes import table

    at = opened(home)
    with store_of(at) as store, store.reading() as reading:
        found = table(reading, at.settings.outlet)
    if as_json:
        show_json(found)
    else:
        speak = spoken()
        show_table([(line.counter, line.kind, line.printer or "-", speak(line.by)) for line in found])


@route.command("set")
@errors_in_words
def route_set(
    counter: CounterArgument,
    kind: KindArgument,
    to: Annotated[str, typer.Argument(metavar="PRINTER", help="The printer's code.")],
    home: HomeOption = None,
) -> None:
    """Papers of a kind, of a counter, come out of this printer. Every desk that is open obeys at once."""
    from printers.routes import set_route

    at = opened(home)
    with store_of(at) as store, store.transaction(_author(at.settings.outlet)) as tx:
        lines = set_route(tx, at.settings.outlet, counter, kind, to)
    _tell(lines or [say("Nothing changes by it.")])


@route.command("clear")
@errors_in_words
def route_clear(counter: CounterArgument, kind: KindArgument, home: HomeOption = None) -> None:
    """What was set for a counter and kind holds no more: they come out as 'boss printer route list' says."""
    from printers.routes import clear_route

    at = opened(home)
    with store_of(at) as store, store.transaction(_author(at.settings.outlet)) as tx:
        lines = clear_route(tx, at.settings.outlet, counter, kind)
    _tell(lines or [say("Nothing changes by it.")])


# trying it -----------------------------------------------------------------------------------------------------------


@printer.command("test")
@errors_in_words
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
        results = [_tested(store, row, at.settings, seconds) for row in wanted]
    if as_json:
        show_json(results)
    else:
        speak = spoken()
        show_table([(line["code"], line["state"], speak(line["reason"])) for line in results])
        for row in (row for row in wanted if row.state == "off"):
            tell(speak(say("{code} is off: it prints test pages alone, other papers wait.", code=row.code)))
    if any(line["state"] not in {"acknowledged", "unconfirmed"} for line in results):
        raise Outside(say("The test page did not come out for certain."))


def _tested(store: Store, row: Printer, settings: Settings, seconds: float) -> dict[str, Any]:
    """Queue a test page, and let the spool print until it is done, here or in a desk that is open, or the time is
    over. What the printer then still has of this program is unknown."""
    from boss_tui.start.housekeeping import Chore
    from data.tables.sync import PrintJob
    from printers.jobs import reason_of
    from printers.spool import Spool
    from printers.test_page import queue_test

    outlet, counter = settings.outlet, settings.counter
    with store.transaction(_author(outlet, "print.test")) as tx:
        job_id = queue_test(tx, row, counter, spoken()(say("Test page")))
    spool = Spool(store, outlet, counter, font=settings.pdf_font)
    printing = Chore(f"printer {row.code}", TURN, lambda: spool.step(row.code) is not None)
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


@printer.command("simulate")
@errors_in_words
def simulate(
    host: AddressOption = "127.0.0.1",
    port: PortOption = 9100,
    columns: Annotated[int, typer.Option(min=20, max=80, help="Its width: 48 on 80 mm, 32 on 58 mm.")] = 48,
) -> None:
    """A printer at this terminal: its paper runs up the screen; what is typed makes it fail as real ones do."""
    from printers.console import simulate as run

    run(host, port, columns, words=spoken())


def _author(outlet: str, kind: str = "printer") -> Any:
    from data.journal import Author

    return Author(outlet, kind, "boss", "")
