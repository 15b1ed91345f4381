"""The scoring rule: points of each measure at their edges, the rating they bring, and a run over all customers."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.management.m08 import scoring as m08_scoring
from boss_tui.management.m08.scoring import points_of, rating_for
from data.errors import Conflict, NotAllowed
from data.journal import Author
from data.standard import credit as demo
from data.tables.account import CreditRating, CustomerCredit
from data.tables.credit import CustomerRating, RatingScore
from data.tables.customer import Customer
from data.tables.job import Job
from tests.boss_tui.components.rows import Rows, row
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


@pytest.mark.parametrize(
    ("editions", "done", "first"),
    [
        ([("e", 4), ("f", 5)], 9, "9 customers were looked at, 3 move: edition #4, #5, to be submitted."),
        ([("e", 4)], 1, "1 customer was looked at, 3 move: edition #4, to be submitted."),
        ([], 9, "9 customers were looked at: all are as the rules say."),
        ([], 1, "1 customer was looked at: all are as the rules say."),
    ],
)
def test_a_run_tells_who_moved_which_way_and_who_stayed(editions: list[Any], done: int, first: str) -> None:
    said = {"editions": editions, "lines": 3, "moves": {"B -> A": 2, "A -> C": 1}, "kept": 5}
    told = m08_scoring.told(row(Job, done=done, said=json.dumps(said)))
    assert [str(line) for line in told] == [first, "B -> A: 2", "A -> C: 1", "by hand, kept: 5"]


@pytest.mark.parametrize(
    ("rows", "before", "op"),
    [
        ([], "C", "add"),
        ([row(CustomerCredit, customer_id="c", rating="A")], "A", None),
        ([row(CustomerCredit, customer_id="c", rating="C")], "C", "add"),
        ([row(CustomerRating, document_kind="00", document_number="D", rating="B")], "B", "change"),
        ([row(CustomerRating, document_kind="00", document_number="E", rating="B")], "C", "add"),
    ],
)
def test_who_is_rated_otherwise_is_moved_from_what_they_had(rows: list[Any], before: str, op: str | None) -> None:
    customer = row(Customer, id="c", document_kind="00", document_number="D", outlet="HZ01")
    reading: Any = Rows(*rows)
    said = reading.find(CustomerRating, document_number="D")
    move = m08_scoring._move(reading, customer, said, row(CreditRating, code="A"), 80)
    if op is None:
        assert move is None
        return
    assert move is not None
    assert (move.before, move.after, move.line.op, move.line.key) == (before, "A", op, ("00", "D"))
    about = {"rating": "A", "points": 80, "how": "score", "reason": "", "valid_to": "", "credit_limit": 0}
    assert move.line.values == (about if op == "change" else {**about, "outlet": "HZ01"})


def test_a_measure_that_nobody_knows_counts_nothing_and_spending_is_the_mean_of_months() -> None:
    known: Any = None
    facts = {"tenure": SimpleNamespace(of=lambda *_: None), "spend": SimpleNamespace(of=lambda *_: 59_999)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(m08_scoring, "FACTS", facts)
        assert m08_scoring.measured(known, 2, "2026-11-23") == {"tenure": 0, "spend": 99, "overdue": 2}
