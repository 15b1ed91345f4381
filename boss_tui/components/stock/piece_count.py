"""Counting the stock serial by serial 逐件盘点: what must be there is frozen first, then each piece is found (M5).

The hall goes on selling meanwhile: a piece that left, or came, after the count began is excused by that. Nothing of
what was expected changes under the count, and one is open for each kind. What it comes to is a count on record
(`stock_count`), and what was not found is never sold as new: a second person approves that. Source: management-facts
5.4 (what goes wrong elsewhere: expectations that refresh, two open counts that correct twice).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, select

from boss_tui.components.stock import stock_count
from boss_tui.components.stock.pieces import LYING, PIECES, Pieces
from boss_tui.components.stock.stock_book import Piece
from data.clock import new_key, on_the_wall
from data.errors import Differs, NotAllowed, NotFound
from data.journal import canonical
from data.message import say
from data.states import kind_name
from data.store import Reading, UnitOfWork
from data.tables.order import ProductOrder
from data.tables.stock import PieceCount, PieceDifference, PieceScan, StockCount, StockPiece

EXCUSED = ("left", "came")
"""What changed while the count was open: no fault of anybody's."""
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
    """Freeze what must be here of a kind. NotAllowed: no such kind lies anywhere, or a count of it is open."""
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
    serials = [str(serial) for (serial,) in tx.rows(here.order_by(table.c[about.key]), here=author.outlet)]
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
    tx: UnitOfWork, count: PieceCount, *, reason: str = "", approved_by: str = ""
) -> tuple[StockCount, list[StockPiece], list[Difference]]:
    """Close a count: what differs is told serial by serial, and what is missing is never sold as new.

    Differs names the field: reason, approved_by (a second person, where anything differs that is not excused).
    """
    differences = list(_differences(tx, count))
    differs = [one for one in differences if one.verdict not in EXCUSED]
    if differs:
        lacking = sum(one.verdict == "missing" for one in differs)
        apart = say("{lacking} missing, {strange} not expected", lacking=lacking, strange=len(differs) - lacking)
        stock_count.must_be_answered(tx, reason, approved_by, apart=apart)
    if differs and approved_by == tx.author.operator:
        raise Differs(say("Another person than who counted must approve what differs."), field="approved_by")
    about = PIECES[count.kind]
    for one in differs:
        if one.verdict == "missing":
            tx.change(tx.one(about.model, **{about.key: one.piece}), state=about.lost)
    sums = _sums(tx, count, differences)
    row, pieces = stock_count.on_record(tx, sums, reason=reason, approved_by=approved_by if differs else "")
    for one in differences:
        tx.add(PieceDifference, count_id=count.id, piece=one.piece, verdict=one.verdict, detail=one.detail)
    tx.change(count, state="closed", count_id=row.id)
    return row, pieces, differences


def apart(reading: Reading, count: PieceCount) -> dict[str, tuple[int, int]]:
    """Pieces that are missing, and that were not expected, by sort (empty: nobody knows it); excused ones are none."""
    found: dict[str, tuple[int, int]] = {}
    for one in _differences(reading, count):
        if one.verdict not in EXCUSED:
            missing, strange = found.get(one.of, (0, 0))
            is_missing = one.verdict == "missing"
            found[one.of] = (missing + is_missing, strange + (not is_missing))
    return dict(sorted(found.items()))


def give_up(tx: UnitOfWork, count: PieceCount, reason: str) -> PieceCount:
    """Give a count up; it is kept that there was one. NotAllowed without a reason."""
    if not reason.strip():
        raise NotAllowed(say("Say why the count is given up."), field="reason")
    return tx.change(count, state="given_up", reason=reason.strip())


def _differences(reading: Reading, count: PieceCount) -> Iterator[Difference]:
    """Where what was found is not what was frozen: a difference of two sets, as the books stand now."""
    about = PIECES[count.kind]
    expected, here = set(frozen(count)), set(found(reading, count))
    apart = sorted(expected ^ here)
    rows = reading.several(about.model, [(serial,) for serial in apart])
    for serial in apart:
        row = rows.get((serial,))
        verdict, detail = _absent(reading, row, about) if serial in expected else _strange(reading, row, count, about)
        yield Difference(serial, verdict, _sort(row, about), detail)


def _absent(reading: Reading, row: Any, about: Pieces) -> tuple[str, str]:
    """Of a piece that was expected and not found: it can be sold still, so it is missing; or it has left meanwhile."""
    if row is not None and row.state == about.free:
        return "missing", ""
    return "left", _told(reading, row)


def _strange(reading: Reading, row: Any, count: PieceCount, about: Pieces) -> tuple[str, str]:
    """Of a piece that was found and not expected."""
    if row is None:
        return "extra", ""
    if row.outlet != count.outlet:
        return "wrong_place", row.outlet
    return ("came", "") if row.state == about.free else ("wrong_state", _told(reading, row))


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
            counted[_sort(rows.get((serial,)), about)] += verdict != "missing"
    for one in verdicts.values():
        if one.verdict in ("extra", "wrong_place", "wrong_state"):
            counted[one.of] += 1
    return {(count.kind, of): (expected[of], counted[of]) for of in sorted({*expected, *counted})}
