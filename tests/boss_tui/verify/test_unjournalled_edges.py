"""Rows that no entry of the journal tells of: what is counted, and which keys are named where there are more."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from boss_tui.verify import journals
from boss_tui.verify.unjournalled import ALWAYS, RULE, counts, timed, unjournalled
from data.journal import Change
from data.tables.organisation import Alarm
from data.tables.sync import JournalEntry
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

__all__ = ["empty_store", "tx"]
BEGAN = "2026-11-23T01:00:00.000000Z"
BEFORE, AFTER = "2026-11-23T00:59:59.999999Z", "2026-11-23T01:00:00.000001Z"


@pytest.mark.parametrize(
    ("table", "op", "made", "counted"),
    [
        ("alarm", "add", AFTER, True),
        ("alarm", "add", BEGAN, True),
        ("alarm", "add", BEFORE, False),
        ("alarm", "change", AFTER, False),
        ("phone_number", "add", AFTER, False),
        ("payment_tender", "add", AFTER, False),
        ("access_log", "add", BEFORE, True),
    ],
)
def test_additions_since_the_journal_began_are_counted(table: str, op: Any, made: str, counted: bool) -> None:
    change = Change(table, op, ("k",), 0, dict.fromkeys(("made_at", "raised_at"), made))
    assert counts(change, BEGAN) is counted


def test_tables_with_a_time_that_the_outlet_writes_are_looked_at() -> None:
    assert timed()["alarm"] == "raised_at"
    assert timed().keys() >= ALWAYS | {"product_order", "posting", "shift"}
    assert timed().keys().isdisjoint({"phone_number", "running_total", "category", "posting_line"})


def entry(seq: int, *keys: str, table: str = "alarm", body: str = "") -> Any:
    changes = [[table, "add", [key], 0, {"id": key}] for key in keys]
    return row(JournalEntry, outlet="HZ01", epoch=1, seq=seq, body=body or json.dumps({"changes": changes}))


@pytest.mark.parametrize(
    ("entries", "told", "keys"),
    [
        ([entry(1, "a"), entry(2, "b", "c")], 3, []),
        ([entry(1, "a"), entry(2, "b")], 2, ["c"]),
        ([entry(1, "a"), entry(2, "b", "c", table="posting")], 1, ["b", "c"]),
        ([entry(1, "a"), entry(2, body="no JSON"), entry(3, "c")], 2, ["b"]),
        ([], 0, ["a", "b", "c"]),
    ],
)
def test_a_row_that_the_journal_does_not_tell_of_is_named(
    tx: Loose, monkeypatch: pytest.MonkeyPatch, entries: list[Any], told: int, keys: list[str]
) -> None:
    tx.put(*(row(Alarm, id=key, outlet="HZ01", raised_at=AFTER) for key in ("c", "a", "b")))
    tx.put(row(Alarm, id="old", outlet="HZ01", raised_at=BEFORE))
    monkeypatch.setattr(journals, "pages", lambda *_: [entries])
    found = list(unjournalled(tx, "HZ01", BEGAN, Counter(alarm=told)))
    assert [(each.invariant, each.rule, each.table, each.key) for each in found] == [
        (2, RULE, "alarm", key) for key in keys
    ]
