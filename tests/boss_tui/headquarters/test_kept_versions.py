"""Headquarters knows the version of a process that an order kept, and whose word that one asks for (M19)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.editions.lines import RowEdit, stored
from boss_tui.headquarters.rules import processes
from data.tables.edition import PublishedLine
from data.tables.order import Process, ProductOrder
from data.tables.organisation import Operator, Role
from data.tables.sync import SyncException
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import claim, known, order, published, told
from tests.boss_tui.headquarters.test_scoped import in_force
from tests.hall import FACTS
from tests.linked_hall import LinkedHall, make_template

SURE, NOTE = ("approval", False), ("approval", True)
BEGUN_THAT_DAY, BEGUN_BEFORE = "01a2068f-8a00-7000-8000-000000000000", "01a1f71c-7600-7000-8000-000000000000"
"""Keys of forms: of 2026-11-23, as `DAY`, and of days before."""
PLAIN = {"number": "BP012", "steps": "[]", "network_minutes": 60, "limits": "[]", "approvals": "[]", "copies": "[]"}


def asking(*words: tuple[str, int]) -> str:
    return json.dumps([{"role": role, "over": over} for role, over in words])


def staff() -> list[Any]:
    at_work = {"outlet": "HZ01", "state": "active"}
    grades = {"clerk": "clerk", "supervisor": "supervisor", "cashier": "supervisor", "manager": "manager"}
    people = {"1001": "clerk", "2001": "supervisor", "2002": "manager", "2003": "cashier"}
    return [
        *(row(Role, code=code, grade=grade) for code, grade in grades.items()),
        *(row(Operator, staff_no=staff_no, role=role, **at_work) for staff_no, role in people.items()),
    ]


@pytest.mark.parametrize(
    ("words", "done", "found"),
    [
        ((), {}, []),
        ([("", 0)], {}, [SURE]),
        ([("", 0)], {"approved_by": "2001"}, []),
        ([("", 0)], {"operator": "2001", "approved_by": "2001"}, [SURE]),
        ([("", 0)], {"reverses": "o0"}, []),
        ([("", 0)], {"operator": SCHEDULER}, []),
        ([("", 500)], {"amount": 500}, []),
        ([("", 500)], {"amount": 501}, [SURE]),
        ([("", 500)], {"amount": -501}, [SURE]),
        ([("supervisor", 0)], {"approved_by": "2001"}, []),
        ([("supervisor", 0)], {"approved_by": "2003"}, [SURE]),  # of the same grade, of another role
        ([("supervisor", 0)], {"approved_by": "2002"}, []),
        ([("manager", 0)], {"approved_by": "2001"}, [SURE]),
        ([("", 0), ("manager", 500)], {"amount": 500, "approved_by": "2001"}, []),
        ([("", 0), ("manager", 500)], {"amount": 501, "approved_by": "2001"}, [SURE]),
    ],
)
def test_who_is_asked_for_gave_their_word(words: Any, done: dict[str, Any], found: list[tuple[str, bool]]) -> None:
    here = row(Process, **{"business": "C12", "revision": 1, **PLAIN, "approvals": asking(*words)})
    made = {"draft_id": "d", "process_version": 1, **done}
    assert told(processes.judge(known(*staff(), here), claim(order(**made)))) == found


@pytest.mark.parametrize(
    ("version", "begun", "found"),
    [(1, BEGUN_BEFORE, []), (1, BEGUN_THAT_DAY, [NOTE]), (1, "d", [NOTE]), (2, BEGUN_BEFORE, [SURE]), (0, "d", [SURE])],
)
def test_a_form_of_days_before_goes_by_the_version_of_then(version: int, begun: str, found: list[Any]) -> None:
    key = ("C12",)
    now = row(Process, business="C12", revision=2, **{**PLAIN, "approvals": asking(("", 0))})
    lines = [
        row(PublishedLine, **stored(RowEdit("process", key, "add", PLAIN), 1, 0, "2026-01-01", at_once=False)),
        published(2, "process", key, DAY, approvals=asking(("", 0))),
    ]
    made = order(process_version=version, draft_id=begun)
    assert told(processes.judge(known(*staff(), now, *lines), claim(made))) == found


def test_nobody_goes_by_a_version_that_never_was() -> None:
    here = row(Process, business="C12", revision=1, **PLAIN)
    for version, found in ((0, []), (1, []), (2, [("form", False)])):
        for of in ({}, {"reverses": "o0"}, {"operator": SCHEDULER}):
            made = order(process_version=version, draft_id="d", **of)
            assert told(processes.judge(known(*staff(), here), claim(made))) == found


@pytest.fixture(scope="module")
def linked_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("linked"))


@pytest.fixture
def linked(linked_made: Path, tmp_path: Path) -> Iterator[LinkedHall]:
    made = LinkedHall.copied(linked_made, tmp_path)
    yield made
    made.close()


def test_what_was_begun_before_and_what_was_allowed_after_both_stand(linked: LinkedHall) -> None:
    hall = linked.hall
    old = hall.filled()
    values = {"approvals": ["supervisor | 0"], "copies": [{"kind": "receipt", "sheets": 2}], "draft_minutes": 90}
    in_force(linked, "M19", "", {"table": "process", "op": "change", "key": "C1", "values": values})
    linked.exchange()
    hall.desk.orders.complete(old.id, [Tender("cash", old.quote.due)])
    hall.desk.serving.next_customer()
    new = hall.desk.approvals.approve(hall.filled().id, FACTS.supervisor, FACTS.password)
    hall.desk.orders.complete(new.id, [Tender("cash", new.quote.due)])
    linked.exchange()
    sold = [each for each in linked.central_rows(ProductOrder, business="C1") if each.process_version]
    kept = {each.process_version: each.approved_by for each in sold}
    (here,), (there,) = hall.rows(Process, business="C1"), linked.central_rows(Process, business="C1")
    assert (here, kept) == (there, {there.revision - 1: "", there.revision: FACTS.supervisor})
    assert {each.state for each in linked.central_rows(SyncException)} <= {"noted"}
