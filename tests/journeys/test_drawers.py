"""The drawer by keys: opened, dropped from, suspended, resumed, handed over, taken over, closed from elsewhere; and the
safe, to the bank. In both languages, small and large; the books hold, here and at headquarters."""

from __future__ import annotations

import asyncio

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.till.cash import safe_balance
from boss_tui.components.till.figures import expected_cash
from boss_tui.forms.typed import yuan
from data.demo.hall import COUNTERS
from data.demo_staff import CLERKS, PASSWORD
from data.tables.counting import BlindCount
from data.tables.finance import CashMovement, SafeCount, Shift, ShiftTender
from data.tables.sync import AccessLog
from screens.counting import CloseShiftScreen, HandOverScreen
from screens.dialogs.approval import Approval, Colleague, Giver, SignedOn
from screens.dialogs.tick_list import TickList
from screens.drawers import SafeScreen, ShiftsScreen
from screens.home import HomeScreen
from screens.preview import PreviewScreen
from screens.sign_on import SignOnScreen
from screens.till import TillScreen
from tests.journeys.till import money, pieces
from tests.journeys.world import FACTS, Clerk, Customer, World
from tests.tiers import nightly

OTHER, THIRD = CLERKS[1], CLERKS[2]
WORDS = {
    "drop": "Drop into the safe",
    "hand": "Hand over",
    "suspend": "Suspend the shift",
    "open": "Open the drawer",
    "shifts": "Shifts of the hall",
    "safe": "Safe",
    "over": "Take over",
}


async def choose(clerk: Clerk, line: str) -> None:
    """A line of the till's screen, by its name."""
    assert isinstance(clerk.app.screen, TillScreen), clerk.text()
    await clerk.type(f"{clerk.word(WORDS[line])}\n")


async def till(clerk: Clerk) -> None:
    """The till, from home."""
    await clerk.type("qt\n")
    assert isinstance(clerk.app.screen, TillScreen), clerk.text()


async def home(clerk: Clerk) -> None:
    """Home again."""
    for _ in range(6):
        if isinstance(clerk.app.screen, HomeScreen):
            return
        await clerk.press("f3")
    raise AssertionError(clerk.text())


async def sign_on(clerk: Clerk, staff_no: str) -> None:
    """Somebody else at this counter."""
    await home(clerk)
    await clerk.type("signoff\n")
    await clerk.sign_on(staff_no)


def here(world: World, **where: str) -> Shift:
    """The one shift that is not closed, and fits."""
    found: list[Shift] = [row for row in world.rows(Shift, **where) if row.state != "closed"]
    (shift,) = found
    return shift


def cash_of(world: World, shift: Shift) -> int:
    """What must be in a drawer, fen."""
    with world.store.reading() as reading:
        return expected_cash(reading, shift)


async def drop(clerk: Clerk, world: World) -> None:
    """Some of it into the safe: the slip stands there, and is printed."""
    before = cash_of(world, here(world, operator=FACTS.clerk))
    await till(clerk)
    await choose(clerk, "drop")
    await clerk.type("0\n午间缴款")
    await clerk.press("f10")
    assert clerk.sees("An amount above 0."), clerk.text()
    await clerk.type("200\n")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    assert "200.00" in clerk.text()
    (moved,) = world.rows(CashMovement, purpose="drop")
    assert (moved.amount, moved.approved_by) == (20_000, "")
    assert cash_of(world, here(world, operator=FACTS.clerk)) == before - 20_000
    await home(clerk)


async def pause(clerk: Clerk, world: World) -> None:
    """The drawer is taken out, a sale says so, and it goes on."""
    await till(clerk)
    await choose(clerk, "open")
    await clerk.type("\n换零钱\n")  # no reason, no drawer
    assert [row.reason for row in world.rows(AccessLog, act="drawer.open")] == ["换零钱"]
    await clerk.press("f3")
    await choose(clerk, "suspend")
    await clerk.type("午饭\n")
    assert here(world, operator=FACTS.clerk).state == "suspended"
    assert clerk.sees("Resume the shift"), clerk.text()
    await clerk.type("1")
    assert here(world, operator=FACTS.clerk).state == "open"
    await home(clerk)


def by_card(world: World) -> None:
    """Two fees at the clerk's counter, each by a card of its own."""
    desk = world.desk(FACTS.clerk, FACTS.counter)
    for slip in ("POS1", "POS2"):
        view = desk.forms.begin("C12", desk.forms.example("C12"))
        desk.orders.complete(view.id, [Tender("card", view.quote.due, slip)])


