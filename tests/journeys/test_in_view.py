"""The customer in view by keys: found by number, forms begin with them, proof goes with them."""

from __future__ import annotations

import asyncio

from data.tables.customer import Customer
from data.tables.order import Subscription
from screens.business import BusinessScreen
from screens.home import HomeScreen
from tests.journeys.world import Clerk, World


def people(world: World) -> list[tuple[Subscription, Customer]]:
    """A number of each of two people, both active."""
    found: dict[str, tuple[Subscription, Customer]] = {}
    for line in world.rows(Subscription, state="active", order=("number",)):
        (owner,) = world.rows(Customer, id=line.customer_id)
        if owner.holder == "individual" and not owner.document_expires:
            found.setdefault(owner.id, (line, owner))
    return list(found.values())[:2]


def form(clerk: Clerk) -> BusinessScreen:
    """The form that is shown."""
    assert isinstance(clerk.app.screen, BusinessScreen), clerk.text()
    return clerk.app.screen


def header(clerk: Clerk) -> str:
    """The line that says who is in view."""
    return clerk.text().splitlines()[1]


async def _given_up(clerk: Clerk) -> None:
    await clerk.press("f3")
    if not isinstance(clerk.app.screen, HomeScreen):
        await clerk.press("y")
    assert isinstance(clerk.app.screen, HomeScreen), clerk.text()


def test_a_number_at_home_brings_its_customer_and_forms_begin_with_it(world: World) -> None:
    async def day() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            (line, owner), (other_line, other) = people(world)
            await clerk.type("c3\n")
            await clerk.press("f2")
            await clerk.type(f"{line.number}\n")
            assert form(clerk).panel.values()["number"] == line.number
            assert owner.name in header(clerk)
            await _given_up(clerk)
            await clerk.type(f"{line.number}\n")
            assert owner.name in header(clerk)
            await clerk.type("gs\n")
            shown = form(clerk).panel.values()
            assert (shown["number"], shown["action"], shown["cause"]) == (line.number, "suspend", "loss")
            await _given_up(clerk)
            await clerk.type(f"c12 {other_line.number[:3]} {other_line.number[3:7]} {other_line.number[7:]} 50\n")
            shown = form(clerk).panel.values()
            assert (shown["who"], shown["amount"]) == (other_line.number, "50")
            assert other.name in header(clerk)
            assert owner.name not in header(clerk)
            await _given_up(clerk)
            await clerk.type("c3\n")  # whom only a form brought is assumed, and overtyped by the next key
            assert form(clerk).panel.values()["number"] == other_line.number
            await clerk.type(f"{line.number}\n")
            assert form(clerk).panel.values()["number"] == line.number
            assert owner.name in header(clerk)
            await clerk.press("shift+tab", "f4")
            assert line.number in clerk.text()
            await clerk.press("escape")
            await _given_up(clerk)

    asyncio.run(day())


def test_proof_goes_with_its_customer_and_a_form_brings_its_own_back_into_view(world: World) -> None:
    async def day() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            (line, owner), (other_line, other) = people(world)
            await clerk.type(f"c4.2 {line.number} {owner.document_number}\n")
            await clerk.press("f8")
            await clerk.type(f"c4.2 {other_line.number} {other.document_number}\n")
            assert other.name in header(clerk)
            await clerk.press("f3", "y")
            assert owner.name in header(clerk)
            assert "document_number" not in form(clerk).draft.errors
            await _given_up(clerk)
            await clerk.type(f"c3 {line.number} lost\n")
            assert "document_number" in form(clerk).draft.errors
            await _given_up(clerk)
            await clerk.type("kh\n")
            assert owner.name in header(clerk)
            form(clerk).panel.focus_on("document_number")
            await clerk.type("11010519491231002X\n")
            assert owner.name not in header(clerk)
            await _given_up(clerk)
            assert owner.name not in header(clerk)

    asyncio.run(day())
