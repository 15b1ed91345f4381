"""A process edited by one manager and approved by another, by keys: a form that was begun goes by the version that it
began with, the next one by the new; then where its orders stand, down to the order."""

from __future__ import annotations

import asyncio

import pytest

from boss_tui.management.m19.times import bottleneck, versions
from data.demo_staff import OFFICE_MANAGERS
from data.message import both
from data.states import act_name
from data.tables.document import PaperDocument
from data.tables.order import Process, ProductOrder
from data.tables.sync import PrintJob
from screens.business import BusinessScreen
from screens.dialogs.approval import Approval
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tender_panel import TenderPanel
from screens.orders import OrderScreen
from screens.processes import AtStepScreen, StandingsScreen, StepsScreen
from tests.journeys.test_two_managers import Managers
from tests.journeys.world import FACTS, Clerk, Customer, World

MAKER, CHECKER = OFFICE_MANAGERS


async def edits(office: Managers) -> None:
    """C1: twenty minutes at the network, a supervisor's word, two receipts. What can't be is refused beside its field
    first."""
    clerk = office.clerk
    await clerk.type("m19/process\n")
    await clerk.type("C1 ")
    await clerk.press("enter", "down", "down", "down")
    await clerk.type("0\n")
    office.sees("At least {bound}.", bound="1")
    await clerk.press("backspace")
    await clerk.type("20\n\n")  # the limits of single steps stay empty
    await row(clerk, "supervisor", "0")
    await clerk.press("down")
    await row(clerk, "receipt", "99")
    office.sees("Row {n}, {field}: {why}", n=1, field=clerk.word("Sheets"), why="")
    await clerk.press("escape")
    await row(clerk, "receipt", "2")
    await clerk.press("f10")
    await clerk.type("Two of them\nbecause\n\n\n")


async def row(clerk: Clerk, *cells: str) -> None:
    """A row of the field under the cursor."""
    await clerk.press("f4")
    await clerk.type("\n".join(cells))
    await clerk.press("f10")


async def held(clerk: Clerk) -> None:
    await clerk.fill_account(Customer(0))
    await clerk.press("f6")
    await clerk.type("back soon\n")


async def sells(clerk: Clerk, world: World, turn: int) -> ProductOrder:
    """A whole C1, for which the process asks for a supervisor's word."""
    await clerk.fill_account(Customer(turn))
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    assert clerk.sees("The process asks for the word of: {role}.", role=both("值班长", "Supervisor"))
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    await clerk.give("300")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
    serial = clerk.app.screen.outcome.serial
    await clerk.press("space")
    return order(world, serial)


async def stands(office: Managers, world: World, sold: ProductOrder) -> None:
    """From the process to its steps, the orders at one, and the order, which says its version."""
    clerk = office.clerk
    await clerk.type("m19/process\n")
    await clerk.type("C1 ")
    await clerk.press("f4")
    await clerk.type(clerk.word("Where the orders of all processes stand") + "\n")
    assert isinstance(clerk.app.screen, StandingsScreen), clerk.text()
    await clerk.press("enter")
    screen = clerk.app.screen
    assert isinstance(screen, StepsScreen), clerk.text()
    assert screen.known is not None
    assert screen.known.bottleneck is not None
    told = versions(screen.known)
    assert (screen.known.version, clerk.app.words(told) in clerk.text()) == (version(world), True), clerk.text()
    assert clerk.app.words(bottleneck(screen.known)) in clerk.text(), clerk.text()
    await clerk.type(clerk.app.words(act_name("create_subscriber")))
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, AtStepScreen), clerk.text()
    await clerk.type(f"{sold.serial}\n")
    assert isinstance(clerk.app.screen, OrderScreen), clerk.text()
    office.sees("version {version}", version=sold.process_version)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_form_that_was_begun_keeps_its_process_and_the_next_obeys_the_new_one(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            office = Managers(clerk, language)
            await office.come(FACTS.clerk)
            await clerk.open_shift()
            await held(clerk)
            await office.go()
            before = version(world)
            await office.come(MAKER)
            await edits(office)
            await office.submit()
            await office.go()
            await office.come(CHECKER)
            await office.approve()
            office.sees("in force")
            await office.go()
            await clerk.until(lambda: version(world) == before + 1)

            await office.come(FACTS.clerk)
            await clerk.press("f6", "enter")
            assert isinstance(clerk.app.screen, BusinessScreen), clerk.text()
            done = await clerk.pay("300")
            await clerk.press("space")
            old, new = order(world, done.outcome.serial), await sells(clerk, world, 1)
            kept = [(each.process_version, each.approved_by, each.limits, sheets(world, each)) for each in (old, new)]
            assert kept == [(before, "", '{"":60}', 1), (before + 1, FACTS.supervisor, '{"":20}', 2)]
            await office.go()

            await clerk.linked(world.clock)
            await office.come(MAKER)
            await stands(office, world, old)

    asyncio.run(day())
    world.clean()


def version(world: World) -> int:
    """Of C1's process, as the hall has it."""
    (found,) = world.rows(Process, business="C1")
    return int(found.revision)


def order(world: World, serial: str) -> ProductOrder:
    found: ProductOrder = world.rows(ProductOrder, serial=serial)[0]
    return found


def sheets(world: World, of: ProductOrder) -> int:
    """How many receipts of an order were queued for its printer."""
    (receipt,) = world.rows(PaperDocument, order_id=of.id, kind="receipt")
    return len(world.rows(PrintJob, document_id=receipt.id))
