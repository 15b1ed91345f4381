"""A run of all questions against the orders of the past: by pages, with the manager's own draft in them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.management.m02_2 import run as m02_2_run
from data.errors import NotAllowed
from data.message import say
from data.tables.eligibility import BusinessInterface, InterfaceAnswer
from data.tables.job import Job
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import row
from tests.head_office import HeadOffice

NEVER = {
    "code": "never",
    "name_zh": "从不",
    "rule": "order.business != 'C1'",
    "reason_zh": "不可",
    "reason_en": "Not so.",
}


def drafted(office: HeadOffice, business: str = "C1", on_no: str = "no") -> None:
    """A draft of a manager's: a rule that no order of the business fulfils, and that it is asked."""
    edit = office.maker.managing
    edit.add("M2.1/interface", NEVER, title="A rule", reason="new")
    edit.add(
        "M2.2/business_interface", {"business": business, "interface": "never", "on_no": on_no}, title="x", reason="y"
    )


def ran(office: HeadOffice) -> Job:
    files = office.maker.row_files
    job = files.begin_run("M2.2")
    while job.state == "running":
        job = files.step(job.id)
    return job


def orders(office: HeadOffice, business: str) -> list[Any]:
    found = office.rows(ProductOrder, business=business)
    return [order for order in found if order.customer_id]


@pytest.mark.parametrize(("on_no", "words"), [("no", "{n} of"), ("override", "{n} would have needed a supervisor")])
def test_what_a_draft_would_have_refused(
    head_office: HeadOffice, monkeypatch: pytest.MonkeyPatch, on_no: str, words: str
) -> None:
    monkeypatch.setattr(m02_2_run, "NAMED", 1)
    before = len(head_office.rows(BusinessInterface))
    drafted(head_office, on_no=on_no)
    job = ran(head_office)
    n = len(orders(head_office, "C1"))
    assert m02_2_run.NAMED < n < m02_2_run.MOST
    first, *lines = [str(line) for line in head_office.maker.row_files.told(job)]
    assert words.format(n=n) in first
    assert sum("Not so." in line for line in lines) == m02_2_run.NAMED
    assert (job.state, job.done) == ("done", job.total)
    assert len(head_office.rows(BusinessInterface)) == before
    assert head_office.rows(InterfaceAnswer) == []


def test_as_the_questions_stand_none_of_them_was(head_office: HeadOffice) -> None:
    said = json.loads(ran(head_office).said)
    assert (said["refused"], said["override"]) == ({}, {})
    assert sum(said["seen"].values()) == sum(said["of"].values())


def test_each_order_is_looked_at_once_page_by_page(head_office: HeadOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(m02_2_run, "STEP", 2)
    monkeypatch.setattr(m02_2_run, "MOST", 5)
    monkeypatch.setattr(m02_2_run, "NAMED", 99)
    drafted(head_office)
    job = ran(head_office)
    said = json.loads(job.said)
    named = [serial for code, serial, *_ in said["named"] if code == "C1"]
    latest = sorted(orders(head_office, "C1"), key=lambda order: (order.created_at, order.id), reverse=True)[:5]
    assert named == [order.serial for order in latest]
    assert said["seen"]["C1"] == said["refused"]["C1"] == len(latest)


def test_stopped_and_gone_on_with(head_office: HeadOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(m02_2_run, "STEP", 2)
    drafted(head_office)
    files = head_office.maker.row_files
    job = files.step(files.begin_run("M2.2").id)
    files.stop(job.id)
    assert files.step(job.id).done == job.done
    job = files.go_on(job.id)
    while job.state == "running":
        job = files.step(job.id)
    assert json.loads(job.said)["refused"] == {"C1": len(orders(head_office, "C1"))}


def test_where_nothing_is_asked_there_is_nothing_to_try(
    head_office: HeadOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(m02_2_run, "how_many", lambda *_: 0)
    with pytest.raises(NotAllowed):
        head_office.maker.row_files.begin_run("M2.2")


def test_a_run_is_told_in_all_by_business_and_by_order() -> None:
    said = {
        "refused": {"C1": 2},
        "override": {"C5": 1},
        "seen": {"C1": 10, "C5": 3, "C6": 0},
        "named": [["C1", "S1", "2026-11-23", say("Not so.").as_json()]],
    }
    assert [str(line) for line in m02_2_run.told(row(Job, said=json.dumps(said)))] == [
        "2 of 13 orders would have been refused, 1 would have needed a supervisor.",
        "C1: 2 of the last 10 refused, 0 by a supervisor",
        "C5: 0 of the last 3 refused, 1 by a supervisor",
        "C6: 0 of the last 0 refused, 0 by a supervisor",
        "C1 S1 of 2026-11-23: Not so.",
        "and 2 more",
    ]
