"""Every business of management on the screen: its lists open by its code, and a new row of each can be typed."""

from __future__ import annotations

import asyncio
import hashlib
from itertools import takewhile
from pathlib import Path

import pytest

from boss_tui.desk.station import Files
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.locale import words
from boss_tui.management.subjects import MODULES, subject
from boss_tui.start.app import BossApp
from data.demo_staff import PASSWORD
from screens import terminal
from screens.dialogs.dialog import Destroy
from screens.dialogs.pick_list import PickList
from screens.manage.life import LifeScreen
from screens.manage.people import Told
from screens.manage.row import NewRowScreen, RowScreen
from screens.manage.rows import RowsScreen
from screens.widgets.listing import HEADING
from tests.driver import at_desk
from tests.head_office import CHECKER, KEY, MAKER, HeadOffice

HEADING_OF_LISTS = "op,document_kind,document_number,name,reason,basis,valid_from,valid_to"


@pytest.mark.parametrize("code", MODULES)
def test_its_lists_and_forms_open(head_office: HeadOffice, code: str) -> None:
    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            for entity in subject(code).entities:
                await keys.type(f"{code}/{entity.name}\n")
                assert isinstance(keys.app.screen, RowsScreen), (entity.name, keys.text())
                await keys.press("f4")
                menu = keys.app.screen
                assert isinstance(menu, PickList)
                acts = list(takewhile(lambda line: line.style != HEADING, menu.listing.items))
                assert all(map(menu.listing.key_of, acts)), (entity.name, len(acts))
                await keys.press("enter")
                opens = NewRowScreen if entity.stock is None else LifeScreen
                assert isinstance(keys.app.screen, opens), (entity.name, keys.text())
                if entity.stock is None:
                    assert words("zh_CN")(entity.columns[0].label) in keys.text()
                await keys.press("f3", "f3")

    asyncio.run(work())


def test_a_sign_within_a_word_narrows_a_menu_and_takes_no_act(head_office: HeadOffice) -> None:
    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            await keys.press("ctrl+t")
            await keys.type("M7/operator\n")
            await keys.press("f4")
            await keys.type("one-time")
            menu = keys.app.screen
            assert isinstance(menu, PickList), keys.text()
            assert len(menu.listing.items) >= 1, keys.text()
            assert "One-time password" in keys.text()

    asyncio.run(work())


def test_the_readers_language_comes_first_in_an_editor_and_what_is_typed_stays(head_office: HeadOffice) -> None:
    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nM5/number_group\n\n银龄")
            fields = [line.split()[0].lstrip(">") for line in keys.text().splitlines() if "文名称" in line]
            assert fields == ["中文名称", "英文名称"], keys.text()
            await keys.press("ctrl+t")
            lines = [line for line in keys.text().splitlines() if " name" in line]
            assert [line.split()[0].lstrip(">") for line in lines[-2:]] == ["English", "Chinese"], keys.text()
            assert "银龄" in lines[-1]
            await keys.press("up")
            assert keys.text().count(">English name") == 1, keys.text()

    asyncio.run(work())


def test_what_was_wrong_with_a_trial_goes_once_it_is_tried(head_office: HeadOffice) -> None:
    """The product is needed: said beside its field and below, and no more once there is an answer."""

    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nM4\n")
            await keys.press("f9", "ctrl+u", "f9")  # the marked row's own answer stands there at first
            assert keys.text().count("本栏必填") == 2, keys.text()
            await keys.type("P58")
            await keys.press("f9")
            assert "P58" in keys.text()
            assert "合计应收" in keys.text()
            assert "本栏必填" not in keys.text(), keys.text()

    asyncio.run(work())


