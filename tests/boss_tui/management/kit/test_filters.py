"""What is typed to narrow a list, read once: its SQL and its own judgement of a row agree."""

from __future__ import annotations

import pytest

from boss_tui.management.kit.filters import FilterTerm, read_filter
from boss_tui.management.subjects import named
from data.errors import BadForm

_, PRICES = named("M6")
_, TAXES = named("M6/tax_rate")
ROW = {
    "id": "P1",
    "item": "card",
    "business": "C1",
    "product": "",
    "category": "",
    "outlet": "",
    "valid_from": "",
    "valid_to": "2026-12-31",
    "amount": 1050,
    "percent": 100,
    "monthly": 0,
    "name_zh": "卡费",
    "name_en": "Card",
    "rank": 0,
    "state": "published",
}


@pytest.mark.parametrize(
    ("typed", "holds"),
    [
        ("", True),
        ("CARD", True),
        ("卡", True),
        ("sim", False),
        ("card 卡费", True),
        ("card sim", False),
        ("item:car", True),
        ("item=car", False),
        ("item=card", True),
        ("!item:car", False),
        ("!sim", True),
        ("amount:10.50", True),
        ("amount>10.49", True),
        ("amount>10.50", False),
        ("amount>=10.50", True),
        ("amount<10.51", True),
        ("amount<10.50", False),
        ("amount<=10.50", True),
        ("amount:10", False),
        ("valid_to:20261231", True),
        ("valid_to>2026-12-30", True),
        ("valid_to<2026-12-31", False),
        ("valid_from:-", True),
        ("valid_to:-", False),
        ("monthly:n", True),
        ("monthly:否", True),
        ("monthly:是", False),
        ("monthly:y", False),
        ("rank:0", True),
        ("state:published", True),
        ("state:pub", False),
        ("Amount:10.50", True),
        ("金额：10.50", True),
        ("金额＞10", True),
        ('name_en:"Card"', True),
        ('"卡 费"', False),
        ("prod:-", True),
        ("item:-", False),
        ("product=-", True),
    ],
)
def test_a_condition_holds(typed: str, holds: bool) -> None:
    assert all(each.holds(ROW) for each in read_filter(PRICES, typed).conditions) == holds


@pytest.mark.parametrize(
    ("typed", "holds"),
    [("amount:0", True), ("amount<0.01", True), ("amount>0", False), ("product:-", True), ("x", False)],
)
def test_what_a_row_does_not_say_is_nothing(typed: str, holds: bool) -> None:
    row = {**ROW, "amount": None, "product": None, "name_zh": None}
    assert all(each.holds(row) for each in read_filter(PRICES, typed).conditions) == holds


@pytest.mark.parametrize(
    "typed", ["nosuch:1", "amount:x", "amount>1.234", "valid_to:2026-02-30", "rank:1.5", "monthly:maybe", "is:late"]
)
def test_what_is_not_understood_is_said_beside_the_filter(typed: str) -> None:
    with pytest.raises(BadForm) as refused:
        read_filter(PRICES, typed)
    assert set(refused.value.errors) == {"filter"}


def test_a_beginning_of_a_column_is_enough_where_it_is_one_of_them() -> None:
    assert read_filter(PRICES, "am:1").conditions == (FilterTerm(("amount",), "=", 100),)
    with pytest.raises(BadForm):
        read_filter(PRICES, "name:x")  # name_zh or name_en


def test_a_time_of_day_is_a_word_and_no_column() -> None:
    assert read_filter(TAXES, "10:30").conditions == (FilterTerm(("category",), "has", "10:30"),)


def test_marks_are_apart_from_conditions() -> None:
    assert read_filter(PRICES, "is:pending !is:ended").marks == (("pending", False), ("ended", True))
