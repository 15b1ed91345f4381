"""Codes that name a row of another table: what is there, what is usual, what has ended, what is going to be there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.management.kit import naming
from boss_tui.management.m05.goods import BLANKS, HANDSETS
from boss_tui.management.m05.resources import SEGMENTS
from data.references import references_of
from data.tables.edition import Edition, EditionLine
from data.tables.organisation import Outlet
from data.tables.product import Product
from data.tables.resource import SimKind
from data.tables.stock import BlankCard
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

__all__ = ["empty_store", "tx"]

ME, OTHER = "3001", "3002"


def kind(code: str, **values: Any) -> Any:
    return row(SimKind, code=code, **{"state": "active", **values})


def coming(code: str, author: str, state: str, **line: Any) -> list[Any]:
    """A kind of card that an edition is going to add."""
    made = {"edition": code, "table_name": "sim_kind", "row_key": json.dumps([code]), "op": "add", "after": "{}"}
    return [
        row(Edition, id=code, number=sum(map(ord, code)), author=author, state=state),
        row(EditionLine, **{**made, **line}),
    ]


@pytest.mark.parametrize(
    ("rows", "typed", "told"),
    [
        ([kind("64K")], "64K", ""),
        ([], "64K", "There is no kind of SIM card 64K."),
        ([kind("64K")], "32K", ""),  # the usual one, which nobody has to know
        ([kind("64K", state="ended")], "64K", "kind of SIM card 64K has ended."),
        ([], "", ""),
        (coming("64K", ME, "draft"), "64K", ""),
        (coming("64K", ME, "submitted"), "64K", ""),
        (coming("64K", OTHER, "approved"), "64K", ""),
        (coming("64K", OTHER, "draft"), "64K", "There is no kind of SIM card 64K."),
        (coming("64K", OTHER, "submitted"), "64K", "There is no kind of SIM card 64K."),
        (coming("64K", ME, "withdrawn"), "64K", "There is no kind of SIM card 64K."),
        (coming("64K", ME, "draft", op="change"), "64K", "There is no kind of SIM card 64K."),
        (coming("64K", ME, "draft", dropped=1), "64K", "There is no kind of SIM card 64K."),
        (coming("8K", ME, "draft"), "64K", "There is no kind of SIM card 64K."),
    ],
)
def test_a_code_names_what_is_there_or_is_going_to_be(tx: Loose, rows: list[Any], typed: str, told: str) -> None:
    tx.put(*rows)
    found = naming.unnamed(tx, BLANKS, {"kind": typed}, ME)
    assert {name: str(message) for name, message in found.items()} == ({"kind": told} if told else {})


def test_what_an_entity_says_of_a_column_is_beside_what_the_database_knows() -> None:
    known = references_of(BlankCard)
    said, where = [each for each in naming.references(BLANKS) if each not in known]
    assert (said.column, said.targets, said.enforced) == ("kind", ((SimKind, "code"),), False)
    assert (where.column, where.targets, where.enforced) == ("outlet", ((Outlet, "code"),), False)
    assert naming.references(SEGMENTS) == references_of(SEGMENTS.model)
    assert [each.targets[0][0] for each in naming.references(HANDSETS) if each.column == "model"] == [Product]
