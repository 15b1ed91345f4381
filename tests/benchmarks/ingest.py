"""Headquarters takes a batch of C1 entries, against the very same rows written by executemany.

What headquarters does besides writing: the signature, unpacking, the shape of each entry, the hash chain, the effects.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from boss_tui.headquarters.office import Office
from boss_tui.headquarters.push import take_batch
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.outbox import packed_batch, tail
from data.engine import connect
from data.statements import instance
from data.tables.sync import EnrolledOutlet, JournalHead
from tests.benchmarks.commit import Listening
from tests.benchmarks.halls import KEY, Drafts, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples, without_collector
from tests.hall import FACTS

MOST = 500


def rows(drafts: Drafts, sold: Path, folder: Path, rounds: int = 3) -> list[Row]:
    """`sold`: the store of the drafts, once they were completed. Headquarters stands where the drafts' store did."""
    device, own = DeviceKey(bytes(range(32))), DeviceKey(bytes(range(1, 33)))
    outlet = open_store(sold)
    start = open_store(drafts.path)
    with start.reading() as reading:
        before = reading.one(JournalHead, outlet=FACTS.outlet)
    start.close()
    with outlet.reading() as reading:
        head = reading.one(JournalHead, outlet=FACTS.outlet)
        head = instance(JournalHead, {**head.__dict__, "stream_cursor": 0})  # this headquarters published nothing yet
        told = packed_batch(head, tail(reading, head, before.seq, MOST), device)
    outlet.close()
    ours, limit = Samples(), Samples()
    for _ in range(rounds):
        path = drafts.copied(folder / "headquarters.db")
        office = Office(Listening(f"sqlite:///{path}", KEY), own)
        enrol(office, device, before)
        office.store.into.clear()  # type: ignore[attr-defined]
        with without_collector(), ours.taking():
            standing = take_batch(office, FACTS.outlet, told.body, told.signature)
        assert standing.next_seq == told.last + 1
        written = list(office.store.into)  # type: ignore[attr-defined]
        office.store.close()
        _raw(drafts, folder, device, before, written, limit)
    entries = told.last - told.first + 1
    what = f"headquarters takes {entries} entries (C1 and what came with it), a batch"
    return [Row(f"{what} / the same rows, executemany; best", ours.best, limit.best)]


def enrol(office: Office, device: DeviceKey, head: JournalHead) -> None:
    """Headquarters knows the outlet, and has its journal up to this head."""
    from boss_tui.headquarters.office import author

    with office.store.transaction(author(FACTS.outlet, "enrol"), journalled=False) as tx:
        tx.add(
            EnrolledOutlet,
            outlet=FACTS.outlet,
            public_key=device.public,
            epoch=head.epoch,
            next_seq=head.seq + 1,
            head_hash=head.hash,
        )


def _raw(
    drafts: Drafts, folder: Path, device: DeviceKey, head: JournalHead, written: list[tuple[str, object]], into: Samples
) -> None:
    path = drafts.copied(folder / "headquarters-raw.db")
    office = Office(open_store(path), device)
    enrol(office, device, head)
    office.store.close()
    groups = [
        (sql, [parameters for _, parameters in group])
        for sql, group in groupby(written, lambda statement: statement[0])
        if sql.startswith(("INSERT", "UPDATE"))
    ]
    connection = connect(path, KEY)
    cursor = connection.cursor()
    with without_collector(), into.taking():
        cursor.execute("BEGIN IMMEDIATE")
        for sql, parameters in groups:
            cursor.executemany(sql, parameters)
        cursor.execute("COMMIT")
    connection.close()
