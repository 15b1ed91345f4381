"""Forms of every business with one thing wrong in each: by the kind of a field, and what is special to a business."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from boss_tui.business.registry import BUSINESSES
from boss_tui.forms.fields import FieldSpec

Wrong = tuple[str, dict[str, Any]]
"""The field beside which it is refused (none: it is no field that is wrong), and what is different from the example;
None takes a field out."""

OF_KIND: dict[str, tuple[Any, ...]] = {
    "choice": ("mars", ["a", {"b": 1}]),
    "date": ("2026-02-30", "下周"),
    "digits": ("12a4", 13800000000),
    "code": ("\ud800", ["a"]),
    "text": ("\ud800", {"b": 1}),
    "name": ("a\x00b", ["a"]),
    "money": ("1.005", "很多", "-1", -1, 1.005, 1e-3, True, float("nan")),
    "flag": ("maybe", ["y"]),
    "password": ("12", "12345６7"),
}
"""What no field of a kind takes."""


def wrong_forms(code: str, example: Mapping[str, Any]) -> Iterator[Wrong]:
    """All of a business: what the kinds of its fields make wrong, then what is special to it."""
    specs = BUSINESSES[code].form.fields()
    for spec in specs:
        if spec.name == "password" and code != "C1":
            continue  # a wrong one is a try, which is on the record
        if spec.ask.asked(lambda name: str(example.get(name) or _default(code, name))):
            yield from _of(spec)
    yield "no_such_field", {"no_such_field": "x"}
    yield from SPECIAL.get(code, ())


def _default(code: str, name: str) -> str:
    default = BUSINESSES[code].form.model_fields[name].default
    return default if isinstance(default, str) else ""


def _of(spec: FieldSpec) -> Iterator[Wrong]:
    for value in OF_KIND[spec.ask.kind]:
        yield spec.name, {spec.name: value}
    if spec.required:
        yield spec.name, {spec.name: None}
    if spec.ask.length and spec.ask.kind not in {"date", "money"}:
        yield spec.name, {spec.name: "9" * (spec.ask.length + 1)}


OWNER = "33010219850412173X"
"""Whose number most examples are of; this and the others below are of the demonstration, which is made from a seed."""
UNDER_WAY = {"number": "13957003408", "document_number": "330102197309111005"}
"""A number on which an order waits for the network: whoever asks with these forms has given that order before."""
PREPAID = {"number": "13957002542", "document_number": "330102196511061000"}
OWING = {"number": "13957007109", "document_number": "330102196112041010"}
UNDER_CONTRACT = {"number": "13957000866", "document_number": "33010219770908101X"}
OWN_AGENT = {"by_agent": "y", "agent_document_number": OWNER, "agent_name": "张小明", "agent_phone": "13812345678"}
DISPUTE = {"action": "dispute", "reason": "没有订过"}
TOLD = {"document_number": OWNER, "reason": "多缴"}

_SOMEBODY: Wrong = ("document_number", {"document_number": "330102199003070011"})
_NOBODY: Wrong = ("number", {"number": "13900000000"})
_UNDER_WAY: Wrong = ("number", UNDER_WAY)
_UNPROVEN: Wrong = ("document_number", {"document_number": None})
_UNAPPROVED: Wrong = ("", {})
"""Nothing is wrong, but nobody has approved it."""

SPECIAL: dict[str, tuple[Wrong, ...]] = {
    "C1": (
        ("document_number", {"document_number": "330106199203054421"}),
        ("number", {"number": "13800000000"}),
        ("iccid", {"iccid": "89860050112600000404"}),
        ("birth_date", {"birth_date": "2090-01-01"}),
    ),
    "C2": (
        _NOBODY,
        _SOMEBODY,
        _UNDER_WAY,
        ("new_number", {"new_number": "13900000000"}),
        ("new_number", {"new_number": "13957007919"}),
    ),
    "C3": (
        _NOBODY,
        _SOMEBODY,
        ("why", _UNDER_WAY[1]),
        ("iccid", {"iccid": "89860050112600000404"}),
        ("by_agent", {"why": "lost", **OWN_AGENT}),
    ),
    "C4.1": (
        _NOBODY,
        _SOMEBODY,
        _UNPROVEN,
        ("name", {"name": "张3"}),
        ("document_expires", {"document_expires": "2020-01-01"}),
        ("agent_name", {"by_agent": "y"}),
        ("", {"name": "张小明", "document_expires": None}),
    ),
    "C4.2": (
        _NOBODY,
        _SOMEBODY,
        ("address", {"address": "杭州"}),
        ("email", {"bill_medium": "email"}),
        ("postcode", {"postcode": "31001"}),
        ("contact_phone", {"contact_phone": "12345"}),
    ),
    "C4.3": (
        _NOBODY,
        _SOMEBODY,
        _UNDER_WAY,
        ("change", {"change": "cash"}),
        ("change", {"change": "split"}),
        ("change", {"change": "prepaid"}),
        ("account", {"change": "merge", "account": "HZ0100000005"}),
        ("bank_account", {"bank_account": "6222020200112230013"}),
        ("bank", {"bank": None}),
    ),
    "C4.4": (
        _NOBODY,
        _SOMEBODY,
        _UNPROVEN,
        ("new_password", {"new_password": "111111", "repeat_password": "111111"}),
        ("new_password", {"new_password": "850412", "repeat_password": "850412"}),
        ("repeat_password", {"repeat_password": "274917"}),
    ),
    "C5": (
        _NOBODY,
        _SOMEBODY,
        _UNAPPROVED,
        ("number", OWING),
        ("penalty", UNDER_CONTRACT),
        ("new_document_number", {"number": "13957000000", "document_number": OWNER, "new_document_number": OWNER}),
        ("new_expires", {"new_expires": "2020-01-01"}),
        ("new_agent_name", {"new_by_agent": "y"}),
        ("repeat_password", {"repeat_password": "850612"}),
    ),
    "C6": (
        _NOBODY,
        _SOMEBODY,
        ("cause", {"action": "resume"}),
        ("cause", {"cause": "arrears_all"}),
        ("cause", UNDER_WAY),
        ("starts_on", {"cause": "request", "starts_on": "2026-11-01"}),
        ("ends_on", {"cause": "request", "ends_on": "2026-11-01"}),
        ("reason", {"cause": "court"}),
    ),
    "C7.1": (
        _NOBODY,
        _SOMEBODY,
        _UNDER_WAY,
        _UNPROVEN,
        ("long_distance", {"long_distance": "domestic"}),
        ("long_distance", {"long_distance": "province"}),
        ("long_distance", {**PREPAID, "long_distance": "international"}),
    ),
    "C7.2": (
        _NOBODY,
        _SOMEBODY,
        _UNDER_WAY,
        ("cfu", {"cfu": "12"}),
        ("cfnrc", {"cfnrc": "0085291234567"}),
        ("conference", {"conference": "y"}),
    ),
    "C7.3": (
        _NOBODY,
        _SOMEBODY,
        _UNDER_WAY,
        ("roaming", {"roaming": "national"}),
        ("until", {"until": "2026-12-22"}),
        ("until", {"roaming": "international", "until": "2026-11-22"}),
        ("until", {"roaming": "international", "until": "2027-03-22"}),
        ("roaming", {**PREPAID, "roaming": "international"}),
    ),
    "C7.4": (
        _NOBODY,
        _SOMEBODY,
        _UNDER_WAY,
        ("subscribe", {"subscribe": "DATA"}),
        ("subscribe", {"subscribe": "CLIP"}),
        ("subscribe", {"subscribe": "NETCARD"}),
        ("cancel", {"subscribe": None, "cancel": "DATA"}),
        ("cancel", {"cancel": "WEATHER"}),
    ),
    "C7.5": (
        _NOBODY,
        _SOMEBODY,
        _UNDER_WAY,
        ("service", {"service": "NOTHING"}),
        ("service", {"action": "unbar"}),
        ("service", {"action": "cancel"}),
        ("service", {"action": "refused"}),
        ("price_told", {"price_told": "n"}),
        ("agrees_again", {"agrees_again": "n"}),
        ("service", {**DISPUTE, "month": "2026-10"}),
    ),
    "C8": (
        _NOBODY,
        _SOMEBODY,
        _UNDER_WAY,
        ("plan", {"plan": "P58"}),
        ("plan", {"plan": "PSTU"}),
        ("plan", {"plan": "PSEN"}),
        ("plan", {"plan": "PRE50"}),
    ),
    "C9": (
        _NOBODY,
        _SOMEBODY,
        _UNDER_WAY,
        _UNAPPROVED,
        ("action", {"action": "undo"}),
        ("action", {"action": "final"}),
    ),
    "C10": (
        ("imei", {"imei": "860123040000018"}),
        _NOBODY,
        ("number", {"bundle": "BD-M30"}),
        ("bundle", {"bundle": "BD-X99", "number": "13957000000", "document_number": OWNER}),
        ("imei", {"action": "return", "reason": "不想要"}),
        ("imei", {"imei": "860123050000023"}),
    ),
    "C11": (
        ("serial", {"serial": "33011269000000001"}),
        ("count", {"count": "0"}),
        ("count", {"count": "5000"}),
        ("serial", {"action": "return", "reason": "不想要"}),
        ("pin", {"action": "redeem", **PREPAID, "serial": None}),
    ),
    "C12": (
        ("who", {"who": "没有这个人"}),
        ("amount", {"amount": "0"}),
        ("action", {"who": "13957000000"}),
        ("amount", {"who": "13957000000", "action": "refund", "amount": "99999", **TOLD}),
        ("serial", {"action": "correct", "serial": "X", "right": "13957000000", "reason": "缴错"}),
        ("accounts", {"accounts": "HZ0109999999"}),
    ),
    "C13": (
        _NOBODY,
        _SOMEBODY,
        ("part", {"part": "everything"}),
        ("document_number", {"part": "bills", "document_number": None}),
    ),
}
