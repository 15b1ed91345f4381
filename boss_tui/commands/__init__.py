"""The command line: each command a few lines over the rooms below. Everything a screen does, a command can do.

Nothing heavy is imported before a command runs, so that `boss --help` answers at once.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from boss_tui.commands import (
    authorities,
    business,
    clock,
    desk,
    drawers,
    editions,
    exceptions,
    headquarters,
    home,
    leases,
    looking,
    manage_files,
    network,
    network_work,
    numbers,
    payments,
    printers,
    printing,
    reports,
    staff,
    stock,
    sync,
    till,
    waiting,
)
from boss_tui.commands.shared import HOME_VARIABLE, end_of_output

app = typer.Typer(
    name="boss",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="The counter desk of a mobile operator. Without a command it opens the desk.",
    epilog="Exit codes: 0 done, 1 refused by a rule, 2 wrong usage or form, 3 something outside failed.",
)

DESK, SERVE, TILL, LINKS, KEEP = "Desk", "Customers and orders", "Till", "Headquarters, network, paper", "The store"
MANAGE = "Management"
PANELS = (
    (DESK, (desk.app,), ()),
    (SERVE, (business.app, looking.app), (authorities.authority, staff.staff, waiting.waiting)),
    (TILL, (reports.app, clock.app), (till.till, numbers.paper, stock.stock, payments.payment)),
    (
        MANAGE,
        (),
        (
            manage_files.manage,
            editions.edition,
        ),
    ),
    (LINKS, (sync.app,), (sync.carry, headquarters.headquarters, network.network, printers.printer, printing.jobs)),
    (KEEP, (home.app,), ()),
)
for more in (leases.app, exceptions.app, editions.office_day):
    headquarters.headquarters.registered_commands += more.registered_commands
till.till.registered_commands += drawers.drawers.registered_commands
network.network.registered_commands += network_work.network.registered_commands
for panel, parts, groups in PANELS:
    for part in parts:
        for command in part.registered_commands:
            command.rich_help_panel = panel
            app.registered_commands.append(command)
    for group in groups:
        app.add_typer(group, rich_help_panel=panel)


@app.callback()
def before(
    folder: Annotated[
        Path | None, typer.Option("--home", help="The home folder of the command.", show_default=False)
    ] = None,
) -> None:
    """What stands before every command."""
    if folder is not None:
        os.environ[HOME_VARIABLE] = str(folder)  # every command asks there


def run() -> None:
    """Run the command that was typed."""
    try:
        app()
    finally:
        end_of_output()
