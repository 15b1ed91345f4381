"""What is done to rows that no edition changes: a form, and what comes of it, in one transaction.

At the office, such as a block of numbers made from a segment or leased to an outlet; or at a hall, within what
headquarters leaves to it. Each is an act of a subject's, offered at the list of its rows and by `boss manage CODE do
ACT`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from boss_tui.components.base import Context
from boss_tui.components.resources.leases import Leasing
from boss_tui.forms.fields import Choice
from boss_tui.forms.form import Form
from boss_tui.management.kit.answering import Fact
from data.errors import NotAllowed
from data.message import Message, say
from data.store import Reading


class At(Struct, frozen=True):
    """Where an act is done: its transaction and who does it, and how blocks are handed from here. A hall hands none."""

    context: Context
    from_here: Leasing | None

    @property
    def leasing(self) -> Leasing:
        """How blocks are handed. NotAllowed: this is no office."""
        if self.from_here is None:
            raise NotAllowed(AT_OFFICE)
        return self.from_here


AT_OFFICE = say("This is done at headquarters' office.")
AT_HALL = say("This is done at the hall of the customer.")
Do = Callable[[At, Any], Iterable[Fact]]
Choices = Callable[[Reading, str], Iterable[Choice]]
"""What may stand in a field, as far as it is worth listing for a text."""


class OfficeAct(Struct, frozen=True, eq=False):
    """An act.

    Attributes:
        name: as it is called in a command; on record as `OF.NAME`.
        says: what it is called.
        entity: the table at whose list it is offered; empty: at a screen of its own. also: others, such as one of whose
            rows it makes these.
        form: what is asked for.
        do: does it; answers what came of it. BadForm, NotAllowed: nothing is done.
        begun: what stands in the form at first, at a row (none: nowhere in particular).
        choices: what may stand in a field, by its name, where F4 lists that.
        of: what is moved, as it stands on record.
        narrowed: its fields that take over what the list is narrowed to, by the columns that say it. counted: the field
            that takes over how many rows fit then; among: the filter of those that it is done to.
        is_left: whether something is left to be done at a row (of `also`).
        many: it is done to many pieces: what would come of it is told before, and asked about.
        is_careful: it takes away what the act that gave it can't give back: it stands apart, and no key means it.
        is_signed: another person of the office has to allow it, by their own sign-on.
        then: the act of the subject's that goes on with what this one made.
        right: the right of the subject by which it is done at a hall (M8.raise: raise), and there alone; empty: it is
            done at the office.
    """

    name: str
    says: Message
    entity: str
    form: type[Form]
    do: Do
    begun: Callable[[Reading, Mapping[str, Any] | None], Mapping[str, str]] = lambda _, __: {}
    choices: Mapping[str, Choices] = field(default_factory=dict)
    of: str = "stock"
    right: str = ""
    also: tuple[str, ...] = ()
    then: str = ""
    many: bool = False
    is_careful: bool = False
    is_signed: bool = False
    narrowed: Mapping[str, str] = field(default_factory=dict)
    counted: str = ""
    among: str = ""
    is_left: Callable[[Reading, Mapping[str, Any]], bool] = lambda _, __: True

    def stands_at(self, table: str) -> bool:
        """Whether it is offered at the list of a table."""
        return table in (self.entity, *self.also)

    def is_done(self, at_office: bool) -> bool:
        """Whether it is done at the office, or at a hall."""
        return at_office is not bool(self.right)

    @property
    def record(self) -> str:
        """Under what it stands on record (`editions.noting.ACTS`)."""
        return f"{self.of}.{self.name}"


class OnwardAct(Struct, frozen=True):
    """The act that goes on from another: at which list (M5/phone_number), and what stands in its form at first."""

    name: str
    act: OfficeAct
    typed: Mapping[str, str]
