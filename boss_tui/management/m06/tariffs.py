"""M6 tariffs and discounts 资费优惠管理: prices (`m06.prices`), what can be charged, rates of plans, tax by date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from boss_tui.components.billing import usage
from boss_tui.components.tariff.tariff import OPENING
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.measured import read
from boss_tui.forms.typed import Day, Fen, Named, Rate, Whole
from boss_tui.management.kit.checks import ends_unnamed
from boss_tui.management.kit.entity import FIRST_DAY, Entity, Values, plainly, text_of
from boss_tui.management.kit.one_form import changing, untouched
from boss_tui.management.kit.subject import Change, Subject, TryOut
from boss_tui.management.m06.income import INCOME
from boss_tui.management.m06.prices import PRICE_CHECKS, PRICES, example_price
from boss_tui.management.m06.trial import PriceTrialForm, try_a_price
from data.characters import is_digits
from data.message import Message, quoted, say
from data.store import Reading
from data.table_words import no_such
from data.tables.billing import PlanRate
from data.tables.product import Product
from data.tables.tariff import ChargeItem, PriceRule, TaxRate

NO_TAX = "none"
"""The category of what no tax is in."""


_MEASURED = say("Of calls 100 min or 90 s, of data 500 MB or 1.5 GB, of messages and content pieces.")


class RateForm(Form):
    """What a plan gives of one kind of usage, and what a unit beyond it costs."""

    plan: Annotated[str, Ask(say("Plan"), "text", length=40)]
    kind: Annotated[str, Ask(say("Usage"), "text", length=20)]
    included: Annotated[Whole, Ask(say("Included"), "digits", help=_MEASURED)] = 0
    unit: Annotated[
        Whole,
        Ask(say("Unit"), "digits", help=say("Each that is begun is charged: of calls 1 min, of data 1 MB.")),
        Field(ge=1),
    ] = 1
    price: Annotated[Fen, Ask(say("Per unit"), "money")] = 0


class ItemForm(Form):
    """What can be charged."""

    code: Annotated[Named, Ask(say("Charge item"), "text", length=40)]
    name_zh: Annotated[str, Ask(say("Chinese name"), "text", length=60)]
    name_en: Annotated[str, Ask(say("English name"), "text", length=60)] = ""
    fee_kind: Annotated[
        Whole, Ask(say("Kind of fee"), "digits", help=say("0 fee, 1 deposit, 2 prepayment.")), Field(le=2)
    ] = 0
    ledger_account: Annotated[str, Ask(say("Ledger account"), "text", length=20)]
    tax_category: Annotated[str, Ask(say("Tax category"), "text", length=20)] = NO_TAX


class TaxForm(Form):
    """A rate of tax, from a business date on."""

    category: Annotated[Named, Ask(say("Tax category"), "text", length=20)]
    valid_from: Annotated[Day, Ask(say("From"), "date", help=FIRST_DAY)]
    rate: Annotated[Rate, Ask(say("Rate"), "rate")]


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


MEASURES: dict[str, Literal["time", "volume"]] = {
    **dict.fromkeys(("voice", "voice_international", "voice_roaming"), "time"),
    **dict.fromkeys(("data", "data_roaming"), "volume"),
}
"""In which measure the usage of a kind is typed; that of others in pieces."""


def _measures(typed: Values) -> dict[str, Message]:
    """How much a rate says, in the measure of its kind; of an empty field, which measure that is."""
    kind = RATES.code_of("kind", str(typed.get("kind", "")))
    if kind not in USAGE:
        return {}
    said = {name: str(typed.get(name, "")).strip() for name in ("included", "unit")}
    told = {name: _amount(kind, text) for name, text in said.items()}
    of_price = {"price": say("yuan for each begun: {unit}", unit=told["unit"])}
    return of_price if kind in MEASURES else {**told, **of_price}


def _beside(typed: Values, _: Reading) -> dict[str, Message]:
    """The same, and what is meant where no unit was typed."""
    kind = RATES.code_of("kind", str(typed.get("kind", "")))
    said = {name: str(typed.get(name, "")).strip() for name in ("included", "unit")} if kind in MEASURES else {}
    return {**_measures(typed), **{name: _amount(kind, text) for name, text in said.items() if is_digits(text or "0")}}


def _amount(kind: str, text: str) -> Message:
    measure = MEASURES.get(kind)
    if measure is None:
        return usage.amount(kind, int(text)) if is_digits(text) else say("in pieces")
    try:
        value = read(measure, text)
    except PydanticCustomError:  # nothing is typed yet, or no measure
        return say("such as 2 min") if measure == "time" else say("such as 500 MB")
    said = plainly(RATES.in_row(RATES.column("unit"), {"kind": kind}), value)
    return said if isinstance(said, Message) else quoted(said)


RATES = Entity(
    PlanRate,
    RateForm,
    say("Rates of plans"),
    ("plan", "kind"),
    words={"kind": USAGE},
    kinds=dict.fromkeys(("included", "unit"), ("kind", MEASURES)),
    beside=_beside,
    measures=_measures,
)
TAXES = {
    "basic": say("basic telecom services"),
    "value_added": say("value-added telecom services"),
    "goods": say("goods sold"),
    NO_TAX: say("no tax"),
}
"""The tax categories that every headquarters begins with."""
ITEMS = Entity(
    ChargeItem,
    ItemForm,
    say("Charge items"),
    ("code", "name_zh", "name_en"),
    words={"fee_kind": FEES, "tax_category": TAXES},
    stands_in={"tax_category": (TaxRate, "category")},
)

TAX_RATES = Entity(
    TaxRate,
    TaxForm,
    say("Tax rates"),
    ("category",),
    words={"category": TAXES},
    is_free=frozenset({"category"}),  # the first rate of a category is what makes it
)


def items_are_taxed(at: Rehearsal) -> Iterator[Fault]:
    """What can be charged is of a tax category that has a rate, or of none: without one its tax would be nothing."""
    for position, line in at.of(ChargeItem):
        category = line.values.get("tax_category")
        if category and category != NO_TAX and not at.reading.all(TaxRate, category=category):
            yield Fault(position, "tax_category", no_such(TaxRate, category))


def rates_are_of_plans(at: Rehearsal) -> Iterator[Fault]:
    """Usage is charged by the plan of a line: rates of anything else would never be asked."""
    for position, row in at.kept(PlanRate):
        product = at.reading.find(Product, code=row.plan)
        if product is not None and product.kind != "plan":
            yield Fault(position, "plan", say("{code} is no plan.", code=row.plan))


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
    (PRICES, RATES, ITEMS, TAX_RATES),
    checks=(*PRICE_CHECKS, items_are_taxed, rates_are_of_plans, ends_unnamed(ChargeItem, PRICES, "item")),
    tries=TryOut(PriceTrialForm, try_a_price, lambda _: {"business": OPENING}),
    income=INCOME,
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
