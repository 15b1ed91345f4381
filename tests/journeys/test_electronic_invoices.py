"""Electronic invoices by keys, in both languages, against the shipped tax platform: asked for, lost on the way, refused
and put right, taken back in part; the month's credit is told."""

from __future__ import annotations

import asyncio

import pytest

import boss_tui.start.background
from boss_tui.components.invoices.electronic_invoices import STATES
from boss_tui.components.invoices.electronic_slips import RED_STATES
from boss_tui.remote import simulated_tax
from data.tables.electronic import ElectronicInvoice, RedConfirmation
from data.tables.organisation import Alarm
from screens.dialogs.waiting import WaitingDialog
from screens.electronic import ElectronicScreen, RedScreen
from screens.manage.people import Told
from screens.numbers import NumbersFormScreen
from tests.journeys.test_invoices import put_off
from tests.journeys.world import FACTS, Clerk, World


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_is_asked_for_lost_refused_put_right_and_taken_back(
    world: World, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(boss_tui.start.background, "SERVICES_SECONDS", 3_600.0)  # the clerk asks, nobody else

    async def day() -> None:
        async with world.clerk(language) as clerk:
            await clerk.sign_on()
            if clerk.app.words.language != language:
                await clerk.press("ctrl+t")
            await clerk.open_shift()
            serial = await put_off(clerk)
            await clerk.type("sd\n")
            assert isinstance(clerk.app.screen, ElectronicScreen), clerk.text()
            assert clerk.sees("to be drawn later")
            await asked_for(clerk, world)
            await lost(clerk, world)
            await waited_for_no_longer(clerk, world)
            await refused(clerk, world)
            await put_right(clerk, world, serial)
            await taken_back(clerk, world)
            await credit_is_told(clerk)
            await clerk.until(lambda: clerk.told()[0] == 0)

    asyncio.run(day())
    (invoice,), (slip,) = world.rows(ElectronicInvoice), world.rows(RedConfirmation)
    assert (invoice.attempt, invoice.title, slip.amount, slip.reason) == (2, "杭州某某科技有限公司", 1_000, "04")
    with world.headquarters() as headquarters:  # what the platform said counts there, too
        (told,) = headquarters.all(ElectronicInvoice)
    assert (told.state, told.number, told.issued_at) == (invoice.state, invoice.number, invoice.issued_at)
    world.clean()


async def way(clerk: Clerk, told: str) -> None:
    """What can be done about the one that is marked."""
    await clerk.press("enter")
    await clerk.give(clerk.word(told))
    await clerk.type("\n")


def one(world: World) -> ElectronicInvoice:
    (row,) = world.rows(ElectronicInvoice)
    assert isinstance(row, ElectronicInvoice)
    return row


def stands(clerk: Clerk, world: World, state: str) -> None:
    """It is in this state, and the screen says so."""
    assert one(world).state == state
    assert isinstance(clerk.app.screen, ElectronicScreen), clerk.text()
    assert clerk.app.words(STATES[state]) in clerk.text()


async def asked_for(clerk: Clerk, world: World) -> None:
    """A tax number of a wrong length and a wrong address are refused beside their fields; then it waits."""
    await way(clerk, "Ask for it electronically")
    assert isinstance(clerk.app.screen, NumbersFormScreen), clerk.text()
    await clerk.give("杭州某某科技有限公司")
    await clerk.type("\n123\n")
    await clerk.press("f10")
    assert clerk.sees("A tax number has 15, 18 or 20 characters; these are {count}.", count=3)
    await clerk.give("913301080000000")
    await clerk.type("\nnobody")
    await clerk.press("f10")
    assert clerk.sees("An address such as name@example.cn.")
    await clerk.give("cw@example.cn")
    await clerk.press("f10")
    stands(clerk, world, "waiting")


async def lost(clerk: Clerk, world: World) -> None:
    """The platform can't be reached: it was sent, and nobody knows what came of it."""
    world.machines.services.fault("down")
    await way(clerk, "Ask the tax platform now")
    stands(clerk, world, "issuing")
    assert clerk.word("No answer: {why} It is asked again by itself.").partition("{")[0] in clerk.text()
    world.machines.services.mend()


async def waited_for_no_longer(clerk: Clerk, world: World) -> None:
    """The platform takes its time: how long is shown, Esc goes on at once, and its answer is taken when it comes."""
    world.machines.services.fault("slow", 20.0)
    await clerk.press("enter")
    await clerk.give(clerk.word("Ask the tax platform now"))
    await clerk.type("\n")
    await clerk.until(lambda: isinstance(clerk.app.screen, WaitingDialog))
    await clerk.until(lambda: clerk.sees("The tax platform is being asked."))
    await clerk.press("escape")
    assert clerk.sees("Waited for no longer: it is asked again by itself.")
    await clerk.type("abc")
    assert "abc" in clerk.text(), "keys go on"
    await clerk.press(*["backspace"] * 3)
    world.machines.services.mend()


async def refused(clerk: Clerk, world: World) -> None:
    """The platform does not take the buyer: why stands beside it, and it is no invoice that could be taken back."""
    world.machines.services.tax(simulated_tax.refuse, True)
    await way(clerk, "Ask the tax platform now")
    stands(clerk, world, "failed")
    assert "购买方信息" in clerk.text()
    assert [row.state for row in world.rows(Alarm)] == ["open"]
    await clerk.press("enter")
    assert clerk.word("Red-letter it, or a part of it") not in clerk.text()
    await clerk.press("escape")
    world.machines.services.tax(simulated_tax.refuse, False)


async def put_right(clerk: Clerk, world: World, serial: str) -> None:
    """Sent anew with another tax number; its answer is lost, and looked up: it is issued once."""
    await way(clerk, "Put right for whom it is, and send it anew")
    await clerk.type("\n")
    await clerk.give("913301080000001")
    await clerk.press("f10")
    stands(clerk, world, "waiting")
    world.machines.services.fault("lose", times=9)
    await way(clerk, "Ask the tax platform now")
    stands(clerk, world, "issuing")
    world.machines.services.mend()
    await way(clerk, "Ask the tax platform now")
    stands(clerk, world, "issued")
    assert [row.state for row in world.rows(Alarm)] == ["seen"]  # nothing is left to be looked into
    assert len(world.machines.services.tax(simulated_tax.issued)) == 1
    assert serial[-10:] in clerk.text()
    assert one(world).number[:8] in clerk.text()


async def taken_back(clerk: Clerk, world: World) -> None:
    """More than there is, and no reason of the platform's, are refused; a supervisor says yes to the rest."""
    await way(clerk, "Red-letter it, or a part of it")
    assert isinstance(clerk.app.screen, RedScreen), clerk.text()
    await clerk.type("9999\n05")
    await clerk.press("f10")
    assert clerk.word("Of this invoice {left} yuan are left.").partition("{")[0] in clerk.text()
    await clerk.press("shift+tab")
    await clerk.type("10\n")
    await clerk.press("f4")
    await clerk.give("04")
    await clerk.type("\n")
    await clerk.press("f10")
    assert not world.rows(RedConfirmation)
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, ElectronicScreen), clerk.text()
    assert clerk.app.words(RED_STATES["10"]) in clerk.text()
    await way(clerk, "Ask the tax platform now")
    assert clerk.app.words(RED_STATES["01"]) in clerk.text()
    assert "-10.00" in clerk.text()


async def credit_is_told(clerk: Clerk) -> None:
    await clerk.press("f4")
    assert isinstance(clerk.app.screen, Told), clerk.text()
    assert clerk.word("Used") in clerk.text()
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, ElectronicScreen), clerk.text()
