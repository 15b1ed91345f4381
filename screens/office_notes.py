"""Transfer notes 调拨单 at the office: each with what both ends counted side by side, and what is done with one (M5).

What an outlet packs and unpacks stands on its own screen (`screens.transfers`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from boss_tui.forms import Ask, Form
from data.clock import on_the_wall
from data.message import Message, both, say
from data.states import kind_name, state_name
from screens.dialogs.pick_list import PickList, pick
from screens.list_screen import ListScreen
from screens.numbers import REASON, NumbersFormScreen
from screens.transfers import DIGITS, UnpackForm
from screens.widgets.form_panel import Field
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from boss_tui.hall_answers import BlockLine, EndCount, NoteSheet, OfficeNote, SortLine

_PIECES = Ask(say("Pieces"), "digits", help=say("How many go into the box."), width=8, length=DIGITS)
_END = say("A code, such as HZ01; empty: headquarters.")


class NoteForm(Form):
    """What is to go from where to where."""

    pieces: Annotated[int, _PIECES]
    receiver: Annotated[str, Ask(say("Sent to"), "code", help=_END, width=8, length=20)] = ""
    sender: Annotated[str, Ask(say("Sent from"), "code", help=_END, width=8, length=20)] = ""
    reason: Annotated[str, REASON] = ""


class BoxForm(Form):
    """What headquarters puts into a box."""

    pieces: Annotated[int, _PIECES]
    first: Annotated[
        str, Ask(say("First serial"), "code", help=say("From it on; empty: the first in stock."), width=22, length=22)
    ] = ""
    reason: Annotated[str, REASON] = ""


class WhyForm(Form):
    """Why."""

    reason: Annotated[str, REASON]


class CaseForm(Form):
    """What became of what was missing."""

    outcome: Annotated[
        str,
        Ask(say("Outcome"), "choice", help=say("returned: they had never left; lost: never sold."), width=10, length=10),
    ]
    why: Annotated[str, Ask(say("Reason"), help=say("What became of them."), width=40, length=80)]


_WAYS: dict[str, tuple[Message, type[Form]]] = {
    "send": (say("Pack box {number}"), BoxForm),
    "receive": (say("Unpack box {number}"), UnpackForm),
    "settle": (say("End the case of what is missing from {number}"), CaseForm),
    "cancel": (say("Cancel note {number}"), WhyForm),
}
_CAREFUL = ("settle", "cancel")


class OfficeNotesScreen(ListScreen):
    """The notes, what is missing first. Enter: both ends' counts. F4: what can be done."""

    title_of = say("Transfer notes")
    hint: ClassVar[Message] = say("A number, an outlet, a state. Enter: both counts. F4: write one, work on the marked one")
    empty: ClassVar[Message] = say("No note was written yet. F4: write one.")
    widths: ClassVar[tuple[int, ...]] = (9, 16, 16, 16)

    async def load(self, text: str) -> Sequence[ListRow]:
        """The notes that fit what is typed."""
        found = await self.desk.call(self.desk.port.office_notes.notes, text)
        return self.narrowed(map(_line, found), text)

    async def chosen(self, line: ListRow) -> None:
        """What both ends counted."""
        await self.desk.push_screen(NoteScreen(line.value.number))

    async def do_list(self) -> None:
        """What can be done here, and with the marked note."""
        here = self.listing.marked
        sheet = await self.desk.call(self.desk.port.office_notes.sheet, here.value.number) if here is not None else None
        ways, careful = _ways(sheet)
        new = [ListRow((say("Write a note"),), "draft"), ListRow((say("Ask an outlet for a block back"),), "recall")]
        way = await self.desk.ask(pick(say("What can be done"), [*ways, *new], self.desk.words, careful))
        if way == "draft":
            await self._write()
        elif way == "recall":
            await self._recall()
        elif way is not None and sheet is not None:
            await work_on(self, way, sheet)

    async def _write(self) -> None:
        """Which stock; then how much, from where to where."""
        found = await self.desk.call(self.desk.port.office_notes.sorts)
        lines = [ListRow((kind_name(one.kind), one.called, say("{n} free here", n=one.free)), one) for one in found]
        sort: SortLine | None = await self.desk.ask(pick(say("Which stock"), lines, self.desk.words))
        if sort is not None:
            title = say("Note for {kind} {of}", kind=kind_name(sort.kind), of=_shown(sort.called))
            await self.desk.push_screen(NumbersFormScreen(title, NoteForm, lambda said, *_: self._written(sort, said)))

    async def _written(self, sort: SortLine, said: NoteForm) -> Message:
        port = self.desk.port.office_notes
        number = await self.desk.call(
            port.draft, sort.kind, sort.of, said.pieces, said.sender, said.receiver, said.reason
        )
        return say("Note {number} is written: its sender packs it.", number=number)

    async def _recall(self) -> None:
        """Which block; then why."""

        async def load(text: str) -> list[ListRow]:
            return [_block(one) for one in await self.desk.call(self.desk.port.office_notes.blocks, text)]

        block: BlockLine | None = await self.desk.ask(PickList(say("Which block; type its outlet"), load))
        if block is not None:
            title = say("Ask {outlet} for {n} {kind} back", outlet=block.outlet, n=block.left, kind=kind_name(block.kind))
            await self.desk.push_screen(NumbersFormScreen(title, WhyForm, lambda said, *_: self._asked_back(block, said)))

    async def _asked_back(self, block: BlockLine, said: WhyForm) -> Message:
        number = await self.desk.call(self.desk.port.office_notes.recall, block.lease, said.reason)
        return say("Note {number} is written: {outlet} sends back what is left.", number=number, outlet=block.outlet)


