"""What a field hangs on: another one that is filled, one that holds certain words, any of several."""

from __future__ import annotations

import pytest

from boss_tui.forms.fields import Ask
from boss_tui.forms.typed import codes_in, toggled
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


@pytest.mark.parametrize("typed", ["CLIP,RBT", "clip rbt", " CLIP， RBT ", "CLIP、RBT,", "ｃｌｉｐ；RBT"])
def test_codes_may_stand_with_commas_or_blanks_between_them(typed: str) -> None:
    assert codes_in(typed) == ("CLIP", "RBT")


def test_a_code_is_added_and_one_that_is_there_taken_out() -> None:
    assert toggled("", "RBT") == "RBT"
    assert toggled("clip rbt", "CW") == "clip,rbt,CW"  # the form knows whether case matters
    assert toggled("student,8K", "8k") == "student"
    assert toggled("CLIP,RBT,CW", "RBT") == "CLIP,CW"