async def hand_over(clerk: Clerk, world: World) -> None:
    """Counted, and the colleague says yes: one shift ends, the other begins with what was counted."""
    by_card(world)
    mine = here(world, operator=FACTS.clerk)
    cash = cash_of(world, mine)
    await till(clerk)
    await choose(clerk, "hand")
    assert isinstance(clerk.app.screen, HandOverScreen), clerk.text()
    await clerk.type(pieces(cash))
    await clerk.press("f10")
    await clerk.press("y")
    assert isinstance(clerk.app.screen, TickList), clerk.text()
    assert "POS1" in clerk.text()
    await clerk.press("f10")  # nothing is ticked
    assert isinstance(clerk.app.screen, Colleague), clerk.text()
    await clerk.press("escape")
    assert clerk.sees("Not completed. The form is still here."), clerk.text()
    await clerk.press("f10")
    await clerk.press("y")
    await clerk.type("pos2\n")
    assert clerk.sees("{n} {n:slip is|slips are} not ticked.", n=1), clerk.text()
    await clerk.type("pos1\n")
    assert clerk.sees("Every slip is in hand."), clerk.text()
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, Colleague), clerk.text()
    await clerk.type(f"{OTHER}\nwrong\n")
    assert isinstance(clerk.app.screen, Colleague), clerk.text()
    await clerk.type(f"\n{PASSWORD}\n")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    z, slip = clerk.app.screen._papers
    assert any(yuan(cash) in line for line in slip.preview)
    assert z.kind == "report"
    theirs = here(world, operator=OTHER)
    assert (theirs.float_amount, theirs.taken_from, theirs.till) == (cash, mine.id, mine.till)
    (ticked,) = world.rows(ShiftTender, shift_id=mine.id)
    assert (ticked.kind, ticked.slips, ticked.missing) == ("card", 2, 0)
    await clerk.press("enter")
    assert isinstance(clerk.app.screen, SignOnScreen), "who gave the drawer away has signed off"


async def take_over(clerk: Clerk, world: World) -> None:
    """Who comes to a colleague's drawer sells nothing, and takes it over by a supervisor's word; it is short."""
    theirs = here(world, operator=OTHER)
    cash = cash_of(world, theirs)
    await clerk.sign_on(THIRD)
    await till(clerk)
    assert clerk.sees("Take over"), clerk.text()
    await clerk.type("1")
    assert isinstance(clerk.app.screen, HandOverScreen), clerk.text()
    await clerk.type(pieces(cash - 100))
    await clerk.press("f10")
    await clerk.press("y")
    assert isinstance(clerk.app.screen, Giver), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{PASSWORD}\n")
    await clerk.type("少一元\n")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    (ended,) = world.rows(Shift, id=theirs.id)
    assert (ended.difference, ended.approved_by, ended.reason) == (-100, FACTS.supervisor, "少一元")
    assert here(world, operator=THIRD).float_amount == cash - 100
    await home(clerk)


async def from_elsewhere(clerk: Clerk, world: World) -> None:
    """A supervisor at another counter closes what was left, and takes the safe's cash to the bank."""
    left = here(world, operator=THIRD)
    cash = cash_of(world, left)
    await till(clerk)
    await choose(clerk, "suspend")
    await clerk.type("\n")
    await sign_on(clerk, FACTS.supervisor)
    await till(clerk)
    await choose(clerk, "shifts")
    assert isinstance(clerk.app.screen, ShiftsScreen), clerk.text()
    await clerk.type(f"{THIRD}\n")
    assert isinstance(clerk.app.screen, CloseShiftScreen), clerk.text()
    await clerk.type(pieces(cash))
    await clerk.press("f10")
    await clerk.press("y")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    (closed,) = world.rows(Shift, id=left.id)
    assert (closed.state, closed.closed_by, closed.difference) == ("closed", FACTS.supervisor, 0)
    await clerk.press("f3", "f3")
    await choose(clerk, "safe")
    assert isinstance(clerk.app.screen, SafeScreen), clerk.text()
    await clerk.type("1")
    await clerk.type("99999\nZP1\n")
    await clerk.press("f10")
    await clerk.press("y")
    assert clerk.sees("The safe has not so much cash: a supervisor brings some from the bank."), clerk.text()
    await clerk.type("100\nZP20261128-1\n")
    await clerk.press("f10")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    (moved,) = world.rows(CashMovement, purpose="deposit")
    assert (moved.amount, moved.reference) == (10_000, "ZP20261128-1")
    await clerk.press("f3")
    await clerk.type("3")
    with world.store.reading() as reading:
        held = safe_balance(reading, FACTS.outlet)
    await clerk.type(pieces(held - 50))
    await clerk.press("f10")
    assert clerk.word("{short} short").format(short="0.50") in clerk.text()
    await clerk.type("少五角\n")
    assert clerk.word("{short} short").format(short="0.50") in clerk.text()
    await clerk.press("y")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    (found,) = world.rows(SafeCount)
    assert (found.expected, found.difference, found.reason) == (held, -50, "少五角")
    await home(clerk)


