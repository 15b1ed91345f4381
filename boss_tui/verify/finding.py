"""What a check finds, as a value: which invariant, which rule, which row, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from data.message import Message


class Finding(Struct, frozen=True):
    """A row that breaks a rule.

    Attributes:
        invariant: 1 to 9, as in design 5; 0 is damage of the store itself.
        rule: the rule's short name, such as `posting balances`; the same for every finding of one kind.
        table: the row's table.
        key: the row's key; the parts of a composite key are joined by a slash. Empty: the table as a whole.
        message: what is wrong with it.
    """

    invariant: int
    rule: str
    table: str
    key: str
    message: Message

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; `text` is the message in English."""
        return {
            "invariant": self.invariant,
            "rule": self.rule,
            "table": self.table,
            "key": self.key,
            "text": str(self.message),
            "message": self.message.as_json(),
        }


def key_text(parts: Iterable[Any]) -> str:
    """A key as it stands in a finding."""
    return "/".join(str(part) for part in parts)
