"""All tables, grouped by component. Importing this package declares the whole schema (`metadata`)."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from sqlmodel import SQLModel

from data.tables.base import Table, make

metadata = SQLModel.metadata

_MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]


@cache
def all_tables() -> dict[str, type[Table]]:
    """Every table class by its table name."""
    found = {}
    for module in _MODULES:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Table) and value is not Table:
                found[str(value.__tablename__)] = value
    return found


for _model in all_tables().values():
    make(_model)
