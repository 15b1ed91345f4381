"""Counting the stock serial by serial 逐件盘点: begin, scan what is there, finish with another person (M5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from textual.app import ComposeResult

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
from screens.widgets.drawn import Drawn
from screens.widgets.listing import ListRow
from screens.widgets.text import Row, fit


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


class TakeOutForm(Form):
    """What is not there."""

    serials: Annotated[
        str, Ask(say("Serials"), "text", help=say("One after another; a run as FIRST-LAST."), width=44, length=2000)
    ]


class FinishForm(Form):
    """Why it differs, where it does."""

    reason: Annotated[str, REASON] = ""


class GiveUpForm(Form):
    """Why it is not finished."""

    reason: Annotated[str, REASON]


LAST = 12
"""So many scans stand on the screen."""


class LastScans(Drawn):
    """What was scanned last, the latest first, each with what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = list[tuple[str, Message, str]]()

    def add(self, typed: str, told: Message, tone: str) -> None:
        """One more scan."""
        self._lines = [(typed, told, tone), *self._lines][:LAST]
        self.redraw(layout=True)

    def rows(self, width: int) -> list[Row]:
        """A line each."""
        left = min(44, width // 2)
        return [
            [(fit(typed, left), ""), (" " + fit(self.words(told), width - left - 1), tone)]
            for typed, told, tone in self._lines
        ]


class ScanScreen(LocalFormScreen):
    """One field that takes serials, one scan after another."""

    about = say("Each serial counts once. F3 goes back; what was scanned stays.")
    wanted = say("Scan what is there; F3 when all of it is.")

    def __init__(self, count: OpenPieceCount) -> None:
        super().__init__(ScanForm.fields())
        self._count, self._found = count, count.found
        self.scans = LastScans()
        self.title_of = say("Count {kind} by serials", kind=kind_name(count.kind))

    def parts(self) -> ComposeResult:
        """The field, and what was scanned last."""
        yield from super().parts()
        yield self.scans

    def on_mount(self) -> None:
        """How many were found before."""
        self.tell(say("{n} found so far.", n=self._found) if self._found else self.wanted)

    async def do_complete(self) -> None:
        """Put down what was scanned, and take the next."""
        typed = self.panel.values()["serials"]
        if not typed.strip():
            self.refuse({"serials": say("Scan a serial.")})
            return
        scanned = await self.desk.call(self.desk.port.piece_counting.scan, self._count.kind, typed)
        self._found += scanned.new
        self.panel.fields["serials"].put("")
        self.begin_anew()
        again = say("That was found before: {n} so far.", n=self._found)
        told = say("{n} found so far.", n=self._found) if scanned.new else again
        tone = "good" if scanned.new and not scanned.strange else "warn"
        self.scans.add(typed.strip(), first_of(scanned.strange) if scanned.strange else told, tone)
        if scanned.strange:
            told = say("{strange}. {told}", strange=first_of(scanned.strange), told=told)
        self.tell(told, tone)


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
        elif way == "take_out":
            await self.desk.push_screen(
                NumbersFormScreen(_WAYS[way], TakeOutForm, lambda said, *_: self._take_out(count, said))
            )
        elif way == "finish":
            await self.desk.push_screen(
                NumbersFormScreen(_WAYS[way], FinishForm, lambda said, *who: self._finish(count, said, *who))
            )
        elif way == "give_up":
            await self.desk.push_screen(
                NumbersFormScreen(_WAYS[way], GiveUpForm, lambda said, *who: self._give_up(count, said, *who))
            )

    async def _take_out(self, count: OpenPieceCount, said: TakeOutForm) -> Message:
        n = await self.desk.call(self.desk.port.piece_counting.take_out, count.kind, said.serials)
        return say("{n} {n:piece|pieces} taken out of the count.", n=n)

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
    "take_out": say("Take out what was scanned by mistake"),
    "give_up": say("Give it up"),
}


def _line(count: OpenPieceCount) -> ListRow:
    if not count.started_at:
        return ListRow((kind_name(count.kind), say("no count is open"), ""), count, "dim")
    since = say("open since {time}", time=on_the_wall(count.started_at))
    return ListRow((kind_name(count.kind), since, say("{n} found so far.", n=count.found)), count)
