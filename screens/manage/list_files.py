"""A file of a red or black list on the screen: what it comes to, its rejects as a file, or all of it into editions; the
files that were taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from boss_tui.management.m03_2.list_files import wrong_in
from data.clock import on_the_wall
from data.message import Message, say
from data.states import state_name
from screens.dialogs.dialog import Confirm
from screens.frame import DeskApp
from screens.list_screen import ListScreen
from screens.manage.drafting import from_when
from screens.manage.people import Told
from screens.widgets.listing import ListRow


async def take(desk: DeskApp, path: Path) -> None:
    """Tell what a file comes to; take it whole, after a question, or write down what is wrong with it."""
    found = await desk.call(desk.port.list_files.read, path)
    if found.rejects:
        written = await desk.call(desk.port.list_files.rejected, found)
        where = say("Nothing is taken; what is wrong is in {path}", path=written)
        await desk.ask(Told(say("From a file"), (wrong_in(found), "error"), (where, "")))
        return
    counts = say("new {new}, changed {changed}, ended {ended}, the same {same}, wrong {bad}", **found.counts())
    file = say("{file}: {counts}", file=found.name, counts=counts)
    if not await desk.ask(Confirm(say("Take this list?"), found.says, file)):
        return
    since = await desk.ask(from_when(say("From a file")))
    if since is None:
        return
    made = await desk.call(desk.port.list_files.take, path, effective_from=since)
    numbers = ", ".join(f"#{edition.number}" for edition in made)
    await desk.place("edition", made[0].id)
    desk.announce(say("Edition {numbers}: look at it, and submit it.", numbers=numbers), "good")


class ListFilesScreen(ListScreen):
    """The files that were taken: which sequence comes next of each list is told by them. Enter: the edition."""

    title_of = say("Files of lists that were taken")
    hint: ClassVar[Message] = say("Of a list the next file has the next number. Enter: its edition")
    widths: ClassVar[tuple[int, ...]] = (11, 38, 8, 4)
    empty: ClassVar[Message] = say("No file was taken yet: the first of a list may have any number.")

    async def load(self, text: str) -> Sequence[ListRow]:
        """The last first."""
        lines = []
        for each in await self.desk.call(self.desk.port.list_files.taken):
            people = say("{n} {n:person|people}", n=each.file.rows)
            at, number = on_the_wall(each.file.taken_at, "%m-%d %H:%M"), f"#{each.edition.number}"
            lines.append(ListRow((at, each.says, people, number, state_name(each.edition.state)), each))
        return self.narrowed(lines, text)

    async def chosen(self, line: ListRow) -> None:
        """The edition that it came into."""
        await self.desk.place("edition", line.value.edition.id)
