"""The cells of the businesses of management in one home: each example by command, submitted and approved; what still
has no run then, tried by keys from the matrix itself; each of the 260 alive by a run that opens from it, or empty."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from boss_tui.catalogue import COMPONENTS
from boss_tui.management.subjects import MODULES
from boss_tui.matrix import Cell, row
from data.demo_staff import OFFICE_MANAGERS
from data.message import Message
from screens.manage.trying import TryScreen
from screens.matrix import ActScreen, MatrixRowScreen
from tests.boss_tui.commands.conftest import Boss
from tests.journeys.world import Clerk, World

MAKER, CHECKER = OFFICE_MANAGERS


def by_hand(boss: Boss) -> dict[str, tuple[str, ...]]:
    """What is typed into the try-outs, field by field, where they ask for anything."""
    number = boss("do", "C13", "--example").json["number"]
    return {"M2.1": ("number_limit", "C1", number), "M3.1": ("", "", "black"), "M8": (number,)}


def rows_of(world: World) -> dict[str, list[Cell]]:
    """Each business of management with its cells, as headquarters has them."""
    with world.headquarters() as reading:
        return {code: row(reading, code) for code in MODULES}


def without_run(world: World) -> dict[str, list[str]]:
    """The businesses with cells that no run has used, and which."""
    found = {code: [each.code for each in cells if each.state == "waiting"] for code, cells in rows_of(world).items()}
    return {code: cells for code, cells in found.items() if cells}


def submitted_and_approved(boss: Boss) -> None:
    """Every example, as the README says it."""
    for code in MODULES:
        done = boss("do", code, "--form", "-", typed=boss("do", code, "--example").out)
        assert done.code == 0, (code, done.err)
        assert boss("edition", "approve", str(done.json["edition"]["number"]), "--operator", CHECKER).code == 0, code


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_all_that_no_edition_uses_is_tried_from_its_row_and_opens_from_its_cell(
    home_folder: Path, world: World, language: str
) -> None:
    boss = Boss(home_folder)
    submitted_and_approved(boss)
    wanted, typed = without_run(world), by_hand(boss)
    assert set(wanted) == {"M2.1", "M3.1", "M3.2", "M5", "M8", "M19"}  # what an edition touches of no customer's

    async def day() -> None:
        async with world.clerk(language) as clerk:
            await clerk.sign_on(MAKER)
            if clerk.app.words.language != language:
                await clerk.press("ctrl+t")
            for code, cells in wanted.items():
                await clerk.type("matrix\n")
                await clerk.type(f"{code}\n")
                await tried(clerk, code, cells[0], typed.get(code, ()))
                for cell in cells:
                    await opened(clerk, cell)
                await clerk.press("f3", "f3")

    asyncio.run(day())
    cells = [cell for each in rows_of(world).values() for cell in each]
    assert len(cells) == len(MODULES) * len(COMPONENTS)
    assert [cell.code for cell in cells if cell.state not in ("alive", "empty")] == []
    assert [cell.code for cell in cells if not (cell.serial or cell.reason != Message(""))] == []
    world.clean()


async def tried(clerk: Clerk, code: str, waiting: str, typed: tuple[str, ...]) -> None:
    """A cell that has no run says by what it would; F9 on its row, what is asked for, and back."""
    assert isinstance(clerk.app.screen, MatrixRowScreen), clerk.text()
    await marked(clerk, waiting)
    await clerk.press("enter")
    assert f"boss manage {code} try" in clerk.text().splitlines()[-2]
    await clerk.press("f9")
    assert isinstance(clerk.app.screen, TryScreen), clerk.text()
    for value in typed:
        await clerk.type(f"{value}\n")
    await clerk.press("f9")
    assert clerk.app.screen.found.facts, clerk.text()
    await clerk.press("f3")


async def opened(clerk: Clerk, cell: str) -> None:
    """The run that used a cell, by Enter on it; and back."""
    await marked(clerk, cell)
    await clerk.press("enter")
    screen = clerk.app.screen
    assert isinstance(screen, ActScreen), clerk.text()
    business, _, component = cell.rpartition("-")
    assert screen.act.business == business
    assert any(clerk.app.words(what).split()[0] == component for what, _ in screen.act.used), cell
    await clerk.press("f3")


async def marked(clerk: Clerk, cell: str) -> None:
    """The mark on a cell."""
    screen = clerk.app.screen
    assert isinstance(screen, MatrixRowScreen), clerk.text()
    at = [line.value.code for line in screen.listing.items].index(cell)
    while screen.listing.at != at:
        await clerk.press("down" if screen.listing.at < at else "up")
