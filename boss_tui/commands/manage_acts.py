"""`boss manage CODE do`: acts on rows that no edition changes, such as numbers made of a segment, a limit that a hall
lends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from boss_tui.commands.at_work import approver_password, at_work
from boss_tui.commands.manage import typed_fields
from boss_tui.commands.office import at_office
from boss_tui.commands.options import HomeOption, JsonOption, ManagerOption, StoreOption
from boss_tui.commands.shared import errors_in_words, show_json, show_table, spoken, tell
from boss_tui.commands.two_people import CheckerOption
from data.message import say

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from boss_tui.management.kit.acts import OfficeAct, OnwardAct
    from boss_tui.management.kit.answering import Fact

acts = typer.Typer()


@acts.command("do")
@errors_in_words
def do_act(
    at: typer.Context,
    act: Annotated[str, typer.Argument(help="Which act; without it all of them are listed.")] = "",
    fields: Annotated[list[str] | None, typer.Argument(help="What is said with it.", metavar="FIELD=VALUE…")] = None,
    operator: ManagerOption = "",
    approver: CheckerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Do what no edition does: at the office, such as `boss manage M5 do block numbers=1825750`; some at a hall."""
    with where_done(at.obj, act, home, operator, store) as desk:
        if not act:
            _list([*desk.acting.acts(at.obj), *_at_halls(at.obj)], as_json)
            return
        typed = typed_fields(fields or [])
        found = desk.acting.do(at.obj, act, typed, approver, approver_password(approver))
        onward = desk.acting.then(at.obj, act, typed)
    show(found, as_json)
    if onward is not None and not as_json:
        tell(spoken()(say("Next: {command}", command=_typed_as(at.obj, onward))))


def _typed_as(name: str, onward: OnwardAct) -> str:
    """The command of an act that goes on from another, with what it is begun with; what is to be said yet is open."""
    wanted = {spec.name: "…" for spec in onward.act.form.fields() if spec.required} | dict(onward.typed)
    said = [f"{field}={text}" for field, text in wanted.items()]
    return " ".join(["boss manage", name.partition("/")[0], "do", onward.act.name, *said])


@contextmanager
def where_done(name: str, act: str, home: Path | None, operator: str, store: str) -> Iterator[Desk]:
    """A desk where an act is done; where there is none of that name, at the office."""
    if any(each.name == act for each in _at_halls(name)):
        with at_work(home, operator) as work:
            yield work.desk
    else:
        with at_office(home, operator, store) as desk:
            yield desk


def _at_halls(name: str) -> list[OfficeAct]:
    """What is done of a subject at halls."""
    from boss_tui.management import subjects

    return [each for each in subjects.named(name)[0].acts if each.right]


def show(found: list[Fact], as_json: bool) -> None:
    """What came of an act, a line each."""
    if as_json:
        show_json(found)
    else:
        speak = spoken()
        show_table([(speak(f.label), f.value if isinstance(f.value, str) else speak(f.value)) for f in found])


def _list(found: list[Any], as_json: bool) -> None:
    """Each act with its fields."""
    speak = spoken()
    rows = [(each.name, speak(each.says), " ".join(spec.name for spec in each.form.fields())) for each in found]
    if as_json:
        show_json([dict(zip(("act", "says", "fields"), row, strict=True)) for row in rows])
    else:
        show_table(rows)
