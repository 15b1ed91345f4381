"""All tables, grouped by component: each module declares its own when it is imported, and no other's.

What a start does not need is not loaded: a table is made when it is first asked for (`Table.table`).
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import MetaData

from data.tables.base import LOADED, Table


@cache
def all_tables() -> dict[str, type[Table]]:
    """Every table class by its table name."""
    found = {}
    for module in iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Table) and value is not Table:
                found[str(value.__tablename__)] = value
    return found


def table_of(name: str) -> type[Table]:
    """A table class by its table name; KeyError when there is none. The others are loaded only where it is not."""
    return LOADED[name] if name in LOADED else all_tables()[name]


def metadata() -> MetaData:
    """The whole schema, every table made. Its `sorted_tables` come in one order, whichever was asked for first."""
    for model in all_tables().values():
        model.table()
    return Table.metadata
