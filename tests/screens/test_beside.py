"""What stands beside a form: however much there is to say, the form keeps its room and the price's sums are seen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import DraftView, Notice
from boss_tui.start.app import BossApp
from data.message import both
from tests.driver import Keys, at_desk
from tests.screens.fake_desk import FakeDesk

FILLED = "C1\n1\n37010219900517123X\n张三丰\n路1号\nn\n13812345678\n89860012345678901234\nQQT88\n12\n50\n\n"
SIZES = [(80, 24), (120, 40)]


class Talkative(FakeDesk):
    """Has 50 reminders for every form."""

    def _kept(self, draft: DraftView) -> DraftView:
        said = tuple(Notice("notice", both(f"提示 {n}", f"Reminder {n}")) for n in range(50))
        kept = replace(super()._kept(draft), notices=said)
        self.drafts[kept.id] = kept
        return kept


def play(story: Callable[[BossApp, Keys], Awaitable[None]], size: tuple[int, int]) -> None:
    """A clerk at a desk with much to say."""

    async def main() -> None:
        app = BossApp(Talkative, language="en")
        async with at_desk(app, size) as keys:
            await story(app, keys)

    asyncio.run(main())


def seen(keys: Keys, what: str) -> int:
    """How many lines of the screen say it."""
    return sum(what in line for line in keys.text().splitlines())


def test_reminders_take_four_rows_and_say_how_many_more_there_are() -> None:
    async def story(app: BossApp, keys: Keys) -> None:
        await keys.type("C1\n")
        assert seen(keys, "Reminder") + seen(keys, "No number is reserved") == 4
        assert "PgDn: 47 more" in keys.text()
        form: Any = app.screen.query_one("#form")
        assert form.size.height >= 13
        await keys.press("pagedown")
        assert "Reminder 4" in keys.text()
        assert "PgDn: 43 more" in keys.text()

    play(story, SIZES[0])


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_sums_are_seen_with_the_price_in_lines_and_without(size: tuple[int, int]) -> None:
    async def story(_app: BossApp, keys: Keys) -> None:
        await keys.type(FILLED)
        await keys.press("f9")
        for what in ("SIM card", "Festival", "To pay now", "200.00", "month", "88.00"):
            assert what in keys.text(), what
        await keys.press("up")
        await keys.type("9\n")  # something else is typed: the price goes back into its place, the sums stay
        assert "To pay now" in keys.text()
        assert "200.00" in keys.text()

    play(story, size)
