"""Two counters of one hall: what one does, the other sees; who may what; papers again; a network that says no."""

from __future__ import annotations

import asyncio
import json

from data.tables.finance import Shift
from data.tables.network import WorkOrder
from data.tables.order import Draft, ProductOrder
from data.tables.sync import AccessLog, PrintJob
from screens.business import BusinessScreen
from screens.counting import CloseShiftScreen
from screens.dialogs.approval import Approval
from screens.dialogs.one_line import OneLine
from screens.dialogs.pick_list import PickList
from screens.dialogs.tender_panel import TenderPanel
from screens.home import HomeScreen
from screens.lock import LockScreen
from screens.preview import PreviewScreen
from screens.sign_on import SignOnScreen
from tests.journeys.world import FACTS, Clerk, Customer, World

OTHER_COUNTER, OTHER_CLERK, THIRD_CLERK = "HZ0102", "1002", "1003"


async def at_work(clerk: Clerk, staff_no: str = FACTS.clerk) -> None:
    """Signed on, in English, with an open shift."""
    await clerk.sign_on(staff_no)
    if clerk.app.words.language != "en":
        await clerk.press("ctrl+t")
    await clerk.open_shift()


def form(clerk: Clerk) -> BusinessScreen:
    """The form on the screen."""
    screen = clerk.app.screen
    assert isinstance(screen, BusinessScreen), clerk.text()
    return screen


def test_two_counters_of_one_hall(world: World) -> None:
    async def day() -> None:
        async with world.clerk() as here, world.clerk(opened=world.second(OTHER_COUNTER)) as there:
            await at_work(here)
            await at_work(there, OTHER_CLERK)
            serial = await a_number_that_is_taken(here, there)
            await put_aside_and_taken_over(here, there, world)
            await a_copy(there, world, serial)

    asyncio.run(day())
    world.clean()


async def a_number_that_is_taken(here: Clerk, there: Clerk) -> str:
    """What one counter holds the other can't have, and is offered another; its own form is kept. Its order's serial."""
    await here.fill_account(Customer(1))
    number = form(here).panel.values()["number"]
    await there.fill_account(Customer(2))
    other = form(there).panel.values()["number"]
    assert number != other  # the list leaves out what is held
    await there.press(*["up"] * 7)
    assert form(there).panel.current == "number"
    await there.type(f"{number}\n")
    assert there.sees("This number was just taken. Choose another (F4).")
    assert form(there).panel.current == "number"
    assert form(there).panel.values()["number"] == number  # what was typed stands there to be put right
    await there.press("f10")
    assert form(there).panel.current == "number"  # it can't be sold from here
    await there.press("f4")
    assert isinstance(there.app.screen, PickList)
    assert number not in [line.value for line in there.app.screen.listing.items]
    await there.press("enter")
    chosen = form(there).panel.values()["number"]
    assert chosen not in {number, other}
    done = await there.pay("200")
    assert done.outcome.facts["number"] == chosen
    await there.press("space")
    return str(done.outcome.serial)


async def put_aside_and_taken_over(here: Clerk, there: Clerk, world: World) -> None:
    """A form that is held at one counter is finished at the other, with everything that was typed and reserved."""
    number = form(here).panel.values()["number"]
    await here.press("f6")
    await here.type("fetches her card\n")
    assert isinstance(here.app.screen, HomeScreen)
    await there.press("f6")
    assert "fetches her card" in there.text()
    await there.press("enter")
    assert form(there).panel.values()["number"] == number
    assert form(there).panel.values()["name"] == Customer().name
    done = await there.pay("200")
    assert done.outcome.facts["number"] == number
    await there.press("space")
    (draft,) = world.rows(Draft, order_id=done.outcome.order_id)
    assert (draft.counter, draft.operator) == (OTHER_COUNTER, OTHER_CLERK)
    await here.press("f6")
    assert "fetches her card" not in here.text()
    await here.press("f3")


async def a_copy(clerk: Clerk, world: World, serial: str) -> None:
    """A paper again: with a reason, marked as a copy, on record."""
    jobs = sum(json.loads(job.source or "{}").get("kind") != "cash" for job in world.rows(PrintJob))
    await clerk.until(lambda: len(world.sheets()) == jobs)
    await clerk.type(f"dd\n{serial}\n")
    await clerk.press("f4")
    await clerk.press("f4", "enter")
    await clerk.type("\n")  # no reason, no copy
    assert clerk.sees("Why? The copy is marked and logged.")
    await clerk.type("torn\n")
    await clerk.until(lambda: len(world.sheets()) == jobs + 1)
    copies = [sheet for sheet in world.sheets() if any("补打" in line for line in sheet)]
    assert copies == [world.sheets()[-1]]
    assert any(set(first) <= set(copies[0]) for first in world.sheets()[:-1])  # and all that the paper said
    (logged,) = world.rows(AccessLog, act="reprint")
    assert (logged.operator, logged.reason) == (OTHER_CLERK, "torn")


def test_who_may_what(world: World) -> None:
    async def day() -> None:
        async with world.clerk() as clerk:
            await at_work(clerk)
            await lock(clerk)
            await another_operator(clerk)
            await approval(clerk, world)
            await short(clerk, world)

    asyncio.run(day())
    world.clean()


