"""What it costs: chart of accounts, charge items, tax by date, price rules with their discounts (catalogue F6, F11)."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct

from data.demo.handsets import BUNDLES
from data.demo.handsets import PRICES as HANDSETS
from data.demo.numbers import FEES
from data.demo.products import ON_SALE_FROM
from data.standard import money
from data.standard.money import ITEMS, TAX_NOW
from data.standard.rows import Rows
from data.tables.tariff import PriceRule

_MONTHLY = {
    "P58": 5_800,
    "P88": 8_800,
    "P128": 12_800,
    "PSTU": 2_900,
    "PSEN": 1_900,
    "PBIZ": 19_800,
    "PBANK": 4_800,
    "P39": 3_900,
}
_SERVICES = {
    "RBT": 500,
    "WEATHER": 300,
    "CLIR": 500,
    "VMAIL": 200,
    "IDD": 1_000,
    "IROAM": 3_000,
    "NETCARD": 1_000,
    "STOCK": 1_000,
}
FACE_VALUES = {"PRE50": 5_000, "PRE100": 10_000}
_PREPAID_MIN = {
    "P58": 10_000,
    "P88": 10_000,
    "P128": 20_000,
    "PSTU": 5_000,
    "PSEN": 5_000,
    "PBIZ": 50_000,
    "PBANK": 10_000,
    "P39": 5_000,
}

_RULES: tuple[dict[str, Any], ...] = (
    {"item": "entry_fee", "amount": 5_000, "rank": 0},
    {
        "item": "entry_fee",
        "category": "student",
        "amount": 5_000,
        "percent": 50,
        "rank": 10,
        "name_zh": "学生入网五折",
        "name_en": "Students: half the entry fee",
    },
    {
        "item": "entry_fee",
        "category": "key",
        "amount": 5_000,
        "percent": 0,
        "rank": 20,
        "name_zh": "大客户免入网费",
        "name_en": "Key accounts: no entry fee",
    },
    {
        "item": "entry_fee",
        "category": "red",
        "amount": 5_000,
        "percent": 0,
        "rank": 20,
        "name_zh": "红名单免入网费",
        "name_en": "Red list: no entry fee",
    },
    {"item": "sim_fee", "amount": 2_000, "rank": 0},
    {
        "item": "sim_fee",
        "category": "key",
        "amount": 2_000,
        "percent": 0,
        "rank": 10,
        "name_zh": "大客户免卡费",
        "name_en": "Key accounts: card free",
    },
    *(
        {
            "item": "entry_fee",
            "product": card,
            "amount": 0,
            "rank": 30,
            "name_zh": "预付费免入网费",
            "name_en": "Prepaid: no entry fee",
        }
        for card in FACE_VALUES
    ),
    *(
        {
            "item": "prepayment",
            "product": card,
            "amount": value,
            "rank": 10,
            "name_zh": "卡面值",
            "name_en": "Face value",
        }
        for card, value in FACE_VALUES.items()
    ),
    *({"item": "prepayment", "product": plan, "amount": least, "rank": 10} for plan, least in _PREPAID_MIN.items()),
    *(
        {"item": "monthly_fee", "product": plan, "amount": rent, "monthly": 1, "rank": 0}
        for plan, rent in _MONTHLY.items()
    ),
    *(
        {"item": "value_added_fee", "product": code, "amount": rent, "monthly": 1, "rank": 0}
        for code, rent in _SERVICES.items()
    ),
)


_OTHERS: tuple[tuple[str, dict[str, Any]], ...] = (  # business, rule
    ("C2", {"item": "handling_fee", "amount": 1_000, "rank": 0}),
    *(("C10", {"item": "handset", "product": model, "amount": price, "rank": 0}) for model, price in HANDSETS),
    *(
        (
            "C10",
            {
                "item": "handset",
                "product": model,
                "category": "key",
                "amount": price,
                "percent": 95,
                "rank": 10,
                "name_zh": "大客户购机九五折",
                "name_en": "Key accounts: 5 % off",
            },
        )
        for model, price in HANDSETS
    ),
    *(("C10", {"item": "handling_fee", "product": bundle[0], "amount": 1_000, "rank": 0}) for bundle in BUNDLES),
    (
        "C2",
        {
            "item": "handling_fee",
            "category": "key",
            "amount": 1_000,
            "percent": 0,
            "rank": 10,
            "name_zh": "大客户免手续费",
            "name_en": "Key accounts: no fee",
        },
    ),
    ("C3", {"item": "sim_fee", "amount": 2_000, "rank": 0}),
    *(
        (
            "C3",
            {
                "item": item,
                "category": category,
                "amount": amount,
                "percent": 0,
                "rank": 10,
                "name_zh": zh,
                "name_en": en,
            },
        )
        for item, amount in (("sim_fee", 2_000), ("handling_fee", 1_000))
        for category, zh, en in (("key", "大客户免费", "Key accounts: free"), ("red", "红名单免费", "Red list: free"))
    ),
    ("C3", {"item": "handling_fee", "amount": 1_000, "rank": 0}),
    ("C9", {"item": "points_spent", "amount": 100, "rank": 0}),  # fen that 100 points pay
    ("C5", {"item": "handling_fee", "amount": 2_000, "rank": 0}),
    ("C6", {"item": "keep_number_fee", "amount": 500, "monthly": 1, "rank": 0}),  # 5 yuan a full month (domain-facts 6)
    ("C12", {"item": "late_fee", "amount": 3, "rank": 0}),  # fen a day for 10 yuan owed: 3 per mille (domain-facts 8)
)


class Charge(Struct, frozen=True):
    """A line of what an opening cost, in fen, with the tax in it."""

    item: str
    amount: int
    tax: int
    monthly: bool = False
    product: str = ""

    @property
    def label(self) -> str:
        """What the item is called on paper."""
        return ITEMS[self.item][0]

    @property
    def fee_kind(self) -> int:
        """0 fee, 1 deposit, 2 prepayment."""
        return ITEMS[self.item][2]

    @property
    def tax_rate(self) -> int:
        """Its item's rate of tax, in hundredths of a percent."""
        return rate_of(self.item)

    @property
    def account(self) -> str:
        """The account of the books that it is credited to."""
        return ITEMS[self.item][3]


