"""Lines of an edition into the stream of this store alone: they are kept, and travel nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from boss_tui.editions.lines import Line, keep
from data.store import UnitOfWork
from data.tables.edition import Edition, PublishedLine

_LAST = select(func.coalesce(func.max(PublishedLine.__table__.c.number), 0))  # type: ignore[attr-defined]


def publish(tx: UnitOfWork, edition: Edition, lines: Sequence[Line]) -> Iterable[int]:
    """Keep lines as the next item of the stream; answers its number (`subjects.Publish`)."""
    number = int(tx.scalar(_LAST)) + 1
    keep(tx, number, lines, edition.counts_from, at_once=bool(edition.at_once))
    return [number]
