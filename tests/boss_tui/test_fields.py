"""What a field hangs on: another one that is filled, one that holds certain words, any of several."""

from __future__ import annotations

import pytest

from boss_tui.fields import Ask
from data.message import say


@pytest.mark.parametrize(
    ("when", "held", "asked"),
    [
        ("", {}, True),
        ("by_agent", {"by_agent": "y"}, True),
        ("by_agent", {"by_agent": " N "}, False),
        ("by_agent", {"by_agent": ""}, False),
        ("by_agent", {"by_agent": None}, False),
        ("action=refund|correct", {"action": "Refund"}, True),
        ("action=refund|correct", {"action": "collect"}, False),
        ("action=refund waive", {"action": "collect", "waive": "y"}, True),
        ("action=refund waive", {"action": "collect", "waive": "n"}, False),
        ("kind!=30|31", {"kind": "00"}, True),
        ("kind!=30|31", {"kind": ""}, True),
        ("kind!=30|31", {"kind": "31"}, False),
        ("kind!=30|31", {"kind": None}, False),
        ("action=refund waive", {"action": None, "waive": None}, False),
    ],
)
def test_what_a_field_hangs_on(when: str, held: dict[str, str | None], asked: bool) -> None:
    assert Ask(say("Reason"), when=when).asked(held.get) is asked
