"""What somebody may do, in words: rights with their bounds, hours, and who signs on nowhere."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.m07 import trial
from boss_tui.management.m07.trial import PersonTrialForm, may_or_leaves
from data.errors import BadForm
from data.message import say
from data.tables.organisation import Operator, Outlet, Role, RoleRight
from tests.boss_tui.components.rows import Rows, context, row

PERSON = {"staff_no": "1001", "name": "王小明", "role": "clerk", "outlet": "HZ01", "state": "active"}
ROLE = {"code": "clerk", "name_zh": "营业员", "name_en": "Clerk"}
HALLS = [row(Outlet, code="HZ01", name_zh="一"), row(Outlet, code="HZ09", name_zh="九", state="closed")]


def told(asked: dict[str, str], *rows: Any, of: dict[str, Any] | None = None, **person: Any) -> list[tuple[str, str]]:
    there = [row(Operator, **{**PERSON, **person}), row(Role, **{**ROLE, **(of or {})}), *HALLS, *rows]
    at = context(Rows(*there), business="M7")
    facts = may_or_leaves(at, PersonTrialForm.read({"staff_no": "1001", **asked}))
    return [(str(fact.label), str(fact.value)) for fact in facts]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"staff_no": "1009"}, "staff_no"),
        ({"business": "C99"}, "business"),
        ({"to_outlet": "HZ01"}, "to_outlet"),
        ({"to_outlet": "HZ09"}, "to_outlet"),
        ({"to_outlet": "XX"}, "to_outlet"),
    ],
)
def test_who_or_what_there_is_not_is_said_so(asked: dict[str, str], field: str) -> None:
    with pytest.raises(BadForm) as refused:
        list(told(asked))
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize(
    ("right", "said"),
    [
        ({}, "alone"),
        ({"approval": "supervised"}, "with a supervisor's word"),
        ({"amount_limit": 100}, "alone; up to 1.00 yuan"),
        ({"refund_limit": 250}, "alone; pays out 2.50 yuan"),
        ({"amount_limit": 100, "refund_limit": 1}, "alone; up to 1.00 yuan; pays out 0.01 yuan"),
    ],
)
def test_a_right_is_told_with_its_bounds(right: dict[str, Any], said: str) -> None:
    found = row(RoleRight, **{"role": "clerk", "business": "C1", "approval": "none", **right})
    assert str(trial._in_words(found)) == said


@pytest.mark.parametrize(
    ("person", "role", "labels"),
    [
        ({}, {}, []),
        ({"state": "locked"}, {}, [("State", "locked: signs on nowhere")]),
        ({"state": "left"}, {}, [("State", "has left: signs on nowhere")]),
        ({}, {"from_time": "08:00"}, ["Works"]),
        ({}, {"to_time": "18:00"}, ["Works"]),
        ({}, {"weekdays": "12345"}, ["Works"]),
        ({"role": "gone"}, {"weekdays": "12345"}, []),
    ],
)
def test_who_they_are_is_told_first(person: dict[str, Any], role: dict[str, Any], labels: list[Any]) -> None:
    found = told({"business": "M5"}, of=role, **person)
    assert found[0][0] == "Role"
    others = [fact if isinstance(labels[0], tuple) else fact[0] for fact in found[1:-3]] if labels else found[1:-3]
    assert others == labels


@pytest.mark.parametrize(
    ("held", "said"),
    [([], "no no no"), (["M5"], "yes no no"), (["M5.check"], "no yes no"), (["M5.emergency", "M6"], "no no yes")],
)
def test_a_business_of_management_is_changed_checked_or_done_at_once(held: list[str], said: str) -> None:
    rights = [row(RoleRight, role="clerk", business=each) for each in held]
    found = told({"business": "M5"}, *rights, row(RoleRight, role="other", business="M5"))
    assert [label for label, _ in found[-3:]] == ["Changes", "Checks", "At once"]
    assert " ".join(value for _, value in found[-3:]) == said


@pytest.mark.parametrize(("time", "outside"), [("07:59", True), ("08:00", False), ("17:59", False), ("18:01", True)])
def test_hours_are_those_of_the_role(time: str, outside: bool) -> None:
    right = row(RoleRight, role="clerk", business="C2", approval="none")
    found = told({"business": "C2", "time": time}, right, of={"from_time": "08:00", "to_time": "18:00"})
    assert ([label for label, _ in found[2:]] == ["Allowed"]) is not outside


@pytest.mark.parametrize(
    ("asked", "labels"),
    [({"leaves": "y"}, ["Still has", "Still has"]), ({"to_outlet": "HZ02"}, ["First", "Still has"])],
)
def test_what_must_end_first_is_told_of_who_moves(
    monkeypatch: pytest.MonkeyPatch, asked: dict[str, str], labels: list[str]
) -> None:
    """Who leaves is gone whatever they hold."""
    held = [SimpleNamespace(first=first, what=say("a drawer"), then=say("count it")) for first in (True, False)]
    monkeypatch.setattr(trial, "Leaving", lambda _: SimpleNamespace(held=lambda _: held))
    found = told(asked, row(Outlet, code="HZ02", name_zh="二"))[1:]
    assert [label for label, _ in found[:2]] == labels
    assert {value for _, value in found[:2]} == {"a drawer. count it"}
