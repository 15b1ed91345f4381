"""A file of a red or black list on the screen: what it comes to, its rejects as a file, or all of it into editions."""

from __future__ import annotations

from pathlib import Path

from boss_tui.management.m03_2.list_files import wrong_in
from data.message import say
from screens.dialogs.dialog import Confirm
from screens.frame import DeskApp
from screens.manage.drafting import from_when
from screens.manage.people import Told


async def take(desk: DeskApp, path: Path) -> None:
    """Tell what a file comes to; take it whole, after a question, or write down what is wrong with it."""
    found = await desk.call(desk.port.list_files.read, path)
    if found.rejects:
        written = await desk.call(desk.port.list_files.rejected, found)
        where = say("Nothing is taken; what is wrong is in {path}", path=written)
        await desk.ask(Told(say("From a file"), (wrong_in(found), "error"), (where, "")))
        return
    counts = say("new {new}, changed {changed}, ended {ended}, the same {same}, wrong {bad}", **found.counts())
    if not await desk.ask(Confirm(say("Take this list?"), say("{file}: {counts}", file=found.name, counts=counts))):
        return
    since = await desk.ask(from_when(say("From a file")))
    if since is None:
        return
    made = await desk.call(desk.port.list_files.take, path, effective_from=since)
    numbers = ", ".join(f"#{edition.number}" for edition in made)
    desk.announce(say("Edition {numbers}: look at it, and submit it.", numbers=numbers), "good")
