"""Amounts as they come: typed, or as a number in a file, they are yuan; kept as typed, they come back the same."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from boss_tui.answers import Tender
from boss_tui.forms import Form
from boss_tui.process import BUSINESSES
from data.tables.order import ProductOrder
from tests.hall import Hall

AMOUNTS = [
    (code, spec.name)
    for code, business in BUSINESSES.items()
    for spec in business.form.fields()
    if spec.ask.kind == "money"
]
SPELLINGS: tuple[tuple[Any, int], ...] = (
    ("100", 10_000), (100, 10_000), ("12.5", 1_250), (12.5, 1_250), (Decimal("12.50"), 1_250), (0.29, 29),
    (1_234.56, 123_456), ("1,234.56", 123_456), (999_999_999, 99_999_999_900),
)  # fmt: skip
NONE = ("1.005", 1.005, Decimal("12.500"), -1, -0.5, "1e3", Decimal("1e3"), 1e16, float("nan"), float("inf"), 10**12)


def form_of(code: str) -> type[Form]:
    """A business's form."""
    form: type[Form] = BUSINESSES[code].form
    return form


@pytest.mark.parametrize(("code", "field"), AMOUNTS)
def test_a_number_means_what_its_text_does_and_is_kept_as_text(code: str, field: str) -> None:
    for typed, fen in SPELLINGS:
        kept = json.loads(json.dumps(form_of(code).tidied({field: typed})))
        for values in ({field: typed}, kept):
            read, errors = form_of(code).partial(values)
            assert errors == {}, typed
            assert getattr(read, field) == fen, typed
        assert kept == {field: str(typed)}


@pytest.mark.parametrize(("code", "field"), AMOUNTS)
@pytest.mark.parametrize("typed", NONE)
def test_what_is_no_amount_is_told(code: str, field: str, typed: Any) -> None:
    for values in ({field: typed}, form_of(code).tidied({field: typed})):
        _, errors = form_of(code).partial(values)
        assert errors[field].template in {"An amount in yuan, such as 50 or 12.50.", "The amount is too large."}, typed


@pytest.mark.parametrize("typed", [50, 50.0, "50.00"], ids=repr)
def test_an_order_keeps_the_amount_that_was_paid(hall: Hall, typed: Any) -> None:
    view = hall.filled(prepayment=typed)
    assert 5_000 in [line.amount for line in view.quote.lines if line.item == "prepayment"]
    done = hall.desk.complete(view.id, [Tender("cash", view.quote.due)])
    (order,) = hall.rows(ProductOrder, id=done.order_id)
    assert BUSINESSES["C1"].form_of(order).prepayment == 5_000
