"""Transfer notes 调拨单 at either end: what goes into the box is counted, and what comes out of it, each by two people.

A piece that was put into a box is on its way: nobody sells it until the other end has found it there. What the counts
come to (who holds the pieces, what is missing) headquarters decides (`boss_tui.headquarters.transfers`).
Source: management-facts 5.4, catalogue M5.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any, Literal

from sqlalchemy import Select, bindparam, or_, select

from boss_tui.sync.scarce import IN_TRANSIT, PIECES
from data.clock import new_key
from data.errors import NotAllowed
from data.journal import canonical
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.transfer import TransferCount, TransferNote, TransferPiece

ON_ITS_WAY = ("sent", "differs")
"""The states of a note of which something may still be found."""
SENDABLE = ("draft", "cancelled")
"""The states in which a box may have been packed: who packed it need not have heard that it was not wanted any more."""
Quietly = Callable[[], AbstractContextManager[Any]]
"""How pieces are moved: by an outlet as ever; at headquarters so that no journal tells of them."""

_n, _p = TransferNote.table(), TransferPiece.table()
_OPEN = (
    select(*_n.c)
    .where(_n.c.state.in_(("draft", *ON_ITS_WAY)))
    .where(or_(_n.c.sender == bindparam("here"), _n.c.receiver == bindparam("here")))
    .order_by(_n.c.number)
)


def open_notes(reading: Reading, here: str) -> list[TransferNote]:
    """The notes that one end has still to do with; `here`: an outlet, or empty for headquarters."""
    return reading.models(TransferNote, _OPEN, here=here)


def numbered(note: TransferNote) -> str:
    """The number of a note, as it is printed."""
    return f"DB-{note.number:06d}"


@cache
def _expected(kind: str) -> Select[Any]:
    about = PIECES[kind]
    table = about.model.table()
    key = table.c[about.key]
    on_note = _p.join(table, key == _p.c.piece)
    where = (_p.c.note_id == bindparam("of_note"), _p.c.state.in_(("in_transit", "missing")))
    return select(key).select_from(on_note).where(*where, table.c.state == IN_TRANSIT).order_by(key)


def expected(reading: Reading, note: TransferNote) -> list[str]:
    """The serials of a note that nobody has found yet."""
    due = [str(piece) for (piece,) in reading.rows(_expected(note.kind), of_note=note.id)]
    before = reading.all(TransferCount, note_id=note.id, end_of="received", order=("made_at", "id"))
    left = frozenset(json.loads(before[-1].listed)) if before else frozenset(due)  # headquarters may not know yet
    return [serial for serial in due if serial in left]


@cache
def _packable(kind: str, *, of: bool, from_lease: bool) -> Select[Any]:
    about = PIECES[kind]
    table = about.model.table()
    statement = select(*table.c).where(table.c.outlet == bindparam("here"), table.c.state == about.free)
    if of:
        statement = statement.where(table.c[about.sort] == bindparam("of_sort"))
    if from_lease:
        statement = statement.where(table.c.lease_id == bindparam("of_lease"))
    return statement.order_by(table.c[about.key])


def packable(reading: Reading, note: TransferNote) -> list[Any]:
    """The sender's pieces that fit a note."""
    about, asked = PIECES[note.kind], dict[str, Any]()
    if note.of:
        asked["of_sort"] = about.sort_of(note.of)
    if note.from_lease:
        asked["of_lease"] = note.from_lease
    statement = _packable(note.kind, of=bool(note.of), from_lease=bool(note.from_lease))
    return reading.models(about.model, statement, here=note.sender, **asked)


def send(
    tx: UnitOfWork,
    note: TransferNote,
    serials: Iterable[str],
    *,
    pieces: int,
    reason: str = "",
    approved_by: str = "",
    quietly: Quietly = nullcontext,
) -> TransferCount:
    """Put these pieces into the box, which was counted. Fewer than were wanted need a reason; more never go.

    NotAllowed names the field: pieces, serials, reason, approved_by.
    """
    if note.state not in SENDABLE:
        raise NotAllowed(say("Note {number} was sent already.", number=numbered(note)), field="number")
    wanted = list(dict.fromkeys(serials))
    rows = _rows_here(tx, note, wanted)
    _must_be_counted(pieces, len(wanted))
    if len(wanted) > note.pieces:
        told = say("The note is for {n} {n:piece|pieces}: no more go into the box.", n=note.pieces)
        raise NotAllowed(told, field="pieces")
    if not wanted:
        raise NotAllowed(say("Put something into the box, or let headquarters cancel the note."), field="pieces")
    if len(wanted) < note.pieces and not reason.strip():
        told = say("The note is for {n} {n:piece|pieces}: say why fewer go.", n=note.pieces)
        raise NotAllowed(told, field="reason")
    _must_be_signed(tx, approved_by)
    with quietly():
        tx.change_alike(rows, state=IN_TRANSIT)
    return _counted(tx, note, "sent", len(wanted), wanted, reason, approved_by)


