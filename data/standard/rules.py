"""What businesses go by, as a headquarters begins with it: identity documents, processes (catalogue F2, M19)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from data.parameters import first_rows
from data.standard.codes import BUSINESSES, MANAGEMENT
from data.standard.rows import Rows, table
from data.tables.customer import Category, DocumentKind
from data.tables.order import Process
from data.tables.parameter import Parameter
from data.tables.resource import ReservationLimit, SimKind

OF_CATEGORY = (
    "code",
    "name_zh",
    "name_en",
    "rank",
    "number_limit",
    "credit_limit",
    "deposit_waived",
    "key_account",
    "colour",
    "benefits_zh",
    "benefits_en",
)
"""The columns of a category, as its rows are written here and in the demonstration."""

_CATEGORIES = (  # code, names, rank (lower wins), numbers, limit in fen, no deposit, key account, colour, benefits
    ("black", "黑名单", "Blacklist", 1, 0, 0, 0, 0, "red", "", ""),
    (
        "red",
        "红名单",
        "Red list",
        5,
        10,
        100_000,
        1,
        0,
        "green",
        "优先办理，不因欠费停机；换卡免费",
        "Served first, never stopped for arrears; cards exchanged free",
    ),
    (
        "organization",
        "集团单位",
        "Organisation",
        50,
        500,
        200_000,
        0,
        1,
        "violet",
        "集团统一付费",
        "One bill for all numbers",
    ),
    ("ordinary", "普通客户", "Ordinary", 100, 5, 10_000, 0, 0, "", "", ""),
)

_DOCUMENTS = (  # national interface codes where there are any (domain-facts 5), names, holder, rule, category, minors
    ("00", "居民身份证", "Resident identity card", "individual", "resident_id", "ordinary", 0),
    ("01", "临时身份证", "Temporary identity card", "individual", "resident_id", "ordinary", 0),
    ("02", "户口簿", "Household register", "individual", "household", "ordinary", 1),
    ("03", "军人证", "Military identity card", "individual", "military", "ordinary", 0),
    ("04", "武警证", "Armed police identity card", "individual", "police", "ordinary", 0),
    (
        "05",
        "港澳居民来往内地通行证",
        "Hong Kong and Macao travel permit",
        "individual",
        "hk_macao_permit",
        "ordinary",
        0,
    ),
    ("06", "台湾居民来往大陆通行证", "Taiwan travel permit", "individual", "taiwan_permit", "ordinary", 0),
    ("07", "护照", "Passport", "individual", "passport", "ordinary", 0),
    (
        "08",
        "港澳台居民居住证",
        "Residence permit, Hong Kong, Macao, Taiwan",
        "individual",
        "residence_permit",
        "ordinary",
        0,
    ),
    ("09", "外国人永久居留身份证", "Foreign permanent resident card", "individual", "foreign_card", "ordinary", 0),
    ("30", "统一社会信用代码", "Unified social credit code", "organization", "uscc", "organization", 0),
)

_SIM_KINDS = (  # code, names, KB, maker, profile
    ("8K", "8K 卡", "8K", 8, "恒宝股份", "GSM-8K"),
    ("32K", "32K 卡", "32K", 32, "恒宝股份", "USIM-32K"),
    ("STK", "STK 卡", "STK", 64, "东信和平", "USIM-STK"),
    ("prepaid", "预付费卡", "Prepaid", 32, "东信和平", "USIM-PRE"),
)

_STEPS = ("identify", "qualify", "inform", "product", "reserve", "price", "pay", "document", "order")


def rows() -> Rows:
    """All of it."""
    yield Category, table(OF_CATEGORY, _CATEGORIES)
    yield DocumentKind, table(("code", "name_zh", "name_en", "holder", "rule", "category", "minors_only"), _DOCUMENTS)
    yield Process, list(_processes())
    yield SimKind, table(("code", "name_zh", "name_en", "memory_kb", "maker", "profile"), _SIM_KINDS)
    yield ReservationLimit, table(("kind", "minutes"), (("number", 30), ("sim", 30), ("blank", 30), ("handset", 30)))
    yield Parameter, list(first_rows())


def _processes() -> Iterator[dict[str, Any]]:
    for number, business in enumerate((*BUSINESSES, *MANAGEMENT), 1):
        yield {"business": business, "number": f"BP{number:03d}", "steps": json.dumps(_STEPS)}
