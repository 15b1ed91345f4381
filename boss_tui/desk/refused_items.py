"""What a service refused after it was done, as an item of what waits, and the ways out of it."""

from __future__ import annotations

from boss_tui.answers.hall import ITEMS_AT_ONCE, QueueItem, Way
from boss_tui.components.qualification import refusals
from boss_tui.desk import answered
from boss_tui.desk.order_view import title as title_of
from data.message import Message, say
from data.store import Reading
from data.tables.eligibility import InterfaceAnswer
from data.tables.order import ProductOrder

KIND = "question"
STOP, CALL_IN, UNDO, STANDS = "stop", "call_in", "undo", "stands"
_STOP = Way(STOP, say("Stop outgoing calls (C6; a supervisor)"))
_CALL_IN = Way(CALL_IN, say("Call the customer in"), say("Who was told what, and when do they come?"))
_UNDO = Way(UNDO, say("Take the order back, with its money (a supervisor)"), say("Why? It stands on the papers."))
_STANDS = Way(STANDS, say("It may stand (a supervisor)"), say("Why? It is kept with the order."))


def items(reading: Reading, outlet: str) -> list[QueueItem]:
    """Each with its order, what the service said, and the ways out."""
    return [_item(reading, row) for row in refusals.refused(reading, outlet, ITEMS_AT_ONCE)]


def _item(reading: Reading, row: InterfaceAnswer) -> QueueItem:
    order = reading.one(ProductOrder, id=row.order_id)
    name = answered.name_of(reading, row)
    title = say("{serial} {business}: {name} says no", serial=order.serial, business=title_of(order), name=name)
    why = Message("{text}", {"text": row.later_reason})
    if row.way == CALL_IN:
        why = say("Called in: {words} ({why})", words=row.words, why=row.later_reason)
    ways = (*((_STOP,) if order.subscription_id else ()), _CALL_IN, _UNDO, _STANDS)
    return QueueItem(KIND, row.id, title, row.state, why, ways)
