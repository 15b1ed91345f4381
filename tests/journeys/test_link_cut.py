"""The link is cut: headquarters, the gateway and the printer are away. Everything works; then it drains, once."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

from boss_tui.network.batch import read_batch
from boss_tui.network.machine.memory import Memory
from boss_tui.network.machine.state import State
from data.tables.document import PaperDocument
from data.tables.network import NetworkCommand
from data.tables.order import ProductOrder, Subscription
from data.tables.sync import JournalEntry, PrintJob
from screens.home import HomeScreen
from screens.preview import PreviewScreen
from tests.journeys.world import FACTS, Clerk, Customer, World, body

OPENINGS = 2


def cut(world: World) -> None:
    """Headquarters, gateway and printer are away."""
    world.machines.cut()
    world.machines.printer.switch_off()
    (world.home.folder / "gateway").rename(world.home.folder / "away")
    (world.home.folder / "gateway").write_text("what a mount point is without its mount\n")


def mend(world: World) -> None:
    """They are there again, and it is later: who was away is not called every second."""
    world.machines.mend()
    world.machines.printer.switch_on()
    (world.home.folder / "gateway").unlink()
    (world.home.folder / "away").rename(world.home.folder / "gateway")
    world.clock.move(minutes=7)


def test_everything_works_without_a_link_and_drains_once(world: World) -> None:
    async def day() -> list[str]:
        async with world.clerk() as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            await clerk.until(lambda: clerk.told() == (0, 0, 0) and clerk.sees("linked"))
            cut(world)
            serials = [await opened(clerk, turn) for turn in range(OPENINGS)]
            await waits(clerk, world, serials)
            mend(world)
            await clerk.linked(world.clock)
            await clerk.until(lambda: all(order.state == "completed" for order in orders(world, serials)))
            await clerk.until(lambda: clerk.told() == (0, 0, 0))
            printed_once(world, serials)
            return serials

    serials = asyncio.run(day())
    held_once(world, serials)
    applied_once(world)
    world.clean()


async def opened(clerk: Clerk, turn: int) -> str:
    """A C1 as ever; before the second one a form is put aside and taken up again."""
    if turn:
        await clerk.fill_account(Customer(turn))
        await clerk.press("f6")
        await clerk.type("back soon\n")
        assert isinstance(clerk.app.screen, HomeScreen)
        await clerk.press("f6", "enter")
        done = await clerk.pay("300")
    else:
        done = await clerk.open_account(Customer(turn))
    await clerk.press("space")
    return str(done.outcome.serial)


def orders(world: World, serials: list[str]) -> list[ProductOrder]:
    """The journey's orders."""
    return [row for row in world.rows(ProductOrder) if row.serial in serials]


async def waits(clerk: Clerk, world: World, serials: list[str]) -> None:
    """Nothing is lost: status line, queue screen and order say what waits and where."""
    await clerk.until(lambda: clerk.sees("NO LINK") and clerk.told()[2] == 4 * OPENINGS)
    out, net, _ = clerk.told()
    assert out >= OPENINGS
    assert net >= OPENINGS
    await clerk.until(lambda: len({command.work_order_id for command in world.rows(NetworkCommand)}) >= OPENINGS)
    await clerk.type("dl\n")
    await clerk.until(lambda: clerk.sees("link DOWN"))
    await clerk.until(lambda: clerk.sees("to push {n}", n=clerk.app.queues.outbox))
    await clerk.until(lambda: clerk.sees("commands {n}", n=clerk.app.queues.network))
    await clerk.until(lambda: clerk.sees("waiting {n}", n=4 * OPENINGS))
    await clerk.press("f3")
    await clerk.type(f"dd\n{serials[0]}\n")
    await clerk.until(lambda: all(clerk.sees(state) for state in ("in progress", "retrying", "queued")))
    await clerk.press("f3", "f3")
    await clerk.type("qt\n2")  # the books don't wait for anybody
    assert isinstance(clerk.app.screen, PreviewScreen)
    await clerk.press("f3", "f3")
    assert {order.state for order in orders(world, serials)} == {"inProgress"}
    assert not world.sheets()


def printed_once(world: World, serials: list[str]) -> None:
    """Each paper once, as it was shown."""
    ids = [order.id for order in orders(world, serials)]
    jobs = [job for job in world.rows(PrintJob) if job.order_id in ids]
    assert {job.state for job in jobs} == {"acknowledged"}
    assert sorted(map(body, world.sheets())) == sorted(body(job.preview.split("\n")) for job in jobs)
    papers = [paper for paper in world.rows(PaperDocument) if paper.order_id in ids]
    assert len(papers) == len(jobs) == len(world.sheets()) == 4 * OPENINGS


def held_once(world: World, serials: list[str]) -> None:
    """Headquarters has each entry once, in order, and each order as the outlet has it."""
    store = world.home.open_store(world.clock)
    with store.reading() as reading, world.headquarters() as central:
        here = [(e.epoch, e.seq, e.hash) for e in reading.all(JournalEntry, order=("seq",))]
        there = [(e.epoch, e.seq, e.hash) for e in central.all(JournalEntry, outlet=FACTS.outlet, order=("seq",))]
        for serial in serials:
            mine, held = reading.one(ProductOrder, serial=serial), central.one(ProductOrder, serial=serial)
            assert (mine.state, mine.amount, mine.customer_id) == (held.state, held.amount, held.customer_id)
    store.close()
    assert there == here[: len(there)]
    assert len(here) - len(there) <= 1  # the program's last breath
    assert [seq for _, seq, _ in there] == list(range(1, len(there) + 1))


def applied_once(world: World) -> None:
    """The element obeyed each command once, and was sent it once."""
    store = world.home.open_store(world.clock)
    with store.reading() as reading:
        commands = reading.all(NetworkCommand)
        numbers = {row.number for row in reading.all(Subscription) if row.state == "active"}
    store.close()
    assert {command.state for command in commands} == {"answered"}
    assert len(commands) >= OPENINGS
    batches = sorted(Path(world.home.folder).glob("gateway/*/outbox/taken/*"))
    sent = Counter(entry.key for path in batches for entry in read_batch(path.read_bytes()).entries)
    assert set(sent.values()) == {1}
    state = State(world.home.folder / "element.db")
    memory = Memory(state)
    assert all(memory.reply(key) for key in sent)
    state.close()
    assert len(sent) == len(commands)
    assert numbers <= {one.msisdn.removeprefix("86") for one in world.subscribers()}
