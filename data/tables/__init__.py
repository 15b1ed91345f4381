"""All tables, grouped by component. Importing this package declares the whole schema (`metadata`)."""

from __future__ import annotations

from functools import cache

from sqlmodel import SQLModel

from data.tables import (
    account,
    content,
    customer,
    document,
    eligibility,
    finance,
    network,
    order,
    organisation,
    product,
    resource,
    service,
    sync,
    tariff,
)
from data.tables.base import Table

metadata = SQLModel.metadata

_MODULES = (
    account,
    content,
    customer,
    document,
    eligibility,
    finance,
    network,
    order,
    organisation,
    product,
    resource,
    service,
    sync,
    tariff,
)


@cache
def all_tables() -> dict[str, type[Table]]:
    """Every table class by its table name."""
    found = {}
    for module in _MODULES:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Table) and value is not Table:
                found[str(value.__tablename__)] = value
    return found
