"""F4 product catalogue 产品: which products may be sold, what each contains, needs and excludes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from boss_tui.components.base import Component, traced, valid_on
from data.clock import new_key
from data.errors import NotAllowed
from data.message import Message, both, say
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product, ProductRelation

RECOMMENDATIONS = 3


@dataclass(frozen=True, slots=True)
class Basket:
    """A plan and the services chosen with it or contained in it."""

    plan: Product
    contained: tuple[Product, ...]
    chosen: tuple[Product, ...]

    @property
    def all(self) -> tuple[Product, ...]:
        """Plan, contained and chosen."""
        return (self.plan, *self.contained, *self.chosen)


class Products(Component):
    """F4: the offerings of the business date."""

    code = "F4"

    @traced
    def recommend(self, category: str, age: int | None) -> list[Product]:
        """The plans that suit, best first, for the clerk to offer unasked (catalogue C1-F4, TMF680)."""
        return self.offered("plan", category, age)[:RECOMMENDATIONS]

    @traced
    def offered(self, kind: str, category: str = "", age: int | None = None) -> list[Product]:
        """Every product of a kind that this customer may have here today, in the order of their rank."""
        rows = self.tx.all(Product, kind=kind, state="active", order=("rank", "code"))
        return [row for row in rows if not self._refusal(row, category, age)]

    @traced
    def basket(self, plan: str, services: Iterable[str], category: str, age: int | None) -> Basket:
        """The plan with what it contains and the services chosen; NotAllowed says what does not fit together."""
        chosen_plan = self._sellable(plan, "plan", category, age, "plan")
        contained = tuple(self.tx.one(Product, code=code) for code in self._related(plan, "contains"))
        inside = {product.code for product in contained}
        chosen = tuple(
            self._sellable(code, "service", category, age, "services")
            for code in dict.fromkeys(services)
            if code not in inside
        )
        basket = Basket(chosen_plan, contained, chosen)
        self._check_together(basket)
        return basket

    @traced
    def open_subscription(self, basket: Basket, **held: Any) -> Subscription:
        """A new subscription of the basket's plan, waiting for the network (catalogue C1). `held`: its columns."""
        subscription = self.tx.add(
            Subscription, id=new_key(self.tx.clock), outlet=self.context.outlet, tail=held["number"][-4:],
            plan=basket.plan.code, pay_type="prepaid" if basket.plan.pay_type == "prepaid" else "postpaid",
            state="pendingActive", opened_on=self.context.business_date, **held,
        )  # fmt: skip
        self._subscribe(subscription.id, basket)
        return subscription

    def _subscribe(self, subscription_id: str, basket: Basket) -> None:
        """Put the basket's products on a subscription, pending until the network has them."""
        for product in basket.all:
            self.tx.add(
                SubscriptionProduct,
                subscription_id=subscription_id,
                product=product.code,
                valid_from=self.context.business_date,
                state="pending",
            )

    @traced
    def activate(self, subscription_id: str) -> tuple[Subscription, list[Product]]:
        """The network has it: the subscription and its products are active."""
        subscription = self.tx.one(Subscription, id=subscription_id)
        active = self.tx.change(subscription, state="active", activated_at=self.tx.now())
        pending = self.tx.all(SubscriptionProduct, subscription_id=subscription_id, state="pending", order=("product",))
        return active, [self.tx.one(Product, code=self.tx.change(row, state="active").product) for row in pending]

    @traced
    def call_off(self, subscription_id: str) -> Subscription:
        """The order that opened it is cancelled: the subscription is, and its products end, never having begun."""
        for row in self.tx.all(SubscriptionProduct, subscription_id=subscription_id):
            if row.state != "ended":
                self.tx.change(row, state="ended", valid_to=self.context.business_date)
        return self.tx.change(self.tx.one(Subscription, id=subscription_id), state="cancelled")

    def _related(self, product: str, relation: str) -> list[str]:
        rows = self.tx.all(ProductRelation, product=product, relation=relation, order=("other",))
        return [row.other for row in rows]

    def _sellable(self, code: str, kind: str, category: str, age: int | None, field: str) -> Product:
        product = self.tx.find(Product, code=code, kind=kind)
        if product is None:
            raise NotAllowed(say("There is no product {code}. F4 shows the products.", code=code), field=field)
        refusal = self._refusal(product, category, age)
        if refusal:
            raise NotAllowed(refusal, field=field)
        return product

    def _refusal(self, product: Product, category: str, age: int | None) -> Message | None:
        name = both(product.name_zh, product.name_en)
        if product.state != "active" or not valid_on(product, self.context.business_date):
            return say("{product} is not sold today.", product=name)
        if product.outlets and self.context.outlet not in product.outlets.split(","):
            return say("{product} is not sold at this outlet.", product=name)
        if category and product.categories and category not in product.categories.split(","):
            return say("{product} is not for this category of customer.", product=name)
        if age is not None and age < product.minimum_age:
            return say("{product} is for customers of {age} and older.", product=name, age=product.minimum_age)
        return None

    def _check_together(self, basket: Basket) -> None:
        codes = {product.code for product in basket.all}
        for product in basket.all:
            name = both(product.name_zh, product.name_en)
            for other in self._related(product.code, "needs"):
                if other not in codes:
                    raise NotAllowed(
                        say("{product} needs {other}.", product=name, other=self._name(other)), field="services"
                    )
            for other in self._related(product.code, "excludes"):
                if other in codes:
                    raise NotAllowed(
                        say("{product} and {other} exclude each other.", product=name, other=self._name(other)),
                        field="services",
                    )

    def _name(self, code: str) -> Message:
        product = self.tx.one(Product, code=code)
        return both(product.name_zh, product.name_en)
