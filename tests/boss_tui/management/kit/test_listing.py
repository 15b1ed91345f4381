"""Lists by key: pages in both directions, any order, filters in SQL as in memory, as of a date, what is pending."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from boss_tui.editions import lifecycle
from boss_tui.editions.lines import RowEdit
from boss_tui.management.kit import listing
from boss_tui.management.kit.filters import Filter, read_filter
from boss_tui.management.kit.listing import Page, counted, page
from boss_tui.management.kit.stored import ListQuery, place_of
from boss_tui.management.subjects import named
from data.store import Reading
from tests.boss_tui.editions.office import CHECKER, LATER, MAKER, RULES, TODAY, TOMORROW, Desk, end, new_price, price
from tests.tiers import NIGHTLY

_, PRICES = named("M6")
_, RIGHTS = named("M6/plan_rate")
MANY = 137


@pytest.fixture
def full(office: Desk) -> Desk:
    """Prices R000 to R136 beside P1 and P2, in force since today."""
    office.approved(*(RowEdit("outlet", (f"O{n}",), "add", {"name_zh": "厅", "province": "浙江"}) for n in range(MANY)))
    office.approved(*(new_price(f"R{n:03}", amount=n % 7, name_zh=f"第{n}条", name_en=f"O{n}") for n in range(MANY)))
    return office


def asked(typed: str = "", *, sort: str = "", falling: bool = False, day: str = TODAY) -> ListQuery:
    return ListQuery(read_filter(PRICES, typed), sort, falling, day, TODAY)


def names(shown: Page) -> list[str]:
    return [row.key[0] for row in shown.rows]


def forwards(reading: Reading, what: ListQuery, size: int = 10) -> Iterator[Page]:
    shown = page(reading, PRICES, what, size=size)
    yield shown
    while shown.after is not None:
        shown = page(reading, PRICES, what, after=shown.after, size=size)
        yield shown


def backwards(reading: Reading, what: ListQuery, size: int = 10) -> Iterator[Page]:
    shown = page(reading, PRICES, what, last=True, size=size)
    yield shown
    while shown.before is not None:
        shown = page(reading, PRICES, what, before=shown.before, size=size)
        yield shown


@pytest.mark.both_engines(NIGHTLY)
@pytest.mark.parametrize("sort", ["", "amount", "name_zh", "id"])
@pytest.mark.parametrize("falling", [False, True])
def test_pages_hold_every_row_once_in_order_both_ways(full: Desk, sort: str, falling: bool) -> None:
    with full.store.reading() as reading:
        what = asked(sort=sort, falling=falling)
        there = [row for shown in forwards(reading, what) for row in shown.rows]
        back = [row for shown in backwards(reading, what) for row in shown.rows[::-1]]
    places = [place_of(PRICES, what, row.values) for row in there]
    assert len(there) == MANY + 2
    assert places == sorted(set(places), reverse=falling)
    assert back == there[::-1]


def test_a_page_says_where_there_is_more(full: Desk) -> None:
    with full.store.reading() as reading:
        first = page(reading, PRICES, asked("R00"), size=4)
        assert (names(first), first.before) == (["R000", "R001", "R002", "R003"], None)
        second = page(reading, PRICES, asked("R00"), after=first.after, size=4)
        third = page(reading, PRICES, asked("R00"), after=second.after, size=4)
        assert (names(third), third.after) == (["R008", "R009"], None)
        assert names(page(reading, PRICES, asked("R00"), before=third.before, size=4)) == names(second)
        again = page(reading, PRICES, asked("R00"), before=second.before, size=4)
        assert (names(again), again.before, again.after) == (names(first), None, first.after)
        exact = page(reading, PRICES, asked("R00"), size=10)
        assert (exact.before, exact.after) == (None, None)
        assert page(reading, PRICES, asked("nothing of it"), size=10) == Page((), None, None)


VALUES = {
    "id": ("r01", "R010", "%", "_"),
    "name_zh": ("第1", "\\"),
    "name_en": ("O1", "o1"),
    "amount": ("0.03", "9"),
    "percent": ("100",),
    "valid_to": ("2026-12-31", "-"),
}
SIGNS = (":", "=", ">", "<", ">=", "<=")


@pytest.mark.both_engines(NIGHTLY)
def test_sql_and_memory_choose_the_same_rows(full: Desk) -> None:
    with full.store.reading() as reading:
        there = [dict(row.__dict__) for row in reading.all(PRICES.model)]
        for column, sign, isnt in product(VALUES, SIGNS, ("", "!")):
            for value in VALUES[column]:
                what = asked(f"{isnt}{column}{sign}{value}")
                shown = {row.key[0] for row in page(reading, PRICES, what, size=500).rows}
                fitting = {row["id"] for row in there if all(each.holds(row) for each in what.filter.conditions)}
                assert shown == fitting, f"{isnt}{column}{sign}{value}"


def test_the_count_is_of_what_fits_and_of_all(full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with full.store.reading() as reading:
        assert list(map(str, counted(reading, PRICES, asked("R00")))) == ["10", "139"]
        monkeypatch.setattr(listing, "COUNTED", 139)
        assert list(map(str, counted(reading, PRICES, asked()))) == ["139", "139"]
        monkeypatch.setattr(listing, "COUNTED", 138)
        assert list(map(str, counted(reading, PRICES, asked("R00")))) == ["10", "138+"]


def test_a_list_that_is_shown_whole_is_counted_by_what_is_shown(full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with full.store.reading() as reading:
        whole, part = (page(reading, PRICES, asked("R00"), size=size) for size in (10, 9))
        last = page(reading, PRICES, asked("R00"), after=part.after)
        assert (whole.is_whole, part.is_whole, last.is_whole) == (True, False, False)
        looked = [counted(reading, PRICES, asked("R00"), shown) for shown in (None, whole, part)]
        assert [(fit.rows, every.rows) for fit, every in looked] == [(10, 139)] * 3
        monkeypatch.setattr(listing, "count", lambda *_: listing.Count(139))
        assert [each.rows for each in counted(reading, PRICES, asked("R00"), whole)] == [10, 139]


def test_a_large_count_has_its_commas() -> None:
    assert (str(listing.Count(1204)), str(listing.Count(10_000)), str(listing.Count(10_001))) == (
        "1,204",
        "10,000",
        "10,000+",
    )


@pytest.mark.both_engines(NIGHTLY)
def test_as_of_a_date_the_rows_are_what_they_were_or_will_be(office: Desk) -> None:
    office.approved(price(1500), new_price("N1", business="C2"), end("price_rule", "P2"), effective_from=TOMORROW)
    with office.store.reading() as reading:

        def on(day: str, typed: str = "", falling: bool = False) -> list[tuple[str, int]]:
            what = asked(typed, day=day, falling=falling)
            shown = [row for each in forwards(reading, what, 1) for row in each.rows]
            back = [row for each in backwards(reading, what, 1) for row in each.rows[::-1]]
            assert shown == back[::-1]
            assert counted(reading, PRICES, what)[0].rows == len(shown)
            return [(row.key[0], row.values["amount"]) for row in shown]

        assert on(TODAY) == [("P1", 1000), ("P2", 2000)]
        assert on(TOMORROW) == [("N1", 1), ("P1", 1500)]
        assert on(TOMORROW, falling=True) == [("P1", 1500), ("N1", 1)]
        assert on(TOMORROW, "amount>=15") == [("P1", 1500)]
        assert on(TODAY, "amount>=15") == [("P2", 2000)]
        assert on("2025-12-31") == []
    office.open_day(TOMORROW)
    with office.store.reading() as reading:
        what = ListQuery(Filter(), "", False, TODAY, TOMORROW)
        shown = page(reading, PRICES, what)
        assert [(row.key[0], row.values["amount"]) for row in shown.rows] == [("P1", 1000), ("P2", 2000)]


def test_what_is_pending_is_marked_with_whose_it_is(office: Desk) -> None:
    drafted = office.drafted(price(1100))
    office.submitted(price(2100, "P2"), new_price("N1", business="C2"), by=CHECKER, effective_from=LATER)
    with office.store.reading() as reading:
        one, two = page(reading, PRICES, asked()).rows
        assert [(p.author, p.state, p.op, p.edition) for p in one.pending] == [(MAKER, "draft", "change", drafted)]
        assert [(p.author, p.state, p.effective_from) for p in two.pending] == [(CHECKER, "submitted", LATER)]
        assert names(page(reading, PRICES, asked("is:pending"))) == ["P1", "P2"]
        assert names(page(reading, PRICES, asked("is:pending amount>15"))) == ["P2"]
        assert names(page(reading, PRICES, asked("!is:pending"))) == []
        assert counted(reading, PRICES, asked("is:pending"))[0].rows == 2
        assert counted(reading, PRICES, asked("!is:pending"))[0].rows == 0
    office.act(MAKER, lifecycle.withdraw, drafted, "", RULES)
    with office.store.reading() as reading:
        assert names(page(reading, PRICES, asked("!is:pending"))) == ["P1"]


def test_a_row_is_to_come_in_force_or_ended_by_its_dates_inclusive(office: Desk) -> None:
    office.approved(
        new_price("A", business="X1", valid_to="2026-11-22"),
        new_price("B", business="X2", valid_to=TODAY),
        new_price("C", business="X3", valid_from=TODAY),
        new_price("D", business="X4", valid_from=TOMORROW),
        new_price("E", business="X5", state="withdrawn"),
    )
    with office.store.reading() as reading:
        found = {row.key[0]: row.validity for row in page(reading, PRICES, asked("business:X")).rows}
        assert found == {"A": "ended", "B": "in_force", "C": "in_force", "D": "to_come", "E": "ended"}
        for mark in ("in_force", "to_come", "ended"):
            told = [name for name, validity in found.items() if validity == mark]
            assert names(page(reading, PRICES, asked(f"business:X is:{mark}"))) == told
            assert names(page(reading, PRICES, asked(f"business:X !is:{mark}"))) == sorted(set(found) - set(told))


def test_a_key_of_two_parts_pages_too(office: Desk) -> None:
    office.approved(*(RowEdit("plan_rate", ("PLAN", kind), "add", {"price": 5}) for kind in ("data", "sms", "voice")))
    with office.store.reading() as reading:
        what = ListQuery(Filter(), "price", True, TODAY, TODAY)
        first = page(reading, RIGHTS, what, size=2)
        second = page(reading, RIGHTS, what, after=first.after, size=2)
        assert [row.key[1] for row in (*first.rows, *second.rows)] == ["voice", "sms", "data"]
