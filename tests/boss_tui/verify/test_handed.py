"""What headquarters owns is what it signed: every table of the catalogue, altered, removed, added, signed by others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import UniqueConstraint, text

from boss_tui.commands.verifying import checked
from boss_tui.editions.lines import RowEdit
from boss_tui.home.settings import Home
from boss_tui.start import demonstration
from boss_tui.start.home_files import home_key
from boss_tui.sync.dates import STREAM
from boss_tui.sync.edition_items import KIND, About, ItemPart
from boss_tui.sync.items import TABLES_OF_PART
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.shapes import Item, StreamPage
from boss_tui.sync.stream import take_page
from boss_tui.verify import handed
from data.clock import stamp
from data.schema import guards
from data.store import Store
from data.tables import all_tables
from data.tables.sync import JournalHead, Setting
from tests.boss_tui.desk.shop import Parts
from tests.engines import Shared
from tests.homes import plain_home

TABLES = sorted(table for tables in TABLES_OF_PART.values() for table in tables)


@pytest.fixture(scope="session")
def hall_home(shared: Shared) -> Path:
    """A demonstration hall."""
    return plain_home(shared, customers=12)


@pytest.fixture
def home(hall_home: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(hall_home, tmp_path / "home")))


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    opened = home.open_store()
    yield opened
    opened.close()


def found(store: Store) -> set[tuple[str, str]]:
    with store.reading() as reading:
        return {(finding.rule, finding.table) for finding in handed.check(reading, {})}


@pytest.fixture(scope="module")
def unguarded(hall_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The hall's store, whose rows may all be written to."""
    opened = Home(Path(shutil.copytree(hall_home, tmp_path_factory.mktemp("unguarded") / "home"))).open_store()
    with opened.engine.connect() as connection:
        for guard in guards(True):
            connection.execute(text(f"DROP TRIGGER {guard.split()[2]}"))
    yield opened
    opened.close()


@pytest.fixture
def tampered(unguarded: Store) -> Iterator[Parts]:
    """It, in which what is altered is undone."""
    made = Parts(unguarded, unguarded.clock)
    yield made
    made.close()


def tamper(store: Parts, statement: str) -> None:
    """References are looked at when all is done, which it never is."""
    with store._cursor("") as cursor:
        cursor.execute("PRAGMA defer_foreign_keys=ON")
        cursor.execute(statement)


def execute(store: Store, statement: str) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        for guard in guards(True):
            connection.execute(text(f"DROP TRIGGER {guard.split()[2]}"))
        connection.execute(text(statement))
        for guard in guards(True):
            connection.execute(text(guard))


def columns(table: str) -> Any:
    return all_tables()[table].table().c


def test_a_hall_as_it_was_made_holds(home: Home) -> None:
    assert checked(home) == []


def test_whatever_is_published_is_handed_down() -> None:
    published = {name for name, model in all_tables().items() if model.__owner__.part}
    assert published == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("how", ["altered", "altered and counted on", "removed", "added"])
def test_a_row_that_headquarters_did_not_write(tampered: Parts, table: str, how: str) -> None:
    with tampered.reading() as reading:
        rows = len(reading.all(all_tables()[table]))
    if not rows:
        pytest.skip("nothing of it in this hall")
    key = [column.name for column in columns(table) if column.primary_key]
    free = next((c.name for c in columns(table) if not (c.primary_key or c.name == "revision" or _checked(c))), "")
    first = f"rowid = (SELECT min(rowid) FROM {table})"
    change = (
        f"UPDATE {table} SET {free} = {_other(columns(table)[free])}" if free else f"UPDATE {table} SET revision = 9"
    )
    if how == "altered" or (how == "altered and counted on" and not free):
        tamper(tampered, f"{change} WHERE {first}")
    elif how == "altered and counted on":
        tamper(tampered, f"{change}, revision = revision + 1 WHERE {first}")
    elif how == "removed":
        tamper(tampered, f"DELETE FROM {table} WHERE {first}")
    else:
        unique = {key[0], *_unique(table)}
        names = ", ".join(f"'x' || {c.name}" if c.name in unique else c.name for c in columns(table))
        tamper(tampered, f"INSERT INTO {table} SELECT {names} FROM {table} WHERE {first}")
    assert found(tampered) == {(handed.RULE, table)}


