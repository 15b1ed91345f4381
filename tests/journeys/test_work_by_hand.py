"""Work that no command does: taken, late, the supervisor's, headquarters', handed over, put off, done. By keys."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from boss_tui.answers.business import Tender
from data.clock import CHINA
from data.demo_staff import OFFICE_MANAGERS
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from screens.manual_work import ManualOrderScreen, ManualWorkScreen
from tests.journeys.world import FACTS, Clerk, World
from tests.tiers import nightly

OTHER = "1002"
_LATE = "{n} manual {n:work order is|work orders are} late and a task of yours: manual (rggd)"


@pytest.mark.parametrize(("language", "size"), [("zh_CN", (80, 24)), *nightly(("en", (120, 40)))])
def test_work_by_hand_is_somebodys_until_it_is_done(world: World, language: str, size: tuple[int, int]) -> None:
    async def days() -> None:
        async with world.clerk(language, size) as clerk:
            serial = sold(world)
            await come(clerk, FACTS.clerk, language)
            await opened(clerk)
            await way(clerk, "Take it")
            assert clerk.sees("taken")
            await go(clerk)
            world.clock.move(hours=25)
            await come(clerk, FACTS.supervisor, language)
            assert clerk.sees(_LATE, n=1), clerk.text()
            await opened(clerk, "OVERDUE: the supervisor")
            await hand_over(clerk, world)
            await go(clerk)
            world.clock.move(hours=24)
            await clerk.linked(world.clock)
            await come(clerk, OFFICE_MANAGERS[0], language)
            await clerk.until(lambda: clerk.sees(_LATE, n=1))
            await opened(clerk, "OVERDUE: headquarters")
            assert clerk.sees("handed over"), clerk.text()
            await go(clerk)
            await come(clerk, OTHER, language)
            await opened(clerk)
            await put_off(clerk, world)
            await way(clerk, "Take it up again")
            await way(clerk, "Done by hand")
            await clerk.type("platform 3, by phone\n")
            assert clerk.sees("done"), clerk.text()
            await clerk.until(lambda: world.rows(ProductOrder, serial=serial)[0].state == "completed")

    asyncio.run(days())
    (work,) = world.rows(WorkOrder, kind="manual", done_by=OTHER)
    assert (work.state, work.reason) == ("done", "platform 3, by phone")
    world.clean()


def sold(world: World) -> str:
    """Voicemail with a new number, at another counter: no command switches it on."""
    desk = world.desk("1003", "HZ0103")
    desk.till.open_shift(50_000)
    view = desk.forms.begin("C1")
    view = desk.forms.fill(view.id, {**desk.forms.example("C1"), "services": "VMAIL"})
    return desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial


async def come(clerk: Clerk, staff_no: str, language: str) -> None:
    await clerk.sign_on(staff_no)
    if clerk.app.words.language != language:
        await clerk.press("ctrl+t")  # who signs on has a language of their own


async def go(clerk: Clerk) -> None:
    await clerk.press("f3", "f3")
    await clerk.type("xb\n")


async def opened(clerk: Clerk, late: str = "") -> None:
    """The list, and its first line."""
    await clerk.type("rggd\n")
    assert isinstance(clerk.app.screen, ManualWorkScreen), clerk.text()
    assert not late or clerk.sees(late), clerk.text()
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, ManualOrderScreen), clerk.text()


async def way(clerk: Clerk, what: str) -> None:
    """What can be done, by its words."""
    await clerk.press("enter")
    await clerk.type(clerk.word(what))
    await clerk.press("enter")


async def hand_over(clerk: Clerk, world: World) -> None:
    """To nobody, which is refused beside the field; then to a colleague."""
    await way(clerk, "Hand it over")
    await clerk.type("9999\nthey know the platform")
    await clerk.press("f10")
    assert clerk.sees("Nobody here has the staff number {staff_no}.", staff_no="9999"), clerk.text()
    await clerk.type(OTHER)
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, ManualOrderScreen), clerk.text()
    assert [work.assigned for work in world.rows(WorkOrder, kind="manual", state="open")] == [OTHER]


async def put_off(clerk: Clerk, world: World) -> None:
    """Until tomorrow, with why."""
    day = (world.clock.now().astimezone(CHINA) + timedelta(days=1)).strftime("%Y%m%d")
    await way(clerk, "Put it off")
    await clerk.type(f"{day}\n\nthe platform is closed")
    await clerk.press("f10")
    assert clerk.sees("put off"), clerk.text()
