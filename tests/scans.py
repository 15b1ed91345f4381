"""What SQLite would read whole: every statement that is run is explained, and tables that it scans are noted.

So is what it would plan anew at each run, since a parameter may decide what serves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from data.store import Store
from data.tables import all_tables

_SCANNED = re.compile(r"SCAN (\w+)")
_BY_KIND = re.compile(r"SEARCH (\w+) USING (?:COVERING )?INDEX \w+ \((?:kind|business)=\?\)$")
"""Goes through all rows of a kind, which is as good as all."""
_EXPLAINED = ("SELECT", "UPDATE", "DELETE", "WITH")

SMALL = {
    "business_day",
    "document_range",
    "journal_head",
    "lease",
    "listed_person",
    "network_element",
    "operator",
    "operator_grant",
    "sequence",
    "setting",
    "shift",
}
"""Tables that stay small beside customers and orders: a row for each person of the staff, element, day,
shift, range or lease. Published tables are as large in every hall."""


@dataclass
class Scans:
    """The statements that were seen, those that read a table whole which grows: table → statements; and those that
    are planned `anew` at each run."""

    seen: set[str] = field(default_factory=set)
    found: dict[str, set[str]] = field(default_factory=dict)
    anew: set[str] = field(default_factory=set)

    def explain(self, cursor: Any, sql: str, parameters: Any) -> None:
        """Look at a statement the first time that it is run."""
        if sql in self.seen or not sql.lstrip().startswith(_EXPLAINED):
            return
        self.seen.add(sql)
        if sql.startswith("SELECT") and _planned_anew(cursor.connection, sql, parameters):
            self.anew.add(" ".join(sql.split()))
        asked = cursor.connection.cursor().execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        plan = [row[3] for row in asked.fetchall()]
        in_order = "LIMIT" in sql and not any("TEMP B-TREE" in step for step in plan)
        for step in plan:
            scanned = _SCANNED.match(step)
            if (
                scanned
                and self._grows(scanned.group(1))
                and not ("USING" in step and (in_order or self._partial(cursor, step)))
            ):
                self.found.setdefault(step, set()).add(" ".join(sql.split()))
            by_kind = _BY_KIND.match(step)
            if by_kind and self._grows(by_kind.group(1)) and not in_order:
                self.found.setdefault(step, set()).add(" ".join(sql.split()))

    @staticmethod
    def _partial(cursor: Any, scan: str) -> bool:
        """Whether it goes through an index of those rows alone that wait for something."""
        index = scan.rpartition("INDEX ")[2]
        named = cursor.connection.cursor().execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchall()
        return any(" WHERE " in sql for (sql,) in named if sql)

    def told(self) -> str:
        """What was found, to be read."""
        return "\n".join(f"{scan}: {sql}" for scan, statements in self.found.items() for sql in sorted(statements))

    @staticmethod
    def _grows(name: str) -> bool:
        table = all_tables().get(name)
        return table is not None and not table.__published__ and name not in SMALL


def _planned_anew(connection: Any, sql: str, parameters: Any) -> bool:
    """Whether a statement that is planned already is planned once more when it is run: SQLite asks whether it may."""
    plans: list[Any] = []

    def allow(*about: Any) -> int:
        plans.append(about)
        return 0

    connection.set_authorizer(allow)
    for _ in range(2):  # the first run plans it, whatever it is
        plans.clear()
        connection.cursor().execute(sql, parameters).fetchall()
    connection.set_authorizer(None)
    return bool(plans)


class _Explaining:
    """A cursor that has what it runs explained."""

    def __init__(self, cursor: Any, scans: Scans) -> None:
        self._cursor, self._scans = cursor, scans

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        self._scans.explain(self._cursor, sql, parameters)
        return self._cursor.execute(sql, parameters)

    def executemany(self, sql: str, rows: Any) -> Any:
        if rows:
            self._scans.explain(self._cursor, sql, rows[0])
        return self._cursor.executemany(sql, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


@contextmanager
def explained() -> Iterator[Scans]:
    """Every store on SQLite has its statements explained meanwhile, in whatever thread.

    A scan through an index is none where it is in the order that is asked for and ends when it has enough, or where the
    index holds only what waits for something.
    """
    scans, plain = Scans(), Store._cursor

    @contextmanager
    def cursor(store: Store, begin: str) -> Iterator[Any]:
        with plain(store, begin) as own:
            yield _Explaining(own, scans)

    with patch.object(Store, "_cursor", cursor):
        yield scans
