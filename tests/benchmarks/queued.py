"""Papers that wait: what a counter asks of them while few wait, and while very many do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from data.bulk import bulk
from data.store import Reading, Store
from data.tables.sync import Printer, PrintJob
from printers import jobs
from tests.benchmarks.halls import counter, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples, repeat

FEW, MANY, CHUNK = 100, 10_000, 5_000
AIMS = {"next": 1.3, "list": 2.2, "counts": 2.5}
"""Times as long with a hundred times as many. The list shows 200 of them, twice what it has to show of 100; the counts
go on to 1,000. Nothing grows from there on."""


def rows(hall: Path, folder: Path, many: int = MANY, times: int = 30) -> list[Row]:
    """On two copies of a hall, with few papers that wait at its printer and with so many."""
    few, most = (_asked(hall, folder / f"queued-{count}.db", count, times) for count in (FEW, many))
    return [
        Row(f"{_WORDS[what]}, {many:,} papers wait / {FEW} wait; best", most[what].best, few[what].best, aim)
        for what, aim in AIMS.items()
    ]


_WORDS = {
    "next": "the next paper of a printer",
    "list": "list of the queues",
    "counts": "what the status line says of the queues",
}


def _asked(hall: Path, path: Path, count: int, times: int) -> dict[str, Samples]:
    """How long each question takes with so many that wait."""
    shutil.copyfile(hall, path)
    store = open_store(path)
    printer = _fill(store, count)
    desk = counter(store)
    asked: dict[str, Callable[[], object]] = {
        "list": desk.queues.items,
        "next": lambda: _next(store, printer),
        "counts": desk.queues.counts,
    }
    found = {what: repeat(ask, times, warm=3) for what, ask in asked.items()}
    store.close()
    path.unlink()
    return found


def _next(store: Store, printer: str) -> PrintJob:
    with store.reading() as reading:
        return _head(reading, printer)


def _head(reading: Reading, printer: str) -> PrintJob:
    return reading.models(PrintJob, jobs.HEAD, printer=printer)[0]


def _fill(store: Store, count: int) -> str:
    """So many papers wait at the hall's printer, which refused the first: its code."""
    with store.reading() as reading:
        printer = reading.all(Printer, state="active", order=("code",))[0].code
    with bulk(store) as into:
        for first in range(0, count, CHUNK):
            into.insert(PrintJob, [_job(n, printer) for n in range(first, min(first + CHUNK, count))])
    return printer


def _job(n: int, printer: str) -> dict[str, object]:
    return {
        "id": f"job-{n:08d}",
        "document_id": f"paper-{n:08d}",
        "printer": printer,
        "title": f"收据 SJ26HZ01-{n:08d}",
        "content": b"\x1b@" + b"x" * 600,
        "preview": "x",
        "state": "refused" if n == 0 else "queued",
        "operator": "1001",
        "queued_at": f"2026-11-23T01:00:00.{n:06d}Z",
        "attempts": int(n == 0),
    }
