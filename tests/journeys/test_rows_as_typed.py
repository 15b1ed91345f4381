"""What is wrong with a row is told beside the field where it was typed, before it is in an edition."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from data.message import Message, say
from data.table_words import no_such
from data.tables.edition import Edition, EditionLine
from screens.manage.editions import EditionScreen
from screens.manage.row import NewRowScreen, RowScreen
from screens.manage.trying import TryScreen
from tests.boss_tui.editions.office import MAKER, Desk
from tests.driver import Keys
from tests.journeys.test_managing import at_work
from tests.journeys.test_newcomers import AMOUNT, LANGUAGES, PRODUCT, price, sees


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
            await keys.press(*["down"] * (AMOUNT + 2))  # passed over, it is told when the row is to go in
            await keys.type("7")
            await keys.press("f10")
            assert beside(keys, "category") == say("{told} F4 lists them.", told=no_such("category", "studnet"))
            await keys.press("delete")
            await keys.press("f10")
            await keys.type("Plan\nbecause\n\n\n")
            into = {"n": 1, "number": 2}
            assert sees(keys, "{n} {n:row|rows} into edition {number}.", **into)

    asyncio.run(work())
    with stage.store.reading() as reading:
        (made,) = reading.all(Edition, state="draft")
        assert [line.table_name for line in reading.all(EditionLine, edition=made.id)] == ["price_rule"]


def test_what_would_refuse_the_edition_is_told_once_and_the_same_key_puts_it_in(stage: Desk, tmp_path: Path) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await price(keys, "P1", PRODUCT, "")  # the product: the same as P1's without one
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
            assert "1 row into edition 2." in keys.text()

    asyncio.run(work())


def test_why_nothing_can_be_seen_ahead_of_a_row_stands_beside_its_field(stage: Desk, tmp_path: Path) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await new_price(keys, "fee", "C1", "PLAN", "", "", "", "", "", "5")
            screen = keys.app.screen
            assert isinstance(screen, NewRowScreen)
            screen.panel.focus_on("id")
            await keys.type("P2")
            await keys.press("f9")
            assert "P2 is there already: change it." in str(beside(keys, "id"))

    asyncio.run(work())


@LANGUAGES
def test_a_price_for_some_days_says_what_counts_before_meanwhile_and_after(
    stage: Desk, tmp_path: Path, language: str
) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await new_price(keys, "", "fee", "C1", "PLAN", "", "", "", "20261201", "20261231", "5", "", "", "", "", "1")
            await keys.press("f9")
            usual = say("{amount}, by {rule}", amount=say("{yuan} yuan", yuan="20.00"), rule="P2")
            assert sees(keys, "{label}: {value}", label=say("Until {day}", day="2026-11-30"), value=usual)
            held = say("From {first} until {last}", first="2026-12-01", last="2026-12-31")
            assert sees(keys, "{label}: {value}", label=held, value=say("{yuan} yuan", yuan="5.00"))
            after = say("Afterwards, from {first} on", first="2027-01-01")
            assert sees(keys, "{label}: {value}", label=after, value=usual)
            assert not sees(keys, "not on this date")  # it is tried on its first day
            await keys.press("escape", "f10")
            await keys.type("Less\nbecause\n\n\n")
            assert "5.00" in keys.text()  # the price is in the list beside what is pending
            assert sees(keys, "new ~{number} {author}", number=2, author=MAKER)
            assert not re.search(r"[0-9a-f]{8}-", keys.text())  # nobody calls a row by a key that nobody typed
            await keys.press("f10")
            assert not re.search(r"[0-9a-f]{8}-", keys.text())
            assert sees(keys, "{label}: {value}", label=after, value=usual)  # in the edition that is decided, too
            await keys.press("f10")
            assert sees(keys, "{label}: {value}", label=held, value=say("{yuan} yuan", yuan="5.00"))  # in the question

    asyncio.run(work())


@LANGUAGES
def test_a_product_begins_with_what_matters_and_its_sections_are_a_key_away(
    stage: Desk, tmp_path: Path, language: str
) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await keys.type("m4/product\n")
            await keys.press("f4", "1", "enter")
            screen = keys.app.screen
            assert isinstance(screen, NewRowScreen)
            names = ["name_en", "name_zh"] if language == "en" else ["name_zh", "name_en"]
            assert screen.panel.order()[:5] == ["code", *names, "kind", "pay_type"]
            for key, field in (("pagedown", "categories"), ("pagedown", "sim_kinds"), ("pageup", "categories")):
                await keys.press(key)
                assert screen.panel.current == field
            await keys.press("pageup")
            await keys.type("NEW\n\n新\n" if language == "en" else "NEW\n新\n")
            await keys.press("f9")
            assert sees(keys, "{label}: {value}", label=say("Sold"), value="NEW 新")
            await keys.press("escape")
            await keys.press("f10")
            await keys.type("New\nbecause\n\n\n")
            await keys.press("f10")
            await keys.press("f3", "f3", "f3")
            assert sees(keys, "Your drafts: {n} (F10)", n=1)
            await keys.press("f10")
            assert isinstance(keys.app.screen, EditionScreen)

    asyncio.run(work())


@LANGUAGES
def test_a_rate_says_its_measure_beside_its_fields(stage: Desk, tmp_path: Path, language: str) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await keys.type("m6/plan_rate\n")
            await keys.press("f4", "1", "enter")
            await keys.type("PLAN\nvoice\n")
            await keys.press("delete", "down")
            assert sees(keys, "such as 2 min")
            await keys.press("up")
            await keys.type("6000\n60\n")
            assert sees(keys, "{n} min", n=100)
            assert sees(keys, "yuan for each begun: {unit}", unit=say("{n} min", n=1))

    asyncio.run(work())


def test_what_was_tried_scrolls_and_goes_when_something_else_is_asked(stage: Desk, tmp_path: Path) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await keys.type("m6\n")
            await keys.press("f9")
            screen = keys.app.screen
            assert isinstance(screen, TryScreen)
            await keys.type("C1")
            await keys.press("f9")
            assert screen.shown.max_scroll_y > 0
            assert "PgDn, PgUp" in keys.text()
            before = keys.text()
            await keys.press("pagedown")
            assert screen.shown.scroll_y > 0
            assert keys.text() != before
            await keys.press("down")
            await keys.type("P")
            assert screen.found.facts is None
            assert "work it out anew" in keys.text()

    asyncio.run(work())


@LANGUAGES
def test_what_is_taken_from_a_list_leads_on_and_a_long_text_is_read_from_its_beginning(
    stage: Desk, tmp_path: Path, language: str
) -> None:
    name = "name_en" if language == "en" else "name_zh"
    long = "开头" + "一二三四五六七八九十" * 5

    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await new_price(keys)
            await keys.press("f4", "enter")  # the first of the charge items
            screen = keys.app.screen
            assert isinstance(screen, NewRowScreen)
            assert (screen.panel.current, screen.panel.fields["item"].value) == ("business", "card")
            await keys.type("C1\n")
            assert screen.panel.fields["business"].value == "C1"
            await keys.press(*["down"] * 9)
            assert screen.panel.current == name
            await keys.type(long)
            field = screen.panel.fields[name]
            assert field.cursor_position == len(long)
            await keys.press("down", "up")
            assert (field.cursor_position, field.selected_text) == (0, long)
            await keys.type("短")  # over all of it
            assert screen.panel.fields[name].value == "短"
            await keys.press("down", "up", "end")
            await keys.type("文")
            assert screen.panel.fields[name].value == "短文"

    asyncio.run(work())
