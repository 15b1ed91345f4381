"""What begins, ends or is due by an entry does so on its business date, or on the day that its business says.

A service and its charge begin with the order that is done, or on the day that it was ordered for; a stop on the day
that its form names; a number is kept for a fee from the next month on, a closing is due then. Who could set any of that
later would have what nobody is charged for, or a line that never ends; who could set it earlier, a charge for days on
which there was nothing, or an end before them. Source: catalogue C6, C8, C9, C10; domain-facts 8 and 9; at the desk:
`boss_tui.components.billing`, `boss_tui.components.products`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from boss_tui.components.billing.final_bills import next_month
from boss_tui.components.products.agreements import months_after
from boss_tui.components.products.suspending import ARREARS
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE, orders_of
from boss_tui.headquarters.rules.network import parameters
from boss_tui.headquarters.rules.portings import CLOSES
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c06.suspend import KEEP_NUMBER
from boss_tui.transactions.c09.form import LEAVES
from boss_tui.transactions.reach import UNTIL
from data.clock import day_after
from data.tables.base import Table
from data.tables.life import ServiceParameter, Suspension
from data.tables.order import SubscriptionProduct
from data.tables.provider import ProviderSubscription
from data.tables.service import ChargeSchedule
from data.tables.stock import Handset

STOPS, GIVES, REACHES, CHANGES = "C6", "C10", ("C7.1", "C7.3"), "C8"
BEGIN_AND_END: Mapping[str, tuple[type[Table], str, str]] = {
    "charge_schedule": (ChargeSchedule, "starts_on", "ends_on"),
    "subscription_product": (SubscriptionProduct, "valid_from", "valid_to"),
    "provider_subscription": (ProviderSubscription, "since", "until"),
}
"""What a line has or is charged for a time, and the columns that say its first day and its last."""
NOT_YET, OVER, SOLD = "waiting", "ended", "sold"
"""The states of a charge that has not begun, of what has ended, of a handset that a customer has."""
STAND = ("planned", "running")


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The rows of an entry that begin, end or are due on another day than their business says. What is of no business
    date is told elsewhere (`moments`)."""
    day = told.entry.business_date
    if not day:
        return
    for table in BEGIN_AND_END:
        yield from _begins_and_ends(known, told, table, day)
    for bill in told.added.get("customer_bill", ()):
        if bill["due_on"] != day:
            yield _otherwise("customer_bill", bill["id"], bill["due_on"])
    for row in told.added.get("suspension", ()):
        starts, ends = _stops(told, row, day)
        if row["starts_on"] not in starts or row["ends_on"] not in ends:
            yield _otherwise("suspension", row["cause"], row["starts_on"])
    yield from _warranties(known, told, day)
    for row in told.added.get("scheduled_act", ()):
        if row["due_on"] not in _due(known, told, row, day):
            yield _otherwise("scheduled_act", row["business"], row["due_on"])


def _otherwise(table: str, key: str, day: str) -> Fault:
    return Fault("date", {"what": f"{table} {key}: {day}", "table": table})


# what lasts for a time


def _begins_and_ends(known: Known, told: Claim, table: str, day: str) -> Iterator[Fault]:
    """The first row of a table that begins, or ends, on a day that no business gives it."""
    model, first, last = BEGIN_AND_END[table]
    for row in told.added.get(table, ()):
        begun = row[first] if row["state"] != NOT_YET else row[first] or day
        if not (_is_first(known, told, row, begun, day) and not row[last]):
            yield _otherwise(table, row[LINE], begun if not row[last] else row[last])
            return
    for change in told.changed.get(table, ()):
        here, values = known.row(model, *change.key), change.values
        if here is None:
            continue  # told elsewhere (`sync.effects`)
        if first in values and not _is_first(known, told, here, values[first], day):
            yield _otherwise(table, str(change.key[0]), values[first])
            return
        if (last in values or values.get("state") == OVER) and not _is_last(
            known, told, {**here, **values}, table, day
        ):
            yield _otherwise(table, str(change.key[0]), str(values.get(last, "")))
            return


def _is_first(known: Known, told: Claim, row: Row, first: str, day: str) -> bool:
    """Whether something of a line may begin on a day: a fee for a number that is kept with a month alone."""
    if row.get("item") == KEEP_NUMBER:
        return first in _behind_stops(known, told, row[LINE])
    return first == day or (first < day and first in _days(known, told, row, day))


