"""One kind of row that a subject keeps, as data: its table, its form, its columns as people see them.

An entity's form is a form like any other: its fields are named as the table's columns are, in the order in which they
are listed, typed and exported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import Integer

from boss_tui.components.base import Context
from boss_tui.editions.columns import choices
from boss_tui.forms.fields import FieldSpec, Kind
from boss_tui.forms.form import Form
from boss_tui.forms.measured import READERS, TEXTS
from boss_tui.forms.typed import LONG_TERM
from boss_tui.locale import LANGUAGES, words
from boss_tui.management.kit.intake import Stock
from boss_tui.management.kit.repeating import lines_of
from boss_tui.management.kit.tongues import listed_first, twin, typed_first
from data.characters import stray
from data.choices import choice_name
from data.errors import BadForm, NotAllowed
from data.message import Message, listed, say
from data.statements import columns, defaults, keys, table_name
from data.store import Reading
from data.table_words import table_word
from data.tables.base import Table

Values = Mapping[str, Any]


Key = tuple[Any, ...]


IN_FORCE, TO_COME, ENDED, PROPOSED = "in_force", "to_come", "ended", "proposed"


FIRST_DAY = say("The first business date on which it holds; empty: from when its edition counts.")


LAST_DAY = say("The last business date on which it holds, inclusive; empty: for good.")


YES, NO = say("yes"), say("no")


EMPTY = "-"
"""What empties a field, where an empty one means 'as it is': in a file, or typed for many rows at once."""


class Column(Struct, frozen=True):
    """A column as people see it. `words`: the values that it may hold, where it is one of a few; `rows`: the form of
    the rows that it holds (`kit.repeating`). `is_closed`: its codes are the program's own, and nobody reads them."""

    name: str
    spec: FieldSpec
    is_key: bool
    is_number: bool
    words: tuple[str, ...] = ()
    rows: type[Form] | None = None
    is_closed: bool = False

    @property
    def label(self) -> Message:
        """What it is called."""
        return self.spec.ask.label


