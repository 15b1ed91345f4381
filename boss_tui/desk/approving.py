"""A supervisor's approval at the counter: by their own sign-on over the clerk's screen, by a grant given in advance, or
by a one-time code over the phone when none is on site. Each is on record with who gave it (catalogue F7)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from boss_tui.answers.business import DraftView, Tender
from boss_tui.answers.hall import AuthorityView, Bounds
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.operators import authorities
from boss_tui.components.operators.delegations import stands_in_for
from boss_tui.components.operators.operators import OF_ROLES
from boss_tui.components.operators.passwords import hashed
from boss_tui.desk import codes, drafts, shown
from boss_tui.desk.cancelling import approved_until
from boss_tui.desk.filling import Forms
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from data.errors import BadForm, NotAllowed
from data.message import say
from data.parameters import AUTHORITY_CODES
from data.tables.organisation import Authority, Operator

_REFUSAL = say("A supervisor gives authorities.")


class Approving:
    """The part of the desk that has forms allowed by supervisors, now or in advance."""

    def __init__(self, seat: Seat, trust: Trust, supervisors: Supervisors, runs: Runs, forms: Forms) -> None:
        self._seat, self._trust, self._supervisors, self._runs, self._forms = seat, trust, supervisors, runs, forms

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
        self._trust.must_be_sure()
        view = self._forms.fill(draft_id, {})
        if view.errors:
            raise BadForm(view.errors)
        with self._seat.writing("approve") as tx:
            wanted = self._runs.looked_at(tx, drafts.current(tx, draft_id), tenders).qualification.verdict
        if wanted == "yes":
            return view
        refusals = [reason.message for reason in view.qualification.reasons if reason.verdict == "no"]
        if refusals:
            raise NotAllowed(refusals[0], reasons=refusals)
        if seen and seen != view.shown:
            raise NotAllowed(shown.CHANGED)
        if codes.is_code(staff_no):
            code = self._supervisors.code(staff_no)
            self._give_word(draft_id, view.shown, code.supervisor, tenders, code.id)
        else:
            self._give_word(draft_id, view.shown, self._supervisors.other(staff_no, password), tenders)
        return self._forms.fill(draft_id, {})

    def _give_word(
        self, draft_id: str, seen: str, supervisor: str, tenders: Sequence[Tender] | None, code_id: str | None = None
    ) -> None:
        """Record the approval of each 'override' of what was seen; a code is used up by it."""
        with self._seat.writing("approve") as tx:
            draft = drafts.current(tx, draft_id)
            of = stands_in_for(tx, supervisor) or supervisor
            _must_reach(self._runs.looked_at(tx, draft, tenders, tx.one(Operator, staff_no=of).role))
            run = self._runs.looked_at(tx, draft, tenders)
            if not run.processes.takes_word_of(supervisor, run.quote.due):
                (asked,) = run.processes.asks(run.quote.due)
                raise NotAllowed(
                    say("{reason} That is not {who}.", reason=asked.message, who=supervisor), field="staff_no"
                )
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
        self._supervisors.here(_REFUSAL)
        with self._seat.store.reading() as reading:
            return [_view(row) for row in authorities.valid(reading, self._seat.station.outlet)]

    def grant(self, bounds: Bounds) -> AuthorityView:
        """Let an operator do for some hours what needs a supervisor. NotAllowed when it is for oneself."""
        staff_no = self._supervisors.here(_REFUSAL)
        if bounds.operator == staff_no:
            raise NotAllowed(say("Nobody gives an authority to themselves."), field="operator")
        self._must_name_what_is_there(bounds)
        with self._seat.writing("authority") as tx:
            return _view(authorities.make(tx, self._seat.station.outlet, "grant", staff_no, bounds))

    def make_codes(self, count: int, bounds: Bounds) -> list[AuthorityView]:
        """So many one-time codes, to be kept by the supervisor and read out one by one. Shown this once only."""
        staff_no = self._supervisors.here(_REFUSAL)
        clock = self._seat.store.clock
        with self._seat.store.reading() as reading:
            most = AUTHORITY_CODES.of(reading)
            first = authorities.next_number(reading, self._seat.station.outlet)
        if not 1 <= count <= most:
            raise NotAllowed(say("Between 1 and {most} codes.", most=most), field="count")
        self._must_name_what_is_there(bounds)
        secrets = [f"{first + n}-{authorities.secret(clock.random_bits(40))}" for n in range(count)]
        hashes = [hashed(secret) for secret in secrets]  # slow on purpose: before the transaction
        made = []
        with self._seat.writing("authority") as tx:
            for secret, secret_hash in zip(secrets, hashes, strict=True):
                row = authorities.make(
                    tx, self._seat.station.outlet, "code", staff_no, replace(bounds, uses=1), secret_hash
                )
                if not secret.startswith(f"{row.number}-"):
                    raise NotAllowed(say("Another counter made codes just now. Repeat."))
                made.append(replace(_view(row), code=secret))
        return made

    def withdraw_authority(self, number: int) -> None:
        """End an authority before its time."""
        self._supervisors.here(_REFUSAL)
        with self._seat.writing("authority") as tx:
            authorities.withdraw(tx, self._seat.station.outlet, number)

    def _must_name_what_is_there(self, bounds: Bounds) -> None:
        """ClockDoubted while nobody knows from when on it would hold, StoreDoubted on another store. NotAllowed beside
        a business or an operator that there is none of: such a bound would hold for nothing."""
        self._trust.must_be_sure()
        if bounds.business and bounds.business not in BUSINESSES:
            raise NotAllowed(say("There is no business {code} here.", code=bounds.business), field="business")
        with self._seat.store.reading() as reading:
            person = reading.find(Operator, staff_no=bounds.operator, outlet=self._seat.station.outlet)
        if bounds.operator and (person is None or person.state == "left"):
            raise NotAllowed(
                say("Nobody here has the staff number {staff_no}.", staff_no=bounds.operator), field="operator"
            )


def _view(row: Authority) -> AuthorityView:
    return AuthorityView(
        row.number,
        row.kind,
        row.supervisor,
        row.operator,
        row.business,
        row.amount_limit,
        row.uses_left,
        row.valid_until,
    )


def _must_reach(run: Run) -> None:
    """NotAllowed when the approver's own role, which the run has looked with, may not do this, or not with so much."""
    for reason in run.qualification.reasons:
        if reason.rule in OF_ROLES:
            told = say("Who approves may not do this either: {reason}", reason=reason.message)
            raise NotAllowed(told, field="staff_no")
