"""One plan of work is one edition: rows of several businesses join it, are gone on with there, and are decided once."""

from __future__ import annotations

import asyncio
from pathlib import Path

from boss_tui.catalogue import BUSINESS_NAMES
from data.message import say
from data.states import state_name
from data.tables.edition import Edition
from data.tables.product import Product
from screens.manage.editions import EditionScreen
from screens.manage.row import RowScreen
from tests.boss_tui.editions.office import CHECKER, MAKER, Desk
from tests.driver import Keys
from tests.journeys.test_managing import at_work
from tests.journeys.test_newcomers import AMOUNT, LANGUAGES, amount, price, sees

TITLE = "Student plan"


async def rename(keys: Keys) -> None:
    """A product of M4 with another name, put into an edition."""
    await keys.type("m4/product\n")
    await keys.type("PLAN\n")
    await keys.type("学生套餐")
    await keys.press("f10")


def state_of(keys: Keys, state: str) -> bool:
    return sees(keys, "Edition {number}: {state}.", number=2, state=state_name(state))


@LANGUAGES
def test_rows_of_two_businesses_join_one_edition_that_is_approved_once(
    stage: Desk, tmp_path: Path, language: str
) -> None:
    async def make() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await price(keys, "P1", AMOUNT, "12.50", TITLE)
            await keys.press("f3")
            await rename(keys)
            joins = {"number": 2, "title": TITLE, "subject": "M6"}
            assert sees(keys, "Into edition {number} {title} ({subject})", **joins)
            assert sees(keys, "Into a new edition")
            await keys.press("enter")
            into = {"n": 1, "number": 2}
            assert sees(keys, "{n} {n:row|rows} into edition {number}.", **into)
            await keys.press("f10")
            assert isinstance(keys.app.screen, EditionScreen)
            for code in ("M6", "M4"):
                assert sees(keys, "{code} {name}", code=code, name=BUSINESS_NAMES[code])
            await keys.press("f10")
            await keys.press("f10")
            assert state_of(keys, "submitted"), keys.text()

    async def check() -> None:
        async with at_work(stage, tmp_path, CHECKER, language) as keys:
            await keys.type("gl\n\n")
            assert "M6+1" in keys.text()
            await keys.press("enter", "f10")
            await keys.press("f10")
            assert state_of(keys, "in_force")

    asyncio.run(make())
    asyncio.run(check())
    assert amount(stage, "P1") == 1250
    assert stage.row(Product, code="PLAN").name_zh == "学生套餐"


def test_a_second_edition_is_begun_where_that_is_chosen(stage: Desk, tmp_path: Path) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await price(keys, "P1", AMOUNT, "12.50", TITLE)
            await keys.press("f3")
            await rename(keys)
            await keys.press("escape")  # into none: it is still on the screen
            assert isinstance(keys.app.screen, RowScreen)
            await keys.press("f10", "down", "enter")
            await keys.type("Another\nbecause\n\n\n")
            assert "1 row into edition 3." in keys.text()
            await keys.press("f3", "f3")
            await keys.type("m6/price\nP2")
            await keys.press(*["ctrl+right"] * AMOUNT, "enter")
            into = {"number": 2, "day": say("its approval"), "reaches": say("all outlets")}
            assert sees(keys, "F10: into edition {number}, from {day}, for {reaches}. F6: another", **into)
            await keys.press("f6")
            assert sees(keys, "Into edition {number} {title} ({subject})", number=3, title="Another", subject="M4")
            assert not sees(keys, "Into edition {number} {title} ({subject})", number=2, title=TITLE, subject="M6")
            await keys.press("down", "enter")
            assert sees(keys, "F10: into a new edition. F6: another. F4: choices")
            await keys.type("21")
            await keys.press("f10")
            await keys.type("A third\nbecause\n\n\n")

    asyncio.run(work())
    with stage.store.reading() as reading:
        found = reading.all(Edition, state="draft", order=("number",))
        assert [(each.number, each.subject) for each in found] == [(2, "M6"), (3, "M4"), (4, "M6")]


@LANGUAGES
def test_a_field_of_an_edition_is_gone_on_with_from_there(stage: Desk, tmp_path: Path, language: str) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await price(keys, "P1", AMOUNT, "12.50", TITLE)
            await keys.press("f10")
            await keys.type("12.50\n")  # the line of that field
            screen = keys.app.screen
            assert isinstance(screen, RowScreen)
            assert screen.panel.current == "amount"
            await keys.type("13.00")
            await keys.press("f10")
            assert isinstance(keys.app.screen, EditionScreen)
            await keys.press("escape")
            assert "-> 13.00" in keys.text()
            await keys.press("f10")
            await keys.press("f10")
            assert state_of(keys, "submitted"), keys.text()
            assert sees(keys, "F10-{submit}", submit=say("Submit"))  # nothing more is to be done by that key
            await keys.press("f10")
            assert sees(keys, "Nothing is to be done now ({state}).", state=state_name("submitted"))

    asyncio.run(work())
