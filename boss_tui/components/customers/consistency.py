"""What a clerk types of a person, held against the document and against what is known here (catalogue F3).

Each function answers a message for beside the field, or None. Whether a number is one of its kind is `identity`'s.
"""

from __future__ import annotations

from datetime import date, timedelta

from boss_tui.components.customers.customers import Person
from boss_tui.components.identity.kinds import OLDEST_YEARS, age_on
from boss_tui.forms.typed import LONG_TERM
from data.message import Message, say

LONGEST_YEARS = 20
"""For how many years a person's document is made out at most; longer ones are long-term (GB: 5, 10, 20 years, 长期)."""
NO_LONGER_VALID = say("This document is no longer valid.")


def birth_fault(person: Person | None, typed: date | None, today: date) -> Message | None:
    """A typed birth date: not in the future, not beyond any age, not another than the document's or the known one."""
    if typed is None:
        return None
    if typed > today:
        return say("The date of birth {date} is in the future.", date=typed.isoformat())
    if age_on(typed, today) > OLDEST_YEARS:
        return say("The date of birth {date} is more than 150 years ago.", date=typed.isoformat())
    if person is not None and person.born_by_document not in {"", typed.isoformat()}:
        return say("By the document it is {date}: one of the two is mistyped.", date=person.born_by_document)
    known = person.known.birth_date if person is not None and person.known is not None else ""
    if known not in {"", typed.isoformat()}:
        return say("Known here as born on {date}: look at the document; C4.1 corrects it.", date=known)
    return None


def expiry_fault(person: Person | None, typed: date | None, today: date) -> Message | None:
    """A document's last day: it passes on that very day. Where none is typed, the one that is known here counts."""
    if typed is not None:
        if typed < today:
            return NO_LONGER_VALID
        if person is not None and person.holder == "individual" and LONG_TERM > typed > _years_on(today, LONGEST_YEARS):
            return say(
                "Nobody's document is valid for more than {n} years: type long-term when it has no last day.",
                n=LONGEST_YEARS,
            )
        return None
    known = person.known.document_expires if person is not None and person.known is not None else ""
    if known and known < today.isoformat():
        return say("The document that is known here ended on {date}: type the last day of the new one.", date=known)
    return None


def expiry_note(person: Person | None, typed: date | None) -> Message | None:
    """A reminder while nobody has looked at the last day of a person's document."""
    if person is None or typed is not None or person.holder != "individual":
        return None
    if person.known is not None and person.known.document_expires:
        return None
    return say("Look at its last day, and type it.")


def name_note(name: str | None) -> Message | None:
    """A doubt about a name of a single character: there are some, and more that are cut off."""
    return say("One character: is that the whole name?") if name and len(name) == 1 else None


def _years_on(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28) + timedelta(days=1)
