"""Rows as they stand in the store, fetched by their keys many at a time. Not a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select

from boss_tui.verify.rule import columns_of
from data.statements import columns, keys
from data.store import Reading
from data.tables.base import Table

Key = tuple[Any, ...]
Row = dict[str, Any]
BATCH = 100


@cache
def _by_keys(model: type[Table]) -> Select[Any]:
    """The rows of a batch of keys; the batch has always the same size, so that the statement is compiled once."""
    table, names = columns_of(model), keys(model)
    if len(names) == 1:
        fits = table.c[names[0]].in_([bindparam(f"k{n}_0") for n in range(BATCH)])
    else:
        fits = or_(
            *(and_(*(table.c[name] == bindparam(f"k{n}_{i}") for i, name in enumerate(names))) for n in range(BATCH))
        )
    return select(*table.c).where(fits)


def batches(wanted: Iterable[Key]) -> Iterator[list[Key]]:
    """Keys, a batch at a time."""
    source = iter(wanted)
    while batch := list(islice(source, BATCH)):
        yield batch


def rows_of(reading: Reading, model: type[Table], wanted: Iterable[Key]) -> dict[Key, Row]:
    """The rows with these keys, by key; those that are not there are left out."""
    names, key_names = columns(model), keys(model)
    found: dict[Key, Row] = {}
    for batch in batches(wanted):
        full = batch + [batch[0]] * (BATCH - len(batch))
        values = {f"k{n}_{i}": part for n, key in enumerate(full) for i, part in enumerate(key)}
        for values_found in reading.rows(_by_keys(model), **values):
            row = dict(zip(names, values_found, strict=True))
            found[tuple(row[name] for name in key_names)] = row
    return found
