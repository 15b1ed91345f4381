"""What is handed down: never to two, never twice, in order, and never told back as the outlet's own."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from boss_tui.headquarters.feed import publish
from boss_tui.headquarters.leases import hand_down, reclaim
from boss_tui.headquarters.office import author
from boss_tui.headquarters.overview import mark_restored
from boss_tui.sync.stock import LowWater, ask_for_more, left
from data.clock import SeededClock
from data.errors import Conflict, NotAllowed, OutOfStock
from data.journal import Author
from data.tables.document import DocumentRange
from data.tables.resource import NumberGrade, NumberSegment, PhoneNumber, SimCard
from data.tables.sync import FeedItem, JournalEntry, Lease, SyncException
from tests.boss_tui.sync.world import World, contents, look, stock, use_up

UNTIL = "2026-12-31T00:00:00.000000Z"


def sell(world: World, code: str, number: str) -> None:
    store = world.stores[code]
    with store.transaction(Author(code, "stock", "S001")) as tx:
        tx.change(tx.one(PhoneNumber, number=number, outlet=code), state="sold")


def test_a_lease_arrives_sells_and_comes_back_as_sold(world: World) -> None:
    store = world.outlet("H01")
    stock(world.hq, 30)
    lease = hand_down(world.hq, "H01", "number", 10, UNTIL)
    link = world.link("H01")
    assert link.exchange().applied == 2  # the numbers, and what they are of
    with store.reading() as reading:
        assert left(reading, "H01", "number") == 10
        assert reading.one(Lease, id=lease.id).state == "handed"
    sell(world, "H01", "13800000003")
    link.exchange()
    with world.hq.reading() as reading:
        row = reading.one(PhoneNumber, number="13800000003")
        assert (row.state, row.outlet, row.lease_id) == ("sold", "H01", lease.id)
        assert reading.one(Lease, id=lease.id).state == "running"
        assert reading.all(SyncException) == []
    assert contents(store, NumberSegment, NumberGrade) == contents(world.hq, NumberSegment, NumberGrade)


def test_received_rows_are_not_told_back(small_world: World) -> None:
    store = small_world.outlet("H01")
    stock(small_world.hq, 5)
    hand_down(small_world.hq, "H01", "sim", 5, UNTIL)
    small_world.link("H01").exchange()
    with store.reading() as reading:
        entries = reading.all(JournalEntry, outlet="H01")
    assert [entry.kind for entry in entries] == ["feed", "feed"]
    body = json.loads(entries[1].body)
    assert body["changes"] == []
    assert body["feed"]["applied"] == [1]


@pytest.mark.whole
def test_four_clients_never_get_the_same(world: World) -> None:
    outlets = [f"H0{n}" for n in range(1, 5)]
    for code in outlets:
        world.outlet(code)
    stock(world.hq, 600)

    def take(code: str) -> int:
        taken = 0
        while True:
            try:
                taken += hand_down(world.hq, code, "number", 25, UNTIL).pieces
            except OutOfStock:
                return taken

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(take, outlets))
    assert sum(counts) == 600
    told: list[str] = []
    for row in contents(world.hq, Lease):
        its = [number for number in contents(world.hq, PhoneNumber) if number["lease_id"] == row["id"]]
        assert {number["outlet"] for number in its} == {row["outlet"]}
        assert len(its) == row["pieces"]
        told += [number["number"] for number in its]
    assert len(told) == len(set(told)) == 600


@pytest.mark.whole
def test_feed_numbers_have_no_gaps_with_many_publishers(world: World) -> None:
    world.outlet("H01")
    stock(world.hq, 40)

    def take(_: int) -> None:
        hand_down(world.hq, "H01", "number", 1, UNTIL)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(40)))
    numbers = [row["number"] for row in contents(world.hq, FeedItem) if row["outlet"]]
    assert sorted(numbers) == list(range(1, 41))
    assert world.link("H01").exchange().applied == 41


def test_document_ranges_are_split_without_overlap(world: World) -> None:
    for code in ("H01", "H02"):
        world.outlet(code)
    with world.hq.transaction(author("", "stock"), journalled=False) as tx:
        span = {"first_number": 1, "last_number": 250, "next_number": 1}
        tx.add(DocumentRange, id="R", kind="invoice", code="011", outlet="", **span)
    got = [hand_down(world.hq, code, "invoice", 100, UNTIL) for code in ("H01", "H02", "H01")]
    spans = [(json.loads(lease.content)["first"], json.loads(lease.content)["last"]) for lease in got]
    assert spans == [(1, 100), (101, 200), (201, 250)]
    with pytest.raises(OutOfStock):
        hand_down(world.hq, "H02", "invoice", 100, UNTIL)
    world.link("H01").exchange()
    with world.stores["H01"].reading() as reading:
        assert left(reading, "H01", "invoice") == 150
    with world.stores["H01"].transaction(Author("H01", "number.void", "S001")) as tx:
        use_up(tx, tx.one(DocumentRange, first_number=1), 1)
    world.link("H01").exchange()
    assert contents(world.hq, SyncException) == []
    with world.hq.reading() as reading:
        assert reading.one(DocumentRange, first_number=1).next_number == 2


def test_the_same_request_is_one_lease(small_world: World) -> None:
    for code in ("H01", "H02"):
        small_world.outlet(code)
    stock(small_world.hq, 20)
    first = hand_down(small_world.hq, "H01", "number", 5, UNTIL, lease_id="request-1")
    again = hand_down(small_world.hq, "H01", "number", 5, UNTIL, lease_id="request-1")
    assert first.id == again.id
    assert len(contents(small_world.hq, Lease)) == 1
    assert len([row for row in contents(small_world.hq, FeedItem) if row["outlet"]]) == 1
    with pytest.raises(Conflict):
        hand_down(small_world.hq, "H02", "number", 5, UNTIL, lease_id="request-1")


def test_an_outlet_that_runs_low_asks_once(small_world: World) -> None:
    store = small_world.outlet("H01")
    stock(small_world.hq, 12)
    link = small_world.link("H01")
    marks = {"number": LowWater(3, 5)}
    assert ask_for_more(link, marks) == {"number": None}
    assert ask_for_more(link, marks) == {"number": None}  # not arrived yet: the same request
    link.exchange()
    assert ask_for_more(link, marks) == {}
    with store.reading() as reading:
        assert left(reading, "H01", "number") == 5
    for n in range(3):
        sell(small_world, "H01", f"1380000{n:04}")
    assert ask_for_more(link, marks) == {"number 0": None}
    link.exchange()
    with store.reading() as reading:
        assert left(reading, "H01", "number") == 5
    assert ask_for_more(link, {"number": LowWater(50, 50)}) == {"number 0": None}
    link.exchange()
    refused = ask_for_more(link, {"number": LowWater(50, 50), "sim": LowWater(1, 1)})
    assert "no free number" in str(refused["number 0"])
    assert refused["sim"] is None


def test_after_a_restore_nothing_is_handed_out_before_all_were_heard(small_world: World) -> None:
    for code in ("H01", "H02"):
        small_world.outlet(code)
    stock(small_world.hq, 10)
    clock = small_world.hq.clock
    assert isinstance(clock, SeededClock)
    clock.move(hours=1)
    mark_restored(small_world.hq)
    small_world.link("H01").exchange()
    look(small_world.stores["H01"], "H01")
    small_world.link("H01").exchange()
    with pytest.raises(NotAllowed, match="H02"):
        hand_down(small_world.hq, "H01", "number", 5, UNTIL)
    look(small_world.stores["H02"], "H02")
    small_world.link("H02").exchange()
    assert hand_down(small_world.hq, "H01", "number", 5, UNTIL).pieces == 5


def test_a_block_comes_back_only_late_and_into_quarantine(small_world: World) -> None:
    store = small_world.outlet("H01")
    stock(small_world.hq, 4)
    lease = hand_down(small_world.hq, "H01", "number", 4, UNTIL)
    link = small_world.link("H01")
    link.exchange()
    sell(small_world, "H01", "13800000000")
    link.exchange()
    with pytest.raises(NotAllowed, match="before"):
        reclaim(small_world.hq, lease.id, "S900")
    clocks = [small_world.hq.clock, store.clock]
    assert isinstance(clocks[0], SeededClock)
    assert isinstance(clocks[1], SeededClock)
    clocks[0].move(days=80)
    with pytest.raises(NotAllowed, match="still be selling"):
        reclaim(small_world.hq, lease.id, "S900")
    clocks[1].move(days=79)
    look(store, "H01")
    link.exchange()
    reclaim(small_world.hq, lease.id, "S900")
    link.exchange()
    states = sorted((row["number"], row["state"], row["outlet"]) for row in contents(store, PhoneNumber))
    assert states[0] == ("13800000000", "sold", "H01")
    assert {(state, outlet) for _, state, outlet in states[1:]} == {("quarantined", "")}
    with pytest.raises(OutOfStock):
        hand_down(small_world.hq, "H01", "number", 4, UNTIL)


def test_what_does_not_fit_or_is_too_new_waits_and_the_rest_flows_on(small_world: World) -> None:
    from boss_tui.sync.states import states

    store = small_world.outlet("H01")
    stock(small_world.hq, 4)
    with small_world.hq.transaction(author("H01", "x"), journalled=False, lock="H01") as tx:
        publish(tx, "H01", "lease", {"rows": {"lease": []}}, kind_version=2)
        publish(tx, "H01", "weather", {"rows": {}})
        publish(tx, "H01", "lease", {"rows": {"product_order": []}})
        publish(tx, "H01", "lease", {"rows": {"sim_card": [{"iccid": "1"}]}})
        orphan = {
            "number": "1",
            "segment": "none",
            "grade": "none",
            "tail": "1",
            "state": "idle",
            "outlet": "H01",
            "lease_id": "",
            "subscription_id": None,
            "quarantine_until": "",
            "revision": 1,
        }
        publish(tx, "H01", "lease", {"rows": {"phone_number": [orphan]}})
    hand_down(small_world.hq, "H01", "sim", 4, UNTIL)
    link = small_world.link("H01")
    done = link.exchange()
    assert (done.applied, done.waiting) == (2, 5)
    with store.reading() as reading:
        seen = states(reading, "H01")
        assert len(reading.all(SimCard)) == 4
        assert reading.all(PhoneNumber) == []
    assert (seen.waiting, seen.update_needed) == (5, 2)
    assert link.exchange().waiting == 0
    assert contents(small_world.hq, SyncException) == []


def test_of_any_grade_the_ordinary_ones_go_first(small_world: World) -> None:
    small_world.outlet("H01")
    stock(small_world.hq, 4)
    with small_world.hq.transaction(Author("", "stock", "S001"), journalled=False) as tx, tx.received():
        for code, fee in (("A5", 500_000), ("Z", 1)):
            tx.add(NumberGrade, code=code, name_zh=code, fee=fee)
        dear, cheap = (tx.one(PhoneNumber, number=f"1380000000{n}") for n in (0, 1))
        tx.change(dear, grade="A5")
        tx.change(cheap, grade="Z")
    hand_down(small_world.hq, "H01", "number", 3, UNTIL)
    with small_world.hq.reading() as reading:
        given = reading.all(PhoneNumber, outlet="H01", order=("number",))
    assert [row.number[-1] for row in given] == ["1", "2", "3"]
