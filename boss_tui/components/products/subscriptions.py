"""Part of F4 产品: subscriptions, what customers own: found by number and owner, changed, handed over, ended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy import text as sql

from boss_tui.components.base import traced
from boss_tui.components.history import note
from boss_tui.components.products.agreements import Agreements
from boss_tui.components.products.suspending import Suspending
from data.errors import NotFound
from data.message import say
from data.store import Reading
from data.tables.life import Agreement, Suspension, ValueChange
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.resource import PhoneNumber

ENDED = ("terminated", "cancelled")
TAIL = 4

_owned = Subscription.table()
_changes = ValueChange.table()
_LIVING = select(*_owned.c).where(_owned.c.state.not_in(ENDED)).order_by(_owned.c.number).limit(bindparam("most"))
_SOME = _LIVING.where(_owned.c.outlet == bindparam("outlet"))
_BEGINNING = _LIVING.where(_owned.c.number >= bindparam("text"), _owned.c.number < bindparam("end"))
_ENDING = _LIVING.where(_owned.c.tail == bindparam("text"))


_HAD = (
    select(*_owned.c)
    .select_from(_owned.join(_changes, _changes.c.subject == _owned.c.id))
    .where(_changes.c.field == sql("'number'"), _changes.c.before == bindparam("number"), _owned.c.state.not_in(ENDED))
    .order_by(_changes.c.made_at.desc())
    .limit(1)
)


def reached_by(reading: Reading, number: str) -> Subscription | None:
    """The living subscription that has a number, gets it with an order under way, or was the last to have it."""
    living = [one for one in reading.all(Subscription, number=number) if one.state not in ENDED]
    stock = reading.find(PhoneNumber, number=number) if not living else None
    if stock is not None and stock.subscription_id:
        living = [one for one in reading.all(Subscription, id=stock.subscription_id) if one.state not in ENDED]
    return next(iter(living or reading.models(Subscription, _HAD, number=number)), None)


class Subscriptions(Suspending, Agreements):
    """What of F4 is about lines that there are."""

    @traced
    def reached(self, number: str) -> Subscription:
        """The living subscription that has a number, or had it last, or gets it with an order. NotFound."""
        found = reached_by(self.tx, number)
        if found is None:
            raise NotFound(say("Nobody has the number {number} here.", number=number))
        return found

    @traced
    def subscription(self, number: str) -> Subscription:
        """The living subscription that has a number. NotFound."""
        owned = self.tx.all(Subscription, number=number)
        living = [subscription for subscription in owned if subscription.state not in ENDED]
        if not living:
            raise NotFound(say("Nobody has the number {number} here.", number=number))
        return living[0]

    def owned(self, subscription_id: str) -> Subscription:
        """A subscription by its key."""
        return self.tx.one(Subscription, id=subscription_id)

    def find_lines(self, text: str, limit: int = 20) -> list[Subscription]:
        """Living subscriptions whose number begins, or ends, with what is typed."""
        statement = _ENDING if len(text) == TAIL else _BEGINNING
        return self.tx.models(Subscription, statement, text=text, end=f"{text}:", most=limit) if text else []

    @traced
    def lines_of(self, customer_id: str) -> list[Subscription]:
        """A customer's living subscriptions, the oldest first."""
        owned = self.tx.all(Subscription, customer_id=customer_id, order=("opened_on", "id"))
        return [line for line in owned if line.state not in {"terminated", "cancelled"}]

    def some_lines(self, states: tuple[str, ...], **wanted: Any) -> list[Subscription]:
        """A few living subscriptions in these states, with these values: to make an example of."""
        found = self.tx.models(Subscription, _SOME, outlet=self.context.outlet, most=200)
        return [s for s in found if s.state in states and all(getattr(s, name) == v for name, v in wanted.items())]

    @traced
    def change_subscription(self, subscription: Subscription, **values: Any) -> Subscription:
        """Change what the customer owns, and note what it was before (catalogue C2-C9)."""
        note(self.context, subscription.id, subscription.__dict__, values)
        return self.tx.change(subscription, **values)

    @traced
    def plan_before(self, order_id: str) -> str:
        """The plan that a subscription had before an order changed it."""
        return self.value_before(order_id, "plan")

    def value_before(self, order_id: str, column: str) -> str:
        """What a column of a subscription held before an order changed it."""
        return self.tx.one(ValueChange, order_id=order_id, field=column).before

    @traced
    def others(self, subscription: Subscription) -> list[Subscription]:
        """The customer's other living subscriptions."""
        theirs = self.tx.all(Subscription, customer_id=subscription.customer_id, order=("id",))
        return [other for other in theirs if other.id != subscription.id and other.state not in ENDED]

    @traced
    def terminate(self, subscription: Subscription, day: str) -> None:
        """The end: products end with a business date, contracts too, nothing stops it any more, and the subscription
        is no more (catalogue C9)."""
        for row in self.tx.all(SubscriptionProduct, subscription_id=subscription.id):
            if row.state != "ended":
                self.tx.change(row, state="ended", valid_to=max(day, row.valid_from))
        for kind in sorted({row.kind for row in self.tx.all(Agreement, subscription_id=subscription.id)}):
            self.unbind(subscription.id, kind)
        for cause in self.tx.all(Suspension, subscription_id=subscription.id):
            if cause.state in ("planned", "running"):
                self.lift(cause)
        self.change_subscription(subscription, state="terminated")

    @traced
    def hand_over(self, subscription: Subscription, customer_id: str, account_id: str, **values: Any) -> Subscription:
        """Another customer owns it now; a beautiful number's contract goes with the number (catalogue C5)."""
        for row in self.tx.all(Agreement, subscription_id=subscription.id, kind="number", state="active"):
            note(self.context, row.id, row.__dict__, {"customer_id": customer_id})
            self.tx.change(row, customer_id=customer_id)
        return self.change_subscription(subscription, customer_id=customer_id, account_id=account_id, **values)
