"""Commands over the stock of the hall: what there is to count, and the count."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from boss_tui.commands.at_work import AtWork, approver_password, at_work, by_operator
from boss_tui.commands.options import (
    ApproverOption,
    CounterOption,
    DifferenceOption,
    HomeOption,
    JsonOption,
    OperatorOption,
    StockKindArgument,
)
from boss_tui.commands.shared import errors_in_words, show_facts, show_json, show_table, spoken
from data.characters import is_digits
from data.errors import BadForm
from data.message import say
from data.states import kind_name

stock = typer.Typer(name="stock", no_args_is_help=True, help="The stock of the hall: cards and handsets, counted.")


@stock.command("list")
@by_operator
def listed(work: AtWork, as_json: JsonOption = False) -> None:
    """What is to be counted, by its key; how much there must be a supervisor is told."""
    found = work.desk.stock.lines()
    if as_json:
        show_json(found)
        return
    say_it = spoken()
    show_table(
        [
            (
                line.key,
                say_it(kind_name(line.kind)),
                line.of if isinstance(line.of, str) else say_it(line.of),
                "-" if line.pieces is None else str(line.pieces),
            )
            for line in found
        ]
    )


@stock.command()
@errors_in_words
def count(
    counts: Annotated[list[str], typer.Argument(help="What was found: KEY=PIECES, such as card:5000=20 sim:32K=118.")],
    reason: DifferenceOption = "",
    approver: ApproverOption = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a count on record and print its slip. What differs needs a reason and a supervisor."""
    found = dict(map(_counted, counts))
    with at_work(home, operator, counter) as work:
        password = approver_password(approver) if approver else ""
        paper = work.desk.stock.count(found, reason, approver, password)
    if as_json:
        show_json(paper)
    else:
        print("\n".join(paper.preview))


def _counted(typed: str) -> tuple[str, int]:
    key, _, pieces = typed.rpartition("=")
    if not (key and is_digits(pieces) and len(pieces) <= 7):
        raise BadForm({"counts": say("A key and its pieces, such as card:5000=20.")})
    return key, int(pieces)


@stock.command("start")
@by_operator
def start_pieces(work: AtWork, kind: StockKindArgument) -> None:
    """Begin to count a kind serial by serial: what must be there is frozen, and the hall goes on selling."""
    work.desk.piece_counting.start(kind)


@stock.command()
@errors_in_words
def scan(
    kind: StockKindArgument,
    serials: Annotated[list[str], typer.Argument(help="Serials that were found; a run as FIRST-LAST; - reads them.")],
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Serials that were found, into the open count of a kind; each counts once."""
    typed = " ".join(sys.stdin.read() if serial == "-" else serial for serial in serials)
    with at_work(home, operator, counter) as work:
        scanned = work.desk.piece_counting.scan(kind, typed)
    told = {"new": scanned.new, "strange": scanned.strange}
    show_facts(told, {"new": say("New"), "strange": say("Should not be here")}, as_json)


@stock.command("take-out")
@errors_in_words
def take_out(
    kind: StockKindArgument,
    serials: Annotated[list[str], typer.Argument(help="Serials that were scanned by mistake; a run as FIRST-LAST.")],
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
) -> None:
    """Take serials out of the open count of a kind: they were not found."""
    with at_work(home, operator, counter) as work:
        print(work.desk.piece_counting.take_out(kind, " ".join(serials)))


@stock.command()
@by_operator
def finish(
    work: AtWork,
    kind: StockKindArgument,
    reason: DifferenceOption = "",
    approver: ApproverOption = "",
    as_json: JsonOption = False,
) -> None:
    """Close the open count of a kind and print its slip: what is missing is never sold. A second person approves it."""
    password = approver_password(approver) if approver else ""
    paper = work.desk.piece_counting.finish(kind, reason, approver, password)
    if as_json:
        show_json(paper)
    else:
        print("\n".join(paper.preview))


@stock.command("give-up")
@by_operator
def give_up_pieces(
    work: AtWork, kind: StockKindArgument, reason: Annotated[str, typer.Argument(help="Why; it is kept.")]
) -> None:
    """Give the open count of a kind up."""
    work.desk.piece_counting.give_up(kind, reason)
