"""Nothing that is done at the counter, or beside it by itself, reads a table whole that grows with the hall."""

from __future__ import annotations

import asyncio

from boss_tui.answers.business import Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.chores.completion import complete_finished
from boss_tui.chores.scheduling import perform_due
from data.errors import OutOfStock
from tests.hall import FACTS, Hall
from tests.journeys.world import Customer, World
from tests.scans import explained


def test_a_day_at_the_counter_scans_nothing_that_grows(world: World) -> None:
    async def day() -> None:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            await clerk.open_account(Customer())
            await clerk.press("space")
            await clerk.until(lambda: clerk.told() == (0, 0, 0))
            for keys in ("dd\n", "dl\n"):
                await clerk.type(keys)
                await clerk.press("f3")
            await clerk.type("qt\n")
            for report in "234":
                await clerk.type(report)
                await clerk.press("f3")
            await clerk.press("f3")
            for sought in ("3957", "bjh", "1005", "仇"):
                await clerk.press("f2")
                await clerk.type(sought)
                await clerk.press("f3")

    with explained() as scans:
        asyncio.run(day())
    assert len(scans.seen) > 100
    assert not scans.found, scans.told()


def test_no_business_scans_what_grows(hall: Hall) -> None:
    with explained() as scans:
        for code in sorted(BUSINESSES):
            hall.desk.serving.next_customer()
            try:
                view = hall.desk.forms.begin(code, hall.desk.forms.example(code))
            except OutOfStock:
                continue
            if view.qualification.verdict == "override":
                view = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
            due = view.quote.due
            with explained() as committed:
                outcome = hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])
            assert not committed.anew, code
            hall.desk.lookups.order(outcome.serial)
            hall.desk.lookups.orders("")
            hall.desk.queues.items()
            hall.desk.queues.counts()
            complete_finished(hall.store, FACTS.outlet)
            perform_due(hall.store, FACTS.outlet)
    assert len(scans.seen) > 100
    assert not scans.found, scans.told()
