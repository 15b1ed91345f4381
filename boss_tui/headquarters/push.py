"""Taking an outlet's journal: batch, effects and cursor in one transaction, under the outlet's lock.

What was taken before is compared and dropped; a gap is answered by where to go on from; a chain that does not follow
headquarters' own head freezes the outlet. What can't be applied becomes an exception, and the cursor moves on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.components.ledger.put_aside import hold, money_in
from boss_tui.components.stations import OFFICE
from boss_tui.editions.rows_date import stands_on
from boss_tui.headquarters import absence
from boss_tui.headquarters.admission import Inadmissible, admitted, against, changes_of, is_day, lawful
from boss_tui.headquarters.feed import publish
from boss_tui.headquarters.hearing import feed_entry_fault
from boss_tui.headquarters.history import FORGOTTEN
from boss_tui.headquarters.office import STOP, Office, Refuse, author, check_signature, enrolled_row, move
from boss_tui.headquarters.rules.claim import Known
from boss_tui.headquarters.stream import must_not_be_ahead, stream_entry_fault
from boss_tui.headquarters.transfers import heard
from boss_tui.sync.dates import bring_to
from boss_tui.sync.effects import Fault, apply_bulk, apply_entry
from boss_tui.sync.reasons import short, together
from boss_tui.sync.shapes import Batch, Entry, Standing
from boss_tui.sync.states import message_in
from boss_tui.sync.wire import Rubbish, loads, read, request_text, target, unpack
from data.clock import new_key, wall_date
from data.errors import Outside
from data.journal import GENESIS, Author, broken, canonical, entry_hash
from data.message import Message, say
from data.parameters import DAYS_AHEAD_ALONE
from data.statements import instance, row_values
from data.store import UnitOfWork
from data.tables.sync import EnrolledOutlet, JournalEntry, Setting, SyncException

log = logging.getLogger("boss.headquarters")

KNOWN_KIND_VERSION = 1
"""The newest version of journal entries that this program applies; newer ones are kept as exceptions."""

APPLIED = ("stale", "feed", "fork", "chain")
"""Reasons for which the money of an entry stands all the same, or the entry has not been taken at all."""

_journal = JournalEntry.table()
_HASHES = (
    select(_journal.c.seq, _journal.c.hash)
    .where(_journal.c.outlet == bindparam("of"), _journal.c.epoch >= bindparam("from_epoch"))
    .where(_journal.c.epoch <= bindparam("to_epoch"))
    .where(_journal.c.seq >= bindparam("first"), _journal.c.seq <= bindparam("last"))
)


def take_batch(office: Office, outlet: str, body: bytes, signature: str, *, linked: bool = True) -> Standing:
    """Take a signed batch; answers where headquarters then stands. Refuse says what is in the way. Not `linked`: it
    came on a stick, which is no sign of a link."""
    check_signature(office, outlet, request_text("POST", target(outlet, "events"), body), signature)
    try:
        batch = read(Batch, unpack(body))
    except Rubbish as fault:
        raise Refuse(400, "batch", say("The batch can't be read: {fault}", fault=str(fault))) from fault
    if batch.outlet != outlet or any(entry.outlet != outlet for entry in batch.entries):
        raise Refuse(400, "batch", say("The batch is another outlet's."))
    _keep_up(office, batch)
    try:
        taken = _take(office, batch, careful=False, linked=linked)
    except Refuse:
        raise
    except Exception:  # one bad entry must not keep the others out; a fault of the store itself comes again
        taken = _take(office, batch, careful=True, linked=linked)
    if isinstance(taken, Refuse):
        raise taken
    return taken


def _take(office: Office, batch: Batch, *, careful: bool, linked: bool) -> Standing | Refuse:
    """One transaction. A Refuse is answered, not raised, so that a freeze is committed."""
    with office.store.transaction(author(batch.outlet, "push"), journalled=False, lock=batch.outlet) as tx:
        row = enrolled_row(tx, batch.outlet)
        refused = _in_the_way(office, tx, row, batch)
        if refused:
            return refused
        if linked and (noted := absence.called(row, tx.clock.now())):
            move(tx, row.outlet, **noted)
            row = enrolled_row(tx, row.outlet)
        new = _new(batch, row)
        if new:
            tx.add_many(JournalEntry, [entry.__dict__ for entry in new])
            last = new[-1]
            move(
                tx,
                row.outlet,
                epoch=last.epoch,
                next_seq=last.seq + 1,
                head_hash=last.hash,
                last_contact=tx.now(),
                stream_cursor=batch.stream_cursor,
            )
            _apply(tx, new, absence.of(row), careful)
        else:
            move(tx, row.outlet, last_contact=tx.now(), stream_cursor=batch.stream_cursor)
        return office.standing(enrolled_row(tx, batch.outlet))


def _keep_up(office: Office, batch: Batch) -> None:
    """What counts from a business date is in headquarters' rows once an outlet works on it: a hall opens its day
    before the office does, and sells what is on sale then. No further than a clerk opens one alone, and not for an
    outlet that is stopped: one that lies must not bring what is to count later, nor a date that is none."""
    with office.store.reading() as reading:
        own, row = reading.find(Setting, name=OFFICE), enrolled_row(reading, batch.outlet)
        before = stands_on(reading)
        latest = (wall_date(reading.present()) + timedelta(days=DAYS_AHEAD_ALONE.of(reading))).isoformat()
    told = {entry.business_date for entry in _new(batch, row)}
    ahead = [day for day in told if is_day(day) and before < day <= latest]
    if own is None or row.stopped or not ahead:
        return
    day = max(ahead)
    with office.store.transaction(Author(own.value, "day.ahead", "headquarters", business_date=day)) as tx:
        bring_to(tx, day)


def _in_the_way(office: Office, tx: UnitOfWork, row: EnrolledOutlet, batch: Batch) -> Refuse | None:
    """What keeps a batch from being taken, if anything does."""
    standing = office.standing(row)
    if row.stopped:
        return Refuse(409, "stopped", message_in(row.stopped), standing)
    must_not_be_ahead(tx, office, row, batch.stream_cursor)  # first: what is handed to one outlet names what is here
    if batch.feed_cursor >= row.feed_next:
        return Refuse(409, "feed_ahead", say("Headquarters lost feed items that the outlet has."), standing)
    new = _new(batch, row)
    other = _other_content(tx, row, batch.entries[: len(batch.entries) - len(new)])
    if other:
        return _freeze(office, tx, other, "fork", _forked(other.seq))
    return _not_next(new, row, standing) or _chain(office, tx, row, new)


def _new(batch: Batch, row: EnrolledOutlet) -> list[Entry]:
    """A batch without the entries before headquarters' cursor, which stand first in it."""
    return batch.entries[sum(entry.seq < row.next_seq for entry in batch.entries) :]


