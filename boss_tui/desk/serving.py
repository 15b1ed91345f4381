"""Serving a customer: brought into view, and what they have shown of who they are.

`meet` and `about` are the only ways into view: by choice of who was found, and by a form that is about somebody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from boss_tui.components.identity.proofs import by_document
from boss_tui.desk.customer_card import CustomerCard, customer
from boss_tui.desk.seat import Seat
from boss_tui.forms.typed import folded
from data.parameters import PROOF_MINUTES
from data.tables.customer import Customer
from data.tables.order import Draft

if TYPE_CHECKING:
    from boss_tui.business.process import Run, Transaction

PROOFS = frozenset({"document_number", "password"})
"""The fields in which customers show who they are, in whatever form."""
_NUMBER = re.compile(r"1[0-9]{10}")


class Serving:
    """The part of the desk that knows whom it serves."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def meet(self, customer_id: str, number: str = "") -> CustomerCard:
        """Somebody who was looked for is in front of the clerk now, with the number that they were found by, if any;
        that they were opened is on record. Whoever was there before is gone, with all that they had proven.
        """
        with self._seat.reading() as reading:
            card = customer(reading, customer_id, self._seat.today(reading), number, sought=True)
            lasts = timedelta(minutes=PROOF_MINUTES.of(reading))
            self._seat.in_view.come(customer_id, number, self._seat.store.present(), lasts, sought=True)
        self._seat.opened("look.customer", customer_id)
        return card

    def in_view(self) -> CustomerCard | None:
        """The customer in front of the clerk at a glance, as they stand now; None when nobody is."""
        view = self._seat.in_view
        if not view.customer_id:
            return None
        with self._seat.store.reading() as reading:
            return customer(reading, view.customer_id, self._seat.today(reading), view.number, sought=view.sought)

    def next_customer(self) -> None:
        """The next customer: nobody is in view, and nothing is proven."""
        self._seat.in_view.leave()
        self._seat.looked.clear()

    def document(self, customer_id: str) -> tuple[str, str]:
        """The kind and number of a customer's document, for a form that is about them. The number is empty unless they
        have shown who they are, or were found by it: nobody learns it by a name (catalogue C13)."""
        with self._seat.reading() as reading:
            row = reading.one(Customer, id=customer_id)
        proven = by_document(customer_id) in self._seat.in_view.proven(self._seat.store.present())
        shown = proven or row.document_number == self._seat.in_view.found_by
        return row.document_kind, row.document_number if shown else ""

    def about(self, found: Transaction[Any, Any], draft: Draft, run: Run, values: Mapping[str, Any]) -> tuple[str, str]:
        """Whoever a form is about is in view after it was looked at, with what they have proven on it. Answers who.

        A form that is about a person whom we do not know says so with an empty key: nobody is in view then.
        """
        customer_id = run.facts.get("customer_id")
        if customer_id:
            number = folded(str(values.get(found.form.about or "number") or ""))
            chosen = number if _NUMBER.fullmatch(number) else ""
            now, lasts = self._seat.store.present(), timedelta(minutes=PROOF_MINUTES.of(run.context.tx))
            self._seat.in_view.come(str(customer_id), chosen, now, lasts, draft_id=draft.id)
            self._seat.in_view.prove(run.proven, draft.id)
        elif customer_id is not None:
            self._seat.in_view.leave()
        return self._seat.in_view.key
