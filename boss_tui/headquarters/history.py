"""A store that was restored: a new epoch for it, and the entries that it lost, as headquarters holds them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import bindparam, func, select

from boss_tui.headquarters.office import Office, Refuse, author, enrolled_row, move
from boss_tui.sync.shapes import Entry, EpochRequest, History, Standing, entry_values
from boss_tui.sync.states import message_in
from data.message import say
from data.store import Reading
from data.tables.sync import EnrolledOutlet, JournalEntry

PAGE_BYTES = 2_000_000

_journal = JournalEntry.table()
_HELD = (
    select(*_journal.columns)
    .where(_journal.c.outlet == bindparam("of"), _journal.c.epoch == bindparam("of_epoch"))
    .where(_journal.c.seq > bindparam("after"))
    .order_by(_journal.c.seq)
    .limit(bindparam("most"))
)
_NEXT_EPOCH = select(func.min(_journal.c.epoch)).where(
    _journal.c.outlet == bindparam("of"), _journal.c.epoch > bindparam("after_epoch")
)
FORGOTTEN = 100
"""By how many epochs an outlet may be ahead of headquarters, which was restored and forgot those: each is a restore of
the outlet's, so there are few."""


def held(reading: Reading, row: EnrolledOutlet, after: int, limit: int) -> list[JournalEntry]:
    """Entries of an outlet after a sequence, at most so many."""
    found: list[JournalEntry] = []
    for epoch in _epochs(reading, row.outlet):
        most = limit - len(found)
        found += reading.models(JournalEntry, _HELD, of=row.outlet, of_epoch=epoch, after=after, most=most)
        if len(found) == limit:
            break
    return found


def _epochs(reading: Reading, outlet: str) -> Iterator[int]:
    """The epochs in which an outlet wrote entries, whatever numbers it gave them."""
    epoch = reading.scalar(_NEXT_EPOCH, of=outlet, after_epoch=0)
    while epoch is not None:
        yield int(epoch)
        epoch = reading.scalar(_NEXT_EPOCH, of=outlet, after_epoch=epoch)


def history(office: Office, outlet: str, after: int, limit: int) -> History:
    """A page of the entries that headquarters holds, after a sequence."""
    with office.store.reading() as reading:
        row = enrolled_row(reading, outlet)
        entries: list[Entry] = []
        size = 0
        for entry in held(reading, row, after, max(1, min(limit, 500))):
            size += len(entry.body)
            if entries and size > PAGE_BYTES:
                break
            entries.append(Entry(**entry_values(entry)))
        return History(standing=office.standing(row), entries=entries)


def new_epoch(office: Office, outlet: str, request: EpochRequest) -> Standing:
    """A new epoch for a store whose journal ends at (seq, head), if that is in the journal that headquarters holds.

    It was not heard with that: what it holds is told by its next push. The other copy, with the old epoch, is refused
    from now on. Refuse `stopped` while the outlet is frozen, which a person at headquarters ends (`overview.release`),
    or closed; `fork` when the store's journal is not a beginning of headquarters' own; `epoch` when another epoch began
    since it asked: it asks anew, and who sends a recorded request again gets nothing.
    """
    with office.store.transaction(author(outlet, "epoch"), journalled=False, lock=outlet) as tx:
        row = enrolled_row(tx, outlet)
        if row.stopped:
            raise Refuse(409, "stopped", message_in(row.stopped), office.standing(row))
        if request.after not in (None, row.epoch) or request.epoch > row.epoch + FORGOTTEN:
            message = say("Another epoch began meanwhile: ask again.")
            raise Refuse(409, "epoch", message, office.standing(row))
        if request.seq:
            entries = held(tx, row, request.seq - 1, 1)
            if not entries or entries[0].seq != request.seq or entries[0].hash != request.head:
                message = say("The store's journal is not the one that headquarters has.")
                raise Refuse(409, "fork", message, office.standing(row))
        move(tx, outlet, epoch=max(row.epoch, request.epoch) + 1)
        return office.standing(enrolled_row(tx, outlet))
