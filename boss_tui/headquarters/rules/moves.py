"""Forms and states: an order's form passes its business's own, what it begins begins at its first state, and what it
moves goes from one state to a next one; what has ended stays as it is.

Source: design 3; `data.states.MOVES` has the states that follow each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from boss_tui.business.registry import BUSINESSES
from boss_tui.forms.form import needed
from boss_tui.headquarters.rules.claim import Claim, Key, Known, Row
from boss_tui.headquarters.rules.reversals import is_left
from boss_tui.sync.effects import Fault
from boss_tui.sync.scarce import LYING, PIECES
from data.statements import keys, table_name
from data.states import MOVES
from data.tables import all_tables

NEW: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "subscription": ("pendingActive", ("activated_at",)),
    "work_order": ("open", ("done_at", "done_by")),
    "scheduled_act": ("waiting", ("done_at", "done_order_id", "reason")),
    "balance_hold": ("active", ("ended_order",)),
    "provider_subscription": ("active", ("until",)),
    "shift": (
        "open",
        (
            "approved_by",
            "reason",
            "z_number",
            "closed_at",
            "closed_by",
            "counted_cash",
            "difference",
            "expected_cash",
            "journal_end",
        ),
    ),
}
"""What waits for the network, a person, a count: its state as its own entry leaves it, and what is empty until then."""
FIRST: Mapping[str, frozenset[str]] = {
    table: frozenset(states.split())
    for table, states in {
        "product_order": "acknowledged inProgress held pending completed",
        "billing_account": "active",
        "subscription_product": "pending active",
        "charge_schedule": "waiting running",
        "provider_bar": "active",
        "agreement": "active",
        "suspension": "planned running",
        "interaction": "open completed",
        "invoice_request": "waiting declined",
        "paper_document": "normal void",
        "sim_card": "sold",
        "hall_credit": "active",
        "authority": "active",
    }.items()
}
"""The states in which its own entry may leave a new row: who could say that one is over, or was called off, would have
what was sold and does not bind, or money that nothing holds."""
WITH_ITS_LINE = {"subscription_product": "pending", "charge_schedule": "waiting"}
"""What waits as the line does that is opened, and by no other entry: nothing would begin it, nor charge it."""
WAITS = "inProgress"
"""An order whose work is not done, or that opens a line."""
AFTER_IT: Mapping[str, frozenset[str]] = {
    "paper_document": frozenset({"copies"}),
    "mobile_payment": frozenset({"dropped", "reason"}),
}
"""What of a row becomes another after its end: a void sheet is copied for the file, too."""
_BACK = frozenset((table_name(PIECES[kind].model), PIECES[kind].lost, PIECES[kind].free) for kind in LYING)


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What form does not pass, what state does not follow."""
    for order in told.added.get("product_order", ()):
        business = BUSINESSES.get(order["business"])
        if business is None:
            yield Fault("form", {"what": order["business"], "order": order["id"]})
        elif is_left(known, told, order):
            continue  # nobody typed it
        elif wrong := _wrong(told, order):
            yield Fault("form", {"what": f"{order['business']} {wrong}", "order": order["id"]})
    yield from _done_at_once(told)
    for table in MOVES.keys() & told.changed.keys():
        yield from _moves(known, told, table)


def _done_at_once(told: Claim) -> Iterator[Fault]:
    """What is new and past its beginning; an order that ended with its own entry, though something of it waits."""
    for table, (state, empty) in NEW.items():
        for row in told.added.get(table, ()):
            if row["state"] != state or any(row[name] for name in empty):
                key = row[keys(all_tables()[table])[0]]
                yield Fault("move", {"what": f"{table} {key}: → {row['state']}", "table": table})
    lines = {row["id"] for row in told.added.get("subscription", ())}
    for table in FIRST.keys() & told.added.keys():
        for row in told.added[table]:
            waits = table in WITH_ITS_LINE and row["state"] == WITH_ITS_LINE[table]
            if row["state"] not in FIRST[table] or waits != (
                table in WITH_ITS_LINE and row["subscription_id"] in lines
            ):
                yield Fault("move", {"what": f"{table}: → {row['state']}", "table": table})
    waiting = {row["order_id"] for row in told.added.get("work_order", ()) if not row["follow_up"]}
    for order in told.added.get("product_order", ()):
        if order["state"] != WAITS and (order["id"] in waiting or order["subscription_id"] in lines):
            yield Fault("move", {"what": f"product_order {order['serial']}: → {order['state']}", "order": order["id"]})


def _moves(known: Known, told: Claim, table: str) -> Iterator[Fault]:
    """What state of a table's rows does not follow the one before it: here, or earlier in the entry. What was based on
    an entry that was put aside follows from what is here by whatever was told there; what is based on an older state is
    stale, and not written."""
    stands: dict[Key, tuple[str, int]] = {}
    for change in told.changed[table]:
        after = change.values.get("state")
        if change.key not in stands:
            here = known.row(all_tables()[table], *change.key)
            if here is None:
                continue
            stands[change.key] = here["state"], here["revision"]
        before, revision = stands[change.key]
        if change.base < revision:
            continue
        follow = MOVES[table][before] if revision == change.base else following(table, before)
        more = change.values.keys() - {"revision"} - AFTER_IT.get(table, frozenset())
        goes_on = after in (None, before, *follow) and (MOVES[table][before] or not more)
        if not goes_on and not _is_back(told, table, before, after):
            yield Fault("move", {"what": f"{table} {change.key[0]}: {before} → {after or before}", "table": table})
        stands[change.key] = after or before, change.base + 1


def _is_back(told: Claim, table: str, before: str, after: str | None) -> bool:
    """Whether a piece that was lost is in stock again by a count, as no business has it: `counts` judges those."""
    return (table, before, after) in _BACK and told.entry.kind.partition(".")[0] == "stock"


@cache
def following(table: str, state: str) -> frozenset[str]:
    """The states that a row comes to from one, by however many moves, and that one."""
    found, new = {state}, {state}
    while new := {after for before in new for after in MOVES[table][before]} - found:
        found |= new
    return frozenset(found)


def _wrong(told: Claim, order: Row) -> str:
    """The fields of a form that are not right, or are missing; secrets are kept in none."""
    form = told.form(order)
    if form is None:
        return "JSON"
    missing = {name for name in needed(form.of) if form.values.get(name) in (None, "")}
    return ", ".join(sorted({*form.errors, *missing}))
