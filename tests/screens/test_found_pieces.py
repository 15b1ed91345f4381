"""A batch of recharge cards is accepted by keys, two cards short; one is found after all, and another manager signs
before it is in stock again. What can't be is refused beside its field, and changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.locale import LANGUAGES, words
from boss_tui.start.app import BossApp
from data.demo_staff import PASSWORD
from data.message import Message
from data.tables.act import Act
from data.tables.stock import RechargeCard
from screens.dialogs.approval import Approval
from screens.dialogs.dialog import Destroy
from screens.manage.acting import ActScreen
from screens.manage.life import LifeScreen
from screens.manage.people import Told
from screens.office_notes import OfficeNotesScreen
from screens.piece_counting import PieceCountScreen
from tests.boss_tui.desk import card_batches, stock_intake
from tests.boss_tui.desk.card_batches import FIRST, NAME
from tests.driver import Keys, at_desk
from tests.head_office import CHECKER, KEY, MAKER, HeadOffice

GONE, OTHER = str(FIRST + 3), str(FIRST + 4)


@pytest.fixture
def office(head_office: HeadOffice, tmp_path: Path) -> HeadOffice:
    """An office that has taken the file of a batch in."""
    card_batches.with_key(head_office.maker, head_office.checker, tmp_path)
    stock_intake.taken(head_office, NAME, card_batches.written(tmp_path, card_batches.cards()))
    return head_office


@asynccontextmanager
async def at_the_list(office: HeadOffice, staff_no: str, language: str) -> AsyncIterator[Keys]:
    """Somebody at work before the recharge cards."""
    desk = offices.desk(Office(office.store, KEY))
    async with at_desk(BossApp(lambda: desk, language=language)) as keys:
        await keys.type(f"{staff_no}\n{PASSWORD}\n")
        if keys.app.words.language != language:
            await keys.press("ctrl+t")
        await keys.type(f"{NAME}\n")
        yield keys


async def begun(keys: Keys, act: str, *fields: str) -> None:
    """An act of the list, by its words; its fields one after another, sent."""
    await keys.press("f4")
    await keys.type(keys.app.words(act))
    await keys.press("enter")
    assert isinstance(keys.app.screen, ActScreen), keys.text()
    await typed(keys, *fields)


async def typed(keys: Keys, *fields: str) -> None:
    for text in fields:
        await keys.type(f"{text}\n")
    await keys.press("f10")


def states(office: HeadOffice) -> list[str]:
    return [row.state for serial in (GONE, OTHER) for row in office.rows(RechargeCard, serial=serial)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_that_was_missing_is_found_and_another_signs(office: HeadOffice, language: str) -> None:
    speak = words(language)

    async def accepted() -> None:
        async with at_the_list(office, CHECKER, language) as keys:
            await begun(keys, "Accept a batch that was counted", "", "8", f"{GONE}-{OTHER}", "箱子开着")
            assert isinstance(keys.app.screen, Destroy), keys.text()
            await keys.press("y")
            assert isinstance(keys.app.screen, Told), keys.text()

    async def found() -> None:
        async with at_the_list(office, MAKER, language) as keys:
            await begun(keys, "What was missing here is found: back to stock", f"{OTHER}-{GONE}", "柜子后面")
            told = speak(Message("{first} is after {last}.", {"first": OTHER, "last": GONE}))
            assert told in keys.text()
            await keys.press("up", "up")
            await typed(keys, str(FIRST), "")
            assert states(office) == ["locked", "locked"], "that one was never missing"
            assert isinstance(keys.app.screen, ActScreen), keys.text()
            await keys.press("up", "up")
            await typed(keys, GONE)
            assert isinstance(keys.app.screen, Destroy), keys.text()
            assert GONE in keys.text()
            await keys.press("y")
            assert isinstance(keys.app.screen, Approval), keys.text()
            assert GONE in keys.text(), "who signs sees for what"
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            assert isinstance(keys.app.screen, Approval), "nobody signs for what they do themselves"
            assert states(office) == ["locked", "locked"]
            await keys.press("escape")
            assert isinstance(keys.app.screen, ActScreen), "what was typed is there still"
            await keys.press("f10")
            await keys.press("y")
            await keys.type(f"{CHECKER}\n{PASSWORD}\n")
            assert isinstance(keys.app.screen, Told), keys.text()
            await keys.press("enter")
            await keys.type(f"{GONE}\n")
            assert isinstance(keys.app.screen, LifeScreen), keys.text()
            assert "箱子开着" in keys.text()
            assert "柜子后面" in keys.text()
            await keys.press("f3")
            for place, screen in (("Transfer notes", OfficeNotesScreen), ("Count by serials", PieceCountScreen)):
                await keys.press("f4")
                await keys.type(speak(place))
                await keys.press("enter")
                assert isinstance(keys.app.screen, screen), keys.text()
                await keys.press("f3")

    asyncio.run(accepted())
    assert states(office) == ["locked", "locked"]
    asyncio.run(found())
    assert states(office) == ["idle", "locked"]
    (act,) = office.rows(Act, act="stock.found")
    assert (act.operator, act.approved_by) == (MAKER, CHECKER)
    assert office.is_sound()