class NoteScreen(ListScreen):
    """A note: what was put in and what was found, side by side. F4: what can be done with it."""

    hint: ClassVar[Message] = say("What was put in, and what was found. F4 or Enter: what can be done now")
    widths: ClassVar[tuple[int, ...]] = (14, 28, 28)

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._sheet: NoteSheet | None = None

    def heading(self) -> Message:
        """Which note, of what, how far it is."""
        if self._sheet is None:
            return say("Transfer note")
        note = self._sheet.note
        return say("{number}, {stock}: {state}", number=note.shown, stock=_stock(note), state=_state(note))

    async def load(self, text: str) -> Sequence[ListRow]:
        """All of it."""
        self._sheet = await self.desk.call(self.desk.port.office_notes.sheet, self._number)
        super().retell_heading() if hasattr(super(), "retell_heading") else None
        return self.narrowed(_sheet_lines(self._sheet), text)

    async def chosen(self, line: ListRow) -> None:  # noqa: ARG002
        """What can be done."""
        await self.do_list()

    async def do_list(self) -> None:
        """What can be done with it now."""
        if self._sheet is None:
            return
        ways, careful = _ways(self._sheet)
        if not ways and not careful:
            self.tell(_waits(self._sheet))
            return
        way = await self.desk.ask(pick(say("What can be done"), ways, self.desk.words, careful))
        if way is not None:
            await work_on(self, way, self._sheet)


class UnpackScreen(NumbersFormScreen):
    """A count beside the count of the other end: how it differs is said as soon as it is typed."""

    def __init__(self, title: Message, due: int, do: Any) -> None:
        super().__init__(title, UnpackForm, do)
        self._due = due

    def on_mount(self) -> None:
        """What was put in."""
        self._compare()

    def on_field_left(self, event: Field.Left) -> None:
        """The difference."""
        super().on_field_left(event)
        self._compare()

    def _compare(self) -> None:
        typed = self.panel.values()["pieces"].strip()
        told = say("put in: {n}", n=self._due)
        if typed.isascii() and typed.isdigit() and int(typed) != self._due:
            told = say("put in: {n}, difference: {difference}", n=self._due, difference=f"{int(typed) - self._due:+d}")
        self.panel.notes = {**self.panel.notes, "pieces": told}
        self.panel.redraw()


async def work_on(screen: ListScreen, way: str, sheet: NoteSheet) -> None:
    """Open the form of something that is done with a note."""
    title, form = _WAYS[way]
    title = Message(title.template, {"number": sheet.note.shown})

    async def do(said: Any, staff_no: str = "", password: str = "") -> Message:
        return await _done(screen, way, sheet.note, said, staff_no, password)

    if way == "receive":
        due = sheet.note.missing if sheet.note.state == "differs" else sheet.note.pieces
        await screen.desk.push_screen(UnpackScreen(title, due, do))
    else:
        await screen.desk.push_screen(NumbersFormScreen(title, form, do))


