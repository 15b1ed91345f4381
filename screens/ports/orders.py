"""What was filled in is allowed, done, and taken back: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from boss_tui.answers.business import Basket, Collected, DraftView, Outcome, PaperView, Tender
from boss_tui.answers.hall import AuthorityView, Bounds


class ApprovalsPort(Protocol):
    """What supervisors allow, now and in advance."""

    def approve(
        self, draft_id: str, staff_no: str, password: str, tenders: Sequence[Tender] | None = None, seen: str = ""
    ) -> DraftView:
        """A supervisor allows what the rules leave to one, as it was shown (`seen`: `DraftView.shown`); `staff_no` may
        be a one-time code instead. `tenders`: how money is paid out, else it is in cash."""
        ...

    def authorities(self) -> Sequence[AuthorityView]:
        """What supervisors allowed in advance and may still be used; NotAllowed for others than supervisors."""
        ...

    def grant(self, bounds: Bounds) -> AuthorityView:
        """Let an operator do for some hours what needs a supervisor."""
        ...

    def make_codes(self, count: int, bounds: Bounds) -> Sequence[AuthorityView]:
        """So many one-time codes; shown this once only."""
        ...

    def withdraw_authority(self, number: int) -> None:
        """End an authority before its time."""
        ...


class TrustPort(Protocol):
    """A supervisor's word for store and clock."""

    def vouch_for_clock(self, staff_no: str, password: str) -> None:
        """A supervisor's word that work goes on by this machine's clock; `staff_no` may be a one-time code."""
        ...

    def accept_store(self, staff_no: str = "", password: str = "") -> None:
        """A supervisor's word that work goes on with this store, which is not the one that was noted; `staff_no` may be
        a one-time code."""
        ...


class OrdersPort(Protocol):
    """Orders."""

    def complete(self, draft_id: str, tenders: list[Tender]) -> Outcome:
        """Do it. BadForm, NotAllowed and the others leave the draft as it was."""
        ...

    def cancel(self, serial: str, reason: str, staff_no: str, password: str, seen: str = "") -> Outcome:
        """Cancel an order in progress, with a supervisor's own sign-on; once only. `change`: cash to be counted out."""
        ...


class BasketPort(Protocol):
    """Several forms, paid in one go."""

    def collect(self, draft_id: str) -> Basket:
        """Put the draft into the counter's basket, to be paid with others in one go."""
        ...

    def shown(self) -> Basket:
        """What waits at this counter to be paid in one go."""
        ...

    def complete(self, tenders: list[Tender]) -> Collected:
        """Do all that waits in the basket: one payment, one receipt, orders apart."""
        ...


class PapersPort(Protocol):
    """Papers once more."""

    def reprint(self, paper_id: str, reason: str) -> PaperView:
        """Print again, marked as a copy, logged."""
        ...
