"""VAT in gross amounts, in fen, by rates (domain-facts 7; management-facts 7.1). Pure: nothing is looked up here."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Rated(Struct, frozen=True):
    """An amount that is taxed by one rate: the rate in hundredths of a percent, gross fen, and the tax in them."""

    rate: int
    amount: int
    tax: int

    def __neg__(self) -> Rated:
        return Rated(self.rate, -self.amount, -self.tax)


def tax_in(amount: int, rate: int) -> int:
    """The tax contained in a gross amount, in fen, rounded half up. `rate` in hundredths of a percent."""
    return (amount * rate * 2 + 10000 + rate) // (2 * (10000 + rate)) if amount >= 0 else -tax_in(-amount, rate)


def summed(amounts: Iterable[Rated]) -> tuple[Rated, ...]:
    """The sums of each rate, the highest rate first; what makes nothing is left out."""
    sums: dict[int, tuple[int, int]] = {}
    for one in amounts:
        amount, tax = sums.get(one.rate, (0, 0))
        sums[one.rate] = amount + one.amount, tax + one.tax
    return tuple(Rated(rate, *sums[rate]) for rate in sorted(sums, reverse=True) if any(sums[rate]))


def share(amounts: Iterable[Rated], money: int) -> tuple[Rated, ...]:
    """What so much money pays of amounts: those below nothing whole, then the highest rate first.

    The money that completes an amount brings all the tax that is left in it, so that parts make the whole to the fen.
    """
    taken = []
    for one in sorted(amounts, key=lambda one: (one.amount >= 0, -one.rate)) if money > 0 else ():
        part = min(money, one.amount)
        if part:
            tax = one.tax if part == one.amount else min(tax_in(part, one.rate), one.tax)
            taken.append(Rated(one.rate, part, tax))
            money -= part
    return tuple(taken)
