"""`boss manage M7 password|leaving`, `boss edition take`: the people of the house, at headquarters' office."""

from __future__ import annotations

from typing import Annotated

import typer

from boss_tui.commands.office import at_office
from boss_tui.commands.options import HomeOption, JsonOption, ManagerOption, StoreOption
from boss_tui.commands.shared import errors_in_words, show_facts, show_json, show_table, spoken
from boss_tui.commands.staff import StaffNo, show_held
from data.errors import NotAllowed
from data.message import say
from data.states import state_name

people = typer.Typer()
taking = typer.Typer()


def must_be_staff(at: typer.Context) -> None:
    """NotAllowed for any other subject."""
    if at.obj.split("/")[0].upper() != "M7":
        raise NotAllowed(say("That is done with M7."), field="code")


@people.command()
@errors_in_words
def password(
    at: typer.Context,
    staff_no: StaffNo,
    reason: Annotated[str, typer.Option(help="Why; not of the first one.", show_default=False)] = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A one-time password (M7), shown once: of somebody new with their edition, else at once, reviewed afterwards."""
    must_be_staff(at)
    with at_office(home, operator, store) as desk:
        given = desk.personnel.give_password(staff_no, reason)
    told = {
        "staff_no": given.staff_no,
        "password": given.password,
        "edition": given.edition,
        "state": given.state if as_json else spoken()(state_name(given.state)),
    }
    labels = {"staff_no": say("Staff number"), "password": say("Password"), "edition": say("Edition")}
    show_facts(told, {**labels, "state": say("State")}, as_json)


@people.command()
@errors_in_words
def review(
    at: typer.Context,
    of: Annotated[str, typer.Option("--of", help="A staff number: all that they may.", show_default=False)] = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Whose rights are to be confirmed, the overdue first (M7); then boss manage M7 confirm, or end."""
    from boss_tui.commands.manage_acts import show

    must_be_staff(at)
    with at_office(home, operator, store) as desk:
        if of:
            show(list(desk.personnel.rights_of(of)), as_json)
            return
        found = desk.personnel.review()
    if as_json:
        show_json(found)
        return
    from boss_tui.components.operators.rights_review import STATES

    speak = spoken()
    show_table(
        [
            (r.staff_no, r.name, r.outlet, speak(r.role_name), speak(STATES[r.state]), r.confirmed_on, r.due_on)
            for r in found
        ]
    )


@people.command()
@errors_in_words
def confirm(
    at: typer.Context,
    staff_nos: Annotated[list[str], typer.Argument(help="Staff numbers.")],
    title: Annotated[str, typer.Option(help="Of the edition, where none is open.", show_default=False)] = "",
    reason: Annotated[str, typer.Option(help="Why, of the edition.", show_default=False)] = "",
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """People keep the rights that they have (M7): into the open edition, which another person approves."""
    must_be_staff(at)
    said = {name: text for name, text in (("title", title), ("reason", reason)) if text}
    with at_office(home, operator, store) as desk:
        done = desk.personnel.confirm(staff_nos, **said)
    if as_json:
        show_json({"edition": done.edition.number, "rows": done.rows})
    else:
        print(spoken()(say("{n} {n:row|rows} in edition {number}.", n=done.rows, number=done.edition.number)))


@people.command()
@errors_in_words
def leaving(
    at: typer.Context,
    staff_no: StaffNo,
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What somebody still holds, as far as headquarters knows (M7); of forms knows their hall: boss staff leaving."""
    must_be_staff(at)
    with at_office(home, operator, store) as desk:
        found = desk.personnel.leaving(staff_no)
    show_held(found, as_json)


@taking.command()
@errors_in_words
def take(
    number: Annotated[int, typer.Argument(help="The edition's number.")],
    operator: ManagerOption = "",
    store: StoreOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Go on with an edition whose author works here no more: it is one's own draft."""
    with at_office(home, operator, store) as desk:
        found = desk.personnel.take_over(number)
    if as_json:
        show_json({"number": found.number, "state": found.state, "author": found.author})
    else:
        print(spoken()(say("Edition {number} is your draft now.", number=found.number)))
