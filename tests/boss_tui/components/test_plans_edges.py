"""What a change of plan, or of services, ends and begins, from which day on (F4; catalogue C7, C8)."""

from __future__ import annotations

from datetime import date

import pytest

from boss_tui.components.products.products import Products
from data.errors import NotAllowed
from data.tables.life import ValueChange
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, context
from tests.boss_tui.components.test_products_edges import AFTER, BEFORE, TODAY, has, line, product, relation, said

POST, PRE = "postpaid", "prepaid"


@pytest.fixture
def f4(tx: Loose) -> Products:
    """A line on P88, which contains mail, with two services."""
    tx.put(
        product("P88", "plan"),
        product("P128", "plan", pay_type=POST),
        product("PRE", "plan", pay_type=PRE),
        product("P188", "plan"),
        product("mail"),
        product("ring"),
        product("web"),
        product("mms"),
        product("quiet"),
        product("post", pay_type=POST),
        product("pre", pay_type=PRE),
        product("old", state="retired"),
        product("adult", minimum_age=18),
        product("red", categories="red"),
        relation("P88", "contains", "mail"),
        relation("P188", "contains", "ring"),
        relation("mms", "needs", "web"),
        relation("quiet", "excludes", "ring"),
        relation("P128", "excludes", "old"),
        line(),
        has("P88"),
        has("mail"),
        has("ring"),
        has("web", state="ended"),
    )
    return Products(context(tx))


def subscription(tx: Loose) -> Subscription:
    return tx.one(Subscription, id="s")


@pytest.mark.parametrize(
    ("plan", "pay_type", "ends", "begins"),
    [
        ("P128", "", ["P88", "mail"], ["P128"]),
        ("P188", "", ["P88", "mail"], ["P188"]),  # what was chosen is contained now, and runs on
        ("PRE", PRE, ["P88", "mail"], ["PRE"]),
        ("P88", "", [], []),
    ],
)
def test_with_another_plan_what_the_old_one_contained_ends_and_what_was_chosen_stays(
    tx: Loose, f4: Products, plan: str, pay_type: str, ends: list[str], begins: list[str]
) -> None:
    moved = f4.moved_to(subscription(tx), plan, "", None, pay_type)
    assert (list(moved.ends), list(moved.begins)) == (ends, begins)
    assert moved.basket.plan.code == plan


def test_what_stays_is_kept_even_where_nobody_sells_it_any_more(tx: Loose, f4: Products) -> None:
    tx.put(has("old"))
    moved = f4.moved_to(subscription(tx), "P188", "", None)
    assert [one.code for one in moved.basket.chosen] == ["old"]
    assert [one.code for one in moved.basket.contained] == ["ring"]
    with pytest.raises(NotAllowed) as refusal:
        f4.moved_to(subscription(tx), "P128", "", None)
    assert said(refusal) == ("P128 and old exclude each other.", "services")


@pytest.mark.parametrize(
    ("plan", "pay_type", "allowed"),
    [
        ("P128", "", True),
        ("P128", POST, True),
        ("P128", PRE, False),
        ("PRE", "", False),
        ("PRE", POST, False),
        ("PRE", PRE, True),
        ("P188", "", True),
        ("P188", PRE, True),
    ],
)
def test_a_plan_is_paid_as_the_line_is_or_as_it_will_be(
    tx: Loose, f4: Products, plan: str, pay_type: str, allowed: bool
) -> None:
    if allowed:
        assert f4.moved_to(subscription(tx), plan, "", None, pay_type).basket.plan.code == plan
        return
    with pytest.raises(NotAllowed) as refusal:
        f4.moved_to(subscription(tx), plan, "", None, pay_type)
    assert said(refusal)[1] == "plan"


