"""How a simulated element is made to fail, on purpose and countably, so that every state of a command can be shown.

Each kind is a thing that real elements and links do. Faults live in memory only: a restarted element is sound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from boss_tui.network.machine.state import ElementRefusal
from data.characters import is_digits
from data.errors import NotAllowed
from data.message import Message, say

UNTIL_SET = -1
"""In place of how often a fault strikes: each time, until it is set again."""


class Countable:
    """What goes wrong so many times more, or `UNTIL_SET`."""

    def use(self, name: str) -> bool:
        """Whether this fault strikes now; one less is left."""
        left: int = getattr(self, name)
        setattr(self, name, left - (left > 0))
        return left != 0


@dataclass
class Faults(Countable):
    """What goes wrong next.

    Attributes:
        off: the element does nothing at all.
        slow: commands it obeys at one poll; 0 is as many as there are.
        refuse: so many next commands are refused as 'busy', which may be retried.
        numbers: subscriber numbers (as on the line) for which everything is refused for good.
        lose: so many next commands are obeyed and not answered.
        rubbish: so many next commands are obeyed and answered with something unreadable.
        cut: so many next response files end in the middle.
        duplicate: so many next response files come twice, under another part number.
    """

    off: bool = False
    slow: int = 0
    refuse: int = 0
    lose: int = 0
    rubbish: int = 0
    cut: int = 0
    duplicate: int = 0
    numbers: set[str] = field(default_factory=set)

    def refusal(self, numbers: frozenset[str]) -> ElementRefusal | None:
        """The refusal that is due for a command that names these numbers."""
        if self.numbers & numbers:
            return ElementRefusal("not_allowed", "Operation not allowed for this subscriber")
        return ElementRefusal("busy", "System busy") if self.use("refuse") else None


RUBBISH = "\x00\ufffd+++    ??? RETCOD\r\n%%"
COUNTED = ("slow", "refuse", "lose", "rubbish", "cut", "duplicate")
HELP = say(
    "Commands: off, on, slow N, refuse N, lose N, rubbish N, cut N, duplicate N, bar NUMBER, allow NUMBER, "
    "resend FILE, state, quit"
)


def set_fault(faults: Faults, line: str) -> Message | None:
    """Do what a typed line says; what was done, or None when it is no fault command. NotAllowed: not understood."""
    word, _, rest = line.strip().partition(" ")
    rest = rest.strip()
    if word in COUNTED:
        if not (is_digits(rest) and len(rest) <= 6):
            raise NotAllowed(say("{word} needs a number.", word=word))
        setattr(faults, word, int(rest))
        return say("{word} is now {count}.", word=word, count=rest)
    if word in {"bar", "allow"} and rest:
        act: Callable[[str], None] = faults.numbers.add if word == "bar" else faults.numbers.discard
        act(rest)
        return say("Refused numbers: {numbers}", numbers=", ".join(sorted(faults.numbers)) or "-")
    if word in {"on", "off"} and not rest:
        faults.off = word == "off"
        return say("The element is off.") if faults.off else say("The element is on.")
    return None
