"""Random managers hand stock out and ask it back: numbers by lease, the rest in boxes with a note that both ends count;
they count what lies at headquarters, and find what was missing; and what an outlet does with such a box."""

from __future__ import annotations

import random
from typing import ClassVar

from boss_tui.desk import Desk
from boss_tui.sync import transfers
from data.demo_staff import PASSWORD
from data.store import Store
from data.tables.resource import PhoneNumber
from data.tables.stock import Handset, RechargeCard
from data.tables.sync import Lease
from data.tables.transfer import TransferNote
from tests.simulation.at_office import AtOffice
from tests.simulation.province import Shop

FEW = 6
"""Pieces of a box."""
WRONG = 0.15
"""So many counts are not what is in the box."""


def unpacked(chance: random.Random, store: Store, number: int) -> tuple[int, str, str]:
    """What somebody says of a box that they unpack: how many pieces were found, which are missing, why."""
    with store.reading() as reading:
        due = transfers.expected(reading, reading.one(TransferNote, number=number))
    missing = chance.sample(due, chance.choice((0, 0, 0, min(1, len(due)), len(due))))
    found = len(due) - len(missing) + (chance.random() < WRONG)
    return found, " ".join(missing), "not in the box" if missing else ""


def packed(chance: random.Random, wanted: int) -> tuple[int, str]:
    """What somebody says of a box that they pack: how many pieces, and why not all of them."""
    pieces = wanted if chance.random() < 0.8 else chance.randrange(0, wanted + 2)
    return pieces, "" if pieces == wanted else "no more were there"


def boxes(chance: random.Random, shop: Shop) -> None:
    """At an outlet: one of the boxes that are to be packed or unpacked there is. Refused: a wrong count, no business
    date."""
    desk = shop.clerk.desk
    signed = (shop.place.supervisor, PASSWORD)
    if lines := shop.chief.transfers.notes():
        line = chance.choice(lines)
        if line.end_of == "sent":
            pieces, reason = packed(chance, line.pieces or 1)
            desk.transfers.send(line.number, pieces, "", reason, *signed)
        else:
            desk.transfers.receive(line.number, *unpacked(chance, shop.store, line.number), *signed)


class StockWork(AtOffice):
    """Leases and notes."""

    acts: ClassVar[dict[str, int]] = {"lease": 3, "recall": 2, "note": 5, "box": 8, "shelf": 3, "found": 2}

    def lease(self, chance: random.Random, desk: Desk) -> None:
        """Numbers to an outlet."""
        outlet = chance.choice([*self.province.shops])
        pieces = str(chance.choice((5, 50)))
        desk.acting.do("M5/phone_number", "lease", {"outlet": outlet, "pieces": pieces})

    def recall(self, chance: random.Random, desk: Desk) -> None:
        """A block of numbers is asked back, or some of an outlet's numbers."""
        if chance.random() < 0.6:
            self._move(chance, desk)
            return
        with self.central.reading() as reading:
            blocks = reading.all(Lease, kind="number", recalled_at="", order=("handed_at", "id"))
            left = [block.id for block in blocks if reading.all(PhoneNumber, lease_id=block.id, state="idle")]
        if len(left) > len(self.province.shops):
            desk.acting.do("M5/phone_number", "recall", {"lease": chance.choice(left)})

    def _move(self, chance: random.Random, desk: Desk) -> None:
        """Some numbers of an outlet are asked back, or go on to another one."""
        outlet, to = chance.choice([*self.province.shops]), chance.choice(["", *self.province.shops])
        with self.central.reading() as reading:
            free = [row.number for row in reading.all(PhoneNumber, outlet=outlet, state="idle", order=("number",))]
        if len(free) > FEW:
            first = chance.randrange(len(free) // 2, len(free) - 2)
            said = {"numbers": f"{free[first]}-{free[first + 2]}", "outlet": outlet, "to": to}
            desk.acting.do("M5/phone_number", "move", said)

    def shelf(self, chance: random.Random, desk: Desk) -> None:
        """Handsets at headquarters are counted: begun, or some of them found and the count finished."""
        counting, signed = desk.piece_counting, self._signed(chance, desk)
        if not any(one.started_at for one in counting.counts() if one.kind == "handset"):
            counting.start("handset")
            return
        with self.central.reading() as reading:
            there = [row.imei for row in reading.all(Handset, outlet="", order=("imei",))]
        counting.scan("handset", " ".join(each for each in there if chance.random() < 0.99) or "356938035643809")
        counting.finish("handset", "looked into", *signed)

    def found(self, chance: random.Random, desk: Desk) -> None:
        """Something that is out of stock at headquarters is there after all; or it is not for that."""
        with self.central.reading() as reading:
            away = [row.serial for row in reading.all(RechargeCard, outlet="", state="locked", order=("serial",))]
            away += [row.imei for row in reading.all(Handset, outlet="", state="returned", order=("imei",))]
        if away:
            said = {"serials": chance.choice(away), "reason": "behind the shelf"}
            desk.acting.do("M5", "found", said, *self._signed(chance, desk))

    def _signed(self, chance: random.Random, desk: Desk) -> tuple[str, str]:
        """Who signs along, as a rule another one."""
        return self.who(self.another(chance, self.who(desk))), PASSWORD

    # notes

    def note(self, chance: random.Random, desk: Desk) -> None:
        """A note is written, from one end to another, or for a block that is asked back."""
        notes = desk.office_notes
        if blocks := [block for block in notes.blocks() if block.kind != "number"] if chance.random() < 0.3 else []:
            notes.recall(chance.choice(blocks).lease, "wanted elsewhere")
            return
        sort, ends = chance.choice(notes.sorts()), ["", *self.province.shops]
        sender, receiver = chance.sample(ends, 2) if chance.random() < 0.4 else ("", chance.choice(ends[1:]))
        notes.draft(sort.kind, sort.of, chance.randrange(1, FEW), sender, receiver, "as wanted")

    def box(self, chance: random.Random, desk: Desk) -> None:
        """Something is done with a note that is open: packed, unpacked, settled, or given up."""
        notes = desk.office_notes
        if open_ones := [sheet for line in notes.notes() if (sheet := notes.sheet(line.number)).ways]:
            sheet = chance.choice(open_ones)
            self._moved(chance, desk, sheet.note.number, sheet.note.pieces, chance.choice(sheet.ways))

    def _moved(self, chance: random.Random, desk: Desk, number: int, wanted: int, way: str) -> None:
        notes, signed = desk.office_notes, self._signed(chance, desk)
        if way == "cancel":
            notes.cancel(number, "not any more")
        elif way == "send":
            pieces, reason = packed(chance, wanted)
            notes.send(number, pieces, "", reason, *signed)
        elif way == "receive":
            notes.receive(number, *unpacked(chance, self.central, number), *signed)
        else:
            notes.settle(number, way, "looked into", *signed)
