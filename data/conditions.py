"""Values that a statement says itself: of the columns that conditions of partial indexes compare.

Where the value of a parameter may decide whether such an index serves, SQLite plans the statement anew at each run,
which takes several times as long as the read. The words that the program itself compares such a column with are few.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement
from sqlalchemy.sql.elements import BinaryExpression, BindParameter

from data.tables.base import LOADED, Partial

_COMPARED = re.compile(r"(\w+) (?:=|IN) ")


@cache
def compared(model: Any) -> frozenset[str]:
    """The columns of a table's model that a condition of its partial indexes compares with words or numbers."""
    indexes = (part for part in model.__table_args__ if isinstance(part, Partial))
    return frozenset(name for index in indexes for name in _COMPARED.findall(index.info["where"]))


def written(value: Any) -> str | None:
    """A value as it stands in a statement; None: it is handed over beside it, as what people typed always is."""
    if isinstance(value, str):
        return f"'{value}'" if value.isidentifier() else None
    return f"{value:d}" if isinstance(value, int) else None


def write_out(part: Any) -> None:
    """Let a part of a statement say its constants itself: numbers, such as how many rows are wanted at most, and what
    it compares such a column with."""
    if isinstance(part, BindParameter) and part.unique:
        part.literal_execute |= isinstance(part.value, int)
    elif isinstance(part, BinaryExpression) and isinstance(part.right, BindParameter) and part.right.unique:
        values: Any = part.right.value if part.right.expanding else [part.right.value]
        part.right.literal_execute |= _is_compared(part.left) and None not in map(written, values)


def _is_compared(of: ColumnElement[Any]) -> bool:
    """Whether it is a column, or one of an alias, that a condition compares."""
    tables = ((column, LOADED.get(column.table.name)) for column in of.base_columns if isinstance(column, Column))
    return any(model is not None and column.name in compared(model) for column, model in tables)
