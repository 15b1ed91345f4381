"""A supervisor's approval at the counter: by their own sign-on over the clerk's screen, by a grant given in advance, or
by a one-time code over the phone when none is on site. Each is on record with who gave it (catalogue F7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from boss_tui.answers import AuthorityView, Bounds, DraftView
from boss_tui.components import authorities
from boss_tui.components.operators import GRANT_MINUTES
from boss_tui.components.passwords import hashed, matches
from boss_tui.desk import drafts
from boss_tui.desk.cancelling import Cancelling
from boss_tui.desk.staff import sign_on
from boss_tui.process import Run
from data.clock import stamp
from data.errors import NotAllowed
from data.message import say
from data.tables.order import Sequence
from data.tables.organisation import Authority

CODE_TRIES = 5
"""Wrong codes at a counter on a business date, after which none is taken there any more that day."""


class Approving(Cancelling):
    """The part of the desk that asks supervisors."""

    def fill(self, draft_id: str, changes: dict[str, str]) -> DraftView:
        """Fields as typed; see `Desk.fill`."""
        raise NotImplementedError

    def approve(self, draft_id: str, staff_no: str, password: str) -> DraftView:
        """A supervisor allows what the rules leave to one: every 'override' of this draft, for some minutes.

        `staff_no` may be a one-time code instead, such as 12-483920; there is no password then.
        """
        if "-" in staff_no:
            return self._approve_by_code(draft_id, staff_no.strip())
        supervisor = sign_on(self._store, self._station, staff_no, password, kind="approve")
        if supervisor.role not in {"supervisor", "manager"} or supervisor.staff_no == self._person().staff_no:
            raise NotAllowed(say("Another person who is a supervisor must approve."), field="staff_no")
        view = self.fill(draft_id, {})
        with self._writing("approve") as tx:
            draft = drafts.current(tx, draft_id)
            self._grant(Run(self._context(tx, draft.code, draft)), view, supervisor.staff_no)
        return self.fill(draft_id, {})

    @staticmethod
    def _grant(run: Run, view: DraftView, supervisor: str) -> None:
        """Record the approval of each 'override'."""
        until = stamp(run.context.tx.clock.now() + timedelta(minutes=GRANT_MINUTES))
        for reason in view.qualification.reasons:
            if reason.verdict == "override":
                run.operators.grant(reason.rule, supervisor, until)

    def _approve_by_code(self, draft_id: str, code: str) -> DraftView:
        """The same by a code that a supervisor reads out. Wrong ones are counted; too many end codes for the day."""
        view = self.fill(draft_id, {})
        right = False
        with self._writing("approve") as tx:
            draft = drafts.current(tx, draft_id)
            context = self._context(tx, draft.code, draft)
            tries = {"name": f"codes {context.counter} {context.business_date}"}
            tried = tx.find(Sequence, **tries)
            if tried is not None and tried.value >= CODE_TRIES:
                raise NotAllowed(say("Too many wrong codes today: a supervisor must sign on."), field="staff_no")
            found = authorities.by_code(context, code, view.quote.due, matches)
            if found is None:
                tx.increase(Sequence, tries, value=1)
            else:
                right = True
                authorities.use(context, found)
                self._grant(Run(context), view, found.supervisor)
        if not right:
            raise NotAllowed(say("There is no such code, or it is used or out of time."), field="staff_no")
        return self.fill(draft_id, {})

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
        with self._writing("authority") as tx:
            return _view(authorities.make(tx, self._station.outlet, "grant", staff_no, bounds))

    def make_codes(self, count: int, bounds: Bounds) -> list[AuthorityView]:
        """So many one-time codes, to be kept by the supervisor and read out one by one. Shown this once only."""
        staff_no = self._must_approve()
        if not 1 <= count <= authorities.MOST_CODES:
            raise NotAllowed(say("Between 1 and {most} codes.", most=authorities.MOST_CODES), field="count")
        clock = self._store.clock
        with self._store.reading() as reading:
            first = authorities.next_number(reading, self._station.outlet)
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
    return authorities.standing(run.context, run.quote.due) if run.qualification.verdict == "override" else None
