"""Find (F2): customers, numbers, orders, documents, cards, handsets, as you type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from data.message import Message, say
from screens.list_screen import ListScreen
from screens.ports import Hit
from screens.widgets.listing import Line

_KINDS = {
    "customer": say("customer"),
    "number": say("number"),
    "subscription": say("number"),
    "order": say("order"),
    "paper": say("document"),
    "document": say("document"),
    "card": say("card"),
    "sim": say("SIM"),
    "handset": say("handset"),
}


def hit_line(hit: Hit) -> Line:
    """What was found, as a line."""
    return Line((_KINDS.get(hit.kind, Message("")), hit.title, hit.detail), hit)


class FindScreen(ListScreen):
    """Enter on a customer puts them in front of the clerk; on anything else opens what it is for."""

    title_of = say("Find")
    hint: ClassVar[Message] = say("Number, last four digits, document, name, initials, serial, ICCID, IMEI")
    widths: ClassVar[tuple[int, ...]] = (10, 26)

    async def load(self, text: str) -> Sequence[Line]:
        """Nothing typed finds nothing."""
        if not text.strip():
            return []
        return [hit_line(hit) for hit in await self.desk.call(self.desk.port.find, text)]

    async def chosen(self, line: Line) -> None:
        """Meet the customer, go on to the business."""
        await self.desk.pop_screen()
        await open_hit(self, line.value)


async def open_hit(screen: ListScreen, hit: Hit) -> None:
    """What taking a hit does: its customer comes in view, its business or its order opens."""
    customer_id = hit.values.get("customer_id")
    if customer_id:
        await screen.desk.meet(str(customer_id))
    if hit.kind == "order":
        await screen.desk.place("orders", hit.title)
    elif hit.code_to_open:
        values = {name: value for name, value in hit.values.items() if name != "customer_id"}
        await screen.desk.open(hit.code_to_open, values)
