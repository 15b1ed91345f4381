"""What stands in a row, as people read it: a choice in words, what a code names by code and name, money in yuan.

Words come from where they stand already: what the entity says of its codes (`Entity.words`), the rows that a column
refers to (`data.references`), the states (`data.states`). What is typed, exported and imported stays the code
(`subject.text_of`). Source: design 12.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger

from boss_tui.editions.differences import Difference
from boss_tui.editions.lines import Key, RowEdit, published_table, row_on
from boss_tui.editions.opposite import LeftOut
from boss_tui.editions.standing import Meeting, MovedField
from boss_tui.editions.subjects import Fault, Telling
from boss_tui.forms.typed import yuan
from boss_tui.management import subjects
from boss_tui.management.called import Names, Said, called, capital, cell_names, coded, rows_said
from boss_tui.management.kit.entity import PROPOSED, Column, Entity, Values, plainly, text_of
from boss_tui.management.kit.listing import ListRow
from boss_tui.management.kit.naming import references
from boss_tui.management.kit.past import FieldChange
from data.clock import is_made_key
from data.codes import VALUES
from data.message import Message, both, listed, quoted, say
from data.references import references_of
from data.statements import columns, defaults, keys
from data.states import state_name
from data.store import Reading
from data.table_words import TABLE_WORDS, row_words, table_word
from data.tables.base import Table

_OPS = {"add": say("new"), "change": say("changed"), "end": say("ended")}
SHIPPED = say("the program's own")
"""What is said of a row that ships with it."""
DESCRIBED = 4
"""Columns by which a row is told that has no name and no code of its own."""


# one value


def said(entity: Entity, column: Column, value: Any, names: Names) -> Said:
    """A value as it is read; empty where there is none."""
    if value is None or value == "":
        return ""
    if column.name in entity.cells:
        return rows_said(column, text_of(column, value), names)
    if column.spec.ask.several:
        return listed(quoted(_one_said(entity, column, each, names)) for each in str(value).split(","))
    return _one_said(entity, column, value, names)


def cell_said(entity: Entity, column: Column, row: ListRow, names: Names, *, in_short: bool = False) -> Said:
    """A value of a row in a list: one that is only proposed has no state of its own yet; what is no sum of money is
    told in its measure; what is said in no English, in Chinese. in_short: the program's own code that it is goes."""
    if row.validity == PROPOSED and column.name == "state":
        return state_name(PROPOSED)
    column = entity.in_row(column, row.values)
    measures = entity.measures(row.values) if column.is_number and column.spec.ask.kind != "money" else {}
    value = row.values[column.name]
    if value == "" and (twin := entity.twin(column.name)):
        value = row.values[twin]
    if in_short and (word := _name_alone(entity, column, value, {})):
        return word
    return measures.get(column.name) or said(entity, column, value, names)


def _one_said(entity: Entity, column: Column, value: Any, names: Names) -> Said:
    word = entity.words_of(column).get(value)
    if word is not None:
        return word if column.is_closed else coded(value, word)
    named = names.get((column.name, value))
    return coded(value, named) if named is not None else plainly(column, value)


def names_of(reading: Reading, entity: Entity, rows: Iterable[Values | None]) -> dict[tuple[str, Any], Message]:
    """What the codes in these rows refer to is called."""
    shown = [row for row in rows if row]
    found: dict[tuple[str, Any], Message] = {}
    for column in entity.cells:
        if any(row.get(column) for row in shown):
            found |= cell_names(reading, entity, column)
    for name in refers(entity):
        held = {row[name] for row in shown if row.get(name)}
        for value in {each for text in held for each in codes_in(entity, name, text)}:
            called = name_of(reading, entity.model, name, value, entity)
            if called is not None:
                found[name, value] = called
    return found


def codes_in(entity: Entity, name: str, value: Any) -> list[Any]:
    """The codes in a value: one, or those of a column that holds several."""
    return str(value).split(",") if entity.column(name).spec.ask.several else [value]


