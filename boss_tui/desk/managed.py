"""What the desk of the office answers about what managers keep: plain values, for screens and commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from boss_tui.editions.standing import Meeting
from boss_tui.management.called import Names
from boss_tui.management.kit import listing
from boss_tui.management.kit.entity import Entity, Key
from boss_tui.management.kit.listing import Page
from boss_tui.management.kit.working import SHIPPED
from data.message import Message, say
from data.tables.edition import Edition

if TYPE_CHECKING:
    from boss_tui.editions.differences import Difference


class EntityView(Struct, frozen=True):
    """What a subject keeps, as it is chosen from: its name (M6/tax_rate), in words; whether one may change it; what it
    is found by besides: its business, what is done there; by what words people look for it."""

    name: str
    says: Message
    may_change: bool
    found_by: tuple[Message, ...]
    aliases: tuple[str, ...] = ()


class ListPage(Struct, frozen=True):
    """A page of a list, with the business date as of which it is. `names`: what the codes in it refer to is called.
    `coming`: rows that open editions are going to add, above the first page; `more_come`: there are others."""

    entity: Entity
    page: Page
    day: str
    today: str
    may_change: bool
    names: Names
    coming: tuple[listing.ListRow, ...] = ()
    more_come: bool = False

    @property
    def how_many_come(self) -> str:
        """How many rows open editions are going to add, as far as they are shown; empty: none."""
        return f"{len(self.coming)}{'+' if self.more_come else ''}" if self.coming else ""

    @property
    def none_yet(self) -> Message:
        """What is said where there is no row at all: where one can be made here and now, how."""
        if not self.may_change or self.day != self.today:
            return say("There is no row.")
        if self.entity.stock is not None:
            return say("There is none yet. F4: what can be done, or from a file")
        return say("There is no row yet. F4: a new row, or from a file")


class RowView(Struct, frozen=True):
    """A row as it is worked on: what it is called, as it stands, as the draft leaves it (as typed; None: not there),
    the draft and what it does to the row (`op`), and the other open editions that are at it (`met`: in words).
    `may_change`: whether whoever looks changes it here."""

    key: Key
    called: Message
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None
    op: str
    edition: Edition | None
    others: tuple[Meeting, ...] = ()
    met: tuple[Message, ...] = ()
    may_change: bool = True

    @property
    def told(self) -> Message | None:
        """What is to be known of such a row first; None: nothing."""
        return _TOLD.get(self.op)


_TOLD = {
    SHIPPED: say("This ships with the program; what you change is published in its place."),
    "add": say("Only proposed: it counts once its edition is in force."),
    "end": say("This row ends in the open edition."),
}


class DraftedRows(Struct, frozen=True):
    """What was put into a draft: the edition, how many rows, and why two people will approve it (None: one will, or
    something is wrong yet)."""

    edition: Edition
    rows: int
    needs_two: Message | None = None


class Made(Struct, frozen=True):
    """An edition that was made from one form: the serial under which it was submitted, and what it changes."""

    edition: Edition
    serial: str
    differences: tuple[Difference, ...]
