"""Search as you type against the raw indexed query, over a large hall that is made once and kept in the system's
temporary folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from data import demo, migrations
from data.engine import connect
from data.search import QUERIES, search
from data.statements import Prepared
from data.store import Store
from tests.benchmarks.halls import KEY, made, open_store
from tests.benchmarks.table import Row
from tests.benchmarks.timing import Samples, without_collector

MILLION = 1_000_000
WEEK = 7 * 24 * 3600
FIRST_TIME = 200_000
"""Made by default where there is no larger one: a million takes longer to make than all the measurements together."""
AFTER = "\U0010ffff"

WORDS: tuple[tuple[str, str, str], ...] = (
    ("name, 2 characters", "name", "SELECT substr(name, 1, 2) FROM customer WHERE length(name) = 3 LIMIT :n OFFSET :m"),
    ("initials, 3 letters", "initials", "SELECT initials FROM customer WHERE length(initials) = 3 LIMIT :n OFFSET :m"),
    ("last four digits", "tail", "SELECT tail FROM subscription LIMIT :n OFFSET :m"),
    ("number, first 7 digits", "number", "SELECT substr(number, 1, 7) FROM subscription LIMIT :n OFFSET :m"),
    (
        "document, all 18",
        "identity",
        "SELECT document_number FROM customer WHERE document_kind = '00' AND "
        "length(document_number) = 18 LIMIT :n OFFSET :m",
    ),
)


def cache_folder() -> Path:
    """Where large halls are kept: this user's own folder under the system's temporary one, another for each shape of
    the tables and of the demonstration's rows. One that nobody has used for a week is taken away."""
    kept, whose = Path(tempfile.gettempdir()), f"boss-benchmarks-{os.getuid()}"
    folder = kept / f"{whose}-{shape()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    os.utime(folder)
    for other in kept.glob(f"{whose}-*"):
        if other.stat().st_mtime < time.time() - WEEK:
            shutil.rmtree(other, ignore_errors=True)
    return folder


def shape() -> str:
    """A hash of the frozen schema, and of what makes the demonstration's rows."""
    schema = Path(migrations.__file__).parent.glob("versions/*.sqlite.sql")
    making = Path(demo.__file__).parent.glob("*.py")
    told = hashlib.sha256()
    for path in sorted([*schema, *making]):
        told.update(path.read_bytes())
    return told.hexdigest()[:12]


def large_hall(folder: Path, customers: int | None) -> tuple[Path, int, float]:
    """The hall, how many customers it has, and the seconds that making it took (0: it was there)."""
    if customers is None:
        customers = MILLION if (folder / f"hall-{MILLION}.db").exists() else FIRST_TIME
    path = folder / f"hall-{customers}.db"
    if path.exists():
        return path, customers, 0.0
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=folder) as part:  # half a hall must never be found here
        made(Path(part), customers).replace(path)
    return path, customers, time.perf_counter() - began


def rows(folder: Path, customers: int | None, tries: int = 40) -> list[Row]:
    """The table's rows about search."""
    path, count, seconds = large_hall(folder, customers)
    how = f"made in {seconds:.0f} s" if seconds else "made before"
    store = open_store(path)
    raw = connect(path, KEY)
    found = []
    for label, question, sample in WORDS:
        texts = [row[0] for row in raw.execute(sample, {"n": tries, "m": count // 3})]
        ours, limit = _compare(store, raw, question, texts)
        found.append(Row(f"find, {label} / the raw indexed query; median", ours.middle, limit.middle))
    store.close()
    raw.close()
    found[0] = Row(f"{count:,} customers ({how}): {found[0].what}", found[0].ours, found[0].limit)
    return found


def _compare(store: Store, raw: Any, question: str, texts: list[str]) -> tuple[Samples, Samples]:
    """Each text is asked of both twice; the second time counts, when both have their pages in memory."""
    prepared = Prepared.compiled(QUERIES[question], store.engine.dialect)
    ours, limit = Samples(), Samples()
    cursor = raw.cursor()
    with without_collector():
        for text in texts:
            low = {"exact": text, "low": text, "high": text + AFTER, "most": 20}
            for mine, its in ((Samples(), Samples()), (ours, limit)):
                with its.taking():
                    cursor.execute(prepared.sql, prepared.parameters(low)).fetchall()
                with mine.taking(), store.reading() as reading:
                    hits = search(reading, text)
                assert hits, f"{text!r} was not found"
    return ours, limit
