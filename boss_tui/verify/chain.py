"""Invariant 2: the journal's hash chain is whole, and its sequence has no gap.

Each entry's hash is that of its content and of the hash before; sequences are 1, 2, 3 … over all epochs, none missing,
none twice. The head says where the journal ends. A restored store goes on in a later epoch, which only ever rises;
headquarters may grant two for one restore, so that a number left out is no fault. A journal without a head is nobody's.
Source: design 4 and 6, I4.
"""

from __future__ import annotations

from collections.abc import Iterator

from boss_tui.verify import journals
from boss_tui.verify.finding import Finding
from boss_tui.verify.journals import End
from data.journal import GENESIS, broken
from data.message import Message, say
from data.store import Reading
from data.tables.sync import JournalEntry

WHOLE, HEAD = "journal is whole", "journal ends at its head"


def check(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Every journal of this store."""
    ends = {end.outlet: end for end in journals.ends(reading)}
    for outlet in sorted({*ends, *journals.outlets(reading)}):
        yield from _chain(reading, outlet, ends.get(outlet))


def _chain(reading: Reading, outlet: str, end: End | None) -> Iterator[Finding]:
    last: JournalEntry | None = None
    for page in journals.pages(reading, outlet):
        after, next_seq = (last.hash, last.seq + 1) if last else (GENESIS, 1)
        epochs = {entry.seq: entry.epoch for entry in page}
        for seq, what in broken(page, after, next_seq):
            yield Finding(2, WHOLE, "journal", f"{outlet}/{epochs.get(seq, page[0].epoch)}/{seq}", _words(what))
        last = page[-1]
    yield from _ends(outlet, end, last)


def _words(what: str) -> Message:
    if "missing" in what:
        return say("This entry is missing, or its sequence is another one's.")
    if "altered" in what:
        return say("This entry was altered: its hash is not that of its content.")
    return say("This entry does not follow the one before it.")


def _ends(outlet: str, end: End | None, last: JournalEntry | None) -> Iterator[Finding]:
    if end is None:
        key = f"{outlet}/{last.epoch}/{last.seq}" if last else outlet
        yield Finding(2, HEAD, "journal", key, say("Outlet {outlet} has entries here but no head.", outlet=outlet))
        return
    epoch, seq, found = (last.epoch, last.seq, last.hash) if last else (0, 0, "")
    if seq != end.seq:
        told = say("The head says that the journal ends at {head}; it ends at {last}.", head=end.seq, last=seq)
        yield Finding(2, HEAD, end.table, outlet, told)
    elif found != end.hash:
        told = say("The head's hash is not that of the last entry, {last}.", last=seq)
        yield Finding(2, HEAD, end.table, outlet, told)
    if end.epoch < epoch:
        told = say("The head stands in epoch {head}, behind the last entry's {last}.", head=end.epoch, last=epoch)
        yield Finding(2, HEAD, end.table, outlet, told)
