"""Rows of headquarters' brought to a business date: what is due then, once; what was altered here meanwhile is told."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions.lines import RowEdit, stored
from boss_tui.editions.rows_date import STANDS_ON, stands_on
from boss_tui.sync.dates import bring_to
from data.tables.customer import Category
from data.tables.edition import PublishedLine
from data.tables.organisation import Alarm
from data.tables.sync import Setting
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, row

__all__ = ["empty_store", "tx"]
NEXT, LATER = "2026-11-24", "2026-11-25"


def line(number: int, day: str, op: Any = "change", *, at_once: bool = False, **values: Any) -> Any:
    edit = RowEdit("category", ("c",), op, values)
    return row(PublishedLine, **stored(edit, number, 0, day, at_once=at_once))


FIRST = dict(row(Category, code="c", name_zh="类", rank=1).__dict__)
ADDED = {name: value for name, value in FIRST.items() if name not in ("code", "revision")}


@pytest.fixture
def told(tx: Loose) -> Loose:
    """A category that began on the day at which the rows stand, and that changes on each of the next two."""
    tx.put(row(Setting, name=STANDS_ON, value=DAY), Category(**FIRST))
    tx.put(line(1, DAY, "add", **ADDED), line(2, NEXT, rank=2), line(3, LATER, rank=3))
    return tx


def ranks(tx: Loose) -> list[int]:
    return [int(rank) for rank in tx.told(Category, "rank")]


def test_what_is_due_by_a_day_is_brought_once(told: Loose) -> None:
    assert (bring_to(told, DAY), ranks(told)) == (0, [1])
    assert (bring_to(told, NEXT), ranks(told), stands_on(told)) == (1, [2], NEXT)
    assert told.more["dated"] == {"after": DAY, "to": NEXT, "rows": 1}
    assert (bring_to(told, NEXT), bring_to(told, DAY), ranks(told), stands_on(told)) == (0, 0, [2], NEXT)
    assert (bring_to(told, "2026-12-01"), ranks(told)) == (1, [3])
    assert told.told(Alarm, "kind") == []


def test_days_that_were_left_out_are_made_up_for(told: Loose) -> None:
    assert (bring_to(told, LATER), ranks(told)) == (1, [3])


def test_a_row_that_was_altered_here_is_told(told: Loose) -> None:
    """Held against all that counted before, what began on that very day too."""
    told.change(told.one(Category, code="c"), rank=9)
    assert (bring_to(told, NEXT), ranks(told)) == (1, [2])
    assert told.told(Alarm, "kind") == ["altered"]


def test_what_counts_at_once_is_not_brought_by_its_day(tx: Loose) -> None:
    tx.put(row(Setting, name=STANDS_ON, value=DAY), Category(**FIRST))
    tx.put(line(1, DAY, "add", **ADDED), line(2, NEXT, rank=2, at_once=True))
    assert (bring_to(tx, NEXT), ranks(tx), "dated" in tx.more) == (0, [1], False)
