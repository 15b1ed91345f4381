"""What headquarters knows of its own rows, and of the entries before the one that it judges."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.headquarters.rules.claim import Claim, Known, the_less_sure
from data.journal import Change
from data.tables.finance import Posting, SuspenseEntry
from data.tables.order import ProductOrder
from data.tables.organisation import Role
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import change, claim, known, order, published

BEFORE = "2026-11-22"


def roles(*grades: tuple[str, str], revision: int = 1, here: str | None = None) -> list[Any]:
    """A role's lines (day, grade; `-`: it ends), and the row as it stands."""
    made = []
    for at, (day, grade) in enumerate(grades):
        op = "end" if grade == "-" else "change" if at else "add"
        values = {} if grade == "-" else {"grade": grade}
        made.append(published(at + 1, "role", ("x",), day, op, **values))
    return made + ([row(Role, code="x", grade=here, revision=revision)] if here else [])


@pytest.mark.parametrize(
    ("rows", "day", "answer"),
    [
        ([], DAY, "no"),
        (roles(here="b"), DAY, "yes"),
        (roles(here="b"), BEFORE, "yes"),
        (roles(here="a"), DAY, "no"),
        (roles(here="a"), BEFORE, "no"),
        (roles(here="a", revision=2), DAY, "perhaps"),
        (roles((BEFORE, "b"), here="b"), BEFORE, "yes"),
        (roles((BEFORE, "a"), (DAY, "b"), here="b"), BEFORE, "perhaps"),
        (roles((BEFORE, "a"), (DAY, "b"), here="b"), DAY, "yes"),
        (roles((BEFORE, "b"), (DAY, "a"), here="a"), BEFORE, "yes"),
        (roles((BEFORE, "b"), (DAY, "a"), here="a"), DAY, "perhaps"),
        (roles((BEFORE, "a"), (DAY, "c"), here="c"), DAY, "no"),
        (roles((BEFORE, "a"), (DAY, "c"), ("2026-11-24", "b"), here="c"), DAY, "perhaps"),
        (roles((BEFORE, "b"), (DAY, "-")), DAY, "yes"),  # what has ended has its grade still
        (roles((BEFORE, "a"), (DAY, "-")), DAY, "no"),
        (roles((DAY, "a"), here="b"), BEFORE, "perhaps"),
        (roles((BEFORE, "a"), here="b"), DAY, "yes"),
    ],
)
def test_what_stood_on_a_day_says_so(rows: list[Any], day: str, answer: str) -> None:
    assert known(*rows).stood(Role, ("x",), day, lambda role: role["grade"] == "b") == answer


def test_what_stood_for_who_had_not_read_on_stood_perhaps() -> None:
    """What was published last counts from an earlier day: no state of the row's own days is the one in between."""
    lines = [
        published(1, "role", ("x",), "2026-11-01", "add", grade="a", name_zh="old"),
        published(2, "role", ("x",), DAY, grade="b"),
        published(3, "role", ("x",), BEFORE, name_zh="new"),
    ]
    role = row(Role, code="x", grade="b", name_zh="new", revision=3)

    def stood(grade: str, name: str) -> str:
        return known(*lines, role).stood(Role, ("x",), DAY, lambda r: (r["grade"], r["name_zh"]) == (grade, name))

    assert (stood("b", "new"), stood("b", "old"), stood("c", "old")) == ("yes", "perhaps", "no")


@pytest.mark.parametrize(
    ("rows", "was"), [([], False), (roles(here="a"), True), (roles((BEFORE, "a"), (DAY, "-")), True)]
)
def test_a_row_was_published_whatever_became_of_it(rows: list[Any], was: bool) -> None:
    assert known(*rows).was_published(Role, ("x",)) is was


@pytest.mark.parametrize(
    ("answers", "least"),
    [
        (["yes", "yes"], "yes"),
        ([], "yes"),
        (["yes", "perhaps"], "perhaps"),
        (["perhaps", "no", "yes"], "no"),
        (["no"], "no"),
    ],
)
def test_the_less_sure_answer_counts(answers: list[Any], least: str) -> None:
    assert the_less_sure(answers) == least


