"""The context of what is done at a counter: who, where, on which business date, in which shift; or why nothing may."""

from __future__ import annotations

import json

from boss_tui.answers import Invoicing
from boss_tui.components import handwritten
from boss_tui.components.base import Context
from boss_tui.components.till import own_shift
from boss_tui.desk.shifts import Shifts
from boss_tui.sync.states import is_linked, message_in
from data.backup import refuse_restored
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.order import Draft
from data.tables.sync import JournalHead


class Working(Shifts):
    """The part of the desk that every business needs."""

    def _online(self, reading: Reading) -> bool:
        """Whether headquarters can be reached; an outlet that has none does without."""
        at = self._station
        return not at.linked or is_linked(reading, at.outlet, at.contact_seconds)

    def _context(self, tx: UnitOfWork, code: str, draft: Draft | None = None) -> Context:
        person = self._person(tx)
        if not tx.author.business_date:
            raise NotAllowed(say("The business day is not open. A supervisor opens it."))
        refuse_restored(tx)
        head = tx.one(JournalHead, outlet=self._station.outlet)
        stopped = head.stopped
        if stopped:  # headquarters has another journal of this outlet than ours: nothing may be sold on it (design 6)
            raise NotAllowed(say("This outlet is stopped: {why}", why=message_in(stopped)))
        now, draft_id = tx.present(), draft.id if draft else ""
        shift = own_shift(tx, self._station.counter, person.staff_no)
        return Context(
            tx=tx, business=code, outlet=self._station.outlet, counter=self._station.counter, operator=person.staff_no,
            role=person.role, business_date=tx.author.business_date, draft_id=draft_id,
            shift_id=shift.id if shift else "", trail=json.loads(draft.trail_json) if draft else [],
            online=self._online(tx), identified=self._in_view.proven(now), in_view=self._in_view.customer_id,
            fresh=self._in_view.fresh(draft_id, now), language=self._station.paper_language,
            invoicing=invoicing_of(draft) if draft else Invoicing(),
            slip=handwritten.of_draft(draft) if draft else None,
        )  # fmt: skip


def invoicing_of(draft: Draft) -> Invoicing:
    """What was said of the invoice of a form."""
    return Invoicing(**json.loads(draft.invoicing_json))
