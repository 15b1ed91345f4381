"""A long list is narrowed while somebody types on: letters stand at once, whatever is looked for meanwhile; only the
last of what was typed is asked after the first; how many there are is told when it is known."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.start.app import BossApp
from data.demo_staff import PASSWORD
from screens.manage.paged import PagedScreen
from tests.driver import Keys, at_desk
from tests.head_office import KEY, MAKER, HeadOffice

NAME = "M6/charge_item"


class Slow:
    """Something of the desk that takes as long as it is held; `asked`: for what, in turn."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real, self._go_on = real, threading.Event()
        self._go_on.set()
        self.asked: list[str] = []

    def __call__(self, name: str, typed: str = "", *said: Any, **more: Any) -> Any:
        self.asked.append(typed)
        assert self._go_on.wait(20)
        return self._real(name, typed, *said, **more)

    def hold(self) -> None:
        self._go_on.clear()

    def let_go(self) -> None:
        self._go_on.set()


@asynccontextmanager
async def at_the_list(office: HeadOffice) -> AsyncIterator[tuple[Keys, PagedScreen, Slow, Slow]]:
    """The charge items, and what is asked of them: pages, and how many there are."""
    desk = offices.desk(Office(office.store, KEY))
    page, count = Slow(desk.managing.page), Slow(desk.managing.count)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(desk.managing, "page", page)
        patched.setattr(desk.managing, "count", count)
        async with at_desk(BossApp(lambda: desk, language="en")) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n{NAME}\n")
            screen = keys.app.screen
            assert isinstance(screen, PagedScreen)
            page.asked.clear()
            count.asked.clear()
            yield keys, screen, page, count


async def until(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not what():
            await asyncio.sleep(0.001)


async def typed(keys: Keys, screen: PagedScreen, letters: str) -> None:
    """Each letter once the one before stands there."""
    for letter in letters:
        before = screen.entry.value
        keys._post(letter, letter)
        await until(lambda before=before, letter=letter: screen.entry.value == before + letter)  # type: ignore[misc]


def shown(screen: PagedScreen) -> int:
    return len(screen.grid.rows_shown)


def test_letters_stand_while_rows_are_looked_for_and_the_last_of_them_alone_are_looked_for_next(
    head_office: HeadOffice,
) -> None:
    async def main() -> None:
        async with at_the_list(head_office) as (keys, screen, page, count):
            every = shown(screen)
            page.hold()
            await typed(keys, screen, "zzz")
            keys._post("backspace", None)  # no letter: it waits
            await asyncio.sleep(0.05)
            assert (screen.entry.value, page.asked, shown(screen)) == ("zzz", ["z"], every)
            page.let_go()
            await keys.idle()
            assert screen.entry.value == "zz"
            assert page.asked in (["z", "zz"], ["z", "zzz", "zz"])
            assert shown(screen) == 0
            assert count.asked[-1] == "zz"

    asyncio.run(main())


def test_what_is_no_letter_waits_until_the_rows_are_there(head_office: HeadOffice) -> None:
    async def main() -> None:
        async with at_the_list(head_office) as (keys, screen, page, _count):
            page.hold()
            await typed(keys, screen, "z")
            keys._post("escape", None)
            keys._post("c", "c")  # behind it, and waits with it
            await asyncio.sleep(0.05)
            assert screen.entry.value == "z"
            page.let_go()
            await keys.idle()
            assert screen.entry.value == "c"
            assert shown(screen) > 0

    asyncio.run(main())


def test_rows_are_shown_before_it_is_known_how_many_fit_and_keys_go_on(head_office: HeadOffice) -> None:
    async def main() -> None:
        async with at_the_list(head_office) as (keys, screen, _page, count):
            every = keys.app.words(screen.heading())
            keys.app.gate.long_after = 0.01
            count.hold()
            await keys.type("a")
            fitting = shown(screen)
            assert keys.app.words(screen.heading()) == every  # nothing is said of how many fit
            screen_row = screen.grid.at
            await keys.press("down")
            assert screen.grid.at == screen_row + 1
            await keys.type("zzzz")
            assert shown(screen) == 0
            count.let_go()
            await until(lambda: "0 fit" in keys.app.words(screen.heading()))  # not those of the first letter
            assert fitting > 0

    asyncio.run(main())