def _not_next(new: list[Entry], row: EnrolledOutlet, standing: Standing) -> Refuse | None:
    """Whether new entries don't come next: another sequence, an epoch that is over, or one that nobody can have given:
    what headquarters forgets when it is restored is few."""
    if new and (new[0].seq != row.next_seq or any(b.seq != a.seq + 1 for a, b in pairwise(new))):
        return Refuse(409, "gap", say("Entries are missing: send from {seq}.", seq=row.next_seq), standing)
    if new and new[0].epoch < row.epoch:
        message = say("Another copy of this store took over in epoch {epoch}.", epoch=row.epoch)
        return Refuse(409, "epoch", message, standing)
    if new and max(entry.epoch for entry in new) > row.epoch + FORGOTTEN:
        return Refuse(409, "epoch", say("Another epoch began meanwhile: ask again."), standing)
    return None


def _forked(seq: int) -> Message:
    return say("Entry {seq} was received with other content: two copies of one store are in use.", seq=seq)


def _other_content(tx: UnitOfWork, row: EnrolledOutlet, known: list[Entry]) -> Entry | None:
    """The first entry that headquarters has under the same sequence, with another hash or content."""
    if not known:
        return None
    first, last = min(entry.seq for entry in known), max(entry.seq for entry in known)
    here = dict(tx.rows(_HASHES, of=row.outlet, from_epoch=1, to_epoch=row.epoch, first=first, last=last))
    for entry in known:
        if here.get(entry.seq) != entry.hash or entry_hash(entry.__dict__, entry.prev_hash) != entry.hash:
            return entry
    return None


def _chain(office: Office, tx: UnitOfWork, row: EnrolledOutlet, new: list[Entry]) -> Refuse | None:
    """Headquarters computes the chain again, from its own head."""
    told = [instance(JournalEntry, row_values(JournalEntry, entry.__dict__)) for entry in new]
    for seq, what in broken(told, row.head_hash or GENESIS, row.next_seq):
        entry = next((entry for entry in new if entry.seq == seq), new[0])
        if "altered" in what:
            message = say("Entry {seq} was altered: its hash is not that of its content.", seq=seq)
        else:
            message = say("Entry {seq} does not follow the one that headquarters has.", seq=seq)
        return _freeze(office, tx, entry, "chain", message)
    lower = next((b for a, b in pairwise(new) if b.epoch < a.epoch), None)
    if lower:
        return _freeze(office, tx, lower, "chain", say("Entry {seq} goes back in its epoch.", seq=lower.seq))
    return None


