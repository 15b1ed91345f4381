"""What is sold to whom today, what goes together, what a change of plan or service ends and begins (F4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from boss_tui.components.products.products import Basket, Products
from boss_tui.components.products.subscriptions import reached_by
from data.errors import NotAllowed, NotFound
from data.tables.life import Agreement, Suspension, ValueChange
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product, ProductRelation
from data.tables.resource import PhoneNumber
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, context, row

BEFORE, AFTER = "2026-11-22", "2026-11-24"
TODAY = date.fromisoformat(DAY)


def product(code: str, kind: str = "service", **values: Any) -> Any:
    return row(Product, code=code, kind=kind, name_zh=code, name_en=code, **values)


def relation(one: str, what: str, other: str) -> Any:
    return row(ProductRelation, product=one, other=other, relation=what)


def line(key: str = "s", **values: Any) -> Any:
    standard = {
        "number": "13957000001",
        "plan": "P88",
        "pay_type": "postpaid",
        "state": "active",
        "outlet": "HZ01",
        "customer_id": "c",
        "opened_on": BEFORE,
    }
    return row(Subscription, **{"id": key, **standard, **values})


def has(product: str, key: str = "s", **values: Any) -> Any:
    return row(SubscriptionProduct, **{"subscription_id": key, "product": product, "valid_from": BEFORE, **values})


@pytest.fixture
def f4(tx: Loose) -> Products:
    """The catalogue: two plans, one of which contains mail, and services that need and exclude each other."""
    tx.put(
        product("P88", "plan"),
        product("P128", "plan"),
        product("PRE", "plan", pay_type="prepaid"),
        product("mail"),
        product("ring"),
        product("web"),
        product("mms"),
        product("quiet"),
        product("post", pay_type="postpaid"),
        product("pre", pay_type="prepaid"),
        product("old", state="retired"),
        product("soon", valid_from=(TODAY + timedelta(days=1)).isoformat()),
        product("never", state="retired", valid_from=(TODAY + timedelta(days=1)).isoformat()),
        product("new", valid_from=DAY),
        product("phone", "goods"),
        relation("P88", "contains", "mail"),
        relation("mms", "needs", "web"),
        relation("quiet", "excludes", "ring"),
    )
    return Products(context(tx))


def said(refusal: pytest.ExceptionInfo[NotAllowed]) -> tuple[str, str]:
    return str(refusal.value), refusal.value.field or ""


# who may have what


@pytest.mark.parametrize(
    ("about", "category", "age", "sold"),
    [
        ({}, "", None, True),
        ({"state": "draft"}, "", None, False),
        ({"state": "retired"}, "", None, False),
        ({"valid_from": DAY}, "", None, True),
        ({"valid_from": AFTER}, "", None, False),
        ({"valid_to": DAY}, "", None, True),
        ({"valid_to": BEFORE}, "", None, False),
        ({"outlets": "HZ01"}, "", None, True),
        ({"outlets": "NB01,HZ01"}, "", None, True),
        ({"outlets": "NB01"}, "", None, False),
        ({"categories": "red,vip"}, "vip", None, True),
        ({"categories": "red,vip"}, "ordinary", None, False),
        ({"categories": "red"}, "", None, True),
        ({}, "ordinary", None, True),
        ({"minimum_age": 18}, "ordinary", 18, True),
        ({"minimum_age": 18}, "ordinary", 17, False),
        ({"minimum_age": 18}, "", 17, False),
        ({"minimum_age": 18}, "", 18, True),
        ({"minimum_age": 18}, "ordinary", None, False),  # somebody whose age nobody knows
        ({"minimum_age": 18}, "", None, True),  # nobody yet
        ({}, "ordinary", 3, True),
    ],
)
def test_a_product_is_offered_to_whom_it_is_for_while_it_is_sold(
    tx: Loose, about: dict[str, Any], category: str, age: int | None, sold: bool
) -> None:
    tx.put(product("X", "plan", **about))
    f4 = Products(context(tx))
    assert [one.code for one in f4.offered("plan", category, age)] == ["X"] * sold
    if sold:
        assert f4.basket("X", (), category, age) == Basket(tx.one(Product, code="X"), (), ())
    else:
        with pytest.raises(NotAllowed) as refusal:
            f4.basket("X", (), category, age)
        assert said(refusal)[1] == "plan"


def test_three_plans_are_recommended_the_best_ranks_first(tx: Loose) -> None:
    for rank, code in ((3, "A"), (1, "B"), (2, "C"), (4, "D"), (2, "E")):
        tx.put(product(code, "plan", rank=rank))
    f4 = Products(context(tx))
    assert [one.code for one in f4.recommend("", None)] == ["B", "C", "E"]
    assert [one.code for one in f4.offered("plan")] == ["B", "C", "E", "A", "D"]


def test_goods_are_no_service_and_what_nobody_sells_is_refused_beside_its_field(f4: Products) -> None:
    assert f4.goods("phone").code == "phone"
    for code in ("mail", "nothing"):
        with pytest.raises(NotAllowed) as refusal:
            f4.goods(code, "model")
        assert said(refusal) == (f"There is no product {code}. F4 shows the products.", "model")


# what goes together


@pytest.mark.parametrize(
    ("plan", "services", "contained", "chosen"),
    [
        ("P88", (), ["mail"], []),
        ("P88", ("mail", "ring"), ["mail"], ["ring"]),
        ("P128", ("mail",), [], ["mail"]),
        ("P128", ("ring", "web", "ring"), [], ["ring", "web"]),
        ("P88", ("web", "mms"), ["mail"], ["web", "mms"]),
        ("P88", ("quiet",), ["mail"], ["quiet"]),
    ],
)
def test_a_basket_has_each_service_once_and_not_what_the_plan_contains(
    f4: Products, plan: str, services: tuple[str, ...], contained: list[str], chosen: list[str]
) -> None:
    made = f4.basket(plan, services, "", None)
    assert ([one.code for one in made.contained], [one.code for one in made.chosen]) == (contained, chosen)
    assert [one.code for one in made.all] == [plan, *contained, *chosen]


@pytest.mark.parametrize(
    ("services", "told"),
    [
        (("mms",), "mms needs web."),
        (("ring", "quiet"), "quiet and ring exclude each other."),
        (("quiet", "ring"), "quiet and ring exclude each other."),
        (("old",), "old is not sold today."),
        (("soon",), f"soon is not sold before {TODAY + timedelta(days=1)}."),
        (("never",), "never is not sold today."),
        (("new", "P128"), "There is no product P128. F4 shows the products."),
        (("P128",), "There is no product P128. F4 shows the products."),
    ],
)
def test_what_does_not_go_together_is_told(f4: Products, services: tuple[str, ...], told: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        f4.basket("P88", services, "", None)
    assert said(refusal) == (told, "services")


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (["mms"], {"mms", "web"}),
        (["web"], {"mms", "web"}),
        (["ring"], {"ring", "quiet"}),
        (["quiet"], {"ring", "quiet"}),
        (["P88"], {"P88"}),
        (["mail"], {"mail"}),
        ([], set()),
        (["web", "ring"], {"web", "mms", "ring", "quiet"}),
    ],
)
def test_services_hang_together_by_needs_and_exclusions_both_ways(
    f4: Products, codes: list[str], found: set[str]
) -> None:
    assert f4.hang_together(codes) == found


# lines, by their numbers


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], None),
        ([line()], "s"),
        ([line(state="terminated")], None),
        ([line(state="cancelled")], None),
        ([line(state="suspended")], "s"),
        ([line("a", state="terminated"), line("b")], "b"),
        # an order under way gives the number to it
        ([line(number="1"), row(PhoneNumber, number="13957000001", subscription_id="s")], "s"),
        ([line(number="1"), row(PhoneNumber, number="13957000001")], None),
        ([line(number="1", state="terminated"), row(PhoneNumber, number="13957000001", subscription_id="s")], None),
        ([line("a"), line("b", number="1"), row(PhoneNumber, number="13957000001", subscription_id="b")], "a"),
        # it had the number before
        ([line(number="1"), row(ValueChange, id="v", subject="s", field="number", before="13957000001")], "s"),
        ([line(number="1"), row(ValueChange, id="v", subject="s", field="plan", before="13957000001")], None),
        ([line(number="1"), row(ValueChange, id="v", subject="s", field="number", before="2")], None),
        ([line(number="1"), row(ValueChange, id="v", subject="x", field="number", before="13957000001")], None),
        (
            [
                line(number="1", state="terminated"),
                row(ValueChange, id="v", subject="s", field="number", before="13957000001"),
            ],
            None,
        ),
        (
            [
                line("a", number="1"),
                line("b", number="2"),
                row(ValueChange, id="v", subject="a", field="number", before="13957000001", made_at="1"),
                row(ValueChange, id="w", subject="b", field="number", before="13957000001", made_at="2"),
            ],
            "b",
        ),
        (
            [
                line("b"),
                line("a", number="1"),
                row(ValueChange, id="v", subject="a", field="number", before="13957000001"),
            ],
            "b",
        ),
    ],
)
def test_a_number_reaches_the_living_line_that_has_it_gets_it_or_had_it_last(
    tx: Loose, rows: list[Any], found: str | None
) -> None:
    tx.put(*rows)
    reached = reached_by(tx, "13957000001")
    assert (reached.id if reached else None) == found
    f4 = Products(context(tx))
    if found:
        assert f4.reached("13957000001").id == found
        return
    with pytest.raises(NotFound):
        f4.reached("13957000001")
    with pytest.raises(NotFound):
        f4.subscription("13957000001")


def test_a_number_s_own_line_is_the_living_one(tx: Loose) -> None:
    tx.put(line("a", state="terminated"), line("b", state="cancelled"), line("c"))
    assert Products(context(tx)).subscription("13957000001").id == "c"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("139", ["13957000001", "13957000002", "13958000001"]),
        ("13957", ["13957000001", "13957000002"]),
        ("13957000001", ["13957000001"]),
        ("0001", ["13957000001", "13958000001"]),
        ("001", []),
        ("1395", ["18800001395"]),
        ("19", []),
        ("13957000003", []),
    ],
)
def test_lines_are_found_by_how_their_number_begins_or_by_its_last_four(
    tx: Loose, typed: str, found: list[str]
) -> None:
    numbers = ("13957000002", "13957000001", "13958000001", "18800001395")
    tx.put(*(line(number, number=number, tail=number[-4:]) for number in numbers))
    tx.put(line("gone", number="13957000003", tail="0003", state="terminated"))
    f4 = Products(context(tx))
    assert [one.number for one in f4.find_lines(typed)] == found
    assert [one.number for one in f4.find_lines(typed, 1)] == found[:1]


def test_twenty_lines_are_shown_unless_more_are_asked_for(tx: Loose) -> None:
    tx.put(*(line(str(n), number=f"139{n:08d}") for n in range(25)))
    f4 = Products(context(tx))
    assert len(f4.find_lines("139")) == 20
    assert len(f4.find_lines("139", 22)) == 22


def test_lines_of_a_customer_are_the_living_ones_the_oldest_first(tx: Loose) -> None:
    about: dict[str, dict[str, str]] = {
        "b": {},
        "a": {},
        "old": {"opened_on": "2020-01-01"},
        "gone": {"state": "terminated"},
        "off": {"state": "cancelled"},
        "stopped": {"state": "suspended"},
        "other": {"customer_id": "d"},
    }
    tx.put(*(line(key, number=key, **values) for key, values in about.items()))
    f4 = Products(context(tx))
    assert [one.id for one in f4.lines_of("c")] == ["old", "a", "b", "stopped"]
    assert [one.id for one in f4.others(tx.one(Subscription, id="a"))] == ["b", "old", "stopped"]


def test_examples_are_lines_of_this_outlet_in_these_states_with_these_values(tx: Loose) -> None:
    tx.put(
        line("a", number="1"),
        line("b", number="2", state="suspended"),
        line("c", number="3", outlet="NB01"),
        line("d", number="4", pay_type="prepaid"),
    )
    f4 = Products(context(tx))
    assert [one.id for one in f4.some_lines(("active",))] == ["a", "d"]
    assert [one.id for one in f4.some_lines(("active", "suspended"), pay_type="postpaid")] == ["a", "b"]
    assert f4.some_lines(("terminated",)) == []


# opening and ending a line


@pytest.mark.parametrize(("plan", "pay_type"), [("P88", "postpaid"), ("PRE", "prepaid")])
def test_a_new_line_waits_for_the_network_with_all_its_products(
    tx: Loose, f4: Products, plan: str, pay_type: str
) -> None:
    made = f4.open_subscription(
        f4.basket(plan, ("ring",), "", None), number="13957001234", customer_id="c", account_id="a", iccid="i", imsi="m"
    )
    assert (made.tail, made.plan, made.pay_type, made.state, made.opened_on, made.outlet) == (
        "1234",
        plan,
        pay_type,
        "pendingActive",
        DAY,
        "HZ01",
    )
    expected = sorted({plan, "ring", *(["mail"] if plan == "P88" else [])})
    told = tx.told(SubscriptionProduct, "product", "state", "valid_from", order=("product",), subscription_id=made.id)
    assert told == [(code, "pending", DAY) for code in expected]


@pytest.mark.parametrize(("cause", "state"), [(None, "active"), ("running", "suspended"), ("lifted", "active")])
def test_once_the_network_has_it_a_line_is_active_unless_it_was_lost_already(
    tx: Loose, f4: Products, cause: str | None, state: str
) -> None:
    tx.put(
        line(state="pendingActive"),
        has("P88", state="pending"),
        has("mail", state="pending"),
        has("ring", state="ended"),
    )
    if cause:
        tx.put(row(Suspension, id="x", subscription_id="s", state=cause))
    active, products = f4.activate("s")
    assert (active.state, [one.code for one in products]) == (state, ["P88", "mail"])
    assert tx.told(SubscriptionProduct, "state", order=("product",)) == ["active", "active", "ended"]


def ends(tx: Loose) -> dict[str, tuple[str, str]]:
    """What became of a line's products."""
    return {code: (state, day) for code, state, day in tx.told(SubscriptionProduct, "product", "state", "valid_to")}


