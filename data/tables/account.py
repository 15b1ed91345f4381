"""The customer's own money (catalogue F12) and credit (F8): billing accounts, buckets, entries."""

from typing import ClassVar

from data.tables.base import (
    SHARED,
    Table,
    UniqueConstraint,
    fen,
    headquarters,
    integer,
    options,
    ref,
    revision,
    state,
    text,
)


class BillingAccount(Table, table=True):
    """A billing account (TMF666) that one or more subscriptions are charged to. `bank_account`: what is debited."""

    __owner__ = SHARED
    __table_args__ = options()
    id: str = text(key=True)
    outlet: str = text()
    number: str = text(unique=True)
    customer_id: str = ref("customer.id")
    pay_type: str = state("pay_type", "prepaid", "postpaid")
    pay_method: str = state("pay_method", "cash", "bank_debit", default="cash")
    bank: str = text("")
    bank_account: str = text("")
    state: str = state("state", "active", "closed", default="active")
    opened_at: str = text()
    revision: int = revision()


class BalanceBucket(Table, table=True):
    """A sub-balance 账本 of an account, in fen: prepaid money, a deposit, or a campaign's gift."""

    __owner__ = SHARED
    __table_args__ = options(UniqueConstraint("account_id", "kind", name="balance_bucket_kind"))
    id: str = text(key=True)
    account_id: str = ref("billing_account.id")
    kind: str = state("kind", "prepaid", "deposit", "gift")
    amount: int = fen(0)
    revision: int = revision()


class BalanceEntry(Table, table=True):
    """One movement of a bucket, with the amount before it, so that a gap shows."""

    __owner__ = SHARED
    __table_args__ = options()
    __append_only__ = True
    id: str = text(key=True)
    bucket_id: str = ref("balance_bucket.id")
    posting_id: str = ref("posting.id")
    amount: int = fen()
    before: int = fen()
    made_at: str = text()


class BalanceHold(Table, table=True):
    """That a service rests on money of a bucket, in fen, while it is on: so much stays there (domain-facts 8).

    Services of one account rest on the same money: what is held of a bucket is the most that one of them needs.
    `order_id`: the order that began it; `ended_order`: the one that ended it.
    """

    __owner__ = SHARED
    __table_args__ = options()
    id: str = text(key=True)
    bucket_id: str = ref("balance_bucket.id")
    subscription_id: str = ref("subscription.id")
    service: str = state("service", "long_distance", "roaming")
    amount: int = fen()
    order_id: str = ref("product_order.id")
    ended_order: str | None = ref("product_order.id", None)
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class CreditRating(Table, table=True):
    """A credit rating 信用等级: the limit in fen that it gives, and whether services that need a deposit do without.

    Attributes:
        stars: its level as customers know it, 0 to 5; a higher one has more limit and a longer term.
        term_days: so many days later do stages begin that count from a bill's due day.
        by_score: whether a score brings it, from so many points (`points_from`) on; else it is given by hand alone.
    """

    __owner__ = headquarters("customers")
    __component__ = "F8"
    __ended__: ClassVar = {"state": "ended"}
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    credit_limit: int = fen(0)
    deposit_waived: int = integer(0)
    stars: int = integer(0)
    term_days: int = integer(0)
    by_score: int = integer(0)
    points_from: int = integer(0)
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class CustomerCredit(Table, table=True):
    """What a customer was rated at their counter, and the limit in fen that follows. What headquarters says of somebody
    (`CustomerRating`), and a limit that it lends for a time (`CreditRaise`), go first."""

    __owner__ = SHARED
    __table_args__ = options()
    customer_id: str = ref("customer.id", key=True)
    rating: str = ref("credit_rating.code", index=False)
    credit_limit: int = fen(0)
    used: int = fen(0)
    revision: int = revision()
