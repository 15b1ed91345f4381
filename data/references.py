"""Which columns name rows of other tables: the database's references, and those of `__refers__`, which may be empty."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from data.statements import defaults, keys, table_name
from data.store import Reading
from data.tables import all_tables, metadata
from data.tables.base import Table


class Reference(Struct, frozen=True):
    """That a column of `model` names a row of one of these tables, by the column of its key."""

    model: type[Table]
    column: str
    targets: tuple[tuple[type[Table], str], ...]
    enforced: bool
    """Whether the database itself holds it, at the commit."""

    def says(self, value: Any) -> bool:
        """Whether a value is to name a row: nothing is not, nor what a free column holds where nobody has said."""
        unsaid = None if self.enforced else defaults(self.model).get(self.column)
        return value not in (None, "", unsaid)

    def named(self, reading: Reading, value: Any) -> tuple[type[Table], Any] | None:
        """The row that a value names, and its table; None when there is none."""
        for target, key in self.targets:
            row = reading.find(target, **{key: value})
            if row is not None:
                return target, row
        return None

    def value_of(self, target: type[Table], key: Sequence[Any]) -> Any:
        """What stands in the column where it names the row of a key."""
        return key[keys(target).index(dict(self.targets)[target])]


@cache
def references_of(model: type[Table]) -> tuple[Reference, ...]:
    """What a table's rows refer to."""
    metadata()  # so that what is named is there
    tables = all_tables()
    found: dict[str, tuple[tuple[type[Table], str], ...]] = {
        str(key.parent.name): ((tables[key.column.table.name], str(key.column.name)),)
        for key in model.table().foreign_keys
    }
    for column, names in model.__refers__.items():
        found[column] = tuple((tables[name], keys(tables[name])[0]) for name in names)
    held = {str(key.parent.name) for key in model.table().foreign_keys}
    return tuple(Reference(model, column, found[column], column in held) for column in sorted(found))


@cache
def references_to(model: type[Table]) -> tuple[Reference, ...]:
    """What refers to a table's rows."""
    return tuple(
        reference
        for each in sorted(all_tables().values(), key=table_name)
        for reference in references_of(each)
        if model in dict(reference.targets)
    )
