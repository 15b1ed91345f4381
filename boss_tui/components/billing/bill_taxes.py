"""The part of B1 about tax: what is in a bill, rate by rate, and what of it is not paid yet (management-facts 7.1).

A bill's lines keep the rate that they were made by, and the tax of a rate is reckoned on the sum of its lines. What
payments at a counter brought is on record by rate; what came otherwise (a bank, the bill run) paid the highest rate
first. Read here, written nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from boss_tui.taxes import Rated, share, summed, tax_in
from data.store import Reading
from data.tables.billing import BillLine, BillPayment, CustomerBill


def lines_of(reading: Reading, bill: CustomerBill) -> list[BillLine]:
    """What stands on a bill, in its order."""
    return reading.all(BillLine, bill_id=bill.id, order=("line",))


def in_lines(lines: Iterable[BillLine]) -> tuple[Rated, ...]:
    """The gross fen of each rate, and the tax in them."""
    gross = summed(Rated(line.tax_rate, line.amount, 0) for line in lines)
    return tuple(Rated(one.rate, one.amount, tax_in(one.amount, one.rate)) for one in gross)


def still_open(reading: Reading, bill: CustomerBill) -> tuple[Rated, ...]:
    """What of a bill is not paid, by rates."""
    whole = in_lines(lines_of(reading, bill))
    entered = [Rated(row.tax_rate, row.amount, row.tax) for row in reading.all(BillPayment, bill_id=bill.id)]
    left = summed((*whole, *(-one for one in entered)))
    otherwise = bill.paid - sum(one.amount for one in entered)
    return summed((*left, *(-one for one in share(left, otherwise))))
