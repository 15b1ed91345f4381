"""What the desk answers at the office about exceptions 异常: what of outlets' entries was put aside, and how it ends.

Plain values, as in `boss_tui.answers.business`. Money is in fen, times are stored times.
"""

from __future__ import annotations

from msgspec import Struct

from data.message import Message, quoted, say

EXCEPTIONS_AT_ONCE = 100
"""Exceptions that a list asks for at once."""
TOGETHER_AT_ONCE = 500
"""Exceptions that are ended at once, at most."""
SORTS: dict[str, Message] = {
    "age": say("The oldest first"),
    "sum": say("The largest sum first"),
    "outlet": say("By outlet"),
    "kind": say("By what was done"),
    "person": say("By person"),
    "reason": say("By reason"),
}
"""What a list of exceptions may be sorted by, in words; the undecided ones stand first in any case."""
DECISIONS: dict[str, Message] = {
    "accepted": say("taken after all"),
    "compensated": say("given back to the customer"),
    "refused": say("refused"),
    "": say("ended with a note"),
}
"""What was decided, in words."""


class ExceptionLine(Struct, frozen=True):
    """An exception, or a note, as a line of a list.

    Attributes:
        id: its key; revision: as which it was looked at.
        outlet, epoch, seq: the entry that it is about.
        kind, business_date, person: what was done, in words; on which business date; who did it, staff number and name.
            Empty: headquarters has no such entry.
        held: its money, in suspense until it ends; below nothing where money was paid out with it.
        reason, called, means: why, as a code; in a word or two; in full.
        about: what of the entry.
        since: when it was put aside; age: so many seconds ago. state: open, noted (booked all the same), resolved.
        decision, decided_by, decided_at, words: how it ended, by whom (empty: it has not), when (empty: not known).
    """

    id: str
    revision: int
    outlet: str
    epoch: int
    seq: int
    kind: Message
    business_date: str
    person: str
    held: int
    reason: str
    called: Message
    means: Message
    about: Message
    since: str
    age: int
    state: str
    decision: str = ""
    decided_by: str = ""
    decided_at: str = ""
    words: str = ""

    @property
    def standing(self) -> Message:
        """How far it is, in words: undecided, booked all the same, or how it ended."""
        if self.state == "resolved":
            return DECISIONS.get(self.decision) or quoted(self.decision)
        return say("undecided") if self.state == "open" else say("booked, to be looked at")


class Ending(Struct, frozen=True):
    """A way in which an exception can end: accept, compensate, refuse, income (refused, its money becomes income),
    resolve; what it is called, what it does to the entry and to the money."""

    way: str
    says: Message
    effect: Message


class ExceptionSheet(Struct, frozen=True):
    """All of an exception.

    Attributes:
        place: the outlet by its name. counter, made_at (as the clock on the wall showed it), serial: of the entry.
        reasons: each reason against it, in full, with what of the entry it is about.
        typed: what stood in the forms of its orders, label and value.
        money: what was paid and how it was booked: what, fen.
        writes: what the entry would have written, row by row.
        endings: the ways in which it can end now.
        barred: why whoever looks can't end it; None: they can.
    """

    line: ExceptionLine
    place: Message
    counter: str
    made_at: str
    serial: str
    reasons: tuple[tuple[Message, Message], ...]
    typed: tuple[tuple[Message, str], ...]
    money: tuple[tuple[Message, int], ...]
    writes: tuple[Message, ...]
    endings: tuple[Ending, ...]
    barred: Message | None = None


class Together(Struct, frozen=True):
    """Several exceptions that are alike: `lines`, and `named` of which entries they are; `mine`: how many more whoever
    looks did or allowed themselves; `held`: the money of all; `endings`: the ways in which all can end now."""

    lines: tuple[ExceptionLine, ...]
    named: tuple[Message, ...]
    mine: int
    held: int
    endings: tuple[Ending, ...]


class Left(Struct, frozen=True):
    """One of several that did not end: its key, of which entry it is, why."""

    id: str
    named: Message
    why: Message


class EndedTogether(Struct, frozen=True):
    """How many of several have ended, and which have not."""

    ended: int
    left: tuple[Left, ...] = ()
