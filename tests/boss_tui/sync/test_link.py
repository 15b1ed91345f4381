"""The link end to end, without a socket: what arrives, what is lost, what is told twice."""

from __future__ import annotations

import json
import shutil

import httpx
import pytest

from boss_tui.components.alarms import raise_alarm, see
from boss_tui.headquarters.exceptions import Word
from boss_tui.headquarters.overview import mark_durable, overview, received_so_far, release
from boss_tui.sync.link import LEAST, LONGEST_DELAY, Link, Stopped
from boss_tui.sync.outbox import set_head
from boss_tui.sync.states import state_of_serial, states
from boss_tui.sync.wire import BATCH_BYTES
from data.clock import SeededClock
from data.errors import Outside
from data.journal import Author
from data.message import say
from data.store import Store
from data.tables.service import BehaviourSignal, Figure
from data.tables.sync import AccessLog, EnrolledOutlet, JournalEntry, SyncException
from tests.boss_tui.headquarters.deciding import resolve
from tests.boss_tui.sync.test_stream import hall, staff
from tests.boss_tui.sync.world import Direct, World, backup, journal, look, same_books, set_signal


def lose(link: Link, place: str, times: int = 1, error: type[httpx.TransportError] = httpx.ReadError) -> None:
    """Lose the next requests, or the next answers."""
    transport = link.client._http._transport
    assert isinstance(transport, Direct)
    left = [times]

    def fault(where: str) -> None:
        if where == place and left[0]:
            left[0] -= 1
            raise error("cut")

    transport.fault = fault


def test_what_the_outlet_did_is_at_headquarters(world: World) -> None:
    store = world.outlet("H01")
    look(store, "H01", 7)
    set_signal(store, "H01", "P1", "甲")
    set_signal(store, "H01", "P1", "乙")
    done = world.link("H01").exchange()
    assert (done.pushed, done.fault, done.stopped) == (9, None, None)
    assert journal(world.hq, "H01") == journal(store, "H01")
    assert same_books(world, AccessLog, Figure, BehaviourSignal)


def test_a_lost_answer_makes_nothing_twice(world: World) -> None:
    store = world.outlet("H01")
    look(store, "H01", 3)
    link = world.link("H01")
    lose(link, "answer")
    failed = link.exchange()
    assert failed.fault is not None
    assert link.head().acked_seq == 0
    look(store, "H01", 2)
    assert link.exchange().fault is None
    assert link.head().acked_seq == 5
    assert same_books(world, AccessLog, Figure)


def test_a_lost_request_is_kept_and_shown(small_world: World) -> None:
    store = small_world.outlet("H01")
    look(store, "H01", 3)
    link = small_world.link("H01")
    lose(link, "request", 2)
    for attempts in (1, 2):
        link.exchange()
        with store.reading() as reading:
            seen = states(reading, "H01")
        assert (seen.retrying, seen.pending, seen.attempts) == (3, 0, attempts)
        assert "cut" in str(seen.fault)
    link.exchange()
    with store.reading() as reading:
        seen = states(reading, "H01")
    assert (seen.acknowledged, seen.retrying, seen.attempts, seen.fault) == (3, 0, 0, None)


def test_batches_double_and_halve(small_world: World) -> None:
    store = small_world.outlet("H01")
    look(store, "H01", 350)
    link = small_world.link("H01")
    assert [link.push_once().entries for _ in range(3)] == [100, 200, 50]
    assert link.size == 500
    look(store, "H01", 30)
    lose(link, "answer", 6, httpx.ReadTimeout)
    for size in (250, 125, 62, 31, LEAST, LEAST):
        with pytest.raises(Outside):
            link.push_once()
        assert link.size == size
    assert link.push_once().entries == 30


def test_a_large_entry_goes_alone_and_a_batch_keeps_to_its_size(small_world: World) -> None:
    store = small_world.outlet("H01")
    for size in (10, 600_000, 10, *[60_000] * 20):
        with store.transaction(Author("H01", "C13", "S001")) as tx:
            noise = f"{tx.clock.random_bits(size * 4):x}"
            tx.add(AccessLog, id=noise[:20], operator="S001", act="look", subject=noise, made_at=tx.now())
    link = small_world.link("H01")
    first = link.packed(0, 500)
    assert first is not None
    assert (first.first, first.last) == (1, 1)
    alone = link.packed(1, 500)
    assert alone is not None
    assert (alone.first, alone.last) == (2, 2)
    assert len(alone.body) > BATCH_BYTES
    many = link.packed(2, 500)
    assert many is not None
    assert many.last > 4
    assert len(many.body) <= BATCH_BYTES
    assert link.exchange().fault is None
    assert journal(small_world.hq, "H01") == journal(store, "H01")


