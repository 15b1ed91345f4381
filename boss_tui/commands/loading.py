"""Rows of the catalogue and of the stock from a JSON file into headquarters' store. Not what outlets push."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import BadForm, Outside
from data.message import say
from data.progress import Report, unreported

if TYPE_CHECKING:
    from data.store import Store, UnitOfWork

Counts = dict[str, int]
TOLD_EVERY = 500


def load_file(store: Store, path: Path, tell: Report = unreported) -> Counts:
    """Load a file, all or nothing; answers how many rows were added, changed, and as they were.

    Outside when it can't be read; BadForm names the line, or the table and row, that is wrong.
    """
    from boss_tui.headquarters.office import author

    tables = _read(path)
    counts = {"added": 0, "changed": 0, "same": 0}
    with store.transaction(author("", "load"), journalled=False, lock="headquarters") as tx:
        for name, rows in tables.items():
            _load_table(tx, name, rows, counts, tell)
    return counts


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except OSError as fault:
        raise Outside(say("{file} can't be read: {fault}", file=str(path), fault=fault.strerror or "")) from fault
    except json.JSONDecodeError as fault:
        message = say("{file}, line {line}: not JSON: {fault}", file=str(path), line=fault.lineno, fault=fault.msg)
        raise BadForm({"file": message}) from fault
    except UnicodeDecodeError as fault:
        raise BadForm({"file": say("{file} is not UTF-8.", file=str(path))}) from fault
    if not isinstance(found, dict):
        raise BadForm({"file": say("A file of tables is one JSON object.")})
    return found


def _load_table(tx: UnitOfWork, name: str, rows: Any, counts: Counts, tell: Report) -> None:
    from data.tables import all_tables
    from data.tables.base import LEASED

    owner = all_tables()[name].__owner__ if name in all_tables() else None
    if owner is None or not (owner is LEASED or owner.part):
        raise BadForm({name: say("No table of this name is loaded.")})
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadForm({name: say("A list of rows.")})
    for number, row in enumerate(rows, 1):
        counts[_load_row(tx, name, row, f"{name} {number}")] += 1
        if number % TOLD_EVERY == 0:
            tell(say("Loading {table}", table=name), number, len(rows))


def _load_row(tx: UnitOfWork, name: str, row: Mapping[str, Any], place: str) -> str:
    """Add or change a row; answers which. A revision that the file may tell is not believed: the store counts."""
    from boss_tui.sync.rows import Unfit, fitting, key_of, shared_table
    from data.errors import Conflict
    from data.statements import keys

    model = shared_table(name)
    driver: Any = tx.store.engine.dialect.dbapi
    try:
        values = fitting(model, _secured(tx, name, {column: v for column, v in row.items() if column != "revision"}))
        key = dict(zip(keys(model), key_of(model, values), strict=True))
        here = tx.find(model, **key)
        if here is None:
            tx.add(model, **values)
            return "added"
        return "same" if tx.change(here, **values) is here else "changed"
    except (Unfit, Conflict) as fault:
        raise BadForm({place: fault.message}) from fault
    except (TypeError, driver.IntegrityError, driver.DataError) as fault:
        raise BadForm({place: say("This row does not fit: {fault}", fault=str(fault).splitlines()[0])}) from fault


def _secured(tx: UnitOfWork, name: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row with its secret as it is stored: an operator's "password" as a hash, a recharge card's "pin" enciphered."""
    if name == "operator" and "password" in row:
        from boss_tui.components.passwords import hashed

        password = row.pop("password")
        return {**row, "password_hash": hashed(str(password))}
    if name == "recharge_card" and "pin" in row:
        from data.card_pins import check_of, encipher, made_secret

        key, pin = made_secret(tx), str(row.pop("pin"))
        cipher = encipher(key, str(row.get("serial", "")), pin)
        return {**row, "pin_cipher": cipher, "pin_check": check_of(key, pin)}
    return row
