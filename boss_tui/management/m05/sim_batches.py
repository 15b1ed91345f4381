"""SIM cards as stock: as they are listed, and how a maker's file of a batch comes in (catalogue M5).

The head says what was ordered; each row is a card, with its key under the transport key that the head names. A batch
comes whole or not at all: until all of it is in, nobody is handed a card of it. Keys are written and never read: no
list, form, export, file of bad rows or log has them. They go to the element's own file (`headquarters.key_files`).

    #sim_card,count=2,sha256=…,order=DX2026-118,first_iccid=8986…,first_imsi=46000…,kind=32K,profile=USIM-32K,key=7
    iccid,imsi,ki,puk

Source: management-facts 5.4.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from boss_tui.components.stock.piece_life import life_of
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.faults import CELL, CellFault
from boss_tui.management.kit.intake import FileIn, Stock, StockRow
from boss_tui.management.m05.batch_heads import key_faults, missing, of_file, out_of_turn
from data.check_digits import luhn
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.organisation import Outlet
from data.tables.resource import ImsiBlock, SimCard, SimKind
from data.tables.stockroom import SimBatch

ICCID, IMSI, KEY, PUK = r"^8986[0-9]{16}$", r"^[0-9]{15}$", r"^[0-9A-F]{32}$", r"^([0-9]{8})?$"
HEAD = ("order", "first_iccid", "first_imsi", "kind", "key")
"""What the head must say beside count and hash."""
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
"""What every second digit counts; the others count as bytes: ten of them are 480 more, which is nothing of a ten."""


class SimForm(Form):
    """A card of the stock, as it may be seen."""

    iccid: Annotated[str, Ask(say("ICCID"), "digits", length=20)] = Field(pattern=ICCID)
    imsi: Annotated[str, Ask(say("IMSI"), "digits", length=15)] = Field(pattern=IMSI)
    kind: Annotated[str, Ask(say("Kind"), length=20)] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "in_stock"
    outlet: Annotated[str, Ask(say("Outlet"), "code", help=say("Who may sell it; empty: nobody yet."), length=20)] = ""


class SimFileForm(Form):
    """A row of a batch's file."""

    iccid: Annotated[str, Ask(say("ICCID"), "digits", length=20)] = Field(pattern=ICCID)
    imsi: Annotated[str, Ask(say("IMSI"), "digits", length=15)] = Field(pattern=IMSI)
    ki: Annotated[str, Ask(say("Key, enciphered"), help=say("32 hexadecimal digits."), length=32)] = Field(pattern=KEY)
    puk: Annotated[str, Ask(say("PUK"), "digits", length=8)] = Field("", pattern=PUK)


class SimIntake:
    """What is made of the file of a batch."""

    def __init__(self, reading: Reading, sent: FileIn) -> None:
        self._batch, self._start = sent.batch, sent.file.start.line
        self._said: Mapping[str, str] = sent.file.head.said if sent.file.head is not None else {}
        self._wrong = list(_head_faults(reading, self._said))
        self._first = None if self._wrong else (int(self._said["first_iccid"][:-1]), int(self._said["first_imsi"]))
        blocks = reading.all(ImsiBlock, state="active", order=("first",))
        self._blocks = [(block.first, block.last, block.element) for block in blocks]
        self._begins = [block.first for block in blocks]

    def judge(self, reading: Reading, rows: Sequence[StockRow]) -> Iterator[CellFault]:  # noqa: ARG002 (the shape of each)
        """Check digits; numbers that do not follow each other, or are of no block of ours."""
        for line, _, values in () if self._are_in_order(rows) else rows:
            iccid, imsi = values["iccid"], values["imsi"]
            if not checks(iccid):
                told = say("The check digit is wrong: it must be {digit}.", digit=luhn(iccid[:-1]))
                yield CellFault(line, "iccid", CELL, told)
            if self._block(imsi) is None:
                yield CellFault(line, "imsi", CELL, say("It is in no block of ours."))
            yield from self._place(line, iccid, imsi)

    def _are_in_order(self, rows: Sequence[StockRow]) -> bool:
        """Whether all of them follow each other as was ordered, check digits and all, within one block: as a rule."""
        if self._first is None or not rows:
            return False
        place = rows[0].line - self._start
        iccids, imsis = (range(first + place, first + place + len(rows)) for first in self._first)
        block = self._block(str(imsis[0]))
        return (
            block is not None
            and str(imsis[-1]) <= block[1]
            and [row.values["imsi"] for row in rows] == list(map(str, imsis))
            and [row.values["iccid"] for row in rows] == numbered(iccids)
            and rows[-1].line == rows[0].line + len(rows) - 1
        )

    def _place(self, line: int, iccid: str, imsi: str) -> Iterator[CellFault]:
        """What does not stand where the order has it."""
        if self._first is None:
            return
        place = line - self._start
        for column, there, first in (("iccid", int(iccid[:-1]), self._first[0]), ("imsi", int(imsi), self._first[1])):
            if there != first + place:
                yield out_of_turn(line, column, place, str(first + place))

    def _block(self, imsi: str) -> tuple[str, str, str] | None:
        at = bisect_right(self._begins, imsi) - 1
        return self._blocks[at] if at >= 0 and imsi <= self._blocks[at][1] else None

    def end(self, reading: Reading) -> Iterable[CellFault]:  # noqa: ARG002 (the shape of each)
        """What is wrong with the head."""
        return self._wrong

    def alike(self) -> dict[str, str]:
        """What all cards of a batch have, that is not whole yet."""
        return {"kind": self._said["kind"], "key_index": self._said["key"], "batch_id": self._batch}

    def write(self, tx: UnitOfWork, rows: Sequence[StockRow]) -> None:
        """As cards of a batch that is not whole yet."""
        same = self.alike()
        if rows:
            tx.add_many(SimCard, [{**row.values, **same} for row in rows])

    def taken(self, tx: UnitOfWork) -> None:
        """All of it is in: from now on it can be handed out."""
        said = self._said
        block = self._block(said["first_imsi"])
        tx.add(
            SimBatch,
            id=self._batch,
            order_no=said["order"],
            quantity=int(said["count"]),
            kind=said["kind"],
            profile=said.get("profile", ""),
            first_iccid=said["first_iccid"],
            first_imsi=said["first_imsi"],
            key_index=said["key"],
            element=block[2] if block is not None else "",
        )


