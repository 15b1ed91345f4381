"""What a customer, or anybody in a category, would get and lose in another one; nothing is written (catalogue M3.1).

It is priced and offered by the components that the counter sells with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from boss_tui.answers.business import Quote
from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.base import Context, valid_on
from boss_tui.components.credit.credit import Credit
from boss_tui.components.customers.categories import ORDINARY, benefits, category_name
from boss_tui.components.customers.customers import Customers
from boss_tui.components.identity.kinds import age_on
from boss_tui.components.products.products import Products
from boss_tui.components.tariff.tariff import OPENING, Tariff
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import yuan
from boss_tui.management.kit.subject import Fact
from data.errors import BadForm, NotFound
from data.message import Message, both, say
from data.store import Reading
from data.tables.customer import Category, Customer
from data.tables.order import Subscription
from data.tables.organisation import Outlet
from data.tables.tariff import ChargeItem, PriceRule

ADULT = 30
"""The age of anybody, where nobody is meant."""


class CategoryTrialForm(Form):
    """Who, and in which category they are looked at."""

    number: Annotated[
        str, Ask(say("Number"), "digits", help=say("Whose owner it is; empty: anybody in the category."), length=11)
    ] = ""
    category: Annotated[
        str, Ask(say("Category"), choices="category", help=say("From; of a number's owner it is known."), length=20)
    ] = ORDINARY
    becomes: Annotated[str, Ask(say("Becomes"), choices="category", help=say("The other category."), length=20)]


def trial_example(reading: Reading) -> Mapping[str, Any]:
    """From the ordinary one to the best."""
    return {"becomes": reading.all(Category, state="active", order=("rank", "code"))[0].code}


def compared(at: Context, asked: CategoryTrialForm) -> Iterable[Fact]:
    """What is other in the one than in the other. BadForm: there is no such number or category."""
    owner = _owner(at, asked.number) if asked.number else None
    lines = Products(at).lines_of(owner.id) if owner else []
    age = age_on(date.fromisoformat(owner.birth_date), at.today) if owner and owner.birth_date else None
    if owner is None:
        age = ADULT
    before = _category(at, "category", owner.category if owner else asked.category)
    after = _category(at, "becomes", asked.becomes)
    credit, known = Credit(at), owner.id if owner else ""
    limits = [credit.assess(known, each.code, international=True) for each in (before, after)]
    yield Fact(say("Category"), _change(category_name(before), category_name(after)))
    yield Fact(say("Most numbers"), _change(*(str(each.number_limit) for each in (before, after))))
    if len(lines) > after.number_limit:
        yield Fact(say("Has already"), say("{n} {n:number|numbers}: they stay, no more are opened", n=len(lines)))
    yield Fact(say("Credit limit"), _change(*(yuan(each.limit) for each in limits)))
    yield Fact(say("Deposit, abroad"), _change(*(yuan(each.deposit) for each in limits)))
    yield from _words(before, after)
    yield from _rules(at, before.code, after.code)
    yield from _offered(at, age, before.code, after.code)
    yield from _monthly(at, lines, before.code, after.code)


def _owner(at: Context, number: str) -> Customer:
    """Whoever has a number now."""
    try:
        return Customers(at).owner(Products(at).subscription(number).customer_id)
    except NotFound as fault:
        raise BadForm({"number": fault.message}) from fault


def _category(at: Context, field: str, code: str) -> Category:
    row = at.tx.find(Category, code=code)
    if row is None or row.state != "active":
        raise BadForm({field: say("There is no category {code} on that date.", code=code)})
    return row


def _change(before: Message | str, after: Message | str) -> Message:
    return say("{before} -> {after}", before=before, after=after)


def _words(before: Category, after: Category) -> Iterator[Fact]:
    lost, gained = benefits(before), benefits(after)
    if before.code != after.code:
        yield from [Fact(say("Loses"), lost)] if lost else []
        yield from [Fact(say("Gains"), gained)] if gained else []


def _rules(at: Context, before: str, after: str) -> Iterator[Fact]:
    """The price rules that are for the one alone."""
    for label, code, other in ((say("Pays no more by"), before, after), (say("Pays by"), after, before)):
        for rule in at.tx.all(PriceRule, category=code, state="published", order=("business", "item", "id")):
            if code != other and valid_on(rule, at.business_date):
                yield Fact(label, _rule(at.tx, rule))


def _rule(reading: Reading, rule: PriceRule) -> Message:
    item = reading.find(ChargeItem, code=rule.item)
    code = rule.business
    business = BUSINESS_NAMES[code] if code in BUSINESSES else both(code, code)
    what = both(item.name_zh, item.name_en) if item else both(rule.item, rule.item)
    return say(
        "{business}, {what}: {yuan} yuan ({percent} %)",
        business=business,
        what=say("{item} {product}", item=what, product=rule.product) if rule.product else what,
        yuan=yuan(rule.amount * rule.percent // 100),
        percent=rule.percent,
    )


def _offered(at: Context, age: int | None, before: str, after: str) -> Iterator[Fact]:
    """The products that are sold in a hall to the one alone."""
    halls = at.tx.all(Outlet, order=("code",))
    products = Products(at.trying(OPENING, halls[0].code if halls else at.outlet))
    for kind in ("plan", "service"):
        was, will = ([each.code for each in products.offered(kind, whom, age)] for whom in (before, after))
        yield from (Fact(say("Buys no more"), products.name(code)) for code in was if code not in will)
        yield from (Fact(say("May buy"), products.name(code)) for code in will if code not in was)


def _monthly(at: Context, lines: Iterable[Subscription], before: str, after: str) -> Iterator[Fact]:
    """What their numbers would be charged each month."""
    tariff, products = Tariff(at.trying(OPENING, at.outlet)), Products(at)
    for line in lines:
        codes = tuple(dict.fromkeys((line.plan, *products.has(line.id))))
        sums = [yuan(Quote(tariff.monthly(codes, each)).monthly) for each in (before, after)]
        yield Fact(say("{number}, a month", number=line.number), _change(*sums))
