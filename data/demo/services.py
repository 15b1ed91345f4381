"""Services of others that a demonstration asks: they ship simulated and run beside it (`remote.simulated`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SERVICES = (  # code, names, path, what is sent, what means yes and override, what the clerk is told, beside what
    (
        "number_check",
        "一证五号全国核查",
        "National number check",
        "/v1/number-check",
        "document_kind = customer.document\ndocument_number = customer.document_number\nhere = customer.numbers",
        "answer.result == 'pass'",
        "",
        "该证件在全国的号码已满五个。",
        "This document has five numbers in the country already.",
        "document_number",
    ),
    (
        "identity_check",
        "公安身份核查",
        "Police identity check",
        "/v1/identity",
        "number = customer.document_number\nname = customer.name",
        "answer.result == 'match'",
        "answer.result == 'review'",
        "公安身份核查未通过。",
        "The police do not confirm name and document.",
        "name",
    ),
)
_PLATFORM = {
    "code": "tax_platform",
    "name_zh": "电子发票服务平台",
    "name_en": "Tax platform",
    "path": "/v1/invoices",
    "sends": "title = customer.name",
    "yes_when": "answer.state == 'issued'",
    "reason_zh": "电子发票没有开出。",
    "reason_en": "The electronic invoice was not issued.",
    "timeout_ms": 5_000,
}
"""Where electronic invoices are asked for (`boss_tui.chores.issuing`); no business asks it before it is done."""
_PORTING = {
    "code": "porting_centre",
    "name_zh": "携号转网平台",
    "name_en": "Porting centre",
    "path": "/v1/porting",
    "sends": "document_number = customer.document_number",
    "yes_when": "answer.result == 'authorised'",
    "reason_zh": "携号转网平台没有给授权码。",
    "reason_en": "The porting centre gave no authorisation code.",
    "timeout_ms": 5_000,
}
"""Where authorisation codes are asked for (`boss_tui.chores.porting_out`)."""
SERVED = {"C1": ("number_check", "identity_check"), "C2": ("identity_check",)}
"""Which of them a demonstration's businesses ask."""
AFTER = 90
"""They are asked when all else says yes: each costs its own time."""


def interfaces() -> Iterator[dict[str, Any]]:
    """What is declared of them."""
    names = ("code", "name_zh", "name_en", "path", "sends", "yes_when", "override_when")
    for row in _SERVICES:
        told = dict(zip((*names, "reason_zh", "reason_en", "beside"), row, strict=True))
        always = {"kind": "remote", "address": "simulated:", "reason_at": "reason", "repeatable": 1, "retries": 1}
        yield {**told, **always, "offline": "later"}
    for own in (_PLATFORM, _PORTING):
        yield {**own, "kind": "remote", "address": "simulated:", "reason_at": "reason", "offline": "yes"}


def bindings() -> Iterator[dict[str, Any]]:
    """Which business asks them."""
    for business, codes in SERVED.items():
        for position, code in enumerate(codes, AFTER):
            yield {"business": business, "interface": code, "position": position}
