"""Signing on: staff number and password; how tries go, who may be here still, and changing one's own password.

Whoever guesses learns nothing from time or words: a number that nobody has takes as long as one that somebody has, is
paused and locked like it, and no name or state is told before the password is right (management-facts 6).
"""

from __future__ import annotations

import hmac
from contextlib import AbstractContextManager
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from boss_tui.components.operators.access import note_access
from boss_tui.components.operators.grades import grade_of
from boss_tui.components.operators.passwords import hashed, matches
from boss_tui.components.operators.pauses import must_wait
from boss_tui.components.operators.sign_on_tries import SignOnTries
from boss_tui.components.operators.staff_passwords import (
    Use,
    digest,
    must_be_good,
    must_be_new,
    next_number,
    not_again,
    standing,
)
from boss_tui.desk.station import LastOn, Operator, Station
from data.clock import moment, stamp
from data.errors import Locked, NotAllowed, SignedOff
from data.journal import Author
from data.message import Message, say
from data.parameters import PASSWORDS_REMEMBERED
from data.restored import refuse_restored
from data.store import Reading, Store, UnitOfWork
from data.tables.organisation import Operator as OperatorRow
from data.tables.staff import OperatorPassword, OperatorStanding
from data.tables.sync import Setting

APPROVAL = "approve"
SECRET = "sign_on_secret"
"""The setting that keys the numbers nobody has: what is typed there may be a password."""
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$r370qG4vObO+pYtCj3kuMg$5C+yv19XrGfuYP7UUB3OQ5i+AuPvv+KSJedaWKw+ErY"
"""A hash that no password has, of the same cost as the others: comparing with it takes as long."""
REFUSED = say("Staff number or password is wrong.")
WRONG = say("The password is wrong.")
"""Of whoever is known to be there: they unlock their counter, or choose another password."""
_CHANGE: dict[Use, str] = {"good": "", "initial": "initial", "expired": "expired"}


class StaffFacts(Struct, frozen=True):
    """What the store says of a typed staff number: their row if there is one, how tries went, the hash that counts."""

    typed: str
    row: OperatorRow | None
    tries: OperatorStanding | None
    password_hash: str
    change: str = ""
    days_left: int | None = None
    grade: str = ""

    @property
    def given(self) -> str:
        """Which password of headquarters' counts, as `OperatorStanding.against` names it."""
        return digest(self.row.password_hash) if self.row is not None else ""

    @property
    def failed(self) -> int:
        """The wrong passwords that count."""
        return failed_against(self.tries, self.row)


def failed_against(tries: OperatorStanding | None, row: OperatorRow | None) -> int:
    """The wrong passwords in a row, of the password that headquarters gave last: another one begins anew."""
    if tries is None or (row is not None and tries.against not in ("", digest(row.password_hash))):
        return 0
    return tries.failed


def sign_on(store: Store, station: Station, staff_no: str, password: str, *, kind: str = "sign_on") -> Operator:
    """The operator, when the password is theirs; what `kind` of act it was for is put on record either way.

    NotAllowed otherwise, also while a pause lasts; Locked when only another person opens again. An approval takes no
    password that must be changed. Where none is typed nothing is tried: keys pressed on a locked desk shut nobody out.
    """
    if not password:
        raise NotAllowed(say("Type the password."), field="password")
    with store.reading() as reading:
        known = look_up(reading, station, staff_no)
        _must_be_open(reading, known)
    right = matches(known.password_hash, password) and known.row is not None  # slow on purpose: outside of it all
    if right and kind == APPROVAL and known.change:
        raise NotAllowed(say("This password must be changed first: sign on with it."), field="password")
    with _again(store, station, known, kind, right) as reading:
        now = look_up(reading, station, staff_no)
        _must_be_open(reading, now)  # of many tries at once, those after the last free one don't count
        if isinstance(reading, UnitOfWork):
            (_let_in if right else _turn_away)(reading, station, now, kind)
    if not right or now.row is None:
        raise NotAllowed(WRONG if kind in ("unlock", "password") else REFUSED, field="password")
    if now.row.state != "active":
        raise NotAllowed(_not_active(now.row), field="staff_no")
    row, tries = now.row, now.tries
    last = LastOn(tries.last_at, tries.last_counter, tries.failed_since) if tries else LastOn()
    language = (tries.language if tries else "") or row.language
    return Operator(row.staff_no, row.name, row.role, language, last, now.change, now.days_left, now.grade)


def keep_language(tx: UnitOfWork, station: Station, staff_no: str, language: str) -> None:
    """What somebody reads from now on, at every counter of this store."""
    _set(tx, station, look_up(tx, station, staff_no), language=language)


def _again(
    store: Store, station: Station, known: StaffFacts, kind: str, right: bool
) -> AbstractContextManager[Reading]:
    """The moment in which a try is judged: a transaction that writes it down. A supervisor's approval with nothing to
    forget is on record with what it approves, and needs none."""
    if right and kind == APPROVAL and not (known.tries and known.tries.failed):
        return store.reading()
    return store.transaction(_author(station, known, kind))


