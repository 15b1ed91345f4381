"""The tables of managed lists that grow with the customers, filled with very many rows: how each is, and what is typed
to narrow its list.

One statement fills a table, so that a million rows take seconds. Values are spread as they would be: outlets by the
hundred, states and words that many rows have, a word that five of them have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from data.statements import columns, row_values, table_name
from data.tables.base import Table
from data.tables.credit import CreditExemption, CreditRaise, CustomerRating
from data.tables.credit_control import ControlOrder
from data.tables.customer import CustomerClass, DocumentKind, ListedPerson
from data.tables.organisation import Operator, Outlet
from data.tables.resource import NumberLock, PhoneNumber, SimCard
from data.tables.stock import BlankCard, Handset, RechargeCard
from data.tables.tariff import PriceRule

OUTLETS = 300
RARE = 5
"""Rows that have the rare word."""

_MIXED = "(n * 7919 % 1000003)"  # no order of the key's
_OUTLET = f"printf('A%03d', {_MIXED} % {OUTLETS})"
_ISSUED = f"CASE WHEN {_MIXED} % 5 < 2 THEN '' ELSE {_OUTLET} END"  # two of five are headquarters' still
_KEY = "printf('01939f00-%04x-7000-8000-%012x', n / 65536, n)"
_DOCUMENT = "printf('33010619%02d%02d%02d%04d', 60 + n % 40, 1 + n / 40 % 12, 1 + n / 480 % 28, n / 13440)"
_DAY = f"date('2026-01-01', '+' || ({_MIXED} % 320) || ' days')"
_LATER = f"CASE WHEN {_MIXED} % 3 THEN '' ELSE date('2026-12-01', '+' || ({_MIXED} % 700) || ' days') END"
_SURE_LATER = f"date('2026-12-01', '+' || ({_MIXED} % 700) || ' days')"


def _one_of(*words: str) -> str:
    """One of a few, as often as the others."""
    told = " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(words))
    return f"CASE {_MIXED} % {len(words)} {told} END"


def _said(*words: str) -> str:
    """One of a few sentences, and in a few rows another one."""
    return f"CASE WHEN n % (:many / {RARE}) = 7 THEN '法院来函查询' ELSE {_one_of(*words)} END"


_REASON = _said("欠费逾期未缴", "资料不实", "投诉较多", "老客户", "政企客户", "学生优惠")
_ON_LIST = f"CASE WHEN {_MIXED} % 10 THEN 'black' ELSE 'red' END"
_NUMBER = "printf('%d', 13800000000 + n)"


class Grown(Struct, frozen=True):
    """A list over a table that grows.

    Attributes:
        name: of the list (M5/sim_card).
        model: its table; `said`: what stands in its columns, as SQL in `n` (the row's place); the others are empty.
        begins: the beginning of a key, which a hundred rows or so have. often: a word that many rows have.
        rarely: a word that few have, or none.
    """

    name: str
    model: type[Table]
    said: Mapping[str, str]
    begins: str
    often: str
    rarely: str


GROWN = (
    Grown(
        "M3.2/customer_class",
        CustomerClass,
        {
            "document_kind": "'resident'",
            "document_number": _DOCUMENT,
            "outlet": _OUTLET,
            "category": _one_of("normal", "gold", "silver", "key", "student", "red"),
            "how": f"CASE WHEN {_MIXED} % 4 THEN 'rule' ELSE 'hand' END",
            "reason": _REASON,
            "valid_to": _LATER,
        },
        "3301061966010100",
        "老客户",
        "法院",
    ),
    Grown(
        "M3.2/listed_person",
        ListedPerson,
        {
            "id": _KEY,
            "list": _ON_LIST,
            "document_kind": "'resident'",
            "document_number": _DOCUMENT,
            "name": f"{_one_of('王', '李', '张', '刘', '陈', '杨', '赵')} || {_one_of('伟', '芳', '娜', '敏', '静')}",
            "reason": _REASON,
            "source": _one_of("own", "police", "bank"),
            "valid_from": _DAY,
            "valid_to": _LATER,
        },
        "3301061966010100",
        "欠费",
        "法院",
    ),
    Grown(
        "M5/phone_number",
        PhoneNumber,
        {
            "number": _NUMBER,
            "segment": "printf('%d', 1380000 + n / 10000)",
            "grade": _one_of("N", "N", "N", "A", "B"),
            "tail": "printf('%04d', n % 10000)",
            "state": _one_of("idle", "in_use", "in_use", "quarantined"),
            "outlet": _ISSUED,
            "quarantine_until": f"CASE WHEN {_MIXED} % 4 = 3 THEN {_DAY} ELSE '' END",
        },
        "138000100",
        "A017",
        "A999",
    ),
    Grown(
        "M5/sim_card",
        SimCard,
        {
            "iccid": "printf('898600990112%08d', n)",
            "imsi": "printf('46000%010d', n)",
            "kind": _one_of("32K", "64K", "128K"),
            "state": _one_of("in_stock", "in_use", "in_use", "void"),
            "outlet": _ISSUED,
            "batch_id": "printf('B%03d', n / 10000)",
        },
        "898600990112000100",
        "64K",
        "A999",
    ),
    Grown(
        "M5/recharge_card",
        RechargeCard,
        {
            "serial": "printf('99%014d', n)",
            "face_value": f"CASE {_MIXED} % 3 WHEN 0 THEN 3000 WHEN 1 THEN 5000 ELSE 10000 END",
            "state": _one_of("idle", "sold", "used", "used"),
            "outlet": _ISSUED,
            "valid_to": _SURE_LATER,
            "pin_check": "printf('%032x', n * 2654435761)",
        },
        "99000000000100",
        "A017",
        "A999",
    ),
    Grown(
        "M5/handset",
        Handset,
        {
            "imei": "printf('86%013d', n)",
            "model": _one_of("P40", "X60", "MI13", "IP15", "K70", "Y9"),
            "colour": _one_of("黑", "白", "蓝"),
            "imei2": "printf('87%013d', n)",
            "cost": f"100000 + {_MIXED} % 400000",
            "state": _one_of("in_stock", "sold", "sold", "faulty"),
            "outlet": _ISSUED,
        },
        "8600000001000",
        "MI13",
        "A999",
    ),
    Grown(
        "M5/blank_card",
        BlankCard,
        {
            "serial": "printf('77%014d', n)",
            "kind": _one_of("32K", "64K"),
            "state": _one_of("blank", "written", "written", "spoiled"),
            "outlet": _ISSUED,
        },
        "77000000000100",
        "64K",
        "A999",
    ),
    Grown(
        "M5/number_lock",
        NumberLock,
        {
            "number": _NUMBER,
            "cause": _one_of("porting", "ported", "court", "dispute"),
            "reason": _REASON,
            "valid_from": _DAY,
            "valid_to": _LATER,
        },
        "138000100",
        "老客户",
        "法院",
    ),
    Grown(
        "M6/price_rule",
        PriceRule,
        {
            "id": "printf('P%07d', n)",
            "item": _one_of("card", "fee", "fee"),
            "business": "printf('C%d', 1 + n % 13)",
            "product": f"printf('PLAN%03d', {_MIXED} % 500)",
            "outlet": _ISSUED,
            "amount": f"{_MIXED} % 1000 * 100",
            "name_zh": _said("校园优惠", "开卡价", "政企价", "老用户回馈"),
            "name_en": _one_of("Student offer", "Card price", "Business price", "Thanks"),
            "valid_from": _DAY,
            "valid_to": _LATER,
            "rank": f"{_MIXED} % 50",
        },
        "P00100",
        "student",
        "法院",
    ),
    Grown(
        "M7/operator",
        Operator,
        {
            "staff_no": "printf('%07d', 5000000 + n)",
            "name": f"{_one_of('王', '李', '张', '刘', '陈', '杨', '赵')} || {_one_of('伟', '芳', '娜', '敏', '静')}",
            "outlet": _OUTLET,
            "role": _one_of("clerk", "clerk", "clerk", "supervisor"),
        },
        "50001",
        "王伟",
        "欧阳",
    ),
    Grown(
        "M8/customer_rating",
        CustomerRating,
        {
            "document_kind": "'resident'",
            "document_number": _DOCUMENT,
            "rating": _one_of("S1", "S2", "S3", "S4", "S5"),
            "points": f"{_MIXED} % 1000",
            "reason": _REASON,
            "valid_to": _LATER,
            "outlet": _OUTLET,
        },
        "3301061966010100",
        "老客户",
        "法院",
    ),
    Grown(
        "M8/credit_raise",
        CreditRaise,
        {
            "document_kind": "'resident'",
            "document_number": _DOCUMENT,
            "credit_limit": f"{_MIXED} % 1000 * 100",
            "valid_from": _DAY,
            "valid_to": _SURE_LATER,
            "reason": _REASON,
            "outlet": _OUTLET,
        },
        "3301061966010100",
        "老客户",
        "法院",
    ),
    Grown(
        "M8/credit_exemption",
        CreditExemption,
        {
            "id": _KEY,
            "kind": _one_of("red_list", "roaming", "key_account", "disputed", "instalment"),
            "document_kind": "'resident'",
            "document_number": _DOCUMENT,
            "number": f"CASE WHEN n % 2 THEN '' ELSE {_NUMBER} END",
            "person": f"printf('%d', 3000 + {_MIXED} % 500)",
            "reason": _REASON,
            "valid_from": _DAY,
            "valid_to": _SURE_LATER,
            "outlet": _OUTLET,
        },
        "3301061966010100",
        "老客户",
        "法院",
    ),
    Grown(
        "M8/control_order",
        ControlOrder,
        {
            "id": _KEY,
            "run": "printf('run%05d', n / 5000)",
            "outlet": _OUTLET,
            "subscription_id": "printf('s%08d', n % 300000)",
            "number": "printf('%d', 13800000000 + n % 300000)",
            "stage": _one_of("remind", "half", "full"),
            "act": _one_of("resume", "remind", "stop_outgoing", "stop_all"),
            "at_stake": f"{_MIXED} % 1000 * 100",
            "made_on": "date('2026-01-01', '+' || (n / 3125) || ' days')",
        },
        "138001000",
        "half",
        "zzz",
    ),
)
"""Every list of management whose table grows with the customers, the staff or the stock."""


def fill(cursor: Any, grown: Grown, count: int) -> None:
    """So many rows, by one statement."""
    _fill(cursor, grown.model, grown.said, count)


def fill_around(cursor: Any) -> None:
    """Whose the rows are, and by which documents people are known."""
    outlet = {"code": "printf('A%03d', n)", "name_zh": "'营业厅' || n", "province": "'浙江'"}
    _fill(cursor, Outlet, outlet, OUTLETS)
    kind = {"code": "CASE n WHEN 0 THEN 'resident' ELSE 'K' || n END", "name_zh": "'证件'", "rule": "'any'"}
    _fill(cursor, DocumentKind, {**kind, "category": "'normal'"}, 12)


def _fill(cursor: Any, model: type[Table], said: Mapping[str, str], count: int) -> None:
    names = columns(model)
    assert said.keys() <= set(names), said.keys() - set(names)
    plain = row_values(model, dict.fromkeys(said, ""))
    cells = ", ".join(said.get(name, f":{name}") for name in names)
    cursor.execute(
        f"WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < :many) "
        f"INSERT INTO {table_name(model)} ({', '.join(names)}) SELECT {cells} FROM counted",
        {"many": count, **{name: plain[name] for name in names if name not in said}},
    )
