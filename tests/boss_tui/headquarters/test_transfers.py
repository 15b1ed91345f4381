"""Boxes: packed and counted at one end, on their way, unpacked and counted at the other; what is missing is a case."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any

import pytest

from boss_tui.components.stock.pieces import named, runs
from boss_tui.headquarters import transfers as notes
from boss_tui.headquarters.leases import hand_down
from boss_tui.sync import transfers
from boss_tui.sync.scarce import LYING, PIECES
from boss_tui.sync.stock import left
from boss_tui.verify import verify
from data.errors import NotAllowed, OutOfStock
from data.journal import Author
from data.store import UnitOfWork
from data.tables.finance import BusinessDay
from data.tables.sync import Lease, SyncException
from data.tables.transfer import TransferCount, TransferNote, TransferPiece
from tests.boss_tui.headquarters.test_scarce import SORTS, UNTIL, sell, stock
from tests.boss_tui.sync.world import World, contents
from tests.tiers import NIGHTLY

pytestmark = pytest.mark.both_engines(NIGHTLY)
DAY = "2026-11-23"


def opened(world: World, code: str) -> None:
    """An outlet with an open business date."""
    store = world.outlet(code)
    with store.transaction(Author(code, "", ""), journalled=False) as tx:
        tx.add(BusinessDay, outlet=code, business_date=DAY, opened_at=tx.now(), opened_by="S001")


@contextmanager
def office(world: World, outlet: str = "") -> Any:
    """Headquarters at work, as its office does it."""
    with world.hq.transaction(Author(outlet, "stock.transfer", "3001"), journalled=False) as tx:
        yield tx


@contextmanager
def at(world: World, outlet: str) -> Any:
    """Somebody at work in an outlet."""
    with world.stores[outlet].transaction(Author(outlet, "stock.transfer", "S001", business_date=DAY)) as tx:
        yield tx


def written(world: World, kind: str = "sim", pieces: int = 3, **more: Any) -> TransferNote:
    with office(world) as tx:
        return notes.draft(tx, kind=kind, pieces=pieces, **more)


def sent_off(world: World, note: TransferNote) -> TransferNote:
    """Headquarters packs its own box."""
    with office(world) as tx:
        serials = notes.to_pack(tx, note)
        count = transfers.send(tx, note, serials, pieces=len(serials), approved_by="3002")
        return notes.take(tx, count)


def at_once(world: World, kind: str = "sim", pieces: int = 3) -> TransferNote:
    """A box of headquarters' that H01 knows of."""
    opened(world, "H01")
    stock(world, kind)
    note = sent_off(world, written(world, kind, pieces, receiver="H01"))
    world.link("H01").exchange()
    return note


def here(tx: UnitOfWork, note: TransferNote) -> TransferNote:
    return tx.one(TransferNote, id=note.id)


def packed(world: World, outlet: str, note: TransferNote, *serials: str, reason: str = "") -> None:
    with at(world, outlet) as tx:
        transfers.send(tx, here(tx, note), serials, pieces=len(serials), reason=reason, approved_by="S002")


def unpacked(world: World, outlet: str, note: TransferNote, *missing: str, reason: str = "not in the box") -> None:
    with at(world, outlet) as tx:
        due = transfers.expected(tx, here(tx, note))
        pieces = len(due) - len(missing)
        transfers.receive(tx, here(tx, note), missing, pieces=pieces, reason=reason, approved_by="S002")


def exchanged(world: World, *outlets: str) -> None:
    for _ in range(2):
        for outlet in outlets:
            world.link(outlet).exchange()


def state_of(world: World, note: TransferNote) -> tuple[str, int]:
    (row,) = [row for row in contents(world.hq, TransferNote) if row["id"] == note.id]
    return row["state"], row["missing"]


def to_sell(world: World, outlet: str, kind: str) -> int:
    with world.stores[outlet].reading() as reading:
        return left(reading, outlet, kind)


def is_sound(world: World) -> bool:
    """What always holds of stock, holds at every store (who bought a card stands in no order of these tests)."""
    found = []
    for store in (world.hq, *world.stores.values()):
        with store.reading() as reading:
            found += [one for one in verify(reading) if one.invariant == 3 and "has its subscription" not in one.rule]
    return not found and contents(world.hq, SyncException) == []


