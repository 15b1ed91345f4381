"""Two printers of a hall by keys: a supervisor says at one desk where papers come out, and the other desk obeys."""

from __future__ import annotations

import asyncio

from data.tables.sync import PrintJob
from printers.simulator import Simulator
from screens.printers import PrintersScreen
from tests.journeys.test_two_counters import OTHER_CLERK, OTHER_COUNTER, at_work
from tests.journeys.world import FACTS, Clerk, Customer, World


def test_where_papers_come_out_is_said_at_one_desk_and_holds_at_the_other(world: World) -> None:
    """A printer more takes nothing; a counter's receipts are sent to it; while it is away its stand-in has them."""

    async def day() -> None:
        with Simulator("127.0.0.1", 0, 32) as small:
            async with world.clerk() as here, world.clerk(opened=world.second(OTHER_COUNTER)) as there:
                await here.sign_on(FACTS.supervisor)
                await at_work(there, OTHER_CLERK)
                await a_printer_more(here, small)
                await sell(there, Customer(1))
                await here.until(lambda: not world.rows(PrintJob, state="queued"))
                assert not small.receipts
                await its_receipts(here)
                await sell(there, Customer(2))
                await here.until(lambda: len(small.receipts) == 1)
                assert "收" in "".join(line.text for sheet in small.receipts for line in sheet)
                await a_stand_in(here)
                small.switch_off()
                await sell(there, Customer(3))
                await here.until(lambda: bool(world.rows(PrintJob, meant_for="P58", state="acknowledged")))
                small.switch_on()
            (job,) = world.rows(PrintJob, meant_for="P58")
            assert (job.printer, job.title.split()[0]) == ("P80", "收据")
            assert len(small.receipts) == 1

    asyncio.run(day())
    world.clean()


async def a_printer_more(clerk: Clerk, printer: Simulator) -> None:
    """Set up by its URL."""
    await clerk.type("printers\n")
    await clerk.type("new\n")
    await clerk.type(f"P58\ntcp://127.0.0.1:{printer.port}\n")
    await clerk.press("ctrl+u")
    await clerk.type("58mm-cutter")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, PrintersScreen), clerk.text()
    assert "No paper comes out of P58 yet" in clerk.text()


async def its_receipts(clerk: Clerk) -> None:
    """Receipts of the other counter come out of the small printer."""
    await clerk.press("escape")
    await clerk.type(f"{OTHER_COUNTER}\nreceipt\nP58\n")
    assert f"At {OTHER_COUNTER}, Receipt: out of P58 now, no more of P80." in clerk.text()


async def a_stand_in(clerk: Clerk) -> None:
    """What the small one can't print comes out of the large one, by itself."""
    await clerk.press("escape")
    await clerk.type("P58\n")
    await clerk.type("3")
    await clerk.press("down", "down", "down")
    await clerk.type("P80\nself")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, PrintersScreen), clerk.text()


async def sell(clerk: Clerk, customer: Customer) -> None:
    """An account, paid in cash."""
    await clerk.fill_account(customer)
    await clerk.pay("200")
    await clerk.press("space")
