"""`boss manage CODE fields|try`: what may be typed of a row or of a try-out, and what would come of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from boss_tui.commands.manage import EditionOption, typed_fields
from boss_tui.commands.manage_acts import where_done
from boss_tui.commands.office import at_office
from boss_tui.commands.options import HomeOption, JsonOption, ManagerOption, StoreOption
from boss_tui.commands.shared import by_command, errors_in_words, show_json, show_table, show_tried, spoken, tell
from data.errors import BadForm
from data.message import say

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from boss_tui.forms.fields import Choice, FieldSpec

fields = typer.Typer()


@fields.command("fields")
@errors_in_words
def listed(
    at: typer.Context,
    field: Annotated[str, typer.Argument(help="One of them: what may stand in it, as F4 lists it.")] = "",
    like: Annotated[str, typer.Option(help="Of that only what has this text.", show_default=False)] = "",
    of_try: Annotated[bool, typer.Option("--try", help="Those of `try`, not of a row.")] = False,
    act: Annotated[str, typer.Option("--do", help="Those of an act of `do`.", show_default=False)] = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What is typed of a row as FIELD=VALUE: each field (* must be said), what it is called, what it takes."""
    with where_done(at.obj, act, home, operator, store) as desk:
        asked = _of_try(desk, at.obj) if of_try else _of_act(desk, at.obj, act) if act else _of_row(desk, at.obj)
        found = asked.choices(field, like) if field else []
    if as_json:
        show_json(found if field else _facts(asked))
    elif field:
        show_table([(each.value, spoken()(each.label)) for each in found])
    else:
        show_table(_table(asked))


class Asked(NamedTuple):
    """What is asked for: fields, those of them that F4 lists, what it lists for a text, and how `fields` is told of
    which form they are."""

    specs: Sequence[FieldSpec]
    listed: Collection[str]
    choices: Callable[[str, str], list[Choice]]
    command: str


def _of_row(desk: Desk, name: str) -> Asked:
    from boss_tui.management.choosing import can_choose

    entity = desk.managing.entity(name)
    listed = {each.name for each in entity.columns if can_choose(entity, each)}
    choices = partial(desk.managing.choices, name)
    return Asked([each.spec for each in entity.columns], listed, choices, f"boss manage {name} fields")


def _of_try(desk: Desk, name: str) -> Asked:
    specs = desk.trying.fields(name)
    listed = {spec.name for spec in specs if spec.ask.choices}
    return Asked(specs, listed, partial(desk.trying.choices, name), f"boss manage {name} fields --try")


def _of_act(desk: Desk, name: str, which: str) -> Asked:
    act = desk.acting.act(name, which)
    listed = {spec.name for spec in act.form.fields() if spec.ask.choices or spec.name in act.choices}
    command = f"boss manage {name} fields --do {which}"
    return Asked(act.form.fields(), listed, partial(desk.acting.choices, name, which), command)


def _facts(asked: Asked) -> list[dict[str, str]]:
    from boss_tui.forms.expected import expected

    speak = spoken()
    return [
        {
            "field": spec.name,
            "must": "*" if spec.required else "",
            "called": speak(spec.ask.label),
            "takes": speak(say("From a list: {command}", command=f"{asked.command} {spec.name}"))
            if spec.name in asked.listed
            else by_command(speak(expected(spec))),
        }
        for spec in asked.specs
    ]


def _table(asked: Asked) -> list[tuple[str, ...]]:
    return [tuple(each.values()) for each in _facts(asked)]


@fields.command("try")
@errors_in_words
def try_out(
    at: typer.Context,
    fields: Annotated[list[str] | None, typer.Argument(help="What is tried.", metavar="FIELD=VALUE…")] = None,
    on: Annotated[str, typer.Option(help="A business date, today's or a later one.", show_default=False)] = "",
    example: Annotated[bool, typer.Option("--example", help="Try something that works here now.")] = False,
    edition: EditionOption = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What would come of it, on a date, with an edition in the rows: nothing is changed. `fields --try` lists what it
    takes, as this does where something must be said and nothing is.

    Of an edition that is named it is what that changes, where nothing else is said: 3002 tries what waits for them."""
    with at_office(home, operator, store) as desk:
        at_first = None if edition else desk.trying.at_first(at.obj)
        code = at.obj.partition("/")[0]
        usual = (
            desk.trying.example(at.obj) if example else desk.trying.begun(edition, code=code).typed if edition else {}
        )
        typed = {**usual, **typed_fields(fields or [])}
        try:
            found = desk.trying.try_out(at.obj, typed, on, at_first.id if at_first else edition)
        except BadForm:
            if not typed:
                show_table(_table(_of_try(desk, at.obj)), tell)
            raise
    if as_json:
        show_json(found)
    else:
        show_tried(found)