@pytest.mark.parametrize("kind", LYING)
def test_what_is_on_its_way_is_sold_once_it_was_found(world: World, kind: str) -> None:
    note = at_once(world, kind)
    assert state_of(world, note) == ("sent", 0)
    assert to_sell(world, "H01", kind) == 0
    unpacked(world, "H01", note)
    assert to_sell(world, "H01", kind) == 3
    exchanged(world, "H01")
    assert state_of(world, note) == ("received", 0)
    assert {row["state"] for row in contents(world.hq, TransferPiece)} == {"received"}
    assert {row["state"] for row in contents(world.hq, Lease)} == {"running"}
    assert {row["state"] for row in contents(world.stores["H01"], TransferNote)} == {"received"}
    assert is_sound(world)


def test_what_is_on_its_way_can_t_be_sold_by_who_says_so(small_world: World) -> None:
    at_once(small_world)
    sell(small_world.stores["H01"], "sim", "00000000000")
    small_world.link("H01").exchange()
    (row,) = contents(small_world.hq, SyncException)
    assert row["reason"] in ("move", "stock")


def test_what_was_missing_is_a_case_until_it_is_found(world: World) -> None:
    note = at_once(world)
    unpacked(world, "H01", note, "00000000001")
    exchanged(world, "H01")
    assert state_of(world, note) == ("differs", 1)
    assert to_sell(world, "H01", "sim") == 2
    unpacked(world, "H01", note)
    exchanged(world, "H01")
    assert state_of(world, note) == ("received", 0)
    assert to_sell(world, "H01", "sim") == 3
    assert is_sound(world)


@pytest.mark.parametrize(("outcome", "state"), [("returned", "in_stock"), ("lost", "void")])
def test_a_case_is_settled_once(world: World, outcome: str, state: str) -> None:
    note = at_once(world)
    unpacked(world, "H01", note, "00000000002")
    exchanged(world, "H01")
    with office(world, "H01") as tx:
        for wrong in (("sold", "why"), (outcome, " ")):
            with pytest.raises(NotAllowed):
                notes.settle(tx, here(tx, note), *wrong)
        notes.settle(tx, here(tx, note), outcome, "it lay under the table")
    with office(world, "H01") as tx, pytest.raises(NotAllowed):
        notes.settle(tx, here(tx, note), outcome, "again")
    exchanged(world, "H01")
    assert state_of(world, note) == ("resolved", 1)
    (row,) = [row for row in contents(world.hq, PIECES["sim"].model) if row["iccid"] == "00000000002"]
    assert (row["state"], row["outlet"]) == (state, "")
    with at(world, "H01") as tx, pytest.raises(NotAllowed):
        transfers.receive(tx, here(tx, note), (), pieces=1, approved_by="S002")
    assert is_sound(world)


@pytest.mark.parametrize("sender", ["", "H02"])
def test_what_was_given_up_for_lost_is_found_after_all_once(world: World, sender: str) -> None:
    for code in ("H01", "H02"):
        opened(world, code)
    stock(world, "handset")
    if sender:
        hand_down(world.hq, sender, "handset", 6, UNTIL)
    note = written(world, "handset", 2, of=SORTS["handset"][0], sender=sender, receiver="H01")
    exchanged(world, "H02", "H01")
    if sender:
        packed(world, sender, note, "00000000000", "00000000002")
    else:
        sent_off(world, note)
    exchanged(world, "H02", "H01")
    *_, second = [row["piece"] for row in contents(world.hq, TransferPiece)]
    unpacked(world, "H01", note, second)
    exchanged(world, "H01", "H02")
    free = to_sell(world, "H02", "handset")
    with office(world) as tx:
        notes.settle(tx, here(tx, note), "lost", "the carrier pays")
    exchanged(world, "H01", "H02")
    assert to_sell(world, "H02", "handset") == free
    with office(world) as tx:
        with pytest.raises(NotAllowed) as refused:
            notes.settle(tx, here(tx, note), "lost", "again")
        assert refused.value.field == "outcome"
        notes.settle(tx, here(tx, note), "returned", "it was in the van")
    with office(world) as tx, pytest.raises(NotAllowed):
        notes.settle(tx, here(tx, note), "returned", "again")
    exchanged(world, "H01", "H02")
    assert [to_sell(world, code, "handset") for code in ("H01", "H02")] == [1, free + bool(sender)]
    (row,) = [row for row in contents(world.hq, PIECES["handset"].model) if row["imei"] == second]
    assert (row["state"], row["outlet"]) == ("in_stock", sender)
    assert state_of(world, note) == ("resolved", 1)
    assert is_sound(world)


