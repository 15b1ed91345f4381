"""How much cash a person may move by themselves, and who must allow more (catalogue M11; table `cash_limit`). Fen."""

from __future__ import annotations

from collections.abc import Mapping

from boss_tui.components.operators.delegations import gives, stands_in_for
from boss_tui.components.operators.grades import grade_of, supervises
from boss_tui.forms.typed import yuan
from data.cash_limits import CASH_LIMITS
from data.errors import NotAllowed
from data.message import say
from data.store import Reading
from data.tables.organisation import CashLimit, Operator

APPROVED_BY = "approved_by"
"""The field of a refusal that a supervisor's word overcomes."""


def is_supervisor(reading: Reading, staff_no: str) -> bool:
    """Whether this is a supervisor or manager who is at work here."""
    operator = reading.find(Operator, staff_no=staff_no)
    return operator is not None and supervises(reading, operator)


def must_supervise(reading: Reading, staff_no: str) -> None:
    """NotAllowed for an approver who is none."""
    if staff_no and not gives(reading, staff_no):
        raise NotAllowed(say("{operator} is not a supervisor here.", operator=staff_no), field=APPROVED_BY)


def must_be_theirs(reading: Reading, cashier: str, operator: str, approved_by: str) -> None:
    """NotAllowed unless the drawer is the operator's own, or a supervisor acts or allows it: else nobody could be held
    to what is counted in it."""
    if operator == cashier or is_supervisor(reading, operator) or gives(reading, approved_by):
        return
    told = say("This is the drawer of {operator}: they move its cash, or a supervisor allows it.", operator=cashier)
    raise NotAllowed(told, field=APPROVED_BY)


def must_be_within(
    reading: Reading, limit: str, amount: int, operator: str, approved_by: str = "", before: int = 0
) -> None:
    """NotAllowed when an amount (fen) is more than the operator's role moves by itself, and nobody who may has allowed
    it; beside the amount where nobody may. `limit`: a column of `CashLimit`; `before`: what it was used for already."""
    limits = limits_of(reading, limit)
    most = max(limits.values(), default=0)
    if amount > most:
        raise NotAllowed(say("At most {limit} yuan are moved at once.", limit=yuan(most)), field="amount")
    own = max(limit_of(reading, limit, who) for who in (operator, approved_by, stands_in_for(reading, approved_by)))
    if amount + before > own:
        told = say("More than {limit} yuan at once: a supervisor must approve.", limit=yuan(own))
        if before:
            told = say(
                "With {before} yuan before it, more than {limit} yuan in this shift: a supervisor must approve.",
                before=yuan(before),
                limit=yuan(own),
            )
        if approved_by:
            told = say(
                "More than {limit} yuan at once: not even {operator} may allow that.",
                limit=yuan(own),
                operator=approved_by,
            )
        raise NotAllowed(told, field=APPROVED_BY)


def limits_of(reading: Reading, limit: str) -> Mapping[str, int]:
    """A limit of each role, in fen: as headquarters publishes it, else as every outlet has it."""

    def published() -> Mapping[str, int]:
        rows = [row.__dict__ for row in reading.all(CashLimit)] or CASH_LIMITS
        return {row["role"]: row[limit] for row in rows}

    return reading.worked_out(f"cash limits {limit}", published)


def limit_of(reading: Reading, limit: str, staff_no: str) -> int:
    """A limit of a person's role, in fen: that of its grade, where the role has none of its own."""
    limits, role = limits_of(reading, limit), _role(reading, staff_no)
    return limits.get(role, limits.get(grade_of(reading, role), 0)) if role else 0


def _role(reading: Reading, staff_no: str) -> str:
    person = reading.find(Operator, staff_no=staff_no) if staff_no else None
    return person.role if person is not None and person.state == "active" else ""
