"""What the screens of the till need of the desk: the part of `screens.ports.DeskPort` that is about cash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from boss_tui.answers import PaperView


class TillPort(Protocol):
    """Business day, shifts, drawer, safe, and their reports."""

    def open_shift(self, float_fen: int, approver: str = "", password: str = "") -> PaperView | None:
        """Open the shift with so much in the drawer, fen; the slip of the float, where there is one."""
        ...

    def cash_in(self, amount: int, purpose: str, note: str, approver: str = "", password: str = "") -> PaperView:
        """Cash into the drawer (`change`, `return`), fen; its slip.

        NotAllowed with the field `approved_by` where a supervisor's word is wanted: for a colleague's drawer, for more
        than the role's limit.
        """
        ...

    def cash_out(self, amount: int, purpose: str, note: str, approver: str = "", password: str = "") -> PaperView:
        """Cash out of the drawer (`drop`, `expense`), fen; its slip. See `cash_in`."""
        ...

    def bank(
        self, amount: int, purpose: str, reference: str, note: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Cash of the safe to the bank (`deposit`) or from there (`withdrawal`), fen; its slip. A supervisor's."""
        ...

    def safe_balance(self) -> int:
        """Fen that must be in the safe; NotAllowed for others than supervisors."""
        ...

    def close_shift(
        self, counts: Mapping[int, int], reason: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Close the shift: pieces counted, by face value in fen. Answers the Z report.

        NotAllowed with the field `reason` or `approved_by` when the count differs and that is wanted.
        """
        ...

    def next_day(self) -> str:
        """The business date (YYYY-MM-DD) that is opened next, as a rule."""
        ...

    def open_day(self, business_date: str) -> None:
        """Open a business date (YYYY-MM-DD); a supervisor does it."""
        ...

    def close_day(self) -> PaperView:
        """Close the business date, all shifts being closed. Answers the day report, which is printed."""
        ...
