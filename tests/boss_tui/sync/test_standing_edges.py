"""Whether a store is the one whose end was noted, and what answered instead of headquarters: each sign alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.sync import link
from boss_tui.sync.client import Client
from boss_tui.sync.keys import KEY_SETTING
from boss_tui.sync.noted import Note, NotedHead, disagreement, is_behind, is_entry, standing
from boss_tui.sync.shapes import Refusal
from data.errors import Damaged, Outside
from data.message import say
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


@pytest.mark.parametrize(
    ("last", "feed_next", "stream", "again", "more"),
    [
        (None, 9, None, False, False),
        (7, 8, None, False, False),
        (7, 9, None, False, True),
        (None, 9, (7, 8), False, False),
        (None, 9, (7, 9), False, True),
        (7, 8, (7, 8), True, True),
    ],
)
def test_there_is_more_to_pull_until_what_is_told_next_was_read(
    monkeypatch: pytest.MonkeyPatch,
    last: int | None,
    feed_next: int,
    stream: tuple[int, int] | None,
    again: bool,
    more: bool,
) -> None:
    pulling: Any = object.__new__(link.Link)
    pulling.outlet, pulling.store, pulling.key = "HZ01", None, None
    pulling.client = SimpleNamespace(checked=lambda standing: standing)
    monkeypatch.setattr(pulling, "_must_be_signed", lambda *_: None)
    monkeypatch.setattr(pulling, "_apply_stream", lambda _: SimpleNamespace(again=again, applied=2, waiting=1))
    monkeypatch.setattr(link, "apply_items", lambda *_: (5, 3))
    page: Any = SimpleNamespace(
        items=[] if last is None else [SimpleNamespace(number=4), SimpleNamespace(number=last)],
        standing=SimpleNamespace(feed_next=feed_next),
        stream=None if stream is None else SimpleNamespace(through=stream[0], next=stream[1]),
    )
    pulled = pulling.apply(page)
    assert (pulled.more, pulled.applied, pulled.waiting) == (more, *((5, 3) if stream is None else (7, 4)))


@pytest.mark.parametrize(
    ("outlet", "signed", "next_seq", "code", "taken", "stopped"),
    [
        ("HZ01", True, 6, None, True, False),
        ("HZ01", True, 5, None, False, False),
        ("HZ02", True, 6, None, None, False),
        ("HZ01", False, 6, None, None, False),
        ("HZ01", True, 6, "fork", True, True),
        ("HZ01", True, 6, "epoch", True, True),
        ("HZ01", True, 6, "stopped", True, True),
        ("HZ01", True, 6, "gap", True, False),
    ],
)
def test_a_carried_receipt_is_headquarters_own_for_this_outlet_and_goes_forward(
    monkeypatch: pytest.MonkeyPatch,
    outlet: str,
    signed: bool,
    next_seq: int,
    code: str | None,
    taken: bool | None,
    stopped: bool,
) -> None:
    taking: Any = object.__new__(link.Link)
    taking.outlet, taking.server_key = "HZ01", None
    taking.client = SimpleNamespace(checked=lambda standing: standing)
    done: list[str] = []
    monkeypatch.setattr(taking, "_accept", lambda _, carried: done.append(f"accept {carried}"))
    monkeypatch.setattr(taking, "_stop", lambda _, carried: done.append(f"stop {carried}"))
    monkeypatch.setattr(taking, "head", lambda: SimpleNamespace(acked_seq=5))
    monkeypatch.setattr(link, "receipt_file_text", lambda _: b"")
    monkeypatch.setattr(link, "is_signed", lambda *_: signed)
    refusal = None if code is None else Refusal(code=code, reason=say("No.").as_json())
    page = SimpleNamespace(standing=SimpleNamespace(next_seq=next_seq))
    receipt: Any = SimpleNamespace(outlet=outlet, signature="", page=page, refusal=refusal)
    if taken is None:
        with pytest.raises(Damaged):
            taking.take_receipt(receipt)
    else:
        taking.take_receipt(receipt)
    assert done == [*(["stop True"] if stopped else []), *(["accept True"] if taken else [])]


def test_a_note_is_read_again_only_when_the_journal_is_shorter_than_it_was(
    tx: Loose, monkeypatch: pytest.MonkeyPatch
) -> None:
    seqs, reads = iter([9, 9, 10, 8, 8, 9]), []
    reading: Any = SimpleNamespace(one=lambda *_, **__: SimpleNamespace(seq=next(seqs)))
    note: Any = Note(None, "HZ01", lambda: None)  # type: ignore[arg-type, return-value]
    monkeypatch.setattr("boss_tui.sync.noted.read", lambda *_: reads.append(1))
    verdicts = iter([None, say("No."), None])
    monkeypatch.setattr("boss_tui.sync.noted.disagreement", lambda *_: next(verdicts))
    found = [(note.doubt(reading), len(reads)) for _ in range(6)]
    assert [(told is None, count) for told, count in found] == [
        *((True, 1), (True, 1), (True, 1)),
        *((False, 2), (True, 3), (True, 3)),
    ]
