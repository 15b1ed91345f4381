"""Whom a business is asked for, and who acts for them, as qualification is told of them."""

from __future__ import annotations

from msgspec import Struct


class Applicant(Struct, frozen=True):
    """Whom a business is asked for: documents, what is known of them, and who acts for them.

    name, agent_name: as their documents say, for services that compare them.
    opens_number: they get one more with it; counted: which is among those that they have, since it was long ago.
    keeps_numbers: the numbers that they have come under this document.
    product: the plan of the number that it is about, or that an opening asks for; account_id: what that is charged to.
    begins: the plan and services that are sold by it; None: not known.
    """

    document_kind: str = ""
    document_number: str = ""
    age: int | None = None
    category: str = ""
    customer_id: str = ""
    agent_kind: str = ""
    agent_number: str = ""
    agent_age: int | None = None
    opens_number: bool = False
    keeps_numbers: bool = False
    counted: bool = False
    name: str = ""
    agent_name: str = ""
    product: str = ""
    account_id: str = ""
    begins: tuple[str, ...] | None = ()

    @property
    def more_numbers(self) -> int:
        """How many more they will have than they have now."""
        return int(self.opens_number and not self.counted)


NOBODY = Applicant()
"""Whom a business of management is asked for: it has no customer."""
