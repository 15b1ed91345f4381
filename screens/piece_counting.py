"""Counting the stock serial by serial 逐件盘点: begin, scan what is there, finish with another person (M5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from boss_tui.answers.hall import OpenPieceCount
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import Message, first_of, say
from data.states import kind_name
from screens.dialogs.dialog import Destroy
from screens.dialogs.pick_list import PickList
from screens.list_screen import ListScreen
from screens.local_form import LocalFormScreen
from screens.numbers import REASON, NumbersFormScreen
from screens.widgets.listing import ListRow


class ScanForm(Form):
    """What is there."""

    serials: Annotated[
        str,
        Ask(
            say("Serials"),
            "text",
            help=say("Scan one after another, Enter after each; a run as FIRST-LAST."),
            width=44,
            length=2000,
        ),
    ]


class FinishForm(Form):
    """Why it differs, where it does."""

    reason: Annotated[str, REASON] = ""


class GiveUpForm(Form):
    """Why it is not finished."""

    reason: Annotated[str, REASON]


class ScanScreen(LocalFormScreen):
    """One field that takes serials, one scan after another."""

    about = say("Each serial counts once. F3 goes back; what was scanned stays.")
    wanted = say("Scan what is there; F3 when all of it is.")

    def __init__(self, count: OpenPieceCount) -> None:
        super().__init__(ScanForm.fields())
        self._count, self._found = count, count.found
        self.title_of = say("Count {kind} by serials", kind=kind_name(count.kind))

    async def do_complete(self) -> None:
        """Put down what was scanned, and take the next."""
        typed = self.panel.values()["serials"]
        if not typed.strip():
            self.refuse({"serials": say("Scan a serial.")})
            return
        scanned = await self.desk.call(self.desk.port.piece_counting.scan, self._count.kind, typed)
        self._found += scanned.new
        self.panel.fields["serials"].put("")
        again = say("That was found before: {n} so far.", n=self._found)
        told = say("{n} found so far.", n=self._found) if scanned.new else again
        if scanned.strange:
            told = say("{strange}. {told}", strange=first_of(scanned.strange), told=told)
        self.tell(told, "good" if scanned.new and not scanned.strange else "warn")


class PieceCountScreen(ListScreen):
    """The kinds, each with its open count. Enter: begin, scan, finish, give up."""

    title_of = say("Count by serials")
    hint: ClassVar[Message] = say("One count of each kind; the hall goes on selling. Enter: begin, scan, finish.")
    widths: ClassVar[tuple[int, ...]] = (16, 30, 20)

    async def load(self, text: str) -> Sequence[ListRow]:
        """The kinds."""
        found = await self.desk.call(self.desk.port.piece_counting.counts)
        return self.narrowed(map(_line, found), text)

    async def chosen(self, line: ListRow) -> None:
        """What can be done with a count."""
        count: OpenPieceCount = line.value
        if not count.started_at:
            await self.desk.call(self.desk.port.piece_counting.start, count.kind)
            await self.desk.push_screen(ScanScreen(count))
            return
        ways = [ListRow((_WAYS[way],), way) for way in _WAYS]

        async def load(text: str) -> list[ListRow]:
            return self.narrowed(ways, text)

        title = say("Count {kind} by serials", kind=kind_name(count.kind))
        way = await self.desk.ask(PickList(title, load, widths=(64,)))
        if way == "scan":
            await self.desk.push_screen(ScanScreen(count))
        elif way == "finish":
            await self.desk.push_screen(
                NumbersFormScreen(_WAYS[way], FinishForm, lambda said, *who: self._finish(count, said, *who))
            )
        elif way == "give_up":
            await self.desk.push_screen(
                NumbersFormScreen(_WAYS[way], GiveUpForm, lambda said, *who: self._give_up(count, said, *who))
            )

    async def _finish(self, count: OpenPieceCount, said: FinishForm, staff_no: str = "", password: str = "") -> Message:
        """Close a count; whoever approves it here sees first what differs."""
        if staff_no:
            told = await self.desk.call(self.desk.port.piece_counting.differing, count.kind, staff_no, password)
            if told and await self.desk.ask(Destroy(say("Approve what differs?"), *told)) is not True:
                raise NotAllowed(say("Not approved: the count goes on."))
        paper = await self.desk.call(self.desk.port.piece_counting.finish, count.kind, said.reason, staff_no, password)
        return say("Count {number} is on record; its slip is printed, to be signed.", number=paper.number)

    async def _give_up(
        self, count: OpenPieceCount, said: GiveUpForm, _staff_no: str = "", _password: str = ""
    ) -> Message:
        await self.desk.call(self.desk.port.piece_counting.give_up, count.kind, said.reason)
        return say("The count is given up; nothing was changed.")


_WAYS = {
    "scan": say("Scan what is there"),
    "finish": say("Finish: what differs is told, and approved by another"),
    "give_up": say("Give it up"),
}


def _line(count: OpenPieceCount) -> ListRow:
    if not count.started_at:
        return ListRow((kind_name(count.kind), say("no count is open"), ""), count, "dim")
    since = say("open since {time}", time=on_the_wall(count.started_at))
    return ListRow((kind_name(count.kind), since, say("{n} found so far.", n=count.found)), count)
