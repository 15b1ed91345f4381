"""Commands of a supervisor: one-time codes to be read out over the phone, grants to operators, and their end."""

from __future__ import annotations

from typing import Annotated

import typer

from boss_tui.answers.hall import Bounds
from boss_tui.commands.at_work import AtWork, by_operator
from boss_tui.commands.options import JsonOption, NumberArgument
from boss_tui.commands.shared import fen, show_json, show_table

authority = typer.Typer(
    name="authority", no_args_is_help=True, help="What a supervisor allows in advance: codes and grants."
)

HoursOption = Annotated[int, typer.Option(help="For how long, from now on.")]
AmountOption = Annotated[str, typer.Option(help="Yuan at most; without it any amount.")]
BusinessOption = Annotated[str, typer.Option(help="The catalogue's code, such as C9; without it any.")]


@authority.command()
@by_operator
def codes(
    work: AtWork,
    count: Annotated[int, typer.Option(help="How many.")] = 5,
    hours: HoursOption = 24,
    amount: AmountOption = "0",
    business: BusinessOption = "",
) -> None:
    """Make one-time codes; they are printed this once."""
    show_json(work.desk.approvals.make_codes(count, Bounds(hours, fen(amount, "amount"), 1, business.upper())))


@authority.command()
@by_operator
def grant(
    work: AtWork,
    to: Annotated[str, typer.Option(help="Staff number; without it anybody here.")] = "",
    times: Annotated[int, typer.Option(help="How often at most.")] = 1,
    hours: HoursOption = 8,
    amount: AmountOption = "0",
    business: BusinessOption = "",
) -> None:
    """Let an operator do for some hours what needs a supervisor."""
    show_json(work.desk.approvals.grant(Bounds(hours, fen(amount, "amount"), times, business.upper(), to)))


@authority.command("list")
@by_operator
def listed(work: AtWork, as_json: JsonOption = False) -> None:
    """What may still be used."""
    from boss_tui.forms.typed import yuan

    found = work.desk.approvals.authorities()
    if as_json:
        show_json(found)
    else:
        show_table(
            [
                (
                    f"{a.number}",
                    a.kind,
                    a.business or "*",
                    a.operator or "*",
                    yuan(a.amount),
                    f"x{a.uses_left}",
                    a.until,
                )
                for a in found
            ]
        )


@authority.command()
@by_operator
def withdraw(work: AtWork, number: NumberArgument) -> None:
    """End one before its time."""
    work.desk.approvals.withdraw_authority(number)
