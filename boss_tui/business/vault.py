"""What a business may do with secrets, which it never sees again."""

from __future__ import annotations

from typing import Protocol


class Vault(Protocol):
    """What the desk does with secrets, outside of any transaction since it is slow on purpose."""

    def hashed(self, secret: str) -> str:
        """The hash of a secret, as it is stored."""
        ...

    def matches(self, stored: str, secret: str) -> bool:
        """Whether a secret is the one that was hashed."""
        ...

    def chosen(self, number: str, password: str, document: str = "") -> str:
        """The hash of a new service password for the subscription with this number. Raises `typed.wrong` when it is
        easy to guess for who knows the number, the owner's document, or the `document` that was typed."""
        ...

    def proof(self, number: str, password: str) -> str:
        """Hold a service password against that of the subscription with this number: answers what the draft keeps as
        proof. Raises `typed.wrong` when it is not right; wrong tries are counted, and too many end them for the day."""
        ...

    def card(self, pin: str) -> str:
        """What a draft keeps of a recharge card's PIN: the keyed hash that finds the card and, after a point, what
        proves to headquarters that it was typed; never the PIN."""
        ...


PROVEN = "$proven$"
"""How the proof of a secret begins, in a draft: the subscription's key follows, or what is kept of a card's PIN."""
