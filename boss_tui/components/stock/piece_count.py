"""Counting the stock serial by serial 逐件盘点: what must be there is frozen first, then each piece is found (M5).

The hall goes on selling meanwhile: a piece that left, or came, after the count began is excused by that. Nothing of
what was expected changes under the count, and one is open for each kind. What it comes to is a count on record
(`stock_count`), and what was not found is never sold as new, until a later count finds it: a second person approves
both. Source: management-facts 5.4 (what goes wrong elsewhere: expectations that refresh, two open counts that correct
twice).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, delete, select

from boss_tui.components.resources.leases import ENDED
from boss_tui.components.stations import shelf
from boss_tui.components.stock import stock_count
from boss_tui.components.stock.pieces import LYING, PIECES, Pieces
from boss_tui.components.stock.stock_book import Piece
from data.clock import new_key, on_the_wall
from data.errors import Differs, NotAllowed, NotFound
from data.journal import canonical
from data.message import Message, say
from data.states import kind_name
from data.store import Reading, UnitOfWork
from data.tables.order import ProductOrder
from data.tables.stock import PieceCount, PieceDifference, PieceScan, StockCount, StockPiece
from data.tables.stockroom import StockEvent
from data.tables.sync import Lease

_s = PieceScan.table()
_TAKEN_OUT = delete(_s).where(_s.c.count_id == bindparam("of_count"), _s.c.piece == bindparam("of_piece"))
Quietly = Callable[[], AbstractContextManager[None]]
EXCUSED = ("left", "came")
"""What changed while the count was open: no fault of anybody's."""
MISSING, FOUND = "missing", "found"
"""What takes a piece out of stock, and what puts it back: by a count that two people signed."""
MOST = 100_000
"""Pieces of one count."""
LONGEST = 40
"""Characters of a serial, at most."""


class Difference(Struct, frozen=True):
    """A serial that is not as it was expected: as `PieceDifference`, with what it is of (empty: nobody knows it)."""

    piece: str
    verdict: str
    of: str
    detail: str


def open_count(reading: Reading, outlet: str, kind: str) -> PieceCount:
    """The open count of a kind. NotFound: none is."""
    found = reading.find(PieceCount, outlet=outlet, kind=kind, state="open")
    if found is None:
        raise NotFound(say("No count of {kind} is open here: begin one.", kind=kind_name(kind)))
    return found


def start(tx: UnitOfWork, kind: str) -> PieceCount:
    """Freeze what must be here of a kind. NotAllowed: no such kind lies anywhere, a count of it is open, or there is
    more than one count can be of."""
    if kind not in LYING:
        raise NotAllowed(say("One of {words}.", words=", ".join(LYING)), field="kind")
    author = tx.author
    before = tx.find(PieceCount, outlet=author.outlet, kind=kind, state="open")
    if before is not None:
        told = say(
            "A count of {kind} is open here since {time}: finish it first.",
            kind=kind_name(kind),
            time=on_the_wall(before.started_at),
        )
        raise NotAllowed(told, field="kind")
    about = PIECES[kind]
    table = about.model.table()
    here = select(table.c[about.key]).where(table.c.outlet == bindparam("here"), table.c.state == about.free)
    lies = shelf(tx, author.outlet)
    serials = [str(serial) for (serial,) in tx.rows(here.order_by(table.c[about.key]).limit(MOST + 1), here=lies)]
    if len(serials) > MOST:
        told = say("More than {n:,} pieces lie here: too many to be counted one by one.", n=MOST)
        raise NotAllowed(told, field="kind")
    return tx.add(
        PieceCount,
        id=new_key(tx.clock),
        outlet=author.outlet,
        kind=kind,
        business_date=author.business_date,
        expected=canonical(serials),
        started_by=author.operator,
        started_at=tx.now(),
    )


def frozen(count: PieceCount) -> list[str]:
    """The serials that were there when a count began."""
    return [str(serial) for serial in json.loads(count.expected)]


def found(reading: Reading, count: PieceCount) -> list[str]:
    """The serials that were found so far."""
    return [row.piece for row in reading.all(PieceScan, count_id=count.id, order=("piece",))]


