"""Who works at the counter: signing on and off, the lock, passwords, and what supervisors see and undo of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlalchemy import bindparam, select, text

from boss_tui.business.entries import ENTRIES
from boss_tui.components.operators.access import note_access
from boss_tui.components.operators.delegations import rights
from boss_tui.components.operators.grades import grade_of
from boss_tui.components.operators.sign_on_tries import SignOnTries
from boss_tui.desk import staff
from boss_tui.desk.seat import Seat
from boss_tui.desk.station import AccessLine, BusinessLine, Challenge, Operator, StaffLine, State
from boss_tui.desk.supervisors import Supervisors
from data.clock import moment, stamp
from data.errors import NotAllowed
from data.journal import Author
from data.message import Message, both, say
from data.store import Reading
from data.tables.finance import BusinessDay, Shift
from data.tables.organisation import Operator as OperatorRow
from data.tables.organisation import Outlet
from data.tables.staff import OperatorStanding
from data.tables.sync import TRAINING, AccessLog, Setting

if TYPE_CHECKING:
    from boss_tui.sync.keys import DeviceKey

HEADQUARTERS_KEY = "headquarters_key"
MOST_LINES = 1_000

_log = AccessLog.table()
_LATEST = select(*_log.c).order_by(_log.c.made_at.desc(), _log.c.id.desc()).limit(bindparam("most"))
_LATEST_OF = (
    select(*_log.c)
    .where(_log.c.operator == bindparam("of"))
    .order_by(_log.c.made_at.desc(), _log.c.id.desc())
    .limit(bindparam("most"))
)
_shifts = Shift.table()
_THEIRS = select(_shifts.c.state).where(
    _shifts.c.outlet == bindparam("outlet"),
    _shifts.c.operator == bindparam("of"),
    text("shift.state != 'closed'"),  # in the words of the index
)
"""How the shift stands that somebody has not closed yet."""

_REFUSAL = say("A supervisor looks after the staff.")


class Signing:
    """The part of the desk that knows who is there."""

    def __init__(self, seat: Seat, supervisors: Supervisors) -> None:
        self._seat, self._supervisors = seat, supervisors

    def state(self) -> State:
        """Outlet, counter, operator, business date and till."""
        with self._seat.store.reading() as reading:
            outlet = reading.one(Outlet, code=self._seat.station.outlet)
            day = reading.find(BusinessDay, outlet=outlet.code, state="open")
            shift = reading.find(Shift, till=self._seat.station.counter, state="open")
            training = reading.find(Setting, name=TRAINING) is not None
            operator = self._seat.still_here(reading)
            theirs = None
            if operator is not None and shift is None:
                theirs = reading.scalar(_THEIRS, outlet=outlet.code, of=operator.staff_no)
        return State(
            outlet.code,
            both(outlet.name_zh, outlet.name_en),
            self._seat.station.counter,
            day.business_date if day else "",
            operator.name if operator else "",
            operator.grade if operator else "",
            shift is not None,
            training=training,
            advice=self._advice() if operator is None else (),
            staff_no=operator.staff_no if operator else "",
            is_office=self._seat.is_office,
            dismissed=self._seat.dismissed.message if self._seat.dismissed is not None else None,
            is_demo=self._seat.machines is not None,
            shift_suspended=theirs == "suspended",
        )

    def _advice(self) -> tuple[Message, ...]:
        """What whoever is going to sign on is told."""
        failing = self._seat.failing()
        return self._seat.advice if failing is None else (*self._seat.advice, failing)

    def businesses(self) -> list[BusinessLine]:
        """Everything of the catalogue that this program can do here, also what this operator may not."""
        if self._seat.is_office:
            return []
        with self._seat.store.reading() as reading:
            here = self._seat.still_here(reading)
            held = rights(reading, here.staff_no, here.role) if here else set[str]()
        return [BusinessLine(one.code, one.name, one.aliases, one.code in held, one.offline) for one in ENTRIES]

    def warn(self, message: Message) -> None:
        """Say something before anybody signs on, above all else that is said there."""
        self._seat.advice = (message, *self._seat.advice)

    # on and off

    def sign_on(self, staff_no: str, password: str, language: str = "") -> Operator:
        """Sign on at this counter; whoever was signed on before is signed off. Locked, NotAllowed; BadForm: there is no
        such counter. `language`: what the program speaks, which is read by who has chosen none.

        Who must change their password first can do nothing else: `Operator.change` says why.
        """
        with self._seat.store.reading() as reading:
            self._seat.station.must_be_there(reading)
        person = staff.sign_on(self._seat.store, self._seat.station, staff_no, password)
        person = replace(person, language=person.language or language)
        self._seat.leave()
        self._seat.operator = person
        return person

    def sign_off(self) -> Message | None:
        """Sign off. Drafts stay; they can be taken over. Answers what there is to say of a drawer that stays theirs."""
        from boss_tui.components.till.shifts import running_of

        with self._seat.store.reading() as reading:
            here = self._seat.still_here(reading)
            left = running_of(reading, self._seat.station.outlet, here.staff_no) if here else None
        self._note("sign_off")
        self._seat.leave()
        if left is None:
            return None
        return say(
            "{staff_no}'s drawer at {till} is open: close it or hand it over before going.",
            staff_no=left.operator,
            till=left.till,
        )

    def lock(self) -> None:
        """Lock the counter: nothing is done until `unlock`. Who was served shows again who they are."""
        self._seat.in_view.lapse()
        if not self._seat.locked:
            self._note("lock")
        self._seat.locked = True

    def prove(self, staff_no: str, password: str) -> None:
        """Whoever is to work here next is who they say, before who has locked the counter is signed off. Locked,
        NotAllowed."""
        staff.sign_on(self._seat.store, self._seat.station, staff_no, password)

    def unlock(self, password: str) -> None:
        """Unlock with the operator's own password."""
        if self._seat.operator is None:
            raise self._seat.nobody()
        staff.sign_on(self._seat.store, self._seat.station, self._seat.operator.staff_no, password, kind="unlock")
        self._seat.locked = False

    def _note(self, act: str) -> None:
        """Put an act of whoever is signed on on record, also while the counter is locked."""
        person = self._seat.operator
        if person is None:
            return
        author = Author(self._seat.station.outlet, act, person.staff_no, self._seat.station.counter)
        with self._seat.store.transaction(author) as tx:
            note_access(tx, act, person.staff_no)

    def speak(self, language: str) -> None:
        """The operator reads another language from now on (zh_CN, en), when they sign on again too."""
        person = self._seat.person()
        with self._seat.writing("language") as tx:
            staff.keep_language(tx, self._seat.station, person.staff_no, language)
        self._seat.operator = replace(person, language=language)

    # passwords

    def change_password(self, old: str, new: str) -> None:
        """Choose another password of one's own. NotAllowed: the old one is wrong (field `old`), or the new one breaks a
        rule (field `password`)."""
        if self._seat.operator is None or self._seat.locked:
            raise self._seat.nobody()
        try:
            staff.change_password(self._seat.store, self._seat.station, self._seat.operator.staff_no, old, new)
        except NotAllowed as refusal:
            if not refusal.field or refusal.message == staff.WRONG:
                raise NotAllowed(refusal.message, field="old") from refusal
            raise
        self._seat.operator = replace(self._seat.operator, change="", days_left=None)

    # too many wrong passwords

    def staff(self) -> list[StaffLine]:
        """Everybody of this outlet; a supervisor sees it."""
        self._supervisors.here(_REFUSAL)
        with self._seat.reading() as reading:
            rows = reading.all(OperatorRow, outlet=self._seat.station.outlet, order=("staff_no",))
            return [self._line(reading, row) for row in rows]

    def _line(self, reading: Reading, row: OperatorRow) -> StaffLine:
        tries = reading.find(OperatorStanding, outlet=self._seat.station.outlet, staff_no=row.staff_no)
        grade = grade_of(reading, row.role)
        if tries is None:
            return StaffLine(row.staff_no, row.name, grade, row.state, 0, "", "", "")
        failed = staff.failed_against(tries, row)
        last = moment(tries.failed_at) if tries.failed_at else None
        now, costs = reading.present(), SignOnTries.of(reading)
        until = costs.shut_until(failed, last, now)
        state, ends = row.state, ""
        if state == "active" and costs.is_locked(failed):
            state = "shut"
        elif state == "active" and until is not None:
            state, ends = "paused", stamp(until)
        counted = costs.counted(failed, last, now)
        return StaffLine(row.staff_no, row.name, grade, state, counted, ends, tries.last_at, tries.last_counter)

    def unlock_staff(self, staff_no: str) -> None:
        """Let somebody try again whose wrong passwords shut them out; another one who is a supervisor does it."""
        by = self._supervisors.here(_REFUSAL)
        if by == staff_no:
            raise NotAllowed(say("Another person who is a supervisor must unlock."), field="staff_no")
        with self._seat.writing("staff.unlock") as tx:
            tx.one(OperatorRow, staff_no=staff_no, outlet=self._seat.station.outlet)
            tries = tx.find(OperatorStanding, outlet=self._seat.station.outlet, staff_no=staff_no)
            if tries is None or not tries.failed:
                raise NotAllowed(say("There is nothing to unlock."), field="staff_no")
            tx.change(tries, failed=0, challenge="", challenge_at="")
            note_access(tx, "staff.unlock", staff_no)

    def challenge(self, staff_no: str = "") -> Challenge:
        """What to tell headquarters over the phone when nobody here can unlock; the same again while it is good.

        `staff_no` empty: whoever is signed on behind the lock. A number that nobody has gets one too, so that nobody
        learns who works here. NotAllowed: it is not locked, or there is no headquarters.
        """
        staff_no = staff_no.strip() or (self._seat.operator.staff_no if self._seat.operator else "")
        self._headquarters_key()
        return Challenge(self._seat.station.outlet, staff_no, self._asked(staff_no))

    def _headquarters_key(self) -> str:
        with self._seat.store.reading() as reading:
            noted = reading.find(Setting, name=HEADQUARTERS_KEY)
        if noted is None or self._seat.device is None:
            raise NotAllowed(say("This outlet has no headquarters to ask: a supervisor must unlock."), field="code")
        return noted.value

    def _asked(self, staff_no: str) -> str:
        from boss_tui.sync import unlocking  # cryptography takes its time to load, and is needed once in a year

        clock = self._seat.store.clock
        fresh = unlocking.new_challenge(clock)
        with self._seat.store.transaction(
            Author(self._seat.station.outlet, "staff.challenge", "", self._seat.station.counter)
        ) as tx:
            known = staff.look_up(tx, self._seat.station, staff_no)
            if known.tries is None or not SignOnTries.of(tx).is_locked(known.failed):
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
        staff_no = staff_no.strip() or (self._seat.operator.staff_no if self._seat.operator else "")
        with self._seat.store.reading() as reading:
            known = staff.look_up(reading, self._seat.station, staff_no)
        asked = known.tries.challenge if known.tries else ""
        expected = unlocking.code_for(self._key(), public, self._seat.station.outlet, known.typed, asked)
        right = bool(asked) and unlocking.is_code(expected, code) and known.row is not None
        author = Author(
            self._seat.station.outlet, "staff.unlock", known.typed if known.row else "", self._seat.station.counter
        )
        with self._seat.store.transaction(author) as tx:
            tries = staff.look_up(tx, self._seat.station, staff_no).tries
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
        if self._seat.device is None:
            raise NotAllowed(say("This counter has no key of its own."))
        return self._seat.device()

    # the record

    def accesses(self, most: int = 100, staff_no: str = "") -> list[AccessLine]:
        """The latest acts on record, newest first, of everybody or of one; a supervisor sees them, and that is one."""
        self._supervisors.here(_REFUSAL)
        with self._seat.writing("access.read") as tx:
            note_access(tx, "access.read", staff_no or "*")
        with self._seat.reading() as reading:
            statement = _LATEST_OF if staff_no else _LATEST
            rows = reading.models(AccessLog, statement, of=staff_no, most=max(1, min(most, MOST_LINES)))
        return [AccessLine(r.made_at, r.operator, r.counter or "", r.act, r.subject, r.reason) for r in rows]
