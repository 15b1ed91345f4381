"""What was lost of the stream, at an outlet or at headquarters, comes back; a stick carries it."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.headquarters.stream import LOST, take_back
from boss_tui.sync import edition_items
from boss_tui.sync.dates import STREAM, bring_to
from boss_tui.sync.link import Link
from boss_tui.sync.rejoin import rejoin
from boss_tui.sync.shapes import Item, Returned
from data.errors import NotAllowed
from data.journal import Author
from data.store import Store
from data.tables.edition import PublishedLine
from data.tables.organisation import Operator, RoleRight
from data.tables.sync import EnrolledOutlet, FeedItem, Setting, SyncException, WaitingItem
from tests.boss_tui.sync.test_stream import LATER, NEXT, all_of, hall, moved, put_in_by_hand, right, staff
from tests.boss_tui.sync.world import World, backup, contents, journal, look


def test_a_stick_carries_the_stream(small_world: World, tmp_path: Path) -> None:
    from boss_tui.headquarters.carried import take_carried
    from boss_tui.sync.carry import export, import_receipt

    store = small_world.outlet("H01")
    small_world.publish(right("C1"))
    for _ in range(3):
        small_world.publish(right("C1", "change", amount_limit=9), scope="outlet:H01")
        small_world.publish(right("C1", "change", amount_limit=8), scope="outlet:H02")
    link = small_world.link("H01")
    export(link, tmp_path / "out")
    take_carried(small_world.office, tmp_path / "out", tmp_path / "back")
    assert import_receipt(link, tmp_path / "back").applied == 4
    assert import_receipt(link, tmp_path / "back").applied == 0
    assert (all_of(store, RoleRight, "amount_limit"), link.head().stream_cursor) == ([9], 7)
    assert link.exchange().fault is None
    assert contents(small_world.hq, SyncException) == []


def put_back(small_world: World, path: Path) -> Link:
    """The outlet's store as it was backed up, and its link."""
    before = small_world.stores["H01"]
    before.close()
    file = small_world.folder / "H01.db"
    file.write_bytes(path.read_bytes())
    for more in ("-wal", "-shm"):
        Path(f"{file}{more}").unlink(missing_ok=True)
    small_world.stores["H01"] = Store(f"sqlite:///{file}", clock=before.clock)
    return small_world.link("H01")


def test_a_restored_store_reads_again_what_it_had_lost_of_the_stream(small_world: World) -> None:
    store = small_world.outlet("H01")
    small_world.publish(right("C1", amount_limit=1))
    link = small_world.link("H01")
    link.exchange()
    path = small_world.folder / "before.db"
    backup(store, path)
    small_world.publish(right("C1", "change", amount_limit=2))
    small_world.publish(right("C1", "change", amount_limit=3), counts_from=NEXT)
    put_in_by_hand(small_world, [right("C2")], version=2)
    link.exchange()
    with store.transaction(Author("H01", "day.open", "2001")) as tx:
        bring_to(tx, NEXT)
    look(store, "H01", 2)
    link.exchange()
    models = (RoleRight, PublishedLine, FeedItem, WaitingItem)
    whole, rows = journal(store, "H01"), contents(store, *models)
    link = put_back(small_world, path)
    store = small_world.stores["H01"]
    link.exchange()
    rejoin(link)
    assert journal(store, "H01") == whole
    assert [{**row, "detail": ""} for row in contents(store, *models)] == [{**row, "detail": ""} for row in rows]
    assert link.head().stream_cursor == 4
    assert link.exchange().stopped is None
    assert contents(small_world.hq, SyncException) == []


