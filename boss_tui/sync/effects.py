"""What journal entries did, done again on another copy of the same tables.

`apply_bulk` takes a run of entries as their net effect, by one statement for each table and set of columns; it is all
or nothing. `apply_entry` takes one entry with care, and says what of it does not stand. A change names the revision it
was based on; an addition to running figures always stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from boss_tui.sync.rows import Unfit, dangling, fitting, key_of, measures, shared_table
from boss_tui.sync.wire import Rubbish, loads
from data.errors import Conflict
from data.journal import Change
from data.message import say
from data.statements import columns, keys, row_values, table_name
from data.store import KeyedChange, UnitOfWork
from data.table_words import table_word
from data.tables.base import LEASED, OUTLET, SHARED, Table

MOST_KEY = 200
"""Characters of a part of a key: no row of ours is named by more."""


class Foreign(Unfit):
    """What is told is not for that outlet to write; `detail` names it, as plain JSON values."""

    def __init__(self, change: Change) -> None:
        super().__init__(say("{table} is not this outlet's to write.", table=table_word(change.table)))
        self.detail = {"table": change.table, "key": list(change.key)}


def changes_in(body: str, outlet: str) -> list[Change]:
    """The changes that an entry of an outlet tells; Unfit when they are not of these tables, Foreign when one writes
    what is not for that outlet to write, as far as can be told from the change alone."""
    try:
        told = loads(body)
    except Rubbish as fault:
        raise Unfit(say("An entry's body is not JSON.")) from fault
    if not isinstance(told, dict) or not isinstance(told.get("changes"), list):
        raise Unfit(say("An entry's body tells no changes."))
    changes = [_change(listed) for listed in told["changes"]]
    for change in changes:
        if not _its_own(shared_table(change.table), change, outlet):
            raise Foreign(change)
    return changes


def _its_own(model: type[Table], change: Change, outlet: str) -> bool:
    """Whether the change may be that outlet's: of no row of headquarters', under its own name. See also `_held`."""
    if model.__owner__.is_headquarters:
        return False
    if "outlet" not in columns(model):
        return True
    if change.op == "change":
        return "outlet" not in change.values
    named = change.values if change.op == "add" else dict(zip(keys(model), change.key, strict=True))
    return named.get("outlet") == outlet


def _held(model: type[Table]) -> bool:
    """Whether who changes a row must hold it."""
    return model.__owner__ in (OUTLET, LEASED) and "outlet" in columns(model)


def _change(listed: Any) -> Change:
    match listed:
        case [str(table), "add" | "change" | "increase" as op, list(key), int(base), dict(values)]:
            model = shared_table(table)
            fitting(model, values)
            if len(key) != len(keys(model)) or not all(map(_names, key)):
                raise Unfit(say("{table} has another key.", table=table_word(table)))
            named = key_of(model, values) if op == "add" else tuple(key)
            if named != tuple(key):
                raise Unfit(say("{table} has another key.", table=table_word(table)))
            if op != "add":  # of a new row the key is among the values
                fitting(model, dict(zip(keys(model), key, strict=True)))
            if op == "change" and (values.get("revision") != base + 1 or model.__append_only__):
                raise Unfit(say("{table} can't be changed so.", table=table_word(table)))
            if op == "increase" and not values.keys() <= measures(model):
                raise Unfit(say("{table} can't be increased so.", table=table_word(table)))
            return Change(table, op, named, base, values)
    raise Unfit(say("An entry tells a change that this program does not know."))


def _names(part: Any) -> bool:
    """Whether a part of a key is what it looks like: without characters that can't be seen, and no longer than any."""
    return not isinstance(part, str) or (part.isprintable() and len(part) <= MOST_KEY)


def whole_row(model: type[Table], values: dict[str, Any]) -> dict[str, Any]:
    """A row with the defaults of columns that an older program did not have; Unfit when it is no row."""
    try:
        return row_values(model, values)
    except TypeError as fault:
        raise Unfit(say("{table} has other columns.", table=table_word(model))) from fault


class Net(Struct):
    """The net effect of changes: rows by table and key, merged so that each row is written once."""

    adds: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = field(default_factory=dict)
    changes: dict[tuple[str, tuple[Any, ...]], tuple[int, dict[str, Any]]] = field(default_factory=dict)
    increases: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], dict[str, int]]] = field(default_factory=dict)

    def take(self, change: Change) -> None:
        """Merge one change. Conflict when it does not follow what was merged before."""
        if change.op == "add":
            rows = self.adds.setdefault(change.table, {})
            if change.key in rows:
                raise Conflict(say("A row was told twice."))
            rows[change.key] = whole_row(shared_table(change.table), change.values)
        elif change.op == "change":
            self._take_change(change)
        else:
            self._take_increase(change)

    def _take_change(self, change: Change) -> None:
        added = self.adds.get(change.table, {}).get(change.key)
        place = (change.table, change.key)
        known = self.changes.get(place)
        now = added["revision"] if added else known[1]["revision"] if known else change.base
        if now != change.base:
            raise Conflict(say("A change does not follow the one before."))
        if added is not None:
            added.update(change.values)
        else:
            base, values = known or (change.base, {})
            self.changes[place] = (base, {**values, **change.values})

    def _take_increase(self, change: Change) -> None:
        measures = tuple(sorted(change.values))
        of_table = self.increases.setdefault((change.table, measures), {})
        sums = of_table.setdefault(change.key, dict.fromkeys(measures, 0))
        for name in measures:
            sums[name] += change.values[name]


