"""How columns are declared: text, whole numbers, fen, references. The same models serve SQLite (STRICT) and PostgreSQL.

Every table says who writes its rows (`__owner__`): what is journalled, pushed, accepted, handed down and verified
follows from that one word. `__free__`: the states in which nobody but its holder may move what is leased. `__secret__`:
columns that headquarters keeps to itself: in the rows that it hands down they are empty; `__enciphered__`: columns
that travel beside those rows, enciphered for who is to have them. Of what headquarters owns,
`__ended__`: what stands in a row that has ended (a row of a table without it is gone then); `__identity__`: the columns
that make it what it is, which stay once it was used; `__refers__`: the columns that name a row of another table where
they are not empty, without a reference of the database's; `__scope__`: "outlet" where a row goes to no outlet but the
one in its column `outlet`, "headquarters" where its people alone work by the rows, so that none is published to a part
of the outlets, else it goes to whom it is published; `__component__`: the column of the catalogue that its
rows are of (F6): the trail of who changes or names one says so.
`__append_only__` tables take no update and no deletion, which triggers hold; `__published__` ones are read by every
sale and seldom written, so that they are read once (`data.published`): what headquarters hands to all, and some local
settings. A table with a `revision` can be changed, and each change names the revision that it was based on.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import sqlalchemy
from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, SchemaItem
from sqlmodel import Field, SQLModel

__all__ = [
    "LEASED",
    "LOCAL",
    "OFFICE",
    "OUTLET",
    "SHARED",
    "STREAM",
    "Index",
    "Owner",
    "Partial",
    "Table",
    "UniqueConstraint",
    "blob",
    "fen",
    "headquarters",
    "integer",
    "mapped",
    "options",
    "ref",
    "revision",
    "state",
    "text",
]

_Text = Text().with_variant(Text(collation="C"), "postgresql")  # so that both engines compare and sort alike
_Big = BigInteger().with_variant(Integer(), "sqlite")
_NEEDED: Any = ...
T = TypeVar("T", bound="Table")

SQLModel.__annotations__.clear()  # of class variables alone, which it has noted; each table would have them read anew

LOADED: dict[str, type["Table"]] = {}
"""The table classes whose modules are loaded, by table name."""
_making = RLock()


class Owner(Struct, frozen=True):
    """Who writes a table's rows (design 4). `part`: what headquarters hands them down in."""

    kind: str
    part: str = ""

    @property
    def is_headquarters(self) -> bool:
        """Whether no outlet may write them."""
        return self.kind in ("headquarters", "office")


LOCAL = Owner("local")
"""This machine alone: never journalled (drafts, reservations, queues)."""
OUTLET = Owner("outlet")
"""An outlet, and nobody else: what has a column `outlet` is written by that one alone."""
SHARED = Owner("shared")
"""What customers have: made by an outlet, changed wherever they are served, one change upon the other."""
STREAM = Owner("headquarters")
"""Headquarters alone; the one outlet that a row concerns is handed it."""
OFFICE = Owner("office")
"""Headquarters' own station: what its people work at. Nobody is handed the rows; its journal tells them."""
LEASED = Owner("leased")
"""Headquarters makes them and hands them to one outlet, which moves them on until it gives them back."""


def headquarters(part: str) -> Owner:
    """Headquarters alone; all outlets are handed the rows in that part of what is published."""
    return Owner("headquarters", part)


class Table(SQLModel):
    """The base of all tables.

    Its models are SQLModel classes with columns and a table, and can be selected as ever, but they are mapped late: the
    program reads and writes rows by statements over plain values (`data.statements`), never through a session, and
    mapping took a fifth of the processor's time from its start to a sign-on. SQLAlchemy passes over what is abstract;
    `table` makes the table when it is first asked for; `mapped` maps, which happens by itself when an object is made.
    Who only reads through a session calls it before. For the same reason no validator is built before one is needed,
    and modules of tables don't postpone annotations: pydantic would compile each of 1,200.
    """

    model_config: ClassVar[Any] = {"defer_build": True}

    if TYPE_CHECKING:  # annotated, they would be read anew for each table
        __owner__: ClassVar[Owner]
        __free__: ClassVar[tuple[str, ...]]
        __secret__: ClassVar[tuple[str, ...]]
        __enciphered__: ClassVar[tuple[str, ...]]
        __hashed__: ClassVar[tuple[str, ...]]
        __append_only__: ClassVar[bool]
        __ended__: ClassVar[Mapping[str, Any]]
        __identity__: ClassVar[tuple[str, ...]]
        __refers__: ClassVar[Mapping[str, tuple[str, ...]]]
        __scope__: ClassVar[str]
        __component__: ClassVar[str]
        __published__: ClassVar[bool]
        __local__: ClassVar[bool]
    else:
        __free__ = ()
        __secret__ = ()
        __enciphered__ = ()
        __hashed__ = ()
        __append_only__ = False
        __ended__ = {}
        __identity__ = ()
        __refers__ = {}
        __scope__ = ""
        __component__ = ""

    def __init_subclass__(cls, **keywords: Any) -> None:
        """A table's name, if it has none of its own, is its class's in small letters: ProductOrder is product_order."""
        super().__init_subclass__(**keywords)
        if "__tablename__" not in vars(cls):
            cls.__tablename__ = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.__abstract__ = True
        cls.__local__ = cls.__owner__ is LOCAL
        if "__published__" not in vars(cls):
            cls.__published__ = bool(cls.__owner__.part)
        LOADED[str(cls.__tablename__)] = cls

    def __new__(cls, *args: Any, **keywords: Any) -> Any:
        """An object as SQLModel makes it, ready for a session."""
        return super().__new__(mapped(cls), *args, **keywords)

    @classmethod
    def table(cls) -> sqlalchemy.Table:
        """Its table, to make statements of."""
        if "__table__" not in vars(cls):
            _make(cls)
        made: sqlalchemy.Table = vars(cls)["__table__"]
        return made

    @classmethod
    def __clause_element__(cls) -> Any:
        """What SQLAlchemy takes a model for in a statement: what it is mapped to, else its table."""
        of = vars(cls)
        return of["__mapper__"].__clause_element__() if "__mapper__" in of else cls.table()


