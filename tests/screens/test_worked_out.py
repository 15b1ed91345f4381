"""What takes long to work out or to look for: the screen is there at once, letters stand, and other keys wait no longer
than they must."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from boss_tui.start.app import BossApp
from data.errors import NotAllowed
from data.message import Message, say
from screens.home import HomeScreen
from screens.list_screen import ListScreen
from screens.processes import AtStepScreen, StandingsScreen, StepsScreen
from screens.widgets.listing import HEADING, ListRow
from screens.worked_out import _COMING, AT_ONCE, WorkedOutScreen
from tests.driver import Keys
from tests.screens.fake_desk import FakeDesk
from tests.screens.test_business import play
from tests.screens.test_narrowing import until


class Slow:
    """Something of the desk that takes as long as it is held; `asked`: what of it, in turn."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real, self._go_on = real, threading.Event()
        self._go_on.set()
        self.asked: list[tuple[Any, ...]] = []

    def __call__(self, *said: Any) -> Any:
        self.asked.append(said)
        assert self._go_on.wait(20)
        return self._real(*said)

    def hold(self) -> None:
        self._go_on.clear()

    def let_go(self) -> None:
        self._go_on.set()


class Words(ListScreen):
    """What is looked for by a desk that takes its time."""

    title_of = say("Words")

    def __init__(self, look: Callable[[str], list[str]]) -> None:
        super().__init__()
        self._look = look

    async def load(self, text: str) -> Sequence[ListRow]:
        found = await self.desk.seek(self._look, text)
        return [ListRow((each,)) for each in found]


def words(text: str) -> list[str]:
    return [each for each in ("one", "two", "three") if text in each]


def cells(screen: ListScreen) -> list[Any]:
    return [line.cells[0] for line in screen.listing.items]


def test_letters_stand_while_a_list_looks_for_its_rows_and_the_last_of_them_alone_is_asked_for_next() -> None:
    slow = Slow(words)

    async def story(app: BossApp, keys: Keys) -> None:
        screen = Words(slow)
        await app.push_screen(screen)
        await keys.idle()
        assert cells(screen) == words("")
        slow.hold()
        for at, letter in enumerate("two"):
            keys._post(letter, letter)
            await until(lambda at=at: screen.entry.value == "two"[: at + 1])  # type: ignore[misc]
        keys._post("backspace", None)  # no letter: it waits
        await asyncio.sleep(0.05)
        assert (screen.entry.value, cells(screen)) == ("two", words(""))
        assert slow.asked == [("",), ("t",)]
        slow.let_go()
        await keys.idle()
        assert (screen.entry.value, cells(screen)) == ("tw", ["two"])
        assert slow.asked in ([("",), ("t",), ("tw",)], [("",), ("t",), ("two",), ("tw",)])

    play(FakeDesk(), story)


@pytest.mark.parametrize(
    ("make", "asked"),
    [
        (StandingsScreen, "standings"),
        (lambda: StepsScreen("C1"), "standings"),
        (lambda: AtStepScreen("C1", "open"), "at_step"),
    ],
)
def test_what_is_worked_out_keeps_no_key_waiting_and_is_shown_once_it_is_there(
    make: Callable[[], WorkedOutScreen[Any]], asked: str
) -> None:
    desk = FakeDesk()
    slow = Slow(getattr(desk.lookups, asked))
    setattr(desk.lookups, asked, slow)

    async def story(app: BossApp, keys: Keys) -> None:
        app.gate.long_after = 0.01
        slow.hold()
        screen = make()
        await app.push_screen(screen)
        await keys.idle()
        assert cells(screen) == [_COMING]
        await keys.type("zz")
        assert (screen.entry.value, cells(screen)) == ("zz", [_COMING])
        await keys.press("backspace", "backspace", "enter")
        assert app.screen is screen
        slow.let_go()
        await until(lambda: _COMING not in cells(screen))
        await keys.idle()
        every = cells(screen)
        assert len(slow.asked) == 1
        slow.hold()
        await keys.press("f5")
        assert cells(screen) == every, "what is known stands"
        await keys.type("zzz")
        assert len(cells(screen)) < len(every)
        assert len(slow.asked) == 2
        slow.let_go()
        await keys.press("escape", "escape")
        assert isinstance(app.screen, HomeScreen)

    play(desk, story)


def test_one_that_cant_be_worked_out_says_so_and_no_longer_that_it_is() -> None:
    desk = FakeDesk()

    def refused(_: str = "") -> Any:
        raise NotAllowed(Message("not this"))

    slow = Slow(refused)
    setattr(desk.lookups, "standings", slow)  # noqa: B010 (a stand-in)

    async def story(app: BossApp, keys: Keys) -> None:
        app.gate.long_after = 0.01
        slow.hold()
        screen = StandingsScreen()
        await app.push_screen(screen)
        await keys.idle()
        assert cells(screen) == [_COMING]
        slow.let_go()
        await until(lambda: not cells(screen))
        assert "not this" in keys.text()

    play(desk, story)


def test_a_step_behind_a_list_that_is_known_is_there_at_once() -> None:
    desk = FakeDesk()
    slow = Slow(desk.lookups.standings)
    setattr(desk.lookups, "standings", slow)  # noqa: B010 (a stand-in)

    async def story(app: BossApp, keys: Keys) -> None:
        await app.push_screen(StandingsScreen())
        await keys.idle()
        slow.hold()
        await keys.press("enter")
        screen = app.screen
        assert isinstance(screen, StepsScreen), keys.text()
        assert len(cells(screen)) > 1
        assert slow.asked == [()]
        slow.let_go()

    play(desk, story)


class Numbers(WorkedOutScreen[int]):
    """Very many lines."""

    title_of = say("Numbers")

    def work(self) -> int:
        return 1_000

    def rows(self, known: int) -> list[ListRow]:
        return [ListRow((f"n{n:04}",)) for n in range(known)]

    def above(self, known: int, lines: Sequence[ListRow]) -> list[ListRow]:
        return [ListRow((str(known),), style=HEADING)] if lines else []


def test_as_many_lines_are_shown_as_are_looked_at_and_all_are_narrowed() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        screen = Numbers()
        await app.push_screen(screen)
        await keys.idle()
        assert cells(screen)[:2] == ["1000", "n0000"]
        assert len(cells(screen)) == 1 + AT_ONCE
        await keys.press("end")
        assert len(cells(screen)) == 1 + 2 * AT_ONCE
        assert screen.listing.marked == ListRow((f"n{AT_ONCE - 1:04}",))
        await keys.type("0999")
        assert cells(screen) == ["1000", "n0999"]
        await keys.type("9")
        assert cells(screen) == []
        await keys.press("escape")
        assert len(cells(screen)) == 1 + AT_ONCE

    play(FakeDesk(), story)
