"""Numbers that leave for another operator, by command: `boss porting …`: codes, conditions, what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import approver_password, at_work
from boss_tui.commands.options import ApproverOption, CounterOption, HomeOption, JsonOption, OperatorOption
from boss_tui.commands.shared import errors_in_words, show_json, show_table, spoken
from data.message import say

if TYPE_CHECKING:
    from boss_tui.desk.porting import PortingView

porting = typer.Typer(
    name="porting", no_args_is_help=True, help="Numbers that leave for another operator, by an authorisation code."
)
NumberArgument = Annotated[str, typer.Argument(help="The number.", metavar="NUMBER")]


@porting.command("list")
@errors_in_words
def listed(
    operator: OperatorOption = "", counter: CounterOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """What was asked for here, the latest first, and what became of it."""
    with at_work(home, operator, counter) as work:
        _show(work.desk.porting.asked(), as_json)


@porting.command("may")
@errors_in_words
def may(
    number: NumberArgument,
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Whether a number may leave: the five conditions."""
    with at_work(home, operator, counter) as work:
        found = work.desk.porting.conditions(number)
    if as_json:
        show_json(found)
        return
    speak = spoken()
    show_table([(speak(one.asked), speak(say("yes") if one.holds else one.against)) for one in found])


@porting.command("ask")
@errors_in_words
def ask(
    number: NumberArgument,
    document: Annotated[str, typer.Argument(help="The owner's document, as it is shown.")],
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the porting centre for an authorisation code; it counts for an hour."""
    with at_work(home, operator, counter) as work:
        _show([work.desk.porting.ask(number, document)], as_json)


@porting.command("look")
@errors_in_words
def look(
    number: NumberArgument,
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the porting centre now what became of a code, as is done beside the desk by itself."""
    with at_work(home, operator, counter) as work:
        made, unanswered = work.desk.porting.look(number)
    _show([made], as_json)
    if unanswered is not None:
        typer.echo(spoken()(unanswered), err=True)


@porting.command("back")
@errors_in_words
def back(
    number: NumberArgument,
    approver: ApproverOption = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A number that had left came back: it rests, and is sold again then. A supervisor says so."""
    with at_work(home, operator, counter) as work:
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
