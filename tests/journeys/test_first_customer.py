"""The first customer: from the sign-on to the day report, by keys alone, on the real desk with all its machines."""

from __future__ import annotations

import asyncio

import pytest

from boss_tui.forms.typed import yuan
from data.tables.finance import Posting, PostingLine, RunningTotal, Shift
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.sync import JournalEntry, JournalHead
from screens.home import HomeScreen
from tests.journeys.till import count, money, report
from tests.journeys.world import FACTS, Clerk, Customer, World, body
from tests.tiers import nightly

MOST_KEYS = 60
FLOAT, HANDED = 50_000, 20_000


@pytest.mark.parametrize(
    ("language", "size", "engine"),
    [
        ("zh_CN", (80, 24), "sqlite"),
        ("en", (80, 24), "sqlite"),
        *nightly(("zh_CN", (120, 40), "sqlite"), ("en", (80, 24), "postgresql")),
    ],
    ids=["zh", "en", "wide", "postgresql"],
    indirect=["engine"],
)
def test_the_first_customer(world: World, language: str, size: tuple[int, int]) -> None:
    async def day() -> None:
        async with world.clerk(language, size) as clerk:
            await clerk.sign_on()
            assert clerk.app.words.language == language
            keys = clerk.strokes
            await clerk.open_shift()
            till_keys, keys = clerk.strokes - keys, clerk.strokes
            serial = await opening(clerk, world)
            used = clerk.strokes - keys + len(f"{FACTS.clerk}\n{FACTS.password}\n")
            print(f"\n{used} keys beyond {clerk.own} of the customer's own, and {till_keys} for the till")
            assert used < MOST_KEYS
            await completed(clerk, world, serial)
            if size == (80, 24):
                await till(clerk, world, serial)
            serials.append(serial)

    serials: list[str] = []
    asyncio.run(day())
    if size == (80, 24):
        books(world, serials[0])
    world.clean()
    assert set(world.cells().values()) == {"alive"}
    assert len(world.cells()) == 20


async def opening(clerk: Clerk, world: World) -> str:
    """C1: change, and both papers as they were shown. The order's serial."""
    done = await clerk.open_account(Customer(), yuan(HANDED))
    outcome = done.outcome
    assert (outcome.tendered, outcome.change) == (HANDED, HANDED - outcome.due)
    assert yuan(outcome.change) in clerk.text()
    assert [paper.kind for paper in outcome.papers] == ["invoice", "receipt", "slip", "contract"]
    await clerk.until(lambda: len(world.sheets()) == len(outcome.papers))
    assert [body(sheet) for sheet in world.sheets()] == [body(paper.preview) for paper in outcome.papers]
    assert world.machines.printer.paper.drawer_pulses == 2, "for the float, and for the money"
    assert not world.machines.printer.paper.faults
    await clerk.press("space")
    assert isinstance(clerk.app.screen, HomeScreen)
    return str(outcome.serial)


async def completed(clerk: Clerk, world: World, serial: str) -> None:
    """The element answers, the order completes by itself, headquarters has it; the screens say so."""
    await clerk.until(lambda: world.rows(ProductOrder, serial=serial)[0].state == "completed")
    (order,) = world.rows(ProductOrder, serial=serial)
    assert {work.state for work in world.rows(WorkOrder, order_id=order.id)} == {"done"}
    (subscription,) = world.rows(Subscription, id=order.subscription_id)
    assert subscription.state == "active"
    assert subscription.number in {one.msisdn.removeprefix("86") for one in world.subscribers()}
    await clerk.until(lambda: clerk.told() == (0, 0, 0) and clerk.sees("linked"))
    (head,) = world.rows(JournalHead, outlet=FACTS.outlet)
    with world.headquarters() as reading:
        assert reading.one(ProductOrder, serial=order.serial).state == "completed"
        assert reading.all(JournalEntry, outlet=FACTS.outlet, seq=head.acked_seq)
    await clerk.type("dd\n")
    (line,) = [text for text in clerk.text().splitlines() if serial[-10:] in text]
    assert clerk.word("completed") in line
    await clerk.press("f3")


async def till(clerk: Clerk, world: World, serial: str) -> None:
    """X, count, Z; then the supervisor's day report. All agree."""
    (order,) = world.rows(ProductOrder, serial=serial)
    taken, drawer = yuan(order.amount), yuan(FLOAT + order.amount)
    await clerk.type("qt\n")
    x = await report(clerk, "2")
    assert (money(clerk, x, "Taken in all"), money(clerk, x, "Cash expected")) == (taken, drawer)
    paper = await count(clerk, FLOAT + order.amount)
    z = "\n".join(paper.preview)
    assert (money(clerk, z, "Taken in all"), money(clerk, z, "Cash expected")) == (taken, drawer)
    assert (money(clerk, z, "Cash counted"), money(clerk, z, "Over or short")) == (drawer, "0.00")
    await clerk.until(lambda: len(world.sheets()) == 5)
    assert body(world.sheets()[-1]) == body(paper.preview)
    await clerk.press("f3")
    assert await report(clerk, "3") == z
    await clerk.press("f3")
    await clerk.type("signoff\n")
    await clerk.sign_on(FACTS.supervisor)
    await clerk.type("qt\n")
    day = await report(clerk, "4")
    assert money(clerk, day, "Taken in all") == taken
    assert money(clerk, day, "Over or short") == "0.00"
    await clerk.until(lambda: not clerk.app.queues.outbox)


def books(world: World, serial: str) -> None:
    """What the reports said is in the books, at the outlet and at headquarters, to the fen."""
    store = world.home.open_store(world.clock)
    try:
        with store.reading() as reading, world.headquarters() as central:
            order = reading.one(ProductOrder, serial=serial)
            shift = reading.all(Shift, till=FACTS.counter, order=("-opened_at",))[0]
            assert (shift.state, shift.expected_cash, shift.counted_cash) == (
                "closed",
                FLOAT + order.amount,
                FLOAT + order.amount,
            )
            of_order = [p.id for p in reading.all(Posting, order_id=order.id)]
            lines = [line for posting in of_order for line in reading.all(PostingLine, posting_id=posting)]
            assert sum(line.amount for line in lines) == 0
            assert sum(line.amount for line in lines if line.account == "1001") == order.amount
            day = {"outlet": FACTS.outlet, "business_date": order.business_date}
            here = {(t.till, t.account): t.amount for t in reading.all(RunningTotal, **day)}
            there = {(t.till, t.account): t.amount for t in central.all(RunningTotal, **day)}
            assert here == there
            assert here[FACTS.counter, "1001"] == 0  # handed over
            assert central.one(Shift, id=shift.id).counted_cash == shift.counted_cash
    finally:
        store.close()
