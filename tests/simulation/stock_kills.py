"""Kill a process that takes files of stock in at a random moment of its pages, many times; then judge headquarters'
store: each page is in whole or not at all, the job says how far it is, and who goes on with it leaves nothing out, and
nothing twice.

usage: python -m tests.simulation.stock_kills [KILLS] [SEED]
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from boss_tui.desk import Desk
from boss_tui.headquarters import desk as offices
from boss_tui.headquarters.office import Office
from boss_tui.management.kit import stock, stock_jobs
from boss_tui.management.kit.jobs import OPEN
from boss_tui.verify import verify
from data.clock import SystemClock
from data.demo_staff import PASSWORD
from data.store import Store
from data.tables.job import Job
from data.tables.resource import PhoneNumber
from data.tables.stockroom import StockBatch
from tests.boss_tui.desk.stock_intake import done, judged
from tests.engines import Sqlite
from tests.hall import START
from tests.head_office import CHECKER, KEY, MAKER, make_template
from tests.simulation.sellers import READY, Forked


class OfTheDay(SystemClock):
    """The machine's clock, moved to the day that the office has open."""

    _back = datetime.now(UTC) - START - timedelta(minutes=10)

    def now(self) -> datetime:
        return datetime.now(UTC) - self._back


NUMBERS = "M5/phone_number"
PAGE, ROWS, SEGMENT = 40, 1_000, 1_795_000
PAGES = 3.0
"""A process is killed within the time of so many pages, counted from its first."""


def run(url: str, folder: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kill so many processes that take files in, each going on where the one before it was. Answers (files, pieces)."""
    stock.PAGE = stock_jobs.PAGE = PAGE  # type: ignore[attr-defined]
    chance, killed, files = random.Random(seed), 0, 0
    page = duration(url, folder)
    while killed < kills:
        _begin(url, folder, files)
        files += 1
        while not _judge(url, files):
            worker = Forked.fork(lambda told: _take_in(url, told))
            if killed < kills:
                worker.at_work()
                time.sleep(chance.uniform(0, PAGES * page))
                worker.kill()
                killed += 1
            worker.ended()
    return files, _in_stock(url)


def duration(url: str, folder: Path) -> float:
    """Seconds that a page takes here, by a file of its own that is taken in whole."""
    _begin(url, folder, 900)
    began = time.monotonic()
    worker = Forked.fork(lambda told: _take_in(url, told))
    worker.at_work()
    assert worker.ended() == 0
    return (time.monotonic() - began) * PAGE / ROWS


def _at_work(store: Store, staff_no: str = MAKER) -> Desk:
    made = offices.desk(Office(store, KEY))
    made.signing.sign_on(staff_no, PASSWORD)
    return made


def _begin(url: str, folder: Path, n: int) -> None:
    """A segment of its own, and a file of its first numbers, whose taking in is begun."""
    store, prefix = Store(url, clock=OfTheDay()), str(SEGMENT + n)
    maker, checker = _at_work(store), _at_work(store, CHECKER)
    row: dict[str, Any] = {"table": "number_segment", "op": "add", "values": {"prefix": prefix, "element": "HLR01"}}
    made = maker.managing.make("M5", {**maker.managing.example("M5"), "rows": [row]})
    checker.editions.approve(made.edition.id)
    path = folder / f"{prefix}.csv"
    path.write_text("number\n" + "".join(f"{prefix}{tail:04d}\n" for tail in range(ROWS)), encoding="utf-8")
    found = judged(maker, NUMBERS, path)
    assert not found.faults, found.faults[:3]
    maker.row_files.begin_import(NUMBERS, found, path)
    store.close()


def _take_in(url: str, told: int) -> None:
    """Go on with the file that is under way, page by page, to its end."""
    store = Store(url, clock=OfTheDay())
    desk = _at_work(store)
    with store.reading() as reading:
        (job,) = (job for job in reading.all(Job) if job.state in OPEN)
    os.write(told, READY.encode())
    done(desk, job)
    store.close()


def _judge(url: str, files: int) -> bool:
    """What is in stock of the last file is what its job says; all that always holds, holds. Answers whether it is in
    whole."""
    store, prefix = Store(url, clock=OfTheDay()), str(SEGMENT + files - 1)
    with store.reading() as reading:
        job = max(reading.all(Job), key=lambda job: job.id)
        tails = [row.tail for row in reading.all(PhoneNumber, segment=prefix, order=("number",))]
        batch = reading.one(StockBatch, id=job.id)
        findings = verify(reading)
    store.close()
    assert tails == [f"{tail:04d}" for tail in range(job.done)], "a page is half, twice, or left out"
    assert json.loads(job.said)["taken"] == job.done
    assert batch.pieces == (ROWS if job.state == "done" else 0)
    assert not findings, findings
    return bool(job.state == "done")


def _in_stock(url: str) -> int:
    store = Store(url, clock=OfTheDay())
    with store.reading() as reading:
        found = sum(row.batch_id != "" for row in reading.all(PhoneNumber))
    store.close()
    return found


def main() -> None:
    """Run from the command line."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        url = Sqlite().empty(Path(folder))
        make_template(url)
        files, pieces = run(url, Path(folder), kills, seed)
    print(f"{kills} kills in {files} files: {pieces} pieces in stock, no page half, none twice, none left out")


if __name__ == "__main__":
    main()
