"""A prepaid line lives on for the money that comes into its balance, and for no more (domain-facts 9; C11, C12).

What is taken back takes its time with it. At the desk: `Accounts.extend`, `Accounts.shorten`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from boss_tui.components.accounts.accounts import PREPAID, VALID_UNTIL, validity
from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.headquarters.rules.lines import LINE, orders_of
from boss_tui.sync.effects import Fault
from data.tables.life import ServiceParameter

OF_IT = (PREPAID, VALID_UNTIL)


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The lines that live longer, or shorter, than an entry's money makes them. What is not here as the entry found it
    is told elsewhere (`sync.effects`)."""
    was, until = dict[str, str](), dict[str, str]()
    for row in told.added.get("service_parameter", ()):
        if (row["service"], row["name"]) == OF_IT:
            was[row[LINE]], until[row[LINE]] = "", row["value"]
    for change in told.changed.get("service_parameter", ()):
        line = str(change.key[0])
        if change.key[1:] != OF_IT or "value" not in change.values:
            continue
        if line not in was:
            here = known.row(ServiceParameter, *change.key)
            if here is None or here["revision"] != change.base:
                continue
            was[line] = here["value"]
        until[line] = change.values["value"]
    for line, value in until.items():
        if not _least(known, told, was[line]) <= value <= _most(told, was[line]):
            what = {"what": f"service_parameter {line}: → {value}", "table": "service_parameter"}
            yield Fault("sums", what)


def _least(known: Known, told: Claim, was: str) -> str:
    """The day until which a line lives on at least: what is taken back may make it any."""
    back = told.entry.kind.endswith(".cancellation") or any(order["reverses"] for order in orders_of(known, told))
    return "" if back else was


def _most(told: Claim, was: str) -> str:
    """The last day until which it may live."""
    came = [row["amount"] for row in told.added.get("balance_entry", ()) if row["amount"] > 0]
    days = max(validity(sum(came)), sum(map(validity, came)))
    return (date.fromisoformat(max(was, told.entry.business_date)) + timedelta(days=days)).isoformat()
