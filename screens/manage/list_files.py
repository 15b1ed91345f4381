"""A file of a red or black list on the screen: what it comes to, its rejects as a file, or all of it into editions; the
files that were taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from boss_tui.management.m03_2.list_files import wrong_in
from data.clock import on_the_wall
from data.message import Message, say
from data.states import state_name
from screens.dialogs.dialog import Confirm
from screens.frame import DeskApp
from screens.manage.drafting import from_when
from screens.manage.people import Told
from screens.widgets.listing import ListRow
from screens.worked_out import WorkedOutScreen

if TYPE_CHECKING:
    from boss_tui.desk.list_files import TakenList


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


class ListFilesScreen(WorkedOutScreen[Sequence["TakenList"]]):
    """The files that were taken: which sequence comes next of each list is told by them. Enter: the edition."""

    title_of = say("Files of lists that were taken")
    hint: ClassVar[Message] = say("Of a list the next file has the next number. Enter: its edition")
    widths: ClassVar[tuple[int, ...]] = (11, 38, 8, 4)
    empty: ClassVar[Message] = say("No file was taken yet: the first of a list may have any number.")

    def work(self) -> Sequence[TakenList]:
        """The last first."""
        return self.desk.port.list_files.taken()

    def rows(self, known: Sequence[TakenList]) -> Iterable[ListRow]:
        """When each was taken, what it is, of how many people, into which edition."""
        for each in known:
            people = say("{n} {n:person|people}", n=each.file.rows)
            at, number = on_the_wall(each.file.taken_at, "%m-%d %H:%M"), f"#{each.edition.number}"
            yield ListRow((at, each.says, people, number, state_name(each.edition.state)), each)

    async def chosen(self, line: ListRow) -> None:
        """The edition that it came into."""
        await self.desk.place("edition", line.value.edition.id)
