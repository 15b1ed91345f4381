"""What is handed over for a form, and its invoice: what the screens need of the desk for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from boss_tui.answers.business import Invoicing, MobileView, PaperView, Tender, TenderWay
from data.message import Message
from data.progress import Report

if TYPE_CHECKING:
    from boss_tui.desk.electronic import ElectronicView, PutOff


class PayingPort(Protocol):
    """Ways of paying, and what was handed over so far."""

    def tender_ways(self) -> Sequence[TenderWay]:
        """The ways of paying, with why one can't be taken now."""
        ...

    def tendered(self, draft_id: str) -> Sequence[Tender]:
        """What was handed over for a form so far; empty `draft_id`: for the basket."""
        ...

    def keep_tenders(self, draft_id: str, tenders: Sequence[Tender]) -> None:
        """Put on disk what has been handed over so far."""
        ...


class MobilePort(Protocol):
    """Mobile payment."""

    def ask(self, draft_id: str, amount: int, code: str) -> MobileView:
        """Ask the provider whose code the customer shows for so many fen; it may still be confirmed then."""
        ...

    def look_at(self, order_no: str) -> MobileView:
        """How a mobile payment stands now."""
        ...

    def drop(self, order_no: str) -> None:
        """Nobody waits for it any more, or it is not wanted: its money goes back."""
        ...


class InvoicesPort(Protocol):
    """Invoices that are asked for."""

    def asked(self, draft_id: str) -> Invoicing:
        """What was said of a form's invoice so far, with title and tax number as the customer is on record."""
        ...

    def keep(self, draft_id: str, asked: Invoicing) -> None:
        """Keep what is said of a form's invoice. BadForm: beside title or tax number."""
        ...

    def draw(self, serial: str, title: str = "", tax_number: str = "") -> PaperView:
        """Draw the invoice of an order that was put off: once. `title`, `tax_number`: if not as it was said then."""
        ...


class ElectronicPort(Protocol):
    """Invoices that were put off, on paper and electronic."""

    def put_off(self) -> Sequence[PutOff]:
        """Those of this outlet, what is unsettled first."""
        ...

    def draw(self, serial: str, title: str = "", tax_number: str = "", mail: str = "") -> ElectronicView:
        """Ask for an electronic one: once. BadForm: beside its field."""
        ...

    def anew(self, serial: str, title: str = "", tax_number: str = "") -> ElectronicView:
        """Ask once more for one that was refused. BadForm: beside its field."""
        ...

    def red(self, serial: str, amount: int, reason: str, approver: str = "", password: str = "") -> ElectronicView:
        """Apply for so many fen to be taken back. NotAllowed names approved_by; BadForm: beside its field."""
        ...

    def ask_now(self, serial: str, tell: Report = ...) -> tuple[ElectronicView, Message | None]:
        """Ask the tax platform now, and tell how far that is; why there was no answer, where there was none."""
        ...

    def credit(self) -> Mapping[str, int]:
        """The month's credit: limit, used, left, in fen."""
        ...
