"""A store that was put back: which entries it gets from headquarters, and when it is given a new epoch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from boss_tui.headquarters import history
from boss_tui.headquarters.history import FORGOTTEN, PAGE_BYTES
from boss_tui.headquarters.office import Refuse
from boss_tui.sync.shapes import EpochRequest, Standing
from data.message import say
from data.tables.sync import EnrolledOutlet, JournalEntry
from tests.boss_tui.components.rows import Rows, row

HEAD = "a" * 64
STOPPED = json.dumps(say("Stopped.").as_json())
STANDING: dict[str, Any] = {
    **{"outlet": "HZ01", "epoch": 3, "next_seq": 1, "head": HEAD, "durable_seq": 0, "receipt": "", "feed_next": 1},
    "time": "2026-11-23T01:00:00.000000Z",
}


def entry(epoch: int, seq: int, body: str = "{}") -> Any:
    return row(JournalEntry, outlet="HZ01", epoch=epoch, seq=seq, kind="C1", body=body, prev_hash=HEAD, hash=HEAD)


class Journal(Rows):
    """What headquarters holds of one outlet, answering the two questions of `history`."""

    def scalar(self, *_: Any, **asked: Any) -> Any:
        epochs = {each.epoch for each in self.all(JournalEntry) if each.epoch > asked["after_epoch"]}
        return min(epochs, default=None)

    def models(self, *_: Any, of: str, of_epoch: int, after: int, most: int) -> list[Any]:
        found = self.all(JournalEntry, outlet=of, epoch=of_epoch, order=("seq",))
        return [each for each in found if each.seq > after][:most]


class Office:
    """A headquarters of one outlet, which is in its third epoch."""

    def __init__(self, *entries: Any, stopped: str = "") -> None:
        self.row = row(EnrolledOutlet, outlet="HZ01", epoch=3, stopped=stopped)
        self.rows = Journal(self.row, *entries)
        self.store = self

    @contextmanager
    def reading(self) -> Iterator[Any]:
        yield self.rows

    @contextmanager
    def transaction(self, *_: Any, **how: Any) -> Iterator[Any]:
        assert how == {"journalled": False, "lock": "HZ01"}
        yield self.rows

    def standing(self, of: EnrolledOutlet) -> Standing:
        return Standing(**STANDING, stopped=of.stopped)


@pytest.fixture(autouse=True)
def one_outlet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "enrolled_row", lambda rows, outlet: rows.one(EnrolledOutlet, outlet=outlet))
    monkeypatch.setattr(history, "author", lambda *_: None)
    monkeypatch.setattr(history, "move", moved)


def moved(rows: Any, outlet: str, *, epoch: int) -> None:
    rows.change(rows.one(EnrolledOutlet, outlet=outlet), epoch=epoch)


THERE = [entry(1, 1), entry(1, 2), entry(3, 2), entry(3, 3), entry(3, 4)]


@pytest.mark.parametrize(
    ("after", "limit", "found"),
    [
        (0, 9, [(1, 1), (1, 2), (3, 2), (3, 3), (3, 4)]),  # epoch by epoch, whatever numbers they had
        (0, 5, [(1, 1), (1, 2), (3, 2), (3, 3), (3, 4)]),
        (0, 3, [(1, 1), (1, 2), (3, 2)]),
        (0, 2, [(1, 1), (1, 2)]),
        (1, 2, [(1, 2), (3, 2)]),
        (3, 9, [(3, 4)]),
        (4, 9, []),
    ],
)
def test_entries_come_after_a_sequence_and_no_more_than_were_asked_for(
    after: int, limit: int, found: list[tuple[int, int]]
) -> None:
    rows: Any = Journal(*THERE)
    held = history.held(rows, row(EnrolledOutlet, outlet="HZ01"), after, limit)
    assert [(each.epoch, each.seq) for each in held] == found


@pytest.mark.parametrize(("limit", "found"), [(-1, 1), (0, 1), (1, 1), (2, 2), (500, 500), (501, 500), (9_999, 500)])
def test_a_page_holds_one_entry_at_least_and_five_hundred_at_most(limit: int, found: int) -> None:
    office: Any = Office(*(entry(1, seq) for seq in range(1, 503)))
    told = history.history(office, "HZ01", 0, limit)
    assert ([each.seq for each in told.entries], told.standing.outlet) == (list(range(1, found + 1)), "HZ01")


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ([PAGE_BYTES - 2, 2, 1], 2),
        ([PAGE_BYTES - 2, 3, 1], 1),
        ([PAGE_BYTES + 1, 1], 1),  # one at least, however long it is
    ],
)
def test_a_page_is_of_so_many_bytes_at_most(sizes: list[int], found: int) -> None:
    office: Any = Office(*(entry(1, seq, "x" * size) for seq, size in enumerate(sizes, 1)))
    assert len(history.history(office, "HZ01", 0, 9).entries) == found


def asks(epoch: int = 3, seq: int = 4, head: str = HEAD, after: int | None = 3) -> EpochRequest:
    return EpochRequest(epoch=epoch, seq=seq, head=head, after=after)


@pytest.mark.parametrize(
    ("request_", "epoch"),
    [
        (asks(), 4),
        (asks(after=None), 4),
        (asks(epoch=2), 4),
        (asks(epoch=7), 8),  # headquarters was restored, and forgot some
        (asks(epoch=3 + FORGOTTEN), 4 + FORGOTTEN),
        (asks(seq=0, head=""), 4),  # of a store without an entry
        (asks(seq=3), 4),
        (asks(after=2), "epoch"),
        (asks(after=4), "epoch"),
        (asks(epoch=4 + FORGOTTEN), "epoch"),
        (asks(seq=5), "fork"),
        (asks(head="b" * 64), "fork"),
    ],
)
def test_a_restored_store_gets_the_next_epoch_if_its_journal_is_a_beginning_of_headquarters_own(
    request_: EpochRequest, epoch: Any
) -> None:
    office: Any = Office(*THERE)
    if isinstance(epoch, str):
        with pytest.raises(Refuse) as refused:
            history.new_epoch(office, "HZ01", request_)
        assert (refused.value.code, refused.value.status) == (epoch, 409)
        epoch = 3
    else:
        history.new_epoch(office, "HZ01", request_)
    assert office.rows.one(EnrolledOutlet).epoch == epoch


def test_an_entry_that_is_not_held_is_no_beginning_though_a_later_one_is() -> None:
    office: Any = Office(entry(1, 1), entry(3, 3))
    with pytest.raises(Refuse) as refused:
        history.new_epoch(office, "HZ01", asks(seq=2))
    assert refused.value.code == "fork"


def test_an_outlet_that_is_stopped_gets_no_epoch() -> None:
    office: Any = Office(*THERE, stopped=STOPPED)
    with pytest.raises(Refuse) as refused:
        history.new_epoch(office, "HZ01", asks())
    assert (refused.value.code, str(refused.value.message)) == ("stopped", "Stopped.")
