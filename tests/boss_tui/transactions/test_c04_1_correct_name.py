"""C4.1 改名: the same person's data are corrected, search follows, another person is refused."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers import DraftView
from boss_tui.verify import verify
from data.errors import BossError, NotAllowed
from data.journal import Author
from data.names import initials, name_key, pinyin
from data.tables.customer import Customer
from data.tables.life import ValueChange
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from tests.hall import FACTS, Hall

FREE = "11010519491231002X"
"""A resident ID that keeps its rule and that nobody in the hall has."""


def filled(hall: Hall, **changes: Any) -> DraftView:
    """A draft of the example, with these changes."""
    return hall.desk.begin("C4.1", {**hall.desk.example("C4.1"), **changes})


def owner_of(hall: Hall, view: DraftView) -> Customer:
    """The owner of the number of a draft."""
    (owner,) = hall.rows(Customer, id=view.facts["customer_id"])
    assert isinstance(owner, Customer)
    return owner


def test_the_name_is_corrected_and_search_follows(hall: Hall) -> None:
    view = filled(hall)
    assert not view.errors
    before, right = owner_of(hall, view), view.values["name"]
    assert view.facts["name"] == before.name
    outcome = hall.desk.complete(view.id, [])
    after = owner_of(hall, view)
    assert (after.name, after.name_key, after.pinyin, after.initials) == (
        right, name_key(right), pinyin(right), initials(right),
    )  # fmt: skip
    assert any(right in str(hit.title) for hit in hall.desk.find(right))
    told = {c.field: (c.before, c.after) for c in hall.rows(ValueChange, subject=before.id)}
    assert told["name"] == (before.name, right)
    assert [paper.kind for paper in outcome.papers] == ["slip"]
    assert any(f"{before.name}改为{right}" in line.replace(" ", "") for line in outcome.papers[0].preview)
    assert (outcome.state, hall.rows(WorkOrder, order_id=outcome.order_id)) == ("completed", [])
    with hall.store.reading() as reading:
        assert not verify(reading)


def test_a_mistyped_document_needs_a_supervisor(hall: Hall) -> None:
    view = filled(hall, name="", document_number=FREE, mistyped="y")
    assert not view.errors
    assert view.qualification.verdict == "override"
    with pytest.raises(NotAllowed):
        hall.desk.complete(view.id, [])
    hall.desk.approve(view.id, FACTS.supervisor, FACTS.password)
    outcome = hall.desk.complete(view.id, [])
    after = owner_of(hall, view)
    assert (after.document_number, after.birth_date, after.gender) == (FREE, "1949-12-31", "female")
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    assert order.approved_by == FACTS.supervisor
    assert not any(FREE in line for line in outcome.papers[0].preview)
    nobody = hall.desk.begin("C4.1", {"number": view.values["number"]})
    assert "document_number" in nobody.errors  # approval is no proof of who they are


def test_a_renewed_document_gets_its_new_last_day(hall: Hall) -> None:
    view = filled(hall)
    owner = owner_of(hall, view)
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(Customer, id=owner.id), document_expires="2026-01-31")
    hall.desk.next_customer()
    assert "no longer valid" in str(filled(hall, name="").errors["document_number"])
    view = filled(hall, name="", document_expires="2046-01-31")
    assert not view.errors
    hall.desk.complete(view.id, [])
    assert owner_of(hall, view).document_expires == "2046-01-31"


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"number": "13900000000"}, "number"),
    ({"number": "1390000"}, "number"),
    ({"document_number": ""}, "document_number"),
    ({"document_number": FACTS.customers[5].document_number}, "document_number"),
    ({"name": "张3"}, "name"),
    ({"name": "-"}, "name"),
    ({"document_expires": "2020-01-01"}, "document_expires"),
    ({"document_expires": "soon"}, "document_expires"),
    ({"mistyped": "y", "document_number": FREE}, "document_number"),  # with another name at once
    ({"mistyped": "y", "name": "", "document_number": "110105194912310021"}, "document_number"),
    ({"mistyped": "y", "name": "", "document_number": FACTS.customers[5].document_number}, "document_number"),
    ({"by_agent": "y"}, "agent_name"),
)


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field_and_changes_nothing(
    hall: Hall, change: dict[str, str], field: str
) -> None:
    before = hall.rows(Customer)
    view = filled(hall, **change)
    assert field in view.errors
    with pytest.raises(BossError):
        hall.desk.complete(view.id, [])
    assert hall.rows(Customer) == before
    assert hall.rows(ProductOrder, business="C4.1") == []


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    hall.desk.complete(filled(hall).id, [])
    cells = hall.desk.matrix("C4.1")
    assert [cell.code for cell in cells if cell.state == "waiting"] == []
    assert len(cells) == 20
