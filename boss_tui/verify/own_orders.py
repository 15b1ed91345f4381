"""What this store itself made: orders whose journal entry is of the store's own epoch. Not a rule.

What stands beside them in local tables (drafts, print jobs, reservations) must be there too. Orders from before the
journal never had it; those of epochs before were fetched back from headquarters, after a restore, without it.
"""

from __future__ import annotations

from typing import Any

from boss_tui.verify.rule import columns_of, exists
from data.tables.sync import JournalEntry, JournalHead

_e, _h = columns_of(JournalEntry), columns_of(JournalHead)


def made_here(orders: Any) -> Any:
    """Whether an order of this table (or alias) was made by this store."""
    return exists(
        _e.c.serial == orders.c.serial,
        _e.c.outlet == orders.c.outlet,
        _e.c.kind == orders.c.business,
        _h.c.outlet == _e.c.outlet,
        _h.c.epoch == _e.c.epoch,
    )


def journalled(orders: Any) -> Any:
    """Whether a journal of this store tells of an order."""
    return exists(_e.c.serial == orders.c.serial, _e.c.outlet == orders.c.outlet, _e.c.kind == orders.c.business)
