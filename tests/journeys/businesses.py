"""Any business by keys: what is typed into its fields, the approval, the money, and that all machines have it."""

from __future__ import annotations

from boss_tui.answers.business import Outcome
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from screens.business import BusinessScreen
from screens.dialogs.approval import Approval
from screens.dialogs.dialog import Confirm
from screens.dialogs.outcome import OutcomeDialog
from screens.dialogs.tender_panel import TenderPanel
from screens.home import HomeScreen
from tests.journeys.world import FACTS, Clerk, World

LIST = object()
"""Instead of what is typed: the field's list, and the first that it offers."""
MUCH = "3000"
"""Yuan that are handed over where money is to be paid: more than a handset costs."""
_STEPS = 12
"""A form has no more dialogs than that between F10 and its outcome."""


async def serve(clerk: Clerk, world: World, code: str, **typed: object) -> Outcome:
    """A whole business: its form, F10, what is asked then, what a person does for it, and that all of it is done."""
    await fill(clerk, code, **typed)
    outcome = await complete(clerk)
    if world.rows(WorkOrder, order_id=outcome.order_id, kind="manual", state="open"):
        await done_by_hand(clerk)
    await clerk.until(lambda: world.rows(ProductOrder, serial=outcome.serial)[0].state == "completed")
    return outcome


async def fill(clerk: Clerk, code: str, **typed: object) -> BusinessScreen:
    """A business from the home screen, its fields from the first to the last that is given; Enter passes the others."""
    await clerk.type(f"{code}\n")
    screen = clerk.app.screen
    assert isinstance(screen, BusinessScreen), clerk.text()
    left = dict(typed)
    while left:
        at = screen.panel.current
        if left.get(at) is LIST:
            await clerk.press("f4", "enter")
        else:
            await clerk.give(str(left.get(at, "")))
            await clerk.type("\n")
        left.pop(at, None)
        assert screen.panel.current != at or not left, (at, clerk.text())
    wrong = {name: clerk.app.words(error) for name, error in screen.draft.errors.items() if name in typed}
    assert not wrong, (code, wrong)
    return screen


async def complete(clerk: Clerk, supervisor: str = FACTS.supervisor, password: str = FACTS.password) -> Outcome:
    """F10, a supervisor's approval, the money or the question whether it is right; home again."""
    await clerk.press("f10")
    for _ in range(_STEPS):
        screen = clerk.app.screen
        if isinstance(screen, Approval):
            await clerk.type(f"{supervisor}\n{password}\n")
        elif isinstance(screen, TenderPanel):
            await tender(clerk, screen)
        elif isinstance(screen, Confirm):
            await clerk.press("f10")
        else:
            break
    assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
    outcome = clerk.app.screen.outcome
    await clerk.press("space")
    assert isinstance(clerk.app.screen, HomeScreen), clerk.text()
    return outcome


async def done_by_hand(clerk: Clerk) -> None:
    """The queues' only manual work order: somebody has done it, and says so in a word."""
    await clerk.type("dl\n")
    await clerk.type(clerk.word("Manual"))
    await clerk.press("enter", "enter")
    await clerk.type(clerk.word("Done by hand"))
    await clerk.press("enter")
    await clerk.type("done at the platform\n")
    await clerk.press("f3", "f3")
    assert isinstance(clerk.app.screen, HomeScreen), clerk.text()


async def tender(clerk: Clerk, panel: TenderPanel) -> None:
    """Cash: more than enough when it is to be paid; Enter, to the fen, when it is given back."""
    await clerk.give(MUCH if panel.quote.due > 0 else "\n")
    await clerk.press("f10")
