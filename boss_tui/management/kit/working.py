"""Rows into a draft: new ones, changes, ends and copies, of one row or of all that are marked, by an entity's form.

A draft says of each row one thing; what is typed of a row that the draft has already goes on from what it says there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from boss_tui.components.base import Context
from boss_tui.editions import drafts
from boss_tui.editions.lines import RowEdit, folded, key_text, row_on
from boss_tui.editions.rehearsal import has_ended
from boss_tui.editions.scope import ALL
from boss_tui.editions.standing import businesses, day_of, line, lines_of
from boss_tui.editions.subjects import Rules
from boss_tui.management.kit.entity import EMPTY, ENDED, Entity, Key, Values, text_of
from boss_tui.management.kit.naming import unnamed
from boss_tui.management.kit.shipped import shipped_row
from data.clock import new_key
from data.errors import BadForm, NotAllowed
from data.message import Message, say
from data.statements import columns, keys
from data.store import Reading, UnitOfWork
from data.table_words import no_such
from data.tables.edition import Edition, EditionLine

KEY_STAYS = say("A row keeps its key: end it, and add another.")
SHIPPED = "shipped"
"""What an edition does to a row of the program's own: nothing, as yet. Whoever changes it adds one in its place."""


def open_drafts(reading: Reading, staff_no: str) -> list[Edition]:
    """The drafts that somebody works on, the one begun last first."""
    return reading.all(Edition, author=staff_no, state="draft", order=("-number",))


def open_draft(reading: Reading, code: str, staff_no: str) -> Edition | None:
    """The draft that somebody works on and that has rows of a business, or was begun in it: the one begun last."""
    found = open_drafts(reading, staff_no)
    return next((each for each in found if code in businesses(reading, each)), None)


def draft_for(context: Context, edition: str, title: str, **said: str) -> Edition:
    """The draft that is meant: the one that is named by its key, the open one, or a new one with this title.

    NotAllowed: a title is wanted (`title`): nothing is open.
    """
    if edition:
        return drafts.edited(context, edition)
    there = None if title else open_draft(context.tx, context.business, context.operator)
    return there or drafts.new(context, title=title, **said)


class BeforeAndAfter(Struct, frozen=True):
    """A row as it stands on the date of an edition, and as the edition leaves it; None: there is none then. `op`: what
    the edition does to it (empty: nothing), or `SHIPPED`."""

    before: Values | None
    after: Values | None
    op: str = ""


def standing(reading: Reading, entity: Entity, edition: Edition | None, key: Key, today: str) -> BeforeAndAfter:
    """A row before and after an edition."""
    entity.must_be_published()
    day = day_of(edition, today) if edition else today
    before = row_on(reading, entity.name, key, day, edition.scope if edition else ALL)
    own = shipped_row(reading, entity, key, day) if before is None else None
    said = _said(reading, edition, entity, key)
    if said is None:
        return BeforeAndAfter(before, before) if own is None else BeforeAndAfter(own, own, SHIPPED)
    told = line(said)
    if told.op == "add":
        return BeforeAndAfter(before if own is None else own, folded(entity.model, key, [told]), "add")
    if before is None:
        return BeforeAndAfter(None, None, told.op)
    base = RowEdit(entity.name, key, "add", _without_key(entity, before))
    return BeforeAndAfter(before, folded(entity.model, key, [base, told]), told.op)


def piece(reading: Reading, entity: Entity, key: Key) -> BeforeAndAfter:
    """A piece of stock, which no edition changes: as it is."""
    row = reading.find(entity.model, **dict(zip(keys(entity.model), key, strict=True)))
    stands = None if row is None else row.__dict__
    return BeforeAndAfter(stands, stands)


def _said(reading: Reading, edition: Edition | None, entity: Entity, key: Key) -> EditionLine | None:
    if edition is None:
        return None
    return reading.find(EditionLine, edition=edition.id, table_name=entity.name, row_key=key_text(key), dropped=0)


def _without_key(entity: Entity, row: Values) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {*keys(entity.model), "revision"}}


def blank(entity: Entity) -> dict[str, str]:
    """What stands in the form of a new row."""
    typed = {}
    for column in entity.columns:
        field = entity.form.model_fields[column.name]
        default = None if field.is_required() else field.default
        typed[column.name] = "" if default is None else text_of(column, entity.one(column.name, default))
    return typed


