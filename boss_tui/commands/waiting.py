"""Commands over what waits for a person at the desk: the list of the queue monitor, and what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.answers.business import Handwritten
from boss_tui.commands.at_work import approver_password, at_work, by_operator
from boss_tui.commands.options import (
    ApproverOption,
    CounterOption,
    HomeOption,
    JsonOption,
    OperatorOption,
    WriterOption,
)
from boss_tui.commands.shared import errors_in_words, fen, show_json, show_table, spoken
from data.errors import NotAllowed
from data.message import say

if TYPE_CHECKING:
    from boss_tui.answers.hall import QueueItem
    from boss_tui.commands.at_work import AtWork

waiting = typer.Typer(
    name="waiting", no_args_is_help=True, help="What waits for a person: prints, work by hand, what failed on its day."
)


@waiting.command("list")
@by_operator
def listed(work: AtWork, as_json: JsonOption = False) -> None:
    """Item by item, with the ways that there are."""
    found = work.desk.queues.items()
    if as_json:
        show_json(found)
        return
    say_it = spoken()
    show_table(
        [
            (
                item.kind,
                item.key,
                item.state,
                say_it(item.title),
                say_it(item.reason),
                "|".join(w.name for w in item.ways),
            )
            for item in found
        ]
    )


@waiting.command("print")
@by_operator
def printed(work: AtWork, as_json: JsonOption = False) -> None:
    """The queue list on paper: what waits for headquarters, the network and the printers, with a box to tick."""
    paper = work.desk.reports.print_queue_list()
    if as_json:
        show_json(paper)
    else:
        print("\n".join(paper.preview))


@waiting.command()
@errors_in_words
def slip(
    number: Annotated[str, typer.Argument(help="The number of the slip that was written by hand.")],
    code: Annotated[str, typer.Argument(help="Its business, such as C2.")],
    why: Annotated[str, typer.Option(help="Why it can't be done any more.")],
    written_on: Annotated[str, typer.Option(help="Its business date, such as 2026-11-27.")],
    written_at: Annotated[str, typer.Option(help="Its time, such as 14:05.")],
    written_by: WriterOption,
    taken: Annotated[
        str, typer.Option(help="Yuan that were taken for it: they are booked as money in suspense.")
    ] = "0",
    way: Annotated[str, typer.Option(help="How they were taken: cash, card, cheque, transfer.")] = "cash",
    reference: Annotated[str, typer.Option(help="The number of the card's slip, the cheque, the transfer.")] = "",
    approver: ApproverOption = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
) -> None:
    """Put down a slip of an outage that can't be done as it was promised: it waits for somebody to settle it."""
    written = Handwritten(number, written_on, written_at, written_by)
    with at_work(home, operator, counter) as work:
        sum_taken, password = fen(taken, "taken"), approver_password(approver)
        work.desk.handwriting.put_down(written, code.upper(), why, sum_taken, way, reference, approver, password)


@waiting.command()
@by_operator
def settle(
    work: AtWork,
    kind: Annotated[str, typer.Argument(help="As listed: print, manual, dated, slip, question …")],
    key: Annotated[str, typer.Argument(help="As listed.")],
    way: Annotated[str, typer.Argument(help="One of the ways that are listed.")],
    words: Annotated[str, typer.Option(help="Why, or what was done, where that must be said.")] = "",
    approver: ApproverOption = "",
) -> None:
    """Do something about an item. Money that goes back over the counter has a slip, which is shown and printed."""
    _must_wait(work.desk.queues.items(), kind, key, way)
    password = approver_password(approver)
    slip = work.desk.settling.settle(kind, key, way, words, approver, password)
    if slip is not None:
        print("\n".join(slip.preview))


def _must_wait(items: Sequence[QueueItem], kind: str, key: str, way: str) -> None:
    """NotAllowed: nothing of the kind waits, or something else is to be done about it."""
    item = next((each for each in items if (each.kind, each.key) == (kind, key)), None)
    if item is None:
        told = say("No {kind} {key} waits here: boss waiting list names each with its ways.", kind=kind, key=key)
        raise NotAllowed(told, field="key")
    ways = [each.name for each in item.ways]
    if way not in ways:
        raise NotAllowed(say("{way} is no way for it; there are {ways}.", way=way, ways=", ".join(ways)), field="way")
