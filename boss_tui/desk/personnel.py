"""The people of the house, for who looks after them (M7): passwords that the office gives, what somebody who leaves
or moves still holds, and who did what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from boss_tui.components.operators import rights_review
from boss_tui.components.operators.access import note_access
from boss_tui.components.operators.at_work import AtWork, at_work
from boss_tui.components.operators.delegations import rights
from boss_tui.components.operators.grades import role_name
from boss_tui.components.operators.leaving import AT_THE_HALL, Held, Leaver, held_by, leavers
from boss_tui.components.operators.passwords import hashed
from boss_tui.components.operators.staff_passwords import one_time
from boss_tui.components.operators.work_record import Deed, Sought, Total, deeds, run_of, totals
from boss_tui.desk.runs import Runs
from boss_tui.desk.seat import Seat
from boss_tui.desk.supervisors import Supervisors
from boss_tui.desk.trusting import Trust
from boss_tui.editions import drafts
from boss_tui.forms.typed import day_typed
from data.errors import NotAllowed, NotFound
from data.message import Message, say
from data.store import Reading
from data.tables.edition import Edition
from data.tables.organisation import Operator

if TYPE_CHECKING:
    from boss_tui.desk.managed import DraftedRows
    from boss_tui.desk.managing import Managing
    from boss_tui.management.kit.answering import Fact

M7 = "M7"


class OneTimePassword(Struct, frozen=True):
    """A password as it is read out, once: nobody can look it up again. `edition`: the number and state of what gives
    it."""

    staff_no: str
    password: str
    edition: int
    state: str


class ReviewLine(Struct, frozen=True):
    """Somebody of the review of rights: `operators.rights_review.Reviewed` and who they are. Business dates."""

    staff_no: str
    name: str
    outlet: str
    role: str
    role_name: Message
    state: str
    confirmed_on: str
    due_on: str
    lapses_on: str


class Personnel:
    """The part of the desk that looks after the staff."""

    def __init__(
        self, seat: Seat, trust: Trust, supervisors: Supervisors, runs: Runs, managing: Callable[[], Managing]
    ) -> None:
        """`managing`: asked for by the office alone."""
        self._seat, self._trust, self._supervisors, self._runs = seat, trust, supervisors, runs
        self._of_managing = managing

    def give_password(self, staff_no: str, reason: str = "") -> OneTimePassword:
        """A one-time password for somebody; see `management.m07.passwords`. NotAllowed anywhere but at the office."""
        from boss_tui.management.m07 import passwords as m07_passwords

        rules = self._seat.rules
        if rules is None:
            raise NotAllowed(say("Headquarters' office gives passwords; one's own is changed at the sign-on."))
        password = one_time(self._seat.store.clock.random_bits)
        password_hash = hashed(password)  # slow on purpose: before the transaction
        with self._seat.writing("edition") as tx:
            self._trust.must_be_sure(tx)
            made = m07_passwords.give(self._runs.context(tx, M7), staff_no.strip(), password_hash, reason, rules)
        return OneTimePassword(staff_no.strip(), password, made.number, made.state)

    def leaving(self, staff_no: str) -> list[Held]:
        """What somebody still holds: a supervisor sees it of their hall, the office of all, with what the hall alone
        knows.

        NotFound: there is no such person here.
        """
        self._must_look_after()
        with self._seat.reading() as reading:
            person = self._somebody(reading, staff_no.strip())
            held = held_by(reading, person.staff_no)
            return held if person.outlet == self._seat.station.outlet else [*held, AT_THE_HALL]

    def leavers(self) -> list[Leaver]:
        """Who works here no more and has left something that others must see to: a supervisor is told of the hall, the
        office of all. Nothing for who does not look after the staff."""
        with self._seat.reading() as reading:
            if self._seat.is_office:
                person = self._seat.person(reading)
                looks = M7 in rights(reading, person.staff_no, person.role)
                return leavers(reading) if looks else []
            return leavers(reading, self._seat.station.outlet) if self._seat.person(reading).supervises else []

    def take_over(self, number: int) -> Edition:
        """Go on with an edition whose author works here no more. NotAllowed: they do; NotFound."""
        with self._seat.writing("edition") as tx:
            self._trust.must_be_sure(tx)
            found = tx.find(Edition, number=number)
            if found is None:
                raise NotFound(say("There is no edition {number}.", number=number))
            return drafts.take_over(self._runs.context(tx, found.subject), found.id)

    # the review of rights

    def review(self) -> list[ReviewLine]:
        """Whose rights are to be confirmed, the overdue first. NotAllowed anywhere but at the office, or without M7."""
        self._must_be_office()
        with self._seat.reading() as reading:
            day = self._seat.today(reading)
            return [
                ReviewLine(
                    each.person.staff_no,
                    each.person.name,
                    each.person.outlet,
                    each.person.role,
                    role_name(reading, each.person.role),
                    each.state,
                    each.person.confirmed_on,
                    each.due_on,
                    each.lapses_on,
                )
                for each in rights_review.of_all(reading, day)
            ]

    def rights_of(self, staff_no: str) -> list[Fact]:
        """All that somebody may, right by right, and what is handed to them."""
        from boss_tui.management.m07.trial import may_in_words

        self._must_be_office()
        with self._seat.reading() as reading:
            return list(may_in_words(reading, self._somebody(reading, staff_no)))

    def confirm(self, staff_nos: Sequence[str], edition: str = "", **said: str) -> DraftedRows:
        """People keep what they have: into the draft that is meant (`Managing.change`). NotAllowed: one's own."""
        self._must_be_office()
        if self._seat.person().staff_no in staff_nos:
            raise NotAllowed(say("Another person confirms your own."), field="staff_no")
        with self._seat.reading() as reading:
            day = self._seat.today(reading)
        keys = [(each,) for each in staff_nos]
        return self._of_managing().change("M7/operator", keys, {"confirmed_on": day}, edition, **said)

    def _must_be_office(self) -> None:
        if not self._seat.is_office:
            raise NotAllowed(say("This is done at headquarters' office."))
        self._must_look_after()

    def _must_look_after(self) -> None:
        if not self._seat.is_office:
            self._supervisors.here(say("A supervisor looks after the staff."))
            return
        with self._seat.reading() as reading:
            person = self._seat.person(reading)
            if M7 not in rights(reading, person.staff_no, person.role):
                raise NotAllowed(say("Your role may not look at this: it lacks the right {right}.", right=M7))

    def _somebody(self, reading: Reading, staff_no: str) -> Operator:
        person = reading.find(Operator, staff_no=staff_no)
        if person is None or not (self._seat.is_office or person.outlet == self._seat.station.outlet):
            raise NotFound(say("Nobody has the staff number {staff_no}.", staff_no=staff_no))
        return person

    # who does what, and did

    def now(self) -> list[AtWork]:
        """Who is at work: a supervisor sees it of the hall, the office of all outlets."""
        self._must_look_after()
        with self._seat.reading() as reading:
            return at_work(reading, "" if self._seat.is_office else self._seat.station.outlet)

    def work(self, since: str = "", until: str = "") -> list[Total]:
        """How much each person did on these business dates (by default the open one): a supervisor sees it of the hall,
        the office of all outlets. That it was read is on record."""
        self._must_look_after()
        with self._seat.writing("access.read") as tx:
            note_access(tx, "access.read", f"work {since}..{until}")
        with self._seat.reading() as reading:
            return totals(reading, self._sought(reading, since, until))

    def work_of(
        self,
        staff_no: str = "",
        since: str = "",
        until: str = "",
        *,
        business: str = "",
        amount: int = 0,
        exceptions: bool = False,
    ) -> list[Deed]:
        """What one person did, act by act; empty: oneself, which everybody may. `amount`: fen at least."""
        me = self._seat.person().staff_no
        if staff_no.strip() not in ("", me):
            self._must_look_after()
            with self._seat.reading() as reading:
                self._somebody(reading, staff_no.strip())
            with self._seat.writing("access.read") as tx:
                note_access(tx, "access.read", staff_no.strip())
        with self._seat.reading() as reading:
            sought = replace(
                self._sought(reading, since, until),
                business=business.strip().upper(),
                amount=amount,
                exceptions=exceptions,
            )
            return deeds(reading, staff_no.strip() or me, sought)

    def run_of(self, deed: Deed) -> str:
        """The serial of the order or act behind a deed; empty: there is none."""
        with self._seat.reading() as reading:
            return run_of(reading, deed)

    def _sought(self, reading: Reading, since: str, until: str) -> Sought:
        """The business dates that are meant. NotAllowed: no date, or turned round."""
        outlet = self._seat.station.outlet
        here = self._seat.today(reading)
        first = day_typed(since, "since").isoformat() if since.strip() else here
        last = day_typed(until, "until").isoformat() if until.strip() else max(first, here)
        if last < first:
            raise NotAllowed(say("{first} is after {last}.", first=first, last=last), field="until")
        return Sought(first, last, "" if self._seat.is_office else outlet)
