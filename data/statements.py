"""SQL compiled once from the models and run on the driver's own connection, over plain values.

Model objects cost ten times the raw statement; these cost about two. What is read comes back as instances of the
models all the same, made without SQLAlchemy's bookkeeping: they are to be read, not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from itertools import repeat
from operator import add, itemgetter
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, insert, literal, or_, select, update
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.visitors import iterate

from data.conditions import compared, write_out, written
from data.tables.base import Table

M = TypeVar("M", bound=Table)
Parameters = tuple[Any, ...] | dict[str, Any]
Said = tuple[tuple[str, str], ...]
"""Columns with the values that a statement says itself (`conditions`)."""

BLOCK = 100
"""How many rows are asked for at once, where many are: more in several blocks, by one statement that was compiled."""


class Prepared:
    """SQL text for one driver, and how to arrange named values as its parameters."""

    __slots__ = ("_fixed", "_order", "_pick", "sql")

    def __init__(self, sql: str, fixed: dict[str, Any], order: list[str] | None) -> None:
        self.sql, self._fixed, self._order = sql, fixed, order
        self._pick = picking(order) if order else None

    @classmethod
    def compiled(cls, statement: ClauseElement, dialect: Dialect) -> Prepared:
        """A statement of SQLAlchemy's."""
        for part in iterate(statement):
            if isinstance(part, BindParameter):
                part.required = False  # its value comes with each run; beside an IN list, compiling would ask for it
            write_out(part)
        compiled: Any = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        return cls(str(compiled), dict(compiled.params), list(compiled.positiontup) if compiled.positional else None)

    def parameters(self, values: Mapping[str, Any]) -> Parameters:
        """The values in the driver's order."""
        if self._order is None:
            return {**self._fixed, **values}
        if self._pick is not None:
            try:
                picked: Parameters = self._pick(values)  # as a rule every value is given: one call, in C
            except KeyError:
                pass  # some are the statement's own
            else:
                return picked
        fixed = self._fixed
        return tuple([values[name] if name in values else fixed[name] for name in self._order])

    def alike(self, names: Sequence[str], cells: Sequence[tuple[Any, ...]], rest: Mapping[str, Any]) -> list[Any]:
        """Parameters of many rows: these columns as they stand in `cells`, and `rest`, alike in all of them."""
        if self._order is None:
            return [{**self._fixed, **rest, **dict(zip(names, row, strict=True))} for row in cells]
        others = tuple(rest)
        at = {name: place for place, name in enumerate((*names, *others))}
        pick = itemgetter(*[at[name] for name in self._order])
        return list(map(pick, map(add, cells, repeat(tuple(rest[name] for name in others)))))


