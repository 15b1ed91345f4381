"""The command line: each command a few lines over the rooms below. Everything a screen does, a command can do."""

from __future__ import annotations

import typer

from boss_tui.commands import business, desk

app = typer.Typer(
    name="boss", no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False,
    help="The counter desk of a mobile operator. Without a command it opens the desk.",
)  # fmt: skip
for part in (desk, business):
    app.registered_commands += part.app.registered_commands


def run() -> None:
    """Run the command that was typed."""
    app()
