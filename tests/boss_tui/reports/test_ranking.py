"""A table in another order, the first of it alone, with shares, beside the period before."""

from __future__ import annotations

import pytest

from boss_tui.reports.ranking import AS_IT_STANDS, Ranking, ranked, span_before
from boss_tui.reports.report import Column, Section
from data.errors import NotAllowed
from data.message import say

COLUMNS = (Column(say("What")), Column(say("Count"), "count"), Column(say("Amount"), "money"))


def table(*rows: tuple[str, int, int]) -> Section:
    total = ("Total", sum(row[1] for row in rows), sum(row[2] for row in rows)) if rows else ()
    return Section(say("Table"), COLUMNS, rows, total, "x", tuple(row[0] for row in rows))


TABLE = table(("a", 5, 100), ("b", 1, 700), ("c", 9, 200))


def test_as_it_stands_nothing_changes() -> None:
    assert ranked(TABLE, AS_IT_STANDS) is TABLE
    empty = table()
    assert ranked(empty, Ranking("amount", 3, beside=True), TABLE) is empty


@pytest.mark.parametrize(
    ("sort", "order"), [("", ["a", "b", "c"]), ("amount", ["b", "c", "a"]), ("count", ["c", "a", "b"])]
)
def test_rows_are_in_order(sort: str, order: list[str]) -> None:
    found = ranked(TABLE, Ranking(sort, 3))
    assert [row[0] for row in found.rows] == order == list(found.keys)
    assert found.total == ("Total", 15, 1000, "100.0 %")


@pytest.mark.parametrize(("top", "rows"), [(0, 3), (1, 2), (2, 3), (3, 3), (4, 3)])
def test_what_is_not_among_the_first_stands_together(top: int, rows: int) -> None:
    found = ranked(TABLE, Ranking("amount", top))
    assert len(found.rows) == rows
    assert sum(int(str(row[2])) for row in found.rows) == 1000
    if top in {1, 2}:
        assert found.keys[-1] == ""
        assert str(found.rows[-1][0]) == ("1 other" if top == 2 else "2 others")


@pytest.mark.parametrize(
    ("amounts", "shares"),
    [
        ((1, 2), ("33.3 %", "66.7 %")),
        ((1, 1999), ("0.1 %", "100.0 %")),
        ((1, 2000), ("0.0 %", "100.0 %")),
        ((-100, 200), ("-100.0 %", "200.0 %")),
        ((0, 0), ("-", "-")),
        ((-5, 2), ("-", "-")),
    ],
)
def test_a_share_is_rounded_half_up_and_none_of_nothing(amounts: tuple[int, int], shares: tuple[str, str]) -> None:
    found = ranked(table(("a", 1, amounts[0]), ("b", 1, amounts[1])), Ranking("", 2))
    assert tuple(row[-1] for row in found.rows) == shares


def test_beside_it_stands_the_period_before() -> None:
    before = table(("a", 1, 50), ("d", 1, 30), ("c", 2, 7))
    found = ranked(TABLE, Ranking("amount", 1, beside=True), before)
    assert [row[-1] for row in found.rows] == [0, 57]
    assert found.total[-1] == 87, "what was sold then alone, too"


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        ("2026-11-01", "2026-11-30", ("2026-10-01", "2026-10-31")),
        ("2026-11-01", "2026-11-31", ("2026-10-01", "2026-10-31")),
        ("2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28")),
        ("2026-01-01", "2026-01-31", ("2025-12-01", "2025-12-31")),
        ("2026-02-01", "2026-02-28", ("2026-01-01", "2026-01-31")),
        ("2026-11-01", "2026-11-29", ("2026-10-03", "2026-10-31")),
        ("2026-11-02", "2026-11-30", ("2026-10-04", "2026-11-01")),
        ("2026-11-23", "2026-11-23", ("2026-11-22", "2026-11-22")),
        ("2026-11-23", "2026-11-29", ("2026-11-16", "2026-11-22")),
    ],
)
def test_the_period_before_is_as_long_or_the_month_before(since: str, until: str, before: tuple[str, str]) -> None:
    assert span_before(since, until) == before


@pytest.mark.parametrize(("since", "until"), [("", ""), ("2026-11-01", ""), ("", "2026-11-30")])
def test_what_has_no_beginning_has_no_period_before(since: str, until: str) -> None:
    with pytest.raises(NotAllowed):
        span_before(since, until)