def test_what_was_paid_out_is_told_by_orders_and_suspense() -> None:
    entry = claim(
        order(id="a", amount=-300),
        order(id="b", amount=0),
        order(id="c", amount=300),
        order(id="d", amount=-300, state="cancelled"),
        (Posting, {"id": "p1", "operator": "1002"}),
        (
            SuspenseEntry,
            {"id": "e", "act": "given_back", "posting_id": "p1", "outlet": "HZ01", "business_date": DAY, "amount": -5},
        ),
        (
            SuspenseEntry,
            {"id": "f", "act": "used", "posting_id": "p1", "outlet": "HZ01", "business_date": DAY, "amount": -7},
        ),
    )
    assert list(entry.paid_out()) == [("HZ01", "1001", DAY, 300), ("HZ01", "1002", DAY, 5)]


def test_an_entry_that_stands_is_known_to_those_behind_it() -> None:
    here: Known = known(row(ProductOrder, id="o0", outlet="HZ01", state="held"), scalars=[4, 3])
    assert here.row(ProductOrder, "o0") is not None
    entry = claim(
        order(amount=-10),
        order(id="o2", amount=-1),
        changed=[change("product_order", "o0", state="completed"), change("product_order", "none", state="x")],
    )
    here.learn(entry)
    found = {key: here.row(ProductOrder, key) for key in ("o0", "o1", "none")}
    assert {key: each and each["state"] for key, each in found.items()} == {
        "o0": "completed",
        "o1": "completed",
        "none": None,
    }
    assert here.paid_out("HZ01", "1001", DAY) == 4 + 3 + 11
    assert here.paid_out("HZ01", "1002", DAY) == 0


@pytest.mark.parametrize(
    ("business", "written", "is_form"),
    [
        ("C12", "{}", True),
        ("C12", '{"who": "1"}', True),
        ("C99", "{}", False),
        ("C12", "[]", False),
        ("C12", "{", False),
        ("C12", None, False),
    ],
)
def test_an_order_s_form_is_an_object_of_its_business(business: str, written: Any, is_form: bool) -> None:
    entry = claim(order())
    made = {"id": "o1", "business": business, "form_json": written}
    found = entry.form(made)
    assert (found is not None) is is_form
    assert entry.form({**made, "form_json": "["}) is found  # it was looked at already


def test_a_row_of_an_older_program_has_the_defaults_of_what_it_did_not_have() -> None:
    entry = claim(changed=[Change("role", "add", ("x",), 0, {"code": "x", "grade": "clerk"})])
    (found,) = entry.added["role"]
    assert (found["code"], found["grade"], found["revision"]) == ("x", "clerk", 1)


def test_changes_are_sorted_by_what_they_do() -> None:
    listed = [
        change("role", "a"),
        Change("role", "increase", ("b",), 0, {}),
        Change("role", "add", ("c",), 0, {"code": "c"}),
    ]
    entry = Claim(claim().entry, listed)
    assert ([each.key for each in entry.changed["role"]], len(entry.added["role"])) == ([("a",)], 1)


def test_a_row_that_nobody_asked_for_yet_is_as_entries_before_left_it() -> None:
    here = known(row(ProductOrder, id="o0", state="inProgress"), row(ProductOrder, id="o2", state="inProgress"))
    here.learn(
        claim(changed=[change("product_order", "o0", state="completed"), change("product_order", "none", state="x")])
    )
    found = here.row(ProductOrder, "o0")
    assert found is not None
    assert (found["state"], here.row(ProductOrder, "none")) == ("completed", None)
    here.learn(claim(changed=[change("product_order", "o2", state="completed")]))
    assert [each["id"] for each in here.told(ProductOrder, state="completed")] == ["o0", "o2"]
    assert here.told(ProductOrder, state="inProgress") == []
