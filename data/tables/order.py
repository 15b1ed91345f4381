"""Orders and what they leave: drafts, product orders (TMF622), subscriptions (TMF637), trails (catalogue F14)."""

from data.tables.base import (
    LOCAL,
    OUTLET,
    SHARED,
    Index,
    Partial,
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


class Draft(Table, table=True):
    """A business being filled in. It holds reservations, never a document number, and is not a customer yet.

    `collection`: those with the same one wait to be paid in one go. `tenders_json`: what was handed over for it so far;
    `invoicing_json`: what was said of its invoice, where it is not as usual; `slip_json`: the slip that was written by
    hand, where it is entered later; `answers_json`: what services answered to it, by question. `process_json`: the
    version of its process that it began with, and keeps (`boss_tui.components.processes.kept_process`).
    """

    __owner__ = LOCAL
    __table_args__ = options(Index("draft_state", "state", "expires_at"), Index("draft_number", "number"))
    id: str = text(key=True)
    number: int = integer()
    code: str = text()
    state: str = state("state", "open", "held", "completed", "expired", "abandoned", default="open")
    values_json: str = text("{}")
    trail_json: str = text("[]")
    note: str = text("")
    operator: str = text()
    counter: str = text()
    created_at: str = text()
    touched_at: str = text()
    expires_at: str = text()
    order_id: str | None = text(None)
    collection: str = text("", index=True)
    tenders_json: str = text("[]")
    invoicing_json: str = text("{}")
    slip_json: str = text("{}")
    answers_json: str = text("{}")
    process_json: str = text("{}")
    revision: int = revision()


IN_PROGRESS = "state = 'inProgress'"
"""What the network is not done with, in SQL: the orders that are looked through again and again."""
RUNNING = ("acknowledged", "inProgress", "held", "pending", "failed", "partial")
"""The states of an order that runs: it is at the network, or held up."""
RUNS = f"state IN ({', '.join(map(repr, RUNNING))})"
"""That an order runs, in SQL."""


class ProductOrder(Table, table=True):
    """An order: one business done for a customer. `serial` is what the customer is told 业务流水号.

    `reverses`: the order that this one takes back. `collection`: those with the same one were paid in one go.
    `hand_slip`: the number of the slip that it was written on by hand, where it was entered later.
    `touches`: what it changes of its line, or rests on, in words (`boss_tui.components.processes.touching`).
    `process_version`: which version of its process it goes by, whatever becomes of that meanwhile; 0: an order of a
    program that noted none. `limits`: the minutes that its steps may take, as JSON by act; "": those without their own.
    """

    __owner__ = SHARED
    __table_args__ = options(
        Index("product_order_day", "business_date", "business"),
        Index("product_order_customer", "customer_id"),
        Index("product_order_subscription", "subscription_id"),
        Partial("product_order_in_progress", "created_at", where=IN_PROGRESS),
        Partial("product_order_running", "business", "state", "process_version", "created_at", where=RUNS),
    )
    id: str = text(key=True)
    serial: str = text(unique=True)
    outlet: str = text()
    counter: str = text()
    operator: str = text()
    business: str = text()
    business_date: str = text()
    state: str = state(
        "state",
        "acknowledged",
        "inProgress",
        "held",
        "pending",
        "completed",
        "cancelled",
        "failed",
        "partial",
        "rejected",
    )
    draft_id: str = text(unique=True)
    customer_id: str | None = ref("customer.id", None, index=False)
    subscription_id: str | None = ref("subscription.id", None, index=False)
    amount: int = fen(0)
    form_json: str = text("{}")
    created_at: str = text()
    completed_at: str = text("")
    reverses: str | None = ref("product_order.id", None)
    approved_by: str = text("")
    touches: str = text("")
    collection: str = text("", index=True)
    hand_slip: str = text("")
    process_version: int = integer(0)
    limits: str = text("{}")
    revision: int = revision()


class OrderItem(Table, table=True):
    """What an order sold, kind by kind (TMF622), or what was taken back of it: below nothing, on the day of that.

    Attributes:
        order_id: the order that sold it; of what a return or a reversal takes back, that order.
        kind, product: plan, service, goods (the product's code), provider (the provider's service), sim (the kind of
            card), number (its grade), card (a recharge card's face value in fen).
        count: pieces. amount: fen that the order charged for it, tax included; monthly: fen a month from then on.
    """

    __owner__ = OUTLET
    __table_args__ = options(
        Index("order_item_day", "outlet", "business_date", "kind", "product", "count", "amount", "monthly")
    )
    __append_only__ = True
    id: str = text(key=True)
    outlet: str = text()
    business_date: str = text()
    order_id: str = ref("product_order.id")
    kind: str = state("kind", "plan", "service", "provider", "goods", "sim", "number", "card")
    product: str = text()
    count: int = integer()
    amount: int = fen(0)
    monthly: int = fen(0)


WAITING_SLIP = "state IN ('open', 'parked') OR held > 0"
"""The slips that somebody has to see to, in SQL."""


class HandwrittenSlip(Table, table=True):
    """A slip 手工单 that was written by hand while nothing could be entered, and came in later 补录 (catalogue F9).

    States: entered (`order_id`), open (it can't be done as it was promised: somebody sees to it), parked (a supervisor
    has left its money in suspense, `words`: why), settled (`words`: how). `written_on`: the business date it was
    written on; `written_at`: the time that stands there, HH:MM.

    Attributes:
        number: as it was typed; known_as: its letters and digits, by which there is one slip of it in the outlet
            (`slip_numbers`).
        amount: fen that were taken for it, where it could not be entered; tender, reference: how (`TenderKind`).
        held: fen of it that are in suspense; the sum of its entries (`SuspenseEntry`).
    """

    __owner__ = OUTLET
    __table_args__ = options(
        UniqueConstraint("outlet", "known_as", name="handwritten_slip_number"),
        Partial("handwritten_slip_waiting", "outlet", where=WAITING_SLIP),
    )
    id: str = text(key=True)
    outlet: str = text()
    number: str = text()
    known_as: str = text()
    business: str = text()
    written_on: str = text()
    written_at: str = text()
    written_by: str = text()
    state: str = state("state", "entered", "open", "parked", "settled")
    order_id: str | None = ref("product_order.id", None)
    reason: str = text("")
    amount: int = fen(0)
    tender: str = text("")
    reference: str = text("")
    held: int = fen(0)
    words: str = text("")
    counter: str = text()
    entered_by: str = text()
    business_date: str = text()
    made_at: str = text()
    revision: int = revision()


class Subscription(Table, table=True):
    """What the customer owns: a number with its card, plan and account (TMF637).

    States: pendingActive until the network answers, active, suspended, pendingTerminate, terminated, cancelled.
    """

    __owner__ = SHARED
    __table_args__ = options(
        Partial("subscription_number", "number", unique=True, where="state NOT IN ('terminated', 'cancelled')"),
        Index("subscription_any_number", "number"),  # of those that are no more, too
        Index("subscription_tail", "tail"),
    )
    id: str = text(key=True)
    outlet: str = text()
    customer_id: str = ref("customer.id")
    account_id: str = ref("billing_account.id")
    number: str = text()
    tail: str = text()
    iccid: str = ref("sim_card.iccid")
    imsi: str = text(index=True)
    plan: str = ref("product.code", index=False)
    pay_type: str = state("pay_type", "prepaid", "postpaid")
    long_distance: str = state("long_distance", "none", "domestic", "international", default="domestic")
    roaming: str = state("roaming", "none", "province", "national", "international", default="national")
    minimum_spend: int = fen(0)
    password_hash: str = text("")
    state: str = state(
        "state",
        "pendingActive",
        "active",
        "suspended",
        "pendingTerminate",
        "terminated",
        "cancelled",
    )
    opened_on: str = text()
    activated_at: str = text("")
    revision: int = revision()


class SubscriptionProduct(Table, table=True):
    """A product on a subscription, from a business date until another (empty: for good)."""

    __owner__ = SHARED
    __table_args__ = options()
    subscription_id: str = ref("subscription.id", key=True)
    product: str = ref("product.code", key=True)
    valid_from: str = text()
    valid_to: str = text("")
    state: str = state("state", "pending", "active", "ended", default="active")
    revision: int = revision()


class Trail(Table, table=True):
    """Which components a run really used, in order: the cells as a JSON list of [cell, what] (catalogue F14)."""

    __owner__ = OUTLET
    __table_args__ = options(Index("trail_business", "business", "order_id"))
    __append_only__ = True
    order_id: str = ref("product_order.id", key=True)
    step: str = text(key=True)
    business: str = text()
    cells: str = text()
    made_at: str = text()


class Process(Table, table=True):
    """A process with its number, steps, time limits, approvals and printed copies (M19). Its revision is its version.

    Attributes:
        steps: what is done at the counter, in order, as a JSON list of codes.
        draft_minutes: how long a form is kept open. network_minutes: what a step of the network may take.
        limits: acts that may take another time, [{act, minutes}]. approvals: whose word is needed, [{role, over}]: over
            so many fen. copies: sheets of a kind of paper, the original among them, [{kind, sheets}].
    """

    __owner__ = headquarters("rules")
    __component__ = "F14"
    __table_args__ = options(UniqueConstraint("business", "revision", name="process_revision"))
    business: str = text(key=True)
    number: str = text()
    steps: str = text()
    draft_minutes: int = integer(120)
    network_minutes: int = integer(60)
    limits: str = text("[]")
    approvals: str = text("[]")
    copies: str = text("[]")
    revision: int = revision()


class Sequence(Table, table=True):
    """A counter of this store, such as the last serial of a counter on a business date."""

    __owner__ = LOCAL
    __table_args__ = options()
    name: str = text(key=True)
    value: int = integer(0)
