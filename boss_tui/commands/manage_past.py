"""`boss manage CODE history|diff|act`: what managers keep, looked back at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.editions import said
from boss_tui.commands.manage import KeyArgument, key_of
from boss_tui.commands.office import at_office
from boss_tui.commands.options import HomeOption, JsonOption, ManagerOption, StoreOption
from boss_tui.commands.shared import errors_in_words, show_json, show_table, spoken
from data.message import say
from data.states import state_name

if TYPE_CHECKING:
    from boss_tui.components.resources.number_life import LifeLine

past = typer.Typer()


@past.command()
@errors_in_words
def history(
    at: typer.Context,
    key: KeyArgument,
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Every change of a row, the latest first: from when, by whom, what it was and became, in which edition. Of a piece
    of stock its life, the earliest first."""
    from boss_tui.management import words

    with at_office(home, operator, store) as desk:
        entity = desk.managing.entity(at.obj)
        if entity.stock is not None:
            _show_life(desk.acting.life(at.obj, key_of(entity, key)), as_json)
            return
        found = desk.managing.history(at.obj, key_of(entity, key))
        if not found:
            desk.managing.row(at.obj, key_of(entity, key))  # NotFound where there is no such row
    if as_json:
        show_json([change for change, _ in found])
        return
    speak = spoken()
    show_table(
        [
            (
                change.from_day or "-",
                speak(state_name(change.state)),
                f"#{change.number}" if change.number else "-",
                change.author,
                change.approver,
                change.title,
                speak(words.op_said(entity.name, change.op)),
                said(field.label),
                said(field.before),
                "->",
                said(field.after),
            )
            for change, told_ in found
            for field in told_
        ]
    )


def _show_life(found: list[LifeLine], as_json: bool) -> None:
    if as_json:
        show_json(found)
        return
    speak = spoken()
    show_table([(each.when or speak(say("as it stands")), speak(each.what), each.who) for each in found])


@past.command()
@errors_in_words
def diff(
    at: typer.Context,
    first: Annotated[str, typer.Argument(help="The earlier business date.")],
    last: Annotated[str, typer.Argument(help="The later one; by default today's.")] = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What is other on one business date than on an earlier one: the rows and fields that differ, and no others."""

    with at_office(home, operator, store) as desk:
        found = desk.managing.difference(at.obj, first, last)
    if as_json:
        show_json([difference for difference, _ in found])
        return
    speak = spoken()
    show_table([(speak(d.row), speak(d.happens), said(d.label), said(d.before), "->", said(d.after)) for _, d in found])


@past.command()
@errors_in_words
def act(
    serial: Annotated[str, typer.Argument(help="Its serial, as `boss matrix CODE` tells.")],
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What somebody did: who and when, what was said with it, which components it used."""
    with at_office(home, operator, store) as desk:
        found = desk.lookups.act(serial)
    if as_json:
        show_json(found)
        return
    speak = spoken()
    rows = [(label if isinstance(label, str) else speak(label), value) for label, value in found.lines]
    show_table([(speak(found.what), found.serial), *rows])
