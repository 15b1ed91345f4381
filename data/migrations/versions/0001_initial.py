"""Everything that the first version has, as frozen statements: one file for each engine beside this one.

Revision: 0001. Written by `python -m data.migrations.freeze` until the first release; not changed after it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BETWEEN = "\n-- next\n"


def upgrade() -> None:
    """Make the tables, indexes and triggers."""
    connection = op.get_bind()
    frozen = Path(__file__).with_name(f"0001_initial.{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in frozen.strip().split(BETWEEN):
        connection.exec_driver_sql(statement)
