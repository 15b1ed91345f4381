"""The numbers that managers own: what is published stands, of the business before that of all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data.parameters import FEN_A_POINT, FOLLOW_UP_DAYS, PARAMETERS
from data.store import Store
from data.tables.parameter import Parameter
from tests.data.conftest import author

Row = tuple[str, str, int]


@pytest.mark.parametrize(
    ("published", "of_c1", "of_c10"),
    [
        ([], 3, 7),
        ([("follow_up_days", "", 5)], 5, 5),
        ([("follow_up_days", "C10", 9)], 3, 9),
        ([("follow_up_days", "", 5), ("follow_up_days", "C10", 9)], 5, 9),
        ([("follow_up_days", "", 0), ("fen_a_point", "C10", 9)], 0, 0),
    ],
)
def test_what_is_published_stands(sqlite_store: Store, published: Sequence[Row], of_c1: int, of_c10: int) -> None:
    with sqlite_store.transaction(author(), journalled=False) as tx:
        tx.add_many(Parameter, [dict(zip(("name", "business", "value"), row, strict=True)) for row in published])
    with sqlite_store.reading() as reading:
        assert (FOLLOW_UP_DAYS.of(reading, "C1"), FOLLOW_UP_DAYS.of(reading, "C10")) == (of_c1, of_c10)
        assert FEN_A_POINT.of(reading, "C12") == 100


def test_another_number_counts_from_the_moment_that_it_is_published(sqlite_store: Store) -> None:
    with sqlite_store.transaction(author(), journalled=False) as tx:
        row = tx.add(Parameter, name="follow_up_days", business="", value=5)
        assert FOLLOW_UP_DAYS.of(tx, "C1") == 5
        tx.change(row, value=6)
        assert FOLLOW_UP_DAYS.of(tx, "C1") == 6
    with sqlite_store.reading() as reading:
        assert FOLLOW_UP_DAYS.of(reading, "C1") == 6


def test_each_has_a_name_of_its_own_that_its_constant_bears() -> None:
    import data.parameters as module

    assert {name: getattr(module, name.upper()) for name in PARAMETERS} == PARAMETERS
