"""What M3 publishes, at the counter: a class shows at the next form, an entry of a list counts from day to day."""

from __future__ import annotations

from typing import Any

import pytest

from data.tables.customer import Category, Customer, CustomerClass, ListedPerson
from data.tables.order import Subscription
from tests.hall import Hall
from tests.handed import hand_down, row_line

pytestmark = pytest.mark.light

DAY, BEFORE, AFTER = "2026-11-23", "2026-11-22", "2026-11-24"


def ordinary(hall: Hall) -> tuple[Customer, str]:
    """An ordinary customer, and a number of theirs."""
    for line in hall.rows(Subscription, state="active"):
        (owner,) = hall.rows(Customer, id=line.customer_id)
        if owner.category == "ordinary" and owner.document_kind == "00":
            return owner, line.number
    raise AssertionError


def of(owner: Customer, **values: Any) -> dict[str, Any]:
    return {"document_kind": owner.document_kind, "document_number": owner.document_number, **values}


def told(hall: Hall, number: str) -> tuple[list[str], int]:
    """What the clerk reads of a change of number: notices, and what is to pay."""
    view = hall.desk.forms.begin("C2", {"number": number})
    return [str(notice.text) for notice in view.notices], view.quote.due


@pytest.mark.parametrize(("until", "counts"), [("", True), (DAY, True), (AFTER, True), (BEFORE, False)])
def test_a_class_of_headquarters_shows_at_the_next_form(hall: Hall, until: str, counts: bool) -> None:
    owner, number = ordinary(hall)
    assert told(hall, number)[1] == 1_000
    hand_down(hall.store, row_line(CustomerClass, "add", **of(owner, category="key", reason="批准", valid_to=until)))
    notices, due = told(hall, number)
    assert due == (0 if counts else 1_000)
    assert any(text.startswith("Key account: ") for text in notices) is counts
    card = hall.desk.serving.meet(owner.id)
    assert card.colour == ("blue" if counts else "")
    (row,) = hall.rows(Customer, id=owner.id)
    assert row.category == "ordinary", "an outlet's row is not headquarters' to write"


def test_a_class_that_ends_leaves_what_the_counter_has(hall: Hall) -> None:
    owner, number = ordinary(hall)
    hand_down(hall.store, row_line(CustomerClass, "add", **of(owner, category="key", reason="批准")))
    hand_down(hall.store, row_line(CustomerClass, "end", **of(owner)))
    assert told(hall, number)[1] == 1_000


def test_a_class_goes_before_what_the_counter_has(hall: Hall) -> None:
    """Also where that would be better: headquarters has decided."""
    owner = next(row for row in hall.rows(Customer, category="key"))
    hand_down(hall.store, row_line(CustomerClass, "add", **of(owner, category="student", reason="降级")))
    assert hall.desk.serving.meet(owner.id).colour == "yellow"
    hand_down(hall.store, row_line(Category, "change", code="student", colour="green"))
    assert hall.desk.serving.meet(owner.id).colour == "green"


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [("", "", True), (DAY, "", True), (AFTER, "", False), ("", DAY, True), ("", BEFORE, False), (BEFORE, AFTER, True)],
)
@pytest.mark.parametrize("which", ["black", "red"])
def test_an_entry_counts_from_its_first_day_to_its_last(
    hall: Hall, which: str, since: str, until: str, counts: bool
) -> None:
    owner, number = ordinary(hall)
    entry = of(owner, list=which, reason="欠费", basis="协议", valid_from=since, valid_to=until)
    hand_down(hall.store, row_line(ListedPerson, "add", id="x", **entry))
    view = hall.desk.forms.begin("C2", {"number": number})
    reasons = [reason.message for reason in view.qualification.reasons]
    refused = any("blacklist" in str(reason) for reason in reasons)
    marked = hall.desk.serving.meet(owner.id).colour == "green"
    assert (refused, marked) == ((counts, False) if which == "black" else (False, counts))
