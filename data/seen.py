"""Keys that were seen before, and where: kept on the disk beside, so that a file of millions takes no memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import sqlcipher3.dbapi2 as sqlite

CACHE_KIB = 8_000


class Seen:
    """What came in which line, once each. It is gone when it is closed."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="boss-")
        self._db: Any = sqlite.connect(
            str(Path(self._folder.name) / "seen"), isolation_level=None, check_same_thread=False
        )
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{CACHE_KIB}"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")

    def add(self, keys: Sequence[tuple[str, int]]) -> dict[int, int]:
        """Keys with the lines in which they stand; answers the lines whose key stood in an earlier one, and which."""
        cursor = self._db.cursor()
        cursor.execute("BEGIN")
        cursor.executemany("INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING", keys)
        new = cursor.rowcount
        cursor.execute("COMMIT")
        if new == len(keys):
            return {}
        first = {key: cursor.execute("SELECT line FROM seen WHERE key = ?", (key,)).fetchone()[0] for key, _ in keys}
        return {line: first[key] for key, line in keys if first[key] != line}

    def close(self) -> None:
        """Forget them."""
        self._db.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()