def test_an_edition_in_parts_is_agreed_on_and_comes_back(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page says of the parts that came with it is one word: each was applied."""
    monkeypatch.setattr(edition_items, "MOST_LINES", 1)
    store = small_world.outlet("H01")
    link = small_world.link("H01")
    heard(link)
    path = small_world.folder / "before.db"
    backup(store, path)
    small_world.publish(right("C1"), right("C2"), right("C3"))
    heard(link)
    assert contents(small_world.hq, SyncException) == []
    rows = contents(store, RoleRight, PublishedLine)
    link = put_back(small_world, path)
    link.exchange()
    rejoin(link)
    assert contents(small_world.stores["H01"], RoleRight, PublishedLine) == rows
    assert [row["state"] for row in contents(small_world.stores["H01"], WaitingItem)] == []


def heard(link: Link) -> None:
    done = link.exchange()
    assert (done.fault, done.stopped) == (None, None)


def test_headquarters_that_lost_items_gets_them_back_from_whoever_has_them(small_world: World) -> None:
    for code in ("H01", "H02", "H03"):
        small_world.outlet(code)
    small_world.publish(right("C1"), *map(hall, ("H01", "H02", "H03")))
    old = small_world.folder / "old.db"
    backup(small_world.hq, old)
    small_world.publish(staff("1001", "H01"), right("C2"))  # 2 to all, 3 to the one
    small_world.publish(staff("1002", "H02"))
    small_world.publish(right("C1", "change", amount_limit=9), counts_from=LATER)
    before = contents(small_world.hq, FeedItem, PublishedLine, Operator, RoleRight)
    for code in ("H01", "H02"):
        heard(small_world.link(code))
    small_world.hq.close()
    small_world.restored(f"sqlite:///{old}")
    for code in ("H01", "H02", "H03"):
        look(small_world.stores[code], code)
        heard(small_world.link(code))
        heard(small_world.link(code))
    assert contents(small_world.hq, FeedItem, PublishedLine, Operator, RoleRight) == before
    assert contents(small_world.hq, SyncException) == []
    assert small_world.publish(right("C3")) == [6]
    heard(small_world.link("H03"))
    assert sorted(all_of(small_world.stores["H03"], RoleRight, "business")) == ["C1", "C2", "C3"]


def test_what_was_lost_and_read_past_is_read_again_by_those_that_it_was_not_for(small_world: World) -> None:
    """The last of it was for another outlet, which is heard later: nobody asks for ever, and nobody misses an item."""
    for code in ("H01", "H02"):
        small_world.outlet(code)
    small_world.publish(right("C1"), *map(hall, ("H01", "H02")))
    old = small_world.folder / "old.db"
    backup(small_world.hq, old)
    small_world.publish(right("C2"), staff("1002", "H02"))
    for code in ("H01", "H02"):
        heard(small_world.link(code))
    before = contents(small_world.hq, FeedItem, PublishedLine, Operator, RoleRight)
    small_world.hq.close()
    small_world.restored(f"sqlite:///{old}")
    for code in ("H01", "H02", "H01"):
        look(small_world.stores[code], code)
        heard(small_world.link(code))
    assert contents(small_world.hq, FeedItem, PublishedLine, Operator, RoleRight) == before
    small_world.publish(right("C3"))
    for code in ("H01", "H02"):
        heard(small_world.link(code))
        assert sorted(all_of(small_world.stores[code], RoleRight, "business")) == ["C1", "C2", "C3"]


@pytest.mark.parametrize("given", [0, 1])
@pytest.mark.parametrize("through", [1, 2, 2**53])
def test_an_outlet_s_word_alone_proves_no_loss(small_world: World, through: int, given: int) -> None:
    """Else one that lies has all others give back what they have, for ever."""
    for code in ("H01", "H02"):
        small_world.outlet(code)
    small_world.publish(right("C1"), *map(hall, ("H01", "H02")))
    heard(small_world.link("H01"))
    with small_world.hq.reading() as reading:
        items = [Item.of(row) for row in reading.all(FeedItem, outlet=STREAM)][:given]
    take_back(small_world.office, "H02", Returned(items=items, of_stream=True, through=through))
    for code in ("C2", "C3"):
        small_world.publish(right(code))
        heard(small_world.link("H01"))
    with small_world.hq.reading() as reading:
        assert reading.find(Setting, name=LOST) is None
        assert [row.stream_told for row in reading.all(EnrolledOutlet, outlet="H01")] == [0]
    assert sorted(all_of(small_world.stores["H01"], RoleRight, "business")) == ["C1", "C2", "C3"]


def test_a_restored_headquarters_publishes_nothing_before_all_were_heard(small_world: World) -> None:
    from boss_tui.headquarters.overview import mark_restored

    for code in ("H01", "H02"):
        small_world.outlet(code)
    moved(small_world.hq, hours=1)
    mark_restored(small_world.hq)
    with pytest.raises(NotAllowed, match="H01, H02"):
        small_world.publish(right("C1"))
    for code in ("H01", "H02"):
        moved(small_world.hq, seconds=1)
        look(small_world.stores[code], code)
        heard(small_world.link(code))
    assert small_world.publish(right("C1")) == [1]
