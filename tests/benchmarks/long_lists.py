"""Lists of what waits, over very many rows: exceptions at the office, the first of each order and for a word, against
the bare queries that give the same rows; and numbers of papers, counted over a million of them."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from boss_tui.answers.exceptions import EXCEPTIONS_AT_ONCE
from boss_tui.components.documents import number_accounts
from boss_tui.headquarters import exception_list
from data.store import Store
from data.tables.document import DocumentRange, PaperDocument
from data.tables.sync import JournalEntry, SyncException
from tests.benchmarks.grown import OUTLETS, Grown, fill
from tests.benchmarks.table import Row
from tests.benchmarks.timing import timed

AIM = 3.0
AT_ONCE = 100.0
"""Milliseconds in which a key is answered: what a hundred rows mean in words takes longer than to read them."""
MOST = EXCEPTIONS_AT_ONCE
PAPERS = 5_000
"""Papers of a range."""
_MIXED = "(n * 7919 % 1000003)"
_ENTRY = {"outlet": f"printf('A%03d', n % {OUTLETS})", "epoch": "1", "seq": f"n / {OUTLETS}"}
_AT = "printf('2026-11-%02dT%02d:%02d:%02d.000000Z', 1 + n % 20, n % 24, n % 60, n % 59)"
_JOURNAL = {
    **_ENTRY,
    "kind": f"CASE {_MIXED} % 4 WHEN 0 THEN 'C1' WHEN 1 THEN 'C12' WHEN 2 THEN 'shift.open' ELSE 'day.close' END",
    "operator": f"printf('%d', 1000 + {_MIXED} % 500)",
    "made_at": _AT,
    "business_date": "'2026-11-20'",
    "body": "'{}'",
    **dict.fromkeys(("prev_hash", "hash"), "''"),
}
_EXCEPTIONS = {
    **_ENTRY,
    "id": "printf('01939f00-%04x-7000-8000-%012x', n / 65536, n)",
    "reason": f"CASE {_MIXED} % 4 WHEN 0 THEN 'price' WHEN 1 THEN 'act' WHEN 2 THEN 'lease' ELSE 'date' END",
    "detail": """printf('{"table":"phone_number","key":["138%08d"]}', n)""",
    "held": f"{_MIXED} % 100000 - 20000",
    "raised_at": _AT,
    "state": "CASE n % 10 WHEN 8 THEN 'noted' WHEN 9 THEN 'resolved' ELSE 'open' END",
}
_RANGES = {
    "id": "printf('R%03d', n)",
    "kind": "'receipt'",
    "code": "printf('Z%03d', n)",
    "first_number": "1",
    "last_number": str(PAPERS),
    "next_number": str(PAPERS + 1),
    "outlet": f"printf('A%03d', n % {OUTLETS})",
}
_PAPERS = {
    "id": f"printf('%09d', {_MIXED})",
    "outlet": f"printf('A%03d', n / {PAPERS} % {OUTLETS})",
    "range_id": f"printf('R%03d', n / {PAPERS})",
    "kind": "'receipt'",
    "code": f"printf('Z%03d', n / {PAPERS})",
    "number": f"1 + n % {PAPERS}",
    "content": "hex(zeroblob(200))",
    "operator": "'1001'",
    "business_date": "'2026-11-20'",
    "made_at": _AT,
    **dict.fromkeys(("order_id", "customer_id"), "NULL"),
}


class _Asked(Struct, frozen=True):
    """How a list is asked, and the bare query for the same; `at_once`: an index has it, so that nobody waits."""

    what: str
    bare: str
    text: str = ""
    sort: str = "age"
    at_once: bool = False


_OPEN = "SELECT * FROM sync_exception WHERE state = 'open'"
_BY_ENTRY = (
    "SELECT e.* FROM sync_exception e LEFT JOIN journal j ON j.outlet = e.outlet AND j.epoch = e.epoch AND "
    "j.seq = e.seq WHERE +e.state = 'open' ORDER BY j.{} LIMIT {}"
)
_ASKED = (
    _Asked("the oldest first", f"{_OPEN} ORDER BY raised_at, id LIMIT {MOST}", at_once=True),
    _Asked("by outlet", f"{_OPEN} ORDER BY outlet, seq LIMIT {MOST}", sort="outlet", at_once=True),
    _Asked("by person, whom the journal alone knows", _BY_ENTRY.format("operator", MOST), sort="person"),
    _Asked("a word that many have", f"{_OPEN} AND outlet LIKE '%A01%' ORDER BY raised_at, id LIMIT {MOST}", "a01"),
    _Asked("a word that none has", f"{_OPEN} AND detail LIKE '%zzz%' ORDER BY raised_at, id LIMIT {MOST}", "zzz"),
)

ROWS = len(_ASKED) + 1


def rows(empty: Path, folder: Path, count: int) -> list[Row]:
    """Both, over so many rows, in a copy of a store that has outlets and document kinds."""
    path = folder / "long.db"
    shutil.copyfile(empty, path)
    store = Store(f"sqlite:///{path}")
    raw = store.engine.raw_connection()
    cursor: Any = raw.cursor()
    try:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("BEGIN")
        for model, said, many in (
            (JournalEntry, _JOURNAL, count),
            (SyncException, _EXCEPTIONS, count),
            (DocumentRange, _RANGES, count // PAPERS + 1),
            (PaperDocument, _PAPERS, count),
        ):
            fill(cursor, Grown("", model, said, "", "", ""), many)
        cursor.execute("COMMIT")
        return [*(_exceptions(store, cursor, each, count) for each in _ASKED), _accounts(store, cursor, count)]
    finally:
        cursor.close()
        raw.close()
        store.close()
        for each in folder.glob("long.db*"):
            each.unlink()


def _exceptions(store: Store, cursor: Any, asked: _Asked, count: int) -> Row:
    with store.reading() as reading:

        def ours() -> None:
            found = exception_list.found(reading, asked.text, ended=False, sort=asked.sort, size=MOST)
            for _ in range(MOST):
                if next(found, None) is None:
                    return

        mine, its = timed(ours, lambda: cursor.execute(asked.bare).fetchall())
    what = f"exceptions, {count:,} rows: {asked.what}"
    return Row(f"{what} (read alone {its:.2g} ms)", mine, AT_ONCE, 1.0) if asked.at_once else Row(what, mine, its, AIM)


def _accounts(store: Store, cursor: Any, count: int) -> Row:
    bare = "SELECT range_id, state, count(*) FROM paper_document GROUP BY range_id, state"
    with store.reading() as reading:
        ours = partial(number_accounts.of_headquarters, reading)
        mine, its = timed(ours, lambda: cursor.execute(bare).fetchall())
    return Row(f"numbers of papers accounted for, {count:,} papers", mine, its, AIM)
