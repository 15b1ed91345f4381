"""The opposite of an edition: what brings the rows back to as they were. Nothing published is deleted (design 12)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from boss_tui.components.base import Context
from boss_tui.editions.drafts import new, put_lines
from boss_tui.editions.lines import Key, Line, Values, published_table, row_on
from boss_tui.editions.rehearsal import has_ended
from boss_tui.editions.standing import Mover, mover, published, was
from boss_tui.editions.subjects import Rules
from data.errors import NotAllowed
from data.message import say
from data.statements import keys
from data.store import Reading
from data.tables.base import Table
from data.tables.edition import Edition, PublishedLine


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A field that a roll-back leaves as it is: it was changed again since, by whom. Empty column: the row."""

    table: str
    key: Key
    column: str
    stands: Any
    by: Mover | None


def taking_back(reading: Reading, edition: Edition) -> list[Line]:
    """The opposite lines of what was published of an edition, the last first: on its date the rows are as before."""
    return [_opposite(reading, told) for told in reversed(published(reading, edition.id))]


def _opposite(reading: Reading, told: PublishedLine) -> Line:
    table, key, model = told.table_name, _key(told), published_table(told.table_name)
    before = was(reading, told)
    if before is None or (told.op == "add" and has_ended(model, before)):
        return Line(table, key, "end", {})
    names = json.loads(told.content) if told.op == "change" else {}
    if told.op != "change":
        return _whole(table, key, model, before)
    return Line(table, key, "change", {name: before[name] for name in names})


def _whole(table: str, key: Key, model: type[Table], before: Values) -> Line:
    """A line that makes the row as it was, whatever stands there."""
    columns = {name: value for name, value in before.items() if name not in {*keys(model), "revision"}}
    return Line(table, key, "add", columns)


def _key(told: PublishedLine) -> Key:
    return tuple(json.loads(told.row_key))


def roll_back(
    context: Context, edition_id: str, rules: Rules, reason: str = "", effective_from: str = ""
) -> tuple[Edition, list[LeftOut]]:
    """A draft with the opposite of an edition that is in force; and what it leaves out, since that was changed again.

    It goes its way like any other. NotAllowed: not in force, nothing is left to bring back, no right.
    """
    tx, old = context.tx, context.tx.one(Edition, id=edition_id)
    if old.state != "in_force":
        raise NotAllowed(say("Only what is in force is rolled back."))
    made = new(context, title=old.title, reason=reason, effective_from=effective_from, scope=old.scope,
               rolls_back=old.id)  # fmt: skip
    day = made.effective_from or context.business_date
    lines: list[Line] = []
    left: list[LeftOut] = []
    for told in reversed(published(tx, old.id)):
        line, kept = _brought_back(tx, told, day)
        lines += [line] if line else []
        left += kept
    if not lines:
        raise NotAllowed(say("Nothing is left of it to bring back: all of it was changed again."))
    put_lines(context, made.id, lines, rules)
    return made, left


def _brought_back(reading: Reading, told: PublishedLine, day: str) -> tuple[Line | None, list[LeftOut]]:
    """The opposite of one line as the row stands now, and the fields that are not touched."""
    table, key, model = told.table_name, _key(told), published_table(told.table_name)
    here, before = row_on(reading, table, key, day), was(reading, told)
    stands = here is not None and not has_ended(model, here)

    def left(column: str = "", value: Any = None) -> LeftOut:
        return LeftOut(table, key, column, value, mover(reading, table, key, day, column))

    if told.op == "end":
        return (None, [left()]) if stands or before is None else (_whole(table, key, model, before), [])
    if here is None or not stands:
        return None, [left()]
    wanted: Values = json.loads(told.content)
    if told.op == "add" and (before is None or has_ended(model, before)):
        moved = [left(name, here[name]) for name, value in wanted.items() if here[name] != value]
        return (None, moved) if moved else (Line(table, key, "end", {}), [])
    before = before or {}
    moved = [left(name, here[name]) for name, value in wanted.items() if here[name] != value]
    again = {each.column for each in moved}
    values = {name: before[name] for name in wanted if name not in again and before[name] != here[name]}
    return (Line(table, key, "change", values) if values else None), moved
