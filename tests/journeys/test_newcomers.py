"""Where people stumbled who managed for the first time: what they were not told, is told where they look."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.locale import LANGUAGES as LANGUAGES_KNOWN
from boss_tui.locale import words
from boss_tui.management.subjects import MODULES, subject
from data.message import Message, say
from data.states import state_name
from data.table_words import row_words
from data.tables.edition import Edition
from data.tables.tariff import PriceRule
from screens.manage.editions import EditionScreen
from screens.manage.explained import of_rows
from screens.manage.row import RowScreen
from screens.manage.trying import TryScreen
from tests.boss_tui.editions.office import CHECKER, MAKER, THIRD, Desk
from tests.driver import Keys
from tests.journeys.test_managing import at_work
from tests.journeys.test_two_managers import Managers
from tests.journeys.world import FACTS, World

ITEM, PRODUCT, AMOUNT = 1, 2, 3
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
            into = say("{n} {n:row|rows} into edition {number}.", n=1, number=2)
            into = say("{told} Two people approve it.", told=into)
            assert sees(keys, "{told} F10: look at it, submit it", told=into)  # as it is put into the draft
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
            await keys.press("f9")  # what waits is tried as it is: of that price, with that edition, at once
            assert isinstance(keys.app.screen, TryScreen)
            assert sees(keys, "{yuan} yuan", yuan="29.50")
            await keys.type("C99\n")  # over what stands there
            await keys.press("f9")
            assert sees(keys, "There is no business {code} here.", code="C99")
            await keys.press("f3", "f10")
            assert sees(keys, "Approve?")
            assert sees(keys, two.template, **two.values)
            assert sees(keys, "59.00 -> 29.50")
            await keys.press("y" if staff_no == THIRD else "f10")
            one, last = Message("{who}", {"who": CHECKER}), Message("{who}", {"who": THIRD})
            if staff_no == THIRD:
                assert sees(keys, "{these}, {one}", these=one, one=last)  # who has, not who is to
            assert sees(keys, "{who}, and another", who=CHECKER) is (staff_no != THIRD)

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
            await price(keys, "P2", ITEM, "card")  # as P1 is
            await keys.press("f10")
            await keys.press("f10")
            assert "price rule P1 holds for the same at the same time" in keys.text()
            assert not sees(keys, "one other person")

    asyncio.run(work())


def test_a_question_shows_the_first_lines_of_many(stage: Desk, tmp_path: Path) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await keys.type("m6/price\n")
            await keys.type("rank>40")
            await keys.press(*["insert"] * 10, "f4")
            await keys.type("Change all\n")
            await keys.press(*["down"] * 9)
            await keys.type("99")
            await keys.press("f10")
            await keys.press("y")
            await keys.type("Many\nbecause\n\n\n")
            await keys.press("f10", "f10")
            assert sees(keys, "100 -> 99")
            assert sees(keys, "and {n} {n:line|lines} more, on the screen behind this", n=16)

    asyncio.run(work())


@LANGUAGES
def test_a_row_that_another_business_begins_is_opened_or_its_edition_shown(
    stage: Desk, tmp_path: Path, language: str
) -> None:
    async def begin(keys: Keys) -> None:
        await keys.type("m4/price\n")
        await keys.press("f4", "1")
        await keys.type("NEW1\ncard\nC1\nPLAN\n\n\n\n\n\n7\n")
        await keys.press("f10")
        await keys.type("Begun in M4\nbecause\n\n\n")

    async def mine() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await begin(keys)
            await keys.press("f3", "f3", "f3")
            await keys.type("m6/price\n")
            await keys.type("NEW1")
            await keys.press(*["ctrl+right"] * AMOUNT, "enter")
            assert isinstance(keys.app.screen, RowScreen)
            assert "Begun in M4" in keys.text()
            await keys.type("8")
            await keys.press("f10")  # into the same edition: it is not asked for another
            assert sees(keys, "{n} {n:row|rows} into edition {number}.", **begun("draft"))
            await keys.press("f10")
            assert isinstance(keys.app.screen, EditionScreen)
            assert "-> 8.00" in keys.text()

    async def anothers() -> None:
        async with at_work(stage, tmp_path, CHECKER, language) as keys:
            await keys.type("m6/price\n")
            await keys.type("NEW1")
            await keys.press("enter")
            assert isinstance(keys.app.screen, EditionScreen)
            assert sees(keys, "{row} is not there yet: edition {number} of {author} ({state}) adds it.", **whose())

    def begun(state: str) -> dict[str, object]:
        return {"n": 1, "number": 2, "title": "Begun in M4", "state": state_name(state)}

    def whose() -> dict[str, object]:
        return {"row": row_words("price_rule", ("NEW1",)), "number": 2, "author": MAKER, "state": state_name("draft")}

    asyncio.run(mine())
    asyncio.run(anothers())
    with stage.store.reading() as reading:
        assert [(each.number, each.subject) for each in reading.all(Edition, state="draft")] == [(2, "M4")]


@LANGUAGES
def test_a_key_lists_days_and_says_what_is_expected_elsewhere(stage: Desk, tmp_path: Path, language: str) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await keys.type("m6/price\n")
            await keys.type("P1")
            await keys.press(*["ctrl+right"] * AMOUNT, "enter", "f4")
            assert sees(keys, "An amount in yuan, such as 50 or 12.50.")
            await keys.press("up", "up", "f4")
            assert sees(keys, "the first day of next month")
            await keys.type(keys.app.words("the first day of next month") + "\n")
            assert "2026-12-01" in keys.text()
            await keys.press("f10", "down", "down", "f4")  # of the edition itself, too
            assert sees(keys, "tomorrow")

    asyncio.run(work())


@LANGUAGES
def test_what_is_tried_is_chosen_from_lists_and_nothing_stands_over_a_refusal(
    stage: Desk, tmp_path: Path, language: str
) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await keys.type("m6/price\n")
            await keys.press("f9", "f4")
            assert keys.app.words(BUSINESS_NAMES["C1"]) in keys.text()
            await keys.type("C1\n")
            await keys.press("f9")
            assert "R59" in keys.text()
            await keys.press("up")  # what was taken from the list led on
            await keys.type("C99\n")
            await keys.press("f9")
            assert sees(keys, "There is no business {code} here.", code="C99")
            assert "R59" not in keys.text()

    asyncio.run(work())


@LANGUAGES
def test_help_says_what_a_list_is_and_what_is_done_with_it(stage: Desk, tmp_path: Path, language: str) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER, language, (120, 40)) as keys:
            await keys.type("m6/price\n")
            await keys.press("f1")
            for told in ("What you do here", "Marks", "Filter", "Try (F9)", "Amount"):
                assert keys.app.words(Message(told)) in keys.text(), told
            assert sees(keys, "An amount in yuan, such as 50 or 12.50.")
            await keys.press("f1", "f6", "f1")
            assert "!!" in keys.text()

    asyncio.run(work())


@pytest.mark.parametrize("code", MODULES)
def test_each_list_of_management_is_explained_by_its_declaration(code: str) -> None:
    for entity in subject(code).entities:
        sections = of_rows(f"{code}/{entity.name}", entity, may_change=True)
        assert [title for title, _ in sections][-len(entity.columns) :] == [column.label for column in entity.columns]
        for title, text in sections:
            for speak in map(words, LANGUAGES_KNOWN):
                assert speak(title)
                assert speak(text), (entity.name, title)


@LANGUAGES
def test_a_hall_that_only_looks_at_a_list_is_offered_nothing_else(world: World, language: str) -> None:
    async def work() -> None:
        async with world.clerk(language) as clerk:
            office = Managers(clerk, language)
            await office.come(FACTS.manager)
            await clerk.type("m6/price\n")
            office.sees("{told} [read only]", told="")
            await clerk.press("f4")
            office.sees("History of this row")
            for made in ("New row", "Copy of this row", "From a file", "Editions"):
                assert not clerk.sees(made), clerk.text()
            await clerk.press("escape", "f10")
            office.sees("Editions are worked on at headquarters' office.")

    asyncio.run(work())
