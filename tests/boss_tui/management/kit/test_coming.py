"""Rows that open editions are going to add stand above the list, marked, until they are there."""

from __future__ import annotations

import pytest

from boss_tui.editions import drafts, lifecycle
from boss_tui.management.kit import coming as kit
from boss_tui.management.kit.coming import coming
from boss_tui.management.kit.filters import read_filter
from boss_tui.management.kit.stored import ListQuery
from boss_tui.management.m06.prices import PRICES
from tests.boss_tui.editions.office import CHECKER, LATER, MAKER, RULES, TODAY, TOMORROW, Desk, new_price, price


def listed(office: Desk, typed: str = "", day: str = TODAY) -> list[tuple[str, str, str]]:
    with office.store.reading() as reading:
        asked = ListQuery(read_filter(PRICES, typed), "", False, day, TODAY)
        return [(row.key[0], row.pending[0].author, row.pending[0].op) for row in coming(reading, PRICES, asked)[0]]


def test_a_new_row_of_an_open_edition_is_listed_until_it_is_there(office: Desk) -> None:
    made = office.drafted(new_price("N1", amount=500, rank=3), price(1200), effective_from=LATER)
    assert listed(office) == [("N1", MAKER, "add")]  # P1 is changed where it stands
    office.act(MAKER, lifecycle.submit, made, RULES)
    office.act(CHECKER, lifecycle.approve, made, RULES)
    assert listed(office) == [("N1", MAKER, "add")]
    office.open_day(LATER)
    assert listed(office) == []


@pytest.mark.parametrize(("made", "more"), [(kit.FEW, False), (kit.FEW + 1, True)])
def test_that_there_are_more_than_are_shown_is_known(office: Desk, made: int, more: bool) -> None:
    office.drafted(*(new_price(f"N{n}", rank=n + 1) for n in range(made)))
    with office.store.reading() as reading:
        rows, others = coming(reading, PRICES, ListQuery(read_filter(PRICES, ""), "", False, TODAY, TODAY))
    assert (len(rows), others) == (kit.FEW, more)


def test_what_was_taken_out_or_back_is_not_listed(office: Desk) -> None:
    made = office.drafted(new_price("N1", rank=3), new_price("N2", rank=4))
    assert [key for key, *_ in listed(office)] == ["N1", "N2"]
    office.act(MAKER, drafts.drop_line, made, 0)
    assert [key for key, *_ in listed(office)] == ["N2"]
    office.act(MAKER, lifecycle.withdraw, made, "", RULES)
    assert listed(office) == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", True),
        ("N1", True),
        ("amount:5", True),
        ("amount>5", False),
        ("is:pending", True),
        ("!is:pending", False),
        ("is:ended", False),
    ],
)
def test_they_fit_what_is_typed(office: Desk, typed: str, shown: bool) -> None:
    office.drafted(new_price("N1", amount=500, rank=3))
    assert bool(listed(office, typed)) is shown


def test_as_of_another_day_there_are_none(office: Desk) -> None:
    office.drafted(new_price("N1", amount=500, rank=3))
    with office.store.reading() as reading:
        asked = ListQuery(read_filter(PRICES, ""), "", False, TOMORROW, TODAY)
        assert coming(reading, PRICES, asked) == ([], False)


def test_few_stand_above_a_list_and_all_where_they_are_asked_for(office: Desk) -> None:
    office.drafted(*(new_price(f"N{n}", rank=n + 1) for n in range(kit.FEW + 1)))
    assert len(listed(office)) == kit.FEW
    assert len(listed(office, "is:pending")) == kit.FEW + 1


def test_one_that_is_there_meanwhile_hides_none_of_the_others(office: Desk) -> None:
    office.drafted(new_price("N1", rank=3), new_price("N2", rank=4))
    office.approved(new_price("N1", rank=5))
    assert [key for key, *_ in listed(office)] == ["N2"]
