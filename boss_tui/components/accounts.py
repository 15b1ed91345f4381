"""F12 account 帐户: the user's own money, in buckets: prepaid, deposit, gift. It behaves as a small bank."""

from __future__ import annotations

from boss_tui.components.base import Component, traced
from boss_tui.components.history import note
from boss_tui.components.numbering import next_account
from data.clock import new_key
from data.errors import NotAllowed
from data.message import say
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.life import ServiceParameter, ValueChange
from data.tables.order import Subscription

GIFT = "gift"
VALIDITY, VALID_TO = "validity", "valid_to"
_DAYS = ((1_000, 0), (3_000, 15), (10_000, 90), (30_000, 180))
_MOST_DAYS = 360


def days_for(amount: int) -> int:
    """How many days a payment of so many fen adds to a prepaid number (domain-facts 9)."""
    return next((days for below, days in _DAYS if amount < below), _MOST_DAYS)


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
    def gift(self, account_id: str) -> BalanceBucket:
        """The bucket of what is given to the account month by month (domain-facts 8); made when it is first needed."""
        found = self.tx.find(BalanceBucket, account_id=account_id, kind=GIFT)
        return found or self.tx.add(BalanceBucket, id=new_key(self.tx.clock), account_id=account_id, kind=GIFT)

    @traced
    def valid_to(self, subscription_id: str) -> str:
        """Until when a prepaid number may be used, as a business date; empty where no payment has told yet."""
        row = self.tx.find(ServiceParameter, subscription_id=subscription_id, service=VALIDITY, name=VALID_TO)
        return row.value if row else ""

    def valid_to_before(self, subscription_id: str, order_id: str) -> str | None:
        """What that was before an order set it; None when the order did not."""
        changed = self.tx.all(ValueChange, subject=subscription_id, field=VALID_TO, order_id=order_id)
        return changed[0].before if changed else None

    @traced
    def set_valid_to(self, subscription_id: str, day: str) -> None:
        """Set until when a prepaid number may be used, and note what it was."""
        key = {"subscription_id": subscription_id, "service": VALIDITY, "name": VALID_TO}
        row = self.tx.find(ServiceParameter, **key)
        note(self.context, subscription_id, {VALID_TO: row.value if row else ""}, {VALID_TO: day})
        if row is None:
            self.tx.add(ServiceParameter, **key, value=day)
        else:
            self.tx.change(row, value=day)

    @traced
    def close(self, account_id: str) -> None:
        """Close an account that holds nothing and that nothing living is charged to. NotAllowed says which."""
        charged = self.tx.all(Subscription, account_id=account_id)
        if any(subscription.state not in {"terminated", "cancelled"} for subscription in charged):
            raise NotAllowed(say("Another subscription is charged to this account."))
        if any(bucket.amount for bucket in self.tx.all(BalanceBucket, account_id=account_id)):
            raise NotAllowed(say("The account still holds money."))
        self.tx.change(self.tx.one(BillingAccount, id=account_id), state="closed")
