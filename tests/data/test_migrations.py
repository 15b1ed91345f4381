import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import migrations, schema
from data.clock import SeededClock
from data.errors import Damaged, Outside
from data.migrations import check, freeze, upgrade, version_of
from data.store import Store
from data.tables.customer import Category, Customer, DocumentKind
from data.tables.sync import JournalHead
from tests.data.conftest import KEY, OUTLET, author, sqlite_schema

AT = "2026-11-01T00:00:00.000000Z"
PEOPLE = 40

_REVISION = """
from alembic import op
import sqlalchemy as sa
import time
revision, down_revision = "0002", "0001"
DROPS = {drops}
def upgrade():
{body}
"""


def postgres_schema(store: Store) -> dict[str, set[tuple[Any, ...]]]:
    asked = {
        "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name "
        "FROM information_schema.columns WHERE table_schema = 'public'",
        "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
        "WHERE NOT tgisinternal",
    }
    with store.engine.connect() as connection:
        return {what: {tuple(row) for row in connection.exec_driver_sql(sql)} for what, sql in asked.items()}


def fill(store: Store) -> None:
    """Customers, who refer to a category and a kind of document, written by the journal."""
    with store.transaction(author("M3.1")) as tx:
        tx.add(Category, code="ordinary", name_zh="普通客户")
        tx.add(DocumentKind, code="00", name_zh="居民身份证", rule="resident_id", category="ordinary")
        for n in range(PEOPLE):
            tx.add(
                Customer,
                id=f"c{n}",
                outlet=OUTLET,
                name="张三",
                name_key="张三",
                document_kind="00",
                document_number=f"33{n:016d}",
                category="ordinary",
                created_at=AT,
            )


def scripts(folder: Path, body: str, drops: str = "set()") -> Path:
    """The program's revisions and one more."""
    made = folder / "scripts"
    shutil.copytree(migrations.SCRIPTS / "versions", made / "versions", ignore=shutil.ignore_patterns("__pycache__"))
    lines = "\n".join("    " + line for line in body.strip().splitlines())
    (made / "versions" / "0002_test.py").write_text(_REVISION.format(body=lines, drops=drops), encoding="utf-8")
    return made


ADD = 'op.add_column("outlet", sa.Column("opened", sa.Text(), nullable=False, server_default=""))'
REBUILD = """
guards = [row[0] for row in op.get_bind().exec_driver_sql(
    "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'category'")]
from data.tables.customer import Category
with op.batch_alter_table("category", copy_from=Category.table(), table_kwargs={"sqlite_strict": True}) as batch:
    batch.alter_column("name_en", nullable=True)
for guard in guards:
    op.get_bind().exec_driver_sql(guard)
"""


@pytest.mark.parametrize("key", ["", KEY])
def test_migrations_make_what_the_models_say_on_sqlite(tmp_path: Path, key: str) -> None:
    url = f"sqlite:///{tmp_path / 'migrated.db'}"
    assert upgrade(url, key, tmp_path, SeededClock()) == migrations.Upgraded(0, schema.SCHEMA_VERSION)
    migrated, created = Store(url, key), Store(f"sqlite:///{tmp_path / 'created.db'}", key)
    schema.create(created)
    assert sqlite_schema(migrated) == sqlite_schema(created)
    for pragma in ("application_id", "user_version"):
        with migrated.engine.connect() as one, created.engine.connect() as other:
            values = [c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in (one, other)]
        assert values[0] == values[1] != 0
    check(migrated)
    for store in (migrated, created):
        store.close()


def test_migrations_make_what_the_models_say_on_postgresql(
    postgres_databases: Callable[[str], str], tmp_path: Path
) -> None:
    url, other = postgres_databases("template1"), Store(postgres_databases("template1"))
    assert upgrade(url, "", tmp_path, SeededClock()).after == schema.SCHEMA_VERSION
    schema.create(other)
    migrated = Store(url)
    assert postgres_schema(migrated) == postgres_schema(other)
    check(migrated)
    for store in (migrated, other):
        store.close()


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_frozen_statements_are_those_of_the_models(dialect: str) -> None:
    """Until the first release; if it fails, run: python -m data.migrations.freeze."""
    frozen = (freeze.VERSIONS / f"0001_initial.{dialect}.sql").read_text(encoding="utf-8")
    assert frozen.strip().split(freeze.BETWEEN) == list(schema.statements(dialect))


def test_a_store_that_is_up_to_date_is_left_alone(store: Store, tmp_path: Path) -> None:
    check(store)
    key = KEY if store.is_sqlite and not _opens(store, "") else ""
    done = upgrade(store.url, key, tmp_path / "none", SeededClock())
    assert done == migrations.Upgraded(schema.SCHEMA_VERSION, schema.SCHEMA_VERSION)


def _opens(store: Store, key: str) -> bool:
    try:
        return version_of(Store(store.url, key)) > 0
    except Damaged:
        return False


def test_start_up_says_what_to_do(sqlite_store: Store, tmp_path: Path) -> None:
    empty = Store(f"sqlite:///{tmp_path / 'empty.db'}", KEY)
    with pytest.raises(Outside, match="boss init"):
        check(empty)
    with sqlite_store.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
    with pytest.raises(Damaged, match="newer version"):
        check(sqlite_store)
    with pytest.raises(Damaged, match="newer version"):
        upgrade(sqlite_store.url, KEY, tmp_path, SeededClock())
    empty.close()


