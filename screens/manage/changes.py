"""What an edition changes, row by row, as lines of a screen or of a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from data.message import Message, listed, quoted, say
from screens.manage.past import became, or_dash

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
"""Lines of what an edition changes that stand in the question whether it is submitted or approved."""


ROOM = 12
"""Lines of that and of what counts when together, in that question: of either as many as there is room for."""


WHOM = ("product", "category", "outlet", "region")
"""Columns that say what a new row is about, for whom and where."""


def by_row(found: Iterable[InWords]) -> Iterator[tuple[Message, list[InWords]]]:
    """The fields of an edition row by row, each row with what happens to it; of a new row those that are not empty."""
    for (row, op), fields in groupby(found, key=lambda each: (each.row, each.happens)):
        told = Message("{row}  {op}", {"row": row, "op": op})
        yield told, [each for each in fields if each.op != "add" or each.after != ""]


def first_lines(found: Sequence[InWords], effects: Mapping[int, Sequence[Fact]]) -> list[Message]:
    """What is decided about, in short: what counts when, then what changes."""
    counts = _first_effects(found, effects)
    return [*counts, *_first_changes(found, min(FEW, ROOM - len(counts)))]


def _first_changes(found: Iterable[InWords], most: int) -> list[Message]:
    """What an edition changes, field by field, from what to what: the first ones, and how many more there are. Sums
    come first: what is decided in a hurry is decided by them."""
    told = list[Message]()
    rows = list(by_row(found))
    if sum(1 + len(fields) for _, fields in rows) > most:  # there is no room for what goes without saying
        rows = [(row, [each for each in fields if each.op == "end" or not each.is_usual]) for row, fields in rows]
    for row, fields in sorted(rows, key=lambda each: not any(field.is_sum for field in each[1])):
        changed = sorted((each for each in fields if each.op != "end"), key=lambda each: not each.is_sum)
        told += [row, *map(_became, changed)]
    more = len(told) - most
    return [*told[:most], say("and {n} {n:line|lines} more (Esc: all of them)", n=more)] if more > 0 else told


def _first_effects(found: Iterable[InWords], effects: Mapping[int, Sequence[Fact]]) -> list[Message]:
    """What counts when, of the rows that it is known of, of a new one for whom and where: first of those that end, as
    they are soonest forgotten."""
    rows = [(row, fields, effects.get(fields[0].position, ())) for row, fields in by_row(found) if fields]
    told = list[Message]()
    for row, fields, facts in sorted(rows, key=lambda each: -len(each[2])):
        if not facts:
            continue
        is_new = fields[0].op == "add"
        whom = [each for each in fields if is_new and each.column in WHOM]
        about = [Message("- {whom}", {"whom": listed(quoted(each.after) for each in whom)})] if whom else []
        told += [row, *about, *(fact.told for fact in facts[is_new:])]  # before a new one nothing of it counted
    return told[:FEW]


def _became(each: InWords) -> Message:
    values = {"field": each.label, "before": or_dash(each.before), "after": became(each.after)}
    return Message("- {field}: {after}" if each.op == "add" else "- {field}: {before} {after}", values)
