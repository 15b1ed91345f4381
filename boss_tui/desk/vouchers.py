"""Vouchers at the desk: made of closed days, for the accounts of the house; each export is on record."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from boss_tui.components.operators.access import note_access
from boss_tui.desk.seat import Seat
from boss_tui.reports.vouchers.chart import ChartPlace
from boss_tui.reports.vouchers.made import Voucher, fingerprint, open_days, vouchers
from data.errors import NotFound
from data.message import say
from data.tables.finance import BusinessDay
from data.tables.sync import AccessLog

ACT = "vouchers"


class Export(Struct, frozen=True):
    """What an export of vouchers gave.

    Attributes:
        vouchers: in the order of their days.
        hash: over what they say; the same books make the same.
        before: how often the same days were exported in this form before: this replaces those.
        left_open: days that are not in it, since they are open.
    """

    vouchers: Sequence[Voucher]
    hash: str
    before: int
    left_open: Sequence[str]


class VoucherExports:
    """The part of the desk that makes vouchers."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def last_closed_day(self) -> str:
        """The latest business date that is closed, YYYY-MM-DD. NotFound: none is."""
        with self._seat.reading() as reading:
            found = reading.all(
                BusinessDay, outlet=self._seat.station.outlet, state="closed", order=("-business_date",)
            )
        if not found:
            raise NotFound(say("No business day was closed yet: vouchers are made of closed days."))
        return found[0].business_date

    def export(self, first: str, last: str, form: str, house: Sequence[ChartPlace] = ()) -> Export:
        """The vouchers from one business date to another, both with, for a file of this form; that they were made is
        on record. NotFound, NotAllowed, Conflict: see `vouchers`. `house`: its own chart of accounts."""
        outlet = self._seat.station.outlet
        with self._seat.writing(ACT) as tx:
            made = vouchers(tx, outlet, first, last, house)
            subject = f"{outlet} {first}/{last} {form}"
            before = len(tx.all(AccessLog, act=ACT, subject=subject))
            hashed = fingerprint(made)
            note_access(tx, ACT, subject, hashed)
            return Export(made, hashed, before, open_days(tx, outlet, first, last))
