"""Commands about the people of a hall: who works there, unlocking, one's own password, who looked at what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import at_the_door, at_work, by_operator, new_password
from boss_tui.commands.options import CounterOption, HomeOption, JsonOption, OperatorOption
from boss_tui.commands.shared import errors_in_words, show_facts, show_json, show_table, spoken
from boss_tui.forms.typed import fen_typed, yuan
from data.clock import on_the_wall
from data.message import say

if TYPE_CHECKING:
    from boss_tui.commands.at_work import AtWork
    from boss_tui.components.operators.leaving import Held
    from boss_tui.components.operators.work_record import Deed, Total

staff = typer.Typer(
    name="staff",
    no_args_is_help=True,
    help="Who works here, one's own password, unlocking after wrong passwords, and the record of who did what.",
)

StaffNo = Annotated[str, typer.Argument(help="The staff number.")]
WHY = {"word": say("word"), "back": say("taken back"), "refused": say("refused"), "reprint": say("reprint")}
"""What makes an act an exception."""
GRADES = {"clerk": say("clerk"), "supervisor": say("supervisor"), "manager": say("manager")}
STATES = {
    "active": say("on the staff"),
    "locked": say("locked by headquarters"),
    "left": say("left"),
    "paused": say("paused"),
    "shut": say("LOCKED: too many wrong passwords"),
}


@staff.command("list")
@by_operator
def listed(work: AtWork, as_json: JsonOption = False) -> None:
    """Everybody of this outlet, and who was shut out by wrong passwords (a supervisor)."""
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
@by_operator
def password(work: AtWork) -> None:
    """Choose another password of one's own; the new one comes from BOSS_NEW_PASSWORD, or is asked for twice."""
    work.desk.signing.change_password(work.password, new_password())
    print(spoken()(say("Your password is changed.")))


@staff.command()
@by_operator
def leaving(work: AtWork, staff_no: StaffNo, as_json: JsonOption = False) -> None:
    """What somebody of this outlet still holds: drawer, forms, words given, papers; and who takes it (a supervisor)."""
    found = work.desk.personnel.leaving(staff_no)
    show_held(found, as_json)


@staff.command()
@by_operator
def now(work: AtWork, as_json: JsonOption = False) -> None:
    """Who is at work now: counter, since when, forms open, drawer (a supervisor)."""
    found = work.desk.personnel.now()
    if as_json:
        show_json(found)
        return
    speak = spoken()
    away, drawer = speak(say("locked")), speak(say("drawer open"))
    show_table(
        [
            (
                each.counter,
                each.staff_no,
                each.name,
                on_the_wall(each.since),
                " ".join(each.forms),
                drawer if each.drawer else "",
                away if each.locked else "",
            )
            for each in found
        ]
    )


SinceOption = Annotated[str, typer.Option("--since", help="The first business date; today.", show_default=False)]
UntilOption = Annotated[str, typer.Option("--until", help="The last one.", show_default=False)]


@staff.command()
@by_operator
def work(
    at: AtWork,
    of: Annotated[str, typer.Option("--of", help="A staff number: act by act.", show_default=False)] = "",
    mine: Annotated[bool, typer.Option("--mine", help="My own, act by act.")] = False,
    since: SinceOption = "",
    until: UntilOption = "",
    business: Annotated[str, typer.Option(help="Of this business alone.", show_default=False)] = "",
    amount: Annotated[str, typer.Option(help="Of at least so many yuan, in or out.", show_default=False)] = "",
    exceptions: Annotated[bool, typer.Option("--exceptions", help="Exceptions alone.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Who did how much (a supervisor), or what one person did; anybody sees their own. Then: boss order SERIAL."""
    personnel = at.desk.personnel
    if not (of or mine):
        show_totals(personnel.work(since, until), as_json)
        return
    least = fen_typed(amount, "amount") if amount else 0
    found = personnel.work_of(of, since, until, business=business, amount=least, exceptions=exceptions)
    show_deeds(found, as_json)


def show_totals(found: Sequence[Total], as_json: bool) -> None:
    """A line for each person."""
    if as_json:
        show_json(found)
        return
    speak = spoken()
    heads = (
        say("Staff number"),
        say("Name"),
        say("Orders"),
        say("Taken in"),
        say("Paid out"),
        say("Back"),
        say("Words"),
        say("Reprints"),
        say("Looks"),
        say("Refused"),
    )
    rows = [
        (
            each.staff_no,
            each.name,
            str(each.orders),
            yuan(each.taken),
            yuan(each.paid_out),
            str(each.back),
            f"{each.worded}/{each.words_given}",
            str(each.reprints),
            f"{each.looks}/{each.looks_alone}",
            str(each.refused),
        )
        for each in found
    ]
    show_table([tuple(map(speak, heads)), *rows])


def show_deeds(found: Sequence[Deed], as_json: bool) -> None:
    """A line for each act."""
    if as_json:
        show_json(found)
        return
    from boss_tui.desk.deeds import deed_said

    speak = spoken()
    show_table(
        [
            (
                on_the_wall(deed.at),
                deed.counter,
                speak(deed_said(deed)),
                deed.subject,
                yuan(deed.amount) if deed.kind == "order" else "",
                " ".join(speak(WHY[why]) for why in deed.why),
                deed.approved_by,
            )
            for deed in found
        ]
    )


def show_held(found: Sequence[Held], as_json: bool) -> None:
    """What somebody still holds, and what becomes of each."""
    speak = spoken()
    if as_json:
        show_json([{"what": speak(each.what), "then": speak(each.then), "first": each.first} for each in found])
    elif found:
        show_table([(speak(each.what), speak(each.then)) for each in found])
    else:
        print(speak(say("Nothing is left.")))


@staff.command()
@by_operator
def log(
    work: AtWork,
    of: Annotated[str, typer.Option("--of", help="Of this staff number alone.", show_default=False)] = "",
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many, from the latest on.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Who signed on and off, failed to, and looked at what (a supervisor). Reading it is on record, too."""
    found = work.desk.signing.accesses(most, of)
    if as_json:
        show_json(found)
    else:
        from boss_tui.desk.deeds import on_record

        speak = spoken()
        show_table(
            [(on_the_wall(a.at), a.operator, a.counter, speak(on_record(a.act)), a.subject, a.reason) for a in found]
        )
