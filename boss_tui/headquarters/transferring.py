"""Transfer notes 调拨单 as the office works on them (catalogue M5): written by one person; packed, unpacked and settled
by two."""

from __future__ import annotations

from boss_tui.answers.business import PaperView
from boss_tui.components.base import Context
from boss_tui.components.operators.operators import Operators
from boss_tui.components.stock.pieces import named, runs
from boss_tui.desk import Desk
from boss_tui.desk.transfers import ACT, paper
from boss_tui.editions.noting import note as put_down
from boss_tui.headquarters import transfers as notes
from boss_tui.sync import transfers
from data.errors import NotAllowed, NotFound
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.sync import Lease
from data.tables.transfer import TransferNote

M5 = "M5"


def draft(
    desk: Desk, *, kind: str, pieces: int, of: str = "", sender: str = "", receiver: str = "", reason: str = ""
) -> TransferNote:
    """A note from one end to the other; empty: headquarters. See `transfers.draft`."""
    with desk.seat.writing(ACT) as tx:
        context = _allowed(desk, tx)
        with tx.received():
            made = notes.draft(tx, kind=kind, pieces=pieces, of=of, sender=sender, receiver=receiver, reason=reason)
        put_down(context, "transfer.draft", said=_said(made))
    return made


def recall(desk: Desk, lease_id: str, reason: str = "") -> TransferNote:
    """Ask for a block back with a note; see `transfers.recall`."""
    with desk.seat.writing(ACT) as tx:
        context = _allowed(desk, tx)
        lease = tx.one(Lease, id=lease_id)
        tx.lock(lease.outlet)
        with tx.received():
            made = notes.recall(tx, lease, reason)
        put_down(context, "transfer.recall", said={**_said(made), "lease": lease_id})
    return made


def cancel(desk: Desk, number: int, why: str) -> TransferNote:
    """A draft that is not wanted any more."""
    if not why.strip():
        raise NotAllowed(say("Say why it is not wanted any more."), field="why")
    with desk.seat.writing(ACT) as tx:
        context = _allowed(desk, tx)
        note = _found(tx, number)
        with tx.received():
            ended = notes.cancel(tx, note)
        put_down(context, "transfer.cancel", said={**_said(ended), "why": why.strip()})
    return ended


def send(
    desk: Desk, number: int, checker: str, first: str = "", pieces: int | None = None, reason: str = ""
) -> tuple[TransferNote, PaperView]:
    """Headquarters' own box is packed: the first free pieces, or those from serial `first` on; its paper names them.
    `pieces`: how many were counted into it; by default all that the note is for. `checker`: who counted along, proven
    by their own sign-on. NotAllowed names the field: pieces, first, reason, approved_by."""
    with desk.seat.writing(ACT) as tx:
        context = _allowed(desk, tx, checker)
        note = _found(tx, number)
        if note.sender:
            raise NotAllowed(say("Outlet {outlet} sends this box.", outlet=note.sender), field="number")
        tx.lock(note.receiver)
        serials = notes.to_pack(tx, note, first, pieces)
        count = transfers.send(
            tx, note, serials, pieces=len(serials), reason=reason, approved_by=checker, quietly=tx.received
        )
        with tx.received():
            note = notes.take(tx, count)
        put_down(context, "transfer.send", said=_said(note), approved_by=checker)
        return note, paper(desk.seat, desk.slips, tx, note, count, runs(serials, serials))


def receive(
    desk: Desk, number: int, pieces: int, checker: str, missing: str = "", reason: str = ""
) -> tuple[TransferNote, PaperView]:
    """A box that came to headquarters is unpacked. See `sync.transfers.receive`."""
    with desk.seat.writing(ACT) as tx:
        context = _allowed(desk, tx, checker)
        note = _found(tx, number)
        if note.receiver:
            raise NotAllowed(say("Outlet {outlet} unpacks this box.", outlet=note.receiver), field="number")
        if note.sender:
            tx.lock(note.sender)
        due = transfers.expected(tx, note)
        absent = named(missing, due, "missing")
        count = transfers.receive(
            tx, note, absent, pieces=pieces, reason=reason, approved_by=checker, quietly=tx.received
        )
        with tx.received():
            note = notes.take(tx, count)
        put_down(context, "transfer.receive", said=_said(note), approved_by=checker)
        found = [serial for serial in due if serial not in set(absent)]
        return note, paper(desk.seat, desk.slips, tx, note, count, runs(found, due))


def settle(desk: Desk, number: int, outcome: str, why: str, checker: str) -> TransferNote:
    """End the case of what was missing: `outcome` is returned or lost. See `transfers.settle`."""
    with desk.seat.writing(ACT) as tx:
        context = _allowed(desk, tx, checker)
        note = _found(tx, number)
        for outlet in sorted(filter(None, (note.sender, note.receiver))):
            tx.lock(outlet)
        with tx.received():
            ended = notes.settle(tx, note, outcome, why)
        if not checker:
            raise NotAllowed(say("Another person has to approve it."), field="approved_by")
        put_down(context, "transfer.settle", said={**_said(ended), "outcome": outcome, "why": why}, approved_by=checker)
    return ended


def _allowed(desk: Desk, tx: UnitOfWork, checker: str = "") -> Context:
    """The context of M5 at the office. NotAllowed: no right, or whoever else signs lacks theirs. `checker` empty: no
    one has signed yet, which is the last thing that is looked at."""
    if not desk.seat.is_office:
        raise NotAllowed(say("Notes are written at headquarters' office."))
    context = desk.runs.context(tx, M5)
    operators = Operators(context)
    operators.may_manage("")
    if checker:
        operators.other_must_check(checker)
    return context


def _found(reading: Reading, number: int) -> TransferNote:
    note = reading.find(TransferNote, number=number)
    if note is None:
        raise NotFound(say("There is no transfer note {number} here.", number=number))
    return note


def _said(note: TransferNote) -> dict[str, str | int]:
    names = ("number", "kind", "of", "sender", "receiver", "pieces", "missing")
    return {name: getattr(note, name) for name in names}
