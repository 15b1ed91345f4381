"""A part of a block is asked back: once its outlet has heard, what it has not sold of it is free or goes on to another
outlet; the rest of the block is sold as before."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.resources.leases import Part
from boss_tui.headquarters.lease_parts import recall_part
from boss_tui.headquarters.leases import hand_down, recall
from boss_tui.headquarters.office import author, move
from boss_tui.sync.stock import left
from data.errors import BossError, NotAllowed
from data.store import Store
from data.tables.stockroom import StockEvent
from data.tables.sync import EnrolledOutlet, Lease, SyncException
from tests.boss_tui.headquarters.test_scarce import UNTIL, broken, holders, outlets, sell, stock
from tests.boss_tui.sync.world import World, contents
from tests.tiers import NIGHTLY

FIRST, LAST = "00000000001", "00000000003"
MIDDLE = Part(FIRST, LAST)


def leased(world: World, kind: str = "number") -> Lease:
    """All six pieces are with H01, which has them."""
    outlets(world, "H01", "H02")
    stock(world, kind)
    lease = hand_down(world.hq, "H01", kind, 100, UNTIL)
    world.link("H01").exchange()
    return lease


def of_the_lease(store: Store, lease: Lease) -> Lease:
    with store.reading() as reading:
        return reading.one(Lease, id=lease.id)


def is_whole(world: World, kind: str = "number") -> bool:
    return contents(world.hq, SyncException) == [] and not any(
        broken(store, kind) for store in (world.hq, *world.stores.values())
    )


@pytest.mark.both_engines(NIGHTLY)
@pytest.mark.parametrize("kind", ["number", "imsi"])
def test_a_part_moves_to_another_outlet_but_what_was_sold_of_it(world: World, kind: str) -> None:
    lease = leased(world, kind)
    store, link = world.stores["H01"], world.link("H01")
    recall_part(world.hq, lease.id, Part(FIRST, LAST, "H02"), "3001")
    sell(store, kind, FIRST)  # it has not heard yet
    world.link("H02").exchange()
    assert {holder for _, holder, _ in holders(world.hq, kind)} == {"H01"}
    link.exchange()
    with store.reading() as reading:
        assert left(reading, "H01", kind) == 3  # of those before and after the part
    for code in ("H01", "H01", "H02"):
        world.link(code).exchange()
    asked = [(key, holder) for key, holder, _ in holders(world.hq, kind)]
    assert asked == [("00", "H01"), ("01", "H01"), ("02", "H02"), ("03", "H02"), ("04", "H01"), ("05", "H01")]
    for code, n in (("H01", 3), ("H02", 2)):
        with world.stores[code].reading() as reading:
            assert left(reading, code, kind) == n
    sell(world.stores["H02"], kind, LAST, "H02")
    sell(store, kind, "00000000005")
    for code in ("H01", "H02"):
        world.link(code).exchange()
    here = of_the_lease(store, lease)
    assert (here.pieces, here.part_first, here.part_asked_at, here.state) == (4, "", "", "running")
    assert {row["piece"] for row in contents(world.hq, StockEvent)} == {"00000000002", LAST}
    assert is_whole(world, kind)


def test_what_came_back_is_free_or_meant_for_an_outlet_that_has_closed(small_world: World) -> None:
    lease = leased(small_world)
    recall_part(small_world.hq, lease.id, Part(FIRST, FIRST), "3001")
    small_world.link("H01").exchange()
    recall_part(small_world.hq, lease.id, Part(LAST, LAST, "H02"), "3001")  # another one, after the first
    with small_world.hq.transaction(author("H02", "test"), journalled=False, lock="H02") as tx:
        move(tx, "H02", closed_at=tx.now())
    small_world.link("H01").exchange()
    small_world.link("H01").exchange()
    free = [key for key, holder, state in holders(small_world.hq, "number") if (holder, state) == ("", "idle")]
    assert free == ["01", "03"]
    assert of_the_lease(small_world.hq, lease).pieces == 4
    assert is_whole(small_world)


def test_a_block_of_which_all_came_back_has_ended(small_world: World) -> None:
    lease = leased(small_world)
    recall_part(small_world.hq, lease.id, Part("0", "9"), "3001")
    small_world.link("H01").exchange()
    small_world.link("H01").exchange()
    assert (of_the_lease(small_world.hq, lease).state, of_the_lease(small_world.hq, lease).pieces) == ("returned", 0)
    assert is_whole(small_world)


def test_who_asks_for_all_of_it_meanwhile_gets_all(small_world: World) -> None:
    lease = leased(small_world)
    recall_part(small_world.hq, lease.id, Part(FIRST, LAST, "H02"), "3001")
    assert recall(small_world.hq, lease.id, "3001").part_asked_at == ""
    small_world.link("H01").exchange()
    small_world.link("H01").exchange()
    assert {(holder, state) for _, holder, state in holders(small_world.hq, "number")} == {("", "idle")}
    assert is_whole(small_world)


def refused(store: Store, lease: Lease, part: Part) -> BossError:
    with pytest.raises(NotAllowed) as told:
        recall_part(store, lease.id, part, "3001")
    return told.value


def test_what_can_t_be_asked_back_is_said(small_world: World) -> None:
    lease = leased(small_world)
    hq = small_world.hq
    for part, field in (
        (Part("00000000006", "9"), "numbers"),
        (Part(LAST, FIRST), "numbers"),
        (Part(FIRST, LAST, "H01"), "to"),
        (Part(FIRST, LAST, "H09"), "to"),
    ):
        assert refused(hq, lease, part).field == field
    with hq.transaction(author("H02", "test"), journalled=False, lock="H02") as tx:
        assert tx.one(EnrolledOutlet, outlet="H02").closed_at == ""
        move(tx, "H02", closed_at=tx.now())
    assert refused(hq, lease, Part(FIRST, LAST, "H02")).field == "to"
    recall_part(hq, lease.id, MIDDLE, "3001")
    assert "has not heard of it yet" in str(refused(hq, lease, Part("00000000005", "9")).message)
    recall(hq, lease.id, "3001")
    assert "was recalled" in str(refused(hq, lease, MIDDLE).message)


def test_what_lies_somewhere_goes_with_a_note(small_world: World) -> None:
    lease: Any = leased(small_world, "sim")
    assert "transfer note" in str(refused(small_world.hq, lease, MIDDLE).message)
