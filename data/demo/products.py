"""What the hall sells: plans, prepaid cards, services; what contains, needs, excludes what (catalogue F4)."""

from __future__ import annotations

from data.standard.rows import Rows
from data.tables.product import Product, ProductRelation

ANY_CARD = "8K,32K,STK"

_PLANS = (  # code, names, pay type, card kinds, categories, minimum age, rank, summaries
    (
        "P58",
        "畅聊58套餐",
        "Talk 58",
        "postpaid",
        ANY_CARD,
        "",
        0,
        10,
        "58元/月：本地主叫300分钟，国内流量10GB",
        "58 yuan a month: 300 minutes, 10 GB",
    ),
    (
        "P88",
        "畅享88套餐",
        "Enjoy 88",
        "postpaid",
        ANY_CARD,
        "",
        0,
        20,
        "88元/月：全国主叫500分钟，国内流量20GB，含来电显示",
        "88 yuan a month: 500 minutes, 20 GB, caller number",
    ),
    (
        "P128",
        "畅享128套餐",
        "Enjoy 128",
        "postpaid",
        ANY_CARD,
        "",
        0,
        30,
        "128元/月：全国主叫1000分钟，国内流量40GB",
        "128 yuan a month: 1,000 minutes, 40 GB",
    ),
    (
        "PSTU",
        "校园套餐",
        "Campus",
        "postpaid",
        ANY_CARD,
        "student",
        0,
        5,
        "29元/月：校园流量30GB，仅限学生",
        "29 yuan a month: 30 GB, students only",
    ),
    (
        "PSEN",
        "银龄套餐",
        "Senior",
        "postpaid",
        ANY_CARD,
        "",
        60,
        8,
        "19元/月：主叫200分钟，60岁以上",
        "19 yuan a month: 200 minutes, from 60 years on",
    ),
    (
        "PBIZ",
        "商务198套餐",
        "Business 198",
        "postpaid",
        ANY_CARD,
        "key,organization",
        0,
        6,
        "198元/月：国际漫游优惠，专属客户经理",
        "198 yuan a month: roaming abroad, an account manager",
    ),
    (
        "PBANK",
        "手机银行套餐",
        "Phone banking",
        "postpaid",
        "STK",
        "",
        18,
        60,
        "48元/月：含STK手机银行菜单，须使用STK卡",
        "48 yuan a month: banking menu, needs an STK card",
    ),
    (
        "P39",
        "随心39套餐",
        "Either way 39",
        "any",
        ANY_CARD,
        "",
        0,
        40,
        "39元/月：本地主叫150分钟，国内流量5GB，可改预付费",
        "39 yuan a month: 150 minutes, 5 GB, prepaid if wanted",
    ),
    (
        "PRE50",
        "神州行50元卡",
        "Easy card 50",
        "prepaid",
        "prepaid",
        "",
        0,
        70,
        "面值50元：无入网费、无月租，限省内，不开国际",
        "50 yuan face value: no entry fee, no rent, in the province",
    ),
    (
        "PRE100",
        "神州行100元卡",
        "Easy card 100",
        "prepaid",
        "prepaid",
        "",
        0,
        71,
        "面值100元：无入网费、无月租，限省内，不开国际",
        "100 yuan face value: no entry fee, no rent, in the province",
    ),
)

_SERVICES = (  # code, names, network act (the desk's words), partner, pay type, rank
    ("CLIP", "来电显示", "Caller number", "service:clip", None, "any", 10),
    ("CW", "呼叫等待", "Call waiting", "service:waiting", None, "any", 20),
    ("DATA", "移动数据", "Mobile data", "data", None, "any", 30),
    ("VMAIL", "语音信箱", "Voicemail", "manual", None, "any", 40),
    ("RBT", "彩铃", "Ring-back tone", "manual", "SP001", "postpaid", 50),
    ("WEATHER", "天气短信", "Weather messages", "", "SP002", "any", 60),
    ("IDD", "国际长途优惠包", "International calling pack", "", None, "postpaid", 70),
    ("IROAM", "国际漫游流量包", "Roaming data abroad", "", None, "postpaid", 80),
    ("BANK", "手机银行", "Phone banking", "", None, "postpaid", 90),
    ("CLIR", "主叫隐藏", "Number hidden", "service:clir", None, "postpaid", 100),
    ("HOLD", "呼叫保持", "Call hold", "service:hold", None, "any", 22),
    ("MPTY", "多方通话", "Conference", "service:conference", None, "any", 24),
    ("STOCK", "手机炒股", "Stocks by phone", "manual", None, "postpaid", 95),
    ("NETCARD", "纯上网", "Data only", "", None, "postpaid", 110),
)

_STK = ("BANK", "STOCK")
"""Services with a menu on the card."""

CONTAINED = {
    "P58": ("DATA",),
    "P88": ("CLIP", "DATA"),
    "P128": ("CLIP", "CW", "DATA"),
    "PSTU": ("CLIP", "DATA"),
    "PSEN": ("CLIP",),
    "PBIZ": ("CLIP", "CW", "DATA", "VMAIL"),
    "PBANK": ("BANK", "DATA"),
    "P39": ("DATA",),
    "PRE50": (),
    "PRE100": (),
}
_NEEDS = (("IROAM", "IDD"), ("WEATHER", "DATA"), ("MPTY", "HOLD"))
_EXCLUDES = (
    ("NETCARD", "RBT"),
    ("NETCARD", "CW"),
    ("NETCARD", "HOLD"),
    ("NETCARD", "MPTY"),
    ("PRE50", "IDD"),
    ("PRE50", "IROAM"),
    ("PRE100", "IDD"),
    ("PRE100", "IROAM"),
)

BINDS = {"P128": (12, 30)}
"""The plans that bind: for how many months, and how many percent of what is left an early end costs."""
PAY_TYPES = {row[0]: row[3] for row in _PLANS}
ON_SALE_FROM = "2026-01-01"


def rows() -> Rows:
    """Products and their relations."""
    yield (
        Product,
        [
            {
                "code": code,
                "name_zh": zh,
                "name_en": en,
                "kind": "plan",
                "pay_type": pay,
                "sim_kinds": cards,
                "categories": categories,
                "minimum_age": age,
                "rank": rank,
                "summary_zh": about_zh,
                "summary_en": about_en,
                "contract_months": BINDS.get(code, (0, 0))[0],
                "penalty_percent": BINDS.get(code, (0, 0))[1],
                "valid_from": ON_SALE_FROM,
            }
            for code, zh, en, pay, cards, categories, age, rank, about_zh, about_en in _PLANS
        ],
    )
    yield (
        Product,
        [
            {
                "code": code,
                "name_zh": zh,
                "name_en": en,
                "kind": "service",
                "network_act": act,
                "partner": partner,
                "pay_type": pay,
                "rank": rank,
                "valid_from": ON_SALE_FROM,
                "sim_kinds": "STK" if code in _STK else "",
            }
            for code, zh, en, act, partner, pay, rank in _SERVICES
        ],
    )
    contains = [(plan, other, "contains") for plan, inside in CONTAINED.items() for other in inside]
    needs = [(product, other, "needs") for product, other in _NEEDS]
    excludes = [(product, other, "excludes") for product, other in _EXCLUDES]
    yield (
        ProductRelation,
        [
            {"product": product, "other": other, "relation": relation}
            for product, other, relation in (*contains, *needs, *excludes)
        ],
    )
