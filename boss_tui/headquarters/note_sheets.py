"""Transfer notes 调拨单 for the office's screens: listed, each with what both ends counted, and worked on (M5).

The acts themselves are `transferring`'s; here the second person signs on over the first one's screen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, partial
from itertools import islice
from typing import Any

from sqlalchemy import Integer, Select, Text, bindparam, case, cast, func, literal, or_, select, union_all

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import NOTES_AT_ONCE, BlockLine, EndCount, NoteSheet, OfficeNote, SortLine
from boss_tui.components.resources.leases import ENDED
from boss_tui.components.stock import stock_book
from boss_tui.components.stock.pieces import LYING, PIECES, runs
from boss_tui.components.stock.stock_book import place
from boss_tui.desk import Desk
from boss_tui.forms.fields import Choice
from boss_tui.headquarters import transferring
from boss_tui.headquarters.leases import free_here
from boss_tui.headquarters.transfers import outcomes
from boss_tui.locale import LANGUAGES, words
from boss_tui.management.kit.filters import ascii_lower
from boss_tui.sync import transfers
from boss_tui.sync.transfers import ON_ITS_WAY
from data.characters import is_digits
from data.errors import NotFound
from data.message import Message, say
from data.states import kind_name
from data.store import Reading
from data.tables.organisation import Outlet
from data.tables.sync import EnrolledOutlet, Lease
from data.tables.transfer import TransferCount, TransferNote, TransferPiece

MOST = 5_000
"""Blocks that are looked through for those of which something is left."""
OPEN = ("differs", "sent", "draft")
"""The states of a note that something is still to be done with, in the order in which a person has to look at them."""

_n, _l, _o = TransferNote.table(), Lease.table(), Outlet.table()
_RANK = case({state: rank for rank, state in enumerate(OPEN)}, value=_n.c.state, else_=len(OPEN))
_NOTES = select(*_n.c).order_by(_RANK, _n.c.number.desc()).limit(bindparam("most"))
_PLACES = select(_o.c.code).where(
    or_(*(func.lower(each).like(bindparam("sought")) for each in (_o.c.code, _o.c.name_zh, _o.c.name_en)))
)
_BLOCKS = (
    select(*_l.c)
    .where(_l.c.kind.in_(LYING), _l.c.state.not_in(ENDED), _l.c.recalled_at == "")
    .order_by(_l.c.handed_at.desc(), _l.c.id)
    .limit(MOST)
)


@cache
def _sorts() -> Any:
    """Each sort of stock that lies anywhere to be sold, and how much of it can be packed at headquarters."""
    parts = []
    for kind in LYING:
        about = PIECES[kind]
        table = about.model.table()
        of = table.c[about.sort]
        sort, free = cast(of, Text).label("of"), func.sum(cast(free_here(kind), Integer))
        lying = table.c.state == about.free
        parts.append(select(literal(kind).label("kind"), sort, free).where(lying).group_by(of))
    return union_all(*parts)


@cache
def _left(kind: str) -> Select[Any]:
    about = PIECES[kind]
    table = about.model.table()
    return select(func.count()).where(table.c.lease_id == bindparam("lease"), table.c.state == about.free)


def _kinds(text: str) -> list[str]:
    """The kinds of stock that are called so."""
    said = text.strip().casefold()
    return [kind for kind in LYING if any(said in words(each)(kind_name(kind)).casefold() for each in LANGUAGES)]


def _sought(text: str) -> str:
    """A text as outlets are looked up by it (`_PLACES`)."""
    return f"%{ascii_lower(text.strip())}%"


def _fitting(text: str, states: Collection[str]) -> Select[Any]:
    """Notes with an end whose outlet is called so (`sought`), in one of these states, or of stock that is called so."""
    fits = (_n.c.sender.in_(_PLACES), _n.c.receiver.in_(_PLACES), _n.c.state.in_(states), _n.c.kind.in_(_kinds(text)))
    return _NOTES.where(or_(*fits))


class NotesOfOffice:
    """Transfer notes at a desk of the office (`desk.office_notes.OfficeNotes`)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # looked at

    def notes(self, text: str = "", most: int = NOTES_AT_ONCE, states: Collection[str] = ()) -> Sequence[OfficeNote]:
        """Those to be worked on, then the latest that have ended; or the one of a number, or those that fit a text."""
        number = text.strip().upper().removeprefix("DB-")
        with self._desk.seat.reading() as reading:
            if is_digits(number):
                found = reading.all(TransferNote, number=int(number))
            elif text.strip():
                found = reading.models(TransferNote, _fitting(text, states), sought=_sought(text), most=most)
            else:
                found = reading.models(TransferNote, _NOTES, most=most)
            called = cache(partial(place, reading))
            return [_line(reading, note, called) for note in found]

    def sheet(self, number: int) -> NoteSheet:
        """All of a note."""
        with self._desk.seat.reading() as reading:
            note = reading.find(TransferNote, number=number)
            if note is None:
                raise NotFound(say("There is no transfer note {number} here.", number=number))
            return _sheet(reading, note)

    def ends(self) -> Sequence[Choice]:
        """The outlets that a note may name."""
        with self._desk.seat.reading() as reading:
            open_ones = reading.all(EnrolledOutlet, closed_at="", order=("outlet",))
            return [Choice(row.outlet, place(reading, row.outlet)) for row in open_ones]

    def sorts(self) -> Sequence[SortLine]:
        """What can be put on a note."""
        with self._desk.seat.reading() as reading:
            return [
                SortLine(kind, of, stock_book.called(reading, kind, of), int(free or 0))
                for kind, of, free in reading.rows(_sorts())
            ]

    def blocks(self, text: str = "", most: int = NOTES_AT_ONCE) -> Sequence[BlockLine]:
        """What can be asked back: all of it, or of an outlet or of stock that is called so."""
        fits = or_(_l.c.outlet.in_(_PLACES), _l.c.kind.in_(_kinds(text)))
        with self._desk.seat.reading() as reading:
            found = reading.models(Lease, _BLOCKS.where(fits), sought=_sought(text))
            lines = (
                BlockLine(
                    row.id,
                    row.outlet,
                    row.kind,
                    stock_book.called(reading, row.kind, row.of) if row.of else "",
                    int(reading.scalar(_left(row.kind), lease=row.id)),
                    row.handed_at,
                )
                for row in found
            )
            return list(islice((line for line in lines if line.left), most))

    # done

    def draft(self, kind: str, of: str, pieces: int, sender: str, receiver: str, reason: str) -> str:
        """Write a note."""
        made = transferring.draft(
            self._desk, kind=kind, pieces=pieces, of=of, sender=sender, receiver=receiver, reason=reason
        )
        return transfers.numbered(made)

    def recall(self, lease: str, reason: str) -> str:
        """Ask a block back."""
        return transfers.numbered(transferring.recall(self._desk, lease, reason))

    def cancel(self, number: int, why: str) -> None:
        """It is not wanted any more."""
        transferring.cancel(self._desk, number, why)

    def send(
        self, number: int, pieces: int, first: str = "", reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Pack headquarters' box."""
        return transferring.send(self._desk, number, self._signed(approver, password), first, pieces, reason)[1]

    def receive(
        self, number: int, pieces: int, missing: str = "", reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Unpack a box."""
        return transferring.receive(self._desk, number, pieces, self._signed(approver, password), missing, reason)[1]

    def settle(self, number: int, outcome: str, why: str, approver: str = "", password: str = "") -> None:
        """End the case of what was missing."""
        transferring.settle(self._desk, number, outcome, why, self._signed(approver, password))

    def _signed(self, staff_no: str, password: str) -> str:
        """Who signs along, by their own sign-on; empty: nobody was asked yet."""
        return self._desk.supervisors.other(staff_no, password) if staff_no else ""


def _line(reading: Reading, note: TransferNote, called: Callable[[str], Message]) -> OfficeNote:
    return OfficeNote(
        note.number,
        transfers.numbered(note),
        note.kind,
        stock_book.called(reading, note.kind, note.of) if note.of else "",
        called(note.sender),
        called(note.receiver),
        note.pieces,
        note.missing,
        note.state,
        bool(note.from_lease),
    )


def _sheet(reading: Reading, note: TransferNote) -> NoteSheet:
    counts = reading.all(TransferCount, note_id=note.id, order=("made_at", "id"))
    serials = [row.piece for row in reading.all(TransferPiece, note_id=note.id, order=("piece",))]
    ends = {end: [_counted(count, serials) for count in counts if count.end_of == end] for end in ("sent", "received")}
    absent = transfers.expected(reading, note) if note.state == "differs" else []
    return NoteSheet(
        _line(reading, note, partial(place, reading)),
        note.reason,
        note.made_by,
        ends["sent"][-1] if ends["sent"] else None,
        tuple(ends["received"]),
        _shown(absent, serials),
        tuple(_ways(note)),
        note.outcome,
        note.words,
        note.settled_by,
    )


def _counted(count: TransferCount, serials: Sequence[str]) -> EndCount:
    listed = json.loads(count.listed)
    return EndCount(
        count.pieces, count.counted_by, count.approved_by, count.made_at, count.reason, _shown(listed, serials)
    )


def _shown(listed: Sequence[str], serials: Sequence[str]) -> tuple[str, ...]:
    among = serials if set(listed) <= set(serials) else sorted(listed)
    return tuple(first if first == last else f"{first} - {last}" for first, last, _ in runs(listed, among))


def _ways(note: TransferNote) -> Iterator[str]:
    """What the office can do with a note now."""
    if note.state == "draft" and not note.sender:
        yield "send"
    if note.state in ON_ITS_WAY and not note.receiver:
        yield "receive"
    yield from outcomes(note)
    if note.state == "draft":
        yield "cancel"