@cache
def refers(entity: Entity) -> frozenset[str]:
    """The columns that name rows of other tables."""
    shown = {column.name for column in entity.columns}
    return frozenset(each.column for each in references(entity) if each.column in shown)


def name_of(
    reading: Reading, model: type[Table], column: str, value: Any, entity: Entity | None = None
) -> Message | None:
    """What the row that a column names is called; None: nothing, or no row. `entity`: as which its rows are kept."""
    for reference in references(entity) if entity is not None else references_of(model):
        named = reference.named(reading, value) if reference.column == column else None
        if named is not None:
            return called(named[1].__dict__)
    return None


def op_said(table: str, op: str) -> Message:
    """What happens to a row of a table, in words."""
    entity = subjects.of_table(table)
    return entity.ended if entity is not None and op == "end" else _OPS[op]


# what differs


class InWords(Struct, frozen=True):
    """A field that differs, in words; empty where there is nothing. `happens`: what happens to the row (`op`).
    `stands`: what stands there now, where that is neither what was found nor what is wanted (None: it is).
    `is_usual`: of a new row, that nothing else was said. `is_sum`: it says how much money."""

    row: Message
    op: str
    happens: Message
    label: Said
    before: Said
    after: Said
    stands: Said | None
    position: int
    column: str
    is_usual: bool = False
    is_sum: bool = False


def in_words(reading: Reading, found: Iterable[Difference], day: str) -> list[InWords]:
    """Differences in words, in their order; a key that nobody typed, and that names nothing, tells nobody anything."""
    every, rows = list(found), dict[tuple[str, Key], dict[str, Any]]()
    for each in every:
        place = (each.table, each.key)
        row = rows[place] if place in rows else rows.setdefault(place, _row_of(reading, *place, day))
        if row.get(each.column) in (None, ""):
            row[each.column] = each.after if each.after is not None else each.before
    told = (_in_words(reading, each, rows[each.table, each.key]) for each in every)
    return [each for each in told if not (is_made_key(each.before) or is_made_key(each.after))]


def as_in_form(found: Iterable[Difference]) -> list[Difference]:
    """Differences line by line, the fields of each in the order of its form: what matters first."""
    return sorted(found, key=lambda each: (each.position, _place_in_form(each.table, each.column)))


@cache
def _place_in_form(table: str, column: str) -> int:
    entity = subjects.of_table(table)
    names = [each.name for each in entity.columns] if entity is not None else []
    return names.index(column) if column in names else len(names)


class FieldInWords(Struct, frozen=True):
    """A field of a change of a row, in words."""

    label: Said
    before: Said
    after: Said


def field_in_words(reading: Reading, table: str, key: Key, each: FieldChange) -> FieldInWords:
    """A field of a change of a row, in words."""
    before, after = (value_said(reading, table, each.column, value, key) for value in (each.before, each.after))
    return FieldInWords(label_of(table, each.column), before, after)


def meeting_in_words(reading: Reading, met: Meeting) -> Message:
    """That another edition is at a row, too: which, whose, in what."""
    labels = listed(quoted(label_of(met.table, name)) for name in met.columns)
    return say(
        "Edition {number} of {author} ({state}) is at {row}, too: {columns}",
        number=met.edition.number,
        author=met.edition.author,
        state=state_name(met.edition.state),
        row=row_said(reading, met.table, met.key),
        columns=labels if met.columns else op_said(met.table, met.op),
    )


class MovedInWords(Struct, frozen=True):
    """A field that moved under an edition, in words; see `editions.standing.MovedField`."""

    row: Message
    label: Said
    mine: Said
    theirs: Said
    who: str


def moved_in_words(reading: Reading, each: MovedField) -> MovedInWords:
    """A field that moved, in words; of a row as a whole: whether it is to be, and whether it is there."""
    who = f"{each.by.author} #{each.by.number}" if each.by else "-"
    row = row_said(reading, each.table, each.key)
    if not each.column:
        mine, theirs = (say("is there") if values else say("is not there") for values in (each.mine, each.theirs))
        return MovedInWords(row, "", mine, theirs, who)
    mine_, theirs_ = (
        value_said(reading, each.table, each.column, value, each.key) for value in (each.mine, each.theirs)
    )
    return MovedInWords(row, label_of(each.table, each.column), mine_, theirs_, who)


