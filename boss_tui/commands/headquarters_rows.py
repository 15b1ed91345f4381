"""Commands over the rows of headquarters: put in from a file, as an edition; and printed as they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from boss_tui.commands.headquarters import office_of
from boss_tui.commands.office import signed_office
from boss_tui.commands.options import HomeOption, JsonOption, StoreOption
from boss_tui.commands.shared import (
    errors_in_words,
    show_facts,
    show_json,
)
from boss_tui.commands.two_people import CheckerOption, MakerOption, two_people
from data.errors import NotFound
from data.message import say

app = typer.Typer()


@app.command()
@errors_in_words
def load(
    file: Annotated[Path, typer.Argument(help='JSON: {"outlet": [{"code": …}, …], "operator": […], …}.')],
    since: Annotated[str, typer.Option("--from", help="The business date from which it counts; at once.")] = "",
    title: Annotated[str, typer.Option(help="What the edition is called; by default as the file.")] = "",
    operator: MakerOption = "",
    approver: CheckerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put rows into headquarters' store, new ones and changes of known ones: what outlets are to have is published as
    an edition, which they read by their next sync; stock is kept to be leased.

    What is published is approved by another person, who proves who they are; before there are two managers at the
    office it is the founding of headquarters, which nobody can approve. Who loaded what is on record.

    An operator's "password" is hashed, a recharge card's "pin" enciphered. `boss headquarters dump` shows the tables
    and their columns.
    """
    from getpass import getuser

    from boss_tui.commands.loading import load_file, publishes
    from boss_tui.commands.progress import worked
    from boss_tui.editions.subjects import FOUNDING
    from boss_tui.forms.typed import day_typed
    from boss_tui.headquarters.founding import is_being_founded
    from boss_tui.headquarters.publishing import Said

    begins = day_typed(since, "--from").isoformat() if since else ""
    with office_of(home, store) as office:
        with office.store.reading() as reading:
            founding = is_being_founded(reading)
        if founding:
            said = Said(title or file.name, operator or getuser(), "", begins, subject=FOUNDING)
        elif publishes(file):
            with two_people(office, home, store, operator, approver) as (desk, checker):
                said = Said(title or file.name, desk.seat.person().staff_no, checker, begins)
        else:
            with signed_office(home, operator, store) as (_, by):
                said = Said(title or file.name, by, "", begins, subject=FOUNDING)
        counts = worked(lambda tell: load_file(office, file, said, tell))
    show_facts(counts, {"added": say("Added"), "changed": say("Changed"), "same": say("As they were")}, as_json)


@app.command()
@errors_in_words
def dump(
    part: Annotated[list[str] | None, typer.Option(help="Parts of what is published; by default all.")] = None,
    store: StoreOption = "",
    home: HomeOption = None,
) -> None:
    """Print what is published as JSON, as `load` reads it; passwords are left out, and stay as they are when it is
    loaded again."""
    from boss_tui.headquarters.snapshot import snapshot
    from boss_tui.sync.items import TABLES_OF_PART

    wanted = part or list(TABLES_OF_PART)
    if unknown := [each for each in wanted if each not in TABLES_OF_PART]:
        raise NotFound(say("There is no published part {part}.", part=unknown[0]))
    with office_of(home, store) as office, office.store.reading() as reading:
        show_json({table: rows for each in wanted for table, rows in snapshot(reading, each).items()})
