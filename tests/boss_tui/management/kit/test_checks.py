"""Checks that subjects share: what names a business names one that there is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.kit.checks import meet, names_a_business, no_overlap
from data.tables.content import Article, Content
from data.tables.extra import ExtraField
from data.tables.tariff import PriceRule
from tests.boss_tui.components.rows import DAY, Rows, rehearsal, row

CHECK = names_a_business({Content: "business", Article: "business", ExtraField: "business"}, {"C1", "M6"})


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (RowEdit("content", ("t",), "add", {"business": "C1"}), False),
        (RowEdit("content", ("t",), "add", {"business": "M6"}), False),
        (RowEdit("content", ("t",), "add", {"business": "C99"}), True),
        (RowEdit("content", ("t",), "change", {"business": "c1"}), True),
        (RowEdit("content", ("t",), "change", {"text_zh": "C99"}), False),
        (RowEdit("article", ("t",), "add", {"business": ""}), False),
        (RowEdit("extra_field", ("C99", "a"), "add", {}), True),
        (RowEdit("extra_field", ("C1", "a"), "add", {}), False),
        (RowEdit("extra_field", ("C99", "a"), "end", {}), False),
        (RowEdit("price_rule", ("t",), "add", {"business": "C99"}), False),
    ],
)
def test_what_names_a_business_names_one_that_there_is(line: RowEdit, refused: bool) -> None:
    reading: Any = Rows()
    found = list(CHECK(rehearsal(reading, {3: line}, DAY)))
    assert [(fault.position, fault.column) for fault in found] == ([(3, "business")] if refused else [])


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (("2026-01-01", "2026-01-31"), ("2026-01-31", "2026-02-28"), True),
        (("2026-01-01", "2026-01-30"), ("2026-01-31", "2026-02-28"), False),
        (("2026-01-01", ""), ("2026-05-01", "2026-05-01"), True),
        (("2026-01-01", ""), ("2025-01-01", "2025-12-31"), False),
        (("2026-01-01", ""), ("2025-01-01", "2026-01-01"), True),
        (("", ""), ("", ""), True),
        (("", "2026-01-01"), ("2026-01-01", ""), True),
        (("", "2026-01-01"), ("2026-01-02", ""), False),
        (("2026-03-03", "2026-03-03"), ("2026-03-03", "2026-03-03"), True),
    ],
)
def test_two_rows_meet_when_one_day_has_both(one: tuple[str, str], other: tuple[str, str], together: bool) -> None:
    first, second = (SimpleNamespace(valid_from=begins, valid_to=ends) for begins, ends in (one, other))
    assert (meet(first, second), meet(second, first)) == (together, together)


def test_every_line_is_looked_at_whatever_stands_before_it() -> None:
    reading: Any = Rows()
    wrong = {"business": "C99"}
    lines = {
        1: RowEdit("price_rule", ("t",), "add", wrong),
        2: RowEdit("content", ("a",), "add", wrong),
        3: RowEdit("content", ("b",), "end", {}),
        4: RowEdit("content", ("c",), "add", {"business": "C1"}),
        5: RowEdit("article", ("d",), "add", wrong),
    }
    assert [fault.position for fault in CHECK(rehearsal(reading, lines, DAY))] == [2, 5]


@pytest.mark.parametrize(
    ("own", "other", "met"),
    [("published", "published", True), ("withdrawn", "published", False), ("published", "withdrawn", False)],
)
def test_what_was_withdrawn_overlaps_nothing(own: str, other: str, met: bool) -> None:
    rows = (row(PriceRule, id=key, item="card", state=state) for key, state in (("A", own), ("B", other)))
    reading: Any = Rows(*rows)
    lines = {1: RowEdit("price_rule", ("A",), "change", {})}
    assert bool(list(no_overlap(PriceRule, ("item",))(rehearsal(reading, lines, DAY)))) is met


def test_no_two_rows_of_one_thing_hold_on_one_day() -> None:
    """Who overlaps is told of each line, by the other row's days; what is another's, withdrawn or over is none."""
    rows = [
        row(PriceRule, id="A", item="card", business="C1", valid_from="2026-01-01", valid_to="2026-06-30"),
        row(PriceRule, id="B", item="card", business="C1", valid_from="2026-06-30", valid_to=""),
        row(PriceRule, id="C", item="card", business="C2", valid_from="", valid_to=""),
        row(PriceRule, id="D", item="card", business="C1", valid_from="2025-01-01", valid_to="2025-12-31"),
    ]
    reading: Any = Rows(*rows)
    lines = {
        1: RowEdit("content", ("A",), "change", {}),
        2: RowEdit("price_rule", ("A",), "change", {}),
        3: RowEdit("price_rule", ("C",), "change", {}),
        4: RowEdit("price_rule", ("D",), "change", {}),
        5: RowEdit("price_rule", ("gone",), "end", {}),
        6: RowEdit("price_rule", ("B",), "change", {}),
    }
    found = list(no_overlap(PriceRule, ("item", "business"))(rehearsal(reading, lines, DAY)))
    assert [(fault.position, fault.column) for fault in found] == [(2, "valid_from"), (6, "valid_from")]
    assert [str(fault.message).partition(", ")[2] for fault in found] == [
        "from 2026-06-30 until -.",
        "from 2026-01-01 until 2026-06-30.",
    ]


@pytest.mark.parametrize(
    ("days", "met"),
    [
        ([("", ""), ("2026-01-01", "2026-01-31"), ("2026-03-01", "2026-03-31")], {"A": "B", "B": "A", "C": "A"}),
        (
            [("2026-01-01", "2026-12-31"), ("2026-02-01", "2026-02-28"), ("2026-04-01", "")],
            {"A": "B", "B": "A", "C": "A"},
        ),
        ([("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28"), ("2026-02-28", "")], {"B": "C", "C": "B"}),
        ([("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28"), ("2026-03-01", "")], {}),
    ],
)
def test_of_many_rows_each_is_told_one_that_it_meets(days: list[tuple[str, str]], met: dict[str, str]) -> None:
    """Also one that begins long before it, behind others that are over."""
    rows = [
        row(PriceRule, id=key, item="card", valid_from=first, valid_to=last)
        for key, (first, last) in zip("ABC", days, strict=True)
    ]
    reading: Any = Rows(*rows)
    lines = {n: RowEdit("price_rule", (key,), "add", {}) for n, key in enumerate("ABC")}
    found = list(no_overlap(PriceRule, ("item",))(rehearsal(reading, lines, DAY)))
    assert {"ABC"[fault.position]: fault.message.values["row"].values["key"] for fault in found} == met
