"""Keys of SIM cards travel and rest enciphered for who is to have them; blocks of any size come in pages (design 6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boss_tui.headquarters.carried import take_carried
from boss_tui.headquarters.feed import ITEM_ROWS, page
from boss_tui.headquarters.leases import hand_down, recall, reclaim
from boss_tui.sync.carry import CARRIED, Carried, export, import_receipt, read_file
from boss_tui.sync.inbox import apply_items
from boss_tui.sync.secrets import secrets_for, with_secrets
from boss_tui.sync.shapes import Item
from boss_tui.sync.wire import TAKEN_BYTES, pack
from boss_tui.verify import verify
from data.clock import SeededClock
from data.errors import Damaged
from data.journal import Author
from data.store import Store
from data.tables import all_tables
from data.tables.base import LEASED
from data.tables.resource import PhoneNumber, SimCard
from data.tables.stock import ImsiReserve
from data.tables.sync import FeedItem, JournalEntry, Lease, SyncException, WaitingItem
from tests.boss_tui.sync.world import World, backup, contents, device, look, stock

UNTIL = "2026-12-31T00:00:00.000000Z"
KI, PUK = "0123456789ABCDEF0123456789ABCDEF", "97531864"


def cards(world: World, pieces: int = 2) -> None:
    """Cards and IMSIs with their keys at headquarters."""
    with world.hq.transaction(Author("", "stock", "S001"), journalled=False) as tx:
        tx.add_many(
            SimCard,
            [{"iccid": f"8{n:019}", "imsi": f"4600{n:011}", "kind": "8K", "ki": KI, "puk": PUK} for n in range(pieces)],
        )
        tx.add_many(ImsiReserve, [{"imsi": f"4601{n:011}", "iccid": f"9{n:019}", "ki": KI} for n in range(pieces)])


def keys_of(store: Store) -> set[tuple[str, ...]]:
    return {(row["ki"], row["puk"]) for row in contents(store, SimCard)} | {
        (row["ki"],) for row in contents(store, ImsiReserve)
    }


def everything(store: Store) -> str:
    """All that a store keeps of what travels."""
    return json.dumps([contents(store, FeedItem), contents(store, JournalEntry), contents(store, WaitingItem)])


def test_a_card_s_key_comes_to_who_holds_it_and_stands_in_no_item(world: World) -> None:
    store = world.outlet("H01")
    cards(world)
    for kind in ("sim", "imsi"):
        hand_down(world.hq, "H01", kind, 2, UNTIL)
    sent = page(world.office, "H01", 0, 50).model_dump_json()
    assert world.link("H01").exchange().applied == 2
    assert keys_of(store) == {(KI, PUK), (KI,)}
    for told in (sent, everything(world.hq), everything(store)):
        assert KI not in told
        assert PUK not in told
    for end in (world.hq, store):
        with end.reading() as reading:
            assert [f for f in verify(reading) if f.invariant in (2, 7)] == []


def test_it_goes_by_stick_as_by_the_link(world: World, tmp_path: Path) -> None:
    store = world.outlet("H01")
    look(store, "H01", 3)
    cards(world)
    hand_down(world.hq, "H01", "sim", 2, UNTIL)
    out, back, link = tmp_path / "out", tmp_path / "back", world.link("H01")
    export(link, out)
    assert b"AccessLog" not in out.read_bytes()
    take_carried(world.office, out, back)
    assert import_receipt(link, back).applied == 1
    assert keys_of(store) == {(KI, PUK)}
    for written in (out, back):
        told = written.read_bytes()
        assert json.loads(told).keys() == {"format", "outlet", "content"}
        assert b"sim_card" not in told
        assert KI.encode() not in told


def test_nobody_else_reads_a_stick(small_world: World, tmp_path: Path) -> None:
    for code in ("H01", "H02"):
        look(small_world.outlet(code), code, 1)
    export(small_world.link("H01"), tmp_path / "out")
    with pytest.raises(Damaged, match="not enciphered for this machine"):
        read_file(tmp_path / "out", Carried, small_world.keys["H02"])
    with pytest.raises(Damaged, match="no carried file"):  # the outlet's file is no receipt
        import_receipt(small_world.link("H01"), tmp_path / "out")
    take_carried(small_world.office, tmp_path / "out", tmp_path / "back")
    told = json.loads((tmp_path / "back").read_bytes())
    (tmp_path / "back").write_text(json.dumps({**told, "outlet": "H02"}))
    with pytest.raises(Damaged, match="not enciphered for this machine"):
        import_receipt(small_world.link("H02"), tmp_path / "back")


@pytest.mark.parametrize("old", ["boss-carry-1", "boss-receipt-1"])
def test_a_file_in_clear_of_an_older_program_is_refused_in_words(small_world: World, tmp_path: Path, old: str) -> None:
    small_world.outlet("H01")
    (tmp_path / "old").write_text(json.dumps({"format": old, "outlet": "H01", "batches": [], "signature": "x"}))
    with pytest.raises(Damaged, match="older program, in clear: write it anew"):
        take_carried(small_world.office, tmp_path / "old", tmp_path / "back")
    with pytest.raises(Damaged, match="older program, in clear: write it anew"):
        import_receipt(small_world.link("H01"), tmp_path / "old")
    (tmp_path / "newer").write_text(json.dumps({"format": "boss-carry-3", "outlet": "H01", "content": ""}))
    with pytest.raises(Damaged, match="no carried file"):
        take_carried(small_world.office, tmp_path / "newer", tmp_path / "back")
    assert CARRIED == "boss-carry-2"


def sent_last(world: World) -> Item:
    return page(world.office, "H01", 0, 50).items[-1]


def sent(world: World, code: str = "H01") -> Item:
    (item,) = page(world.office, code, 0, 50).items
    return item


def test_an_item_without_the_key_that_it_is_for_waits_and_the_rest_flows(small_world: World) -> None:
    """Nothing is half applied: a card whose key can't be read is no card yet."""
    store = small_world.outlet("H01")
    cards(small_world)
    hand_down(small_world.hq, "H01", "sim", 2, UNTIL)
    item = sent(small_world)
    assert apply_items(store, "H01", [item], device(99)) == (0, 1)
    assert contents(store, SimCard) == []
    (waiting,) = contents(store, WaitingItem)
    assert "not enciphered for this machine" in waiting["detail"]
    assert small_world.link("H01").exchange().applied == 1
    assert keys_of(store) == {(KI, PUK)}


