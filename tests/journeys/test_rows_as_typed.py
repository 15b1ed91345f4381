"""What is wrong with a row is told beside the field where it was typed, before it is in an edition."""

from __future__ import annotations

import asyncio
from pathlib import Path

from data.message import Message, say
from data.states import state_name
from data.table_words import no_such
from data.tables.edition import Edition, EditionLine
from screens.manage.row import NewRowScreen, RowScreen
from tests.boss_tui.editions.office import MAKER, Desk
from tests.driver import Keys
from tests.journeys.test_managing import at_work
from tests.journeys.test_newcomers import AMOUNT, LANGUAGES, price, sees


def beside(keys: Keys, column: str) -> Message | None:
    """What stands beside a field of the row on the screen as wrong with it."""
    screen = keys.app.screen
    assert isinstance(screen, RowScreen | NewRowScreen), keys.text()
    return screen.panel.errors.get(column)


async def new_price(keys: Keys, *typed: str) -> None:
    await keys.type("m6/price\n")
    await keys.press("f4", "1", "enter")
    for each in typed:
        await keys.type(f"{each}\n")


@LANGUAGES
def test_a_code_that_names_nothing_stays_in_its_field_and_says_so(stage: Desk, tmp_path: Path, language: str) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await new_price(keys, "crad")
            told = say("{told} F4 lists them.", told=no_such("charge_item", "crad"))
            assert beside(keys, "item") == told
            assert sees(keys, "{told}", told=told)
            screen = keys.app.screen
            assert isinstance(screen, NewRowScreen)
            assert screen.panel.current == "item"
            await keys.type("card\nC1\nPLAN")
            await keys.press("down")
            assert beside(keys, "item") is None
            assert screen.panel.current == "category"
            await keys.type("studnet")
            await keys.press(*["down"] * (AMOUNT + 1))  # passed over, it is told when the row is to go in
            await keys.type("7")
            await keys.press("f10")
            assert beside(keys, "category") == say("{told} F4 lists them.", told=no_such("category", "studnet"))
            await keys.press("delete")
            await keys.press("f10")
            await keys.type("Plan\nbecause\n\n\n")
            into = {"n": 1, "number": 2, "title": "Plan", "state": state_name("draft")}
            assert sees(keys, "{n} {n:row|rows} in edition {number}, {title}: {state}.", **into)

    asyncio.run(work())
    with stage.store.reading() as reading:
        (made,) = reading.all(Edition, state="draft")
        assert [line.table_name for line in reading.all(EditionLine, edition=made.id)] == ["price_rule"]


def test_what_would_refuse_the_edition_is_told_once_and_the_same_key_puts_it_in(stage: Desk, tmp_path: Path) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await price(keys, "P1", AMOUNT + 1, "")  # the product: the same as P1's without one
            await keys.press("up", "up", "up")  # its item
            await keys.type("fee")
            await keys.press("f10")
            assert sees(keys, "As it is, it would be refused:")
            assert "From: price rule P2 holds for the same" in keys.text()
            await keys.press("escape")
            told = beside(keys, "valid_from")
            assert told is not None
            assert told.template.startswith("{row} holds for the same at the same time")
            await keys.press("f10")  # what was changed is still what was changed
            await keys.press("f10")
            await keys.type("Same\nbecause\n\n\n")
            assert "1 row in edition 2, Same: draft" in keys.text()

    asyncio.run(work())