def test_retry_needs_no_new_entry_and_follows_the_clock(small_world: World) -> None:
    store = small_world.outlet("H01")
    clock = store.clock
    assert isinstance(clock, SeededClock)
    link = small_world.link("H01")
    lose(link, "request", 9)
    delays = []
    for _ in range(9):
        link.exchange()
        delays.append(link.wait())
        clock.move(seconds=delays[-1] - 1)
        assert link.wait() > 0
        clock.move(seconds=1)
        assert link.wait() == 0
    assert 4 <= delays[0] <= 6
    assert delays[1] > delays[0]
    assert max(delays) <= LONGEST_DELAY * 1.2
    assert link.exchange().fault is None
    assert link.wait() > 20
    look(store, "H01")
    assert link.wait() == 0


def test_after_a_restart_a_fault_is_still_known(small_world: World) -> None:
    store = small_world.outlet("H01")
    look(store, "H01")
    link = small_world.link("H01")
    lose(link, "request")
    link.exchange()
    again = small_world.link("H01")
    assert again.head().attempts == 1
    assert again.wait() == 0
    assert again.exchange().pushed == 1


def test_durable_moves_by_headquarters_word_alone(small_world: World) -> None:
    store = small_world.outlet("H01")
    look(store, "H01", 3)
    link = small_world.link("H01")
    link.exchange()
    assert link.head().durable_seq == 0
    with small_world.hq.reading() as reading:
        before = received_so_far(reading)
    look(store, "H01", 2)
    link.exchange()
    mark_durable(small_world.hq, before)
    look(store, "H01")
    link.exchange()
    assert (link.head().acked_seq, link.head().durable_seq) == (6, 3)


def test_headquarters_restored_gets_its_entries_again(small_world: World) -> None:
    store = small_world.outlet("H01")
    look(store, "H01", 3)
    link = small_world.link("H01")
    link.exchange()
    old = small_world.folder / "old.db"
    backup(small_world.hq, old)
    look(store, "H01", 4)
    link.exchange()
    assert link.head().acked_seq == 7
    small_world.hq.close()
    small_world.restored(f"sqlite:///{old}")
    link = small_world.link("H01")
    look(store, "H01")
    link.exchange()
    assert link.head().acked_seq == 8
    assert journal(small_world.hq, "H01") == journal(store, "H01")
    assert same_books(small_world, AccessLog, Figure)


def test_states_of_each_entry(small_world: World) -> None:
    store = small_world.outlet("H01")
    look(store, "H01", 2)
    link = small_world.link("H01")
    link.exchange()
    look(store, "H01", 2)
    with store.reading() as reading:
        serials = [row.serial for row in reading.all(JournalEntry, outlet="H01", order=("seq",))]
        found = [state_of_serial(reading, "H01", serial, (3, 3)) for serial in serials]
    assert found == [{1: "acknowledged"}, {2: "acknowledged"}, {3: "syncing"}, {4: "pending"}]


def test_a_dead_letter_counts_is_shown_and_blocks_nothing(world: World) -> None:
    first, second = world.outlet("H01"), world.outlet("H02")
    set_signal(first, "H01", "P1", "甲")
    set_signal(second, "H02", "P1", "乙")
    look(second, "H02", 2)
    world.link("H01").exchange()
    done = world.link("H02").exchange()
    assert done.pushed == 4  # the signal, two looks, and the feed entry that brought the exception
    assert done.applied == 1
    with second.reading() as reading:
        seen = states(reading, "H02")
        told = reading.all(SyncException, outlet="H02")
    assert (seen.dead_letter, seen.acknowledged, seen.pending) == (1, 3, 0)
    assert [(row.seq, row.reason) for row in told] == [(1, "clash")]
    with world.hq.reading() as reading:
        assert reading.one(EnrolledOutlet, outlet="H02").next_seq == 5
        assert len(reading.all(AccessLog)) == 2


def test_a_resolved_exception_is_no_dead_letter_any_more(small_world: World) -> None:
    first, second = small_world.outlet("H01"), small_world.outlet("H02")
    set_signal(first, "H01", "P1", "甲")
    set_signal(second, "H02", "P1", "乙")
    small_world.link("H01").exchange()
    link = small_world.link("H02")
    link.exchange()
    with small_world.hq.reading() as reading:
        told = reading.one(SyncException, outlet="H02")
        assert [line.exceptions for line in overview(reading)] == [0, 1]
    resolve(small_world.hq, told.id, Word("S900", "H01's signal stands"))
    link.exchange()
    with second.reading() as reading:
        assert states(reading, "H02").dead_letter == 0
        assert reading.one(SyncException, id=told.id).resolution == "H01's signal stands"


