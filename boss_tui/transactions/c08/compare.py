"""What each plan that a customer may have would have cost them, over what they really used (catalogue C8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from boss_tui.business.process import Run
from boss_tui.components.products.products import PlanMove
from boss_tui.components.tariff.tariff import PriceQuery
from boss_tui.forms.typed import yuan
from boss_tui.transactions.lines import Line, subject
from data.errors import BossError, NotAllowed
from data.message import Message, both, say
from data.tables.product import Product


class Offer(Struct, frozen=True):
    """A plan: its monthly fee with the services that stay, what it would have cost each month, in fen."""

    plan: Product
    fee: int
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        """Over all the months; without any, the fee of one."""
        return sum(self.months) if self.months else self.fee

    @property
    def name(self) -> Message:
        """What it is called."""
        return both(self.plan.name_zh, self.plan.name_en)

    def as_fact(self) -> dict[str, Any]:
        """For screens and scripts."""
        return {
            "plan": self.plan.code,
            "name": {"zh_CN": self.plan.name_zh, "en": self.plan.name_en},
            "fee": self.fee,
            "months": list(self.months),
            "total": self.total,
        }


class Comparison(Struct, frozen=True):
    """The months that were looked at, and the plans, the cheapest first; the one in force is among them."""

    months: tuple[str, ...]
    offers: tuple[Offer, ...]

    def of(self, plan: str) -> Offer | None:
        """A plan's."""
        return next((offer for offer in self.offers if offer.plan.code == plan), None)


def moved_to(run: Run, line: Line, plan: str, pay_type: str = "") -> PlanMove:
    """What a change to a plan ends and begins, and to another way of paying where that is said. NotAllowed: beside the
    plan, why it can't be."""
    try:
        age = subject(run, line).age
        moved = run.products.moved_to(line.subscription, plan, line.customer.category, age, pay_type)
        run.resources.must_fit(line.subscription.iccid, moved.basket.all)
    except NotAllowed as refusal:
        raise NotAllowed(refusal.message) from None
    return moved


def monthly_fee(run: Run, line: Line, moved: PlanMove) -> int:
    """What is charged each month after a change, in fen."""
    codes = [product.code for product in moved.basket.all]
    return sum(priced.amount for priced in run.tariff.monthly(codes, line.customer.category))


def compare(run: Run, line: Line) -> Comparison:
    """Every plan that they may have now, over their last three months; those that don't fit are left out."""
    used = run.billing.used(line.subscription.id)
    offered = run.products.offered("plan", line.customer.category, subject(run, line).age)
    offers = [offer for plan in offered if (offer := _offer(run, line, plan, used))]
    if all(offer.plan.code != line.subscription.plan for offer in offers):
        offers.append(_present(run, line, used))
    return Comparison(tuple(used), tuple(sorted(offers, key=lambda offer: (offer.total, offer.plan.rank))))


def _offer(run: Run, line: Line, plan: Product, used: Mapping[str, Any]) -> Offer | None:
    try:
        fee = monthly_fee(run, line, moved_to(run, line, plan.code))
    except BossError:
        return None
    return Offer(plan, fee, tuple(run.billing.would_cost(plan.code, fee, used)))


def _present(run: Run, line: Line, used: Mapping[str, Any]) -> Offer:
    """The plan in force, which may not be sold any more."""
    plan = run.products.product(line.subscription.plan)
    fee = sum(priced.amount for priced in run.tariff.monthly((plan.code,), line.customer.category))
    return Offer(plan, fee, tuple(run.billing.would_cost(plan.code, fee, used)))


def in_words(comparison: Comparison, present: str) -> Message | None:
    """The plan that would have been cheapest, and by how much; nothing where that is the one in force."""
    now = comparison.of(present)
    best = comparison.offers[0]
    if now is None or best.total >= now.total or not comparison.months:
        return None
    return say(
        "{plan} would have cost {yuan} yuan less in {n} {n:month|months} than the plan in force.",
        plan=best.name,
        yuan=yuan(now.total - best.total),
        n=len(comparison.months),
    )


def asked_for(line: Line, moved: PlanMove | None) -> PriceQuery:
    """What the price of the change is asked for: the plan that they go to."""
    plan = moved.basket.plan.code if moved else line.subscription.plan
    return PriceQuery((plan,), line.customer.category)
