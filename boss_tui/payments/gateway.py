"""What a payment gateway does: it asks the provider whose code the customer shows, and says how it stands."""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

State = Literal["paid", "waiting", "unknown", "closed", "reversed", "refunded"]


class Answer(Struct, frozen=True):
    """How a payment stands at its provider.

    state: paid; waiting (the customer is confirming); unknown (ask again); closed (no money moved, and none will);
    reversed (what had moved went back, and nothing more will move); refunded (of a refund: done).
    """

    state: State
    transaction_no: str = ""
    reason: str = ""


class Gateway(Protocol):
    """A payment gateway. Amounts in fen. Each call ends within seconds, and raises Outside when nobody answered: then
    nothing is known. Every call may be repeated: the same number is the same payment."""

    def ask(self, order_no: str, provider: str, amount: int, code: str) -> Answer:
        """Ask for money by the code that the customer shows."""
        ...

    def query(self, order_no: str) -> Answer:
        """How a payment stands. One that never arrived is closed."""
        ...

    def reverse(self, order_no: str) -> Answer:
        """Take a payment back, whether it is paid or not: at the end it is reversed or closed, or that is unknown."""
        ...

    def refund(self, order_no: str, refund_no: str, amount: int) -> Answer:
        """Give back so much of what was paid; once under each refund number."""
        ...

    def bill(self, day: str) -> str:
        """The provider's own list of a day (YYYY-MM-DD), for reconciliation: see `reconciling`."""
        ...
