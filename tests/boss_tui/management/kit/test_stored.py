"""Rows of a long list: found in three ways that answer alike, by an index wherever somebody waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any
from unittest.mock import Mock

import pytest

from boss_tui.management.kit import stored
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.filters import Filter, read_filter
from boss_tui.management.kit.listing import page
from boss_tui.management.kit.stored import AHEAD, ListQuery, place_of
from boss_tui.management.subjects import named
from data.journal import Author
from data.store import Reading
from data.tables.customer import Category, CustomerClass, DocumentKind
from data.tables.tariff import PriceRule
from tests.benchmarks.grown import GROWN
from tests.boss_tui.editions.office import TODAY, Desk
from tests.tiers import NIGHTLY

_, PRICES = named("M6")
_, CLASSES = named("M3.2/customer_class")
MANY = 40


@pytest.fixture
def full(office: Desk) -> Desk:
    """Prices R00 to R39 beside P1 and P2, in an order that is not their key's; as many that are classified."""
    with office.store.transaction(Author("", "first", ""), journalled=False) as tx, tx.received():
        tx.add(Category, code="gold", name_zh="金卡")
        for code in ("passport", "resident"):
            tx.add(DocumentKind, code=code, name_zh="证件", rule="any", category="gold")
        for n in (each * 7 % MANY for each in range(MANY)):
            said: dict[str, Any] = {"name_zh": f"第{n}条", "state": "withdrawn" if n % 9 == 4 else "published"}
            tx.add(PriceRule, id=f"R{n:02}", item="card", business="C1", amount=n % 3, rank=n % 2, **said)
            tx.add(CustomerClass, document_kind="resident", document_number=f"33{n:02}", category="gold", reason="x")
    return office


def asked(typed: str = "", *, sort: str = "", falling: bool = False, entity: Entity = PRICES) -> ListQuery:
    return ListQuery(read_filter(entity, typed), sort, falling, TODAY, TODAY)


def forwards(reading: Reading, what: ListQuery, size: int) -> Iterator[str]:
    shown = page(reading, PRICES, what, size=size)
    yield from (row.key[0] for row in shown.rows)
    while shown.after is not None:
        shown = page(reading, PRICES, what, after=shown.after, size=size)
        yield from (row.key[0] for row in shown.rows)


def backwards(reading: Reading, what: ListQuery, size: int) -> Iterator[str]:
    shown = page(reading, PRICES, what, last=True, size=size)
    yield from (row.key[0] for row in shown.rows[::-1])
    while shown.before is not None:
        shown = page(reading, PRICES, what, before=shown.before, size=size)
        yield from (row.key[0] for row in shown.rows[::-1])


TYPED = ("", "第1", "第33", "nothing", "amount:0.02", "!第1", "is:ended", "R1 第1", "!is:ended amount>0", "rank:1 第")


@pytest.mark.both_engines(NIGHTLY)
@pytest.mark.parametrize("ahead", [(0, 0), (2, 7), (6, 200), AHEAD])
def test_each_way_finds_the_same_rows_in_order(
    full: Desk, ahead: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "AHEAD", (ahead[0] or 5, ahead[1]))
    with full.store.reading() as reading:
        there = [dict(row.__dict__) for row in reading.all(PriceRule)]
        for typed, sort, falling in product(TYPED, ("", "amount", "name_zh", "id"), (False, True)):
            what = asked(typed, sort=sort, falling=falling)
            fitting = [row for row in there if all(each.holds(row) for each in what.filter.conditions)]
            if "is:ended" in typed:
                fitting = [row for row in fitting if (row["state"] == "withdrawn") != ("!is" in typed)]
            fitting.sort(key=lambda row: place_of(PRICES, what, row), reverse=falling)
            wanted = [row["id"] for row in fitting]
            assert list(forwards(reading, what, 4)) == wanted, (typed, sort, falling)
            assert list(backwards(reading, what, 4)) == wanted[::-1], (typed, sort, falling)


@pytest.mark.parametrize(("ahead", "by_places"), [(12, 0), (11, 1)])
def test_a_table_is_gone_through_as_it_lies_where_the_rows_ahead_fill_no_page(
    full: Desk, ahead: int, by_places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R10, the second of those with a 1 in front, is the thirteenth row: P1, P2, R00 …"""
    found = Mock(side_effect=stored._by_places)
    monkeypatch.setattr(stored, "_by_places", found)
    monkeypatch.setattr(stored, "AHEAD", (ahead, ahead))
    with full.store.reading() as reading:
        shown = page(reading, PRICES, asked("第1"), size=1)
    assert [row.key for row in shown.rows] == [("R01",)]
    assert found.call_count == by_places


def test_what_nobody_reads_stays_hidden_whichever_way_rows_are_found(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PriceRule, "__secret__", ("name_zh",), raising=False)
    with full.store.reading() as reading:
        for what in (asked(), asked("第3"), asked(sort="amount")):
            assert {row.values["name_zh"] for row in page(reading, PRICES, what).rows} == {""}


def test_digits_are_the_beginning_of_a_number_in_a_list_of_numbers(full: Desk) -> None:
    with full.store.reading() as reading:

        def found(typed: str) -> int:
            return len(page(reading, CLASSES, asked(typed, entity=CLASSES)).rows)

        assert [found(typed) for typed in ("33", "330", "3307", "30", "document_number:30", "gold", "330 gold")] == [
            MANY,
            10,
            1,
            0,
            11,
            MANY,
            10,
        ]


def plan(reading: Reading, entity: Entity, what: ListQuery) -> str:
    """How SQLite finds the first page."""
    statement = stored._statement(entity, stored.shape_of(what), what.sort, what.falling, False, False)
    prepared = reading.store.statements.of(statement)
    reading._cursor.execute(
        f"EXPLAIN QUERY PLAN {prepared.sql}", prepared.parameters({**stored.parameters(what), "most": 51})
    )
    return "; ".join(row[3] for row in reading._cursor.fetchall())


@pytest.mark.parametrize("name", [each.name for each in GROWN])
def test_an_index_leads_through_each_list_that_grows(office: Desk, name: str) -> None:
    _, entity = named(name)
    with office.store.reading() as reading:
        for falling in (False, True):
            told = plan(reading, entity, ListQuery(Filter(), "", falling, TODAY, TODAY))
            assert "USING INDEX" in told, told
            assert "TEMP B-TREE" not in told, told
        if entity.numbers or entity.stock is not None:
            told = plan(reading, entity, asked("138", entity=entity))
            assert told.startswith(("SEARCH", "MULTI-INDEX OR")), told
            assert "SCAN" not in told, told
