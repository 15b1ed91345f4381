"""Making the tables, and the triggers that keep append-only tables as they are. Migrations change them later."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import create_mock_engine, inspect

from data import name_index
from data.engine import APPLICATION_ID
from data.errors import Damaged
from data.message import say
from data.store import Store
from data.tables import all_tables, metadata

SCHEMA_VERSION = 1
_URLS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}
_VERSIONS = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def revision(version: int) -> str:
    """The migration that makes a version of the schema, by its name in the version table."""
    return f"{version:04d}"


def create(store: Store) -> None:
    """All tables in an empty database, in one transaction. Damaged: it is not empty."""
    with store._understood(), store.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if store.is_sqlite else "BEGIN")
        if inspect(connection).get_table_names():
            raise Damaged(say("This database holds something else: a store needs an empty one."))
        for statement in statements(store.engine.dialect.name):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(_VERSIONS)
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision(SCHEMA_VERSION)}')")
        if store.is_sqlite:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
        connection.exec_driver_sql("COMMIT")


@cache
def statements(dialect: str) -> tuple[str, ...]:
    """Every statement that makes the tables, indexes and triggers on an engine, in order."""
    found: list[str] = []

    def take(statement: Any, *_: Any, **__: Any) -> None:
        found.append(str(statement.compile(dialect=engine.dialect)).strip())

    engine = create_mock_engine(_URLS[dialect], take)
    metadata().create_all(engine, metadata().sorted_tables, checkfirst=False)
    is_sqlite = dialect == "sqlite"
    found.sort(key=lambda said: said if "INDEX" in said.split("(")[0] else "")  # indexes come in no fixed order
    lines = (*found, *guards(is_sqlite), *name_index.ddl(is_sqlite))
    return tuple("\n".join(line.rstrip() for line in statement.splitlines()) for statement in lines)


def guards(is_sqlite: bool) -> list[str]:
    """Triggers that refuse an update or deletion in append-only tables."""
    names = sorted(name for name, table in all_tables().items() if table.__append_only__)
    if is_sqlite:
        return [
            f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{name} is append only'); END"
            for name in names
            for verb in ("UPDATE", "DELETE")
        ]
    refuse = (
        "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%% is append only', TG_TABLE_NAME; END $$"
    )
    return [refuse] + [
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {name} "
        "FOR EACH ROW EXECUTE FUNCTION append_only()"
        for name in names
    ]
