"""What a trial of an edition refuses: each condition alone, over an empty store."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.editions import rehearsal
from boss_tui.editions.lines import RowEdit, put
from boss_tui.editions.scope import HERE, scopes_here, scopes_of
from data.tables import all_tables
from data.tables.customer import Category
from data.tables.organisation import Counter, Outlet
from data.tables.product import Product
from data.tables.sync import Setting
from data.tables.tariff import PriceRule
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.editions.test_standing_edges import ADDED, AFTER, BEFORE, published

__all__ = ["empty_store", "tx"]


@pytest.mark.parametrize(
    ("row_", "named", "ended_on", "told"),
    [
        ({}, {"valid_to": DAY}, AFTER, ""),
        ({"valid_to": ""}, {"valid_to": ""}, "", ""),
        ({"valid_to": ""}, {"valid_to": DAY}, "", DAY),
        ({"valid_to": ""}, {}, "", ""),
        ({"valid_to": DAY}, {"valid_to": DAY}, "", ""),
        ({"valid_to": AFTER}, {"valid_to": DAY}, "", DAY),
        ({"valid_to": BEFORE}, {"valid_to": DAY}, "", ""),
        ({"valid_to": DAY}, {}, DAY, DAY),
        ({"valid_to": BEFORE}, {}, DAY, ""),
        ({"valid_to": ""}, {"valid_to": AFTER}, DAY, DAY),
    ],
)
def test_what_is_named_lasts_as_long(row_: dict[str, str], named: dict[str, str], ended_on: str, told: str) -> None:
    assert rehearsal._outlived(row_, named, ended_on) == told


RANK = RowEdit("category", ("c",), "change", {"rank": 2})


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ({}, [(0, "Nothing is changed by it")]),
        ({0: RANK}, []),
        ({0: RANK, 3: RowEdit("category", ("d",), "end", {})}, []),
        ({0: RANK, 3: RowEdit("category", ("c",), "end", {})}, [(0, "twice"), (3, "twice")]),
        ({0: RANK, 3: RowEdit("category", ("c",), "undo", {"item": 1})}, []),
        ({2: RowEdit("category", ("c",), "change", {})}, [(2, "Nothing of")]),
        ({2: RowEdit("category", ("c",), "end", {})}, []),
        ({2: RowEdit("category", ("c",), "change", {"rank": "x"})}, [(2, "A whole number")]),
    ],
)
def test_lines_that_can_t_be_are_refused_before_they_are_tried(
    lines: dict[int, RowEdit], told: list[tuple[int, str]]
) -> None:
    found = list(rehearsal._unfit(lines))
    assert [each.position for each in found] == [position for position, _ in told]
    assert all(part in str(each.message) for each, (_, part) in zip(found, told, strict=True))


def test_there_are_no_more_lines_than_can_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "MOST_LINES", 1)
    assert [each.position for each in rehearsal._unfit({1: RANK})] == []
    two = {1: RANK, 2: RowEdit("category", ("d",), "end", {})}
    assert ["2 lines; 1" in str(each.message) for each in rehearsal._unfit(two)] == [True]


@pytest.mark.parametrize(
    ("op", "lines", "fault"),
    [
        ("add", [], False),
        ("add", [ADDED], True),
        ("add", [ADDED, published(2, "end")], False),
        ("change", [], True),
        ("change", [ADDED], False),
        ("change", [ADDED, published(2, "end")], False),
        ("end", [], True),
        ("end", [ADDED], False),
        ("end", [ADDED, published(2, "end")], True),
        ("undo", [], False),
    ],
)
def test_a_row_is_there_for_what_is_done_to_it(tx: Loose, op: Any, lines: list[Any], fault: bool) -> None:
    tx.put(*lines)
    found = list(rehearsal._out_of_place(tx, {4: RowEdit("category", ("c",), op, {})}, DAY, ""))
    assert [each.position for each in found] == ([4] if fault else [])


PRICE = {"id": "p", "item": "card", "product": "", "valid_from": "", "valid_to": ""}


@pytest.mark.parametrize(
    ("op", "values", "product", "later", "told"),
    [
        ("add", {}, {}, "", ""),
        ("add", {}, None, "", "There is no"),
        ("change", {"amount": 1}, None, "", "There is no"),
        ("add", {}, {"state": "retired"}, "", "has ended"),
        ("change", {"amount": 1}, {"state": "retired"}, "", ""),  # it was named before that ended
        ("change", {"product": "P"}, {"state": "retired"}, "", "has ended"),
        ("change", {"valid_to": ""}, {"state": "retired"}, "", "has ended"),
        ("add", {}, {"valid_to": AFTER}, "", "ends on"),
        ("change", {"amount": 1}, {"valid_to": AFTER}, "", ""),
        ("add", {}, {"state": "retired"}, AFTER, "ends on"),
        ("add", {"valid_to": DAY}, {"state": "retired"}, AFTER, ""),
    ],
)
def test_what_a_row_names_is_there_as_long_as_it_is(
    tx: Loose, op: Any, values: dict[str, Any], product: dict[str, Any] | None, later: str, told: str
) -> None:
    if product is not None:
        rest = {name: value for name, value in product.items() if name != "state"}
        tx.put(row(Product, code="P", **rest, **(Product.__ended__ if "state" in product else {})))
    here = row(PriceRule, id="p", product="P", valid_to=values.get("valid_to", ""))
    edit = RowEdit("price_rule", ("p",), op, values)
    used: list[str] = []
    left = {**here.__dict__, "item": None}
    found = list(rehearsal._names_nothing(tx, 5, edit, left, DAY, later, lambda _, model: used.append(model.__name__)))
    of_product = [str(each.message) for each in found if each.column == "product"]
    assert [told in each for each in of_product] == ([True] if told else [])
    assert "Product" in used


@pytest.mark.parametrize(("state_", "told"), [("active", True), ("closed", False)])
def test_what_has_ended_itself_may_name_what_has(tx: Loose, state_: str, told: bool) -> None:
    tx.put(row(Outlet, code="O", **Outlet.__ended__))
    edit, here = RowEdit("counter", ("k",), "add", {}), row(Counter, code="k", outlet="O", state=state_)
    found = list(rehearsal._names_nothing(tx, 5, edit, here.__dict__, DAY, "", rehearsal.unnoted))
    assert bool(found) is told


@pytest.mark.parametrize(
    ("op", "coming", "told"),
    [
        ("end", [], False),
        ("end", [published(7, rank=3, day=AFTER)], True),
        ("end", [published(7, "add", day=AFTER)], False),  # it is there anew from then on
        ("change", [published(7, rank=3, day=AFTER)], False),
        ("undo", [published(7, rank=3, day=AFTER)], False),  # the row stands all the same
    ],
)
def test_what_ends_is_not_changed_later(tx: Loose, op: Any, coming: list[Any], told: bool) -> None:
    state = "ended" if op == "end" else "active"
    tx.put(ADDED, *coming, row(Category, code="c", name_zh="x", state=state))
    found = list(rehearsal._later(tx, {4: RowEdit("category", ("c",), op, {})}, DAY))
    assert [(each.position, AFTER in str(each.message)) for each in found] == ([(4, True)] if told else [])


@pytest.mark.parametrize(
    ("here", "outlet", "scope", "rank"),
    [
        (False, "", "", 2),
        (False, "", "region:y", 2),  # as this store stands, whomever the lines are for
        (False, "H1", "", 2),
        (False, "H1", "region:x", 2),
        (False, "H1", "region:y", 1),
        (False, "H9", "region:x", 1),
        (True, "H1", "region:x", 1),  # an outlet's store stands where it is
    ],
)
def test_rows_are_tried_as_an_outlet_will_have_them(tx: Loose, here: bool, outlet: str, scope: str, rank: int) -> None:
    tx.put(ADDED, row(Outlet, code="H1", region="x", channel="own"))
    if here:
        tx.put(row(Setting, name=HERE, value='[""]'))
    put(tx, [("category", ("c",))], DAY)
    before = scopes_here(tx)
    with rehearsal.as_if(tx, {0: RANK}, DAY, DAY, scope=scope, outlet=outlet):
        assert tx.one(Category, code="c").rank == rank
        assert scopes_here(tx) == (before if here or not outlet else frozenset(scopes_of(tx, outlet)))
    assert (tx.one(Category, code="c").rank, scopes_here(tx)) == (1, before)


def test_at_an_outlet_of_a_region_rows_stand_as_that_region_has_them(tx: Loose) -> None:
    tx.put(ADDED, published(2, rank=7, scope="region:x"), row(Outlet, code="H1", region="x", channel="own"))
    tx.put(row(Outlet, code="H2", region="y", channel="own"))
    put(tx, [("category", ("c",))], DAY)
    for outlet, rank in (("", 1), ("H1", 7), ("H2", 1)):
        with rehearsal.as_if(tx, {}, DAY, DAY, outlet=outlet):
            assert tx.one(Category, code="c").rank == rank, outlet


@pytest.mark.parametrize("scope", ["", "region:x", "channel:own", "outlet:H1"])
def test_what_headquarters_alone_goes_by_is_told_to_all(scope: str) -> None:
    """An edition for a part of the outlets would be in force, and nobody would go by it."""
    rows = {name for name, model in all_tables().items() if model.__scope__ == "headquarters"}
    assert rows == {"class_rule", "rating_score", "number_group", "imsi_block", "access_code"}
    lines = {n: RowEdit(name, ("c",), "change", {}) for n, name in enumerate(("category", *sorted(rows)))}
    found = [each.position for each in rehearsal._in_vain(lines, scope)]
    assert found == ([] if scope == "" else [1, 2, 3, 4, 5])
