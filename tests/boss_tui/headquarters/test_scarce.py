"""Leases of each kind of scarce thing: handed to one, sold until their time, recalled, free again, whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from boss_tui.components.base import Context
from boss_tui.components.resources.leases import must_not_be_over, sold_at
from boss_tui.headquarters.feed import publish
from boss_tui.headquarters.leases import hand_down, recall, reclaim
from boss_tui.headquarters.office import author
from boss_tui.sync.scarce import KINDS, PAPERS, PIECES
from boss_tui.sync.stock import TARGETS, LowWater, ask_for_more, left, marks_of
from boss_tui.verify import verify
from data.card_pins import SETTING, decipher, encipher, made_secret, secret
from data.clock import SeededClock, stamp
from data.errors import NotAllowed, OutOfStock
from data.journal import Author
from data.store import Store
from data.tables.document import DocumentRange
from data.tables.organisation import Alarm
from data.tables.parameter import Parameter
from data.tables.product import Product
from data.tables.resource import NumberGrade, NumberSegment, PhoneNumber, SimKind
from data.tables.stock import RechargeCard
from data.tables.sync import FeedItem, Lease, Setting, SyncException
from tests.boss_tui.sync.world import World, contents, look
from tests.tiers import NIGHTLY

pytestmark = pytest.mark.both_engines(NIGHTLY)
UNTIL = "2026-12-31T00:00:00.000000Z"
PIN = "123456789012345678"
SORTS = {
    "number": ("0", "AAA"),
    "sim": ("32K", "STK"),
    "blank": ("32K", "STK"),
    "imsi": ("", ""),
    "handset": ("M1", "M2"),
    "card": (5_000, 10_000),
}
MORE: dict[str, Callable[[int], dict[str, Any]]] = {
    "number": lambda n: {"segment": "1380000", "tail": f"{n:04d}"},
    "sim": lambda n: {"imsi": f"46000{n:010d}"},
    "imsi": lambda n: {"iccid": f"8986{n:016d}"},
    "card": lambda _: {"valid_to": "2028-01-01"},
}


def stock(world: World, kind: str, pieces: int = 6) -> None:
    """Free pieces of a kind at headquarters, half of each of two sorts; the outlets know what they refer to."""
    about = PIECES[kind]
    for store in (world.hq, *world.stores.values()):
        with store.transaction(Author("", "stock", "S001"), journalled=False) as tx:
            tx.add(NumberSegment, prefix="1380000")
            tx.add_many(NumberGrade, [{"code": code, "name_zh": code} for code in SORTS["number"]])
            for code in SORTS["handset"]:
                tx.add(Product, code=code, name_zh=code, kind="goods", pay_type="any", valid_from="")
    with world.hq.transaction(Author("", "stock", "S001"), journalled=False) as tx:
        rows = []
        for n in range(pieces):
            row = {about.key: f"{n:011d}", **(MORE[kind](n) if kind in MORE else {})}
            if about.sort:
                row[about.sort] = SORTS[kind][n * 2 // pieces]
            if kind == "card":
                row["pin_cipher"] = encipher(made_secret(tx), row["serial"], PIN)
            rows.append(row)
        tx.add_many(about.model, rows)


def outlets(world: World, *codes: str) -> None:
    for code in codes:
        world.outlet(code)


def sell(store: Store, kind: str, key: str, outlet: str = "H01") -> None:
    about, sold = PIECES[kind], {"number": "sold", "sim": "sold", "blank": "spoiled", "imsi": "used"}
    with store.transaction(Author(outlet, "stock", "S001")) as tx:
        row: Any = tx.one(about.model, **{about.key: key})
        assert row.outlet == outlet
        tx.change(row, state=sold.get(kind, "scrapped" if kind == "handset" else "void"))


def holders(store: Store, kind: str) -> list[tuple[str, str, str]]:
    about = PIECES[kind]
    return [(row[about.key][-2:], row["outlet"], row["state"]) for row in contents(store, about.model)]


def pieces_of(store: Store, lease: Lease) -> list[str]:
    """The keys of the pieces that came with a lease."""
    about = PIECES[lease.kind]
    return sorted(row[about.key] for row in contents(store, about.model) if row["lease_id"] == lease.id)


def broken(store: Store, kind: str) -> list[str]:
    """The rules about leases of a kind that do not hold."""
    with store.reading() as reading:
        found = verify(reading, only=[f"lease is whole: {kind}", f"piece is of its lease: {kind}"])
    return [finding.rule for finding in found]


@pytest.mark.parametrize("kind", PIECES)
def test_a_block_of_each_kind_is_one_outlet_s_alone(world: World, kind: str) -> None:
    outlets(world, "H01", "H02")
    stock(world, kind)
    first = hand_down(world.hq, "H01", kind, 2, UNTIL)
    second = hand_down(world.hq, "H02", kind, 100, UNTIL)
    assert (first.pieces, second.pieces) == (2, 4)
    with pytest.raises(OutOfStock):
        hand_down(world.hq, "H01", kind, 1, UNTIL)
    assert [len(its) for its in (pieces_of(world.hq, first), pieces_of(world.hq, second))] == [2, 4]
    for code, pieces in (("H01", 2), ("H02", 4)):
        assert world.link(code).exchange().applied == 1
        with world.stores[code].reading() as reading:
            assert left(reading, code, kind) == pieces
    sell(world.stores["H01"], kind, pieces_of(world.hq, first)[0])
    world.link("H01").exchange()
    assert contents(world.hq, SyncException) == []
    assert [h for h in holders(world.hq, kind) if h[1] == "H01"] == holders(world.stores["H01"], kind)
    for store in (world.hq, *world.stores.values()):
        assert broken(store, kind) == []


@pytest.mark.parametrize("kind", [kind for kind in PIECES if PIECES[kind].sort])
def test_of_one_sort_no_other_is_taken(small_world: World, kind: str) -> None:
    outlets(small_world, "H01")
    stock(small_world, kind)
    sort = str(SORTS[kind][1])
    lease = hand_down(small_world.hq, "H01", kind, 100, UNTIL, of=sort)
    about = PIECES[kind]
    given = [row for row in contents(small_world.hq, about.model) if row["lease_id"] == lease.id]
    assert {str(row[about.sort]) for row in given} == {sort}
    assert (len(given), lease.of) == (3, sort)
    for none in (sort, "no such", "-1", "9" * 30, "５０００"):
        with pytest.raises(OutOfStock):
            hand_down(small_world.hq, "H01", kind, 1, UNTIL, of=none)


# recharge cards: what is behind a PIN stays at headquarters


def test_no_pin_travels_and_headquarters_keeps_each(world: World) -> None:
    outlets(world, "H01")
    stock(world, "card")
    lease = hand_down(world.hq, "H01", "card", 3, UNTIL)
    link = world.link("H01")
    link.exchange()
    sell(world.stores["H01"], "card", "00000000000")
    link.exchange()
    recall(world.hq, lease.id, "3001")
    link.exchange()
    link.exchange()
    ciphers = {row["pin_cipher"] for row in contents(world.hq, RechargeCard)}
    assert "" not in ciphers
    for place in (*contents(world.hq, FeedItem), *contents(world.stores["H01"], FeedItem, RechargeCard)):
        assert not [cipher for cipher in ciphers if cipher in str(place)]
    with world.hq.reading() as reading:
        row = reading.one(RechargeCard, serial="00000000001")
        assert decipher(secret(reading), row.serial, row.pin_cipher) == PIN


def test_an_enrolled_outlet_recognises_pins(small_world: World) -> None:
    outlets(small_world, "H01", "H02")
    stores = (small_world.hq, *small_world.stores.values())
    known = {row["value"] for store in stores for row in contents(store, Setting) if row["name"] == SETTING}
    assert len(known) == 1
    assert len(known.pop()) == 64


# until when


@pytest.mark.parametrize(
    ("moment", "recalled", "told"),
    [
        (UNTIL, "", False),
        ("2026-12-31T00:00:00.000001Z", "", True),
        ("2026-12-31", "", False),
        ("2027-01-01", "", True),
        (UNTIL, "2026-12-01T00:00:00.000000Z", True),
    ],
)
def test_a_block_is_sold_from_until_its_time_or_until_it_is_recalled(
    small_world: World, moment: str, recalled: str, told: bool
) -> None:
    with small_world.hq.transaction(Author("", "", ""), journalled=False) as tx:
        tx.add(
            Lease,
            id="L",
            kind="sim",
            outlet="H01",
            content="{}",
            pieces=1,
            handed_at="",
            sell_until=UNTIL,
            recalled_at=recalled,
        )
        must_not_be_over(tx, "", "1", moment)
        must_not_be_over(tx, "of an old program", "1", moment)
        if told:
            with pytest.raises(NotAllowed, match="no more since 2026-12-"):
                must_not_be_over(tx, "L", "1", moment)
        else:
            must_not_be_over(tx, "L", "1", moment)


@pytest.mark.parametrize("slip", [None, SimpleNamespace(written_on="2026-11-20")])
def test_of_a_slip_the_day_counts_that_stands_on_it(slip: Any) -> None:
    tx = SimpleNamespace(present=SeededClock().now)
    context = Context(cast("Any", tx), "C1", "H01", "01", "1001", "clerk", "2026-11-23", slip=slip)
    assert sold_at(context) == ("2026-11-19T16:00:00.000000Z" if slip else stamp(SeededClock().now()))


# recalled


@pytest.mark.parametrize("kind", PIECES)
def test_what_is_recalled_is_free_once_its_outlet_has_heard(world: World, kind: str) -> None:
    outlets(world, "H01", "H02")
    stock(world, kind)
    store, link = world.stores["H01"], world.link("H01")
    lease = hand_down(world.hq, "H01", kind, 100, UNTIL)
    link.exchange()
    assert recall(world.hq, lease.id, "3001").recalled_at
    with pytest.raises(NotAllowed, match="recalled"):
        recall(world.hq, lease.id, "3001")
    sell(store, kind, pieces_of(world.hq, lease)[0])  # it has not heard yet
    with pytest.raises(OutOfStock):
        hand_down(world.hq, "H02", kind, 1, UNTIL)  # not before the outlet's word is here
    link.exchange()
    with store.reading() as reading:
        assert left(reading, "H01", kind) == 0
    with world.hq.reading() as reading:
        assert reading.one(Lease, id=lease.id).state == "returned"
    assert hand_down(world.hq, "H02", kind, 100, UNTIL).pieces == 5
    for code in ("H01", "H02"):
        world.link(code).exchange()
    assert contents(world.hq, SyncException) == []
    assert sorted(holder for _, holder, _ in holders(store, kind)) == ["", "", "", "", "", "H01"]
    for each in (world.hq, *world.stores.values()):
        assert broken(each, kind) == []


@pytest.mark.parametrize(
    ("used", "ranges"), [(0, [("", 1, 100, "open")]), (30, [("H01", 1, 30, "used_up"), ("", 31, 100, "open")])]
)
def test_of_recalled_papers_the_unused_numbers_are_free(
    small_world: World, used: int, ranges: list[tuple[str, int, int, str]]
) -> None:
    outlets(small_world, "H01")
    with small_world.hq.transaction(Author("", "", ""), journalled=False) as tx:
        tx.add(DocumentRange, id="R", kind="slip", code="SL", first_number=1, last_number=100, next_number=1, outlet="")
    lease = hand_down(small_world.hq, "H01", "slip", 100, UNTIL)
    link = small_world.link("H01")
    link.exchange()
    if used:
        with small_world.stores["H01"].transaction(Author("H01", "number.void", "S001")) as tx:
            tx.change(tx.one(DocumentRange, id="R"), next_number=used + 1)
    recall(small_world.hq, lease.id, "3001")
    link.exchange()
    link.exchange()
    rows = contents(small_world.hq, DocumentRange)
    found = sorted((r["first_number"], r["outlet"], r["last_number"], r["state"]) for r in rows)
    assert [(o, f, la, s) for f, o, la, s in found] == ranges
    here = {(row["outlet"], row["state"]) for row in contents(small_world.stores["H01"], DocumentRange)}
    assert here == ({("H01", "used_up")} if used else {("", "open")})
    assert contents(small_world.hq, SyncException) == []


@pytest.mark.parametrize("kind", PIECES)
def test_without_its_outlet_s_word_nothing_is_ever_free_again(small_world: World, kind: str) -> None:
    outlets(small_world, "H01")
    stock(small_world, kind)
    lease = hand_down(small_world.hq, "H01", kind, 3, UNTIL)
    small_world.link("H01").exchange()
    for store in (small_world.hq, small_world.stores["H01"]):
        cast("SeededClock", store.clock).move(days=80)
    look(small_world.stores["H01"], "H01")
    small_world.link("H01").exchange()
    reclaim(small_world.hq, lease.id, "S900")
    lost = [state for _, holder, state in holders(small_world.hq, kind) if state != PIECES[kind].free]
    assert lost == [PIECES[kind].lost] * 3
    assert hand_down(small_world.hq, "H01", kind, 100, UNTIL).pieces == 3  # the others
    for ended in (reclaim, recall):
        with pytest.raises(NotAllowed):
            ended(small_world.hq, lease.id, "S900")


# running low


@pytest.mark.parametrize("kind", [kind for kind in PIECES if PIECES[kind].by_sort])
def test_an_outlet_asks_for_the_sorts_that_it_was_handed_before(small_world: World, kind: str) -> None:
    outlets(small_world, "H01")
    stock(small_world, kind, pieces=12)
    link, marks, of = small_world.link("H01"), {kind: LowWater(3, 4)}, str(SORTS[kind][0])
    assert ask_for_more(link, marks) == {}  # not every outlet sells such things
    hand_down(small_world.hq, "H01", kind, 2, UNTIL, of=of)
    link.exchange()
    assert ask_for_more(link, marks) == {f"{kind} {of}".strip(): None}
    link.exchange()
    assert ask_for_more(link, marks) == {}
    about = PIECES[kind]
    rows = contents(small_world.stores["H01"], about.model)
    assert len(rows) == 4
    assert not about.sort or {str(row[about.sort]) for row in rows} == {of}


def test_each_kind_has_a_mark() -> None:
    assert set(TARGETS) == set(KINDS) == {*PIECES, *PAPERS}


@pytest.mark.parametrize(("kind", "rare"), [("sim", {"state": "ended"}), ("number", {"minimum_spend": 28_800})])
def test_the_first_request_brings_each_sort_that_all_outlets_have_up_to_its_target(
    small_world: World, kind: str, rare: dict[str, Any]
) -> None:
    """And none of what only some have, though it comes first in stock."""
    about = PIECES[kind]
    of_sorts: Any = {"sim": SimKind, "number": NumberGrade}[kind]
    outlets(small_world, "H01")
    here = small_world.stores["H01"]
    for store in (small_world.hq, here):
        with store.transaction(Author("", "stock", "S001"), journalled=False) as tx:
            tx.add(Parameter, name=f"{kind}_target", business="", value=3)
            tx.add(NumberSegment, prefix="1380000")
            for code in ("a", "b", "c"):
                tx.add(of_sorts, code=code, name_zh=code, **(rare if code == "a" else {}))
    with small_world.hq.transaction(Author("", "stock", "S001"), journalled=False) as tx:
        for n in range(15):
            tx.add(about.model, **{about.key: f"{n:011d}", about.sort: "abc"[n // 5], **MORE[kind](n)})
    link = small_world.link("H01")
    with here.reading() as reading:
        marks = {kind: marks_of(reading)[kind]}
    assert marks == {kind: LowWater(1, 3)}
    assert ask_for_more(link, marks) == {f"{kind} b": None, f"{kind} c": None}
    link.exchange()
    assert Counter(row[about.sort] for row in contents(here, about.model)) == {"b": 3, "c": 3}
    assert ask_for_more(link, marks) == {}


# both sides at once


@pytest.mark.parametrize(
    ("here", "there", "alarms"),
    [
        ({}, {"state": "quarantined"}, ["conflict"]),
        ({}, {}, []),
        ({"revision": 3}, {"state": "quarantined"}, []),
        ({}, {"state": "quarantined", "revision": 3}, []),
    ],
)
def test_a_row_that_both_changed_at_once_is_told(
    small_world: World, here: dict[str, Any], there: dict[str, Any], alarms: list[str]
) -> None:
    outlets(small_world, "H01")
    stock(small_world, "number")
    store = small_world.stores["H01"]
    row = {
        "number": "13800009999",
        "segment": "1380000",
        "grade": "0",
        "tail": "9999",
        "state": "idle",
        "outlet": "H01",
        "lease_id": "",
        "subscription_id": None,
        "quarantine_until": "",
        "batch_id": "",
        "revision": 2,
    }
    with store.transaction(Author("H01", "", ""), journalled=False) as tx:
        tx.add(PhoneNumber, **{**row, **here})
    with small_world.hq.transaction(author("H01", "lease.end"), journalled=False, lock="H01") as tx:
        publish(tx, "H01", "lease_end", {"rows": {"phone_number": [{**row, **there}]}})
    small_world.link("H01").exchange()
    assert [alarm["kind"] for alarm in contents(store, Alarm)] == alarms
    (found,) = [each for each in contents(store, PhoneNumber) if each["number"] == row["number"]]
    assert found["state"] == ("quarantined" if there.get("revision") else "idle")