def _freeze(office: Office, tx: UnitOfWork, entry: Entry, code: str, message: Message) -> Refuse:
    """Take nothing more from this outlet until a person decides: the alarm."""
    told = canonical(message.as_json())
    tx.run(STOP, new_stopped=told, of=entry.outlet)
    _raise_exception(tx, entry, code, {"message": message.as_json()})
    return Refuse(409, "fork", message, office.standing(enrolled_row(tx, entry.outlet)))


def _apply(tx: UnitOfWork, new: list[Entry], away: absence.Absence, careful: bool) -> None:
    """The effects of new entries; what does not stand becomes an exception and a feed item."""
    faults: Iterable[tuple[Entry, Fault]]
    if careful or any(entry.kind_version > KNOWN_KIND_VERSION for entry in new):  # those behind one are judged by it
        faults = ((entry, fault) for entry in new for fault in _by_itself(tx, entry, away))
    else:
        faults = [*_in_bulk(tx, new, away), *((entry, fault) for entry in new for fault in _answered(tx, entry))]
    for entry, fault in faults:
        told = _raise_exception(tx, entry, fault.reason, fault.detail, state="noted" if fault.note else "open")
        if not fault.note:
            publish(tx, entry.outlet, "exception", {"rows": {"sync_exception": [dict(told.__dict__)]}})


def _in_bulk(tx: UnitOfWork, new: list[Entry], away: absence.Absence) -> list[tuple[Entry, Fault]]:
    """All entries at once, where all of them stand; answers what is to be noted. Raises when one does not."""
    now, known = tx.clock.now(), Known(tx, away, new[0].outlet)
    told, notes = [], []
    for entry in new:
        changes = admitted(entry, now)
        notes += [(entry, fault) for fault in lawful(known, entry, changes)]
        told.append(changes)
    apply_bulk(tx, new[0].outlet, told)
    return notes


def _answered(tx: UnitOfWork, entry: Entry) -> list[Fault]:
    """What an entry says of what headquarters handed down, and of boxes on their way; what of it is not so."""
    faults = list[Fault]()
    if entry.kind == "feed":
        faults += [*feed_entry_fault(tx, entry), *stream_entry_fault(tx, entry)]
    heard(tx, entry)
    return faults


def _by_itself(tx: UnitOfWork, entry: Entry, away: absence.Absence) -> list[Fault]:
    """Judge one entry, whatever it holds: what raises what nobody thought of is put aside too, and is in the log. A
    fault of the store is none of the entry's."""
    driver: Any = tx.store.engine.dialect.dbapi
    try:
        with tx.savepoint():
            return [*_carefully(tx, entry, away), *_answered(tx, entry)]
    except (Outside, driver.OperationalError, driver.InterfaceError, driver.InternalError):
        raise
    except Exception as fault:
        log.exception("entry %d of epoch %d of outlet %s could not be judged", entry.seq, entry.epoch, entry.outlet)
        return [Fault("unknown", {"what": f"could not be judged: {type(fault).__name__}: {fault}"})]


def _carefully(tx: UnitOfWork, entry: Entry, away: absence.Absence) -> list[Fault]:
    if entry.kind_version > KNOWN_KIND_VERSION:
        return [Fault("unknown", {"kind": entry.kind, "kind_version": entry.kind_version})]
    try:
        changes = changes_of(entry)
    except Inadmissible as fault:
        return [fault.fault]
    found = against(Known(tx, away, entry.outlet), entry, changes)
    wrong = [fault for fault in found if not fault.note]
    return [together(wrong)] if wrong else apply_entry(tx, entry.outlet, changes) + found


def _raise_exception(
    tx: UnitOfWork, entry: Entry, reason: str, detail: dict[str, Any], *, state: str = "open"
) -> SyncException:
    held = money_in(_told(entry)) if state == "open" and reason not in APPLIED else 0
    told = tx.add(
        SyncException,
        id=new_key(tx.clock),
        outlet=entry.outlet,
        epoch=entry.epoch,
        seq=entry.seq,
        reason=reason,
        detail=canonical(short(detail)),
        state=state,
        held=held,
        raised_at=tx.now(),
    )
    hold(tx, told)
    return told


def _told(entry: Entry) -> list[Any]:
    """The changes of an entry as it tells them, whatever they are."""
    try:
        changes = loads(entry.body)["changes"]
    except (Rubbish, KeyError, TypeError):
        return []
    return changes if isinstance(changes, list) else []
