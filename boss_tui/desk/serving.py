"""Serving a customer: looked for, brought into view, and what the forms of their businesses begin with.

`meet` and `_about` are the only ways into view: by choice of who was found, and by a form that is about somebody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from boss_tui.components.access import note_access
from boss_tui.components.identity import document_number
from boss_tui.desk import hits, lookups, one_line
from boss_tui.desk.completing import business
from boss_tui.desk.working import Working
from boss_tui.forms import folded
from boss_tui.process import Run, Transaction
from boss_tui.transactions.lines import by_document
from data.tables.customer import Customer
from data.tables.order import Draft

PROOFS = frozenset({"document_number", "password"})
"""The fields in which customers show who they are, in whatever form."""
_NUMBER = re.compile(r"1[0-9]{10}")


class Serving(Working):
    """The part of the desk that knows whom it serves."""

    def find(self, text: str) -> list[hits.Hit]:
        """By number, document, name, pinyin, serial, card, handset: whatever of a customer or of the shop it is."""
        self._in_view.found_by = document_number(text)
        with self._reading() as reading:
            return hits.found(reading, self._station.outlet, text)

    def meet(self, customer_id: str, number: str = "") -> lookups.CustomerCard:
        """Somebody who was looked for is in front of the clerk now, with the number that they were found by, if any;
        that they were opened is on record. Whoever was there before is gone, with all that they had proven.
        """
        with self._reading() as reading:
            card = lookups.customer(reading, customer_id, number, sought=True)
            self._in_view.come(customer_id, number, self._store.present(), sought=True)
        self._opened("look.customer", customer_id)
        return card

    def listed(self, text: str, hits: int) -> None:
        """Put on record that what was found was written out as a whole, as a command does. Of the text that was looked
        for the last four characters are kept: it may be a document's number."""
        with self._writing("find") as tx:
            note_access(tx, "find", f"…{text.strip()[-4:]}", str(hits))

    def in_view(self) -> lookups.CustomerCard | None:
        """The customer in front of the clerk at a glance, as they stand now; None when nobody is."""
        view = self._in_view
        if not view.customer_id:
            return None
        with self._store.reading() as reading:
            return lookups.customer(reading, view.customer_id, view.number, sought=view.sought)

    def customer(self, customer_id: str) -> lookups.CustomerCard:
        """Any customer at a glance, who does not come into view by it; that they were opened is on record."""
        with self._reading() as reading:
            card = lookups.customer(reading, customer_id)
        self._opened("look.customer", customer_id)
        return card

    def next_customer(self) -> None:
        """The next customer: nobody is in view, and nothing is proven."""
        self._in_view.leave()
        self._looked.clear()

    def assumed(self, code: str, typed: Mapping[str, Any]) -> dict[str, Any]:
        """What a form of this business begins with: what was typed with its code, else what the customer in view says:
        their number, or of a form that asks for a person their document. Who opens an account or buys a handset
        next need not be whom only a form brought into view: such a one is assumed where a form begins with the number,
        which is seen first, and nowhere else."""
        form, known = business(code).form, dict(typed)
        card = self.in_view()
        if card is None:
            return known
        if form.about and card.number and (card.sought or form.about == form.fields()[0].name):
            known.setdefault(form.about, card.number)
        if form.holder and card.sought and not known:
            shown = zip(form.holder, self.document(card.customer_id), strict=True)
            known.update((name, value) for name, value in shown if value)
        return known

    def said(self, code: str, word: str, rest: str) -> dict[str, str]:
        """What a line at the prompt says of the form that it opens: by its word, and behind it; see `one_line`."""
        found = business(code)
        with self._writing("draft") as tx:
            return one_line.said(found, Run(self._context(tx, code)), word, rest)

    def document(self, customer_id: str) -> tuple[str, str]:
        """The kind and number of a customer's document, for a form that is about them. The number is empty unless they
        have shown who they are, or were found by it: nobody learns it by a name (catalogue C13)."""
        with self._reading() as reading:
            row = reading.one(Customer, id=customer_id)
        proven = by_document(customer_id) in self._in_view.proven(self._store.present())
        shown = proven or row.document_number == self._in_view.found_by
        return row.document_kind, row.document_number if shown else ""

    def _about(self, found: Transaction[Any], draft: Draft, run: Run, values: Mapping[str, Any]) -> tuple[str, str]:
        """Whoever a form is about is in view after it was looked at, with what they have proven on it. Answers who.

        A form that is about a person whom we do not know says so with an empty key: nobody is in view then.
        """
        customer_id = run.facts.get("customer_id")
        if customer_id:
            number = folded(str(values.get(found.form.about or "number") or ""))
            chosen = number if _NUMBER.fullmatch(number) else ""
            self._in_view.come(str(customer_id), chosen, self._store.present(), draft_id=draft.id)
            self._in_view.prove(run.proven, draft.id)
        elif customer_id is not None:
            self._in_view.leave()
        return self._in_view.key
