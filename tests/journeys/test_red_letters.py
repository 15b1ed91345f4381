"""An invoice is red-lettered, by keys (M9): its opening is taken back, the red one has a number of its own, and every
number stands accounted for on one screen, alike at the hall and at headquarters."""

from __future__ import annotations

import asyncio

import pytest

from boss_tui.answers.business import Tender
from boss_tui.components.documents.number_accounts import FATES
from data.tables.document import PaperDocument
from screens.dialogs.approval import Approval
from screens.dialogs.outcome import OutcomeDialog
from screens.number_accounts import HandsScreen, NumberAccountsScreen
from screens.orders import OrderScreen
from screens.preview import PreviewScreen
from tests.boss_tui.transactions.following import network_answers
from tests.driver import Keys
from tests.head_office import MAKER
from tests.journeys.both_ends import at_hall, at_office
from tests.journeys.world import FACTS, Clerk
from tests.linked_hall import LinkedHall


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_red_invoice_and_every_number_accounted_for_at_both_ends(linked: LinkedHall, language: str) -> None:
    view = linked.hall.filled()
    sold = linked.hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    network_answers(linked.hall)
    (invoice,) = linked.hall.rows(PaperDocument, kind="invoice", order_id=sold.order_id)
    before = asyncio.run(account(linked, language, invoice.code))
    asyncio.run(taken_back(linked, language, sold.serial))
    (red,) = linked.hall.rows(PaperDocument, kind="invoice", code=invoice.code, number=invoice.number + 1)
    assert (red.amount, linked.hall.rows(PaperDocument, id=invoice.id)[0].state) == (-invoice.amount, "red")
    after = asyncio.run(account(linked, language, invoice.code, red.number))
    assert after == {**before, "stock": before["stock"] - 1, "red": before["red"] + 1}
    linked.exchange()
    there = asyncio.run(at_headquarters(linked, language, invoice.code))
    assert there == {**after, "stock": there["stock"], "issued": after["stock"] + after["issued"]}
    assert linked.is_sound()


async def taken_back(linked: LinkedHall, language: str, serial: str) -> None:
    """From its order: without a reason, and by the clerk's own word, it is not; a supervisor allows it."""
    async with at_hall(linked, language) as clerk:
        await clerk.give(serial)
        await clerk.type("\n\n")
        assert isinstance(clerk.app.screen, OrderScreen), clerk.text()
        await clerk.press("delete")
        await clerk.press("enter")
        assert clerk.sees("A word is needed here: it is kept."), clerk.text()
        await clerk.type("客户反悔\n")
        assert isinstance(clerk.app.screen, Approval), clerk.text()
        await clerk.type(f"{FACTS.clerk}\n{FACTS.password}\n")
        assert isinstance(clerk.app.screen, Approval), clerk.text()
        await clerk.press("ctrl+u")
        await clerk.type(f"{FACTS.supervisor}\n{FACTS.password}\n")
        assert isinstance(clerk.app.screen, OutcomeDialog), clerk.text()
        await clerk.press("space")


async def account(linked: LinkedHall, language: str, code: str, red: int = 0) -> dict[str, int]:
    """How many numbers of a code there are of each fate, at the hall; `red`: one that leads to its paper."""
    async with at_hall(linked, language) as clerk:
        found = await read(clerk, code)
        if red:
            await clerk.press("down", "enter")
            assert isinstance(clerk.app.screen, HandsScreen), clerk.text()
            await leads_to(clerk, red)
        return found


async def leads_to(clerk: Clerk, number: int) -> None:
    """What is typed first is no number of these."""
    await clerk.type("00000000")
    assert clerk.sees("Nothing found."), clerk.text()
    await clerk.press("ctrl+u")
    await clerk.type(f"{number:08d}\n")
    assert isinstance(clerk.app.screen, PreviewScreen), clerk.text()


async def at_headquarters(linked: LinkedHall, language: str, code: str) -> dict[str, int]:
    """The same, as headquarters knows it."""
    async with at_office(linked, MAKER, language) as m:
        return await read(m, code)


async def read(keys: Keys, code: str) -> dict[str, int]:
    """The sums that stand beside a code: what was received is what became of it."""
    await keys.type(f"pz\n{code}")
    assert isinstance(keys.app.screen, NumberAccountsScreen), keys.text()
    line = next(each for each in keys.text().splitlines() if code in each and "," in each)
    received, *fates = (int(cell.replace(",", "")) for cell in line.split()[-8:])
    assert received == sum(fates)
    return dict(zip(FATES, fates, strict=True))
