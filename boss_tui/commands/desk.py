"""Commands that open the desk."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from boss_tui.commands.shared import HomeOption, told

app = typer.Typer()


@app.command()
@told
def demo(
    home: HomeOption = None,
    customers: Annotated[int, typer.Option(min=1, max=5_000_000, help="How many customers a new hall has.")] = 300,
) -> None:
    """A demonstration hall with headquarters, element and printer simulated; opens the desk."""
    from screens.early import hold_keys

    hold_keys()
    from boss_tui.opening import open_desk

    sys.exit(open_desk(str(home or ""), demo=True, customers=customers))