def test_from_one_outlet_to_another(world: World) -> None:
    for code in ("H01", "H02"):
        opened(world, code)
    stock(world, "handset")
    hand_down(world.hq, "H01", "handset", 6, UNTIL)
    note = written(world, "handset", 2, of=SORTS["handset"][0], sender="H01", receiver="H02", reason="sold out there")
    exchanged(world, "H01", "H02")
    assert to_sell(world, "H01", "handset") == 6
    packed(world, "H01", note, "00000000000", "00000000002")
    assert to_sell(world, "H01", "handset") == 4
    exchanged(world, "H01", "H02")
    assert state_of(world, note) == ("sent", 0)
    assert to_sell(world, "H02", "handset") == 0
    unpacked(world, "H02", note)
    exchanged(world, "H02", "H01")
    assert state_of(world, note) == ("received", 0)
    assert [to_sell(world, code, "handset") for code in ("H01", "H02")] == [4, 2]
    assert sorted(row["pieces"] for row in contents(world.hq, Lease)) == [2, 4]
    assert {row["state"] for row in contents(world.stores["H01"], TransferNote)} == {"received"}
    sell(world.stores["H02"], "handset", "00000000002", "H02")
    exchanged(world, "H02")
    assert is_sound(world)


def test_missing_between_outlets_goes_back_to_its_sender(small_world: World) -> None:
    for code in ("H01", "H02"):
        opened(small_world, code)
    stock(small_world, "card")
    hand_down(small_world.hq, "H01", "card", 6, UNTIL)
    note = written(small_world, "card", 3, sender="H01", receiver="H02")
    exchanged(small_world, "H01")
    packed(small_world, "H01", note, "00000000000", "00000000001", "00000000002")
    exchanged(small_world, "H01", "H02")
    unpacked(small_world, "H02", note, "00000000001")
    exchanged(small_world, "H02", "H01")
    with office(small_world, "H01") as tx:
        notes.settle(tx, here(tx, note), "returned", "it had been left in the drawer")
    exchanged(small_world, "H01", "H02")
    assert [to_sell(small_world, code, "card") for code in ("H01", "H02")] == [4, 2]
    assert is_sound(small_world)


@pytest.mark.parametrize("kind", ["sim", "blank"])
def test_a_recall_is_a_transfer_back(world: World, kind: str) -> None:
    opened(world, "H01")
    stock(world, kind)
    lease = hand_down(world.hq, "H01", kind, 4, UNTIL)
    exchanged(world, "H01")
    sell(world.stores["H01"], kind, "00000000000")
    with office(world, "H01") as tx:
        note = notes.recall(tx, tx.one(Lease, id=lease.id), "old stock")
        with pytest.raises(NotAllowed):
            notes.recall(tx, tx.one(Lease, id=lease.id))
    assert note.pieces == 4  # as far as headquarters knows
    exchanged(world, "H01")
    assert to_sell(world, "H01", kind) == 0
    with world.hq.reading() as reading:
        assert reading.one(Lease, id=lease.id).state == "running"  # it is not free before it is here
    packed(world, "H01", note, *(f"{n:011d}" for n in (1, 2, 3)), reason="one was sold")
    exchanged(world, "H01")
    with office(world, "H01") as tx:
        count = transfers.receive(tx, here(tx, note), (), pieces=3, approved_by="3002")
        assert notes.take(tx, count).state == "received"
    exchanged(world, "H01")
    with world.hq.reading() as reading:
        assert reading.one(Lease, id=lease.id).state == "returned"
    free = [
        row
        for row in contents(world.hq, PIECES[kind].model)
        if (row["outlet"], row["state"]) == ("", PIECES[kind].free)
    ]
    assert len(free) == 2 + 3
    assert is_sound(world)


def test_what_was_packed_before_a_cancellation_was_heard_is_sent_all_the_same(small_world: World) -> None:
    opened(small_world, "H01")
    stock(small_world, "sim")
    hand_down(small_world.hq, "H01", "sim", 3, UNTIL)
    note = written(small_world, "sim", 2, sender="H01")
    exchanged(small_world, "H01")
    packed(small_world, "H01", note, "00000000000", "00000000001")
    with office(small_world, "H01") as tx:
        notes.cancel(tx, here(tx, note))
    exchanged(small_world, "H01")
    assert state_of(small_world, note) == ("sent", 0)
    assert is_sound(small_world)