async def _done(screen: ListScreen, way: str, note: OfficeNote, said: Any, staff_no: str, password: str) -> Message:
    call, port = screen.desk.call, screen.desk.port.office_notes
    match way:
        case "send":
            await call(port.send, note.number, said.pieces, said.first, said.reason, staff_no, password)
            return say("Box {number} is on its way; its paper is signed by two.", number=note.shown)
        case "receive":
            await call(port.receive, note.number, said.pieces, said.missing, said.reason, staff_no, password)
            return say("Box {number} is unpacked; its paper is signed by two.", number=note.shown)
        case "settle":
            await call(port.settle, note.number, said.outcome, said.why, staff_no, password)
            return say("The case of {number} is ended.", number=note.shown)
    await call(port.cancel, note.number, said.reason)
    return say("Note {number} is cancelled.", number=note.shown)


def _ways(sheet: NoteSheet | None) -> tuple[list[ListRow], list[ListRow]]:
    """What can be done with a note: as a rule, and with care."""
    lines = [
        ListRow((Message(_WAYS[way][0].template, {"number": sheet.note.shown}),), way)
        for way in (sheet.ways if sheet is not None else ())
    ]
    return [one for one in lines if one.value not in _CAREFUL], [one for one in lines if one.value in _CAREFUL]


def _waits(sheet: NoteSheet) -> Message:
    """Who has to do something about a note that the office can do nothing about."""
    match sheet.note.state:
        case "draft":
            return say("{place} packs it.", place=sheet.note.sender)
        case "sent":
            return say("{place} unpacks it.", place=sheet.note.receiver)
    return say("Nothing is left to be done with it.")


def _line(note: OfficeNote) -> ListRow:
    tone = "warn" if note.state == "differs" else "" if note.state in ("draft", "sent") else "dim"
    return ListRow((note.shown, _stock(note), note.sender, note.receiver, _state(note)), note, tone)


def _stock(note: OfficeNote) -> Message:
    return say("{pieces} {kind} {of}", pieces=note.pieces, kind=kind_name(note.kind), of=_shown(note.of))


def _state(note: OfficeNote) -> Message:
    if note.state == "differs":
        return say("{n} {n:is|are} missing", n=note.missing)
    return state_name(note.state)


def _shown(text: str | Message) -> Message:
    return text if isinstance(text, Message) else both(text, text)


def _block(one: BlockLine) -> ListRow:
    stock = say("{pieces} {kind} {of}", pieces=one.left, kind=kind_name(one.kind), of=_shown(one.of))
    return ListRow((one.outlet, stock, on_the_wall(one.handed_at)), one)


def _sheet_lines(sheet: NoteSheet) -> Iterator[ListRow]:
    """The two ends side by side; then what was found later, the serials, and how it ended."""
    note, sent = sheet.note, sheet.sent
    found = sheet.received[0] if sheet.received else None
    yield ListRow(("", say("Put in"), say("Found")), None, "head")
    yield ListRow((say("At"), note.sender, note.receiver))
    tone = "warn" if note.state == "differs" else ""
    wanted = say("{n} wanted", n=note.pieces) if sent is None else str(sent.pieces)
    yield ListRow((say("Pieces"), wanted, str(found.pieces) if found else "-"), None, tone)
    for label, name in ((say("Counted by"), "counted_by"), (say("Signed by"), "approved_by")):
        yield ListRow((label, _of(sent, name), _of(found, name)))
    yield ListRow((say("When"), *(on_the_wall(one.made_at) if one else "-" for one in (sent, found))))
    yield ListRow((say("Reason"), _of(sent, "reason") or sheet.reason or "-", _of(found, "reason") or "-"))
    for count in sheet.received[1:]:
        later = say("{n}, {who} and {other}", n=count.pieces, who=count.counted_by, other=count.approved_by)
        yield ListRow((say("Found later"), on_the_wall(count.made_at), later))
    for serials in sent.runs if sent else ():
        yield ListRow((say("Serials"), serials, ""))
    for serials in sheet.absent:
        yield ListRow((say("Missing"), "", serials), None, "warn")
    if sheet.outcome:
        yield ListRow((say("Ended"), say("{outcome}, by {who}", outcome=state_name(sheet.outcome), who=sheet.settled_by), sheet.words))


def _of(count: EndCount | None, name: str) -> str:
    return "-" if count is None else str(getattr(count, name))
