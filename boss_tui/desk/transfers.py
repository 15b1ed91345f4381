"""Transfer notes 调拨单 at the desk: which boxes are to be packed or unpacked here, the counts, their papers (M5).

Who unpacks counts blind: how many pieces there must be only a supervisor is told. Headquarters' own boxes are counted
through `boss_tui.headquarters.transferring`, which has the papers of this part.
"""

from __future__ import annotations

import json

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import NoteLine
from boss_tui.components.stock import stock_book
from boss_tui.components.stock.pieces import named, runs
from boss_tui.components.stock.stock_book import place
from boss_tui.components.stock.stock_slips import TRANSFER, PackedBox, transfer_slip
from boss_tui.desk.seat import Seat
from boss_tui.desk.slips import Slips
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from boss_tui.sync import transfers
from boss_tui.sync.scarce import PIECES
from data.errors import NotFound
from data.message import say
from data.states import kind_name
from data.store import Reading, UnitOfWork
from data.tables.transfer import TransferCount, TransferNote

ACT = "stock.transfer"


class Transfers:
    """The part of the desk that packs and unpacks."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, slips: Slips) -> None:
        self._seat, self._trust, self._supervisors, self._slips = seat, trust, supervisors, slips

    def notes(self) -> list[NoteLine]:
        """The boxes that are to be packed or unpacked here."""
        here = self._seat.station.outlet
        with self._seat.reading() as reading:
            told = self._seat.person(reading).supervises
            found = [
                note for note in transfers.open_notes(reading, here) if note.receiver == here or note.state == "draft"
            ]
            return [_line(reading, note, here, told=told) for note in found if _is_left(reading, note, here)]

    def send(
        self, number: int, pieces: int, serials: str = "", reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Pack the box of a note: `pieces` were counted; `serials`: which (the first in stock, where none are named).
        Answers the paper that goes along. NotAllowed names the field: pieces, serials, reason, approved_by."""
        approved = self._supervisors.beside(approver, password, _WHO_SIGNS) if approver else None
        with self._seat.writing(ACT) as tx:
            self._trust.must_have_a_day(tx)
            note = self._found(tx, number)
            here = [str(getattr(row, PIECES[note.kind].key)) for row in transfers.packable(tx, note)]
            wanted = named(serials, here, "serials") if serials.strip() else here[:pieces]
            word = self._supervisors.worded(tx, approved, ACT) if approved else ""
            count = transfers.send(tx, note, wanted, pieces=pieces, reason=reason, approved_by=word)
            return paper(self._seat, self._slips, tx, note, count, runs(wanted, here))

    def receive(
        self, number: int, pieces: int, missing: str = "", reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Unpack the box of a note: `pieces` were found, and these serials were `missing`. Answers the paper of it.
        NotAllowed names the field: pieces, missing, reason, approved_by."""
        approved = self._supervisors.beside(approver, password, _WHO_SIGNS) if approver else None
        with self._seat.writing(ACT) as tx:
            self._trust.must_have_a_day(tx)
            note = self._found(tx, number)
            due = transfers.expected(tx, note)
            absent = named(missing, due, "missing")
            word = self._supervisors.worded(tx, approved, ACT) if approved else ""
            count = transfers.receive(tx, note, absent, pieces=pieces, reason=reason, approved_by=word)
            found = [serial for serial in due if serial not in set(absent)]
            return paper(self._seat, self._slips, tx, note, count, runs(found, due))

    def _found(self, reading: Reading, number: int) -> TransferNote:
        note = reading.find(TransferNote, number=number)
        if note is None:
            raise NotFound(say("There is no transfer note {number} here.", number=number))
        return note


_WHO_SIGNS = say("A supervisor counts along and signs.")


def _is_left(reading: Reading, note: TransferNote, here: str) -> bool:
    """Whether it is this end's turn, as far as is known here: headquarters may not have heard yet."""
    if note.receiver == here:
        return bool(transfers.expected(reading, note))
    sent = reading.find(TransferCount, note_id=note.id, end_of="sent", outlet=here)
    return note.state == "draft" and sent is None


def _line(reading: Reading, note: TransferNote, here: str, *, told: bool) -> NoteLine:
    receives = note.receiver == here
    return NoteLine(
        note.number,
        transfers.numbered(note),
        note.kind,
        stock_book.called(reading, note.kind, note.of) if note.of else "",
        "received" if receives else "sent",
        place(reading, note.sender if receives else note.receiver),
        note.state,
        note.pieces if told or not receives else None,
        note.reason,
    )


def paper(
    seat: Seat,
    slips: Slips,
    tx: UnitOfWork,
    note: TransferNote,
    count: TransferCount,
    runs: list[tuple[str, str, int]],
) -> PaperView:
    """The paper of a count at one end of a note, printed here."""
    is_sent = count.end_of == "sent"
    box = PackedBox(
        kind_name(note.kind),
        stock_book.called(tx, note.kind, note.of) if note.of else "",
        place(tx, note.sender),
        place(tx, note.receiver),
        is_sent,
        count.pieces,
        runs,
        () if is_sent else tuple(json.loads(count.listed)),
    )
    number = transfers.numbered(note)
    slip = slips.slip(tx, count.counted_by, approved_by=count.approved_by, note=count.reason, number=number)
    document = transfer_slip(seat.paper_words(), slip, box)
    return slips.queue(tx, document, count.id, TRANSFER, number)
