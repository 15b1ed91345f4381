"""Whether a store is the one whose end was noted, and what answered instead of headquarters: each sign alone."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.sync.client import Client
from boss_tui.sync.keys import KEY_SETTING
from boss_tui.sync.noted import NotedHead, disagreement, is_behind, is_entry, standing
from data.errors import Outside
from data.tables.sync import JournalEntry, JournalHead, Setting
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

__all__ = ["empty_store", "tx"]


def noted(**values: Any) -> NotedHead:
    """What is noted of a journal whose fourth entry is the first of its second epoch."""
    made = "2026-11-23T01:00:00.000000Z"
    standard = {"epoch": 2, "seq": 4, "hash": "h4", "headquarters": "", "noted_at": made, "numbers": {}}
    return NotedHead(**{"outlet": "HZ01", **standard, **values})


@pytest.fixture
def journal(tx: Loose) -> Loose:
    tx.put(row(JournalHead, outlet="HZ01", epoch=2, seq=5, hash="h5"))
    for seq, epoch in ((3, 1), (4, 2), (5, 2)):
        tx.put(row(JournalEntry, outlet="HZ01", epoch=epoch, seq=seq, hash=f"h{seq}"))
    return tx


@pytest.mark.parametrize(
    ("values", "key", "wrong"),
    [
        ({}, "", ""),
        ({"seq": 5, "hash": "h5"}, "", ""),
        ({"seq": 6, "hash": "h6"}, "", "ends at entry 5"),
        ({"hash": "x"}, "", "Entry 4 is another"),
        ({"seq": 3, "hash": "h3", "epoch": 1}, "", ""),
        ({"seq": 2, "hash": "h2"}, "", "Entry 2 is another"),
        ({"seq": 0, "hash": ""}, "", ""),
        ({"seq": 0, "hash": "h0"}, "", "Entry 0 is another"),
        ({}, "K", ""),
        ({"headquarters": "K"}, "K", ""),
        ({"headquarters": "K"}, "L", "key in the store is another"),
        ({"headquarters": "K"}, "", "key in the store is another"),
    ],
)
def test_a_store_is_the_one_that_was_noted(journal: Loose, values: dict[str, Any], key: str, wrong: str) -> None:
    if key:
        journal.put(row(Setting, name=KEY_SETTING, value=key))
    told = disagreement(journal, noted(**values))
    assert (told is None) == (not wrong)
    assert wrong in str(told)


def test_it_stands_at_its_last_entry_s_epoch(journal: Loose) -> None:
    now = standing(journal, "HZ01")
    assert (now.epoch, now.seq, now.hash, now.headquarters) == (2, 5, "h5", "")
    assert now.says(noted(seq=5, hash="h5"))
    for other in ({"epoch": 1}, {"seq": 4}, {"hash": "x"}, {"headquarters": "K"}):
        assert not now.says(noted(**{"seq": 5, "hash": "h5", **other}))


def test_a_new_epoch_begins_with_its_first_entry(tx: Loose) -> None:
    tx.put(row(JournalHead, outlet="HZ01", epoch=2, seq=3, hash="h3"))
    tx.put(row(JournalEntry, outlet="HZ01", epoch=1, seq=3, hash="h3"))
    assert standing(tx, "HZ01").epoch == 1
    assert (is_entry(tx, "HZ01", 3, "h3"), is_entry(tx, "HZ01", 3, "x"), is_entry(tx, "HZ01", 4, "")) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("values", "behind"),
    [({"seq": 6}, True), ({"seq": 5}, False), ({"seq": 6, "epoch": 1}, False), ({"seq": 6, "epoch": 3}, True)],
)
def test_a_store_is_behind_until_a_new_epoch_begins(journal: Loose, values: dict[str, int], behind: bool) -> None:
    assert is_behind(journal, noted(**values)) is behind


@pytest.mark.parametrize(
    ("status", "answer", "kind", "told"),
    [
        (499, b"", "", "Something else"),
        (500, b"<html>", "text/html", "failed"),
        (200, b"{}", "", "not signed"),
        (201, b"{}", "", "Something else"),
        (200, b"{}", "text/html", "web page"),
        (200, b" \n<html>", "", "web page"),
        (200, b"{}<", "", "not signed"),
        (404, b"<", "application/json", "web page"),
        (
            403,
            b'{"code": "stopped", "reason": {"template": "Why.", "values": {}}}',
            "",
            "unsigned answer refused: Why.",
        ),
    ],
)
def test_what_answered_instead_of_headquarters_is_said(status: int, answer: bytes, kind: str, told: str) -> None:
    client: Any = object.__new__(Client)
    with pytest.raises(Outside) as wrong:
        client._unsigned(status, answer, kind)
    assert told in str(wrong.value.message)
