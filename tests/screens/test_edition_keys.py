"""Above an edition stand the keys that do something with it: by its state, and by who looks."""

from __future__ import annotations

from typing import Any

import pytest

from data.tables.edition import Edition
from screens.manage.edition_keys import keys_of


def edition(state: str, **said: Any) -> Edition:
    return Edition(id="e", number=1, subject="M6", title="t", author="3001", made_at="", state=state, **said)


@pytest.mark.parametrize(
    ("state", "mine", "is_to_do", "offered"),
    [
        ("draft", True, True, "F10: submit it"),
        ("draft", False, False, "F4: who did what"),
        ("submitted", True, False, "F4: withdraw it"),
        ("submitted", False, True, "F10: approve it"),
        ("submitted", False, False, "F4: reject it"),
        ("rejected", True, True, "F10: make it a draft again"),
        ("stale", True, True, "F10: base it on what stands now"),
        ("approved", True, False, "F4: withdraw it"),
        ("approved", False, False, "F4: withdraw it"),
        ("in_force", True, False, "F4: roll it back"),
        ("withdrawn", True, False, "F4: who did what"),
        ("failed", False, False, "F4: who did what"),
    ],
)
def test_the_keys_above_an_edition_go_by_its_state_and_by_who_looks(
    state: str, mine: bool, is_to_do: bool, offered: str
) -> None:
    told = str(keys_of(edition(state), mine=mine, is_to_do=is_to_do, leads_on=False))
    assert offered in told
    assert len(told) <= 78  # what a line of the smallest screen has room for
    assert ("F10" in told) is is_to_do


def test_what_counts_is_gone_on_with_or_reviewed() -> None:
    assert "F10: what is to be done next" in str(keys_of(edition("in_force"), mine=True, is_to_do=True, leads_on=True))
    late = edition("in_force", emergency=1, reviewed_at="")
    assert "F4: review it" in str(keys_of(late, mine=False, is_to_do=False, leads_on=False))
    seen = edition("in_force", emergency=1, reviewed_at="2026-11-23")
    assert "review it" not in str(keys_of(seen, mine=False, is_to_do=False, leads_on=False))
