"""How it is remembered what a customer has shown of who they are."""

from __future__ import annotations


def by_document(customer_id: str) -> str:
    """How it is remembered that a customer has shown their document: it stands for the person, with all numbers."""
    return f"document:{customer_id}"


def by_password(subscription_id: str) -> str:
    """How it is remembered that a service password was given: it stands for its own number, and no other of theirs."""
    return f"password:{subscription_id}"
