"""F10 network elements 网元: every act that touches the network becomes a work order.

Automatic work orders are turned into commands by `boss_tui.network`; manual ones (人工工单) wait for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from boss_tui.components.base import Component, traced
from boss_tui.components.products.suspending import FORWARD_TO
from data.clock import new_key
from data.journal import canonical
from data.tables.life import ServiceParameter
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription, SubscriptionProduct
from data.tables.product import Product
from data.tables.resource import NumberSegment

MANUAL = "manual"
NOT_THERE = "pendingActive"
"""The state of a line that the network does not know yet."""
SERVICE = "service:"
FORWARDINGS = {"cfu": "always", "cfb": "busy", "cfnry": "no_reply", "cfnrc": "not_reachable"}
"""The kinds of call forwarding as the book names them, and as the network's acts do."""
BARS = {"": "unbar", "outgoing": "bar_outgoing", "all": "bar_all"}
PROFILES = {"postpaid": "1", "prepaid": "2"}
"""The element's template of a subscriber, by the way of paying (domain-facts 2)."""


class NetworkElements(Component):
    """F10: what the network must do for an order."""

    code = "F10"

    @traced
    def element_of(self, number: str) -> str:
        """The element that serves a number: looked up by its first 7 digits (domain-facts 1.4)."""
        return self.tx.one(NumberSegment, prefix=number[:7]).element

    @traced
    def order(self, act: str, element: str, **parameters: Any) -> WorkOrder:
        """A work order for the network, after those already made for this order (catalogue C1-F10)."""
        before = self._work()
        return self.tx.add(
            WorkOrder,
            id=new_key(self.tx.clock),
            order_id=self.context.order_id,
            position=len(before) + 1,
            kind="manual" if act == MANUAL else "automatic",
            act=act,
            element=element,
            parameters=canonical(parameters),
            created_at=self.tx.now(),
        )

    @traced
    def follow_up(self, **parameters: Any) -> WorkOrder:
        """What a person does when there is time: the order ends, and the number is free, without it."""
        return self.tx.change(self.order(MANUAL, "", **parameters), follow_up=1)

    def stands(self, subscription: Subscription) -> dict[str, Any]:
        """How the network has a subscription, as the parameters of an act that makes it anew (`acts.ACTS`)."""
        bought = self.tx.all(SubscriptionProduct, subscription_id=subscription.id, state="active")
        acts = [self.tx.one(Product, code=row.product).network_act for row in bought]
        services = sorted(act.removeprefix(SERVICE) for act in acts if act.startswith(SERVICE))
        return {
            "imsi": subscription.imsi,
            "profile": PROFILES[subscription.pay_type],
            "access": "both",
            "data": "on" if "data" in acts else "off",
            "long_distance": subscription.long_distance,
            "roaming": subscription.roaming,
            **({"services": services} if services else {}),
        }

    def forward_again(self, subscription_id: str, element: str, number: str) -> None:
        """Order the call forwarding that a subscription has once more: what makes it anew loses it (domain-facts 2)."""
        for row in self.tx.all(ServiceParameter, subscription_id=subscription_id, name=FORWARD_TO, order=("service",)):
            if row.value:
                self.order(
                    "register_forwarding", element, msisdn=number, kind=FORWARDINGS[row.service], number=row.value
                )

    @traced
    def bar(self, subscription: Subscription, before: str, after: str, imsi: str = "") -> None:
        """Order what turns one bar (nothing, outgoing, all) into another (C6).

        Nothing is ordered where they are the same, unless another order that is not done has a bar to tell: the network
        may not have that yet, or never get it. Of a line that is being opened the opening tells it, when it ends.
        `imsi`: of the card that it has by then, where the order changes that too.
        """
        if subscription.state == NOT_THERE or (before == after and not self._barring(subscription.id)):
            return
        self.order(
            BARS[after],
            self.element_of(subscription.number),
            msisdn=subscription.number,
            imsi=imsi or subscription.imsi,
            long_distance=subscription.long_distance,
        )

    def _barring(self, subscription_id: str) -> bool:
        """Whether an order on a line that is under way has a bar to tell the network, or told it one."""
        moving = self.tx.all(ProductOrder, subscription_id=subscription_id, state="inProgress")
        return any(self.tx.all(WorkOrder, order_id=order.id, act=act) for order in moving for act in BARS.values())

    @traced
    def delete(self, subscription: Subscription, products: Iterable[Product]) -> None:
        """Order the end of a subscriber; a person ends each product that no command provides (catalogue C9, C1)."""
        element = self.element_of(subscription.number)
        self.order("delete_subscriber", element, msisdn=subscription.number, imsi=subscription.imsi)
        for product in products:
            if product.network_act == MANUAL:
                self.follow_up(product=product.code, msisdn=subscription.number, on="off")

    @traced
    def erase_forwarding(self, subscription: Subscription, forwarding: Mapping[str, str]) -> None:
        """Order the end of call forwarding: kind → the number that it goes to now (domain-facts 2, C6)."""
        for kind, number in forwarding.items():
            self.order(
                "erase_forwarding",
                self.element_of(subscription.number),
                msisdn=subscription.number,
                kind=FORWARDINGS[kind],
                number=number,
            )

    def ordered(self) -> bool:
        """Whether this order waits for work: of the network, or by hand; not for what only follows."""
        return any(not work.follow_up for work in self._work())

    @traced
    def called_off(self) -> list[WorkOrder]:
        """The order's work orders, none of them left to be done."""
        left = self._work()
        if any(work.state == "open" for work in left):
            raise ValueError("work orders are called off before their order is cancelled")
        return left

    @traced
    def done(self) -> list[WorkOrder]:
        """The order's work orders, all of them done."""
        return self._work()

    def _work(self) -> list[WorkOrder]:
        return self.tx.all(WorkOrder, order_id=self.context.order_id, order=("position",))
