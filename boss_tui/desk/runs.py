"""A run of a business at this counter: its context (who, where, on which date, in which shift; or why nothing may),
what a form comes to when it is looked through, and what is against it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from boss_tui.answers.business import Invoicing, Notice, Qualification, Quote, Tender
from boss_tui.business.process import Run, Transaction
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.base import Context
from boss_tui.components.documents import handwritten
from boss_tui.components.draft_rows import values_of
from boss_tui.components.extra_fields import PREFIX, extended, extra_fields
from boss_tui.components.operators import authorities, delegations
from boss_tui.components.qualification.questions import answers_of
from boss_tui.components.till.business_days import own_shift, today
from boss_tui.desk import drafts, offline, shown
from boss_tui.desk.seat import Seat
from boss_tui.forms.form import Form
from boss_tui.sync.states import is_linked, message_in
from data.errors import NotAllowed, NotFound
from data.message import say
from data.restored import refuse_restored
from data.store import Reading, UnitOfWork
from data.tables.order import Draft, ProductOrder
from data.tables.organisation import Authority
from data.tables.sync import JournalHead


class FilledIn(NamedTuple):
    """A form that was looked through: the business, its run, and what the business worked out of it."""

    business: Transaction[Any, Any]
    run: Run
    case: Any

    @property
    def quote(self) -> Quote:
        """Its price."""
        return self.run.quote

    @property
    def keeps_rest(self) -> bool:
        """Whether the customer has a balance that the rest of the change could go into."""
        return self.business.rest_line(self.run, self.case, 1) is not None


class Runs:
    """The part of the desk that every business needs."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    def online(self, reading: Reading) -> bool:
        """Whether headquarters can be reached; an outlet that has none does without."""
        at = self._seat.station
        return not at.linked or is_linked(reading, at.outlet, at.contact_seconds)

    def context(self, tx: UnitOfWork, code: str, draft: Draft | None = None) -> Context:
        """The context of a business here and now. NotAllowed: no day is open, or the outlet is stopped."""
        seat, person = self._seat, self._seat.person(tx)
        if not tx.author.business_date:
            raise NotAllowed(say("The business day is not open. A supervisor opens it."))
        refuse_restored(tx)
        head = tx.one(JournalHead, outlet=seat.station.outlet)
        stopped = head.stopped
        if stopped:  # headquarters has another journal of this outlet than ours: nothing may be sold on it (design 6)
            raise NotAllowed(say("This outlet is stopped: {why}", why=message_in(stopped)))
        now, draft_id = tx.present(), draft.id if draft else ""
        shift = own_shift(tx, seat.station.counter, person.staff_no)
        return Context(
            tx=tx,
            business=code,
            outlet=seat.station.outlet,
            counter=seat.station.counter,
            operator=person.staff_no,
            role=person.role,
            business_date=tx.author.business_date,
            draft_id=draft_id,
            shift_id=shift.id if shift else "",
            trail=json.loads(draft.trail_json) if draft else [],
            online=self.online(tx),
            identified=seat.in_view.proven(now),
            in_view=seat.in_view.customer_id,
            fresh=seat.in_view.fresh(draft_id, now),
            language=seat.station.paper_language,
            reads=seat.words().language,
            invoicing=invoicing_of(draft) if draft else Invoicing(),
            slip=handwritten.of_draft(draft) if draft else None,
            answers=answers_of(draft) if draft else {},
            handed=delegations.handed(tx, person.staff_no),
            process=draft.process_json if draft else "",
        )

    def form(self, reading: Reading, code: str) -> type[Form]:
        """What a business asks for on the open business date, with what managers have added to it."""
        day = today(reading, self._seat.station.outlet)
        asked: type[Form] = business(code).form
        return extended(asked, extra_fields(reading, code, day.business_date if day else ""))

    def read(self, run: Run, found: Transaction[Any, Any]) -> Form:
        """The whole form of a run's draft. BadForm says what is wrong. What was typed into a field that managers have
        taken away since is asked for no more."""
        asked = found.form_for(run)
        form: Form = asked.read(
            {n: v for n, v in run.typed.items() if n in asked.model_fields or not n.startswith(PREFIX)}
        )
        return form

    def of_order(self, tx: UnitOfWork, order: ProductOrder) -> Run:
        """A run at this counter about an order that is there already."""
        context = self.context(tx, order.business)
        context.draft_id, context.order_id, context.serial = order.draft_id, order.id, order.serial
        return Run(context)

    def over(
        self, tx: UnitOfWork, found: Transaction[Any, Any], draft: Draft, typed: dict[str, Any] | None = None
    ) -> Run:
        """A run over a draft; `typed`: what it will hold, where that is not on disk yet."""
        typed = values_of(draft) if typed is None else typed
        run = Run(self.context(tx, found.code, draft), drafts.secrets_of(draft.code, typed))
        run.typed = typed
        return run

    def filled_in(self, tx: UnitOfWork, draft: Draft) -> FilledIn:
        """A draft as it is now: what it reserves is reserved on."""
        found = business(draft.code)
        run = self.over(tx, found, draft)
        case = found.fill(run, found.form_for(run).partial(run.typed)[0])
        return FilledIn(found, run, case)

    def looked_at(self, tx: UnitOfWork, draft: Draft, tenders: Sequence[Tender] | None = None, role: str = "") -> Run:
        """A run that has looked at a draft as it is on disk: what it costs, and what is against it when money is paid
        out so (else in cash). `role`: as if somebody with this one did it."""
        found = business(draft.code)
        run = self.over(tx, found, draft)
        if role:
            run.context.role, run.context.handed = role, {}
        found.fill(run, found.form_for(run).partial(run.typed)[0])
        run.context.paid_out = shown.paid_out(run.quote, tenders)
        cash = [Tender("cash", -run.quote.due)] if run.quote.due < 0 else []
        settle_reasons(run, cash if tenders is None else tenders)
        return run


