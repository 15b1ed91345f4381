"""What the desk answers about the simulated machines of a demonstration."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from data.message import Message, first_of, say

WELL, IN_ORDER = "ok", say("in order")
"""Said in place of a fault: there is none."""


class MachineLine(Struct, frozen=True):
    """A machine as it stands. faults: what it can be made to do wrong, by code; now: the codes of what it does."""

    code: str
    name: Message
    faults: Mapping[str, Message]
    now: tuple[str, ...]

    @property
    def state(self) -> Message:
        """How it is, in words."""
        return first_of([self.faults[code] for code in self.now]) if self.now else IN_ORDER


def outcome(counts: bool) -> Message:
    """What came of a fault that was said: whether it counts already."""
    if counts:
        return say("Done: it counts from now on.")
    return say("Noted. No program runs the machines now: it counts once one does.")
