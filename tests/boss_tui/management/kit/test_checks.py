"""Checks that subjects share: what names a business names one that there is."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions.lines import Line
from boss_tui.management.kit.checks import names_a_business
from data.tables.content import Article, Content
from data.tables.extra import ExtraField
from tests.boss_tui.components.rows import DAY, Rows

CHECK = names_a_business({Content: "business", Article: "business", ExtraField: "business"}, {"C1", "M6"})


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (Line("content", ("t",), "add", {"business": "C1"}), False),
        (Line("content", ("t",), "add", {"business": "M6"}), False),
        (Line("content", ("t",), "add", {"business": "C99"}), True),
        (Line("content", ("t",), "change", {"business": "c1"}), True),
        (Line("content", ("t",), "change", {"text_zh": "C99"}), False),
        (Line("article", ("t",), "add", {"business": ""}), False), (Line("extra_field", ("C99", "a"), "add", {}), True),
        (Line("extra_field", ("C1", "a"), "add", {}), False), (Line("extra_field", ("C99", "a"), "end", {}), False),
        (Line("price_rule", ("t",), "add", {"business": "C99"}), False),
    ],
)  # fmt: skip
def test_what_names_a_business_names_one_that_there_is(line: Line, refused: bool) -> None:
    reading: Any = Rows()
    found = list(CHECK(reading, {3: line}, DAY))
    assert [(fault.position, fault.column) for fault in found] == ([(3, "business")] if refused else [])