def _unique(table: str) -> set[str]:
    """The columns that no two rows have alike, beside the key."""
    made = all_tables()[table].table()
    return {
        c.name
        for each in made.constraints
        if isinstance(each, UniqueConstraint)
        for c in each.columns
        if c.name != "revision"
    }


def _checked(column: Any) -> bool:
    """Whether the database lets the column hold few words alone, or names another row."""
    return bool(column.constraints or column.foreign_keys) or column.name in {"state", "kind"}


def _other(column: Any) -> str:
    return f"{column.name} + 1" if "INT" in str(column.type).upper() else f"{column.name} || 'x'"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operator SET role = 'supervisor' WHERE staff_no = '1001'",
        "UPDATE operator SET password_hash = (SELECT password_hash FROM operator WHERE staff_no = '2002') || ' '",
        "UPDATE operator SET state = 'active', revision = revision + 1 WHERE staff_no = '2001'",
        "UPDATE role_right SET approval = 'alone' WHERE role = 'clerk' AND business = 'C5'",
        "UPDATE role_right SET amount_limit = 0 WHERE role = 'clerk' AND business = 'C10'",
        "UPDATE role_right SET refund_limit = refund_limit + 1 WHERE role = 'clerk' AND business = 'C12'",
        "UPDATE role_right SET refund_day_limit = 0 WHERE role = 'clerk' AND business = 'C12'",
        "UPDATE cash_limit SET float_limit = float_limit + 1 WHERE role = 'clerk'",
    ],
)
def test_what_gives_somebody_rights_is_found_by_verify(home: Home, store: Store, statement: str) -> None:
    execute(store, statement)
    assert {finding.rule for finding in checked(home)} == {handed.RULE}


def take(store: Store, key: DeviceKey, *lines: RowEdit, counts_from: str = "2000-01-02", version: int = 1) -> Any:
    """An item that a key signs, as the next of the stream."""
    with store.reading() as reading:
        cursor = reading.one(JournalHead, outlet="HZ01").stream_cursor
        scopes = json.loads(reading.one(Setting, name="stream_scopes").value)
    about = About("E2", 2, "M7", "Another", "3001", "3002", counts_from, False)
    item = Item(
        number=cursor + 1,
        kind=KIND,
        kind_version=version,
        body=ItemPart(about, 1, 1, lines).body(),
        made_at=stamp(store.clock.now()),
        signature="",
        scope="outlet:HZ01",
    )
    signed = item.model_copy(update={"signature": key.sign(item.signed_text(STREAM))})
    through = cursor + 1
    return take_page(
        store, "HZ01", StreamPage(after=cursor, through=through, next=through + 1, scopes=scopes, items=[signed])
    )


def role(which: str) -> RowEdit:
    return RowEdit("operator", ("1001",), "change", {"role": which})


def test_a_later_item_of_headquarters_counts(home: Home, store: Store) -> None:
    assert take(store, home_key(home, "headquarters"), role("supervisor")).applied == 1
    assert found(store) == set()
    execute(store, "UPDATE operator SET role = 'clerk' WHERE staff_no = '1001'")  # back to an older one
    assert found(store) == {(handed.RULE, "operator")}


