"""Headquarters computes an outlet's journal again from its own head: what breaks the chain, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.headquarters import push
from boss_tui.sync.shapes import Entry
from data.journal import GENESIS, entry_hash
from data.tables.sync import EnrolledOutlet
from tests.boss_tui.components.rows import row

ALTERED = "was altered: its hash is not that of its content."
FOLLOWS_NOT = "does not follow the one that headquarters has."


def entry(seq: int, before: str, epoch: int = 1, body: str = "{}") -> Entry:
    empty = dict.fromkeys(("operator", "counter", "serial", "business_date", "made_at"), "")
    said: dict[str, Any] = {"outlet": "HZ01", "epoch": epoch, "seq": seq, "kind": "C1", "kind_version": 1, **empty}
    made = Entry(**said, body=body, prev_hash=before, hash="")
    return made.model_copy(update={"hash": entry_hash(made.__dict__, before)})


def chain(*epochs: int) -> list[Entry]:
    made: list[Entry] = []
    for seq, epoch in enumerate(epochs, 1):
        made.append(entry(seq, made[-1].hash if made else GENESIS, epoch))
    return made


def told(monkeypatch: pytest.MonkeyPatch, new: list[Entry], **at: Any) -> Any:
    """The sequence of the entry at which the outlet is stopped, and why; None: nothing is wrong."""
    monkeypatch.setattr(push, "_freeze", lambda _office, _tx, of, code, message: (code, of.seq, str(message)))
    outlet = row(EnrolledOutlet, **{"outlet": "HZ01", "next_seq": 1, "head_hash": "", **at})
    nothing: Any = None
    return push._chain(nothing, nothing, outlet, new)


@pytest.mark.parametrize("epochs", [(1,), (1, 1, 1), (1, 2, 2, 5)])
def test_entries_follow_each_other_and_epochs_rise(monkeypatch: pytest.MonkeyPatch, epochs: tuple[int, ...]) -> None:
    new = chain(*epochs)
    assert told(monkeypatch, new) is None
    assert told(monkeypatch, new[1:], next_seq=2, head_hash=new[0].hash) is None


def test_an_entry_that_was_altered_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = chain(1, 1, 1)
    altered = two.model_copy(update={"body": '{"more":1}'})
    assert told(monkeypatch, [one, altered, three]) == ("chain", 2, f"Entry 2 {ALTERED}")


@pytest.mark.parametrize(
    ("at", "seq"),
    [
        ({"next_seq": 2}, 2),  # it is looked for under the number that comes next
        ({"next_seq": 9}, 1),
        ({"head_hash": "a" * 64}, 1),  # it follows another entry
    ],
)
def test_an_entry_that_does_not_follow_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch, at: dict[str, Any], seq: int
) -> None:
    code, of, why = told(monkeypatch, chain(1, 1), **at)
    assert (code, of, why.partition(" ")[2].partition(" ")[2]) == ("chain", seq, FOLLOWS_NOT)


def test_no_entry_goes_back_in_its_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, chain(1, 3, 2)) == ("chain", 3, "Entry 3 goes back in its epoch.")
