"""What every table that headquarters publishes says of itself, held against all of them."""

from __future__ import annotations

from typing import Any

import pytest

from data.references import references_of, references_to
from data.statements import columns, keys, table_name
from data.store import Store
from data.tables import all_tables
from data.tables.base import Table
from tests.hall import Hall

PUBLISHED = {name: model for name, model in all_tables().items() if model.__owner__.part}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_row_that_an_outlet_may_refer_to_stays_when_it_ends(name: str) -> None:
    """What an outlet wrote without a link refers to it: it can't be gone there."""
    model = PUBLISHED[name]
    by = [each.model for each in references_to(model) if not each.model.__owner__.is_headquarters]
    hard = [each for each in by if any(key.column.table.name == name for key in _keys(each))]
    assert model.__ended__ or not hard


def _keys(model: type[Table]) -> list[Any]:
    return list(model.table().foreign_keys)


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_a_table_says_of_its_columns_is_there(name: str) -> None:
    model = PUBLISHED[name]
    named = {*model.__ended__, *model.__identity__, *model.__refers__}
    assert named <= set(columns(model)) - {*keys(model), "revision"}
    assert {name for names in model.__refers__.values() for name in names} <= set(PUBLISHED)


def test_what_the_demonstration_refers_to_is_there(hall: Hall) -> None:
    store: Store = hall.store
    with store.reading() as reading:
        for model in PUBLISHED.values():
            for row in reading.all(model):
                for each in references_of(model):
                    value = getattr(row, each.column)
                    if each.says(value):
                        assert each.named(reading, value), (table_name(model), each.column, value)
