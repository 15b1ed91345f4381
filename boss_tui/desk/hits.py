"""What a look for something finds (F2, `boss find`), each with the customer and the number that it leads to.

Orders are found by their serial, whole or by its end as lists print it; numbers, cards, handsets and papers of nobody
lead to nobody, and say so by their state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from boss_tui.desk import order_search
from data.message import Message, say
from data.search import Found, of_order, search
from data.store import Reading
from data.tables.document import PaperDocument
from data.tables.order import ProductOrder, Subscription
from data.tables.stock import Handset, RechargeCard

MOST = 20


class Hit(Struct, frozen=True):
    """Something found. `values`: `customer_id` and `number` of whom it leads to, and of an order or paper its `serial`;
    what there is none of is left out."""

    kind: str
    title: str
    detail: Message
    values: Mapping[str, str]


def found(reading: Reading, outlet: str, text: str) -> list[Hit]:
    """What fits a text, the likeliest first."""
    return [_hit(reading, one) for one in _likeliest(reading, outlet, text)]


def _likeliest(reading: Reading, outlet: str, text: str) -> list[Found]:
    """A number that somebody has is found with its owner: as a piece of stock it says nothing more."""
    rows = search(reading, text, MOST)
    owned = {row.title for row in rows if row.kind == "subscription"}
    made = (*order_search.of_end(reading, outlet, text), *order_search.of_extra(reading, text))
    orders = [of_order(row) for row in {row.id: row for row in made}.values()]
    known = {row.key for row in rows}
    kept = [row for row in rows if not (row.kind == "number" and row.title in owned)]
    return [*kept, *(row for row in orders if row.key not in known)][:MOST]


def _hit(reading: Reading, one: Found) -> Hit:
    values = {name: value for name, value in _LEADS[one.kind](reading, one.key).items() if value}
    detail = one.detail
    if one.kind in {"sim", "handset"} and values.get("number"):
        detail = say("{what}  {number}", what=detail, number=values["number"])
    return Hit(one.kind, one.title, detail, values)


def _of_customer(reading: Reading, key: str) -> dict[str, str]:
    del reading
    return {"customer_id": key}


def _of_subscription(reading: Reading, key: str) -> dict[str, str]:
    row = reading.one(Subscription, id=key)
    return {"customer_id": row.customer_id, "number": row.number}


def _of_number(reading: Reading, key: str) -> dict[str, str]:
    return _alive(reading.all(Subscription, tail=key[-4:], number=key))


def _of_card(reading: Reading, key: str) -> dict[str, str]:
    return _alive(reading.all(Subscription, iccid=key))


def _alive(rows: list[Subscription]) -> dict[str, str]:
    living = [row for row in rows if row.state not in {"terminated", "cancelled"}]
    return {"customer_id": living[0].customer_id, "number": living[0].number} if living else {}


def _of_order(reading: Reading, key: str) -> dict[str, str]:
    row = reading.one(ProductOrder, id=key)
    number = reading.one(Subscription, id=row.subscription_id).number if row.subscription_id else ""
    return {"customer_id": row.customer_id or "", "number": number, "serial": row.serial}


def _of_paper(reading: Reading, key: str) -> dict[str, str]:
    row = reading.one(PaperDocument, id=key)
    order = _of_order(reading, row.order_id) if row.order_id else {}
    return {**order, "customer_id": row.customer_id or order.get("customer_id", "")}


def _of_recharge_card(reading: Reading, key: str) -> dict[str, str]:
    """Whoever it was used for, else whom it was sold to, where that is known."""
    row = reading.one(RechargeCard, serial=key)
    order = row.used_order or row.sold_order
    return _of_order(reading, order) if order else {}


def _of_handset(reading: Reading, key: str) -> dict[str, str]:
    row = reading.one(Handset, imei=key)
    number = reading.one(Subscription, id=row.subscription_id).number if row.subscription_id else ""
    order = _of_order(reading, row.sold_order) if row.sold_order else {}
    return {"customer_id": row.customer_id or order.get("customer_id", ""), "number": number}


def _of_act(reading: Reading, key: str) -> dict[str, str]:
    """To nobody: no customer's."""
    del reading, key
    return {}


_LEADS: dict[str, Callable[[Reading, str], dict[str, str]]] = {
    "customer": _of_customer,
    "subscription": _of_subscription,
    "number": _of_number,
    "sim": _of_card,
    "order": _of_order,
    "document": _of_paper,
    "card": _of_recharge_card,
    "handset": _of_handset,
    "act": _of_act,
}
