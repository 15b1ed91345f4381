"""Headquarters' rules over an entry's rows: which orders need a link, which states follow which, at their edges."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.headquarters import rules
from boss_tui.headquarters.rules import moves, offline
from data.journal import Change
from data.states import MOVES

NEEDS_LINK = next(code for code, business in BUSINESSES.items() if business.offline == "form_only")
ANYWHERE = next(code for code, business in BUSINESSES.items() if business.offline == "allowed")


def claim(*orders: dict[str, Any], **changed: list[Change]) -> Any:
    standard = {"id": "o1", "serial": "S1", "amount": 0, "reverses": "", "business_date": "2026-11-23"}
    return SimpleNamespace(
        entry=None, added={"product_order": [{**standard, **order} for order in orders]}, changed=changed
    )


def known(linked: str = "yes", rows: dict[str, dict[str, Any]] | None = None) -> Any:
    return SimpleNamespace(
        linked=lambda _entry: linked, row=lambda _model, key: (rows or {}).get(key), was_published=lambda *_: False
    )


@pytest.mark.parametrize(
    ("business", "reverses", "linked", "notes"),
    [
        (NEEDS_LINK, "", "yes", []),
        (NEEDS_LINK, "", "no", [False]),
        (NEEDS_LINK, "", "perhaps", [True]),
        (NEEDS_LINK, "o0", "no", []),
        (ANYWHERE, "", "no", []),
        ("C99", "", "no", []),
    ],
)
def test_an_order_without_the_link_that_it_needs_is_told(
    business: str, reverses: str, linked: str, notes: list[bool]
) -> None:
    found = list(offline.judge(known(linked), claim({"business": business, "reverses": reverses})))
    assert [(fault.reason, fault.note) for fault in found] == [("offline", note) for note in notes]
    assert [fault.detail for fault in found] == [{"what": f"{business} S1", "order": "o1"} for _ in notes]


def test_each_order_of_an_entry_is_looked_at() -> None:
    told = claim(
        {"business": ANYWHERE, "id": "a"},
        {"business": NEEDS_LINK, "id": "b"},
        {"business": "C99"},
        {"business": NEEDS_LINK, "id": "c"},
    )
    assert [fault.detail["order"] for fault in offline.judge(known("no"), told)] == ["b", "c"]


STATES = MOVES["subscription"]
BEFORE = next(state for state in STATES if STATES[state])
AFTER = next(iter(STATES[BEFORE]))
NEVER = next(state for state in STATES if state not in STATES[BEFORE] and state != BEFORE)


@pytest.mark.parametrize(
    ("here", "base", "values", "told"),
    [
        ({"state": BEFORE, "revision": 3}, 3, {"state": AFTER}, False),
        ({"state": BEFORE, "revision": 3}, 3, {"state": NEVER}, True),
        ({"state": BEFORE, "revision": 4}, 3, {"state": NEVER}, False),
        ({"state": BEFORE, "revision": 3}, 3, {"note": "x"}, False),
        (None, 3, {"state": NEVER}, False),
    ],
)
def test_a_state_that_follows_no_other_is_told(
    here: dict[str, Any] | None, base: int, values: dict[str, Any], told: bool
) -> None:
    rows: dict[str, Any] = {} if here is None else {"k": here}
    found = list(
        moves.judge(known(rows=rows), claim(subscription=[Change("subscription", "change", ("k",), base, values)]))
    )
    what = [{"what": f"subscription k: {BEFORE} → {NEVER}", "table": "subscription"}] if told else []
    assert [(fault.reason, fault.detail) for fault in found] == [("move", values) for values in what]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([(3, "suspended"), (4, "active"), (5, "pendingTerminate")], ""),
        ([(3, None), (4, "terminated")], "active → terminated"),  # what comes before does not hide it
        ([(3, "pendingTerminate"), (4, "terminated"), (5, "active")], "terminated → active"),
        ([(4, "terminated")], ""),  # by a step that was put aside
        ([(4, "pendingActive")], "active → pendingActive"),
        ([(5, "suspended"), (6, "pendingActive")], "suspended → pendingActive"),
        ([(2, "pendingActive")], ""),  # it is stale, and told so
        ([(2, "pendingActive"), (3, "terminated")], "active → terminated"),
    ],
)
def test_each_state_of_an_entry_follows_the_one_before(steps: list[tuple[int, str | None]], told: str) -> None:
    changes = [
        Change("subscription", "change", ("k",), base, {} if state is None else {"state": state})
        for base, state in steps
    ]
    found = moves.judge(known(rows={"k": {"state": "active", "revision": 3}}), claim(subscription=changes))
    assert [fault.detail["what"] for fault in found] == ([f"subscription k: {told}"] if told else [])


def test_an_order_of_no_business_has_no_form() -> None:
    (fault,) = moves.judge(known(), claim({"business": "C99", "state": "completed", "subscription_id": None}))
    assert (fault.reason, fault.detail) == ("form", {"what": "C99", "order": "o1"})


def test_each_rule_is_told_once_where_they_are_told_of() -> None:
    told = re.findall(r"`(\w+)`", rules.__doc__ or "")
    assert sorted(told) == sorted(judge.__module__.rpartition(".")[2] for judge in rules.RULES)
