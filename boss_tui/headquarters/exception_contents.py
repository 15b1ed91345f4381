"""What an entry that was put aside would have written, so that whoever decides about it can read it.

Whatever it holds is shown, and nothing of it is believed: an entry may be anything, since that is why it was put aside.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import BigInteger

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.tenders.tenders import ways
from boss_tui.forms.typed import yuan
from boss_tui.sync.wire import Rubbish, loads
from data.clock import is_made_key
from data.codes import COLUMNS, VALUES
from data.message import Message, both, listed, quoted, say
from data.statements import keys
from data.states import state_name
from data.store import Reading
from data.table_words import table_word
from data.tables import all_tables
from data.tables.base import Table
from data.tables.finance import LedgerAccount

_NAMES = ("serial", "number", "iccid", "imei", "name", "counter", "staff_no")
"""The columns by one of which people know a row, the first that it has."""
_UNSEEN = frozenset({"trail", "figure", "running_total", "access_log", "sequence", "posting", "posting_line"})
"""Tables of what goes without saying, or is told apart as money."""
_SECRET = frozenset({"password_hash"})
_OPS = {"add": say("new: {row}"), "change": say("changed: {row}"), "increase": say("more: {row}")}
_MOST_TOLD = 60
"""Rows that are told one by one; an entry of millions is not read by anybody."""


def told_in(body: str) -> list[tuple[str, str, list[Any], dict[str, Any]]]:
    """The changes of an entry as far as they are such: table, what is done, key, values."""
    try:
        listed_ = loads(body)["changes"]
    except (Rubbish, KeyError, TypeError):
        return []
    found = []
    for each in listed_ if isinstance(listed_, list) else ():
        match each:
            case [str(table), str(op), list(key), _, dict(values)]:
                found.append((table, op, key, values))
    return found


def writes(reading: Reading, body: str) -> tuple[Message, ...]:
    """What it would have written, row by row; rows of which there is nothing to say are counted, table by table."""
    named, counted = list[Message](), Counter[tuple[str, str]]()
    for table, op, key, values in told_in(body):
        if table in _UNSEEN:
            continue
        row = _row(reading, table, op, key, values) if len(named) < _MOST_TOLD else None
        if row is None:
            counted[op, table] += 1
        else:
            named.append(_done(op, row))
    several = (_done(op, say("{n} x {table}", n=n, table=table_word(table))) for (op, table), n in counted.items())
    return (*named, *several)


def _done(op: str, row: Message) -> Message:
    told = _OPS.get(op)
    return row if told is None else Message(told.template, {"row": row})


def _row(reading: Reading, table: str, op: str, key: list[Any], values: Mapping[str, Any]) -> Message | None:
    """A row by the name that people know it by, and what is said of it; None: there is nothing to say."""
    model = all_tables().get(table)
    name = next((values[each] for each in _NAMES if values.get(each)), "") or _known_as(reading, model, key)
    fields = listed(_fields(model, values, but=name))
    if fields == Message("") and (not name or op != "add"):
        return None
    told = Message("{table} {name}", {"table": table_word(table), "name": str(name)}) if name else table_word(table)
    return told if fields == Message("") else say("{row}: {fields}", row=told, fields=fields)


def _known_as(reading: Reading, model: type[Table] | None, key: list[Any]) -> str:
    """What a row is called that is here already; else its key, where somebody typed that."""
    if model is None or len(key) != len(keys(model)) or not all(isinstance(part, str | int) for part in key):
        return ""
    if not any(is_made_key(part) for part in key):
        return "/".join(map(str, key))
    row = reading.find(model, **dict(zip(keys(model), key, strict=True)))
    told = row.__dict__ if row is not None else {}
    return str(next((told[each] for each in _NAMES if told.get(each)), ""))


def _fields(model: type[Table] | None, values: Mapping[str, Any], but: Any) -> Iterator[Message]:
    for column, value in values.items():
        label = COLUMNS.get(column)
        if label is not None and column not in _SECRET and not column.endswith("_id") and value not in (None, "", but):
            yield Message("{label} {value}", {"label": label, "value": _shown(model, column, value)})


def _shown(model: type[Table] | None, column: str, value: Any) -> Message:
    if column == "state":
        return state_name(str(value))
    if type(value) is int and model is not None and isinstance(model.table().c[column].type, BigInteger):
        return quoted(yuan(value))
    meant = VALUES.get(column, {}).get(value) if isinstance(value, str) else None
    return meant or quoted(str(value))


def money(reading: Reading, body: str) -> tuple[tuple[Message, int], ...]:
    """What was paid, by its way; then how it was to be booked, by account: what, fen (a debit: above nothing)."""
    known = ways(reading)
    changes = told_in(body)
    paid = [
        (known[kind].name if (kind := str(values.get("kind"))) in known else quoted(kind), amount)
        for table, op, _, values in changes
        if (table, op) == ("payment_tender", "add") and type(amount := values.get("amount")) is int
    ]
    booked = Counter[str]()
    for table, op, _, values in changes:
        if (table, op) == ("posting_line", "add") and type(amount := values.get("amount")) is int:
            booked[str(values.get("account"))] += amount
    return (
        *((say("Paid: {way}", way=way), amount) for way, amount in paid),
        *((say("Booked: {account}", account=_account(reading, code)), fen) for code, fen in booked.items()),
    )


def _account(reading: Reading, code: str) -> Message:
    row = reading.find(LedgerAccount, code=code)
    name = both(row.name_zh, row.name_en) if row is not None else Message("")
    return Message("{code} {name}", {"code": code, "name": name})


def typed(body: str) -> tuple[tuple[Message, str], ...]:
    """What stood in the forms of its orders: label and value, as it was typed."""
    found: list[tuple[Message, str]] = []
    for table, op, _, values in told_in(body):
        if (table, op) == ("product_order", "add"):
            found += _of_form(str(values.get("business")), values.get("form_json"))
    return tuple(found)


def _of_form(code: str, form_json: Any) -> Iterable[tuple[Message, str]]:
    try:
        form = json.loads(form_json)
    except (ValueError, TypeError):
        return []
    if code not in BUSINESSES or not isinstance(form, dict):
        return []
    return [
        (spec.ask.label, str(form[spec.name]))
        for spec in BUSINESSES[code].form.fields()
        if spec.ask.kind != "password" and form.get(spec.name) not in (None, "", False)
    ]


def people(body: str) -> frozenset[str]:
    """The staff numbers of all who are said to have done it, counted, signed or allowed it."""
    found = set[str]()
    for _, _, _, values in told_in(body):
        for column, value in values.items():
            if isinstance(value, str) and (column in _WHO or column.endswith("_by")):
                found |= {each.strip() for each in value.split(",")}
    return frozenset(found - {""})


_WHO = frozenset({"operator", "supervisor", "giver", "taker"})
