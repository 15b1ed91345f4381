"""Looking into a customer's data at the desk (catalogue C13): for those who may see it; each look is logged."""

from __future__ import annotations

import json

from boss_tui.components.inquiry import PARTS, InquiryScope, Row
from boss_tui.desk import drafts
from boss_tui.desk.filling import Forms
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.transactions.c13_inquiry import opened
from data.errors import NotAllowed, NotFound
from data.message import say


class Inquiring:
    """The part of the desk that looks things up for a customer."""

    def __init__(self, seat: Seat, runs: Runs, forms: Forms) -> None:
        self._seat, self._runs, self._forms = seat, runs, forms

    def inquire(self, draft_id: str, part: str) -> list[Row]:
        """The rows of a part of the customer that an inquiry is about; the look is logged. NotAllowed: who asks has not
        shown who they are, and no supervisor has allowed it."""
        view = self._forms.quote(draft_id)
        customer = view.facts.get("customer_id")
        private = [view.errors[name] for name in ("number", "document_number", "password") if name in view.errors]
        waiting = [reason.message for reason in view.qualification.reasons]
        if customer is None or private or waiting:
            raise NotAllowed((private or waiting or [say("Type the number first.")])[0])
        if part not in PARTS:
            raise NotFound(say("There is no such part."))
        with self._seat.writing("inquiry") as tx:
            draft = drafts.current(tx, draft_id)
            _, run, line = self._runs.filled_in(tx, draft)
            asked = opened(run, line, str(view.values.get("reason") or ""))
            rows = run.service.look(asked, part, str(view.values.get("reason") or _shown(asked)))
            tx.change(draft, trail_json=json.dumps(run.context.trail), touched_at=tx.now())
            return rows


def _shown(asked: InquiryScope) -> str:
    """What proved who asks, for the log."""
    return "password" if asked.subscription else "document"
