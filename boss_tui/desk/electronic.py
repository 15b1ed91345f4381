"""Electronic invoices 数电票 at the desk (catalogue M9, F9): asked for, looked at, taken back by confirmation slips.

What was asked for is sent beside the desk (`boss_tui.issuing`); nobody waits for the tax platform.
"""

from __future__ import annotations

from dataclasses import dataclass

from boss_tui.answers import Invoicing
from boss_tui.components import electronic_invoices as electronic
from boss_tui.components import electronic_slips as slips
from boss_tui.components.electronic_slips import RED_STATES
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.desk.trusting import Trust
from data.errors import NotAllowed, NotFound
from data.message import Message, say
from data.store import Reading
from data.tables.electronic import ElectronicInvoice, RedConfirmation
from data.tables.order import ProductOrder


@dataclass(frozen=True, slots=True)
class SlipView:
    """A confirmation slip: fen, the platform's state and what that means, its number, the red invoice's."""

    amount: int
    reason: str
    state: str
    told: Message
    slip: str
    number: str
    message: str


@dataclass(frozen=True, slots=True)
class ElectronicView:
    """An electronic invoice: of which order, for whom, fen, how far it is, its number; what of it is taken back."""

    id: str
    serial: str
    title: str
    tax_number: str
    amount: int
    tax: int
    state: str
    number: str
    issued_at: str
    message: str
    left: int
    slips: tuple[SlipView, ...]


class Electronic:
    """The part of the desk that asks for electronic invoices."""

    def __init__(self, seat: Seat, trust: Trust, runs: Runs) -> None:
        self._seat, self._trust, self._runs = seat, trust, runs

    def draw(self, serial: str, title: str = "", tax_number: str = "", mail: str = "") -> ElectronicView:
        """Ask for the electronic invoice of an order that was paid with 'later': once. NotAllowed: none waits; BadForm:
        beside its field."""
        with self._seat.writing("invoice.electronic") as tx:
            self._trust.must_be_sure(tx)
            order = tx.one(ProductOrder, serial=serial)
            run = self._runs.of_order(tx, order)
            refusals = [refused for refused in run.operators.may() if refused.verdict == "no"]
            if refusals:
                raise NotAllowed(refusals[0].message)
            made = run.documents.electronic(order, Invoicing("later", title, tax_number), mail.strip())
            tx.author.serial = order.serial
            return _view(tx, made)

    def anew(self, serial: str, title: str = "", tax_number: str = "") -> ElectronicView:
        """Ask once more for one that the tax platform refused, with the title or tax number put right."""
        with self._seat.writing("invoice.electronic") as tx:
            self._trust.must_be_sure(tx)
            return _view(tx, electronic.anew(tx, self._of(tx, serial), title, tax_number))

    def red(self, serial: str, amount: int, reason: str) -> ElectronicView:
        """Apply for so many fen of an order's electronic invoice to be taken back. By a supervisor."""
        with self._seat.writing("invoice.red") as tx:
            self._trust.must_be_sure(tx)
            if not self._seat.person(tx).supervises:
                raise NotAllowed(say("A supervisor takes an electronic invoice back."))
            invoice = self._of(tx, serial)
            slips.red(tx, invoice, amount, reason)
            return _view(tx, invoice)

    def listed(self, state: str = "") -> list[ElectronicView]:
        """Those of this outlet, the latest first; in one state alone."""
        with self._seat.reading() as reading:
            found = reading.all(ElectronicInvoice, outlet=self._seat.station.outlet, order=("-made_at", "id"))
            return [_view(reading, row) for row in found if state in ("", row.state)]

    def _of(self, reading: Reading, serial: str) -> ElectronicInvoice:
        order = reading.one(ProductOrder, serial=serial)
        found = slips.of_order(reading, order.id)
        if found is None or found.outlet != self._seat.station.outlet:
            raise NotFound(say("Order {serial} has no electronic invoice here.", serial=serial))
        return found


def _view(reading: Reading, row: ElectronicInvoice) -> ElectronicView:
    rows = reading.all(RedConfirmation, invoice_id=row.id, order=("made_at", "id"))
    return ElectronicView(
        row.id,
        reading.one(ProductOrder, id=row.order_id).serial,
        row.title,
        row.tax_number,
        row.amount,
        row.tax,
        row.state,
        row.number,
        row.issued_at,
        row.message,
        slips.left(reading, row),
        tuple(
            SlipView(one.amount, one.reason, one.state, RED_STATES[one.state], one.slip, one.number, one.message)
            for one in rows
        ),
    )
