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
from data.tables.order import OrderItem, ProductOrder, SubscriptionProduct
from data.tables.product import Product, ProductRelation
from data.tables.provider import ProviderService, ProviderSubscription
from data.tables.resource import NumberGrade, PhoneNumber, SimCard
from data.tables.service import ChargeSchedule
from data.tables.stock import Handset, RechargeCard
from data.tables.tariff import PriceRule
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


def fresh(**values: Any) -> Callable[[Body, dict[str, Any]], None]:
    """An opening that says something else of the plan that it sells."""

    def alter(body: Body, _: dict[str, Any]) -> None:
        items = [each[4] for each in body["changes"] if each[0] == "order_item"]
        next(each for each in items if each["kind"] == "plan").update(values)

    return alter


FRESH = {
    "another plan": (fresh(product="P88"), "form"),
    "it was sold twice": (fresh(count=0), "form"),
    "it costs more each month": (fresh(monthly=1), "price"),
}
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


@pytest.mark.parametrize(("what", "on_a_stick"), at_doors(FRESH))
def test_what_is_sold_is_what_was_asked_for(tmp_path: Path, what: str, *, on_a_stick: bool) -> None:
    alter, reason = FRESH[what]
    (found,) = push(headquarters(tmp_path), lying(morning(), alter), tmp_path if on_a_stick else None)
    assert (found.reason, found.state) == (reason, "open")


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
    back = order(reverses="o0", form_json="{}")  # of what takes another one back nothing else is asked
    here = row(ProductOrder, **order(id="o0", form_json="{}")[1])
    also = (new[0], {**new[1], "id": "back", "order_id": "o1", "count": -new[1]["count"]})
    assert told(sold.judge(known(*THERE, before, gone, here), claim(back, new, also))) == [("sums", False)] * wrong


NUMBER = row(PhoneNumber, number="138", grade="N", state="idle")
CARD = row(SimCard, iccid="89", kind="32K", state="stock")
PHONE = row(Handset, imei="35", model="S", state="stock")
OURS = row(Handset, imei="36", model="S", state="sold")
PIN = row(RechargeCard, serial="7", face_value=5000, state="stock")
OUT: dict[str, Any] = {"state": "sold"}


@pytest.mark.parametrize(
    ("made", "changed", "wrong"),
    [
        ([item("number", "N")], [change("phone_number", "138", **OUT)], 0),
        ([], [change("phone_number", "138", **OUT)], 1),
        ([item("number", "N")], [], 1),
        ([item("number", "N", 0)], [change("phone_number", "138", **OUT)], 1),
        ([item("number", "N", 2)], [change("phone_number", "138", **OUT)], 1),
        ([item("number", "N", monthly=1)], [change("phone_number", "138", **OUT)], 1),
        ([item("number", "N")], [change("phone_number", "138", state="quarantined")], 1),
        ([item("sim", "32K")], [change("sim_card", "89", **OUT)], 0),
        ([item("sim", "64K")], [change("sim_card", "89", **OUT)], 1),
        ([item("sim", "32K"), (SimCard, {"iccid": "88", "kind": "32K"})], [], 0),
        ([(SimCard, {"iccid": "88", "kind": "32K"})], [], 1),
        ([item("goods", "S")], [change("handset", "35", **OUT)], 0),
        ([item("goods", "S", -1)], [change("handset", "36", state="returned")], 0),
        ([item("goods", "S", -1)], [change("handset", "36", state="faulty")], 0),
        ([item("goods", "S")], [change("handset", "36", state="returned")], 1),
        ([], [change("handset", "36", state="returned"), change("handset", "35", **OUT)], 0),
        ([], [change("handset", "36", **OUT)], 0),
        ([item("card", "5000")], [change("recharge_card", "7", **OUT)], 0),
        ([item("card", "5000", 2)], [change("recharge_card", "7", **OUT)], 1),
        ([item("card", "5000", -1)], [change("recharge_card", "7", state="void")], 1),
        ([item("number", "N", order_id="o2")], [change("phone_number", "138", **OUT)], 1),
    ],
)
def test_pieces_are_those_that_go_out_and_come_back(made: Sequence[Fact], changed: Sequence[Any], wrong: int) -> None:
    rows = [*THERE, NUMBER, CARD, PHONE, OURS, PIN, row(Product, code="S", kind="goods")]
    rows = [each for each in rows if getattr(each, "kind", "") != "service"]
    found = told(sold.judge(known(*rows), claim(order(), *made, changed=changed)))
    assert [reason for reason, _ in found] == ["sums"] * wrong or (wrong and found == [("price", False)])


OPENS = {"id": "o1", "subscription_id": "s1"}
CHARGED: Fact = (
    ChargeSchedule,
    {"id": "c", "subscription_id": "s1", "item": "fee", "product": "P", "amount": 900},
)
CONTAINS = row(ProductRelation, product="P", other="S", relation="contains")


