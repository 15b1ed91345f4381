"""Bringing a store's tables to this program's version, by `boss upgrade`; nothing is changed by merely starting.

Each step is an Alembic revision in `versions/`, numbered like `schema.SCHEMA_VERSION` (revision 0002 makes version 2).
All steps, the version number and Alembic's own row are one transaction: a crash leaves the old store, and the same
command can be given again. On SQLite a synced copy is made first, foreign keys are off outside the transaction (a
rebuilt parent table would otherwise take its children along), and afterwards references, row counts, triggers and
indexes are compared. On PostgreSQL the copy is the keeper's business (`pg_dump`). README.md tells how to add a step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from data.clock import Clock, stamp
from data.engine import APPLICATION_ID, connect, file_of, make_engine
from data.errors import Damaged, Outside
from data.message import say
from data.progress import Report, unreported
from data.schema import SCHEMA_VERSION, revision
from data.store import Store

SCRIPTS = Path(__file__).parent
_COLUMNS_LITE = "SELECT count(*) FROM sqlite_master AS t JOIN pragma_table_info(t.name) WHERE t.name IN"
_COLUMNS_PG = "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN"
_TABLE, _COLUMN = re.compile(r"^CREATE TABLE (\w+)", re.M), re.compile(r'^\t["a-z]', re.M)
_OF_A_TRIAL = say(
    "This store is from a trial of this program, whose tables were others: make it anew, in another folder, or after "
    "this one was moved away."
)
_TABLE_THERE = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public' AND table_name = "


class Upgraded(Struct, frozen=True):
    """What an upgrade did: the versions before and after, and the copy that was made first (SQLite)."""

    before: int
    after: int
    copy: Path | None = None


def version_of(store: Store) -> int:
    """The version of a store's tables; 0 for an empty database."""
    with store._understood(), store.engine.connect() as connection:
        return _version(connection, store.is_sqlite)


def check(store: Store) -> None:
    """What start-up asks: two numbers. Outside says to run `boss upgrade`, or that a trial's store can't be taken on;
    Damaged says that the store is newer."""
    version = version_of(store)
    if version == 0:
        raise Outside(say("There is no store here yet: run 'boss init'."))
    if version < SCHEMA_VERSION:
        raise Outside(say("This store is of version {version}: run 'boss upgrade'.", version=version))
    _not_newer(version, SCHEMA_VERSION)
    if not _is_as_frozen(store):
        raise Outside(_OF_A_TRIAL)


def _is_as_frozen(store: Store) -> bool:
    """Whether a store's tables have as many columns as those of 0001, which changes until the first release."""
    names, columns = _frozen()
    asked = _COLUMNS_LITE if store.is_sqlite else _COLUMNS_PG
    with store._understood(), store.engine.connect() as connection:
        return int(_one(connection, f"{asked} ({names})")) == columns


@cache
def _frozen() -> tuple[str, int]:
    """The names of the tables of 0001, as SQL, and how many columns they have."""
    frozen = (SCRIPTS / "versions" / "0001_initial.sqlite.sql").read_text("utf-8")
    return ", ".join(f"'{name}'" for name in _TABLE.findall(frozen)), len(_COLUMN.findall(frozen))


def upgrade(
    url: str,
    key: str,
    copies: Path,
    clock: Clock,
    *,
    scripts: Path = SCRIPTS,
    target: int = SCHEMA_VERSION,
    tell: Report = unreported,
) -> Upgraded:
    """Bring a store to the program's version; an empty database gets all its tables. `copies`: where the copy goes.

    Nobody else may be writing: SQLite waits for the lock. Outside or Damaged: nothing was changed.
    """
    store = Store(url, key, clock)
    try:
        before = version_of(store)
        _not_newer(before, target)
        if before == target:
            return Upgraded(before, before)
        copy = _copy(store, copies, key, before, tell) if before and store.is_sqlite else None
        tell(say("Changing the tables"), 0, 0)
        with store._understood(), _connection(url, key) as connection:
            _in_one_transaction(connection, store.is_sqlite, scripts, target)
        return Upgraded(before, target, copy)
    finally:
        store.close()