@pytest.mark.parametrize(
    ("ends", "begins", "contained", "chosen"),
    [
        ((), ("web",), ["mail"], ["ring", "web"]),
        (("ring",), (), ["mail"], []),
        (("ring",), ("quiet",), ["mail"], ["quiet"]),
        ((), ("web", "mms"), ["mail"], ["ring", "web", "mms"]),
        ((), ("post",), ["mail"], ["post", "ring"]),
        ((), (), ["mail"], ["ring"]),
    ],
)
def test_services_end_and_begin_and_what_is_left_is_looked_at_as_a_whole(
    tx: Loose, f4: Products, ends: tuple[str, ...], begins: tuple[str, ...], contained: list[str], chosen: list[str]
) -> None:
    moved = f4.altered(subscription(tx), ends, begins, "", None)
    assert (moved.ends, moved.begins, moved.basket.plan.code) == (ends, begins, "P88")
    assert [one.code for one in moved.basket.contained] == contained
    assert sorted(one.code for one in moved.basket.chosen) == sorted(chosen)


@pytest.mark.parametrize(
    ("ends", "begins", "told", "field"),
    [
        (("web",), (), "The line does not have web.", "ends"),
        (("P88",), (), "The line does not have P88.", "ends"),
        (("mail",), (), "mail belongs to the plan: it ends with it (C8).", "ends"),
        ((), ("ring",), "The line has ring already.", "begins"),
        ((), ("pre",), "pre is not for lines paid like this one.", "begins"),
        ((), ("old",), "old is not sold today.", "begins"),
        ((), ("P128",), None, "begins"),
        ((), ("adult",), "adult is for customers of 18 and older.", "begins"),
        ((), ("red",), "red is for red, not ordinary. F4, or ask the office.", "begins"),
        ((), ("mms",), "mms needs web.", "services"),
        ((), ("quiet",), "quiet and ring exclude each other.", "services"),
    ],
)
def test_what_may_not_end_or_begin_is_told_beside_it(
    tx: Loose, f4: Products, ends: tuple[str, ...], begins: tuple[str, ...], told: str | None, field: str
) -> None:
    with pytest.raises(NotAllowed) as refusal:
        f4.altered(subscription(tx), ends, begins, "ordinary", 17)
    assert said(refusal) == (told or "There is no product P128. F4 shows the products.", field)


def test_products_end_the_day_before_and_one_that_ended_comes_back(tx: Loose, f4: Products) -> None:
    tx.put(has("mms", valid_from=AFTER))
    f4.alter(subscription(tx), ("ring", "mms"), ("web", "post"), TODAY)
    rows = tx.told(SubscriptionProduct, "product", "state", "valid_from", "valid_to", order=("product",))
    assert rows == [
        ("P88", "active", BEFORE, ""),
        ("mail", "active", BEFORE, ""),
        ("mms", "ended", AFTER, AFTER),
        ("post", "active", DAY, ""),
        ("ring", "ended", BEFORE, "2026-11-22"),
        ("web", "active", DAY, ""),
    ]


def test_on_its_day_the_new_plan_is_the_line_s(tx: Loose, f4: Products) -> None:
    one = subscription(tx)
    f4.move(one, f4.moved_to(one, "P128", "", None), date(2026, 12, 1))
    assert subscription(tx).plan == "P128"
    assert f4.has("s") == ["P128", "ring"]
    assert [each.code for each in f4.on(subscription(tx))] == ["P128", "ring"]
    assert tx.told(SubscriptionProduct, "valid_to", product="P88") == ["2026-11-30"]
    assert f4.plan_before("order") == "P88"
    assert tx.told(ValueChange, "field", "before", "after") == [("plan", "P88", "P128")]


def test_services_of_an_act_are_told_by_it_and_the_best_rank_wins(tx: Loose) -> None:
    tx.put(
        product("a", network_act="service:x", rank=2),
        product("b", network_act="service:x", rank=1),
        product("c", network_act="service:y"),
        product("d", network_act="data"),
        product("e", "plan", network_act="service:z"),
    )
    f4 = Products(context(tx))
    assert f4.by_act("service:") == {"service:x": "b", "service:y": "c"}
    assert str(f4.name("a")) == "a"
    assert f4.product("a").code == tx.one(Product, code="a").code
