"""What is published is read once: rows of published tables stay known to a store until one of them is written.

Products, prices and rights are read by every sale, some forty rows of them, and written a few times a year. A counter
in the database, raised by each transaction that writes one of these tables in whatever process, says whether what is
known still holds: a transaction reads that one number instead of the forty rows.
"""

from __future__ import annotations

from typing import Any

from data.statements import Statements
from data.tables.order import Sequence

COUNTER = "published"
_MOST = 4_096  # questions: some hold what was typed


class Published:
    """What a store knows of published rows. May be used by many threads: what was known before is never changed."""

    def __init__(self) -> None:
        self._state: tuple[int, dict[Any, list[Any]]] = (0, {})

    def known(self, at: int) -> dict[Any, list[Any]]:
        """What is known while the counter stands there, by what was asked; to be added to."""
        stands, known = self._state
        if stands != at or len(known) > _MOST:
            known = {}
            self._state = (at, known)
        return known


def count_up(statements: Statements, cursor: Any) -> None:
    """Raise the counter, in the transaction that wrote a published table."""
    prepared = statements.increase(Sequence, ("value",))
    cursor.execute(prepared.sql, prepared.parameters({"name": COUNTER, "value": 1}))
