"""What the hall goes by: categories, identity documents, lists, credit, interfaces, processes, limits, partners."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from data.demo.facts import facts
from data.demo.hall import BUSINESSES, ELEMENT, MANAGEMENT, Rows
from data.demo.papers import layouts
from data.names import name_key
from data.parameters import first_rows
from data.tables.account import CreditRating
from data.tables.customer import Category, ClassRule, DocumentKind, ListedPerson
from data.tables.eligibility import BusinessInterface, Interface
from data.tables.network import AnswerCode, NetworkElement
from data.tables.order import Process
from data.tables.parameter import Parameter
from data.tables.resource import ReservationLimit
from data.tables.service import Partner

_CATEGORIES = (  # code, names, rank (lower wins), numbers, credit limit in fen, deposit waived, colour, benefits
    ("black", "黑名单", "Blacklist", 1, 0, 0, 0, "red", "", ""),
    (
        "red",
        "红名单",
        "Red list",
        5,
        10,
        100_000,
        1,
        "green",
        "优先办理，不因欠费停机；换卡免费",
        "Served first, never stopped for arrears; cards exchanged free",
    ),
    (
        "key",
        "大客户",
        "Key account",
        10,
        10,
        500_000,
        1,
        "blue",
        "优先办理；免国际业务押金；换号、换卡免费",
        "Served first; no deposit for international services; numbers and cards exchanged free",
    ),
    (
        "student",
        "学生",
        "Student",
        40,
        5,
        5_000,
        0,
        "yellow",
        "可办校园套餐，开户费减免",
        "Campus plans; lower entry fee",
    ),
    (
        "organization",
        "集团单位",
        "Organisation",
        50,
        500,
        200_000,
        0,
        "violet",
        "集团统一付费",
        "One bill for all numbers",
    ),
    ("ordinary", "普通客户", "Ordinary", 100, 5, 10_000, 0, "", "", ""),
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

_CLASS_RULES = (  # code, names, category, rank (lower is looked at first), conditions
    (
        "SPEND1000",
        "三月消费满千元",
        "1000 yuan in 3 months",
        "key",
        10,
        json.dumps(
            [
                {"fact": "spend", "comparison": ">=", "value": "1000", "months": 3},
                {"fact": "owed", "comparison": "=", "value": "0", "months": 0},
            ]
        ),
    ),
    (
        "YOUNG",
        "十八至二十二岁",
        "Aged 18 to 22",
        "student",
        20,
        json.dumps(
            [
                {"fact": "age", "comparison": ">=", "value": "18", "months": 0},
                {"fact": "age", "comparison": "<=", "value": "22", "months": 0},
            ]
        ),
    ),
)

_RATINGS = (
    ("A", "优", "Excellent", 300_000, 1),
    ("B", "良", "Good", 100_000, 0),
    ("C", "一般", "Fair", 5_000, 0),
    ("D", "差", "Poor", 0, 0),
)

_INTERFACES = (  # code, names, kind, offline rule
    ("blacklist_own", "本网黑名单", "Own blacklist", "local", "no"),
    ("blacklist_partner", "合作单位共享黑名单", "Blacklist shared by partners", "local", "override"),
    ("number_limit", "一证五号", "Five numbers a document", "local", "no"),
    ("guardian", "未成年人监护", "Minors and guardians", "local", "no"),
    ("agent", "代办人核查", "Agents", "local", "no"),
    ("credit_check", "信用核查", "Credit check", "remote", "yes"),
)

_ON_NO = {"blacklist_partner": "override"}

_PARTNERS = (  # code, names, kind, rate in hundredths of a percent, commission for an opening in fen
    ("AG001", "城东通讯代理", "Chengdong Agency", "channel", 0, 2_000),
    ("AG002", "龙泉邮政所", "Longquan Post Office", "channel", 0, 1_500),
    ("SP001", "彩云音乐", "Caiyun Music", "provider", 8_500, 0),
    ("SP002", "浙江天气在线", "Zhejiang Weather Online", "provider", 8_500, 0),
    ("SP003", "掌上阅读", "Pocket Reading", "provider", 8_500, 0),
    ("SP004", "游戏天地", "World of Games", "provider", 7_000, 0),
    ("IN001", "联通共享名单", "Unicom shared list", "information", 0, 0),
    ("IN002", "公安核查", "Public security check", "information", 0, 0),
)

_STEPS = ("identify", "qualify", "inform", "product", "reserve", "price", "pay", "document", "order")


def rows() -> Rows:
    """All of it, ready to be inserted."""
    names = ("code", "name_zh", "name_en")
    brings = ("rank", "number_limit", "credit_limit", "deposit_waived", "colour", "benefits_zh", "benefits_en")
    yield Category, _table((*names, *brings), _CATEGORIES)
    yield DocumentKind, _table((*names, "holder", "rule", "category", "minors_only"), _DOCUMENTS)
    yield CreditRating, _table((*names, "credit_limit", "deposit_waived"), _RATINGS)
    yield Interface, _table((*names, "kind", "offline"), _INTERFACES)
    yield BusinessInterface, list(_bindings())
    yield Partner, _table((*names, "kind", "rate", "opening_commission"), _PARTNERS)
    yield Process, list(_processes())
    yield ReservationLimit, _table(("kind", "minutes"), (("number", 30), ("sim", 30), ("blank", 30), ("handset", 30)))
    yield Parameter, list(first_rows())
    yield from layouts()
    yield ListedPerson, list(_listed())
    yield ClassRule, _table((*names, "category", "rank", "conditions"), _CLASS_RULES)
    yield (
        NetworkElement,
        [
            {
                "code": ELEMENT,
                "name_zh": "杭州归属位置寄存器",
                "name_en": "Home location register 1",
                "dialect": "huawei",
                "gateway": "folder:gateway/HLR01",
            }
        ],
    )
    yield (
        AnswerCode,
        [
            {
                "dialect": "huawei",
                "code": "3001",
                "meaning": "refused",
                "text_zh": "用户未定义",
                "text_en": "Subscriber not defined",
            }
        ],
    )


def _table(names: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in rows]


def _bindings() -> Iterator[dict[str, Any]]:
    """Every business asks the blacklist, opening and transfer ask all; but whoever owes may always pay."""
    for business in (code for code in BUSINESSES if code != "C12"):
        asked = [code for code, *_ in _INTERFACES]
        if business not in ("C1", "C5"):
            asked = asked[:1]
        for position, code in enumerate(asked, 1):
            yield {"business": business, "interface": code, "position": position, "on_no": _ON_NO.get(code, "no")}


def _processes() -> Iterator[dict[str, Any]]:
    for number, business in enumerate((*BUSINESSES, *MANAGEMENT), 1):
        yield {"business": business, "number": f"BP{number:03d}", "steps": json.dumps(_STEPS)}


def _listed() -> Iterator[dict[str, Any]]:
    """Who is on a list: our own black list, a partner's, and the red list."""
    known = facts()
    for n, (person, listed, source, reason, basis) in enumerate(
        (
            (known.blacklisted, "black", "own", "欠费未缴 860 元", "入网协议第八条"),
            (known.blacklisted_by_partner, "black", "IN001", "异网欠费", "信息共享协议 2026-01"),
            (known.red_listed, "red", "own", "劳动模范", "省公司客服〔2026〕12号"),
        ),
        1,
    ):
        yield {
            "id": f"listed-{n}",
            "list": listed,
            "document_kind": person.document_kind,
            "name": name_key(person.name),
            "document_number": person.document_number,
            "source": source,
            "reason": reason,
            "basis": basis,
        }
