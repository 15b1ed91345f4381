"""Exceptions by keys: a hall sells at prices of its own, headquarters puts that aside, and a manager at the office
finds it, reads it, and takes each of the ways out; both ends hold what always holds."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import text

from boss_tui.components.ledger.put_aside import DUE_FROM_OUTLETS, OFFICE, OTHER_INCOME, OWED_BACK, PUT_ASIDE
from boss_tui.verify import verify
from data.message import Message
from data.tables.act import Act
from data.tables.finance import RunningTotal
from data.tables.organisation import Alarm
from data.tables.sync import SyncException
from screens.dialogs.dialog import Destroy
from screens.exceptions import DecisionScreen, ExceptionScreen, ExceptionsScreen
from screens.home import HomeScreen
from tests.boss_tui.headquarters.test_scoped import dearer, in_force
from tests.head_office import MAKER
from tests.journeys.both_ends import OfficeManager, at_office
from tests.linked_hall import LinkedHall

PRICE = "UPDATE price_rule SET amount = amount + :more WHERE business = 'C1' AND item = 'entry_fee'"
WAYS = {
    "Take the entry after all": ("accepted", "店长说好的价"),
    "Give the money back to the customer": ("compensated", "退给客户"),
    "Refuse the entry: its money stays owed": ("refused", "等客户来领"),
    "Refuse the entry: its money becomes income": ("refused", "客户不要了"),
}
AT_ONCE, ALL = 3, "一并拒绝，等客户来领"


def sells_wrongly(linked: LinkedHall) -> None:
    """One opening between two prices, which is only noted; then four at a price that whoever has the machine made."""
    in_force(linked, "M6", "", dearer("66"))
    linked.exchange()
    linked.hall.open_account()
    in_force(linked, "M6", "", dearer("88"))
    linked.exchange()
    for more in (-100, 100):
        with linked.hall.store.engine.connect() as connection:
            assert connection.execute(text(PRICE), {"more": more}).rowcount > 0
            connection.commit()
        if more < 0:
            for _ in range(AT_ONCE + len(WAYS)):
                linked.hall.open_account()
                linked.hall.desk.serving.next_customer()
    linked.exchange()


def totals(linked: LinkedHall) -> dict[str, int]:
    """What headquarters' own postings make, by account."""
    sums: dict[str, int] = {}
    for row in linked.central_rows(RunningTotal, outlet=OFFICE):
        sums[row.account] = sums.get(row.account, 0) + row.amount
    return {account: amount for account, amount in sums.items() if amount}


def test_each_way_out_of_an_exception(linked: LinkedHall) -> None:
    sells_wrongly(linked)
    told = linked.central_rows(SyncException, order=("seq",))
    assert [(row.reason, row.state) for row in told] == [
        ("price", "noted"),
        *[("price", "open")] * (AT_ONCE + len(WAYS)),
    ]
    held = told[1].held
    every = (AT_ONCE + len(WAYS)) * held
    assert totals(linked) == {DUE_FROM_OUTLETS: every, PUT_ASIDE: -every}

    async def day() -> None:
        async with at_office(linked, MAKER, "zh_CN") as manager:
            assert sees(manager, DECIDE, n=AT_ONCE + len(WAYS)), manager.text()
            await manager.type("yc\n")
            assert isinstance(manager.app.screen, ExceptionsScreen), manager.text()
            await several_ended(manager)
            for way, (_, note) in WAYS.items():
                await ended(manager, way, note)
            assert not sees(manager, "Undecided: {n}", n=1)
            await ended(manager, "End it with a note", "价格改动时售出")
            assert sees(manager, "There are no exceptions."), manager.text()
            await looked_back(manager)
            await manager.press("f3")
            assert isinstance(manager.app.screen, HomeScreen)
            assert not sees(manager, DECIDE, n=len(WAYS))

    asyncio.run(day())
    decided = linked.central_rows(SyncException, order=("seq",))
    assert [(row.decision, row.resolution) for row in decided[1:]] == [
        *WAYS.values(),
        *[("refused", ALL)] * AT_ONCE,
    ]
    assert {(row.state, row.decided_by) for row in decided} == {("resolved", MAKER)}
    assert totals(linked) == {
        DUE_FROM_OUTLETS: (AT_ONCE + 3) * held,
        OWED_BACK: -(AT_ONCE + 2) * held,
        OTHER_INCOME: -held,
    }
    acts = sorted(act.act for act in linked.central_rows(Act, operator=MAKER, business="M11"))
    assert acts == [f"exception.{act}" for act in ("accept", "compensate", *["refuse"] * (AT_ONCE + 2), "resolve")]
    linked.exchange()
    assert linked.hall.rows(SyncException, state="open") == []
    (task,) = linked.hall.rows(Alarm, kind="compensate")
    assert "退给客户" in task.message
    for store in (linked.hall.store, linked.office.store):
        with store.reading() as reading:
            assert verify(reading) == []


