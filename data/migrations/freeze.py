"""Writes revision 0001 anew from the models: `python -m data.migrations.freeze`.

Only until the first release: from then on 0001 is what outlets have, and every change is a revision of its own. The
statements are frozen as text, one file for each engine, so that later changes of the models do not reach back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import create_mock_engine

from data import name_index
from data.schema import guards
from data.tables import metadata

VERSIONS = Path(__file__).parent / "versions"
BETWEEN = "\n-- next\n"
_URLS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}


def statements(dialect: str) -> list[str]:
    """Every statement that makes the tables, indexes and triggers on an engine, in order."""
    found: list[str] = []

    def take(statement: Any, *_: Any, **__: Any) -> None:
        found.append(str(statement.compile(dialect=engine.dialect)).strip())

    engine = create_mock_engine(_URLS[dialect], take)
    metadata().create_all(engine, metadata().sorted_tables, checkfirst=False)
    is_sqlite = dialect == "sqlite"
    found.sort(key=lambda said: said if "INDEX" in said.split("(")[0] else "")  # indexes come in no fixed order
    lines = [*found, *guards(is_sqlite), *name_index.ddl(is_sqlite)]
    return ["\n".join(line.rstrip() for line in statement.splitlines()) for statement in lines]


def freeze(folder: Path = VERSIONS) -> None:
    """Write the statements of 0001 for both engines."""
    for dialect in _URLS:
        (folder / f"0001_initial.{dialect}.sql").write_text(BETWEEN.join(statements(dialect)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze()
