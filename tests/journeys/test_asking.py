"""Services of others are asked by the real desk of a demonstration: beside the keys, waited for, given up."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

import boss_tui.start.background
from boss_tui.remote import Endpoint
from boss_tui.remote.services import Services
from data.message import both
from data.tables.eligibility import Interface, InterfaceAnswer
from data.tables.life import Suspension
from data.tables.order import Subscription
from screens.business import BusinessScreen
from screens.dialogs.asking import AskingDialog
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tender_panel import TenderPanel
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


def test_refused_afterwards_the_line_is_stopped_from_the_queue(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boss_tui.start.background, "SERVICES_SECONDS", 0.2)
    customer = Customer()

    async def day() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            services = world.machines.services
            services.fault("down")
            await clerk.open_account(customer)
            await clerk.press("space")
            await clerk.until(lambda: clerk.told() == (0, 0, 0))
            services.person(customer.document, "另一人")
            services.mend()
            world.clock.move(minutes=31)  # however often it was asked in vain meanwhile
            await clerk.until(lambda: clerk.sees("REFUSED{n}", n=1))
            await clerk.type("dl\n")
            await clerk.press("f5", "enter")
            assert clerk.sees("Stop outgoing calls (C6; a supervisor)"), clerk.text()
            await clerk.press("enter")
            await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
            await clerk.until(lambda: not clerk.sees("REFUSED{n}", n=1))
            await clerk.until(stopped)

    def stopped() -> bool:
        (stop,) = world.rows(Suspension)
        return bool(world.rows(Subscription, id=stop.subscription_id, state="suspended"))

    asyncio.run(day())
    assert [stop.cause for stop in world.rows(Suspension)] == ["identity"]
    states = {row.interface: (row.state, row.way) for row in world.rows(InterfaceAnswer)}
    assert states == {"identity_check": ("settled", "stop"), "number_check": ("confirmed", "")}
    world.clean()