class Entity(Struct, frozen=True, eq=False):
    """One kind of row that a subject keeps.

    Attributes:
        model: its table; headquarters publishes it, or it is stock.
        form: its fields, by the names of the table's columns.
        says: what such rows are called.
        search: the columns in which a typed word is looked for.
        listed: the columns of the list; by default those of the form.
        sort: the column by which it is listed at first; by default the key.
        whole_file: whether an import takes a file as a whole or not at all.
        out: the states in which a row does not count any more.
        rows: the columns that hold rows of a form (`kit.repeating.rows_of`).
        cells: what codes in such rows are called: by the column, then by the field; a table: its rows are named. Where
            that hangs on a code in another field of the row, that stands behind the field: `value:category`.
        trial: what the subject's try-out is asked for a row, as it is typed: what is shown beside the editor.
        words: what the codes of a column are called, where it holds one of a few and `data.states` has no word for it.
        named_by: the tables whose rows the codes of a column name, where the column is no reference of the database.
        kinds: what may be typed into a column, where that hangs on a code in another one: by the column, that other
            one, and the kind by its code.
        stands_in: the column of another table that a column takes its codes from, such as regions from outlets.
        is_free: the columns that take other codes, too: what there is already is only listed.
        works_at: the columns that name where somebody works, which headquarters' own place is, too: other columns name
            outlets that sell.
        beside: what fields of a row mean together, by field, as they are typed, and beside other rows: what is said
            beside them.
        measures: in which measure values of a row are, by field: what is said behind them.
        on_day: what counts, on the context's business date, of what such a row is about.
        parts: what belongs to such a row, and goes along with a copy of it: each with the column that names it.
        numbers: the columns of numbers, of which a word of digits alone is taken for the beginning: an index finds it
            among a million rows. By default those of no list but of stock, where it is the key.
        stock: how such rows come in as stock; None: they are published, and change by editions.
        ships: the program's own rows that count on a business date, since none is published in their place
            (`kit.shipped`).
        ends: what it is called that such a row ends; ended: that it has.
    """

    model: type[Table]
    form: type[Form]
    says: Message
    search: tuple[str, ...]
    listed: tuple[str, ...] = ()
    sort: str = ""
    whole_file: bool = False
    out: tuple[str, ...] = ("withdrawn", "retired", "expired")
    rows: Mapping[str, type[Form]] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, Mapping[str, Message] | type[Table]]] = field(default_factory=dict)
    words: Mapping[str, Mapping[Any, Message]] = field(default_factory=dict)
    named_by: Mapping[str, type[Table]] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, Mapping[str, Kind]]] = field(default_factory=dict)
    stands_in: Mapping[str, tuple[type[Table], str]] = field(default_factory=dict)
    is_free: frozenset[str] = frozenset()
    works_at: frozenset[str] = frozenset()
    beside: Callable[[Values, Reading], Mapping[str, Message]] = lambda _, __: {}
    measures: Callable[[Values], Mapping[str, Message]] = lambda _: {}
    on_day: Callable[[Context, Values], Message] | None = None
    parts: Mapping[Entity, str] = field(default_factory=dict)
    trial: Callable[[Values], Mapping[str, str]] | None = None
    numbers: tuple[str, ...] = ()
    stock: Stock | None = None
    ships: Callable[[Reading, str], Iterable[Values]] | None = None
    ends: Message = say("End")
    ended: Message = say("ended")

    @property
    def name(self) -> str:
        """Its table's."""
        return table_name(self.model)

    @property
    def of_file(self) -> Entity:
        """The same as a file of stock has it, which may say more than is ever shown."""
        return _of_file(self)

    @property
    def columns(self) -> tuple[Column, ...]:
        """What people see of a row, in order."""
        return _columns(self)

    @property
    def in_list(self) -> tuple[Column, ...]:
        """The columns of the list."""
        return tuple(self.column(name) for name in self.listed) if self.listed else self.columns

    def form_in(self, language: str) -> tuple[Column, ...]:
        """Its columns as they are typed in a language: of what is said in both, that language's own first."""
        return _form_in(self, language)

    def list_in(self, language: str) -> tuple[Column, ...]:
        """The columns of the list as a language has them: what is said in it in its place, the same in the other one
        last."""
        return _list_in(self, language)

    def twin(self, name: str) -> str:
        """The column in which the same is said in the other language; empty: it is said but once."""
        return twin(name, self.form.model_fields)

    def must_be_published(self) -> None:
        """NotAllowed: it is stock, which no edition changes."""
        if self.stock is not None:
            told = say(
                "{name} is stock: it comes in from a file, and no edition changes it.", name=table_word(self.model)
            )
            raise NotAllowed(told)

    def column(self, name: str) -> Column:
        """One of its columns. NotAllowed: it has none of that name."""
        for each in self.columns:
            if each.name == name:
                return each
        told = say(
            "There is no column {column}; there are {columns}.",
            column=name,
            columns=", ".join(each.name for each in self.columns),
        )
        raise NotAllowed(told, field=name)

    def in_row(self, column: Column, row: Values) -> Column:
        """A column as a row has it: its kind may hang on another one's code (`kinds`)."""
        if column.name not in self.kinds:
            return column
        other, kinds = self.kinds[column.name]
        kind = kinds.get(row.get(other, ""))
        if kind is None:
            return column
        return replace(column, spec=replace(column.spec, ask=replace(column.spec.ask, kind=kind)))

    def words_of(self, column: Column) -> Mapping[Any, Message]:
        """The words for the codes that a column may hold, where it holds one of a few."""
        if column.name in self.words:
            return self.words[column.name]
        if column.spec.ask.kind == "flag":
            return {1: YES, 0: NO}
        return {word: choice_name(self.name, column.name, word) for word in column.words}

    def code_of(self, name: str, typed: str) -> str:
        """What is meant by what was typed into a column: the code of a word, in whatever language, else what it is."""
        codes = _codes(self).get(name)
        return codes.get(typed.strip().casefold(), typed) if codes else typed

    @property
    def has_dates(self) -> bool:
        """Whether its rows say themselves from when and until when they hold."""
        return "valid_from" in columns(self.model)

    @property
    def gives_key(self) -> bool:
        """Whether a new row is given a key where nobody types one: it is one column, which may be left empty."""
        names = keys(self.model)
        return len(names) == 1 and not self.form.model_fields[names[0]].is_required()

    def key_of(self, row: Values) -> Key:
        """A row's key."""
        return tuple([row[name] for name in keys(self.model)])

    def validity(self, row: Values, day: str) -> str:
        """Whether a row is in force on a business date, is to come, or has ended; dates are inclusive."""
        return self.judge(day)(row)

    def judge(self, day: str) -> Callable[[Values], str]:
        """`validity` on a date, for many rows."""
        over, since, until = _says(self)
        if not (over or since or until):
            return lambda _: IN_FORCE

        def validity(row: Values) -> str:
            if (over and row["state"] in over) or (until and "" < (row[until] or "") < day):
                return ENDED
            return TO_COME if since and (row[since] or "") > day else IN_FORCE

        return validity

    def typed(self, row: Values) -> dict[str, str]:
        """A row as it would be typed."""
        return {column.name: text_of(self.in_row(column, row), row[column.name]) for column in self.columns}

    def stored(self, form: Form) -> dict[str, Any]:
        """What was typed, as the table's columns hold it."""
        return {column.name: _stored(self.model, column, getattr(form, column.name)) for column in self.columns}

    def one(self, name: str, value: Any) -> Any:
        """One value of a form, as its column holds it."""
        return _stored(self.model, self.column(name), value)

    def read(self, typed: Values) -> dict[str, Any]:
        """What was typed, as the columns hold it; BadForm says beside which field it is wrong."""
        meant = {name: self.code_of(name, text) if isinstance(text, str) else text for name, text in typed.items()}
        values = self.stored(self.form.read({**meant, **self._counted(meant)}))
        wrong = {
            column.name: say("One of {words}.", words=_one_of(self.words_of(column)))
            for column in self.columns
            if column.words and values[column.name] not in column.words
        }
        wrong |= {
            column.name: told
            for column in self.columns
            if isinstance(text := values[column.name], str) and (told := _no_text(column, text))
        }
        if wrong:
            raise BadForm(wrong)
        return values

    def _counted(self, typed: Values) -> dict[str, Any]:
        """Amounts, rates and measures among what was typed whose kind hangs on another column, as whole numbers."""
        kinds = {name: self.in_row(self.column(name), typed).spec.ask.kind for name in self.kinds}
        return {
            name: READERS[kind](typed[name], name)
            for name, kind in kinds.items()
            if kind in READERS and typed.get(name) not in (None, "")
        }


