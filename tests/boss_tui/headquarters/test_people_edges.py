"""Whose word an order needs, as headquarters works it out: each condition alone, and each limit on both sides."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.headquarters.rules import people
from boss_tui.headquarters.rules.claim import Claim, Known
from data.journal import Change
from data.tables.credit_control import ControlOrder
from data.tables.organisation import Role
from tests.boss_tui.components.rows import Rows, row
from tests.boss_tui.headquarters.test_admission import entry

RIGHT = {"approval": "alone", "amount_limit": 1000, "refund_limit": 300, "refund_day_limit": 500}


def needs(right: dict[str, Any] | None = None, *, amount: int = 0, taken: int = 0, before: int = 0) -> bool:
    order = {"operator": "1001", "amount": amount}
    return people._needs_word({**RIGHT, **(right or {})}, order, taken, before)


@pytest.mark.parametrize(
    ("right", "order", "word"),
    [
        ({}, {}, False),
        ({"approval": "supervised"}, {}, True),
        ({}, {"taken": 1000}, False),
        ({}, {"taken": 1001}, True),
        ({"amount_limit": 0}, {"taken": 999_999}, False),
        ({"amount_limit": 1}, {"taken": 1}, False),
        ({}, {"amount": -300}, False),
        ({}, {"amount": -301}, True),
        ({}, {"amount": 301}, False),
        ({"refund_limit": 0}, {"amount": -301}, False),
        ({}, {"amount": -300, "before": 200}, False),
        ({}, {"amount": -300, "before": 201}, True),
        ({}, {"amount": 0, "before": 501}, False),
        ({"refund_day_limit": 0}, {"amount": -300, "before": 9999}, False),
    ],
)
def test_what_a_role_does_not_do_by_itself(right: dict[str, Any], order: dict[str, Any], word: bool) -> None:
    assert needs(right, **order) == word


@pytest.mark.parametrize(
    ("approvers", "back", "another"),
    [
        ([], False, False),
        (["1001"], False, False),
        (["2001"], False, True),
        (["1001", "2001"], False, True),
        ([], True, False),
        (["1001"], True, True),
    ],
)
def test_another_person_allowed_it(approvers: list[str], back: bool, another: bool) -> None:
    assert people.by_another({"operator": "1001"}, approvers, opposite=back) == another


@pytest.mark.parametrize(
    ("outlet", "state", "role", "works", "allows"),
    [
        ("HZ01", "active", "supervisor", True, True),
        ("HZ01", "locked", "supervisor", True, True),
        ("HZ01", "left", "supervisor", False, False),
        ("HZ02", "active", "supervisor", False, False),
        ("HZ01", "active", "clerk", True, False),
        ("HZ01", "active", "manager", True, True),
        ("HZ01", "active", "night", True, True),  # a role of the grade of a supervisor
        ("HZ01", "active", "cashier", True, False),
        ("HZ01", "active", "nobody", True, False),
        ("HZ01 2026-07-27", "active", "supervisor", True, True),
        ("HZ01 2026-07-26", "active", "supervisor", False, False),  # rights that lapsed, nobody having confirmed them
    ],
)
def test_who_works_at_an_outlet_and_who_allows_there(
    outlet: str, state: str, role: str, works: bool, allows: bool
) -> None:
    at, _, confirmed_on = outlet.partition(" ")
    person = {"outlet": at, "state": state, "role": role, "confirmed_on": confirmed_on}
    roles = (row(Role, code=code, grade=grade) for code, grade in (("night", "supervisor"), ("cashier", "clerk")))
    known: Any = Known(Rows(*roles))  # type: ignore[arg-type]
    assert (
        people._works(known, person, "HZ01", "2026-11-23"),
        people._allows(known, person, "HZ01", "2026-11-23"),
    ) == (works, allows)


@pytest.mark.parametrize(
    ("told", "done", "business", "paid", "stands"),
    [
        ({}, {}, "C6", False, True),
        ({"outlet": "HZ02"}, {}, "C6", False, False),
        ({"subscription_id": "other"}, {}, "C6", False, False),
        ({}, {"order_id": "other"}, "C6", False, False),
        ({}, {"control_order": "none"}, "C6", False, False),
        ({}, {}, "C9", False, True),
        ({}, {}, "C1", False, False),
        ({}, {}, "C6", True, False),
    ],
)
def test_what_credit_control_has_told_an_outlet_is_done_by_the_program_itself(
    told: dict[str, str], done: dict[str, str], business: str, paid: bool, stands: bool
) -> None:
    known = Known(Rows(row(ControlOrder, **{"id": "k", "outlet": "HZ01", "subscription_id": "s", **told})))  # type: ignore[arg-type]
    order = {"id": "o", "outlet": "HZ01", "subscription_id": "s", "business": business}
    claim = Claim(entry([]), [])
    claim.added["control_done"].append({"control_order": "k", "order_id": "o", **done})
    if paid:
        claim.added["payment"].append({"order_id": "o"})
    assert people._of_control(known, claim, order) is stands


@pytest.mark.parametrize(("order", "stands"), [("o", True), ("other", False)])
def test_so_is_what_takes_it_back(order: str, stands: bool) -> None:
    known = Known(Rows(row(ControlOrder, id="k", outlet="HZ01", subscription_id="s")))  # type: ignore[arg-type]
    claim = Claim(entry([]), [])
    claim.changed["control_done"].append(Change("control_done", "change", ("k",), 1, {"undone_order": order}))
    made = {"id": "o", "outlet": "HZ01", "subscription_id": "s", "business": "C6"}
    assert people._of_control(known, claim, made) is stands
