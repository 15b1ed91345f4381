"""What is chosen or waited for over the payment box: a way of paying, a tender to take out, a provider's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boss_tui.answers.business import MobileView, Tender
from boss_tui.forms.typed import yuan
from data.message import say
from screens.dialogs.mobile_box import MobileBox
from screens.dialogs.pick_list import PickList
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from screens.frame import DeskApp
    from screens.widgets.purse import Purse
    from screens.widgets.tender_form import Ways


async def which_way(desk: DeskApp, ways: Ways, current: str) -> str | None:
    """The digit of a way of paying; None: none was taken. `current`: of the one that is set."""
    lines = [
        ListRow((way.name, way.closed) if way.closed else (way.name,), digit) for digit, way in ways.chosen_by.items()
    ]

    async def load(text: str) -> list[ListRow]:
        wanted = text.strip().lower()
        return [line for line in lines if wanted in desk.words(line.cells[0]).lower()]

    return await desk.ask(PickList(say("Paid by"), load, current=current))


async def which_tender(desk: DeskApp, ways: Ways, tenders: Sequence[Tender]) -> int | None:
    """The place of the tender that is taken out: the only one without a question; None: none was chosen."""
    if len(tenders) == 1:
        return 0
    lines = [ListRow((ways.name(t.kind), yuan(t.amount), t.reference), n) for n, t in enumerate(tenders)]

    async def load(text: str) -> list[ListRow]:
        return [line for line in lines if text.strip() in " ".join(desk.words(cell) for cell in line.cells)]

    return await desk.ask(PickList(say("Which is taken out?"), load))


async def asked_by_code(desk: DeskApp, purse: Purse, amount: int, code: str) -> MobileView | None:
    """How a payment stands that the customer's provider was asked for, in fen, by the code that they show: it is waited
    for where all can see it. None: it was given up, and goes back."""
    view = await purse.ask(amount, code)
    if view.state != "asked":
        return view
    answered: MobileView | None = await desk.ask(MobileBox(purse, view, purse.ways.name(view.kind)))
    if answered is None:
        await purse.drop(view.tender)
    return answered
