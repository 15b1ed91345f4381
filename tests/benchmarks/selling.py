"""A sale's commit while another program makes X reports of the same shift one after the other, against one alone."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from boss_tui.answers.business import Tender
from data.bulk import bulk
from data.store import Store
from data.tables.document import DocumentRange
from data.tables.finance import BusinessDay, Posting, PostingLine, Shift
from data.tables.order import ProductOrder
from tests.benchmarks.days import sale
from tests.benchmarks.halls import Drafts, counter, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples, without_collector
from tests.hall import FACTS

AIM = 1.5
"""Readers never wait for a writer, nor a writer for them: what is left is that they share the machine."""
WARM = 4


def rows(drafts: Drafts, folder: Path, before: int = 2_000) -> list[Row]:
    """On a copy of the hall whose open shift has so many sales already; by turns, with X reports made and without."""
    path = drafts.copied(folder / "selling.db")
    store = open_store(path)
    _fill(store, before)
    desk, alone, beside = counter(store), Samples(), Samples()
    with _reporting(path) as going, without_collector():
        for place, (draft, due) in enumerate(drafts.forms):
            with_reports = place % 2 == 1
            (going.set if with_reports else going.clear)()
            with (beside if with_reports else alone).taking():
                desk.orders.complete(draft, [Tender("cash", due)])
            if place + 1 == min(WARM, len(drafts.forms) // 2):
                alone.clear()
                beside.clear()
    store.close()
    what = f"a sale's commit while X reports of {before:,} sales are made / alone; median"
    return [Row(what, beside.middle, alone.middle, AIM)]


@contextmanager
def _reporting(path: Path) -> Iterator[Event]:
    """Another program, which makes X reports while the event is set."""
    apart = multiprocessing.get_context("spawn")
    going, ready = apart.Event(), apart.Event()
    program = apart.Process(target=_report, args=(path, going, ready), daemon=True)
    program.start()
    ready.wait(60)
    try:
        yield going
    finally:
        program.kill()
        program.join()


def _report(path: Path, going: Event, ready: Event) -> None:
    desk = counter(open_store(path))
    desk.reports.shown("x")
    ready.set()
    while going.wait():
        desk.reports.shown("x")


def _fill(store: Store, sales: int) -> None:
    """So many sales of the shift that is open, straight into the tables."""
    with store.reading() as reading:
        day = reading.one(BusinessDay, outlet=FACTS.outlet, state="open").business_date
        shift = reading.one(Shift, till=FACTS.counter, state="open").id
        ranges = {kind: reading.all(DocumentRange, kind=kind)[0] for kind in ("invoice", "receipt")}
    made: dict[Any, list[dict[str, Any]]] = {ProductOrder: [], Posting: [], PostingLine: []}
    for n in range(sales):
        one = sale(n, day, ranges)
        one[Posting] = [{**row, "shift_id": shift, "till": FACTS.counter} for row in one[Posting]]
        for model in made:
            made[model] += one[model]
    with bulk(store) as into:
        for model, found in made.items():
            into.insert(model, found)
