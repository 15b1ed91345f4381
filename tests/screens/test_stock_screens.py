"""Numbers on the screen by keys: a block made of a segment, its life, more of them from a file; wrong input stays."""

from __future__ import annotations

import asyncio
from pathlib import Path

from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.management.subjects import MODULES, subject
from boss_tui.start.app import BossApp
from data.demo_staff import PASSWORD
from data.tables.job import Job
from data.tables.resource import PhoneNumber
from screens.dialogs.dialog import Destroy
from screens.dialogs.refusing import RefusedDialog
from screens.manage.acting import ActScreen, usual
from screens.manage.files import ImportScreen
from screens.manage.life import LifeScreen
from screens.manage.people import Told
from tests.driver import at_desk
from tests.head_office import KEY, MAKER, HeadOffice

SEGMENT = "1825749"


def missing(office: HeadOffice) -> list[str]:
    there = {row.number for row in office.rows(PhoneNumber, segment=SEGMENT)}
    return [number for n in range(10_000) if (number := f"{SEGMENT}{n:04d}") not in there]


def test_a_block_is_made_by_keys_and_its_life_is_looked_at(head_office: HeadOffice) -> None:
    number = missing(head_office)[0]

    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            await keys.type("M5/phone_number\n")
            await keys.press("f4")
            await keys.type("5")
            assert isinstance(keys.app.screen, ActScreen), keys.text()
            await keys.type("1999999")
            await keys.press("f10")
            assert isinstance(keys.app.screen, ActScreen), keys.text()
            assert "1999999" in keys.text()
            assert not head_office.rows(PhoneNumber, number=number)
            await keys.press("f5")
            await keys.type(SEGMENT)
            await keys.press("f10")
            assert isinstance(keys.app.screen, Destroy), keys.text()
            await keys.press("y")
            assert isinstance(keys.app.screen, Told), keys.text()
            assert "7,000" in keys.text()
            await keys.press("enter")
            await keys.type(number)
            await keys.press("enter")
            assert isinstance(keys.app.screen, LifeScreen), keys.text()
            assert SEGMENT in keys.text()
            assert MAKER in keys.text()

    asyncio.run(work())
    assert head_office.rows(PhoneNumber, number=number)


def test_a_file_is_looked_at_by_keys_and_taken_in(head_office: HeadOffice, tmp_path: Path) -> None:
    good = missing(head_office)[:3]
    file = tmp_path / "numbers.csv"
    file.write_text("number\n" + "\n".join([*good, "123"]) + "\n", "utf-8")

    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\n")
            await keys.type("M5/phone_number\n")
            await keys.press("f4")
            await keys.type("3")
            await keys.type(f"{file}\n")
            assert isinstance(keys.app.screen, ImportScreen), keys.text()
            await asyncio.gather(*keys.app.besides)
            await keys.idle()
            assert "[123]" in keys.text()
            await keys.press("f7", "enter")
            assert isinstance(keys.app.screen, RefusedDialog), keys.text()
            await keys.press("escape", "f10")
            assert not head_office.rows(Job)
            await keys.press("f4", "enter")
            await keys.press("f10")
            await asyncio.gather(*keys.app.besides)

    asyncio.run(work())
    assert [job.state for job in head_office.rows(Job)] == ["done"]
    assert all(head_office.rows(PhoneNumber, number=number) for number in good)


def test_a_field_of_an_act_that_is_empty_by_itself_begins_empty() -> None:
    begun = {act.name: usual(act.form) for code in MODULES for act in subject(code).acts}
    assert begun["lease"]["pieces"] == "1000"
    assert [
        name for name, fields in begun.items() if not {"None", "PydanticUndefined"}.isdisjoint(fields.values())
    ] == []