def checks(iccid: str) -> bool:
    """Whether the last of 20 digits is Luhn's of those before it, as `luhn` tells more slowly: a file has many."""
    digits = iccid.encode()
    return (sum(digits[1::2]) + sum(digits[::2].translate(_DOUBLED))) % 10 == 0


_LAST = tuple(tuple(f"{n}{-(base + _DOUBLED[48 + n]) % 10}" for n in range(10)) for base in range(10))
"""By what the digits before them come to: the last digit of each number, with the check digit behind it."""


def numbered(bodies: range) -> list[str]:
    """ICCIDs that follow each other, each with its check digit: ten at a time."""
    made: list[str] = []
    for tens in range(bodies.start // 10, (bodies.stop + 9) // 10):
        lead = str(tens)
        digits = lead.encode()
        base = (sum(digits[1::2]) - 48 * (len(digits) // 2) + sum(digits[::2].translate(_DOUBLED))) % 10
        made += [lead + last for last in _LAST[base]]
    first = bodies.start % 10
    return made[first : first + len(bodies)]


def _head_faults(reading: Reading, said: Mapping[str, str]) -> Iterator[CellFault]:
    if (fault := missing(said, HEAD)) is not None:
        yield fault
        return
    if not re.fullmatch(ICCID, said["first_iccid"], re.ASCII) or not checks(said["first_iccid"]):
        yield of_file(say("The head's first ICCID is none: 20 digits, the last one checks the others."))
    if not re.fullmatch(IMSI, said["first_imsi"], re.ASCII):
        yield of_file(say("The head's first IMSI is none: 15 digits."))
    kind = reading.find(SimKind, code=said["kind"])
    if kind is None or kind.state == "ended":
        yield of_file(say("There is no kind of SIM card {kind}.", kind=said["kind"]))
    yield from key_faults(reading, said)
    if reading.find(SimBatch, order_no=said["order"]) is not None:
        yield of_file(say("Order {order} has come already.", order=said["order"]))


def _plain(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


SIMS = Entity(
    SimCard,
    SimForm,
    say("SIM cards"),
    ("iccid", "imsi", "kind", "outlet"),
    whole_file=True,
    named_by={"kind": SimKind, "outlet": Outlet},
    stock=Stock(
        "sim",
        ("iccid", "imsi", "ki", "puk"),
        SimIntake,
        unique=("imsi",),
        needs_head=True,
        alike=SimIntake.alike,
        is_numbered=True,
        plain={"iccid": _plain(ICCID), "imsi": _plain(IMSI), "ki": _plain(KEY), "puk": _plain(PUK)},
        form=SimFileForm,
        life=life_of("sim"),
    ),
)
