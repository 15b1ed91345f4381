"""Amounts as they come: typed, or as a number in a file, they are yuan; kept as typed, they come back the same."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.forms.form import Form
from boss_tui.forms.typed import fen_typed
from data.errors import BadForm
from data.tables.order import ProductOrder
from screens.widgets.tender_form import TenderForm
from tests.hall import Hall

AMOUNTS = [
    (code, spec.name)
    for code, business in BUSINESSES.items()
    for spec in business.form.fields()
    if spec.ask.kind == "money"
]
SPELLINGS: tuple[tuple[Any, int], ...] = (
    ("100", 10_000),
    (100, 10_000),
    ("12.5", 1_250),
    (12.5, 1_250),
    (Decimal("12.50"), 1_250),
    (0.29, 29),
    (1_234.56, 123_456),
    ("1,234.56", 123_456),
    (999_999_999, 99_999_999_900),
    ("1,234", 123_400),
    ("9,999,999", 999_999_900),
    ("１，２３４．５", 123_450),
    (" 12 ", 1_200),
    ("007", 700),
)
NO_AMOUNT: tuple[Any, ...] = (
    "12,50",
    "20,00",
    "1,5",
    "1,23",
    "1,2345",
    "1234,567",
    "1,234,56",
    "12,34,567",
    ",123",
    "1,",
    "1,,234",
    "1,234,",
    "0,500",
    "1.234,56",
    "1,234.567",
    "1.5,000",
    "12，50",
    "1、234",
    "1.005",
    1.005,
    Decimal("12.500"),
    "12.",
    ".5",
    "1.2.3",
    -1,
    -0.5,
    "-1",
    "+1",
    "−1",
    "1e3",
    Decimal("1e3"),
    1e16,
    "¥50",
    "￥50",
    "50元",
    "50 yuan",
    "1 234",
    "12 50",
    "1_000",
    "0x10",
    "²",
    "5²",
    "①",
    "٣",
    "一百",
    float("nan"),
    float("inf"),
    True,
    "nan",
    [],
    {},
)
TOO_LARGE: tuple[Any, ...] = ("1000000000", "1,000,000,000", 10**9, 10**12, 10**5000, -(10**5000))


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
def test_what_is_no_amount_is_told(code: str, field: str) -> None:
    for typed in NO_AMOUNT:
        _, errors = form_of(code).partial({field: typed})
        assert errors[field].template == "An amount in yuan, such as 50 or 12.50.", typed
    for typed in TOO_LARGE:
        _, errors = form_of(code).partial({field: typed})
        assert errors[field].template == "The amount is too large.", str(typed)[:20]


@pytest.mark.parametrize("typed", NO_AMOUNT, ids=repr)
def test_outside_of_forms_the_same_is_an_amount(typed: Any) -> None:
    with pytest.raises(BadForm) as refused:
        fen_typed(typed, "price")
    assert refused.value.errors["price"].template == "An amount in yuan, such as 50 or 12.50."


def test_the_payment_box_reads_as_a_form_does() -> None:
    for typed, fen in SPELLINGS:
        assert TenderForm.read({"kind": "1", "amount": str(typed)}).amount == fen
    for typed in (each for each in NO_AMOUNT if isinstance(each, str)):
        with pytest.raises(BadForm):
            TenderForm.read({"kind": "1", "amount": typed})


@pytest.mark.parametrize("typed", [50, 50.0, "50.00"], ids=repr)
def test_an_order_keeps_the_amount_that_was_paid(hall: Hall, typed: Any) -> None:
    view = hall.filled(prepayment=typed)
    assert 5_000 in [line.amount for line in view.quote.lines if line.item == "prepayment"]
    done = hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (order,) = hall.rows(ProductOrder, id=done.order_id)
    assert BUSINESSES["C1"].form_of(order).prepayment == 5_000
