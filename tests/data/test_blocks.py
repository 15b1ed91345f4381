"""Many rows asked for at once, a block at a time: the same as one after the other, whatever their number."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Select, bindparam, select

from data.statements import BLOCK, any_of, blocks
from data.store import Store
from data.tables.organisation import RoleRight
from data.tables.sync import Setting
from tests.data.conftest import author

_rights = RoleRight.table()


@pytest.mark.parametrize("count", [0, 1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 1])
def test_blocks_hold_each_value_and_nothing_else(count: int) -> None:
    found = list(blocks([*range(count), *range(count)]))
    assert all(size == len(block) and size in {1, BLOCK} for size, block in found)
    assert [value for _, block in found for value in dict.fromkeys(block)] == list(range(count))


@pytest.mark.parametrize("count", [0, 1, 2, BLOCK, BLOCK + 1])
def test_several_rows_by_keys_of_two_parts(store: Store, count: int) -> None:
    with store.transaction(author()) as tx:
        rows = [{"role": f"r{n % 7}", "business": f"B{n}", "approval": "alone"} for n in range(count + 3)]
        tx.add_many(RoleRight, rows)
        wanted = [(row["role"], row["business"]) for row in rows[:count]]
        found = tx.several(RoleRight, [*wanted, ("r1", "B0"), *wanted])
        assert set(found) == set(wanted)  # each part of a key counts: there is no r1 with B0
        for role, business in wanted:
            assert found[role, business] == tx.one(RoleRight, role=role, business=business)


def _of_role(most: int) -> Select[Any]:
    return select(*_rights.c).where(_rights.c.role == bindparam("role"), any_of(_rights.c.business, most))


def test_a_statement_among_many_values_finds_each_once(store: Store) -> None:
    with store.transaction(author()) as tx:
        rows = [{"role": role, "business": f"B{n}", "approval": "alone"} for n in range(BLOCK + 5) for role in "ab"]
        tx.add_many(RoleRight, rows)
        wanted = [f"B{n}" for n in range(2, BLOCK + 9)]
        found = tx.models_among(RoleRight, _of_role, [*wanted, "B2"], role="a")
        assert sorted(row.business for row in found) == sorted(f"B{n}" for n in range(2, BLOCK + 5))
        assert {row.role for row in found} == {"a"}
        assert tx.among(_of_role, [], role="a") == []


def test_what_was_written_meanwhile_is_seen(store: Store) -> None:
    with store.transaction(author()) as tx:
        tx.add(Setting, name="x", value="1")
        assert tx.several(Setting, [("x",), ("y",)])["x",].value == "1"
        tx.change(tx.one(Setting, name="x"), value="2")
        assert tx.several(Setting, [("x",)])["x",].value == "2"
