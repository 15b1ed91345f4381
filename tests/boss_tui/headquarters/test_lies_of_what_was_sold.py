"""An outlet whose reports say that something was sold that there is not, or that was taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.rules import sold
from data.journal import canonical
from data.tables.order import OrderItem, ProductOrder
from data.tables.product import Product
from data.tables.provider import ProviderService
from data.tables.resource import NumberGrade
from tests.boss_tui.components.rows import row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, order, published, told
from tests.boss_tui.headquarters.liar import (
    Body,
    Told,
    at_doors,
    chained,
    hall,
    headquarters,
    journal,
    lying,
    morning,
    push,
)
from tests.hall import FACTS
from tests.homes import of_this_run


@cache
def _cancelled() -> str:
    """An opening that is called off: the hall's journal as JSON."""
    at = hall(of_this_run("sold"))
    at.desk.orders.cancel(at.open_account().serial, "mistaken", FACTS.supervisor, FACTS.password)
    found = json.dumps(journal(at))
    at.store.close()
    return found


def cancelled(alter: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] = lambda items: items) -> Told:
    """The journal, with other items in its last entry."""
    day: Told = json.loads(_cancelled())
    body = json.loads(day[-1]["body"])
    items = alter([each[4] for each in body["changes"] if each[0] == "order_item"])
    others = [each for each in body["changes"] if each[0] != "order_item"]
    body["changes"] = [*others, *(["order_item", "add", [each["id"]], 0, each] for each in items)]
    day[-1]["body"] = canonical(body)
    return chained(day, len(day) - 1)


def plans(**more: int) -> Callable[[list[dict[str, Any]]], list[dict[str, Any]]]:
    """The item of the plan with more in a column."""

    def alter(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {**each, **{name: each[name] + by for name, by in more.items()}} if each["kind"] == "plan" else each
            for each in items
        ]

    return alter


LIES = {
    "nothing came back": lambda _: [],
    "the plan stands": lambda items: [each for each in items if each["kind"] != "plan"],
    "the plan is worth more": plans(amount=1),
    "the plan is paid each month": plans(monthly=1),
}


def test_an_honest_one_is_believed(tmp_path: Path) -> None:
    assert push(headquarters(tmp_path), cancelled()) == []


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(LIES))
def test_what_was_called_off_was_not_sold(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    found = push(headquarters(tmp_path), cancelled(LIES[what]), tmp_path if on_a_stick else None)
    assert {(each.reason, each.state) for each in found} == {("sums", "open")}


def test_what_is_sold_there_is(tmp_path: Path) -> None:
    def alter(body: Body, _: dict[str, Any]) -> None:
        next(each[4] for each in body["changes"] if each[0] == "order_item" and each[4]["kind"] == "plan").update(
            product="NONE"
        )

    (found,) = push(headquarters(tmp_path), lying(morning(), alter))
    assert (found.reason, found.state) == ("sums", "open")


# where the rule turns

THERE = [
    row(Product, code="P", kind="plan"),
    row(Product, code="S", kind="service"),
    row(NumberGrade, code="N"),
    row(ProviderService, code="V"),
]


def item(kind: str = "plan", product: str = "P", count: int = 1, **new: Any) -> Fact:
    standard = {"id": f"{kind}{product}{count}{new}", "order_id": "o1", "amount": 0, "monthly": 0}
    return OrderItem, {"kind": kind, "product": product, "count": count, **standard, **new}


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        (item(), 0),
        (item("service"), 1),
        (item("service", "S"), 0),
        (item("goods", "S"), 1),
        (item("plan", "V"), 1),
        (item("plan", "OLD"), 0),
        (item("provider", "V"), 0),
        (item("provider", "P"), 1),
        (item("number", "N"), 0),
        (item("number", "P"), 1),
        (item("sim", "32K"), 0),
    ],
)
def test_each_kind_of_thing_is_published_as_such(new: Fact, wrong: int) -> None:
    before = published(1, "product", ["OLD"], "2026-01-01", "add", code="OLD", kind="plan")
    gone = published(2, "product", ["OLD"], "2026-02-01", "end")
    assert told(sold.judge(known(*THERE, before, gone), claim(order(), new))) == [("sums", False)] * wrong


SOLD = row(OrderItem, **item(amount=500, monthly=300, id="i")[1])


@pytest.mark.parametrize(
    ("back", "wrong"),
    [
        ([item(count=-1, amount=-500, monthly=-300)], 0),
        ([], 1),
        ([item(count=-1, amount=-499, monthly=-300)], 1),
        ([item(count=-1, amount=-500, monthly=-299)], 1),
        ([item(count=0, amount=-500, monthly=-300)], 1),
        ([item("service", "S", -1, amount=-500, monthly=-300)], 1),
        ([item(count=-1, amount=-500), item(count=0, monthly=-300)], 0),
        ([item(count=-1, amount=-500, monthly=-300, order_id="o2")], 1),
    ],
)
def test_nothing_of_an_order_that_is_taken_back_was_sold(back: Sequence[Fact], wrong: int) -> None:
    here = row(ProductOrder, **order(form_json="{}")[1])
    off = claim(*back, changed=[change("product_order", "o1", state="cancelled")])
    assert told(sold.judge(known(*THERE, here, SOLD), off)) == [("sums", False)] * wrong
    done = claim(*back, changed=[change("product_order", "o1", state="completed")])
    assert told(sold.judge(known(*THERE, here, SOLD), done)) == []
    own = [(model, {**values, "order_id": {"o1": "r", "o2": "o3"}[values["order_id"]]}) for model, values in back]
    reverses = claim(order(id="r", reverses="o1", form_json="{}"), *own)
    assert told(sold.judge(known(*THERE, here, SOLD), reverses)) == [("sums", False)] * wrong
    another = claim(order(id="r", reverses="o1", form_json='{"a": 1}'), *own)
    assert told(sold.judge(known(*THERE, here, SOLD), another)) == []


def test_what_an_order_sold_that_is_not_here_nobody_can_say() -> None:
    back = item(count=-1, amount=-500, monthly=-300)
    assert (
        told(sold.judge(known(*THERE), claim(back, changed=[change("product_order", "o1", state="cancelled")]))) == []
    )
    reverses = order(id="r", reverses="o1", form_json="{}")
    assert told(sold.judge(known(*THERE), claim(reverses, (back[0], {**back[1], "order_id": "r"})))) == []