def added(
    context: Context, entity: Entity, edition: str, typed: Values, rules: Rules, copy_of: Key | None = None
) -> list[EditionLine]:
    """A new row into a draft; with what belongs to the row of which it is a copy. BadForm by field; NotAllowed: it is
    there already."""
    values = entity.read(typed)
    _must_name(context, entity, typed)
    if entity.gives_key:
        name = keys(entity.model)[0]
        values[name] = values[name] or new_key(context.tx.clock)
    key, into = entity.key_of(values), context.tx.one(Edition, id=edition)
    day = day_of(into, context.business_date)
    must_not_be_over(values, day)
    at = standing(context.tx, entity, into, key, context.business_date)
    if at.after is not None and not has_ended(entity.model, at.after) and at.op not in ("add", SHIPPED):
        raise _there_already(entity, key)
    edits = [RowEdit(entity.name, key, "add", _without_key(entity, values))]
    if copy_of is not None:
        edits.extend(parts(context, entity, copy_of, key, day))
    return drafts.put_lines(context, edition, edits, rules)


def _there_already(entity: Entity, key: Key) -> BadForm:
    return BadForm({keys(entity.model)[0]: say("{row} is there already: change it.", row="/".join(map(str, key)))})


def must_not_be_over(values: Values, day: str) -> None:
    """BadForm: a new row whose last day is before the business date from which it would count."""
    last = values.get("valid_to")
    if last and last < day:
        raise BadForm({"valid_to": say("{last} is over on {day}, from which it counts.", last=last, day=day)})


def parts(context: Context, entity: Entity, old: Key, new: Key, day: str) -> Iterator[RowEdit]:
    """What belongs to a row and has not ended on the business date of the edition, as it belongs to its copy."""
    tx = context.tx
    for part, column in entity.parts.items():
        names = keys(part.model)
        for row in tx.all(part.model, **{column: old[0]}):
            values = {**{name: getattr(row, name) for name in columns(part.model)}, column: new[0]}
            if part.validity(values, day) == ENDED:
                continue
            values |= _begins_anew(values, day)
            if column not in names:
                values[names[0]] = new_key(tx.clock)
            yield RowEdit(part.name, part.key_of(values), "add", _without_key(part, values))


def _begins_anew(values: Values, day: str) -> dict[str, str]:
    """Of a copy: where it would have begun before the edition counts, it begins with that."""
    return {"valid_from": ""} if "" < values.get("valid_from", "") < day else {}


def changed(
    context: Context, entity: Entity, edition: str, wanted: Sequence[Key], typed: Values, rules: Rules
) -> list[EditionLine]:
    """Rows changed to what was typed, each in the same fields: what was not typed stays, - empties. All or none.

    BadForm by field; Unsound: by row (`Fault.position` counts `wanted`).
    """
    _must_name(context, entity, emptied(typed))
    return drafts.put_lines(context, edition, [_change(context, entity, edition, key, typed) for key in wanted], rules)


def _must_name(context: Context, entity: Entity, typed: Values) -> None:
    """BadForm: what is typed where something is to be named names nothing."""
    if wrong := unnamed(context.tx, entity, typed, context.operator):
        raise BadForm(wrong)


def _change(context: Context, entity: Entity, edition: str, key: Key, typed: Values) -> RowEdit:
    at = standing(context.tx, entity, context.tx.one(Edition, id=edition), key, context.business_date)
    if at.after is None:
        raise NotAllowed(no_such(entity.model, *key))
    begun = at.op == SHIPPED and entity.gives_key
    return change_line(entity, at, (new_key(context.tx.clock),) if begun else key, typed)


def change_line(entity: Entity, at: BeforeAndAfter, key: Key, typed: Values) -> RowEdit:
    """The line that makes a row what was typed, going on from what a draft says of it; of a row of the program's own it
    adds one."""
    if at.after is None:
        raise NotAllowed(no_such(entity.model, *key))
    stood, said = entity.typed(at.after), emptied(typed)
    read = entity.read({**stood, **said})
    moved = [name for name in keys(entity.model) if name in said and read[name] != at.after[name]]
    if moved:
        raise BadForm(dict.fromkeys(moved, KEY_STAYS))
    new = {name: value for name, value in read.items() if said.get(name, stood[name]) != stood[name]}
    values = _without_key(entity, {**at.after, **new})
    if at.op in ("add", SHIPPED):
        return RowEdit(entity.name, key, "add", values)
    before = at.before or {}
    return RowEdit(entity.name, key, "change", {name: value for name, value in values.items() if before[name] != value})


def emptied(typed: Values) -> dict[str, Any]:
    """What was typed, - being nothing."""
    return {name: "" if value == EMPTY else value for name, value in typed.items()}


