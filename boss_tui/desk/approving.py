"""A supervisor's approval at the counter: by their own sign-on over the clerk's screen, by a grant given in advance, or
by a one-time code over the phone when none is on site. Each is on record with who gave it (catalogue F7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from boss_tui.answers import AuthorityView, Bounds, DraftView, Tender
from boss_tui.components import authorities
from boss_tui.components.operators import OF_ROLES, SUPERVISORS
from boss_tui.components.passwords import hashed
from boss_tui.desk import codes, drafts, shown
from boss_tui.desk.cancelling import Cancelling, approved_until
from boss_tui.desk.staff import sign_on
from boss_tui.process import BUSINESSES, Run
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.message import say
from data.parameters import AUTHORITY_CODES
from data.store import UnitOfWork
from data.tables.order import Draft
from data.tables.organisation import Authority, Operator


class Approving(Cancelling):
    """The part of the desk that asks supervisors."""

    def fill(self, draft_id: str, changes: dict[str, str]) -> DraftView:
        """Fields as typed; see `Desk.fill`."""
        raise NotImplementedError

    def _looked_at(self, tx: UnitOfWork, draft: Draft, tenders: Sequence[Tender] | None = None, role: str = "") -> Run:
        """A run that has looked at a draft as it is on disk; see `Completing`."""
        raise NotImplementedError

    def approve(
        self, draft_id: str, staff_no: str, password: str, tenders: Sequence[Tender] | None = None, seen: str = ""
    ) -> DraftView:
        """A supervisor allows what the rules leave to one: every 'override' of this draft, as it stands, for some
        minutes. Any change of it asks again.

        `staff_no` may be a one-time code instead, such as 12-483920; there is no password then. `tenders`: how money is
        paid out, else it is in cash. `seen`: the digest (`DraftView.shown`) of what the supervisor was shown, else it
        is what stands on disk. NotAllowed, and no code is used up, when it has changed since, or can't be done at all.
        Where nobody's word is wanting, nothing happens.
        """
        self.must_be_sure()
        view = self.fill(draft_id, {})
        if view.errors:
            raise BadForm(view.errors)
        with self._writing("approve") as tx:
            wanted = self._looked_at(tx, drafts.current(tx, draft_id), tenders).qualification.verdict
        if wanted == "yes":
            return view
        refusals = [reason.message for reason in view.qualification.reasons if reason.verdict == "no"]
        if refusals:
            raise NotAllowed(refusals[0], reasons=refusals)
        if seen and seen != view.shown:
            raise NotAllowed(shown.CHANGED)
        if codes.is_code(staff_no):
            author = Author(self._station.outlet, "approve.code", self._person().staff_no, self._station.counter)
            code = codes.tried(self._store, author, staff_no.strip())
            self._give_word(draft_id, view.shown, code.supervisor, tenders, code.id)
        else:
            self._give_word(draft_id, view.shown, self._other_supervisor(staff_no, password), tenders)
        return self.fill(draft_id, {})

    def _other_supervisor(self, staff_no: str, password: str) -> str:
        """A supervisor's own sign-on over the clerk's screen. NotAllowed for anybody else."""
        supervisor = sign_on(self._store, self._station, staff_no, password, kind="approve")
        if supervisor.role not in SUPERVISORS or supervisor.staff_no == self._person().staff_no:
            raise NotAllowed(say("Another person who is a supervisor must approve."), field="staff_no")
        return supervisor.staff_no

    def _give_word(
        self, draft_id: str, seen: str, supervisor: str, tenders: Sequence[Tender] | None, code_id: str | None = None
    ) -> None:
        """Record the approval of each 'override' of what was seen; a code is used up by it."""
        with self._writing("approve") as tx:
            draft = drafts.current(tx, draft_id)
            _must_reach(self._looked_at(tx, draft, tenders, tx.one(Operator, staff_no=supervisor).role))
            run = self._looked_at(tx, draft, tenders)
            if run.context.shown != seen:
                raise NotAllowed(shown.CHANGED)
            amount = shown.at_stake(run.quote, run.qualification.reasons)
            until = approved_until(tx)
            if code_id is not None:
                code = tx.one(Authority, id=code_id)
                if not authorities.fits(code, run.context, amount):
                    raise NotAllowed(say("This code does not reach so far: ask for another."), field="staff_no")
                until = min(until, code.valid_until)
                authorities.use(tx, code, run.context.business)
            for reason in run.qualification.reasons:
                if reason.verdict == "override":
                    run.operators.grant(reason.rule, supervisor, until, code_id)

    # given in advance

    def authorities(self) -> list[AuthorityView]:
        """What may still be used at this outlet; a supervisor sees it."""
        self._must_approve()
        with self._store.reading() as reading:
            return [_view(row) for row in authorities.valid(reading, self._station.outlet)]

    def grant(self, bounds: Bounds) -> AuthorityView:
        """Let an operator do for some hours what needs a supervisor. NotAllowed when it is for oneself."""
        staff_no = self._must_approve()
        if bounds.operator == staff_no:
            raise NotAllowed(say("Nobody gives an authority to themselves."), field="operator")
        self._must_name_what_is_there(bounds)
        with self._writing("authority") as tx:
            return _view(authorities.make(tx, self._station.outlet, "grant", staff_no, bounds))

    def make_codes(self, count: int, bounds: Bounds) -> list[AuthorityView]:
        """So many one-time codes, to be kept by the supervisor and read out one by one. Shown this once only."""
        staff_no = self._must_approve()
        clock = self._store.clock
        with self._store.reading() as reading:
            most = AUTHORITY_CODES.of(reading)
            first = authorities.next_number(reading, self._station.outlet)
        if not 1 <= count <= most:
            raise NotAllowed(say("Between 1 and {most} codes.", most=most), field="count")
        self._must_name_what_is_there(bounds)
        secrets = [f"{first + n}-{authorities.secret(clock.random_bits(40))}" for n in range(count)]
        hashes = [hashed(secret) for secret in secrets]  # slow on purpose: before the transaction
        made = []
        with self._writing("authority") as tx:
            for secret, secret_hash in zip(secrets, hashes, strict=True):
                row = authorities.make(tx, self._station.outlet, "code", staff_no, replace(bounds, uses=1), secret_hash)
                if not secret.startswith(f"{row.number}-"):
                    raise NotAllowed(say("Another counter made codes just now. Repeat."))
                made.append(replace(_view(row), code=secret))
        return made

    def withdraw_authority(self, number: int) -> None:
        """End an authority before its time."""
        self._must_approve()
        with self._writing("authority") as tx:
            authorities.withdraw(tx, self._station.outlet, number)

    def _must_name_what_is_there(self, bounds: Bounds) -> None:
        """ClockDoubted while nobody knows from when on it would hold, StoreDoubted on another store. NotAllowed beside
        a business or an operator that there is none of: such a bound would hold for nothing."""
        self.must_be_sure()
        if bounds.business and bounds.business not in BUSINESSES:
            raise NotAllowed(say("There is no business {code} here.", code=bounds.business), field="business")
        with self._store.reading() as reading:
            person = reading.find(Operator, staff_no=bounds.operator, outlet=self._station.outlet)
        if bounds.operator and (person is None or person.state == "left"):
            raise NotAllowed(say("Nobody here has the staff number {staff_no}.", staff_no=bounds.operator),
                             field="operator")  # fmt: skip

    def _must_approve(self) -> str:
        """The staff number of the supervisor who is signed on. NotAllowed for others."""
        person = self._person()
        if person.role not in {"supervisor", "manager"}:
            raise NotAllowed(say("A supervisor gives authorities."))
        return person.staff_no


def _view(row: Authority) -> AuthorityView:
    return AuthorityView(
        row.number, row.kind, row.supervisor, row.operator, row.business, row.amount_limit, row.uses_left,
        row.valid_until,
    )  # fmt: skip


def standing(run: Run) -> Authority | None:
    """The grant that lets the run's operator do it, where only a supervisor's word is wanting."""
    return authorities.standing(run.context, shown.at_stake(run.quote, run.qualification.reasons))


def _must_reach(run: Run) -> None:
    """NotAllowed when the approver's own role, which the run has looked with, may not do this, or not with so much."""
    for reason in run.qualification.reasons:
        if reason.rule in OF_ROLES:
            told = say("Who approves may not do this either: {reason}", reason=reason.message)
            raise NotAllowed(told, field="staff_no")