def test_a_stale_change_is_left_out_alone(world: World) -> None:
    first, second = world.outlet("H01"), world.outlet("H02")
    for store in (world.hq, first, second):
        with store.transaction(Author("", "", ""), journalled=False) as tx:
            tx.add(BehaviourSignal, id="P1", rule="many", subject="S001", detail="甲", raised_at=tx.now())
    set_signal(first, "H01", "P1", "乙")
    set_signal(first, "H01", "P1", "丙")
    with second.transaction(Author("H02", "A1", "S001")) as tx:
        tx.change(tx.one(BehaviourSignal, id="P1"), detail="丁")
        tx.add(AccessLog, id="kept", outlet="H02", operator="S001", act="look", subject="", made_at=tx.now())
    world.link("H01").exchange()
    world.link("H02").exchange()
    with world.hq.reading() as reading:
        assert reading.one(BehaviourSignal, id="P1").detail == "丙"
        assert reading.find(AccessLog, id="kept") is not None
        assert [row.reason for row in reading.all(SyncException, outlet="H02")] == ["stale"]


def test_two_copies_of_one_store_are_found_and_stopped(world: World) -> None:
    store = world.outlet("H01")
    look(store, "H01", 2)
    world.link("H01").exchange()
    store.close()
    shutil.copy(world.folder / "H01.db", world.folder / "copy.db")
    copy = Store(f"sqlite:///{world.folder / 'copy.db'}", clock=SeededClock(seed=99))
    look(store, "H01", 2)
    look(copy, "H01", 2)
    world.link("H01").exchange()
    link = Link(copy, "H01", "http://headquarters", world.keys["H01"], transport=Direct(world.app))
    done = link.exchange()
    assert done.stopped is not None
    assert "two copies" in str(done.stopped)
    with copy.reading() as reading:
        assert "two copies" in str(states(reading, "H01").stopped)
    with pytest.raises(Stopped):
        link.push_once()
    with world.hq.reading() as reading:
        assert reading.one(EnrolledOutlet, outlet="H01").stopped
        assert [row.reason for row in reading.all(SyncException)] == ["fork"]
    look(store, "H01")
    assert world.link("H01").exchange().stopped is not None  # headquarters takes nothing from either
    assert journal(world.hq, "H01") == journal(store, "H01")[:4]
    copy.close()


def test_after_a_release_the_true_copy_goes_on_by_itself(small_world: World) -> None:
    store = small_world.outlet("H01")
    link = small_world.link("H01")
    look(store, "H01")
    link.exchange()
    with store.transaction(Author("H01", "", "")) as tx:
        set_head(tx, "H01", stopped='{"template":"alarm","values":{}}')
    look(store, "H01")
    release(small_world.hq, "H01", "3001")
    assert link.exchange().pushed == 1
    assert link.head().stopped == ""


def test_an_outlet_s_alarms_are_headquarters_too(small_world: World) -> None:
    """And that a supervisor looked into them."""
    store = small_world.outlet("H01")
    small_world.publish(hall("H01"), staff("S2", "H01", role="supervisor"))
    with store.transaction(Author("H01", "approve.code", "S1", "C1")) as tx:
        raised = raise_alarm(tx, "codes", say("Five wrong tries."))
    link = small_world.link("H01")
    link.exchange()
    with small_world.hq.reading() as reading:
        assert [line.alarms for line in overview(reading)] == [1]
    with store.transaction(Author("H01", "settle.alarm", "S2", "C1")) as tx:
        see(tx, raised.id, "S2", "a slip")
    link.exchange()
    with small_world.hq.reading() as reading:
        assert [line.alarms for line in overview(reading)] == [0]


@pytest.mark.parametrize(("hours", "told"), [(1, [3_600]), (0, [])])
def test_how_far_headquarters_clock_is_apart_is_journalled(small_world: World, hours: int, told: list[int]) -> None:
    """Once, by the outlet itself; not again while it stays so."""
    store, link = small_world.outlet("H01"), small_world.link("H01")
    clock = small_world.hq.clock
    assert isinstance(clock, SeededClock)
    with store.reading() as reading:
        clock.move(seconds=(reading.clock.now() - clock.now()).total_seconds())
    clock.move(hours=hours)
    look(store, "H01", 1)
    for _ in range(3):
        assert link.exchange().fault is None
    bodies = [json.loads(entry.body) for entry in journal_of(store, "H01")]
    assert [round(body["clock_offset_ms"] / 1000) for body in bodies if "clock_offset_ms" in body] == told


def journal_of(store: Store, outlet: str) -> list[JournalEntry]:
    """The entries, in order."""
    with store.reading() as reading:
        return reading.all(JournalEntry, outlet=outlet, order=("seq",))
