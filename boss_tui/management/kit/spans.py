"""What counts of rows with dates, told before anything is decided: until they hold, while they do, after that.

What it is on a day an entity says itself (`Entity.on_day`), of the rows as they will stand then. Nothing is left of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boss_tui.components.base import Context
from boss_tui.editions.lines import RowEdit, row_on
from boss_tui.editions.rehearsal import Lines, as_if
from boss_tui.management.kit.answering import Fact
from boss_tui.management.kit.entity import Entity, Values
from data.clock import day_after
from data.message import Message, say
from data.statements import defaults, keys
from data.store import Reading

MOST_LINES = 200
"""Lines of an edition of which it is told: of more somebody would wait."""


def spans(at: Context, lines: Lines, day: str, of: Mapping[int, Entity]) -> dict[int, list[Fact]]:
    """What counts of lines, by their position (`of`: those that are meant, each with its entity), where the lines count
    from a business date. The rows of a day are put together once for all of them."""
    tx, today = at.tx, at.business_date
    meant = {n: entity for n, entity in of.items() if entity.on_day is not None} if len(lines) <= MOST_LINES else {}
    rows = {n: _row(tx, entity, lines[n], day) for n, entity in meant.items()}
    labels = {n: [each for each in _days(lines[n], row, day) if each[1] >= today] for n, row in rows.items()}
    told: dict[tuple[int, str], Message] = {}
    for on in sorted({on for each in labels.values() for _, on in each}):
        with as_if(tx, lines if on >= day else {}, today, on):
            for n, entity in meant.items():
                if entity.on_day is not None and any(on == each for _, each in labels[n]):
                    told[n, on] = entity.on_day(at.but(business_date=on), rows[n])
    return {n: [Fact(label, told[n, on]) for label, on in each] for n, each in labels.items()}


def _row(reading: Reading, entity: Entity, line: RowEdit, day: str) -> Values:
    """A row as a line leaves it; of one that it ends, as it stood."""
    before = row_on(reading, line.table, line.key, day) or {}
    key = dict(zip(keys(entity.model), line.key, strict=True))
    return {**defaults(entity.model), **before, **line.values, **key}


def _days(line: RowEdit, row: Values, day: str) -> Iterator[tuple[Message, str]]:
    """The spans of time that a row makes, each with the day on which it is looked at."""
    first = day if line.op == "end" else max(day, row["valid_from"])
    last = "" if line.op == "end" else row["valid_to"]
    before = day_after(first, -1)
    yield say("Until {day}", day=before), before
    if not last:
        yield say("From {first} on", first=first), first
        return
    yield say("From {first} until {last}", first=first, last=last), first
    after = day_after(last, 1)
    yield say("Afterwards, from {first} on", first=after), after
