"""Transfer notes 调拨单 at headquarters: written, sent off, and what the counts at both ends come to.

A note is the paper of what changes hands; who holds a piece is said by its lease, as ever. What has left its sender is
nobody's until it is handed to the receiver, and on its way until that one has found it. What was not found is a case
for the sender: it is found later, or its sender has it after all, or it is lost. Source: management-facts 5.4.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select

from boss_tui.components.resources.leases import ENDED
from boss_tui.headquarters.feed import publish_rows
from boss_tui.headquarters.leases import END_OF_KEYS, by_note, free_pieces
from boss_tui.headquarters.office import enrolled_row
from boss_tui.sync.scarce import IN_TRANSIT, LYING, PIECES, handed
from boss_tui.sync.shapes import Entry
from boss_tui.sync.transfers import ON_ITS_WAY, SENDABLE, expected, numbered
from data.clock import new_key
from data.errors import NotAllowed, OutOfStock
from data.journal import changes_of
from data.message import say
from data.statements import table_name
from data.states import kind_name, state_name
from data.store import UnitOfWork
from data.tables.base import Table
from data.tables.organisation import Outlet
from data.tables.sync import Lease
from data.tables.transfer import TransferCount, TransferNote, TransferPiece

Rows = dict[str, list[dict[str, Any]]]
_CASES = {"": "missing", "lost": "lost"}
"""The state of the pieces that a case is of, by how it was settled before."""
MOST = 100_000
"""Pieces on one note: more is a lorry's, and goes on several."""

_LAST = select(func.coalesce(func.max(TransferNote.table().c.number), 0))


def draft(
    tx: UnitOfWork,
    *,
    kind: str,
    pieces: int,
    of: str = "",
    sender: str = "",
    receiver: str = "",
    reason: str = "",
    from_lease: str = "",
) -> TransferNote:
    """A note for so many pieces; an outlet that is to send them is told. Empty: headquarters.

    NotAllowed names the field: kind, pieces, of, sender, receiver.
    """
    if kind not in LYING:
        raise NotAllowed(say("One of {words}.", words=", ".join(LYING)), field="kind")
    if not 1 <= pieces <= MOST:
        raise NotAllowed(say("At least 1, at most {most}.", most=MOST), field="pieces")
    if of and PIECES[kind].sort_of(of) is None:
        raise NotAllowed(say("There is no {kind} of {of}.", kind=kind_name(kind), of=of), field="of")
    if sender == receiver:
        raise NotAllowed(say("Sender and receiver are the same."), field="receiver")
    for field, outlet in (("sender", sender), ("receiver", receiver)):
        _must_be_open(tx, outlet, field)
    note = tx.add(
        TransferNote,
        id=new_key(tx.clock),
        number=int(tx.scalar(_LAST)) + 1,
        kind=kind,
        of=of,
        sender=sender,
        receiver=receiver,
        pieces=pieces,
        from_lease=from_lease,
        reason=reason.strip(),
        made_by=tx.author.operator,
        made_at=tx.now(),
    )
    if sender:
        _tell(tx, sender, note)
    return note


def _must_be_open(tx: UnitOfWork, outlet: str, field: str) -> None:
    if not outlet:
        return
    if tx.find(Outlet, code=outlet) is None:
        raise NotAllowed(say("There is no outlet {outlet}.", outlet=outlet), field=field)
    if enrolled_row(tx, outlet).closed_at:
        raise NotAllowed(say("Outlet {outlet} is closed: nothing is handed to it.", outlet=outlet), field=field)


def recall(tx: UnitOfWork, lease: Lease, reason: str = "") -> TransferNote:
    """Ask for a block back with a note 回收: its outlet sells no more from it once it hears of that, packs what is
    left of it, and sends it. What was not found then can be asked for again.

    NotAllowed: it was recalled, has ended, or has nothing left as far as is known.
    """
    before = tx.all(TransferNote, from_lease=lease.id)
    is_asked = any(note.state == "draft" for note in before) or (lease.recalled_at and not before)
    if lease.state in ENDED or is_asked:
        raise NotAllowed(say("This block was recalled or has ended: it is {state}.", state=state_name(lease.state)))
    if lease.kind not in LYING:
        raise NotAllowed(say("These lie nowhere: they are recalled without a note."), field="lease")
    about = PIECES[lease.kind]
    left = len(tx.all(about.model, lease_id=lease.id, state=about.free))
    if not left:
        raise NotAllowed(say("Nothing is left of this block, as far as headquarters knows."), field="lease")
    recalled = tx.change(lease, recalled_at=lease.recalled_at or tx.now())
    wanted = {"kind": lease.kind, "of": lease.of, "sender": lease.outlet, "from_lease": lease.id}
    note = draft(tx, pieces=left, reason=reason, **wanted)
    publish_rows(tx, lease.outlet, "transfer", {"lease": [_row(recalled)]})
    return note