def business(code: str) -> Transaction[Any, Any]:
    """A business by its code. NotFound."""
    if code not in BUSINESSES:
        raise NotFound(say("There is no business {code} here.", code=code))
    return BUSINESSES[code]


def invoicing_of(draft: Draft) -> Invoicing:
    """What was said of the invoice of a form."""
    return Invoicing(**json.loads(draft.invoicing_json))


def settle_reasons(run: Run, tenders: Sequence[Tender] | None = None) -> None:
    """Add what being cut off forbids, whose word the process asks for, and what is against paying money out (so, where
    that is said); drop what a supervisor has allowed; put each 'no' beside its field."""
    asked = (*handwritten.reasons(run.context), *run.processes.asks(run.quote.due))
    reasons = (*offline.reasons(run), *asked, *run.qualification.reasons)
    if run.quote.due < 0:
        reasons += (*run.operators.may_pay_out(-run.quote.due), *run.finance.pays_out(run.quote, tenders))
    run.context.shown = shown.of_form(run, run.typed, reasons)
    run.allowed = run.operators.granted() & {reason.rule for reason in reasons}
    left = tuple(r for r in reasons if r.verdict == "no" or r.rule not in run.allowed)
    run.qualification = Qualification(left)
    run.authority = _standing(run) if run.qualification.verdict == "override" else None
    if run.authority is not None:
        left = tuple(r for r in left if r.verdict != "override")
        run.qualification = Qualification(left)
        told = say(
            "Allowed by {staff_no} in advance (No. {number}).",
            staff_no=run.authority.supervisor,
            number=run.authority.number,
        )
        run.notices.append(Notice("notice", told))
    for reason in left:
        if reason.verdict == "no" and reason.field:
            run.errors.setdefault(reason.field, reason.message)


def _standing(run: Run) -> Authority | None:
    """The grant that lets the run's operator do it, where only a supervisor's word is wanting."""
    stake = shown.at_stake(run.quote, run.qualification.reasons)
    return authorities.standing(run.context, stake, lambda who: run.processes.takes_word_of(who, run.quote.due))
