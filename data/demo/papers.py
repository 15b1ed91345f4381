"""The papers of the hall's past sales: their numbers out of the ranges, and what they say as JSON (catalogue F9)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.demo.hall import OUTLET
from data.demo.prices import Charge
from data.demo_staff import OFFICE_MANAGERS
from data.journal import canonical
from data.standard.rows import Rows
from data.tables.document import DocumentRange, DocumentReceipt, PaperLayout

CODES = {"invoice": "133012600001", "receipt": "SJ26HZ01", "slip": "SL26HZ01", "contract": "RW26HZ01"}
FIRST = 10_000_001
PIECES = 5_000
STOCK, FREE = 50_000_001, 1_000_000
"""Headquarters' own: from where on, and how many."""
_USED = ("invoice", "receipt")
"""The kinds of the hall's past sales."""
_TITLES = {"invoice": "发票", "receipt": "收据", "slip": "业务受理单"}


def content(kind: str, number: int, about: dict[str, str], lines: Iterable[Charge]) -> str:
    """What a paper says, block by block and field by field, in the shape that papers are stored in."""
    listed = tuple(lines)
    total = yuan(sum(line.amount for line in listed))
    blocks: list[dict[str, Any]] = [
        {"is": "text", "text": "城关营业厅", "align": "center", "bold": True},
        {"is": "text", "text": _TITLES[kind], "align": "center", "bold": True, "scale": 2},
        {"is": "key_value", "label": "号码", "value": f"{CODES[kind]}-{number:08d}", "align": "left"},
        *({"is": "key_value", "label": label, "value": value, "align": "left"} for label, value in about.items()),
        {"is": "rule"},
        *({"is": "row", "cells": [line.label, yuan(line.amount)]} for line in listed),
        {"is": "rule"},
        {"is": "key_value", "label": "合计", "value": total, "bold": True},
        {"is": "cut"},
    ]
    facts = [{"label": label, "value": value} for label, value in about.items() if label != "客户"]
    said: dict[str, Any] = {
        "number": f"{CODES[kind]}-{number:08d}",
        "business": "开户",
        "customer": about["客户"],
        "facts": facts,
        "buyer_title": "",
        "buyer_tax_number": "",
        "lines": [{"item": line.label, "rate": _rate(line), "amount": yuan(line.amount)} for line in listed],
        "total" if kind == "invoice" else "due": total,
        "tax": yuan(sum(line.tax for line in listed)) if kind == "invoice" else "",
    }
    return canonical({"kind": kind, "blocks": blocks, "said": said})


def _rate(line: Charge) -> str:
    return f"{line.tax_rate / 100:g}%" if line.tax_rate else "-"


LISTING = """# 查询结果清单：末尾加服务热线
text center bold: {title}
pair left: [客户|Customer] | {customer}
pair left: [查询依据|Asked for] | {number}
rule
table: {table}
rule
text center: [服务热线 10086|Hotline 10086]
pair left: [流水号|Serial] | {serial}
pair left: [台席/工号|Counter and staff] | {counter} / {staff}
pair left: [营业日期|Business date] | {business_date}
pair left: [受理时间|Accepted at] | {accepted_at}
feed
cut
"""
"""A layout of the province's own, beside those that ship with the program (catalogue M9)."""


def layouts() -> Rows:
    """How papers are laid out where that is not as they ship."""
    yield PaperLayout, [{"id": "listing-hotline", "kind": "listing", "layout": LISTING}]


def yuan(fen: int) -> str:
    """An amount that is not negative, in yuan with two digits."""
    return f"{fen // 100}.{fen % 100:02d}"


def range_id(kind: str, holder: str = OUTLET) -> str:
    """The key of a range of the outlet's, or of headquarters' own (holder empty)."""
    return f"range-{kind}-{holder or 'free'}"


def span(used: int) -> dict[str, int]:
    """First and last number of the outlet's ranges."""
    return {"first": FIRST, "last": FIRST + max(PIECES, used + 1_000) - 1}


def rows(used: int, *, headquarters: bool) -> Rows:
    """The outlet's ranges, so many numbers of each of `_USED` used; headquarters has one of each to hand down."""
    yield (
        DocumentRange,
        [_range(kind, OUTLET, FIRST, max(PIECES, used + 1_000), used if kind in _USED else 0) for kind in CODES],
    )
    if headquarters:
        yield DocumentRange, [_range(kind, "", STOCK, FREE, 0) for kind in CODES]
        deliveries = ((FIRST, max(PIECES, used + 1_000)), (STOCK, FREE))
        yield DocumentReceipt, [_received(kind, first, pieces) for kind in CODES for first, pieces in deliveries]


def _received(kind: str, first: int, pieces: int) -> dict[str, Any]:
    return {
        "id": f"received-{kind}-{first}",
        "kind": kind,
        "code": CODES[kind],
        "first_number": first,
        "last_number": first + pieces - 1,
        "supplier": "国家税务总局浙江省税务局" if kind == "invoice" else "浙江省邮电印刷厂",
        "paper": f"RK2026-{first}",
        "received_by": OFFICE_MANAGERS[1],
        "business_date": "2026-01-02",
        "made_at": "2026-01-02T02:00:00.000000Z",
    }


def _range(kind: str, holder: str, first: int, pieces: int, used: int) -> dict[str, Any]:
    return {
        "id": range_id(kind, holder),
        "kind": kind,
        "code": CODES[kind],
        "first_number": first,
        "last_number": first + pieces - 1,
        "next_number": first + used,
        "outlet": holder,
        "lease_id": f"lease-{kind}" if holder else "",
    }
