"""Acts at headquarters that take two people: who does it and who allows it, each proven by their own sign-on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boss_tui.commands.at_work import PASSWORD, approver_password, ask_password
from boss_tui.commands.shared import opened
from data.errors import BadForm
from data.message import say

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from boss_tui.headquarters.office import Office

MakerOption = Annotated[
    str,
    typer.Option(
        "--operator",
        "--author",
        help="Who does it: a staff number of the office; the password comes from BOSS_PASSWORD or is asked for.",
        show_default=False,
    ),
]
CheckerOption = Annotated[
    str,
    typer.Option(
        "--approver",
        help="Who allows it: another manager of the office; the password comes from BOSS_APPROVER_PASSWORD or is "
        "asked for.",
        show_default=False,
    ),
]


@contextmanager
def two_people(office: Office, folder: Path | None, url: str, maker: str, checker: str) -> Iterator[tuple[Desk, str]]:
    """A desk of the office with who does it signed on, and the staff number of who allows it: each has proven who they
    are. BadForm names the option that is missing, or is the same person or no manager; NotAllowed, Locked: a password
    is not right."""
    from boss_tui.components.operators.grades import grade_of
    from boss_tui.headquarters import desk as offices
    from boss_tui.start.home_files import equipped, note_of, note_quietly
    from data.tables.organisation import Operator

    if not maker:
        raise BadForm({"--operator": say("Say who works: --operator and a staff number.")})
    if not checker:
        raise BadForm({"--approver": say("Another person has to approve it: their staff number.")})
    if checker == maker:
        raise BadForm({"--approver": say("Nobody decides what they made themselves: another person must.")})
    home = opened(folder)
    desk = equipped(offices.desk(office), home)
    with office.store.reading() as reading:
        row = reading.find(Operator, staff_no=checker, outlet=desk.seat.station.outlet)
        is_manager = row is not None and grade_of(reading, row.role) == "manager"
    if not is_manager:
        raise BadForm({"--approver": say("{staff_no} is no manager.", staff_no=checker)})
    its_own = not home.settings.demo and not url
    if its_own:
        desk.seat.head_note = note_of(home)
    try:
        desk.signing.sign_on(maker, os.environ.get(PASSWORD, "") or ask_password(PASSWORD, f"Password of {maker}"))
        desk.seat.person()  # who must change their password first does nothing else
        yield desk, desk.supervisors.other(checker, approver_password(checker))
    finally:
        if its_own:
            note_quietly(home, office.store)
