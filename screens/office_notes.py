"""Transfer notes 调拨单 at the office: each with what both ends counted side by side, and what is done with one (M5).

What an outlet packs and unpacks stands on its own screen (`screens.transfers`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import NOTES_AT_ONCE
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from data.characters import is_digits
from data.clock import on_the_wall
from data.message import Message, say
from data.states import kind_name, state_name
from screens.dialogs.pick_list import LongPickList, pick
from screens.list_screen import ListScreen
from screens.meanings import ACTS, AGAIN, here
from screens.numbers import REASON, NumbersFormScreen
from screens.preview import PreviewScreen
from screens.transfers import DIGITS, UnpackForm, boxed
from screens.widgets.form_panel import Field
from screens.widgets.listing import HEADING, ListRow

if TYPE_CHECKING:
    from boss_tui.answers.hall import BlockLine, EndCount, NoteSheet, OfficeNote, SortLine

_PIECES = Ask(say("Pieces"), "digits", help=say("How many go into the box."), width=8, length=DIGITS)
_END = say("F4 lists outlets; empty: headquarters.")


_HERE = say("Headquarters")


class NoteForm(Form):
    """What is to go from where to where."""

    pieces: Annotated[int, _PIECES]
    sender: Annotated[str, Ask(say("Sent from"), "code", help=_END, width=8, length=20, means=_HERE)] = ""
    receiver: Annotated[str, Ask(say("Sent to"), "code", help=_END, width=8, length=20, means=_HERE)] = ""
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


_WAYS: dict[str, tuple[Message, type[Form]]] = {
    "send": (say("Pack the box"), BoxForm),
    "receive": (say("Unpack the box"), UnpackForm),
    "returned": (say("What was missing is with its sender after all: back to stock"), WhyForm),
    "lost": (say("What is missing is lost: never sold"), WhyForm),
    "cancel": (say("Cancel the note"), WhyForm),
}
_CAREFUL = ("returned", "lost", "cancel")
_STATES = {
    "differs": say("Some are missing"),
    "sent": say("On the way"),
    "draft": say("Written, not sent"),
    "received": say("Received whole"),
    "resolved": say("Settled"),
    "cancelled": say("Cancelled"),
}


class OfficeNotesScreen(ListScreen):
    """The notes by state, what is missing first. Enter: both ends' counts. F4: what can be done."""

    means = here(restore=AGAIN, list=ACTS)
    title_of = say("Transfer notes")
    hint: ClassVar[Message] = say("A number, outlet or state. Enter: both counts. F4: write one, work on one")
    empty: ClassVar[Message] = say("No note was written yet. F4: write one.")
    widths: ClassVar[tuple[int, ...]] = (10, 20, 15, 15, 12)

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self._sought, self._most = "", NOTES_AT_ONCE

    async def load(self, text: str) -> Sequence[ListRow]:
        """The notes that fit what is typed, below what they are in common; more where the mark comes near the last."""
        if text != self._sought:
            self._sought, self._most = text, NOTES_AT_ONCE
        states = [state for state, name in _STATES.items() if text.strip() and ListRow((name,)).holds(text)]
        notes = await self.desk.call(self.desk.port.office_notes.notes, text, self._most, states)
        self.listing.further = self._further if len(notes) == self._most else None
        found = map(_line, notes)
        lines: list[ListRow] = []
        for state, group in groupby(sorted(found, key=_rank), key=lambda line: line.value.state):
            below = list(group)
            lines += [ListRow((say("{state}: {n}", state=_STATES[state], n=len(below)),), style=HEADING), *below]
        return lines

    def _further(self) -> None:
        self.listing.further = None  # asked for once
        self._most += NOTES_AT_ONCE
        self.reload()

    async def chosen(self, line: ListRow) -> None:
        """What both ends counted."""
        await self.desk.push_screen(NoteScreen(line.value.number))

    async def do_list(self) -> None:
        """What can be done here, and with the marked note."""
        here = self.listing.marked
        sheet = await self.desk.call(self.desk.port.office_notes.sheet, here.value.number) if here is not None else None
        ways, careful = _ways(sheet)
        new = [ListRow((say("Write a note"),), "draft"), ListRow((say("Ask an outlet for stock back"),), "recall")]
        title = say("What can be done: {number}", number=sheet.note.shown) if sheet else say("What can be done")
        way = await self.desk.ask(pick(title, [*ways, *new], careful))
        if way == "draft":
            await self._write()
        elif way == "recall":
            await self._recall()
        elif way is not None and sheet is not None:
            await self.desk.push_screen(WorkScreen(way, sheet))

    async def _write(self) -> None:
        """Which stock; then how much, from where to where."""
        found = await self.desk.call(self.desk.port.office_notes.sorts)
        lines = [ListRow((kind_name(one.kind), one.called, say("{n} free here", n=one.free)), one) for one in found]
        sort: SortLine | None = await self.desk.ask(pick(say("Which stock"), lines))
        if sort is None:
            return

        async def written(said: NoteForm, *_: str) -> Message:
            ends, port = (said.sender, said.receiver), self.desk.port.office_notes
            number = await self.desk.call(port.draft, sort.kind, sort.of, said.pieces, *ends, said.reason)
            return say("Note {number} is written: its sender packs it.", number=number)

        title = say("Note for {kind} {of}", kind=kind_name(sort.kind), of=sort.called)
        lists = dict.fromkeys(("sender", "receiver"), self._ends)
        await self.desk.push_screen(NumbersFormScreen(title, NoteForm, written, lists=lists))

    async def _ends(self, text: str) -> list[ListRow]:
        """Where a note may go to or come from."""
        found = await self.desk.call(self.desk.port.office_notes.ends)
        lines = [ListRow((choice.label,), choice.value) for choice in found]
        return self.narrowed([*lines, ListRow((say("Headquarters"),), "")], text)

    async def _recall(self) -> None:
        """Which block; then why."""

        async def load(text: str, most: int) -> list[ListRow]:
            return [_block(one) for one in await self.desk.call(self.desk.port.office_notes.blocks, text, most)]

        block: BlockLine | None = await self.desk.ask(
            LongPickList(say("Which block; type an outlet or what it is of"), load, NOTES_AT_ONCE)
        )
        if block is None:
            return

        async def asked(said: WhyForm, *_: str) -> Message:
            number = await self.desk.call(self.desk.port.office_notes.recall, block.lease, said.reason)
            told = say("Note {number} is written: {outlet} sends back what is left.")
            return Message(told.template, {"number": number, "outlet": block.outlet})

        title = say("Ask back from {outlet}: {what}", outlet=block.outlet, what=boxed(block.kind, block.of, block.left))
        await self.desk.push_screen(NumbersFormScreen(title, WhyForm, asked))


