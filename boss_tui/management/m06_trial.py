"""A price as M6 tries it, by the rule that the counter prices with (`components.price_rules`): what counts, and why the
others do not. Source: management-facts 1.3; catalogue M6.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

from boss_tui.businesses import BUSINESSES
from boss_tui.components.base import Context
from boss_tui.components.categories import ORDINARY
from boss_tui.components.customers import Customers
from boss_tui.components.price_rules import Sale, Tried
from boss_tui.components.products import Products
from boss_tui.components.tariff import Tariff
from boss_tui.fields import Ask
from boss_tui.forms import Codes, Form, yuan
from boss_tui.management.kit.subject import Fact
from boss_tui.management.m06_prices import check_time
from data.errors import BadForm, NotFound
from data.message import Message, both, say
from data.tables.customer import Category
from data.tables.tariff import ChargeItem

_WHY: dict[str, Message] = {
    "state": say("not published"),
    "business": say("of another business"),
    "product": say("of another product"),
    "date": say("not on this date"),
    "category": say("of another category"),
    "outlet": say("of another outlet"),
    "weekday": say("not on this weekday"),
    "time": say("not at this time"),
}


class PriceTrialForm(Form):
    """What a price is tried for."""

    business: Annotated[str, Ask(say("Business"), "code", length=8)]
    products: Annotated[
        Codes, Ask(say("Products"), "code", help=say("Codes of plan and services, with commas."), several=True)
    ] = ()
    number: Annotated[
        str, Ask(say("Number"), "digits", help=say("Whose owner buys; empty: nobody whom we know."), length=11)
    ] = ""
    category: Annotated[
        str, Ask(say("Category"), "text", help=say("Of the buyer, where no number says it."), length=40)
    ] = ""
    outlet: Annotated[str, Ask(say("Outlet"), "code", length=20)] = ""
    time: Annotated[str, Ask(say("Time"), "text", help=say("Such as 12:00."), length=5), AfterValidator(check_time)] = (
        "12:00"
    )


def try_a_price(at: Context, asked: PriceTrialForm) -> Iterable[Fact]:
    """What would be charged, by which rule, and why the other rules of the business do not count."""
    if asked.business not in BUSINESSES:
        raise BadForm({"business": say("There is no business {code} here.", code=asked.business)})
    sale = Sale(asked.business, asked.products, _category(at, asked), asked.outlet, at.business_date, asked.time)
    for each in Tariff(at).tried(sale):
        item = at.tx.one(ChargeItem, code=each.rule.item)
        yield Fact(say("{rule}: {item}", rule=each.rule.id, item=both(item.name_zh, item.name_en)), _told(each))


def _category(at: Context, asked: PriceTrialForm) -> str:
    """Of whoever has the number now; of the buyer as it was said, where no number is."""
    if not asked.number:
        if asked.category and at.tx.find(Category, code=asked.category) is None:
            raise BadForm({"category": say("There is no category {code} on that date.", code=asked.category)})
        return asked.category or ORDINARY
    try:
        line = Products(at).subscription(asked.number)
    except NotFound as fault:
        raise BadForm({"number": fault.message}) from fault
    return Customers(at).owner(line.customer_id).category


def _told(each: Tried) -> Message:
    if each.why == "rank":
        return say("{rule} goes first", rule=each.behind)
    if each.why:
        return _WHY[each.why]
    amount = yuan(each.rule.amount * each.rule.percent // 100)
    return say("{yuan}/month", yuan=amount) if each.rule.monthly else say("{yuan} yuan", yuan=amount)
