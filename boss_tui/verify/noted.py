"""Invariant 2: the store is the one that was here before.

Each closed shift keeps where the journal stood at its close, which its Z says on paper: that entry is in the journal.
What was noted outside of the store (`boss_tui.sync.noted`), the journal has: it was neither cut off nor exchanged.
Source: design 5.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import bindparam, select

from boss_tui.sync.noted import NotedHead, disagreement, is_entry
from boss_tui.verify import journals
from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import columns_of
from data.characters import is_digits
from data.message import Message, say
from data.store import Reading
from data.tables.finance import Shift

AT_CLOSE, NOTED = "journal has what each Z says", "journal has what was noted outside"

_s = columns_of(Shift)
_ENDS = (
    select(_s.c.id, _s.c.journal_end)
    .where(_s.c.outlet == bindparam("of"), _s.c.state == "closed", _s.c.journal_end != "")
    .order_by(_s.c.id)
)


def closes(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Every closed shift of this store's own outlet; headquarters has what outlets pushed."""
    for head in journals.own_outlets(reading):
        for key, end in reading.rows(_ENDS, of=head.outlet):
            seq, _, found = str(end).partition("/")
            if not (is_digits(seq) and is_entry(reading, head.outlet, int(seq), found)):
                told = say("The journal has no such entry {seq} as this Z says.", seq=seq)
                yield Finding(2, AT_CLOSE, "shift", str(key), told)


def check(reading: Reading, noted: NotedHead | Message) -> Iterator[Finding]:
    """What was noted; or why that can't be read."""
    wrong = noted if isinstance(noted, Message) else disagreement(reading, noted)
    if wrong is not None:
        yield Finding(2, NOTED, "journal_head", "" if isinstance(noted, Message) else noted.outlet, wrong)
