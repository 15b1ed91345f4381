"""What a try-out or an act answers: line by line, what was looked at and what came of it."""

from __future__ import annotations

from msgspec import Struct

from data.message import Message, say


class Fact(Struct, frozen=True):
    """A line of an answer: what was looked at, and what came of it."""

    label: Message
    value: Message | str

    @property
    def told(self) -> Message:
        """It in a line."""
        return say("{label}: {value}", label=self.label, value=self.value)
