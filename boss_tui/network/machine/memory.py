"""What a simulated element remembers of the files it had: keys it obeyed, batches it saw, responses it still owes.

The other half of `State`, which holds the subscribers; both write to the same database.
"""

from __future__ import annotations

from msgspec import Struct

from boss_tui.network.batch import BatchEntry
from boss_tui.network.machine.state import State
from boss_tui.network.replies import Reply


class BatchProgress(Struct, frozen=True):
    """How far a batch is: commands dealt with, response parts written, whether it is finished."""

    done: int = 0
    parts: int = 0
    finished: bool = False


class Memory:
    """An element's memory of files."""

    def __init__(self, state: State) -> None:
        self._db = state.db

    def serial(self) -> int:
        """The next reply's serial number."""
        return int(self._db.execute("SELECT coalesce(max(serial), 0) + 1 FROM obeyed").fetchone()[0])

    def reply(self, key: str) -> tuple[str, str] | None:
        """The command text and the raw reply that were given for a key."""
        row: tuple[str, str] | None = self._db.execute("SELECT text, raw FROM obeyed WHERE key = ?", (key,)).fetchone()
        return row

    def keep(self, entry: BatchEntry, raw: str, batch: str) -> None:
        """Remember a key's reply."""
        self._db.execute(
            "INSERT INTO obeyed (key, text, raw, batch) VALUES (?, ?, ?, ?)", (entry.key, entry.text, raw, batch)
        )

    def replies(self, batch: str) -> tuple[Reply, ...]:
        """Every reply to a batch that is remembered, in the order of obedience."""
        rows = self._db.execute("SELECT key, raw FROM obeyed WHERE batch = ? ORDER BY serial", (batch,))
        return tuple(Reply(key, raw) for key, raw in rows)

    def seen(self, batch: str) -> BatchProgress:
        """How far a batch is."""
        row = self._db.execute("SELECT done, parts, finished FROM batch WHERE name = ?", (batch,)).fetchone()
        return BatchProgress(row[0], row[1], bool(row[2])) if row else BatchProgress()

    def progress(self, batch: str, seen: BatchProgress) -> None:
        """Remember how far a batch is."""
        self._db.execute(
            "INSERT OR REPLACE INTO batch VALUES (?, ?, ?, ?)", (batch, seen.done, seen.parts, seen.finished)
        )

    def owe(self, name: str, content: bytes) -> None:
        """Remember a response file that has to be handed over."""
        self._db.execute("INSERT INTO response VALUES (?, ?, 0)", (name, content))

    def owed(self) -> list[tuple[str, bytes]]:
        """Response files not yet handed over, in the order they were made."""
        return self._db.execute("SELECT name, content FROM response WHERE handed_over = 0 ORDER BY rowid").fetchall()

    def paid(self, name: str) -> None:
        """The response file was handed over; its bytes need not be kept."""
        self._db.execute("UPDATE response SET handed_over = 1, content = x'' WHERE name = ?", (name,))
