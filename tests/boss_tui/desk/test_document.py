"""Whose document number is put into a form: of who was found by it, or has shown who they are; of nobody else."""

from __future__ import annotations

import pytest

from tests.hall import FACTS, Hall

pytestmark = pytest.mark.light


def test_a_document_is_put_into_forms_of_who_was_found_by_it_alone(hall: Hall) -> None:
    known = FACTS.customers[0]
    (by_document,) = [hit for hit in hall.desk.finding.find(known.document_number.lower()) if hit.kind == "customer"]
    customer_id = by_document.values["customer_id"]
    assert hall.desk.serving.document(customer_id) == ("00", known.document_number)
    assert customer_id in [hit.values.get("customer_id") for hit in hall.desk.finding.find(known.name)]
    assert hall.desk.serving.document(customer_id) == ("00", "")


def test_who_has_shown_their_document_has_it_put_in_until_the_next_customer(hall: Hall) -> None:
    form = hall.desk.forms.example("C2")
    view = hall.desk.forms.begin("C2", form)
    customer_id = view.facts["customer_id"]
    assert hall.desk.serving.document(customer_id)[1] == form["document_number"]
    hall.desk.serving.next_customer()
    assert hall.desk.serving.document(customer_id)[1] == ""
