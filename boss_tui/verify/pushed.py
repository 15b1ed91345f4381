"""Invariant 6: headquarters holds what the outlet pushed, once each, in order.

What headquarters' word acknowledged is not more than the journal has. Seen from there: every entry up to the
acknowledged one is held, under the same epoch, with the same hash, once; what is held beyond (its answer got lost) is
this journal's too; nothing is held beyond this journal's end. What headquarters has stopped the outlet for, as it said
by the last exchange, stands until a person has decided. That headquarters' copies are whole in themselves is
checked at headquarters, by the rules of invariant 2 over its own store. Source: design 5.6 and 6; I4.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from sqlalchemy import bindparam, select

from boss_tui.sync.link import Link
from boss_tui.sync.shapes import History
from boss_tui.sync.states import message_in
from boss_tui.sync.wire import target
from boss_tui.verify import journals
from boss_tui.verify.finding import Finding
from boss_tui.verify.rule import Rule, columns_of
from data.message import Message, say
from data.store import Reading
from data.tables.sync import JournalEntry, JournalHead

HELD, STOPPED = "headquarters holds what was pushed", "headquarters has not stopped the outlet"
PAGE = 5_000
Told = tuple[int, int, str]
"""Epoch, sequence, hash."""

_h, _j = columns_of(JournalHead), columns_of(JournalEntry)
_AFTER = (
    select(_j.c.epoch, _j.c.seq, _j.c.hash)
    .where(_j.c.outlet == bindparam("of"), _j.c.seq > bindparam("after"))
    .order_by(_j.c.seq, _j.c.epoch)
    .limit(PAGE)
)

RULES = (
    Rule(
        6,
        "acknowledged is in the journal",
        JournalHead,
        select(_h.c.outlet.label("key"), _h.c.acked_seq.label("acked"), _h.c.seq.label("seq")).where(
            _h.c.acked_seq > _h.c.seq
        ),
        say("Entry {acked} is acknowledged, but the journal ends at {seq}."),
    ),
    Rule(
        6,
        "durable is acknowledged",
        JournalHead,
        select(_h.c.outlet.label("key"), _h.c.durable_seq.label("durable"), _h.c.acked_seq.label("acked")).where(
            _h.c.durable_seq > _h.c.acked_seq
        ),
        say("Entry {durable} is said to be safe, but only {acked} are acknowledged."),
    ),
)


class Headquarters(Protocol):
    """What headquarters holds of an outlet's journal."""

    def entries(self, outlet: str, after: int) -> list[Told]:
        """The next entries after a sequence, in order; none at the end."""


class OfStore:
    """Headquarters as its database: where both are on one machine, and in tests."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def entries(self, outlet: str, after: int) -> list[Told]:
        """The next entries after a sequence."""
        return [(int(e), int(s), str(h)) for e, s, h in self._reading.rows(_AFTER, of=outlet, after=after)]


class OfLink:
    """Headquarters over the outlet's link. Outside: it can't be reached."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def entries(self, outlet: str, after: int) -> list[Told]:
        """The next entries after a sequence."""
        where = target(outlet, f"events?after={after}&limit=500")
        answer = self._link.client.ask(History, "GET", where)
        self._link.client.checked(answer.standing)
        return [(entry.epoch, entry.seq, entry.hash) for entry in answer.entries]


def stopped(reading: Reading, _moments: dict[str, str]) -> Iterator[Finding]:
    """Why an outlet of this store is stopped, as headquarters' last answer left it."""
    for head in journals.own_outlets(reading):
        if head.stopped:
            told = say("This outlet is stopped: {why}", why=message_in(head.stopped))
            yield Finding(6, STOPPED, "journal_head", head.outlet, told)


def check(reading: Reading, headquarters: Headquarters) -> Iterator[Finding]:
    """Every journal that is this store's own, against headquarters'."""
    for head in journals.own_outlets(reading):
        yield from _compared(head, _all(OfStore(reading), head.outlet), _all(headquarters, head.outlet))


def _all(source: Headquarters, outlet: str) -> Iterator[Told]:
    after = 0
    while page := source.entries(outlet, after):
        yield from page
        after = page[-1][1]


def _compared(head: JournalHead, here: Iterator[Told], there: Iterator[Told]) -> Iterator[Finding]:
    """Both in step, by sequence."""
    mine, held = next(here, None), next(there, None)
    before = 0
    while mine is not None or held is not None:
        if held is not None and held[1] == before:
            yield _finding(head, held, say("Headquarters holds this entry twice."))
            held = next(there, None)
        elif held is None or (mine is not None and mine[1] < held[1]):
            if mine is not None and mine[1] <= head.acked_seq:
                yield _finding(head, mine, say("This entry is acknowledged, but headquarters does not hold it."))
            mine = next(here, None)
        elif mine is None or held[1] < mine[1]:
            yield _finding(head, held, say("Headquarters holds this entry, but the journal does not have it."))
            before, held = held[1], next(there, None)
        else:
            if mine != held:
                yield _finding(head, mine, say("Headquarters holds another entry under this sequence."))
            before, mine, held = held[1], next(here, None), next(there, None)


def _finding(head: JournalHead, entry: Told, message: Message) -> Finding:
    return Finding(6, HELD, "journal", f"{head.outlet}/{entry[0]}/{entry[1]}", message)
