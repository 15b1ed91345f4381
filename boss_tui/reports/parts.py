"""Tables that the shift's and the day's report share: tenders, businesses, charge items, cash moved otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from boss_tui.components.till.card_figures import CardSum
from boss_tui.components.till.cash_slips import MOVES
from boss_tui.components.till.sums import ItemSum, Move, Opened, RateSum, SafeMove, Sum, Takings
from boss_tui.reports.report import Column, Section, Value, figure
from data.characters import is_digits
from data.clock import on_the_wall
from data.message import Message, both, say
from data.tables.finance import ShiftTender

Names = Mapping[str, Message]


def named(key: str, names: Names, *, coded: bool = True) -> Message:
    """What a key is called, with the key before it where that is a code of the catalogue that people go by."""
    name = names.get(key)
    if name is None:
        return both(key, key)
    if not coded:
        return name
    return say("{code} {name}", code=key, name=name) if key[:1].isupper() or key[:1].isdigit() else name


def by_number(code: str) -> list[tuple[int, str]]:
    """A key to sort codes by: their numbers as numbers."""
    return [(int(part), "") if is_digits(part) else (0, part) for part in re.split("([0-9]+)", code) if part]


def counted(
    title: Message, what: Message, sums: Iterable[Sum], names: Names, *, coded: bool = True, key: str = ""
) -> Section:
    """A table of how many and how much, with its total, in the order of the catalogue: C2 before C10. `coded`: see
    `named`; `key`: see `Section`."""
    ordered = sorted(sums, key=lambda each: by_number(each.key))
    rows = tuple((named(each.key, names, coded=coded), each.count, each.amount) for each in ordered)
    columns = (Column(what), Column(say("Count"), "count"), Column(say("Amount"), "money"))
    return Section(title, columns, rows, _total(rows), key, tuple(each.key for each in ordered) if key else ())


def _total(rows: tuple[tuple[Message, int, int], ...]) -> tuple[Value, ...]:
    return (say("Total"), sum(row[1] for row in rows), sum(row[2] for row in rows))


def items(found: Iterable[ItemSum]) -> Section:
    """What each charge item brought: without tax, tax, with tax."""
    listed = tuple(found)
    rows = tuple((item.name, item.net, item.tax, item.amount) for item in listed)
    columns = (
        Column(say("Charge item")),
        Column(say("Without tax"), "money"),
        Column(say("Tax"), "money"),
        Column(say("Amount"), "money"),
    )
    total = (say("Total"), sum(row[1] for row in rows), sum(row[2] for row in rows), sum(row[3] for row in rows))
    return Section(say("By charge item"), columns, rows, total, "item", tuple(item.item for item in listed))


def taxes(found: Iterable[RateSum]) -> Section:
    """What was taxed by each rate."""
    listed = tuple(found)
    rows = tuple((_rate(each.rate), each.net, each.tax, each.net + each.tax) for each in listed)
    columns = (
        Column(say("Tax rate")),
        Column(say("Without tax"), "money"),
        Column(say("Tax"), "money"),
        Column(say("Amount"), "money"),
    )
    total = (say("Total"), sum(row[1] for row in rows), sum(row[2] for row in rows), sum(row[3] for row in rows))
    return Section(say("By tax rate"), columns, rows, total, "rate", tuple(str(each.rate) for each in listed))


def _rate(rate: int) -> Message:
    return say("{percent} %", percent=f"{rate / 100:g}") if rate else say("Not taxed")


def takings_sections(takings: Takings, businesses: Names) -> tuple[Section, ...]:
    """Tenders, businesses and charge items of what was taken. Postings are counted for tenders, orders for the rest."""
    return (
        counted(say("By tender"), say("Tender"), takings.tenders, takings.names, key="tender"),
        counted(say("Given back (within the above)"), say("Tender"), takings.refunds, takings.names, key="refund"),
        counted(say("By business"), say("Business"), takings.businesses, businesses, key="taken"),
        items(takings.items),
        taxes(takings.rates),
    )


def moves_section(moves: Iterable[Sum]) -> Section:
    """Cash that moved without an order."""
    return counted(say("Cash in and out"), say("Purpose"), moves, MOVES, key="move")


SAFE_MOVES: Names = {**MOVES, "reserve": say("What the safe began with")}


def safe_section(moves: Iterable[SafeMove]) -> Section:
    """Cash into the safe and out of it, and at the bank; together what the ledger's accounts of them changed by."""
    listed = tuple(moves)
    columns = (
        Column(say("Purpose")),
        Column(say("Count"), "count"),
        Column(say("Into the safe"), "money"),
        Column(say("Out of the safe"), "money"),
        Column(say("At the bank"), "money"),
    )
    sums = [(one.count, one.into, one.out, one.bank) for one in listed]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (named(one.purpose, SAFE_MOVES), *figures) for one, figures in zip(listed, sums, strict=True)
    )
    total = (say("Total"), *(sum(column) for column in zip(*sums, strict=True))) if rows else ()
    return Section(say("Safe and bank"), columns, rows, total, "safe", tuple(one.purpose for one in listed))