def test_an_upgrade_keeps_every_row_and_makes_a_copy_first(sqlite_store: Store, tmp_path: Path) -> None:
    fill(sqlite_store)
    sqlite_store.close()
    made = scripts(tmp_path, ADD + "\n" + REBUILD)
    done = upgrade(sqlite_store.url, KEY, tmp_path, SeededClock(), scripts=made, target=2)
    assert (done.before, done.after) == (1, 2)
    store = Store(sqlite_store.url, KEY)
    assert version_of(store) == 2
    with store.reading() as reading:
        assert len(reading.all(Customer)) == PEOPLE  # a rebuilt parent took no child along
    with pytest.raises(Damaged, match="newer"):
        check(store)
    store.close()
    assert done.copy is not None
    copy = Store(f"sqlite:///{done.copy}", KEY)
    assert version_of(copy) == 1
    with copy.reading() as reading:
        assert reading.one(JournalHead, outlet=OUTLET).seq == 1
    copy.close()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("op.execute(\"DELETE FROM customer WHERE id = 'c1'\")", "40 rows would become 39"),
        ('op.execute("DROP INDEX customer_name")', "customer_name"),
        ("op.drop_table('category')\nop.execute('CREATE TABLE category (code TEXT PRIMARY KEY) STRICT')", "refer to"),
        ('op.execute("DROP TRIGGER journal_no_delete")', "journal_no_delete"),
    ],
)
def test_an_upgrade_that_would_lose_something_changes_nothing(
    sqlite_store: Store, tmp_path: Path, body: str, told: str
) -> None:
    fill(sqlite_store)
    before = sqlite_schema(sqlite_store)
    sqlite_store.close()
    with pytest.raises(Damaged, match=told):
        upgrade(sqlite_store.url, KEY, tmp_path, SeededClock(), scripts=scripts(tmp_path, body), target=2)
    store = Store(sqlite_store.url, KEY)
    assert sqlite_schema(store) == before
    assert version_of(store) == 1
    with store.reading() as reading:
        assert len(reading.all(Customer)) == PEOPLE
    store.close()


def test_what_a_step_takes_away_on_purpose_it_names(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.close()
    made = scripts(tmp_path, 'op.execute("DROP INDEX customer_name")', '{"customer_name"}')
    assert upgrade(sqlite_store.url, KEY, tmp_path, SeededClock(), scripts=made, target=2).after == 2


def test_a_step_works_on_postgresql(
    postgres_databases: Callable[[str], str], postgres_made: str, tmp_path: Path
) -> None:
    store = Store(postgres_databases(postgres_made))
    fill(store)
    done = upgrade(store.url, "", tmp_path, SeededClock(), scripts=scripts(tmp_path, ADD), target=2)
    assert (done.after, done.copy) == (2, None)
    assert version_of(store) == 2
    with store.reading() as reading:
        assert len(reading.all(Customer)) == PEOPLE
    store.close()


def test_a_database_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'other.db'}")
    with store.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE theirs (a)")
    with pytest.raises(Damaged, match="something else"):
        upgrade(store.url, "", tmp_path, SeededClock())
    store.close()


_WORKER = """
import sys
from pathlib import Path
from data.clock import SystemClock
from data.migrations import upgrade
print("ready", flush=True)
upgrade(sys.argv[1], sys.argv[2], Path(sys.argv[3]), SystemClock(), scripts=Path(sys.argv[4]), target=2)
"""


@pytest.mark.kills
def test_an_upgrade_killed_at_any_moment_can_be_run_again(sqlite_store: Store, tmp_path: Path) -> None:
    fill(sqlite_store)
    sqlite_store.close()
    path = Path(sqlite_store.url.removeprefix("sqlite:///"))
    made = scripts(tmp_path, f"{ADD}\ntime.sleep(0.05)\n{REBUILD}\ntime.sleep(0.05)")
    reference = tmp_path / "whole.db"
    shutil.copy(path, reference)
    upgrade(f"sqlite:///{reference}", KEY, tmp_path, SeededClock(), scripts=made, target=2)
    whole = Store(f"sqlite:///{reference}", KEY)
    wanted = sqlite_schema(whole)
    whole.close()
    for n in range(5):
        victim = tmp_path / f"victim{n}.db"
        shutil.copy(path, victim)
        url = f"sqlite:///{victim}"
        arguments: list[Any] = [sys.executable, "-c", _WORKER, url, KEY, tmp_path, made]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE) as worker:
            assert worker.stdout is not None
            worker.stdout.readline()
            time.sleep(0.06 * n)
            worker.send_signal(signal.SIGKILL)
        store = Store(url, KEY)
        assert version_of(store) in (1, 2)
        assert (sqlite_schema(store) == wanted) is (version_of(store) == 2)
        store.close()
        upgrade(url, KEY, tmp_path, SeededClock(), scripts=made, target=2)
        store = Store(url, KEY)
        assert sqlite_schema(store) == wanted
        with store.reading() as reading:
            assert len(reading.all(Customer)) == PEOPLE
        store.close()


TRIALS = ["ALTER TABLE outlet ADD COLUMN more TEXT", "ALTER TABLE counter DROP COLUMN printer"]


@pytest.mark.parametrize("change", TRIALS)
def test_a_store_of_a_trial_with_other_tables_is_told_in_words(store: Store, change: str) -> None:
    check(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql(change)
    with pytest.raises(Outside, match="trial of this program"):
        check(store)
