"""M6 tariffs and discounts 资费优惠管理: what can be charged, prices, the rates of plans, tax by date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.businesses import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.tariff import OPENING
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Fault
from boss_tui.fields import Ask
from boss_tui.forms import Day, Fen, Flag, Form
from boss_tui.management.kit.checks import names_a_business, no_overlap
from boss_tui.management.kit.one_form import changing, untouched
from boss_tui.management.kit.subject import Change, Entity, Subject, TryOut, text_of
from boss_tui.management.m06_prices import (
    PriceTrialForm,
    check_time,
    check_weekdays,
    still_priced,
    try_a_price,
)
from data.message import say
from data.store import Reading
from data.tables.billing import PlanRate
from data.tables.customer import Category
from data.tables.organisation import Outlet
from data.tables.tariff import ChargeItem, PriceRule, TaxRate

FIRST_DAY = say("The first business date on which it holds; empty: from ever.")
LAST_DAY = say("The last business date on which it holds, inclusive; empty: for good.")


class PriceForm(Form):
    """A price rule, as it is typed. What is left empty fits any."""

    id: Annotated[str, Ask(say("Rule"), "text", help=say("Left empty, a new rule is given a key."), length=40)] = ""
    item: Annotated[str, Ask(say("Charge item"), "text", length=40)]
    business: Annotated[str, Ask(say("Business"), "code", length=8)]
    product: Annotated[str, Ask(say("Product"), "text", length=40)] = ""
    category: Annotated[str, Ask(say("Category"), "text", length=40)] = ""
    outlet: Annotated[str, Ask(say("Outlet"), "text", length=40)] = ""
    valid_from: Annotated[Day | None, Ask(say("From"), "date", help=FIRST_DAY)] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=LAST_DAY)] = None
    amount: Annotated[Fen, Ask(say("Amount"), "money")]
    percent: Annotated[
        int, Ask(say("Percent"), "digits", help=say("Of the amount: under 100 is a discount.")), Field(ge=0, le=100)
    ] = 100
    monthly: Annotated[Flag, Ask(say("Monthly"), "flag")] = False
    name_zh: Annotated[str, Ask(say("Name (Chinese)"), "text", length=60)] = ""
    name_en: Annotated[str, Ask(say("Name (English)"), "text", length=60)] = ""
    rank: Annotated[int, Ask(say("Rank"), "digits", help=say("Of rules that fit, the greatest wins."))] = 0
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


class RateForm(Form):
    """What a plan gives of one kind of usage, and what a unit beyond it costs."""

    plan: Annotated[str, Ask(say("Plan"), "text", length=40)]
    kind: Annotated[str, Ask(say("Usage"), "text", length=20)]
    included: Annotated[int, Ask(say("Included"), "digits"), Field(ge=0)] = 0
    unit: Annotated[
        int, Ask(say("Unit"), "digits", help=say("What is begun is charged, in seconds or pieces.")), Field(ge=1)
    ] = 1
    price: Annotated[Fen, Ask(say("Per unit"), "money")] = 0


class ItemForm(Form):
    """What can be charged."""

    code: Annotated[str, Ask(say("Charge item"), "text", length=40)]
    name_zh: Annotated[str, Ask(say("Name (Chinese)"), "text", length=60)]
    name_en: Annotated[str, Ask(say("Name (English)"), "text", length=60)] = ""
    fee_kind: Annotated[
        int, Ask(say("Kind of fee"), "digits", help=say("0 fee, 1 deposit, 2 prepayment.")), Field(ge=0, le=2)
    ] = 0
    ledger_account: Annotated[str, Ask(say("Account"), "text", length=20)]
    tax_category: Annotated[str, Ask(say("Tax category"), "text", length=20)] = "none"


class TaxForm(Form):
    """A rate of tax, from a business date on."""

    category: Annotated[str, Ask(say("Tax category"), "text", length=20)]
    valid_from: Annotated[Day, Ask(say("From"), "date", help=FIRST_DAY)]
    rate: Annotated[
        int, Ask(say("Rate"), "digits", help=say("In hundredths of a percent: 13 % is 1300.")), Field(ge=0, le=10_000)
    ]


def _not_below_nothing(reading: Reading, lines: Mapping[int, RowEdit], day: str) -> Iterable[Fault]:  # noqa: ARG001
    """No price is below nothing (management-facts 1.3)."""
    for position, line in lines.items():
        for column in ("amount", "price"):
            if int(line.values.get(column, 0)) < 0:
                yield Fault(position, column, say("A price is not below nothing."))


_PRICE_KEY = (
    "item",
    "business",
    "product",
    "category",
    "outlet",
    "weekdays",
    "from_time",
    "to_time",
    "monthly",
    "rank",
)
FEES = {0: say("fee"), 1: say("deposit"), 2: say("prepayment")}
USAGE = {
    "voice": say("calls"),
    "voice_international": say("calls abroad"),
    "voice_roaming": say("calls while roaming"),
    "data": say("data"),
    "data_roaming": say("data while roaming"),
    "message": say("messages"),
    "content": say("content"),
}
PRICES = Entity(
    PriceRule,
    PriceForm,
    say("Prices"),
    ("id", "item", "business", "product", "name_zh", "name_en"),
    listed=(
        "id",
        "item",
        "business",
        "amount",
        "product",
        "category",
        "outlet",
        "valid_from",
        "valid_to",
        "percent",
        "monthly",
        "rank",
        "state",
    ),
    new_key=lambda typed, free: (typed["id"] or free,),
    words={"business": BUSINESS_NAMES},
)
RATES = Entity(PlanRate, RateForm, say("Rates of plans"), ("plan", "kind"), words={"kind": USAGE})
ITEMS = Entity(ChargeItem, ItemForm, say("Charge items"), ("code", "name_zh", "name_en"), words={"fee_kind": FEES})


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
        yield Change(PRICES.name, "add", values={**said, **values})


def _example(reading: Reading) -> Iterable[Change]:
    """A discount on a plan, another name of an item, more in a plan."""
    rule = next((each for each in reading.all(PriceRule, business=OPENING, monthly=1) if each.product), None)
    if rule is not None:
        amount = text_of(PRICES.column("amount"), rule.amount)
        named = {"percent": "90", "name_zh": "九折", "name_en": "Ten percent off"}
        yield from example_price(reading, product=rule.product, amount=amount, monthly="y", **named)
    if (item := untouched(reading, ChargeItem)) is not None:
        yield changing(ITEMS, item, name_en=f"{item.name_en} *")
    if (rate := untouched(reading, PlanRate)) is not None:
        yield changing(RATES, rate, included=rate.included + 1)


SUBJECT = Subject(
    "M6",
    (PRICES, RATES, ITEMS, Entity(TaxRate, TaxForm, say("Tax rates"), ("category",))),
    checks=PRICE_CHECKS,
    tries=TryOut(PriceTrialForm, try_a_price, lambda _: {"business": OPENING}),
    example=_example,
    empty={
        "F5": say("Numbers have their fee by grade (M5); goods are priced as products are."),
        "F8": say("A price is the same whatever anybody's credit; limits are M8's."),
        "F9": say("Papers print what a sale was charged; how they look is M9's."),
        "F10": say("No price reaches the network."),
        "F12": say("No account is touched: what is charged is booked by the sale."),
        "A1": say("What a price does to usage is watched by rules of M14."),
        "A2": say("What customers are told of prices is an article of M1's."),
        "A3": say("Points go by what was paid, not by the price list."),
        "A4": say("What partners charge stands with their services (M17.1)."),
        "B2": say("Partners are settled with by their contracts (M18)."),
    },
)
