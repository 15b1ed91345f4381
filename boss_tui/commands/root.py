"""The command `boss` without its commands: what stands before every one of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from boss_tui.commands.shared import HOME_VARIABLE


class _Root(TyperGroup):
    """Says what is wrong with an argument as people would."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """The command that was typed."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as fault:
            fault.message = _plainly(fault)
            raise


def _plainly(fault: typer.BadParameter) -> str:
    """What is wrong with a value, without the words of the library that read it."""
    errors: list[dict[str, Any]] = getattr(fault.__cause__, "errors", list)()
    if errors and errors[0]["type"] == "int_parsing":
        return f"{errors[0]['input']} is no whole number."
    return fault.message.removeprefix("Value error, ")


def root() -> typer.Typer:
    """`boss`, to hang commands on."""
    app = typer.Typer(
        name="boss",
        cls=_Root,
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