@pytest.mark.parametrize("act", ["terminate", "cancel_opening"])
def test_at_the_end_nothing_is_left_of_a_line(tx: Loose, f4: Products, act: str) -> None:
    tx.put(line(), has("P88"), has("ring", valid_from=AFTER), has("web", state="ended", valid_to="2026-01-01"))
    tx.put(
        *(
            row(Suspension, id=state, subscription_id="s", cause=cause, state=state)
            for cause, state in (
                ("loss", "running"),
                ("request", "planned"),
                ("fraud", "lifted"),
                ("court", "cancelled"),
            )
        )
    )
    tx.put(
        row(Agreement, id="n", subscription_id="s", kind="number"),
        row(Agreement, id="p", subscription_id="s", kind="plan"),
        row(Agreement, id="x", subscription_id="t", kind="plan"),
    )
    if act == "terminate":
        f4.terminate(tx.one(Subscription, id="s"), DAY)
    else:
        f4.cancel_opening("s")
    ended = act == "terminate"
    assert tx.one(Subscription, id="s").state == ("terminated" if ended else "cancelled")
    assert ends(tx) == {
        "P88": ("ended", DAY),
        "ring": ("ended", AFTER if ended else DAY),
        "web": ("ended", "2026-01-01"),
    }
    assert dict(tx.told(Suspension, "id", "state")) == {
        "running": "lifted",
        "planned": "cancelled",
        "lifted": "lifted",
        "cancelled": "cancelled",
    }
    assert tx.told(Suspension, "lifted_order_id", id="lifted") == [None]
    state = "terminated" if ended else "active"
    assert dict(tx.told(Agreement, "id", "state")) == {"n": state, "p": state, "x": "active"}


def test_a_number_s_contract_goes_with_the_number_to_its_new_owner(tx: Loose, f4: Products) -> None:
    about = {"subscription_id": "s", "customer_id": "c", "kind": "number"}
    tx.put(
        line(),
        *(
            row(Agreement, **{"id": key, **about, **values})
            for key, values in (
                ("n", {}),
                ("p", {"kind": "plan"}),
                ("old", {"state": "ended"}),
                ("x", {"subscription_id": "t"}),
            )
        ),
    )
    changed = f4.hand_over(tx.one(Subscription, id="s"), "new", "account")
    assert (changed.customer_id, changed.account_id) == ("new", "account")
    assert dict(tx.told(Agreement, "id", "customer_id")) == {"n": "new", "p": "c", "old": "c", "x": "c"}
    assert tx.told(ValueChange, "subject", "field", "before", "after", subject="n") == [
        ("n", "customer_id", "c", "new")
    ]
