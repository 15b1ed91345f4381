"""Commands of the drawer and the safe: suspend, resume, hand over, open without a sale; to the bank and from there."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from boss_tui.commands.at_work import AtWork, approver_password, at_work, by_operator, colleague_password
from boss_tui.commands.options import ApproverOption, CounterOption, HomeOption, JsonOption, OperatorOption
from boss_tui.commands.shared import errors_in_words, fen, show_json, show_paper, show_table, spoken
from boss_tui.commands.till import (
    Amount,
    CountArgument,
    MissingOption,
    MissingReasonOption,
    OfOption,
    ReasonOption,
    counted,
    lacking,
)
from data.message import say

drawers = typer.Typer()


class Turned(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


class Way(StrEnum):
    """Which way cash goes between safe and bank, or how the bank's count differs."""

    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"
    SHORT = "bank_short"
    OVER = "bank_over"


@drawers.command("shifts")
@by_operator
def shifts(work: AtWork, as_json: JsonOption = False) -> None:
    """The shifts of the hall that are not closed: whose, where, since when."""
    found = work.desk.till.shifts()
    if as_json:
        show_json(found)
    else:
        from data.clock import on_the_wall
        from data.states import SHIFT_STATES

        speak = spoken()
        show_table(
            [
                (
                    line.till,
                    line.staff_no,
                    line.name,
                    speak(SHIFT_STATES[line.state]),
                    line.business_date,
                    on_the_wall(line.since),
                )
                for line in found
            ]
        )


@drawers.command("suspend")
@by_operator
def suspend(
    work: AtWork,
    reason: Annotated[str, typer.Option(help="Why, where it is worth a word.")] = "",
    approver: ApproverOption = "",
) -> None:
    """Take the drawer out of the counter: its shift goes on where it is put in again."""
    password = approver_password(approver)
    work.desk.till.suspend_shift(reason, approver, password)
    print(spoken()(say("The shift at till {till} is suspended.", till=work.counter)))


@drawers.command("resume")
@by_operator
def resume(work: AtWork) -> None:
    """Put one's suspended drawer into the counter, the same or another one."""
    work.desk.till.resume_shift()
    print(spoken()(say("The shift goes on at till {till}.", till=work.counter)))


@drawers.command("hand-over")
@errors_in_words
def hand_over(
    counts: CountArgument,
    colleague: Annotated[
        str,
        typer.Option(
            "--with",
            help="Who takes it, or who gives it; the password comes from BOSS_COLLEAGUE_PASSWORD or is asked for.",
        ),
    ] = "",
    reason: ReasonOption = "",
    of: OfOption = "",
    missing: MissingOption = None,
    missing_reason: MissingReasonOption = "",
    approver: ApproverOption = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
) -> None:
    """Hand a counted drawer over: one shift ends with its Z, the other begins with what was counted.

    Whose drawer it is gives it to a colleague; or a colleague takes it, with the word of whose it is or a supervisor's.
    """
    pieces = counted(counts)
    with at_work(home, operator, counter) as work:
        theirs = colleague_password(colleague) if colleague else ""
        password = approver_password(approver)
        for paper in work.desk.till.hand_over(
            pieces, colleague, theirs, reason, approver, password, of, lacking(missing), missing_reason
        ):
            show_paper(paper)


@drawers.command("drawer")
@by_operator
def open_drawer(
    work: AtWork,
    reason: Annotated[str, typer.Option(help="Why it is opened: it stands on X and Z.")],
    approver: ApproverOption = "",
) -> None:
    """Open the drawer without a sale; it is on record."""
    password = approver_password(approver)
    show_paper(work.desk.till.open_drawer(reason, approver, password))


@drawers.command("bank")
@by_operator
def bank(
    work: AtWork,
    way: Annotated[Way, typer.Argument(help="deposit, withdrawal; bank_short, bank_over: it counted otherwise.")],
    amount: Amount,
    reference: Annotated[str, typer.Option(help="The number on the bank's paper.")],
    note: Annotated[str, typer.Option(help="Who carried it, in what bag.")] = "",
    approver: ApproverOption = "",
) -> None:
    """Take cash of the safe to the bank, or bring it from there; a supervisor does it."""
    password = approver_password(approver)
    show_paper(work.desk.safe.bank(fen(amount), way.value, reference, note, approver, password))


@drawers.command("safe")
@by_operator
def safe(work: AtWork, as_json: JsonOption = False) -> None:
    """What must be in the safe by the books; a supervisor sees it."""
    from boss_tui.forms.typed import yuan

    found = work.desk.safe.held()
    if as_json:
        show_json(found)
    else:
        print(spoken()(say("In the safe by the books: {yuan} yuan.", yuan=yuan(found.balance))))


@drawers.command("safe-count")
@errors_in_words
def safe_count(
    counts: CountArgument,
    reason: ReasonOption = "",
    approver: ApproverOption = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
) -> None:
    """Count the safe; a difference needs a reason, a large one another supervisor."""
    pieces = counted(counts)
    with at_work(home, operator, counter) as work:
        password = approver_password(approver)
        show_paper(work.desk.safe.count(pieces, reason, approver, password))


@drawers.command("slips")
@by_operator
def slips(work: AtWork, of: OfOption = "", as_json: JsonOption = False) -> None:
    """What the shift took by card, cheque, transfer or telephone, slip by slip: to be ticked off at its close."""
    from boss_tui.forms.typed import yuan

    found = work.desk.till.tender_slips(of)
    if as_json:
        show_json(found)
        return
    speak = spoken()
    for kind in found:
        told = say(
            "{tender}: {count} {count:slip|slips}, {yuan} yuan",
            tender=kind.name,
            count=len(kind.slips),
            yuan=yuan(kind.amount),
        )
        print(speak(told))
        show_table([("", f"{kind.kind}:{slip.reference}", yuan(slip.amount)) for slip in kind.slips])


@drawers.command("blind")
@by_operator
def blind(
    work: AtWork,
    turned: Annotated[Turned | None, typer.Argument(help="on or off; nothing: say which.", show_default=False)] = None,
) -> None:
    """Whether shifts are counted blind: cashiers are not told what must be in the drawer. A supervisor turns it."""
    if turned is not None:
        work.desk.till.count_blind(on=turned is Turned.ON)
    on = work.desk.till.blind()
    print(spoken()(say("Shifts are counted blind.") if on else say("Shifts are not counted blind.")))
