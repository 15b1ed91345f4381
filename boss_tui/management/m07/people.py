"""What M7 asks of people and places: numbers that stay one person's, an age to work at, places that are open, and that
somebody is left who can look after the staff.

Source: management-facts 6; catalogue M7.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from boss_tui.components.operators.leaving import AT_THE_HALL, held_by
from boss_tui.editions.lines import history
from boss_tui.editions.rehearsal import AS_IF
from boss_tui.editions.subjects import Fault, Rehearsal
from data.message import say
from data.store import Reading
from data.tables.finance import Shift
from data.tables.organisation import GRADES, CashLimit, Counter, Operator, Outlet, Role, RoleRight

WORKING_AGE = 16
"""Years: nobody works who is younger (labour law of the People's Republic, article 15)."""


def is_nobody_elses(at: Rehearsal) -> Iterator[Fault]:
    """A staff number is given once: who comes back is the same person again (state active), not a new row."""
    for position, line in at.of(Operator):
        if line.op == "add":
            before = [each for each in history(at.reading, line.table, line.key) if each.number != AS_IF]
            if before:
                told = say("{staff_no} was somebody's already: give another number.", staff_no=line.key[0])
                yield Fault(position, "staff_no", told)


def is_of_age(at: Rehearsal) -> Iterator[Fault]:
    """Nobody works who is too young."""
    for position, _, person in at.rows(Operator):
        if person.birth_date and person.state != "left":
            born, on = date.fromisoformat(person.birth_date), date.fromisoformat(at.day)
            age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
            if age < WORKING_AGE:
                yield Fault(position, "birth_date", say("Nobody works before {age}.", age=WORKING_AGE))


def has_a_role(at: Rehearsal) -> Iterator[Fault]:
    """The role of a person, a right or a cash limit is one that there is."""
    tables: tuple[type[Operator] | type[RoleRight] | type[CashLimit], ...] = (Operator, RoleRight, CashLimit)
    for model in tables:
        for position, line, row in at.rows(model):
            said = line.op == "add" or "role" in line.values
            if said and not _is_a_role(at.reading, row.role):
                yield Fault(position, "role", say("There is no role {role}.", role=row.role))


def _is_a_role(reading: Reading, code: str) -> bool:
    role = reading.find(Role, code=code)
    return code in GRADES if role is None else role.state == "active"


def nobody_has_it(at: Rehearsal) -> Iterator[Fault]:
    """A role that somebody has does not close."""
    for position, _, role in at.rows(Role):
        if role.state == "closed":
            held = [each.staff_no for state in ("active", "locked") for each in _some(at.reading, role.code, state, 5)]
            if held:
                told = say("Still in this role: {staff}.", staff=", ".join(sorted(held)[:5]))
                yield Fault(position, "state", told)


def _some(reading: Reading, role: str, state: str, most: int) -> list[Operator]:
    """The first who have a role: few have it, or more than need be known."""
    return reading.few(Operator, most, role=role, state=state, order=("staff_no",))


def nothing_runs_there(at: Rehearsal) -> Iterator[Fault]:
    """A counter whose drawer is not closed stays; so does an outlet that has staff or counters."""
    for position, _, counter in at.rows(Counter):
        shift = next((each for each in at.reading.all(Shift, till=counter.code) if each.state != "closed"), None)
        if counter.state == "closed" and shift is not None:
            told = say("The shift of {operator} at {till} is not closed.", operator=shift.operator, till=counter.code)
            yield Fault(position, "state", told)
    for position, _, outlet in at.rows(Outlet):
        if outlet.state != "closed":
            continue
        staff = [each.staff_no for each in at.reading.all(Operator, outlet=outlet.code) if each.state != "left"]
        counters = [each.code for each in at.reading.all(Counter, outlet=outlet.code, state="active")]
        if staff or counters:
            told = say("It still has {what}: end or move them first.", what=", ".join([*staff, *counters][:8]))
            yield Fault(position, "state", told)


def an_agents_has_its_agent(at: Rehearsal) -> Iterator[Fault]:
    """An agent's outlet says whose it is; one of our own is nobody's."""
    for position, _, outlet in at.rows(Outlet):
        if (outlet.channel == "agent") != bool(outlet.partner):
            told = say("Whose outlet it is.") if outlet.channel == "agent" else say("Our own hall is no agent's.")
            yield Fault(position, "partner", told)


def leaves_no_drawer_behind(at: Rehearsal) -> Iterator[Fault]:
    """Who moves to another outlet has no drawer open where they were: who leaves may (`operators.leaving`)."""
    for position, line, person in at.rows(Operator):
        if person.state == "left" or "outlet" not in line.values:
            continue
        for each in held_by(at.reading, person.staff_no):
            if each.first:
                yield Fault(position, "outlet", say("First: {what}. {then}", what=each.what, then=each.then))


def somebody_is_left(at: Rehearsal) -> Iterator[Fault]:
    """Two different people can still change and check what M7 keeps: else nobody could ever again."""
    touched = (position for model in (Operator, RoleRight) for position, line in at.of(model) if line.op != "add")
    last = max(touched, default=None)
    if last is None:
        return
    makes, checks = (
        {
            person.staff_no
            for right in at.reading.all(RoleRight, business=needed)
            for person in _some(at.reading, right.role, "active", 2)
        }
        for needed in ("M7", "M7.check")
    )
    if not makes or not checks or len(makes | checks) < 2:
        yield Fault(last, "", say("Nobody would be left to make and another to check what M7 keeps."))


def is_confirmed_by_now(at: Rehearsal) -> Iterator[Fault]:
    """Nobody's rights are confirmed ahead of time: they would not come up again when they should."""
    for position, line, person in at.rows(Operator):
        if line.values.get("confirmed_on") and person.confirmed_on > at.day:
            yield Fault(position, "confirmed_on", say("Not after {day}.", day=at.day))


def still_holds(at: Rehearsal) -> Iterator[Fault]:
    """What people who leave, move or are locked still hold, as they stand now: it holds nobody up (`held_by`)."""
    for position, line, person in at.rows(Operator):
        goes = line.op == "end" or line.values.get("state", "active") != "active" or "outlet" in line.values
        if line.op == "add" or not goes:
            continue
        for each in (*held_by(at.reading, person.staff_no), AT_THE_HALL):
            yield Fault(position, "", say("{what}. {then}", what=each.what, then=each.then))


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
