"""Where a desk stands and who works at it."""

from __future__ import annotations

from dataclasses import dataclass

from boss_tui.answers import Offline
from boss_tui.locale import DEFAULT
from data.errors import NotAllowed
from data.message import Message, say


@dataclass(frozen=True, slots=True)
class Station:
    """A counter of an outlet. `linked`: whether the outlet has a headquarters at all; `paper_language`: of what is
    printed here, whatever its operators read."""

    outlet: str
    counter: str
    linked: bool = False
    paper_language: str = DEFAULT


@dataclass(frozen=True, slots=True)
class Operator:
    """Who is signed on. role: clerk, supervisor, manager. language: zh_CN or en."""

    staff_no: str
    name: str
    role: str
    language: str


@dataclass(frozen=True, slots=True)
class State:
    """Where we are, for the status line. `operator` is a name, empty while nobody is signed on.

    `advice` is what a newcomer is told before signing on, in a demonstration hall.
    """

    outlet: str
    outlet_name: Message
    counter: str
    business_date: str
    operator: str
    role: str
    shift_open: bool
    training: bool = False
    advice: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldForm:
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


@dataclass(frozen=True, slots=True)
class BusinessLine:
    """A business of the catalogue, and whether this operator may do it here."""

    code: str
    label: Message
    aliases: tuple[str, ...]
    allowed: bool
    offline: Offline


def nobody() -> NotAllowed:
    """What is said when nobody is signed on."""
    return NotAllowed(say("Sign on first."))
