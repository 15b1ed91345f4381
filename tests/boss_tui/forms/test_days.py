"""Days as people type them: one parser for every field, in our words; a document may have no last day."""

from __future__ import annotations

import pytest

from boss_tui.answers.business import Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.forms.form import Form
from boss_tui.forms.typed import day_typed
from boss_tui.locale import words
from data.errors import NotAllowed
from data.tables.customer import Customer
from tests.hall import Hall

SPELLINGS = (
    "20361127",
    "2036-11-27",
    "2036/11/27",
    "2036.11.27",
    "２０３６／１１／２７",
    "2036年11月27日",
    " 2036-11-27 ",
)
DAYS = [
    (code, spec.name)
    for code, business in BUSINESSES.items()
    for spec in business.form.fields()
    if spec.ask.kind == "date"
]


def form_of(code: str) -> type[Form]:
    """A business's form."""
    form: type[Form] = BUSINESSES[code].form
    return form


@pytest.mark.parametrize(("code", "field"), DAYS)
def test_every_field_for_a_day_takes_every_spelling(code: str, field: str) -> None:
    for typed in SPELLINGS:
        read, errors = form_of(code).partial({field: typed})
        assert errors == {}, typed
        assert str(getattr(read, field)) == "2036-11-27", typed
        assert form_of(code).tidied({field: typed}) == {field: "2036-11-27"}, typed


@pytest.mark.parametrize(("code", "field"), DAYS)
@pytest.mark.parametrize(
    "typed", ["tomorrow", "20261327", "2026-02-30", "1", "2026", "20261127T10", "2026-11-27 10:00"]
)
def test_what_is_no_day_is_told_in_our_words(code: str, field: str, typed: str) -> None:
    _, errors = form_of(code).partial({field: typed})
    assert errors[field].template.startswith(("Not a day: type it", "There is no day {day}"))
    assert words("zh_CN")(errors[field]) != words("en")(errors[field])
    assert form_of(code).tidied({field: typed}) == {field: typed}  # it stays as it was typed


@pytest.mark.parametrize("typed", ["长期", "long-term", "Long term"])
def test_a_document_without_a_last_day(hall: Hall, typed: str) -> None:
    view = hall.filled(document_expires=typed)
    assert view.errors == {}
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (entered,) = hall.rows(Customer, document_number=view.values["document_number"])
    assert entered.document_expires == "9999-12-31"
    change = {"number": outcome.facts["number"], "document_number": entered.document_number}
    look = hall.desk.forms.begin("C4.1", {**change, "document_expires": "20360517"})
    assert words("zh_CN")(look.notes["document_expires"]) == "原：长期"


def test_only_a_documents_last_day_may_be_none() -> None:
    assert "starts_on" in form_of("C6").partial({"starts_on": "长期"})[1]


def test_a_birth_date_is_kept_and_shown_in_one_spelling(hall: Hall) -> None:
    view = hall.desk.forms.begin(
        "C1", {"document_kind": "07", "document_number": "E12345678", "birth_date": "19880704"}
    )
    assert view.values["birth_date"] == "1988-07-04"


def test_a_day_outside_of_any_form() -> None:
    assert str(day_typed("2026.11.24")) == "2026-11-24"
    with pytest.raises(NotAllowed, match="Not a day"):
        day_typed("soon")
