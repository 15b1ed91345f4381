"""How a person at headquarters ends an exception: by words alone, or by taking the entry after all."""

from __future__ import annotations

from boss_tui.headquarters.admission import Inadmissible, admitted
from boss_tui.headquarters.feed import publish
from boss_tui.headquarters.office import author
from boss_tui.sync.effects import Fault, apply_entry
from boss_tui.sync.shapes import Entry, entry_values
from boss_tui.sync.states import reason_words
from data.errors import NotAllowed
from data.message import say
from data.store import Store, UnitOfWork
from data.tables.sync import JournalEntry, SyncException

ACCEPTABLE = ("date", "clash", "dangling", "unknown")
"""Reasons that may be over: a clock was wrong, what was in the way is gone, the program is newer. What is not for an
outlet to write never is, nor are books that do not agree; of a stale change the rest was applied."""


def resolve(store: Store, exception_id: str, resolution: str) -> SyncException:
    """End an exception with what was decided, and tell its outlet. NotAllowed: it has ended, or words are missing."""
    outlet = _outlet(store, exception_id)
    with store.transaction(author(outlet, "resolve"), journalled=False, lock=outlet) as tx:
        return _ended(tx, _open(tx, exception_id), resolution)


def accept(store: Store, exception_id: str, resolution: str) -> SyncException:
    """Apply the entry after all, whatever its date, and end the exception.

    NotAllowed: it has ended, is of a kind that is never applied, still can't be, or words are missing.
    """
    outlet = _outlet(store, exception_id)
    with store.transaction(author(outlet, "accept"), journalled=False, lock=outlet) as tx:
        told = _open(tx, exception_id)
        if told.reason not in ACCEPTABLE:
            raise NotAllowed(say("This can't be taken: {why}", why=reason_words(told.reason)))
        entry = Entry(**entry_values(tx.one(JournalEntry, outlet=outlet, epoch=told.epoch, seq=told.seq)))
        for fault in _faults(tx, entry):
            raise NotAllowed(say("It still can't be applied: {why}", why=reason_words(fault.reason)))
        return _ended(tx, told, resolution)


def _outlet(store: Store, exception_id: str) -> str:
    with store.reading() as reading:
        return reading.one(SyncException, id=exception_id).outlet


def _open(tx: UnitOfWork, exception_id: str) -> SyncException:
    told = tx.one(SyncException, id=exception_id)
    if told.state != "open":
        raise NotAllowed(say("This exception has ended: {words}", words=told.resolution))
    return told


def _faults(tx: UnitOfWork, entry: Entry) -> list[Fault]:
    try:
        changes = admitted(entry, tx.clock.now(), dated=False)
    except Inadmissible as fault:
        return [fault.fault]
    return apply_entry(tx, entry.outlet, changes)


def _ended(tx: UnitOfWork, told: SyncException, resolution: str) -> SyncException:
    if not resolution.strip():
        raise NotAllowed(say("Say what was decided."), field="resolution")
    ended = tx.change(told, state="resolved", resolution=resolution.strip())
    publish(tx, told.outlet, "exception_resolved", {"rows": {"sync_exception": [dict(ended.__dict__)]}})
    return ended
