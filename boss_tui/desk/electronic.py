"""Invoices that were put off (catalogue M9, F9), drawn on paper or electronic 数电票: asked for, looked at, taken back
by confirmation slips.

What was asked for is sent beside the desk (`chores.issuing`); nobody waits for the tax platform, but who asks it now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import bindparam, select

from boss_tui.answers.business import Invoicing
from boss_tui.components.documents.number_stock import numbered
from boss_tui.components.invoices import electronic_invoices as electronic
from boss_tui.components.invoices import electronic_slips as slips
from boss_tui.components.invoices import invoice_requests
from boss_tui.components.invoices.electronic_slips import RED_STATES
from boss_tui.components.wording import masked_name
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from data.clock import on_the_wall
from data.errors import NotAllowed, NotFound
from data.message import Message, say
from data.progress import Report, unreported
from data.store import Reading
from data.tables.document import InvoiceRequest, PaperDocument
from data.tables.electronic import ElectronicInvoice, RedConfirmation
from data.tables.order import ProductOrder

if TYPE_CHECKING:
    from boss_tui.chores.issuing import Issuing

LATEST = 200
"""So many of each state are listed, the latest."""
_r = InvoiceRequest.table()
_LATEST = (
    select(*_r.c)
    .where(_r.c.outlet == bindparam("of_outlet"), _r.c.state == bindparam("of_state"))
    .order_by(_r.c.business_date.desc(), _r.c.order_id.desc())
    .limit(LATEST)
)


class SlipView(Struct, frozen=True):
    """A confirmation slip: fen, the platform's state and what that means, its number, the red invoice's."""

    amount: int
    reason: str
    state: str
    told: Message
    slip: str
    number: str
    message: str


class ElectronicView(Struct, frozen=True):
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

    @property
    def shown(self) -> str:
        """For whom, in a list that others can look at."""
        return _shown(self.title, self.tax_number)


class PutOff(Struct, frozen=True):
    """An invoice that was put off when its order was paid: of which order and business date, for whom, fen; its state
    (of `InvoiceRequest`); the number on paper, once it is drawn; the electronic one, once that is asked for."""

    serial: str
    day: str
    title: str
    tax_number: str
    amount: int
    state: str
    number: str = ""
    electronic: ElectronicView | None = None

    @property
    def shown(self) -> str:
        """For whom, in a list that others can look at."""
        made = self.electronic
        return made.shown if made is not None else _shown(self.title, self.tax_number)

    @property
    def unsettled(self) -> int:
        """In which order it is looked at: what needs a person first, what is settled last."""
        if self.electronic is not None and self.electronic.state in electronic.UNSETTLED:
            return electronic.UNSETTLED.index(self.electronic.state)
        return len(electronic.UNSETTLED) + (self.state != "waiting")


def _shown(title: str, tax_number: str) -> str:
    """A buyer as every list has them: a person's name masked, an organisation, which has a tax number, in full."""
    return title if tax_number else masked_name(title)


