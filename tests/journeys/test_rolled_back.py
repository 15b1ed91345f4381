"""An edition that reaches one outlet is rolled back by keys: the opposite says whose it is and whom it reaches, is
withdrawn once and made again, and brings back at the hall what stood there; in both languages."""

from __future__ import annotations

import asyncio

import pytest

from data.message import Message, say
from data.states import state_name
from data.tables.edition import Edition
from data.tables.tariff import PriceRule
from screens.dialogs.dialog import Destroy
from screens.dialogs.one_line import OneLine
from screens.manage.edition_list import EditionsScreen
from screens.manage.editions import EditionScreen
from tests.head_office import MAKER
from tests.journeys.both_ends import OfficeManager, approved, at_office
from tests.journeys.world import FACTS
from tests.linked_hall import LinkedHall

SIM_FEE = "C1-05"
"""What a SIM costs at an opening: 20.00 yuan."""
SCOPE = f"outlet:{FACTS.outlet}"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_an_edition_of_a_scope_is_rolled_back(linked: LinkedHall, language: str) -> None:
    async def dearer() -> None:
        async with at_office(linked, MAKER, language) as m:
            await m.change("M6/price_rule", SIM_FEE, scope=SCOPE, amount="23")
            await m.submit("M6")

    async def back() -> None:
        async with at_office(linked, MAKER, language) as m:
            await rolled_back(m, "f10")
            await withdrawn(m)
            await rolled_back(m, "enter")
            await submitted(m)

    asyncio.run(dearer())
    approved(linked, language)
    assert fee(linked) == 2300
    asyncio.run(back())
    approved(linked, language)
    assert fee(linked) == 2000
    assert [(e.scope, e.state) for e in linked.central_rows(Edition, subject="M6", order=("number",))] == [
        (SCOPE, "in_force"),
        (SCOPE, "withdrawn"),
        (SCOPE, "in_force"),
    ]
    assert linked.is_sound()


def fee(linked: LinkedHall) -> int:
    """What stands at the hall, in fen."""
    linked.exchange()
    with linked.hall.store.reading() as reading:
        return reading.one(PriceRule, id=SIM_FEE).amount


async def rolled_back(m: OfficeManager, key: str) -> None:
    """The edition in force, by its row in the list: a draft of the opposite. A word is needed; either
    key takes it."""
    await m.type("M6/price_rule\n")
    await m.press("f6")
    assert isinstance(m.app.screen, EditionsScreen), m.text()
    await m.paste(m.app.words(state_name("in_force")))
    await m.press("enter")
    await act(m, "Roll back: a draft of the opposite")
    await m.press(key)
    m.must_read(say("A word is needed here: it is kept."))
    await m.type("a slip of the pen")
    await m.press(key)
    assert isinstance(m.app.screen, EditionScreen), m.text()
    assert m.app.screen.view is not None
    assert m.app.screen.view.rolls_back == 1
    m.must_read(say("edition {number}", number=1), Message("-> 20.00"), m.app.screen.view.reaches)
    assert FACTS.outlet in m.text() or "城关营业厅" in m.text() or "Chengguan Hall" in m.text()


async def submitted(m: OfficeManager) -> None:
    """It goes its way like any other."""
    await m.press("f10")
    await m.press("f10")
    m.must_see("waits for approval")


async def withdrawn(m: OfficeManager) -> None:
    """Submitted, and taken back by its author: it says by whom, and why."""
    await submitted(m)
    await act(m, "Withdraw")
    await m.type("not yet\n")
    assert isinstance(m.app.screen, Destroy), m.text()
    await m.press("y")
    m.must_read(say("{who}: {words}", who=f"{MAKER} 顾文清", words="not yet"), state_name("withdrawn"))
    await m.home()


async def act(m: OfficeManager, says: str) -> None:
    """What can be done with the edition that is shown, which asks for a word."""
    await m.press("f4")
    await m.paste(m.word(says))
    await m.press("enter")
    assert isinstance(m.app.screen, OneLine), m.text()