def apply_bulk(tx: UnitOfWork, outlet: str, told: Iterable[list[Change]]) -> None:
    """Apply the changes of an outlet's entries as one. Conflict, Unfit or a driver's error when any does not stand."""
    net = Net()
    for changes in told:
        for change in changes:
            net.take(change)
    with tx.received():
        for table in sorted(net.adds):
            tx.add_many(shared_table(table), list(net.adds[table].values()))
        for (table, _), grouped in sorted(_grouped(net).items()):
            model = shared_table(table)
            rows_changed = sorted(grouped, key=lambda change: str(change[0]))
            tx.change_many(model, rows_changed, holder=outlet if _held(model) else "")
        for (table, measures), sums in sorted(net.increases.items()):
            model = shared_table(table)
            rows = [{**dict(zip(keys(model), key, strict=True)), **sums[key]} for key in sorted(sums, key=str)]
            tx.increase_many(model, rows, measures)


def _grouped(net: Net) -> dict[tuple[str, tuple[str, ...]], list[KeyedChange]]:
    """Changes of the same columns of the same table, together."""
    grouped: dict[tuple[str, tuple[str, ...]], list[KeyedChange]] = {}
    for (table, key), (base, values) in net.changes.items():
        ordered = {name: values[name] for name in sorted(values)}
        grouped.setdefault((table, tuple(ordered)), []).append((key, base, ordered))
    return grouped


class Fault(Struct, frozen=True):
    """What of an entry does not stand; `detail` names the row, as plain JSON values.

    reason: one of `states.REASONS`; stale (a change): the rest was applied; any other: nothing of it was.
    note: it stands all the same, and a person should look at it.
    """

    reason: str
    detail: dict[str, Any]
    note: bool = False


class _Refused(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


def apply_entry(tx: UnitOfWork, outlet: str, changes: list[Change]) -> list[Fault]:
    """Apply one entry of an outlet with care; answers what does not stand.

    New rows hang together by their references, so that one which clashes keeps the whole entry out. A change that is
    based on an older revision is left out alone: the money of the same entry stands.
    """
    try:
        with tx.savepoint(), tx.received():
            return _apply_changes(tx, outlet, changes)
    except _Refused as refused:
        return [refused.fault]
    except Unfit as fault:
        return [Fault("unknown", {"what": str(fault)})]


def _apply_changes(tx: UnitOfWork, outlet: str, changes: list[Change]) -> list[Fault]:
    driver: Any = tx.store.engine.dialect.dbapi
    stale: list[Fault] = []
    written: list[tuple[type[Table], dict[str, Any]]] = []
    for change in changes:
        model = shared_table(change.table)
        try:
            fault = _apply_change(tx, outlet, model, change)
        except driver.OperationalError:
            raise
        except (driver.DatabaseError, OverflowError) as error:
            what = str(error).splitlines()[0]
            raise _Refused(Fault("clash", {"table": change.table, "key": list(change.key), "what": what})) from error
        if fault:
            stale.append(fault)
        else:
            written.append((model, {**dict(zip(keys(model), change.key, strict=True)), **change.values}))
    missing = dangling(tx, written)
    if missing:
        named = {"table": table_name(missing.table), "column": missing.column, "value": missing.value}
        raise _Refused(Fault("dangling", named))
    return stale


def _apply_change(tx: UnitOfWork, outlet: str, model: type[Table], change: Change) -> Fault | None:
    named = dict(zip(keys(model), change.key, strict=True))
    if change.op == "add":
        row = whole_row(model, change.values)
        here = tx.find(model, **named) if _of_any(model) else None
        if here is None or here.__dict__ != row:  # two outlets may tell the very same of what is a customer's
            tx.add_many(model, [row])
    elif change.op == "increase":
        tx.increase_many(model, [{**named, **change.values}], tuple(change.values))
    else:
        try:
            tx.change_many(model, [(change.key, change.base, change.values)], holder=outlet if _held(model) else "")
        except Conflict:
            here = tx.find(model, **named)
            if here is not None and _held(model) and not _may_move(model, here.__dict__, outlet):
                raise _Refused(Fault("foreign", Foreign(change).detail)) from None
            found = here.__dict__["revision"] if here is not None else 0
            if here is not None and found < change.base and _moves_alone(model, here.__dict__, change, outlet):
                tx.change_many(model, [(change.key, found, change.values)], holder=outlet)
                return None
            detail = {"table": change.table, "key": list(change.key), "base": change.base, "found": found}
            return Fault("stale", detail)
    return None


def _of_any(model: type[Table]) -> bool:
    """Whether a row may be made by whoever is first: it is a customer's, and says nothing of what was done. All else is
    done once, and clashes when it is told again: what is added to figures beside it would count twice."""
    return model.__owner__ is SHARED and not model.__append_only__ and "outlet" not in columns(model)


def _moves_alone(model: type[Table], here: dict[str, Any], change: Change, outlet: str) -> bool:
    return is_alone(model, here, outlet) and is_alone(model, {**here, **change.values}, outlet)


def is_alone(model: type[Table], here: dict[str, Any], outlet: str) -> bool:
    """Whether nobody but its outlet moves a row, as it is or will be. What such a change is based on, though it is not
    here, stood in an entry of the same outlet that was put aside: the ones behind that one go on all the same."""
    if not _held(model) or here["outlet"] != outlet:
        return False
    return not model.__free__ or here["state"] in model.__free__


def _may_move(model: type[Table], here: dict[str, Any], outlet: str) -> bool:
    """Whether an outlet may change what is held: its own, or, once it is with a customer, what another sold."""
    return here["outlet"] == outlet or (bool(model.__free__) and here["state"] not in model.__free__)
