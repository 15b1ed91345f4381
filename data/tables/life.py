"""The life of a subscription after its opening: contracts, suspensions, dated acts, parameters, histories of values."""

from data.tables.base import SHARED, Index, Partial, Table, fen, integer, options, ref, revision, state, text

CAUSES = ("request", "loss", "arrears_outgoing", "arrears_all", "arrears_kept", "fraud", "court", "identity", "closing")
"""Why a line may be stopped."""


class Agreement(Table, table=True):
    """What a customer bound themselves to (TMF651): a handset's price, a plan's, a beautiful number's minimum spend.

    `value` in fen is what ending it early is reckoned on, and `penalty_percent` of what is left of it is the penalty
    (domain-facts 6, 8). `ends_on` is its last business date.
    """

    __owner__ = SHARED
    __table_args__ = options(Index("agreement_state", "subscription_id", "state"))
    id: str = text(key=True)
    customer_id: str = ref("customer.id")
    subscription_id: str = ref("subscription.id", index=False)
    order_id: str | None = ref("product_order.id", None)
    kind: str = state("kind", "handset", "plan", "number")
    product: str = text("")
    starts_on: str = text()
    ends_on: str = text()
    months: int = integer()
    value: int = fen(0)
    penalty_percent: int = integer(30)
    state: str = state("state", "active", "ended", "terminated", default="active")
    revision: int = revision()


class Suspension(Table, table=True):
    """One cause for which a subscription is barred (catalogue C6). It works again when the last cause is gone.

    `extent`: outgoing (单停) or all (双停). Dates are business dates; `ends_on` is when it is lifted by itself, if so.
    """

    __owner__ = SHARED
    __table_args__ = options(
        Partial(
            "suspension_one_cause",
            "subscription_id",
            "cause",
            unique=True,
            where="state IN ('planned', 'running')",
        ),
    )
    id: str = text(key=True)
    subscription_id: str = ref("subscription.id")
    cause: str = state(
        "cause",
        *CAUSES,
    )
    extent: str = state("extent", "outgoing", "all", default="all")
    starts_on: str = text()
    ends_on: str = text("")
    reason: str = text("")
    state: str = state("state", "planned", "running", "lifted", "cancelled", default="running")
    order_id: str = ref("product_order.id")
    lifted_order_id: str | None = ref("product_order.id", None)
    revision: int = revision()


class ScheduledAct(Table, table=True):
    """Something that an order wants done on a later business date, or on the first open one after it.

    `follows` 0: the order itself waits for it (its state is pending). 1: it becomes an order of its own when it is due,
    with `parameters` (JSON) as its form. `order_id` is the order that wants it. `touches`: as a ProductOrder's.
    """

    __owner__ = SHARED
    __table_args__ = options(Index("scheduled_act_due", "state", "outlet", "due_on", "id"))
    id: str = text(key=True)
    outlet: str = text()
    business: str = text()
    order_id: str = ref("product_order.id")
    subscription_id: str = ref("subscription.id")
    due_on: str = text()
    follows: int = integer(0)
    parameters: str = text("{}")
    touches: str = text("")
    state: str = state("state", "waiting", "done", "cancelled", "failed", default="waiting")
    done_order_id: str | None = ref("product_order.id", None)
    reason: str = text("")
    done_at: str = text("")
    revision: int = revision()


class ServiceParameter(Table, table=True):
    """A parameter of a service on a subscription: the number that calls are forwarded to, and the like.

    `service` is the product's code, or a kind of call forwarding (cfu, cfb, cfnry, cfnrc). Empty: not set.
    """

    __owner__ = SHARED
    __table_args__ = options(Partial("service_parameter_forward", "value", where="name = 'forward_to'"))
    subscription_id: str = ref("subscription.id", key=True)
    service: str = text(key=True)
    name: str = text(key=True)
    value: str = text("")
    revision: int = revision()


class ValueChange(Table, table=True):
    """What a value was before an order and is after it: the history of a customer, account or subscription.

    Secrets stand here as empty on both sides.
    """

    __owner__ = SHARED
    __table_args__ = options(
        Index("value_change_subject", "subject", "field"),
        Partial("value_change_number", "before", where="field = 'number'"),  # who had a number before
    )
    __append_only__ = True
    id: str = text(key=True)
    subject: str = text()
    field: str = text()
    before: str = text("")
    after: str = text("")
    order_id: str = ref("product_order.id")
    made_at: str = text()


class PasswordTries(Table, table=True):
    """How often a wrong service password was given for a subscription on a business date."""

    __owner__ = SHARED
    __table_args__ = options()
    subscription_id: str = ref("subscription.id", key=True)
    business_date: str = text(key=True)
    tries: int = integer(0)
