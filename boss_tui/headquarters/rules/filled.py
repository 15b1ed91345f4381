"""What every row of a table says, a new one says, too: what it is of, its kind and state, when and on which day it was.

Empty, such a column is on no date and of nobody, so that no other rule, and no figure, finds its row. What may be empty
has a default (`data.tables`); what is said in words is its business's matter (`moves`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.sync.effects import Fault
from data.statements import columns, defaults, keys
from data.tables import all_tables

ENDS = ("_id", "_at", "_on", "_date", "_from", "_until")
NAMES = frozenset({"id", "kind", "state", "act", "step", "since", "until", "valid_to", "month", "purpose", "at"})
"""The columns that are meant, by how their names end, and by their names."""


def judge(_known: Known, told: Claim) -> Iterator[Fault]:
    """The first new row that leaves such a column empty."""
    for table, rows in told.added.items():
        names = _named(table)
        for row in rows:
            if any(row[name] == "" for name in names):
                empty = next(name for name in names if row[name] == "")
                what = f"{table} {row[keys(all_tables()[table])[0]]}: {empty}"
                yield Fault("form", {"what": what, "table": table})
                return


@cache
def _named(table: str) -> tuple[str, ...]:
    """The columns of a table that always say something."""
    model = all_tables()[table]
    must = [name for name in columns(model) if name not in defaults(model)]
    return tuple(name for name in must if name in NAMES or name.endswith(ENDS))
