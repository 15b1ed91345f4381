"""Mobile payment 条码支付 (management-facts 7.4): each time that a provider was asked, and what came of it."""

from data.tables.base import OUTLET, Index, Partial, Table, fen, integer, options, revision, state, text

OPEN = (
    "state IN ('asked', 'unknown') OR (state = 'paid' AND booked = 0)"
    " OR (state = 'closed' AND refund_of <> '' AND dropped = 0)"
)
"""What is not at rest yet, in SQL: no final answer, money that no order has, a refund that was refused."""


class MobilePayment(Table, table=True):
    """A provider was asked for a customer's money (or, as `refund_of` another one, to give some back).

    Attributes:
        order_no: our number of it, never used again: a new code is another one. At most 32 characters, as they want it.
        kind: the way of paying; provider: who was asked.
        amount: fen; of a refund below nothing.
        draft_id: the form that it is for, or the first of those that are paid in one go.
        refund_of: of a refund, the order number of what is given back; empty: it is a payment.
        state: asked (no final answer yet) → unknown (nobody waits for it; it is closed beside the desk) → paid,
            closed (no money moved), reversed (whatever had moved went back), refunded (of a refund: done).
        booked: whether an order has it as a tender: once for good.
        dropped: whether the clerk gave it up: it is reversed, even if the customer pays yet; of a refund that was
            refused: a person has seen to it.
        code_end: the last four digits of the code that was shown. transaction_no: the provider's number.
        reason: in the provider's words.
    """

    __owner__ = OUTLET
    __table_args__ = options(
        Index("mobile_payment_draft", "draft_id"),
        Index("mobile_payment_refund", "refund_of"),
        Index("mobile_payment_day", "outlet", "business_date"),
        Partial("mobile_payment_open", "asked_at", where=OPEN),
    )
    order_no: str = text(key=True)
    outlet: str = text()
    counter: str = text()
    operator: str = text()
    business_date: str = text()
    kind: str = text()
    provider: str = text()
    amount: int = fen()
    draft_id: str = text("")
    refund_of: str = text("")
    state: str = state("state", "asked", "unknown", "paid", "closed", "reversed", "refunded", default="asked")
    booked: int = integer(0)
    dropped: int = integer(0)
    code_end: str = text("")
    transaction_no: str = text("")
    reason: str = text("")
    asked_at: str = text()
    settled_at: str = text("")
    revision: int = revision()
