"""What is behind the figures of counting: shifts, and what of them, of the safe and of the stock is over or short."""

from __future__ import annotations

from boss_tui.components.stock.stock_book import called
from boss_tui.reports.behind_row import Behind, Of
from boss_tui.reports.closing import z_key
from boss_tui.reports.exceptions import (
    OVER,
    SAFE_OVER,
    SAFE_SHORT,
    SHORT,
    STOCK,
)
from data.message import Message, both, say
from data.states import kind_name
from data.store import Reading
from data.tables.finance import SafeCount, Shift
from data.tables.stock import StockCount, StockPiece
from data.tables.sync import AccessLog


def shifts_of(reading: Reading, of: Of, row: str) -> list[Behind]:
    """The shift whose row of a report it is."""
    return [_shift(shift) for shift in reading.all(Shift, id=row, outlet=of["outlet"])]


def _shift(shift: Shift) -> Behind:
    closed = shift.state == "closed"
    what = say("Shift closed (Z)") if closed else say("Shift so far (X)")
    return Behind(
        "z" if closed else "x",
        z_key(shift),
        shift.closed_at or shift.opened_at,
        shift.operator,
        shift.till,
        what,
        shift.difference,
    )


def what_about(reading: Reading, row: AccessLog) -> Message:
    """What an act was about: a shift by its till and cashier, else as it was noted; and why."""
    shift = reading.find(Shift, id=row.subject)
    told = f"{f'{shift.till} {shift.operator}' if shift is not None else row.subject} {row.reason}".rstrip()
    return both(told, told)


def _shifts_off(reading: Reading, of: Of, kind: str) -> list[Behind]:
    shifts = reading.all(Shift, outlet=of["outlet"], business_date=of["day"], order=("opened_at",))
    return [_shift(shift) for shift in shifts if shift.difference and (shift.difference > 0) == (kind == OVER)]


def _safe_off(reading: Reading, of: Of, kind: str) -> list[Behind]:
    counts = reading.all(SafeCount, outlet=of["outlet"], business_date=of["day"], order=("made_at", "id"))
    return [
        Behind("act", "", one.made_at, one.counted_by, "", one.reason, one.difference)
        for one in counts
        if one.difference and (one.difference > 0) == (kind == SAFE_OVER)
    ]


def _stock_off(reading: Reading, of: Of, _kind: str) -> list[Behind]:
    """What of the stock was counted otherwise than the books have it, piece by piece."""
    return [
        Behind(
            "act",
            "",
            count.made_at,
            count.counted_by,
            "",
            say(
                "{kind} {what}: {expected} by the books, {counted} counted. {reason}",
                kind=kind_name(piece.kind),
                what=called(reading, piece.kind, piece.of),
                expected=piece.expected,
                counted=piece.counted,
                reason=count.reason,
            ),
            0,
        )
        for count in reading.all(StockCount, outlet=of["outlet"], business_date=of["day"], order=("number",))
        for piece in reading.all(StockPiece, count_id=count.id, order=("kind", "of"))
        if piece.expected != piece.counted
    ]


COUNTED = {
    OVER: _shifts_off,
    SHORT: _shifts_off,
    SAFE_OVER: _safe_off,
    SAFE_SHORT: _safe_off,
    STOCK: _stock_off,
}
