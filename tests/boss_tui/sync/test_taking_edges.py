"""A page of headquarters' feed and of its stream taken in, over an empty store: what is applied, what waits, and where
the cursor stands."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit, Unfit
from boss_tui.editions.rows_date import STANDS_ON
from boss_tui.editions.scope import HERE
from boss_tui.headquarters.stream import stream_entry_fault
from boss_tui.sync import edition_items, inbox, stream
from boss_tui.sync.dates import STREAM
from boss_tui.sync.edition_items import KIND, KIND_VERSION, MOST_BYTES, MOST_LINES, About, ItemPart, part_of, parted
from boss_tui.sync.items import digest
from boss_tui.sync.shapes import Item, StreamPage
from data.errors import NotAllowed, Outside
from data.journal import canonical
from data.table_words import row_words
from data.tables.customer import Category
from data.tables.finance import BusinessDay
from data.tables.resource import NumberGrade, NumberSegment, PhoneNumber
from data.tables.sync import FeedItem, JournalHead, Setting, WaitingItem
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose, OneWork
from tests.boss_tui.components.rows import DAY, row

__all__ = ["empty_store", "tx"]
LATER = "2026-11-24"
ABOUT = About("e", 7, "categories", "New ones", "3001", "3002", DAY, False)


def line(code: str = "a", rank: int = 3, op: str = "add") -> RowEdit:
    values = {"name_zh": "甲", "name_en": "A", "rank": rank} if op == "add" else {"rank": rank}
    return RowEdit("category", (code,), op, values)  # type: ignore[arg-type]


def part(*lines: RowEdit, number: int = 1, of: tuple[int, int] = (1, 1), scope: str = "", **about: Any) -> Item:
    """An item of the stream that holds a part of an edition."""
    told = {name: getattr(ABOUT, name) for name in ABOUT.__struct_fields__} | about
    return item(number, ItemPart(About(**told), *of, lines or (line(f"c{number}"),)).body(), scope=scope)


def item(number: int, body: str = "{}", kind: str = KIND, version: int = KIND_VERSION, scope: str = "") -> Item:
    return Item(
        number=number, kind=kind, kind_version=version, body=body, made_at="", signature="", scope=scope, enciphered=""
    )


def opened(tx: Loose, cursor: int = 0, scopes: tuple[str, ...] | None = ("",), feed: int = 0) -> Any:
    """A store that has read so far, in these scopes."""
    tx.put(row(JournalHead, outlet="HZ01", epoch=1, stream_cursor=cursor, feed_cursor=feed))
    tx.put(row(BusinessDay, outlet="HZ01", business_date=DAY, state="open"))
    tx.put(row(Setting, name=STANDS_ON, value=DAY))
    if scopes is not None:
        tx.put(row(Setting, name=HERE, value=canonical(sorted(scopes))))
    return OneWork(tx)


def page(*items: Item, after: int = 0, through: int | None = None, scopes: tuple[str, ...] = ("",)) -> StreamPage:
    to = through if through is not None else max((each.number for each in items), default=after)
    return StreamPage(after=after, through=to, next=to + 1, scopes=list(scopes), items=list(items))


UNHEARD = item(1, kind="unheard")
NEWER = item(1, version=KIND_VERSION + 1)
BROKEN = item(1, "{}")
NO_TABLE = part(RowEdit("unheard", ("a",), "add", {}))


@pytest.mark.parametrize(
    ("items", "applied", "waiting", "ranks"),
    [
        ([part(line())], 1, {}, [3]),
        ([part(line()), part(line(rank=5, op="change"), number=2)], 2, {}, [5]),
        ([part(line(), counts_from=LATER)], 1, {}, []),
        ([part(line(), counts_from=LATER, at_once=True)], 1, {}, [3]),
        ([part(line(), at_once=True)], 1, {}, [3]),
        ([UNHEARD], 0, {1: "update"}, []),
        ([NEWER], 0, {1: "update"}, []),
        ([BROKEN], 0, {1: "fault"}, []),
        ([NO_TABLE], 0, {1: "update"}, []),
        ([NO_TABLE, part(line(), number=2)], 1, {1: "update"}, [3]),
        # of an edition in parts all or nothing
        ([part(line(), of=(1, 2))], 0, {1: "rest"}, []),
        ([part(line(), of=(2, 2))], 0, {1: "rest"}, []),
        ([part(line(), of=(1, 2)), part(line("b", 4), number=2, of=(2, 2))], 2, {}, [3, 4]),
        (
            [part(line(), of=(1, 3)), part(number=2, of=(2, 3)), part(line("b", 4), number=3, of=(3, 3))],
            3,
            {},
            [3, 3, 4],
        ),
        ([part(line(), of=(1, 2), number=2), part(line("b"), number=4, of=(2, 2))], 0, {2: "rest", 4: "rest"}, []),
    ],
)
def test_what_a_page_holds_is_applied_or_waits(
    tx: Loose, items: list[Item], applied: int, waiting: dict[int, str], ranks: list[int]
) -> None:
    found = stream.take_page(opened(tx), "HZ01", page(*items))
    assert (found.applied, found.waiting, found.again) == (applied, len(waiting), False)
    assert dict(tx.told(WaitingItem, "number", "why", outlet=STREAM, state="waiting")) == waiting
    assert sorted(tx.told(Category, "rank")) == ranks
    assert tx.told(FeedItem, "number", order=("number",)) == [each.number for each in items]
    assert tx.told(JournalHead, "stream_cursor") == [items[-1].number]
    told = tx.more["stream"]
    assert told["waiting"] == sorted([number, why] for number, why in waiting.items())
    assert (len(told["applied"]), told["through"], told["digest"]) == (applied, items[-1].number, digest(items))
    assert "scopes" not in told
    entry: Any = SimpleNamespace(body=canonical(tx.more))
    assert list(stream_entry_fault(tx, entry)) == []  # headquarters reads it as it was meant


def test_what_does_not_fit_is_put_aside_alone(tx: Loose) -> None:
    bad = part(
        line("a", rank=3, op="add"), RowEdit("counter", ("X",), "add", {"outlet": "nowhere", "name_zh": "x"}), number=1
    )
    found = stream.take_page(opened(tx), "HZ01", page(bad, part(line("b", 4), number=2)))
    assert (found.applied, found.waiting) == (1, 1)
    assert tx.told(Category, "code") == ["b"]
    ((why, detail),) = tx.told(WaitingItem, "why", "detail")
    assert (why, bool(detail)) == ("fault", True)


@pytest.mark.parametrize(
    ("cursor", "pages", "after"),
    [
        (4, page(after=4, through=9), 9),
        (4, page(after=4, through=4), 4),
        (9, page(after=4, through=6), 9),  # it was here already
        (4, page(after=5), None),
        (4, page(part(number=5), part(number=5), after=4), None),
        (4, page(part(number=6), part(number=5), after=4), None),
        (4, page(part(number=4), after=4, through=9), None),
        (4, page(part(number=9), after=4, through=8), None),
        (4, page(part(number=5), after=4, through=5), 5),
    ],
)
def test_the_cursor_goes_forward_over_pages_in_order(
    tx: Loose, cursor: int, pages: StreamPage, after: int | None
) -> None:
    store = opened(tx, cursor)
    if after is None:
        with pytest.raises(Outside):
            stream.take_page(store, "HZ01", pages)
    else:
        assert stream.take_page(store, "HZ01", pages).again is False
    assert tx.told(JournalHead, "stream_cursor") == [cursor if after is None else after]
    assert ("stream" in tx.more) is bool(after is not None and pages.items)


@pytest.mark.parametrize(("body", "kind", "fits"), [("", "", True), ("{}", "", False), ("", "other", False)])
def test_an_item_that_is_here_is_the_one_that_comes_again(tx: Loose, body: str, kind: str, fits: bool) -> None:
    store, came = opened(tx), part(line())
    stream.take_page(store, "HZ01", page(came))
    again = came.model_copy(update={**({"body": body} if body else {}), **({"kind": kind} if kind else {})})
    if fits:
        found = stream.take_page(store, "HZ01", page(again, part(number=2)))
        assert found.applied == 1
    else:
        with pytest.raises(Outside):
            stream.take_page(store, "HZ01", page(again, part(number=2)))
    assert len(tx.told(FeedItem, "number")) == 1 + fits


@pytest.mark.parametrize(
    ("before", "named", "cursor", "again", "after"),
    [
        (None, ("",), 4, False, 9),
        (("",), ("",), 4, False, 9),
        (("", "x"), ("",), 4, False, 9),  # nothing has to be read that was not for here
        (("",), ("", "x"), 4, True, 0),
        (("",), ("", "x"), 0, False, 9),
    ],
)
def test_an_outlet_that_moved_reads_the_stream_again(
    tx: Loose, before: tuple[str, ...] | None, named: tuple[str, ...], cursor: int, again: bool, after: int
) -> None:
    store = opened(tx, cursor, before)
    found = stream.take_page(store, "HZ01", page(after=cursor, through=9, scopes=named))
    assert (found.again, tx.told(JournalHead, "stream_cursor")) == (again, [after])
    assert tx.one(Setting, name=HERE).value == canonical(sorted(named))
    moved = before is not None and not set(named) <= set(before)
    assert ("stream" in tx.more) is moved
    if moved:
        assert (tx.more["stream"]["scopes"], tx.more["stream"]["through"]) == (sorted(named), after)


def test_the_rows_of_a_scope_that_is_left_go(tx: Loose) -> None:
    store = opened(tx, 0, ("", "region:x"))
    stream.take_page(store, "HZ01", page(part(line(), scope="region:x"), scopes=("", "region:x")))
    assert tx.told(Category, "code") == ["a"]
    stream.take_page(store, "HZ01", page(after=1, through=1))
    assert tx.told(Category, "code") == []


@pytest.mark.parametrize(
    ("why", "body", "again", "left"),
    [
        ("fault", part(line()).body, 1, []),
        ("update", part(line()).body, 1, []),
        ("rest", part(line()).body, 0, ["rest"]),
        ("update", "{}", 0, ["fault"]),
    ],
)
def test_what_waited_is_tried_again(tx: Loose, why: str, body: str, again: int, left: list[str]) -> None:
    store = opened(tx, 1)
    tx.put(row(FeedItem, outlet=STREAM, number=1, kind=KIND, kind_version=KIND_VERSION, body=body))
    tx.put(row(WaitingItem, outlet=STREAM, number=1, why=why), row(WaitingItem, outlet="HZ01", number=1, why="fault"))
    assert stream.try_again(store, "HZ01") == again
    assert tx.told(WaitingItem, "why", outlet=STREAM, state="waiting") == left
    assert ("stream" in tx.more) is bool(again)
    assert stream.try_again(store, "HZ01") == 0


def test_what_is_kept_and_did_not_fit_on_its_day_is_brought_later(tx: Loose) -> None:
    store = opened(tx)
    stream.take_page(store, "HZ01", page(part(line())))
    tx.remove(tx.one(Category, code="a"))
    tx.put(row(WaitingItem, outlet=STREAM, number=1, why="fault", due=DAY))
    assert stream.try_again(store, "HZ01") == 1
    assert (tx.told(Category, "code"), tx.told(WaitingItem, "state")) == (["a"], ["applied"])


@pytest.mark.parametrize(
    ("change", "sent", "fits"),
    [({}, True, True), ({"digest": "x"}, True, False), ({}, False, True), ({"digest": "x"}, False, True)],
)
def test_a_lost_journal_is_done_again(tx: Loose, change: dict[str, Any], sent: bool, fits: bool) -> None:
    opened(tx)
    items = {1: part(line()), 2: part(line("b", 9), number=2, counts_from=LATER), 3: item(3, kind="unheard")}
    told = {"applied": [1, 2], "waiting": [[3, "update"]], "digest": digest(items.values()), "through": 8, **change}
    there = dict(list(items.items())[: None if sent else 2])
    if not fits:
        with pytest.raises(Unfit):
            stream.replay(tx, "HZ01", told, there.get)
        return
    for _ in range(2 if not change else 1):
        stream.replay(tx, "HZ01", told, there.get)
        assert tx.told(Category, "code", "rank") == [("a", 3)]
        assert tx.told(WaitingItem, "number", "why") == ([(3, "update")] if sent else [])
        assert tx.told(FeedItem, "number", order=("number",)) == sorted(there)
        assert tx.told(JournalHead, "stream_cursor") == [8]
        break


def test_what_waited_in_a_lost_journal_was_applied_by_a_later_entry(tx: Loose) -> None:
    opened(tx)
    first = {
        "applied": [],
        "waiting": [[1, "fault"]],
        "digest": digest([part(line())]),
        "through": 1,
        "scopes": ["", "x"],
    }
    stream.replay(tx, "HZ01", first, {1: part(line())}.get)
    assert (tx.told(Category, "code"), tx.one(Setting, name=HERE).value) == ([], canonical(["", "x"]))
    then = {"applied": [1], "waiting": [], "digest": digest([part(line())]), "through": 1}
    stream.replay(tx, "HZ01", then, {1: part(line())}.get)
    assert (tx.told(Category, "code"), tx.told(WaitingItem, "state")) == (["a"], ["applied"])


# its own feed


KEY: Any = None


def lease(number: int, phone: str, **values: Any) -> Item:
    whole = row(PhoneNumber, number=phone, outlet="HZ01", segment="1", grade="g", **values).__dict__
    rows = {"phone_number": [{name: whole[name] for name in PhoneNumber.model_fields}]}
    return item(number, canonical({"rows": rows}), kind="lease", version=1)


@pytest.mark.parametrize(
    ("items", "applied", "waiting", "cursor"),
    [
        ([], [], {}, 4),
        ([lease(3, "1"), lease(4, "2")], [], {}, 4),
        ([lease(5, "1")], ["1"], {}, 5),
        ([lease(4, "0"), lease(5, "1"), lease(6, "2")], ["1", "2"], {}, 6),
        ([item(5, kind="unheard")], [], {5: "update"}, 5),
        ([item(5, kind="lease", version=2)], [], {5: "update"}, 5),
        ([item(5, "x", kind="lease")], [], {5: "fault"}, 5),
        ([item(5, kind="lease"), lease(6, "2")], ["2"], {5: "fault"}, 6),
        ([lease(6, "1")], None, {}, 4),
        ([lease(5, "1"), lease(7, "1")], None, {}, 4),
    ],
)
def test_items_come_without_a_gap_and_what_does_not_fit_waits(
    tx: Loose, items: list[Item], applied: list[str] | None, waiting: dict[int, str], cursor: int
) -> None:
    store = opened(tx, feed=4)
    if applied is None:
        with pytest.raises(Outside):
            inbox.apply_items(store, "HZ01", items, KEY)
    else:
        fresh = [each for each in items if each.number > 4]
        assert inbox.apply_items(store, "HZ01", items, KEY) == (len(fresh) - len(waiting), len(waiting))
        assert ("feed" in tx.more) is bool(fresh)
        assert tx.told(FeedItem, "number", order=("number",)) == [each.number for each in fresh]
    assert sorted(tx.told(PhoneNumber, "number")) == (applied or [])
    assert dict(tx.told(WaitingItem, "number", "why", outlet="HZ01")) == waiting
    assert tx.told(JournalHead, "feed_cursor") == [cursor]


def test_what_waits_is_applied_once_it_is_known(tx: Loose) -> None:
    store = opened(tx, feed=6)
    assert inbox.apply_waiting(store, "HZ01", KEY) == 0
    for each in (lease(5, "1"), item(6, kind="unheard")):
        tx.put(row(FeedItem, outlet="HZ01", **each.model_dump()))
        tx.put(row(WaitingItem, outlet="HZ01", number=each.number, why="update"))
    tx.put(row(WaitingItem, outlet=STREAM, number=5, why="update"), row(NumberSegment, prefix="1"))
    tx.put(row(NumberGrade, code="g"))
    assert inbox.apply_waiting(store, "HZ01", KEY) == 1
    assert tx.told(WaitingItem, "state", outlet="HZ01", order=("number",)) == ["applied", "waiting"]
    assert (tx.told(PhoneNumber, "number"), tx.more["feed"]["applied"]) == (["1"], [5])


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        ({}, True),
        ({"digest": "x"}, False),
        ({"applied": [5, 7], "waiting": [[6, "fault"]]}, False),
    ],
)
def test_a_lost_feed_is_done_again(tx: Loose, told: dict[str, Any], fits: bool) -> None:
    opened(tx, feed=3)
    items = {5: lease(5, "1"), 6: lease(6, "2")}
    entry = {"applied": [5], "waiting": [[6, "fault"]], "digest": digest(items.values()), **told}
    if not fits:
        with pytest.raises(Unfit):
            inbox.replay_feed(tx, "HZ01", entry, items, KEY)
        return
    inbox.replay_feed(tx, "HZ01", entry, items, KEY)
    assert (tx.told(PhoneNumber, "number"), tx.told(JournalHead, "feed_cursor")) == (["1"], [6])
    assert tx.told(WaitingItem, "number", "why", "state") == [(6, "fault", "waiting")]
    inbox.replay_feed(tx, "HZ01", entry, items, KEY)
    then = {"applied": [6], "waiting": [], "digest": digest([items[6]])}
    inbox.replay_feed(tx, "HZ01", then, items, KEY)
    assert (sorted(tx.told(PhoneNumber, "number")), tx.told(WaitingItem, "state")) == (["1", "2"], ["applied"])
    assert (tx.told(FeedItem, "number"), tx.told(JournalHead, "feed_cursor")) == ([5, 6], [6])


# an edition as items


def test_an_edition_is_cut_by_its_lines_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (MOST_LINES, MOST_BYTES) == (1_000, 500_000)
    assert parted(ABOUT, []) == []
    lines = [line(f"{at:02}") for at in range(5)]
    size = len(canonical(edition_items._listed(lines[0])).encode())
    for most_lines, most_bytes, found in (
        (5, 9_999, [5]),
        (4, 9_999, [4, 1]),
        (1, 9_999, [1] * 5),
        (5, 5 * size, [5]),
        (5, 5 * size - 1, [4, 1]),
        (5, size, [1] * 5),
    ):
        monkeypatch.setattr(edition_items, "MOST_LINES", most_lines)
        monkeypatch.setattr(edition_items, "MOST_BYTES", most_bytes)
        made = parted(ABOUT, lines)
        assert [len(each.lines) for each in made] == found
        assert [(each.part, each.parts, each.is_last) for each in made] == [
            (at, len(found), at == len(found)) for at in range(1, len(found) + 1)
        ]
        assert [part_of(each.body()) for each in made] == made
    monkeypatch.setattr(edition_items, "MOST_BYTES", size - 1)
    with pytest.raises(NotAllowed) as refused:
        parted(ABOUT, lines)
    assert str(row_words("category", ("00",))) in str(refused.value.message)


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"part": 2}, True),
        ({"part": 0}, False),
        ({"part": 3}, False),
        ({"hash": "x"}, False),
        ({"lines": []}, False),
        ({"lines": [["category", ["a"], "add"]]}, False),
        ({"lines": [["category", ["a"], "drop", {}]]}, False),
        ({"lines": [["category", "a", "add", {}]]}, False),
        ({"lines": [["category", ["a"], "undo", {}]]}, False),
        ({"number": None}, True),
    ],
)
def test_an_item_is_what_its_hash_says(change: dict[str, Any], fits: bool) -> None:
    body = canonical(
        {
            **json.loads(ItemPart(ABOUT, 1, 2, (line(), RowEdit("category", ("b",), "undo", {"item": 3}))).body()),
            **change,
        }
    )
    if fits:
        assert part_of(body).lines[1].op == "undo"
    else:
        with pytest.raises(Unfit):
            part_of(body)
    for missing in ("", "[]", "{}"):
        with pytest.raises(Unfit):
            part_of(missing)


def test_a_page_that_the_database_is_too_busy_for_is_no_fault_of_it(tx: Loose, monkeypatch: pytest.MonkeyPatch) -> None:
    store: Any = opened(tx)
    driver: Any = tx.store.engine.dialect.dbapi
    tried: list[bool] = []

    def fails(*_: Any, careful: bool) -> None:
        tried.append(careful)
        raise driver.OperationalError if len(tried) == 1 else driver.IntegrityError

    monkeypatch.setattr(stream, "_take_page", fails)
    with pytest.raises(driver.OperationalError):
        stream.take_page(store, "HZ01", page())
    assert tried == [False]
    with pytest.raises(driver.IntegrityError):
        stream.take_page(store, "HZ01", page())
    assert tried == [False, False, True]
