"""What a try-out or an act answers: line by line, what was looked at and what came of it."""

from __future__ import annotations

from msgspec import Struct

from data.message import Message, say


class Fact(Struct, frozen=True):
    """A line of an answer: what was looked at, and what came of it. `ahead`: what the label is while nothing is done
    yet, where it says that something is."""

    label: Message
    value: Message | str
    ahead: Message | None = None

    @property
    def expected(self) -> Fact:
        """The same while nothing is done yet."""
        return self if self.ahead is None else Fact(self.ahead, self.value)

    @property
    def told(self) -> Message:
        """It in a line."""
        return say("{label}: {value}", label=self.label, value=self.value)
