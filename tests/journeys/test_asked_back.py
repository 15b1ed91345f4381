"""Stock that goes out to a hall and is asked back, by keys and in both languages: a block of numbers; a block of
recharge cards in a box, one short. What is wrong is refused in words and changes nothing."""

from __future__ import annotations

import asyncio

import pytest

from data.demo_staff import OFFICE_MANAGERS
from data.tables.resource import PhoneNumber
from data.tables.stock import RechargeCard
from data.tables.sync import Lease
from data.tables.transfer import TransferNote
from screens.dialogs.approval import Approval
from screens.dialogs.dialog import Destroy
from screens.manage.acting import ActScreen
from screens.manage.life import LifeScreen
from screens.manage.people import Told
from screens.manage.rows import RowsScreen
from screens.office_notes import OfficeNotesScreen, WorkScreen
from screens.preview import PreviewScreen
from screens.transfers import TransfersScreen
from tests.journeys.test_notes_of_the_office import at_the_boxes, chosen, signed
from tests.journeys.world import FACTS, Clerk, World

MAKER, _ = OFFICE_MANAGERS
PIECES = 5


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_numbers_and_cards_are_asked_back(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            await at_the_office(clerk, language)
            lease = await leased(clerk, world)
            await refused(clerk, lease)
            await asked_back(clerk, world, lease)
            await clerk.press("f8")
            await clerk.type("xb\n")
            async with at_the_boxes(clerk, MAKER, language, OfficeNotesScreen):
                await box_asked_back(clerk)
            await clerk.until(lambda: world.rows(TransferNote) != [])
            async with at_the_boxes(clerk, FACTS.supervisor, language, TransfersScreen):
                await packed(clerk)
            await clerk.until(lambda: note_of(world).state == "sent")
            async with at_the_boxes(clerk, MAKER, language, OfficeNotesScreen):
                await unpacked(clerk, world)
            await clerk.until(lambda: clerk.told() == (0, 0, 0))

    asyncio.run(day())
    world.clean()


def note_of(world: World) -> TransferNote:
    with world.headquarters() as central:
        return central.one(TransferNote, number=1)


def numbers_of(world: World, lease: str) -> list[str]:
    """The numbers of a block, as headquarters has them."""
    with world.headquarters() as central:
        return [row.number for row in central.all(PhoneNumber, lease_id=lease, order=("number",))]


async def at_the_office(clerk: Clerk, language: str) -> None:
    """A manager before the numbers."""
    await clerk.sign_on(MAKER)
    if clerk.app.words.language != language:
        await clerk.press("ctrl+t")
    await clerk.type("M5/phone_number\n")
    assert isinstance(clerk.app.screen, RowsScreen), clerk.text()


async def begun(clerk: Clerk, act: str) -> None:
    """An act of the list, by its words."""
    await chosen(clerk, act)
    assert isinstance(clerk.app.screen, ActScreen), clerk.text()


async def leased(clerk: Clerk, world: World) -> str:
    """Numbers to the hall; the key of the block. An outlet that there is not, and the office itself, get none."""
    await begun(clerk, "Lease numbers to an outlet")
    await clerk.type(f"ZZ99\n\n\n{PIECES}")
    await clerk.press("f10")
    assert clerk.sees("There is no outlet {code}.", code="ZZ99")
    await clerk.type("HQ01")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, ActScreen), clerk.text()
    await clerk.type(FACTS.outlet)
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Destroy), clerk.text()
    await clerk.press("y")
    assert isinstance(clerk.app.screen, Told), clerk.text()
    await clerk.press("enter")
    (lease,) = [row for row in rows_at(world, Lease) if row.kind == "number" and row.pieces == PIECES]
    await clerk.until(lambda: len(world.rows(PhoneNumber, lease_id=lease.id)) == PIECES)
    return str(lease.id)


def rows_at(world: World, model: type[Lease]) -> list[Lease]:
    with world.headquarters() as central:
        return central.all(model, outlet=FACTS.outlet)


async def refused(clerk: Clerk, lease: str) -> None:
    """What is no lease is not asked back."""
    await begun(clerk, "Ask a lease back")
    for typed in ("19999999999", "下放", lease.upper()):
        await clerk.give(typed)
        await clerk.press("f10")
        assert clerk.sees("There is no such lease of numbers."), clerk.text()
    await clerk.press("f3")
    await clerk.press("y")


async def asked_back(clerk: Clerk, world: World, lease: str) -> None:
    """The list says what is left of each block; the answer, what comes back; the life of a number, that it was away."""
    first, *_ = numbers = numbers_of(world, lease)
    await begun(clerk, "Ask a lease back")
    await clerk.press("f4")
    await clerk.give(first)
    (line,) = [line for line in clerk.text().splitlines() if f">{first}" in line]
    assert FACTS.outlet in line
    await clerk.type("\n")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Destroy), clerk.text()
    assert clerk.sees("{left} of {n}", left=PIECES, n=PIECES), clerk.text()
    assert first in clerk.text()
    await clerk.press("y")
    await clerk.press("enter")
    await clerk.until(lambda: numbers_of(world, lease) == [])
    await clerk.until(lambda: [row.outlet for row in world.rows(PhoneNumber, number=first)] == [""])
    assert {row.outlet for number in numbers for row in world.rows(PhoneNumber, number=number)} == {""}
    await clerk.give(first)
    await clerk.type("\n")
    assert isinstance(clerk.app.screen, LifeScreen), clerk.text()
    assert clerk.sees("the lease was asked back"), clerk.text()
    assert clerk.sees("came back from {outlet} unsold", outlet=FACTS.outlet), clerk.text()
    await clerk.press("f3")


async def box_asked_back(clerk: Clerk) -> None:
    """A block of cards is found by what it is, not only by its outlet."""
    await chosen(clerk, "Ask an outlet for stock back")
    await clerk.give("50.00")
    assert clerk.sees("Nothing found."), "by kind and by outlet, not by sort"
    await clerk.press(*["backspace"] * 5)
    await clerk.give(clerk.word("recharge card"))
    await clerk.type("\n")
    await clerk.give("换新版")
    await clerk.press("f10")
    assert clerk.sees("asked back"), clerk.text()


async def packed(clerk: Clerk) -> None:
    """The supervisor packs, and signs not for themselves; a clerk counts along."""
    await clerk.press("enter")
    await clerk.type("100")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    assert clerk.sees("Two people count and sign: another one must."), clerk.text()
    await clerk.press("up", *["delete"] * 4)
    await clerk.type(f"{FACTS.clerk}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, TransfersScreen), clerk.text()


async def unpacked(clerk: Clerk, world: World) -> None:
    """At the office one card is not in the box."""
    with world.headquarters() as central:
        first, last = (row.serial for row in central.all(RechargeCard, state="in_transit", order=("serial",))[:2])
    await chosen(clerk, "Unpack the box")
    assert isinstance(clerk.app.screen, WorkScreen), clerk.text()
    await clerk.type("101\n\n")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, WorkScreen), "one too many"
    await clerk.press("up", "up")
    await clerk.type(f"99\n{last}-{first}\n")
    await clerk.press("f10")
    assert clerk.sees("{first} is after {last}.", first=last, last=first), clerk.text()
    await clerk.type(f"{first}\n")
    await clerk.give("箱内缺一张")
    await signed(clerk)
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    assert first in clerk.text()
    await clerk.press("f3")
    assert clerk.sees("{n} missing", n=1), clerk.text()
    assert note_of(world).state == "differs"
