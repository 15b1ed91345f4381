"""How exceptions end (`headquarters.exceptions`), each in a transaction of its own, whoever may: for tests of the rules
alone. Who may is asked at the office's desk (`test_exceptions_at_the_office.py`)."""

from __future__ import annotations

from collections.abc import Callable

from boss_tui.headquarters import exceptions
from boss_tui.headquarters.exceptions import StillAgainst, Word
from boss_tui.headquarters.office import author
from data.store import Store
from data.tables.sync import SyncException


def _alone(way: Callable[..., SyncException]) -> Callable[..., SyncException]:
    def decide(store: Store, key: str, word: Word, *more: str) -> SyncException:
        with store.reading() as reading:
            outlet = reading.one(SyncException, id=key).outlet
        with store.transaction(author(outlet, "test"), journalled=False, lock=outlet) as tx:
            try:
                return way(tx, key, word, *more)
            except StillAgainst as found:
                against = found
        raise against

    return decide


accept, compensate, refuse, resolve = map(
    _alone, (exceptions.accept, exceptions.compensate, exceptions.refuse, exceptions.resolve)
)
