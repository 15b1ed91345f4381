"""Commands of the till: business day, shift, cash in and out of the drawer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import approver_password, at_work, by_operator
from boss_tui.commands.options import ApproverOption, CounterOption, HomeOption, JsonOption, OperatorOption
from boss_tui.commands.shared import errors_in_words, fen, show_json, show_paper, show_table, spoken, tell
from data.characters import is_digits
from data.errors import BadForm, NotAllowed
from data.message import say

if TYPE_CHECKING:
    from boss_tui.commands.at_work import AtWork
    from boss_tui.desk.day_check import ToDo
    from data.message import Message

till = typer.Typer(name="till", no_args_is_help=True, help="Business day, shift, and cash in and out of the drawer.")

CountArgument = Annotated[
    list[str], typer.Argument(help="What was counted: YUAN=PIECES, such as 100=5 0.50=3; 0 for none.")
]
OfOption = Annotated[str, typer.Option(help="The shift of this cashier, wherever it was left.", show_default=False)]
Amount = Annotated[str, typer.Argument(help="Yuan, such as 500 or 12.50.")]
MissingOption = Annotated[
    list[str] | None,
    typer.Option("--missing", help="A slip not in hand: KIND:REFERENCE, such as card:POS1.", show_default=False),
]
MissingReasonOption = Annotated[str, typer.Option(help="Why slips are not in hand.")]
ReasonOption = Annotated[str, typer.Option(help="Why it is over or short.")]
NoteOption = Annotated[str, typer.Option(help="What it was for, in so many words.")]


class In(StrEnum):
    """Why cash comes in."""

    CHANGE = "change"
    RETURN = "return"


class Out(StrEnum):
    """Why cash goes out."""

    DROP = "drop"
    EXPENSE = "expense"


@till.command("day-open")
@by_operator
def day_open(
    work: AtWork,
    business_date: Annotated[
        str, typer.Argument(help="Such as 2026-11-24; by default today in China.", show_default=False)
    ] = "",
) -> None:
    """Open a business date: one at a time, each later than the last."""
    from data.clock import wall_date

    if not business_date:  # the clock's own day: only while nobody doubts it
        work.desk.trust.must_be_sure()
    day = business_date or wall_date(work.store.clock.now()).isoformat()
    work.desk.day.open(day)
    day = work.desk.signing.state().business_date
    print(spoken()(say("Business date {date} is open.", date=day)))


@till.command("day-check")
@by_operator
def day_check(work: AtWork, as_json: JsonOption = False) -> None:
    """What is still to be done before the day is closed; ends with 1 while something stops the close."""
    _check(work.desk.day.check(), as_json=as_json)


def _check(found: Sequence[ToDo], *, as_json: bool = False) -> None:
    speak = spoken()
    if as_json:
        show_json(found)
    else:
        show_table([(speak(_mark(one)), speak(one.title), speak(one.detail)) for one in found])
    stops = sum(one.stops for one in found)
    if stops:
        raise NotAllowed(say("The day can't be closed yet: {n} to be done before.", n=stops))
    if not as_json:
        wanting = any(one.wants_word for one in found)
        print(
            speak(
                say("Nothing stops the close. What is left open is closed with a word about it.")
                if wanting
                else say("Nothing stops the close of the day.")
            )
        )


def _mark(one: ToDo) -> Message:
    return say("STOPS") if one.stops else say("EXPLAIN") if one.wants_word else say("look")


@till.command("day-close")
@by_operator
def day_close(
    work: AtWork,
    check: Annotated[bool, typer.Option("--check", help="Only say what is still to be done before.")] = False,
    word: Annotated[str, typer.Option(help="Of what is left open: why, and who sees to it.")] = "",
) -> None:
    """Close the open business date for good; every shift must be closed.

    What is left open stands on the report; what a person has yet to decide wants a --word (till day-check says what).
    """
    if check:
        _check(work.desk.day.check())
        return
    day = work.desk.signing.state().business_date
    work.desk.day.close(word)
    print(spoken()(say("Business date {date} is closed.", date=day)))


@till.command("open")
@by_operator
def open_shift(
    work: AtWork,
    amount: Annotated[str, typer.Argument(help="The float in the drawer, in yuan.")],
    approver: ApproverOption = "",
) -> None:
    """Open a shift with so much in the drawer, taken from the safe; more than the role's limit with a supervisor."""
    password = approver_password(approver)
    if (told := work.desk.till.not_today()) is not None:
        tell(spoken()(told))
    work.desk.till.open_shift(fen(amount), approver, password)
    print(spoken()(say("The shift at till {till} is open.", till=work.counter)))


@till.command("in")
@by_operator
def cash_in(
    work: AtWork,
    amount: Amount,
    purpose: Annotated[In, typer.Option(help="change: from the safe; return: of money advanced.")],
    note: NoteOption,
    approver: ApproverOption = "",
) -> None:
    """Put cash into the drawer that is no sale; a colleague's, or more than the limit, with a supervisor."""
    password = approver_password(approver)
    show_paper(work.desk.till.cash_in(fen(amount), purpose.value, note, approver, password))


@till.command("out")
@by_operator
def cash_out(
    work: AtWork,
    amount: Amount,
    purpose: Annotated[Out, typer.Option(help="drop: into the safe; expense: of the house.")],
    note: NoteOption,
    approver: ApproverOption = "",
) -> None:
    """Take cash out of the drawer that is no refund; a colleague's, or more than the limit, with a supervisor."""
    password = approver_password(approver)
    show_paper(work.desk.till.cash_out(fen(amount), purpose.value, note, approver, password))


@till.command("close")
@errors_in_words
def close_shift(
    counts: CountArgument,
    reason: ReasonOption = "",
    of: OfOption = "",
    missing: MissingOption = None,
    missing_reason: MissingReasonOption = "",
    approver: ApproverOption = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
) -> None:
    """Close the shift with what was counted; prints the Z report.

    A difference needs a reason; a large one, or another's shift, a supervisor.
    """
    pieces = counted(counts)
    with at_work(home, operator, counter) as work:
        password = approver_password(approver)
        show_paper(work.desk.till.close_shift(pieces, reason, approver, password, of, lacking(missing), missing_reason))


def lacking(missing: Iterable[str] | None) -> dict[str, list[str]]:
    """`card:POS1` as {card: [POS1]}."""
    found: dict[str, list[str]] = {}
    for slip in missing or ():
        kind, colon, reference = slip.partition(":")
        if not colon or not reference.strip():
            raise BadForm({"--missing": say("A kind of tender and a reference, such as card:POS1.")})
        found.setdefault(kind.strip(), []).append(reference)
    return found


def counted(counts: Iterable[str]) -> dict[int, int]:
    """`100=5` as {10000: 5}; a lone 0 is an empty drawer."""
    found: dict[int, int] = {}
    for count in counts:
        value, equals, pieces = count.partition("=")
        if count == "0":
            continue
        if not equals or not (is_digits(pieces) and len(pieces) <= 6):
            raise BadForm({count: say("Denomination in yuan = pieces, such as 100=5.")})
        denomination = fen(value, count)
        if denomination in found:
            raise BadForm({count: say("This denomination is said twice.")})
        found[denomination] = int(pieces)
    return found


@till.command("x")
@errors_in_words
def x_report(
    operator: OperatorOption = "", counter: CounterOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """The shift so far; the same as `boss report x`."""
    from boss_tui.commands.reports import Which, written_report

    written_report(Which.X, home, operator, counter, as_json=as_json)
