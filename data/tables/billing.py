"""Usage, bills and what was paid of them (catalogue B1, C8, C9, C12; TMF635, TMF678)."""

from data.tables.base import (
    SHARED,
    Index,
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

USAGE_KINDS = ("voice", "voice_international", "voice_roaming", "data", "data_roaming", "message", "content")
"""voice: seconds; data: KiB; message: pieces; content: pieces that a provider charges for."""


class UsageMonth(Table, table=True):
    """What a subscription used of one kind in a calendar month (YYYY-MM), and what that was charged, in fen."""

    __owner__ = SHARED
    __table_args__ = options()
    subscription_id: str = ref("subscription.id", key=True)
    month: str = text(key=True)
    kind: str = text(key=True)
    quantity: int = integer(0)
    amount: int = fen(0)


class PlanRate(Table, table=True):
    """What a plan gives of one kind of usage each month, and what a unit beyond it costs.

    `included` and `unit` in the kind's own measure (voice: seconds), `price` in fen for each begun unit.
    """

    __owner__ = headquarters("products")
    __component__ = "B1"
    __table_args__ = options()
    plan: str = ref("product.code", key=True)
    kind: str = text(key=True)
    included: int = integer(0)
    unit: int = integer(1)
    price: int = fen(0)
    revision: int = revision()


def charge(quantity: int, included: int, unit: int, price: int) -> int:
    """What a month's usage of one kind costs by a plan's rate, in fen: each begun unit beyond what is included."""
    return -(-max(0, quantity - included) // unit) * price


class CustomerBill(Table, table=True):
    """A bill of an account, in fen: of a calendar month, or the final one of a closing.

    `paid` counts everything that settled it: payments at a counter, and what the bill run took from the prepayment.
    States (TMF678): new, onHold (disputed), validated, sent, partiallyPaid, settled.
    """

    __owner__ = SHARED
    __component__ = "B1"
    __table_args__ = options(
        UniqueConstraint("account_id", "month", "kind", name="customer_bill_month"),
        Index("customer_bill_state", "state", "due_on"),
    )
    id: str = text(key=True)
    outlet: str = text()
    account_id: str = ref("billing_account.id")
    month: str = text()
    kind: str = state("kind", "monthly", "final", default="monthly")
    amount: int = fen()
    paid: int = fen(0)
    issued_on: str = text()
    due_on: str = text()
    order_id: str | None = ref("product_order.id", None)
    state: str = state("state", "new", "onHold", "validated", "sent", "partiallyPaid", "settled", default="sent")
    revision: int = revision()


class BillLine(Table, table=True):
    """One line of a bill (TMF678 applied billing rate), in fen: which subscription, which charge item, what for.

    `tax_rate`: that of the item when the bill was made, in hundredths of a percent.
    """

    __owner__ = SHARED
    __table_args__ = options()
    __append_only__ = True
    bill_id: str = ref("customer_bill.id", key=True)
    line: int = integer(key=True)
    subscription_id: str | None = ref("subscription.id", None)
    item: str = ref("charge_item.code", index=False)
    product: str = text("")
    detail: str = text("")
    amount: int = fen()
    tax_rate: int = integer(0)


class BillPayment(Table, table=True):
    """That an order paid some of a bill, in fen; `late_fee` is what was paid on top. Negative: taken back.

    One for each rate of tax: `tax` is what was paid of the tax in the bill's lines of that rate.
    """

    __owner__ = SHARED
    __table_args__ = options()
    __append_only__ = True
    id: str = text(key=True)
    bill_id: str = ref("customer_bill.id")
    order_id: str = ref("product_order.id")
    posting_id: str = ref("posting.id")
    amount: int = fen()
    late_fee: int = fen(0)
    tax_rate: int = integer(0)
    tax: int = fen(0)
    made_at: str = text()
