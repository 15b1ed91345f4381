"""Around the sale: behaviour signals (A1), customer service (A2), loyalty (A3), partners (A4), billing (B1),
settlement (B2), statistics (F13)."""

from typing import ClassVar

from data.tables.base import (
    OUTLET,
    SHARED,
    Index,
    Table,
    fen,
    headquarters,
    integer,
    options,
    ref,
    revision,
    state,
    text,
)


class BehaviourSignal(Table, table=True):
    """A signal that a rule raised (A1), such as many openings by one agent in a day."""

    __owner__ = SHARED
    __table_args__ = options()
    id: str = text(key=True)
    rule: str = text()
    subject: str = text(index=True)
    order_id: str | None = ref("product_order.id", None)
    detail: str = text("")
    state: str = state("state", "raised", "seen", "closed", default="raised")
    raised_at: str = text()
    revision: int = revision()


class Interaction(Table, table=True):
    """A contact with a customer (A2, TMF683): a call-back that is due, a complaint, a consultation."""

    __owner__ = SHARED
    __table_args__ = options(Index("interaction_due", "state", "due_on"))
    id: str = text(key=True)
    customer_id: str = ref("customer.id")
    order_id: str | None = ref("product_order.id", None)
    kind: str = state("kind", "call_back", "complaint", "fault", "consultation")
    due_on: str = text("")
    matter: str = text("")
    state: str = state("state", "open", "inProgress", "completed", default="open")
    revision: int = revision()


class LoyaltyAccount(Table, table=True):
    """A customer's points (A3) and since when they are with us."""

    __owner__ = SHARED
    __table_args__ = options()
    customer_id: str = ref("customer.id", key=True)
    points: int = integer(0)
    tenure_from: str = text()
    revision: int = revision()


class LoyaltyEntry(Table, table=True):
    """Points gained or spent by an order."""

    __owner__ = SHARED
    __table_args__ = options()
    __append_only__ = True
    id: str = text(key=True)
    customer_id: str = ref("loyalty_account.customer_id")
    order_id: str = ref("product_order.id")
    points: int = integer()
    reason: str = text("")
    made_at: str = text()


class Partner(Table, table=True):
    """A partner (A4): sales channel, service provider, or information partner. Rates in hundredths of a percent."""

    __owner__ = headquarters("products")
    __component__ = "A4"
    __ended__: ClassVar = {"state": "ended"}
    __identity__ = ("kind",)
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    kind: str = state("kind", "channel", "provider", "information")
    rate: int = integer(0)
    opening_commission: int = fen(0)
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class SettlementEntry(Table, table=True):
    """What is owed to (positive) or by a partner for an order (B2), in fen."""

    __owner__ = OUTLET
    __table_args__ = options()
    __append_only__ = True
    id: str = text(key=True)
    partner: str = ref("partner.code")
    order_id: str = ref("product_order.id")
    kind: str = state("kind", "commission", "share")
    amount: int = fen()
    business_date: str = text()


class ChargeSchedule(Table, table=True):
    """A charge that billing raises each month for a subscription (B1), from a business date, in fen."""

    __owner__ = SHARED
    __table_args__ = options()
    id: str = text(key=True)
    subscription_id: str = ref("subscription.id")
    item: str = ref("charge_item.code", index=False)
    product: str = text("")
    amount: int = fen()
    starts_on: str = text("")
    ends_on: str = text("")
    state: str = state("state", "waiting", "running", "ended", default="waiting")
    revision: int = revision()


class Figure(Table, table=True):
    """A statistic that each run adds to (F13): how many, and fen."""

    __owner__ = OUTLET
    __table_args__ = options()
    outlet: str = text(key=True)
    business_date: str = text(key=True)
    operator: str = text(key=True)
    business: str = text(key=True)
    measure: str = text(key=True)
    count: int = integer(0)
    amount: int = fen(0)
