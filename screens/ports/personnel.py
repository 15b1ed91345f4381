"""The people of the house: what the screens need of the desk for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from boss_tui.components.operators.leaving import Held, Leaver
    from boss_tui.components.operators.work_record import Deed, Total
    from boss_tui.desk.delegating import DelegationView
    from boss_tui.desk.managed import DraftedRows
    from boss_tui.desk.personnel import OneTimePassword, ReviewLine
    from boss_tui.forms.fields import Choice
    from boss_tui.management.kit.answering import Fact


class DelegatingPort(Protocol):
    """Rights that are handed to others for a time."""

    def listed(self, *, past: bool = False) -> Sequence[DelegationView]:
        """Those of this outlet."""
        ...

    def choices(self, field: str) -> Sequence[Choice]:
        """What may be handed over, and to whom."""
        ...

    def hand(self, taker: str, right: str, since: str, until: str, reason: str) -> DelegationView:
        """Hand one over."""
        ...

    def withdraw(self, number: int) -> None:
        """End one."""
        ...


class PersonnelPort(Protocol):
    """Who looks after the staff."""

    def give_password(self, staff_no: str, reason: str = "") -> OneTimePassword:
        """A one-time password."""
        ...

    def review(self) -> Sequence[ReviewLine]:
        """Whose rights are to be confirmed."""
        ...

    def rights_of(self, staff_no: str) -> Sequence[Fact]:
        """All that somebody may."""
        ...

    def confirm(self, staff_nos: Sequence[str], edition: str = "", **said: str) -> DraftedRows:
        """People keep what they have."""
        ...

    def leaving(self, staff_no: str) -> Sequence[Held]:
        """What somebody still holds."""
        ...

    def leavers(self) -> Sequence[Leaver]:
        """Who works here no more and has left something to others."""
        ...

    def work(self, since: str = "", until: str = "") -> Sequence[Total]:
        """How much each person did."""
        ...

    def run_of(self, deed: Deed) -> str:
        """The order or act behind a deed."""
        ...

    def work_of(self, staff_no: str = "", since: str = "", until: str = "") -> Sequence[Deed]:
        """What one person did."""
        ...
