"""A run of the rules over all customers: in steps, into editions, which go to the outlet alone whose they are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.management.kit import runs
from boss_tui.management.m03_2 import classifying
from boss_tui.management.m03_2 import run as m03_run
from data.errors import Conflict, NotAllowed
from data.tables.customer import Customer, CustomerClass
from data.tables.edition import Edition, EditionLine
from data.tables.job import Job
from data.tables.sync import FeedItem
from tests.head_office import HeadOffice

SAID = {"title": "Classes of November", "reason": "monthly"}


def ruled(office: HeadOffice, code: str, category: str, conditions: str, rank: str = "1", op: str = "add") -> None:
    """A rule, in force."""
    values = {"code": code, "name_zh": code, "category": category, "rank": rank, "conditions": conditions}
    if op == "end":
        made = office.maker.managing.end("M3.2/class_rule", [(code,)], title="No rule", reason="over").edition
    else:
        made = office.maker.managing.add("M3.2/class_rule", values, title="A rule", reason="new").edition
    office.maker.editions.submit(made.id)
    assert office.checker.editions.approve(made.id).state == "in_force"


def ran(office: HeadOffice, **said: str) -> tuple[Job, dict[str, Any]]:
    files = office.maker.row_files
    job = files.begin_run("M3.2", **{**SAID, **said})
    while job.state == "running":
        job = files.step(job.id)
    return job, json.loads(job.said)


def in_force(office: HeadOffice, said: dict[str, Any]) -> None:
    for edition, _ in said["editions"]:
        office.maker.editions.submit(edition)
        assert office.checker.editions.approve(edition).state == "in_force"


def test_who_moves_comes_into_an_edition_and_counts_when_it_is_approved(head_office: HeadOffice) -> None:
    ruled(head_office, "ALL", "key", "lines | >= | 0")
    job, said = ran(head_office)
    customers = head_office.rows(Customer)
    others = [each for each in customers if each.category != "key"]
    assert (job.state, job.done, job.total, said["lines"]) == ("done", len(customers), len(customers), len(others))
    assert (sum(said["moves"].values()), said["kept"]) == (len(others), 0)
    assert head_office.rows(CustomerClass) == [], "a draft is no class yet"
    in_force(head_office, said)
    rows = {row.document_number: row for row in head_office.rows(CustomerClass)}
    assert {number: (row.category, row.how, row.rule) for number, row in rows.items()} == {
        each.document_number: ("key", "rule", "ALL") for each in others
    }
    assert {row.outlet for row in rows.values()} == {each.outlet for each in others}
    items = [item for item in head_office.rows(FeedItem) if '"customer_class"' in item.body]
    assert {item.scope for item in items} == {f"outlet:{each.outlet}" for each in others}
    assert head_office.is_sound()


def test_a_second_run_finds_nothing_and_an_ended_rule_lets_them_go(head_office: HeadOffice) -> None:
    ruled(head_office, "ALL", "key", "lines | >= | 0")
    in_force(head_office, ran(head_office)[1])
    again, said = ran(head_office)
    assert (again.state, said["editions"], said["moves"]) == ("done", [], {})
    classed = len(head_office.rows(CustomerClass))
    ruled(head_office, "ALL", "", "", op="end")
    _, said = ran(head_office)
    assert said["lines"] == classed
    in_force(head_office, said)
    assert {row.rule for row in head_office.rows(CustomerClass)} <= {"SPEND1000", "YOUNG"}


def test_it_goes_on_where_it_was_stopped(head_office: HeadOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    ruled(head_office, "ALL", "key", "lines | >= | 0")
    looked_at = classifying.looked_at
    monkeypatch.setattr(m03_run, "looked_at", lambda *at, **how: looked_at(*at, **how, most=2))
    files = head_office.maker.row_files
    job = files.step(files.begin_run("M3.2", **SAID).id)
    assert (job.state, job.done) == ("running", 2)
    assert files.stop(job.id).state == "stopped"
    with pytest.raises(NotAllowed):
        head_office.checker.row_files.step(job.id)  # another's
    job = files.go_on(job.id)
    while job.state == "running":
        job = files.step(job.id)
    lines = head_office.rows(EditionLine)
    assert job.done == len(head_office.rows(Customer))
    keys = [line.row_key for line in lines if line.table_name == "customer_class"]
    assert len(keys) == len(set(keys)) == json.loads(job.said)["lines"]


def test_editions_are_filled_one_after_the_other(head_office: HeadOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    ruled(head_office, "ALL", "key", "lines | >= | 0")
    monkeypatch.setattr(runs, "MOST_LINES", 2)
    _, said = ran(head_office)
    wanted = -(-said["lines"] // 2)
    titles = [row.title for row in head_office.rows(Edition) if row.title.startswith(SAID["title"])]
    assert sorted(titles) == [SAID["title"], *(f"{SAID['title']} ({n})" for n in range(2, wanted + 1))]


def test_rules_that_change_meanwhile_end_the_run(head_office: HeadOffice) -> None:
    job = head_office.maker.row_files.begin_run("M3.2", **SAID)
    ruled(head_office, "ALL", "key", "lines | >= | 0")
    with pytest.raises(Conflict):
        head_office.maker.row_files.step(job.id)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"title": " "}, "title"), ({"effective_from": "2026-11-22"}, "effective_from"), ({"effective_from": "x"}, "*")],
)
def test_what_is_wrong_begins_no_run(head_office: HeadOffice, said: dict[str, str], field: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        head_office.maker.row_files.begin_run("M3.2", **{**SAID, **said})
    assert field in ("*", refused.value.field)
    assert head_office.rows(Job) == []


def test_no_rule_is_no_run_and_a_subject_without_rules_has_none(head_office: HeadOffice) -> None:
    for code in ("SPEND1000", "YOUNG"):
        ruled(head_office, code, "", "", op="end")
    with pytest.raises(NotAllowed):
        head_office.maker.row_files.begin_run("M3.2", **SAID)
    with pytest.raises(NotAllowed):
        head_office.maker.row_files.begin_run("M6", **SAID)
    assert head_office.maker.row_files.run_of("M6") is None
    assert head_office.maker.row_files.run_of("M3.2") is not None
