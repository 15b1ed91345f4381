"""Exceptions 异常 at the office: what was put aside of outlets' entries, each in full, and the ways out (design 6).

What has ended can be looked at, too: who decided what when. What waits at an outlet stands among its queues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Annotated, ClassVar

from textual.app import ComposeResult

from boss_tui.answers.exceptions import (
    EXCEPTIONS_AT_ONCE,
    SORTS,
    Ending,
    ExceptionLine,
    ExceptionSheet,
)
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import yuan
from data.clock import on_the_wall
from data.message import Message, quoted, say
from screens.dialogs.dialog import Destroy, Lines
from screens.dialogs.pick_list import pick
from screens.exporting import export
from screens.frame import Plain
from screens.list_screen import ListScreen
from screens.local_form import LocalFormScreen
from screens.meanings import ACTS, AGAIN, FILE, Meaning, here
from screens.widgets.listing import HEADING, ListRow
from screens.widgets.text import right, wrapped

_SUM = 10
"""Cells of a sum, which stands at the right end of them."""
_LABEL = 16
"""Cells of what stands before a fact."""
_STATES = {
    "open": say("Undecided: {n}"),
    "noted": say("Booked, to be looked at: {n}"),
    "resolved": say("Ended: {n}"),
}
_TONES = {"open": "warn", "noted": "", "resolved": "dim"}


_HEADS = (
    say("Outlet"),
    say("Seq."),
    say("Date"),
    say("What was done"),
    say("Done by"),
    say("Amount"),
    say("For"),
    say("Reason"),
)


class DecisionForm(Form):
    """What was decided."""

    resolution: Annotated[
        str,
        Ask(
            say("Note"), "text", help=say("What was decided, and why: it is kept, and its outlet reads it."), length=200
        ),
    ]


class ExceptionsScreen(ListScreen):
    """What waits for a person first, the undecided ones above what is only noted. Enter: all of one."""

    means = here(
        restore=AGAIN,
        hold=Meaning(say("Ended"), say("Those that have ended, too; once more: no longer")),
        same=Meaning(say("Sort"), say("In which order, among those of one state")),
        complete=FILE,
    )
    hint: ClassVar[Message] = say("Words, >100: sum. Enter: all of one. F6: ended. F7: sort. F10: file")
    empty: ClassVar[Message] = say("There are no exceptions.")
    widths: ClassVar[tuple[int, ...]] = (6, 5, 5, 15, 9, _SUM, 6)

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self._sought, self._most = "", EXCEPTIONS_AT_ONCE
        self._ended, self._sort = False, "age"

    def heading(self) -> Message:
        """In which order."""
        return say("Exceptions of outlets: {sort}", sort=SORTS[self._sort])

    async def load(self, text: str) -> Sequence[ListRow]:
        """Those that fit, below what they are in common; more where the mark comes near the last."""
        if text != self._sought:
            self._sought, self._most = text, EXCEPTIONS_AT_ONCE
        listed = self.desk.port.office_exceptions.listed
        found = await self.desk.call(listed, text, ended=self._ended, sort=self._sort, most=self._most)
        self.listing.further = self._further if len(found) == self._most else None
        lines: list[ListRow] = []
        for state, group in groupby(found, key=lambda line: line.state):
            below = [_line(each) for each in group]
            head = Message(_STATES[state].template, {"n": len(below)})
            lines += [ListRow((head,), style=HEADING), *below]
        return [ListRow(_HEADS, style=HEADING), *lines] if lines else []

    def _further(self) -> None:
        self.listing.further = None  # asked for once
        self._most += EXCEPTIONS_AT_ONCE
        self.reload()

    async def chosen(self, line: ListRow) -> None:
        """All of it."""
        await self.desk.push_screen(ExceptionScreen(line.value.id))

    async def do_hold(self) -> None:
        """Those that have ended, too; or no longer."""
        self._ended = not self._ended
        self.reload()

    async def do_same(self) -> None:
        """In which order."""
        chosen = await self.desk.ask(pick(say("Sort"), [ListRow((told,), sort) for sort, told in SORTS.items()]))
        if chosen is not None:
            self._sort = chosen
            self.redraw_frame()
            self.reload()

    async def do_complete(self) -> None:
        """What is listed, all of it, into a file."""
        write, text = self.desk.port.office_exceptions.export, self.entry.value
        await export(self.desk, partial(write, text=text, ended=self._ended, sort=self._sort))


class ExceptionScreen(ListScreen):
    """One in full: why, who did what, what it would have written, its money. F4 or Enter: the ways out."""

    means = here(restore=AGAIN, list=ACTS)
    hint: ClassVar[Message] = say("Why, and what it would have written. F4 or Enter: the ways out")
    widths: ClassVar[tuple[int, ...]] = (_LABEL,)

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._sheet: ExceptionSheet | None = None

    def heading(self) -> Message:
        """Which entry, how far it is."""
        if self._sheet is None:
            return say("Exception")
        line = self._sheet.line
        return say("Exception {outlet} entry {seq}: {state}", outlet=line.outlet, seq=line.seq, state=line.standing)

    async def load(self, text: str) -> Sequence[ListRow]:
        """All of it."""
        self._sheet = await self.desk.call(self.desk.port.office_exceptions.sheet, self._key)
        self.redraw_frame()
        return self.narrowed(self._lines(self._sheet), text)

    def _lines(self, sheet: ExceptionSheet) -> Iterator[ListRow]:
        line = sheet.line
        if sheet.barred is not None:
            yield from self._fact(say("You"), sheet.barred, "warn")
        for means, about in sheet.reasons:
            yield from self._fact(say("Reason"), means, "warn" if line.state == "open" else "")
            if about != quoted(""):
                yield from self._fact(say("In it"), about)
        held = yuan(line.held)
        yield from self._fact(say("In suspense"), held if line.state != "resolved" else say("nothing any more"))
        yield from self._ended(line)
        yield from self._fact(say("Outlet"), sheet.place)
        if line.kind != Message(""):
            done = say("{kind}, {day}", kind=line.kind, day=line.business_date or "-")
            yield from self._fact(say("What was done"), done)
            yield from self._fact(
                say("Done by"), say("{person} at {counter}", person=line.person, counter=sheet.counter or "-")
            )
            yield from self._fact(say("At"), sheet.made_at)
        if sheet.serial:
            yield from self._fact(say("Serial"), sheet.serial)
        yield from self._fact(say("Put aside"), on_the_wall(line.since))
        yield from self._part(say("Its money, yuan"), ((right(yuan(fen), _SUM), what) for what, fen in sheet.money))
        yield from self._part(say("What stood in its form"), sheet.typed)
        yield from self._part(say("What it would have written"), (("", row) for row in sheet.writes))

    def _ended(self, line: ExceptionLine) -> Iterator[ListRow]:
        if line.state == "resolved":
            when = on_the_wall(line.decided_at) or "-"
            told = say("{decision}: {who}, {when}", decision=line.standing, who=line.decided_by, when=when)
            yield from self._fact(say("How it ended"), told)
            yield from self._fact(say("Note"), line.words)

    def _part(self, head: Message, facts: Iterable[tuple[Message | str, Message | str]]) -> Iterator[ListRow]:
        lines = [row for label, value in facts for row in self._fact(label, value)]
        if lines:
            yield ListRow((head,), style=HEADING)
            yield from lines

    def _fact(self, label: Message | str, value: Message | str, tone: str = "") -> Iterator[ListRow]:
        """A fact, in as many lines as it takes."""
        told = self.desk.words(value) if isinstance(value, Message) else value
        for place, piece in enumerate(wrapped(told, self.size.width - _LABEL - 5)):
            yield ListRow(("" if place else label, piece), style=tone)

    async def chosen(self, line: ListRow) -> None:  # noqa: ARG002 (the whole sheet is meant)
        """The ways out."""
        await self.do_list()

    async def do_list(self) -> None:
        """The ways out that hold for it: no key of its own takes one."""
        sheet = self._sheet
        if sheet is None:
            return
        if sheet.barred is not None:
            self.tell(sheet.barred, "warn")
        elif not sheet.endings:
            self.tell(say("It has ended: nothing is left to be decided."))
        else:
            title = say("The ways out of {outlet} entry {seq}", outlet=sheet.line.outlet, seq=sheet.line.seq)
            careful = [ListRow((each.says,), each) for each in sheet.endings]
            ending: Ending | None = await self.desk.ask(pick(title, (), careful))
            if ending is not None:
                await self.desk.push_screen(DecisionScreen(sheet.line, ending))


class DecisionScreen(LocalFormScreen):
    """One way out: what it does to the entry and its money, and a note; asked about once more."""

    def __init__(self, line: ExceptionLine, ending: Ending) -> None:
        super().__init__(DecisionForm.fields())
        self._line, self._ending = line, ending

    def heading(self) -> Message:
        """Which way out, of which entry."""
        of = {"outlet": self._line.outlet, "seq": self._line.seq, "way": self._ending.says}
        return Message(say("{outlet} entry {seq}: {way}").template, of)

    def parts(self) -> ComposeResult:
        """What it does, above the note."""
        yield Lines((self._line.means, "dim"), (self._ending.effect, "warn"))
        with Plain(id="form"):
            yield self.panel

    def check(self) -> dict[str, Message]:
        """What the form says."""
        return DecisionForm.partial(self.panel.values())[1]

    async def do_complete(self) -> None:
        """Ask once more; then it is so."""
        said = DecisionForm.read(self.panel.values())
        note = say("Note: {words}", words=said.resolution)
        if not await self.desk.ask(Destroy(self._ending.says, self._ending.effect, note)):
            return
        line, port = self._line, self.desk.port.office_exceptions
        ended = await self.desk.call(port.end, line.id, self._ending.way, said.resolution, line.revision)
        await self.desk.pop_screen()
        told = say("{outlet} entry {seq}: {decision}.", outlet=ended.outlet, seq=ended.seq, decision=ended.standing)
        self.desk.announce(told, "good")


def _line(line: ExceptionLine) -> ListRow:
    last = line.called
    if line.state == "resolved":
        last = Message("{who}: {decision}", {"who": line.decided_by.partition(" ")[0], "decision": line.standing})
    cells = (
        line.outlet,
        str(line.seq),
        line.business_date[5:],
        line.kind,
        line.person,
        right(yuan(line.held), _SUM) if line.held else "",
        _age(line.age),
        last,
    )
    return ListRow(cells, line, _TONES[line.state])


def _age(seconds: int) -> Message:
    """How long it has been there, in the largest measure of which it is one at least."""
    days, hours = seconds // 86_400, seconds // 3_600
    if days:
        return say("{n} d", n=days)
    return say("{n} h", n=hours) if hours else say("{n} min", n=seconds // 60)