BACK = "back"
"""The key of the row of orders that were taken back, among those of the businesses."""


def orders_section(orders: Iterable[Sum], back: Iterable[Sum], names: Names) -> Section:
    """Orders accepted on a day, by business, and, below nothing, those of whatever day that were cancelled or taken
    back on it: together what was taken."""
    made, gone = counted(say("Orders"), say("Business"), orders, names, key="business"), tuple(back)
    if not gone:
        return made
    row = (say("Orders taken back"), -sum(one.count for one in gone), sum(one.amount for one in gone))
    before = made.total[1:]
    total: tuple[Value, ...] = (say("Total"), *(figure(was) + more for was, more in zip(before, row[1:], strict=True)))
    return replace(made, rows=(*made.rows, row), total=total, keys=(*made.keys, BACK))


SUSPENSE: dict[str, Message] = {
    "taken": say("Taken for slips that can't be done"),
    "given_back": say("Given back to customers"),
    "used": say("Used to pay orders"),
    "returned": say("Orders paid so taken back"),
}
"""What became of money in suspense."""


def suspense_section(sums: Iterable[Sum]) -> Section:
    """What went into suspense and, below nothing, out of it."""
    return counted(say("Money in suspense"), say("What"), sums, SUSPENSE, coded=False, key="suspense")


def notes_section(notes: Iterable[Move]) -> Section:
    """Each time that cash was moved without an order: when, what for, by whom, and who allowed it."""
    columns = (
        Column(say("Cash moved")),
        Column(say("Time")),
        Column(say("Staff")),
        Column(say("Approved")),
        Column(say("Amount"), "money"),
    )
    rows = tuple(
        (_what(each), on_the_wall(each.made_at, "%H:%M:%S"), each.operator, each.approved_by or "-", each.amount)
        for each in notes
    )
    return Section(say("Each movement of cash"), columns, rows)


def ticked_section(ticked: Iterable[ShiftTender], names: Names) -> Section:
    """What was ticked off at the close of cards, cheques, transfers and mobile payments, and what was not in hand."""
    columns = (
        Column(say("Tender")),
        Column(say("Slips"), "count"),
        Column(say("Amount"), "money"),
        Column(say("Missing"), "count"),
        Column(say("Amount missing"), "money"),
    )
    rows: list[tuple[Value, ...]] = []
    for each in ticked:
        name = named(each.kind, names)
        if each.missing:
            name = say("{tender}: {references} ({reason})", tender=name, references=each.references, reason=each.reason)
        rows.append((name, each.slips, each.amount, each.missing, each.missing_amount))
    return Section(say("Slips ticked off"), columns, tuple(rows))


def openings_section(opened: Iterable[Opened]) -> Section:
    """Each time that the drawer was opened without a sale: why, when, by whom."""
    columns = (Column(say("Reason")), Column(say("Time")), Column(say("Staff")))
    rows = tuple((each.reason, on_the_wall(each.made_at, "%H:%M:%S"), each.operator) for each in opened)
    return Section(say("Drawer opened without a sale"), columns, rows)


def _what(moved: Move) -> Message:
    """What cash was moved for: its purpose, and what the clerk said."""
    name = named(moved.purpose, MOVES)
    return say("{purpose}: {note}", purpose=name, note=moved.note) if moved.note else name


def cards_section(cards: Iterable[CardSum]) -> Section:
    """Recharge cards of the outlet, in pieces: what other counters sold is told apart."""
    columns = (
        Column(say("Face value"), "money"),
        Column(say("Opening"), "count"),
        Column(say("Sold"), "count"),
        Column(say("Damaged"), "count"),
        Column(say("Others"), "count"),
        Column(say("Left"), "count"),
    )
    rows = tuple((c.face_value, c.opening, c.sold, c.damaged, c.others, c.left) for c in cards)
    return Section(say("Recharge cards (pieces)"), columns, rows, key="cards", stood=True)
