"""Find (F2): customers, numbers, orders, documents, cards, handsets, as you type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from data.message import Message, say
from screens.frame import DeskApp
from screens.list_screen import ListScreen
from screens.widgets.listing import ListRow

if TYPE_CHECKING:
    from screens.ports.lookups import Hit

_KINDS = {
    "customer": say("customer"),
    "number": say("number"),
    "subscription": say("number"),
    "order": say("order"),
    "document": say("document"),
    "card": say("recharge card"),
    "sim": say("SIM"),
    "handset": say("handset"),
    "act": say("act of management"),
}


def hit_line(hit: Hit) -> ListRow:
    """What was found, as a line."""
    return ListRow((_KINDS.get(hit.kind, Message("")), hit.title, hit.detail), hit)


class FindScreen(ListScreen):
    """Enter puts the customer that the line leads to in front of the clerk, and opens an order or a paper's."""

    title_of = say("Find")
    hint: ClassVar[Message] = say("Number, last four digits, document, name, initials, serial, ICCID, IMEI")
    widths: ClassVar[tuple[int, ...]] = (10, 26)

    async def load(self, text: str) -> Sequence[ListRow]:
        """Nothing typed finds nothing."""
        if not text.strip():
            return []
        return [hit_line(hit) for hit in await self.desk.call(self.desk.port.finding.find, text)]

    async def chosen(self, line: ListRow) -> None:
        """Meet the customer, go on to the business."""
        await self.desk.pop_screen()
        await open_hit(self.desk, line.value)


async def open_hit(desk: DeskApp, hit: Hit) -> None:
    """What taking a hit does: its customer and its number come in view; an order opens, and a paper's."""
    customer_id, serial = hit.values.get("customer_id"), hit.values.get("serial")
    if customer_id:
        await desk.meet(customer_id, hit.values.get("number", ""))
        await _told(desk)
    if serial and hit.kind in {"order", "document"}:
        await desk.place("orders", serial)
    elif hit.kind == "act":
        from screens.matrix import ActScreen

        await desk.push_screen(ActScreen(await desk.call(desk.port.lookups.act, hit.title)))
    elif not customer_id:
        desk.announce(say("{title}: nobody's. {detail}", title=hit.title, detail=hit.detail), "warn")


async def _told(desk: DeskApp) -> None:
    """A form from which somebody was found may be about them; elsewhere it is said what they are in view for, but for
    the first screen, where the next business is chosen, and where they go out of view again."""
    from screens.business import BusinessScreen

    if isinstance(desk.screen, BusinessScreen):
        await desk.screen.met()
    elif (below := desk.screen_below()) is not None and desk.customer is not None and not below.is_first:
        desk.announce(say("{name} is in view: the next business is for them.", name=desk.customer.name), "good")
