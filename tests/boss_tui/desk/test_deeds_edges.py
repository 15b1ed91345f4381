"""What an entry of the record is called: each kind of code."""

from __future__ import annotations

import pytest

from boss_tui.components.inquiry import PARTS
from boss_tui.desk.deeds import ON_RECORD, on_record

PART = next(name for name in PARTS if f"look.{name}" not in ON_RECORD)


@pytest.mark.parametrize(
    ("act", "called"),
    [
        ("reprint", "Copy printed"),
        ("reprint.refused", "Copy printed: refused"),
        ("cash.refused", "Cash not moved"),  # it has a word of its own
        ("unheard", "unheard"),
        ("unheard.refused", "unheard.refused"),
        ("look.papers", "Looked at papers"),
        (f"look.{PART}", f"Looked at {PARTS[PART].title}"),
        ("look.unheard", "look.unheard"),
        (PART, PART),
    ],
)
def test_what_an_entry_of_the_record_is_called(act: str, called: str) -> None:
    assert str(on_record(act)) == called
