"""Where the journal ended, noted outside of the store, sealed by this machine's key.

A store that was put back by hand, or lost its write-ahead log, is whole in itself: only something that stands elsewhere
can tell that it was longer. The note lies in the home folder. It is written beside the desk a moment after a commit,
never on its way: it may lag behind what was committed since, also after a crash, and never leads, because only what was
committed is read. While it does not fit the store it is left as it is, and a person decides (design 4, 5.2).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from boss_tui.sync.keys import KEY_SETTING
from data.clock import on_the_wall, stamp
from data.errors import BossError, Damaged, Outside, reason_of
from data.journal import canonical
from data.message import Message, say
from data.store import Reading, Store
from data.tables.sync import JournalEntry, JournalHead, Setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from boss_tui.sync.keys import DeviceKey

FILE = "journal-head.json"


class NotedHead(Struct, frozen=True):
    """The last entry of an outlet's journal (seq 0: none), headquarters' public key as the store has it (empty: none),
    when that was, and how far the running numbers of its last business day and the ranges of document numbers were."""

    outlet: str
    epoch: int
    seq: int
    hash: str
    headquarters: str
    noted_at: str
    numbers: dict[str, int]

    def sealed_text(self) -> bytes:
        """The bytes that the machine's key seals."""
        return b"boss-journal-head-1\n" + canonical(asdict(self)).encode()

    def says(self, other: NotedHead) -> bool:
        """Whether both tell of the same end."""
        return (self.epoch, self.seq, self.hash, self.headquarters) == (
            other.epoch,
            other.seq,
            other.hash,
            other.headquarters,
        )


class Note(Struct):
    """The note of one home, as a desk and the chores beside it ask it. `key`: how this machine's key is come by."""

    folder: Path
    outlet: str
    key: Callable[[], DeviceKey]
    _fits: int | None = None
    """Where the journal stood when it was last found to be the one that was noted."""

    def doubt(self, reading: Reading) -> Message | None:
        """Why this store is not the one that was noted, or why nobody knows; None when it is.

        Cheap to ask before each act: the note is read at the first, and again whenever the journal is shorter than it
        was.
        """
        seq = reading.one(JournalHead, outlet=self.outlet).seq
        if self._fits is None or seq < self._fits:
            self._fits = None
            try:
                wrong = disagreement(reading, self._noted())
            except BossError as fault:
                return fault.message
            if wrong is not None:
                return wrong
        self._fits = seq
        return None

    def numbers(self) -> dict[str, int]:
        """How far the running numbers were; nothing where no note tells."""
        try:
            return self._noted().numbers
        except Damaged:
            return {}

    def renew(self, store: Store) -> None:
        """Note where the journal ends now, whatever was noted before."""
        renew(self.folder, store, self.outlet, self.key())

    def _noted(self) -> NotedHead:
        return read(self.folder, self.outlet, self.key())


def read(folder: Path, outlet: str, key: DeviceKey) -> NotedHead:
    """What is noted. Damaged: there is no note, or not one that this key sealed for this outlet."""
    path = folder / FILE
    try:
        told: dict[str, Any] = json.loads(path.read_bytes())
        seal = str(told.pop("seal"))
        found = NotedHead(**told)
    except FileNotFoundError as fault:
        raise Damaged(say("There is no note of the journal's end ({file}): it was taken away.", file=FILE)) from fault
    except OSError as fault:
        raise Outside(say("{file} can't be read: {fault}", file=str(path), fault=reason_of(fault))) from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise Damaged(say("The note of the journal's end can't be read ({file}).", file=FILE)) from fault
    if found.outlet != outlet or not key.has_sealed(found.sealed_text(), seal):
        raise Damaged(say("The note of the journal's end is not sealed by this machine's key ({file}).", file=FILE))
    return found


