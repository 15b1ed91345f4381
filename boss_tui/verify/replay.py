"""Invariant 2: every row is what the journal says of it.

The journal tells each row that was added, changed or increased since it began. It is read backwards: what the newest
change of a row set must stand in the row now, what an older one set must stand where no newer one set it again; from
the addition on, all of the row is known, with what was added to its running figures. A row that differs was altered
behind the journal's back, one that is gone was removed. Read so, only rows that are told but not yet explained to their
beginning are in memory.

Rows from before the journal (handed over, demonstration) have no addition in it: of those only what was changed since
is known. Running totals and figures are made by increases alone, so that their beginning is never known; rules of
invariant 1 hold them. Rows that headquarters writes (stock, published rows) may stand at a later revision than the
journal knows: `received` looks for that revision. Columns that only one of entry and table has (another
program wrote it) are passed over. Local tables are not told at all.
Headquarters itself is not looked at: what it could not apply stands in its exceptions. Source: design 4, I3, I9.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from boss_tui.sync.rows import shared_tables
from boss_tui.verify import journals
from boss_tui.verify.finding import Finding, key_text
from boss_tui.verify.received import handed_down, received
from boss_tui.verify.rows_by_key import Key, Row, rows_of
from boss_tui.verify.stock import TABLES as STOCK
from boss_tui.verify.stock import unjournalled_states
from boss_tui.verify.unjournalled import counts, unjournalled
from data.journal import Change, changes_of
from data.message import Message, say
from data.statements import columns
from data.store import Reading
from data.tables.base import Table

RULE = "row is what the journal says"
Place = tuple[str, Key]


class Explained(Struct):
    """What of a row newer entries have explained: columns that were set, and what was added to figures."""

    columns: set[str] = field(default_factory=set)
    added: dict[str, int] = field(default_factory=lambda: defaultdict(int))


class Replay(Struct):
    """A journal being read backwards.

    Attributes:
        began: when its first entry was made.
        open: rows that were told, whose addition was not met yet.
        ahead: rows of headquarters' that stand at a later revision than the journal told, with that revision.
        added: how many rows it added, by table, of those that `unjournalled` counts.
        stock: the pieces of stock that it tells of.
    """

    began: str
    open: dict[Place, Explained] = field(default_factory=dict)
    ahead: dict[Place, int] = field(default_factory=dict)
    added: Counter[str] = field(default_factory=Counter)
    stock: set[Place] = field(default_factory=set)


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Every journal that is this store's own."""
    for head in journals.own_outlets(reading):
        began = journals.began(reading, head.outlet)
        state = Replay(began)
        for page in journals.pages_back(reading, head.outlet):
            yield from _page(reading, state, [change for entry in page for change in reversed(_told(entry.body))])
        if began and not journals.of_others(reading):
            yield from unjournalled(reading, head.outlet, began, state.added)
        yield from unjournalled_states(reading, head.outlet, began, state.stock)
        yield from received(reading, head.outlet, state.ahead, state.open)


def _told(body: str) -> list[Change]:
    """The changes of an entry; none when it can't be read, which the chain tells."""
    try:
        return [change for change in changes_of(body) if change.table in shared_tables()]
    except (ValueError, KeyError, TypeError):
        return []


def _page(reading: Reading, state: Replay, told: list[Change]) -> Iterator[Finding]:
    rows = fetched(reading, {(change.table, change.key) for change in told})
    state.stock.update((change.table, change.key) for change in told if change.table in STOCK)
    for change in told:
        model = shared_tables()[change.table]
        row = rows.get((change.table, change.key))
        state.added[change.table] += row is not None and counts(change, state.began)
        fault = _missing(state, change) if row is None else _compared(state, model, change, row)
        if fault is not None:
            yield Finding(2, RULE, change.table, key_text(change.key), fault)


def fetched(reading: Reading, places: Iterable[Place]) -> dict[Place, Row]:
    """The rows at these places, as they stand."""
    wanted: dict[str, list[Key]] = defaultdict(list)
    for table, key in sorted(places, key=str):
        wanted[table].append(key)
    return {
        (table, key): row
        for table, keys in wanted.items()
        for key, row in rows_of(reading, shared_tables()[table], keys).items()
    }


def _missing(state: Replay, change: Change) -> Message | None:
    """A row that is gone is told once, at its newest entry."""
    place = (change.table, change.key)
    known = place in state.open
    if change.op == "add":
        state.open.pop(place, None)
    else:
        state.open[place] = Explained()
    return None if known else say("The journal tells of this row, but it is not there.")


def _compared(state: Replay, model: type[Table], change: Change, row: Row) -> Message | None:
    place = (change.table, change.key)
    seen = state.open.get(place) or Explained()
    if change.op == "increase":
        for name, more in change.values.items():
            seen.added[name] += more
        state.open[place] = seen
        return None
    fault = None if _is_ahead(state, place, change, row, seen) else _difference(model, change, row, seen)
    if change.op == "add":
        state.open.pop(place, None)
    else:
        seen.columns.update(change.values)
        state.open[place] = seen
    return fault


def _is_ahead(state: Replay, place: Place, change: Change, row: Row, seen: Explained) -> bool:
    """Whether headquarters wrote a later revision over what the journal knows of this row."""
    if place in state.ahead:
        return True
    newest = "revision" not in seen.columns
    if newest and change.table in handed_down() and row.get("revision", 0) > change.values.get("revision", 0):
        state.ahead[place] = row["revision"]
        return True
    return False


def _difference(model: type[Table], change: Change, row: Row, seen: Explained) -> Message | None:
    """The columns that are not as this entry, and the newer ones, left them."""
    wrong = []
    for name in columns(model):
        if name in change.values and name not in seen.columns:
            told: Any = change.values[name]
            if change.op == "add" and name in seen.added:
                told += seen.added[name]
            if row[name] != told:
                wrong.append(name)
    if not wrong:
        return None
    return say("The row is not what the journal says: {columns}.", columns=", ".join(wrong))
