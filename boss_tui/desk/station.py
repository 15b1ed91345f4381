"""Where a desk stands and who works at it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from boss_tui.answers.business import Offline
from boss_tui.components.operators.grades import SUPERVISORS
from boss_tui.locale import DEFAULT
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from data.store import Reading
from data.tables.organisation import Counter

if TYPE_CHECKING:
    from boss_tui.home.settings import Settings


class Station(Struct, frozen=True):
    """A counter of an outlet. `linked`: whether the outlet has a headquarters at all; `paper_language`: of what is
    printed here, whatever its operators read; `contact_seconds`: for how long after it answered headquarters is taken
    to be reachable."""

    outlet: str
    counter: str
    linked: bool = False
    paper_language: str = DEFAULT
    contact_seconds: float = 600.0

    @classmethod
    def of(cls, settings: Settings, counter: str = "", *, linked: bool = False) -> Station:
        """The station that a home's settings tell of; `counter`: another one than theirs."""
        seconds = max(settings.contact_seconds, 3 * settings.exchange_seconds)
        return cls(settings.outlet, counter or settings.counter, linked, settings.paper_language, seconds)

    def must_be_there(self, reading: Reading) -> None:
        """BadForm when the outlet has no such counter: what is done there could be found nowhere. Before headquarters
        has handed any down, nobody can work here at all, and the sign-on says so."""
        known = [counter.code for counter in reading.all(Counter, outlet=self.outlet, state="active", order=("code",))]
        if known and self.counter not in known:
            told = say(
                "There is no counter {counter} at outlet {outlet}, but: {known}.",
                counter=self.counter,
                outlet=self.outlet,
                known=", ".join(known),
            )
            raise BadForm({"counter": told})


class LastOn(Struct, frozen=True):
    """The sign-on before this one: a stored time, the counter, wrong passwords since. No time: it is the first."""

    at: str = ""
    counter: str = ""
    failed: int = 0


class Operator(Struct, frozen=True):
    """Who is signed on. role: whose rights they have; grade: clerk, supervisor, manager. language: zh_CN or en;
    empty: the program's.

    `change`: why the password must be changed before anything else (initial, expired), or nothing; `days_left`: how
    long it still holds, where that is near.
    """

    staff_no: str
    name: str
    role: str
    language: str
    last: LastOn = LastOn()
    change: str = ""
    days_left: int | None = None
    grade: str = "clerk"

    @property
    def supervises(self) -> bool:
        """Whether clerks need this person's word."""
        return self.grade in SUPERVISORS


class StaffLine(Struct, frozen=True):
    """Somebody of this outlet, for supervisors. state: active, locked (by headquarters), left, paused, shut (too many
    wrong passwords, until `until`, or until somebody unlocks)."""

    staff_no: str
    name: str
    grade: str
    state: str
    failed: int
    until: str
    last_at: str
    last_counter: str


class Challenge(Struct, frozen=True):
    """What headquarters is told over the phone, to read out a code that unlocks: outlet, staff number, challenge."""

    outlet: str
    staff_no: str
    text: str


class AccessLine(Struct, frozen=True):
    """An act on record: who, when (stored time), at which counter, what, about what, why."""

    at: str
    operator: str
    counter: str
    act: str
    subject: str
    reason: str


class State(Struct, frozen=True):
    """Where we are, for the status line. `operator` is a name, `staff_no` their number, both empty while nobody is
    signed on.

    `advice` is what a newcomer is told before signing on, in a demonstration hall. `is_office`: this is headquarters'
    own station, which has no till. `dismissed`: why who worked here was signed off, while nobody is signed on since.
    `is_demo`: the machines around are simulated, and can be made to fail. `shift_suspended`: no shift is open here, but
    who is signed on has one that waits to be resumed.
    """

    outlet: str
    outlet_name: Message
    counter: str
    business_date: str
    operator: str
    grade: str
    shift_open: bool
    training: bool = False
    advice: tuple[Message, ...] = ()
    staff_no: str = ""
    is_office: bool = False
    dismissed: Message | None = None
    is_demo: bool = False
    shift_suspended: bool = False


class HeldForm(Struct, frozen=True):
    """A form that waits to be recalled. customer: a masked name. unfinished: nobody put it aside, the program ended."""

    number: int
    code: str
    label: Message
    note: str
    operator: str
    since: str
    customer: str = ""
    phone: str = ""
    unfinished: bool = False
    counter: str = ""


class BusinessLine(Struct, frozen=True):
    """A business of the catalogue, and whether this operator may do it here."""

    code: str
    label: Message
    aliases: tuple[str, ...]
    allowed: bool
    offline: Offline


class Files(Struct, frozen=True):
    """Where files go that nobody has named a place for; `font`: the PDF font that the house has named, if any."""

    folder: Path
    font: str = ""


def nobody() -> NotAllowed:
    """What is said when nobody is signed on."""
    return NotAllowed(say("Sign on first."))