def test_what_is_enciphered_beside_an_item_is_of_that_item_alone(small_world: World) -> None:
    small_world.outlet("H01")
    cards(small_world, 4)
    for kind in ("sim", "imsi"):
        hand_down(small_world.hq, "H01", kind, 2, UNTIL)
    first, second = page(small_world.office, "H01", 0, 50).items
    key = small_world.keys["H01"]
    rows = json.loads(first.body)["rows"]
    for item in (
        first.model_copy(update={"enciphered": second.enciphered}),
        first.model_copy(update={"number": second.number}),
    ):
        with pytest.raises(Exception, match="not enciphered"):
            with_secrets(key, "H01", item, rows)
    with pytest.raises(Exception, match="not enciphered"):
        with_secrets(key, "H02", first, rows)
    fewer = {"sim_card": rows["sim_card"][1:]}
    with pytest.raises(Exception, match="is not of it"):
        with_secrets(key, "H01", first, fewer)


def test_an_item_that_tells_a_secret_in_clear_is_not_applied(small_world: World) -> None:
    store = small_world.outlet("H01")
    cards(small_world)
    hand_down(small_world.hq, "H01", "sim", 2, UNTIL)
    item = sent(small_world)
    body = item.body.replace('"ki":""', f'"ki":"{KI}"')
    assert apply_items(store, "H01", [item.model_copy(update={"body": body})], small_world.keys["H01"]) == (0, 1)
    assert contents(store, SimCard) == []


def test_of_cards_that_an_outlet_has_no_more_it_gets_no_key(small_world: World) -> None:
    small_world.outlet("H01")
    cards(small_world)
    lease = hand_down(small_world.hq, "H01", "sim", 2, UNTIL)
    with small_world.hq.transaction(Author("", "stock", ""), journalled=False) as tx:
        tx.change(tx.one(SimCard, iccid=f"8{0:019}"), outlet="H02")
    item = sent(small_world)
    rows = with_secrets(small_world.keys["H01"], "H01", item, json.loads(item.body)["rows"])
    assert [row["ki"] for row in rows["sim_card"]] == ["", KI]
    assert lease.pieces == 2


def test_a_restored_headquarters_gets_keys_back_that_it_had_lost(small_world: World, tmp_path: Path) -> None:
    small_world.outlet("H01")
    backup(small_world.hq, tmp_path / "before.db")  # before the cards came
    cards(small_world)
    hand_down(small_world.hq, "H01", "sim", 2, UNTIL)
    small_world.link("H01").exchange()
    small_world.restored(f"sqlite:///{tmp_path / 'before.db'}")
    small_world.link("H01").exchange()
    assert keys_of(small_world.hq) == {(KI, PUK)}
    assert KI not in everything(small_world.hq)