class NoteScreen(ListScreen):
    """A note: what was put in and what was found, side by side. F4 or Enter: what can be done with it."""

    means = here(restore=AGAIN, list=ACTS)
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
        return say("{number}, {stock}: {state}", number=note.shown, stock=_stock(note), state=_STATES[note.state])

    async def load(self, text: str) -> Sequence[ListRow]:
        """All of it."""
        self._sheet = await self.desk.call(self.desk.port.office_notes.sheet, self._number)
        self.redraw_frame()
        return self.narrowed(_sheet_lines(self._sheet), text)

    async def chosen(self, line: ListRow) -> None:  # noqa: ARG002 (the whole sheet is meant)
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
        way = await self.desk.ask(pick(say("What can be done"), ways, careful))
        if way is not None:
            await self.desk.push_screen(WorkScreen(way, self._sheet))


class WorkScreen(NumbersFormScreen):
    """Something that is done with a note, by two people where stock moves. A count says how it differs as it is typed;
    the paper that is to be signed is shown."""

    def __init__(self, way: str, sheet: NoteSheet) -> None:
        self._way, self._note = way, sheet.note
        is_left = way == "receive" and sheet.note.state == "differs"
        self._due = sheet.note.missing if is_left else sheet.note.pieces
        self._paper: PaperView | None = None
        says, form = _WAYS[way]
        title = say("{number}: {act}", number=sheet.note.shown, act=says)
        super().__init__(title, form, self._act, begun={"pieces": str(self._due)} if way == "send" else None)

    def on_mount(self) -> None:
        """What there should be."""
        super().on_mount()
        self._compare()

    def on_field_left(self, event: Field.Left) -> None:
        """How it differs."""
        super().on_field_left(event)
        self._compare()

    def _compare(self) -> None:
        if "pieces" not in self.panel.fields:
            return
        typed = self.panel.values()["pieces"].strip()
        told = say("{n} on the transfer note", n=self._due)
        if is_digits(typed) and int(typed) < self._due:
            told = say("{n} on the transfer note: {less} too few", n=self._due, less=self._due - int(typed))
        elif is_digits(typed) and int(typed) > self._due:
            told = say("{n} on the transfer note: {more} too many", n=self._due, more=int(typed) - self._due)
        self.panel.notes = {**self.panel.notes, "pieces": told}
        self.panel.redraw()

    async def do_complete(self) -> None:
        """Do it; then the paper is shown."""
        await super().do_complete()
        if self._paper is not None:
            paper, self._paper = self._paper, None
            await self.desk.push_screen(PreviewScreen(self.title_of, (paper,), reprint=False))

    async def _act(self, said: Any, staff_no: str = "", password: str = "") -> Message:
        call, port, note = self.desk.call, self.desk.port.office_notes, self._note
        who = (staff_no, password)
        if isinstance(said, BoxForm):
            self._paper = await call(port.send, note.number, said.pieces, said.first, said.reason, *who)
            return say("Box {number} is on its way; its paper is signed by two.", number=note.shown)
        if isinstance(said, UnpackForm):
            self._paper = await call(port.receive, note.number, said.pieces, said.missing, said.reason, *who)
            return say("Box {number} is unpacked; its paper is signed by two.", number=note.shown)
        if self._way == "cancel":
            await call(port.cancel, note.number, said.reason)
            return say("Note {number} is cancelled.", number=note.shown)
        await call(port.settle, note.number, self._way, said.reason, *who)
        return say("The case of {number} is settled.", number=note.shown)


