"""M4 products 产品管理: what is sold, what it contains, needs and excludes, and at which prices.

A product that is withdrawn is sold no more, and served to whoever has it. Source: catalogue M4; management-facts 1.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from boss_tui.fields import Ask
from boss_tui.forms import Codes, Day, Fen, Form
from boss_tui.management.kit.checks import names_rows
from boss_tui.management.kit.subject import Entity, Subject, TryOut
from boss_tui.management.m04_offering import (
    bundle_has_its_handset,
    fits_its_kind,
    goes_together,
    has_a_price,
    is_kept_at_all,
)
from boss_tui.management.m04_trial import SaleTrialForm, sold_or_ended
from boss_tui.management.m06_tariffs import FIRST_DAY, LAST_DAY, PRICE_CHECKS, PRICES, RATES
from data.message import say
from data.tables.customer import Category
from data.tables.organisation import Outlet
from data.tables.product import Product, ProductRelation
from data.tables.resource import ReservationLimit
from data.tables.stock import HandsetBundle

_ANY = say("Codes with commas; empty: any.")


class ProductForm(Form):
    """A product, as it is typed. What is left empty fits any."""

    code: Annotated[str, Ask(say("Product"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Name (Chinese)"), length=60)]
    name_en: Annotated[str, Ask(say("Name (English)"), length=60)] = ""
    kind: Annotated[str, Ask(say("Kind"), "choice")] = "plan"
    pay_type: Annotated[str, Ask(say("Paid"), "choice")] = "any"
    valid_from: Annotated[Day | None, Ask(say("From"), "date", help=FIRST_DAY)] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=LAST_DAY)] = None
    categories: Annotated[Codes, Ask(say("Categories"), "text", help=_ANY, several=True, length=200)] = ()
    outlets: Annotated[Codes, Ask(say("Outlets"), "text", help=_ANY, several=True, length=400)] = ()
    minimum_age: Annotated[int, Ask(say("From the age"), "digits"), Field(ge=0, le=120)] = 0
    sim_kinds: Annotated[Codes, Ask(say("SIM cards"), "text", help=_ANY, several=True, length=60)] = ()
    network_act: Annotated[
        str,
        Ask(say("Network"), help=say("data, service:clip, manual; empty: nothing is told to the network."), length=40),
    ] = ""
    partner: Annotated[str, Ask(say("Provider"), "code", help=say("Whose service it is, if not ours."), length=20)] = ""
    rank: Annotated[int, Ask(say("Rank"), "digits", help=say("The smallest is offered first.")), Field(ge=0)] = 100
    summary_zh: Annotated[str, Ask(say("About (zh)"), length=120)] = ""
    summary_en: Annotated[str, Ask(say("About (en)"), length=120)] = ""
    state: Annotated[str, Ask(say("State"), "choice", help=say("A draft is not sold yet."))] = "active"


class RelationForm(Form):
    """What one product has to do with another."""

    product: Annotated[str, Ask(say("Product"), "code", length=20)]
    relation: Annotated[str, Ask(say("Relation"), "choice")] = "contains"
    other: Annotated[str, Ask(say("Other product"), "code", length=20)]


class BundleForm(Form):
    """A handset at a price that binds."""

    code: Annotated[str, Ask(say("Bundle"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Name (Chinese)"), length=60)]
    name_en: Annotated[str, Ask(say("Name (English)"), length=60)] = ""
    model: Annotated[str, Ask(say("Handset"), "code", length=40)]
    plans: Annotated[Codes, Ask(say("With the plans"), "text", help=_ANY, several=True, length=200)] = ()
    price: Annotated[Fen, Ask(say("Price"), "money"), Field(ge=0)]
    prepay: Annotated[Fen, Ask(say("Prepaid"), "money", help=say("Given back month by month.")), Field(ge=0)] = 0
    months: Annotated[int, Ask(say("Months bound"), "digits"), Field(ge=1, le=60)] = 12
    penalty_percent: Annotated[
        int,
        Ask(say("Penalty, %"), "digits", help=say("Of what is left, at an early end.")),
        Field(ge=0, le=100),
    ] = 30
    valid_from: Annotated[Day | None, Ask(say("From"), "date", help=FIRST_DAY)] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=LAST_DAY)] = None


class LimitForm(Form):
    """How long a form may keep a number, a card, a handset for its customer (catalogue C1-F5)."""

    kind: Annotated[str, Ask(say("Resource"), "text", help=say("number, sim, blank, handset."), length=20)]
    minutes: Annotated[int, Ask(say("Minutes"), "digits"), Field(ge=1, le=10_080)] = 30


SUBJECT = Subject(
    "M4",
    (
        Entity(
            Product,
            ProductForm,
            say("Products"),
            ("code", "name_zh", "name_en"),
            listed=("code", "name_zh", "name_en", "kind", "pay_type", "valid_from", "valid_to", "categories", "state"),
        ),
        Entity(ProductRelation, RelationForm, say("Relations"), ("product", "other")),
        RATES,
        PRICES,
        Entity(HandsetBundle, BundleForm, say("Handset bundles"), ("code", "name_zh", "name_en", "model")),
        Entity(ReservationLimit, LimitForm, say("Kept for a form"), ("kind",)),
    ),
    checks=(
        names_rows(Product, categories=Category, outlets=Outlet),
        names_rows(HandsetBundle, plans=Product),
        fits_its_kind,
        goes_together,
        has_a_price,
        bundle_has_its_handset,
        is_kept_at_all,
        *PRICE_CHECKS,
    ),
    tries=TryOut(SaleTrialForm, sold_or_ended),
)
