"""Rows as they are inserted: a table with what is put into it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.tables.base import Table

Rows = Iterator[tuple[type[Table], list[dict[str, Any]]]]


def table(names: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> list[dict[str, Any]]:
    """Rows by the names of their columns."""
    return [dict(zip(names, row, strict=True)) for row in rows]
