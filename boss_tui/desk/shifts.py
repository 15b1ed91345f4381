"""The shift that is meant: the one that runs at this counter, or that of a cashier wherever it was left (M11)."""

from __future__ import annotations

from boss_tui.components.till import shifts as till
from boss_tui.desk.seat import Seat
from data.errors import NotFound
from data.message import say
from data.store import Reading
from data.tables.finance import Shift


def shift_here(seat: Seat, reading: Reading) -> Shift:
    """The shift that is open at this counter. NotFound where none is."""
    shift = till.shift_at(reading, seat.station.counter)
    if shift is None:
        raise NotFound(say("No shift is open at this counter."))
    return shift


def shift_of(seat: Seat, reading: Reading, cashier: str) -> Shift:
    """The shift of a cashier that is not closed, wherever it is. NotFound where there is none."""
    shift = till.running_of(reading, seat.station.outlet, cashier)
    if shift is None:
        raise NotFound(say("{operator} has no shift that is open.", operator=cashier))
    return shift