def look_up(reading: Reading, station: Station, staff_no: str) -> StaffFacts:
    """What there is to know of a typed staff number at this outlet."""
    typed = staff_no.strip()
    row = reading.find(OperatorRow, staff_no=typed, outlet=station.outlet)
    tries = reading.find(OperatorStanding, outlet=station.outlet, staff_no=typed if row else _masked(reading, typed))
    if row is None:
        return StaffFacts(typed, None, tries, NOBODYS)
    counts = standing(reading, row, reading.present())
    counts_hash = counts.password_hash or NOBODYS
    return StaffFacts(
        typed, row, tries, counts_hash, _CHANGE[counts.use], counts.days_left, grade_of(reading, row.role)
    )


def _masked(reading: Reading, typed: str) -> str:
    secret = reading.find(Setting, name=SECRET)
    key = secret.value.encode() if secret else b""
    return "?" + hmac.new(key, typed.encode(), sha256).hexdigest()[:16]


def _author(station: Station, known: StaffFacts, kind: str) -> Author:
    return Author(station.outlet, kind, known.row.staff_no if known.row else "", station.counter)


def _must_be_open(reading: Reading, known: StaffFacts) -> None:
    """Locked, or NotAllowed with the end of the pause; the same for a number that nobody has."""
    if known.tries is None:
        return
    tries = SignOnTries.of(reading)
    last = moment(known.tries.failed_at) if known.tries.failed_at else None
    if tries.is_locked(known.failed):
        message = say("Too many wrong passwords: another supervisor unlocks this staff number, or headquarters' code.")
        raise Locked(message, field="staff_no")
    until = tries.shut_until(known.failed, last, reading.present())
    if until is not None:
        raise must_wait(until, "password")


def _let_in(tx: UnitOfWork, station: Station, known: StaffFacts, kind: str) -> None:
    """Forget the wrong tries, and note who came; somebody who is locked or gone is on record as refused."""
    row = known.row
    if row is None or row.state != "active":
        note_access(tx, f"{kind}.refused", known.typed, row.state if row else "")
        return
    values: dict[str, object] = {"failed": 0, "challenge": "", "challenge_at": ""}
    if kind == "sign_on":
        values.update(failed_since=0, last_at=tx.now(), last_counter=station.counter)
    _set(tx, station, known, **values)
    note_access(tx, kind, row.staff_no)


def _turn_away(tx: UnitOfWork, station: Station, known: StaffFacts, kind: str) -> None:
    """Count a wrong password."""
    if known.row is None and tx.find(Setting, name=SECRET) is None:
        tx.add(Setting, name=SECRET, value=f"{tx.clock.random_bits(256):064x}")
        known = replace(known, tries=None)
    before, now = known.tries, tx.present()
    last = moment(before.failed_at) if before and before.failed_at else None
    failed = SignOnTries.of(tx).counted(known.failed, last, now) + 1 if before else 1
    since = before.failed_since + 1 if before else 1
    _set(tx, station, known, failed=failed, failed_at=stamp(now), failed_since=since, against=known.given)
    note_access(tx, f"{kind}.refused", known.row.staff_no if known.row else "", "password" if known.row else "number")


def _set(tx: UnitOfWork, station: Station, known: StaffFacts, **values: object) -> None:
    if known.tries is not None:
        tx.change(known.tries, **values)
        return
    key = known.typed if known.row else _masked(tx, known.typed)
    tx.add(OperatorStanding, outlet=station.outlet, staff_no=key, **values)


def present(reading: Reading, station: Station, person: Operator) -> Operator:
    """Who works at a desk, as their row stands now. SignedOff: they are locked, have left or work elsewhere."""
    row = reading.find(OperatorRow, staff_no=person.staff_no)
    if row is None or row.state != "active" or row.outlet != station.outlet:
        raise SignedOff(_not_active(row))
    grade = grade_of(reading, row.role)
    if (row.name, row.role, grade) == (person.name, person.role, person.grade):
        return person
    return replace(person, name=row.name, role=row.role, grade=grade)


def _not_active(row: OperatorRow | None) -> Message:
    if row is not None and row.state == "locked":
        return say("This staff number is locked: headquarters unlocks it (M7).")
    return say("This staff number works here no more: ask headquarters (M7).")


def change_first(why: str) -> NotAllowed:
    """What is said to who must change their password before anything else."""
    if why == "initial":
        return NotAllowed(say("Change the password that headquarters gave you first."), field="password")
    return NotAllowed(say("Your password is too old: change it first."), field="password")


def change_password(store: Store, station: Station, staff_no: str, old: str, new: str) -> None:
    """Choose another password of one's own. NotAllowed: the old one is wrong, or the new one breaks a rule."""
    sign_on(store, station, staff_no, old, kind="password")
    with store.reading() as reading:
        row = reading.one(OperatorRow, staff_no=staff_no)
        before, remembered = not_again(reading, row), PASSWORDS_REMEMBERED.of(reading)
        grade = grade_of(reading, row.role)
    must_be_good(new, row, grade)
    must_be_new(new, before, remembered)
    password_hash = hashed(new)
    with store.transaction(Author(station.outlet, "password", staff_no, station.counter)) as tx:
        refuse_restored(tx)
        row = tx.one(OperatorRow, staff_no=staff_no)
        tx.add(
            OperatorPassword,
            staff_no=staff_no,
            number=next_number(tx, row),
            outlet=station.outlet,
            password_hash=password_hash,
            replaces=digest(row.password_hash),
            made_at=stamp(tx.present()),
        )
        note_access(tx, "password.changed", staff_no)
