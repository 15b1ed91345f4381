"""What a try-out or an act answers: line by line, what was looked at and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from data.message import Message, say


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of an answer: what was looked at, and what came of it."""

    label: Message
    value: Message | str

    @property
    def told(self) -> Message:
        """It in a line."""
        return say("{label}: {value}", label=self.label, value=self.value)
