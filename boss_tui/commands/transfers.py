"""Transfer notes 调拨单 by command: `boss headquarters note …` at the office, at an outlet `boss stock notes`, `send`,
`receive`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import approver_password, by_operator
from boss_tui.commands.headquarters import office_of
from boss_tui.commands.options import (
    ApproverOption,
    HomeOption,
    JsonOption,
    StockKindArgument,
    StoreOption,
)
from boss_tui.commands.shared import errors_in_words, show_facts, show_json, show_table, spoken
from boss_tui.commands.two_people import CheckerOption, MakerOption, two_people
from data.message import say
from data.states import kind_name, state_name

if TYPE_CHECKING:
    from boss_tui.answers.business import PaperView
    from boss_tui.commands.at_work import AtWork
    from data.tables.transfer import TransferNote

note = typer.Typer(
    name="note", no_args_is_help=True, help="Transfer notes: stock that goes to outlets, back, or from one to another."
)
hall = typer.Typer()
NumberArgument = Annotated[int, typer.Argument(help="The note's number.", min=1)]
PiecesArgument = Annotated[int, typer.Argument(help="How many pieces were counted.", min=0)]
MissingOption = Annotated[
    str, typer.Option(help="Serials that were not in the box; a run as FIRST-LAST.", show_default=False)
]
ReasonOption = Annotated[str, typer.Option(help="Why; it is kept with the note.", show_default=False)]


@note.command("list")
@errors_in_words
def listed(
    every: Annotated[bool, typer.Option("--all", help="Those that have ended too.")] = False,
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The notes, the latest first: of what, from where to where, how far each is."""
    from data.tables.transfer import TransferNote

    with office_of(home, store) as office, office.store.reading() as reading:
        found = reading.all(TransferNote, order=("-number",))
    found = [row for row in found if every or row.state in ("draft", "sent", "differs")]
    if as_json:
        show_json([_facts(row) for row in found])
        return
    speak = spoken()
    heads = (
        say("No."),
        say("Stock"),
        say("Pieces"),
        say("Sent from"),
        say("Sent to"),
        say("State"),
        say("Missing pieces"),
    )
    at_headquarters = speak(say("headquarters"))
    rows = [
        (
            str(row.number),
            f"{speak(kind_name(row.kind))} {row.of}".strip(),
            str(row.pieces),
            row.sender or at_headquarters,
            row.receiver or at_headquarters,
            speak(state_name(row.state)),
            str(row.missing or ""),
        )
        for row in found
    ]
    show_table([tuple(speak(head) for head in heads), *rows])


