"""A backup of the store while a counter sells: how long the longest sale takes meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

from boss_tui.answers.business import Tender
from data.backup import backup
from tests.benchmarks.halls import KEY, Drafts, counter, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples


def rows(drafts: Drafts, folder: Path) -> list[Row]:
    """Half of the forms are completed alone, the others while backups are made one after the other."""
    store = open_store(drafts.copied(folder / "selling.db"))
    desk = counter(store)
    alone, beside, backups = Samples(), Samples(), Samples()
    half = len(drafts.forms) // 2
    for draft, due in drafts.forms[:half]:
        with alone.taking():
            desk.orders.complete(draft, [Tender("cash", due)])
    ended, faults = threading.Event(), list[BaseException]()

    def back_up() -> None:
        try:
            while not ended.is_set():
                with backups.taking():
                    backup(store, folder / "backup.db", KEY)
        except BaseException as fault:
            faults.append(fault)

    thread = threading.Thread(target=back_up)
    thread.start()
    for draft, due in drafts.forms[half:]:
        with beside.taking():
            desk.orders.complete(draft, [Tender("cash", due)])
    ended.set()
    thread.join()
    store.close()
    if faults:
        raise faults[0]
    what = f"longest sale of {len(beside.wall)} while backups are made"
    return [Row(f"{what} ({backups.middle:,.0f} ms each) / without", max(beside.wall), max(alone.wall))]
