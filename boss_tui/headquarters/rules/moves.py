"""Forms and states: an order's form passes its business's own, and what it moves goes from one state to a next one.

Source: design 3; `data.states.MOVES` has the states that follow each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.business.registry import BUSINESSES
from boss_tui.forms.form import needed
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from data.states import MOVES
from data.tables import all_tables


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What form does not pass, what state does not follow."""
    for order in told.added.get("product_order", ()):
        business = BUSINESSES.get(order["business"])
        if business is None:
            yield Fault("form", {"what": order["business"], "order": order["id"]})
        elif wrong := _wrong(told, order):
            yield Fault("form", {"what": f"{order['business']} {wrong}", "order": order["id"]})
    for table in MOVES.keys() & told.changed.keys():
        for change in told.changed[table]:
            after = change.values.get("state")
            here = known.row(all_tables()[table], *change.key) if after is not None else None
            if here is not None and here["revision"] == change.base and after not in MOVES[table][here["state"]]:
                yield Fault("move", {"what": f"{table} {change.key[0]}: {here['state']} → {after}", "table": table})


def _wrong(told: Claim, order: Row) -> str:
    """The fields of a form that are not right, or are missing; secrets are kept in none."""
    form = told.form(order)
    if form is None:
        return "JSON"
    missing = {name for name in needed(form.of) if form.values.get(name) in (None, "")}
    return ", ".join(sorted({*form.errors, *missing}))
