"""Services of others are asked by the real desk of a demonstration: beside the keys, waited for, given up."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

import boss_tui.start.background
from boss_tui.remote import Endpoint, caller
from boss_tui.remote.breaker import Breaker
from boss_tui.remote.services import Services
from data.message import both
from data.tables.eligibility import Interface, InterfaceAnswer
from data.tables.life import Suspension
from data.tables.order import ProductOrder, Subscription
from data.tables.service import Interaction
from screens.business import BusinessScreen
from screens.dialogs.approval import Approval
from screens.dialogs.asking import AskingDialog
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tender_panel import TenderPanel
from screens.queues import QueuesScreen
from tests.journeys.world import FACTS, Clerk, Customer, World


def answers(world: World) -> list[tuple[str, str, str]]:
    return [(row.interface, row.verdict, row.state) for row in world.rows(InterfaceAnswer)]


async def waiting(clerk: Clerk) -> AskingDialog:
    await clerk.press("f10")
    await clerk.until(lambda: isinstance(clerk.app.screen, AskingDialog))
    assert isinstance(clerk.app.screen, AskingDialog)
    return clerk.app.screen


def test_asked_while_the_clerk_types_on_and_given_up_by_a_key(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = Services.endpoint

    def patient(services: Services, row: Interface) -> Endpoint:
        """However slow this machine is, they are being asked still."""
        return replace(declared(services, row), timeout=600.0, tries=1)

    monkeypatch.setattr(Services, "endpoint", patient)

    async def day() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            services = world.machines.services
            services.fault("slow", 600.0)
            screen = await clerk.fill_account(Customer())
            assert clerk.sees("Asking: {name}", name=both("公安身份核查", "Police identity check")), clerk.text()
            assert screen.draft.asking
            await waiting(clerk)
            assert clerk.sees("Services are being asked")
            await clerk.press("escape")
            assert isinstance(clerk.app.screen, BusinessScreen)
            await waiting(clerk)
            await clerk.press("f10")
            await clerk.until(lambda: isinstance(clerk.app.screen, TenderPanel))
            await clerk.press("escape")
            await clerk.pay("200")
            assert sorted(answers(world)) == [("identity_check", "", "waiting"), ("number_check", "", "waiting")]
            services.mend()

    asyncio.run(day())
    world.clean()


def test_what_was_typed_ahead_waits_for_slow_services_and_is_no_answer_to_a_question(world: World) -> None:
    """The money and F10 behind it, typed at once: they are meant for the payment, however long services take."""

    async def day() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            world.machines.services.fault("slow", 1.4)
            await clerk.fill_account(Customer())
            await clerk.press("f10", *"400", "f10")
            assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
            assert {(verdict, state) for _, verdict, state in answers(world)} == {("yes", "answered")}

    asyncio.run(day())
    world.clean()


def test_what_services_agree_to_costs_no_key(world: World) -> None:
    async def day() -> None:
        async with world.clerk("zh_CN", (120, 40)) as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            await clerk.fill_account(Customer())
            await clerk.until(lambda: clerk.sees("公安身份核查"))
            await clerk.pay("200")
            assert {(verdict, state) for _, verdict, state in answers(world)} == {("yes", "answered")}

    asyncio.run(day())
    world.clean()


WORDS = "约定明日带证件来"
WAYS = {
    "Stop outgoing calls (C6; a supervisor)": False,
    "Call the customer in": True,
    "Take the order back, with its money (a supervisor)": True,
}
"""What can be done about a no, each for another customer; whether words belong to it."""


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_is_refused_afterwards_is_stopped_called_in_or_taken_back_from_the_queue(
    world: World, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boss_tui.start.background, "SERVICES_SECONDS", 0.2)
    monkeypatch.setattr(caller, "Breaker", lambda failures, rest, timer: Breaker(failures, rest / 60, timer))
    customers = [Customer(turn) for turn in range(len(WAYS))]

    async def day() -> None:
        async with world.clerk(language) as clerk:
            await clerk.sign_on()
            if clerk.app.words.language != language:
                await clerk.press("ctrl+t")
            await clerk.open_shift()
            services = world.machines.services
            services.fault("down")
            for customer in customers:
                await clerk.open_account(customer)
                await clerk.press("space")
                services.person(customer.document, "另一人")
            await clerk.until(lambda: clerk.told() == (0, 0, 0))
            services.mend()
            world.clock.move(minutes=31)  # however often it was asked in vain meanwhile
            await clerk.until(lambda: clerk.sees("REFUSED{n}", n=len(WAYS)))
            for (way, has_words), serial in zip(WAYS.items(), serials(world), strict=True):
                await settled(clerk, serial, way, has_words=has_words)
            await clerk.until(lambda: clerk.sees("REFUSED{n}", n=1))
            await settled(clerk, serials(world)[1], "It may stand (a supervisor)", has_words=True)
            await clerk.until(lambda: not clerk.sees("REFUSED{n}", n=1))
            await clerk.until(lambda: {"suspended", "active", "cancelled"} == states(world))
            await clerk.linked(world.clock)

    asyncio.run(day())
    assert [stop.cause for stop in world.rows(Suspension)] == ["identity"]
    found = world.rows(InterfaceAnswer, interface="identity_check", order=("id",))
    assert [(row.state, row.way) for row in found] == [("settled", way) for way in ("stop", "stands", "undo")]
    assert {row.state for row in world.rows(InterfaceAnswer, interface="number_check")} <= {"confirmed", "settled"}
    with world.headquarters() as headquarters:
        told = headquarters.all(InterfaceAnswer, interface="identity_check", order=("id",))
        assert [(row.state, row.way, row.words) for row in told] == [(r.state, r.way, r.words) for r in found]
        assert [row.kind for row in headquarters.all(Interaction, matter="identity_check")] == ["call_back"]
    world.clean()


def serials(world: World) -> list[str]:
    """Of the openings, in their order."""
    asked = {row.order_id for row in world.rows(InterfaceAnswer)}
    return [order.serial for order in world.rows(ProductOrder, order=("serial",)) if order.id in asked]


def states(world: World) -> set[str]:
    """Of the lines that were opened."""
    opened = {order.subscription_id for order in world.rows(ProductOrder) if order.serial in serials(world)}
    return {line.state for line in world.rows(Subscription) if line.id in opened}


async def settled(clerk: Clerk, serial: str, way: str, *, has_words: bool) -> None:
    """A way of a task in the queue, with words and a supervisor's word where they belong to it; and home again."""
    await clerk.type("dl\n")
    await clerk.give(serial)
    await clerk.press("enter")
    await clerk.give(clerk.word(way))
    await clerk.press("enter")
    if has_words:
        await clerk.press("enter")
        assert clerk.sees("A word is needed here: it is kept."), clerk.text()
        await clerk.give(WORDS)
        await clerk.press("enter")
    if isinstance(clerk.app.screen, Approval):
        await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, QueuesScreen), clerk.text()
    await clerk.press("f3")
