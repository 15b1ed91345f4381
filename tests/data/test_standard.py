"""What every headquarters begins with is what was decided: each row stands once more, and a difference is looked at."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

from data import standard
from data.journal import canonical
from data.statements import defaults, keys, table_name

GOLDEN = Path(__file__).parent / "golden" / "standard.txt"


def told() -> str:
    """A line for each row, in the order in which they are published: its table, its key, and what is not by default."""
    lines = []
    for model, rows in standard.rows():
        usual, names = defaults(model), keys(model)
        for row in rows:
            own = {name: value for name, value in row.items() if name not in names and value != usual.get(name)}
            key = "/".join(str(row[name]) for name in names)
            lines.append(f"{table_name(model)} {key} {canonical(own)}")
    return "\n".join(lines) + "\n"


def test_what_headquarters_begins_with() -> None:
    """After a change that is meant: BOSS_GOLDEN=write pytest …, then look at the difference."""
    made = told()
    if os.environ.get("BOSS_GOLDEN") == "write":
        GOLDEN.write_text(made, encoding="utf-8")
    kept = GOLDEN.read_text("utf-8")
    assert list(difflib.unified_diff(kept.splitlines(), made.splitlines(), lineterm="", n=0)) == []
