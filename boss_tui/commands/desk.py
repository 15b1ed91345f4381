"""Commands that open the desk, or run a demonstration hall's machines without one."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.options import HomeOption
from boss_tui.commands.shared import errors_in_words, folder_of, interrupted, opened, show_json, store_of
from data.errors import NotAllowed
from data.message import say

if TYPE_CHECKING:
    from boss_tui.home.settings import Home

app = typer.Typer()


@app.command()
@errors_in_words
def demo(
    home: HomeOption = None,
    customers: Annotated[int, typer.Option(min=1, max=5_000_000, help="How many customers a new hall has.")] = 300,
    headless: Annotated[
        bool, typer.Option("--headless", help="No desk: run the machines and the housekeeping until Ctrl-C.")
    ] = False,
) -> None:
    """A demonstration hall with headquarters, element and printer simulated; opens the desk.

    With --headless it says as JSON where the machines listen, and other commands and desks of the same home use them.
    """
    if headless:
        _run(folder_of(home), customers)
        return
    from screens.early import hold_keys

    hold_keys()
    from boss_tui.start.opening import open_desk

    sys.exit(open_desk(str(folder_of(home)), demo=True, customers=customers))


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
    home = Home(folder)
    if not home.settings.demo:
        raise NotAllowed(say("{folder} is the home of a real outlet, not a demonstration.", folder=str(folder)))
    return home
