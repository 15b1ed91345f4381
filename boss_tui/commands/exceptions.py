"""Commands of headquarters about what it put aside of outlets' entries: to see it, and to end it with a decision."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.commands.headquarters import office_of
from boss_tui.commands.office import by_manager
from boss_tui.commands.options import HomeOption, JsonOption, StoreOption
from boss_tui.commands.shared import errors_in_words, show, show_json, show_table, spoken
from data.message import Message, say

if TYPE_CHECKING:
    from boss_tui.answers.exceptions import ExceptionLine
    from boss_tui.desk import Desk

app = typer.Typer()


WordArgument = Annotated[str, typer.Argument(help="What was decided, and why.")]
KeyArgument = Annotated[str, typer.Argument(help="Its key, from `boss headquarters exceptions`.")]


class Becomes(StrEnum):
    """What becomes of a refused entry's money."""

    OWED = "owed"
    INCOME = "income"


@app.command()
@errors_in_words
def exceptions(
    ended: Annotated[bool, typer.Option("--ended", help="Those that have ended, too, and how.")] = False,
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What was put aside of outlets' entries and is undecided: why, since when, how much of its money is in suspense.

    What is only noted was applied: somebody should look at it.
    """
    from boss_tui.forms.typed import yuan
    from boss_tui.headquarters import exception_lines
    from data.clock import wall_day

    with office_of(home, store) as office, office.store.reading() as reading:
        found = [*exception_lines.undecided(reading), *(exception_lines.ended(reading) if ended else ())]
    if as_json:
        show_json([_facts(line) for line in found])
        return
    speak = spoken()
    heads = (
        say("Key"),
        say("Outlet"),
        say("Entry no."),
        say("What was done"),
        say("Done by"),
        say("Put aside"),
        say("In suspense"),
        say("Reason"),
        say("About"),
        *((say("State"), say("Ended by"), say("Note")) if ended else ()),
    )
    rows = [
        (
            e.id,
            e.outlet,
            str(e.seq),
            speak(e.kind),
            e.person,
            wall_day(e.since),
            yuan(e.held) if e.held else "",
            speak(e.means),
            speak(e.about),
            *((speak(e.standing), e.decided_by, e.words) if ended else ()),
        )
        for e in found
    ]
    show_table([tuple(speak(head) for head in heads), *rows])


def _facts(line: ExceptionLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "outlet": line.outlet,
        "entry": line.seq,
        "kind": line.kind,
        "business_date": line.business_date,
        "person": line.person.partition(" ")[0],
        "reason": line.reason,
        "means": line.means,
        "about": line.about,
        "held": line.held,
        "since": line.since,
        "state": line.state,
        "decision": line.decision,
        "decided_by": line.decided_by.partition(" ")[0],
        "decided_at": line.decided_at,
        "words": line.words,
    }


@app.command("exception")
@by_manager
def show_exception(desk: Desk, exception: KeyArgument, as_json: JsonOption = False) -> None:
    """One of them in full: each reason, what its entry would have written, its money, the ways in which it can end."""
    from boss_tui.forms.typed import yuan

    sheet = desk.office_exceptions.sheet(exception)
    if as_json:
        show_json(
            {
                **_facts(sheet.line),
                "reasons": [{"means": means, "about": about} for means, about in sheet.reasons],
                "typed": [{"field": label, "value": value} for label, value in sheet.typed],
                "money": [{"what": what, "amount": fen} for what, fen in sheet.money],
                "writes": list(sheet.writes),
                "endings": [{"way": each.way, "says": each.says, "effect": each.effect} for each in sheet.endings],
                "barred": sheet.barred,
            }
        )
        return
    line, speak = sheet.line, spoken()
    facts: list[tuple[Message, Message | str]] = [
        (say("Outlet"), sheet.place),
        (say("Entry no."), str(line.seq)),
        (say("What was done"), line.kind),
        (say("Done by"), line.person),
        (say("In suspense"), yuan(line.held)),
        *((say("Reason"), say("{means} ({about})", means=means, about=about)) for means, about in sheet.reasons),
        *sheet.typed,
        *((what, yuan(fen)) for what, fen in sheet.money),
        *((say("Would write"), row) for row in sheet.writes),
        *((each.says, each.effect) for each in sheet.endings),
    ]
    show_table([(speak(label), value if isinstance(value, str) else speak(value)) for label, value in facts])
    if sheet.barred:
        show(speak(sheet.barred))


@app.command("resolve")
@by_manager
def resolve_exception(
    desk: Desk, exception: KeyArgument, resolution: WordArgument, as_json: JsonOption = False
) -> None:
    """End an exception that no money hangs on, or a note, with what was decided; its outlet is told."""
    _end(desk, exception, "resolve", resolution, as_json)


@app.command("accept")
@by_manager
def accept_exception(desk: Desk, exception: KeyArgument, resolution: WordArgument, as_json: JsonOption = False) -> None:
    """Take an entry that was put aside, where nothing is in its way any more, or somebody vouches for it."""
    _end(desk, exception, "accept", resolution, as_json)


@app.command("compensate")
@by_manager
def compensate_exception(
    desk: Desk, exception: KeyArgument, resolution: WordArgument, as_json: JsonOption = False
) -> None:
    """The customer gets back what was taken with an entry that was put aside: its outlet has the task to give it."""
    _end(desk, exception, "compensate", resolution, as_json)


@app.command("refuse")
@by_manager
def refuse_exception(
    desk: Desk,
    exception: KeyArgument,
    resolution: WordArgument,
    becomes: Annotated[Becomes, typer.Option("--as", help="What becomes of its money.")] = Becomes.OWED,
    as_json: JsonOption = False,
) -> None:
    """An entry that was put aside is never applied; its money stays owed, or becomes income."""
    _end(desk, exception, "income" if becomes == Becomes.INCOME else "refuse", resolution, as_json)


def _end(desk: Desk, exception: str, way: str, words: str, as_json: bool) -> None:
    line = desk.office_exceptions.end(exception, way, words)
    if as_json:
        show_json(_facts(line))