# what is refused


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "number"}, "kind"),
        ({"kind": "imsi"}, "kind"),
        ({"pieces": 0}, "pieces"),
        ({"pieces": -1}, "pieces"),
        ({"pieces": notes.MOST + 1}, "pieces"),
        ({"kind": "card", "of": "five yuan"}, "of"),
        ({"receiver": ""}, "receiver"),
        ({"receiver": "H09"}, "receiver"),
        ({"sender": "H01"}, "receiver"),
        ({"sender": "H09"}, "sender"),
    ],
)
def test_a_note_that_can_t_be_is_not_written(small_world: World, wrong: dict[str, Any], field: str) -> None:
    opened(small_world, "H01")
    with pytest.raises(NotAllowed) as refusal:
        written(small_world, **{"receiver": "H01", **wrong})
    assert refusal.value.field == field
    assert contents(small_world.hq, TransferNote) == []


def test_headquarters_never_packs_what_it_has_not(small_world: World) -> None:
    opened(small_world, "H01")
    stock(small_world, "sim")
    with pytest.raises(OutOfStock):
        sent_off(small_world, written(small_world, "sim", 7, receiver="H01"))
    with pytest.raises(OutOfStock):
        sent_off(small_world, written(small_world, "sim", 4, of="STK", receiver="H01"))
    assert sent_off(small_world, written(small_world, "sim", 3, of="STK", receiver="H01")).state == "sent"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"pieces": 4}, "pieces"),
        ({"pieces": 2}, "missing"),
        ({"pieces": 1, "missing": ["00000000001"], "reason": "r"}, "missing"),
        ({"pieces": 3, "missing": ["00000000001"], "reason": "r"}, "pieces"),
        ({"pieces": 2, "missing": ["00000000005"], "reason": "r"}, "missing"),
        ({"pieces": 2, "missing": ["00000000001"], "reason": " "}, "reason"),
        ({"approved_by": ""}, "approved_by"),
        ({"approved_by": "S001"}, "approved_by"),
    ],
)
def test_a_count_that_does_not_agree_changes_nothing(small_world: World, said: dict[str, Any], field: str) -> None:
    note = at_once(small_world)
    with at(small_world, "H01") as tx, pytest.raises(NotAllowed) as refusal:
        transfers.receive(
            tx,
            here(tx, note),
            said.get("missing", ()),
            pieces=said.get("pieces", 3),
            reason=said.get("reason", ""),
            approved_by=said.get("approved_by", "S002"),
        )
    assert refusal.value.field == field
    assert contents(small_world.stores["H01"], TransferCount) == []
    assert to_sell(small_world, "H01", "sim") == 0


@pytest.mark.parametrize(
    ("serials", "said", "field"),
    [
        (["00000000005"], {}, "serials"),  # another's
        (["00000000003"], {}, "serials"),  # of another sort
        (["00000000000"], {"pieces": 2}, "pieces"),
        (["00000000000", "00000000001", "00000000002"], {}, "pieces"),
        ([], {}, "pieces"),
        (["00000000000"], {"reason": ""}, "reason"),
        (["00000000000"], {"approved_by": "S001"}, "approved_by"),
    ],
)
def test_a_box_that_does_not_agree_is_not_sent(
    small_world: World, serials: list[str], said: dict[str, Any], field: str
) -> None:
    opened(small_world, "H01")
    stock(small_world, "sim")
    hand_down(small_world.hq, "H01", "sim", 4, UNTIL)
    note = written(small_world, "sim", 2, of="32K", sender="H01")
    exchanged(small_world, "H01")
    with at(small_world, "H01") as tx, pytest.raises(NotAllowed) as refusal:
        transfers.send(
            tx,
            here(tx, note),
            serials,
            pieces=said.get("pieces", len(serials)),
            reason=said.get("reason", "one is broken"),
            approved_by=said.get("approved_by", "S002"),
        )
    assert refusal.value.field == field
    assert contents(small_world.stores["H01"], TransferCount) == []


def test_serials_are_named_one_by_one_or_as_runs() -> None:
    among = ["1", "3", "5", "8"]
    assert named("3 1,8", among, "serials") == ["3", "1", "8"]
    assert named("3-8", among, "serials") == ["3", "5", "8"]
    assert named("5-5", among, "serials") == ["5"]
    for wrong in ("2", "3-9", "8-3", "-3"):
        with pytest.raises(NotAllowed):
            named(wrong, among, "serials")
    assert runs(["8", "1", "3"], among) == [("1", "3", 2), ("8", "8", 1)]
