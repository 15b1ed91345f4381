"""What a Z says of the journal: an entry that is there, by number and hash, whatever stands in the row."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.verify import journals, noted


@pytest.mark.parametrize(
    ("end", "stands"),
    [("3/h", True), ("3/other", False), ("4/h", False), ("/h", False), ("3", False), ("²/h", False), ("x/h", False)],
)
def test_a_z_names_an_entry_that_the_journal_has(monkeypatch: pytest.MonkeyPatch, end: str, stands: bool) -> None:
    monkeypatch.setattr(journals, "own_outlets", lambda _: [SimpleNamespace(outlet="HZ01")])
    monkeypatch.setattr(noted, "is_entry", lambda _, outlet, seq, found: (outlet, seq, found) == ("HZ01", 3, "h"))
    reading: Any = SimpleNamespace(rows=lambda *_, **of: [("shift", end)] if of == {"of": "HZ01"} else [])
    found = list(noted.closes(reading, {}))
    assert [(each.rule, each.table, each.key) for each in found] == (
        [] if stands else [(noted.AT_CLOSE, "shift", "shift")]
    )
