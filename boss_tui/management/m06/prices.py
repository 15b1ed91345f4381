"""Prices as M6 keeps them: rules that charge an item in a business. Nothing that is sold is without one.

Source: management-facts 1.3; catalogue M6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.base import valid_on
from boss_tui.components.tariff.price_rules import conditions, precedence
from boss_tui.components.tariff.tariff import OPENING
from boss_tui.editions.lines import RowEdit, history, line_of
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Fen, Flag, Whole, wrong
from boss_tui.management.kit.checks import names_a_business, no_overlap
from boss_tui.management.kit.entity import FIRST_DAY, LAST_DAY, Entity, Values
from boss_tui.management.kit.one_form import adding
from boss_tui.management.kit.subject import Change
from boss_tui.management.m06.spans import charged
from data.characters import is_digits
from data.message import Message, say
from data.store import Reading
from data.tables.customer import Category
from data.tables.organisation import Outlet
from data.tables.product import Product
from data.tables.tariff import PriceRule

GOODS = "C10"
"""Where goods are sold."""
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


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


_WHERE = say("Where this price holds; empty: wherever its edition reaches (Reaches, of the edition).")

_RANK = say("Of rules that fit, the greatest wins; of equal ones, what says more of whom, where and when.")


class PriceForm(Form):
    """A price rule, as it is typed. What is left empty fits any."""

    id: Annotated[str, Ask(say("Rule"), "text", help=say("Left empty, a new rule is given a key."), length=40)] = ""
    item: Annotated[str, Ask(say("Charge item"), "text", length=40)]
    business: Annotated[str, Ask(say("Business"), "code", length=8)]
    product: Annotated[str, Ask(say("Product"), "text", length=40)] = ""
    category: Annotated[str, Ask(say("Category"), "text", length=40)] = ""
    outlet: Annotated[str, Ask(say("Outlet"), "text", help=_WHERE, length=40)] = ""
    region: Annotated[str, Ask(say("Region"), "text", help=_WHERE, length=40)] = ""
    valid_from: Annotated[Day | None, Ask(say("From"), "date", help=FIRST_DAY)] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=LAST_DAY)] = None
    amount: Annotated[Fen, Ask(say("Amount"), "money")]
    percent: Annotated[
        Whole, Ask(say("Percent"), "digits", help=say("Of the amount: under 100 is a discount.")), Field(le=100)
    ] = 100
    monthly: Annotated[Flag, Ask(say("Monthly"), "flag")] = False
    name_zh: Annotated[str, Ask(say("Chinese name"), "text", length=60)] = ""
    name_en: Annotated[str, Ask(say("English name"), "text", length=60)] = ""
    rank: Annotated[Whole, Ask(say("Rank"), "digits", help=_RANK)] = 0
    weekdays: Annotated[
        str,
        Ask(say("Weekdays"), "digits", help=say("1 is Monday, 67 the weekend; empty: every day."), length=7),
        AfterValidator(check_weekdays),
    ] = ""
    from_time: Annotated[
        str,
        Ask(say("From (time)"), "text", help=say("Such as 22:00, on the wall of the hall."), length=5),
        AfterValidator(check_time),
    ] = ""
    to_time: Annotated[
        str,
        Ask(say("Until (time)"), "text", help=say("Such as 06:00: the last minute is not in it."), length=5),
        AfterValidator(check_time),
    ] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "published"


def still_priced(at: Rehearsal) -> Iterable[Fault]:
    """What is sold has a price each month: a plan or service that loses its last one is told beside the line."""
    for position, line in at.of(PriceRule):
        lost = str(line.values.get("product") or _product_before(at.reading, line))
        product = at.reading.find(Product, code=lost) if lost else None
        if product is not None and _is_sold(product, at.day) and not has_price(at.reading, product, at.day):
            told = say("Product {code} would be sold without a price from {day} on.", code=lost, day=at.day)
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


def has_monthly_fee(reading: Reading, plan: str, day: str) -> bool:
    """Whether a price rule of a plan's own asks for something each month on a day."""
    rules = reading.all(PriceRule, business=OPENING, product=plan, monthly=1, state="published")
    return any(rule.amount * rule.percent // 100 and valid_on(rule, day) for rule in rules)


def _not_below_nothing(at: Rehearsal) -> Iterable[Fault]:
    """No price is below nothing (management-facts 1.3)."""
    for position, line in at.lines.items():
        for column in ("amount", "price"):
            if int(line.values.get(column, 0)) < 0:
                yield Fault(position, column, say("A price is not below nothing."))


_PRICE_KEY = (
    "item",
    "business",
    "product",
    "category",
    "outlet",
    "region",
    "weekdays",
    "from_time",
    "to_time",
    "monthly",
    "rank",
)


_ABOUT = ("product", "category", "outlet", "region")
"""Columns of a rule that say what and whom it is for; empty: any."""


def _beside(typed: Values, reading: Reading) -> dict[str, Message]:
    """Of a monthly price with a last day, for whom it goes on; of one charged each month whose item all others charge
    once, or the other way round, that they do; which rank goes before all that the rule may meet."""
    code = {name: PRICES.code_of(name, str(typed.get(name, ""))) for name in PRICES.form.model_fields}
    monthly, told = code["monthly"] == "y", dict[str, Message]()
    if monthly and code["valid_to"]:
        told["valid_to"] = say("sold so until then; who has it keeps it")
    of_item = [r for r in reading.all(PriceRule, item=code["item"], state="published") if r.id != code["id"]]
    if {bool(rule.monthly) for rule in of_item} == {not monthly}:
        told["monthly"] = say("item's others: once") if monthly else say("item's others: monthly")
    found = reading.all(
        PriceRule, item=code["item"], business=code["business"], monthly=int(monthly), state="published"
    )
    met = [precedence(rule)[:2] for rule in found if rule.id != code["id"] and _may_meet(rule, code)]
    if met and is_digits(code["rank"]):
        rank, said = max(met)
        above = (int(code["rank"]), conditions(code)) > (rank, said)
        told["rank"] = say("goes before all others") if above else say("{n} goes before all others", n=rank + 1)
    return told


def _may_meet(rule: PriceRule, code: Values) -> bool:
    """Whether a rule may fit a sale that another one of its item fits; monthly ones are of one product each."""
    if rule.monthly and rule.product != code["product"]:
        return False
    return all("" in (code[name], getattr(rule, name)) or code[name] == getattr(rule, name) for name in _ABOUT)


PRICES = Entity(
    PriceRule,
    PriceForm,
    say("Prices"),
    ("id", "item", "business", "product", "name_zh", "name_en"),
    listed=(
        "id",
        "item",
        "product",
        "amount",
        "category",
        "business",
        "outlet",
        "region",
        "valid_from",
        "valid_to",
        "percent",
        "monthly",
        "rank",
        "state",
    ),
    words={"business": BUSINESS_NAMES},
    stands_in={"region": (Outlet, "region")},
    beside=_beside,
    on_day=charged,
    trial=lambda row: {
        "business": row["business"],
        "products": row["product"],
        "category": row["category"],
        "outlet": row["outlet"],
        "region": row["region"],
        "time": row["from_time"] or "12:00",
    },
)
PRICE_CHECKS = (
    _not_below_nothing,
    names_a_business({PriceRule: "business"}, BUSINESSES),
    no_overlap(PriceRule, _PRICE_KEY),
    still_priced,
)
"""What is asked of prices and rates, in whichever edition they stand."""


def example_price(reading: Reading, **values: str) -> Iterable[Change]:
    """A price at an opening, for one category of customers in one hall; none where there is nothing to make it of."""
    rules = reading.all(PriceRule, business=OPENING)
    category = max(reading.all(Category), key=lambda each: each.credit_limit, default=None)
    halls = reading.all(Outlet, order=("code",))
    item = next((rule.item for rule in rules if rule.monthly), "")
    if item and category is not None and halls:
        rank = str(1 + max(each.rank for each in rules))
        said = {"item": item, "business": OPENING, "category": category.code, "outlet": halls[-1].code, "rank": rank}
        yield adding(PRICES.name, **{**said, **values})