def scan(tx: UnitOfWork, count: PieceCount, serials: Iterable[str]) -> int:
    """Put down serials that were found, each once; answers how many are new. NotAllowed: one is no serial."""
    wanted = list(dict.fromkeys(serial.strip() for serial in serials if serial.strip()))
    for serial in wanted:
        if not (serial.isascii() and serial.isalnum() and len(serial) <= LONGEST):
            raise NotAllowed(say("{serial} is no serial.", serial=serial[:LONGEST]), field="serials")
    there = tx.several(PieceScan, [(count.id, serial) for serial in wanted])
    new = [serial for serial in wanted if (count.id, serial) not in there]
    by = {"count_id": count.id, "scanned_by": tx.author.operator, "scanned_at": tx.now()}
    if new:
        tx.add_many(PieceScan, [{**by, "piece": serial} for serial in new])
    return len(new)


def finish(
    tx: UnitOfWork, count: PieceCount, *, reason: str = "", approved_by: str = "", quietly: Quietly = nullcontext
) -> tuple[StockCount, list[StockPiece], list[Difference]]:
    """Close a count: what differs is told serial by serial; what is missing is never sold as new, and what an earlier
    count had missed is in stock again.

    Differs names the field: reason, approved_by (a second person, where anything differs that is not excused).
    `quietly`: how pieces are written that this journal tells nothing of.
    """
    differences = list(_differences(tx, count))
    differs = [one for one in differences if one.verdict not in EXCUSED]
    if differs:
        told = tally(Counter(one.verdict for one in differs))
        stock_count.must_be_answered(tx, reason, approved_by, apart=told)
    if differs:
        must_be_another(approved_by, tx.author.operator)
    about = PIECES[count.kind]
    becomes = {MISSING: about.lost, FOUND: about.free}
    with quietly():
        for one in differs:
            if one.verdict in becomes:
                tx.change(tx.one(about.model, **{about.key: one.piece}), state=becomes[one.verdict])
    sums = _sums(tx, count, differences)
    row, pieces = stock_count.on_record(tx, sums, reason=reason, approved_by=approved_by if differs else "")
    for one in differences:
        tx.add(PieceDifference, count_id=count.id, piece=one.piece, verdict=one.verdict, detail=one.detail)
    tx.change(count, state="closed", count_id=row.id)
    return row, pieces, differences


def must_be_another(approver: str, counted_by: str) -> None:
    """Differs: who counted approves what differs."""
    if approver == counted_by:
        raise Differs(say("Another person than who counted must approve what differs."), field="approved_by")


def apart(reading: Reading, count: PieceCount) -> list[Difference]:
    """The pieces that differ, sort by sort; excused ones are none."""
    found = [one for one in _differences(reading, count) if one.verdict not in EXCUSED]
    return sorted(found, key=lambda one: one.of)


def tally(verdicts: Counter[str]) -> Message:
    """How many pieces are missing, how many were not expected, and how many of an earlier count's missing are back."""
    lacking, again = verdicts[MISSING], verdicts[FOUND]
    strange = verdicts.total() - lacking - again
    if not again:
        return say("{lacking} missing, {strange} not expected", lacking=lacking, strange=strange)
    told = {"lacking": lacking, "strange": strange, "again": again}
    return say("{lacking} missing, {strange} not expected, {again} found again", **told)


def strange(reading: Reading, count: PieceCount, serials: Iterable[str]) -> list[Difference]:
    """Those of some serials that were found and should not be here, as the count will tell of them in the end."""
    expected = set(frozen(count))
    told = _judged(reading, count, expected, sorted(set(serials) - expected))
    return [one for one in told if one.verdict not in EXCUSED]


def is_missed(verdicts: Iterable[str]) -> bool:
    """Whether counts that told so of a piece have missed it, and none has found it since: the two take turns."""
    told = Counter(verdicts)
    return told[MISSING] > told[FOUND]


def take_out(tx: UnitOfWork, count: PieceCount, serials: Iterable[str]) -> int:
    """Serials that were put down by mistake: they were not found. Answers how many there were."""
    return sum(tx.run(_TAKEN_OUT, of_count=count.id, of_piece=serial) for serial in dict.fromkeys(serials))


