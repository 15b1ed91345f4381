"""What M7 asks of people and places: numbers that stay one person's, an age to work at, places that are open, and that
somebody is left who can look after the staff.

Source: management-facts 6; catalogue M7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from boss_tui.components.leaving import held_by
from boss_tui.editions.lines import RowEdit, history
from boss_tui.editions.rehearsal import AS_IF
from boss_tui.editions.subjects import Fault
from data.message import say
from data.statements import keys, table_name
from data.store import Reading
from data.tables.finance import Shift
from data.tables.organisation import GRADES, CashLimit, Counter, Operator, Outlet, Role, RoleRight

FORMS_AT_THE_HALL = say("Forms that they are in are known at their hall alone: its supervisor sees them by staff, F4.")
WORKING_AGE = 16
"""Years: nobody works who is younger (labour law of the People's Republic, article 15)."""


def _rows(reading: Reading, lines: Mapping[int, RowEdit], model: Any) -> Iterator[tuple[int, RowEdit, Any]]:
    """The lines of a table, each with the row that it leaves."""
    for position, line in lines.items():
        if line.table == table_name(model):
            row = reading.find(model, **dict(zip(keys(model), line.key, strict=True)))
            if row is not None:
                yield position, line, row


def is_nobody_elses(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:  # noqa: ARG001
    """A staff number is given once: who comes back is the same person again (state active), not a new row."""
    for position, line in lines.items():
        if line.table == table_name(Operator) and line.op == "add":
            before = [each for each in history(reading, line.table, line.key) if each.number != AS_IF]
            if before:
                told = say("{staff_no} was somebody's already: give another number.", staff_no=line.key[0])
                yield Fault(position, "staff_no", told)


def is_of_age(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:
    """Nobody works who is too young."""
    for position, _, person in _rows(reading, lines, Operator):
        if person.birth_date and person.state != "left":
            born, on = date.fromisoformat(person.birth_date), date.fromisoformat(day)
            age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
            if age < WORKING_AGE:
                yield Fault(position, "birth_date", say("Nobody works before {age}.", age=WORKING_AGE))


def has_a_role(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:  # noqa: ARG001
    """The role of a person, a right or a cash limit is one that there is."""
    for model in (Operator, RoleRight, CashLimit):
        for position, line, row in _rows(reading, lines, model):
            said = line.op == "add" or "role" in line.values
            if said and not _is_a_role(reading, row.role):
                yield Fault(position, "role", say("There is no role {role}.", role=row.role))


def _is_a_role(reading: Reading, code: str) -> bool:
    role = reading.find(Role, code=code)
    return code in GRADES if role is None else role.state == "active"


def nobody_has_it(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:  # noqa: ARG001
    """A role that somebody has does not close."""
    for position, _, role in _rows(reading, lines, Role):
        if role.state == "closed":
            held = [each.staff_no for each in reading.all(Operator, role=role.code) if each.state != "left"]
            if held:
                told = say("Still in this role: {staff}.", staff=", ".join(sorted(held)[:5]))
                yield Fault(position, "state", told)


def nothing_runs_there(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:  # noqa: ARG001
    """A counter whose drawer is not closed stays; so does an outlet that has staff or counters."""
    for position, _, counter in _rows(reading, lines, Counter):
        shift = next((each for each in reading.all(Shift, till=counter.code) if each.state != "closed"), None)
        if counter.state == "closed" and shift is not None:
            told = say("The shift of {operator} at {till} is not closed.", operator=shift.operator, till=counter.code)
            yield Fault(position, "state", told)
    for position, _, outlet in _rows(reading, lines, Outlet):
        if outlet.state != "closed":
            continue
        staff = [each.staff_no for each in reading.all(Operator, outlet=outlet.code) if each.state != "left"]
        counters = [each.code for each in reading.all(Counter, outlet=outlet.code, state="active")]
        if staff or counters:
            told = say("It still has {what}: end or move them first.", what=", ".join([*staff, *counters][:8]))
            yield Fault(position, "state", told)


def an_agents_has_its_agent(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:  # noqa: ARG001
    """An agent's outlet says whose it is; one of our own is nobody's."""
    for position, _, outlet in _rows(reading, lines, Outlet):
        if (outlet.channel == "agent") != bool(outlet.partner):
            told = say("Whose outlet it is.") if outlet.channel == "agent" else say("Our own hall is no agent's.")
            yield Fault(position, "partner", told)


def leaves_no_drawer_behind(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:  # noqa: ARG001
    """Who moves to another outlet has no drawer open where they were: who leaves may (`components.leaving`)."""
    for position, line, person in _rows(reading, lines, Operator):
        if person.state == "left" or "outlet" not in line.values:
            continue
        for each in held_by(reading, person):
            if each.first:
                yield Fault(position, "outlet", say("First: {what}. {then}", what=each.what, then=each.then))


def somebody_is_left(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:  # noqa: ARG001
    """Two different people can still change and check what M7 keeps: else nobody could ever again."""
    about = {table_name(model) for model in (Operator, RoleRight)}
    last = max((position for position, line in lines.items() if line.table in about and line.op != "add"), default=None)
    if last is None:
        return
    makes, checks = (
        {
            person.staff_no
            for right in reading.all(RoleRight, business=needed)
            for person in reading.all(Operator, role=right.role, state="active")
        }
        for needed in ("M7", "M7.check")
    )
    if not makes or not checks or len(makes | checks) < 2:
        yield Fault(last, "", say("Nobody would be left to make and another to check what M7 keeps."))


def is_confirmed_by_now(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:
    """Nobody's rights are confirmed ahead of time: they would not come up again when they should."""
    for position, line, person in _rows(reading, lines, Operator):
        if line.values.get("confirmed_on") and person.confirmed_on > day:
            yield Fault(position, "confirmed_on", say("Not after {day}.", day=day))


def still_holds(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterator[Fault]:  # noqa: ARG001
    """What people who leave, move or are locked still hold, as they stand now: it holds nobody up (`held_by`)."""
    for position, line in lines.items():
        person = reading.find(Operator, staff_no=line.key[0]) if line.table == table_name(Operator) else None
        goes = line.op == "end" or line.values.get("state", "active") != "active" or "outlet" in line.values
        if person is None or line.op == "add" or not goes:
            continue
        for each in held_by(reading, person):
            yield Fault(position, "", say("{what}. {then}", what=each.what, then=each.then))
        yield Fault(position, "", FORMS_AT_THE_HALL)


PEOPLE_CHECKS = (
    is_confirmed_by_now,
    has_a_role,
    is_nobody_elses,
    is_of_age,
    nobody_has_it,
    nothing_runs_there,
    an_agents_has_its_agent,
    leaves_no_drawer_behind,
    somebody_is_left,
)
