"""Document numbers by keys: a roll is issued, its torn start is void, a jammed receipt gets the next number."""

from __future__ import annotations

import asyncio

from data.tables.document import DocumentRange, PaperDocument
from screens.dialogs.approval import Approval
from screens.numbers import EachNumberScreen, NumbersFormScreen, NumbersScreen
from tests.journeys.world import FACTS, Clerk, Customer, World

ROLL = 20


def test_a_roll_from_its_issue_to_the_last_number(world: World) -> None:
    async def day() -> None:
        async with world.clerk("zh_CN") as clerk:
            await clerk.sign_on(FACTS.supervisor)
            await issued(clerk, world)
            await clerk.type("签退\n")
            await clerk.sign_on()
            await clerk.open_shift()
            await torn(clerk, world)
            await clerk.press("f3")
            await clerk.open_account(Customer())
            await clerk.press("space")
            await anew(clerk, world)
            await many(clerk, world)
            await each(clerk)
            await clerk.until(lambda: not clerk.app.queues.outbox)
            with world.headquarters() as central:
                here = world.rows(DocumentRange, kind="receipt", order=("first_number",))
                there = central.all(DocumentRange, kind="receipt", outlet=FACTS.outlet, order=("first_number",))
                assert [(r.first_number, r.next_number, r.counter) for r in there] == [
                    (r.first_number, r.next_number, r.counter) for r in here
                ]

    asyncio.run(day())
    world.clean()


def own(world: World) -> DocumentRange:
    (row,) = world.rows(DocumentRange, kind="receipt", counter=FACTS.counter, state="open")
    assert isinstance(row, DocumentRange)
    return row


async def chosen(clerk: Clerk, find: str, way: str) -> None:
    """A range of the list, and what is done with it."""
    assert isinstance(clerk.app.screen, NumbersScreen), clerk.text()
    await clerk.give(find)
    await clerk.type("\n")
    await clerk.give(way)
    await clerk.type("\n")


async def issued(clerk: Clerk, world: World) -> None:
    """The supervisor gives some of the hall's to this counter."""
    await clerk.type("pj\n")
    await chosen(clerk, "收据", "发放")
    assert isinstance(clerk.app.screen, NumbersFormScreen), clerk.text()
    await clerk.type(f"HZ9999\n{ROLL}\n")
    await clerk.press("f10")
    assert "没有台席HZ9999" in clerk.text()
    await clerk.give(FACTS.counter)
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, NumbersScreen), clerk.text()
    row = own(world)
    assert row.last_number - row.first_number + 1 == ROLL
    await clerk.press("f3")


async def torn(clerk: Clerk, world: World) -> None:
    """The first two of the roll are torn: why is asked for beside its field."""
    first = own(world).next_number
    await clerk.type("pj\n")
    await chosen(clerk, FACTS.counter, "核对")
    await clerk.type(f"{first + 2}\n")
    await clerk.press("f10")
    assert "跳过了2个号码" in clerk.text()
    await clerk.give("卷首撕坏")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, NumbersScreen), clerk.text()
    assert own(world).next_number == first + 2


async def anew(clerk: Clerk, world: World) -> None:
    """The receipt of the sale was jammed."""
    first = own(world).first_number
    await clerk.type("pj\n")
    await chosen(clerk, FACTS.counter, "打坏")
    await clerk.type(f"{own(world).code}-{first + 2}\n")
    await clerk.give("卡纸")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    for shown in (f"{own(world).code}-{first + 2}", "收据", "卡纸", "元"):
        assert shown in clerk.text(), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, NumbersScreen), clerk.text()
    states = {row.number - first: row.state for row in world.rows(PaperDocument, kind="receipt", code=own(world).code)}
    assert [states[place] for place in range(4)] == ["void", "void", "void", "normal"]


async def many(clerk: Clerk, world: World) -> None:
    """More than a clerk makes void alone."""
    first = own(world).next_number
    await chosen(clerk, "", "空白票")  # the list is narrowed still
    await clerk.type(f"{first + 1}-{first + 11}\n")
    await clerk.give("水渍")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Approval), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, NumbersScreen), clerk.text()
    assert len(world.rows(PaperDocument, state="void", reason="水渍")) == 11


async def each(clerk: Clerk) -> None:
    """Every number of what is left of the roll's first part."""
    await chosen(clerk, "", "逐号")
    assert isinstance(clerk.app.screen, EachNumberScreen), clerk.text()
    for word in ("作废", "卷首撕坏", "卡纸", "已使用", "未用"):
        assert word in clerk.text(), clerk.text()
    await clerk.press("f3", "f3")
