"""What headquarters lost, by being restored, comes back from an outlet: what it signed itself, each item once."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from boss_tui.headquarters import app, feed, stream
from boss_tui.headquarters.leases import Wanted, hand
from boss_tui.headquarters.office import Refuse
from boss_tui.sync.client import Refused
from boss_tui.sync.dates import STREAM
from boss_tui.sync.shapes import Item, Returned, Standing
from boss_tui.sync.wire import pack, target
from data.journal import Author, canonical
from data.store import UnitOfWork
from data.tables.edition import PublishedLine
from data.tables.organisation import RoleRight
from data.tables.resource import PhoneNumber
from data.tables.sync import EnrolledOutlet, FeedItem, Lease, Setting
from tests.boss_tui.headquarters.test_scarce import UNTIL, stock
from tests.boss_tui.sync.test_stream import right
from tests.boss_tui.sync.world import World, contents, edition


class _Lost(Exception):
    pass


def lost(world: World, publish: Callable[[UnitOfWork], Any], found: Callable[[UnitOfWork], list[Item]]) -> list[Item]:
    """Items that headquarters published, and that it has forgotten."""
    items: list[Item] = []
    with suppress(_Lost), world.hq.transaction(Author("", "x", "3002"), journalled=False) as tx:
        publish(tx)
        items = found(tx)
        raise _Lost
    return items


def refused(do: Callable[[], Any]) -> tuple[int, str]:
    with pytest.raises(Refuse) as fault:
        do()
    return fault.value.status, fault.value.code


# the stream


def of_stream(world: World) -> list[Item]:
    def publish(tx: UnitOfWork) -> None:
        for business in ("C1", "C2", "C3"):
            stream.publish(tx, world.office.key, edition(tx), [right(business)])

    return lost(
        world,
        publish,
        lambda tx: [Item.of(row) for row in tx.all(FeedItem, outlet=STREAM, order=("number",))],
    )


def signed(world: World, item: Item, of: str, **values: Any) -> Item:
    """Another item, as if headquarters had signed it."""
    other = item.model_copy(update=values)
    return other.model_copy(update={"signature": world.office.key.sign(other.signed_text(of))})


def rights(world: World) -> list[str]:
    return sorted(row["business"] for row in contents(world.hq, RoleRight))


def test_items_of_the_stream_come_back_with_the_rows_that_they_make(small_world: World) -> None:
    small_world.outlet("H01")
    before, office = rights(small_world), small_world.office
    items = of_stream(small_world)
    first, published = items[0].number, len(contents(small_world.hq, PublishedLine))

    def back(*given: Item, through: int = 0) -> None:
        stream.take_back(office, "H01", Returned(items=list(given), of_stream=True, through=through))

    def stands() -> tuple[list[int], list[int], int]:
        (row,) = contents(small_world.hq, EnrolledOutlet)
        (noted,) = (row["value"] for row in contents(small_world.hq, Setting) if row["name"] == stream.LOST)
        numbers = [row["number"] for row in contents(small_world.hq, FeedItem) if row["outlet"] == STREAM]
        return sorted(n - first for n in numbers if n >= first), json.loads(noted), row["stream_told"]

    back(*items[1::-1])
    assert stands() == ([0, 1], [first - 1, first + 1], 0)
    assert rights(small_world) == sorted([*before, "C1", "C2"])
    back(items[0], through=first)
    assert stands() == ([0, 1], [first - 1, first + 1], first + 1), "what was lost is more than it has"
    back(items[1], items[2], through=first + 2)
    assert stands() == ([0, 1, 2], [first - 1, first + 2], first + 2)
    assert len(contents(small_world.hq, PublishedLine)) == published + 3, "each line is kept once"
    assert rights(small_world) == sorted([*before, "C1", "C2", "C3"])
    back(through=first + 9)
    assert stands()[2] == first + 9


def test_what_another_made_or_what_is_another_here_does_not_come_back(small_world: World) -> None:
    small_world.outlet("H01")
    items, office = of_stream(small_world), small_world.office
    stream.take_back(office, "H01", Returned(items=items[:1], of_stream=True))

    def back(item: Item) -> tuple[int, str]:
        return refused(lambda: stream.take_back(office, "H01", Returned(items=[item], of_stream=True)))

    forged = items[1].model_copy(update={"signature": items[0].signature})
    unfit = canonical({**json.loads(items[1].body), "lines": [["no_table", ["a"], "add", {}]]})
    assert back(forged) == (409, "signature")
    assert back(signed(small_world, items[0], STREAM, body=items[1].body)) == (409, "batch")
    assert back(signed(small_world, items[1], STREAM, body=unfit)) == (409, "batch")
    assert [row["number"] for row in contents(small_world.hq, FeedItem) if row["number"] > items[0].number] == []


# an outlet's own feed


@pytest.fixture
def leased(small_world: World) -> tuple[World, list[Item]]:
    """A world, and what its headquarters handed to H01 and forgot: two blocks of numbers."""
    small_world.outlet("H01")
    stock(small_world, "number")

    def publish(tx: UnitOfWork) -> None:
        tx.author.outlet = "H01"
        for key in ("l1", "l2"):
            hand(tx, Wanted("H01", "number", 2, "", key), UNTIL)

    return small_world, lost(small_world, publish, lambda _: feed.page(small_world.office, "H01", 0, 200).items)


def test_items_of_an_outlet_s_feed_come_back_in_turn(leased: tuple[World, list[Item]]) -> None:
    world, items = leased
    assert refused(lambda: feed.page(world.office, "H01", 1, 200)) == (409, "feed_ahead")
    assert refused(lambda: feed.take_back(world.office, "H01", items[1:])) == (409, "feed_ahead")
    standing = feed.take_back(world.office, "H01", items[::-1])
    assert standing.feed_next == items[-1].number + 1
    assert [row["id"] for row in contents(world.hq, Lease)] == ["l1", "l2"]
    held = [row["lease_id"] for row in contents(world.hq, PhoneNumber) if row["outlet"] == "H01"]
    assert sorted(held) == ["l1", "l1", "l2", "l2"]
    assert feed.take_back(world.office, "H01", items).feed_next == standing.feed_next, "what is here is here once"
    assert len(contents(world.hq, FeedItem)) == len(items)
    assert feed.waiting_for(_reading(world), "H01", 1) == len(items) - 1


def _reading(world: World) -> Any:
    with world.hq.reading() as reading:
        return reading


def test_what_headquarters_did_not_sign_or_cannot_read_stays_away(leased: tuple[World, list[Item]]) -> None:
    world, (first, *_) = leased
    forged = first.model_copy(update={"body": first.body.replace("l1", "l9")})
    assert refused(lambda: feed.take_back(world.office, "H01", [forged])) == (409, "signature")
    for_another = signed(world, first, "H02")
    assert refused(lambda: feed.take_back(world.office, "H01", [for_another])) == (409, "signature")
    for body in ('{"rows": {"lease": [{"id": "x"}]}}', "{"):
        unfit = [signed(world, first, "H01", body=body)]
        assert refused(partial(feed.take_back, world.office, "H01", unfit)) == (409, "batch")
    assert contents(world.hq, Lease) == []


# through the door


def test_what_is_given_back_comes_by_its_own_door_and_is_no_more_than_a_request_holds(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_world.outlet("H01")
    items, link = of_stream(small_world), small_world.link("H01")

    def give(room: int = 0, *, of_stream: bool) -> Standing:
        body = pack(Returned(items=items, of_stream=of_stream).model_dump())
        monkeypatch.setattr(app, "TAKEN_BYTES", len(body) + room)
        return link.client.ask(Standing, "POST", target("H01", "feed"), body)

    for room, of_stream_, code in ((0, False, "signature"), (-1, True, "batch")):
        with pytest.raises(Refused) as refusal:
            give(room, of_stream=of_stream_)
        assert refusal.value.refusal.code == code
    standing = give(of_stream=True)
    assert "C3" in rights(small_world)
    assert link.client.ask(Standing, "GET", target("H01", "status")).next_seq == standing.next_seq == 1
