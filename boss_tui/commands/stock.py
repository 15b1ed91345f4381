"""Commands over the stock of the hall: what there is to count, and the count."""

from __future__ import annotations

from typing import Annotated

import typer

from boss_tui.commands.at_work import approver_password, at_work
from boss_tui.commands.options import ApproverOption, CounterOption, HomeOption, JsonOption, OperatorOption
from boss_tui.commands.shared import errors_in_words, show_json, show_table, spoken
from data.errors import BadForm
from data.message import say
from data.states import kind_name

stock = typer.Typer(name="stock", no_args_is_help=True, help="The stock of the hall: cards and handsets, counted.")


@stock.command("list")
@errors_in_words
def listed(
    operator: OperatorOption = "", counter: CounterOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """What is to be counted, by its key; how much there must be a supervisor is told."""
    with at_work(home, operator, counter) as work:
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
    reason: Annotated[str, typer.Option(help="Why it differs from the books; it is kept.")] = "",
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
    if not (key and pieces.isascii() and pieces.isdigit() and len(pieces) <= 7):
        raise BadForm({"counts": say("A key and its pieces, such as card:5000=20.")})
    return key, int(pieces)
