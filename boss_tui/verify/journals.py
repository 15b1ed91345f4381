"""Reading journals page by page, from either end, so that memory holds a page and never a journal.

Also whose journals a store holds, and where each must end: an outlet's own store says so in its head, headquarters in
its row of each outlet. Not a rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import bindparam, or_, select

from boss_tui.sync.keys import KEY_SETTING
from boss_tui.verify.rule import columns_of
from data.store import Reading
from data.tables.sync import EnrolledOutlet, JournalEntry, JournalHead, Setting

PAGE = 200

_j = columns_of(JournalEntry)
_mine = (_j.c.outlet == bindparam("of"),)
_ON = (
    select(*_j.c)
    .where(
        *_mine,
        or_(
            _j.c.epoch > bindparam("epoch"),
            (_j.c.epoch == bindparam("epoch")) & (_j.c.seq > bindparam("seq")),
        ),
    )
    .order_by(_j.c.epoch, _j.c.seq)
    .limit(PAGE)
)
_BACK = (
    select(*_j.c)
    .where(
        *_mine,
        or_(
            _j.c.epoch < bindparam("epoch"),
            (_j.c.epoch == bindparam("epoch")) & (_j.c.seq < bindparam("seq")),
        ),
    )
    .order_by(_j.c.epoch.desc(), _j.c.seq.desc())
    .limit(PAGE)
)
_FIRST = select(_j.c.made_at).where(*_mine).order_by(_j.c.epoch, _j.c.seq).limit(1)
_WHOSE = select(_j.c.outlet).distinct().order_by(_j.c.outlet)
_OTHERS = select(columns_of(EnrolledOutlet).c.outlet).limit(1)
_END = 2**31 - 1


class End(Struct, frozen=True):
    """Where a journal must end: the last sequence (0: it is empty), its hash, the epoch that goes on."""

    outlet: str
    table: str
    epoch: int
    seq: int
    hash: str


def own_outlets(reading: Reading) -> list[JournalHead]:
    """The heads of this store's own journals; none at headquarters."""
    return reading.all(JournalHead, order=("outlet",))


def of_others(reading: Reading) -> bool:
    """Whether this is headquarters' store: most of its rows are told by outlets' journals, not by its own. A store that
    knows a headquarters above it is an outlet's, whatever else stands there."""
    return reading.find(Setting, name=KEY_SETTING) is None and reading.scalar(_OTHERS) is not None


def ends(reading: Reading) -> list[End]:
    """Where every journal of this store must end."""
    own = [End(h.outlet, "journal_head", h.epoch, h.seq, h.hash) for h in own_outlets(reading)]
    taken = {end.outlet for end in own}
    enrolled = reading.all(EnrolledOutlet, order=("outlet",))
    return own + [
        End(row.outlet, "enrolled_outlet", row.epoch, row.next_seq - 1, row.head_hash)
        for row in enrolled
        if row.outlet not in taken
    ]


def outlets(reading: Reading) -> list[str]:
    """Every outlet that has entries here."""
    return [str(outlet) for (outlet,) in reading.rows(_WHOSE)]


def began(reading: Reading, outlet: str) -> str:
    """When the first entry of a journal was made; empty when there is none."""
    return str(reading.scalar(_FIRST, of=outlet) or "")


def pages(reading: Reading, outlet: str) -> Iterator[list[JournalEntry]]:
    """An outlet's entries, oldest first."""
    epoch, seq = 0, -_END
    while page := reading.models(JournalEntry, _ON, of=outlet, epoch=epoch, seq=seq):
        yield page
        epoch, seq = page[-1].epoch, page[-1].seq


def pages_back(reading: Reading, outlet: str) -> Iterator[list[JournalEntry]]:
    """An outlet's entries, newest first."""
    epoch, seq = _END, _END
    while page := reading.models(JournalEntry, _BACK, of=outlet, epoch=epoch, seq=seq):
        yield page
        epoch, seq = page[-1].epoch, page[-1].seq
