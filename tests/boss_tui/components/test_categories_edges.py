"""Which category somebody is in: by the counter, their document, headquarters and the red list, each on its days."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.customers.categories import benefits, best, category_name, category_of, class_of, listed
from boss_tui.components.customers.customers import Customers
from data.tables.customer import Category, Customer, CustomerClass, DocumentKind, ListedPerson
from tests.boss_tui.components.rows import DAY, Rows, context, row

BEFORE, AFTER = "2026-11-22", "2026-11-24"
WHO = {"document_kind": "00", "document_number": "D1"}
RANKS = {"red": 1, "key": 2, "staff": 3, "ordinary": 9}
CATEGORIES = [row(Category, code=code, rank=rank, state="active") for code, rank in RANKS.items()]


def category(*rows: Any, own: str = "ordinary", kind: str = "ordinary") -> str:
    there: Any = Rows(*CATEGORIES, row(DocumentKind, code="00", category=kind), *rows)
    return category_of(there, row(Customer, id="c", category=own, **WHO), DAY)


def said(**values: Any) -> Any:
    return row(CustomerClass, **{**WHO, "category": "key", **values})


def entry(**values: Any) -> Any:
    return row(ListedPerson, **{**WHO, "id": "1", "list": "red", **values})


@pytest.mark.parametrize(
    ("rows", "own", "kind", "found"),
    [
        ([], "ordinary", "ordinary", "ordinary"),
        ([], "staff", "ordinary", "staff"),
        ([], "ordinary", "staff", "staff"),
        ([], "key", "staff", "key"),
        ([said()], "ordinary", "ordinary", "key"),
        ([said(category="staff")], "key", "ordinary", "staff"),  # headquarters' word goes before the counter's
        ([said(valid_to=DAY)], "ordinary", "ordinary", "key"),
        ([said(valid_to=BEFORE)], "ordinary", "ordinary", "ordinary"),
        ([said(document_number="D2")], "ordinary", "ordinary", "ordinary"),
        ([entry()], "key", "ordinary", "red"),
        ([entry(), said()], "ordinary", "ordinary", "red"),
        ([entry(list="black")], "ordinary", "ordinary", "ordinary"),
        ([entry(valid_to=BEFORE)], "ordinary", "ordinary", "ordinary"),
    ],
)
def test_headquarters_goes_before_the_counter_and_the_red_list_before_both(
    rows: list[Any], own: str, kind: str, found: str
) -> None:
    assert category(*rows, own=own, kind=kind) == found


def test_a_customer_is_shown_in_the_category_that_they_are_in_today() -> None:
    there: Any = Rows(*CATEGORIES, row(DocumentKind, code="00", category="ordinary"), said())
    there.add(Customer, id="c", category="ordinary", name="张三", **WHO)
    there.add(Customer, id="d", category="staff", document_kind="00", document_number="D2")
    customers = Customers(context(there))
    owners = [customers.owner(key) for key in ("c", "d")]
    assert [(each.id, each.category) for each in owners] == [("c", "key"), ("d", "staff")]
    assert owners[0].name == "张三"
    assert there.one(Customer, id="c").category == "ordinary", "the counter's own word stays"


def test_the_best_category_is_one_that_stands_or_the_best_of_those_that_ended() -> None:
    ended = [row(Category, code=code, rank=rank, state="ended") for code, rank in (("old", 0), ("older", 1))]
    there: Any = Rows(*CATEGORIES, *ended)
    assert best(there, ("older", "old", "ordinary", "nothing")) == "ordinary"
    assert best(there, ("older", "old")) == "old"


@pytest.mark.parametrize(
    ("zh", "en", "chinese", "english"),
    [("免押金", "", "免押金", "免押金"), ("", "Free", "Free", "Free"), ("免", "F", "免", "F")],
)
def test_what_is_said_in_one_language_is_said_so_in_both(zh: str, en: str, chinese: str, english: str) -> None:
    told = benefits(row(Category, code="key", benefits_zh=zh, benefits_en=en))
    assert told is not None
    assert (told.values["zh_CN"], told.values["en"]) == (chinese, english)
    assert benefits(row(Category, code="key")) is None
    assert category_name(row(Category, code="key", name_zh="大客户", name_en="")).values["en"] == "大客户"


def test_entries_of_a_list_stand_on_their_days_in_the_order_of_their_keys() -> None:
    rows = [
        entry(id="3"),
        entry(id="2", valid_from=DAY, valid_to=DAY),
        entry(id="4", valid_from=AFTER),
        entry(id="5", document_kind="07"),
        entry(id="6", list="black"),
    ]
    there: Any = Rows(*rows)
    assert [each.id for each in listed(there, "red", "00", "D1", DAY)] == ["2", "3"]
    assert class_of(there, "00", "D1", DAY) is None
