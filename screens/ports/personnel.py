"""The people of the house: what the screens need of the desk for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from boss_tui.components.leaving import Held
    from boss_tui.components.work_record import Deed, Total
    from boss_tui.desk.personnel import OneTimePassword


class PersonnelPort(Protocol):
    """Who looks after the staff."""

    def give_password(self, staff_no: str, reason: str = "") -> OneTimePassword:
        """A one-time password."""
        ...

    def leaving(self, staff_no: str) -> Sequence[Held]:
        """What somebody still holds."""
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