def cancel(tx: UnitOfWork, note: TransferNote) -> TransferNote:
    """A draft that is not wanted any more. NotAllowed: it was sent."""
    if note.state != "draft":
        raise NotAllowed(say("Note {number} is {state}.", number=numbered(note), state=state_name(note.state)))
    ended = tx.change(note, state="cancelled")
    if note.sender:
        _tell(tx, note.sender, ended)
    return ended


def to_pack(tx: UnitOfWork, note: TransferNote, first: str = "", pieces: int | None = None) -> list[str]:
    """Which pieces headquarters' own store packs for a note, as many as it says or `pieces`: the first free ones, or
    those from a serial on. OutOfStock (`pieces`): there are not so many. NotAllowed (`first`): that one is not free, or
    not what the note is for."""
    key = PIECES[note.kind].key
    wanted = note.pieces if pieces is None else pieces
    found = free_pieces(tx, note.kind, wanted, note.of, (first, END_OF_KEYS))
    if first and not (found and getattr(found[0], key) == first):
        told = say(
            "{serial} is not in stock here, or not what note {number} is for.", serial=first, number=numbered(note)
        )
        raise NotAllowed(told, field="first")
    if len(found) < wanted:
        told = say(
            "Headquarters has {n} free {n:piece|pieces}, and {pieces} are to be packed.", n=len(found), pieces=wanted
        )
        raise OutOfStock(told, field="pieces")
    return [str(getattr(row, key)) for row in found]


def heard(tx: UnitOfWork, entry: Entry) -> None:
    """What an outlet's entry tells of boxes, once it was applied."""
    if entry.kind != "stock.transfer":
        return
    for change in changes_of(entry.body):
        if change.table != table_name(TransferCount):
            continue
        count = tx.find(TransferCount, id=change.key[0])
        if count is not None:
            take(tx, count)


def take(tx: UnitOfWork, count: TransferCount) -> TransferNote:
    """What a count at one end comes to: the pieces are on their way, or they have arrived and some are missing."""
    note = tx.one(TransferNote, id=count.note_id)
    return _sent(tx, note, count) if count.end_of == "sent" else _received(tx, note, count)


def _sent(tx: UnitOfWork, note: TransferNote, count: TransferCount) -> TransferNote:
    if note.state not in SENDABLE:
        return note
    about = PIECES[note.kind]
    found: dict[Any, Any] = tx.several(about.model, [(serial,) for serial in json.loads(count.listed)])
    rows = [row for row in found.values() if (row.state, row.outlet) == (IN_TRANSIT, note.sender)]
    if note.sender:
        rows = _given_up(tx, note, rows)
    receiver = note.receiver
    if receiver:
        tx.lock(receiver)
        if enrolled_row(tx, receiver).closed_at:  # meanwhile: the box comes to headquarters
            receiver = ""
    told: Rows = {}
    lease_id = ""
    if receiver:
        lease, told = by_note(tx, receiver, note.kind, note.of, rows)
        lease_id = lease.id
    note = tx.change(note, state="sent", pieces=len(rows), sent_at=count.made_at, lease_id=lease_id, receiver=receiver)
    listing = [
        {"note_id": note.id, "piece": getattr(row, about.key), "state": "in_transit", "revision": 1} for row in rows
    ]
    tx.add_many(TransferPiece, listing)
    for outlet in filter(None, (note.sender, receiver)):
        more = told if outlet == receiver else {}
        publish_rows(tx, outlet, "transfer", {"transfer_note": [_row(note)], "transfer_piece": listing, **more})
    return note


def _given_up(tx: UnitOfWork, note: TransferNote, rows: Sequence[Any]) -> list[Any]:
    """The sender holds them no more: its blocks are so much smaller, and one that was recalled has come back."""
    about, fewer = PIECES[note.kind], dict[str, int]()
    for row in rows:
        fewer[row.lease_id] = fewer.get(row.lease_id, 0) + 1
    given = tx.change_alike(rows, outlet="", lease_id="")
    leases = [_smaller(tx, lease_id, n) for lease_id, n in sorted(fewer.items()) if lease_id]
    told: Rows = {table_name(about.model): [handed(about.model, row.__dict__) for row in given]}
    publish_rows(tx, note.sender, "transfer", {"lease": [_row(lease) for lease in leases], **told})
    return given


