"""The opposite of an edition: what brings the rows back to as they were. Nothing published is deleted (design 12)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeGuard

from msgspec import Struct

from boss_tui.components.base import Context
from boss_tui.editions.drafts import new, put_lines
from boss_tui.editions.lines import Key, RowEdit, Values, places_on, published_table
from boss_tui.editions.rehearsal import has_ended
from boss_tui.editions.standing import Effect, Mover, effects, key, mover, published, rows_of
from boss_tui.editions.subjects import Rules
from data.errors import NotAllowed
from data.message import say
from data.statements import keys
from data.store import Reading
from data.tables.edition import Edition, PublishedLine


class LeftOut(Struct, frozen=True):
    """A field that a roll-back leaves as it is: it was changed again since, by whom. Empty column: the row."""

    table: str
    key: Key
    column: str
    stands: Any
    by: Mover | None


def taking_back(reading: Reading, edition: Edition) -> list[RowEdit]:
    """What undoes all that was published of an edition: on its date the rows are as if it had never been."""
    told = {(line.table_name, line.row_key, line.number): _key(line) for line in published(reading, edition.id)}
    return [RowEdit(table, key, "undo", {"item": number}) for (table, _, number), key in told.items()]


def _key(line: PublishedLine) -> Key:
    return tuple(json.loads(line.row_key))


def _changed(before: Values, after: Values) -> Values:
    """The columns in which a row differs, as they were."""
    return {name: value for name, value in before.items() if name != "revision" and after[name] != value}


def _stands(row: Values | None, table: str) -> TypeGuard[Values]:
    return row is not None and not has_ended(published_table(table), row)


def _whole(table: str, key: Key, before: Values) -> RowEdit:
    """A line that makes the row as it was."""
    left = {*keys(published_table(table)), "revision"}
    return RowEdit(table, key, "add", {name: value for name, value in before.items() if name not in left})


def roll_back(
    context: Context, edition_id: str, rules: Rules, reason: str = "", effective_from: str = ""
) -> tuple[Edition, list[LeftOut]]:
    """A draft with the opposite of an edition that is in force; and what it leaves out, since that was changed again.

    It goes its way like any other. NotAllowed: not in force, nothing is left to bring back, no right.
    """
    tx, old = context.tx, context.tx.one(Edition, id=edition_id)
    if old.state != "in_force":
        raise NotAllowed(say("Only what is in force is rolled back."))
    made = new(
        context, title=old.title, reason=reason, effective_from=effective_from, scope=old.scope, rolls_back=old.id
    )
    day = made.effective_from or context.business_date
    through = {(row.table_name, key(row)): row.subject for row in rows_of(tx, old.id)}
    lines: dict[str, list[RowEdit]] = {}
    left: list[LeftOut] = []
    made_of = effects(tx, old)
    stand = places_on(tx, [(each.table, each.key) for each in made_of], day, old.scope)
    for effect in made_of:
        left_out = _leaving(tx, effect, day, old.scope)
        line, kept = _brought_back(effect, stand.get((effect.table, effect.key)), left_out)
        if line is not None:
            lines.setdefault(through[line.table, line.key], []).append(line)
        left += kept
    if not lines:
        raise NotAllowed(say("Nothing is left of it to bring back: all of it was changed again."))
    for code, own in lines.items():
        put_lines(context.but(business=code), made.id, own, rules)
    return made, left


def _leaving(reading: Reading, effect: Effect, day: str, scope: str) -> Callable[..., LeftOut]:
    """What says of a field of a row that it is left as it stands."""
    table, key = effect.table, effect.key
    return lambda column="", value=None: LeftOut(
        table, key, column, value, mover(reading, table, key, day, column, scope)
    )


def _brought_back(
    effect: Effect, here: Values | None, left: Callable[..., LeftOut]
) -> tuple[RowEdit | None, list[LeftOut]]:
    """The opposite of what was done to a row, as it stands now (`here`), and the fields that are not touched."""
    table, key = effect.table, effect.key
    before, after = effect.before or {}, effect.after or {}
    if not _stands(effect.after, table):
        return (None, [left()]) if _stands(here, table) or not before else (_whole(table, key, before), [])
    if not _stands(here, table):
        return None, [left()]
    moved = [left(name, here[name]) for name in _changed(after, here)]
    if not _stands(effect.before, table):
        return (None, moved) if moved else (RowEdit(table, key, "end", {}), [])
    own = _changed(before, after)
    moved = [each for each in moved if each.column in own]
    values = {name: value for name, value in own.items() if here[name] == after[name]}
    return (RowEdit(table, key, "change", values) if values else None), moved
