"""What waits in a hall, item by item and counted, over very many rows of each: what services refused afterwards, work
by hand, what the network keeps, what failed on its day, invoices; against the bare queries that give the same.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from data.store import Store
from data.tables.electronic import ElectronicInvoice
from data.tables.eligibility import InterfaceAnswer
from data.tables.life import ScheduledAct
from data.tables.network import NetworkCommand, WorkOrder
from data.tables.order import ProductOrder
from data.tables.sync import JournalHead, SyncException
from tests.benchmarks.grown import Grown, fill
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
FILLED = (
    (ProductOrder, _ORDERS),
    (WorkOrder, _WORK),
    (NetworkCommand, _COMMANDS),
    (ScheduledAct, _ACTS),
    (InterfaceAnswer, _ANSWERS),
    (SyncException, _DEAD),
    (ElectronicInvoice, _INVOICES),
)


def grow(path: Path, count: int) -> None:
    """Fill a store with so many rows of each."""
    with closing(Store(f"sqlite:///{path}")) as store:
        raw = store.engine.raw_connection()
        cursor: Any = raw.cursor()
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("BEGIN")
        for model, said in FILLED:
            fill(cursor, Grown("", model, said, "", "", ""), count)
        fill(cursor, Grown("", JournalHead, _HEAD, "", "", ""), 1)
        cursor.execute("COMMIT")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()
        raw.close()
