"""Boxes 调拨: what is to be packed or unpacked here; the count, with a supervisor who signs along (catalogue M5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from boss_tui.answers.hall import NoteLine
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from data.message import Message, say
from data.states import kind_name, state_name
from screens.dialogs.approval import Approval
from screens.list_screen import ListScreen
from screens.numbers import REASON, NumbersFormScreen
from screens.widgets.listing import ListRow

DIGITS = 6
_SCANNED = say("One after another; a run as FIRST-LAST.")


class UnpackForm(Form):
    """What was found in a box."""

    pieces: Annotated[
        int, Ask(say("Pieces counted"), "digits", help=say("How many are in the box."), width=8, length=DIGITS)
    ]
    missing: Annotated[str, Ask(say("Missing pieces"), "text", help=_SCANNED, width=22, length=2000)] = ""
    reason: Annotated[str, REASON] = ""


class PackForm(Form):
    """What is put into a box."""

    pieces: Annotated[
        int, Ask(say("Pieces packed"), "digits", help=say("How many go into the box."), width=8, length=DIGITS)
    ]
    serials: Annotated[
        str,
        Ask(
            say("Serials packed"),
            "text",
            help=say("One after another; a run as FIRST-LAST; empty: the first in stock."),
            width=22,
            length=2000,
        ),
    ] = ""
    reason: Annotated[str, REASON] = ""


class CountsAlong(Approval):
    """Another person's own sign-on, who has counted a box along."""

    head: ClassVar[Message] = say("Another one counts along and signs")


class TransfersScreen(ListScreen):
    """The boxes of this outlet. Enter: pack it, or unpack it."""

    title_of = say("Boxes")
    hint: ClassVar[Message] = say("What is to be packed or unpacked here. Enter: count it.")
    empty: ClassVar[Message] = say("Nothing is to be packed or unpacked.")
    widths: ClassVar[tuple[int, ...]] = (10, 16, 30, 20)

    async def load(self, text: str) -> Sequence[ListRow]:
        """The boxes that fit what is typed."""
        found = await self.desk.call(self.desk.port.transfers.notes)
        return self.narrowed(map(_line, found), text)

    async def chosen(self, line: ListRow) -> None:
        """Count what goes in or comes out."""
        note: NoteLine = line.value
        form: type[Form] = UnpackForm if note.end_of == "received" else PackForm
        await self.desk.push_screen(
            NumbersFormScreen(_title(note), form, lambda said, *who: self._counted(note, said, *who), box=CountsAlong)
        )

    async def _counted(
        self, note: NoteLine, said: UnpackForm | PackForm, staff_no: str = "", password: str = ""
    ) -> Message:
        port = self.desk.port.transfers
        do, listed = (port.receive, said.missing) if isinstance(said, UnpackForm) else (port.send, said.serials)
        paper = await self.desk.call(do, note.number, said.pieces, listed, said.reason, staff_no, password)
        return say("On record; its paper {number} is printed, to be signed by two.", number=paper.number)


def _title(note: NoteLine) -> Message:
    if note.end_of == "received":
        return say("Unpack box {number} from {place}", number=note.shown, place=note.other)
    return say("Pack box {number} for {place}", number=note.shown, place=note.other)


def _line(note: NoteLine) -> ListRow:
    is_short = note.state == "differs"
    to_do = say("to be unpacked") if note.end_of == "received" else say("to be packed")
    what = state_name(note.state) if is_short else to_do
    stock = boxed(note.kind, note.of, note.pieces)
    return ListRow((note.shown, what, stock, note.other), note, "warn" if is_short else "")


def boxed(kind: str, of: str | Message, pieces: int | None) -> Message:
    """What goes in a box, of what kind and sort, and how many pieces; None: who unpacks it counts without knowing."""
    what = say("{kind} {of}", kind=kind_name(kind), of=of) if of else kind_name(kind)
    return what if pieces is None else say("{what}, {n:,} {n:piece|pieces}", what=what, n=pieces)
