"""F12 account 账户: the user's own money, in buckets: prepaid, deposit, gift. It behaves as a small bank."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from boss_tui.components.accounts.holds import Holds
from boss_tui.components.base import traced
from boss_tui.components.history import note
from boss_tui.components.numbering import next_account
from data.clock import new_key
from data.errors import NotAllowed
from data.message import say
from data.tables.account import BalanceBucket, BillingAccount
from data.tables.finance import Posting, PostingLine
from data.tables.life import ServiceParameter, ValueChange
from data.tables.order import ProductOrder, Subscription

GIFT = "gift"
BUCKETS = {1: "deposit", 2: "prepaid"}
"""The bucket that a kind of charge item fills: 1 deposit, 2 prepayment (domain-facts 8)."""
VALIDITY = ((1_000, 0), (3_000, 15), (10_000, 90), (30_000, 180))
LONGEST = 360
"""Days that a payment of less than so many fen adds to a prepaid line, and what any more adds (domain-facts 9)."""
PREPAID, VALID_UNTIL = "prepaid", "valid_until"


def validity(fen: int) -> int:
    """The days that a payment adds to a prepaid line."""
    return next((days for under, days in VALIDITY if fen < under), LONGEST)


class Accounts(Holds):
    """F12: billing accounts and their buckets."""

    code = "F12"

    @traced
    def open(self, customer_id: str, pay_type: str) -> BillingAccount:
        """A new account with its prepaid and deposit buckets, empty."""
        account = self.tx.add(
            BillingAccount,
            id=new_key(self.tx.clock),
            outlet=self.context.outlet,
            number=next_account(self.tx, self.context.outlet),
            customer_id=customer_id,
            pay_type=pay_type,
            opened_at=self.tx.now(),
        )
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
        return next(bucket for bucket in self.buckets(account_id) if bucket.kind == kind)

    def kind_of(self, bucket_id: str) -> str:
        """The kind of a bucket."""
        return self.tx.one(BalanceBucket, id=bucket_id).kind

    def buckets(self, account_id: str) -> list[BalanceBucket]:
        """All buckets of an account."""
        return self.tx.all(BalanceBucket, account_id=account_id, order=("kind",))

    @traced
    def change(self, account: BillingAccount, **values: Any) -> BillingAccount:
        """Change how an account is paid, and note what it was before (catalogue C4.3)."""
        note(self.context, account.id, account.__dict__, values)
        return self.tx.change(account, **values)

    @traced
    def gift(self, account_id: str) -> BalanceBucket:
        """The bucket of what is given to the account month by month (domain-facts 8); made when it is first needed."""
        found = self.tx.find(BalanceBucket, account_id=account_id, kind=GIFT)
        return found or self.tx.add(BalanceBucket, id=new_key(self.tx.clock), account_id=account_id, kind=GIFT)

    @traced
    def close(self, account_id: str) -> None:
        """Close an account that holds nothing and that nothing living is charged to. NotAllowed says which."""
        if self.charged(account_id):
            raise NotAllowed(say("Another subscription is charged to this account."))
        if any(bucket.amount for bucket in self.buckets(account_id)):
            raise NotAllowed(say("The account still holds money."))
        self.tx.change(self.tx.one(BillingAccount, id=account_id), state="closed")

    @traced
    def must_be_untouched(self, account_id: str, order_id: str) -> None:
        """NotAllowed when money of an account moved since the order that opened it, or something is left on it once
        that order's money is given back. What another order moved and was taken back with it does not count."""
        moved: defaultdict[str, int] = defaultdict(int)
        for bucket in self.buckets(account_id):
            for line in self.tx.all(PostingLine, bucket_id=bucket.id):
                mover = self.tx.one(Posting, id=line.posting_id).order_id
                by = self.tx.one(ProductOrder, id=mover) if mover else None
                moved[(by.reverses or by.id) if by else ""] += line.amount
        if any(amount for by, amount in moved.items() if by != order_id) or moved[order_id]:
            raise NotAllowed(say("Money moved on the account since: pay it out, or take that back, first."))

    @traced
    def close_if_done(self, account_id: str) -> bool:
        """Close an account that nothing hangs on any more; answers whether it is closed. What holds money stays."""
        held = any(bucket.amount for bucket in self.buckets(account_id))
        if held or self.charged(account_id):
            return False
        self.close(account_id)
        return True

    @traced
    def numbered(self, number: str) -> BillingAccount | None:
        """The account with this number."""
        return self.tx.find(BillingAccount, number=number)

    @traced
    def of_customer(self, customer_id: str) -> list[BillingAccount]:
        """A customer's accounts, the oldest first; closed ones too, which may still owe."""
        return self.tx.all(BillingAccount, customer_id=customer_id, order=("number",))

    @traced
    def charged(self, account_id: str) -> list[Subscription]:
        """The living subscriptions that are charged to an account."""
        charged = self.tx.all(Subscription, account_id=account_id, order=("opened_on", "id"))
        return [s for s in charged if s.state not in {"terminated", "cancelled"}]

    @traced
    def moved(self, posting_id: str) -> dict[str, int]:
        """What a posting put into which bucket, in fen."""
        lines = self.tx.all(PostingLine, posting_id=posting_id, order=("line",))
        return {line.bucket_id: -line.amount for line in lines if line.bucket_id}

    @traced
    def extend(self, subscription: Subscription, fen: int) -> str:
        """Let a prepaid line live longer for a payment (domain-facts 9); answers its last business date, or nothing."""
        days = validity(fen)
        if subscription.pay_type != "prepaid" or not days:
            return ""
        key = {"subscription_id": subscription.id, "service": PREPAID, "name": VALID_UNTIL}
        row = self.tx.find(ServiceParameter, **key)
        was = row.value if row else ""
        begins = max(self.context.today, date.fromisoformat(was)) if was else self.context.today
        until = (begins + timedelta(days=days)).isoformat()
        note(self.context, subscription.id, {VALID_UNTIL: was}, {VALID_UNTIL: until})
        if row:
            self.tx.change(row, value=until)
        else:
            self.tx.add(ServiceParameter, **key, value=until)
        return until

    @traced
    def shorten(self, order_id: str) -> None:
        """Take back the time that an order gave to prepaid lines; what came later stays."""
        for change in self.tx.all(ValueChange, order_id=order_id, field=VALID_UNTIL):
            row = self.tx.one(ServiceParameter, subscription_id=change.subject, service=PREPAID, name=VALID_UNTIL)
            value = change.before
            if row.value != change.after:
                begins = max(change.before, self.tx.one(ProductOrder, id=order_id).business_date)
                given = date.fromisoformat(change.after) - date.fromisoformat(begins)
                value = (date.fromisoformat(row.value) - given).isoformat()
            note(self.context, change.subject, {VALID_UNTIL: row.value}, {VALID_UNTIL: value})
            self.tx.change(row, value=value)
