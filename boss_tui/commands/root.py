"""The command `boss` without its commands: what stands before every one of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from boss_tui.commands.shared import HOME_VARIABLE


def root() -> typer.Typer:
    """`boss`, to hang commands on."""
    app = typer.Typer(
        name="boss",
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        help="The counter desk of a mobile operator. Without a command it opens the desk.",
        epilog="Exit codes: 0 done, 1 refused by a rule, 2 wrong usage or form, 3 something outside failed.",
    )
    app.callback()(_before)
    return app


def _before(
    folder: Annotated[
        Path | None, typer.Option("--home", help="The home folder of the command.", show_default=False)
    ] = None,
) -> None:
    """What stands before every command."""
    if folder is not None:
        os.environ[HOME_VARIABLE] = str(folder)  # every command asks there
