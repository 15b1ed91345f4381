"""M6 tariffs and discounts 资费优惠管理: what can be charged, prices, the rates of plans, tax by date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.editions.lines import Line
from boss_tui.editions.subjects import Fault
from boss_tui.fields import Ask
from boss_tui.forms import Day, Fen, Flag, Form
from boss_tui.management.kit.checks import no_overlap
from boss_tui.management.kit.subject import Entity, Subject, TryOut
from boss_tui.management.m06_prices import (
    PriceTrial,
    check_time,
    check_weekdays,
    refers_to_what_is_sold,
    still_priced,
    try_a_price,
)
from data.message import say
from data.store import Reading
from data.tables.billing import PlanRate
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


def _not_below_nothing(reading: Reading, lines: Mapping[int, Line], day: str) -> Iterable[Fault]:  # noqa: ARG001
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
SUBJECT = Subject(
    "M6",
    (
        Entity(
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
        ),
        Entity(PlanRate, RateForm, say("Rates of plans"), ("plan", "kind"), words={"kind": USAGE}),
        Entity(ChargeItem, ItemForm, say("Charge items"), ("code", "name_zh", "name_en"), words={"fee_kind": FEES}),
        Entity(TaxRate, TaxForm, say("Tax rates"), ("category",)),
    ),
    checks=(_not_below_nothing, no_overlap(PriceRule, _PRICE_KEY), refers_to_what_is_sold, still_priced),
    tries=TryOut(PriceTrial, try_a_price),
)
