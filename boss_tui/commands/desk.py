"""Commands that open the desk, or run a demonstration hall's machines without one."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.options import HomeOption, JsonOption
from boss_tui.commands.shared import (
    errors_in_words,
    folder_of,
    interrupted,
    opened,
    show_json,
    show_table,
    spoken,
    store_of,
    tell,
)
from data.errors import NotAllowed
from data.message import say

if TYPE_CHECKING:
    from boss_tui.home.settings import Home

app = typer.Typer()
demo = typer.Typer(name="demo", invoke_without_command=True)


@demo.callback()
@errors_in_words
def demonstration(
    at: typer.Context,
    home: HomeOption = None,
    customers: Annotated[int, typer.Option(min=1, max=5_000_000, help="How many customers a new hall has.")] = 300,
    headless: Annotated[
        bool, typer.Option("--headless", help="No desk: run the machines and the housekeeping until Ctrl-C.")
    ] = False,
) -> None:
    """A demonstration hall with headquarters, element and printer simulated; opens the desk.

    With --headless it says as JSON where the machines listen, and other commands and desks of the same home use them.
    """
    if at.invoked_subcommand:
        return
    if headless:
        _run(folder_of(home), customers)
        return
    from screens.early import hold_keys

    hold_keys()
    from boss_tui.start.opening import open_desk

    sys.exit(open_desk(str(folder_of(home)), demo=True, customers=customers))


@demo.command("fault")
@errors_in_words
def fault(
    machine: Annotated[
        str, typer.Argument(help="Which, by its code; ok: all are in order again. None: how each is.")
    ] = "",
    faults: Annotated[
        list[str] | None,
        typer.Argument(
            help="What is to go wrong there, by its code, or several; ok: nothing any more. None: how it is.",
            metavar="FAULT…",
        ),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let something go wrong at the simulated machines around a demonstration hall: link, printer, element, services.

    It counts at once, whichever program runs them, and until it is mended: boss demo fault link cut, then boss demo
    fault link ok. Without a fault it says how it is, and what can go wrong there.
    """
    from boss_tui.answers.machines import WELL, outcome
    from boss_tui.desk.machines import Machines

    machines = Machines(_of_demo(opened(home)))
    if machine == WELL:
        tell(spoken()(outcome(machines.mend())))
    elif faults:
        tell(spoken()(outcome(machines.fail(machine, *faults))))
    lines = machines.lines("" if machine == WELL else machine)
    if as_json:
        show_json(lines)
        return
    speak = spoken()
    show_table([(each.code, speak(each.name), speak(each.state), " ".join((WELL, *each.faults))) for each in lines])


@app.command()
@errors_in_words
def train(home: HomeOption = None) -> None:
    """The desk of the home's training hall: everything works there, nothing counts. Made when it is first opened."""
    from screens.early import hold_keys

    hold_keys()
    from boss_tui.start.opening import open_desk
    from boss_tui.start.training import training_home

    sys.exit(open_desk(str(training_home(opened(home)).folder)))


def _run(folder: Path, customers: int) -> None:
    from boss_tui.start.background import housekeeping
    from boss_tui.start.demonstration import Simulated
    from data.demo.hall import ELEMENT

    home = _home(folder, customers)
    with ExitStack() as parts:
        store = parts.enter_context(store_of(home))
        machines = parts.enter_context(Simulated(home, store))
        if not machines.own:
            raise NotAllowed(say("Another program of this home runs the machines already."))
        parts.enter_context(housekeeping(home, store, machines.headquarters_url))
        ended = parts.enter_context(interrupted())
        where = {"home": home.folder, "headquarters": machines.headquarters_url, "printer": machines.printer.address}
        show_json({**where, "element": ELEMENT})
        ended.wait()


def _home(folder: Path, customers: int) -> Home:
    from boss_tui.home.folder import is_made
    from boss_tui.home.settings import Home
    from boss_tui.start.demonstration import make

    if not is_made(folder):
        return make(folder, customers=customers)
    return _of_demo(Home(folder))


def _of_demo(home: Home) -> Home:
    """That home. NotAllowed: it is no demonstration's."""
    if not home.settings.demo:
        raise NotAllowed(say("{folder} is the home of a real outlet, not a demonstration.", folder=str(home.folder)))
    return home