async def lock(clerk: Clerk) -> None:
    """Behind the lock the form stays; only the operator's own password opens it."""
    await clerk.type("kh\n\n")
    await clerk.type(f"{Customer(5).document}\n{Customer(5).name}")
    await clerk.press("ctrl+l")
    assert isinstance(clerk.app.screen, LockScreen)
    assert Customer(5).document not in clerk.text()
    await clerk.press("f10", "f3", "escape", "f8")
    assert isinstance(clerk.app.screen, LockScreen)
    await clerk.type("wrong\n")
    assert isinstance(clerk.app.screen, LockScreen)
    await clerk.type(f"{FACTS.password}\n")
    assert form(clerk).panel.values()["name"] == Customer(5).name
    await clerk.press("f3")
    await clerk.press("y")
    assert isinstance(clerk.app.screen, HomeScreen), clerk.text()


async def another_operator(clerk: Clerk) -> None:
    """Somebody else at the same counter has no shift there: the till says whose it is, and so does a sale."""
    await clerk.type("signoff\n")
    assert isinstance(clerk.app.screen, SignOnScreen)
    await clerk.type(f"{THIRD_CLERK}\nwrong\n")
    assert isinstance(clerk.app.screen, SignOnScreen)
    await clerk.type(f"{FACTS.password}\n")
    assert isinstance(clerk.app.screen, HomeScreen), clerk.text()
    await clerk.fill_account(Customer(6))
    await clerk.press("f10")
    assert f"The drawer here is {FACTS.clerk}'s: take it over" in clerk.text()
    await clerk.press("escape")
    assert form(clerk).panel.values()["name"] == Customer(6).name
    await clerk.press("f6")
    await clerk.type("\n")
    await clerk.type("signoff\n")
    await clerk.sign_on()


async def approval(clerk: Clerk, world: World) -> None:
    """On a partner's blacklist: a supervisor allows it at the clerk's screen; nobody else can."""
    listed = FACTS.blacklisted_by_partner
    customer = Customer(0, listed.name)
    customer.document = listed.document_number
    await clerk.fill_account(customer)
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    for staff_no, password in ((FACTS.supervisor, "wrong"), (FACTS.clerk, FACTS.password)):
        await clerk.type(f"{staff_no}\n{password}\n")
        assert isinstance(clerk.app.screen, Approval), clerk.text()  # refused, and open for another try
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    if not isinstance(clerk.app.screen, TenderPanel):
        await clerk.press("f10")
    assert isinstance(clerk.app.screen, TenderPanel), clerk.text()
    await clerk.type("200")
    await clerk.press("f10")
    await clerk.press("space")
    order = newest(world)
    assert (order.operator, order.approved_by) == (FACTS.clerk, FACTS.supervisor)
    await clerk.until(lambda: clerk.told() == (0, 0, 0))


async def short(clerk: Clerk, world: World) -> None:
    """The drawer is short: the count asks for a reason, then for a supervisor, and stays until both are there."""
    await clerk.type("qt\n1")
    await clerk.type("5\n")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, OneLine), clerk.text()
    assert " short" in clerk.text()
    await clerk.press("escape")
    assert isinstance(clerk.app.screen, CloseShiftScreen)
    assert clerk.app.screen.counts()[10_000] == 5
    await clerk.press("f10")
    await clerk.type("stolen at noon\n")
    await clerk.press("y")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    shift = max(world.rows(Shift, till=FACTS.counter), key=lambda row: str(row.opened_at))
    assert (shift.state, shift.counted_cash, shift.approved_by) == ("closed", 50_000, FACTS.supervisor)
    assert shift.difference == 50_000 - shift.expected_cash < 0
    assert shift.reason == "stolen at noon"
    await clerk.until(lambda: clerk.told() == (0, 0, 0))


def newest(world: World) -> ProductOrder:
    """The newest order."""
    order: ProductOrder = max(world.rows(ProductOrder), key=lambda row: str(row.created_at))
    return order


def test_the_network_says_no(world: World) -> None:
    """Refused by the element: the order does not complete, and a person sees that there is something to do."""

    async def day() -> None:
        async with world.clerk() as clerk:
            await at_work(clerk)
            await clerk.fill_account(Customer(7))
            number = form(clerk).panel.values()["number"]
            world.machines.faults.numbers.add(f"86{number}")
            done = await clerk.pay("200")
            await clerk.press("space")
            await clerk.until(lambda: "!1" in clerk.text().splitlines()[0])
            (failed,) = world.rows(WorkOrder, order_id=done.outcome.order_id, kind="automatic", state="failed")
            assert failed.reason
            await clerk.type("dl\n")
            await clerk.until(lambda: clerk.sees("manual {n}", n=1))
            assert f"{clerk.word('Create the subscriber')}: {number}" in clerk.text(), clerk.text()
            await clerk.press("f3")
            await clerk.type(f"dd\n{done.outcome.serial}\n")
            assert clerk.sees("failed")
            assert newest(world).state == "inProgress"

    asyncio.run(day())
    world.clean()
