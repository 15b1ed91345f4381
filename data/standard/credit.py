"""Credit as a headquarters begins with it: ratings, scoring, stages of control, holidays (management-facts 4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from data.standard.rows import Rows, table
from data.tables.account import CreditRating
from data.tables.credit import ControlStage, PublicHoliday, RatingScore

_RATINGS = (  # code, names, limit in fen, deposit waived, stars, term in days, by score, from points
    ("A", "优", "Excellent", 300_000, 1, 5, 10, 1, 80),
    ("B", "良", "Good", 100_000, 0, 3, 5, 1, 50),
    ("C", "一般", "Fair", 5_000, 0, 1, 0, 1, 0),
    ("D", "差", "Poor", 0, 0, 0, 0, 0, 0),
)
LIMITS = {code: limit for code, _, _, limit, *_ in _RATINGS}
"""The limit of each rating in fen."""

_SCORES = (  # code, names, measure, at least, points
    ("STAY1", "在网一年", "A year with us", "tenure", 12, 10),
    ("STAY3", "在网三年", "Three years with us", "tenure", 36, 20),
    ("STAY5", "在网五年", "Five years with us", "tenure", 60, 30),
    ("SPEND50", "月消费五十元", "50 yuan a month", "spend", 50, 20),
    ("SPEND100", "月消费百元", "100 yuan a month", "spend", 100, 40),
    ("SPEND300", "月消费三百元", "300 yuan a month", "spend", 300, 60),
    ("LATE1", "有逾期账单", "A bill overdue", "overdue", 1, 30),
    ("LATE3", "多张逾期账单", "Three bills overdue", "overdue", 3, 80),
)

_STOP = "red_list,key_account,disputed,instalment,roaming,emergency"
_LAST = "red_list,key_account,disputed,instalment,emergency"
_LOW = ("您的号码{number}余额{balance}元，请及时充值。", "The balance of {number} is {balance} yuan: please top up.")
_OWED = ("您的号码{number}欠费{owed}元，请及时缴纳。", "{owed} yuan are owed for {number}: please pay.")
_HIGH = (
    "您的号码{number}本期话费明显高于前三个月，请核对账单。",
    "The bill of {number} is far above those of the last three months: please look at it.",
)
_STAGES = (  # code, names, way of paying, rank, act, conditions (when, value, after stage), texts, exempt, any time
    ("P-REMIND", "余额提醒", "Low balance", "prepaid", 100, "remind", (("below", "10.00", ""),), _LOW, "", 0),
    (
        "P-CALL",
        "余额再提醒",
        "Balance nearly spent",
        "prepaid",
        200,
        "call",
        (("below", "5.00", ""), ("use", "3", "")),
        _LOW,
        "",
        0,
    ),
    (
        "P-HALF",
        "预付单停",
        "Outgoing stop",
        "prepaid",
        300,
        "stop_outgoing",
        (("at_most", "0.00", ""),),
        _LOW,
        _STOP,
        0,
    ),
    ("P-FULL", "预付双停", "Full stop", "prepaid", 400, "stop_all", (("stage", "7", "P-HALF"),), _LOW, _STOP, 0),
    ("P-KEEP", "预付预销", "Number kept", "prepaid", 500, "precancel", (("stage", "30", "P-FULL"),), _LOW, _LAST, 0),
    ("P-END", "预付销号", "Cancelled", "prepaid", 600, "cancel", (("stage", "90", "P-KEEP"),), _LOW, _LAST, 0),
    ("B-REMIND", "到期提醒", "Bill due soon", "postpaid", 100, "remind", (("due", "-3", ""),), _OWED, "", 0),
    ("B-SUDDEN", "话费突增", "Sudden bill", "postpaid", 150, "call", (("sudden", "5", ""),), _HIGH, "", 0),
    ("B-CALL", "逾期催缴", "Bill overdue", "postpaid", 200, "call", (("due", "1", ""),), _OWED, "disputed", 0),
    (
        "B-HALF",
        "欠费单停",
        "Outgoing stop",
        "postpaid",
        300,
        "stop_outgoing",
        (("due", "5", ""), ("limit", "", "")),
        _OWED,
        _STOP,
        1,
    ),
    ("B-FULL", "欠费双停", "Full stop", "postpaid", 400, "stop_all", (("stage", "10", "B-HALF"),), _OWED, _STOP, 0),
    ("B-KEEP", "欠费预销", "Number kept", "postpaid", 500, "precancel", (("stage", "60", "B-FULL"),), _OWED, _LAST, 0),
    ("B-END", "欠费销号", "Cancelled", "postpaid", 600, "cancel", (("stage", "90", "B-KEEP"),), _OWED, _LAST, 0),
)

_HOLIDAYS = (
    ("2027-01-01", "元旦", "New Year"),
    *((f"2027-02-{day:02d}", "春节", "Spring Festival") for day in range(5, 13)),
    ("2027-04-05", "清明节", "Tomb-Sweeping Day"),
    ("2027-05-01", "劳动节", "Labour Day"),
    *((f"2027-10-{day:02d}", "国庆节", "National Day") for day in range(1, 8)),
)


def rows() -> Rows:
    """All of it, ready to be inserted."""
    names = ("code", "name_zh", "name_en")
    rating = ("credit_limit", "deposit_waived", "stars", "term_days", "by_score", "points_from")
    yield CreditRating, table((*names, *rating), _RATINGS)
    yield RatingScore, table((*names, "measure", "at_least", "points"), _SCORES)
    yield ControlStage, list(_stages())
    yield PublicHoliday, table(("day", "name_zh", "name_en"), _HOLIDAYS)


def _stages() -> Iterator[dict[str, Any]]:
    for code, name_zh, name_en, pay_type, rank, act, conditions, (text_zh, text_en), exempt, any_time in _STAGES:
        yield {
            "code": code,
            "name_zh": name_zh,
            "name_en": name_en,
            "pay_type": pay_type,
            "rank": rank,
            "act": act,
            "conditions": json.dumps([dict(zip(("when", "value", "stage"), each, strict=True)) for each in conditions]),
            "text_zh": text_zh,
            "text_en": text_en,
            "exempt": exempt,
            "any_time": any_time,
        }
