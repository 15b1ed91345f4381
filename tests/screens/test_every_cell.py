"""The cells of the businesses of management, all of them: alive by a run that a key opens, or empty for a reason that
is said."""

from __future__ import annotations

import asyncio

from boss_tui.catalogue import COMPONENTS
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.locale import words
from boss_tui.management.subjects import MODULES
from boss_tui.matrix import Cell
from boss_tui.start.app import BossApp
from data.demo_staff import PASSWORD
from screens.matrix import ActScreen, MatrixRowScreen
from tests.driver import Keys, at_desk
from tests.head_office import KEY, MAKER, HeadOffice

speak = words("zh_CN")
LOOKED_AT = ("alive", "empty")


def test_each_is_alive_by_a_run_that_a_key_opens_or_empty_for_a_reason(head_office: HeadOffice) -> None:
    for code in MODULES:
        head_office.in_force(code)
        head_office.tried(code)
    rows = head_office.maker.lookups.matrix_of(list(MODULES))
    assert [cell.code for row in rows.values() for cell in row] == [f"{m}-{c}" for m in MODULES for c in COMPONENTS]
    assert {cell.code: cell.state for row in rows.values() for cell in row if cell.state not in LOOKED_AT} == {}

    async def work() -> None:
        desk = offices.desk(Office(head_office.store, KEY))
        async with at_desk(BossApp(lambda: desk), (120, 40)) as keys:
            await keys.type(f"{MAKER}\n{PASSWORD}\nmatrix\n")
            for code, row in rows.items():
                await keys.type(f"{code}\n")
                assert isinstance(keys.app.screen, MatrixRowScreen), (code, keys.text())
                opened: set[str] = set()
                for cell in row:
                    if cell.state == "empty" or cell.serial not in opened:  # each run once, each reason
                        await looked_at(keys, cell)
                    opened.add(cell.serial)
                    await keys.press("down")
                await keys.press("f3", *["backspace"] * len(code))

    asyncio.run(work())


async def looked_at(keys: Keys, cell: Cell) -> None:
    """The cell under the cursor: Enter opens its run, or says why there is none."""
    await keys.press("enter")
    if cell.state == "alive":
        screen = keys.app.screen
        assert isinstance(screen, ActScreen), (cell, keys.text())
        assert (screen.act.serial, screen.act.business) == (cell.serial, cell.code.rpartition("-")[0])
        component = cell.code.rpartition("-")[2]
        assert any(speak(what).split()[0] == component for what, _ in screen.act.used), cell
        assert cell.serial in keys.text()
        await keys.press("f3")
    else:
        assert speak(cell.reason) in keys.text().splitlines()[-2], (cell, keys.text())
