"""`boss manage M10 work`: manual work orders of all outlets, as the office sees them."""

from __future__ import annotations

from typing import Annotated

import typer

from boss_tui.answers.hall import WORK_AT_ONCE
from boss_tui.commands.network_work import MostWorkOption, OverdueOption, show_one, show_work
from boss_tui.commands.office import at_office
from boss_tui.commands.options import HomeOption, JsonOption, ManagerOption, StoreOption
from boss_tui.commands.shared import errors_in_words
from data.errors import NotAllowed
from data.message import say

office = typer.Typer()


@office.command("work")
@errors_in_words
def work(
    at: typer.Context,
    which: Annotated[str, typer.Argument(help="A work order's key: with all that was done about it.")] = "",
    overdue: OverdueOption = False,
    most: MostWorkOption = WORK_AT_ONCE,
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Manual work orders of all outlets (M10), the late ones first."""
    if at.obj.split("/")[0].upper() != "M10":
        raise NotAllowed(say("That is done with M10."), field="code")
    with at_office(home, operator, store) as desk:
        if which:
            show_one(desk.work_by_hand.show(which), as_json)
        else:
            show_work(desk.work_by_hand.listed(overdue=overdue, most=most), as_json)
