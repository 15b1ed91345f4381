"""Who may do what, as a headquarters begins with it: roles, their rights, duties kept apart (catalogue F7, M7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.cash_limits import CASH_LIMITS
from data.standard.codes import BUSINESSES, MANAGEMENT
from data.standard.rows import Rows, table
from data.tables.organisation import CashLimit, DutyConflict, Role, RoleRight

OFFICE_ROLE, CASHIER_ROLE = "office", "cashier"
_ROLES = (  # code, names, grade, from, until
    ("clerk", "营业员", "Clerk", "clerk", "", ""),
    (CASHIER_ROLE, "收费员", "Cashier", "clerk", "08:00", "20:00"),
    ("supervisor", "值班长", "Supervisor", "supervisor", "", ""),
    ("manager", "厅经理", "Hall manager", "manager", "", ""),
    (OFFICE_ROLE, "省公司管理员", "Office", "manager", "", ""),
)
_APART = (  # right, right, why
    ("C*", "M7", "管人员的不办业务", "Who looks after the staff does no business at a counter"),
    ("C*", "M7.check", "管人员的不办业务", "Who looks after the staff does no business at a counter"),
    ("C12", "M8", "管信用的不收退费", "Who grades credit neither takes nor waives fees"),
)

_CLERK_LIMITS = {"C10": 1_000_000}
_CLERK_REFUND, _CLERK_REFUNDS = 200_000, 500_000
"""Fen that a clerk pays out alone at once, and in a day; what is taken in has no limit but those above."""
_CLERK_SUPERVISED = {"C9", "C5"}
_CASHIER_DOES = ("C11", "C12", "C13")
_OFFICE_ALONE = {"M7", "M8"}
"""What only the office manages, as long as who is of a hall does business at its counters (`_APART`)."""
_AT_HALLS = (("manager", "M8.raise"), ("manager", "M8.vouch"), ("supervisor", "M8.vouch"))
"""Role and right of what a hall does by itself, within what headquarters leaves to it."""
_SUPERVISOR_MANAGES = {"M3.2", "M5", "M9", "M10", "M11", "M13", "M14", "M16", "M19"}


def rows() -> Rows:
    """All of it."""
    yield Role, table(("code", "name_zh", "name_en", "grade", "from_time", "to_time"), _ROLES)
    yield RoleRight, list(_rights())
    yield DutyConflict, table(("holds", "excludes", "reason_zh", "reason_en"), _APART)
    yield CashLimit, [dict(row) for row in CASH_LIMITS]


def _rights() -> Iterator[dict[str, Any]]:
    """Clerks do every business, some up to an amount or with approval; supervisors run the hall; managers set it up."""
    for code in BUSINESSES:
        approval = "supervised" if code in _CLERK_SUPERVISED else "alone"
        for role in ("clerk", CASHIER_ROLE) if code in _CASHIER_DOES else ("clerk",):
            yield {
                "role": role,
                "business": code,
                "amount_limit": _CLERK_LIMITS.get(code, 0),
                "approval": approval,
                "refund_limit": _CLERK_REFUND,
                "refund_day_limit": _CLERK_REFUNDS,
            }
        yield {"role": "supervisor", "business": code}
        yield {"role": "manager", "business": code}
    yield from ({"role": role, "business": right} for role, right in _AT_HALLS)
    for code in MANAGEMENT:
        for right in (code, f"{code}.check", f"{code}.emergency"):
            yield {"role": OFFICE_ROLE, "business": right}
            if code not in _OFFICE_ALONE:
                yield {"role": "manager", "business": right}
        if code in _SUPERVISOR_MANAGES:
            yield {"role": "supervisor", "business": code}