def _one_of(words: Mapping[Any, Message]) -> Message:
    """What may be typed: each code with what it means, which may be several words."""
    return listed(say("{code} ({means})", code=code, means=word) if code else word for code, word in words.items())


def _no_text(column: Column, text: str) -> Message | None:
    """What a text holds that is none, or that is too long."""
    if text.isascii() and text.isprintable() and len(text) <= (column.spec.ask.length or len(text)):
        return None  # as a rule: a file has many
    if 0 < column.spec.ask.length < len(text):
        return say("At most {n} characters.", n=column.spec.ask.length)
    return stray(text.replace("\n", " ") if column.spec.ask.kind == "multiline" else text)


@cache
def _says(entity: Entity) -> tuple[frozenset[Any], str, str]:
    """What tells whether a row holds: the states in which it does not, the columns of its first and last day."""
    names = columns(entity.model)
    over = frozenset((*entity.out, *entity.model.__ended__.values())) if "state" in names else frozenset[Any]()
    since, until = (name if name in names else "" for name in ("valid_from", "valid_to"))
    return over, since, until


@cache
def _codes(entity: Entity) -> dict[str, dict[str, str]]:
    """The codes of each column that has words for them, by those."""
    return {
        column.name: {
            words(language)(label).casefold(): text_of(column, code)
            for language in LANGUAGES
            for code, label in entity.words_of(column).items()
        }
        for column in entity.columns
        if entity.words_of(column)
    }


@cache
def _form_in(entity: Entity, language: str) -> tuple[Column, ...]:
    return tuple(map(entity.column, typed_first([column.name for column in entity.columns], language)))


@cache
def _list_in(entity: Entity, language: str) -> tuple[Column, ...]:
    names = [column.name for column in entity.in_list]
    return tuple(map(entity.column, listed_first(names, entity.form.model_fields, language)))


@cache
def _of_file(entity: Entity) -> Entity:
    form = entity.stock.form if entity.stock is not None else None
    return entity if form is None else replace(entity, form=form, listed=(), sort="")


@cache
def _columns(entity: Entity) -> tuple[Column, ...]:
    model = entity.model
    table, held = model.table(), choices(model)

    def closed(name: str, is_number: bool, kind: str) -> bool:
        return name in held or kind == "flag" or (is_number and name in entity.words)

    return tuple(
        Column(
            spec.name,
            spec,
            spec.name in keys(model),
            isinstance(table.columns[spec.name].type, Integer),
            held.get(spec.name, ()),
            entity.rows.get(spec.name),
            closed(spec.name, isinstance(table.columns[spec.name].type, Integer), spec.ask.kind),
        )
        for spec in entity.form.fields()
    )


def text_of(column: Column, value: Any) -> str:
    """A value as it is typed, listed and exported."""
    if value is None:
        return ""
    if column.rows is not None:
        return lines_of(column.rows, value)
    as_text = TEXTS.get(column.spec.ask.kind)
    return as_text(value) if as_text is not None else str(value)


def plainly(column: Column, value: Any) -> Message | str:
    """A value that stands for nothing else, as it is read: in one line, a rate with its sign, a time with its unit."""
    text = text_of(column, value).replace("\n", " / ")
    if column.spec.ask.kind == "time" and value:
        n, _, unit = text.partition(" ")
        return say("{n} min", n=n) if unit == "min" else say("{n} s", n=n)
    return say("{rate} %", rate=text) if column.spec.ask.kind == "rate" else text


def _stored(model: type[Table], column: Column, value: Any) -> Any:
    if type(value) is str and value:  # as a rule
        return value
    if value is None or value == "":
        return defaults(model).get(column.name, "")
    if isinstance(value, date):
        return "" if value == LONG_TERM else value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, tuple):
        return ",".join(value)
    return value
