"""Bringing headquarters' rows from the business date that they stand at in a store (`editions.rows_date`) to another.

What counts from a business date is kept from the moment that it comes, and is in the rows once that date is opened,
whether there is a link or not. Rows never go back to an earlier date. What does not go into them then (it names what is
not there) waits and is told: a day can always be opened. Source: design 12.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import bindparam, select

from boss_tui.components.alarms import raise_alarm
from boss_tui.editions.lines import Brought, Key, Place, Unfit, bring, by_table, published_table
from boss_tui.editions.rows_date import stand_on, stands_on
from boss_tui.sync.rows import dangling, still_named
from data.clock import wall_date
from data.errors import Conflict
from data.message import say
from data.store import Reading, Store, UnitOfWork
from data.table_words import row_words, table_word
from data.tables.base import Table
from data.tables.edition import PublishedLine
from data.tables.finance import BusinessDay
from data.tables.sync import WaitingItem

STREAM = ""
"""Under which outlet's name the items of the stream are kept: nobody's."""

_line = PublishedLine.table()
_DUE = (
    select(_line.c.number, _line.c.table_name, _line.c.row_key)
    .where(_line.c.effective_from > bindparam("after"), _line.c.effective_from <= bindparam("day"))
    .where(_line.c.at_once == 0)
    .order_by(_line.c.effective_from, _line.c.number, _line.c.position)
)


def business_date(reading: Reading, outlet: str) -> str:
    """The outlet's open business date, or the calendar's when none is open."""
    day = reading.find(BusinessDay, outlet=outlet, state="open")
    return day.business_date if day else wall_date(reading.present()).isoformat()


def calendar_day(store: Store) -> str:
    """The calendar's day, as a business date."""
    return wall_date(store.present()).isoformat()


def bring_to(tx: UnitOfWork, day: str) -> int:
    """Bring headquarters' rows to a business date, if they are not there yet; answers how many changed.

    The journal's entry tells of it.
    """
    after = stands_on(tx)
    if day <= after:
        return 0
    stand_on(tx, day)
    due: dict[int, list[Place]] = {}
    for number, table, key in tx.rows(_DUE, after=after, day=day):
        due.setdefault(int(number), []).append((str(table), tuple(json.loads(key))))
    if not due:
        return 0
    changed = _bring_due(tx, due, after, day)
    tx.more["dated"] = {"after": after, "to": day, "rows": changed}
    return changed


def _bring_due(tx: UnitOfWork, due: dict[int, list[Place]], after: str, day: str) -> int:
    """All at once; where that does not go, one edition's item after the other, and what does not fit waits."""

    def is_new(line: PublishedLine) -> bool:
        return not line.at_once and line.effective_from > after

    everywhere = [place for places in due.values() for place in places]
    try:
        return len(tell_altered(tx, bring_soundly(tx, everywhere, day, is_new)).changed)
    except Unfit:
        pass
    changed = 0
    for number, places in due.items():
        try:
            changed += len(tell_altered(tx, bring_soundly(tx, places, day, is_new)).changed)
        except Unfit as fault:
            tx.add(WaitingItem, outlet=STREAM, number=number, why="fault", due=day, detail=str(fault))
    return changed


def bring_soundly(
    tx: UnitOfWork, places: Iterable[Place], day: str, is_new: Callable[[PublishedLine], bool]
) -> Brought:
    """`bring`, undone and Unfit where the database would refuse it, or something would lead nowhere."""
    driver: Any = tx.store.engine.dialect.dbapi
    try:
        with tx.savepoint():
            brought = bring(tx, places, day, is_new)
            must_be_sound(tx, brought.changed)
            return brought
    except driver.OperationalError:
        raise
    except (Conflict, OverflowError, driver.DatabaseError) as fault:
        raise Unfit(say("It does not fit: {fault}", fault=str(fault).splitlines()[0])) from fault


def must_be_sound(tx: UnitOfWork, places: Iterable[Place]) -> None:
    """Unfit when a row that was written names one that is not there, or one is gone that others name."""
    for model, key, row in _rows(tx, places):
        missing = dangling(tx, [(model, row.__dict__)]) if row is not None else None
        if missing:
            raise Unfit(missing.message)
        by = still_named(tx, model, key) if row is None else None
        if by:
            raise Unfit(say("{row} is still named by {other}.", row=row_words(model, key), other=table_word(by)))


def _rows(reading: Reading, places: Iterable[Place]) -> Iterator[tuple[type[Table], Key, Table | None]]:
    for table, wanted in by_table(places).items():
        model = published_table(table)
        found = reading.several(model, wanted)
        yield from ((model, key, found.get(key)) for key in wanted)


def tell_altered(tx: UnitOfWork, brought: Brought) -> Brought:
    """Raise an alarm for each row that had been altered here: headquarters' stands again."""
    for table, key in brought.altered:
        row = row_words(table, key)
        raise_alarm(tx, "altered", say("{row} had been altered here; headquarters' stands again.", row=row))
    return brought
