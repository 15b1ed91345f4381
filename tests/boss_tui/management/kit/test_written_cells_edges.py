"""A cell of a spreadsheet is written so as to be read in again: text is never run, a number looks like what it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from boss_tui.management.kit.files import MOST_TEXT, _written
from boss_tui.reports.workbook import DAY, FORMATS
from data.errors import NotAllowed


@pytest.fixture(scope="module")
def sheet() -> Any:
    return Workbook(write_only=True).create_sheet()


@pytest.mark.parametrize(
    ("value", "looks"),
    [(7, "0"), (0, "0"), (Decimal("7.00"), FORMATS["money"]), (7.5, FORMATS["money"]), (date(2026, 11, 23), DAY)],
)
def test_a_number_an_amount_and_a_day_look_each_like_itself(sheet: Any, value: Any, looks: str) -> None:
    cell = _written(sheet, value)
    assert (cell.value, cell.number_format) == (value, looks)


@pytest.mark.parametrize(("text", "cell"), [("a", "a"), ("", ""), ("'a", "'a"), ("'=1", "''=1"), ("a=1", "a=1")])
def test_a_text_is_written_as_it_is_and_one_more_apostrophe_where_it_would_be_run(
    sheet: Any, text: str, cell: str
) -> None:
    assert _written(sheet, text) == cell


@pytest.mark.parametrize("text", ["=1+1", "="])
def test_what_looks_like_a_formula_is_text(sheet: Any, text: str) -> None:
    cell = _written(sheet, text)
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    ("text", "fits"), [("x" * MOST_TEXT, True), ("x" * (MOST_TEXT + 1), False), ("a\x01", False), ("a\n", True)]
)
def test_a_text_that_would_be_cut_or_can_not_stand_in_a_cell_is_refused(sheet: Any, text: str, fits: bool) -> None:
    if fits:
        assert _written(sheet, text) == text
    else:
        with pytest.raises(NotAllowed) as refused:
            _written(sheet, text)
        assert refused.value.field == "form"