@pytest.mark.parametrize(
    ("form", "made", "wrong"),
    [
        ({"plan": "P"}, [item(monthly=900), CHARGED], ""),
        ({"plan": "P"}, [item(monthly=901), CHARGED], "price"),
        ({"plan": "P"}, [item(monthly=0), CHARGED], "price"),
        ({"plan": "P"}, [item(monthly=900), (ChargeSchedule, {**CHARGED[1], "subscription_id": "s2"})], "price"),
        ({"plan": "P"}, [item(monthly=900, amount=1), CHARGED], "price"),
        ({"plan": "P"}, [item(monthly=900, count=2), CHARGED], "form"),
        ({"plan": "P"}, [], "form"),
        ({"plan": "P"}, [item(monthly=900), item("service", "S"), CHARGED], "form"),
        ({"plan": "P", "services": ["S"]}, [item(monthly=900), item("service", "S"), CHARGED], ""),
        ({"plan": "P", "services": ["S"]}, [item(monthly=900), CHARGED], "form"),
    ],
)
def test_an_opening_sells_what_its_form_asks_for(form: dict[str, Any], made: Sequence[Fact], wrong: str) -> None:
    opens = order("C1", form_json=json.dumps(form), **OPENS)
    found = told(sold.judge(known(*THERE), claim(opens, *made)))
    assert found == [(wrong, False)] * bool(wrong)


def test_what_the_plan_contains_is_sold_with_it() -> None:
    opens = order("C1", form_json=json.dumps({"plan": "P", "services": ["S"]}), **OPENS)
    assert told(sold.judge(known(*THERE, CONTAINS), claim(opens, item(monthly=900), CHARGED))) == []


RULE: dict[str, Any] = {
    "id": "r",
    "business": "C1",
    "item": "fee",
    "product": "P",
    "amount": 900,
    "percent": 100,
    "monthly": 1,
    "rank": 1,
    "state": "published",
    "valid_from": "2026-01-01",
}
HAS = row(SubscriptionProduct, subscription_id="s1", product="P", state="active")


@pytest.mark.parametrize(
    ("business", "form", "rows", "made", "wrong"),
    [
        ("C8", {"plan": "P"}, [], [item(monthly=900)], ""),
        ("C8", {"plan": "P"}, [], [item(monthly=899)], "price"),
        ("C8", {"plan": "P"}, [], [], "form"),
        ("C8", {"plan": "P"}, [HAS], [], ""),
        ("C8", {"plan": "Q"}, [], [item(monthly=900)], "form"),
        ("C4.3", {"change": "prepaid", "plan": "P"}, [], [item(monthly=900)], ""),
        ("C4.3", {"change": "prepaid", "plan": "P"}, [], [], "form"),
        ("C4.3", {"change": "debit", "plan": "P"}, [], [], ""),
        ("C4.3", {"change": "debit", "plan": "P"}, [], [item(monthly=900)], "form"),
        ("C7.4", {"subscribe": ["S"]}, [], [item("service", "S")], ""),
        ("C7.4", {"subscribe": ["S"]}, [], [item("service", "S", monthly=1)], "price"),
        ("C7.4", {"subscribe": ["S"]}, [], [], "form"),
        ("C7.4", {"subscribe": ["S"], "cancel": ["S"]}, [], [], ""),
        ("C7.2", {"waiting": "y"}, [], [item("service", "S")], ""),
        ("C7.2", {"waiting": "n"}, [], [item("service", "S")], "form"),
        ("C7.2", {"hold": "y"}, [], [item("service", "S")], "form"),
        ("C7.2", {"waiting": "y"}, [], [], "form"),
        ("C7.2", {"waiting": "y"}, [row(SubscriptionProduct, subscription_id="s1", product="S")], [], ""),
    ],
)
def test_a_change_sells_what_begins_with_it(
    business: str, form: dict[str, Any], rows: Sequence[Any], made: Sequence[Fact], wrong: str
) -> None:
    change_of = order(business, form_json=json.dumps(form), **OPENS)
    there = [THERE[0], row(Product, code="S", kind="service", network_act="service:waiting"), row(PriceRule, **RULE)]
    found = told(sold.judge(known(*there, *rows), claim(change_of, *made)))
    assert found == [(wrong, False)] * bool(wrong)


def test_a_provider_s_service_costs_what_it_asks_for_each_month() -> None:
    begins = ProviderSubscription, {"id": "p", "subscription_id": "s1", "service": "V"}
    asks = [row(ProviderService, code="V", fee=500, rhythm="month")]
    for monthly, wrong in ((500, []), (0, ["price"]), (501, ["price"])):
        new = claim(order(), begins, item("provider", "V", monthly=monthly))
        assert [reason for reason, _ in told(sold.judge(known(*asks), new))] == wrong


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
    elsewhere = any(values["order_id"] == "o2" for _, values in back)  # no order of the entry's
    assert told(sold.judge(known(*THERE, here, SOLD), done)) == [("sums", False)] * elsewhere
    own = [(model, {**values, "order_id": {"o1": "r", "o2": "o3"}[values["order_id"]]}) for model, values in back]
    reverses = claim(order(id="r", reverses="o1", form_json="{}"), *own)
    assert told(sold.judge(known(*THERE, here, SOLD), reverses)) == [("sums", False)] * wrong
    another = claim(order(id="r", reverses="o1", form_json='{"a": 1}'), *own)
    assert told(sold.judge(known(*THERE, here, SOLD), another)) == [("sums" if elsewhere else "form", False)] * bool(
        back
    )


def test_what_an_order_sold_that_is_not_here_nobody_can_say() -> None:
    back = item(count=-1, amount=-500, monthly=-300)
    assert (
        told(sold.judge(known(*THERE), claim(back, changed=[change("product_order", "o1", state="cancelled")]))) == []
    )
    reverses = order(id="r", reverses="o1", form_json="{}")
    assert told(sold.judge(known(*THERE), claim(reverses, (back[0], {**back[1], "order_id": "r"})))) == []
