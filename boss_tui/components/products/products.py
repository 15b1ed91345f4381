"""F4 product catalogue 产品: which products may be sold, what each contains, needs and excludes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from boss_tui.components.base import traced, valid_on
from boss_tui.components.products.subscriptions import Subscriptions
from boss_tui.components.products.suiting import is_for_category, not_for
from data.clock import new_key
from data.errors import NotAllowed
from data.message import Message, both, say
from data.parameters import RECOMMENDED_PLANS
from data.tables.life import Suspension
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product, ProductRelation


class Basket(Struct, frozen=True):
    """A plan and the services chosen with it or contained in it."""

    plan: Product
    contained: tuple[Product, ...]
    chosen: tuple[Product, ...]

    @property
    def all(self) -> tuple[Product, ...]:
        """Plan, contained and chosen."""
        return (self.plan, *self.contained, *self.chosen)


class PlanMove(Struct, frozen=True):
    """A change of plan: what the customer has after it, and which products it ends and begins, the plan among them."""

    basket: Basket
    ends: tuple[str, ...]
    begins: tuple[str, ...]

    @property
    def sold(self) -> tuple[str, ...]:
        """What is sold with it: the plan and services that begin, but for those that the plan contains."""
        return tuple(one.code for one in (self.basket.plan, *self.basket.chosen) if one.code in self.begins)


class Products(Subscriptions):
    """F4: the offerings of the business date, and what customers have of them."""

    code = "F4"

    @traced
    def recommend(self, category: str, age: int | None) -> list[Product]:
        """The plans that suit, best first, for the clerk to offer unasked (catalogue C1-F4, TMF680)."""
        return self.offered("plan", category, age)[: RECOMMENDED_PLANS.of(self.tx)]

    @traced
    def offered(self, kind: str, category: str = "", age: int | None = None) -> list[Product]:
        """Every product of a kind that this customer may have here today, in the order of their rank."""

        def suiting() -> list[Product]:
            rows = self.tx.all(Product, kind=kind, state="active", order=("rank", "code"))
            return [row for row in rows if not self._refusal(row, category, age)]

        of = (kind, category, age, self.context.outlet, self.context.priced_on)
        return list(self.tx.worked_out(("offered", *of), suiting))

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
            Subscription,
            id=new_key(self.tx.clock),
            outlet=self.context.outlet,
            tail=held["number"][-4:],
            plan=basket.plan.code,
            pay_type="prepaid" if basket.plan.pay_type == "prepaid" else "postpaid",
            state="pendingActive",
            opened_on=self.context.business_date,
            **held,
        )
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
    def goods(self, code: str, field: str = "") -> Product:
        """Goods that are sold today, such as a model of handset. NotAllowed says why not, beside the field."""
        return self._sellable(code, "goods", "", None, field)

    @traced
    def moved_to(
        self, subscription: Subscription, plan: str, category: str, age: int | None, pay_type: str = ""
    ) -> PlanMove:
        """What a change of plan ends and begins; services that the customer chose stay (catalogue C8). `pay_type`: how
        it is paid then, where that changes with it (C4.3).

        NotAllowed: the plan is not sold to them, is paid in another way, or does not go with a service that stays.
        """
        has = self.tx.all(SubscriptionProduct, subscription_id=subscription.id, state="active", order=("product",))
        mine = [row.product for row in has]
        old = [subscription.plan, *self._related(subscription.plan, "contains")]
        bare = self.basket(plan, (), category, age)
        inside = {product.code for product in bare.contained}
        kept = [code for code in mine if code not in old and code not in inside]  # also what is not sold any more
        basket = Basket(bare.plan, bare.contained, tuple(self.product(code) for code in kept))
        self._check_together(basket)
        if basket.plan.pay_type not in ("any", pay_type or subscription.pay_type):
            raise NotAllowed(say("This plan is paid in another way: C4.3 changes both in one form."), field="plan")
        after = [product.code for product in basket.all]
        return PlanMove(
            basket, tuple(code for code in mine if code not in after), tuple(code for code in after if code not in mine)
        )

    @traced
    def move(self, subscription: Subscription, moved: PlanMove, day: date) -> None:
        """End and begin the products of a change of plan, from a business date on; the plan is noted (catalogue C8)."""
        self.alter(subscription, moved.ends, moved.begins, day)
        self.change_subscription(subscription, plan=moved.basket.plan.code)

    @traced
    def alter(self, subscription: Subscription, ends: Iterable[str], begins: Iterable[str], day: date) -> None:
        """End and begin products from a business date on; one that ended before comes back."""
        before = (day - timedelta(days=1)).isoformat()
        known = {row.product: row for row in self.tx.all(SubscriptionProduct, subscription_id=subscription.id)}
        for code in ends:
            self.tx.change(known[code], state="ended", valid_to=max(before, known[code].valid_from))
        for code in begins:
            if code in known:
                self.tx.change(known[code], state="active", valid_from=day.isoformat(), valid_to="")
            else:
                self.tx.add(
                    SubscriptionProduct, subscription_id=subscription.id, product=code, valid_from=day.isoformat()
                )

    @traced
    def altered(
        self,
        subscription: Subscription,
        ends: tuple[str, ...],
        begins: tuple[str, ...],
        category: str,
        age: int | None,
    ) -> PlanMove:
        """What a line has after services end and begin, looked at as a whole (catalogue C7.2, C7.4).

        NotAllowed (field: begins or ends, where that is clear): it has one already or has it not, the plan contains it,
        it is not sold to them, or what there is afterwards does not go together.
        """
        mine, inside = self.has(subscription.id), self._related(subscription.plan, "contains")
        for code in ends:
            if code not in mine or code == subscription.plan:
                raise NotAllowed(say("The line does not have {code}.", code=code), field="ends")
            if code in inside:
                told = say("{product} belongs to the plan: it ends with it (C8).", product=self.name(code))
                raise NotAllowed(told, field="ends")
        for code in begins:
            self._may_begin(subscription, code, mine, category, age)
        after = [*(code for code in mine if code not in ends), *begins]
        chosen = [code for code in after if code != subscription.plan and code not in inside]
        contained = tuple(self.product(code) for code in inside if code in after)
        basket = Basket(self.product(subscription.plan), contained, tuple(self.product(code) for code in chosen))
        self._check_together(basket)
        return PlanMove(basket, ends, begins)

    def hang_together(self, codes: Iterable[str]) -> set[str]:
        """Products, and all that one of them needs, excludes, or is needed or excluded by."""
        found = set(codes)
        pairs = [(row.product, row.other) for row in self.tx.all(ProductRelation) if row.relation != "contains"]
        return found | {b for a, b in pairs if a in found} | {a for a, b in pairs if b in found}

    def has(self, subscription_id: str) -> list[str]:
        """The products that a line has now."""
        rows = self.tx.all(SubscriptionProduct, subscription_id=subscription_id, state="active", order=("product",))
        return [row.product for row in rows]

    def _may_begin(
        self, subscription: Subscription, code: str, mine: list[str], category: str, age: int | None
    ) -> None:
        if code in mine:
            raise NotAllowed(say("The line has {product} already.", product=self.name(code)), field="begins")
        product = self._sellable(code, "service", category, age, "begins")
        if product.pay_type not in ("any", subscription.pay_type):
            told = say("{product} is not for lines paid like this one.", product=self.name(code))
            raise NotAllowed(told, field="begins")

    def on(self, subscription: Subscription) -> list[Product]:
        """The products that a subscription has now, its plan among them."""
        has = self.tx.all(SubscriptionProduct, subscription_id=subscription.id, state="active", order=("product",))
        return [self.product(row.product) for row in has]

    def by_act(self, lead: str) -> dict[str, str]:
        """The services whose act in the network begins so: act → product."""
        rows = self.tx.all(Product, kind="service", order=("-rank",))
        return {row.network_act: row.code for row in rows if row.network_act.startswith(lead)}

    def product(self, code: str) -> Product:
        """A product by its code."""
        return self.tx.one(Product, code=code)

    def name(self, code: str) -> Message:
        """What a product is called."""
        product = self.tx.one(Product, code=code)
        return both(product.name_zh, product.name_en)

    @traced
    def activate(self, subscription_id: str) -> tuple[Subscription, list[Product]]:
        """The network has it: the subscription and its products are active."""
        subscription = self.tx.one(Subscription, id=subscription_id)
        stopped = self.tx.all(Suspension, subscription_id=subscription_id, state="running")  # lost already
        state = "suspended" if stopped else "active"
        active = self.tx.change(subscription, state=state, activated_at=self.tx.now())
        pending = self.tx.all(SubscriptionProduct, subscription_id=subscription_id, state="pending", order=("product",))
        return active, [self.tx.one(Product, code=self.tx.change(row, state="active").product) for row in pending]

    @traced
    def cancel_opening(self, subscription_id: str) -> Subscription:
        """The order that opened it is cancelled: the subscription is, and its products end, never having begun."""
        for row in self.tx.all(SubscriptionProduct, subscription_id=subscription_id):
            if row.state != "ended":
                self.tx.change(row, state="ended", valid_to=self.context.business_date)
        for cause in self.tx.all(Suspension, subscription_id=subscription_id):
            if cause.state in ("planned", "running"):
                self.lift(cause)
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
        if product.state == "active" and product.valid_from > self.context.priced_on:
            return say("{product} is not sold before {day}.", product=name, day=product.valid_from)
        if product.state != "active" or not valid_on(product, self.context.priced_on):
            return say("{product} is not sold today.", product=name)
        if product.outlets and self.context.outlet not in product.outlets.split(","):
            return say("{product} is not sold at this outlet.", product=name)
        if category and not is_for_category(product, category):
            return not_for(self.tx, product, category)
        if product.minimum_age and (category if age is None else age < product.minimum_age):
            return say("{product} is for customers of {age} and older.", product=name, age=product.minimum_age)
        return None

    def _check_together(self, basket: Basket) -> None:
        codes = {product.code for product in basket.all}
        for product in basket.all:
            name = both(product.name_zh, product.name_en)
            for other in self._related(product.code, "needs"):
                if other not in codes:
                    raise NotAllowed(
                        say("{product} needs {other}.", product=name, other=self.name(other)), field="services"
                    )
            for other in self._related(product.code, "excludes"):
                if other in codes:
                    raise NotAllowed(
                        say("{product} and {other} exclude each other.", product=name, other=self.name(other)),
                        field="services",
                    )
