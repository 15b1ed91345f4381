"""What a process can't be, said beside its field and row; nothing is changed by it (M19)."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.processes.kept_process import INFORM, STEPS
from data.errors import BadForm, BossError
from data.tables.order import Process
from tests.head_office import HeadOffice

UNTOLD = [step for step in STEPS if step != INFORM]


def edition(key: str, op: str = "change", **values: Any) -> dict[str, Any]:
    row = {"table": "process", "op": op, "key": key, "values": values}
    return {"title": "流程", "reason": "试", "effective_from": "", "scope": "", "rows": [row]}


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("draft_minutes", "0"),
        ("draft_minutes", "-5"),
        ("network_minutes", "10081"),
        ("limits", "create_subscriber | -1"),
        ("limits", "create_subscriber | 0"),
        ("limits", "nosuch | 5"),
        ("limits", "manual | 5"),  # it has limits of its own, by its kind
        ("limits", "change_sim | 5\nchange_sim | 6"),
        ("copies", "receipt | 0"),
        ("copies", "receipt | 99"),
        ("copies", "poster | 2"),
        ("copies", "receipt | 2\nreceipt | 3"),
        ("approvals", "nosuch | 100"),
        ("approvals", "clerk | 100"),
        ("approvals", "office | 0"),  # nobody at a counter has it
        ("approvals", "supervisor | -1"),
        ("approvals", "supervisor | 5\nmanager | 5"),
        ("steps", "identify\nqualify"),
        ("steps", "\n".join([*STEPS, "sing"])),
        ("steps", "\n".join([*STEPS, "order"])),
        ("steps", "\n".join([*STEPS[1:], STEPS[0]])),
        ("number", "BP002"),
    ],
)
def test_what_can_not_be_stands_beside_its_field(head_office: HeadOffice, column: str, typed: str) -> None:
    before = head_office.rows(Process)
    with pytest.raises(BossError) as refused:
        head_office.maker.managing.make("M19", edition("C1", **{column: typed}))
    fault = refused.value
    beside = [*fault.errors] if isinstance(fault, BadForm) else [str(fault.field)]
    assert [each for each in beside if each.endswith(column)], (beside, str(fault))
    assert head_office.rows(Process) == before


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (edition("C1", "end"), "changed, not ended"),
        (edition("C99", draft_minutes="5"), "C99"),
        (edition("", "add", business="C99", number="X1", steps="\n".join(STEPS)), "C99"),
        (edition("M6", approvals="supervisor | 0"), "M6"),
        (edition("M6", copies="receipt | 2"), "M6"),
    ],
)
def test_neither_does_a_business_of_none(head_office: HeadOffice, made: dict[str, Any], says: str) -> None:
    before = head_office.rows(Process)
    with pytest.raises(BossError) as refused:
        head_office.maker.managing.make("M19", made)
    assert says in str(refused.value) + str(getattr(refused.value, "errors", ""))
    assert head_office.rows(Process) == before


def test_what_can_be_is_taken(head_office: HeadOffice) -> None:
    values = {
        "limits": "create_subscriber | 30\nchange_sim | 1440",
        "approvals": " | 500\nmanager | 1000",
        "copies": "receipt | 2\ncontract | 9",
        "steps": "\n".join(UNTOLD),
    }
    made = head_office.maker.managing.make("M19", edition("C1", **values))
    assert head_office.checker.editions.approve(made.edition.id).state == "in_force"
    (row,) = head_office.rows(Process, business="C1")
    assert row.approvals == '[{"over":50000,"role":""},{"over":100000,"role":"manager"}]'
    assert row.copies == '[{"kind":"receipt","sheets":2},{"kind":"contract","sheets":9}]'
