"""Prices as M6 asks of them: nothing that is sold is without a price; and trying one.

A price is tried by the rule that the counter prices with (`components.price_rules`): what counts, and why the others do
not. Source: management-facts 1.3; catalogue M6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import AfterValidator

from boss_tui.businesses import BUSINESSES
from boss_tui.components.base import Context, valid_on
from boss_tui.components.customers import Customers
from boss_tui.components.price_rules import Sale, Tried
from boss_tui.components.products import Products
from boss_tui.components.tariff import OPENING, Tariff
from boss_tui.editions.lines import RowEdit, history, line_of
from boss_tui.editions.subjects import Fault
from boss_tui.fields import Ask
from boss_tui.forms import Codes, Form, wrong, yuan
from boss_tui.management.kit.subject import Fact
from data.errors import BadForm, NotFound
from data.message import Message, both, say
from data.store import Reading
from data.tables.product import Product
from data.tables.tariff import ChargeItem, PriceRule

GOODS = "C10"
"""Where goods are sold."""
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
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


def check_time(typed: str) -> str:
    """A time of day, HH:MM, or none."""
    if typed and not _TIME.fullmatch(typed):
        raise wrong("A time of day, such as 09:30.")
    return typed


def check_weekdays(typed: str) -> str:
    """Weekdays by their digits, each once."""
    if set(typed) - set("1234567") or len(set(typed)) != len(typed):
        raise wrong("Digits from 1 (Monday) to 7 (Sunday), each once.")
    return typed


def still_priced(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterable[Fault]:
    """What is sold has a price each month: a plan or service that loses its last one is told beside the line."""
    for position, line in lines.items():
        if line.table == "price_rule":
            lost = str(line.values.get("product") or _product_before(reading, line))
            product = reading.find(Product, code=lost) if lost else None
            if product is not None and _is_sold(product, day) and not has_price(reading, product, day):
                told = say("Product {code} would be sold without a price from {day} on.", code=lost, day=day)
                yield Fault(position, "", told)


def _product_before(reading: Reading, line: RowEdit) -> str:
    told = [each.values.get("product") for each in map(line_of, history(reading, line.table, line.key))]
    return next((str(product) for product in reversed(told) if product), "")


def _is_sold(product: Product, day: str) -> bool:
    return product.state == "active" and valid_on(product, day)


def has_price(reading: Reading, product: Product, day: str) -> bool:
    """Whether a price rule says on a day what a product costs: goods, and a prepaid plan, at once; others monthly."""
    goods, prepaid = product.kind == "goods", (product.kind, product.pay_type) == ("plan", "prepaid")
    rules = reading.all(PriceRule, business=GOODS if goods else OPENING, state="published")
    codes = (product.code,) if goods else ("", product.code)
    at_once = goods or prepaid
    return any(rule.product in codes and (at_once or rule.monthly) and valid_on(rule, day) for rule in rules)


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
        return asked.category or "ordinary"
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
