"""Passwords of operators and products: hashed with Argon2id, never stored or printed as they were typed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@cache
def _hasher() -> PasswordHasher:
    """Two passes over 19 MiB: what OWASP asks for at least, and some 30 ms on an outlet's old PC."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str) -> str:
    """The hash of a password, as it is stored."""
    return _hasher().hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether a password is the one that was hashed."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
