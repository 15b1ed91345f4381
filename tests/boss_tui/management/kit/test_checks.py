"""Checks that subjects share: what names a business names one that there is."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit
from boss_tui.management.kit.checks import names_a_business
from data.tables.content import Article, Content
from data.tables.extra import ExtraField
from tests.boss_tui.components.rows import DAY, Rows

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
    found = list(CHECK(reading, {3: line}, DAY))
    assert [(fault.position, fault.column) for fault in found] == ([(3, "business")] if refused else [])