def left_in_words(left: LeftOut) -> Message:
    """What a roll-back left as it is."""
    row, who = row_words(left.table, left.key), left.by.author if left.by else "-"
    if not left.column:
        return say("Left as it is: {row}, changed since by {who}.", row=row, who=who)
    field = label_of(left.table, left.column)
    return say("Left as it is: {row}, {field}, changed since by {who}.", row=row, field=field, who=who)


def fault_in_words(reading: Reading, lines: Mapping[int, RowEdit], fault: Fault) -> Message:
    """What is wrong with a row of an edition: which, in which field, why. `lines`: of the edition, by position."""
    line = lines.get(fault.position)
    if line is None:
        return fault.message
    row, why = _row_in(reading, lines, line.table, line.key), rows_named_in(reading, lines, fault.message)
    if not fault.column:
        return capital(say("{row}: {why}", row=row, why=why))
    return capital(say("{row}, {field}: {why}", row=row, field=label_of(line.table, fault.column), why=why))


def _row_in(reading: Reading, lines: Mapping[int, RowEdit], table: str, key: Key) -> Message:
    """A row as an edition has it: what it adds is nowhere else yet."""
    added = (each for each in lines.values() if each.op == "add" and (each.table, each.key) == (table, key))
    names = keys(published_table(table))
    row = next(({**each.values, **dict(zip(names, key, strict=True))} for each in added), None)
    return row_said(reading, table, key, row)


def rows_named_in(reading: Reading, lines: Mapping[int, RowEdit], told: Message) -> Message:
    """The same words, in which a row whose key nobody typed is called by what it says (`row_words` has its key)."""
    key, word = told.values.get("key"), told.values.get("table")
    if told.template == row_words("", ("",)).template and is_made_key(key):
        table = next((name for name, called_ in TABLE_WORDS.items() if called_ == word), "")
        return _row_in(reading, lines, table, (key,)) if table else told
    inner = {
        name: rows_named_in(reading, lines, value) if isinstance(value, Message) else value
        for name, value in told.values.items()
    }
    return Message(told.template, inner)


def _row_of(reading: Reading, table: str, key: Key, day: str) -> dict[str, Any]:
    return dict(row_on(reading, table, key, day) or dict(zip(keys(published_table(table)), key, strict=False)))


def _in_words(reading: Reading, each: Difference, row: Values) -> InWords:
    before, after, stands = (_measured(reading, each, row, value) for value in (each.before, each.after, each.stands))
    moved = each.stands not in (each.before, each.after)
    return InWords(
        row_said(reading, each.table, each.key, row),
        each.op,
        op_said(each.table, each.op),
        label_of(each.table, each.column),
        before,
        after,
        stands if moved else None,
        each.position,
        each.column,
        each.op == "add" and each.after == defaults(published_table(each.table)).get(each.column),
        _is_sum(each.table, each.column, each.key),
    )


def _measured(reading: Reading, each: Difference, row: Values, value: Any) -> Said:
    """A value in its measure, as a list tells it; of a price also the price."""
    told, entity = value_said(reading, each.table, each.column, value, each.key), subjects.of_table(each.table)
    measures = entity.measures({**row, each.column: value}) if entity and value is not None else {}
    if not _is_sum(each.table, each.column, each.key):
        return measures.get(each.column, told)
    return say("{value} ({measure})", value=told, measure=measures[each.column]) if each.column in measures else told


def _is_sum(table: str, column: str, key: Key) -> bool:
    """Whether a column of a row holds a sum of money, or a part of one."""
    found = _column(table, column, key)
    return column == "percent" or (found is not None and found[1].spec.ask.kind == "money")


