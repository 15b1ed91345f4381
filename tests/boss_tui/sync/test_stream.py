"""What headquarters publishes: one stream for all outlets, in pages, by scope; nothing of it is ever half applied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from boss_tui.components.till.shifts import close_day, open_day
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.rows_date import stands_on
from boss_tui.headquarters.feed import page as feed_page
from boss_tui.headquarters.stream import Publisher
from boss_tui.sync import stream
from boss_tui.sync.dates import STREAM, bring_to
from boss_tui.sync.edition_items import KIND, MOST_BYTES, MOST_LINES, About, ItemPart, parted
from boss_tui.sync.shapes import Item, StreamPage
from boss_tui.sync.states import states
from boss_tui.sync.stream import take_page
from data.clock import SeededClock
from data.errors import NotAllowed, Outside
from data.journal import Author, canonical
from data.store import Store
from data.tables.base import Table
from data.tables.edition import PublishedLine
from data.tables.organisation import Alarm, Operator, Outlet, RoleRight
from data.tables.product import Product, ProductRelation
from data.tables.sync import EnrolledOutlet, FeedItem, JournalEntry, SyncException, WaitingItem
from data.tables.tariff import TaxRate
from tests.boss_tui.sync.world import Direct, World, backup, contents, edition, look

DAY, NEXT, LATER = "2026-11-23", "2026-11-24", "2026-11-25"
ABOUT = About("E", 1, "M6", "A title", "3001", "3002", DAY, True)


def right(business: str, op: Any = "add", **values: Any) -> RowEdit:
    """A line of what clerks may do."""
    return RowEdit("role_right", ("clerk", business), op, values)


def product(code: str, op: Any = "add", **values: Any) -> RowEdit:
    return RowEdit("product", (code,), op, {"name_zh": code, **values} if op == "add" else values)


def staff(number: str, outlet: str, **values: Any) -> RowEdit:
    known = {"outlet": outlet, "name": number, "password_hash": f"hash of {number}"}
    return RowEdit("operator", (number,), "add", {**known, **values})


def hall(code: str, **values: Any) -> RowEdit:
    """An outlet, as headquarters publishes it."""
    return RowEdit("outlet", (code,), "add", {"name_zh": code, "province": "AH", **values})


def tax(n: int) -> RowEdit:
    return RowEdit("tax_rate", (f"c{n}", "2026-01-01"), "add", {"rate": n})


def moved(store: Store, **by: int) -> None:
    clock = store.clock
    assert isinstance(clock, SeededClock)
    clock.move(**by)


def all_of(store: Store, model: type[Table], column: str) -> list[Any]:
    with store.reading() as reading:
        return [getattr(row, column) for row in reading.all(model)]


def pages(world: World, outlet: str, limit: int) -> list[StreamPage]:
    """The stream, as it comes when so few items go into a page."""
    found, after = [], 0
    while True:
        one = feed_page(world.office, outlet, 0, limit, after).stream
        assert one is not None
        found.append(one)
        after = one.through
        if after + 1 >= one.next:
            return found


def put_in_by_hand(
    world: World, lines: Sequence[Any], *, kind: str = KIND, version: int = 1, counts_from: str = DAY
) -> int:
    """An item that this headquarters' program would not publish: of a newer one, say."""
    about = About("E9", 9, "M6", "A title", "3001", "3002", counts_from, counts_from == DAY)
    body = ItemPart(about, 1, 1, tuple(lines)).body()
    with world.hq.transaction(Author("", "", ""), journalled=False) as tx:
        number = len(tx.all(FeedItem, outlet=STREAM)) + 1
        item = Item(number=number, kind=kind, kind_version=version, body=body, made_at=tx.now(), signature="")
        signed = item.model_copy(update={"signature": world.office.key.sign(item.signed_text(STREAM))})
        tx.add(FeedItem, outlet=STREAM, **signed.model_dump())
    return number


def test_an_edition_is_one_item_however_many_outlets_there_are(small_world: World) -> None:
    with small_world.hq.transaction(Author("", "", ""), journalled=False) as tx:
        tx.add_many(EnrolledOutlet, [{"outlet": f"R{n:05}", "public_key": ""} for n in range(30_000)])
    assert small_world.publish(right("C1"), right("C2")) == [1]
    assert len(contents(small_world.hq, FeedItem)) == 1
    for code in ("H01", "H02"):
        small_world.outlet(code)
        assert small_world.link(code).exchange().applied == 1
    assert len(contents(small_world.hq, FeedItem)) == 1


