"""What a statement says itself, so that SQLite plans it once."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, select

from data.conditions import compared
from data.statements import said_of
from data.store import Store
from data.tables.base import Table
from data.tables.finance import Shift
from data.tables.life import ValueChange
from data.tables.network import NetworkCommand
from data.tables.order import ProductOrder


@pytest.mark.parametrize(
    ("model", "columns"),
    [(Shift, {"state"}), (ValueChange, {"field"}), (NetworkCommand, {"news"}), (ProductOrder, {"state"})],
)
def test_the_columns_are_those_that_partial_indexes_go_by(model: type[Table], columns: set[str]) -> None:
    assert compared(model) == columns


def test_a_word_that_a_condition_knows_is_said_and_what_people_type_never_is(store: Store) -> None:
    sql = store.statements.select(Shift, ("till", "state"), (), said_of(Shift, {"till": "T", "state": "open"})).sql
    assert sql.endswith("WHERE till = ? AND state = 'open'") or sql.endswith("WHERE till = %(till)s AND state = 'open'")
    assert said_of(ValueChange, {"subject": "number", "field": "x' OR '1'='1"}) == ()


def test_it_is_asked_for_all_the_same(store: Store) -> None:
    with store.reading() as reading:
        for field in ("number", "x' OR '1'='1", "50%"):
            assert reading.all(ValueChange, subject="none", field=field) == []


def test_statements_say_their_own_numbers_and_words_and_take_what_is_handed_over(store: Store) -> None:
    order = ProductOrder.table()
    statement = (
        select(order.c.id)
        .where(order.c.state.in_(("held", "pending")), order.c.business == "C1", order.c.state != bindparam("state"))
        .limit(7)
    )
    sql = store.statements.of(statement).sql
    assert "product_order.state IN ('held', 'pending')" in sql
    assert "LIMIT 7" in sql
    assert "'C1'" not in sql
    with store.reading() as reading:
        assert reading.rows(statement, state="held") == []