def row_said(reading: Reading, table: str, key: Key, row: Values | None = None) -> Message:
    """What kind of row it is, its key and its name."""
    entity = subjects.of_table(table)
    names = keys(entity.model if entity is not None else published_table(table))
    parts = [value_said(reading, table, name, part) for name, part in zip(names, key, strict=False) if part != ""]
    shown = Message("/".join(f"{{p{at}}}" for at in range(len(parts))), {f"p{at}": p for at, p in enumerate(parts)})
    kind = table_word(table)
    if entity is not None and (is_made_key(key[0]) or not any(column.is_key for column in entity.in_list)):
        there = row or reading.find(entity.model, **dict(zip(names, key, strict=True)))
        return Message("{kind} {what}", {"kind": kind, "what": what_it_is(reading, entity, key, there)})
    name = called(row or {})
    if name is None or "name" in names:  # its key has said it
        return Message("{kind} {key}", {"kind": kind, "key": shown})
    return Message("{kind} {key} {name}", {"kind": kind, "key": shown, "name": name})


def what_it_is(reading: Reading, entity: Entity, key: Key, row: Any) -> Said:
    """What a row is known by whose key nobody typed, or nobody sees: its name, else what it says first (DESCRIBED
    columns of the list), the first that are filled. `row`: its columns, or the row itself; none: its key."""
    values: Values = row if isinstance(row, Mapping) else dict(row.__dict__) if row is not None else {}
    name = called(values)
    if name is not None or not values:
        return name or str(key[0])
    filled = [each for each in entity.in_list if not each.is_key and values.get(each.name) not in (None, "")]
    names = names_of(reading, entity, [values])
    told = [_told_in_both(entity, each, values, names) for each in filled[:DESCRIBED]]
    return listed(told) if told else str(key[0])


def _told_in_both(entity: Entity, column: Column, row: Values, names: Names) -> Message:
    """A value by which a row is known, in the language that is asked for."""
    if column.name.endswith("_zh") and (english := entity.twin(column.name)):
        return both(row[column.name], row[english])
    held = entity.in_row(column, row)
    if not column.spec.ask.several and (name := _name_alone(entity, held, row[column.name], names)):
        return name
    return quoted(said(entity, held, row[column.name], names))


def _name_alone(entity: Entity, column: Column, value: Any, names: Names) -> Message | None:
    """What a code is called, without it: of one that people go by (`code`) nothing is left out."""
    if column.spec.ask.kind == "code":
        return None
    return entity.words_of(column).get(value) or names.get((column.name, value))


UNASKED = {"password_hash": say("Password"), "password_use": say("Password counts"), "state": say("State")}
"""What columns are called that no form of a manager's asks for, and that acts change."""


def label_of(table: str, column: str) -> Said:
    """What a column is called."""
    found = _column(table, column)
    return found[1].label if found else UNASKED.get(column, column)


def value_said(reading: Reading, table: str, column: str, value: Any, key: Key = ()) -> Said:
    """A value of any table that headquarters publishes, or that managers keep as stock, as it is read. key: of its row,
    where that is known."""
    if value is None or value == "":
        return ""
    found = _column(table, column, key)
    if found is not None:
        return said(*found, value, names_of(reading, found[0], [{column: value}]))
    model = published_table(table)
    name = name_of(reading, model, column, value)
    if name is not None:
        return coded(value, name)
    if (meant := VALUES.get(column, {}).get(value)) is not None:
        return meant
    is_money = column in columns(model) and isinstance(model.table().c[column].type, BigInteger)
    return yuan(value) if is_money else str(value)


def _column(table: str, column: str, key: Key = ()) -> tuple[Entity, Column] | None:
    entity = subjects.of_table(table)
    if entity is None:
        return None
    row = dict(zip(keys(entity.model), key, strict=False))
    return next(((entity, entity.in_row(each, row)) for each in entity.columns if each.name == column), None)


TELLING = Telling(row_said, label_of, value_said)
"""How the engine of editions says what it has to say of rows."""
