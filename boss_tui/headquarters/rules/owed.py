"""What the books say is owed moves with the rows that say so: bills, recharge cards that are sold, slips in suspense.

What is unpaid of bills is owed to the company; what sold cards are worth, and what was taken for slips, it owes. Of a
row that is not here as the entry found it nothing is said: another was first, and that is told elsewhere. `boss verify`
holds the same over the whole store (`bills`, `cards`, `suspense`). Source: catalogue B1, C11, F11; design 5.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from boss_tui.components.ledger.ledger import CARDS_SOLD, RECEIVABLE, SUSPENSE
from boss_tui.headquarters.rules.claim import Claim, Key, Known, Row
from boss_tui.sync.effects import Fault
from data.statements import keys, table_name
from data.tables.base import Table
from data.tables.billing import CustomerBill
from data.tables.order import HandwrittenSlip
from data.tables.stock import RechargeCard

Pair = tuple[Row | None, Row]
"""A row before an entry (None: it is new), and after it."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first account that moves otherwise than its rows; a bill or a slip that is not what its own entries make."""
    for account, model, owed in _OWED:
        pairs = _pairs(known, told, model)
        if pairs is None:
            continue
        posted = sum(line["amount"] for line in told.added.get("posting_line", ()) if line["account"] == account)
        if posted != sum(owed(after) - (owed(before) if before else 0) for before, after in pairs):
            yield Fault("sums", {"what": f"posting {account}", "table": "posting"})
        for table, column, part, names in _PARTS.get(model, ()):
            made = Counter[str]()
            for row in told.added.get(table, ()):
                made[row[names]] += row[part]
            if wrong := _otherwise(pairs, column, made):
                yield Fault("sums", {"what": f"{table_name(model)} {wrong}", "table": table_name(model)})


def _pairs(known: Known, told: Claim, model: type[Table]) -> list[Pair] | None:
    """The rows of a table that an entry makes or moves. None: one is not here as the entry found it."""
    table, (name,) = table_name(model), keys(model)
    before, changed = dict[Key, Row](), dict[Key, Row]()
    added = {row[name] for row in told.added.get(table, ())}
    for change in told.changed.get(table, ()):
        if change.key[0] in added:
            continue
        if change.key not in before:
            here = known.row(model, *change.key)
            if here is None or here["revision"] != change.base:
                return None
            before[change.key] = changed[change.key] = here
        changed[change.key] = {**changed[change.key], **change.values}
    new: list[Pair] = [(None, row) for row in told.added.get(table, ())]
    return new + [(before[key], changed[key]) for key in changed]


def _otherwise(pairs: list[Pair], column: str, made: Mapping[str, int]) -> str:
    """The first row of which a sum moves by another amount than its entries make, or sinks below nothing."""
    for before, after in pairs:
        by = after[column] - (before[column] if before else 0)
        if by != made.get(after["id"], 0) or after[column] < 0:
            return str(after["id"])
    named = {after["id"] for _, after in pairs}
    return next((row for row, amount in made.items() if amount and row not in named), "")


_OWED: tuple[tuple[str, type[Table], Callable[[Row], int]], ...] = (
    (RECEIVABLE, CustomerBill, lambda bill: int(bill["amount"] - bill["paid"])),
    (CARDS_SOLD, RechargeCard, lambda card: -int(card["face_value"] if card["state"] == "sold" else 0)),
    (SUSPENSE, HandwrittenSlip, lambda slip: -int(slip["held"])),
)
_PARTS: Mapping[type[Table], tuple[tuple[str, str, str, str], ...]] = {
    CustomerBill: (("bill_line", "amount", "amount", "bill_id"), ("bill_payment", "paid", "amount", "bill_id")),
    HandwrittenSlip: (("suspense_entry", "held", "amount", "slip_id"),),
}
"""By table, the entries that make one of its columns: their table, the column, theirs, and which names the row."""
