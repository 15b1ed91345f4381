"""Taking journals: gaps, forks, tampering of each kind, poison among good entries."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from boss_tui.headquarters.history import FORGOTTEN
from boss_tui.headquarters.office import Refuse
from boss_tui.headquarters.push import take_batch
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.shapes import Standing, entry_values
from boss_tui.sync.wire import pack, request_text, target
from data.journal import Author, canonical, entry_hash
from data.tables.service import BehaviourSignal, Figure
from data.tables.sync import AccessLog, EnrolledOutlet, JournalEntry, SyncException
from tests.boss_tui.sync.world import World, contents, device, journal, look, same_books, set_signal

Told = list[dict[str, Any]]


def entries(world: World, outlet: str = "H01") -> Told:
    with world.stores[outlet].reading() as reading:
        return [entry_values(row) for row in reading.all(JournalEntry, outlet=outlet, order=("seq",))]


def push(world: World, told: Told, outlet: str = "H01", key: DeviceKey | None = None, feed_cursor: int = 0) -> Standing:
    body = pack({"outlet": outlet, "feed_cursor": feed_cursor, "entries": told})
    signature = (key or world.keys[outlet]).sign(request_text("POST", target(outlet, "events"), body))
    return take_batch(world.office, outlet, body, signature)


def refused(world: World, told: Told, **more: Any) -> Refuse:
    with pytest.raises(Refuse) as caught:
        push(world, told, **more)
    return caught.value


def stopped(world: World, outlet: str = "H01") -> str:
    with world.hq.reading() as reading:
        return reading.one(EnrolledOutlet, outlet=outlet).stopped


def rehashed(told: Told, start: int = 0) -> Told:
    """The same entries with hashes that fit their content, as one who holds the program could make them."""
    for index in range(start, len(told)):
        if index:
            told[index]["prev_hash"] = told[index - 1]["hash"]
        told[index]["hash"] = entry_hash(told[index], told[index]["prev_hash"])
    return told


def test_a_repeat_gets_the_same_answer_and_adds_nothing(world: World) -> None:
    store = world.outlet("H01")
    look(store, "H01", 5)
    first = push(world, entries(world))
    before = contents(world.hq, JournalEntry, AccessLog, Figure)
    again = push(world, entries(world))
    assert again.receipted() == first.receipted()
    assert again.receipt == first.receipt
    assert push(world, entries(world)[1:3]).next_seq == 6
    assert contents(world.hq, JournalEntry, AccessLog, Figure) == before


def test_any_cut_of_the_journal_in_any_order_ends_with_each_once(small_world: World) -> None:
    store = small_world.outlet("H01")
    look(store, "H01", 40)
    told, chance = entries(small_world), random.Random(8)
    standing = 1
    for _ in range(400):
        first = chance.randrange(40)
        piece = told[first : first + chance.randrange(1, 12)]
        if piece[0]["seq"] > standing:
            assert refused(small_world, piece).code == "gap"
        else:
            standing = push(small_world, piece).next_seq
    assert push(small_world, told).next_seq == 41
    assert journal(small_world.hq, "H01") == journal(store, "H01")
    assert same_books(small_world, AccessLog, Figure)


@pytest.mark.parametrize("told", [[2, 3], [1, 3], [2, 1], [3, 2, 1], [1, 2, 4]])
def test_a_gap_is_answered_by_where_to_go_on(small_world: World, told: list[int]) -> None:
    look(small_world.outlet("H01"), "H01", 4)
    all_of_them = entries(small_world)
    refuse = refused(small_world, [all_of_them[seq - 1] for seq in told])
    assert (refuse.code, refuse.status) == ("gap", 409)
    assert refuse.standing is not None
    assert refuse.standing.next_seq == 1
    assert contents(small_world.hq, JournalEntry) == []
    assert stopped(small_world) == ""


def changed(field: str, value: Any) -> Callable[[Told], None]:
    def change(told: Told) -> None:
        told[2][field] = value(told[2][field])

    return change


def swap(told: Told) -> None:
    told[2]["body"], told[3]["body"] = told[3]["body"], told[2]["body"]


def swap_whole(told: Told) -> None:
    told[2], told[3] = {**told[3], "seq": 3}, {**told[2], "seq": 4}


def drop_and_number_anew(told: Told) -> None:
    del told[2]
    for index in range(2, len(told)):
        told[index]["seq"] = index + 1


def change_and_hash_it_alone(told: Told) -> None:
    told[2]["operator"] = "S999"
    told[2]["hash"] = entry_hash(told[2], told[2]["prev_hash"])


TAMPERED = {
    "body": changed("body", lambda body: body.replace("look", "loot", 1)),
    "operator": changed("operator", lambda _: "S999"),
    "time": changed("made_at", lambda made: "2001" + made[4:]),
    "business": changed("kind", lambda _: "C1"),
    "serial": changed("serial", lambda _: ""),
    "date": changed("business_date", lambda _: "2001-01-01"),
    "counter": changed("counter", lambda _: "99"),
    "kind version": changed("kind_version", lambda _: 2),
    "epoch": changed("epoch", lambda _: 2),
    "hash": changed("hash", lambda one: one[::-1]),
    "hash before": changed("prev_hash", lambda one: one[::-1]),
    "swapped contents": swap,
    "swapped": swap_whole,
    "dropped": drop_and_number_anew,
    "hashed anew alone": change_and_hash_it_alone,
}


@pytest.mark.parametrize("how", TAMPERED)
@pytest.mark.parametrize("known", [0, 2, 5])
def test_what_was_tampered_with_is_found_and_freezes(small_world: World, how: str, known: int) -> None:
    look(small_world.outlet("H01"), "H01", 6)
    if known:
        push(small_world, entries(small_world)[:known])
    told = entries(small_world)
    TAMPERED[how](told)
    refuse = refused(small_world, told)
    assert refuse.code == "fork"
    assert stopped(small_world)
    assert [row["seq"] for row in contents(small_world.hq, JournalEntry)] == sorted(range(1, known + 1), key=str)
    assert refused(small_world, entries(small_world)).code == "stopped"


def test_other_content_under_a_known_key_is_a_fork(world: World) -> None:
    look(world.outlet("H01"), "H01", 4)
    push(world, entries(world))
    told = entries(world)
    told[2]["operator"] = "S999"
    refuse = refused(world, rehashed(told, 2))
    assert refuse.code == "fork"
    assert "3" in str(refuse.message)
    assert [row["reason"] for row in contents(world.hq, SyncException)] == ["fork"]


def test_another_device_s_batch_is_not_taken(small_world: World) -> None:
    look(small_world.outlet("H01"), "H01", 2)
    look(small_world.outlet("H02"), "H02", 2)
    assert refused(small_world, entries(small_world), key=device(77)).code == "signature"
    assert refused(small_world, entries(small_world), key=small_world.keys["H02"]).code == "signature"
    assert refused(small_world, entries(small_world, "H02"), outlet="H01").code == "batch"
    assert refused(small_world, entries(small_world), outlet="H99", key=device(2)).code == "unknown"
    assert contents(small_world.hq, JournalEntry) == []
    assert stopped(small_world) == ""


def test_an_altered_byte_anywhere_in_a_batch_is_refused(small_world: World) -> None:
    look(small_world.outlet("H01"), "H01", 2)
    body = pack({"outlet": "H01", "feed_cursor": 0, "entries": entries(small_world)})
    signature = small_world.keys["H01"].sign(request_text("POST", target("H01", "events"), body))
    for place in range(len(body)):
        altered = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        with pytest.raises(Refuse, match="not signed"):
            take_batch(small_world.office, "H01", altered, signature)
    with pytest.raises(Refuse, match="not signed"):
        take_batch(small_world.office, "H01", body, signature[::-1])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not packed",
        pack("text"),
        pack({}),
        pack({"outlet": "H01", "feed_cursor": 0, "entries": [{}]}),
        pack({"outlet": "H01", "feed_cursor": -1, "entries": []}),
        pack([]),
        pack({"outlet": "H01", "feed_cursor": "0", "entries": []}),
        pack({"outlet": 1, "feed_cursor": 0, "entries": []}),
    ],
)
def test_rubbish_that_is_signed_is_refused(small_world: World, content: bytes) -> None:
    small_world.outlet("H01")
    signature = small_world.keys["H01"].sign(request_text("POST", target("H01", "events"), content))
    with pytest.raises(Refuse) as caught:
        take_batch(small_world.office, "H01", content, signature)
    assert (caught.value.status, caught.value.code) == (400, "batch")


def poisoned(told: Told, body: Any, kind: str = "A1") -> Told:
    """The third entry with another body, of another kind, and a whole chain."""
    told[2]["kind"] = kind
    told[2]["body"] = body if isinstance(body, str) else canonical(body)
    return rehashed(told, 2)


def signal_change(key: Any, **values: Any) -> Any:
    return ["behaviour_signal", "change", key, 1, {**values, "revision": 2}]


def tries(outlet: str, **values: Any) -> Any:
    row = {"outlet": outlet, "subject": "codes", "tries": 1, "last_at": "", "revision": 1}
    return ["tries", "add", [outlet, "codes"], 0, {**row, **values}]


POISON: dict[str, tuple[Any, str]] = {
    "no JSON": ("{", "unknown"),
    "no changes": ({}, "unknown"),
    "text for changes": ({"changes": "all"}, "unknown"),
    "unknown table": ({"changes": [["nothing", "add", ["1"], 0, {"id": "1"}]]}, "unknown"),
    "local table": ({"changes": [["setting", "add", ["a"], 0, {"name": "a", "value": "b", "revision": 1}]]}, "unknown"),
    "the journal itself": ({"changes": [["journal", "add", ["H01", 1, 9], 0, {}]]}, "unknown"),
    "unknown column": ({"changes": [["behaviour_signal", "add", ["P"], 0, {"id": "P", "colour": "red"}]]}, "unknown"),
    "missing column": ({"changes": [["behaviour_signal", "add", ["P"], 0, {"id": "P"}]]}, "unknown"),
    "unknown act": ({"changes": [["behaviour_signal", "drop", ["P"], 0, {}]]}, "unknown"),
    "append-only changed": ({"changes": [["access_log", "change", ["x"], 1, {"act": "no", "revision": 2}]]}, "unknown"),
    "a key too large": ({"changes": [["figure", "increase", ["a", "b", "c", "d", 2**70], 0, {"count": 1}]]}, "unknown"),
    "a key of another type": ({"changes": [signal_change([[1]], detail="x")]}, "unknown"),
    "half a surrogate": (
        '{"changes":[["behaviour_signal","change",["P"],1,{"detail":"\\ud800","revision":2}]]}',
        "unknown",
    ),
    "a zero byte": ({"changes": [signal_change(["P"], detail="\x00")]}, "unknown"),
    "a list as value": ({"changes": [signal_change(["P"], detail=[])]}, "unknown"),
    "text in a number": ({"changes": [tries("H01", tries="much")]}, "unknown"),
    "a state there is not": ({"changes": [signal_change(["P0"], state="angry")]}, "clash"),
    "a row that refers to nothing": (
        {
            "changes": [
                [
                    "settlement_entry",
                    "add",
                    ["S"],
                    0,
                    {
                        "id": "S",
                        "partner": "P0",
                        "order_id": "none",
                        "kind": "share",
                        "amount": 1,
                        "business_date": "2026-11-23",
                    },
                ]
            ]
        },
        "dangling",
    ),
    "a change to nothing": ({"changes": [signal_change(["P9"], detail="x")]}, "stale"),
    "numbers too large": ({"changes": [tries("H01", tries=2**62)]}, "unknown"),
}


AT_THE_COMMIT = ("a row that refers to nothing",)


@pytest.mark.parametrize(
    "what",
    [pytest.param(what, marks=[pytest.mark.whole] * (what in AT_THE_COMMIT)) for what in POISON],
)
def test_poison_becomes_an_exception_and_blocks_nothing(world: World, what: str) -> None:
    set_signal(world.outlet("H01"), "H01", "P0", "甲")
    look(world.stores["H01"], "H01", 4)
    body, reason = POISON[what]
    assert push(world, poisoned(entries(world), body)).next_seq == 6
    told = contents(world.hq, SyncException)
    assert [(row["seq"], row["reason"]) for row in told] == [(3, reason)]
    assert len(contents(world.hq, AccessLog)) == 3
    assert [row["count"] for row in contents(world.hq, Figure)] == [3]
    assert stopped(world) == ""
    assert push(world, entries(world)[:1]).next_seq == 6


def test_an_entry_of_a_newer_program_is_kept(small_world: World) -> None:
    look(small_world.outlet("H01"), "H01", 3)
    told = entries(small_world)
    told[1]["kind_version"] = 2
    assert push(small_world, rehashed(told, 1)).next_seq == 4
    kept = contents(small_world.hq, SyncException)
    assert [(row["seq"], row["reason"]) for row in kept] == [(2, "unknown")]
    assert len(contents(small_world.hq, JournalEntry)) == 3


def test_an_older_program_s_row_gets_the_new_column_s_default(small_world: World) -> None:
    store = small_world.outlet("H01")
    with store.transaction(Author("H01", "C13", "S001")) as tx:
        tx.add(AccessLog, id="1", outlet="H01", operator="S001", act="look", subject="", made_at=tx.now())
    told = entries(small_world)
    told[0]["body"] = told[0]["body"].replace('"reason":"",', "")
    assert '"reason"' not in told[0]["body"]
    push(small_world, rehashed(told))
    assert contents(small_world.hq, AccessLog)[0]["reason"] == ""
    assert contents(small_world.hq, SyncException) == []


@pytest.mark.parametrize(("epoch", "taken"), [(1 + FORGOTTEN, True), (2 + FORGOTTEN, False), (2**31 - 1, False)])
def test_an_epoch_that_nobody_gave_is_refused(small_world: World, epoch: int, taken: bool) -> None:
    """Headquarters may have forgotten a few; with one at the end of all numbers there would be no next one."""
    look(small_world.outlet("H01"), "H01", 2)
    told = entries(small_world)
    told[1]["epoch"] = epoch
    told = rehashed(told, 1)
    if taken:
        assert push(small_world, told).epoch == epoch
    else:
        assert (refused(small_world, told).code, stopped(small_world)) == ("epoch", "")


def test_the_very_same_row_told_by_two_is_no_exception(small_world: World) -> None:
    for code in ("H01", "H02"):
        set_signal(small_world.outlet(code), code, "P1", "甲")
        push(small_world, entries(small_world, code), outlet=code)
    assert contents(small_world.hq, SyncException) == []
    assert len(contents(small_world.hq, BehaviourSignal)) == 1


def test_changes_of_one_batch_are_merged_to_the_same_end(world: World) -> None:
    store = world.outlet("H01")
    for n in range(12):
        set_signal(store, "H01", f"P{n % 3}", f"名{n}")
    push(world, entries(world)[:5])
    push(world, entries(world)[5:])
    assert same_books(world, BehaviourSignal)
    assert {row["revision"] for row in contents(world.hq, BehaviourSignal)} == {4}


@pytest.mark.parametrize(("linked", "noted"), [(True, True), (False, False)])
def test_what_came_on_a_stick_is_no_sign_of_a_link(small_world: World, linked: bool, noted: bool) -> None:
    small_world.outlet("H01")
    look(small_world.stores["H01"], "H01")
    told = entries(small_world)
    small_world.hq.clock.move(hours=2)  # type: ignore[attr-defined]
    body = pack({"outlet": "H01", "feed_cursor": 0, "entries": told})
    signature = small_world.keys["H01"].sign(request_text("POST", target("H01", "events"), body))
    take_batch(small_world.office, "H01", body, signature, linked=linked)
    with small_world.hq.reading() as reading:
        row = reading.one(EnrolledOutlet, outlet="H01")
    assert (bool(row.away_until), row.next_seq) == (noted, len(told) + 1)
