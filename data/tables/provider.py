"""Services of partners that a subscriber pays through us (catalogue C7.5, A4): on offer, ordered, disputed, barred."""

from typing import ClassVar

from data.tables.base import SHARED, Table, UniqueConstraint, fen, headquarters, options, ref, revision, state, text


class ProviderService(Table, table=True):
    """A service of a provider, with its fee a month or a piece, in fen."""

    __owner__ = headquarters("products")
    __component__ = "A4"
    __ended__: ClassVar = {"state": "ended"}
    __identity__ = ("partner", "rhythm")
    __table_args__ = options()
    code: str = text(key=True)
    partner: str = ref("partner.code")
    name_zh: str = text()
    name_en: str = text("")
    fee: int = fen()
    rhythm: str = state("rhythm", "month", "piece", default="month")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class ProviderSubscription(Table, table=True):
    """That a subscription has a provider's service; `told_by`: counter, message (the customer ordered it by SMS)."""

    __owner__ = SHARED
    __table_args__ = options()
    id: str = text(key=True)
    subscription_id: str = ref("subscription.id")
    service: str = ref("provider_service.code", index=False)
    told_by: str = state("told_by", "counter", "message", default="counter")
    since: str = text()
    until: str = text("")
    state: str = state("state", "active", "ended", default="active")
    order_id: str | None = ref("product_order.id", None)
    revision: int = revision()


class Dispute(Table, table=True):
    """That a customer disputes what a provider charged: fen that the partner is asked to give back (A4, B2)."""

    __owner__ = SHARED
    __table_args__ = options()
    id: str = text(key=True)
    subscription_id: str = ref("subscription.id")
    service: str = ref("provider_service.code", index=False)
    month: str = text("")
    amount: int = fen()
    reason: str = text()
    state: str = state("state", "requested", "refunded", "refused", default="requested")
    order_id: str = ref("product_order.id")
    revision: int = revision()


class ProviderBar(Table, table=True):
    """That a subscription takes nothing from a provider any more."""

    __owner__ = SHARED
    __table_args__ = options(UniqueConstraint("subscription_id", "partner", name="provider_bar_once"))
    id: str = text(key=True)
    subscription_id: str = ref("subscription.id")
    partner: str = ref("partner.code", index=False)
    state: str = state("state", "active", "lifted", default="active")
    order_id: str = ref("product_order.id")
    revision: int = revision()