def _copy(store: Store, copies: Path, key: str, before: int, tell: Report) -> Path:
    from data.backup import backup  # late: who only asks for the version makes no copy

    name = f"before-upgrade-from-{before}-{stamp(store.clock.now()).replace(':', '')}.db"
    backup(store, copies / name, key, tell)
    return copies / name


def _not_newer(version: int, target: int) -> None:
    if version > target:
        told = say("This store is from a newer version of the program ({version}): update boss.", version=version)
        raise Damaged(told)


def _version(connection: Connection, is_sqlite: bool) -> int:
    if is_sqlite:
        return int(_one(connection, "PRAGMA user_version"))
    if not _one(connection, f"{_TABLE_THERE}'alembic_version'"):
        return 0
    return int(_one(connection, "SELECT max(version_num) FROM alembic_version") or 0)


@contextmanager
def _connection(url: str, key: str) -> Iterator[Connection]:
    """A connection of its own, with foreign keys off (SQLite), closed whatever happens."""
    if not url.startswith("sqlite"):
        engine = make_engine(url)
        with engine.connect() as connection:
            yield connection
        engine.dispose()
        return
    from sqlcipher3 import dbapi2

    driver = connect(file_of(url), key)
    try:
        driver.execute("PRAGMA foreign_keys=OFF")
        engine = create_engine("sqlite://", module=dbapi2, creator=lambda: driver, poolclass=StaticPool)
        with engine.connect() as connection:
            yield connection
    finally:
        driver.close()


def _in_one_transaction(connection: Connection, is_sqlite: bool, scripts: Path, target: int) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_sqlite else "BEGIN")
    if not is_sqlite:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4242)")
    counts, names = _counts(connection, is_sqlite), _names(connection, is_sqlite)
    if counts and _version(connection, is_sqlite) == 0:
        raise Damaged(say("This database holds something else: a store needs an empty one."))
    dropped = _run(connection, scripts, target)
    if is_sqlite:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={target}")
        _references_hold(connection)
    _same(counts, _counts(connection, is_sqlite), dropped)
    lost = names - _names(connection, is_sqlite) - dropped
    if lost:
        raise Damaged(say("The upgrade would lose {names}: nothing was changed.", names=", ".join(sorted(lost))))
    connection.exec_driver_sql("COMMIT")


def _run(connection: Connection, scripts: Path, target: int) -> frozenset[str]:
    """Run the revisions up to the target; answers what they take away on purpose."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    directory = ScriptDirectory(str(scripts))
    dropped: set[str] = set()

    def steps(current: Any, _context: Any) -> Any:
        found = directory._upgrade_revs(revision(target), current)
        for step in found:
            dropped.update(getattr(step.revision.module, "DROPS", ()))
        return found

    context = MigrationContext.configure(connection, opts={"fn": steps})
    with Operations.context(context):
        context.run_migrations()
    return frozenset(dropped)


def _references_hold(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        told = say("{count} {count:row|rows} would refer to nothing: nothing was changed.", count=len(broken))
        raise Damaged(told)


def _same(before: dict[str, int], after: dict[str, int], dropped: frozenset[str]) -> None:
    for table, count in before.items():
        if table not in dropped and table != "alembic_version" and after.get(table) != count:
            now = after.get(table, 0)
            raise Damaged(
                say(
                    "{table}: {count} {count:row|rows} would become {now}; nothing was changed.",
                    table=table,
                    count=count,
                    now=now,
                )
            )


def _counts(connection: Connection, is_sqlite: bool) -> dict[str, int]:
    """Rows of each table of ours."""
    listed = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name NOT LIKE 'customer_name_part%'"
        if is_sqlite
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    tables = [row[0] for row in connection.exec_driver_sql(listed)]
    return {table: int(_one(connection, f'SELECT count(*) FROM "{table}"')) for table in tables}


def _names(connection: Connection, is_sqlite: bool) -> frozenset[str]:
    """Triggers and indexes: a rebuilt table loses them unless its revision makes them anew."""
    listed = (
        "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"
        if is_sqlite
        else "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' UNION "
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return frozenset(row[0] for row in connection.exec_driver_sql(listed))


def _one(connection: Connection, statement: str) -> Any:
    return connection.exec_driver_sql(statement).scalar()