def _make(model: Any) -> None:
    """Make a model's table, as mapping it would; once, whichever thread asks first."""
    with _making:
        if "__table__" in vars(model):
            return
        columns = {name: vars(model)[name].made(name) for name in model.model_fields}
        *constraints, more = model.__table_args__
        model.__table__ = sqlalchemy.Table(model.__tablename__, model.metadata, *columns.values(), *constraints, **more)
        for name, column in columns.items():
            setattr(model, name, column)


@cache
def mapped(model: type[T]) -> type[T]:
    """The model, mapped."""
    registry: Any = model._sa_registry
    registry.map_imperatively(model, model.table())
    return model


class Partial(Index):
    """An index over the rows alone for which a condition holds.

    SQLAlchemy has an option for each engine; naming PostgreSQL's loads all its drivers, at every start of an outlet.
    """

    inherit_cache = True

    def __init__(self, name: str, *columns: str, where: str, unique: bool = False) -> None:
        super().__init__(name, *columns, unique=unique, info={"where": where})


@compiles(CreateIndex)
def _with_condition(statement: CreateIndex, compiler: Any, **keywords: Any) -> str:
    where = statement.element.info.get("where")
    return f"{compiler.visit_create_index(statement, **keywords)}{f' WHERE {where}' if where else ''}"


def options(*constraints: Any) -> tuple[Any, ...]:
    """The table's constraints and indexes, with STRICT typing on SQLite."""
    return (*constraints, {"sqlite_strict": True})


class _Declared(Column[Any]):
    """A column as it is declared, of which each table makes its own when it is made itself: most of the tables whose
    modules a command loads are never asked for. SQLModel, which would make the column at once, passes this one on."""

    inherit_cache = True

    def __init__(self, kind: Any, *parts: Callable[[], SchemaItem], **keywords: Any) -> None:
        self.kind, self.parts, self.keywords = kind, parts, keywords

    def made(self, name: str) -> Column[Any]:
        """It, as a table's column."""
        return Column(name, self.kind, *(part() for part in self.parts), **self.keywords)


@cache
def _field(
    kind: Any,
    default: Any,
    *parts: Callable[[], SchemaItem],
    key: bool = False,
    index: bool = False,
    unique: bool = False,
) -> Any:
    """Declared once for all columns that are alike: each model makes a copy."""
    said: dict[str, Any] = {} if default is _NEEDED else {"default": default}
    column = _Declared(kind, *parts, primary_key=key, index=index, unique=unique, nullable=default is None, **said)
    return Field(**said, sa_column=column)


def text(default: Any = _NEEDED, *, key: bool = False, index: bool = False, unique: bool = False) -> Any:
    """A text column. Default None makes it nullable."""
    return _field(_Text, default, key=key, index=index, unique=unique)


def ref(column: str, default: Any = _NEEDED, *, key: bool = False, index: bool = True) -> Any:
    """A text column that refers to another table's; checked at the commit, so that rows may come in any order."""
    refers = partial(ForeignKey, column, deferrable=True, initially="DEFERRED")
    return _field(_Text, default, refers, key=key, index=index and not key)


def state(column: str, *values: str, default: Any = _NEEDED) -> Any:
    """A text column that holds one of a few words, which the database checks. `column` is its own name."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return _field(_Text, default, partial(CheckConstraint, f"{column} IN ({allowed})"))


def integer(default: Any = _NEEDED, *, key: bool = False, index: bool = False) -> Any:
    """A whole number."""
    return _field(Integer, default, key=key, index=index)


def fen(default: Any = _NEEDED) -> Any:
    """Money: a whole number of fen."""
    return _field(_Big, default)


def blob(default: Any = _NEEDED) -> Any:
    """Bytes."""
    return _field(LargeBinary, default)


def revision() -> Any:
    """The revision that a change is based on; 1 when the row is made."""
    return integer(1)
