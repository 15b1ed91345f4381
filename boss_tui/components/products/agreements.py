"""Part of F4 产品: contracts (合约) that bind a subscription to a plan, a handset or a beautiful number."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from boss_tui.components.base import Component, traced
from boss_tui.components.history import note
from boss_tui.forms.typed import yuan
from data.clock import new_key
from data.message import Message, say
from data.tables.life import Agreement, ValueChange
from data.tables.order import Subscription
from data.tables.product import Product

AGREED = "agreement"
"""The field of `ValueChange` that notes the state of a contract."""


def penalty(agreement: Agreement, day: date) -> int:
    """What ending a contract on a day costs, in fen: a percentage of its value for the days that are left of it."""
    first, last = date.fromisoformat(agreement.starts_on), date.fromisoformat(agreement.ends_on)
    left, whole = max(0, (last - day).days + 1), (last - first).days + 1
    return (agreement.value * left * agreement.penalty_percent * 2 + whole * 100) // (whole * 200)


def months_after(day: date, months: int) -> date:
    """The last day of so many months that begin on a day: a year from 1 March ends on the last day of February."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last)) - timedelta(days=1)


def binding(plan: Product, fee: int, first: date) -> tuple[Message, ...]:
    """What a plan of so many fen a month binds to, if it works from a day on; nothing where it binds to nothing, as
    what is no plan does."""
    if plan.kind != "plan" or not plan.contract_months:
        return ()
    told = say(
        "The plan binds for {months} {months:month|months}, until {day} if it works from {first} on: "
        "ending it early costs {percent} % of what is left of {yuan} yuan.",
        months=plan.contract_months,
        first=first.isoformat(),
        day=months_after(first, plan.contract_months).isoformat(),
        percent=plan.penalty_percent,
        yuan=yuan(plan.contract_months * fee),
    )
    return (told,)


class Agreements(Component):
    """The contracts of subscriptions."""

    @traced
    def bound(self, subscription_id: str, *kinds: str) -> Agreement | None:
        """The contract of these kinds that still runs longest on a subscription; None where none does."""
        running = self.tx.all(Agreement, subscription_id=subscription_id, state="active", order=("-ends_on",))
        day = self.context.business_date
        return next((a for a in running if a.ends_on >= day and (not kinds or a.kind in kinds)), None)

    @traced
    def agreed(self, subscription_id: str) -> list[Agreement]:
        """Every contract that still runs on a subscription today."""
        rows = self.tx.all(Agreement, subscription_id=subscription_id, state="active", order=("kind", "id"))
        return [row for row in rows if row.ends_on >= self.context.business_date]

    @traced
    def was_terminated(self, subscription_id: str, product: str) -> bool:
        """Whether the latest contract of a product on a subscription was ended before its time."""
        made = self.tx.all(Agreement, subscription_id=subscription_id, product=product, order=("-starts_on", "-id"))
        return not made or made[0].state == "terminated"

    @traced
    def bind(self, subscription: Subscription, kind: str, months: int, **terms: Any) -> Agreement | None:
        """Bind a customer for so many months from today; `terms`: product, value in fen, penalty_percent."""
        if not months:
            return None
        return self.tx.add(
            Agreement,
            id=new_key(self.tx.clock),
            customer_id=subscription.customer_id,
            subscription_id=subscription.id,
            order_id=self.context.order_id,
            kind=kind,
            starts_on=self.context.business_date,
            months=months,
            ends_on=months_after(self.context.today, months).isoformat(),
            **terms,
        )

    @traced
    def unbind(self, subscription_id: str, kind: str) -> None:
        """Contracts of a kind that still run end now; their penalty was asked for before."""
        for row in self.tx.all(Agreement, subscription_id=subscription_id, kind=kind, state="active"):
            note(self.context, row.id, {AGREED: row.state}, {AGREED: "terminated"})
            self.tx.change(row, state="terminated")

    @traced
    def bind_again(self, order_id: str) -> None:
        """The contracts that an order ended run on."""
        for change in self.tx.all(ValueChange, order_id=order_id, field=AGREED):
            self.tx.change(self.tx.one(Agreement, id=change.subject), state=change.before)

    @traced
    def reverse_contracts(self, subscription_id: str, order_id: str) -> list[Agreement]:
        """The contracts that an order made never began: it is taken back."""
        made = self.tx.all(Agreement, subscription_id=subscription_id, order_id=order_id, state="active")
        return [self.tx.change(agreement, state="terminated") for agreement in made]
