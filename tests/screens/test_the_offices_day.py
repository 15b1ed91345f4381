"""The office goes on to the calendar's business date in one step: what was approved for it comes into force."""

from __future__ import annotations

import asyncio

import pytest

from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.start.app import BossApp
from data.clock import SeededClock
from data.demo.hall import OFFICE
from data.demo_staff import PASSWORD
from data.errors import NotAllowed
from data.tables.finance import BusinessDay
from tests.driver import at_desk
from tests.hall import Hall
from tests.head_office import KEY, MAKER, HeadOffice

LATER = "2026-11-25"


def a_day_later(office: HeadOffice) -> None:
    clock = office.store.clock
    assert isinstance(clock, SeededClock)
    clock.move(hours=48)


def dates(office: HeadOffice) -> list[tuple[str, str]]:
    days = office.rows(BusinessDay, outlet=OFFICE, order=("business_date",))
    return [(day.business_date, day.state) for day in days]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_is_one_key_and_a_yes(head_office: HeadOffice, language: str) -> None:
    made = head_office.made("M3.1", effective_from=LATER)
    head_office.checker.editions.approve(made.edition.id)
    (first,) = dates(head_office)
    a_day_later(head_office)

    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            if language == "en":
                await keys.press("ctrl+t")
            assert {"zh_CN": "qt、1 换日", "en": "qt, 1 goes on to it"}[language] in keys.text()
            await keys.type("qt\n1")
            assert dates(head_office) == [first]
            await keys.type("y")
            assert {"zh_CN": "营业日 2026-11-25 已开", "en": "Business date 2026-11-25 is open."}[
                language
            ] in keys.text()
            assert LATER in keys.text().splitlines()[0]
            assert "goes on" not in keys.text()
            assert "换日" not in keys.text()

    asyncio.run(work())
    assert dates(head_office) == [(first[0], "closed"), (LATER, "open")]
    assert head_office.maker.editions.show(made.edition.id).edition.state == "in_force"
    assert head_office.is_sound()


def test_nothing_is_done_where_the_date_is_the_calendars(head_office: HeadOffice) -> None:
    before = dates(head_office)
    assert head_office.maker.day.ahead() == ""
    with pytest.raises(NotAllowed):
        head_office.maker.day.go_on()
    assert dates(head_office) == before


def test_a_hall_counts_its_tills_first(hall: Hall) -> None:
    with pytest.raises(NotAllowed, match="counts its tills"):
        hall.desk.day.go_on()


def test_deeds_with_an_edition_are_told_in_words(head_office: HeadOffice) -> None:
    made = head_office.made("M3.1")
    head_office.checker.editions.approve(made.edition.id)
    view = head_office.checker.editions.show(made.edition.id)
    assert [str(act.what) for act in view.acts] == ["Edition submitted", "Edition approved"]
    assert [act.who for act in view.acts] == ["3001 顾文清", "3002 陆明远"]

    async def look() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk), (120, 40)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            await keys.press("ctrl+t")
            await keys.type("gl\n\n\n")
            assert "by 3001 顾文清" in keys.text()
            assert "3002 陆明远" in keys.text()
            await keys.press("f4")
            await keys.type("Who did\n")
            assert "2026-11-23" in keys.text()
            assert "3002 陆明远: Edition approved" in keys.text()

    asyncio.run(look())


def test_a_history_says_of_which_row(head_office: HeadOffice) -> None:
    async def look() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            await keys.press("ctrl+t")
            await keys.type("M3.1/category\nstudent")
            await keys.press("f4", "3")
            assert "History of customer category student Student" in keys.text(), keys.text()

    asyncio.run(look())
