"""What M7 asks of roles and rights: that they are such as there are, and that no role has two rights that are apart.

Separation of duties 职责分离 is checked when a right is given and when a pair is declared, so that nobody ever holds
what excludes each other. Source: management-facts 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from boss_tui.catalogue import RIGHTS, is_managed
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Fault, Rehearsal
from data.message import Message, both, say
from data.statements import table_name
from data.store import Reading
from data.tables.organisation import DutyConflict, RoleRight

COUNTER = "C*"
"""Every business of the counter."""
SIDES = {COUNTER: say("every business of the counter"), **RIGHTS}
"""What a side of a pair may be."""


def _unknown(right: str) -> Message:
    return say("There is no right {right}: F4 lists them, such as C12, M4, M4.check, M4.emergency.", right=right)


def is_a_right(at: Rehearsal) -> Iterator[Fault]:
    """A right is to a business that there is; a pair is of two, one of which may be all of the counter's."""
    for position, line in at.lines.items():
        if line.op in ("end", "undo"):
            continue
        if line.table == table_name(RoleRight) and line.key[1] not in RIGHTS:
            yield Fault(position, "business", _unknown(line.key[1]))
        if line.table == table_name(DutyConflict):
            one, other = line.key
            for column, right in (("holds", one), ("excludes", other)):
                if right not in SIDES:
                    yield Fault(position, column, _unknown(right))
            if covers(one, other) or covers(other, one):
                yield Fault(position, "excludes", say("A right does not exclude itself."))
            elif at.reading.find(DutyConflict, holds=other, excludes=one) is not None:
                yield Fault(position, "excludes", say("This pair is declared already, the other way round."))


def limits_fit(at: Rehearsal) -> Iterator[Fault]:
    """What is paid out at once is no more than what is paid out in a day; management moves no money."""
    for position, line in at.lines.items():
        right = _right(at.reading, line)
        if right is None:
            continue
        if right.refund_day_limit and (not right.refund_limit or right.refund_limit > right.refund_day_limit):
            yield Fault(position, "refund_limit", say("No more at once than in a day."))
        for column in ("amount_limit", "refund_limit", "refund_day_limit"):
            if is_managed(right.business) and getattr(right, column):
                yield Fault(position, column, say("No amount: money moves by the counter's businesses alone."))
        if is_managed(right.business) and right.approval != "alone":
            yield Fault(position, "approval", say("What is managed is checked by the right {right}.", right=".check"))


def _right(reading: Reading, line: RowEdit) -> RoleRight | None:
    if line.table != table_name(RoleRight):
        return None
    return reading.find(RoleRight, role=line.key[0], business=line.key[1])


def are_apart(at: Rehearsal) -> Iterator[Fault]:
    """No role gets a right beside one that excludes it, and no pair is declared over a role that has both."""
    pairs = at.reading.all(DutyConflict, order=("holds", "excludes"))
    given = {line.key: position for position, line in at.lines.items() if _right(at.reading, line) is not None}
    declared = {line.key: position for position, line in at.of(DutyConflict)}
    for role, pair, one, other in held_together(at.reading, pairs):
        told = say(
            "{role} would have {one} and {other}, which are kept apart: {why}.",
            role=role,
            one=one,
            other=other,
            why=both(pair.reason_zh, pair.reason_en),
        )
        gives = [given[role, right] for right in (one, other) if (role, right) in given]
        if gives:
            yield Fault(max(gives), "business", told)
        elif (pair.holds, pair.excludes) in declared:
            yield Fault(declared[pair.holds, pair.excludes], "excludes", told)


def held_together(reading: Reading, pairs: Iterable[DutyConflict]) -> Iterator[tuple[str, DutyConflict, str, str]]:
    """Which roles have both rights of a pair, and which rights those are."""
    of_role: dict[str, list[str]] = {}
    for right in reading.all(RoleRight, order=("role", "business")):
        of_role.setdefault(right.role, []).append(right.business)
    for pair in pairs:
        for role, held in of_role.items():
            if found := both_sides(pair, held):
                yield role, pair, *found


def both_sides(pair: DutyConflict, held: Sequence[str]) -> tuple[str, str] | None:
    """Which of somebody's rights are the two sides of a pair, the first of each; None: they don't have both."""
    one = next((right for right in held if covers(pair.holds, right)), "")
    other = next((right for right in held if covers(pair.excludes, right)), "")
    return (one, other) if one and other else None


def covers(declared: str, right: str) -> bool:
    """Whether a side of a pair is about a right."""
    return declared == right or (declared == COUNTER and right.startswith("C"))


DUTY_CHECKS = (is_a_right, limits_fit, are_apart)