class Electronic:
    """The part of the desk that asks for electronic invoices."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, runs: Runs) -> None:
        self._seat, self._trust, self._supervisors, self._runs = seat, trust, supervisors, runs

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

    def red(self, serial: str, amount: int, reason: str, approver: str = "", password: str = "") -> ElectronicView:
        """Apply for so many fen of an order's electronic invoice to be taken back. By a supervisor's word: NotAllowed
        beside `approved_by`."""
        refusal = say("A supervisor takes an electronic invoice back.")
        approved = self._supervisors.word(approver, password, refusal) if approver else None
        with self._seat.writing("invoice.red") as tx:
            self._trust.must_be_sure(tx)
            invoice = self._of(tx, serial)
            slips.red(tx, invoice, amount, reason)
            if not self._supervisors.worded(tx, approved, "invoice.red"):
                raise NotAllowed(refusal, field="approved_by")
            tx.author.serial = serial
            return _view(tx, invoice)

    def ask_now(self, serial: str, tell: Report = unreported) -> tuple[ElectronicView, Message | None]:
        """Ask the tax platform about an order's electronic invoice and its slips now, however long they rest; and why
        there was no answer, where there was none. It takes as long as the platform does, and tells how far it is."""
        with self._seat.reading() as reading:
            wanted = self._of(reading, serial).id
        issuing = self._issuing()
        issuing.step(wanted, tell)
        with self._seat.reading() as reading:
            return _view(reading, reading.one(ElectronicInvoice, id=wanted)), issuing.unanswered

    def credit(self) -> dict[str, int]:
        """The month's credit, as the tax platform tells it now: limit, used, left, in fen. Unanswered: it does not."""
        self._seat.person()
        told = self._issuing().credit()
        return {name: int(told[name]) for name in ("limit", "used", "left") if name in told}

    def put_off(self) -> list[PutOff]:
        """The invoices of this outlet that were put off, of each state the latest: what is unsettled first."""
        outlet = self._seat.station.outlet
        with self._seat.reading() as reading:
            asked = {row.order_id for state in electronic.UNSETTLED for row in self._latest(reading, state)}
            requests = {
                row.order_id: row
                for state in ("waiting", "electronic", "drawn")
                for row in reading.models(InvoiceRequest, _LATEST, of_outlet=outlet, of_state=state)
            }
            requests |= {key: reading.one(InvoiceRequest, order_id=key) for key in asked - requests.keys()}
            found = [_put_off(reading, row) for row in requests.values()]
        found.sort(key=lambda one: (one.day, one.serial), reverse=True)
        return sorted(found, key=lambda one: one.unsettled)

    def listed(self, state: str = "") -> list[ElectronicView]:
        """Those of this outlet, of each state the latest (`LATEST`), the latest first; in one state alone."""
        with self._seat.reading() as reading:
            found = [row for each in ([state] if state else electronic.STATES) for row in self._latest(reading, each)]
            return [_view(reading, row) for row in sorted(found, key=lambda row: row.made_at, reverse=True)]

    def _latest(self, reading: Reading, state: str) -> list[ElectronicInvoice]:
        wanted = {"outlet": self._seat.station.outlet, "state": state}
        return reading.few(ElectronicInvoice, LATEST, order=("-made_at", "-id"), **wanted)

    def _issuing(self) -> Issuing:
        from boss_tui.chores.issuing import Issuing

        if self._seat.services is None:
            raise NotAllowed(say("No services of others are asked from here."))
        return Issuing(self._seat.store, self._seat.station.outlet, self._seat.services)

    def _of(self, reading: Reading, serial: str) -> ElectronicInvoice:
        order = reading.one(ProductOrder, serial=serial)
        found = slips.of_order(reading, order.id)
        if found is None or found.outlet != self._seat.station.outlet:
            raise NotFound(say("Order {serial} has no electronic invoice here.", serial=serial))
        return found


def _put_off(reading: Reading, request: InvoiceRequest) -> PutOff:
    order = reading.one(ProductOrder, id=request.order_id)
    made = next(iter(reading.all(ElectronicInvoice, order_id=request.order_id)), None)
    paper = reading.find(PaperDocument, id=request.document_id) if request.document_id else None
    said = invoice_requests.said_of(request)
    customer = said.customer if isinstance(said.customer, str) else ""
    return PutOff(
        order.serial,
        request.business_date,
        request.title or customer,
        request.tax_number,
        sum(line.amount for line in said.left),
        request.state,
        numbered(paper) if paper else "",
        _view(reading, made) if made else None,
    )


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
        on_the_wall(row.issued_at),
        row.message,
        slips.left(reading, row),
        tuple(
            SlipView(one.amount, one.reason, one.state, RED_STATES[one.state], one.slip, one.number, one.message)
            for one in rows
        ),
    )
