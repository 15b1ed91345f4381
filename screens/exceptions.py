"""Exceptions 异常 at the office: what was put aside of outlets' entries, each in full, and the ways out (design 6).

What has ended can be looked at, too: who decided what when. What waits at an outlet stands among its queues.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Annotated, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from boss_tui.answers.exceptions import (
    EXCEPTIONS_AT_ONCE,
    SORTS,
    EndedTogether,
    Ending,
    ExceptionLine,
    ExceptionSheet,
    Together,
)
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import yuan
from data.clock import on_the_wall
from data.errors import NotAllowed
from data.message import FIRST, Message, first_of, quoted, say
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


_HEADS = (say("Outlet"), say("Seq."), say("What was done"), say("Done by"), say("Amount"), say("For"), say("Reason"))
_DATED = (*_HEADS[:2], say("Date"), *_HEADS[2:])
"""With the business date, where there is room for it."""
_DATE = (5,)


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

    BINDINGS: ClassVar = [Binding("insert,ctrl+@", "mark", show=False)]
    means = here(
        restore=AGAIN,
        list=ACTS,
        hold=Meaning(say("Ended"), say("Those that have ended, too; once more: no longer")),
        same=Meaning(say("Sort"), say("In which order, among those of one state")),
        complete=FILE,
    )
    hint: ClassVar[Message] = say("Words, >100: sum. Enter: all of one. Ins: mark, F4: ways out. F6: ended")
    empty: ClassVar[Message] = say("There are no exceptions.")
    widths: ClassVar[tuple[int, ...]] = (6, 5, 18, 11, _SUM, 5)

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self._sought, self._most = "", EXCEPTIONS_AT_ONCE
        self._ended, self._sort = False, "age"
        self._marked: dict[str, ExceptionLine] = {}

    def heading(self) -> Message:
        """In which order, and how many are marked."""
        told = say("Exceptions of outlets: {sort}", sort=SORTS[self._sort])
        return say("{told}, {n} marked", told=told, n=len(self._marked)) if self._marked else told

    async def load(self, text: str) -> Sequence[ListRow]:
        """Those that fit, below what they are in common; more where the mark comes near the last."""
        if text != self._sought:
            self._sought, self._most = text, EXCEPTIONS_AT_ONCE
        listed = self.desk.port.office_exceptions.listed
        found = await self.desk.seek(listed, text, ended=self._ended, sort=self._sort, most=self._most)
        is_cut = len(found) == self._most
        self.listing.further = self._further if is_cut else None
        is_wide = self.has_class("-wide")
        self.listing.widths = (*self.widths[:2], *(_DATE if is_wide else ()), *self.widths[2:])
        lines: list[ListRow] = []
        for state, group in groupby(found, key=lambda line: line.state):
            below = [_line(each, is_marked=each.id in self._marked, is_wide=is_wide) for each in group]
            many = f"{len(below)}+" if is_cut and below[-1].value is found[-1] else len(below)
            head = Message(_STATES[state].template, {"n": many})
            lines += [ListRow((head,), style=HEADING), *below]
        return [ListRow(_DATED if is_wide else _HEADS, style=HEADING), *lines] if lines else []

    def on_resize(self) -> None:
        """With the date, or without."""
        if self._loaded:
            self.reload()

    def _further(self) -> None:
        self.listing.further = None  # asked for once
        self._most += EXCEPTIONS_AT_ONCE
        self.reload()

    async def chosen(self, line: ListRow) -> None:
        """All of it."""
        self.tell(Message(""))  # what was told of others
        await self.desk.push_screen(ExceptionScreen(line.value.id))

    def action_mark(self) -> None:
        """Mark the line, or no longer; then the next."""
        line: ExceptionLine | None = self.listing.marked.value if self.listing.marked is not None else None
        if line is None or line.state == "resolved":
            return
        if self._marked.pop(line.id, None) is None:
            self._marked[line.id] = line
        self.listing.move(1)
        self._remark()

    def _remark(self) -> None:
        self.redraw_frame()
        self.reload()

    async def do_list(self) -> None:
        """The ways out of those that are marked; and marks of many at once."""
        lines = [ListRow((say("Mark all that are alike to this one"),), self._mark_alike)]
        careful: list[ListRow] = []
        if self._marked:
            lines.append(ListRow((say("No marks"),), self._unmark))
            try:
                both = await self.desk.call(self.desk.port.office_exceptions.together, [*self._marked])
                careful = [ListRow((each.says,), partial(self._decide, both, each)) for each in both.endings]
            except NotAllowed as fault:
                self.tell(fault.message, "warn")
        act: Callable[[], Awaitable[None]] | None = await self.desk.ask(pick(say("What can be done"), lines, careful))
        if act is not None:
            await act()

    async def _mark_alike(self) -> None:
        """Those of the list where the same was done at the same outlet, and put aside for the same, with money or
        without."""
        one: ExceptionLine | None = self.listing.marked.value if self.listing.marked is not None else None
        if one is not None and one.state != "resolved":
            found = (row.value for row in self.listing.items if row.value is not None)
            self._marked |= {line.id: line for line in found if _alike(line) == _alike(one)}
            self._remark()

    async def _unmark(self) -> None:
        self._marked.clear()
        self._remark()

    async def _decide(self, both: Together, ending: Ending) -> None:
        """One way out of all that are marked."""
        n = len(both.lines)
        of = say("{n} {n:exception|exceptions}: {way}", n=n, way=ending.says)
        told = [say("Each by itself: {means}", means=both.lines[0].means)]
        if both.mine:
            told.append(say("{n} that you did or allowed yourself {n:is|are} left out.", n=both.mine))
        which = say("Which: {which}", which=first_of(both.named[:FIRST], n))
        looked = [(line.id, line.revision) for line in both.lines]

        async def end(note: str) -> Message:
            ended = await self.desk.call(self.desk.port.office_exceptions.end_all, looked, ending.way, note)
            left = {each.id for each in ended.left}
            self._marked = {key: line for key, line in self._marked.items() if key in left}
            return _told(ended)

        all_of_them = Ending(ending.way, say("{way}: {n} at once", way=ending.says, n=n), ending.effect)
        await self.desk.push_screen(DecisionScreen(of, [*told, which], all_of_them, end))

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
                await self._decide(sheet.line, ending)

    async def _decide(self, line: ExceptionLine, ending: Ending) -> None:
        of = {"outlet": line.outlet, "seq": line.seq, "way": ending.says}

        async def end(note: str) -> Message:
            port = self.desk.port.office_exceptions
            ended = await self.desk.call(port.end, line.id, ending.way, note, line.revision)
            return say("{outlet} entry {seq}: {decision}.", outlet=ended.outlet, seq=ended.seq, decision=ended.standing)

        heading = Message(say("{outlet} entry {seq}: {way}").template, of)
        await self.desk.push_screen(DecisionScreen(heading, [line.means], ending, end))


class DecisionScreen(LocalFormScreen):
    """One way out, of one or several: what it does to the entry and its money, and a note; asked about once more."""

    def __init__(
        self, title: Message, told: Sequence[Message], ending: Ending, end: Callable[[str], Awaitable[Message]]
    ) -> None:
        super().__init__(DecisionForm.fields())
        self._title, self._told, self._ending, self._end = title, told, ending, end

    def heading(self) -> Message:
        """Which way out, of what."""
        return self._title

    def parts(self) -> ComposeResult:
        """What it does, above the note."""
        yield Lines(*((told, "dim") for told in self._told), (self._ending.effect, "warn"))
        with Plain(id="form"):
            yield self.panel

    def check(self) -> dict[str, Message]:
        """What the form says."""
        return DecisionForm.partial(self.panel.values())[1]

    async def do_complete(self) -> None:
        """Ask once more; then it is so."""
        said = DecisionForm.read(self.panel.values())
        note = say("Note: {words}", words=said.resolution)
        which = self._told[1:]
        if not await self.desk.ask(Destroy(self._ending.says, *which, self._ending.effect, note)):
            return
        told = await self._end(said.resolution)
        await self.desk.pop_screen()
        self.desk.announce(told, "good")


def _alike(line: ExceptionLine) -> tuple[object, ...]:
    return line.state, line.outlet, line.reason, line.kind, (line.held > 0) - (line.held < 0)


def _told(ended: EndedTogether) -> Message:
    """How many have ended, and what the first of the others says."""
    told = say("{n} {n:exception has|exceptions have} ended.", n=ended.ended)
    if not ended.left:
        return told
    which, why = first_of([each.named for each in ended.left]), ended.left[0].why
    return say("{told} {left} not: {which}: {why}", told=told, left=len(ended.left), which=which, why=why)


def _line(line: ExceptionLine, *, is_marked: bool, is_wide: bool) -> ListRow:
    last = line.called
    if line.state == "resolved":
        last = Message("{who}: {decision}", {"who": line.decided_by.partition(" ")[0], "decision": line.standing})
    cells = (
        ("*" if is_marked else "") + line.outlet,
        str(line.seq),
        *((line.business_date[5:],) if is_wide else ()),
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
