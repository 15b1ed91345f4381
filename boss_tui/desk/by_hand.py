"""What a manual work order asks a person to do, in words: the act, on which product, for which number and customer."""

from __future__ import annotations

from typing import Any

from boss_tui.components.wording import masked_name
from boss_tui.network import manual
from data.message import Message, both, say
from data.states import ACTS
from data.store import Reading
from data.tables.customer import Customer
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder
from data.tables.product import Product

_PARTNER = {
    "subscribe": say("Subscribe"),
    "cancel": say("Unsubscribe"),
    "bar": say("Bar"),
    "unbar": say("Unbar"),
}


def task(reading: Reading, work: WorkOrder, order: ProductOrder) -> Message:
    """What is to be done, for whom."""
    told = manual.asked(reading, work)
    owner = reading.one(Customer, id=order.customer_id).name if order.customer_id else ""
    number = str(told.get("msisdn") or told.get("number") or "")
    return say("{what}: {number} {customer}", what=_what(reading, told), number=number, customer=masked_name(owner))


def _what(reading: Reading, told: dict[str, Any]) -> Message:
    if told.get("task") == "provider":
        act = _PARTNER.get(str(told.get("what")), say("By hand"))
        return say(
            "{act} {service} at partner {partner}",
            act=act,
            service=told.get("service", ""),
            partner=told.get("provider", ""),
        )
    if told.get("task") == "barring":
        return say("Set call barring {program}", program=told.get("program", ""))
    if "product" in told:
        product = reading.find(Product, code=str(told["product"]))
        name = both(product.name_zh, product.name_en) if product else str(told["product"])
        return (
            say("Switch off {product}", product=name)
            if told.get("on") == "off"
            else (say("Switch on {product}", product=name))
        )
    done = str(told.get("act", "manual"))
    return ACTS.get(done, Message("{text}", {"text": done}))