def standing(reading: Reading, outlet: str) -> NotedHead:
    """Where the journal ends now."""
    from boss_tui.components import numbering  # a desk that opens only reads a note
    from boss_tui.components.documents import paper_ranges  # a desk that opens only reads a note

    head = reading.one(JournalHead, outlet=outlet)
    key = reading.find(Setting, name=KEY_SETTING)
    last = _entry(reading, head, head.seq)
    epoch = last.epoch if last is not None else head.epoch
    return NotedHead(
        outlet,
        epoch,
        head.seq,
        head.hash,
        key.value if key else "",
        stamp(reading.clock.now()),
        {**numbering.reached(reading, outlet), **paper_ranges.reached(reading, outlet)},
    )


def _entry(reading: Reading, head: JournalHead, seq: int) -> JournalEntry | None:
    """The entry of a sequence; a new epoch goes on in the same run of sequences."""
    epochs = range(head.epoch, 0, -1) if seq else ()
    found = (reading.find(JournalEntry, outlet=head.outlet, epoch=epoch, seq=seq) for epoch in epochs)
    return next((entry for entry in found if entry is not None), None)


def is_entry(reading: Reading, outlet: str, seq: int, hash_: str) -> bool:
    """Whether the journal has this entry; before the first there is none."""
    if seq == 0:
        return hash_ == ""
    entry = _entry(reading, reading.one(JournalHead, outlet=outlet), seq)
    return entry is not None and entry.hash == hash_


def disagreement(reading: Reading, noted: NotedHead) -> Message | None:
    """Why this store is not the one that was noted, if it isn't."""
    now = standing(reading, noted.outlet)
    if now.seq < noted.seq:
        return say(
            "The journal ends at entry {seq}; on {time} it stood at {noted}. An older store was put in its place, or "
            "its write-ahead log was lost.",
            seq=now.seq,
            time=on_the_wall(noted.noted_at),
            noted=noted.seq,
        )
    if noted.headquarters and now.headquarters != noted.headquarters:
        return say("Headquarters' key in the store is another than on {time}.", time=on_the_wall(noted.noted_at))
    if not is_entry(reading, noted.outlet, noted.seq, noted.hash):
        time = on_the_wall(noted.noted_at)
        return say("Entry {seq} is another than on {time}: this is another store.", seq=noted.seq, time=time)
    return None


def is_behind(reading: Reading, noted: NotedHead) -> bool:
    """Whether the store lacks entries that it had, and headquarters may bring them back: it has not done so yet, which
    would have begun a new epoch."""
    head = reading.one(JournalHead, outlet=noted.outlet)
    return head.seq < noted.seq and head.epoch <= noted.epoch


def note(folder: Path, store: Store, outlet: str, key: DeviceKey) -> bool:
    """Note where the journal ends, if it has moved on; answers whether it had. Damaged, and nothing is written, when
    the note that is there does not fit the store."""
    with store.reading() as reading:
        before, now = read(folder, outlet, key), standing(reading, outlet)
        if now.says(before):
            return False
        wrong = disagreement(reading, before)
    if wrong is not None:
        raise Damaged(wrong)
    _write(folder, now, key)
    return True


def renew(folder: Path, store: Store, outlet: str, key: DeviceKey) -> None:
    """Note where the journal ends now, whatever was noted before: when the store is made, was put back on purpose, or
    was brought up by headquarters."""
    with store.reading() as reading:
        now = standing(reading, outlet)
    _write(folder, now, key)


def _write(folder: Path, head: NotedHead, key: DeviceKey) -> None:
    """Whole or not at all, also through a power cut."""
    content = canonical({**asdict(head), "seal": key.seal(head.sealed_text())})
    part = folder / f"{FILE}.{os.getpid()}"
    try:
        with part.open("w", encoding="utf-8") as file:
            os.chmod(part, 0o600)
            file.write(content + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / FILE)
    except OSError as fault:
        raise Outside(
            say("{file} can't be written: {fault}", file=str(folder / FILE), fault=reason_of(fault))
        ) from fault
