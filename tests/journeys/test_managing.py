"""Management by keys at the office: a list, rows changed, an edition submitted and approved by another, a file."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from boss_tui.components.paper_layouts.layouts import shipped_text
from boss_tui.desk.station import Files
from boss_tui.editions.lines import RowEdit
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.start.app import BossApp
from boss_tui.sync.keys import make_key
from data.message import Message, say
from data.states import state_name
from data.tables.edition import Edition
from screens.manage.row import RowScreen
from screens.manage.rows import RowsScreen
from screens.manage.text import TextDialog
from tests.boss_tui.editions.office import CHECKER, MAKER, PASSWORD, THIRD, Desk
from tests.driver import Keys, at_desk


@asynccontextmanager
async def at_work(
    stage: Desk, folder: Path, staff_no: str, language: str = "en", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Keys]:
    """The program at the office with somebody signed on."""
    desk = offices.desk(Office(stage.store, make_key(folder / f"{staff_no}-{len(list(folder.iterdir()))}.key")))
    desk.seat.files = Files(folder)
    async with at_desk(BossApp(lambda: desk, language=language), size) as keys:
        await keys.type(f"{staff_no}\n{PASSWORD}\n")
        if keys.app.words.language != language:
            await keys.press("ctrl+t")  # who signs on has a language of their own
        yield keys


def lines(keys: Keys) -> list[str]:
    return [line.strip() for line in keys.text().splitlines() if line.strip()]


def rows(keys: Keys) -> RowsScreen:
    screen = keys.app.screen
    assert isinstance(screen, RowsScreen), keys.text()
    return screen


def test_a_list_is_paged_filtered_sorted_and_marked(stage: Desk, tmp_path: Path) -> None:
    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await keys.type("m6\n")
            assert "62 rows" in keys.text()
            there = [row.key[0] for row in rows(keys).grid.rows_shown]
            await keys.press("pagedown")
            after = [row.key[0] for row in rows(keys).grid.rows_shown]
            assert (there + after)[2:6] == ["R00", "R01", "R02", "R03"]
            assert after[0] == f"R{len(there) - 2:02}"
            await keys.press("pageup", "down", "down", "insert")
            await keys.type("amount>57")
            assert "62 rows, 2 fit, 1 marked" in keys.text()
            await keys.press("insert", "ctrl+right", "ctrl+right", "ctrl+right", "ctrl+down")
            assert [row.key[0] for row in rows(keys).grid.rows_shown] == ["R59", "R58"]
            await keys.type("!")
            assert "An amount in yuan" in keys.text()
            await keys.press("escape", "ctrl+end")
            here = rows(keys).grid.here
            assert here is not None
            assert here.values["amount"] == 0
            assert rows(keys).grid.marked == {("R00",), ("R58",)}

    asyncio.run(work())


def test_a_row_is_changed_submitted_and_approved_by_another(stage: Desk, tmp_path: Path) -> None:
    async def make() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await keys.type("M6/price\n")
            await keys.press("enter")
            assert isinstance(keys.app.screen, RowScreen)
            await keys.press(*["down"] * 8)
            await keys.type("12.345\n")
            assert "An amount in yuan" in lines(keys)[-2]
            await keys.type("12.50\n")
            assert "now: 10.00" in keys.text()
            await keys.press("f10")
            await keys.type("Dearer\nbecause\n\n\n")
            assert "1 row into edition 2." in keys.text()
            assert "~2 3001" in keys.text()
            await keys.press("enter")
            assert "edition 2 Dearer" in keys.text()
            await keys.press("f3")
            await keys.type("rank>58")
            await keys.press("insert", "insert", "f4")
            await keys.type("Change all\n")
            await keys.press(*["down"] * 9)
            await keys.type("90")
            await keys.press("f10")
            assert "R58, R59" in keys.text()
            await keys.press("f10")  # the same key is no yes
            assert "Change these rows?" in keys.text()
            await keys.press("y")
            await keys.press("f10")
            assert "-> 12.50" in keys.text()
            await keys.press("f10")
            await keys.press("f10")
            assert "waits for approval" in keys.text()
            await keys.press("f10")
            assert "Nothing is to be done" in keys.text()

    async def check() -> None:
        async with at_work(stage, tmp_path, CHECKER) as keys:
            assert "1 edition waits for you" in keys.text()
            await keys.type("gl\n\n\n")
            assert "-> 12.50" in keys.text()
            await keys.press("f10")
            await keys.press("f10")
            assert "in force" in lines(keys)[-2]
            await keys.press("f3", "f3")
            await keys.type("m6/price\n")
            await keys.press("enter", "f3", "f4", "3")
            assert "edition 2 Dearer" in keys.text()
            assert "by 3001 3001, approved by 3002 3002" in keys.text()

    asyncio.run(make())
    asyncio.run(check())
    assert stage.price() == 1250


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_file_is_looked_at_error_by_error_and_its_good_rows_taken(stage: Desk, tmp_path: Path, language: str) -> None:
    file = tmp_path / "in.csv"
    file.write_text("id,amount,rank\nP1,15,\nP2,x,\nR00,1,\nR01,z,-5\n", "utf-8")

    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await keys.type("m6\n")
            await keys.press("f4", "7")
            await keys.type(f"{file}\n\n")
            await keys.idle()
            assert "UTF-8" in keys.text()
            assert "[x]" in keys.text()
            await keys.press("f7")
            assert "[z]" in next(line for line in lines(keys) if line.startswith(">"))
            await keys.press("f10")
            await keys.type("A\nB\n\n")
            assert ("2 rows are wrong" if language == "en" else "有 2 行错误") in keys.text()
            await keys.press("f4", "enter")
            await keys.type("A\nB\n\n")
            for _ in range(50):
                await keys.idle()
                if not keys.app.besides:
                    break
                await asyncio.sleep(0.02)
            await keys.press("f5")
            assert keys.text().count("~2 3001") == 2

    asyncio.run(work())


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_second_editor_is_told_and_an_overtaken_edition_is_based_anew(
    stage: Desk, tmp_path: Path, language: str
) -> None:
    def sees(keys: Keys, template: str, **values: object) -> bool:
        return keys.app.words(Message(template, values)) in keys.text()

    async def change(keys: Keys, yuan: str, title: str) -> None:
        await keys.type("M6/price\n")
        await keys.press("ctrl+right", "ctrl+right", "ctrl+right", "enter")
        await keys.type(yuan)
        await keys.press("f10")
        await keys.type(f"{title}\nbecause\n\n\n")

    async def first() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await change(keys, "12.50", "Mine")
            await keys.press("f10")
            await keys.press("f10")
            await keys.press("f10")
            assert sees(keys, "waits for approval")

    async def second() -> None:
        async with at_work(stage, tmp_path, CHECKER, language) as keys:
            await keys.type("M6/price\n")
            await keys.press("enter")
            assert "3001" in keys.text()
            assert sees(keys, "No other edition is at this row.") is False
            await keys.press("f6", "enter")
            assert sees(
                keys,
                "Edition {number}: {state}, by {author}, from {day}",
                number=2,
                state=state_name("submitted"),
                author=f"{MAKER} {MAKER}",  # their name here
                day=say("its approval"),
            )
            assert re.search(rf"{keys.app.words('Edition title')} +Mine$", keys.text(), re.MULTILINE)
            await keys.press("f3", "f3", "f3")
            await change(keys, "11", "Theirs")
            await keys.press("f10")
            await keys.press("f10")
            await keys.press("f10")
            assert sees(keys, "This can't be")  # the same field, from the same date: whose it is, and what to do
            assert "3001" in keys.text()
            await keys.press("escape", "f3", "f3")
            await keys.type("gl\n\n\n")
            await keys.press("f4")
            await keys.type(keys.app.words("Reject") + "\n")
            await keys.type("too dear\n")
            await keys.press("f3", "f3", "f3")
            await keys.type("m6/price\n")
            await keys.press("f10")
            await keys.press("f10")
            await keys.press("f10")
            assert sees(keys, "waits for approval")

    async def overtaken() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            assert sees(keys, "{n} of your editions came back: rejected, overtaken or failed", n=1)
            await keys.type("gl\n\n\n")
            await keys.press("f10")
            await keys.press("f10")
            assert sees(keys, "in force")
            await keys.press("f3")
            await keys.type("Mine\n")
            assert "too dear" in keys.text()
            await keys.press("f10")
            assert sees(keys, "this edition's: {value}", value="12.50")
            assert sees(keys, "as it stands, by {who}: {value}", who="3002 #3", value="11.00")
            await keys.press("enter")
            assert "11.00" in keys.text()
            assert "-> 12.50" in keys.text()
            await keys.press("f10")
            await keys.press("f10")
            assert sees(keys, "waits for approval")

    for work in (first, second, overtaken):
        asyncio.run(work())
    assert stage.price() == 1100


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_an_edition_that_an_emergency_overtook_goes_stale_at_its_approval_and_is_based_anew(
    stage: Desk, tmp_path: Path, language: str
) -> None:
    def sees(keys: Keys, template: str, **values: object) -> bool:
        return keys.app.words(Message(template, values)) in keys.text()

    async def change(keys: Keys, yuan: str, title: str) -> None:
        await keys.type("m6/price\n")
        await keys.press("ctrl+right", "ctrl+right", "ctrl+right", "enter")
        await keys.type(yuan)
        await keys.press("f10")
        await keys.type(f"{title}\nbecause\n\n\n")
        await keys.press("f10")  # look at the edition

    async def submitted() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            await change(keys, "12.50", "Mine")
            await keys.press("f10")
            await keys.press("f10")
            assert sees(keys, "waits for approval")

    async def emergency() -> None:
        async with at_work(stage, tmp_path, THIRD, language) as keys:
            await change(keys, "11", "Urgent")
            await keys.press("f4")
            await keys.type(keys.app.words("An emergency: let it count at once, unapproved") + "\n")
            assert sees(keys, "An emergency?")
            await keys.press("y")
            assert sees(keys, "Edition {number}: {state}.", number=3, state=state_name("in_force"))

    async def approving() -> None:
        async with at_work(stage, tmp_path, CHECKER, language) as keys:
            assert sees(keys, "{n} {n:edition waits|editions wait} for you: manage (gl)", n=1)
            assert sees(keys, "{n} {n:emergency|emergencies} to be reviewed: manage (gl)", n=1)
            await keys.type("gl\n\n")
            await keys.type("Mine\n")
            assert "10.00" in keys.text()
            assert "11.00" in keys.text()  # what moved meanwhile is shown before anybody says yes
            await keys.press("f10")
            await keys.press("f10")
            assert sees(keys, "Edition {number}: {state}.", number=2, state=state_name("stale"))
            await keys.press("f10")
            assert sees(keys, "Nothing is to be done now ({state}).", state=state_name("stale"))

    async def anew() -> None:
        async with at_work(stage, tmp_path, MAKER, language) as keys:
            assert sees(keys, "{n} of your editions came back: rejected, overtaken or failed", n=1)
            await keys.type("gl\n\n")
            await keys.type("Mine\n")
            await keys.press("f10")
            assert sees(keys, "this edition's: {value}", value="12.50")
            assert sees(keys, "as it stands, by {who}: {value}", who=f"{THIRD} #3", value="11.00")
            await keys.press("enter")
            await keys.press("f10")
            await keys.press("f10")
            assert sees(keys, "waits for approval")

    async def approved() -> None:
        async with at_work(stage, tmp_path, CHECKER, language) as keys:
            await keys.type("gl\n\n")
            await keys.type("Mine\n")
            assert "-> 12.50" in keys.text()
            await keys.press("f10")
            await keys.press("f10")
            assert sees(keys, "Edition {number}: {state}.", number=2, state=state_name("in_force"))

    for work, price in ((submitted, 1000), (emergency, 1100), (approving, 1100), (anew, 1100), (approved, 1250)):
        asyncio.run(work())
        assert stage.price() == price, work.__name__


def test_a_file_goes_into_the_edition_that_is_open_or_into_a_new_one(stage: Desk, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("id,amount\nP1,15\nR00,1\n", "utf-8")

    async def take(keys: Keys) -> None:
        await keys.press("f4", "7")
        await keys.type(f"{file}\n\n")
        await keys.idle()
        await keys.press("f10")

    async def taken(keys: Keys) -> None:
        for _ in range(500):
            await keys.idle()
            if not keys.app.besides:
                return
            await asyncio.sleep(0.02)

    async def work() -> None:
        async with at_work(stage, tmp_path, MAKER) as keys:
            await keys.type("m6/price\n")
            await keys.press("enter", *["down"] * 8)
            await keys.type("12.50")
            await keys.press("f10")
            await keys.type("Mine\nbecause\n\n\n")
            await take(keys)
            assert "Into edition 2 Mine" in keys.text()
            await keys.press("escape")
            await keys.press("f10")
            await keys.press("enter")
            await taken(keys)
            await keys.press("f5")
            assert keys.text().count("~2 3001") == 2
            await take(keys)
            assert "imported" in keys.text()  # the same file once more
            await keys.press("f10")
            await keys.press("down", "enter")
            await keys.type("Other\nbecause\n\n")
            await taken(keys)

    asyncio.run(work())
    with stage.store.reading() as reading:
        drafts = {each.number: each.title for each in reading.all(Edition, state="draft")}
    assert drafts == {2: "Mine", 3: "Other"}


def test_what_would_come_of_a_row_stands_beside_it_or_a_key_away(stage: Desk, tmp_path: Path) -> None:
    async def work(size: tuple[int, int]) -> None:
        async with at_work(stage, tmp_path, MAKER, size=size) as keys:
            await keys.type("m6/price\n")
            await keys.press("ctrl+right", "ctrl+right", "ctrl+right", "enter")
            await keys.type("77.70")
            screen = keys.app.screen
            assert isinstance(screen, RowScreen)
            assert screen.beside.display is (size[0] > 100)
            await keys.press("down")
            if size[0] > 100:
                await screen._show_ahead()
                assert "What would come of it (F9)" in keys.text()
            else:
                await keys.press("f9")
            assert "P1: card: R59 goes first" in keys.text()  # another rule counts: it is seen before it is submitted
            assert "R59: card" in keys.text()

    for size in ((80, 24), (120, 40)):
        asyncio.run(work(size))
    with stage.store.reading() as reading:
        assert [each.number for each in reading.all(Edition)] == [1]  # of the stage itself


def test_a_layout_is_edited_beside_the_paper_that_comes_of_it(stage: Desk, tmp_path: Path) -> None:
    text = shipped_text("void_sheet")
    stage.approved(RowEdit("paper_layout", ("L1",), "add", {"kind": "void_sheet", "layout": text}))

    async def work(size: tuple[int, int]) -> None:
        async with at_work(stage, tmp_path, MAKER, size=size) as keys:
            await keys.type("m9\n")
            await keys.press("enter", "down", "down", "f4")
            dialog = keys.app.screen
            assert isinstance(dialog, TextDialog)
            assert dialog.beside.display is (size[0] > 100)
            await keys.type("text: {nobody}\n")
            await keys.press("f9")
            await keys.idle()
            assert "Fault: Line 1, column 7: There is no field" in keys.text()
            if size[0] < 100:
                await keys.press("f9")  # the text again
            await keys.press("up", "home", "ctrl+k")
            await keys.type("text: spoilt")
            await keys.press("f9")
            await keys.idle()
            assert "58 mm, English" in keys.text()
            assert "spoilt" in keys.text()
            await keys.press("f10")
            screen = keys.app.screen
            assert isinstance(screen, RowScreen)
            assert screen.panel.fields["layout"].value.startswith("text: spoilt⏎")

    for size in ((80, 24), (120, 40)):
        asyncio.run(work(size))
