"""Which columns name rows of other tables: the database's references, and those of `__refers__`, which may be empty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from data.statements import keys, table_name
from data.tables import all_tables
from data.tables.base import Table


@dataclass(frozen=True, slots=True)
class Reference:
    """That a column of `model` names a row of `target` by its `key`."""

    model: type[Table]
    column: str
    target: type[Table]
    key: str


@cache
def references_of(model: type[Table]) -> tuple[Reference, ...]:
    """What a table's rows refer to."""
    table = model.table()
    found = {
        str(key.parent.name): (all_tables()[key.column.table.name], str(key.column.name)) for key in table.foreign_keys
    }
    for column, name in model.__refers__.items():
        target = all_tables()[name]
        found[column] = (target, keys(target)[0])
    return tuple(Reference(model, column, *found[column]) for column in sorted(found))


@cache
def references_to(model: type[Table]) -> tuple[Reference, ...]:
    """What refers to a table's rows."""
    return tuple(
        reference
        for each in sorted(all_tables().values(), key=table_name)
        for reference in references_of(each)
        if reference.target is model
    )
