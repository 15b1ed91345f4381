"""A plan's life by keys (M4): made with all that it says, tried, sold, copied, changed, withdrawn, and served on to who
has it; and how long a form keeps a number."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

import pytest

from boss_tui.management.m06.prices import PRICES
from data.demo.hall import OFFICE
from data.message import Message, both, listed, say
from data.states import state_name
from data.tables.billing import PlanRate
from data.tables.customer import Customer
from data.tables.network import WorkOrder
from data.tables.order import Subscription, SubscriptionProduct
from data.tables.product import Product, ProductRelation
from data.tables.tariff import PriceRule
from screens.business import BusinessScreen
from screens.manage.past import HistoryScreen
from tests.boss_tui.transactions.following import network_answers
from tests.hall import Hall
from tests.head_office import MAKER
from tests.journeys.both_ends import approved, at_hall, at_office
from tests.journeys.businesses import LIST, complete, fill
from tests.linked_hall import LinkedHall

TODAY, UNTIL = "2026-11-23", "2027-12-31"
SERVICE = {
    "code": "CARE",
    "name_zh": "关爱等待",
    "name_en": "Care",
    "kind": "service",
    "network_act": "service:waiting",
}
PLAN = {
    "code": "PJ66",
    "name_zh": "青春66套餐",
    "name_en": "Young 66",
    "pay_type": "postpaid",
    "valid_from": TODAY,
    "valid_to": UNTIL,
    "categories": "student,ordinary",
    "outlets": "HZ01",
    "minimum_age": "16",
    "sim_kinds": "8K,32K",
    "rank": "5",
}
RELATIONS = (("CARE", "needs", "DATA"), ("PJ66", "contains", "CARE"), ("PJ66", "excludes", "CLIR"))
AMOUNTS = (
    {"item": "monthly_fee", "business": "C1", "product": "PJ66", "amount": "66", "monthly": "y", "valid_to": UNTIL},
    {"item": "value_added_fee", "business": "C1", "product": "CARE", "amount": "0", "monthly": "y"},
)
NAME, HIDDEN = both(PLAN["name_zh"], PLAN["name_en"]), both("主叫隐藏", "Number hidden")
REFUSED = (
    ({"age": "15"}, say("{product} is for customers of {age} and older.", product=NAME, age=16)),
    (
        {"services": "CLIR"},
        say("{product} and {other} exclude each other.", product=NAME, other=both("主叫隐藏", "Number hidden")),
    ),
    ({"outlet": OFFICE}, say("{product} is not sold at this outlet.", product=NAME)),
    (
        {"category": "key"},
        say(
            "{product} is for {categories}, not {category}. F4, or ask the office.",
            product=NAME,
            categories=listed([both("学生", "Student"), both("普通客户", "Ordinary")]),
            category=both("大客户", "Key account"),
        ),
    ),
)
ONE_LINE = say("{count} {count:line has|lines have} it", count=1)
WANTS = {"product": "PJ66", "inside": "CARE", "other": "DATA"}
RATE = {"plan": "PJ66", "kind": "voice", "included": "6000", "unit": "60", "price": "0.19"}


def relation(product: str, kind: str, other: str) -> dict[str, str]:
    return {"product": product, "relation": kind, "other": other}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_plan_is_made_sold_copied_changed_and_withdrawn_and_its_customer_is_served(
    linked: LinkedHall, language: str
) -> None:
    asyncio.run(is_made(linked, language))
    approved(linked, language)
    number = asyncio.run(is_sold(linked, language))
    asyncio.run(is_copied_and_changed(linked, language))
    approved(linked, language)
    asyncio.run(is_kept_for_two_minutes(linked, language))
    asyncio.run(is_withdrawn(linked, language))
    approved(linked, language)
    asyncio.run(is_sold_no_more_and_served(linked, language, number))
    linked.exchange()
    assert linked.is_sound()


async def is_made(linked: LinkedHall, language: str) -> None:
    """With all that it contains, needs, excludes and costs; without that it can't be submitted. Tried before."""
    async with at_office(linked, MAKER, language) as m:
        await m.rows("m4/product", SERVICE, PLAN)
        await m.rows("m4/product_relation", *(relation(*each) for each in RELATIONS))
        await m.refused("m4")
        m.must_read(
            say("{product} contains {inside}, which needs {other}: contain that too.", **WANTS),
            say("{code} has no price on {day}: give it one here, 0 if it is free.", code="PJ66", day=TODAY),
        )
        await m.press("escape")
        await m.home()
        await m.rows("m4/product_relation", relation("PJ66", "contains", "DATA"))
        await m.rows("m4/price_rule", *AMOUNTS)
        await m.rows("m4/plan_rate", RATE)
        for asked, why in REFUSED:
            await m.tries("m4", **{"product": "PJ66", "age": "20", "outlet": "HZ01", **asked})
            m.must_read(why)
            await m.home()
        await m.tries("m4", product="PJ66", age="20", outlet="HZ01")
        for told in (both("关爱等待", "Care"), say("{yuan}/month", yuan="66.00")):
            m.must_read(told)
        await m.home()
        await m.submit("m4")
    assert linked.central_rows(Product, code="PJ66") == []


