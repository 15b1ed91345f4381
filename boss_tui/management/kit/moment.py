"""A list as it stood at one moment, a piece after the other: whatever is changed meanwhile, it is of that moment."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import islice

from boss_tui.management.kit.entity import Entity, Values
from boss_tui.management.kit.exporting import rows
from boss_tui.management.kit.stored import ListQuery
from data.store import Store


class Moment:
    """Opened when it is made; it holds a reading of the store until it is closed, or has been read to its end."""

    def __init__(self, store: Store, entity: Entity, asked: ListQuery) -> None:
        self._open = ExitStack()
        reading = self._open.enter_context(store.reading())
        self._rows = rows(reading, entity, asked)

    def next(self, most: int) -> list[Values]:
        """The next rows; fewer than `most` are the last."""
        try:
            found = list(islice(self._rows, most))
        except BaseException:
            self.close()
            raise
        if len(found) < most:
            self.close()
        return found

    def close(self) -> None:
        """Let the moment go."""
        self._open.close()
