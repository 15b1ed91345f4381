"""Part of F12 账户: money of a bucket that a service rests on, and that stays there while the service is on.

A deposit, or a balance that does instead of one (domain-facts 8). What may be taken of a bucket is its amount less what
is held of it: `ledger.post` lets nobody take more. A hold ends with the order that ends its service, before that
order's money moves; and is there again when that order is taken back.
"""

from __future__ import annotations

from boss_tui.components.base import Component, traced
from data.clock import new_key
from data.store import Reading
from data.tables.account import BalanceBucket, BalanceHold
from data.tables.order import Subscription


def held_of(reading: Reading, bucket_id: str) -> int:
    """Fen of a bucket that stay in it: the most that a service which rests on it needs."""
    return max((hold.amount for hold in reading.all(BalanceHold, bucket_id=bucket_id, state="active")), default=0)


INTERNATIONAL = "international"
SERVICES = ("long_distance", "roaming")
"""The columns of a subscription whose widest value is sold against money that stays."""


class Holds(Component):
    """What services rest on."""

    @traced
    def available(self, bucket: BalanceBucket) -> int:
        """Fen that may be taken of a bucket."""
        return max(0, bucket.amount - held_of(self.tx, bucket.id))

    def resting(self, subscription_id: str) -> list[BalanceHold]:
        """What a line's services rest on."""
        return self.tx.all(BalanceHold, subscription_id=subscription_id, state="active", order=("id",))

    @traced
    def hold(self, bucket: BalanceBucket, subscription_id: str, service: str, amount: int) -> None:
        """A service of a line rests on so many fen of a bucket from now on."""
        for row in self.tx.all(BalanceHold, subscription_id=subscription_id, service=service, state="active"):
            self._end(row)
        self.tx.add(
            BalanceHold,
            id=new_key(self.tx.clock),
            bucket_id=bucket.id,
            subscription_id=subscription_id,
            service=service,
            amount=amount,
            order_id=self.context.order_id,
        )

    def hold_for(self, subscription: Subscription, bucket: BalanceBucket, amount: int) -> None:
        """Whatever of a line is international rests on so many fen of a bucket."""
        for service in SERVICES:
            if getattr(subscription, service) == INTERNATIONAL:
                self.hold(bucket, subscription.id, service, amount)

    @traced
    def let_go(self, subscription_id: str, *services: str) -> list[BalanceHold]:
        """These services of a line (all where none is named) rest on nothing any more; answers what they did."""
        rows = [row for row in self.resting(subscription_id) if not services or row.service in services]
        return [self._end(row) for row in rows]

    def let_go_by(self, order_id: str, bucket_id: str) -> list[BalanceHold]:
        """What an order let go of in a bucket."""
        return self.tx.all(BalanceHold, ended_order=order_id, bucket_id=bucket_id, state="ended", order=("id",))

    @traced
    def hold_again(self, order_id: str) -> None:
        """What an order let go of is held again, since what it ended goes on."""
        for row in self.tx.all(BalanceHold, ended_order=order_id, state="ended", order=("id",)):
            bucket = self.tx.one(BalanceBucket, id=row.bucket_id)
            self.hold(bucket, row.subscription_id, row.service, row.amount)

    @traced
    def reverse_holds(self, order_id: str) -> None:
        """An order is taken back: what it held is free, what it let go of is held as before."""
        for row in self.tx.all(BalanceHold, order_id=order_id, state="active"):
            self._end(row)
        for row in self.tx.all(BalanceHold, ended_order=order_id, state="ended"):
            if row.order_id != order_id:
                self.tx.change(row, state="active", ended_order=None)

    def _end(self, row: BalanceHold) -> BalanceHold:
        return self.tx.change(row, state="ended", ended_order=self.context.order_id)