def _smaller(tx: UnitOfWork, lease_id: str, n: int) -> Lease:
    """So many pieces less in a block; one that was recalled has come back with the last that its outlet could sell."""
    lease = tx.one(Lease, id=lease_id)
    if lease.state == "returned":
        return lease
    about = PIECES[lease.kind]
    is_back = lease.recalled_at and tx.find(about.model, lease_id=lease_id, state=about.free) is None
    return tx.change(lease, pieces=lease.pieces - n, state="returned" if is_back else lease.state)


def _received(tx: UnitOfWork, note: TransferNote, count: TransferCount) -> TransferNote:
    if note.state not in ON_ITS_WAY:
        return note
    absent = frozenset(expected(tx, note))
    due = [piece for piece in tx.all(TransferPiece, note_id=note.id) if piece.state in ("in_transit", "missing")]
    told = tx.change_alike([piece for piece in due if piece.piece in absent], state="missing")
    told += tx.change_alike([piece for piece in due if piece.piece not in absent], state="received")
    state = "differs" if absent else "received"
    note = tx.change(note, state=state, missing=len(absent), received_at=count.made_at)
    _tell_both(tx, note, told)
    return note


def outcomes(note: TransferNote) -> tuple[str, ...]:
    """How the case of a note's missing pieces can be settled: what was given up for lost can be found after all."""
    if note.state == "differs":
        return ("returned", "lost")
    return ("returned",) if note.outcome == "lost" else ()


def settle(tx: UnitOfWork, note: TransferNote, outcome: str, why: str) -> TransferNote:
    """End the case of a note's missing pieces: they are with the sender after all (returned: headquarters' free stock,
    or a block of the sender's own), or they are lost and never sold as new, until they are returned. NotAllowed names
    the field: number, outcome, why."""
    left = outcomes(note)
    if not left:
        raise NotAllowed(say("Note {number} has no missing pieces.", number=numbered(note)), field="number")
    if outcome not in left:
        raise NotAllowed(say("One of {words}.", words=", ".join(left)), field="outcome")
    if not why.strip():
        raise NotAllowed(say("Say what became of the pieces that were missing."), field="why")
    about, of_case = PIECES[note.kind], _CASES[note.outcome]
    pieces = tx.all(TransferPiece, note_id=note.id, state=of_case)
    found: dict[Any, Any] = tx.several(about.model, [(piece.piece,) for piece in pieces])
    still = IN_TRANSIT if of_case == "missing" else about.lost  # nothing else was done with it since
    pieces = [piece for piece in pieces if found[piece.piece,].state == still]
    rows = [found[piece.piece,] for piece in pieces]
    if outcome == "lost":
        gone = tx.change_alike(rows, state=about.lost, outlet="")
        _publish_pieces(tx, note.receiver, note, gone)
    else:
        _back_to_sender(tx, note, rows)
    told = tx.change_alike(pieces, state=outcome)
    why = "; ".join(filter(None, (note.words, why.strip())))  # both, of what was lost and found
    note = tx.change(note, state="resolved", outcome=outcome, settled_by=tx.author.operator, words=why)
    _tell_both(tx, note, told)
    return note


def _back_to_sender(tx: UnitOfWork, note: TransferNote, rows: Sequence[Any]) -> None:
    about = PIECES[note.kind]
    free = tx.change_alike(rows, state=about.free, outlet="", lease_id="")
    if note.receiver:
        lease = _smaller(tx, note.lease_id, len(rows))
        table = {"lease": [_row(lease)], table_name(about.model): [handed(about.model, row.__dict__) for row in free]}
        publish_rows(tx, note.receiver, "transfer", table)
    if note.sender and not enrolled_row(tx, note.sender).closed_at:
        tx.lock(note.sender)
        _, told = by_note(tx, note.sender, note.kind, note.of, free, state=about.free)
        publish_rows(tx, note.sender, "transfer", told)


def _publish_pieces(tx: UnitOfWork, outlet: str, note: TransferNote, rows: Iterable[Table]) -> None:
    model = PIECES[note.kind].model
    if outlet:
        told = [handed(model, row.__dict__) for row in rows]
        publish_rows(tx, outlet, "transfer", {table_name(model): told})


def _tell(tx: UnitOfWork, outlet: str, note: TransferNote, pieces: Sequence[TransferPiece] = ()) -> None:
    tx.lock(outlet)
    told: Rows = {"transfer_note": [_row(note)]}
    publish_rows(tx, outlet, "transfer", {**told, "transfer_piece": [_row(piece) for piece in pieces]})


def _tell_both(tx: UnitOfWork, note: TransferNote, pieces: Sequence[TransferPiece]) -> None:
    for outlet in sorted(filter(None, (note.sender, note.receiver))):
        _tell(tx, outlet, note, pieces)


def _row(model: Table) -> dict[str, Any]:
    return dict(model.__dict__)
