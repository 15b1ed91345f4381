"""How long work tells how far it is. Who does the work knows no screen and no terminal: it calls a `Report`."""

from __future__ import annotations

from collections.abc import Callable

from data.message import Message

Report = Callable[[Message, int, int], None]
"""Told again and again: what is done now, how many of it are done, of how many (0: nobody can say)."""


def unreported(_what: Message, _done: int = 0, _of: int = 0) -> None:
    """For whom nobody waits."""
