"""A page that came cut, mixed up or twice, a position that was lost: told in words, nothing half applied, made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from boss_tui.headquarters.carried import take_carried
from boss_tui.headquarters.leases import hand_down
from boss_tui.sync.carry import export, import_receipt
from boss_tui.sync.link import Link
from boss_tui.sync.shapes import Page
from data.errors import BossError, Damaged
from data.message import Message
from data.tables.organisation import RoleRight
from data.tables.resource import PhoneNumber
from data.tables.sync import FeedItem, JournalEntry, WaitingItem
from tests.boss_tui.sync.test_stream import right
from tests.boss_tui.sync.world import Direct, World, contents, look, stock

UNTIL = "2026-12-31T00:00:00.000000Z"
Cut = Callable[[bytes], bytes]


class Spoiling(Direct):
    """A line on which the body of an answer to a pull is spoiled, once."""

    spoil: Cut | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        if self.spoil is None or "feed" not in request.url.path:
            return response
        whole, self.spoil_with = response.read(), self.spoil
        self.spoil = None
        return httpx.Response(response.status_code, headers=response.headers, content=self.spoil_with(whole))


CUTS: dict[str, Cut] = {
    "nothing": lambda _: b"",
    "half": lambda body: body[: len(body) // 2],
    "all but the last byte": lambda body: body[:-1],
    "one byte more": lambda body: body + b"\0",
    "twice": lambda body: body * 2,
    "from the middle": lambda body: body[len(body) // 2 :],
    "one bit": lambda body: body[:40] + bytes([body[40] ^ 1]) + body[41:],
    "a page of the web": lambda _: b"<html>log in</html>",
}


def world_with_news(small_world: World) -> tuple[Link, Spoiling]:
    small_world.outlet("H01")
    stock(small_world.hq, 300)
    small_world.publish(right("C1"), right("C2"))
    hand_down(small_world.hq, "H01", "number", 300, UNTIL)
    line = Spoiling(small_world.app)
    return small_world.link("H01", transport=line), line


def nothing_came(small_world: World) -> bool:
    return contents(small_world.stores["H01"], RoleRight, PhoneNumber, FeedItem, WaitingItem, JournalEntry) == []


@pytest.mark.parametrize("cut", CUTS)
def test_a_page_that_is_cut_on_the_way_does_nothing_and_comes_again(small_world: World, cut: str) -> None:
    link, line = world_with_news(small_world)
    line.spoil = CUTS[cut]
    done = link.exchange()
    assert isinstance(done.fault, Message)
    assert str(done.fault) != ""
    assert nothing_came(small_world)
    look(small_world.stores["H01"], "H01", 1)  # selling goes on meanwhile
    assert link.exchange().fault is None
    assert len(contents(small_world.stores["H01"], PhoneNumber)) == 300
    assert len(contents(small_world.stores["H01"], RoleRight)) == 2


def pages(small_world: World) -> tuple[Link, Page]:
    from boss_tui.headquarters.feed import page

    link, _ = world_with_news(small_world)
    small_world.publish(right("C3"))
    return link, page(small_world.office, "H01", 0, 50, 0)


def mixed(page: Page, how: str) -> Page:
    """A page whose items are as they were signed, in another order, or not all, or some twice."""
    stream = page.stream
    assert stream is not None
    items = {
        "the other way round": stream.items[::-1],
        "the first twice": [stream.items[0], *stream.items],
        "one left out": stream.items[1:],
    }[how]
    return page.model_copy(update={"stream": stream.model_copy(update={"items": items})})


@pytest.mark.parametrize("how", ["the other way round", "the first twice"])
def test_a_page_in_another_order_does_nothing(small_world: World, how: str) -> None:
    link, page = pages(small_world)
    with pytest.raises(BossError, match="disorder"):
        link.apply(mixed(page, how))
    assert nothing_came(small_world)
    assert link.exchange().fault is None


def test_items_of_its_own_feed_come_without_a_gap(small_world: World) -> None:
    link, page = pages(small_world)
    hand_down(small_world.hq, "H01", "sim", 3, UNTIL)
    assert link.exchange().fault is None
    store = small_world.stores["H01"]
    before = contents(store, FeedItem)
    gap = page.model_copy(update={"items": [page.items[0].model_copy(update={"number": 9})]})
    with pytest.raises(BossError):
        link.apply(gap)
    assert contents(store, FeedItem) == before


def test_a_position_that_headquarters_lost_is_made_up_from_the_outlet(small_world: World, tmp_path: Path) -> None:
    """By the link and by a stick; selling goes on; nothing is applied twice."""
    from tests.boss_tui.sync.world import backup

    link, _ = world_with_news(small_world)
    backup(small_world.hq, tmp_path / "before.db")
    small_world.publish(right("C3"))
    hand_down(small_world.hq, "H01", "sim", 2, UNTIL)
    look(small_world.stores["H01"], "H01", 3)
    link.exchange()
    kept = contents(small_world.stores["H01"], RoleRight, PhoneNumber)
    small_world.restored(f"sqlite:///{tmp_path / 'before.db'}")
    again = small_world.link("H01")
    look(small_world.stores["H01"], "H01", 1)
    for _ in range(2):
        assert again.exchange().fault is None
    assert contents(small_world.stores["H01"], RoleRight, PhoneNumber) == kept
    assert len(contents(small_world.hq, RoleRight)) == 3
    theirs = [row["body"] for row in contents(small_world.hq, FeedItem)]
    assert sorted(row["body"] for row in contents(small_world.stores["H01"], FeedItem)) == sorted(theirs)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.5, 0.99])
def test_a_stick_that_was_pulled_out_too_early_says_so(small_world: World, tmp_path: Path, part: float) -> None:
    link, _ = world_with_news(small_world)
    look(small_world.stores["H01"], "H01", 2)
    out, back = tmp_path / "out", tmp_path / "back"
    export(link, out)
    whole = out.read_bytes()
    out.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(Damaged, match="no carried file"):
        take_carried(small_world.office, out, back)
    assert not back.exists()
    out.write_bytes(whole)
    take_carried(small_world.office, out, back)
    told = back.read_bytes()
    back.write_bytes(told[: int(len(told) * part)])
    with pytest.raises(Damaged, match="no carried file"):
        import_receipt(link, back)
    assert link.head().acked_seq == 0
    back.write_bytes(told)
    assert import_receipt(link, back).applied == 3
    assert json.loads(told)["outlet"] == "H01"
