"""Several exceptions that are alike, ended at once at a desk of the office: each by itself, as if it were the only one.

What a person vouches for must be the same for all: what was done, why it was put aside, whether money came in or went
out with it. What they did or allowed themselves is left out (`deciding.barred_from`). Source: management-facts 12.
"""

from __future__ import annotations

from collections.abc import Sequence

from boss_tui.answers.exceptions import TOGETHER_AT_ONCE, EndedTogether, Left, Together
from boss_tui.desk import Desk
from boss_tui.headquarters import deciding
from boss_tui.headquarters.exception_lines import line_of
from boss_tui.sync.reasons import reasons
from data.errors import Conflict, NotAllowed
from data.message import Message, quoted, say
from data.statements import instance
from data.store import Reading
from data.tables.sync import JournalEntry, SyncException


def together(reading: Reading, ids: Sequence[str], staff_no: str) -> Together:
    """What can be done with all of these. NotAllowed: they are not alike, too many, or nothing is left to decide."""
    if len(ids) > TOGETHER_AT_ONCE:
        raise NotAllowed(say("At most {n} at once.", n=TOGETHER_AT_ONCE))
    found = [row for key in ids if (row := reading.one(SyncException, id=key)).state != "resolved"]
    rows = [row for row in found if deciding.barred_from(reading, row, staff_no) is None]
    if not rows:
        told = say("Nobody decides about what they did or allowed themselves: another manager must.")
        raise NotAllowed(told if found else say("They have ended: nothing is left to be decided."))
    rows.sort(key=lambda row: (row.outlet, row.epoch, row.seq))
    kinds = {row.id: _alike(reading, row) for row in rows}
    other = next((row for row in rows if kinds[row.id] != kinds[rows[0].id]), None)
    if other is not None:
        told = say(
            "{one} and {other} are not alike: what was done, why it was put aside, and whether money was taken must be "
            "the same.",
            one=named(rows[0]),
            other=named(other),
        )
        raise NotAllowed(told)
    held = sum(row.held for row in rows)
    all_of_them = instance(SyncException, {**rows[0].__dict__, "held": held})
    return Together(
        tuple(line_of(reading, row) for row in rows),
        tuple(named(row) for row in rows),
        len(found) - len(rows),
        held,
        tuple(deciding.endings(all_of_them)),
    )


def _alike(reading: Reading, row: SyncException) -> tuple[object, ...]:
    entry = reading.find(JournalEntry, outlet=row.outlet, epoch=row.epoch, seq=row.seq)
    way = (row.held > 0) - (row.held < 0)
    return row.state, way, frozenset(reasons(row)), entry.kind if entry is not None else ""


def named(row: SyncException) -> Message:
    """Of which entry one is."""
    return quoted(f"{row.outlet} {row.seq}")


def end_all(desk: Desk, looked: Sequence[tuple[str, int]], way: str, words: str) -> EndedTogether:
    """End each of them, which was looked at as such a revision; what can't be ended stays, and is said.

    NotAllowed, with its field: no words, no such way; nothing has ended then.
    """
    done, left = 0, list[Left]()
    for key, revision in looked:
        try:
            deciding.end(desk, key, way, words, revision)
        except (NotAllowed, Conflict) as fault:
            if fault.field:
                raise
            with desk.seat.reading() as reading:
                left.append(Left(key, named(reading.one(SyncException, id=key)), fault.message))
        else:
            done += 1
    return EndedTogether(done, tuple(left))