def test_keys_ahead_wait_for_the_rows_also_where_a_list_is_long_in_being_drawn(
    head_office: HeadOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter opens the first row, and what follows goes into its form, never into the list's filter."""

    async def undrawn(_: object) -> None:
        """Of a machine that is too busy to paint in time."""

    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            monkeypatch.setattr(terminal, "refreshed", undrawn)
            await keys.type("M6\n\n7")
            assert isinstance(keys.app.screen, RowScreen), keys.text()
            (field,) = (each for each in keys.app.screen.panel.fields.values() if each.has_focus)
            assert field.value == "7"

    asyncio.run(work())


def test_an_empty_list_says_how_a_row_comes_to_be(head_office: HeadOffice) -> None:
    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nM5/number_lock\n")
            assert "还没有记录。F4：新增一行，或从文件导入" in keys.text()
            await keys.type("nobody")
            assert "没有符合筛选的行。Esc：清空筛选" in keys.text()

    asyncio.run(work())


def test_no_key_means_an_act_that_takes_away(head_office: HeadOffice) -> None:
    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nM5/phone_number\n")
            await keys.press("f4")
            assert isinstance(keys.app.screen, PickList)
            listing = keys.app.screen.listing
            acts = {str(line.cells[0]): listing.key_of(line) for line in listing.items if line.style != HEADING}
            assert {told for told, key in acts.items() if not key} == {"Take a lease back", "Withdraw free numbers"}

    asyncio.run(work())


def test_what_is_wrong_in_a_list_of_people_is_told_whole_before_anything_is_asked(
    head_office: HeadOffice, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    people = [f"add,00,{number},张三,欠费,协议,2026-11-01," for number in ("1", "2")]
    body = "\n".join((HEADING_OF_LISTS, *people, "")).encode()
    path.write_bytes(f"#LIST,own,black,full,1,2,{hashlib.sha256(body).hexdigest()}\n".encode() + body)

    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        desk.seat.files = Files(tmp_path)
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nM3.2/listed_person\n")
            await keys.press("f4")
            await keys.type(f"从文件导入\n{path}\n")
            assert isinstance(keys.app.screen, Told), keys.text()
            assert "有 2 行错误，第一处在第 3 行" in keys.text()
            assert "整份未收；错误清单见" in keys.text()

    asyncio.run(work())


def test_what_is_said_beside_a_code_goes_with_it(head_office: HeadOffice) -> None:
    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nM10\n")
            await keys.press("f9")
            await keys.type("huawei\n")
            assert "华为" in keys.text()
            await keys.press("up", "delete")
            assert "华为" not in keys.text()
            await keys.type("huawei\n")
            assert "华为" in keys.text()

    asyncio.run(work())


def test_dates_stand_in_one_form_however_they_are_typed(head_office: HeadOffice) -> None:
    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nM6\n")
            await keys.press("f4")
            await keys.type("两个日期之间的差异\nno day\n")
            assert isinstance(keys.app.screen, RowsScreen), keys.text()
            assert "20261127" in keys.text()
            await keys.press("f4")
            await keys.type("两个日期之间的差异\n20261101\n")
            assert "2026-11-01 至今天的差异" in keys.text()

    asyncio.run(work())


def test_a_narrow_screen_has_the_name_whole_and_a_wide_one_its_code_too(head_office: HeadOffice) -> None:
    async def look(size: tuple[int, int]) -> str:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk), size) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nM19/parameter\n")
            return keys.text()

    name = "一人一年内可代他人开户的号码数（过户也算）（号码）"
    narrow, wide = (asyncio.run(look(size)) for size in ((80, 24), (120, 40)))
    assert name in narrow
    assert name in wide
    assert "agent_yearly_numbers" not in narrow
    assert "agent_yearly_numbers" in wide


def test_what_differs_stands_row_by_row_and_is_narrowed_by_row_or_field(head_office: HeadOffice) -> None:
    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nM5/number_group\n")
            await keys.press("ctrl+t", "f4")
            await keys.type("differs\n19990101\n")
            assert "Number group G139 Hangzhou 139  new" in keys.text(), keys.text()
            assert "Number group G182 Hangzhou 182  new" in keys.text()
            await keys.type("G182")
            assert "G139" not in keys.text(), keys.text()
            assert "Hangzhou 182\n" in keys.text()
            await keys.press("escape")
            await keys.type("-> Hangzhou 139")
            _, head, *rest = keys.text().split("Number group ")
            assert head.startswith("G139")
            assert [line.split() for line in head.splitlines() if "->" in line] == [
                [">English", "name", "-", "->", "Hangzhou", "139"]
            ], keys.text()
            assert rest == []

    asyncio.run(work())


def test_the_list_of_editions_tells_who_made_and_approved_each(head_office: HeadOffice) -> None:
    maker, checker = head_office.maker, head_office.checker
    made = maker.managing.change("M19/parameter", [("follow_up_days", "")], {"value": "4"}, title="Later", reason="new")
    maker.editions.submit(made.edition.id)
    checker.editions.approve(made.edition.id, checker.editions.show(made.edition.id).seen)
    who = maker.editions.people([made.edition.author, "nobody", ""])
    assert who == {MAKER: f"{MAKER} {who[MAKER].partition(' ')[2]}", "nobody": "nobody"}

    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nM19/parameter\n")
            await keys.press("ctrl+t", "f6")
            (line,) = (line for line in keys.text().splitlines() if "Later" in line)
            (approver,) = checker.editions.people([CHECKER]).values()
            assert approver in line
            assert who[MAKER] in line

    asyncio.run(work())


def test_a_filter_does_not_hide_a_copy_and_an_end_says_that_it_is_drafted_first(head_office: HeadOffice) -> None:
    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            keys.app.speak("en")
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            keys.app.speak("en")
            await keys.type("M4/product\nP58")
            await keys.press("f4")
            await keys.type("End\n")
            assert isinstance(keys.app.screen, Destroy), keys.text()
            assert "It goes into an edition first." in keys.text()
            await keys.press("n", "f4", "2")
            assert isinstance(keys.app.screen, NewRowScreen), keys.text()
            assert keys.app.screen.panel.values()["valid_from"] == ""
            await keys.type("PX58\n")
            await keys.press("f10")
            await keys.type("A copy\nasked for\n\n\n")
            rows = keys.app.screen
            assert isinstance(rows, RowsScreen), keys.text()
            assert rows.entry.value == ""
            assert "PX58" in keys.text()
            assert "into edition" in keys.text()

    asyncio.run(work())


def test_what_somebody_under_the_cursor_still_holds_is_shown_at_once(head_office: HeadOffice) -> None:
    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            keys.app.speak("en")
            await keys.type("M7/operator\n1001")
            await keys.press("f4")
            await keys.type("still hold\n")
            assert isinstance(keys.app.screen, Told), keys.text()

    asyncio.run(work())
