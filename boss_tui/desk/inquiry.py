"""Looking into a customer's data at the desk (catalogue C13): for those who may see it; each look is logged."""

from __future__ import annotations

import json

from boss_tui.answers import DraftView, PaperView
from boss_tui.components.inquiry import PARTS, Asked, Row
from boss_tui.desk import drafts
from boss_tui.desk.working import Working
from boss_tui.process import BUSINESSES, Run
from boss_tui.reports.paper import document
from boss_tui.reports.report import Column, Fact, Report, Section
from boss_tui.transactions.c13_inquiry import opened
from data.errors import NotAllowed, NotFound
from data.message import say
from data.tables.order import Draft
from printers import spool

CODE = "C13"


class Inquiring(Working):
    """The part of the desk that looks things up for a customer."""

    def quote(self, draft_id: str) -> DraftView:
        """The draft with its price; the whole desk answers it."""
        raise NotImplementedError

    def inquire(self, draft_id: str, part: str) -> list[Row]:
        """The rows of a part of the customer that an inquiry is about; the look is logged. NotAllowed: who asks has not
        shown who they are, and no supervisor has allowed it."""
        view = self.quote(draft_id)
        customer = view.facts.get("customer_id")
        private = [view.errors[name] for name in ("number", "document_number", "password") if name in view.errors]
        waiting = [reason.message for reason in view.qualification.reasons]
        if customer is None or private or waiting:
            raise NotAllowed((private or waiting or [say("Type the number first.")])[0])
        if part not in PARTS:
            raise NotFound(say("There is no such part."))
        with self._writing("inquiry") as tx:
            draft = drafts.current(tx, draft_id)
            run = Run(self._context(tx, CODE, draft), drafts.secrets_of(draft))
            found = BUSINESSES[CODE]
            found.fill(run, found.form.partial(drafts.values_of(draft))[0])
            asked = opened(run, run.seen, str(view.values.get("reason") or ""))
            rows = run.service.look(asked, part, str(view.values.get("reason") or _shown(asked)))
            tx.change(draft, trail_json=json.dumps(run.context.trail), touched_at=tx.now())
            return rows

    def quotation(self, number: int) -> PaperView:
        """The price of a held form as a slip to take home, without doing it: on paper, under no document number."""
        with self._store.reading() as reading:
            found = [d for d in reading.all(Draft, number=number) if d.state in {"open", "held"}]
        if not found:
            raise NotFound(say("There is no such form."))
        view = self.quote(found[0].id)
        if not view.quote.lines:
            raise NotAllowed(say("The form has no price yet."))
        rows = tuple((line.label, line.amount) for line in view.quote.lines)
        columns = (Column(say("Item")), Column(say("Amount"), "money"))
        facts = (Fact(say("Business"), view.title or view.code),)
        report = Report(
            name=f"quotation-{view.number}", title=say("Price quotation"), facts=facts,
            sections=(Section(say("Price"), columns, rows),),
            summary=(
                Fact(say("To pay now"), view.quote.due, "money"),
                Fact(say("A month"), view.quote.monthly, "money"),
            ),
        )  # fmt: skip
        speak = self._words()
        with self._writing("quotation") as tx:
            queued = spool.queue(
                tx, document(report, speak), document_id=report.name, order_id="", title=speak(report.title),
                counter=self._station.counter, operator=tx.author.operator,
            )  # fmt: skip
        return PaperView(report.name, "report", report.name, queued.preview)


def _shown(asked: Asked) -> str:
    """What proved who asks, for the log."""
    return "password" if asked.subscription else "document"