def _ways(sheet: NoteSheet | None) -> tuple[list[ListRow], list[ListRow]]:
    """What can be done with a note: as a rule, and with care."""
    lines = [ListRow((_WAYS[way][0],), way) for way in (sheet.ways if sheet is not None else ())]
    return [one for one in lines if one.value not in _CAREFUL], [one for one in lines if one.value in _CAREFUL]


def _waits(sheet: NoteSheet) -> Message:
    """Who has to do something about a note that the office can do nothing about."""
    if sheet.note.state == "sent":
        return say("{place} unpacks it.", place=sheet.note.receiver)
    return say("Nothing is left to be done with it.")


def _rank(line: ListRow) -> int:
    return list(_STATES).index(line.value.state)


def _line(note: OfficeNote) -> ListRow:
    tone = "warn" if note.state == "differs" else "" if note.state in ("draft", "sent") else "dim"
    return ListRow((note.shown, _stock(note), note.sender, note.receiver, _mark(note)), note, tone)


def _stock(note: OfficeNote) -> Message:
    return boxed(note.kind, note.of, note.pieces)


def _mark(note: OfficeNote) -> Message:
    """What there is to see at a glance of a note, below the heading of its state."""
    if note.missing:
        return say("{n} missing", n=note.missing)
    return say("asked back") if note.recalls else Message("")


def _block(one: BlockLine) -> ListRow:
    stock = boxed(one.kind, one.of, one.left)
    return ListRow((one.outlet, stock, on_the_wall(one.handed_at)), one)


def _sheet_lines(sheet: NoteSheet) -> Iterator[ListRow]:
    """The two ends side by side; then what was found later, the serials, and how it ended."""
    note, sent = sheet.note, sheet.sent
    found = sheet.received[0] if sheet.received else None
    yield ListRow(("", say("Put in"), say("Found in it")), None, HEADING)
    yield ListRow((say("Where"), note.sender, note.receiver))
    tone = "warn" if note.state == "differs" else ""
    wanted = say("{n} wanted", n=note.pieces) if sent is None else str(sent.pieces)
    yield ListRow((say("Pieces"), wanted, str(found.pieces) if found else "-"), None, tone)
    for label, name in ((say("Counted by"), "counted_by"), (say("Signed by"), "approved_by")):
        yield ListRow((label, _of(sent, name), _of(found, name)))
    yield ListRow((say("At"), *(on_the_wall(one.made_at) if one else "-" for one in (sent, found))))
    yield ListRow((say("Reason"), _of(sent, "reason"), _of(found, "reason")))
    for count in sheet.received[1:]:
        later = say("{n}, {who} and {other}", n=count.pieces, who=count.counted_by, other=count.approved_by)
        yield ListRow((say("Found later"), on_the_wall(count.made_at), later))
    written = say("{who}: {why}", who=sheet.made_by, why=sheet.reason or "-")
    yield ListRow((say("Written by"), written, ""))
    if sheet.outcome:
        ended = say("{outcome}, by {who}", outcome=state_name(sheet.outcome), who=sheet.settled_by)
        yield ListRow((say("Settled"), ended, sheet.words))
    for serials in sheet.absent:
        yield ListRow((say("Missing serials"), "", serials), None, "warn")
    for serials in sent.runs if sent else ():
        yield ListRow((say("Serials"), serials, ""))


def _of(count: EndCount | None, name: str) -> str:
    return "-" if count is None else str(getattr(count, name)) or "-"
