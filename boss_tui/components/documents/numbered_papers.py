"""Papers under their numbers: the next one of a range is taken, the paper written under it, and queued for the printer.

Not what a paper says: that is `papers`. `documents` stands on both.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Listed
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.answers.business import PaperView
from boss_tui.components.base import Component
from boss_tui.components.documents.handwritten import mark
from boss_tui.components.documents.papers import COPY_MARKS, Seller
from boss_tui.components.paper_layouts.layouts import at_counter
from boss_tui.components.processes.kept_process import kept
from boss_tui.components.resources.leases import not_recalled
from boss_tui.components.tenders.tenders import ways
from boss_tui.locale import Words, words
from boss_tui.taxes import Rated
from data.cached import cached_property
from data.clock import new_key
from data.errors import OutOfStock
from data.message import Message, both, say
from data.tables.document import DocumentRange, PaperDocument, PaperTax
from data.tables.organisation import Operator, Outlet
from printers import spool
from printers.document import Document, Text, bannered, copy_of

_r = DocumentRange.table()
_NEXT = (
    select(*_r.c)
    .where(
        _r.c.kind == bindparam("kind"),
        _r.c.outlet == bindparam("outlet"),
        _r.c.state == "open",
        _r.c.counter.in_(("", bindparam("counter"))),
        not_recalled(_r.c.lease_id),
    )
    .order_by(_r.c.counter.desc(), _r.c.code, _r.c.first_number)
    .limit(1)
)
"""The range that a counter's next paper of a kind takes its number from."""

NAMES = {
    "invoice": say("Invoice"),
    "receipt": say("Receipt"),
    "slip": say("Service slip"),
    "contract": say("Entry contract"),
}


class NumberedPapers(Component):
    """Takes numbers and stores papers, inside the transaction of the business that they are of."""

    def _store(
        self,
        kind: str,
        name: Message,
        write: Callable[[Seller, str], Document],
        about: dict[str, Any],
        told: Listed[Rated] = (),
    ) -> PaperView:
        """Take the next number, write the paper under it, and queue it for the printer. `about`: columns of its row;
        `told`: the tax that it says is in it, rate by rate."""
        taken = self._next_number(kind)
        number = f"{taken.code}-{taken.next_number:08d}"
        document, context = write(self.seller, number), self.context
        sheets = kept(context.process).sheets.get(kind, 1) if context.process else 1
        if context.slip:  # no pulse to the drawer either: the money was taken when it was written
            document = bannered(document, Text(self._words()(mark(context.slip)), align="center", bold=True))
        row = self.tx.add(
            PaperDocument,
            id=new_key(self.tx.clock),
            outlet=context.outlet,
            range_id=taken.id,
            kind=kind,
            code=taken.code,
            number=taken.next_number,
            operator=context.operator,
            content=document.as_text(),
            business_date=context.business_date,
            made_at=self.tx.now(),
            copies=sheets - 1,
            **{"order_id": context.order_id, **about},
        )
        self.tx.add_many(
            PaperTax, [{"document_id": row.id, "rate": one.rate, "amount": one.amount, "tax": one.tax} for one in told]
        )
        title = f"{self._words()(name)} {number}"
        of: dict[str, Any] = {
            "document_id": row.id,
            "order_id": context.order_id,
            "counter": context.counter,
            "operator": context.operator,
        }
        queued = spool.queue(self.tx, document, title=title, kept=True, **of)
        for copy in range(1, sheets):
            again = copy_of(document, copy, self._words()(COPY_MARKS["normal"]))
            spool.queue(self.tx, again, title=f"{title} ({copy})", copy_number=copy, **of)
        return PaperView(row.id, kind, number, queued.preview)

    def _next_number(self, kind: str) -> DocumentRange:
        """Take the next number: of the counter's own range first, then of the outlet's."""
        found = self.tx.models(
            DocumentRange, _NEXT, kind=kind, outlet=self.context.outlet, counter=self.context.counter
        )
        if not found:
            raise OutOfStock(
                say("There is no number left for this paper: {kind}. Ask for a new range.", kind=NAMES[kind])
            )
        taken = found[0]
        after = taken.next_number + 1
        self.tx.change(taken, next_number=after, state="used_up" if after > taken.last_number else "open")
        return taken

    def _words(self) -> Words:
        """The language of this counter's papers."""
        return words(self.context.language)

    @cached_property
    def seller(self) -> Seller:
        """Who issues the papers of this run, and when: all of them at one moment."""
        outlet = self.tx.one(Outlet, code=self.context.outlet)
        operator = self.tx.one(Operator, staff_no=self.context.operator)
        return Seller(
            self._words(),
            both(outlet.name_zh, outlet.name_en),
            self.context.counter,
            operator.staff_no,
            self.context.serial,
            self.context.business_date,
            self.tx.now(),
            ways(self.tx),
            at_counter(self.tx),
        )