def is_missing(reading: Reading, piece: str) -> bool:
    """Whether a count missed a piece, or it was missing when its batch was accepted, and it was not found since."""
    verdicts = [one.verdict for one in reading.all(PieceDifference, piece=piece)]
    return is_missed([*verdicts, *(event.act for event in reading.all(StockEvent, piece=piece))])


def give_up(tx: UnitOfWork, count: PieceCount, reason: str) -> PieceCount:
    """Give a count up; it is kept that there was one. NotAllowed without a reason."""
    if not reason.strip():
        raise NotAllowed(say("Say why the count is given up."), field="reason")
    return tx.change(count, state="given_up", reason=reason.strip())


def _differences(reading: Reading, count: PieceCount) -> Iterator[Difference]:
    """Where what was found is not what was frozen: a difference of two sets, as the books stand now."""
    expected, here = set(frozen(count)), set(found(reading, count))
    return _judged(reading, count, expected, sorted(expected ^ here))


def _judged(reading: Reading, count: PieceCount, expected: Container[str], serials: list[str]) -> Iterator[Difference]:
    """Of serials that were expected and not found, or the other way about."""
    about = PIECES[count.kind]
    rows = reading.several(about.model, [(serial,) for serial in serials])
    for serial in serials:
        row = rows.get((serial,))
        verdict, detail = _absent(reading, row, about) if serial in expected else _strange(reading, row, count, about)
        yield Difference(serial, verdict, _sort(row, about), detail)


def _absent(reading: Reading, row: Any, about: Pieces) -> tuple[str, str]:
    """Of a piece that was expected and not found: it can be sold still, so it is missing; or it has left meanwhile."""
    if row is not None and row.state == about.free:
        return MISSING, ""
    return "left", _told(reading, row)


def _strange(reading: Reading, row: Any, count: PieceCount, about: Pieces) -> tuple[str, str]:
    """Of a piece that was found and not expected."""
    if row is None:
        return "extra", ""
    if row.outlet != shelf(reading, count.outlet):
        return "wrong_place", row.outlet
    if row.state == about.free:
        return "came", ""
    return (FOUND, "") if _comes_back(reading, row, about) else ("wrong_state", _told(reading, row))


def _comes_back(reading: Reading, row: Any, about: Pieces) -> bool:
    """Whether a count took a piece out of stock, and its block is the outlet's still; or it was missing at headquarters
    when its batch was accepted."""
    lease = reading.find(Lease, id=row.lease_id) if row.lease_id else None
    if row.state != about.lost or (lease is not None and lease.state in ENDED):
        return False
    return is_missing(reading, getattr(row, about.key))


def _told(reading: Reading, row: Any) -> str:
    """What the books say of a piece: its state, and the order that sold it, with its time."""
    if row is None:
        return ""
    order_id = getattr(row, "sold_order", None)
    order = reading.find(ProductOrder, id=order_id) if order_id else None
    return f"{row.state} {order.serial} {order.created_at}" if order is not None else str(row.state)


def _sort(row: Any, about: Pieces) -> str:
    return str(getattr(row, about.sort)) if row is not None else ""


def _sums(reading: Reading, count: PieceCount, differences: Iterable[Difference]) -> Mapping[Piece, tuple[int, int]]:
    """Pieces that were expected and found, sort by sort; what is excused counts on neither side."""
    about, serials = PIECES[count.kind], frozen(count)
    verdicts = {one.piece: one for one in differences}
    rows = reading.several(about.model, [(serial,) for serial in serials])
    expected, counted = Counter[str](), Counter[str]()
    for serial in serials:
        verdict = verdicts[serial].verdict if serial in verdicts else ""
        if verdict != "left":
            expected[_sort(rows.get((serial,)), about)] += 1
            counted[_sort(rows.get((serial,)), about)] += verdict != MISSING
    for one in verdicts.values():
        if one.verdict in (FOUND, "extra", "wrong_place", "wrong_state"):
            counted[one.of] += 1
    return {(count.kind, of): (expected[of], counted[of]) for of in sorted({*expected, *counted})}
