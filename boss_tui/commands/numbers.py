"""Commands over document numbers: who has which, what the paper shows, what was spoiled, what goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import approver_password, by_operator
from boss_tui.commands.options import (
    ApproverOption,
    JsonOption,
    NumbersReasonOption,
    PaperKindArgument,
)
from boss_tui.commands.shared import show_json, show_table, spoken
from data.characters import is_digits
from data.errors import BadForm
from data.message import say
from data.states import kind_name, state_name

if TYPE_CHECKING:
    from boss_tui.answers.hall import NumberRange
    from boss_tui.commands.at_work import AtWork
    from boss_tui.desk import Desk

paper = typer.Typer(
    name="paper", no_args_is_help=True, help="Numbers of invoices, receipts and slips: issued, spoiled, returned."
)

NumberArgument = Annotated[str, typer.Argument(help="A number of the range, with its code: SJ26HZ01-10000018.")]


@paper.command("list")
@by_operator
def listed(work: AtWork, as_json: JsonOption = False) -> None:
    """The ranges of the outlet: first, last, next, whose, how many are left."""
    found = work.desk.numbers.ranges()
    if as_json:
        show_json(found)
        return
    say_it = spoken()
    show_table(
        [
            (
                say_it(kind_name(row.kind)),
                f"{row.code}-{row.first:08d}",
                f"{row.last:08d}",
                f"{row.next:08d}",
                row.counter or "*",
                say_it(state_name(row.state)),
                str(row.left),
            )
            for row in found
        ]
    )


@paper.command()
@by_operator
def numbers(work: AtWork, number: NumberArgument, as_json: JsonOption = False) -> None:
    """What became of every number of a range, one run of numbers a line."""
    found = work.desk.numbers.runs_of(_range(work.desk, number).id)
    if as_json:
        show_json(found)
        return
    say_it = spoken()
    show_table(
        [
            (f"{run.first:08d}", f"{run.last:08d}", str(run.pieces), say_it(state_name(run.fate)), run.reason)
            for run in found
        ]
    )


@paper.command()
@by_operator
def seen(
    work: AtWork,
    kind: PaperKindArgument,
    number: Annotated[int, typer.Argument(help="The number that its paper shows next.", min=0)],
    reason: NumbersReasonOption = "",
    approver: ApproverOption = "",
) -> None:
    """The paper at this counter shows this number next: a new roll, or the count at the end of a shift.

    Numbers that were jumped over are void from then on, which needs a reason, and of many a supervisor.
    """
    password = approver_password(approver)
    jumped = work.desk.numbers.seen(kind, number, reason, approver, password)
    print(spoken()(say("Noted. Numbers that are void now: {n}", n=jumped)))


@paper.command()
@by_operator
def void(
    work: AtWork,
    number: NumberArgument,
    reason: NumbersReasonOption,
    last: Annotated[int, typer.Option(help="Up to this number; without it the one alone.", min=0)] = 0,
    approver: ApproverOption = "",
) -> None:
    """Make unused numbers void: spoiled blanks. Many at once, or of another counter, by a supervisor."""
    first = _digits(number)
    typed = f"{first:08d}-{last or first:08d}"
    password = approver_password(approver)
    work.desk.numbers.void(_range(work.desk, number).id, typed, reason, approver, password)


@paper.command()
@by_operator
def issue(
    work: AtWork,
    number: NumberArgument,
    to: Annotated[str, typer.Option("--to", help="The counter; * for the whole hall.")],
    pieces: Annotated[int, typer.Option(help="How many of those that come next; 0 for all.", min=0)] = 0,
) -> None:
    """Give the unused numbers of a range to a counter (a supervisor)."""
    work.desk.numbers.issue(_range(work.desk, number).id, "" if to == "*" else to, pieces)


@paper.command("return")
@by_operator
def give_back(work: AtWork, number: NumberArgument, reason: NumbersReasonOption) -> None:
    """Give the unused numbers of a range back to headquarters (a supervisor)."""
    work.desk.numbers.return_range(_range(work.desk, number).id, reason)


@paper.command()
@by_operator
def anew(
    work: AtWork,
    number: Annotated[str, typer.Argument(help="Of a document of today, as it is printed, or its last digits.")],
    reason: NumbersReasonOption,
    approver: ApproverOption = "",
    _as_json: JsonOption = True,
) -> None:
    """A paper was spoiled: print its document under the next number, by a supervisor's word; the old one is void."""
    password = approver_password(approver)
    show_json(work.desk.numbers.print_anew(number, reason, approver, password))


def _digits(number: str) -> int:
    digits = number.rpartition("-")[2]
    if not is_digits(digits):
        raise BadForm({"number": say("With its code, as it is printed: SJ26HZ01-10000018.")})
    return int(digits)


def _range(desk: Desk, number: str) -> NumberRange:
    """The range that a number is of. BadForm when there is none."""
    code, digits = number.rpartition("-")[0].strip().upper(), _digits(number)
    for row in desk.numbers.ranges():
        if row.code == code and row.first <= digits <= row.last:
            return row
    raise BadForm({"number": say("No range here has the number {number}.", number=number)})
