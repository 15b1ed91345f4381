"""What the hall goes by: categories, identity documents, lists, credit, interfaces, processes, limits, partners."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from data.demo import services
from data.demo.facts import facts
from data.demo.hall import ELEMENT
from data.demo.papers import layouts
from data.names import name_key
from data.standard import credit
from data.standard import rules as standard
from data.standard.codes import BUSINESSES
from data.standard.rows import Rows, table
from data.tables.customer import Category, ClassRule, ListedPerson
from data.tables.eligibility import BusinessInterface, Interface
from data.tables.network import AnswerCode, NetworkElement
from data.tables.service import Partner

_CATEGORIES = (  # code, names, rank (lower wins), numbers, limit in fen, no deposit, key account, colour, benefits
    (
        "key",
        "大客户",
        "Key account",
        10,
        10,
        500_000,
        1,
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
        0,
        "yellow",
        "可办校园套餐，开户费减免",
        "Campus plans; lower entry fee",
    ),
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

_INTERFACES = (  # code, names, kind, offline rule
    ("blacklist_own", "本网黑名单", "Own blacklist", "local", "no"),
    ("blacklist_partner", "合作单位共享黑名单", "Blacklist shared by partners", "local", "override"),
    ("number_limit", "一证五号", "Five numbers a document", "local", "no"),
    ("guardian", "未成年人监护", "Minors and guardians", "local", "no"),
    ("agent", "代办人核查", "Agents", "local", "no"),
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


def rows(*, served: bool = False) -> Rows:
    """All of it, ready to be inserted. `served`: services of others are there, and are asked."""
    names = ("code", "name_zh", "name_en")
    yield Category, table(standard.OF_CATEGORY, _CATEGORIES)
    yield Interface, [*table((*names, "kind", "offline"), _INTERFACES), *services.interfaces()]
    yield BusinessInterface, [*_bindings(), *(services.bindings() if served else ())]
    yield Partner, table((*names, "kind", "rate", "opening_commission"), _PARTNERS)
    yield from standard.rows()
    yield from credit.rows()
    yield from layouts()
    yield ListedPerson, list(_listed())
    yield ClassRule, table((*names, "category", "rank", "conditions"), _CLASS_RULES)
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


def _bindings() -> Iterator[dict[str, Any]]:
    """Every business asks the blacklist, opening and transfer ask all; but whoever owes may always pay."""
    for business in (code for code in BUSINESSES if code != "C12"):
        asked = [code for code, *_ in _INTERFACES]
        if business not in ("C1", "C5"):
            asked = asked[:1]
        for position, code in enumerate(asked, 1):
            yield {"business": business, "interface": code, "position": position, "on_no": _ON_NO.get(code, "no")}


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