def test_what_is_published_stands_at_the_outlet_and_its_journal_tells_of_it(world: World) -> None:
    store = world.outlet("H01")
    world.publish(right("C1", amount_limit=5), right("C2"))
    world.publish(right("C1", "change", amount_limit=7), right("C2", "end"))
    link = world.link("H01")
    done = link.exchange()
    assert (done.applied, done.waiting, done.fault, done.pushed) == (2, 0, None, 1)
    assert contents(store, RoleRight, PublishedLine) == contents(world.hq, RoleRight, PublishedLine)
    with store.reading() as reading:
        (row,) = reading.all(RoleRight)
        entry = reading.all(JournalEntry, outlet="H01")[-1]
    assert (row.amount_limit, row.revision) == (7, 2)
    assert (entry.kind, '"applied":[1,2]' in entry.body, '"changes":[]' in entry.body) == ("feed", True, True)
    assert contents(world.hq, SyncException) == []
    assert link.exchange().applied == 0
    assert link.head().stream_cursor == 2


def test_headquarters_checks_what_an_outlet_says_that_it_took(small_world: World) -> None:
    store = small_world.outlet("H01")
    small_world.publish(right("C1"))
    tellings: list[Any] = [{"applied": [1], "waiting": [], "digest": "other", "through": 1}, {"applied": [9]}, [], "x"]
    for told in tellings:
        with store.transaction(Author("H01", "feed", "headquarters")) as tx:
            tx.more["stream"] = told
    look(store, "H01")
    small_world.link("H01").exchange()
    assert sorted(all_of(small_world.hq, SyncException, "reason")) == ["feed", "unknown", "unknown", "unknown"]


def test_an_outlet_a_thousand_editions_behind_comes_up_in_pages(small_world: World) -> None:
    store = small_world.outlet("H01")
    small_world.publish(right("C1"))
    with small_world.hq.transaction(Author("", "", ""), journalled=False) as tx:
        one = edition(tx)
        for n in range(1, 1_000):
            Publisher(small_world.office.key)(tx, one, [right("C1", "change", amount_limit=n)])
    link, pulls = small_world.link("H01"), 0
    while link.pull_once().more:
        pulls += 1
    assert pulls + 1 == 20  # fifty items each
    (row,) = contents(store, RoleRight)
    assert (row["amount_limit"], row["revision"]) == (999, 1_000)


@pytest.mark.parametrize(("lines", "parts"), [(1, 1), (MOST_LINES, 1), (MOST_LINES + 1, 2), (2 * MOST_LINES + 1, 3)])
def test_an_edition_is_split_by_lines(lines: int, parts: int) -> None:
    found = parted(ABOUT, [tax(n) for n in range(lines)])
    assert [(part.part, part.parts) for part in found] == [(n, parts) for n in range(1, parts + 1)]
    assert [line for part in found for line in part.lines] == [tax(n) for n in range(lines)]


def test_an_edition_is_split_by_bytes_and_a_line_that_no_item_holds_is_refused() -> None:
    def long(letters: int) -> RowEdit:
        return RowEdit("content", ("K", "zh_CN", "2026-01-01"), "add", {"text": "x" * letters})

    bare = len(canonical(["content", ["K", "zh_CN", "2026-01-01"], "add", {"text": ""}]))
    most = MOST_BYTES - bare
    assert [len(part.lines) for part in parted(ABOUT, [long(most), long(0)])] == [1, 1]
    assert [len(part.lines) for part in parted(ABOUT, [long(most - bare), long(0)])] == [2]
    with pytest.raises(NotAllowed, match="too large"):
        parted(ABOUT, [long(0), long(most + 1)])


