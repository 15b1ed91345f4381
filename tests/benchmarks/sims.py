"""A batch of SIM cards into headquarters' stock, against bare inserts of the same rows; and the memory it takes."""

from __future__ import annotations

import hashlib
import shutil
import time
import tracemalloc
from pathlib import Path
from typing import Any

from boss_tui.headquarters import card_keys
from boss_tui.management.kit.stock import PAGE
from data.check_digits import luhn
from data.clock import SeededClock
from data.store import Store
from data.tables.resource import SimCard
from tests.benchmarks.table import Row
from tests.hall import START
from tests.head_office import CHECKER, HeadOffice, make_template

NAME = "M5/sim_card"
AIM = 3.0
FLAT = 1.3
"""By how much more memory a file of ten times the size may take."""
_BODY, _IMSI = 8986009901126000001, 460009900000001


def rows(folder: Path, cards: int) -> list[Row]:
    """A batch of so many cards is judged and taken in."""
    make_template(f"sqlite:///{folder / 'office.db'}")
    path, small = _file(folder, cards), _file(folder, max(1, cards // 10))
    mine = _ours(folder, path)
    bare = _raw(folder, cards)
    what = f"a batch of {cards:,} SIM cards: hash, judge, take in, resumable / bare inserts by {PAGE:,}"
    large, little = _peak(folder, path), _peak(folder, small)
    memory = f"  its memory at most / that of a tenth of it ({cards // 10:,})"
    return [Row(what, mine, bare, AIM), Row(memory, large, little, FLAT, unit="MB")]


def _cards(count: int) -> list[tuple[str, str, str, str]]:
    made = []
    for n in range(count):
        body = str(_BODY + n)
        made.append((body + luhn(body), str(_IMSI + n), f"{n:032X}", f"{n:08d}"))
    return made


def _file(folder: Path, count: int) -> Path:
    cards = _cards(count)
    body = "iccid,imsi,ki,puk\n" + "".join(",".join(card) + "\n" for card in cards)
    head = f"count={count},sha256={hashlib.sha256(body.encode()).hexdigest()},order=B{count},kind=32K,key=7"
    path = folder / f"batch-{count}.csv"
    path.write_text(f"#sim_card,{head},first_iccid={cards[0][0]},first_imsi={cards[0][1]}\n{body}", encoding="utf-8")
    return path


def _office(folder: Path, name: str) -> HeadOffice:
    copy = folder / f"{name}.db"
    shutil.copyfile(folder / "office.db", copy)
    office = HeadOffice(Store(f"sqlite:///{copy}", clock=SeededClock(START)))
    card_keys.keep(office.maker, folder, "7", ("0F" * 16, "A5" * 16), CHECKER)
    return office


def _ours(folder: Path, path: Path) -> float:
    """Milliseconds."""
    office = _office(folder, "ours")
    began = time.perf_counter()
    files = office.maker.row_files
    judged = files.preview(NAME, path)
    while files.judge(judged):
        pass
    assert judged.counts()["bad"] == 0
    job = files.begin_import(NAME, judged, path)
    while job.state == "running":
        job = files.step(job.id)
    took = time.perf_counter() - began
    assert job.state == "done"
    office.store.close()
    return took * 1_000


def _raw(folder: Path, count: int) -> float:
    office = _office(folder, "raw")
    names = ("iccid", "imsi", "ki", "puk", "kind", "state", "outlet", "lease_id", "batch_id", "key_index", "revision")
    insert = f"INSERT INTO {SimCard.__tablename__} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    cards = [(*card, "32K", "in_stock", "", "", "B", "7", 1) for card in _cards(count)]
    began = time.perf_counter()
    connection: Any = office.store.engine.raw_connection()
    cursor = connection.cursor()
    for at in range(0, count, PAGE):
        cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany(insert, cards[at : at + PAGE])
        cursor.execute("COMMIT")
    took = time.perf_counter() - began
    connection.close()
    office.store.close()
    return took * 1_000


def _peak(folder: Path, path: Path) -> float:
    """Megabytes that judging a file takes at most."""
    office = _office(folder, "peak")
    files = office.maker.row_files
    tracemalloc.start()
    judged = files.preview(NAME, path)
    while files.judge(judged):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    office.store.close()
    return peak / 1_000_000
