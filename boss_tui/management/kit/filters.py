"""What is typed to narrow a list: words, and conditions on columns. One reading, for SQL and for rows in memory alike.

    card                a word, in any of the columns that are searched
    name_zh:话费        in this column; of a number, a date or a choice: that value
    role:营业员          in this column, by a word for the code that it holds
    amount>10.00        greater, less, or equal too (>=, <=); of money in yuan
    !state:withdrawn    not so
    outlet:-            empty
    is:pending          a mark: pending (changing), or in_force, to_come, ended; 是:变更中

Several are told apart by blanks and must all hold; what has blanks stands in quotation marks. A column is named as its
table names it, or as it is called in either language, a mark as it is called in either.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, String, and_, bindparam, func, not_, or_, select
from sqlalchemy import column as column_of
from sqlalchemy import table as table_of
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from boss_tui.forms.fields import half_width
from boss_tui.forms.measured import READERS
from boss_tui.forms.typed import day_typed
from boss_tui.locale import LANGUAGES, words
from boss_tui.management.kit.entity import EMPTY, ENDED, IN_FORCE, TO_COME, Column, Entity, Values
from data.characters import is_digits
from data.errors import BadForm, BossError
from data.message import Message, listed, say
from data.statements import keys

ByKind = tuple[str, tuple[tuple[tuple[Any, ...], bool, int], ...]]
"""Of a column whose kind hangs on another one's code (`Entity.kinds`): that other one, and what was typed as each kind
reads it: the codes that have that kind (or, False, that have another), and the value."""
TermShape = tuple[tuple[str, ...], str, bool, tuple[tuple[str, tuple[Any, ...]], ...], ByKind | None]
Coded = Callable[[Column, str], Iterable[Any]]
"""The codes of a column whose words, in whatever language, have a text."""
Sign = Literal["has", "begins", "=", ">", "<", ">=", "<="]
PENDING = "pending"
MARKS = {PENDING: say("changing"), IN_FORCE: say("in_force"), TO_COME: say("to_come"), ENDED: say("ended")}
"""The marks, each as it is typed; its code is understood in any language."""
IS = ("is", "是")
_TERM = re.compile(r"""(!?)(?:([^\s"':<>=!]+)(:|>=|<=|>|<|=))?("[^"]*"|'[^']*'|\S+)""")
_HOLDS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
_SMALL = str.maketrans({code: code + 32 for code in range(ord("A"), ord("Z") + 1)})


class FilterTerm(Struct, frozen=True):
    """One condition. `columns`: any of them. `isnt`: it must not hold. `codes`: columns that hold it by a code, whose
    word it is."""

    columns: tuple[str, ...]
    sign: Sign
    value: Any
    isnt: bool = False
    codes: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    by_kind: ByKind | None = None

    @property
    def shape(self) -> TermShape:
        """What makes its SQL, whatever its value."""
        return self.columns, self.sign, self.isnt, self.codes, self.by_kind

    @property
    def parameter(self) -> Any:
        """Its value, as its SQL takes it."""
        if self.sign != "has":
            return self.value  # of what begins, too
        return "%" + re.sub(r"([%_\\])", r"\\\1", ascii_lower(self.value)) + "%"

    def only(self, column: str) -> str:
        """What it wants in one column, as that holds it: a value, the beginning of one, or the one code whose word it
        is. Empty: it wants something else."""
        if (
            self.columns != (column,)
            or self.isnt
            or self.by_kind is not None
            or self.sign not in ("=", "begins", "has")
        ):
            return ""
        codes = dict(self.codes).get(column, ())
        if not codes or self.value in codes:
            return str(self.value)
        return str(codes[0]) if len(codes) == 1 else ""

    def holds(self, row: Values) -> bool:
        """Whether it holds of a row, as its SQL would say."""
        if self.by_kind is not None:
            other, readings = self.by_kind
            value = row[self.columns[0]]
            found = any(
                (row[other] in codes) == isin and _HOLDS[self.sign](value, each) for codes, isin, each in readings
            )
        elif self.sign == "has":
            found = any(
                ascii_lower(self.value) in ascii_lower(str(_no_null(row[name], self.sign))) for name in self.columns
            )
        elif self.sign == "begins":
            found = any(str(row[name]).startswith(self.value) for name in self.columns)
        else:
            found = any(_HOLDS[self.sign](_no_null(row[name], self.value), self.value) for name in self.columns)
        return (found or any(row[name] in codes for name, codes in self.codes)) != self.isnt


def ascii_lower(text: str) -> str:
    """A to z for A to Z, and nothing else: what both databases call lower."""
    return text.translate(_SMALL)


def _no_null(value: Any, like: Any) -> Any:
    return value if value is not None else 0 if isinstance(like, int) else ""


class Filter(Struct, frozen=True):
    """What a list is narrowed to. `marks`: those that a row must have, or (the second) must not."""

    conditions: tuple[FilterTerm, ...] = ()
    marks: tuple[tuple[str, bool], ...] = ()


def read_filter(entity: Entity, typed: str, coded: Coded = lambda _column, _text: ()) -> Filter:
    """A filter as it was typed; BadForm (`filter`) says what is not understood, and what would be. What is looked for
    in a column of codes is looked for in their words, too (`coded`)."""
    conditions, marks = [], []
    for isnt, name, sign, text in _terms(typed):
        if name.lower() in IS:
            marks.append((_mark(text), isnt))
        elif not name:
            conditions.append(_in_words(entity, _word(entity, text, isnt), coded))
        else:
            conditions.append(_in_words(entity, _condition(entity, _column(entity, name), sign, text, isnt), coded))
    return Filter(tuple(conditions), tuple(marks))


def _in_words(entity: Entity, term: FilterTerm, coded: Coded) -> FilterTerm:
    """A condition that what is looked for is the word for a code, too."""
    if term.sign != "has":
        return term
    found = ((name, tuple(coded(entity.column(name), term.value))) for name in _shown(entity, term.columns))
    return replace(term, codes=tuple((name, codes) for name, codes in found if codes))


def _shown(entity: Entity, names: tuple[str, ...]) -> list[str]:
    return [column.name for column in entity.columns if column.name in names]


LAST_DIGITS = 4
"""So many digits are the last of a number (as everywhere at the desk)."""


def _word(entity: Entity, text: str, isnt: bool) -> FilterTerm:
    """A word by itself: digits are looked for where an index finds them among a million rows."""
    numbers = entity.numbers or (keys(entity.model) if entity.stock is not None else ())
    if not numbers or not is_digits(text):
        return FilterTerm(entity.search, "has", text, isnt)
    if entity.stock is not None and entity.stock.tail and len(text) == LAST_DIGITS:
        return FilterTerm((entity.stock.tail,), "=", text, isnt)
    return FilterTerm(numbers, "begins", text, isnt)


def _terms(typed: str) -> Iterator[tuple[bool, str, str, str]]:
    for found in _TERM.finditer(half_width(typed)):
        isnt, name, sign, text = found.groups()
        bare = text[1:-1] if text[0] in "\"'" and len(text) > 1 and text[-1] == text[0] else text
        if name and name[0].isdigit():  # 10:30 is no column
            name, sign, bare = "", "", f"{name}{sign}{bare}"
        yield bool(isnt), name or "", sign or "", bare


def _mark(text: str) -> str:
    found = mark_words().get(text.casefold())
    if found is None:
        raise BadForm({"filter": say("is: one of {words}.", words=listed(MARKS.values()))})
    return found


@cache
def mark_words() -> dict[str, str]:
    """The marks by what they may be called: in each language, and by their code."""
    called = {words(language)(told).casefold(): mark for language in LANGUAGES for mark, told in MARKS.items()}
    return called | {mark: mark for mark in MARKS}


def _column(entity: Entity, name: str) -> Column:
    called = names(entity)
    exact = called.get(name.casefold())
    begun = {column for known, column in called.items() if known.startswith(name.casefold())}
    found = exact or (begun.pop() if len(begun) == 1 else None)
    if found is None:
        told = say(
            "There is no column {column}; there are {columns}.",
            column=name,
            columns=", ".join(each.name for each in entity.columns),
        )
        raise BadForm({"filter": told})
    return entity.column(found)


@cache
def names(entity: Entity) -> dict[str, str]:
    """The columns by what they may be called: their own name, and their label in each language, in small letters."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for column in entity.columns:
            found.setdefault(words(language)(column.label).casefold(), column.name)
    return found | {column.name.casefold(): column.name for column in entity.columns}


def _condition(entity: Entity, column: Column, sign: str, text: str, isnt: bool) -> FilterTerm:
    if column.name in entity.kinds:
        return _of_kinds(entity, column, "=" if sign == ":" else sign, text, isnt)
    plain = column.is_number or column.spec.ask.kind in ("date", "choice")
    kind: Any = sign if sign != ":" else "=" if plain or text == EMPTY else "has"
    return FilterTerm((column.name,), kind, value_of(column, entity.code_of(column.name, text)), isnt)


def _of_kinds(entity: Entity, column: Column, sign: Any, text: str, isnt: bool) -> FilterTerm:
    """A value whose kind hangs on another column's code: what was typed is meant in each kind that can read it."""
    other, kinds = entity.kinds[column.name]
    readings, fault = list[tuple[tuple[Any, ...], bool, int]](), None
    for kind in (None, *dict.fromkeys(kinds.values())):
        codes = tuple(code for code, each in kinds.items() if kind in (None, each))
        one = entity.in_row(column, {other: codes[0]}) if kind is not None else column
        try:
            readings.append((codes, kind is not None, value_of(one, text)))
        except BadForm as refused:
            fault = fault or refused
    if not readings and fault is not None:
        raise fault
    return FilterTerm((column.name,), sign, None, isnt, by_kind=(other, tuple(readings)))


def value_of(column: Column, text: str) -> Any:
    """A typed value as the column holds it, for comparing. BadForm (`filter`): it can't be one."""
    kind = column.spec.ask.kind
    try:
        if kind in READERS:
            return READERS[kind](text, column.name)
        match kind:
            case "date":
                return "" if text == EMPTY else day_typed(text).isoformat()
            case "flag":
                return {"y": 1, "n": 0, "是": 1, "否": 0}[text.lower()]
        if column.is_number:
            return int(text)
    except BossError as fault:
        raise BadForm({"filter": fault.message}) from None
    except (ValueError, KeyError):
        told: Message = say("{column}: {value} can't stand there.", column=column.label, value=text)
        raise BadForm({"filter": told}) from None
    return "" if text == EMPTY else text


def clauses(
    entity: Entity,
    shapes: tuple[TermShape, ...],
    by_index: Container[int] | None = None,
    only: Container[int] | None = None,
) -> ColumnElement[bool] | None:
    """The SQL of conditions, their values as the parameters v0, v1, …; None when there are none. `by_index`: the
    places of those that an index may be gone by for; `only`: of those that are meant (None: all)."""
    found = []
    for at, shape in enumerate(shapes):
        if only is None or at in only:
            any_of = _any_of(entity, at, shape, plain=by_index is None or at in by_index)
            found.append(not_(any_of) if shape[2] else any_of)
    return and_(*found) if found else None


def _any_of(entity: Entity, at: int, shape: TermShape, *, plain: bool) -> ColumnElement[bool]:
    names, sign, _, codes, by_kind = shape
    table = entity.model.table()

    def held(name: str) -> ColumnElement[Any]:
        column = func.coalesce(table.c[name], "") if table.c[name].nullable and sign != "begins" else table.c[name]
        return column if plain else unindexed(column)

    if by_kind is not None:
        return _by_kind(held, names[0], sign, by_kind)
    value: Any = bindparam(f"v{at}")
    by_code = (held(name).in_([*each]) for name, each in codes)
    return or_(*(_clause(entity, name, held(name), sign, value) for name in names), *by_code)


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column for which no index is gone by."""
    return func.coalesce(column, column)


def _by_kind(held: Callable[[str], ColumnElement[Any]], name: str, sign: str, by_kind: ByKind) -> ColumnElement[bool]:
    other, readings = by_kind
    return or_(
        *(
            and_(held(other).in_(codes) if isin else held(other).not_in(codes), _HOLDS[sign](held(name), value))
            for codes, isin, value in readings
        )
    )


def _clause(entity: Entity, name: str, held: ColumnElement[Any], sign: str, value: Any) -> ColumnElement[bool]:
    if sign == "has":
        like: ColumnElement[bool] = small(held).like(value, escape="\\")
        return like
    if sign == "begins":
        return and_(*_led(entity, name), held >= value, held < func.concat(value, ":"))
    compared: ColumnElement[bool] = _HOLDS[sign](held, value)
    return compared


def _led(entity: Entity, name: str) -> Iterator[ColumnElement[bool]]:
    """What says nothing, and lets the index of a key be gone by for a column that is not its first: those before it
    hold one of a few codes, all of them."""
    own, names = entity.model.table(), keys(entity.model)
    for before in names[: names.index(name)] if name in names else ():
        for reference in own.c[before].foreign_keys:
            of, _, code = str(reference.target_fullname).partition(".")  # its table need not have been asked for
            yield own.c[before].in_(select(column_of(code)).select_from(table_of(of)))


class small(FunctionElement[str]):
    """What a text is in small letters, a to z for A to Z, to be compared by LIKE: SQLite's makes no difference between
    them, and to make small letters of each row takes longer than to compare it."""

    type = String()
    inherit_cache = True


@compiles(small)
def _as_lower(element: small, compiler: Any, **keywords: Any) -> str:
    return f"lower({compiler.process(element.clauses, **keywords)})"


@compiles(small, "sqlite")
def _as_it_is(element: small, compiler: Any, **keywords: Any) -> str:
    return str(compiler.process(element.clauses, **keywords))


def validity_clause(entity: Entity, mark: str) -> ColumnElement[bool]:
    """The SQL of a mark of validity on the business date `on_day`, as `Entity.validity` says it of a row."""
    table = entity.model.table()
    day: Any = bindparam("on_day")
    over: list[Any] = []
    if "state" in table.c:
        over.append(table.c.state.in_((*entity.out, *entity.model.__ended__.values())))
    if "valid_to" in table.c:
        over.append(and_(table.c.valid_to != "", table.c.valid_to < day))
    ended = or_(*over) if over else None
    coming = table.c.valid_from > day if "valid_from" in table.c else None
    return _as_marked(mark, ended, coming)


def _as_marked(mark: str, ended: Any, coming: Any) -> ColumnElement[bool]:
    from sqlalchemy import false, true

    ended, coming = (false() if part is None else part for part in (ended, coming))
    if mark == ENDED:
        return and_(true(), ended)
    to_come = and_(not_(ended), coming)
    return to_come if mark == TO_COME else and_(not_(ended), not_(coming))


def has_marks(entity: Entity, row: Values, marks: tuple[tuple[str, bool], ...], pending: bool, day: str) -> bool:
    """Whether a row has the marks that are wanted."""
    validity = entity.validity(row, day)
    return all(((pending if mark == PENDING else validity == mark) != isnt) for mark, isnt in marks)


def day_or(typed: str, today: str) -> str:
    """A business date as it was typed for a list; empty is today's. NotAllowed: it is no day (`as_of`)."""
    return day_typed(typed, "as_of").isoformat() if typed.strip() else today or date.min.isoformat()