def test_a_large_edition_counts_once_all_of_it_is_here(small_world: World) -> None:
    """A page cut in half, the program killed between two pages, an answer lost: nothing half."""
    store = small_world.outlet("H01")
    small_world.publish(right("C1"))
    numbers = small_world.publish(*[tax(n) for n in range(2 * MOST_LINES + 5)])
    assert numbers == [2, 3, 4]
    first, second, third, fourth = pages(small_world, "H01", 1)
    assert (take_page(store, "H01", first).applied, take_page(store, "H01", second).waiting) == (1, 1)
    assert take_page(store, "H01", second).waiting == 0  # told twice
    assert take_page(store, "H01", third).waiting == 1
    assert contents(store, TaxRate) == []
    with pytest.raises(Outside):  # one that does not follow
        take_page(small_world.outlet("H02"), "H02", fourth)
    backup(store, small_world.folder / "before.db")
    assert take_page(store, "H01", fourth).applied == 3
    assert contents(store, TaxRate) == contents(small_world.hq, TaxRate)
    assert all_of(store, WaitingItem, "state") == ["applied", "applied"]
    again = Store(f"sqlite:///{small_world.folder / 'before.db'}", clock=store.clock)
    assert take_page(again, "H01", fourth).applied == 3  # the store as it was before the last page
    assert contents(again, TaxRate, PublishedLine) == contents(store, TaxRate, PublishedLine)
    again.close()


@pytest.mark.parametrize("place", ["request", "answer"])
def test_a_page_that_is_lost_on_the_way_is_fetched_again(small_world: World, place: str) -> None:
    store = small_world.outlet("H01")
    small_world.publish(right("C1"))
    link = small_world.link("H01")
    transport = link.client._http._transport
    assert isinstance(transport, Direct)
    left = [place]

    def fault(where: str) -> None:
        if where in left:
            left.remove(where)
            raise httpx.ReadError("cut")

    transport.fault = fault
    assert link.exchange().fault is not None
    assert (contents(store, RoleRight, PublishedLine), link.head().stream_cursor) == ([], 0)
    assert link.exchange().applied == 1


def test_a_page_in_disorder_or_of_another_key_does_nothing(small_world: World) -> None:
    store = small_world.outlet("H01")
    for n in range(3):
        small_world.publish(right(f"C{n}"))
    (whole,) = pages(small_world, "H01", 200)
    for wrong in ([*whole.items, whole.items[0]], whole.items[::-1], [whole.items[0]] * 2):
        with pytest.raises(Outside):
            take_page(store, "H01", whole.model_copy(update={"items": wrong}))
    with pytest.raises(Outside):
        take_page(store, "H01", whole.model_copy(update={"through": 2}))
    forged = whole.items[0].model_copy(update={"scope": "outlet:H01"})
    link = small_world.link("H01")
    with pytest.raises(Outside, match="not signed"):
        link._apply_stream(whole.model_copy(update={"items": [forged]}))
    assert (contents(store, FeedItem, RoleRight), link.head().stream_cursor) == ([], 0)


def test_what_has_a_date_is_kept_and_counts_from_its_opening_without_a_link(small_world: World) -> None:
    store = small_world.outlet("H01")
    with store.transaction(Author("H01", "day.open", "2001")) as tx:
        open_day(tx, "H01", DAY, "2001")
    small_world.publish(product("P"), right("C1", amount_limit=5))
    small_world.publish(right("C1", "change", amount_limit=7), counts_from=NEXT)
    small_world.publish(right("C1", "change", amount_limit=9), counts_from=LATER)
    link = small_world.link("H01")
    assert link.exchange().waiting == 0
    assert all_of(store, RoleRight, "amount_limit") == [5]
    for day, limit in ((NEXT, 7), (LATER, 9)):  # nobody is reached from here on
        with store.transaction(Author("H01", "day.close", "2001")) as tx:
            before = stands_on(tx)
            close_day(tx, "H01", before, "2001")
        moved(store, days=1)
        with store.transaction(Author("H01", "day.open", "2001")) as tx:
            open_day(tx, "H01", day, "2001")
            assert bring_to(tx, day) == 1
        assert all_of(store, RoleRight, "amount_limit") == [limit]
        with store.reading() as reading:
            assert f'"dated":{{"after":"{before}","rows":1,"to":"{day}"}}' in reading.all(JournalEntry)[-1].body
    assert link.exchange().fault is None
    assert contents(small_world.hq, SyncException) == []


def test_rows_never_go_back_to_an_earlier_date(small_world: World) -> None:
    store = small_world.outlet("H01")
    small_world.publish(right("C1", amount_limit=5))
    small_world.publish(right("C1", "change", amount_limit=7), counts_from=NEXT)
    small_world.link("H01").exchange()
    with store.transaction(Author("H01", "x", "2001")) as tx:
        assert [bring_to(tx, day) for day in (LATER, DAY, NEXT, LATER)] == [1, 0, 0, 0]
    assert all_of(store, RoleRight, "amount_limit") == [7]


