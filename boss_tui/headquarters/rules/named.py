"""What is sold is what the form names: the number, the card and the plan of a line, and whose it is, by document and
name (F3, F4, F5).

A form is what the customer signed. A line that is opened has its number and its card with the same entry. What takes an
order back gives a line what it had before. Source: catalogue C1, C2, C3, C8; design 3.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import in_form, orders_of
from boss_tui.sync.effects import Fault
from data.journal import Change
from data.names import name_key
from data.tables.order import Subscription
from data.tables.resource import SimCard
from data.tables.stock import BlankCard

OF_A_LINE = ("number", "iccid", "plan")
"""What a form names of a line."""
CALLED = frozenset({"name", "name_key"})
"""What a customer is called, and found by."""
PIECES = {"phone_number": "number", "sim_card": "iccid"}
"""The pieces that a line has, by table, and its column of them."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first line that has what no form names, or has not what it says; a customer whom no form names."""
    orders = orders_of(known, told)
    for customer in told.added.get("customer", ()):
        if not in_form(told, orders, customer["document_number"]) or not _is_called(told, orders, customer):
            yield Fault("form", {"what": f"customer {customer['id']}", "table": "customer"})
    for line in told.added.get("subscription", ()):
        if wrong := _otherwise(known, told, orders, line) or _without(told, line) or _unlike(known, told, line):
            yield Fault("form", {"what": f"subscription {line['id']}: {wrong}", "table": "subscription"})
    if not any(order["reverses"] for order in orders) and not told.entry.kind.endswith(".cancellation"):
        for change in told.changed.get("subscription", ()):
            if wrong := _otherwise(known, told, orders, change.values) or _found_otherwise(known, change):
                yield Fault("form", {"what": f"subscription {change.key[0]}: {wrong}", "table": "subscription"})
        for change in told.changed.get("customer", ()):
            if CALLED & change.values.keys() and not _is_called(told, orders, change.values):
                yield Fault("form", {"what": f"customer {change.key[0]}", "table": "customer"})


def _is_called(told: Claim, orders: list[Row], customer: Row) -> bool:
    """Whether a customer has the name that a form gives, and is found by it."""
    name = customer.get("name", "")
    return in_form(told, orders, name) and customer.get("name_key") == name_key(name)


def _otherwise(known: Known, told: Claim, orders: list[Row], line: Row) -> str:
    """The first column of a line that no form names; a blank card is named by its serial."""
    for name in OF_A_LINE:
        if name not in line or in_form(told, orders, line[name]):
            continue
        if name != "iccid" or not _written(known, told, orders, line[name]):
            return name
    return ""


def _written(known: Known, told: Claim, orders: list[Row], iccid: str) -> bool:
    """Whether a card was made of a blank one that a form names."""
    blanks = [row["serial"] for row in known.told(BlankCard, iccid=iccid)]
    blanks += [str(each.key[0]) for each in told.changed.get("blank_card", ()) if each.values.get("iccid") == iccid]
    return any(in_form(told, orders, serial) for serial in blanks)


def _found_otherwise(known: Known, change: Change) -> str:
    """The column by which a line is not found under its new number; two numbers may end alike."""
    if "number" not in change.values:
        return ""
    here = known.row(Subscription, *change.key)
    after = {**(here or {}), **change.values}
    return "" if after.get("tail") == after["number"][-4:] else "tail"


def _unlike(known: Known, told: Claim, line: Row) -> str:
    """The column of a new line that is not as its pieces have it: by the last digits it is found, by its IMSI it is
    told to the network."""
    card = told.row(known, SimCard, line["iccid"])
    if card is not None and card["imsi"] != line["imsi"]:
        return "imsi"
    return "" if line["tail"] == line["number"][-4:] else "tail"


def _without(told: Claim, line: Row) -> str:
    """The column of a new line whose piece does not become its own with the entry."""
    for table, column in PIECES.items():
        own = {str(row[column]) for row in told.added.get(table, ()) if row["subscription_id"] == line["id"]}
        own |= {str(c.key[0]) for c in told.changed.get(table, ()) if c.values.get("subscription_id") == line["id"]}
        if line[column] not in own:
            return column
    return ""