def ended(context: Context, entity: Entity, edition: str, wanted: Sequence[Key], rules: Rules) -> list[EditionLine]:
    """Rows that end. What the draft itself adds is dropped from it."""
    tx = context.tx
    found = tx.one(Edition, id=edition)
    lines = ending(tx, entity, found, wanted, context.business_date)
    left = {each.key for each in lines}
    mine = [row for key in wanted if key not in left and (row := _said(tx, found, entity, key)) is not None]
    for row in mine:
        drafts.drop_line(context, edition, row.position)
    return mine + (drafts.put_lines(context, edition, lines, rules) if lines else [])


def ending(reading: Reading, entity: Entity, draft: Edition | None, wanted: Sequence[Key], today: str) -> list[RowEdit]:
    """The edits by which rows end; none of what a draft itself adds. NotAllowed: there is no such row, it ships, or it
    is stock."""
    entity.must_be_published()
    found = []
    for key in wanted:
        at = standing(reading, entity, draft, key, today)
        if at.op == SHIPPED:
            raise NotAllowed(say("This ships with the program, and does not end: publish another in its place."))
        if at.after is None:
            raise NotAllowed(no_such(entity.model, *key))
        if at.op != "add":
            found.append(RowEdit(entity.name, key, "end", {}))
    return found


def copied(reading: Reading, entity: Entity, key: Key, edition: Edition | None, today: str) -> dict[str, str]:
    """What stands in the form of a copy of a row: all but its key, where nobody types one, and a first day that is
    over."""
    at = standing(reading, entity, edition, key, today)
    if at.after is None:
        raise NotAllowed(say("This row does not stand yet: copy it once its edition is in force."))
    typed = {**entity.typed(at.after), **_begins_anew(at.after, day_of(edition, today) if edition else today)}
    return {**typed, **dict.fromkeys(keys(entity.model), "")} if entity.gives_key else typed


def key_typed(entity: Entity, typed: str) -> Key:
    """A row's key as it is typed: its parts, with / between them. NotAllowed (`key`): other parts are wanted."""
    names = keys(entity.model)
    parts = typed.split("/") if len(names) > 1 else [typed]
    if len(parts) != len(names):
        raise _no_key(entity)
    table = entity.model.table()
    try:
        return tuple(table.columns[name].type.python_type(part) for name, part in zip(names, parts, strict=True))
    except ValueError:
        raise _no_key(entity) from None


def _no_key(entity: Entity) -> NotAllowed:
    labels = {f"p{at}": entity.column(name).label for at, name in enumerate(keys(entity.model))}
    parts = Message("/".join(f"{{{name}}}" for name in labels), labels)
    return NotAllowed(say("A key is typed as {parts}.", parts=parts), field="key")


def three(wanted: Iterable[Key]) -> tuple[int, tuple[str, ...]]:
    """How many rows are meant, and the first three by name: what is said before something is done to all of them."""
    told = ["/".join(map(str, key)) for key in wanted]
    return len(told), tuple(told[:3])


def said_of(row: EditionLine) -> Mapping[str, Any]:
    """A line of a draft, plainly."""
    return {
        "position": row.position,
        "table": row.table_name,
        "key": json.loads(row.row_key),
        "op": row.op,
        "before": json.loads(row.before),
        "after": json.loads(row.after),
    }


def as_typed(
    tx: UnitOfWork, entity: Entity, draft: Edition | None, key: Key | None, typed: Mapping[str, str], today: str
) -> RowEdit:
    """A row as it is typed, as an edit of what stands: for a look ahead, not for a draft. BadForm: it can't be one, or
    is to be a new row, and is there already."""
    values = entity.read(typed)
    if key is None and entity.gives_key:
        values = {**values, keys(entity.model)[0]: entity.key_of(values)[0] or new_key(tx.clock)}
    found = key or entity.key_of(values)
    day, scope = (day_of(draft, today), draft.scope) if draft else (today, ALL)
    stands = row_on(tx, entity.name, found, day, scope)
    said = _without_key(entity, values)
    if stands is None:
        return RowEdit(entity.name, found, "add", said)
    if key is None and not has_ended(entity.model, stands):
        raise _there_already(entity, found)
    return RowEdit(entity.name, found, "change", {name: value for name, value in said.items() if stands[name] != value})


def among(reading: Reading, draft: Edition | None, *rows: RowEdit) -> tuple[range, dict[int, RowEdit]]:
    """Rows among the lines of a draft, in place of what that says of them: their positions, and all of the lines."""
    drafted, places = (
        lines_of(reading, draft.id) if draft is not None else {},
        {(each.table, each.key) for each in rows},
    )
    rest = {n: each for n, each in drafted.items() if (each.table, each.key) not in places}
    first = 1 + max(rest, default=0)
    return range(first, first + len(rows)), {**rest, **dict(enumerate(rows, first))}
