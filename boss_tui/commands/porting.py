"""Numbers that leave for another operator, by command: `boss porting …`: codes, conditions, what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import approver_password, by_operator
from boss_tui.commands.options import ApproverOption, JsonOption
from boss_tui.commands.shared import show_json, show_table, spoken
from data.message import say

if TYPE_CHECKING:
    from boss_tui.commands.at_work import AtWork
    from boss_tui.desk.porting import PortingView

porting = typer.Typer(
    name="porting", no_args_is_help=True, help="Numbers that leave for another operator, by an authorisation code."
)
NumberArgument = Annotated[str, typer.Argument(help="The number.", metavar="NUMBER")]


@porting.command("list")
@by_operator
def listed(work: AtWork, as_json: JsonOption = False) -> None:
    """What was asked for here, the latest first, and what became of it."""
    _show(work.desk.porting.asked(), as_json)


@porting.command("may")
@by_operator
def may(work: AtWork, number: NumberArgument, as_json: JsonOption = False) -> None:
    """Whether a number may leave: the five conditions."""
    found = work.desk.porting.conditions(number)
    if as_json:
        show_json(found)
        return
    speak = spoken()
    show_table([(speak(one.asked), speak(say("yes") if one.holds else one.against)) for one in found])


@porting.command("ask")
@by_operator
def ask(
    work: AtWork,
    number: NumberArgument,
    document: Annotated[str, typer.Argument(help="The owner's document, as it is shown.")],
    as_json: JsonOption = False,
) -> None:
    """Ask the porting centre for an authorisation code; it counts for an hour."""
    _show([work.desk.porting.ask(number, document)], as_json)


@porting.command("look")
@by_operator
def look(work: AtWork, number: NumberArgument, as_json: JsonOption = False) -> None:
    """Ask the porting centre now what became of a code, as is done beside the desk by itself."""
    made, unanswered = work.desk.porting.look(number)
    _show([made], as_json)
    if unanswered is not None:
        typer.echo(spoken()(unanswered), err=True)


@porting.command("back")
@by_operator
def back(work: AtWork, number: NumberArgument, approver: ApproverOption = "", as_json: JsonOption = False) -> None:
    """A number that had left came back: it rests, and is sold again then. A supervisor says so."""
    password = approver_password(approver) if approver else ""
    _show([work.desk.porting.came_back(number, approver, password)], as_json)


def _show(found: list[PortingView], as_json: bool) -> None:
    from boss_tui.desk.porting import STATES
    from data.clock import on_the_wall

    if as_json:
        show_json(found)
        return
    speak = spoken()
    show_table(
        [
            (
                one.number,
                one.customer,
                speak(STATES[one.state]),
                one.code or "-",
                one.left_on or on_the_wall(one.until, "%Y-%m-%d %H:%M") or "-",
                one.reason,
            )
            for one in found
        ]
    )
