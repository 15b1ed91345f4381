"""Commands about the people of a hall: who works there, unlocking, one's own password, who looked at what."""

from __future__ import annotations

from typing import Annotated

import typer

from boss_tui.commands.at_work import at_the_door, at_work, new_password
from boss_tui.commands.options import CounterOption, HomeOption, JsonOption, OperatorOption
from boss_tui.commands.shared import errors_in_words, show_facts, show_json, show_table, spoken
from data.clock import on_the_wall
from data.message import say

staff = typer.Typer(
    name="staff",
    no_args_is_help=True,
    help="Who works here, one's own password, unlocking after wrong passwords, and the record of who did what.",
)

StaffNo = Annotated[str, typer.Argument(help="The staff number.")]
GRADES = {"clerk": say("clerk"), "supervisor": say("supervisor"), "manager": say("manager")}
STATES = {
    "active": say("on the staff"),
    "locked": say("locked by headquarters"),
    "left": say("left"),
    "paused": say("paused"),
    "shut": say("LOCKED: too many wrong passwords"),
}


@staff.command("list")
@errors_in_words
def listed(
    operator: OperatorOption = "", counter: CounterOption = "", home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Everybody of this outlet, and who was shut out by wrong passwords (a supervisor)."""
    with at_work(home, operator, counter) as work:
        found = work.desk.signing.staff()
    if as_json:
        show_json(found)
        return
    speak = spoken()
    show_table(
        [
            (s.staff_no, s.name, speak(GRADES[s.grade]), speak(STATES[s.state]), on_the_wall(s.last_at), s.last_counter)
            for s in found
        ]
    )


@staff.command()
@errors_in_words
def unlock(
    staff_no: StaffNo,
    code: Annotated[
        str, typer.Option(help="What headquarters read out for the challenge; nobody need sign on.", show_default=False)
    ] = "",
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
) -> None:
    """Let somebody try again who was shut out by wrong passwords: another supervisor does, or headquarters' code."""
    if code:
        with at_the_door(home) as desk:
            desk.signing.unlock_by_code(staff_no, code)
    else:
        with at_work(home, operator, counter) as work:
            work.desk.signing.unlock_staff(staff_no)
    print(spoken()(say("{staff_no} can sign on again.", staff_no=staff_no)))


@staff.command()
@errors_in_words
def challenge(staff_no: StaffNo, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """What to tell headquarters over the phone when nobody here can unlock; then boss staff unlock --code."""
    with at_the_door(home) as desk:
        asked = desk.signing.challenge(staff_no)
    show_facts(
        {"outlet": asked.outlet, "staff_no": asked.staff_no, "challenge": asked.text},
        {"outlet": say("Outlet"), "staff_no": say("Staff number"), "challenge": say("Challenge")},
        as_json,
    )


@staff.command()
@errors_in_words
def password(operator: OperatorOption = "", counter: CounterOption = "", home: HomeOption = None) -> None:
    """Choose another password of one's own; the new one comes from BOSS_NEW_PASSWORD, or is asked for twice."""
    with at_work(home, operator, counter) as work:
        work.desk.signing.change_password(work.password, new_password())
    print(spoken()(say("Your password is changed.")))


@staff.command()
@errors_in_words
def log(
    of: Annotated[str, typer.Option("--of", help="Of this staff number alone.", show_default=False)] = "",
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many, from the latest on.")] = 50,
    operator: OperatorOption = "",
    counter: CounterOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who signed on and off, failed to, and looked at what (a supervisor). Reading it is on record, too."""
    with at_work(home, operator, counter) as work:
        found = work.desk.signing.accesses(most, of)
    if as_json:
        show_json(found)
    else:
        show_table([(on_the_wall(a.at), a.operator, a.counter, a.act, a.subject, a.reason) for a in found])
