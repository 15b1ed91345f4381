"""Where people stumbled who managed for the first time: what they were not told, is told where they look."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from data.message import Message, say
from data.tables.tariff import PriceRule
from tests.boss_tui.editions.office import CHECKER, MAKER, THIRD, TODAY, Desk
from tests.driver import Keys
from tests.journeys.test_managing import at_work

AMOUNT, PRODUCT = 3, 4
"""Columns of the list of prices, from its first."""
LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])


def sees(keys: Keys, template: str, **values: object) -> bool:
    """Whether something is told, on however many lines."""
    return "".join(keys.app.words(Message(template, values)).split()) in "".join(
        keys.text().translate({ord("│"): None}).split()
    )


async def price(keys: Keys, rule: str, column: int, typed: str, title: str = "") -> None:
    """A price rule with something else in a column, into the open draft or a new one."""
    await keys.type("m6/price\n")
    await keys.type(rule)
    await keys.press(*["ctrl+right"] * column, "enter")
    await keys.type(typed)
    await keys.press("f10")
    if title:
        await keys.type(f"{title}\nbecause\n\n\n")


def amount(stage: Desk, rule: str) -> int:
    """What a rule charges, in fen."""
    with stage.store.reading() as reading:
        return reading.one(PriceRule, id=rule).amount


@LANGUAGES
def test_that_two_people_must_approve_is_said_from_the_first_look_on(
    stage: Desk, tmp_path: Path, language: str
) -> None:
    two = say("A price falls by {percent} %: two people approve it.", percent=50)

    async def make() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await price(keys, "R59", AMOUNT, "29.50", "Half")
            assert sees(keys, two.template, **two.values)  # as it is put into the draft
            await keys.press("f10")
            assert sees(keys, "two people")  # in the draft
            await keys.press("f10")
            assert sees(keys, "Submit?")
            assert sees(keys, two.template, **two.values)
            assert sees(keys, "59.00 -> 29.50")
            await keys.press("f10")
            assert sees(keys, "waits for approval")

    async def check(staff_no: str) -> None:
        async with at_work(stage, tmp_path, staff_no, language) as keys:
            await keys.type("gl\n\n\n")
            await keys.press("f10")
            assert sees(keys, "Approve?")
            assert sees(keys, two.template, **two.values)
            assert sees(keys, "59.00 -> 29.50")
            await keys.press("f10")

    asyncio.run(make())
    asyncio.run(check(CHECKER))
    assert amount(stage, "R59") == 5900
    asyncio.run(check(THIRD))
    assert amount(stage, "R59") == 2950


def test_what_would_refuse_a_draft_is_said_before_it_is_submitted(stage: Desk, tmp_path: Path) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await price(keys, "P1", AMOUNT, "12", "Dearer")
            await keys.press("f10")
            assert sees(keys, "one other person")
            await keys.press("f3", "f3", "f3")
            await price(keys, "P2", PRODUCT, "NONE")
            await keys.press("f10")
            assert sees(keys, "There is no {row} on {day}.", row="product NONE", day=TODAY)
            assert not sees(keys, "one other person")

    asyncio.run(work())


def test_a_question_shows_the_first_lines_of_many(stage: Desk, tmp_path: Path) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await keys.type("m6/price\n")
            await keys.type("rank>40")
            await keys.press(*["insert"] * 10, "f4")
            await keys.type("Change all\n")
            await keys.press(*["down"] * 8)
            await keys.type("99")
            await keys.press("f10")
            await keys.press("y")
            await keys.type("Many\nbecause\n\n\n")
            await keys.press("f10", "f10")
            assert sees(keys, "100 -> 99")
            assert sees(keys, "and {n} {n:line|lines} more (Esc: all of them)", n=12)

    asyncio.run(work())
