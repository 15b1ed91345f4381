"""What is done at the office to rows that no edition changes: a form, and what comes of it, in one transaction.

A block of numbers made from a segment, a block leased to an outlet: each is an act of a subject's, offered at the list
of its rows and by `boss manage CODE do ACT`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from boss_tui.components.base import Context
from boss_tui.components.leases import Leasing
from boss_tui.fields import Choice
from boss_tui.forms import Form
from boss_tui.management.kit.answering import Fact
from data.message import Message
from data.store import Reading


@dataclass(frozen=True, slots=True)
class At:
    """Where an act is done: its transaction and who does it, and how blocks are handed from here."""

    context: Context
    leasing: Leasing


Do = Callable[[At, Any], Iterable[Fact]]
Choices = Callable[[Reading, str], Iterable[Choice]]
"""What may stand in a field, as far as it is worth listing for a text."""


@dataclass(frozen=True, slots=True, eq=False)
class OfficeAct:
    """An act.

    Attributes:
        name: as it is called in a command; on record as `OF.NAME`.
        says: what it is called.
        entity: the table at whose list it is offered; empty: at a screen of its own.
        form: what is asked for.
        do: does it; answers what came of it. BadForm, NotAllowed: nothing is done.
        begun: what stands in the form at first, at a row (none: nowhere in particular).
        choices: what may stand in a field, by its name, where F4 lists that.
        of: what is moved, as it stands on record.
    """

    name: str
    says: Message
    entity: str
    form: type[Form]
    do: Do
    begun: Callable[[Reading, Mapping[str, Any] | None], Mapping[str, str]] = lambda _, __: {}
    choices: Mapping[str, Choices] = field(default_factory=dict)
    of: str = "stock"

    @property
    def record(self) -> str:
        """Under what it stands on record (`editions.noting.ACTS`)."""
        return f"{self.of}.{self.name}"
