"""What the figures of a till, a day and a safe are made of (catalogue F13): sums of postings, by what they were for."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from boss_tui.components.till.card_figures import CardSum
from data.message import Message
from data.tables.finance import Shift, ShiftTender


class Sum(Struct, frozen=True):
    """Something counted and summed: its key (business, staff number, tender, purpose), how many, fen."""

    key: str
    count: int
    amount: int


class Move(Struct, frozen=True):
    """Cash that was moved once: when (stored time), for what purpose, signed fen, what was said about it, by whom, and
    which supervisor allowed it, where one did."""

    made_at: str
    purpose: str
    amount: int
    note: str
    operator: str = ""
    approved_by: str = ""


class Opened(Struct, frozen=True):
    """A drawer that was opened without a sale: when (stored time), by whom, why."""

    made_at: str
    operator: str
    reason: str


class ItemSum(Struct, frozen=True):
    """What a charge item brought, in fen: without tax, and the tax."""

    item: str
    name: Message
    net: int
    tax: int

    @property
    def amount(self) -> int:
        """Fen with tax."""
        return self.net + self.tax


class RateSum(Struct, frozen=True):
    """What was taxed by one rate (hundredths of a percent; 0: not taxed), in fen: without tax, and the tax."""

    rate: int
    net: int
    tax: int


class Outside(Struct, frozen=True):
    """What was posted outside of any shift for a business, but for cash of the safe (`SafeMove`): postings, fen that
    they move (their debits), output tax in them, and tax that waits for a payment (of a bill)."""

    business: str
    count: int
    amount: int
    tax: int
    waiting: int


class SafeMove(Struct, frozen=True):
    """Cash that went into the safe or out of it, or that the bank counted otherwise, for one purpose: postings, fen
    into the safe and out of it, and what the bank got of it (below nothing: it gave)."""

    purpose: str
    count: int
    into: int
    out: int
    bank: int


class Takings(Struct, frozen=True):
    """What was taken by orders.

    Attributes:
        businesses, operators, tills: orders and fen of each; an order without money is not among them.
        tenders: postings and fen of each tender; refunds are taken off.
        items: fen of each charge item, with its tax.
        refunds: postings and fen, below nothing, of what was given back in each tender; it is in the tenders already.
        names: what each tender is called, by its code.
        rates: what was taxed by each rate, the highest first, as the papers say it.
    """

    businesses: tuple[Sum, ...] = ()
    operators: tuple[Sum, ...] = ()
    tenders: tuple[Sum, ...] = ()
    items: tuple[ItemSum, ...] = ()
    refunds: tuple[Sum, ...] = ()
    names: Mapping[str, Message] = field(default_factory=dict)
    rates: tuple[RateSum, ...] = ()
    tills: tuple[Sum, ...] = ()

    @property
    def total(self) -> int:
        """Fen taken in all tenders."""
        return sum(tender.amount for tender in self.tenders)

    @property
    def orders(self) -> int:
        """Orders that moved money."""
        return sum(business.count for business in self.businesses)

    @property
    def tax(self) -> int:
        """Fen of tax in it."""
        return sum(rate.tax for rate in self.rates)


class ShiftFigures(Struct, frozen=True):
    """A shift so far (X), or as it was closed (Z).

    Attributes:
        shift: its row; `z_number` is None while it is open.
        operator: the cashier's name.
        takings: what orders brought.
        moves: cash that was moved for another purpose: float, change, drop, expense, return; signed fen.
        expected: fen of cash that the books expect before the hand-over.
        notes: each of the moves, in the order of time.
        counts: what was counted at the close: (denomination in fen, pieces), large first.
        cards: recharge cards: what there was of each face value, what became of them, what is left.
        opened: each time that the drawer was opened without a sale.
        tills: where the drawer stood, the last place last.
        ticked: what was ticked off at the close of what does not lie in the drawer, in the order of the payment box.
        in_drawer: the tenders that lie in the drawer, or that it is rounded by.
        suspense: entries and fen of each act of money in suspense; what went out of it is below nothing.
        put_down: fen of each count that was put down blind and is not the one that counts.
        taken_from, handed_to: the cashier whose drawer this was, and whose it became, where it was handed over.
    """

    shift: Shift
    operator: str
    takings: Takings
    moves: tuple[Sum, ...]
    expected: int
    notes: tuple[Move, ...] = ()
    counts: tuple[tuple[int, int], ...] = ()
    cards: tuple[CardSum, ...] = ()
    opened: tuple[Opened, ...] = ()
    tills: tuple[str, ...] = ()
    taken_from: str = ""
    handed_to: str = ""
    ticked: tuple[ShiftTender, ...] = ()
    in_drawer: frozenset[str] = frozenset()
    suspense: tuple[Sum, ...] = ()
    put_down: tuple[int, ...] = ()
