"""What a supervisor's word for the machine's clock changes: it is believed, and what still runs keeps its distance."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from boss_tui.components.operators.access import note_access
from boss_tui.desk.timing import VOUCHED
from boss_tui.sync.outbox import set_head
from data.clock import moment, stamp
from data.store import UnitOfWork
from data.tables.base import Table
from data.tables.order import Draft
from data.tables.organisation import Authority, Grant, Tries
from data.tables.resource import Reservation
from data.tables.staff import OperatorStanding
from data.tables.sync import JournalHead

_RUNNING: tuple[tuple[type[Table], str, dict[str, Any]], ...] = (
    (Authority, "valid_until", {"state": "active"}),
    (Grant, "expires_at", {"used_order": None}),
    (Draft, "expires_at", {"state": "open"}),
    (Draft, "expires_at", {"state": "held"}),
    (Reservation, "until", {"state": "active"}),
    (Tries, "last_at", {}),
    (OperatorStanding, "failed_at", {}),
    (OperatorStanding, "challenge_at", {}),
)
"""Times that rights end by, and pauses are counted from: when the clock is set back, each keeps what is left of it."""


def vouch(tx: UnitOfWork, supervisor: str) -> None:
    """Believe the clock from now on, and put on record who said so, and how far it was out."""
    head, now = tx.one(JournalHead, outlet=tx.author.outlet), tx.clock.now()
    known = moment(head.believed_at) if head.believed_at else now
    if now < known:
        for model, column, where in _RUNNING:
            _move(tx, model, column, where, now - known)
    tx.vouched = True
    seconds = int((now - known).total_seconds())
    tx.more["clock"] = {"vouched_by": supervisor, "moved_seconds": seconds, "offset_ms": head.clock_offset_ms}
    note_access(tx, VOUCHED, tx.author.outlet, supervisor)
    set_head(tx, tx.author.outlet, offset_vouched_ms=head.clock_offset_ms)


def _move(tx: UnitOfWork, model: type[Table], column: str, where: dict[str, Any], by: timedelta) -> None:
    """Let the times of a column keep their distance from a clock that was set back. `where`: of the rows whose times
    still run; None: where nothing is said."""
    table = model.table()
    runs = (table.c[name] == value for name, value in where.items())
    for row in tx.models(model, select(*table.c).where(table.c[column] != "", *runs)):
        tx.change(row, **{column: stamp(moment(getattr(row, column)) + by)})