def test_no_secret_is_told_where_there_is_none(small_world: World) -> None:
    small_world.outlet("H01")
    stock(small_world.hq, 2)
    hand_down(small_world.hq, "H01", "number", 2, UNTIL)
    hand_down(small_world.hq, "H01", "sim", 2, UNTIL)  # their keys were loaded when they were imported
    assert [item.enciphered for item in page(small_world.office, "H01", 0, 50).items] == ["", ""]
    item = sent_last(small_world)
    for body in ("{", "[]", "{}", '{"rows": []}', '{"rows": {"sim_card": 7}}', '{"rows": {"sim_card": [{}]}}'):
        with small_world.hq.reading() as reading:
            assert secrets_for(device(2).public, reading, "H01", item.model_copy(update={"body": body})) == ""


def test_what_is_enciphered_is_leased() -> None:
    """Only what one outlet holds has a reader that it can be enciphered for."""
    guarded = {name: table.__enciphered__ for name, table in all_tables().items() if table.__enciphered__}
    assert guarded == {"sim_card": ("ki", "puk"), "imsi_reserve": ("ki",)}
    assert all(all_tables()[name].__owner__ is LEASED for name in guarded)


# however large a block is


@pytest.mark.parametrize(
    ("pieces", "items"), [(1, 1), (ITEM_ROWS - 1, 1), (ITEM_ROWS, 2), (2 * ITEM_ROWS, 3), (10_000, 21)]
)
def test_a_block_comes_in_pages(small_world: World, pieces: int, items: int) -> None:
    """The lease itself is the first row of the first item."""
    store = small_world.outlet("H01")
    stock(small_world.hq, pieces)
    lease = hand_down(small_world.hq, "H01", "number", pieces, UNTIL)
    own = [row for row in contents(small_world.hq, FeedItem) if row["outlet"] == "H01"]
    assert len(own) == items
    assert max(len(row["body"]) for row in own) < TAKEN_BYTES // 20
    assert small_world.link("H01").exchange().waiting == 0
    assert len(contents(store, PhoneNumber)) == lease.pieces == pieces
    small_world.link("H01").exchange()
    with small_world.hq.reading() as reading:
        assert reading.one(Lease, id=lease.id).state == "running"


def test_a_block_goes_back_in_pages_too(small_world: World) -> None:
    store, clock = small_world.outlet("H01"), small_world.hq.clock
    stock(small_world.hq, 2 * ITEM_ROWS)
    kept, lost = (hand_down(small_world.hq, "H01", kind, 2 * ITEM_ROWS, UNTIL) for kind in ("number", "sim"))
    for _ in range(2):
        small_world.link("H01").exchange()
    recall(small_world.hq, kept.id, "3001")
    for _ in range(2):
        small_world.link("H01").exchange()
    assert {row["outlet"] for row in contents(small_world.hq, PhoneNumber)} == {""}
    assert isinstance(clock, SeededClock)
    assert isinstance(store.clock, SeededClock)
    for each in (clock, store.clock):
        each.move(days=100)
    look(store, "H01", 1)
    small_world.link("H01").exchange()
    reclaim(small_world.hq, lost.id, "S001")
    for _ in range(2):
        small_world.link("H01").exchange()
    assert {row["state"] for row in contents(store, SimCard)} == {"void"}
    assert {row["outlet"] for row in contents(store, PhoneNumber)} == {""}
    assert contents(small_world.hq, SyncException) == []


def test_what_is_given_back_goes_in_pages_too(small_world: World, tmp_path: Path) -> None:
    """Items that can't be packed small, of many blocks: more than one request takes."""
    small_world.outlet("H01")
    backup(small_world.hq, tmp_path / "before.db")
    stock(small_world.hq, 9_000)
    hand_down(small_world.hq, "H01", "number", 9_000, UNTIL)
    assert sum(len(row["body"]) for row in contents(small_world.hq, FeedItem)) > 1_000_000
    small_world.link("H01").exchange()
    small_world.restored(f"sqlite:///{tmp_path / 'before.db'}")
    assert small_world.link("H01").exchange().fault is None
    small_world.link("H01").exchange()
    assert len(contents(small_world.hq, PhoneNumber)) == 9_000
    assert pack([]) != b""