async def is_sold(linked: LinkedHall, language: str) -> str:
    """As the first that is offered, with what it contains and at its price; not with what it excludes. The number."""
    hall = linked.hall
    async with at_hall(linked, language) as clerk:
        example = hall.desk.forms.example("C1")
        screen = await fill(clerk, "C1", **{**example, "plan": LIST})
        assert (screen.draft.values["plan"], screen.draft.quote.monthly) == ("PJ66", 6_600)
        done = await complete(clerk)
    network_answers(hall)
    (line,) = hall.rows(Subscription, number=done.facts["number"])
    assert {row.product for row in hall.rows(SubscriptionProduct, subscription_id=line.id)} == {"PJ66", "CARE", "DATA"}
    acts = [json.loads(row.parameters) for row in hall.rows(WorkOrder, order_id=done.order_id, act="set_supplementary")]
    assert [each["service"] for each in acts] == ["waiting"]
    return str(line.number)


async def is_copied_and_changed(linked: LinkedHall, language: str) -> None:
    """In one edition: a copy under another code with all its parts; another name and price; less time for a form."""
    async with at_office(linked, MAKER, language) as m:
        await m.copy("m4/product", "PJ66", code="PJ99", name_zh="青春99套餐", name_en="Young 99")
        await m.change("m4/product", "PJ66", name_en="Youth 66")
        await m.change("m4/reservation_limit", "number", minutes="2")
        await m.submit("m4")


async def is_kept_for_two_minutes(linked: LinkedHall, language: str) -> None:
    """The copy has the parts of what it was copied from; the change stands in the row's history; a form keeps a number
    for as long as is said, and no longer."""
    hall = linked.hall
    assert {row.other: row.relation for row in hall.rows(ProductRelation, product="PJ99")} == {
        "CARE": "contains",
        "DATA": "contains",
        "CLIR": "excludes",
    }
    assert [(row.kind, row.included) for row in hall.rows(PlanRate, plan="PJ99")] == [("voice", 6_000)]
    assert [(row.item, row.amount) for row in hall.rows(PriceRule, product="PJ99")] == [("monthly_fee", 6_600)]
    async with at_office(linked, MAKER, language) as m:
        await m.choose("m4/product", "PJ66", "History of this row")
        assert isinstance(m.app.screen, HistoryScreen), m.text()
        m.must_read(state_name("in_force"), Message("-> Youth 66"), Message("-> Young 66"))
    async with at_hall(linked, language) as clerk:
        form = {**hall.desk.forms.example("C1"), "plan": "PJ99"}
        await fill(clerk, "C1", **form)
        assert taken_elsewhere(hall, form) == {"number", "iccid"}
        hall.clock.move(minutes=1)
        assert taken_elsewhere(hall, form) == {"number", "iccid"}
        hall.clock.move(minutes=2)
        assert taken_elsewhere(hall, form) == {"iccid"}
        await clerk.press("f3")
        await clerk.press("y")


def taken_elsewhere(hall: Hall, form: Mapping[str, str]) -> set[str]:
    """The fields that another counter may not fill as this form does: what that keeps is another one's."""
    desk = hall.counter("1002", "HZ0102")
    view = desk.forms.begin("C1", form)
    desk.forms.abandon(view.id)
    return {*view.errors}


async def is_withdrawn(linked: LinkedHall, language: str) -> None:
    """What would break if it ended is looked at; then it is sold no more."""
    async with at_office(linked, MAKER, language) as m:
        await m.tries("m4", product="CARE", ends="y")
        m.must_read(
            say("Contains it"),
            Message("PJ66"),
            Message("PJ99"),
            ONE_LINE,
            say("{rows}: {count}", rows=PRICES.says, count=1),
        )
        await m.home()
        await m.tries("m4", product="PJ66", ends="y")
        m.must_read(ONE_LINE)
        await m.home()
        await m.change("m4/product", "PJ66", state="retired")
        await m.submit("m4")


async def is_sold_no_more_and_served(linked: LinkedHall, language: str, number: str) -> None:
    """At the counter: refused beside its field; who has it is given another service, and pays its fee on."""
    hall = linked.hall
    async with at_hall(linked, language) as clerk:
        await clerk.type("C1\n")
        screen = clerk.app.screen
        assert isinstance(screen, BusinessScreen)
        screen.panel.focus_on("plan")
        await clerk.type("PJ66\n")
        assert clerk.sees("{product} is not sold today.", product=both(PLAN["name_zh"], "Youth 66")), clerk.text()
        await clerk.press("f3")
        await clerk.press("y")
        document = hall.rows(Customer, id=line_of(hall, number).customer_id)[0].document_number
        await fill(clerk, "C7.2", number=number, document_number=document, hold="y")
        await complete(clerk)
    network_answers(hall)
    line = line_of(hall, number)
    assert (line.state, line.plan) == ("active", "PJ66")
    has = {row.product for row in hall.rows(SubscriptionProduct, subscription_id=line.id, state="active")}
    assert has == {"PJ66", "CARE", "DATA", "HOLD"}


def line_of(hall: Hall, number: str) -> Subscription:
    """Who has a number."""
    found: Subscription = hall.rows(Subscription, number=number)[0]
    return found
