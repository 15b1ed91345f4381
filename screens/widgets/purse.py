"""What the payment box needs of the desk: the ways of paying, and what was handed over and said so far, on disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boss_tui.answers.business import AS_USUAL, Invoicing, MobileView, Tender
from screens.widgets.tender_form import Ways

if TYPE_CHECKING:
    from screens.frame import DeskApp


class Purse:
    """What is handed over for one form (`draft_id`), or for the forms of the basket (empty)."""

    def __init__(
        self,
        desk: DeskApp,
        draft_id: str,
        ways: Ways,
        tenders: Sequence[Tender],
        keeps_rest: bool,
        invoicing: Invoicing = AS_USUAL,
    ) -> None:
        self.desk, self.draft_id = desk, draft_id
        self.ways, self.tenders, self.keeps_rest = ways, list(tenders), keeps_rest
        self.invoicing = invoicing

    @classmethod
    async def opened(cls, desk: DeskApp, draft_id: str, keeps_rest: bool) -> Purse:
        """As the desk has it now."""
        ways = Ways(await desk.call(desk.port.paying.tender_ways))
        handed = await desk.call(desk.port.paying.tendered, draft_id)
        return cls(desk, draft_id, ways, handed, keeps_rest, await desk.call(desk.port.invoices.asked, draft_id))

    async def invoice(self, asked: Invoicing) -> None:
        """Put on disk what was said of the invoice. BadForm: beside title or tax number."""
        await self.desk.call(self.desk.port.invoices.keep, self.draft_id, asked)
        self.invoicing = await self.desk.call(self.desk.port.invoices.asked, self.draft_id)

    async def save(self, tenders: Sequence[Tender]) -> None:
        """Put on disk what has been handed over."""
        await self.desk.call(self.desk.port.paying.keep_tenders, self.draft_id, list(tenders))

    async def ask(self, amount: int, code: str) -> MobileView:
        """Ask the provider of the code that the customer shows."""
        return await self.desk.call(self.desk.port.mobile.ask, self.draft_id, amount, code)

    async def look(self, order_no: str) -> MobileView:
        """How a mobile payment stands."""
        return await self.desk.call(self.desk.port.mobile.look_at, order_no)

    async def drop(self, tender: Tender) -> None:
        """A tender is taken out: what was paid by telephone goes back."""
        if tender.kind in self.ways.all and self.ways.all[tender.kind].provider:
            await self.desk.call(self.desk.port.mobile.drop, tender.reference)
