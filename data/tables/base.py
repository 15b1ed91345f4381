"""How columns are declared: text, whole numbers, fen, references. The same models serve SQLite (STRICT) and PostgreSQL.

Every table says what may happen to it: `__local__` tables belong to this machine and are never journalled (drafts,
reservations, queues); `__append_only__` tables take no update and no deletion, which triggers hold; `__published__`
tables are the catalogue: read by every sale, seldom written, so that they are read once (`data.published`). A table
with a `version` can be changed, and each change names the version that it was based on.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

__all__ = [
    "Index",
    "Table",
    "UniqueConstraint",
    "blob",
    "fen",
    "options",
    "ref",
    "sql",
    "state",
    "text",
    "version",
    "whole",
]

_Text = Text().with_variant(Text(collation="C"), "postgresql")  # so that both engines compare and sort alike
_Big = BigInteger().with_variant(Integer(), "sqlite")
_NEEDED: Any = ...


class Table(SQLModel):
    """The base of all tables."""

    model_config: ClassVar[Any] = {"defer_build": True}  # rows are not validated, so no validator is built at start

    __local__: ClassVar[bool] = False
    __append_only__: ClassVar[bool] = False
    __published__: ClassVar[bool] = False

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        """The class's name in small letters: ProductOrder is product_order."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def options(*constraints: Any) -> tuple[Any, ...]:
    """The table's constraints and indexes, with STRICT typing on SQLite."""
    return (*constraints, {"sqlite_strict": True})


def _field(kind: Any, default: Any, key: bool, index: bool, unique: bool, args: list[Any]) -> Any:
    more: dict[str, Any] = {"sa_column_args": args} if args else {}
    if index:
        more["index"] = True
    if default is not _NEEDED:
        more["default"] = default
    return Field(sa_type=kind, primary_key=key, unique=unique, nullable=default is None, **more)


def text(default: Any = _NEEDED, *, key: bool = False, index: bool = False, unique: bool = False) -> Any:
    """A text column. Default None makes it nullable."""
    return _field(_Text, default, key, index, unique, [])


def ref(column: str, default: Any = _NEEDED, *, key: bool = False, index: bool = True) -> Any:
    """A text column that refers to another table's; checked at the commit, so that rows may come in any order."""
    return _field(_Text, default, key, index and not key, False, [_foreign(column)])


def _foreign(column: str) -> ForeignKey:
    return ForeignKey(column, deferrable=True, initially="DEFERRED")


def state(column: str, *values: str, default: Any = _NEEDED) -> Any:
    """A text column that holds one of a few words, which the database checks. `column` is its own name."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return _field(_Text, default, False, False, False, [CheckConstraint(f"{column} IN ({allowed})")])


def whole(default: Any = _NEEDED, *, key: bool = False, index: bool = False) -> Any:
    """A whole number."""
    return _field(Integer, default, key, index, False, [])


def fen(default: Any = _NEEDED) -> Any:
    """Money: a whole number of fen."""
    return _field(_Big, default, False, False, False, [])


def blob(default: Any = _NEEDED) -> Any:
    """Bytes."""
    return _field(LargeBinary, default, False, False, False, [])


def version() -> Any:
    """The version that a change is based on; 1 when the row is made."""
    return whole(1)
