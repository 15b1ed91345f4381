"""A product sold in a trial, and what would be left behind if it ended; nothing is written of either (catalogue M4).

It is offered, put together and priced by the components that the counter sells with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field
from sqlalchemy import bindparam, func, select

from boss_tui.answers.business import Quote
from boss_tui.components.base import Context
from boss_tui.components.billing import usage
from boss_tui.components.network_elements import MANUAL, SERVICE
from boss_tui.components.products.agreements import binding
from boss_tui.components.products.products import Basket, Products
from boss_tui.components.tariff.tariff import OPENING, PriceQuery, Tariff
from boss_tui.editions.scope import open_outlets
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Codes, Flag, yuan
from boss_tui.management.kit.subject import Fact
from boss_tui.management.m06.prices import GOODS, PRICES
from boss_tui.management.m06.tariffs import RATES
from boss_tui.management.m06.trial import must_be_a_category
from data.errors import BadForm, NotAllowed
from data.message import Message, both, say
from data.states import act_name, card_kinds
from data.store import Reading
from data.tables.billing import PlanRate
from data.tables.life import ScheduledAct
from data.tables.order import SubscriptionProduct
from data.tables.organisation import Outlet
from data.tables.product import Product, ProductRelation
from data.tables.stock import HandsetBundle

_has = SubscriptionProduct.table()
_acts = ScheduledAct.table()
_LINES = select(func.count()).where(_has.c.product == bindparam("product"), _has.c.state == bindparam("state"))
_PLANNED = select(func.count()).where(_acts.c.state == "waiting", _acts.c.parameters.contains(bindparam("named")))


class SaleTrialForm(Form):
    """What is sold in a trial, to whom and where; or what is looked at as if it ended."""

    product: Annotated[str, Ask(say("Product"), "code", choices="product", length=20)]
    ends: Annotated[Flag, Ask(say("If it ended"), "flag", help=say("y: what would be left behind."))] = False
    services: Annotated[Codes, Ask(say("With services"), "text", choices="product", several=True, length=200)] = ()
    category: Annotated[str, Ask(say("Category"), choices="category", help=say("Of the buyer."), length=40)] = (
        "ordinary"
    )
    age: Annotated[int | None, Ask(say("Age"), "digits", help=say("Empty: an organization.")), Field(ge=0, le=150)] = (
        None
    )
    outlet: Annotated[
        str, Ask(say("Outlet"), "code", choices="outlet", help=say("Where; empty: at the first."), length=20)
    ] = ""


def sold_or_ended(at: Context, asked: SaleTrialForm) -> Iterable[Fact]:
    """The sale, or the end. BadForm: there is no such product, category or outlet, or the counter would refuse it."""
    product = at.tx.find(Product, code=asked.product)
    if product is None:
        raise BadForm({"product": say("There is no product {code} on that date.", code=asked.product)})
    must_be_a_category(at.tx, asked.category)
    return _if_it_ended(at.tx, product) if asked.ends else _sold(at, product, asked)


def _sold(office: Context, product: Product, asked: SaleTrialForm) -> list[Fact]:
    reading = office.tx
    outlet = asked.outlet or next((each.code for each in open_outlets(reading)), office.outlet)
    if reading.find(Outlet, code=outlet) is None:
        raise BadForm({"outlet": say("There is no outlet {code}.", code=outlet)})
    at = office.trying(GOODS if product.kind == "goods" else OPENING, outlet)
    try:
        if product.kind == "goods":
            basket = Basket(Products(at).goods(product.code, "product"), (), ())
        elif product.kind == "service":
            basket = _service(Products(at), product, asked)
        else:
            basket = Products(at).basket(product.code, asked.services, asked.category, asked.age)
    except NotAllowed as refused:
        raise BadForm({"product" if refused.field == "plan" else refused.field: refused.message}) from refused
    return [*_contents(basket), *_charged(at, basket, asked.category), *_used(reading, product), *_told_network(basket)]


def _service(products: Products, product: Product, asked: SaleTrialForm) -> Basket:
    """A service by itself, as one is added to a line that has what it needs."""
    offered = {each.code for each in products.offered("service", asked.category, asked.age)}
    if product.code not in offered:
        raise NotAllowed(say("{product} is not sold so.", product=products.name(product.code)), field="plan")
    return Basket(product, (), ())


def _contents(basket: Basket) -> Iterator[Fact]:
    yield Fact(say("Sold"), _name(basket.plan))
    for one in basket.contained:
        yield Fact(say("Contained"), _name(one))
    for one in basket.chosen:
        yield Fact(say("With it"), _name(one))
    cards = [one for one in basket.all if one.sim_kinds]
    if cards:
        fit = set.intersection(*(set(one.sim_kinds.split(",")) for one in cards))
        told = card_kinds(",".join(sorted(fit))) if fit else say("no card: its parts want different ones")
        yield Fact(say("SIM cards"), told)


def _charged(at: Context, basket: Basket, category: str) -> Iterator[Fact]:
    tariff, codes = Tariff(at), tuple(one.code for one in (basket.plan, *basket.chosen))
    monthly_only = basket.plan.kind == "service"
    quote = Quote(tariff.monthly(codes, category)) if monthly_only else tariff.price(PriceQuery(codes, category))
    for line in quote.lines:
        told = say("{yuan}/month") if line.monthly else say("{yuan} yuan")
        amount = Message(told.template, {"yuan": yuan(line.amount)})
        by = line.discount
        yield Fact(line.label, say("{amount}, by {rule}", amount=amount, rule=by) if by != Message("") else amount)
    yield Fact(say("To pay now"), say("{yuan} yuan", yuan=yuan(quote.due)))
    yield Fact(say("Each month"), say("{yuan} yuan", yuan=yuan(quote.monthly)))
    for term in binding(basket.plan, quote.monthly_of(basket.plan.code), at.today):
        yield Fact(say("Contract"), term)


def _used(reading: Reading, product: Product) -> Iterator[Fact]:
    for rate in reading.all(PlanRate, plan=product.code, order=("kind",)):
        told = say(
            "{included} included, then {yuan} yuan for each begun: {unit}",
            included=usage.amount(rate.kind, rate.included),
            yuan=yuan(rate.price),
            unit=usage.amount(rate.kind, rate.unit),
        )
        yield Fact(usage.called(rate.kind), told)


def _told_network(basket: Basket) -> Iterator[Fact]:
    if basket.plan.kind == "plan":
        yield Fact(say("Network"), act_name("create_subscriber"))
    for one in basket.all:
        if one.network_act == MANUAL:
            yield Fact(say("By hand"), _name(one))
        elif one.network_act.startswith(SERVICE):
            yield Fact(act_name("set_supplementary"), Message(one.network_act.removeprefix(SERVICE)))


def _if_it_ended(reading: Reading, product: Product) -> list[Fact]:
    """Who has it and is served on, what could not be sold any more, and what would have no effect."""
    lines = {state: reading.scalar(_LINES, product=product.code, state=state) or 0 for state in ("active", "pending")}
    planned = reading.scalar(_PLANNED, named=f'"{product.code}"') or 0
    facts = [
        Fact(say("Served on"), say("{count} {count:line has|lines have} it", count=lines["active"])),
        Fact(say("Under way"), say("{count} {count:line gets|lines get} it", count=lines["pending"])),
        Fact(say("Planned"), say("{count} {count:change|changes} to come name it", count=planned)),
    ]
    words = {"contains": say("Contains it"), "needs": say("Needs it")}
    for relation in reading.all(ProductRelation, other=product.code, order=("product",)):
        other = reading.find(Product, code=relation.product)
        if relation.relation in words and other is not None and other.state == "active":
            facts.append(Fact(words[relation.relation], _name(other)))
    for bundle in reading.all(HandsetBundle, order=("code",)):
        if product.code in (bundle.model, *bundle.plans.split(",")):
            facts.append(Fact(say("Handset bundle"), both(bundle.name_zh, bundle.name_en)))
    for entity, where in ((PRICES, {"product": product.code, "state": "published"}), (RATES, {"plan": product.code})):
        count = len(reading.all(entity.model, **where))
        facts.append(Fact(say("Without effect"), say("{rows}: {count}", rows=entity.says, count=count)))
    return facts


def leaves_behind(at: Rehearsal) -> Iterator[Fault]:
    """What hangs on a product that is sold no more, as it stands now: it holds nobody up."""
    for position, line, product in at.rows(Product):
        if line.op == "end" or (line.op == "change" and line.values.keys() & {"state", "valid_to"}):
            for fact in _if_it_ended(at.reading, product):
                told = fact.value
                if isinstance(told, str) or told.values.get("count", 1):
                    yield Fault(position, "", say("{label}: {told}", label=fact.label, told=told))


def _name(product: Product) -> Message:
    return say("{code} {name}", code=product.code, name=both(product.name_zh, product.name_en))
