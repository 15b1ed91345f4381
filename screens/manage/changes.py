"""What an edition changes, row by row, as lines of a screen or of a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from boss_tui.management.called import Said, capital
from boss_tui.management.kit.tongues import typed_first
from data.message import Message, listed, quoted, say

if TYPE_CHECKING:
    from boss_tui.management.kit.answering import Fact
    from boss_tui.management.words import InWords


ABOUT = say(
    "What a manager changes as one: rows added, changed, ended, with a reason. It is a draft until its author submits "
    "it (F10); another person, or two where a price falls far, approve it as it is shown, or reject it with a word. "
    "Then it is in force from its date, at every counter. !! is what to know before. What moved meanwhile is based "
    "anew (F4); what is in force is rolled back by another edition (F4)."
)

FEW = 8
"""Lines of changes up to which what goes without saying is told, too, in the question whether they are approved."""


WHOM = ("product", "category", "outlet", "region")
"""Columns that say what a new row is about, for whom and where."""


def or_dash(value: Said) -> Said:
    """A value in a line; - where there is none."""
    return value if value != "" else "-"


def became(value: Said) -> Message:
    """What a value became."""
    return Message("-> {value}", {"value": or_dash(value)})


def by_row(found: Iterable[InWords], language: str) -> Iterator[tuple[Message, list[InWords]]]:
    """The fields of an edition row by row, each row with what happens to it; of a new row those that are not empty. Of
    what is said in Chinese and in English, what is said in the `language` that is read comes first."""
    for (row, op), fields in groupby(found, key=lambda each: (each.row, each.happens)):
        told = Message("{row}  {op}", {"row": row, "op": op})
        kept = [each for each in fields if each.op != "add" or each.after != ""]
        places = {name: at for at, name in enumerate(typed_first([each.column for each in kept], language))}
        yield told, sorted(kept, key=lambda each: places[each.column])


def in_short(found: Sequence[InWords], effects: Mapping[int, Sequence[Fact]], language: str) -> list[Message]:
    """What is decided about, row by row: what changes from what to what, what counts when. What matters most comes
    first, as what is decided in a hurry is decided by it: rows that end, since that is soonest forgotten, then sums."""
    rows = list(by_row(found, language))
    if sum(1 + len(fields) for _, fields in rows) > FEW:  # there is no room for what goes without saying
        rows = [(row, [each for each in fields if each.op == "end" or not each.is_usual]) for row, fields in rows]
    told = [(row, fields, effects.get(fields[0].position, ()) if fields else ()) for row, fields in rows]
    told.sort(key=lambda each: (-len(each[2]), not any(field.is_sum for field in each[1])))
    return [line for row, fields, facts in told for line in (capital(row), *_of_row(fields, facts))]


def _of_row(fields: Sequence[InWords], facts: Sequence[Fact]) -> Iterator[Message]:
    """Its fields; of a new row of which it is known what counts when, for whom and where that is."""
    if facts and fields[0].op == "add":
        whom = [quoted(each.after) for each in fields if each.column in WHOM]
        yield from [Message("- {whom}", {"whom": listed(whom)})] if whom else []
    else:
        yield from map(_became, sorted((f for f in fields if f.op != "end"), key=lambda each: not each.is_sum))
    yield from (fact.told for fact in facts)


def _became(each: InWords) -> Message:
    if each.op == "add":
        return Message("- {field}: {after}", {"field": each.label, "after": or_dash(each.after)})
    values = {"field": each.label, "before": or_dash(each.before), "after": became(each.after)}
    return Message("- {field}: {before} {after}", values)
