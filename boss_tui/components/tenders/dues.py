"""What is owed of bills and what an amount of money pays of it, in fen (catalogue C12). Pure: nothing is stored here.

The late fee runs from the day after a bill is due, so many per mille a day, on what is open of it (domain-facts 8). A
part that is paid brings the late fee of that part: what stays open goes on from the day it was due.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from boss_tui.taxes import Rated, share
from data.tables.billing import CustomerBill


class Owed(Struct, frozen=True):
    """A bill that is not settled: the number of its account, what is open, days late, and per mille of late fee.

    `left`: what is open by rates of tax; nothing where the bill has none.
    """

    bill: CustomerBill
    account: str
    amount: int
    days: int
    rate: int
    left: tuple[Rated, ...] = ()

    @property
    def late_fee(self) -> int:
        """The late fee on all that is open."""
        return self.fee_on(self.amount)

    @property
    def total(self) -> int:
        """What settles it today."""
        return self.amount + self.late_fee

    def fee_on(self, amount: int) -> int:
        """The late fee that a part of it brings, rounded half up."""
        return (amount * self.days * self.rate + 500) // 1000


class DuesPart(Struct, frozen=True):
    """What is paid of one bill's lines of one rate of tax; negative where it is taken back."""

    bill_id: str
    month: str
    account: str
    amount: int
    late_fee: int = 0
    tax_rate: int = 0
    tax: int = 0


def owed(bill: CustomerBill, account: str, today: date, rate: int, left: tuple[Rated, ...] = ()) -> Owed:
    """What is owed of a bill on a business date, at so many per mille a day."""
    late = max(0, (today - date.fromisoformat(bill.due_on)).days)
    return Owed(bill, account, bill.amount - bill.paid, late, rate, left)


def waived(bills: Iterable[Owed]) -> list[Owed]:
    """The same bills without late fee."""
    return [replace(one, rate=0) for one in bills]


def opposite(parts: Iterable[DuesPart]) -> list[DuesPart]:
    """What takes the same parts back."""
    return [replace(part, amount=-part.amount, late_fee=-part.late_fee, tax=-part.tax) for part in parts]


def paid_by(bills: Iterable[Owed], money: int) -> list[DuesPart]:
    """What so much money pays: the oldest bill first, each with its late fee; what is over stays unused. A bill of
    several rates of tax has a part for each, the first with the late fee."""
    parts: list[DuesPart] = []
    for one in bills:
        if money <= 0:
            break
        amount = one.amount if money >= one.total else _share(one, money)
        late_fee = one.late_fee if money >= one.total else money - amount
        parts += _parts(one, amount, late_fee)
        money -= amount + late_fee
    return parts


def _parts(one: Owed, amount: int, late_fee: int) -> list[DuesPart]:
    """What is paid of a bill, rate by rate."""
    shares = share(one.left, amount) or (Rated(0, amount, 0),)
    return [
        DuesPart(one.bill.id, one.bill.month, one.account, rated.amount, 0 if n else late_fee, rated.rate, rated.tax)
        for n, rated in enumerate(shares)
    ]


def _share(one: Owed, money: int) -> int:
    """The most of a bill that so much money pays together with the late fee of that part; less than the whole."""
    return bisect_right(range(one.amount), money, key=lambda part: part + one.fee_on(part)) - 1
