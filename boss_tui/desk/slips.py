"""The slips of cash that moves without an order, each to be signed (M11): queued for this counter's printer."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from boss_tui.answers.business import PaperView
from boss_tui.components.paper_layouts.layouts import at_counter
from boss_tui.components.tenders.tenders import ways
from boss_tui.components.till import blind, cash
from boss_tui.components.till.cash_slips import KIND, Slip, cash_slip, slip_number
from boss_tui.components.till.figures import expected_cash
from boss_tui.desk.seat import Seat
from data.message import Message, both, say
from data.store import Reading, UnitOfWork
from data.tables.finance import CashMovement, Payment, PaymentTender, Posting, Shift
from data.tables.organisation import Operator, Outlet
from printers import routes, spool
from printers.document import Document
from printers.escpos import preview
from printers.layout import layout

_SLIP = say("Cash slip")
COLUMNS = 48
"""The width of a paper that is only shown."""


class Slips:
    """The part of the desk that has slips made. It is used within other parts' transactions."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def of_movement(self, tx: UnitOfWork, moved: CashMovement) -> PaperView:
        """Print the slip of a movement."""
        posting = tx.one(Posting, id=moved.posting_id)
        slip = self.slip(
            tx,
            posting.operator,
            approved_by=moved.approved_by,
            note=posting.note,
            number=slip_number(moved.outlet, moved.number),
            purpose=moved.purpose,
            amount=moved.amount,
            reference=moved.reference,
            holds=_held(tx, posting),
            way=_way_back(tx, posting),
        )
        return self.queue(tx, cash_slip(self._seat.paper_words(), slip), slip.number)

    def slip(
        self, tx: UnitOfWork, operator: str, *, approved_by: str = "", counterparty: str = "", **said: Any
    ) -> Slip:
        """A slip of what is done here and now, by these staff numbers."""
        outlet = tx.one(Outlet, code=self._seat.station.outlet)
        return Slip(
            both(outlet.name_zh, outlet.name_en),
            self._seat.station.counter,
            tx.author.business_date,
            tx.now(),
            _named(tx, operator),
            approved_by=_named(tx, approved_by),
            counterparty=_named(tx, counterparty),
            layouts=at_counter(tx),
            **said,
        )

    def queue(
        self, tx: UnitOfWork, document: Document, key: str, heading: Message = _SLIP, number: str = ""
    ) -> PaperView:
        """Queue a slip; where the hall has set no printer for cash slips, it comes out where reports do. At an office
        without a printer it is only shown. `number`: what it is told by beside its heading, where that is not its
        key."""
        number = number or key
        if self._seat.is_office and not routes.printers(tx):
            return PaperView(key, KIND, number, preview(layout(document, COLUMNS)), name=heading)
        title = f"{self._seat.paper_words()(heading)} {number}"
        document = replace(document, kind=routes.first_taken(tx, (KIND, "report")))
        queued = spool.queue(
            tx,
            document,
            document_id=key,
            order_id="",
            title=title,
            counter=self._seat.station.counter,
            operator=tx.author.operator,
        )
        return PaperView(key, KIND, number, queued.preview, name=heading)


def _held(tx: UnitOfWork, posting: Posting) -> int | None:
    """Fen that the drawer, or the safe, holds after a movement; None where that is not told."""
    if posting.shift_id is None:
        return cash.safe_balance(tx, posting.outlet)
    if blind.hides(tx, tx.author.operator) or _way_back(tx, posting):
        return None
    return expected_cash(tx, tx.one(Shift, id=posting.shift_id))


def _way_back(reading: Reading, posting: Posting) -> Message | None:
    """How a posting gave a customer money back, where that was not out of the drawer."""
    payment = reading.find(Payment, posting_id=posting.id)
    if payment is None:
        return None
    (tender,) = reading.all(PaymentTender, payment_id=payment.id)
    way = ways(reading)[tender.kind]
    return None if way.drawer else way.name


def _named(reading: Reading, staff_no: str) -> str:
    """Staff number and name."""
    person = reading.find(Operator, staff_no=staff_no) if staff_no else None
    return f"{staff_no} {person.name}" if person is not None else staff_no