@note.command()
@errors_in_words
def draft(
    kind: StockKindArgument,
    pieces: Annotated[int, typer.Argument(help="How many.", min=1)],
    of: Annotated[
        str, typer.Option(help="A kind of card, a model, a face value in fen; any.", show_default=False)
    ] = "",
    sender: Annotated[str, typer.Option("--from", help="The outlet; headquarters.", show_default=False)] = "",
    receiver: Annotated[str, typer.Option("--to", help="The outlet; headquarters.", show_default=False)] = "",
    reason: ReasonOption = "",
    operator: MakerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a note: nothing has left its sender yet."""
    from boss_tui.commands.office import at_office
    from boss_tui.headquarters import transferring

    with at_office(home, operator, store) as desk:
        made = transferring.draft(
            desk, kind=kind, pieces=pieces, of=of, sender=sender, receiver=receiver, reason=reason
        )
    _show(made, as_json)


@note.command()
@errors_in_words
def recall(
    lease: Annotated[str, typer.Argument(help="The block that is asked back.")],
    reason: ReasonOption = "",
    operator: MakerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask an outlet for a block back: it sells no more from it, packs what is left, and sends it with a note."""
    from boss_tui.commands.office import at_office
    from boss_tui.headquarters import transferring

    with at_office(home, operator, store) as desk:
        made = transferring.recall(desk, lease, reason)
    _show(made, as_json)


@note.command()
@errors_in_words
def cancel(
    number: NumberArgument,
    why: Annotated[str, typer.Argument(help="Why it is not wanted any more.")],
    operator: MakerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Cancel a note of which nothing was sent."""
    from boss_tui.commands.office import at_office
    from boss_tui.headquarters import transferring

    with at_office(home, operator, store) as desk:
        made = transferring.cancel(desk, number, why)
    _show(made, as_json)


@note.command()
@errors_in_words
def send(
    number: NumberArgument,
    first: Annotated[str, typer.Option(help="From this serial on; the first in stock.", show_default=False)] = "",
    operator: MakerOption = "",
    approver: CheckerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Pack headquarters' box and send it: the paper names the serials; who packs and who counts along both sign."""
    from boss_tui.headquarters import transferring

    with office_of(home, store) as office, two_people(office, home, store, operator, approver) as (desk, checker):
        made, paper = transferring.send(desk, number, checker, first)
    _show(made, as_json, paper)


@note.command()
@errors_in_words
def receive(
    number: NumberArgument,
    pieces: PiecesArgument,
    missing: MissingOption = "",
    reason: ReasonOption = "",
    operator: MakerOption = "",
    approver: CheckerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Unpack a box that came to headquarters; who unpacks and who counts along both sign."""
    from boss_tui.headquarters import transferring

    with office_of(home, store) as office, two_people(office, home, store, operator, approver) as (desk, checker):
        made, paper = transferring.receive(desk, number, pieces, checker, missing, reason)
    _show(made, as_json, paper)


@note.command()
@errors_in_words
def settle(
    number: NumberArgument,
    outcome: Annotated[str, typer.Argument(help="returned: the sender has them after all; lost: never sold.")],
    why: Annotated[str, typer.Argument(help="What became of them.")],
    operator: MakerOption = "",
    approver: CheckerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """End the case of what was missing from a box."""
    from boss_tui.headquarters import transferring

    with office_of(home, store) as office, two_people(office, home, store, operator, approver) as (desk, checker):
        made = transferring.settle(desk, number, outcome, why, checker)
    _show(made, as_json)


def _facts(row: TransferNote) -> dict[str, str | int]:
    names = ("number", "kind", "of", "sender", "receiver", "pieces", "state", "missing", "lease_id", "reason")
    return {name: getattr(row, name) for name in names}


def _show(row: TransferNote, as_json: bool, paper: PaperView | None = None) -> None:
    if as_json:
        show_json({**_facts(row), "paper": paper})
        return
    if paper is not None:
        print("\n".join(paper.preview))
        return
    facts = {"number": row.number, "pieces": row.pieces, "state": spoken()(state_name(row.state))}
    show_facts(facts, {"number": say("No."), "pieces": say("Pieces"), "state": say("State")}, as_json=False)


@hall.command("notes")
@by_operator
def hall_notes(work: AtWork, as_json: JsonOption = False) -> None:
    """The boxes that are to be packed or unpacked here; how much is in one, a supervisor is told."""
    found = work.desk.transfers.notes()
    if as_json:
        show_json(found)
        return
    speak = spoken()
    show_table(
        [
            (
                str(line.number),
                speak(say("to be unpacked") if line.end_of == "received" else say("to be packed")),
                speak(kind_name(line.kind)),
                line.of if isinstance(line.of, str) else speak(line.of),
                "-" if line.pieces is None else str(line.pieces),
                speak(line.other),
            )
            for line in found
        ]
    )


@hall.command("send")
@by_operator
def hall_send(
    work: AtWork,
    number: NumberArgument,
    pieces: PiecesArgument,
    serials: Annotated[
        str, typer.Option(help="Which; a run as FIRST-LAST. By default the first in stock.", show_default=False)
    ] = "",
    reason: ReasonOption = "",
    approver: ApproverOption = "",
    as_json: JsonOption = False,
) -> None:
    """Pack the box of a note and print the paper that goes along; a supervisor counts along and signs."""
    password = approver_password(approver) if approver else ""
    paper = work.desk.transfers.send(number, pieces, serials, reason, approver, password)
    _show_paper(paper, as_json)


@hall.command("receive")
@by_operator
def hall_receive(
    work: AtWork,
    number: NumberArgument,
    pieces: PiecesArgument,
    missing: MissingOption = "",
    reason: ReasonOption = "",
    approver: ApproverOption = "",
    as_json: JsonOption = False,
) -> None:
    """Unpack the box of a note: what was found can be sold. A supervisor counts along and signs."""
    password = approver_password(approver) if approver else ""
    paper = work.desk.transfers.receive(number, pieces, missing, reason, approver, password)
    _show_paper(paper, as_json)


def _show_paper(paper: PaperView, as_json: bool) -> None:
    if as_json:
        show_json(paper)
    else:
        print("\n".join(paper.preview))
