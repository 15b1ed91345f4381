"""The way of one business: begin, fill, quote, complete; and everything else that a person does at a counter.

Each call is one transaction of the store, or one reading. What a call answers are plain values. The desk is used by one
person at a time; several desks, in one process or many, may share a store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic_core import PydanticCustomError

import boss_tui.transactions  # noqa: F401 (fills the table of businesses)
from boss_tui.answers import (
    DraftView,
    Handwritten,
    OrderView,
    PaperView,
    QueueItem,
    Queues,
)
from boss_tui.catalogue import BUSINESS_NAMES, Cell, row
from boss_tui.components import invoice_requests
from boss_tui.components.tenders import CASH
from boss_tui.components.till import today
from boss_tui.desk import drafts, lists, lookups, shown, waiting
from boss_tui.desk.cancelling import why_not
from boss_tui.desk.completing import business
from boss_tui.desk.copying import Copying
from boss_tui.desk.handwriting import Handwriting
from boss_tui.desk.inquiry import Inquiring
from boss_tui.desk.invoices import Invoices, buyer_of
from boss_tui.desk.mobile import MobilePaying
from boss_tui.desk.printing import Printing
from boss_tui.desk.serving import PROOFS, Serving
from boss_tui.desk.signing import Signing
from boss_tui.desk.station import BusinessLine, HeldForm, State
from boss_tui.desk.stock import Stock
from boss_tui.desk.vault import DeskVault
from boss_tui.desk.vouching import Vouching
from boss_tui.forms import Choice, Form, message_of
from boss_tui.process import BUSINESSES, Run, Transaction
from data.errors import BadForm, NotAllowed, NotFound
from data.message import Message, both, say
from data.tables.finance import BusinessDay, Shift
from data.tables.order import Draft, ProductOrder
from data.tables.organisation import Outlet, RoleRight
from data.tables.sync import Setting
from printers.spool import TRAINING

DRAFT_WORK = "draft"


class Desk(Signing, Serving, Inquiring, MobilePaying, Invoices, Stock, Printing, Copying, Vouching, Handwriting):
    """One operator at one counter.

    Every call but `sign_on`, `state`, `businesses`, `queues` and those of unlocking needs an operator, and raises
    NotAllowed while there is none or the desk is locked; SignedOff once who works here may no more.
    """

    # who and where -----------------------------------------------------------------------------------------------

    def speak(self, language: str) -> None:
        """The operator reads another language now (zh_CN, en): reports come in it until they sign off."""
        self._operator = replace(self._person(), language=language)

    def state(self) -> State:
        """Outlet, counter, operator, business date and till."""
        with self._store.reading() as reading:
            outlet = reading.one(Outlet, code=self._station.outlet)
            day = reading.find(BusinessDay, outlet=outlet.code, state="open")
            shift = reading.find(Shift, till=self._station.counter, state="open")
            training = reading.find(Setting, name=TRAINING) is not None
            operator = self._still_here(reading)
        return State(
            outlet.code, both(outlet.name_zh, outlet.name_en), self._station.counter, day.business_date if day else "",
            operator.name if operator else "", operator.role if operator else "", shift is not None,
            training=training, advice=self._advice, staff_no=operator.staff_no if operator else "",
        )  # fmt: skip

    def businesses(self) -> list[BusinessLine]:
        """Everything of the catalogue that this program can do, also what this operator may not."""
        with self._store.reading() as reading:
            here = self._still_here(reading)
            role = here.role if here else ""
            rights = {right.business for right in reading.all(RoleRight, role=role)}
        return [BusinessLine(code, b.name, b.aliases, code in rights, b.offline) for code, b in BUSINESSES.items()]

    # the way of one business -------------------------------------------------------------------------------------

    def begin(self, code: str, values: Mapping[str, Any] | None = None, slip: Handwritten | None = None) -> DraftView:
        """A new draft, on disk at once. NotAllowed when the operator may not do the business at all. `slip`: as typed
        from one that was written by hand and is entered later; BadForm names what is wrong with it."""
        found = business(code)
        with self._writing(DRAFT_WORK) as tx:
            self.must_be_sure(tx)
            written = self._written(tx, slip) if slip else None
            draft = drafts.begin(tx, self._station, self._person(tx), found.code, written)
            run = self._run(tx, found, draft)
            refusals = [reason for reason in run.operators.may() if reason.verdict == "no"]
            if refusals:
                raise NotAllowed(refusals[0].message)
            found.begin(run)
            draft = drafts.change(tx, draft, {}, run.context.trail)
            view = drafts.view(draft, run)
        self._open.add(view.id)
        return self.fill(view.id, {k: str(v) for k, v in values.items()}) if values else view

    def fill(self, draft_id: str, changes: Mapping[str, Any]) -> DraftView:
        """Fields as typed. What is wrong comes back in `errors`, beside the field; what was typed is kept."""
        with self._store.reading() as reading:
            draft = drafts.current(reading, draft_id)
        found = business(draft.code)
        values, errors = self._protected(found, draft, found.form.tidied(changes))
        if any(changes.get(name) for name in PROOFS):
            self._in_view.typed_on(draft_id, self._store.present())
        with self._writing(DRAFT_WORK) as tx:
            draft = drafts.current(tx, draft_id)
            typed = lists.Typed(found, self._run(tx, found, draft, values), values)
            run = self._run(tx, found, draft, typed.values)
            run.notices += run.content.published()
            found.fill(run, typed.form)
            found.explain(run, typed.form)
            in_view = self._about(found, draft, run, typed.values)
            self._settle_reasons(run)
            kept = {name: value for name, value in typed.values.items() if name not in run.lapsed}
            draft = drafts.change(tx, draft, kept, run.context.trail)
            run.notes = {**typed.words, **run.notes}
            wrong = {**typed.unknown, **run.errors, **typed.wrong, **typed.doubtful, **errors}
            return replace(drafts.view(draft, run, wrong), in_view=in_view)

    def quote(self, draft_id: str) -> DraftView:
        """The draft with its price."""
        return self.fill(draft_id, {})

    def hold(self, draft_id: str, note: str = "") -> None:
        """Put the draft aside under its number; its reservations run on. One that needs headquarters waits for it."""
        with self._writing(DRAFT_WORK) as tx:
            drafts.hold(tx, drafts.current(tx, draft_id), note, online=self._online(tx))

    def recall(self, number: int) -> DraftView:
        """Take a held draft up again, at whatever counter, or one that was left unfinished here; it is this operator's
        then."""
        with self._writing(DRAFT_WORK) as tx:
            draft = drafts.recall(tx, number, self._station, self._person(tx), self._open)
        self._open.add(draft.id)
        return self.fill(draft.id, {})

    def held(self) -> list[HeldForm]:
        """What waits at this outlet, oldest first; with it what this counter or operator left unfinished, when the
        program or the power ended in the middle of it."""
        with self._reading() as reading:
            return drafts.waiting(reading, self._station, self._person(reading), self._open)

    def in_work(self) -> list[HeldForm]:
        """What others are in at other counters of this outlet, oldest first."""
        with self._reading() as reading:
            return drafts.in_work(reading, self._station, self._person(reading))

    def ended(self, draft_id: str) -> Message | None:
        """Who completed a form or gave it up meanwhile, wherever that was; None while it can be worked on."""
        with self._reading() as reading:
            return drafts.ended(reading, draft_id)

    def abandon(self, draft_id: str) -> None:
        """Give the draft up: nothing is left of it but what was typed, and what it held is free."""
        with self._writing(DRAFT_WORK) as tx:
            drafts.abandon(tx, draft_id)

    def expire(self) -> int:
        """End every draft that is past its time; the desk's housekeeping calls this. Answers how many."""
        with self._writing(DRAFT_WORK) as tx:
            return drafts.expire(tx)

    def last_values(self, code: str) -> dict[str, Any]:
        """What this operator typed the last time, where a field says 'same as last time' (F7)."""
        with self._reading() as reading:
            return drafts.last_values(reading, business(code).code, self._person(reading).staff_no)

    def choices(self, draft_id: str, field: str, text: str) -> list[Choice]:
        """The field's list (F4), narrowed by what is typed."""
        with self._writing(DRAFT_WORK) as tx:
            draft = drafts.current(tx, draft_id)
            found = business(draft.code)
            form, _ = found.form.partial(drafts.values_of(draft))
            spec = next(spec for spec in found.form.fields() if spec.name == field)
            return lists.lines(found, self._run(tx, found, draft), form, spec, text)

    def form(self, code: str) -> type[Form]:
        """What a business asks for."""
        form: type[Form] = business(code).form
        return form

    def help(self, code: str, field: str) -> Message:
        """What there is to know about a business, or about one of its fields."""
        found = business(code)
        specs = {spec.name: spec.ask for spec in found.form.fields()}
        return specs[field].help if field in specs else found.name

    def example(self, code: str) -> dict[str, Any]:
        """A form that works in this store now."""
        with self._writing(DRAFT_WORK) as tx:
            found = business(code)
            return found.example(Run(self._context(tx, code)))

    # looking up --------------------------------------------------------------------------------------------------

    def order(self, serial: str) -> OrderView:
        """Where an order stands, and why it can't be cancelled if so; that it was opened is on record. NotFound."""
        with self._reading() as reading:
            row = reading.one(ProductOrder, serial=serial)
            day = today(reading, self._station.outlet)
            refusal = why_not(reading, row, self._station.outlet, self._operator, day.business_date if day else "")
            view = replace(
                lookups.order(reading, row), stays=refusal or Message(""), shown=shown.of_order(row),
                undrawable=invoice_requests.why_not(reading, row, self._station.outlet), buyer=buyer_of(reading, row),
            )  # fmt: skip
        self._opened("look.order", serial)
        return view

    def orders(self, text: str, *, under_way: bool = False) -> list[OrderView]:
        """The latest orders that fit a text: a serial or its end, a number or its last digits, a name. Empty: the
        latest of all. under_way: only those that the network is not done with."""
        with self._reading() as reading:
            return lookups.orders(reading, self._station.outlet, text, under_way=under_way)

    def queues(self) -> Queues:
        """What waits to go out."""
        with self._store.reading() as reading:
            seconds = self._station.contact_seconds
            return lookups.queues(reading, self._station.outlet, seconds, self._station.counter)

    def papers(self, serial: str) -> list[PaperView]:
        """The documents of an order; that they were opened is on record."""
        with self._reading() as reading:
            found = lookups.papers(reading, serial)
        self._opened("look.papers", serial)
        return found

    def matrix(self, code: str) -> list[Cell]:
        """The 20 cells of a business, alive or empty."""
        if code not in BUSINESS_NAMES:
            raise NotFound(say("There is no business {code} in the catalogue.", code=code))
        with self._store.reading() as reading:
            return row(reading, code)

    def waiting(self) -> list[QueueItem]:
        """What waits, item by item, and what can be done about each."""
        with self._reading() as reading:
            return waiting.items(reading, self._station.outlet)

    def settle(
        self, kind: str, key: str, way: str, words: str = "", approver: str = "", password: str = ""
    ) -> PaperView | None:  # fmt: skip
        """Do what a person decided about something that waits; the paper to be signed, where money goes back over the
        counter. `approver`: a supervisor who allows it, where one must, with their password."""
        approved_by = self._approved(approver, password)
        with self._writing(f"settle.{kind}") as tx:
            if kind in {"payment", "dated", "slip"}:  # money goes back, a business is done
                self.must_be_sure(tx)
            if (kind, way) == ("payment", f"{waiting.BACK}{CASH}"):
                return self._pay_refund(tx, key, words, approved_by)
            if kind == "slip":
                return self._settle_slip(tx, key, way, words, approved_by)
            waiting.settle(tx, (kind, key), way, words, tx.author.operator, self._print_again)
        return None

    # inside ------------------------------------------------------------------------------------------------------

    def _protected(
        self, found: Transaction[Any], draft: Draft, changes: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Message]]:
        """The values with the changes in them; secrets are hashed here, outside of any transaction."""
        secret = drafts.secret_fields(found.code)
        forged = [name for name in secret if str(changes.get(name) or "").startswith("$")]
        if forged:  # hashes and proofs begin so: the desk makes them, nobody types them
            changes = {name: value for name, value in changes.items() if name not in forged}
        typed = {name: value for name, value in changes.items() if value or name not in secret}  # shown as empty
        values = {**drafts.values_of(draft), **typed}
        told = dict.fromkeys(forged, say("Six digits."))
        try:
            vault = DeskVault(self._store, self._station, self._person())
            return {**values, **found.protect(values, vault)}, told
        except (PydanticCustomError, BadForm) as refusal:
            now = secret & changes.keys()
            kept = {name: value for name, value in values.items() if name not in now}
            wrong = refusal.errors if isinstance(refusal, BadForm) else dict.fromkeys(now, message_of(refusal))
            return kept, {**wrong, **told}
