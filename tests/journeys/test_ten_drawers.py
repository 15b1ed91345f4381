"""Ten counters by keys, five of them by day: a shift opened and sold in at each, in both languages by turns, paid in
every way; then all are counted from the check list and the day is closed, in no more keys than five minutes have
seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from boss_tui.components.till.cash import safe_balance
from boss_tui.components.till.figures import expected_cash
from data.demo import hall
from data.tables.finance import BusinessDay, PaymentTender, Shift, ShiftTender
from data.tables.order import Subscription
from screens.counting import CloseShiftScreen, CountSafeScreen
from screens.day import DayCheckScreen
from screens.day_figures import DayReportScreen
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tick_list import TickList
from screens.home import HomeScreen
from tests.journeys.businesses import fill
from tests.journeys.till import pieces
from tests.journeys.world import FACTS, Clerk, World, make_home
from tests.tiers import nightly

FIVE_MINUTES = 300
STAFF = tuple(f"10{n:02}" for n in range(1, 11))
WAYS = (("1", ""), ("2", "POS"), ("3", "CQ"), ("4", "TR"), ("5", "WX"))
"""How each counter in turn is paid: the digit of the way, and what its references begin with."""
SCANNED = "134567890123456799"


@pytest.fixture(params=[5, *nightly(10)])
def counters(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Of the hall; a way of paying for each at least."""
    return tuple(f"HZ01{n:02}" for n in range(1, request.param + 1))


@pytest.fixture
def world(counters: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A hall of so many counters, and ten clerks; nobody has a shift yet but who works by command."""
    monkeypatch.setattr(hall, "COUNTERS", counters)
    more = tuple((staff_no, f"营业员{staff_no}", "clerk") for staff_no in STAFF[4:])
    monkeypatch.setattr(hall, "_STAFF", (*hall._STAFF, *more))
    made = World(make_home(tmp_path / "home"))
    yield made
    made.opened.close()


async def sell(clerk: Clerk, world: World, place: int) -> None:
    """The shift is opened, where it is not yet, and money is paid in advance, in this counter's way."""
    if not [row for row in world.rows(Shift, operator=STAFF[place]) if row.state != "closed"]:
        await clerk.open_shift("200")
    line = world.rows(Subscription, state="active", order=("number",))[place]
    await fill(clerk, "C12", who=line.number, action="advance", amount=str(50 + place))
    await clerk.press("f10")
    digit, begins = WAYS[place % len(WAYS)]
    if digit == "5":
        await clerk.type(f"{SCANNED}\n")
    elif digit != "1":
        await clerk.press("f4")
        await clerk.type(f"{digit}\n")
        await clerk.type("\n")
        await clerk.type(f"{begins}{place:04}")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
    await clerk.press("space")
    assert isinstance(clerk.app.screen, HomeScreen), clerk.text()


async def count(clerk: Clerk, amount: int) -> None:
    """Pieces as far as there are any, F10, y, and every slip in hand."""
    await clerk.type(pieces(amount).rstrip("\n"))
    await clerk.press("f10")
    await clerk.press("y")
    if isinstance(clerk.app.screen, TickList):
        await clerk.press("enter", "f10")
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, DayCheckScreen), clerk.text()


async def close(clerk: Clerk, world: World, counters: int) -> None:
    """All from the check list: the next drawer is marked each time; the safe; the close."""
    await clerk.type("qt\n5")
    for left in range(counters, 0, -1):
        assert clerk.sees("The day can't be closed yet: {n} to be done before.", n=left), clerk.text()
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, CloseShiftScreen), clerk.text()
        (shift,) = [row for row in world.rows(Shift, state="open") if f" {row.till}" in clerk.text().splitlines()[1]]
        with world.store.reading() as reading:
            cash = expected_cash(reading, shift)
        await count(clerk, cash)
    await clerk.until(lambda: clerk.told() == (0, 0, 0))
    await clerk.press("end", "enter")
    assert isinstance(clerk.app.screen, CountSafeScreen), clerk.text()
    with world.store.reading() as reading:
        held = safe_balance(reading, FACTS.outlet)
    await count(clerk, held)
    await clerk.press("f10")
    await clerk.press("y")
    assert isinstance(clerk.app.screen, DayReportScreen), clerk.text()


def test_counters_sell_and_are_closed_from_the_check_list(world: World, counters: tuple[str, ...]) -> None:
    async def day() -> None:
        async with world.clerk("zh_CN") as chief:
            for place, counter in enumerate(counters[1:], 1):
                language = "zh_CN" if place % 2 else "en"
                async with world.clerk(language, opened=world.second(counter)) as clerk:
                    await clerk.sign_on(STAFF[place])
                    if clerk.app.words.language != language:
                        await clerk.press("ctrl+t")
                    await sell(clerk, world, place)
            await chief.sign_on(STAFF[0])
            await sell(chief, world, 0)
            await chief.type("signoff\n")
            await chief.sign_on(FACTS.supervisor)
            chief.strokes = 0
            await close(chief, world, len(counters))
            assert chief.strokes <= FIVE_MINUTES, chief.strokes

    asyncio.run(day())
    assert {row.state for row in world.rows(Shift)} == {"closed"}
    assert {row.kind for row in world.rows(PaymentTender)} >= {"cash", "card", "cheque", "transfer", "wechat"}
    assert {row.missing for row in world.rows(ShiftTender)} == {0}
    assert not world.rows(BusinessDay, state="open")
    world.clean()
