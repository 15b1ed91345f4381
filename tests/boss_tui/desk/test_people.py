"""What is typed of a person and contradicts the document, or what is known here, is said beside its field."""

from __future__ import annotations

from typing import Any

import pytest

from data.journal import Author
from data.tables.customer import Customer
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light

BORN = {"document_kind": "00", "document_number": "11010519491231002X"}


def begun(hall: Hall, **typed: Any) -> dict[str, str]:
    """What stands beside the fields of a C1 that holds this: errors, and notes after a tilde."""
    view = hall.desk.forms.fill(hall.desk.forms.begin("C1").id, typed)
    return {**{name: f"~{note}" for name, note in view.notes.items()}, **{n: str(e) for n, e in view.errors.items()}}


@pytest.mark.parametrize(("day", "right"), [("1949-12-31", True), ("19491231", True), ("1949-12-30", False)])
def test_a_birth_date_is_the_document_s(hall: Hall, day: str, right: bool) -> None:
    assert (
        "By the document it is 1949-12-31" in begun(hall, **BORN, birth_date=day).get("birth_date", "")
    ) is not right


def known_until(hall: Hall, last: str) -> dict[str, str]:
    """A customer that is known here, whose document ends on a day."""
    known = FACTS.red_listed
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        row = tx.find(Customer, document_number=known.document_number) or tx.all(Customer, holder="individual")[0]
        tx.change(row, document_expires=last)
        return {"document_kind": row.document_kind, "document_number": row.document_number, "name": row.name}


def test_the_document_that_is_known_here_may_have_ended(hall: Hall) -> None:
    today = "2026-11-23"
    assert "document_expires" not in begun(hall, **known_until(hall, today))
    ended = known_until(hall, "2026-11-22")
    assert "ended on 2026-11-22" in begun(hall, **ended)["document_expires"]
    assert "document_expires" not in begun(hall, **ended, document_expires=today)


def test_a_new_customer_s_last_day_is_asked_for(hall: Hall) -> None:
    assert begun(hall, **BORN)["document_expires"].startswith("~Look at its last day")
    assert "document_expires" not in begun(hall, **BORN, document_expires="long-term")


@pytest.mark.parametrize("number", ["110", "10086", "95588"])
def test_nobody_is_reached_at_a_service(hall: Hall, number: str) -> None:
    assert "is a service" in begun(hall, contact_phone=number)["contact_phone"]


def test_a_name_of_one_character_is_doubted_not_refused(hall: Hall) -> None:
    assert begun(hall, **BORN, name="李")["name"].startswith("~One character")
    assert "name" not in begun(hall, **BORN, name="李四")
