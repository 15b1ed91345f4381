"""The scoring rule: points of each measure at their edges, the rating they bring, and a run over all customers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.management import m08_scoring
from boss_tui.management.m08_scoring import points_of, rating_for
from data.errors import Conflict, NotAllowed
from data.journal import Author
from data.standard import credit as demo
from data.tables.account import CreditRating, CustomerCredit
from data.tables.credit import CustomerRating, RatingScore
from data.tables.customer import Customer
from data.tables.job import Job
from tests.boss_tui.components.rows import row
from tests.head_office import HeadOffice

SAID = {"title": "Ratings of November", "reason": "monthly"}
ROWS = {model: [row(model, **values) for values in rows] for model, rows in demo.rows()}


@pytest.mark.parametrize(
    ("measures", "points"),
    [
        ({}, 0),
        ({"tenure": 11}, 0),
        ({"tenure": 12}, 10),
        ({"tenure": 60}, 30),
        ({"tenure": 60, "spend": 49}, 30),
        ({"tenure": 60, "spend": 50}, 50),
        ({"tenure": 60, "spend": 300}, 90),
        ({"tenure": 60, "spend": 300, "overdue": 1}, 60),
        ({"spend": 50, "overdue": 3}, 0),
    ],
)
def test_the_furthest_row_of_each_measure_counts(measures: dict[str, int], points: int) -> None:
    assert points_of(ROWS[RatingScore], measures) == points


def test_a_row_that_has_ended_counts_nothing() -> None:
    assert points_of([row(RatingScore, code="A", measure="tenure", points=5, state="ended")], {"tenure": 1}) == 0


@pytest.mark.parametrize(("points", "code"), [(0, "C"), (49, "C"), (50, "B"), (79, "B"), (80, "A"), (500, "A")])
def test_points_bring_the_rating_that_asks_the_most_of_them(points: int, code: str) -> None:
    found = rating_for(ROWS[CreditRating], points)
    assert found is not None
    assert found.code == code


def test_a_rating_by_hand_alone_comes_of_no_points() -> None:
    assert rating_for([row(CreditRating, code="D", by_score=0)], 100) is None
    assert rating_for([row(CreditRating, code="E", by_score=1, state="ended")], 100) is None


def ran(office: HeadOffice) -> tuple[Job, dict[str, Any]]:
    files = office.maker.row_files
    job = files.begin_run("M8/customer_rating", **SAID)
    while job.state == "running":
        job = files.step(job.id)
    return job, json.loads(job.said)


def test_who_is_rated_otherwise_comes_into_an_edition(head_office: HeadOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(m08_scoring, "PAGE", 2)
    job, said = ran(head_office)
    customers = head_office.rows(Customer)
    assert (job.state, job.done) == ("done", len(customers))
    assert sum(said["moves"].values()) == said["lines"] >= 1
    for edition, _ in said["editions"]:
        head_office.maker.editions.submit(edition)
        assert head_office.checker.editions.approve(edition).state == "in_force"
    rated = head_office.rows(CustomerRating)
    assert {(row.how, row.reason) for row in rated} == {("score", "")}
    had = {row.customer_id: row.rating for row in head_office.rows(CustomerCredit)}
    of = {each.document_number: each for each in customers}
    assert all(had[of[row.document_number].id] != row.rating for row in rated)
    assert ran(head_office)[1]["lines"] == 0, "nothing has changed since"
    assert head_office.is_sound()


def test_whom_a_person_has_rated_stays(head_office: HeadOffice) -> None:
    before = ran(head_office)[1]["lines"]
    moved = head_office.rows(Customer)[0]
    with head_office.store.transaction(Author("HQ", "test", "test")) as tx:
        for person in tx.all(Customer):
            who = {"document_kind": person.document_kind, "document_number": person.document_number}
            tx.add(CustomerRating, **who, rating="D", reason="x", valid_to="" if person != moved else "2026-11-22")
    _, said = ran(head_office)
    assert said["kept"] == len(head_office.rows(Customer)) - 1
    assert said["lines"] <= min(before, 1)


def test_no_points_are_no_run_and_what_changes_meanwhile_ends_it(head_office: HeadOffice) -> None:
    job = head_office.maker.row_files.begin_run("M8/rating_score", **SAID)
    codes = [(each.code,) for each in head_office.rows(RatingScore)]
    made = head_office.maker.managing.end("M8/rating_score", codes, title="No points", reason="x").edition
    head_office.maker.editions.submit(made.id)
    assert head_office.checker.editions.approve(made.id).state == "in_force"
    with pytest.raises(Conflict):
        head_office.maker.row_files.step(job.id)
    with pytest.raises(NotAllowed):
        head_office.maker.row_files.begin_run("M8/rating_score", **SAID)
