"""Invoices at the desk 要发票吗: what is said at the payment is kept with the form; what was put off is drawn later.

The answer is one for all the forms of a basket: they are paid by one person in one go. What is said lies on disk with
the form as the money does, so that nothing of it is lost.
"""

from __future__ import annotations

import json

from msgspec.structs import asdict, replace

from boss_tui.answers.business import Invoicing, PaperView
from boss_tui.components.invoices.invoicing import checked, of_customer, own
from boss_tui.desk.filling import DRAFT_WORK
from boss_tui.desk.paying import Paying
from boss_tui.desk.runs import Runs, invoicing_of
from boss_tui.desk.seat import Seat
from boss_tui.desk.trusting import Trust
from data.errors import NotAllowed
from data.store import UnitOfWork
from data.tables.customer import Customer, DocumentKind
from data.tables.order import Draft, ProductOrder


class Invoices:
    """The part of the desk that asks for invoices. `draft_id` empty: the forms of the counter's basket."""

    def __init__(self, seat: Seat, trust: Trust, runs: Runs, paying: Paying) -> None:
        self._seat, self._trust, self._runs, self._paying = seat, trust, runs, paying

    def asked(self, draft_id: str) -> Invoicing:
        """What was said of a form's invoice so far; with title and tax number of the customer, unless others were
        said."""
        with self._seat.writing(DRAFT_WORK) as tx:
            draft = self._paying.paid_for(tx, draft_id)[0]
            said = invoicing_of(draft)
            return said if said.title else replace(self._own(tx, draft), when=said.when)

    def keep(self, draft_id: str, asked: Invoicing) -> None:
        """Keep what is said of a form's invoice. BadForm: beside title or tax number."""
        with self._seat.writing(DRAFT_WORK) as tx:
            waiting = self._paying.paid_for(tx, draft_id)
            said = checked(asked, self._own(tx, waiting[0]))
            for draft in waiting:
                tx.change(draft, invoicing_json=json.dumps(asdict(said), ensure_ascii=False))

    def draw(self, serial: str, title: str = "", tax_number: str = "") -> PaperView:
        """Draw the invoice of an order that was paid with 'later': once, under today's date. `title` and `tax_number`:
        for whom, if not as it was said then. NotAllowed: none waits, or the order was taken back; BadForm: beside its
        field."""
        with self._seat.writing("invoice") as tx:
            self._trust.must_be_sure(tx)
            order = tx.one(ProductOrder, serial=serial)
            run = self._runs.of_order(tx, order)
            refusals = [refused for refused in run.operators.may() if refused.verdict == "no"]
            if refusals:
                raise NotAllowed(refusals[0].message)
            paper = run.documents.draw(order, Invoicing("later", title, tax_number))
            tx.author.serial = order.serial
        return paper

    def _own(self, tx: UnitOfWork, draft: Draft) -> Invoicing:
        """What stands on the invoice of whom a form is about by themselves; of somebody new, as they are typed."""
        run = self._runs.filled_in(tx, draft).run
        customer_id = run.facts.get("customer_id")
        if customer_id:
            return of_customer(tx.one(Customer, id=str(customer_id)))
        typed = run.typed
        kind = tx.find(DocumentKind, code=str(typed.get("document_kind") or ""))
        name, document = str(typed.get("name") or ""), str(typed.get("document_number") or "")
        return own(name, document, kind is not None and kind.holder == "organization")
