"""Commands of headquarters about what it put aside of outlets' entries: to see it, and to end it with a decision."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.headquarters import office_of
from boss_tui.commands.options import HomeOption, JsonOption, StoreOption
from boss_tui.commands.shared import errors_in_words, show_json, show_table, spoken
from data.message import say

if TYPE_CHECKING:
    from boss_tui.headquarters.exceptions import Word

app = typer.Typer()


WordArgument = Annotated[str, typer.Argument(help="What was decided, and why.")]
KeyArgument = Annotated[str, typer.Argument(help="Its key, from `boss headquarters exceptions`.")]


class Becomes(StrEnum):
    """What becomes of a refused entry's money."""

    OWED = "owed"
    INCOME = "income"


@app.command()
@errors_in_words
def exceptions(store: StoreOption = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """What was put aside of outlets' entries and is undecided: why, since when, how much of its money is in suspense.

    What is only noted was applied: somebody should look at it.
    """
    from boss_tui.forms.typed import yuan
    from boss_tui.headquarters.exceptions import undecided
    from data.clock import wall_day

    with office_of(home, store) as office, office.store.reading() as reading:
        found = undecided(reading)
    if as_json:
        show_json(
            [
                {
                    "id": e.id,
                    "outlet": e.outlet,
                    "entry": e.seq,
                    "reason": e.reason,
                    "means": e.means,
                    "about": e.about,
                    "held": e.held,
                    "since": e.since,
                    "state": e.state,
                }
                for e in found
            ]
        )
        return
    speak = spoken()
    heads = (say("Key"), say("Outlet"), say("Entry"), say("Since"), say("In suspense"), say("Reason"), say("About"))
    rows = [
        (
            e.id,
            e.outlet,
            str(e.seq),
            wall_day(e.since),
            yuan(e.held) if e.held else "",
            speak(e.means),
            speak(e.about),
        )
        for e in found
    ]
    show_table([tuple(speak(head) for head in heads), *rows])


@app.command("resolve")
@errors_in_words
def resolve_exception(
    exception: KeyArgument, resolution: WordArgument, store: StoreOption = "", home: HomeOption = None
) -> None:
    """End an exception that no money hangs on, or a note, with what was decided; its outlet is told."""
    from boss_tui.headquarters.exceptions import resolve

    with office_of(home, store) as office:
        resolve(office.store, exception, _word(resolution))


@app.command("accept")
@errors_in_words
def accept_exception(
    exception: KeyArgument, resolution: WordArgument, store: StoreOption = "", home: HomeOption = None
) -> None:
    """Take an entry that was put aside, where nothing is in its way any more, or somebody vouches for it."""
    from boss_tui.headquarters.exceptions import accept

    with office_of(home, store) as office:
        accept(office.store, exception, _word(resolution))


@app.command("compensate")
@errors_in_words
def compensate_exception(
    exception: KeyArgument, resolution: WordArgument, store: StoreOption = "", home: HomeOption = None
) -> None:
    """The customer gets back what was taken with an entry that was put aside: its outlet has the task to give it."""
    from boss_tui.headquarters.exceptions import compensate

    with office_of(home, store) as office:
        compensate(office.store, exception, _word(resolution))


@app.command("refuse")
@errors_in_words
def refuse_exception(
    exception: KeyArgument,
    resolution: WordArgument,
    becomes: Annotated[Becomes, typer.Option("--as", help="What becomes of its money.")] = Becomes.OWED,
    store: StoreOption = "",
    home: HomeOption = None,
) -> None:
    """An entry that was put aside is never applied; its money stays owed, or becomes income."""
    from boss_tui.headquarters.exceptions import refuse

    with office_of(home, store) as office:
        refuse(office.store, exception, _word(resolution), becomes.value)


def _word(resolution: str) -> Word:
    from getpass import getuser

    from boss_tui.headquarters.exceptions import Word

    return Word(getuser(), resolution)
