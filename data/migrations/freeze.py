"""Writes revision 0001 anew from the models: `python -m data.migrations.freeze`.

Only until the first release: from then on 0001 is what outlets have, and every change is a revision of its own. The
statements are frozen as text, one file for each engine, so that later changes of the models do not reach back.
"""

from __future__ import annotations

from pathlib import Path

from data.schema import statements

VERSIONS = Path(__file__).parent / "versions"
BETWEEN = "\n-- next\n"
ENGINES = ("sqlite", "postgresql")


def freeze(folder: Path = VERSIONS) -> None:
    """Write the statements of 0001 for both engines."""
    for dialect in ENGINES:
        (folder / f"0001_initial.{dialect}.sql").write_text(BETWEEN.join(statements(dialect)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze()
