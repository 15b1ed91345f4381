"""Which acts write what, as headquarters works it out of an entry's kind and of the orders in it: each alone."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.desk.basket import BASKET
from boss_tui.headquarters.rules import writes
from boss_tui.headquarters.rules.writes import ANY, acts_of, frozen
from data.journal import Change
from data.tables.order import OrderItem, ProductOrder
from data.tables.service import Interaction
from data.tables.stock import StockPiece
from data.tables.sync import AccessLog
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order


@pytest.mark.parametrize(
    ("kind", "businesses", "acts"),
    [
        ("C12", {"C12"}, {ANY, "order", "", "C12"}),
        ("C7.1", {"C7.1"}, {ANY, "order", "", "C7.1", "C7"}),
        ("C7.1.completion", {"C7.1"}, {ANY, "order", "completion", "C7.1", "C7"}),
        ("C1.a.b", {"C1"}, {ANY, "order", "a.b", "C1"}),
        ("C1", set(), {ANY}),
        ("C7.1", {"C7.2"}, {ANY}),
        ("C1", {"C1", "C2"}, {ANY}),
        (BASKET, {"C1", "C7.1"}, {ANY, "order", "", "C1", "C7", "C7.1"}),
        (BASKET, set(), {ANY, BASKET}),
        ("shift.close", set(), {ANY, "shift", "shift.close"}),
        ("shift.close", {"C1"}, {ANY, "shift", "shift.close"}),
        ("draft", set(), {ANY, "draft"}),
        ("C99", {"C99"}, {ANY, "C99"}),
        ("order", {"C1"}, {ANY}),
        ("order.close", {"C1"}, {ANY, "order.close"}),
        ("cancellation", {"C1"}, {ANY}),
    ],
)
def test_an_entry_is_what_its_kind_says_and_the_orders_in_it_are_of(
    kind: str, businesses: set[str], acts: set[str]
) -> None:
    assert acts_of(kind, businesses) == acts


def told(rows: list[Any], kind: str, *new: Fact, changed: list[Change] | None = None) -> list[tuple[str, Any]]:
    """What no act of the entry writes: the reason, and the row or what is not here."""
    found = writes.judge(known(*rows), claim(*new, changed=changed or [], kind=kind))
    return [(fault.reason, fault.detail.get("what") or fault.detail["value"]) for fault in found]


HERE = row(ProductOrder, id="o0", business="C7.1", state="inProgress")
DONE = change("product_order", "o0", state="completed")
ITEM: Fact = (OrderItem, {"id": "i", "order_id": "o1"})


@pytest.mark.parametrize(
    ("kind", "new", "changed", "found"),
    [
        ("C12", [order(), ITEM], [], []),
        ("C1", [order(), ITEM], [], [("act", "product_order o1")]),
        ("C12", [ITEM], [], [("act", "order_item i")]),
        ("shift.close", [ITEM], [], [("act", "order_item i")]),
        ("shift.close", [(AccessLog, {"id": "a"})], [], []),
        ("control.run", [(Interaction, {"id": "n"})], [], []),
        ("C7.1.completion", [], [DONE], []),
        ("C7.2.completion", [], [DONE], [("act", "product_order o0")]),
        ("network.answer", [], [DONE], [("act", "product_order o0")]),
        ("shift.close", [], [DONE], [("act", "product_order o0")]),
        ("C12", [order()], [change("product_order", "o1", state="completed")], []),
        ("C12", [], [change("product_order", "o9", state="completed")], [("dangling", "o9")]),
        ("C7.1.cancellation", [], [change("product_order", "o0", state="cancelled", approved_by="2001")], []),
        (
            "C7.1.completion",
            [],
            [change("product_order", "o0", state="completed", approved_by="2001")],
            [("act", "product_order o0")],
        ),
        ("shift.close", [], [change("shift", "s", state="closed", revision=2)], []),
        ("shift.close", [], [change("shift", "s", state="closed", operator="1002")], [("act", "shift s")]),
        ("draft", [], [change("alarm", "x", state="seen")], []),
        ("draft", [], [change("shift", "s", revision=2)], []),
        ("C2", [], [change("subscription", "l", number="138")], [("act", "subscription l")]),
    ],
)
def test_what_no_act_of_an_entry_writes_is_told(
    kind: str, new: list[Fact], changed: list[Change], found: list[tuple[str, str]]
) -> None:
    assert told([HERE], kind, *new, changed=changed) == found


@pytest.mark.parametrize(
    ("kind", "table", "wrong"),
    [
        ("draft", "figure", False),
        ("shift.close", "running_total", False),
        ("draft", "running_total", True),
        ("shift.close", "loyalty_account", True),
        ("password.try", "password_tries", False),
        ("password.change", "password_tries", True),
    ],
)
def test_figures_grow_by_acts_that_count(kind: str, table: str, wrong: bool) -> None:
    grown = [Change(table, "increase", ("k",), 0, {"amount": 1})]
    assert told([], kind, changed=grown) == ([("act", f"{table} k")] if wrong else [])


def test_a_row_is_told_by_the_first_part_of_its_key() -> None:
    for op, values in (("change", {"until": "x"}), ("increase", {"tries": 1})):
        table = "delegation" if op == "change" else "running_total"
        assert told([], "draft", changed=[Change(table, op, ("HZ01", 7), 1, values)]) == [("act", f"{table} HZ01")]
    grown = [Change("running_total", "increase", (key,), 0, {"amount": 1}) for key in ("first", "second")]
    assert told([], "draft", changed=grown) == [("act", "running_total first")]
    piece = {"count_id": "c", "kind": "card", "of": "5000"}
    assert told([], "draft", (StockPiece, piece)) == [("act", "stock_piece c")]


def test_the_first_of_them_is_told_with_its_act() -> None:
    both = [change("shift", "s", operator="1002"), change("shift", "t", operator="1002")]
    (fault,) = writes.judge(known(), claim(changed=both, kind="shift.close"))
    assert fault.detail == {"what": "shift s", "table": "shift", "act": "shift.close"}
    (fault,) = writes.judge(known(), claim(changed=[change("product_order", "o9", state="failed")], kind="work"))
    assert fault.detail == {"table": "product_order", "column": "id", "value": "o9"}


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ([], ""),
        ([change("shift", "s", state="closed", revision=2)], ""),
        ([change("shift", "s", till="x", operator="1002", reason="x")], "shift s: operator, till"),
        ([change("shift", "s", state="closed"), change("shift", "t", operator="x")], "shift t: operator"),
        ([change("shift", "s", outlet="x"), change("shift", "t", operator="x")], "shift s: outlet"),
        ([Change("delegation", "change", ("HZ01", 7), 1, {"until": "x"})], "delegation HZ01: until"),
        ([Change("shift", "add", ("s",), 0, {"operator": "x"})], ""),
        ([Change("figure", "increase", ("s",), 0, {"count": 1})], ""),
    ],
)
def test_a_column_that_no_act_moves_is_for_ever(changes: list[Change], first: str) -> None:
    assert frozen(changes) == first


def test_a_cancellation_brings_what_the_network_is_told_since_then() -> None:
    """An order of C6 beside the one that is cancelled (`boss_tui.desk.cancelling`): it counts as no business there."""
    assert acts_of("C4.3.cancellation", {"C4.3", "C6"}) == acts_of("C4.3.cancellation", {"C4.3"})
    assert "C6" not in acts_of("C3.cancellation", {"C3", "C6"})
    assert "C6" in acts_of("C6.cancellation", {"C6"})
    assert acts_of("C3.cancellation", {"C3", "C2"}) == {ANY}
    assert acts_of("C3.completion", {"C3", "C6"}) == {ANY}
