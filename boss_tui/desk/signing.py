"""Who works at the counter: signing on and off, the lock, passwords, and what supervisors see and undo of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from boss_tui.components import standing as rules
from boss_tui.components.access import note_access
from boss_tui.desk import staff
from boss_tui.desk.counter import Counter
from boss_tui.desk.station import AccessLine, Challenge, Operator, StaffLine, nobody
from data.clock import moment, stamp
from data.errors import NotAllowed
from data.journal import Author
from data.message import say
from data.store import Reading
from data.tables.organisation import Operator as OperatorRow
from data.tables.staff import OperatorStanding
from data.tables.sync import AccessLog, Setting

if TYPE_CHECKING:
    from boss_tui.sync.keys import DeviceKey

HEADQUARTERS_KEY = "headquarters_key"
MOST_LINES = 1_000

_log = AccessLog.__table__  # type: ignore[attr-defined]
_LATEST = select(*_log.c).order_by(_log.c.made_at.desc(), _log.c.id.desc()).limit(bindparam("most"))
_LATEST_OF = (
    select(*_log.c)
    .where(_log.c.operator == bindparam("of"))
    .order_by(_log.c.made_at.desc(), _log.c.id.desc())
    .limit(bindparam("most"))
)


class Signing(Counter):
    """The part of the desk that knows who is there."""

    # on and off

    def sign_on(self, staff_no: str, password: str) -> Operator:
        """Sign on at this counter; whoever was signed on before is signed off. Locked, NotAllowed; BadForm: there is no
        such counter.

        Who must change their password first can do nothing else: `Operator.change` says why.
        """
        with self._store.reading() as reading:
            self._station.must_be_there(reading)
        person = staff.sign_on(self._store, self._station, staff_no, password)
        self._leave()
        self._operator = person
        return person

    def sign_off(self) -> None:
        """Sign off. Drafts stay; they can be taken over."""
        self._note("sign_off")
        self._leave()

    def lock(self) -> None:
        """Lock the counter: nothing is done until `unlock`. Who was served shows again who they are."""
        self._in_view.lapse()
        if not self._locked:
            self._note("lock")
        self._locked = True

    def unlock(self, password: str) -> None:
        """Unlock with the operator's own password."""
        if self._operator is None:
            raise nobody()
        staff.sign_on(self._store, self._station, self._operator.staff_no, password, kind="unlock")
        self._locked = False

    def _note(self, act: str) -> None:
        """Put an act of whoever is signed on on record, also while the counter is locked."""
        person = self._operator
        if person is None:
            return
        author = Author(self._station.outlet, act, person.staff_no, self._station.counter)
        with self._store.transaction(author) as tx:
            note_access(tx, act, person.staff_no)

    # passwords

    def change_password(self, old: str, new: str) -> None:
        """Choose another password of one's own. NotAllowed: the old one is wrong (field `old`), or the new one breaks a
        rule (field `password`)."""
        if self._operator is None or self._locked:
            raise nobody()
        try:
            staff.change_password(self._store, self._station, self._operator.staff_no, old, new)
        except NotAllowed as refusal:
            if not refusal.field or refusal.message == staff.REFUSED:
                raise NotAllowed(refusal.message, field="old") from refusal
            raise
        self._operator = replace(self._operator, change="", days_left=None)

    # too many wrong passwords

    def staff(self) -> list[StaffLine]:
        """Everybody of this outlet; a supervisor sees it."""
        self._must_supervise_staff()
        with self._reading() as reading:
            rows = reading.all(OperatorRow, outlet=self._station.outlet, order=("staff_no",))
            return [self._line(reading, row) for row in rows]

    def _line(self, reading: Reading, row: OperatorRow) -> StaffLine:
        tries = reading.find(OperatorStanding, outlet=self._station.outlet, staff_no=row.staff_no)
        if tries is None:
            return StaffLine(row.staff_no, row.name, row.role, row.state, 0, "", "", "")
        last = moment(tries.failed_at) if tries.failed_at else None
        now = reading.present()
        until = rules.shut_until(tries.failed, last, now)
        state, ends = row.state, ""
        if state == "active" and rules.is_locked(tries.failed):
            state = "shut"
        elif state == "active" and until is not None:
            state, ends = "paused", stamp(until)
        failed = rules.counted(tries.failed, last, now)
        return StaffLine(row.staff_no, row.name, row.role, state, failed, ends, tries.last_at, tries.last_counter)

    def unlock_staff(self, staff_no: str) -> None:
        """Let somebody try again whose wrong passwords shut them out; another one who is a supervisor does it."""
        by = self._must_supervise_staff()
        if by == staff_no:
            raise NotAllowed(say("Another person who is a supervisor must unlock."), field="staff_no")
        with self._writing("staff.unlock") as tx:
            tx.one(OperatorRow, staff_no=staff_no, outlet=self._station.outlet)
            tries = tx.find(OperatorStanding, outlet=self._station.outlet, staff_no=staff_no)
            if tries is None or not tries.failed:
                raise NotAllowed(say("There is nothing to unlock."), field="staff_no")
            tx.change(tries, failed=0, challenge="", challenge_at="")
            note_access(tx, "staff.unlock", staff_no)

    def _must_supervise_staff(self) -> str:
        person = self._person()
        if person.role not in {"supervisor", "manager"}:
            raise NotAllowed(say("A supervisor looks after the staff."))
        return person.staff_no

    def challenge(self, staff_no: str = "") -> Challenge:
        """What to tell headquarters over the phone when nobody here can unlock; the same again while it is good.

        `staff_no` empty: whoever is signed on behind the lock. A number that nobody has gets one too, so that nobody
        learns who works here. NotAllowed: it is not locked, or there is no headquarters.
        """
        staff_no = staff_no.strip() or (self._operator.staff_no if self._operator else "")
        self._headquarters_key()
        return Challenge(self._station.outlet, staff_no, self._asked(staff_no))

    def _headquarters_key(self) -> str:
        with self._store.reading() as reading:
            noted = reading.find(Setting, name=HEADQUARTERS_KEY)
        if noted is None or self._device is None:
            raise NotAllowed(say("This outlet has no headquarters to ask: a supervisor must unlock."), field="code")
        return noted.value

    def _asked(self, staff_no: str) -> str:
        from boss_tui.sync import unlocking  # cryptography takes its time to load, and is needed once in a year

        clock = self._store.clock
        fresh = unlocking.new_challenge(clock)
        with self._store.transaction(Author(self._station.outlet, "staff.challenge", "", self._station.counter)) as tx:
            known = staff.look_up(tx, self._station, staff_no)
            if known.tries is None or not rules.is_locked(known.tries.failed):
                raise NotAllowed(say("This staff number is not locked."), field="staff_no")
            now = tx.present()
            if known.tries.challenge and moment(known.tries.challenge_at) + unlocking.VALID > now:
                return known.tries.challenge
            tx.change(known.tries, challenge=fresh, challenge_at=stamp(now))
        return fresh

    def unlock_by_code(self, staff_no: str, code: str) -> None:
        """Unlock with the code that headquarters read out: it works once. NotAllowed: another code, or out of time."""
        from boss_tui.sync import unlocking

        public = self._headquarters_key()
        staff_no = staff_no.strip() or (self._operator.staff_no if self._operator else "")
        with self._store.reading() as reading:
            known = staff.look_up(reading, self._station, staff_no)
        asked = known.tries.challenge if known.tries else ""
        expected = unlocking.code_for(self._key(), public, self._station.outlet, known.typed, asked)
        right = bool(asked) and unlocking.is_code(expected, code) and known.row is not None
        author = Author(self._station.outlet, "staff.unlock", known.typed if known.row else "", self._station.counter)
        with self._store.transaction(author) as tx:
            tries = staff.look_up(tx, self._station, staff_no).tries
            right = right and tries is not None and tries.challenge == asked
            if right and tries is not None:
                right = moment(tries.challenge_at) + unlocking.VALID > tx.present()
            if right and tries is not None:
                tx.change(tries, failed=0, challenge="", challenge_at="")
            subject = known.row.staff_no if known.row else ""
            note_access(tx, "staff.unlock" if right else "staff.unlock.refused", subject, "headquarters")
        if not right:
            told = say("This is not headquarters' code for this challenge. Ask for it again.")
            raise NotAllowed(told, field="code")

    def _key(self) -> DeviceKey:
        if self._device is None:
            raise NotAllowed(say("This counter has no key of its own."))
        return self._device()

    # the record

    def accesses(self, most: int = 100, staff_no: str = "") -> list[AccessLine]:
        """The latest acts on record, newest first, of everybody or of one; a supervisor sees them, and that is one."""
        self._must_supervise_staff()
        with self._writing("access.read") as tx:
            note_access(tx, "access.read", staff_no or "*")
        with self._reading() as reading:
            statement = _LATEST_OF if staff_no else _LATEST
            rows = reading.models(AccessLog, statement, of=staff_no, most=max(1, min(most, MOST_LINES)))
        return [AccessLine(r.made_at, r.operator, r.counter or "", r.act, r.subject, r.reason) for r in rows]
