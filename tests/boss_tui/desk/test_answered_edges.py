"""What services answered to an order, as it is told: a line for each question, one for each thing that came later."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.desk.answered import lines
from data.message import say
from data.tables.eligibility import Interface, InterfaceAnswer
from tests.boss_tui.components.rows import Rows, row

ASKED, LATER = "2026-11-23T01:00:00Z", "2026-11-23T02:00:00Z"
FAULT = json.dumps(say("No answer.").as_json())


def told(**values: Any) -> list[tuple[str, str]]:
    standard = {"id": "1", "order_id": "o", "interface": "police", "state": "answered", "operator": "P", "took_ms": 5}
    other = row(InterfaceAnswer, **{**standard, "id": "2", "order_id": "another"})
    police = row(Interface, code="police", name_zh="公安", name_en="Police")
    asked = row(InterfaceAnswer, **{**standard, "asked_at": ASKED, **values})
    reading: Any = Rows(police, asked, other)
    return [(str(name), str(text)) for name, text in lines(reading, "o")]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ({"verdict": "yes", "reason": "ok"}, ["09:00:00 P, 5 ms: it may be done. ok"]),
        ({"verdict": "no", "reason": "gone"}, ["09:00:00 P, 5 ms: it may not be done. gone"]),
        ({"offline": "no"}, ["09:00:00 P: Not asked. Meanwhile: it may not be done without."]),
        (
            {"fault": FAULT, "offline": "yes", "state": "waiting"},
            [
                "09:00:00 P: No answer. Meanwhile: it may be done without.",
                "It is asked again until it answers.",
            ],
        ),
        (
            {"verdict": "yes", "state": "confirmed", "later_at": LATER, "later_reason": "ok"},
            ["09:00:00 P, 5 ms: it may be done. ", "Asked again, 11-23 10:00: it may be done. ok"],
        ),
        (
            {"verdict": "yes", "state": "settled", "later_at": LATER, "later_reason": "no", "way": "undo"}
            | {"words": "w", "settled_by": "2001", "settled_at": LATER},
            [
                "09:00:00 P, 5 ms: it may be done. ",
                "Asked again, 11-23 10:00: it may not be done. no",
                "taken back: w (2001, 2026-11-23 10:00:00)",
            ],
        ),
    ],
)
def test_what_was_answered_and_what_came_of_it_is_told(values: dict[str, Any], texts: list[str]) -> None:
    assert told(**values) == [("Police", text) for text in texts]


def test_an_interface_that_is_published_no_more_is_named_by_its_code() -> None:
    assert told(verdict="yes", interface="gone")[0][0] == "gone"
