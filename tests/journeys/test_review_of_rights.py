"""The review of rights by keys at the office: who has what, one confirmed, into an edition that another approves."""

from __future__ import annotations

import asyncio

import pytest

from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.start.app import BossApp
from data.demo_staff import PASSWORD
from data.message import Message
from screens.manage.reviews import ReviewsScreen, RightsScreen
from tests.driver import Keys, at_desk
from tests.head_office import CHECKER, KEY, MAKER, HeadOffice


@pytest.mark.parametrize(("language", "size"), [("zh_CN", (80, 24)), ("en", (120, 40))], ids=["zh", "en"])
def test_a_manager_confirms_what_somebody_has(head_office: HeadOffice, language: str, size: tuple[int, int]) -> None:
    async def day() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk, language=language), size) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            if keys.app.words.language != language:
                await keys.press("ctrl+t")
            await look(keys)
            await confirm(keys)

    asyncio.run(day())
    (draft,) = head_office.maker.editions.listed("draft")
    head_office.maker.editions.submit(draft.id)
    head_office.checker.editions.approve(draft.id)
    found = {each.staff_no: each.state for each in head_office.checker.personnel.review()}
    assert (found["1001"], found[CHECKER]) == ("good", "never")
    assert head_office.is_sound()


async def look(keys: Keys) -> None:
    """From the staff list to everybody's rights, and to somebody's own."""
    await keys.type("M7/operator\n")
    await keys.press("f4")
    await keys.type(keys.app.words(Message("Review of rights")))
    await keys.press("enter")
    assert isinstance(keys.app.screen, ReviewsScreen), keys.text()
    assert keys.app.words(Message("never confirmed")) in keys.text()


async def confirm(keys: Keys) -> None:
    """Nobody's own; a clerk's, with what the edition is for."""
    await keys.type(MAKER)
    await keys.press("enter", "f10")
    assert keys.app.words(Message("Another person confirms your own.")) in keys.text(), keys.text()
    await keys.press("f3")
    for _ in MAKER:
        await keys.press("backspace")
    await keys.type("1001")
    await keys.press("enter")
    assert isinstance(keys.app.screen, RightsScreen), keys.text()
    assert "C12" in keys.text()
    await keys.press("f10")
    await keys.type("Q4\nreview\n\n\n")
    assert isinstance(keys.app.screen, ReviewsScreen), keys.text()
