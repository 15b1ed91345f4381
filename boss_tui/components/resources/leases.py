"""The blocks 号段批次 that stock came in from headquarters, as the outlet obeys them: from which may be sold still?

A block is sold from until its `sell_until`, and no more once headquarters has recalled it; of a part that it asked back
nothing is sold either (design 6). What came in no block has no end. Of a slip that was written by hand the day counts
that stands on it.
"""

from __future__ import annotations

from typing import Any, Protocol

from msgspec import Struct
from sqlalchemy import and_, bindparam, exists, or_, select

from boss_tui.components.base import Context
from data.clock import stamp, wall_day, wall_midnight
from data.errors import NotAllowed
from data.message import say
from data.store import Reading, UnitOfWork
from data.tables.sync import Lease

RETURNED, RECLAIMED = ENDED = ("returned", "reclaimed")
"""The states of a block that is its outlet's no more: what was unsold came back at its word, or was taken back without
it. The same is on record of each piece (`StockEvent`), whose reason is the block's key."""

_l = Lease.table()


class Block(Struct, frozen=True):
    """A block that is wanted for an outlet: of which kind (`sync.scarce.KINDS`), how many pieces at most, of which sort
    (empty: any), with keys between these two (empty: any), sold from until when (stored time)."""

    outlet: str
    kind: str
    pieces: int
    sell_until: str
    of: str = ""
    first: str = ""
    last: str = ""


class Part(Struct, frozen=True):
    """The pieces of a block with keys from `first` to `last`; `to`: the outlet that they go on to (empty: nobody)."""

    first: str
    last: str
    to: str = ""


class Leasing(Protocol):
    """Blocks handed to outlets and asked back, each in a transaction of the office's."""

    def hand(self, tx: UnitOfWork, block: Block) -> Lease:
        """Hand a block down. OutOfStock: nothing of it is free; NotAllowed: the outlet is closed."""
        ...

    def recall(self, tx: UnitOfWork, lease_id: str) -> Lease:
        """Ask for a block back. NotAllowed: it has ended, or was asked for before."""
        ...

    def recall_part(self, tx: UnitOfWork, lease_id: str, part: Part) -> Lease:
        """Ask for a part of a block back. NotAllowed: nothing of it is left there, or something was asked for before,
        or where it is to go on to sells nothing."""
        ...

    def reclaim(self, tx: UnitOfWork, lease_id: str, decided_by: str) -> Lease:
        """Take what is unsold of a block back without its outlet's word. NotAllowed: too early."""
        ...


def sold_at(context: Context) -> str:
    """The moment that must lie within a block's time, as stored; of a slip the first of its day."""
    return wall_midnight(context.slip.written_on) if context.slip else stamp(context.tx.present())


def not_over(lease_id: Any, key: Any) -> Any:
    """The condition that a piece of this lease can be sold, at the bind parameter `sold_at`; `key`: what names it."""
    is_asked_back = and_(_l.c.part_first <= key, _l.c.part_last >= key)  # no key lies between two that are empty
    over = or_(_l.c.recalled_at != "", _l.c.sell_until < bindparam("sold_at"), is_asked_back)
    return ~exists(select(_l.c.id).where(_l.c.id == lease_id, over))


def must_not_be_over(reading: Reading, lease_id: str, key: str, moment: str) -> None:
    """NotAllowed: of this block, or of the part of it that this piece is in, nothing is sold any more."""
    lease = reading.find(Lease, id=lease_id) if lease_id else None
    if lease is None:
        return
    part_asked_at = lease.part_asked_at if lease.part_first <= key <= lease.part_last else ""
    told = lease.recalled_at or part_asked_at or (lease.sell_until if lease.sell_until < moment else "")
    if told:
        raise NotAllowed(
            say("This came in a block that is sold from no more since {day}. Take another one.", day=wall_day(told))
        )


def not_recalled(lease_id: Any) -> Any:
    """The condition that headquarters has not asked for a block back. Numbers of papers have no other end: they are no
    money."""
    return ~exists(select(_l.c.id).where(_l.c.id == lease_id, _l.c.recalled_at != ""))
