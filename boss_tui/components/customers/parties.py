"""Whom a business binds: the customer, a buyer, an owner before, and who signs for them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from boss_tui.components.identity.kinds import ADULT_AGE, age_on
from boss_tui.components.wording import masked_document
from data.message import Message, say
from data.tables.customer import Customer

CUSTOMER = say("Customer")


ACTED_BY = {"agent": say("agent"), "guardian": say("guardian"), "organization": say("representative")}
"""Who signs for a party that does not sign itself: an agent, a minor's guardian, who came for an organisation."""


class Party(Struct, frozen=True):
    """Somebody whom a business binds.

    Attributes:
        customer_id, name: who; a buyer whom nobody knows has no key.
        role: what they are in it, such as the old owner.
        document: the number of their document, masked.
        signer, by: who signs for them, and as what (`ACTED_BY`); empty: they sign themselves.
    """

    customer_id: str | None
    name: str | Message
    role: Message = CUSTOMER
    document: str = ""
    signer: str = ""
    by: str = ""


def party(customer: Customer, today: date, agent: str = "", role: Message = CUSTOMER) -> Party:
    """A customer as a party, with whoever acts for them. A minor's is the guardian (domain-facts 6)."""
    document = masked_document(customer.document_number)
    if not agent:
        return Party(customer.id, customer.name, role, document)
    born = date.fromisoformat(customer.birth_date) if customer.birth_date else None
    minor = born is not None and age_on(born, today) < ADULT_AGE
    by = "organization" if customer.holder == "organization" else "guardian" if minor else "agent"
    return Party(customer.id, customer.name, role, document, agent, by)
