"""A store restored from a backup, and a headquarters restored from one."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.headquarters.history import FORGOTTEN, history, new_epoch
from boss_tui.headquarters.leases import hand_down
from boss_tui.headquarters.office import Refuse, author, move
from boss_tui.headquarters.overview import release
from boss_tui.sync.client import Refused
from boss_tui.sync.link import Link
from boss_tui.sync.outbox import set_head
from boss_tui.sync.rejoin import rejoin
from boss_tui.sync.shapes import EpochRequest
from boss_tui.sync.states import reason_words
from data.clock import SeededClock
from data.journal import Author, canonical
from data.store import Store
from data.tables.resource import PhoneNumber
from data.tables.service import BehaviourSignal, Figure
from data.tables.sync import AccessLog, EnrolledOutlet, FeedItem, Lease, SyncException
from tests.boss_tui.sync.world import World, backup, contents, journal, look, same_books, set_signal, stock

UNTIL = "2026-12-31T00:00:00.000000Z"
SHARED = (AccessLog, Figure, BehaviourSignal, PhoneNumber, FeedItem)


def put_back(world: World, name: str) -> Store:
    """The outlet goes on with its backup."""
    world.stores["H01"].close()
    world.stores["H01"] = Store(f"sqlite:///{world.folder / name}", clock=SeededClock(seed=len(name) + 70))
    return world.stores["H01"]


def lived(world: World) -> Store:
    """An outlet that has done something, with a backup of its store in the middle."""
    store = world.outlet("H01")
    stock(world.hq, 10)
    hand_down(world.hq, "H01", "number", 3, UNTIL)
    set_signal(store, "H01", "P1", "甲")
    look(store, "H01", 3)
    world.link("H01").exchange()
    backup(store, world.folder / "before.db")
    set_signal(store, "H01", "P1", "乙")
    hand_down(world.hq, "H01", "number", 3, UNTIL)
    world.link("H01").exchange()
    with store.transaction(Author("H01", "stock", "S001")) as tx:
        tx.change(tx.one(PhoneNumber, number="13800000004"), state="sold")
    look(store, "H01", 2)
    world.link("H01").exchange()
    return store


def test_a_restored_store_stops_gets_its_history_and_goes_on(world: World) -> None:
    store = lived(world)
    whole, rows = journal(store, "H01"), contents(store, *SHARED)
    store = put_back(world, "before.db")
    link = world.link("H01")
    done = link.exchange()
    assert "restored" in str(done.stopped)
    assert rejoin(link) == len(whole) - 6
    assert journal(store, "H01") == whole
    assert [strip(row) for row in contents(store, *SHARED)] == [strip(row) for row in rows]
    head = link.head()
    assert (head.epoch, head.stopped, head.acked_seq) == (2, "", len(whole))
    look(store, "H01", 2)
    assert link.exchange().pushed == 2
    assert [epoch for epoch, *_ in journal(world.hq, "H01")][-2:] == [2, 2]
    assert same_books(world, AccessLog, Figure, BehaviourSignal)


def strip(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "signature"}


def test_the_other_copy_is_refused_after_a_new_epoch(small_world: World) -> None:
    old = lived(small_world)
    key, folder = small_world.keys["H01"], small_world.folder
    backup(old, folder / "other.db")
    put_back(small_world, "before.db")
    rejoin(small_world.link("H01"))
    other = Store(f"sqlite:///{folder / 'other.db'}", clock=SeededClock(seed=5))
    look(other, "H01", 1)
    link = Link(other, "H01", "http://headquarters", key, transport=small_world.link("H01").client._http._transport)
    done = link.exchange()
    assert "Another copy" in str(done.stopped)
    assert "Another copy" in str(link.exchange().stopped)  # it does not free itself
    other.close()


def test_a_forked_store_can_t_rejoin_but_an_older_backup_can(small_world: World) -> None:
    store = lived(small_world)
    whole = journal(store, "H01")
    store = put_back(small_world, "before.db")
    backup(store, small_world.folder / "again.db")
    look(store, "H01", 1)
    backup(store, small_world.folder / "forked.db")
    assert small_world.link("H01").exchange().stopped is not None
    for name in ("forked.db", "again.db"):  # frozen: whatever it says that it has, until a person has looked
        put_back(small_world, name)
        with pytest.raises(Refused, match="two copies"):
            rejoin(small_world.link("H01"))
    release(small_world.hq, "H01", "3001")
    put_back(small_world, "forked.db")
    with pytest.raises(Refused, match="not the one that headquarters has"):
        rejoin(small_world.link("H01"))
    assert small_world.link("H01").head().stopped
    store = put_back(small_world, "again.db")
    rejoin(small_world.link("H01"))
    assert journal(store, "H01") == whole
    assert small_world.link("H01").exchange().stopped is None


@pytest.mark.parametrize("new", [0, 2])
def test_headquarters_that_lost_feed_items_gets_them_back_before_it_leases_again(small_world: World, new: int) -> None:
    store = small_world.outlet("H01")
    small_world.outlet("H02")
    stock(small_world.hq, 10)
    old = small_world.folder / "old.db"
    backup(small_world.hq, old)
    hand_down(small_world.hq, "H01", "number", 4, UNTIL)
    link = small_world.link("H01")
    link.exchange()
    with store.transaction(Author("H01", "stock", "S001")) as tx:
        tx.change(tx.one(PhoneNumber, number="13800000001"), state="sold")
    link.exchange()
    small_world.hq.close()
    small_world.restored(f"sqlite:///{old}")
    look(store, "H01", new)
    link = small_world.link("H01")
    assert link.exchange().fault is None
    assert contents(small_world.hq, SyncException) == []
    assert journal(small_world.hq, "H01") == journal(store, "H01")
    given = hand_down(small_world.hq, "H02", "number", 10, UNTIL)
    assert given.pieces == 6
    assert len(contents(small_world.hq, Lease)) == 2
    with small_world.hq.reading() as reading:
        assert reading.one(PhoneNumber, number="13800000001").state == "sold"


def test_a_recorded_request_for_an_epoch_gives_none_when_it_is_sent_again(small_world: World) -> None:
    """Else whoever listened could stop an outlet: its entries would be of an epoch that is over."""
    look(small_world.outlet("H01"), "H01", 3)
    link = small_world.link("H01")
    link.exchange()
    recorded: list[bytes] = []
    asked = link.client.ask

    def listening(shape: Any, method: str, where: str, body: bytes = b"", **more: Any) -> Any:
        if where.endswith("/epoch"):
            recorded.append(body)
        return asked(shape, method, where, body, **more)

    link.client.ask = listening  # type: ignore[assignment, method-assign]
    rejoin(link)
    request = EpochRequest.model_validate_json(recorded[0])
    with pytest.raises(Refuse, match="ask again"):
        new_epoch(small_world.office, "H01", request)
    with small_world.hq.reading() as reading:
        assert reading.one(EnrolledOutlet, outlet="H01").epoch == 2
    look(small_world.stores["H01"], "H01", 1)
    assert link.exchange().stopped is None
    rejoin(small_world.link("H01"))  # restored once more: it asks anew
    with small_world.hq.reading() as reading:
        assert reading.one(EnrolledOutlet, outlet="H01").epoch == 3


def test_a_frozen_outlet_does_not_free_itself_with_any_beginning_of_its_journal(small_world: World) -> None:
    look(small_world.outlet("H01"), "H01", 3)
    small_world.link("H01").exchange()
    with small_world.hq.transaction(author("H01", "fork"), journalled=False) as tx:
        move(tx, "H01", stopped=canonical(reason_words("fork").as_json()))
    for seq, head in [(0, ""), *((seq, head) for _, seq, _, head in journal(small_world.hq, "H01"))]:
        with pytest.raises(Refuse, match="Two copies"):
            new_epoch(small_world.office, "H01", EpochRequest(epoch=1, seq=seq, head=head))
    release(small_world.hq, "H01", "3001")
    assert new_epoch(small_world.office, "H01", EpochRequest(epoch=1, seq=0, head="")).epoch == 2


@pytest.mark.parametrize("ahead", [0, FORGOTTEN, FORGOTTEN + 1, 3_000_000, 2**53])
def test_an_epoch_is_near_the_one_that_headquarters_knows(small_world: World, ahead: int) -> None:
    """A restored headquarters has forgotten some; no outlet is a thousand ahead."""
    small_world.outlet("H01")
    request = EpochRequest(epoch=min(1 + ahead, 2**53), seq=0, head="")
    if ahead > FORGOTTEN:
        with pytest.raises(Refuse, match="ask again"):
            new_epoch(small_world.office, "H01", request)
    else:
        assert new_epoch(small_world.office, "H01", request).epoch == ahead + 2


def test_the_past_is_read_by_the_epochs_that_were_however_they_are_numbered(small_world: World) -> None:
    store = small_world.outlet("H01")
    for epoch in (1, 3, 9):
        with store.transaction(author("H01", "epoch"), journalled=False) as tx:
            set_head(tx, "H01", epoch=epoch)
        look(store, "H01", 2)
    assert small_world.link("H01").exchange().stopped is None
    read = history(small_world.office, "H01", 1, 4)
    assert [(entry.epoch, entry.seq) for entry in read.entries] == [(1, 2), (3, 3), (3, 4), (9, 5)]
