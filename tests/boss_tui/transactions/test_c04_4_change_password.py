"""C4.4 改产品密码: by the old one or the document, hard to guess, typed twice, never kept or printed as typed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.answers.business import DraftView
from boss_tui.components.operators.passwords import hashed, matches
from boss_tui.verify import verify
from data.errors import BossError
from data.journal import Author
from data.tables.life import PasswordTries, ValueChange
from data.tables.order import Draft, ProductOrder, Subscription
from tests.hall import FACTS, Hall

OLD, NEW = "583027", "274916"


def filled(hall: Hall, **changes: Any) -> DraftView:
    """A draft of the example, with these changes."""
    return hall.desk.forms.begin("C4.4", {**hall.desk.forms.example("C4.4"), **changes})


def with_old(hall: Hall) -> Subscription:
    """The example's subscription, with an old password that the test knows."""
    number = hall.desk.forms.example("C4.4")["number"]
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        return tx.change(tx.one(Subscription, number=number), password_hash=hashed(OLD))


def test_the_document_resets_it_and_it_works_at_once(hall: Hall) -> None:
    subscription = with_old(hall)
    view = filled(hall)
    assert not view.errors
    outcome = hall.desk.orders.complete(view.id, [])
    (after,) = hall.rows(Subscription, id=subscription.id)
    assert outcome.state == "completed"
    assert matches(after.password_hash, NEW)
    (told,) = hall.rows(ValueChange, subject=subscription.id)
    assert (told.field, told.before, told.after) == ("password_hash", "", "")
    assert not any(NEW in line for paper in outcome.papers for line in paper.preview)
    (draft,) = hall.rows(Draft, id=view.id)
    (order,) = hall.rows(ProductOrder, id=outcome.order_id)
    assert NEW not in draft.values_json
    assert "password" not in json.loads(order.form_json)
    with hall.store.reading() as reading:
        assert not verify(reading)


def test_the_old_password_is_enough_and_then_no_longer_right(hall: Hall) -> None:
    with_old(hall)
    view = filled(hall, document_number="", password=OLD)
    assert not view.errors
    hall.desk.orders.complete(view.id, [])
    hall.desk.serving.next_customer()
    again = filled(hall, document_number="", password=OLD)
    assert "wrong" in str(again.errors["password"])
    with hall.store.reading() as reading:
        assert not verify(reading)


def test_after_five_wrong_ones_the_document_is_needed(hall: Hall) -> None:
    subscription = with_old(hall)
    view = hall.desk.forms.begin("C4.4", {"number": subscription.number})
    for _ in range(5):
        assert "wrong" in str(hall.desk.forms.fill(view.id, {"password": "111222"}).errors["password"])
    assert "Too many" in str(hall.desk.forms.fill(view.id, {"password": OLD}).errors["password"])
    (tried,) = hall.rows(PasswordTries, subscription_id=subscription.id)
    assert tried.tries == 5
    assert not filled(hall).errors


def test_one_typed_anew_is_typed_twice_again(hall: Hall) -> None:
    view = filled(hall)
    view = hall.desk.forms.fill(view.id, {"new_password": "905172"})
    assert "not the same" in str(view.errors["repeat_password"])
    view = hall.desk.forms.fill(view.id, {"repeat_password": "905172"})
    assert not view.errors


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"number": "13900000000"}, "number"),
    ({"number": ""}, "number"),
    ({"document_number": FACTS.customers[5].document_number}, "document_number"),
    ({"document_number": ""}, "document_number"),
    ({"new_password": "111111", "repeat_password": "111111"}, "new_password"),
    ({"new_password": "234567", "repeat_password": "234567"}, "new_password"),
    ({"new_password": "12345", "repeat_password": "12345"}, "new_password"),
    ({"new_password": "27491a", "repeat_password": "27491a"}, "new_password"),
    ({"repeat_password": "274917"}, "repeat_password"),
    ({"document_number": "", "password": "999998"}, "password"),
    ({"new_password": "$argon2id$forged"}, "new_password"),
)


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_a_wrong_form_is_refused_beside_its_field_and_changes_nothing(
    hall: Hall, change: dict[str, str], field: str
) -> None:
    before = hall.rows(Subscription)
    view = filled(hall, **change)
    with pytest.raises(BossError):
        hall.desk.orders.complete(view.id, [])
    assert field in view.errors or not change[field]
    assert hall.rows(Subscription) == before
    assert hall.rows(ProductOrder, business="C4.4") == []


def test_digits_of_the_owners_document_are_too_easy(hall: Hall) -> None:
    subscription = with_old(hall)
    document = hall.desk.forms.example("C4.4")["document_number"]
    view = hall.desk.forms.begin("C4.4", {"number": subscription.number, "password": OLD})
    view = hall.desk.forms.fill(view.id, {"new_password": document[6:12]})
    assert "new_password" in view.errors


def test_each_cell_is_alive_or_says_why_not(hall: Hall) -> None:
    hall.desk.orders.complete(filled(hall).id, [])
    cells = hall.desk.lookups.matrix("C4.4")
    assert [cell.code for cell in cells if cell.state == "waiting"] == []
    assert len(cells) == 20
