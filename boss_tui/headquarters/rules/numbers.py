"""A number that is given up rests for its days; it is free again on the last of them, and nobody's before (F5, M5).

For how many days is headquarters' to say, by grade and parameter; longer after fraud. At the hall:
`boss_tui.components.resources.number_rest`, `boss_tui.chores.scheduling`, `boss_tui.desk.porting`. Source:
management-facts 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.lines import LINE, orders_of
from boss_tui.sync.effects import Fault
from data.clock import day_after, wall_day
from data.parameters import QUARANTINE_DAYS, QUARANTINE_FRAUD_DAYS
from data.tables.life import Suspension, ValueChange
from data.tables.resource import NumberGrade, PhoneNumber

RESTED, CAME_BACK = "quarantine.end", "number.porting"
RESTS = "quarantined"


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The numbers that are freed before their day, rest too short, or are taken from whoever has them. What is not here
    as the entry found it is told elsewhere (`sync.effects`)."""
    kind = told.entry.kind
    for change in told.changed.get("phone_number", ()):
        here = known.row(PhoneNumber, *change.key)
        if here is None or here["revision"] != change.base:
            continue
        after = {**here, **change.values}
        what = {"what": f"phone_number {change.key[0]}", "table": "phone_number"}
        rested = here["state"] == RESTS and "" < here["quarantine_until"] <= told.entry.business_date
        if kind == RESTED:
            right = rested and after["state"] == "idle"
        elif here["state"] == RESTS:
            right = after["state"] == "sold" and _had_it(known, told, after)
        else:
            right = kind != CAME_BACK or (here["state"], after["state"]) == ("ported", RESTS)
        if not right:
            yield Fault("move", what)
        elif after["state"] == RESTS:
            least = _rests_until(known, told, here)
            if after["quarantine_until"] < least[0]:
                yield Fault("move", what, note=after["quarantine_until"] >= min(least))


def _had_it(known: Known, told: Claim, number: Row) -> bool:
    """Whether a number goes back to the line that an order of the entry took it from, since that is taken back."""
    taken = {order["reverses"] for order in orders_of(known, told) if order["reverses"]}
    had = (row for order in taken for row in known.told(ValueChange, order_id=order, field="number"))
    return any((row["subject"], row["before"]) == (number[LINE], number["number"]) for row in had)


def _rests_until(known: Known, told: Claim, number: Row) -> list[str]:
    """Until when a number rests that is given up with an entry, as its outlet may have had it, as it should first."""
    day, line = told.entry.business_date or wall_day(told.entry.made_at), number[LINE]
    causes = known.told(Suspension, **{LINE: line}, cause="fraud") if line else []
    fraud = any(row["state"] == "running" for row in causes) and told.entry.kind.startswith("C9")
    plain = known.numbers(QUARANTINE_DAYS, "", day)
    least = known.numbers(QUARANTINE_FRAUD_DAYS, "", day) if fraud else [0]
    grades = [row["quarantine_days"] for row in known.versions(NumberGrade, (number["grade"],), day)] or [0]
    return [day_after(day, max(of_grade or days, more)) for of_grade in grades for days in plain for more in least]
