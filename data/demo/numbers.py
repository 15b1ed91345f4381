"""Phone numbers: segments, groups, grades of beautiful numbers 靓号, and the stock (catalogue F5, M5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.demo.hall import ELEMENT
from data.standard.rows import Rows
from data.tables.resource import AccessCode, ImsiBlock, NumberGrade, NumberGroup, NumberPattern, NumberSegment

STOCK_PREFIX = "1825748"
FREE_PREFIX = "1825749"
STOCK = 3_000
"""How many numbers the outlet holds; headquarters has as many more, free to be leased."""

IMSIS = {"first": "460000000000000", "last": "460009999999999"}
"""The block that all cards of the demonstration have their IMSIs of."""

_BLOCK = 10_000
_STRIDE = 7_919  # prime to the block: numbers follow each other without a pattern
_HEADS = ("139", "138", "137", "136", "135", "158", "159", "150", "188", "187")

_BEAUTIFUL = 180
"""For how many days a beautiful number rests (management-facts 5.2)."""

_GRADES = (  # code, names, fee and minimum monthly spend in fen, months bound and barred from transfer, days of rest
    ("A5", "五连号 AAAAA", "Five alike", 500_000, 39_900, 24, 24, _BEAUTIFUL),
    ("AAAA", "四连号 AAAA", "Four alike", 200_000, 19_900, 24, 24, _BEAUTIFUL),
    ("AAA", "三连号 AAA", "Three alike", 50_000, 9_900, 12, 12, _BEAUTIFUL),
    ("ABCD", "顺子号 ABCD", "Straight run", 80_000, 9_900, 12, 12, _BEAUTIFUL),
    ("AABB", "双对号 AABB", "Two pairs", 20_000, 5_900, 12, 0, _BEAUTIFUL),
    ("ABAB", "重复号 ABAB", "Repeated pair", 20_000, 5_900, 12, 0, _BEAUTIFUL),
    ("L88", "吉祥号 66/88/168", "Lucky ending", 10_000, 3_900, 6, 0, _BEAUTIFUL),
    ("N", "普通号码", "Ordinary", 0, 0, 0, 0, 0),
)

_RUNS = "|".join(f"{run[n : n + 4]}" for run in ("0123456789", "9876543210") for n in range(7))
_PATTERNS = (  # code, rank, grade, pattern; "": whatever fits none of those before
    ("AAAAA", 10, "A5", r"(\d)\1{4}$"),
    ("AAAA", 20, "AAAA", r"(\d)\1{3}$"),
    ("AAA", 30, "AAA", r"(\d)\1{2}$"),
    ("ABCD", 40, "ABCD", f"({_RUNS})$"),
    ("AABB", 50, "AABB", r"(\d)\1(\d)\2$"),
    ("ABAB", 60, "ABAB", r"(\d\d)\1$"),
    ("LUCKY", 70, "L88", r"(66|88|168)$"),
    ("REST", 999, "N", ""),
)


def grade_of(number: str) -> str:
    """The grade of a number by its last digits: the dearest that fits (the operator's list of grades, M5)."""
    a, b, c, d = tuple(number[-4:])
    tail = number[-4:]
    fits = (
        ("A5", number[-5:] == d * 5),
        ("AAAA", a == b == c == d),
        ("AAA", b == c == d),
        ("ABCD", tail in "0123456789" or tail in "9876543210"),
        ("AABB", a == b and c == d),
        ("ABAB", a == c and b == d),
        ("L88", number.endswith(("66", "88", "168"))),
    )
    return next((grade for grade, is_so in fits if is_so), "N")


MINIMUM_SPEND = {row[0]: row[4] for row in _GRADES}
FEES = {row[0]: row[3] for row in _GRADES}


_ACCESS_CODES = (  # code, kind, partner, from, until, fen a month, contract, state
    ("10690001", "sms_port", "SP003", "2026-01-01", "2027-12-31", 200_000, "短信合同〔2026〕003", "rented"),
    ("10690002", "sms_port", "", "", "", 200_000, "", "free"),
    ("12590", "access_code", "SP001", "2025-07-01", "", 80_000, "接入合同〔2025〕118", "rented"),
    ("96188", "access_code", "", "", "", 50_000, "", "free"),
)


def customers_number(n: int) -> str:
    """The number of subscription n: no two are alike below ten million."""
    block, place = divmod(n, _BLOCK)
    return f"{_prefix(block)}{place * _STRIDE % _BLOCK:04d}"


def _prefix(block: int) -> str:
    return f"{_HEADS[block % len(_HEADS)]}57{block // len(_HEADS):02d}"


def stock(prefix: str, pieces: int) -> list[str]:
    """Numbers of a segment for the stock: every beautiful one, and ordinary ones in no order."""
    block = [f"{prefix}{place * _STRIDE % _BLOCK:04d}" for place in range(_BLOCK)]
    return sorted(block, key=lambda number: grade_of(number) == "N")[:pieces]


def phone_number(number: str, **more: Any) -> dict[str, Any]:
    """A number's row."""
    return {"number": number, "segment": number[:7], "grade": grade_of(number), "tail": number[-4:], **more}


def rows(subscriptions: int) -> Rows:
    """Grades and which numbers are of them, the groups and segments that so many subscriptions and the stock need, and
    the block that cards' IMSIs are of."""
    names = ("code", "name_zh", "name_en", "fee", "minimum_spend", "contract_months", "transfer_ban_months")
    yield NumberGrade, [dict(zip((*names, "quarantine_days"), row, strict=True)) for row in _GRADES]
    yield NumberPattern, [dict(zip(("code", "rank", "grade", "pattern"), row, strict=True)) for row in _PATTERNS]
    segments = list(_segments(subscriptions))
    yield NumberGroup, [_group(code) for code in dict.fromkeys(row["number_group"] for row in segments)]
    yield NumberSegment, segments
    yield ImsiBlock, [{**IMSIS, "element": ELEMENT, "received_on": "2025-03-01", "document_no": "工信网〔2025〕21号"}]
    code = ("code", "kind", "partner", "rented_from", "rented_to", "fee", "document_no", "state")
    yield AccessCode, [dict(zip(code, row, strict=True)) for row in _ACCESS_CODES]


def _group(code: str) -> dict[str, Any]:
    heads = code.removeprefix("G")
    return {"code": code, "name_zh": f"杭州 {heads} 号群", "name_en": f"Hangzhou {heads}", "region": "杭州"}


def _segments(subscriptions: int) -> Iterator[dict[str, Any]]:
    """Each segment belongs to a number group 号群: those in use by their first three digits, the stock to its own."""
    for block in range(-(-subscriptions // _BLOCK)):
        prefix = _prefix(block)
        yield {"prefix": prefix, "region": "杭州", "element": ELEMENT, "number_group": f"G{prefix[:3]}"}
    for prefix in (STOCK_PREFIX, FREE_PREFIX):
        yield {"prefix": prefix, "region": "杭州", "element": ELEMENT, "number_group": "G182"}