async def blind(clerk: Clerk, world: World) -> None:
    """A supervisor has shifts counted blind: the clerk's X tells nothing of the cash, and the open day is not hers."""
    await till(clerk)
    await clerk.type(f"{clerk.word('Count blind')}\n")
    assert clerk.sees("It holds at every counter from now on."), clerk.text()
    await sign_on(clerk, FACTS.clerk)
    await clerk.open_shift("400")
    await till(clerk)
    await clerk.type("2")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    (paper,) = clerk.app.screen._papers
    told = "\n".join(paper.preview)
    assert clerk.word("counted blind") in told
    assert clerk.word("Cash expected") not in told
    await clerk.press("f3")
    await clerk.type("4")
    assert isinstance(clerk.app.screen, TillScreen), clerk.text()
    await counted_again(clerk, world)
    await home(clerk)


async def counted_again(clerk: Clerk, world: World) -> None:
    """The first count is put down and is wrong; who counts another, though it is right, has a supervisor sign on."""
    await clerk.type("13\n")
    await clerk.press("f10")
    await clerk.press("y")
    assert clerk.word("Your count is put down. It differs from the books: give a reason.")[:6] in clerk.text()
    await clerk.press("escape")
    await clerk.press("up")
    await clerk.type("4\n")
    await clerk.press("f10")
    await clerk.press("y")
    assert isinstance(clerk.app.screen, SignedOn), clerk.text()
    await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()
    (paper,) = clerk.app.screen._papers
    assert money(clerk, "\n".join(paper.preview), "Counted before") == "300.00"
    assert [row.state for row in world.rows(BlindCount, order=("number",))] == ["answered", "accepted"]


@pytest.mark.parametrize(("language", "size"), [("en", (80, 24)), *nightly(("zh_CN", (120, 40)))])
def test_drawers_and_the_safe(world: World, language: str, size: tuple[int, int]) -> None:
    async def day() -> None:
        async with world.clerk(language, size) as clerk:
            await clerk.sign_on()
            await clerk.open_shift()
            await clerk.open_account(Customer())
            await clerk.press("space")
            for step in (drop, pause, hand_over, take_over, from_elsewhere, blind):
                await step(clerk, world)
            await clerk.until(lambda: clerk.told() == (0, 0, 0))
            with world.headquarters() as there:
                assert {row.state for row in there.all(Shift, till=COUNTERS[0])} == {"closed"}

    asyncio.run(day())
    world.clean()


def test_an_approval_is_asked_where_it_is_wanted(world: World) -> None:
    """A float above the clerk's limit asks for a supervisor; one that nobody may give is refused beside the amount."""

    async def day() -> None:
        async with world.clerk("zh_CN") as clerk:
            await clerk.sign_on()
            await clerk.type("qt\n1")
            await clerk.type("9999999")
            await clerk.press("f10")
            await clerk.press("y")
            assert clerk.sees("At most {limit} yuan are moved at once.", limit="50000.00"), clerk.text()
            await clerk.type("10000.01")
            await clerk.press("f10")
            await clerk.press("y")
            assert isinstance(clerk.app.screen, Approval), clerk.text()
            await clerk.type(f"{FACTS.supervisor}\n{PASSWORD}\n")
            assert isinstance(clerk.app.screen, TillScreen), clerk.text()

    asyncio.run(day())
    (moved,) = [row for row in world.rows(CashMovement) if row.amount == 1_000_001]
    assert (moved.purpose, moved.approved_by) == ("float", FACTS.supervisor)
    world.clean()
