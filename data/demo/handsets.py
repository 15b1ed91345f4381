"""Handsets of the demonstration: three models, some hundred units by IMEI, two contracts (catalogue C10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.check_digits import luhn
from data.demo.hall import OUTLET
from data.standard.rows import Rows
from data.tables.product import Product
from data.tables.stock import Handset, HandsetBundle

ON_SALE_FROM = "2026-01-01"
MODELS = (  # code, names, type allocation code, retail price in fen, colours, pieces
    ("HS-A10", "星河 A10", "Galaxy River A10", "86012304", 99_900, ("曜石黑", "月光银"), 60),
    ("HS-M30", "星河 M30", "Galaxy River M30", "86012305", 199_900, ("曜石黑", "天青"), 60),
    ("HS-P50", "远山 P50 Pro", "Far Hills P50 Pro", "86045601", 399_900, ("雪域白", "墨岩"), 40),
)
BUNDLES = (  # code, names, model, plans, price, prepay, months
    ("BD-M30", "M30 预存购机 12个月", "M30 with prepayment, 12 months", "HS-M30", "", 99_900, 120_000, 12),
    (
        "BD-P50",
        "P50 Pro 预存购机 24个月",
        "P50 Pro with prepayment, 24 months",
        "HS-P50",
        "P88,P128,PBIZ",
        199_900,
        288_000,
        24,
    ),
)
PRICES = tuple((code, price) for code, _, _, _, price, _, _ in MODELS)


def imei(tac: str, n: int) -> str:
    """IMEI n of a model: type allocation code, serial of six digits, check digit (domain-facts 5)."""
    body = f"{tac}{n:06d}"
    return body + luhn(body)


def stock(first: int = 0) -> Iterator[dict[str, Any]]:
    """The outlet's units; with `first`, as many that nobody has, from a running number on."""
    for code, _, _, tac, _, colours, pieces in MODELS:
        held = {} if first else {"outlet": OUTLET, "lease_id": f"lease-handset-{code}"}
        for n in range(1, pieces + 1):
            yield {"imei": imei(tac, first + n), "model": code, "colour": colours[n % len(colours)], **held}


def models() -> list[dict[str, Any]]:
    """The models as products."""
    return [
        {
            "code": code,
            "name_zh": zh,
            "name_en": en,
            "kind": "goods",
            "pay_type": "any",
            "valid_from": ON_SALE_FROM,
        }
        for code, zh, en, *_ in MODELS
    ]


def rows() -> Rows:
    """Models, bundles, units."""
    yield Product, models()
    names = ("code", "name_zh", "name_en", "model", "plans", "price", "prepay", "months")
    yield HandsetBundle, [dict(zip(names, row, strict=True), valid_from=ON_SALE_FROM) for row in BUNDLES]
    yield Handset, list(stock())
