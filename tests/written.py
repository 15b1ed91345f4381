"""What acts really write: read off the journal entries that a run of tests makes, for headquarters' table of what each
act may write (`boss_tui.headquarters.rules.writes`; held against it in `tests/boss_tui/headquarters/test_written.py`).

`python -m pytest -p tests.written -n 2 tests` runs them, and adds what it saw to `written.txt`: a line for each table
and column (`+`: its rows come, `^`: its figures grow), with the acts that wrote it. An act that the program does no
more is taken out by hand.
"""

from __future__ import annotations

import fcntl
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from boss_tui.business.registry import BUSINESSES
from boss_tui.headquarters.rules.writes import ANY, WRITES, acts_of, business_of
from data import journal
from data.demo.hall import OFFICE
from data.journal import Author, Change

ADDS, GROWS = "+", "^"
Written = dict[tuple[str, str], set[str]]
"""By table and column, the acts."""
KEPT = Path(__file__).parent / "boss_tui" / "headquarters" / "written.txt"
FAMILIES = frozenset(code.partition(".")[0] for code in BUSINESSES)
_seen: defaultdict[tuple[str, str], set[str]] = defaultdict(set)


def permitted() -> Written:
    """What headquarters lets acts write, but for what whatever is done may."""
    found: Written = {}
    for table, writes in WRITES.items():
        for column, acts in {ADDS: writes.adding, GROWS: writes.growing, **writes.by_column}.items():
            if acts and ANY not in acts:
                found[table, column] = set(acts)
    return found


def kept() -> Written:
    """What is known to be written."""
    lines = (line.split() for line in KEPT.read_text(encoding="utf-8").splitlines())
    return {(table, column): set(acts) for table, column, *acts in lines}


def acts_in(kind: str, changes: Iterable[Change]) -> frozenset[str]:
    """What an entry is; of an order that it moves, its kind says the business."""
    orders = [change for change in changes if change.table == "product_order"]
    businesses = {str(change.values["business"]) for change in orders if change.op == "add"}
    moved = {business_of(kind)[0]} if any(change.op == "change" for change in orders) else set[str]()
    return acts_of(kind, (businesses | moved) - {""})


@cache
def _words() -> frozenset[str]:
    return frozenset(FAMILIES).union(*permitted().values())


def written_by(kind: str, changes: Iterable[Change]) -> Written:
    """What an entry writes, in the table's words: what tests do under a name of their own is none of them."""
    listed = list(changes)
    acts = set(acts_in(kind, listed) & _words())
    found: Written = {}
    for change in listed if acts else ():
        columns = {"add": [ADDS], "increase": [GROWS]}.get(change.op, [*change.values.keys() - {"revision"}])
        for column in columns:
            if change.table in WRITES and ANY not in _of(change.table, column):
                found[change.table, column] = acts
    return found


def unbelieved(kind: str, changes: Iterable[Change]) -> Written:
    """What headquarters would put aside of an entry, as none of its acts writes that."""
    return {
        (table, column): acts
        for (table, column), acts in written_by(kind, changes).items()
        if not acts & _of(table, column)
    }


def _of(table: str, column: str) -> frozenset[str]:
    writes = WRITES[table]
    return {ADDS: writes.adding, GROWS: writes.growing}.get(column, writes.by_column.get(column, frozenset()))


def pytest_configure() -> None:
    """Each entry of an outlet is looked at as its body is made."""
    body_of = journal.body_of

    def noted(changes: Iterable[Change], author: Author, more: dict[str, Any]) -> str:
        listed = list(changes)
        if author.outlet != OFFICE:
            for place, acts in written_by(author.kind, listed).items():
                _seen[place] |= acts
        return body_of(listed, author, more)

    journal.body_of = noted


def pytest_sessionfinish() -> None:
    """What a worker saw is kept beside what others did."""
    with (KEPT.parent / "__init__.py").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        written = defaultdict(set, kept())
        for place, acts in _seen.items():
            written[place] |= acts
        lines = [f"{table} {column} {' '.join(sorted(acts))}\n" for (table, column), acts in sorted(written.items())]
        KEPT.write_text("".join(lines), encoding="utf-8")