def _rows_here(reading: Reading, note: TransferNote, wanted: Sequence[str]) -> list[Any]:
    """The sender's pieces of these serials. NotAllowed: one is not in stock there, or not what the note is for."""
    about = PIECES[note.kind]
    found = reading.several(about.model, [(serial,) for serial in wanted])
    sort = about.sort_of(note.of) if note.of else None
    for serial in wanted:
        row: Any = found.get((serial,))
        fits = row is not None and (row.outlet, row.state) == (note.sender, about.free)
        fits = fits and (sort is None or getattr(row, about.sort) == sort) and note.from_lease in ("", row.lease_id)
        if not fits:
            told = say(
                "{serial} is not in stock here, or not what note {number} is for.",
                serial=serial,
                number=numbered(note),
            )
            raise NotAllowed(told, field="serials")
    return [found[serial,] for serial in wanted]


def receive(
    tx: UnitOfWork,
    note: TransferNote,
    missing: Iterable[str],
    *,
    pieces: int,
    reason: str = "",
    approved_by: str = "",
    quietly: Quietly = nullcontext,
) -> TransferCount:
    """Take what was found in the box into stock: all that is expected but what is `missing`; `pieces` were counted.

    What was missing can be received later, until headquarters has settled it. NotAllowed names the field: pieces,
    missing, reason, approved_by.
    """
    if note.state not in ON_ITS_WAY:
        raise NotAllowed(say("Nothing of note {number} is on its way.", number=numbered(note)), field="number")
    due, absent = expected(tx, note), list(dict.fromkeys(missing))
    if not due:
        raise NotAllowed(say("All of note {number} was received already.", number=numbered(note)), field="number")
    strange = [serial for serial in absent if serial not in set(due)]
    if strange:
        told = say("{serial} is not expected with note {number}.", serial=strange[0], number=numbered(note))
        raise NotAllowed(told, field="missing")
    found = [serial for serial in due if serial not in set(absent)]
    _must_be_found(pieces, len(found), len(absent))
    if absent and not reason.strip():
        raise NotAllowed(say("Say what is known of the pieces that are missing."), field="reason")
    if not found and note.state == "differs":
        raise NotAllowed(say("Nothing more was found: there is nothing to put down."), field="pieces")
    _must_be_signed(tx, approved_by)
    about = PIECES[note.kind]
    rows = tx.several(about.model, [(serial,) for serial in found])
    with quietly():
        tx.change_alike([rows[serial,] for serial in found], state=about.free)
    return _counted(tx, note, "received", len(found), absent, reason, approved_by)


def _must_be_counted(pieces: int, listed: int) -> None:
    if pieces != listed:
        told = say(
            "{pieces} {pieces:piece|pieces} were counted, and {listed} {listed:serial|serials} listed: count again.",
            pieces=pieces,
            listed=listed,
        )
        raise NotAllowed(told, field="pieces")


def _must_be_found(pieces: int, found: int, absent: int) -> None:
    """Whether the count is what the note and the missing pieces come to. It is not told by how much it is off."""
    if pieces > found:
        told = say("That is more than there should be: count again, and put aside what is on another note.")
        raise NotAllowed(told, field="pieces")
    if pieces < found and absent:
        raise NotAllowed(say("More is missing than was listed: count again, and list each."), field="missing")
    if pieces < found:
        raise NotAllowed(say("That is less than was sent: count again, or list the missing serials."), field="missing")


def _must_be_signed(tx: UnitOfWork, approved_by: str) -> None:
    if approved_by in ("", tx.author.operator):
        raise NotAllowed(say("Two people count and sign: another one must."), field="approved_by")


def _counted(
    tx: UnitOfWork,
    note: TransferNote,
    end_of: Literal["sent", "received"],
    pieces: int,
    listed: Sequence[str],
    reason: str,
    approved_by: str,
) -> TransferCount:
    author = tx.author
    return tx.add(
        TransferCount,
        id=new_key(tx.clock),
        outlet=author.outlet,
        note_id=note.id,
        end_of=end_of,
        pieces=pieces,
        listed=canonical(list(listed)),
        reason=reason.strip(),
        counted_by=author.operator,
        approved_by=approved_by,
        business_date=author.business_date,
        made_at=tx.now(),
    )
