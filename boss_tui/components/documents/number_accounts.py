"""Every document number accounted for 票据领用存: what was received of a code, and where each number of it is.

For headquarters over all outlets, for an outlet over its counters. Received is what is in stock, issued and unused,
used, void, red-lettered, returned and missing, number by number; whatever does not add up is told. Nothing is changed
here. Source: catalogue M9; domain-facts 7; design 5.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, func, select

from data.message import Message, say
from data.store import Reading
from data.tables.document import DocumentRange, DocumentReceipt, PaperDocument

Run = tuple[int, int]
"""Numbers one after another: the first and the last."""
FATE_NAMES: dict[str, Message] = {
    "stock": say("In stock"),
    "issued": say("Issued"),
    "used": say("Used"),
    "void": say("Void"),
    "red": say("Red-lettered"),
    "returned": say("Returned"),
    "missing": say("Missing"),
}
FATES = tuple(FATE_NAMES)
"""What a number can be, in the order in which it is told."""

_d = PaperDocument.table()
_COUNTS = select(_d.c.range_id, _d.c.state, func.count()).group_by(_d.c.range_id, _d.c.state)
_OF_OUTLET = _COUNTS.where(_d.c.outlet == bindparam("outlet"))
_NUMBERS = select(_d.c.number).where(_d.c.range_id == bindparam("of")).order_by(_d.c.number)


class NumberAccount(Struct, frozen=True):
    """The numbers of one code in one pair of hands.

    Attributes:
        kind, code: of which paper; outlet, counter: whose; empty: headquarters', the whole hall's.
        stock: unused, where they are given out from; issued: unused, with an outlet or a counter.
        used, void, red: have a document, by its state; returned: unused, and out of use.
        missing: should have a document and have none, or are in no range; `gaps`: which.
        ranges: keys of the ranges that are meant.
    """

    kind: str
    code: str
    outlet: str
    counter: str
    stock: int = 0
    issued: int = 0
    used: int = 0
    void: int = 0
    red: int = 0
    returned: int = 0
    missing: int = 0
    gaps: tuple[Run, ...] = ()
    ranges: tuple[str, ...] = ()

    @property
    def pieces(self) -> int:
        """All of them."""
        return sum(getattr(self, fate) for fate in FATES)


class CodeAccount(Struct, frozen=True):
    """All numbers of a code. `received`: how many were taken in; `unexplained`: numbers that are there, and were never
    received; `lines`: whose they are."""

    kind: str
    code: str
    received: int
    lines: tuple[NumberAccount, ...]
    unexplained: tuple[Run, ...] = ()

    def total(self, fate: str) -> int:
        """How many of them have one fate."""
        return sum(getattr(line, fate) for line in self.lines)

    @property
    def gaps(self) -> tuple[Run, ...]:
        """The numbers that are missing."""
        return tuple(sorted(run for line in self.lines for run in line.gaps))

    @property
    def is_whole(self) -> bool:
        """Whether every number is where it may be."""
        return not (self.gaps or self.unexplained)


def of_headquarters(reading: Reading) -> list[CodeAccount]:
    """Every code, over headquarters and all outlets, against what was received."""
    lines = _lines(reading, reading.all(DocumentRange), reading.rows(_COUNTS), by_outlet=True)
    receipts = reading.all(DocumentReceipt)
    codes = sorted({(line.kind, line.code) for line in lines} | {(row.kind, row.code) for row in receipts})
    ranges = reading.all(DocumentRange)
    return [_of_code(kind, code, lines, receipts, ranges) for kind, code in codes]


def of_outlet(reading: Reading, outlet: str) -> list[CodeAccount]:
    """Every code that an outlet has or had, over its counters; received is what it was handed."""
    ranges = reading.all(DocumentRange, outlet=outlet)
    lines = _lines(reading, ranges, reading.rows(_OF_OUTLET, outlet=outlet), by_outlet=False)
    found = groupby(lines, key=lambda line: (line.kind, line.code))
    return [
        CodeAccount(kind, code, sum(line.pieces for line in whose), whose)
        for (kind, code), of in found
        for whose in [tuple(of)]
    ]


def _of_code(
    kind: str,
    code: str,
    lines: Sequence[NumberAccount],
    receipts: Sequence[DocumentReceipt],
    ranges: Sequence[DocumentRange],
) -> CodeAccount:
    mine = [line for line in lines if (line.kind, line.code) == (kind, code)]
    received, there = (
        [(row.first_number, row.last_number) for row in rows if (row.kind, row.code) == (kind, code)]
        for rows in (receipts, ranges)
    )
    lost = tuple(_without(received, there))
    if lost:
        mine.append(NumberAccount(kind, code, "", "", missing=_pieces(lost), gaps=lost))
    return CodeAccount(kind, code, _pieces(received), tuple(mine), tuple(_without(there, received)))


def _lines(
    reading: Reading, ranges: Iterable[DocumentRange], counts: Iterable[tuple[str, str, int]], *, by_outlet: bool
) -> list[NumberAccount]:
    """One line for each pair of hands, by kind, code, outlet and counter."""
    known: dict[str, dict[str, int]] = {}
    for key, state, pieces in counts:
        known.setdefault(key, {})[state] = pieces
    found: dict[tuple[str, str, str, str], NumberAccount] = {}
    for row in sorted(ranges, key=lambda row: row.first_number):
        one = _of_range(reading, row, known.get(row.id, {}), by_outlet=by_outlet)
        hands = (row.kind, row.code, row.outlet, row.counter)
        found[hands] = _together(found[hands], one) if hands in found else one
    return [found[hands] for hands in sorted(found)]


def _of_range(reading: Reading, row: DocumentRange, states: dict[str, int], *, by_outlet: bool) -> NumberAccount:
    left = row.last_number - row.next_number + 1
    is_stock = not row.outlet if by_outlet else not row.counter
    fate = "returned" if row.state == "returned" else "stock" if is_stock else "issued"
    used, void, red = (states.get(name, 0) for name in ("normal", "void", "red"))
    missing = row.next_number - row.first_number - used - void - red
    return NumberAccount(
        row.kind,
        row.code,
        row.outlet,
        row.counter,
        stock=left if fate == "stock" else 0,
        issued=left if fate == "issued" else 0,
        used=used,
        void=void,
        red=red,
        returned=left if fate == "returned" else 0,
        missing=missing,
        gaps=tuple(_gaps(reading, row)) if missing else (),
        ranges=(row.id,),
    )


def _gaps(reading: Reading, row: DocumentRange) -> Iterator[Run]:
    """The numbers of a range that were given out and have no document."""
    numbers = (number for (number,) in reading.rows(_NUMBERS, of=row.id))
    inside = [row.first_number - 1, *(n for n in numbers if row.first_number <= n < row.next_number), row.next_number]
    yield from ((one + 1, other - 1) for one, other in pairwise(inside) if other > one + 1)


def _together(one: NumberAccount, other: NumberAccount) -> NumberAccount:
    sums: dict[str, Any] = {fate: getattr(one, fate) + getattr(other, fate) for fate in FATES}
    return replace(one, **sums, gaps=one.gaps + other.gaps, ranges=one.ranges + other.ranges)


def _without(runs: Iterable[Run], others: Iterable[Run]) -> Iterator[Run]:
    """What is in some runs and not in others."""
    taken = sorted(others)
    for first, last in sorted(runs):
        at = first
        for start, end in taken:
            if start > last:
                break
            if end >= at:
                if start > at:
                    yield at, start - 1
                at = end + 1
        if at <= last:
            yield at, last


def _pieces(runs: Iterable[Run]) -> int:
    return sum(last - first + 1 for first, last in runs)
