"""F12 account 帐户: the user's own money, in buckets: prepaid, deposit, gift. It behaves as a small bank."""

from __future__ import annotations

from boss_tui.components.base import Component, traced
from boss_tui.components.numbering import next_account
from data.clock import new_key
from data.errors import NotAllowed
from data.message import say
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.order import Subscription

BUCKETS = {1: "deposit", 2: "prepaid"}
"""The bucket that a kind of charge item fills: 1 deposit, 2 prepayment (domain-facts 8)."""


class Accounts(Component):
    """F12: billing accounts and their buckets."""

    code = "F12"

    @traced
    def open(self, customer_id: str, pay_type: str) -> BillingAccount:
        """A new account with its prepaid and deposit buckets, empty."""
        account = self.tx.add(
            BillingAccount, id=new_key(self.tx.clock), outlet=self.context.outlet,
            number=next_account(self.tx, self.context.outlet), customer_id=customer_id, pay_type=pay_type,
            opened_at=self.tx.now(),
        )  # fmt: skip
        for kind in BUCKETS.values():
            self.tx.add(BalanceBucket, id=new_key(self.tx.clock), account_id=account.id, kind=kind)
        return account

    @traced
    def of(self, account_id: str) -> BillingAccount:
        """The account that a subscription is charged to."""
        return self.tx.one(BillingAccount, id=account_id)

    @traced
    def bucket(self, account_id: str, kind: str) -> BalanceBucket:
        """An account's bucket of a kind."""
        return self.tx.one(BalanceBucket, account_id=account_id, kind=kind)

    @traced
    def close(self, account_id: str) -> None:
        """Close an account that holds nothing and that nothing living is charged to. NotAllowed says which."""
        charged = self.tx.all(Subscription, account_id=account_id)
        if any(subscription.state not in {"terminated", "cancelled"} for subscription in charged):
            raise NotAllowed(say("Another subscription is charged to this account."))
        if any(bucket.amount for bucket in self.tx.all(BalanceBucket, account_id=account_id)):
            raise NotAllowed(say("The account still holds money."))
        self.tx.change(self.tx.one(BillingAccount, id=account_id), state="closed")
