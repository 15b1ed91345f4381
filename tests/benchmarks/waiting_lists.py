"""What waits in a hall, item by item and counted, over very many rows of each: what services refused afterwards, work
by hand, what the network keeps, what failed on its day, invoices; against the bare queries that give the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from boss_tui.answers.hall import ITEMS_AT_ONCE, WORK_AT_ONCE
from boss_tui.desk import late, queue_counts, refused_items, waiting, work_by_hand
from boss_tui.management.m19 import times
from boss_tui.network import owning
from data.clock import SeededClock
from data.schema import create
from data.states import MOST
from data.store import Reading, Store
from data.tables.electronic import ElectronicInvoice
from data.tables.eligibility import InterfaceAnswer
from data.tables.life import ScheduledAct
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.order import RUNS, Process, ProductOrder
from data.tables.sync import JournalHead, SyncException
from tests.benchmarks.grown import Grown, fill
from tests.benchmarks.table import Row
from tests.benchmarks.timing import timed
from tests.hall import START

AT_ONCE = 100.0
"""Milliseconds in which a key is answered."""
OUTLET = "A000"
_EVERY = 2_000
"""Milliseconds between one order and the next."""
_MS = f"({int(START.timestamp() * 1000)} - (:many - n) * {_EVERY})"
_AT = f"strftime('%Y-%m-%dT%H:%M:%f000Z', {_MS} / 1000.0, 'unixepoch')"
_HEX = f"printf('%012x', {_MS})"
_KEY = f"substr({_HEX}, 1, 8) || '-' || substr({_HEX}, 9) || printf('-7000-8000-%012x', n)"
_DAY = f"date({_MS} / 1000, 'unixepoch')"
_BUSINESS = "CASE n % 3 WHEN 0 THEN 'C1' WHEN 1 THEN 'C6' ELSE 'C7.2' END"
_ORDERS = {
    "id": _KEY,
    "serial": "printf('%012d', n)",
    "outlet": f"'{OUTLET}'",
    "counter": "'A00001'",
    "operator": "'1001'",
    "business": _BUSINESS,
    "business_date": _DAY,
    "state": "CASE WHEN n % 20 < 2 THEN 'inProgress' ELSE 'completed' END",
    "draft_id": f"substr({_HEX}, 1, 8) || '-' || substr({_HEX}, 9) || printf('-7000-7fff-%012x', n)",
    "created_at": _AT,
    "process_version": "1",
    "limits": """'{"open":1000000}'""",
    **dict.fromkeys(("customer_id", "subscription_id", "reverses"), "NULL"),
}
_WORK = {
    "id": _KEY,
    "order_id": _KEY,
    "position": "1",
    "kind": "CASE n % 4 WHEN 0 THEN 'manual' ELSE 'automatic' END",
    "act": "'open'",
    "parameters": """'{"task":"barring"}'""",
    "state": "CASE WHEN n % 4 < 2 THEN 'open' ELSE 'done' END",
    "created_at": _AT,
    "done_at": f"CASE WHEN n % 4 < 2 THEN '' ELSE {_AT} END",
}
_COMMANDS = {
    "command_key": _KEY,
    "work_order_id": _KEY,
    "element": "'HLR1'",
    "subscriber": "printf('%d', 13800000000 + n)",
    "position": "1",
    "command": "'X'",
    "state": "CASE n % 2 WHEN 0 THEN 'queued' ELSE 'unknown' END",
    "batch_id": "NULL",
    "queued_at": _AT,
}
_ACTS = {
    "id": _KEY,
    "outlet": f"'{OUTLET}'",
    "business": _BUSINESS,
    "order_id": _KEY,
    "subscription_id": _KEY,
    "due_on": _DAY,
    "state": "'failed'",
    "reason": """'{"template":"Why","values":{}}'""",
    "done_order_id": "NULL",
}
_ANSWERS = {
    "id": _KEY,
    "outlet": f"'{OUTLET}'",
    "business_date": _DAY,
    "order_id": _KEY,
    "interface": "'fraud'",
    "request": _KEY,
    "operator": "'1001'",
    "asked_at": _AT,
    "state": "'refused'",
    "later_at": _AT,
}
_DEAD = {
    "id": _KEY,
    "outlet": f"'{OUTLET}'",
    "epoch": "1",
    "seq": "n",
    "reason": "'price'",
    "detail": "'{}'",
    "raised_at": _AT,
}
_INVOICES = {
    "id": _KEY,
    "outlet": f"'{OUTLET}'",
    "order_id": _KEY,
    "title": "'公司'",
    "amount": "100",
    "says": "'{}'",
    "operator": "'1001'",
    "business_date": _DAY,
    "made_at": _AT,
    "state": "CASE n % 2 WHEN 0 THEN 'waiting' ELSE 'issued' END",
    "number": "CASE n % 2 WHEN 0 THEN '' ELSE printf('%020d', n) END",
}
_HEAD = {"outlet": f"'{OUTLET}'"}
_PROCESSES = {"business": _BUSINESS, "number": "printf('BP%03d', n)", "steps": "'[]'"}
FILLED = (
    (ProductOrder, _ORDERS),
    (WorkOrder, _WORK),
    (NetworkCommand, _COMMANDS),
    (ScheduledAct, _ACTS),
    (InterfaceAnswer, _ANSWERS),
    (SyncException, _DEAD),
    (ElectronicInvoice, _INVOICES),
)
_MANUAL = "SELECT * FROM work_order WHERE state = 'open' AND kind = 'manual' ORDER BY created_at, id LIMIT {}"


def _work(reading: Reading, outlet: str, most: int) -> Sequence[object]:
    return [work_by_hand._view(reading, each) for each in owning.waiting(reading, outlet, most)]


class _Asked(Struct, frozen=True):
    """A list, or figures, and the bare query for the same rows."""

    what: str
    ours: Callable[[Reading], object]
    bare: str


_ASKED = (
    _Asked("manual work of a hall", lambda at: _work(at, OUTLET, WORK_AT_ONCE), _MANUAL.format(WORK_AT_ONCE)),
    _Asked("the same and the next", lambda at: _work(at, OUTLET, 2 * WORK_AT_ONCE), _MANUAL.format(2 * WORK_AT_ONCE)),
    _Asked("manual work of all halls", lambda at: _work(at, "", WORK_AT_ONCE), _MANUAL.format(WORK_AT_ONCE)),
    _Asked(
        "what the network keeps too long",
        lambda at: list(late.items(at, OUTLET)),
        "SELECT w.*, o.limits FROM work_order w JOIN product_order o ON o.id = w.order_id WHERE w.state = 'open' AND "
        f"w.kind = 'automatic' ORDER BY w.created_at, w.id LIMIT {ITEMS_AT_ONCE}",
    ),
    _Asked(
        "refused by outside checks afterwards",
        lambda at: refused_items.items(at, OUTLET),
        f"SELECT * FROM interface_answer WHERE outlet = '{OUTLET}' AND state = 'refused' "
        f"ORDER BY later_at, id LIMIT {ITEMS_AT_ONCE}",
    ),
    _Asked(
        "not done on its day",
        lambda at: list(waiting._dated(at, OUTLET)),
        f"SELECT * FROM scheduled_act WHERE state = 'failed' AND outlet = '{OUTLET}' "
        f"ORDER BY due_on, id LIMIT {ITEMS_AT_ONCE}",
    ),
    _Asked(
        "dead letters",
        lambda at: list(waiting._dead_letters(at, OUTLET)),
        f"SELECT * FROM sync_exception WHERE state = 'open' AND outlet = '{OUTLET}' ORDER BY seq LIMIT {ITEMS_AT_ONCE}",
    ),
    _Asked(
        "electronic invoices that wait",
        lambda at: at.few(ElectronicInvoice, ITEMS_AT_ONCE, outlet=OUTLET, state="waiting", order=("-made_at", "-id")),
        f"SELECT * FROM electronic_invoice WHERE outlet = '{OUTLET}' AND state = 'waiting' "
        f"ORDER BY made_at DESC, id DESC LIMIT {ITEMS_AT_ONCE}",
    ),
    _Asked(
        "all that waits, counted",
        lambda at: queue_counts.queues(at, OUTLET, 60),
        f"SELECT count(*) FROM (SELECT 1 FROM network_command WHERE state = 'queued' LIMIT {MOST})",
    ),
    _Asked(
        "where the orders of all processes stand",
        times.standings,
        "SELECT business, state, process_version, count(*), min(created_at) FROM product_order "
        f"WHERE {RUNS} GROUP BY business, state, process_version",
    ),
)
ROWS = len(_ASKED)


def rows(folder: Path, count: int) -> list[Row]:
    """Each, in a store that is filled with so many rows of each."""
    store = Store(f"sqlite:///{folder / 'waiting.db'}", clock=SeededClock(START))
    create(store)
    raw = store.engine.raw_connection()
    cursor: Any = raw.cursor()
    try:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("BEGIN")
        for model, said in FILLED:
            fill(cursor, Grown("", model, said, "", "", ""), count)
        fill(cursor, Grown("", JournalHead, _HEAD, "", "", ""), 1)
        fill(cursor, Grown("", Process, _PROCESSES, "", "", ""), 3)
        cursor.execute("COMMIT")
        return [_measured(store, cursor, each, count) for each in _ASKED]
    finally:
        cursor.close()
        raw.close()
        store.close()
        for each in folder.glob("waiting.db*"):
            each.unlink()


def _measured(store: Store, cursor: Any, asked: _Asked, count: int) -> Row:
    """What is asked anew, as a key asks it."""

    def ours() -> None:
        with store.reading() as reading:
            asked.ours(reading)

    mine, its = timed(ours, lambda: cursor.execute(asked.bare).fetchall())
    return Row(f"{asked.what}, {count:,} rows (read alone {its:.2g} ms)", mine, AT_ONCE, 1.0)
