"""C4.2 改联系方式: who may, what is changed and what is not, what history keeps, what the slip says."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import DraftView
from boss_tui.components.operators.passwords import hashed
from boss_tui.verify import verify
from data.errors import BossError
from data.journal import Author
from data.tables.customer import Customer
from data.tables.life import ValueChange
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from tests.hall import FACTS, Hall


def filled(hall: Hall, **changes: Any) -> DraftView:
    """A draft of the example, with these changes."""
    return hall.desk.forms.begin("C4.2", {**hall.desk.forms.example("C4.2"), **changes})


def test_only_what_differs_is_changed_and_history_keeps_what_it_was(hall: Hall) -> None:
    view = filled(hall)
    owner = hall.rows(Customer, id=view.facts["customer_id"])[0]
    assert view.facts["address"] == owner.address
    again = hall.desk.forms.fill(view.id, {"address": "浙江省杭州市西湖区文三路138号", "email": "new@example.com"})
    assert not again.errors
    assert again.quote.due == 0
    outcome = hall.desk.orders.complete(view.id, [])
    after = hall.rows(Customer, id=owner.id)[0]
    assert outcome.state == "completed"
    assert (after.address, after.postcode, after.bill_medium, after.email, after.contact_phone) == (
        "浙江省杭州市西湖区文三路138号",
        "310012",
        "post",
        "new@example.com",
        owner.contact_phone,
    )
    told = {c.field: (c.before, c.after) for c in hall.rows(ValueChange, subject=owner.id)}
    assert told["address"] == (owner.address, after.address)
    assert set(told) == {"address", "postcode", "bill_medium", "email"}
    assert [paper.kind for paper in outcome.papers] == ["slip"]
    assert any("-改为310012" in line.replace(" ", "") for line in outcome.papers[0].preview)
    assert hall.rows(WorkOrder, order_id=outcome.order_id) == []
    with hall.store.reading() as reading:
        assert not verify(reading)


def test_a_dash_empties_a_field_unless_the_bill_needs_it(hall: Hall) -> None:
    view = filled(hall, postcode="-")
    assert "Needed" in str(view.errors["postcode"])
    hall.desk.forms.fill(view.id, {"email": "-", "bill_medium": "none", "postcode": ""})
    hall.desk.orders.complete(view.id, [])
    after = hall.rows(Customer, id=view.facts["customer_id"])[0]
    assert (after.email, after.bill_medium) == ("", "none")


def test_what_is_known_typed_once_more_changes_nothing(hall: Hall) -> None:
    view = filled(hall)
    owner = hall.rows(Customer, id=view.facts["customer_id"])[0]
    view = hall.desk.forms.fill(view.id, {"address": owner.address})
    assert "address" not in view.notes
    assert "postcode" in view.notes


def test_the_service_password_is_enough(hall: Hall) -> None:
    view = filled(hall)
    number = view.values["number"]
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(Subscription, number=number), password_hash=hashed("274916"))
    hall.desk.serving.next_customer()
    view = hall.desk.forms.fill(view.id, {"document_number": "", "password": "274916"})
    assert not view.errors
    hall.desk.orders.complete(view.id, [])
    with hall.store.reading() as reading:
        assert not verify(reading)


def test_nothing_known_is_shown_before_they_show_who_they_are(hall: Hall) -> None:
    number = hall.desk.forms.example("C4.2")["number"]
    view = hall.desk.forms.begin("C4.2", {"number": number})
    assert "document_number" in view.errors
    assert "address" not in view.facts


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"number": "13900000000"}, "number"),
    ({"number": "12345"}, "number"),
    ({"document_number": FACTS.customers[5].document_number}, "document_number"),
    ({"document_number": "", "password": "999999"}, "password"),
    ({"document_number": "", "password": "12ab"}, "password"),
    ({"address": "杭州"}, "address"),
    ({"contact_phone": "12345"}, "contact_phone"),
    ({"email": "nobody"}, "email"),
    ({"postcode": "31001"}, "postcode"),
    ({"bill_medium": "pigeon"}, "bill_medium"),
    ({"bill_medium": "email", "email": "-"}, "email"),
)


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field_and_changes_nothing(
    hall: Hall, change: dict[str, str], field: str
) -> None:
    before = hall.rows(Customer)
    view = filled(hall, **change)
    assert field in view.errors
    with pytest.raises(BossError):
        hall.desk.orders.complete(view.id, [])
    assert hall.rows(Customer) == before
    assert hall.rows(ProductOrder, business="C4.2") == []


def test_a_form_that_changes_nothing_is_no_order(hall: Hall) -> None:
    example = hall.desk.forms.example("C4.2")
    who = {name: example[name] for name in ("number", "document_number")}
    view = hall.desk.forms.begin("C4.2", who)
    assert view.qualification.verdict == "no"
    with pytest.raises(BossError, match="Nothing"):
        hall.desk.orders.complete(view.id, [])


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    hall.desk.orders.complete(filled(hall).id, [])
    cells = hall.desk.lookups.matrix("C4.2")
    assert [cell.code for cell in cells if cell.state == "waiting"] == []
    assert len(cells) == 20
