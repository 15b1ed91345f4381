"""M3.1 customer categories 客户类别设置: what a category allows and brings, and the documents that lead to one.

Who is in which is decided by M3.2, and else at the counter by the document that is shown. What a category pays less is
said by price rules, by its code: they may stand in the same edition. Source: catalogue M3.1, F3.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Annotated

from msgspec.structs import replace
from pydantic import Field

from boss_tui.components.customers.categories import ORDINARY
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen, Flag, Named, Whole
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.one_form import changing, free_code, untouched
from boss_tui.management.kit.subject import Change, Subject, TryOut
from boss_tui.management.m03_1.checks import CATEGORY_CHECKS
from boss_tui.management.m03_1.trial import CategoryTrialForm, compared, trial_example
from boss_tui.management.m06.income import INCOME
from boss_tui.management.m06.prices import PRICE_CHECKS, PRICES, example_price
from data.message import say
from data.store import Reading
from data.tables.customer import Category, DocumentKind

RULE_NAMES = {
    "resident_id": say("resident identity card: 18 characters, the last one checks"),
    "household": say("household register"),
    "residence_permit": say("residence permit"),
    "foreign_card": say("permanent residence of a foreigner"),
    "hk_macao_permit": say("permit of Hong Kong or Macao"),
    "taiwan_permit": say("permit of Taiwan"),
    "passport": say("passport"),
    "military": say("service card of the military"),
    "police": say("service card of the armed police"),
    "uscc": say("unified social credit code: 18 characters, the last one checks"),
    "other": say("any other number"),
}
"""The rules by which a document's number is checked (`components.identity.kinds.RULES`)."""


class CategoryForm(Form):
    """A category, as it is typed."""

    code: Annotated[Named, Ask(say("Category"), length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
    rank: Annotated[
        Whole,
        Ask(say("Rank"), "digits", help=say("Where several fit somebody, the smallest wins.")),
        Field(le=9_999),
    ] = 100
    number_limit: Annotated[
        Whole,
        Ask(say("Most numbers"), "digits", help=say("How many one document may have.")),
        Field(le=100_000),
    ] = 5
    credit_limit: Annotated[Fen, Ask(say("Credit limit"), "money"), Field(ge=0)] = 0
    deposit_waived: Annotated[
        Flag, Ask(say("No deposit"), "flag", help=say("y: none is asked for international services."))
    ] = False
    key_account: Annotated[
        Flag, Ask(say("Key account"), "flag", help=say("y: a hall may vouch for them for a day before a stop."))
    ] = False
    colour: Annotated[str, Ask(say("Colour"), "choice", help=say("Of its name beside the customer's."))] = ""
    benefits_zh: Annotated[
        str, Ask(say("Chinese perks"), help=say("What it brings, in words for the clerk."), length=60)
    ] = ""
    benefits_en: Annotated[
        str, Ask(say("English perks"), help=say("What it brings, in words for the clerk."), length=120)
    ] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class DocumentKindForm(Form):
    """A kind of identity document, and the category that it leads to."""

    code: Annotated[Named, Ask(say("Document kind"), "code", help=say("Its national interface code."), length=4)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=60)] = ""
    holder: Annotated[str, Ask(say("Holder"), "choice")] = "individual"
    rule: Annotated[str, Ask(say("Rule"), help=say("By which its number is checked: resident_id, other."), length=20)]
    category: Annotated[str, Ask(say("Category"), length=20)] = ORDINARY
    minors_only: Annotated[Flag, Ask(say("Minors only"), "flag")] = False
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


CATEGORIES = Entity(
    Category,
    CategoryForm,
    say("Categories"),
    ("code", "name_zh", "name_en"),
    listed=("code", "name_zh", "name_en", "rank", "number_limit", "credit_limit", "deposit_waived", "colour", "state"),
    sort="rank",
    parts={PRICES: "category"},
    trial=lambda row: {"becomes": row["code"]},
)
KINDS = Entity(
    DocumentKind,
    DocumentKindForm,
    say("Document kinds"),
    ("code", "name_zh", "name_en"),
    words={"rule": RULE_NAMES},
)


def _example(reading: Reading) -> Iterable[Change]:
    """A category for the old, with a price of its own; another name of a kind of document."""
    code = free_code(reading, Category, "silver")
    ranks = {row.rank for row in reading.all(Category)}
    yield Change(
        CATEGORIES.name,
        "add",
        values={
            "code": code,
            "name_zh": f"银龄客户{code[6:]}",
            "name_en": f"Silver {code[6:]}",
            "rank": str(next(rank for rank in count(41) if rank not in ranks)),
            "credit_limit": "50.00",
            "colour": "violet",
            "benefits_zh": "优先叫号，上门办理",
            "benefits_en": "Served first, at home where asked for",
        },
    )
    named = {"percent": "80", "name_zh": "银龄八折", "name_en": "Silver: 20 % off"}
    yield from example_price(reading, **{"category": code, "amount": "50.00", **named})
    if (kind := untouched(reading, DocumentKind)) is not None:
        yield changing(KINDS, kind, name_en=f"{kind.name_en} *")


SUBJECT = Subject(
    "M3.1",
    (
        CATEGORIES,
        KINDS,
        replace(PRICES, says=say("Prices, by category"), trial=lambda row: {"becomes": row["category"]}),
    ),
    checks=(*CATEGORY_CHECKS, *PRICE_CHECKS),
    income=INCOME,
    tries=TryOut(CategoryTrialForm, compared, trial_example),
    example=_example,
    empty={
        "F5": say("No number and no card is kept for a category; which products it may buy is M4's."),
        "F9": say("How papers look is M9's."),
        "F10": say("The network knows of no categories."),
        "F11": say("What a category pays less is booked by the sale."),
        "F12": say("No account is touched: what is charged follows at the next sale or bill."),
        "A1": say("What a category does to usage is watched by rules of M14."),
        "A2": say("What customers are told of benefits is an article of M1's."),
        "A3": say("Points go by what was paid, in every category."),
        "A4": say("Agents' halls serve the same categories."),
        "B1": say("Bills follow the price rules (M6) that name a category."),
        "B2": say("Partners are settled with by their contracts (M18)."),
    },
)
