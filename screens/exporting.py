"""A report or figures into a file, from the screen that shows them: as what, and where to (F10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from data.errors import NotAllowed
from data.message import say
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import PickList
from screens.frame import DeskApp
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.reports.files import Format

TITLE = say("Into a file")


async def export(desk: DeskApp, write: Callable[[Format, str], str]) -> None:
    """Ask as what and where to, and have it written; `write` answers where it is. A place that can't be is asked for
    again, with what was typed."""
    form = await _form(desk)
    if form is None:
        return
    question, where = say("Into which folder, or which file?"), await desk.call(desk.port.files.folder)
    while True:
        typed = await desk.ask(OneLine(TITLE, question, typed=where))
        if typed is None:
            return
        try:
            path = await desk.call(write, form, typed)
        except NotAllowed as refusal:
            if refusal.field != "where":
                raise
            question, where = refusal.message, typed
        else:
            folder, _, name = path.rpartition("/")
            desk.announce(say("{name} is written, in {folder}", name=name, folder=folder or "/"), "good")
            return


async def _form(desk: DeskApp) -> Format | None:
    from boss_tui.desk.exporting import FORMATS

    lines = [ListRow((words,), form) for form, words in FORMATS.items()]

    async def load(text: str) -> list[ListRow]:
        return [line for line in lines if line.holds(text)]

    form: Format | None = await desk.ask(PickList(TITLE, load, widths=(60,)))
    return form