def _is_last(known: Known, told: Claim, row: Row, table: str, day: str) -> bool:
    """Whether a row ends as its state says: not yet, with the entry, before what begins, or on the day that it began,
    which it always has."""
    _, first, last = BEGIN_AND_END[table]
    if row["state"] != OVER:
        return not row[last]
    days = {day, *_days(known, told, row, day)}
    ends = {*days, *(day_after(each, -1) for each in days)}
    return row[last] in ends or (table == "subscription_product" and row[last] == row[first] >= min(ends))


def _days(known: Known, told: Claim, row: Row, day: str) -> set[str]:
    """Beside an entry's own date, the days from which something of a line may be otherwise: of an order that was done
    by the network since, its own or the month behind it; the month in which a number works again that was kept for a
    fee, or from which it is kept; that behind a closing."""
    line, found = row[LINE], _behind_stops(known, told, row[LINE])
    for order in orders_of(known, told):
        if order[LINE] == line:
            found |= {order["business_date"], _month_after(order["business_date"])}
    if _goes_on(known, told, line):
        found.add(f"{day[:7]}-01")
    latest = _month_after(day) if _keeps(told, line) else day
    return {each for each in found if each <= latest}


def _behind_stops(known: Known, told: Claim, line: str) -> set[str]:
    """The first days of the months behind the beginnings of a line's stops, those with which the entry ends."""
    moved = {change.key[0] for change in told.changed.get("suspension", ())}
    stops = told.after(known, Suspension, **{LINE: line})
    return {_month_after(each["starts_on"]) for each in stops if each["state"] in STAND or each["id"] in moved}


def _goes_on(known: Known, told: Claim, line: str) -> bool:
    """Whether a number is no more kept for a fee."""
    rows = (known.row(ChargeSchedule, *change.key) for change in told.changed.get("charge_schedule", ()))
    return any(row is not None and (row[LINE], row["item"]) == (line, KEEP_NUMBER) for row in rows)


def _keeps(told: Claim, line: str) -> bool:
    """Whether a number is kept for a fee from the next month on: that begins then, and what was charged ends before."""
    return any((new[LINE], new["item"]) == (line, KEEP_NUMBER) for new in told.added.get("charge_schedule", ()))


def _month_after(day: str) -> str:
    """The first day of the month after a day's; the day itself where it is none (`admission`)."""
    return next_month(date.fromisoformat(day)).isoformat() if day else day


# handsets, stops, and what is due


def _warranties(known: Known, told: Claim, day: str) -> Iterator[Fault]:
    """The first handset that is sold, whose warranty runs from another day than the entry's, or than that of the one
    that it replaces."""
    days, after = {day}, dict[str, dict[str, Any]]()
    for change in told.changed.get("handset", ()):
        here = known.row(Handset, *change.key)
        if here is not None:
            days.add(here["sold_on"])
            after[str(change.key[0])] = {**after.get(str(change.key[0]), here), **change.values}
    moved = {str(change.key[0]) for change in told.changed.get("handset", ()) if "state" in change.values}
    for key in moved & after.keys():
        row = after[key]
        if row["state"] == SOLD and row["sold_on"] not in days - {""}:
            yield _otherwise("handset", key, row["sold_on"])
            return


def _stops(told: Claim, row: Row, day: str) -> tuple[set[str], set[str]]:
    """The days on which a stop may begin, and those on which it may end: what its form says, else the entry's; after an
    emergency resume the day behind that."""
    order = next((each for each in told.added.get("product_order", ()) if each["id"] == row["order_id"]), None)
    form = told.form(order) if order is not None and order["business"] == STOPS else None
    starts, ends = (str(getattr(form.filled, name, None) or "") if form else "" for name in ("starts_on", "ends_on"))
    after = {day_after(credit["valid_to"], 1) for credit in told.added.get("hall_credit", ())}
    return {starts or day, *after}, {ends}


def _due(known: Known, told: Claim, row: Row, day: str) -> set[str]:
    """The days on which an act may be due by its business."""
    business, line, said = row["business"], row[LINE], parameters(row)
    if business == CHANGES:
        return {_month_after(day)}
    if business == GIVES:
        return {day_after(months_after(date.fromisoformat(day), 1).isoformat(), 1)}
    if business in REACHES:
        rows = told.after(known, ServiceParameter, **{LINE: line}, name=UNTIL)
        return {day_after(each["value"], 1) for each in rows if each["value"]}
    stops = [stop for stop in told.after(known, Suspension, **{LINE: line}) if stop["state"] in STAND]
    if business == CLOSES:
        return {day} if said.get("action") == LEAVES else {_month_after(stop["starts_on"]) for stop in stops}
    if business == STOPS:
        paid = (said.get("action"), said.get("cause") in ARREARS) == ("resume", True)
        return {day} if paid else {each for stop in stops for each in (stop["starts_on"], stop["ends_on"])}
    return set()