def test_an_item_that_another_key_signed_is_found(store: Store) -> None:
    take(store, DeviceKey(b"f" * 32), role("manager"))
    assert found(store) == {(handed.SIGNED, "feed_item")}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE published_line SET content = '{}' WHERE table_name = 'operator' AND row_key = '[\"1001\"]'",
        "UPDATE published_line SET effective_from = '2999-01-01' WHERE table_name = 'product'",
        "UPDATE published_line SET at_once = 1 WHERE table_name = 'cash_limit'",
        "UPDATE published_line SET scope = 'region:none' WHERE table_name = 'outlet'",
        "DELETE FROM published_line WHERE table_name = 'tax_rate'",
        "INSERT INTO published_line SELECT 99, position, table_name, row_key, 'end', '{}', effective_from, at_once, "
        "scope FROM published_line WHERE table_name = 'tax_rate'",
    ],
)
def test_a_published_line_that_headquarters_did_not_sign_is_found(store: Store, statement: str) -> None:
    """Also where the row goes with it: nobody makes a row right by making up what was published."""
    execute(store, statement)
    assert (handed.LINES, "published_line") in found(store)


def test_what_waits_counts_not_yet_and_has_no_lines(home: Home, store: Store) -> None:
    key = home_key(home, "headquarters")
    assert take(store, key, role("manager"), version=2).waiting == 1
    assert take(store, key, role("manager"), counts_from="2999-01-01").applied == 1
    assert found(store) == set()
    execute(store, "UPDATE operator SET role = 'manager', revision = 2 WHERE staff_no = '1001'")  # before its date
    assert found(store) == {(handed.RULE, "operator")}


def test_what_does_not_go_into_the_rows_is_found(home: Home, store: Store) -> None:
    relation = RowEdit("product_relation", ("none", "none"), "add", {})
    assert take(store, home_key(home, "headquarters"), relation).waiting == 1
    assert found(store) == {(handed.DATED, "waiting_item")}


def test_rows_that_stand_before_the_open_business_date_are_found(store: Store) -> None:
    execute(store, "UPDATE setting SET value = '2001-01-01' WHERE name = 'rows_stand_on'")
    assert found(store) == {(handed.DATED, "business_day")}


def test_headquarters_own_rows_are_what_it_published(home: Home) -> None:
    central = demonstration.headquarters_store(home)
    assert found(central) == set()
    execute(central, "UPDATE price_rule SET amount = amount + 1 WHERE rowid = (SELECT min(rowid) FROM price_rule)")
    execute(central, "DELETE FROM published_line WHERE table_name = 'tax_rate'")
    assert found(central) == {
        (handed.RULE, "price_rule"),
        (handed.RULE, "tax_rate"),
        (handed.LINES, "published_line"),
    }
    central.close()


def test_another_key_in_the_store_is_found_from_outside(home: Home, store: Store) -> None:
    with store.reading() as reading:
        assert reading.one(Setting, name="headquarters_key").value == home_key(home, "headquarters").public
    other = DeviceKey(b"f" * 32).public
    execute(store, f"UPDATE setting SET value = '{other}' WHERE name = 'headquarters_key'")
    assert {"feed item is headquarters' own", "journal has what was noted outside"} <= {f.rule for f in checked(home)}


def test_an_item_of_the_stream_that_is_gone_or_another_is_missed(home: Home, store: Store) -> None:
    take(store, home_key(home, "headquarters"), role("supervisor"))
    execute(store, "UPDATE feed_item SET body = replace(body, 'supervisor', 'manager') WHERE body LIKE '%E2%'")
    assert {(handed.APPLIED, "journal"), (handed.SIGNED, "feed_item")} <= found(store)
    execute(store, "DELETE FROM feed_item WHERE body LIKE '%E2%'")
    assert {(handed.APPLIED, "journal"), (handed.LINES, "published_line")} <= found(store)


def test_a_password_row_that_no_journal_told_is_found(home: Home, store: Store) -> None:
    """Whatever time it says: somebody gave the supervisor another password."""
    execute(
        store,
        "INSERT INTO operator_password (staff_no, number, outlet, password_hash, replaces, made_at) "
        "SELECT staff_no, 1, outlet, password_hash, 'x', '2020-01-01T00:00:00.000000Z' FROM operator "
        "WHERE staff_no = '2001'",
    )
    assert [(f.rule, f.table) for f in checked(home)] == [("row was told by the journal", "operator_password")]