def test_a_dated_retirement_stays_until_its_date_whatever_else_is_handed_down(small_world: World) -> None:
    """An unrelated undated hand-down of the same part had retired the product at once."""
    store = small_world.outlet("H01")
    small_world.publish(product("P"), product("Q"))
    small_world.publish(product("P", "change", state="retired"), counts_from=LATER)
    small_world.publish(product("Q", "change", name_en="Q"))
    small_world.publish(product("P", "change", name_en="P"))
    link = small_world.link("H01")
    link.exchange()
    assert [(row["code"], row["state"], row["name_en"]) for row in contents(store, Product)] == [
        ("P", "active", "P"),
        ("Q", "active", "Q"),
    ]
    moved(store, days=2)
    link.exchange()
    assert [row["state"] for row in contents(store, Product)] == ["retired", "active"]


def test_what_was_published_can_be_taken_away_and_brought_back(small_world: World) -> None:
    """Rights, rates and texts could be withdrawn by SQL alone."""
    store = small_world.outlet("H01")
    link = small_world.link("H01")
    for lines, rights in (
        ([right("C1"), right("C2"), tax(1)], ["C1", "C2"]),
        ([right("C1", "end")], ["C2"]),
        ([right("C1")], ["C1", "C2"]),
        ([RowEdit("tax_rate", ("c1", "2026-01-01"), "end", {})], ["C1", "C2"]),
    ):
        small_world.publish(*lines)
        link.exchange()
        assert sorted(all_of(store, RoleRight, "business")) == rights
        assert contents(store, RoleRight, TaxRate) == contents(small_world.hq, RoleRight, TaxRate)
    assert contents(store, TaxRate) == []


@pytest.mark.parametrize(
    ("lines", "kind", "version"),
    [
        ([RowEdit("no_such_table", ("a",), "add", {})], KIND, 1),
        ([right("C1"), right("C2", no_such_column=1)], KIND, 1),
        ([right("C1")], KIND, 2),
        ([right("C1")], "message", 1),
    ],
)
def test_what_an_older_program_does_not_know_waits_and_the_rest_flows_on(
    small_world: World, lines: list[RowEdit], kind: str, version: int
) -> None:
    store = small_world.outlet("H01")
    small_world.publish(right("C7"))
    put_in_by_hand(small_world, lines, kind=kind, version=version)
    with small_world.hq.transaction(Author("", "", ""), journalled=False) as tx:
        assert Publisher(small_world.office.key)(tx, edition(tx), [right("C9")]) == [3]
    link = small_world.link("H01")
    done = link.exchange()
    assert (done.applied, done.waiting, done.fault, done.stopped) == (2, 1, None, None)
    assert sorted(all_of(store, RoleRight, "business")) == ["C7", "C9"]
    with store.reading() as reading:
        assert (states(reading, "H01").waiting, states(reading, "H01").update_needed) == (1, 1)
    look(store, "H01")  # selling goes on
    assert link.exchange().pushed > 0
    assert contents(small_world.hq, SyncException) == []