def picking(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """What picks the values of these names, in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    only = names[0]
    return lambda values: (values[only],)


def counting(table: Any, *where: Any, most: int) -> Select[Any]:
    """How many rows hold what is asked, as far as `most`: what waits may be very much, and is counted often."""
    some = select(literal(1)).select_from(table).where(*where).limit(most)
    return select(func.count()).select_from(some.subquery())


def any_of(column: ColumnElement[Any], most: int) -> ColumnElement[bool]:
    """Whether a column holds one of a block's values (`blocks`); `most`: the size of the block."""
    return column.in_([bindparam(f"any_{at}") for at in range(most)])


def blocks(wanted: Iterable[Any]) -> Iterator[tuple[int, list[Any]]]:
    """The values in blocks, with the size of each: one, or `BLOCK` (one of them repeated where it is not full)."""
    values = list(dict.fromkeys(wanted))
    for at in range(0, len(values), BLOCK):
        part = values[at : at + BLOCK]
        size = 1 if len(part) == 1 else BLOCK
        yield size, part + part[-1:] * (size - len(part))


@cache
def table_name(model: type[Table]) -> str:
    """A model's table. Asked of the model itself, it is worked out anew each time."""
    return str(model.__tablename__)


@cache
def columns(model: type[Table]) -> tuple[str, ...]:
    """A model's column names, in order."""
    return tuple(model.model_fields)


@cache
def keys(model: type[Table]) -> tuple[str, ...]:
    """The names of a model's primary key columns."""
    return tuple(column.name for column in model.table().primary_key)


@cache
def key_set(model: type[Table]) -> frozenset[str]:
    """The same, as they are compared with what is asked for."""
    return frozenset(keys(model))


@cache
def _column_set(model: type[Table]) -> frozenset[str]:
    return frozenset(columns(model))


@cache
def defaults(model: type[Table]) -> dict[str, Any]:
    """What a row holds where nothing is said."""
    return {name: field.default for name, field in model.model_fields.items() if not field.is_required()}


def row_values(model: type[Table], values: Mapping[str, Any]) -> dict[str, Any]:
    """A whole row: the defaults and the values. A missing or unknown column is a fault of the program."""
    row = {**defaults(model), **values}
    if row.keys() != _column_set(model):
        raise TypeError(f"{model.__name__}: not its columns: {sorted(set(row) ^ set(columns(model)))}")
    return row


class ReadRow:
    """A row as it was read, not to be set. It passes for its model, which makes a row at many times the cost."""

    __slots__ = ("__dict__",)
    __hash__ = None  # type: ignore[assignment]  # so Python marks what has none

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{name}: rows are read only; UnitOfWork.change changes them")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReadRow) and self.__class__ is other.__class__ and self.__dict__ == other.__dict__

    def __repr__(self) -> str:
        return f"{self.__class__.__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


@cache
def _held(model: type[Table]) -> type[ReadRow]:
    return type(model.__name__, (ReadRow,), {"__slots__": (), "__class__": property(lambda _: model)})


_hold = ReadRow.__dict__["__dict__"].__set__


def instance(model: type[M], values: dict[str, Any]) -> M:
    """A row to be read as its model: no validation, no state. Attributes can't be set on it."""
    row: Any = object.__new__(_held(model))
    _hold(row, values)
    return cast(M, row)


def instances(model: type[M], rows: Iterable[tuple[Any, ...]]) -> list[M]:
    """Rows as they were read, to be read as their model."""
    held, names, made = _held(model), columns(model), []
    for read in rows:
        row: Any = object.__new__(held)
        _hold(row, dict(zip(names, read, strict=True)))
        made.append(row)
    return made


NULL = "NULL"


def said_of(model: type[Table], where: Mapping[str, Any]) -> Said:
    """What a statement that asks for these values says itself."""
    names = compared(model)
    said: Said = ()
    if names:
        said = tuple([(name, told) for name in names if name in where and (told := written(where[name]))])
    if None in where.values():  # nothing equals NULL, not even itself
        said += tuple([(name, NULL) for name, value in where.items() if value is None and name in _optional(model)])
    return said


@cache
def _optional(model: type[Table]) -> frozenset[str]:
    """The columns that may hold no value. Any other is never without one, and is looked up like any value."""
    return frozenset(column.name for column in model.table().columns if column.nullable)


@cache
def is_figure(model: type[Table], measures: tuple[str, ...]) -> bool:
    """Whether a row of running figures can be made from its key alone. Else its row is there before it is added to."""
    return all(name in defaults(model) for name in columns(model) if name not in (*keys(model), *measures))


MOST = 2048
"""Statements that are kept prepared, besides those of each table. `boss verify` alone has some 500, one after another:
where they don't all fit, each is compiled at every turn."""
_OF_DIALECTS: dict[str, Statements] = {}


def statements(dialect: Dialect) -> Statements:
    """The prepared statements of a dialect, compiled once for all stores of a process."""
    if dialect.name not in _OF_DIALECTS:
        _OF_DIALECTS[dialect.name] = Statements(dialect)
    return _OF_DIALECTS[dialect.name]


class Statements:
    """The prepared statements of one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._insert_for = import_module(f"sqlalchemy.dialects.{dialect.name}").insert
        self.insert: Callable[[type[Table]], Prepared] = cache(self._insert)
        self.update: Callable[[type[Table], tuple[str, ...], bool, bool], Prepared] = cache(self._update)
        self.increase: Callable[[type[Table], tuple[str, ...]], Prepared] = cache(self._increase)
        self.raise_row: Callable[[type[Table], tuple[str, ...]], Prepared] = cache(self._raise_row)
        self.select: Callable[[type[Table], tuple[str, ...], tuple[str, ...], Said], Prepared] = cache(self._select)
        self.several: Callable[[type[Table], int], Prepared] = cache(self._several)
        self.delete: Callable[[type[Table]], Prepared] = cache(self._delete)
        self.of: Callable[[ClauseElement], Prepared] = lru_cache(MOST)(self._of)

    def _of(self, statement: ClauseElement) -> Prepared:
        return Prepared.compiled(statement, self._dialect)

    def _insert(self, model: type[Table]) -> Prepared:
        return Prepared.compiled(insert(model.table()), self._dialect)

    def _update(self, model: type[Table], changed: tuple[str, ...], versioned: bool, held: bool = False) -> Prepared:
        table = model.table()
        statement = update(table).values({name: bindparam(f"new_{name}") for name in changed})
        for name in keys(model) + (("revision",) if versioned else ()):
            statement = statement.where(table.c[name] == bindparam(f"old_{name}"))
        if held:
            mine = table.c.outlet == bindparam("of_holder")
            statement = statement.where(or_(mine, table.c.state.not_in(model.__free__)) if model.__free__ else mine)
        return Prepared.compiled(statement, self._dialect)

    def _delete(self, model: type[Table]) -> Prepared:
        table = model.table()
        statement = delete(table)
        for name in (*keys(model), "revision"):
            statement = statement.where(table.c[name] == bindparam(f"old_{name}"))
        return Prepared.compiled(statement, self._dialect)

    def _increase(self, model: type[Table], measures: tuple[str, ...]) -> Prepared:
        table = model.table()
        statement = self._insert_for(table)
        added = {name: table.c[name] + statement.excluded[name] for name in measures}
        return Prepared.compiled(
            statement.on_conflict_do_update(index_elements=list(keys(model)), set_=added), self._dialect
        )

    def _raise_row(self, model: type[Table], measures: tuple[str, ...]) -> Prepared:
        table = model.table()
        statement = update(table).values({name: table.c[name] + bindparam(f"by_{name}") for name in measures})
        for name in keys(model):
            statement = statement.where(table.c[name] == bindparam(f"of_{name}"))
        return Prepared.compiled(statement, self._dialect)

    def _several(self, model: type[Table], most: int) -> Prepared:
        """The rows of a block of keys; the parts of each in the order of `keys`."""
        table, names = model.table(), keys(model)
        here = (and_(*(table.c[name] == bindparam(f"{name}_{at}") for name in names)) for at in range(most))
        return Prepared.compiled(select(*table.columns).where(or_(*here)), self._dialect)

    def _select(self, model: type[Table], where: tuple[str, ...], order: tuple[str, ...], said: Said = ()) -> Prepared:
        """Written out: a program reads most of its rows by such statements, and compiling one takes longer than it."""
        quoted, values = self._dialect.identifier_preparer.quote, dict(said)
        sql = f"SELECT {', '.join(map(quoted, columns(model)))} FROM {quoted(table_name(model))}"
        if where:
            marks = {name: values.get(name) or self._mark(name) for name in where}
            told = (f"{quoted(name)} {'IS' if mark == NULL else '='} {mark}" for name, mark in marks.items())
            sql += f" WHERE {' AND '.join(told)}"
        if order:
            turned = (quoted(name.lstrip("-")) + " DESC" * name.startswith("-") for name in order)
            sql += f" ORDER BY {', '.join(turned)}"
        handed = [name for name in where if name not in values]
        return Prepared(sql, {}, handed if self._dialect.positional else None)

    def _mark(self, name: str) -> str:
        return "?" if self._dialect.positional else f"%({name})s"
