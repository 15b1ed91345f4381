"""Shifts, drawer, safe and the business day: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from boss_tui.answers.business import PaperView
from boss_tui.answers.hall import Compared, SafeView, ShiftLine
from data.message import Message

if TYPE_CHECKING:
    from boss_tui.components.tenders.tender_slips import TenderSlips


class ToDoView(Protocol):
    """What is still to be done before the day is closed. kind: shift, safe, forms, orders, queues; key: whose shift, or
    the kind of what is left open. stops: whether the day can't be closed before; wants_word: whether it is closed with
    a word about it."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def title(self) -> Message: ...
    @property
    def detail(self) -> Message: ...
    @property
    def stops(self) -> bool: ...
    @property
    def wants_word(self) -> bool: ...


class TillPort(Protocol):
    """Shifts and this counter's drawer."""

    def not_today(self) -> Message | None:
        """That the business date is not today's, where it is not."""
        ...

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

    def blind(self) -> bool:
        """Whether shifts are counted blind in this hall."""
        ...

    def count_blind(self, *, on: bool) -> None:
        """Turn blind counting on or off for the hall; a supervisor's."""
        ...

    def tender_slips(self, of: str = "") -> Sequence[TenderSlips]:
        """What the shift here (or `of` a cashier) took by card, cheque, transfer or telephone: to be ticked off."""
        ...

    def shifts(self) -> Sequence[ShiftLine]:
        """The shifts of the hall that are not closed, open or suspended."""
        ...

    def suspend_shift(self, reason: str = "", approver: str = "", password: str = "") -> None:
        """Take the drawer out of this counter; its cashier does it, or a supervisor (field `approved_by`)."""
        ...

    def resume_shift(self) -> None:
        """Put this operator's suspended drawer into this counter."""
        ...

    def hand_over(
        self,
        counts: Mapping[int, int],
        staff_no: str = "",
        staff_password: str = "",
        reason: str = "",
        approver: str = "",
        password: str = "",
        of: str = "",
        missing: Mapping[str, Collection[str]] | None = None,
        missing_reason: str = "",
    ) -> tuple[PaperView, PaperView]:
        """Hand the drawer here over (or the suspended one `of` a cashier), counted: the Z and the slip that both sign.
        `staff_no`: the other one, who says yes with their password. NotAllowed as in `close_shift`."""
        ...

    def open_drawer(self, reason: str, approver: str = "", password: str = "") -> PaperView:
        """Open the drawer without a sale, on record; its slip."""
        ...

    def compared(self, counts: Mapping[int, int], of: str = "") -> Compared | None:
        """A count beside the books, before anything is done: the shift here, or the one `of` a cashier. None: who
        works here is not told what must be there."""
        ...

    def close_shift(
        self,
        counts: Mapping[int, int],
        reason: str = "",
        approver: str = "",
        password: str = "",
        of: str = "",
        missing: Mapping[str, Collection[str]] | None = None,
        missing_reason: str = "",
    ) -> PaperView:
        """Close the shift here, or the one `of` a cashier: pieces counted, by face value in fen; `missing`: references
        of slips that are not in hand, by the kind of tender. Answers the Z report.

        NotAllowed with the field `reason` or `approved_by` when the count differs and that is wanted.
        """
        ...


class SafePort(Protocol):
    """The safe, and the bank."""

    def bank(
        self, amount: int, purpose: str, reference: str, note: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        """Cash of the safe to the bank (`deposit`) or from there (`withdrawal`), fen; its slip. A supervisor's."""
        ...

    def held(self) -> SafeView:
        """What must be in the safe, and how it was counted last; NotAllowed for others than supervisors."""
        ...

    def compared(self, counts: Mapping[int, int]) -> Compared:
        """A count of the safe beside the books, before anything is done."""
        ...

    def count(self, counts: Mapping[int, int], reason: str = "", approver: str = "", password: str = "") -> PaperView:
        """Count the safe: pieces by face value in fen. Its slip. NotAllowed as in `close_shift`."""
        ...


class DayPort(Protocol):
    """The business day."""

    def check(self) -> Sequence[ToDoView]:
        """What is still to be done before the day is closed: first what stops the close, then what wants a word."""
        ...

    def next(self) -> str:
        """The business date (YYYY-MM-DD) that is opened next, as a rule."""
        ...

    def open(self, business_date: str) -> None:
        """Open a business date (YYYY-MM-DD); a supervisor does it."""
        ...

    def ahead(self) -> str:
        """The calendar's day (YYYY-MM-DD), where the open business date is an earlier one; else empty."""
        ...

    def go_on(self) -> str:
        """At the office: close the open business date, open the calendar's; answers that. NotAllowed with the field
        `word` where a word is wanted of what is left open."""
        ...

    def close(self, word: str = "") -> PaperView:
        """Close the business date, all shifts being closed. Answers the day report, which is printed. NotAllowed with
        the field `word` where a word is wanted of what is left open."""
        ...
