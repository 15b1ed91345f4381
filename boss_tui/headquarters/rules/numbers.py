"""Numbers that move by no order: one that has rested is free again on its day, one that came back rests first (F5).

At the hall: `boss_tui.chores.scheduling`, `boss_tui.desk.porting`. Source: management-facts 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.sync.effects import Fault
from data.tables.resource import PhoneNumber

RESTED, CAME_BACK = "quarantine.end", "number.porting"


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The numbers that are freed before their day, or taken from whoever has them. What is not here as the entry found
    it is told elsewhere (`sync.effects`)."""
    kind, day = told.entry.kind, told.entry.business_date
    if kind not in (RESTED, CAME_BACK):
        return
    for change in told.changed.get("phone_number", ()):
        here, after = known.row(PhoneNumber, *change.key), change.values.get("state")
        if here is None or here["revision"] != change.base:
            continue
        rests = here["state"] == "quarantined" and "" < here["quarantine_until"] <= day
        right = (rests and after == "idle") if kind == RESTED else (here["state"], after) == ("ported", "quarantined")
        if not right:
            yield Fault("move", {"what": f"phone_number {change.key[0]}", "table": "phone_number"})
