"""M4 products 产品管理: what is sold, what it contains, needs and excludes, and at which prices.

A product that is withdrawn is sold no more, and served to whoever has it. Source: catalogue M4; management-facts 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from msgspec.structs import replace
from pydantic import Field

from boss_tui.components.resources.resources import KINDS as RESERVED
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import CasedCodes, Codes, Day, Fen, Named, Whole
from boss_tui.management.kit.checks import names_rows
from boss_tui.management.kit.entity import FIRST_DAY, LAST_DAY, Entity
from boss_tui.management.kit.one_form import adding, changing, free_code, untouched
from boss_tui.management.kit.subject import Change, Subject, TryOut
from boss_tui.management.m04.offering import (
    binds_by_its_kind,
    binds_to_a_fee,
    bundle_has_its_handset,
    fits_its_kind,
    goes_together,
    has_a_price,
    is_kept_at_all,
    network_act_names,
)
from boss_tui.management.m04.trial import SaleTrialForm, leaves_behind, sold_or_ended
from boss_tui.management.m06.income import INCOME
from boss_tui.management.m06.prices import PRICE_CHECKS, PRICES, example_price
from boss_tui.management.m06.tariffs import RATES, rates_are_of_plans
from data.errors import NotAllowed
from data.message import say
from data.states import kind_name
from data.store import Reading
from data.tables.billing import PlanRate
from data.tables.customer import Category
from data.tables.organisation import Outlet
from data.tables.product import Product, ProductRelation
from data.tables.resource import ReservationLimit, SimKind
from data.tables.service import Partner
from data.tables.stock import HandsetBundle

MOST_MONTHS = 60
"""A contract binds for five years at most."""
_ANY = say("Codes with commas; empty: any.")
OF_WHAT_IS_LEFT = say("Of what is left, at an early end.")


class ProductForm(Form):
    """A product, as it is typed. What is left empty fits any."""

    code: Annotated[Named, Ask(say("Product"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=60)]
    name_en: Annotated[str, Ask(say("English name"), length=60)] = ""
    kind: Annotated[str, Ask(say("Kind"), "choice")] = "plan"
    pay_type: Annotated[str, Ask(say("Paid"), "choice")] = "any"
    valid_from: Annotated[Day | None, Ask(say("From"), "date", help=FIRST_DAY)] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=LAST_DAY)] = None
    categories: Annotated[
        CasedCodes, Ask(say("Categories"), "text", help=_ANY, several=True, length=200, section=say("To whom, where"))
    ] = ()
    outlets: Annotated[Codes, Ask(say("Outlets"), "text", help=_ANY, several=True, length=400)] = ()
    minimum_age: Annotated[Whole, Ask(say("From the age"), "digits"), Field(le=120)] = 0
    sim_kinds: Annotated[
        CasedCodes,
        Ask(say("SIM cards"), "text", help=_ANY, several=True, length=60, section=say("What it needs")),
    ] = ()
    network_act: Annotated[
        str,
        Ask(say("Network"), help=say("data, service:clip, manual; empty: nothing is told to the network."), length=40),
    ] = ""
    partner: Annotated[str, Ask(say("Provider"), "code", help=say("Whose service it is, if not ours."), length=20)] = ""
    contract_months: Annotated[
        Whole,
        Ask(say("Months bound"), "digits", help=say("0: it binds to nothing."), section=say("What it binds to")),
        Field(le=MOST_MONTHS),
    ] = 0
    penalty_percent: Annotated[Whole, Ask(say("Penalty, %"), "digits", help=OF_WHAT_IS_LEFT), Field(le=100)] = 0
    rank: Annotated[
        Whole,
        Ask(say("Rank"), "digits", help=say("The smallest is offered first."), section=say("How it is offered")),
    ] = 100
    summary_zh: Annotated[str, Ask(say("Chinese intro"), length=120)] = ""
    summary_en: Annotated[str, Ask(say("English intro"), length=120)] = ""
    state: Annotated[str, Ask(say("State"), "choice", help=say("A draft is not sold yet."))] = "active"


class RelationForm(Form):
    """What one product has to do with another."""

    product: Annotated[str, Ask(say("Product"), "code", length=20)]
    relation: Annotated[str, Ask(say("Relation"), "choice")] = "contains"
    other: Annotated[str, Ask(say("Other product"), "code", length=20)]


class BundleForm(Form):
    """A handset at a price that binds."""

    code: Annotated[Named, Ask(say("Bundle"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=60)]
    name_en: Annotated[str, Ask(say("English name"), length=60)] = ""
    model: Annotated[str, Ask(say("Handset"), "code", length=40)]
    plans: Annotated[Codes, Ask(say("With the plans"), "text", help=_ANY, several=True, length=200)] = ()
    price: Annotated[Fen, Ask(say("Handset price"), "money"), Field(ge=0)]
    prepay: Annotated[Fen, Ask(say("Prepaid"), "money", help=say("Given back month by month.")), Field(ge=0)] = 0
    months: Annotated[Whole, Ask(say("Months bound"), "digits"), Field(ge=1, le=MOST_MONTHS)] = 12
    penalty_percent: Annotated[
        Whole,
        Ask(say("Penalty, %"), "digits", help=OF_WHAT_IS_LEFT),
        Field(le=100),
    ] = 30
    valid_from: Annotated[Day | None, Ask(say("From"), "date", help=FIRST_DAY)] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=LAST_DAY)] = None


class LimitForm(Form):
    """How long a form may keep a number, a card, a handset for its customer (catalogue C1-F5)."""

    kind: Annotated[str, Ask(say("Resource"), "text", help=say("number, sim, blank, handset."), length=20)]
    minutes: Annotated[Whole, Ask(say("Minutes"), "digits"), Field(ge=1, le=10_080)] = 30


RELATIONS = Entity(ProductRelation, RelationForm, say("Relations"), ("product", "other"))
LIMITS = Entity(
    ReservationLimit,
    LimitForm,
    say("Reservation limits"),
    ("kind",),
    words={"kind": {kind: kind_name(kind) for kind in RESERVED}},
)

PRODUCTS = Entity(
    Product,
    ProductForm,
    say("Products"),
    ("code", "name_zh", "name_en"),
    listed=("code", "name_zh", "name_en", "kind", "pay_type", "valid_from", "valid_to", "categories", "state"),
    named_by={"categories": Category, "outlets": Outlet, "sim_kinds": SimKind},
    words={"network_act": network_act_names()},
    parts={RELATIONS: "product", RATES: "plan", PRICES: "product"},
    trial=lambda row: {"product": row["code"], **_buyer(row["categories"], row["outlets"])},
)


def _some(reading: Reading, kind: str) -> Product:
    """A product of a kind that is sold. NotAllowed: there is none."""
    found = reading.all(Product, kind=kind, state="active", order=("code",))
    if not found:
        raise NotAllowed(say("There is nothing here yet to make an example of."))
    return found[0]


def _example(reading: Reading) -> Iterable[Change]:
    """A partner's service that a plan excludes, at a price for one category in one hall; more in a plan; one that binds
    for longer; a longer time for a form."""
    code, plan = free_code(reading, Product, "SX"), _some(reading, "plan")
    partner = next(iter(reading.all(Partner, order=("code",))), None)
    owner = partner.code if partner else ""
    yield adding("product", code=code, name_zh="每日一课", name_en="A lesson a day", kind="service", partner=owner)
    yield adding("product_relation", product=plan.code, relation="excludes", other=code)
    yield from example_price(reading, product=code, amount="5.00", monthly="y")
    bound = untouched(reading, Product, kind="plan", state="active")
    if bound is not None and bound.contract_months:
        yield changing(PRODUCTS, bound, contract_months=bound.contract_months % MOST_MONTHS + 1)
    if (rate := untouched(reading, PlanRate)) is not None:
        yield changing(RATES, rate, included=rate.included + 1)
    if (limit := untouched(reading, ReservationLimit)) is not None:
        yield changing(LIMITS, limit, minutes=limit.minutes + 1)


def _buyer(categories: str, outlets: str) -> dict[str, str]:
    """To whom and where something is sold in a trial: the first of those that it is for."""
    said = {"category": categories.partition(",")[0], "outlet": outlets.partition(",")[0]}
    return {name: code for name, code in said.items() if code}


SUBJECT = Subject(
    "M4",
    (
        PRODUCTS,
        RELATIONS,
        replace(RATES, says=say("Rates, by product")),
        replace(
            PRICES,
            says=say("Prices, by product"),
            trial=lambda row: {"product": row["product"], **_buyer(row["category"], row["outlet"])},
        ),
        Entity(
            HandsetBundle,
            BundleForm,
            say("Handset bundles"),
            ("code", "name_zh", "name_en", "model"),
            named_by={"plans": Product},
        ),
        LIMITS,
    ),
    checks=(
        names_rows(Product, categories=Category, outlets=Outlet),
        names_rows(HandsetBundle, plans=Product),
        fits_its_kind,
        binds_by_its_kind,
        binds_to_a_fee,
        goes_together,
        has_a_price,
        bundle_has_its_handset,
        is_kept_at_all,
        rates_are_of_plans,
        *PRICE_CHECKS,
    ),
    tries=TryOut(SaleTrialForm, sold_or_ended, lambda reading: {"product": _some(reading, "plan").code}),
    income=INCOME,
    warns=(leaves_behind,),
    example=_example,
    empty={
        "F8": say("What credit allows is M8's; a product is the same for all whom it is for."),
        "F9": say("How papers look is M9's."),
        "F10": say("What a product asks of the network is sent by the order that sells it."),
        "F11": say("What is charged is booked by the sale."),
        "F12": say("No account is touched by what is on offer."),
        "A1": say("What a product does to usage is watched by rules of M14."),
        "A2": say("What customers are told of products is an article of M1's."),
        "A3": say("Points go by what was paid, not by what is on offer."),
        "B2": say("Partners are settled with by their contracts (M18)."),
    },
)
