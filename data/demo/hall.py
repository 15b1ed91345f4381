"""The hall itself: outlet, counters, staff and their rights, printers (catalogue F7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.demo_staff import PASSWORD
from data.standard import people
from data.standard.people import OFFICE_ROLE
from data.standard.rows import Rows
from data.tables.organisation import Counter, Operator, Outlet
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
_OFFICE_STAFF = (("3001", "顾文清", OFFICE_ROLE), ("3002", "陆明远", OFFICE_ROLE), ("3003", "邵静", OFFICE_ROLE))


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
    yield Operator, _staff(OUTLET, _STAFF, hasher)
    yield from people.rows()
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
