"""The hall itself: outlet, counters, staff and their rights, printers (catalogue F7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from data.cash_limits import CASH_LIMITS
from data.demo_staff import PASSWORD
from data.tables.base import Table
from data.tables.organisation import CashLimit, Counter, DutyConflict, Operator, Outlet, Role, RoleRight
from data.tables.printing import ANY, PrinterRoute
from data.tables.sync import Printer

ELEMENT = "HLR01"
OUTLET = "HZ01"
COUNTERS = ("HZ0101", "HZ0102", "HZ0103", "HZ0104")
OFFICE, OFFICE_COUNTER = "HQ", "HQ01"
"""Headquarters' own station."""
NO_PASSWORD = ""

REGION = "杭州"
SCOPES = ("", f"region:{REGION}", "channel:own", f"outlet:{OUTLET}")
"""To whom headquarters publishes what this hall reads."""

_STAFF = (
    ("1001", "陈晓燕", "clerk"),
    ("1002", "王建国", "clerk"),
    ("1003", "林 Lily", "clerk"),
    ("1004", "周婷", "clerk"),
    ("2001", "徐志强", "supervisor"),
    ("2002", "沈月华", "manager"),
)
OFFICE_ROLE, CASHIER_ROLE = "office", "cashier"
_OFFICE_STAFF = (("3001", "顾文清", OFFICE_ROLE), ("3002", "陆明远", OFFICE_ROLE), ("3003", "邵静", OFFICE_ROLE))
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

BUSINESSES = (
    "C1",
    "C2",
    "C3",
    "C4.1",
    "C4.2",
    "C4.3",
    "C4.4",
    "C5",
    "C6",
    "C7.1",
    "C7.2",
    "C7.3",
    "C7.4",
    "C7.5",
    "C8",
    "C9",
    "C10",
    "C11",
    "C12",
    "C13",
)
MANAGEMENT = (
    "M1",
    "M2.1",
    "M2.2",
    "M3.1",
    "M3.2",
    "M4",
    "M5",
    "M6",
    "M7",
    "M8",
    "M9",
    "M10",
    "M11",
    "M12",
    "M13",
    "M14",
    "M16",
    "M17.1",
    "M17.2",
    "M18",
    "M19",
)

_CLERK_LIMITS = {"C10": 1_000_000}
_CLERK_REFUND, _CLERK_REFUNDS = 200_000, 500_000
"""Fen that a clerk pays out alone at once, and in a day; what is taken in has no limit but those above."""
_CLERK_SUPERVISED = {"C9", "C5"}
_CASHIER_DOES = ("C11", "C12", "C13")
_OFFICE_ALONE = {"M7", "M8"}
"""What only the office manages, as long as who is of a hall does business at its counters (`_APART`)."""
_SUPERVISOR_MANAGES = {"M3.2", "M5", "M9", "M10", "M11", "M13", "M14", "M16", "M19"}

Rows = Iterator[tuple[type[Table], list[dict[str, Any]]]]


def rows(hasher: Callable[[str], str], printers: dict[str, str]) -> Rows:
    """The hall's rows. `hasher` makes a stored hash of a password; `printers`: addresses by profile (58mm, 80mm)."""
    yield (
        Outlet,
        [
            {
                "code": OUTLET,
                "name_zh": "城关营业厅",
                "name_en": "Chengguan Hall",
                "province": "浙江",
                "region": REGION,
            }
        ],
    )
    yield (
        Counter,
        [
            {"code": code, "outlet": OUTLET, "name_zh": f"{n}号台", "name_en": f"Counter {n}"}
            for n, code in enumerate(COUNTERS, 1)
        ],
    )
    yield (
        Role,
        [dict(zip(("code", "name_zh", "name_en", "grade", "from_time", "to_time"), r, strict=True)) for r in _ROLES],
    )
    yield Operator, _staff(OUTLET, _STAFF, hasher)
    yield RoleRight, list(_rights())
    yield (
        DutyConflict,
        [dict(zip(("holds", "excludes", "reason_zh", "reason_en"), pair, strict=True)) for pair in _APART],
    )
    yield CashLimit, [dict(row) for row in CASH_LIMITS]
    yield (
        Printer,
        [
            {"code": f"P{profile[:2]}", "address": address, "profile": profile, "kinds": _KINDS[profile]}
            for profile, address in printers.items()
        ],
    )
    shared = "80mm" if "80mm" in printers else next(iter(printers), "")
    yield PrinterRoute, [{"counter": ANY, "kind": ANY, "printer": f"P{shared[:2]}"}] if shared else []


def office(hasher: Callable[[str], str]) -> Rows:
    """Headquarters' own station, as `rows` has the hall: where management is done."""
    yield (
        Outlet,
        [
            {
                "code": OFFICE,
                "name_zh": "省公司管理室",
                "name_en": "Headquarters' Office",
                "province": "浙江",
            }
        ],
    )
    yield Counter, [{"code": OFFICE_COUNTER, "outlet": OFFICE, "name_zh": "管理台", "name_en": "Management"}]
    yield Operator, _staff(OFFICE, _OFFICE_STAFF, hasher)


def _staff(outlet: str, people: tuple[tuple[str, str, str], ...], hasher: Callable[[str], str]) -> list[dict[str, Any]]:
    return [
        {
            "staff_no": number,
            "outlet": outlet,
            "name": name,
            "role": role,
            "password_hash": hasher(PASSWORD),
            "password_use": "lasting",
        }
        for number, name, role in people
    ]


_KINDS = {"80mm": "invoice,receipt,slip,contract,report,cash", "58mm": "receipt,slip,cash"}


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
    for code in MANAGEMENT:
        for right in (code, f"{code}.check", f"{code}.emergency"):
            yield {"role": OFFICE_ROLE, "business": right}
            if code not in _OFFICE_ALONE:
                yield {"role": "manager", "business": right}
        if code in _SUPERVISOR_MANAGES:
            yield {"role": "supervisor", "business": code}