def test_what_waited_for_a_newer_program_is_applied_by_it(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    store = small_world.outlet("H01")
    put_in_by_hand(small_world, [right("C1", amount_limit=5)], version=2)
    link = small_world.link("H01")
    assert link.exchange().waiting == 1
    monkeypatch.setattr(stream, "KIND_VERSION", 2)
    assert link.exchange().applied == 1
    assert all_of(store, RoleRight, "amount_limit") == [5]
    with store.reading() as reading:
        assert states(reading, "H01").waiting == 0
    assert link.exchange().applied == 0
    assert contents(small_world.hq, SyncException) == []


@pytest.mark.parametrize("counts_from", [DAY, NEXT])
def test_what_names_something_that_is_not_there_waits_until_it_is(small_world: World, counts_from: str) -> None:
    store = small_world.outlet("H01")
    small_world.publish(product("P"))
    relation = RowEdit("product_relation", ("P", "Q"), "add", {"relation": "excludes"})
    put_in_by_hand(small_world, [relation, right("C1")], counts_from=counts_from)
    link = small_world.link("H01")
    link.exchange()
    with store.transaction(Author("H01", "x", "2001")) as tx:
        bring_to(tx, NEXT)  # the day opens all the same
    assert contents(store, ProductRelation, RoleRight) == []
    with store.reading() as reading:
        (waiting,) = reading.all(WaitingItem)
    assert (waiting.why, waiting.number, "Q" in waiting.detail) == ("fault", 2, True)
    put_in_by_hand(small_world, [product("Q")])
    link.exchange()
    assert all_of(store, ProductRelation, "other") == ["Q"]
    assert all_of(store, WaitingItem, "state") == ["applied"]


def test_each_outlet_reads_what_is_in_its_scopes(small_world: World) -> None:
    for code, region, channel in (("H01", "南", "own"), ("H02", "北", "agent")):
        small_world.outlet(code)
        small_world.publish(hall(code, region=region, channel=channel))
    scopes = ["", "region:南", "region:北", "channel:own", "channel:agent", "outlet:H01", "outlet:H02", "region:东"]
    for n, scope in enumerate(scopes):
        small_world.publish(right(f"C{n}"), scope=scope)
    for code, theirs in (("H01", ["C0", "C1", "C3", "C5"]), ("H02", ["C0", "C2", "C4", "C6"])):
        link = small_world.link(code)
        link.exchange()
        assert sorted(all_of(small_world.stores[code], RoleRight, "business")) == theirs
        assert link.head().stream_cursor == 2 + len(scopes)
    assert len(contents(small_world.hq, RoleRight)) == len(scopes)


def test_an_outlet_that_moves_to_another_region_reads_from_the_start(small_world: World) -> None:
    store = small_world.outlet("H01")
    link = small_world.link("H01")
    small_world.publish(hall("H01", region="南"), right("C0"))
    small_world.publish(right("C1", amount_limit=1), scope="region:南")
    small_world.publish(right("C2"), scope="region:北")
    link.exchange()
    assert sorted(all_of(store, RoleRight, "business")) == ["C0", "C1"]
    small_world.publish(RowEdit("outlet", ("H01",), "change", {"region": "北"}))
    link.exchange()
    assert sorted(all_of(store, RoleRight, "business")) == ["C0", "C2"]
    assert link.head().stream_cursor == 4
    small_world.publish(RowEdit("outlet", ("H01",), "change", {"region": "南"}), right("C0", "change", amount_limit=3))
    link.exchange()
    assert sorted(all_of(store, RoleRight, "business")) == ["C0", "C1"]
    assert contents(small_world.hq, SyncException) == []
    link.exchange()
    assert contents(small_world.hq, SyncException) == []


def test_what_one_region_has_otherwise_is_not_headquarters_own_row(small_world: World) -> None:
    store = small_world.outlet("H01")
    small_world.outlet("H02")
    small_world.publish(hall("H01", region="南"), right("C1", amount_limit=5))
    small_world.publish(right("C1", "change", amount_limit=7), scope="region:南")
    for code in ("H01", "H02"):
        small_world.link(code).exchange()
    limits = [all_of(each, RoleRight, "amount_limit") for each in (store, small_world.stores["H02"], small_world.hq)]
    assert limits == [[7], [5], [5]]


def test_staff_go_only_to_the_outlet_where_they_work(small_world: World) -> None:
    for code in ("H01", "H02"):
        small_world.outlet(code)
    small_world.publish(
        hall("H01"),
        hall("H02"),
        hall("HQ"),
        right("C1"),
        staff("1001", "H01"),
        staff("1002", "H02"),
        staff("3001", "HQ", role="manager"),
        RowEdit("counter", ("H0101",), "add", {"outlet": "H01", "name_zh": "1"}),
        RowEdit("counter", ("H0201",), "add", {"outlet": "H02", "name_zh": "1"}),
    )
    for code, person, counter in (("H01", "1001", "H0101"), ("H02", "1002", "H0201")):
        store = small_world.stores[code]
        small_world.link(code).exchange()
        assert all_of(store, Operator, "staff_no") == [person]
        assert sorted(all_of(store, Outlet, "code")) == ["H01", "H02", "HQ"]
        told = " ".join(all_of(store, FeedItem, "body"))
        assert "hash of 3001" not in told
        assert (f"hash of {person}" in told, told.count("hash of ")) == (True, 1)
        assert counter in told


def test_who_moves_ends_at_the_one_outlet_and_begins_at_the_other(small_world: World) -> None:
    for code in ("H01", "H02"):
        small_world.outlet(code)
    small_world.publish(hall("H01"), hall("H02"), staff("1001", "H01", role="supervisor"))
    small_world.publish(RowEdit("operator", ("1001",), "change", {"outlet": "H02"}), counts_from=NEXT)
    for code in ("H01", "H02"):
        small_world.link(code).exchange()

    def stands(code: str) -> list[tuple[str, str, str]]:
        rows = contents(small_world.hq if code == "HQ" else small_world.stores[code], Operator)
        return [(row["outlet"], row["role"], row["state"]) for row in rows]

    assert [stands(code) for code in ("H01", "H02", "HQ")] == [
        [("H01", "supervisor", "active")],
        [],
        [("H01", "supervisor", "active")],
    ]
    with pytest.raises(NotAllowed, match="moves on 2026-11-24"):
        small_world.publish(RowEdit("operator", ("1001",), "change", {"role": "clerk"}))
    for store in (*small_world.stores.values(), small_world.hq):
        with store.transaction(Author("H01", "x", ""), journalled=False) as tx:
            bring_to(tx, NEXT)
    assert [stands(code) for code in ("H01", "H02", "HQ")] == [
        [("H01", "supervisor", "left")],
        [("H02", "supervisor", "active")],
        [("H02", "supervisor", "active")],
    ]
    small_world.publish(RowEdit("operator", ("1001",), "change", {"outlet": "H01"}))  # and back
    for code in ("H01", "H02"):
        small_world.link(code).exchange()
    assert [stands(code)[0][2] for code in ("H01", "H02", "HQ")] == ["active", "left", "active"]


@pytest.mark.parametrize(
    "beside",
    [
        ("1002", {"role": "supervisor"}),  # of the outlet that is moved to
        ("1002", {"outlet": "H02"}),  # they change places
    ],
)
@pytest.mark.parametrize("first", [0, 1])
def test_who_moves_is_at_work_there_whatever_else_the_edition_says(
    small_world: World, beside: tuple[str, dict[str, str]], first: int
) -> None:
    for code in ("H01", "H02"):
        small_world.outlet(code)
    small_world.publish(hall("H01"), hall("H02"), staff("1001", "H02"), staff("1002", "H01"))
    number, values = beside
    lines = [
        RowEdit("operator", ("1001",), "change", {"outlet": "H01"}),
        RowEdit("operator", (number,), "change", values),
    ]
    small_world.publish(*(lines if first else reversed(lines)))
    for code in ("H01", "H02"):
        small_world.link(code).exchange()
    at_work = {
        code: sorted(
            row["staff_no"] for row in contents(store, Operator) if row["state"] == "active" and row["outlet"] == code
        )
        for code, store in small_world.stores.items()
    }
    there = {(row["staff_no"], row["outlet"], row["state"]) for row in contents(small_world.hq, Operator)}
    elsewhere = values.get("outlet", "H01")
    assert there == {("1001", "H01", "active"), ("1002", elsewhere, "active")}
    assert at_work == {code: sorted(who for who, at, _ in there if at == code) for code in ("H01", "H02")}
    told = [
        (row["number"], row["position"], row["op"])
        for row in contents(small_world.hq, PublishedLine)
        if row["row_key"] == '["1001"]'
    ]
    assert [op for *_, op in sorted(told)] == ["add", "end", "add"], "first away, then there"


def test_what_was_altered_here_is_put_right_and_told(small_world: World) -> None:
    """Whatever revision somebody gave it."""
    store = small_world.outlet("H01")
    small_world.publish(right("C1", amount_limit=5), right("C2", amount_limit=5))
    link = small_world.link("H01")
    link.exchange()
    for n, revision in enumerate((1, 2, 9)):
        with store.engine.connect() as connection:
            connection.exec_driver_sql(
                f"UPDATE role_right SET amount_limit = 0, revision = {revision} WHERE business = 'C1'"
            )
        small_world.publish(right("C1", "change", amount_limit=6 + n), right("C2", "change", amount_limit=6 + n))
        assert link.exchange().waiting == 0
        assert all_of(store, RoleRight, "amount_limit") == [6 + n, 6 + n]
        alarms = all_of(store, Alarm, "message")
        assert len(alarms) == n + 1
        assert all("right of a role" in alarm and "clerk/C1" in alarm for alarm in alarms)
