"""What begins, ends or is due by an entry does so on its business date, or on the later day that its business says.

A service and its charge begin with the order that is done, a stop on the day that its form names; a number is kept for
a fee from the next month on, a closing is due then. Who could set any of that later would have what nobody is charged
for, or a line that never ends. Source: catalogue C6, C8, C9, C10; domain-facts 8 and 9; at the desk:
`boss_tui.components.billing`, `boss_tui.components.products`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from boss_tui.components.products.agreements import months_after
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c06.suspend import KEEP_NUMBER
from boss_tui.transactions.reach import UNTIL
from data.clock import day_after
from data.statements import keys
from data.tables import all_tables
from data.tables.life import ServiceParameter, Suspension

STOPS, GIVES, REACHES = "C6", "C10", ("C7.1", "C7.3")
WITH_THE_MONTH = ("C8", "C9")
"""The businesses whose dated acts are due with the next month."""
LATEST: Mapping[str, tuple[str, ...]] = {
    "charge_schedule": ("starts_on", "ends_on"),
    "subscription_product": ("valid_from", "valid_to"),
    "customer_bill": ("issued_on", "due_on"),
}
"""By table, the columns that say a day no later than the entry's."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The rows of an entry that begin, end or are due later than its business says. What is of no business date is told
    elsewhere (`moments`)."""
    day = told.entry.business_date
    if not day:
        return
    for table, names in LATEST.items():
        for key, row in _rows(told, table):
            latest = _next_month(day) if table == "charge_schedule" and _keeps(told, row) else day
            for name in names:
                if row.get(name, "") > latest:
                    yield _late(table, key, row[name])
    for row in told.added.get("suspension", ()):
        starts, ends = _stops(told, row)
        if (row["starts_on"] > day and row["starts_on"] not in starts) or row["ends_on"] not in ends:
            yield _late("suspension", row["cause"], row["starts_on"])
    for row in told.added.get("scheduled_act", ()):
        if not _is_due(known, told, row, day):
            yield _late("scheduled_act", row["business"], row["due_on"])


def _late(table: str, key: str, day: str) -> Fault:
    return Fault("date", {"what": f"{table} {key}: {day}", "table": table})


def _rows(told: Claim, table: str) -> Iterator[tuple[str, Row]]:
    """The new rows of a table, and what becomes another of those before, by their keys."""
    first = keys(all_tables()[table])[0]
    yield from ((str(row[first]), row) for row in told.added.get(table, ()))
    yield from ((str(change.key[0]), change.values) for change in told.changed.get(table, ()))


def _keeps(told: Claim, row: Row) -> bool:
    """Whether a number is kept for a fee from the next month on: that begins then, and what was charged ends before."""
    if "item" in row:
        return bool(row["item"] == KEEP_NUMBER)
    return any(new["item"] == KEEP_NUMBER for new in told.added.get("charge_schedule", ()))


def _next_month(day: str) -> str:
    return (date.fromisoformat(day).replace(day=28) + timedelta(days=4)).replace(day=1).isoformat()


def _stops(told: Claim, row: Row) -> tuple[set[str], set[str]]:
    """The later days on which a stop may begin, and those on which it may end: what its form says; after an emergency
    resume the day behind that. None of a form that can't be read: it is told elsewhere (`moves`)."""
    order = next((each for each in told.added.get("product_order", ()) if each["id"] == row["order_id"]), None)
    form = told.form(order) if order is not None and order["business"] == STOPS else None
    starts, ends = (str(getattr(form.filled, name, None) or "") if form else "" for name in ("starts_on", "ends_on"))
    after = {day_after(credit["valid_to"], 1) for credit in told.added.get("hall_credit", ())}
    return {starts, *after}, {ends}


def _is_due(known: Known, told: Claim, row: Row, day: str) -> bool:
    """Whether an act is due when its business says."""
    business, due, line = row["business"], row["due_on"], row[LINE]
    if due <= day:
        return True
    if business in WITH_THE_MONTH:
        return bool(due <= _next_month(day))
    if business == GIVES:
        return bool(due <= day_after(months_after(date.fromisoformat(day), 1).isoformat(), 1))
    if business == STOPS:
        rows = told.after(known, Suspension, **{LINE: line})
        return any(due in (each["starts_on"], each["ends_on"]) for each in rows)
    if business in REACHES:
        rows = told.after(known, ServiceParameter, **{LINE: line}, name=UNTIL)
        return any(each["value"] and due == day_after(each["value"], 1) for each in rows)
    return True
