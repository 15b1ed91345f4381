"""Fields that are left: they show their beginning; that one is needed is not held against who has not come to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from msgspec.structs import replace

from boss_tui.answers.business import DraftView
from boss_tui.start.app import BossApp
from data.message import say
from tests.driver import Keys, at_desk
from tests.screens.fake_desk import FakeDesk

BEGUN = "C1\n1\n37010219900517123X\n张三丰\n"
LONG = "Room 1203, Unit 4, Building 17, 88 Quancheng Road, Lixia, Jinan, Shandong"


class WantsAgent(FakeDesk):
    """Says at once what an agent's form is short of, as a business's rules do."""

    def _kept(self, draft: DraftView) -> DraftView:
        kept = super()._kept(draft)
        if draft.values.get("agent") == "y":
            names = ("agent_name", "agent_id")
            missing = {name: say("This field is needed.") for name in names if not draft.values.get(name)}
            kept = replace(kept, errors={**missing, **kept.errors})
            self.drafts[kept.id] = kept
        return kept


def play(story: Callable[[Keys], Awaitable[None]]) -> None:
    """A clerk at a form that is begun."""

    async def main() -> None:
        app = BossApp(WantsAgent, language="en")
        async with at_desk(app) as keys:
            await keys.type(BEGUN)
            await story(keys)

    asyncio.run(main())


def test_a_long_value_shows_its_beginning_once_it_is_left() -> None:
    async def story(keys: Keys) -> None:
        await keys.type(LONG)
        assert LONG[-20:] in keys.text()  # where the cursor is
        await keys.type("\n")
        assert LONG[:30] in keys.text()
        assert LONG[-20:] not in keys.text()

    play(story)


def test_a_field_that_nobody_has_come_to_is_not_yet_needed() -> None:
    async def story(keys: Keys) -> None:
        await keys.type(f"{LONG}\ny\n")
        assert "Agent's name" in keys.text()
        assert "This field is needed." not in keys.text()
        await keys.press("f10")
        assert "This field is needed." in keys.text()

    play(story)


def test_what_is_not_asked_for_any_more_is_not_judged_and_not_lost() -> None:
    class OneDocument(FakeDesk):
        """Takes no agent's document but one; what was told of it is in `told`."""

        told: ClassVar[list[str]] = []

        def _kept(self, draft: DraftView) -> DraftView:
            kept = super()._kept(draft)
            shown = str(draft.values.get("agent_id") or "")
            self.told.append(shown)
            if shown not in ("", "GOOD"):
                kept = replace(kept, errors={"agent_id": say("Not this one."), **kept.errors})
                self.drafts[kept.id] = kept
            return kept

    async def main() -> None:
        app = BossApp(OneDocument, language="en")
        async with at_desk(app) as keys:
            await keys.type(f"{BEGUN}{LONG}\ny\n李四\nBAD\n")
            assert "Not this one." in keys.text()
            await keys.press("up", "up")
            await keys.type("n\n")
            assert OneDocument.told[-1] == ""
            await keys.press("f10")
            assert "This field is needed." in keys.text()
            assert "Traceback" not in keys.text()
            assert "Not this one." not in keys.text()
            await keys.press("up")
            await keys.type("y\n")
            assert "BAD" in keys.text()

    asyncio.run(main())