def sees(manager: OfficeManager, template: str, **values: Any) -> bool:
    """Whether a message stands on the screen."""
    return manager.app.words(Message(template, values)) in manager.text()


DECIDE = "{n} {n:exception|exceptions} of outlets to be decided: exceptions (yc)"


async def several_ended(manager: OfficeManager) -> None:
    """The last three that are undecided are marked, and end at once; those that are alike are marked by one line."""
    await manager.press("f4", "1")
    screen = manager.app.screen
    assert isinstance(screen, ExceptionsScreen)
    assert screen.heading().values["n"] == AT_ONCE + len(WAYS)
    await manager.press("f4", "2", "end", *["up"] * AT_ONCE, *["insert"] * AT_ONCE, "f4")
    await manager.paste(manager.word("Refuse the entry: its money stays owed"))
    await manager.press("enter")
    assert isinstance(manager.app.screen, DecisionScreen), manager.text()
    await manager.paste(ALL)
    await manager.press("f10")
    assert isinstance(manager.app.screen, Destroy)
    await manager.press("y")
    assert isinstance(manager.app.screen, ExceptionsScreen), manager.text()
    assert sees(manager, "{n} {n:exception has|exceptions have} ended.", n=AT_ONCE), manager.text()
    await manager.press("home")


async def ended(manager: OfficeManager, way: str, note: str) -> None:
    """The first of the list, in full, and a way out of it; a note is asked for, and once more whether."""
    await manager.press("enter")
    assert isinstance(manager.app.screen, ExceptionScreen), manager.text()
    await manager.press("f4", "1", "f3", "f4")  # no key of its own takes a way out
    await manager.paste(manager.word(way))
    await manager.press("enter")
    assert isinstance(manager.app.screen, DecisionScreen), manager.text()
    await manager.press("f10")
    assert isinstance(manager.app.screen, DecisionScreen), "a note is wanted"
    await manager.paste(note)
    for sure in ("f10", "n", "f10", "f10", "y"):
        await manager.press(sure)
        assert isinstance(manager.app.screen, Destroy) is (sure == "f10"), manager.text()
    assert isinstance(manager.app.screen, ExceptionScreen), manager.text()
    assert note in manager.text()
    await manager.press("f4")
    assert sees(manager, "It has ended: nothing is left to be decided."), manager.text()
    await manager.press("f3")
    assert isinstance(manager.app.screen, ExceptionsScreen), manager.text()


async def looked_back(manager: OfficeManager) -> None:
    """Those that have ended, with who decided what; sorted otherwise, and narrowed."""
    await manager.press("f6")
    assert sees(manager, "Ended: {n}", n=AT_ONCE + len(WAYS) + 1), manager.text()
    await manager.press("f7", "2")
    assert sees(manager, "The largest sum first"), manager.text()
    await manager.paste("退给客户")
    assert sees(manager, "Ended: {n}", n=1), manager.text()
    assert sees(manager, "given back to the customer")
    await manager.press("escape", "f6")
    assert sees(manager, "There are no exceptions."), manager.text()
