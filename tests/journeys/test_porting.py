"""A number leaves for another operator, by keys and in both languages: refused first, then a code, kept from other
businesses while it counts, taken over, closed by itself; it comes back and rests."""

from __future__ import annotations

import asyncio
import json

import pytest

from boss_tui.remote import simulated_porting
from data.tables.customer import Customer
from data.tables.network import WorkOrder
from data.tables.order import Subscription
from data.tables.porting import NumberPorting
from data.tables.resource import PhoneNumber
from screens.business import BusinessScreen
from screens.dialogs.approval import SignedOn
from screens.manage.people import Told
from screens.numbers import NumbersFormScreen
from screens.porting import PortingScreen
from tests.journeys.world import FACTS, Clerk, World


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_number_leaves_and_comes_back(world: World, language: str) -> None:
    async def day() -> None:
        async with world.clerk(language) as clerk:
            line = leaving(world)
            (owner,) = world.rows(Customer, id=line.customer_id)
            await clerk.sign_on()
            if clerk.app.words.language != language:
                await clerk.press("ctrl+t")
            await clerk.open_shift()
            await clerk.type("xz\n")
            assert isinstance(clerk.app.screen, PortingScreen), clerk.text()
            await may_it(clerk, line.number)
            await asked_for(clerk, world, line.number, owner.document_number)
            await kept_meanwhile(clerk, line.number)
            await gone(clerk, world, line)
            await back_again(clerk, world, line.number)

    asyncio.run(day())
    world.clean()


def at_headquarters(world: World) -> list[str]:
    """How far headquarters knows each."""
    with world.headquarters() as central:
        return [row.state for row in central.all(NumberPorting)]


def leaving(world: World) -> Subscription:
    """A line of the demonstration's that may leave, without a service that somebody takes off by hand."""
    desk = world.desk(FACTS.supervisor, FACTS.counter)
    by_hand = {json.loads(work.parameters)["msisdn"] for work in world.rows(WorkOrder, kind="manual")}
    lines: list[Subscription] = world.rows(Subscription, state="active", order=("number",))
    return next(
        line
        for line in lines
        if line.number not in by_hand and all(each.holds for each in desk.porting.conditions(line.number))
    )


async def chosen(clerk: Clerk, way: str) -> None:
    await clerk.press("f4")
    await clerk.give(clerk.word(way))
    await clerk.type("\n")
    assert isinstance(clerk.app.screen, NumbersFormScreen), clerk.text()


async def may_it(clerk: Clerk, number: str) -> None:
    await chosen(clerk, "Whether a number may leave")
    await clerk.give(number)
    await clerk.type("\n")
    assert isinstance(clerk.app.screen, Told), clerk.text()
    assert clerk.word("No contract runs") in clerk.text()
    await clerk.press("enter")
    assert clerk.sees("{number} may leave.", number=number)


async def asked_for(clerk: Clerk, world: World, number: str, document: str) -> None:
    await chosen(clerk, "Ask for an authorisation code")
    await clerk.give(number)
    await clerk.type("\n330106199001010000")
    await clerk.press("f10")
    assert clerk.sees("This is not the document of the number's owner.")
    await clerk.give(document)
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, PortingScreen), clerk.text()
    (row,) = world.rows(NumberPorting)
    assert row.code in clerk.text()
    assert clerk.word("code given") in clerk.text()


async def kept_meanwhile(clerk: Clerk, number: str) -> None:
    await clerk.press("f8")
    await clerk.type("C2\n")
    assert isinstance(clerk.app.screen, BusinessScreen), clerk.text()
    await clerk.give(number)
    await clerk.type("\n")
    said = clerk.word("Number {number} is being ported: its authorisation code counts until {when}.")
    assert said.partition("{when}")[0].format(number=number) in "".join(clerk.text().split("\n"))
    await clerk.press("f3")
    await clerk.type("y")
    assert isinstance(clerk.app.screen, PortingScreen), clerk.text()


async def gone(clerk: Clerk, world: World, line: Subscription) -> None:
    world.machines.services.tell(simulated_porting.take_over, line.number)
    await clerk.press("enter")
    assert clerk.word("left us") in clerk.text()
    await clerk.until(lambda: world.rows(Subscription, id=line.id)[0].state == "terminated")
    assert world.rows(PhoneNumber, number=line.number)[0].state == "ported"


async def back_again(clerk: Clerk, world: World, number: str) -> None:
    await clerk.press("enter")
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, SignedOn), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert world.rows(PhoneNumber, number=number)[0].state == "quarantined"
    assert clerk.sees("{number} is in stock again, and rests.", number=number)
    await clerk.until(lambda: at_headquarters(world) == ["returned"])
