"""A desk at headquarters' office, for one command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from boss_tui.commands.at_work import PASSWORD, ask_password
from boss_tui.commands.headquarters import office_of
from boss_tui.commands.shared import opened
from data.errors import BadForm
from data.message import say

if TYPE_CHECKING:
    from boss_tui.desk import Desk


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
