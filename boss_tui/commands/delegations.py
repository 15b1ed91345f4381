"""`boss delegation`, `boss manage M7 delegate`: rights that are handed to another person for a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import by_operator
from boss_tui.commands.office import at_office
from boss_tui.commands.options import (
    HomeOption,
    JsonOption,
    ManagerOption,
    NumberArgument,
    StoreOption,
)
from boss_tui.commands.personnel import must_be_staff
from boss_tui.commands.shared import errors_in_words, show_json, show_table, spoken

if TYPE_CHECKING:
    from boss_tui.commands.at_work import AtWork
    from boss_tui.desk.delegating import DelegationView

delegation = typer.Typer(
    name="delegation",
    no_args_is_help=True,
    help="What a supervisor hands to another person for some days: a right, or their word to others.",
)
office = typer.Typer()

Taker = Annotated[str, typer.Argument(help="The staff number of who gets it.")]
RightOption = Annotated[str, typer.Option(help="approvals: one's word to others; or a right: C12, M6.check.")]
SinceOption = Annotated[str, typer.Option(help="The first business date; without it from now on.", show_default=False)]
UntilOption = Annotated[str, typer.Option(help="The last business date.")]
ReasonOption = Annotated[str, typer.Option(help="Why.")]
PastOption = Annotated[bool, typer.Option("--past", help="Also those that are over.")]


@delegation.command()
@by_operator
def hand(
    work: AtWork,
    taker: Taker,
    until: UntilOption,
    reason: ReasonOption,
    right: RightOption = "approvals",
    since: SinceOption = "",
    as_json: JsonOption = False,
) -> None:
    """Hand a right of one's own, or one's word to others, to somebody here (a supervisor)."""
    made = work.desk.delegating.hand(taker, right, since, until, reason)
    _show([made], as_json)


@delegation.command("list")
@by_operator
def listed(work: AtWork, past: PastOption = False, as_json: JsonOption = False) -> None:
    """What is handed to whom here (a supervisor)."""
    found = work.desk.delegating.listed(past=past)
    _show(found, as_json)


@delegation.command()
@by_operator
def withdraw(work: AtWork, number: NumberArgument) -> None:
    """End one before its time."""
    work.desk.delegating.withdraw(number)


@office.command()
@errors_in_words
def delegate(
    at: typer.Context,
    taker: Taker,
    right: RightOption,
    until: UntilOption,
    reason: ReasonOption,
    since: SinceOption = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hand a right of one's own at the office to somebody there (M7): to check M6, say, for a holiday."""
    must_be_staff(at)
    with at_office(home, operator, store) as desk:
        made = desk.delegating.hand(taker, right, since, until, reason)
    _show([made], as_json)


@office.command()
@errors_in_words
def delegations(
    at: typer.Context,
    past: PastOption = False,
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What is handed to whom at the office (M7)."""
    must_be_staff(at)
    with at_office(home, operator, store) as desk:
        found = desk.delegating.listed(past=past)
    _show(found, as_json)


@office.command("withdraw-delegation")
@errors_in_words
def withdraw_delegation(
    at: typer.Context,
    number: NumberArgument,
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
) -> None:
    """End a delegation before its time (M7)."""
    must_be_staff(at)
    with at_office(home, operator, store) as desk:
        desk.delegating.withdraw(number)


def _show(found: Sequence[DelegationView], as_json: bool) -> None:
    """A line for each."""
    if as_json:
        show_json(found)
        return
    from boss_tui.components.operators.delegations import STATES, right_name

    speak = spoken()
    rows = []
    for each in found:
        what, state = speak(right_name(each.right)), speak(STATES[each.state])
        rows.append((str(each.number), each.giver, each.taker, what, each.since, each.until, state, each.reason))
    show_table(rows)
