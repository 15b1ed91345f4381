"""Rows from a JSON file into headquarters' store: what it publishes as an edition, its stock as it is.

Not what outlets push.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from data.errors import BadForm, Outside, reason_of
from data.message import say
from data.progress import Report, unreported

if TYPE_CHECKING:
    from boss_tui.editions.lines import RowEdit
    from boss_tui.headquarters.office import Office
    from boss_tui.headquarters.publishing import Said
    from data.references import Reference
    from data.store import Reading, UnitOfWork
    from data.tables.base import Table

Counts = dict[str, int]
TOLD_EVERY = 500


@dataclass
class _Loading:
    """A file on its way: the lines that it comes to, by where they stand in it, and what became of its rows. `named`:
    what its stock refers to, each with where it was named first."""

    day: str
    lines: dict[str, RowEdit] = field(default_factory=dict)
    named: dict[tuple[Reference, Any], str] = field(default_factory=dict)
    counts: Counts = field(default_factory=lambda: {"added": 0, "changed": 0, "same": 0})


def load_file(office: Office, path: Path, said: Said, tell: Report = unreported) -> Counts:
    """Load a file, all or nothing; answers how many rows were added, changed, and as they were.

    Outside when it can't be read; BadForm names the line, or the table and row, that is wrong, or says that somebody
    else has to approve what is published (`--approver`).
    """
    from boss_tui.components.operators.access import note_access
    from boss_tui.editions.rehearsal import MOST_LINES
    from boss_tui.editions.subjects import FOUNDING
    from boss_tui.headquarters.founding import is_being_founded
    from boss_tui.headquarters.office import author
    from boss_tui.headquarters.publishing import record_and_publish, today
    from data.tables.sync import JournalHead

    tables = _read(path)
    with office.store.reading() as reading:
        own = next((head.outlet for head in reading.all(JournalHead)), "")
    by = replace(author(own, "load"), operator=said.author)
    with office.store.transaction(by, journalled=bool(own), lock=own or "headquarters") as tx:
        now = today(tx)
        if said.counts_from and said.counts_from < now:
            told = say("{day} is over: type a later date, or none for at once.", day=said.counts_from)
            raise BadForm({"--from": told})
        loading = _Loading(said.counts_from or now)
        for name, rows in tables.items():
            _load_table(tx, name, rows, loading, tell)
        if loading.lines and not said.approver and not (said.subject == FOUNDING and is_being_founded(tx)):
            raise BadForm({"--approver": say("Another person has to approve it: their staff number.")})
        left = iter(loading.lines.items())
        while some := dict(islice(left, MOST_LINES)):
            _must_be_sound(tx, some, now, loading.day)
            record_and_publish(tx, office.key, said, list(some.values()))
        _must_be_there(tx, loading.named)
        note_access(tx, "load", path.name)
    return loading.counts


def _must_be_there(reading: Reading, named: Mapping[tuple[Reference, Any], str]) -> None:
    """BadForm, by the row in the file: what a row of stock names is there, or comes with the file."""
    from data.table_words import no_such

    for (reference, value), place in named.items():
        if reference.enforced and reference.named(reading, value) is None:
            target, _ = reference.targets[0]
            told = no_such(target, value)
            raise BadForm({f"{place} {reference.column}": told})


def publishes(path: Path) -> bool:
    """Whether a file holds rows of what headquarters publishes, rather than stock alone. Outside, BadForm: as above."""
    from data.tables import all_tables

    tables = all_tables()
    return any(rows and name in tables and tables[name].__owner__.part for name, rows in _read(path).items())


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except OSError as fault:
        raise Outside(say("{file} can't be read: {fault}", file=str(path), fault=reason_of(fault))) from fault
    except json.JSONDecodeError as fault:
        message = say("{file}, line {line}: not JSON: {fault}", file=str(path), line=fault.lineno, fault=fault.msg)
        raise BadForm({"file": message}) from fault
    except UnicodeDecodeError as fault:
        raise BadForm({"file": say("{file} is not UTF-8.", file=str(path))}) from fault
    if not isinstance(found, dict):
        raise BadForm({"file": say("A file of tables is one JSON object.")})
    return found


def _load_table(tx: UnitOfWork, name: str, rows: Any, loading: _Loading, tell: Report) -> None:
    from data.table_words import table_word
    from data.tables import all_tables
    from data.tables.base import LEASED

    model = all_tables().get(name)
    if model is None or not (model.__owner__ is LEASED or model.__owner__.part):
        raise BadForm({name: say("No table of this name is loaded.")})
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadForm({name: say("A list of rows.")})
    load = _load_stock if model.__owner__ is LEASED else _load_published
    for number, row in enumerate(rows, 1):
        loading.counts[load(tx, model, _secured(tx, name, row), f"{name} {number}", loading)] += 1
        if number % TOLD_EVERY == 0:
            tell(say("Loading {table}", table=table_word(model)), number, len(rows))


def _load_published(reading: Reading, model: type[Table], row: Mapping[str, Any], place: str, loading: _Loading) -> str:
    """The line that a row comes to, if any; answers whether it is added, changed, or as it was."""
    from boss_tui.editions.lines import RowEdit, row_on
    from data.statements import keys, table_name

    key = _key(model, row, place)
    values = {name: value for name, value in row.items() if name not in (*keys(model), "revision")}
    before = row_on(reading, table_name(model), key, loading.day)
    if before is not None:
        values = {name: value for name, value in values.items() if name not in before or before[name] != value}
        if not values:
            return "same"
    loading.lines[place] = RowEdit(table_name(model), key, "add" if before is None else "change", values)
    return "added" if before is None else "changed"


def _key(model: type[Table], row: Mapping[str, Any], place: str) -> tuple[Any, ...]:
    from boss_tui.sync.rows import Unfit, key_of

    try:
        return key_of(model, row)
    except Unfit as fault:
        raise BadForm({place: fault.message}) from fault


def _must_be_sound(tx: UnitOfWork, lines: Mapping[str, RowEdit], now: str, day: str) -> None:
    """BadForm with what is wrong, by the row in the file and the column."""
    from boss_tui.editions.rehearsal import rehearse

    places = list(lines)
    faults = rehearse(tx, dict(enumerate(lines.values())), now, day)
    if faults:
        raise BadForm({f"{places[fault.position]} {fault.column}".strip(): fault.message for fault in faults})


def _load_stock(tx: UnitOfWork, model: type[Table], row: Mapping[str, Any], place: str, loading: _Loading) -> str:
    """Add or change a row; answers which. A revision that the file may tell is not believed: the store counts."""
    from boss_tui.sync.rows import Unfit, fitting
    from data.errors import Conflict
    from data.references import references_of
    from data.statements import keys

    for reference in references_of(model):
        if reference.says(value := row.get(reference.column)):
            loading.named.setdefault((reference, value), place)
    driver: Any = tx.store.engine.dialect.dbapi
    try:
        values = fitting(model, {column: value for column, value in row.items() if column != "revision"})
        here = tx.find(model, **dict(zip(keys(model), _key(model, values, place), strict=True)))
        with tx.received():  # it is headquarters', and no journal's of an office
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
        from boss_tui.components.operators.passwords import hashed

        return {**_without(row, "password"), "password_hash": hashed(str(row["password"]))}
    if name == "recharge_card" and "pin" in row:
        from data.card_pins import check_of, encipher, made_secret

        key, pin = made_secret(tx), str(row["pin"])
        cipher = encipher(key, str(row.get("serial", "")), pin)
        return {**_without(row, "pin"), "pin_cipher": cipher, "pin_check": check_of(key, pin)}
    return row


def _without(row: Mapping[str, Any], column: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != column}
