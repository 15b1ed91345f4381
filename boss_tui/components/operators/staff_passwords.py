"""Passwords of staff (management-facts 6): which one counts, how long, and what one that somebody chooses must be.

At least 8 characters, 12 for a manager; three of the four classes digit, small, capital, other; without the staff
number, the name or the birth date; none of the last five; changed after 90 days, with a warning seven days before. One
that headquarters gave is changed at the first sign-on.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from boss_tui.components.operators.passwords import matches
from data.clock import moment
from data.errors import NotAllowed
from data.message import Message, say
from data.names import pinyin
from data.parameters import PASSWORD_DAYS, PASSWORD_WARNED_DAYS, PASSWORDS_REMEMBERED
from data.store import Reading
from data.tables.organisation import Operator
from data.tables.staff import OperatorPassword

LENGTH, MANAGERS_LENGTH, LONGEST = 8, 12, 64
CLASSES = 3

Use = Literal["good", "initial", "expired"]


class PasswordStanding(Struct, frozen=True):
    """The password that counts: its hash; whether it must be changed before anything else is done (`use`), and in how
    many days, where that is near."""

    password_hash: str
    use: Use = "good"
    days_left: int | None = None


def digest(password_hash: str) -> str:
    """A hash of headquarters', as `OperatorPassword.replaces` names it."""
    return hashlib.sha256(password_hash.encode()).hexdigest()


def chosen(reading: Reading, person: Operator) -> list[OperatorPassword]:
    """The passwords that somebody chose where they work, newest first: what other outlets tell counts for nothing."""
    return reading.all(OperatorPassword, staff_no=person.staff_no, outlet=person.outlet, order=("-number",))


def next_number(reading: Reading, person: Operator) -> int:
    """The number of the next password that somebody chooses where they work."""
    return max((row.number for row in chosen(reading, person)), default=0) + 1


def standing(reading: Reading, person: Operator, now: datetime) -> PasswordStanding:
    """The password of a member of staff that counts now."""
    own = chosen(reading, person)
    if not own or own[0].replaces != digest(person.password_hash):
        return PasswordStanding(person.password_hash, "good" if person.password_use == "lasting" else "initial")
    left = moment(own[0].made_at) + timedelta(days=PASSWORD_DAYS.of(reading)) - now
    if left <= timedelta():
        return PasswordStanding(own[0].password_hash, "expired")
    warned = timedelta(days=PASSWORD_WARNED_DAYS.of(reading))
    return PasswordStanding(own[0].password_hash, days_left=left.days + 1 if left <= warned else None)


_GROUP = ("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "abcdefghijkmnpqrstuvwxyz")
"""The characters of a group of a one-time password, without those that look or sound alike in print."""
_GROUPS = 3


def one_time(random_bits: Callable[[int], int]) -> str:
    """A password to be read out and typed once, such as Kp7m-Ra4x-Tq9w: 51 bits, of three classes and good by rule."""
    groups = ("".join(signs[random_bits(32) % len(signs)] for signs in _GROUP) for _ in range(_GROUPS))
    return "-".join(groups)


def must_be_good(password: str, person: Operator, grade: str) -> None:
    """NotAllowed says what a chosen password lacks."""
    wrong = _fault(password, person, grade)
    if wrong is not None:
        raise NotAllowed(wrong, field="password")


def _fault(password: str, person: Operator, grade: str) -> Message | None:
    least = MANAGERS_LENGTH if grade == "manager" else LENGTH
    if not least <= len(password) <= LONGEST:
        return say("At least {n} characters, at most {most}.", n=least, most=LONGEST)
    if any(unicodedata.category(sign).startswith("C") for sign in password):
        return say("No control characters.")
    if len({(sign.isdigit(), sign.islower(), sign.isupper()) for sign in password}) < CLASSES:
        return say("Three of these four: digits, small letters, capitals, other characters.")
    if any(part in _folded(password) for part in _known(person)):
        return say("Not with the staff number, the name or the birth date in it.")
    return None


def _folded(text: str) -> str:
    """Letters and digits alone, in one width and case: what stands between them hides nothing."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def _known(person: Operator) -> set[str]:
    """What everybody knows of a person, folded."""
    names = [person.name, *person.name.split(), pinyin(person.name)]
    known = {_folded(text) for text in (person.staff_no, *names)}
    if person.birth_date:
        born = date.fromisoformat(person.birth_date)
        known |= {born.strftime(shape) for shape in ("%Y%m%d", "%y%m%d", "%d%m%Y", "%d%m%y")}
    return {text for text in known if len(text) > 2 or (len(text) == 2 and not text.isascii())}


def must_be_new(password: str, hashes: list[str], remembered: int) -> None:
    """NotAllowed when it is one of those before. Slow on purpose, so outside of any transaction."""
    if any(matches(each, password) for each in hashes):
        raise NotAllowed(say("Not one of the last {n}.", n=remembered), field="password")


def not_again(reading: Reading, person: Operator) -> list[str]:
    """The hashes of those that are remembered, and of the one that headquarters gave."""
    return [
        *filter(None, [person.password_hash]),
        *(row.password_hash for row in chosen(reading, person)[: PASSWORDS_REMEMBERED.of(reading)]),
    ]
