"""Transfer notes by keys, in both languages: written and packed at the office by two, unpacked at the hall, where one
is missing; the office sees that at a glance and settles it with another's word; what is left is asked back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from data.demo_staff import OFFICE_MANAGERS, PASSWORD
from data.tables.stock import RechargeCard
from data.tables.transfer import TransferNote
from screens.dialogs.approval import Approval
from screens.list_screen import ListScreen
from screens.numbers import NumbersFormScreen
from screens.office_notes import NoteScreen, OfficeNotesScreen, WorkScreen
from screens.preview import PreviewScreen
from screens.transfers import TransfersScreen
from tests.journeys.world import FACTS, Clerk, World

MAKER, OTHER = OFFICE_MANAGERS


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_box_from_its_note_to_the_case_of_what_is_missing(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            async with at_the_boxes(clerk, MAKER, language, OfficeNotesScreen):
                await written(clerk)
                await packed(clerk)
            await clerk.until(lambda: len(on_their_way(world)) == 4)
            missing = on_their_way(world)[1]
            async with at_the_boxes(clerk, FACTS.clerk, language, TransfersScreen):
                await unpacked(clerk, missing)
            await clerk.until(lambda: note_of(world).state == "differs")
            async with at_the_boxes(clerk, MAKER, language, OfficeNotesScreen):
                await seen_and_settled(clerk, missing)
                await asked_back(clerk)
                await cancelled(clerk)
            await clerk.until(lambda: world.rows(RechargeCard, serial=missing, outlet="", state="idle") != [])

    asyncio.run(day())
    assert note_of(world).words == "押运途中遗失; 在车上找到"
    world.clean()


@asynccontextmanager
async def at_the_boxes(clerk: Clerk, staff_no: str, language: str, screen: type[ListScreen]) -> AsyncIterator[None]:
    """Somebody at work before the boxes, until they sign off."""
    await clerk.sign_on(staff_no)
    if clerk.app.words.language != language:
        await clerk.press("ctrl+t")
    await clerk.type("db\n")
    assert isinstance(clerk.app.screen, screen), clerk.text()
    yield
    await clerk.press("f8")
    await clerk.type("xb\n")


def on_their_way(world: World) -> list[str]:
    return [row.serial for row in world.rows(RechargeCard, state="in_transit", order=("serial",))]


def note_of(world: World) -> TransferNote:
    """The first note, as headquarters has it."""
    with world.headquarters() as central:
        return central.one(TransferNote, number=1)


async def chosen(clerk: Clerk, way: str) -> None:
    """F4, and a line of what can be done, by its words."""
    await clerk.press("f4")
    await clerk.give(clerk.word(way))
    await clerk.type("\n")


async def signed(clerk: Clerk) -> None:
    """F10; another signs on over the form."""
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    assert clerk.sees("Another manager is asked to allow this"), clerk.text()
    await clerk.type(f"{OTHER}\n{PASSWORD}\n")


async def written(clerk: Clerk) -> None:
    await chosen(clerk, "Write a note")
    await clerk.give("50.00")
    await clerk.type("\n")
    assert isinstance(clerk.app.screen, NumbersFormScreen), clerk.text()
    await clerk.type("5\n")
    await clerk.press("f10")
    assert clerk.sees("Sender and receiver are the same.")
    await clerk.press("f4")
    await clerk.give(FACTS.outlet)
    await clerk.type("\n\n")
    await clerk.give("节日备货")
    await clerk.press("f10")
    assert clerk.sees("Note {number} is written: its sender packs it.", number="DB-000001")
    assert clerk.sees("{state}: {n}", state=clerk.word("Written, not sent"), n=1)


async def packed(clerk: Clerk) -> None:
    await chosen(clerk, "Pack the box")
    assert isinstance(clerk.app.screen, WorkScreen), clerk.text()
    await clerk.type("4\n")
    assert clerk.sees("{n} on the transfer note: {less} too few", n=5, less=1), clerk.text()
    await clerk.press("f10")
    assert clerk.sees("The note is for {n} {n:piece|pieces}: say why fewer go.", n=5)
    await clerk.give("先发四张")
    await signed(clerk)
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    assert "DB-000001" in clerk.text()
    await clerk.press("f3")
    assert clerk.sees("{state}: {n}", state=clerk.word("On the way"), n=1)


async def unpacked(clerk: Clerk, missing: str) -> None:
    await clerk.press("enter")
    await clerk.type(f"3\n{missing}\n")
    await clerk.give("封条破损")
    await clerk.press("f10")
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, TransfersScreen), clerk.text()


async def seen_and_settled(clerk: Clerk, missing: str) -> None:
    assert clerk.sees("{state}: {n}", state=clerk.word("Some are missing"), n=1)
    assert clerk.sees("{n} missing", n=1)
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, NoteScreen), clerk.text()
    (pieces,) = [line.split() for line in clerk.text().splitlines() if line[1:].startswith(clerk.word("Pieces"))]
    assert pieces[-2:] == ["4", "3"], "what was put in, and what was found"
    (absent,) = [line for line in clerk.text().splitlines() if clerk.word("Missing serials") in line]
    assert missing in absent
    assert "封条破损" in clerk.text()
    await chosen(clerk, "What is missing is lost: never sold")
    await clerk.give("押运途中遗失")
    await signed(clerk)
    assert isinstance(clerk.app.screen, NoteScreen), clerk.text()
    assert "押运途中遗失" in clerk.text()
    await chosen(clerk, "What was missing is with its sender after all: back to stock")
    await clerk.give("在车上找到")
    await signed(clerk)
    assert "在车上找到" in clerk.text()
    await clerk.press("f4")
    assert clerk.sees("Nothing is left to be done with it.")
    await clerk.press("f3")
    assert clerk.sees("{state}: {n}", state=clerk.word("Settled"), n=1)


async def asked_back(clerk: Clerk) -> None:
    await chosen(clerk, "Ask an outlet for stock back")
    await clerk.give(FACTS.outlet)
    await clerk.type("\n")
    await clerk.give("换新版")
    await clerk.press("f10")
    told = {"number": "DB-000002", "outlet": FACTS.outlet}
    assert clerk.sees("Note {number} is written: {outlet} sends back what is left.", **told)
    assert clerk.sees("asked back")


async def cancelled(clerk: Clerk) -> None:
    await chosen(clerk, "Cancel the note")
    await clerk.give("厅里还要用")
    await clerk.press("f10")
    assert clerk.sees("Note {number} is cancelled.", number="DB-000002")
