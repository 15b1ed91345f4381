"""Forms: a business as it is filled in. Begun, filled, priced, held, taken up again.

Each call is one transaction of the store, or one reading. What a call answers are plain values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from boss_tui.answers.business import DraftView, Handwritten, PaperView
from boss_tui.business.process import Run, Transaction
from boss_tui.business.run import LISTED
from boss_tui.components.draft_rows import values_of
from boss_tui.desk import drafts, lists, one_line
from boss_tui.desk.asking import Asking, Unasked
from boss_tui.desk.runs import Runs, business, settle_reasons
from boss_tui.desk.seat import Seat
from boss_tui.desk.serving import PROOFS, Serving
from boss_tui.desk.trusting import Trust
from boss_tui.desk.vault import DeskVault
from boss_tui.forms.fields import Choice
from boss_tui.forms.form import Form
from boss_tui.forms.typed import message_of
from data.errors import BadForm, NotAllowed, NotFound
from data.message import Message, say
from data.store import UnitOfWork
from data.tables.order import Draft

DRAFT_WORK = "draft"
"""The kind of what is written while a form is filled in."""


class Forms:
    """The part of the desk in which businesses are filled in."""

    def __init__(self, seat: Seat, trust: Trust, runs: Runs, serving: Serving, asking: Asking) -> None:
        self._seat, self._trust, self._runs, self._serving, self._asking = seat, trust, runs, serving, asking

    def assumed(self, code: str, typed: Mapping[str, Any]) -> dict[str, Any]:
        """What a form of this business begins with: what was typed with its code, else what the customer in view says:
        their number, or of a form that asks for a person their document. Who opens an account or buys a handset
        next need not be whom only a form brought into view: such a one is assumed where a form begins with the number,
        which is seen first, and nowhere else."""
        form, known = business(code).form, dict(typed)
        card = self._serving.in_view()
        if card is None:
            return known
        if form.about and card.number and (card.sought or form.about == form.fields()[0].name):
            known.setdefault(form.about, card.number)
        if form.identity and card.sought and not known:
            shown = zip(form.identity, self._serving.document(card.customer_id), strict=True)
            known.update((name, value) for name, value in shown if value)
        return known

    def said(self, code: str, word: str, rest: str) -> dict[str, str]:
        """What a line at the prompt says of the form that it opens: by its word, and behind it; see `one_line`."""
        found = business(code)
        with self._seat.writing(DRAFT_WORK) as tx:
            return one_line.said(found, Run(self._runs.context(tx, code)), word, rest)

    def begin(self, code: str, values: Mapping[str, Any] | None = None, slip: Handwritten | None = None) -> DraftView:
        """A new draft, on disk at once. NotAllowed when the operator may not do the business at all. `slip`: as typed
        from one that was written by hand and is entered later; BadForm names what is wrong with it."""
        found = business(code)
        if self._seat.is_office:
            raise NotAllowed(say("Customers are served at outlets: this is headquarters' office."))
        with self._seat.writing(DRAFT_WORK) as tx:
            self._trust.must_be_sure(tx)
            entered = self._entered(tx, slip) if slip else None
            draft = drafts.begin(tx, self._seat.station, self._seat.person(tx), found.code, entered)
            run = self._runs.over(tx, found, draft)
            refusals = [reason for reason in run.operators.may() if reason.verdict == "no"]
            if refusals:
                raise NotAllowed(refusals[0].message)
            found.begin(run)
            draft = drafts.change(tx, draft, {}, run.context.trail)
            view = drafts.view(draft, run)
        self._seat.open_drafts.add(view.id)
        return self.fill(view.id, {k: str(v) for k, v in values.items()}) if values else view

    def fill(self, draft_id: str, changes: Mapping[str, Any]) -> DraftView:
        """Fields as typed. What is wrong comes back in `errors`, beside the field; what was typed is kept."""
        with self._seat.store.reading() as reading:
            draft = drafts.current(reading, draft_id)
            form = self._runs.form(reading, draft.code)
        found = business(draft.code)
        values, errors = self._protected(found, draft, form.tidied(changes))
        if any(changes.get(name) for name in PROOFS):
            self._seat.in_view.typed_on(draft_id, self._seat.store.present())
        with self._seat.writing(DRAFT_WORK) as tx:
            draft = drafts.current(tx, draft_id)
            typed = lists.Typed(found, self._runs.over(tx, found, draft, values), values)
            run = self._runs.over(tx, found, draft, typed.values)
            if run.processes.informs():
                run.notices += run.content.published()
            case = found.fill(run, typed.form)
            found.explain(run, typed.form, case)
            in_view = self._serving.about(found, draft, run, typed.values)
            settle_reasons(run)
            kept = {name: value for name, value in typed.values.items() if name not in run.lapsed}
            draft = drafts.change(tx, draft, kept, run.context.trail)
            run.notes = {**typed.words, **run.notes}
            if any(name in run.errors for name in PROOFS):  # nobody is told of whom has not shown who they are
                run.context.unasked.clear()
            self._asking.note(draft_id, run.context.unasked)
            wrong = {**typed.unknown, **run.errors, **typed.wrong, **typed.doubtful, **errors}
            return replace(drafts.view(draft, run, wrong, case), in_view=in_view)

    def quote(self, draft_id: str) -> DraftView:
        """The draft with its price."""
        return self.fill(draft_id, {})

    def asked(self, draft_id: str) -> DraftView:
        """The draft once services have answered what is asked of them about it, or can't be asked."""
        return self._asking.once_asked(lambda: self._answered(draft_id))

    def _answered(self, draft_id: str) -> DraftView:
        view = self.quote(draft_id)
        if view.asking:
            raise Unasked(draft_id, self._asking.wanting(draft_id))
        return view

    def hold(self, draft_id: str, note: str = "") -> None:
        """Put the draft aside under its number; its reservations run on. One that needs headquarters waits for it."""
        with self._seat.writing(DRAFT_WORK) as tx:
            drafts.hold(tx, drafts.current(tx, draft_id), note, online=self._runs.online(tx))

    def recall(self, number: int) -> DraftView:
        """Take a held draft up again, at whatever counter, or one that was left unfinished here; it is this operator's
        then."""
        with self._seat.writing(DRAFT_WORK) as tx:
            draft = drafts.recall(tx, number, self._seat.station, self._seat.person(tx), self._seat.open_drafts)
        self._seat.open_drafts.add(draft.id)
        return self.fill(draft.id, {})

    def ended(self, draft_id: str) -> Message | None:
        """Who completed a form or gave it up meanwhile, wherever that was; None while it can be worked on."""
        with self._seat.reading() as reading:
            return drafts.ended(reading, draft_id)

    def abandon(self, draft_id: str) -> None:
        """Give the draft up: nothing is left of it but what was typed, and what it held is free."""
        with self._seat.writing(DRAFT_WORK) as tx:
            drafts.abandon(tx, draft_id)

    def expire(self) -> int:
        """End every draft that is past its time; the desk's housekeeping calls this. Answers how many."""
        with self._seat.writing(DRAFT_WORK) as tx:
            return drafts.expire(tx)

    def last_values(self, code: str) -> dict[str, Any]:
        """What this operator typed the last time, where a field says 'same as last time' (F7)."""
        with self._seat.reading() as reading:
            return drafts.last_values(reading, business(code).code, self._seat.person(reading).staff_no)

    def choices(self, draft_id: str, field: str, text: str, most: int = LISTED) -> list[Choice]:
        """The field's list (F4), narrowed by what is typed; `most`: lines of a long one."""
        with self._seat.writing(DRAFT_WORK) as tx:
            draft = drafts.current(tx, draft_id)
            found = business(draft.code)
            run = self._runs.over(tx, found, draft)
            run.most = most
            form, _ = found.form_for(run).partial(values_of(draft))
            spec = next(spec for spec in form.fields() if spec.name == field)
            return lists.lines(found, run, form, spec, text)

    def form(self, code: str) -> type[Form]:
        """What a business asks for today."""
        with self._seat.store.reading() as reading:
            return self._runs.form(reading, business(code).code)

    def help(self, code: str, field: str) -> Message:
        """What there is to know about a business, or about one of its fields."""
        specs = {spec.name: spec.ask for spec in self.form(code).fields()}
        return specs[field].help if field in specs else business(code).name

    def example(self, code: str) -> dict[str, Any]:
        """A form that works in this store now."""
        with self._seat.writing(DRAFT_WORK) as tx:
            found = business(code)
            return found.example(Run(self._runs.context(tx, code)))

    def quotation(self, number: int) -> PaperView:
        """The price of a held form as a slip to take home, without doing it: on paper, under no document number."""
        from boss_tui.components.paper_layouts.layouts import at_counter
        from boss_tui.desk.quotation import quotation
        from boss_tui.reports.paper import document
        from printers import spool

        with self._seat.store.reading() as reading:
            found = [d for d in reading.all(Draft, number=number) if d.state in {"open", "held"}]
        if not found:
            raise NotFound(say("There is no such form."))
        view = self.quote(found[0].id)
        report, speak = quotation(view), self._seat.words()
        with self._seat.writing("quotation") as tx:
            queued = spool.queue(
                tx,
                document(report, speak, at_counter(tx)),
                document_id=report.name,
                order_id="",
                title=speak(report.title),
                counter=self._seat.station.counter,
                operator=tx.author.operator,
            )
        return PaperView(report.name, "report", report.name, queued.preview)

    def _entered(self, tx: UnitOfWork, slip: Handwritten) -> Handwritten:
        from boss_tui.desk.handwriting import written

        return written(tx, self._seat.station.outlet, slip)

    def _protected(
        self, found: Transaction[Any, Any], draft: Draft, changes: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Message]]:
        """The values with the changes in them; secrets are hashed here, outside of any transaction."""
        secret = drafts.secret_fields(found.code)
        forged = [name for name in secret if str(changes.get(name) or "").startswith("$")]
        if forged:  # hashes and proofs begin so: the desk makes them, nobody types them
            changes = {name: value for name, value in changes.items() if name not in forged}
        typed = {name: value for name, value in changes.items() if value or name not in secret}  # shown as empty
        values = {**values_of(draft), **typed}
        told = dict.fromkeys(forged, say("Six digits."))
        try:
            vault = DeskVault(self._seat.store, self._seat.station, self._seat.person(), draft.id)
            return {**values, **found.protect(values, vault)}, told
        except (PydanticCustomError, BadForm) as refusal:
            now = secret & changes.keys()
            kept = {name: value for name, value in values.items() if name not in now}
            wrong = refusal.errors if isinstance(refusal, BadForm) else dict.fromkeys(now, message_of(refusal))
            return kept, {**wrong, **told}
