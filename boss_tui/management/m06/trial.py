"""A price as M6 tries it, by the rule that the counter prices with (`tariff.price_rules`): what counts, and why the
others do not. Source: management-facts 1.3; catalogue M6.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec.structs import replace
from pydantic import AfterValidator

from boss_tui.business.registry import BUSINESSES
from boss_tui.components.base import Context, valid_on
from boss_tui.components.customers.categories import ORDINARY
from boss_tui.components.customers.customers import Customers
from boss_tui.components.products.products import Products
from boss_tui.components.tariff.price_rules import Sale, Tried
from boss_tui.components.tariff.tariff import Tariff, region_of
from boss_tui.editions.lines import put_due
from boss_tui.editions.rehearsal import given_up
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Codes
from boss_tui.management.kit.subject import Fact
from boss_tui.management.m06.prices import PRICES, check_time
from boss_tui.management.m06.spans import amount_said, charged_in
from boss_tui.management.words import what_it_is
from data.clock import day_after, is_made_key
from data.errors import BadForm, NotFound
from data.message import Message, both, say
from data.store import Reading
from data.tables.customer import Category
from data.tables.product import Product
from data.tables.tariff import ChargeItem, PriceRule

_WHY: dict[str, Message] = {
    "state": say("not published"),
    "business": say("of another business"),
    "product": say("of another product"),
    "date": say("not on this date"),
    "category": say("of another category"),
    "outlet": say("of another outlet"),
    "region": say("of another region"),
    "weekday": say("not on this weekday"),
    "time": say("not at this time"),
}


_OTHERS = ("state", "business", "product", "category", "outlet", "region")
"""Why a rule is not for such a sale, whenever it is: of these there is only the number."""


class PriceTrialForm(Form):
    """What a price is tried for."""

    business: Annotated[str, Ask(say("Business"), "code", choices="business", length=8)]
    products: Annotated[
        Codes,
        Ask(
            say("Products"),
            "code",
            choices="product",
            help=say("Codes of plan and services, with commas."),
            several=True,
        ),
    ] = ()
    number: Annotated[
        str, Ask(say("Number"), "digits", help=say("Whose owner buys; empty: nobody whom we know."), length=11)
    ] = ""
    category: Annotated[
        str,
        Ask(say("Category"), "text", choices="category", help=say("Of the buyer, where no number says it."), length=40),
    ] = ""
    outlet: Annotated[str, Ask(say("Outlet"), "code", choices="outlet", length=20)] = ""
    region: Annotated[
        str,
        Ask(say("Region"), "text", choices="price_rule.region", help=say("Where no outlet says it."), length=40),
    ] = ""
    time: Annotated[str, Ask(say("Time"), "text", help=say("Such as 12:00."), length=5), AfterValidator(check_time)] = (
        "12:00"
    )


def try_a_price(at: Context, asked: PriceTrialForm) -> Iterable[Fact]:
    """What would be charged, by which rule, and why the other rules of the business do not count; first, which of the
    products is not sold then."""
    if asked.business not in BUSINESSES:
        raise BadForm({"business": say("There is no business {code} here.", code=asked.business)})
    outlet, region = asked.outlet, region_of(at.tx, asked.outlet) if asked.outlet else asked.region
    category, day = _category(at, asked), at.business_date
    sale = Sale(asked.business, asked.products, category, outlet, day, asked.time, region)
    found = Tariff(at).tried(sale)
    yield from _not_sold(at, asked.products)
    by_id, others = {each.rule.id: each.rule for each in found}, Counter[str]()
    for each in found:
        if each.why in _OTHERS:
            others[each.why] += 1
            continue
        item = at.tx.one(ChargeItem, code=each.rule.item)
        named, behind = _named(at.tx, each.rule), by_id.get(each.behind)
        label = say("{rule}: {item}", rule=named, item=both(item.name_zh, item.name_en), id=each.rule.id)
        yield Fact(label, say("{rule} goes first", rule=_named(at.tx, behind)) if behind else _told(at, sale, each))
    for why, n in others.items():
        yield Fact(_WHY[why], say("{n} {n:rule|rules}", n=n))


def _not_sold(at: Context, products: Iterable[str]) -> Iterator[Fact]:
    """Products that nobody can buy on the date, whatever prices stand beside them."""
    for code in products:
        product = at.tx.find(Product, code=code)
        if product is not None and (product.state != "active" or not valid_on(product, at.business_date)):
            yield Fact(both(product.name_zh, product.name_en), say("not sold on this date"))


def _named(reading: Reading, rule: PriceRule) -> Message | str:
    """A rule by its code; one whose code nobody typed by its name, or by what it says."""
    return what_it_is(reading, PRICES, (rule.id,), rule) if is_made_key(rule.id) else rule.id


def must_be_a_category(reading: Reading, code: str) -> None:
    """BadForm (`category`): a code that is none of a category; an empty one is none."""
    if code not in ("", ORDINARY) and reading.find(Category, code=code) is None:
        raise BadForm({"category": say("There is no category {code} on that date.", code=code)})


def _category(at: Context, asked: PriceTrialForm) -> str:
    """Of whoever has the number now; of the buyer as it was said, where no number is."""
    if not asked.number:
        must_be_a_category(at.tx, asked.category)
        return asked.category or ORDINARY
    try:
        line = Products(at).subscription(asked.number)
    except NotFound as fault:
        raise BadForm({"number": fault.message}) from fault
    return Customers(at).owner(line.customer_id).category


def _told(at: Context, sale: Sale, each: Tried) -> Message:
    if each.why:
        return _WHY[each.why]
    rule, amount = each.rule, amount_said(each.rule)
    if not (rule.monthly and rule.valid_to):
        return amount
    after = day_after(rule.valid_to, 1)
    with given_up(at.tx):
        put_due(at.tx, at.business_date, after)
        then = charged_in(at, replace(sale, day=after), rule.__dict__)
    return say(
        "sold at {amount} until {last}; from {first} on at {then}",
        amount=amount,
        last=rule.valid_to,
        first=after,
        then=then,
    )
