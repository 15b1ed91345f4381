"""A desk at headquarters' office, for one command; and the options by which each such command is told whose."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate

from boss_tui.commands.at_work import PASSWORD, ask_password
from boss_tui.commands.headquarters import office_of
from boss_tui.commands.options import CounterOption, HomeOption, ManagerOption, StoreOption, with_options
from boss_tui.commands.shared import errors_in_words, opened
from data.errors import BadForm
from data.message import say

if TYPE_CHECKING:
    from boss_tui.desk import Desk
    from boss_tui.headquarters.office import Office


@contextmanager
def at_office(folder: Path | None, operator: str, store: str = "", counter: str = "") -> Iterator[Desk]:
    """A desk at headquarters' office with somebody signed on. In a demonstration its first manager is the default."""
    from boss_tui.headquarters import desk as offices
    from boss_tui.start.home_files import equipped, note_of, note_quietly

    home, password = opened(folder), os.environ.get(PASSWORD, "")
    if home.settings.demo and not operator:
        from data.demo_staff import OFFICE_MANAGERS
        from data.demo_staff import PASSWORD as SHOWN

        operator, password = OFFICE_MANAGERS[0], SHOWN
    if not operator:
        raise BadForm({"--operator": say("Say who works: --operator and a staff number.")})
    its_own = not home.settings.demo and not store
    with office_of(folder, store) as office:
        desk = equipped(offices.desk(office, counter), home)
        if its_own:
            desk.seat.head_note = note_of(home)
        desk.signing.sign_on(operator, password or ask_password(PASSWORD, f"Password of {operator}"))
        try:
            yield desk
        finally:
            if its_own:
                note_quietly(home, office.store)


@contextmanager
def signed_office(folder: Path | None, operator: str, store: str = "") -> Iterator[tuple[Office, str]]:
    """Headquarters' office, and as whom what is done there is recorded: a manager who signs on, in a demonstration its
    first one; the user of this machine only while it is being founded, since nobody works there yet who could. BadForm:
    nobody is named; no manager."""
    from getpass import getuser

    from boss_tui.components.operators.grades import grade_of
    from boss_tui.headquarters.founding import is_being_founded

    with office_of(folder, store) as office, office.store.reading() as reading:
        founding = is_being_founded(reading)
    if operator or not founding or opened(folder).settings.demo:
        with at_office(folder, operator, store) as desk, desk.seat.reading() as reading:
            person = desk.seat.person(reading)
            operator = person.staff_no
            if grade_of(reading, person.role) != "manager":
                raise BadForm({"--operator": say("{staff_no} is no manager.", staff_no=operator)})
    with office_of(folder, store) as office:
        yield office, operator or getuser()


_WHOSE: dict[str, tuple[Any, Any]] = {
    "operator": (ManagerOption, ""),
    "counter": (CounterOption, ""),
    "store": (StoreOption, ""),
    "home": (HomeOption, None),
}
"""Who works, at which counter, over which store, of which home: each option with what it is when it is not said."""


def by_manager(command: Callable[Concatenate[Desk, ...], None]) -> Callable[..., None]:
    """A command of a manager at the office: it is handed their desk, and has `_WHOSE` beside what it asks for itself,
    before --json where it has that. Errors are told in words."""

    @wraps(command)
    def run(*, operator: str, counter: str, store: str, home: Path | None, **asked: Any) -> None:
        with at_office(home, operator, store, counter) as desk:
            command(desk, **asked)

    return errors_in_words(with_options(run, command, _WHOSE))
