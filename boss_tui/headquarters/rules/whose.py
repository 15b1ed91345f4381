"""Whose it is: what an outlet does hangs on its own orders, payments, papers, shifts and counts, and on its own date.

A row that names no outlet is that of what it hangs on. What customers have is anybody's to change, and may hang on what
was done elsewhere. Source: design 4 and 5.9.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from boss_tui.components.numbering import counter_of
from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.sync.effects import Fault
from data.references import references_of
from data.statements import columns, table_name
from data.tables import all_tables
from data.tables.base import OUTLET, SHARED, Table
from data.tables.finance import BusinessDay
from data.tables.organisation import Counter

OWN = frozenset(
    {
        "product_order",
        "payment",
        "posting",
        "paper_document",
        "shift",
        "safe_count",
        "stock_count",
        "piece_count",
        "handwritten_slip",
    }
)
"""What is its outlet's alone, whoever may be served there."""
ABOUT_OTHERS = ("interaction", "dispute", "behaviour_signal")
"""What may be about an order of another outlet."""
NUMBERED = ("product_order", "act")
"""What has a serial: of a counter of its outlet's, and of no other's, which would find it taken."""
DATED = ("product_order", "posting", "suspense_entry", "hall_credit")
"""What is done on the business date of its entry."""


@cache
def _hangs_on() -> dict[str, tuple[tuple[str, type[Table]], ...]]:
    """By table, each column that names something of an outlet's own, and what it names."""
    return {
        name: tuple(
            (reference.column, target)
            for reference in references_of(model)
            for target, _ in reference.targets
            if table_name(target) in OWN
        )
        for name, model in all_tables().items()
        if model.__owner__ in (OUTLET, SHARED) and name not in ABOUT_OTHERS
    }


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What of an entry hangs on another outlet's, is another outlet's, or is of another date."""
    for table, rows in told.added.items():
        for column, parent in _hangs_on().get(table, ()):
            for named in (row[column] for row in rows if row[column] is not None):
                if _is_another_s(known, told, parent, named):
                    yield Fault("foreign", {"what": f"{table_name(parent)} {named}", "table": table})
                    return
    for table in sorted(OWN & told.changed.keys()):
        for change in told.changed[table]:
            if _is_another_s(known, told, all_tables()[table], change.key[0]):
                yield Fault("foreign", {"what": f"{table} {change.key[0]}", "table": table})
                return
    yield from _serials(known, told)
    for table in DATED:
        for row in told.added.get(table, ()):
            if told.entry.business_date and row["business_date"] != told.entry.business_date:
                yield Fault("date", {"what": f"{table} {row['business_date']}"})
                return
    if any(told.added.get(table) for table in DATED):
        day = known.row(BusinessDay, told.entry.outlet, told.entry.business_date)
        if day is not None and day["state"] == "closed":
            yield Fault("date", {"what": told.entry.business_date})


def _serials(known: Known, told: Claim) -> Iterator[Fault]:
    for table in NUMBERED:
        for row in told.added.get(table, ()):
            counter = known.row(Counter, counter_of(row["serial"]))
            if counter is not None and counter["outlet"] != told.entry.outlet:
                yield Fault("foreign", {"what": f"{table} {row['serial']}", "table": table})


def _is_another_s(known: Known, told: Claim, model: type[Table], key: object) -> bool:
    """Whether what is named is here, and another outlet's; what is not here at all is told elsewhere."""
    if "outlet" not in columns(model):
        return False
    row = told.row(known, model, key)
    return row is not None and row["outlet"] != told.entry.outlet