@cache
def opening(products: tuple[str, ...], category: str, grade: str) -> tuple[Charge, ...]:
    """What an opening costs by the rules: for each item, and each product's month, the rule of the highest rank."""
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for rule in sorted(_RULES, key=lambda rule: int(rule["rank"])):
        if rule.get("product", "") in ("", *products) and rule.get("category", "") in ("", category):
            best[rule["item"], rule.get("product", "") if rule.get("monthly") else ""] = rule
    lines = [
        _line(r["item"], r["amount"] * r.get("percent", 100) // 100, bool(r.get("monthly")), r.get("product", ""))
        for r in best.values()
    ]
    return (*lines, *([_line("number_fee", FEES[grade])] if FEES[grade] else []))


def monthly(products: tuple[str, ...], category: str) -> tuple[Charge, ...]:
    """What is charged each month for these products."""
    return tuple(line for line in opening(products, category, "N") if line.monthly)


def tax_in(amount: int, item: str) -> int:
    """The tax in an amount of an item, in fen, rounded half up."""
    return tax_at(amount, rate_of(item))


def rate_of(item: str) -> int:
    """An item's rate of tax now, in hundredths of a percent."""
    return TAX_NOW[ITEMS[item][4]]


def tax_at(amount: int, rate: int) -> int:
    """The tax in an amount by a rate, in fen, rounded half up."""
    return (amount * rate * 2 + 10_000 + rate) // (2 * (10_000 + rate))


def _line(item: str, amount: int, monthly: bool = False, product: str = "") -> Charge:
    return Charge(item, amount, tax_in(amount, item), monthly, product)


def rows() -> Rows:
    """Accounts, items, tax and rules."""
    yield from money.rows()
    yield (
        PriceRule,
        [
            {"id": f"C1-{number:02d}", "business": "C1", "valid_from": ON_SALE_FROM, **rule}
            for number, rule in enumerate(_RULES, 1)
        ]
        + [
            {"id": f"{business}-{number:03d}", "business": business, "valid_from": ON_SALE_FROM, **rule}
            for number, (business, rule) in enumerate(_OTHERS, 101)
        ],
    )
