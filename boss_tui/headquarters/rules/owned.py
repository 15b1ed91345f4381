"""Whose is what an order leaves: its customer is the owner of its line, pieces and contracts are of that line and that
owner, a stop is for the cause that its form names, money lies in a balance of the kind that its account is for.

What is of another line or customer than any of an entry's orders: `lines`. Source: catalogue C1 to C10, F12; design 6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boss_tui.components.ledger.ledger import CONTRACTS, DEPOSITS, PREPAID
from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.headquarters.rules.lines import LINE, orders_of
from boss_tui.headquarters.rules.portings import CLOSES
from boss_tui.sync.effects import Fault
from boss_tui.transactions.c06.emergency import FROM
from data.tables.account import BalanceBucket
from data.tables.order import ProductOrder, Subscription

PIECES = ("phone_number", "sim_card", "handset")
"""What a line has, or a customer."""
KINDS: Mapping[str, str] = {PREPAID: "prepaid", DEPOSITS: "deposit", CONTRACTS: "gift"}
"""By the account of customers' money, the kind of balance that it lies in."""
STOPS, CLOSING = "C6", "closing"
"""The business that stops a line, and the cause for which one is that is being closed."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first row of each kind that is somebody else's, or of something else."""
    yield from _balances(known, told)
    orders = orders_of(known, told)
    if not orders:
        return
    lines = {order[LINE] for order in orders} - {None}
    owners = {line: _owners(known, told, line) for line in lines}
    theirs = {order["customer_id"] for order in orders}.union(*owners.values())
    yield from _customers(told, owners)
    yield from _pieces(told, lines, theirs)
    for row in told.added.get("agreement", ()):
        if row["customer_id"] not in owners.get(row[LINE], {row["customer_id"]}):
            yield _foreign("agreement", row["id"])
            return
    yield from _causes(known, told)


def _foreign(table: str, key: object) -> Fault:
    return Fault("foreign", {"what": f"{table} {key}", "table": table})


def _owners(known: Known, told: Claim, line: str) -> set[str]:
    """Who has a line before an entry, and behind it."""
    row = told.row(known, Subscription, line)
    moved = (change.values for change in told.changed.get("subscription", ()) if change.key[0] == line)
    after = {values["customer_id"] for values in moved if "customer_id" in values}
    return after | ({row["customer_id"]} if row is not None else set())


def _customers(told: Claim, owners: Mapping[str, set[str]]) -> Iterator[Fault]:
    """The first order whose customer is not the owner of its line."""
    for order in told.added.get("product_order", ()):
        of = owners.get(order[LINE], set())
        if of and order["customer_id"] not in of:
            yield _foreign("product_order", order["serial"])
            return


def _pieces(told: Claim, lines: set[str], theirs: set[str]) -> Iterator[Fault]:
    """The first piece that goes to another line than the orders', or to another customer."""
    for table in PIECES:
        new = ((next(iter(row.values())), row) for row in told.added.get(table, ()))
        for key, values in (*new, *((change.key[0], change.values) for change in told.changed.get(table, ()))):
            line, customer = values.get(LINE), values.get("customer_id")
            if (line is not None and line not in lines) or (customer is not None and customer not in theirs):
                yield _foreign(table, key)
                return


def _causes(known: Known, told: Claim) -> Iterator[Fault]:
    """The first new stop for a cause that its order does not name."""
    for row in told.added.get("suspension", ()):
        order = told.row(known, ProductOrder, row["order_id"])
        if order is None:
            continue  # told elsewhere (`sync.effects`)
        form = told.form(order)
        if order["business"] == STOPS and form is not None:
            named = {form.filled.cause, *(FROM if form.filled.emergency else ())}
        else:
            named = {CLOSING} if order["business"] == CLOSES else {row["cause"]}
        if row["cause"] not in named:
            yield Fault("form", {"what": f"suspension {row['cause']}", "table": "suspension"})
            return


def _balances(known: Known, told: Claim) -> Iterator[Fault]:
    """The first line of a posting that moves a balance of another kind than its account's."""
    for line in told.added.get("posting_line", ()):
        bucket = told.row(known, BalanceBucket, line["bucket_id"]) if line["bucket_id"] is not None else None
        if bucket is not None and bucket["kind"] != KINDS.get(line["account"]):
            yield Fault("books", {"what": f"balance_bucket {bucket['id']}", "table": "balance_bucket"})
            return
