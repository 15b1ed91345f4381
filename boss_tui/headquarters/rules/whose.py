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
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
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
    yield from _anothers(known, told)
    yield from _serials(known, told)
    yield from _of_another_date(known, told)


def _anothers(known: Known, told: Claim) -> Iterator[Fault]:
    """The first row that hangs on another outlet's, or is one."""
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
    for change in told.changed.get("work_order", ()):
        work = known.row(WorkOrder, *change.key)
        if work is not None and _is_another_s(known, told, ProductOrder, work["order_id"]):
            yield Fault("foreign", {"what": f"work_order {change.key[0]}", "table": "work_order"})
            return


def _of_another_date(known: Known, told: Claim) -> Iterator[Fault]:
    """What is not done on the entry's date, and a date on which nothing is done."""
    days = set[str]()
    for table in DATED:
        for row in told.added.get(table, ()):
            if told.entry.business_date and row["business_date"] != told.entry.business_date:
                yield Fault("date", {"what": f"{table} {row['business_date']}"})
                return
            days.add(row["business_date"])
    for day in sorted(days):
        if not _is_open(known, told.entry.outlet, day):
            yield Fault("date", {"what": day})


def _is_open(known: Known, outlet: str, date: str) -> bool:
    """Whether something may be done on a business date: it is not closed, nor one that was never opened before another
    one was. What opened the last one may have been put aside."""
    day = known.row(BusinessDay, outlet, date)
    if day is not None:
        return bool(day["state"] != "closed")
    return not any(row["business_date"] > date for row in known.told(BusinessDay, outlet=outlet))


def _serials(known: Known, told: Claim) -> Iterator[Fault]:
    """What was done, or looked at, at a counter of another outlet."""
    for table in NUMBERED:
        for row in told.added.get(table, ()):
            counter = known.row(Counter, counter_of(row["serial"]))
            if counter is not None and counter["outlet"] != told.entry.outlet:
                yield Fault("foreign", {"what": f"{table} {row['serial']}", "table": table})
    for row in told.added.get("access_log", ()):
        counter = known.row(Counter, row["counter"]) if row["counter"] else None
        if counter is not None and counter["outlet"] != told.entry.outlet:
            yield Fault("foreign", {"what": f"access_log {row['counter']}", "table": "access_log"})


def _is_another_s(known: Known, told: Claim, model: type[Table], key: object) -> bool:
    """Whether what is named is here, and another outlet's; what is not here at all is told elsewhere."""
    if "outlet" not in columns(model):
        return False
    row = told.row(known, model, key)
    return row is not None and row["outlet"] != told.entry.outlet
