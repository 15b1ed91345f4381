"""Rule 0: the store itself is sound.

The database finds no damage in its own file (SQLite's `quick_check`), every reference leads to a row, and the triggers
that keep append-only tables as they are stand. PostgreSQL checks its pages itself, while it reads them.
Source: store-and-sync-facts 6; design 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Select, select, text

from boss_tui.verify.finding import Finding, key_text
from boss_tui.verify.rule import columns_of
from data.message import say
from data.schema import guards
from data.statements import keys
from data.store import Reading
from data.tables import all_tables, metadata
from data.tables.base import Table

SOUND, LEADS, GUARDED = "store is sound", "reference leads to a row", "append-only table is guarded"

_QUICK = text("PRAGMA quick_check")
_INDEX = text("SELECT 1 FROM customer_name_part LIMIT 1")
_LITE_TRIGGERS = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
_PG_TRIGGERS = text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """The file, the references, the guards."""
    if reading.store.is_sqlite:
        for said in _damage(reading):
            yield Finding(0, SOUND, "", "", say("The database reports damage: {what}", what=said))
    metadata()  # a reference is known once the table that it names is made
    for name, model in sorted(all_tables().items()):
        yield from _references(reading, name, model)
    yield from _guards(reading)


def _damage(reading: Reading) -> list[str]:
    """What the database says of its own file. The name index is read first: a connection that held it as it was before
    another one wrote to it sees only so that it is older, and would take that for damage."""
    reading.rows(_INDEX)
    return [str(what) for (what,) in reading.rows(_QUICK) if what != "ok"]


@cache
def _dangling(model: type[Table]) -> tuple[tuple[str, Select[Any]], ...]:
    """For each referring column the rows that name something that is not there, with what they name."""
    table: Any = columns_of(model)
    found = []
    for column in table.columns:
        for reference in sorted(column.foreign_keys, key=lambda key: str(key.target_fullname)):
            named = reference.column.table.alias() if reference.column.table is table else reference.column.table
            missing = ~select(1).where(named.c[reference.column.name] == column).exists()
            shown = [table.c[name].label(f"key_{name}") for name in keys(model)]
            found.append((str(column.name), select(*shown, column.label("named")).where(column.is_not(None), missing)))
    return tuple(found)


def _references(reading: Reading, name: str, model: type[Table]) -> Iterator[Finding]:
    for column, statement in _dangling(model):
        for *key, named in reading.rows(statement):
            message = say("{column} names {value}, which is not there.", column=column, value=named)
            yield Finding(0, LEADS, name, key_text(key), message)


def _guards(reading: Reading) -> Iterator[Finding]:
    """Triggers as `data.schema.guards` makes them: their names stand third in each statement."""
    standing = {str(name) for (name,) in reading.rows(_LITE_TRIGGERS if reading.store.is_sqlite else _PG_TRIGGERS)}
    for statement in guards(reading.store.is_sqlite):
        words = statement.split()
        if words[:2] == ["CREATE", "TRIGGER"] and words[2] not in standing:
            table = words[words.index("ON") + 1]
            yield Finding(0, GUARDED, table, "", say("The trigger {name} is gone or off.", name=words[2]))
