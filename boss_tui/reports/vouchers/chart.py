"""Which account of the standard chart 会计科目 each of ours is entered in, and with which auxiliary item 辅助核算.

Our accounts are finer than the standard ones and some of their codes mean something else there (management-facts 7.1).
A row holds from its date on, until a later one of the same account.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from data.errors import BadForm, NotAllowed
from data.message import Message, both, say

Kind = Literal["asset", "liability", "income", "expense"]
SINCE = "2014-01-01"
_CODE = re.compile(r"[0-9A-Za-z.]{1,15}")


class Standard(Struct, frozen=True):
    """An account of the standard chart."""

    code: str
    name: Message
    kind: Kind


class ChartPlace(Struct, frozen=True):
    """Where one of our accounts is entered, from a business date on."""

    ours: str
    standard: Standard
    since: str = SINCE


_CASH = Standard("1001", both("库存现金", "Cash"), "asset")
_BANK = Standard("1002", both("银行存款", "Bank"), "asset")
_TRANSIT = Standard("1012", both("其他货币资金", "Other monetary funds"), "asset")
_RECEIVABLE = Standard("1122", both("应收账款", "Accounts receivable"), "asset")
_DUE = Standard("1221", both("其他应收款", "Other receivables"), "asset")
_PENDING = Standard("1901", both("待处理财产损溢", "Losses and surpluses pending"), "asset")
_PAYABLE = Standard("2202", both("应付账款", "Accounts payable"), "liability")
_CONTRACTS = Standard("2205", both("合同负债", "Contract liabilities"), "liability")
_TAXES = Standard("2221", both("应交税费", "Taxes payable"), "liability")
_OTHERS = Standard("2241", both("其他应付款", "Other payables"), "liability")
_MAIN = Standard("6001", both("主营业务收入", "Main business income"), "income")
_SIDE = Standard("6051", both("其他业务收入", "Other business income"), "income")
_SELLING = Standard("6601", both("销售费用", "Selling expenses"), "expense")
_GENERAL = Standard("6602", both("管理费用", "General expenses"), "expense")

PLACES = tuple(
    ChartPlace(ours, standard)
    for ours, standard in (
        ("1001", _CASH),
        ("1002", _TRANSIT),
        ("1003", _BANK),
        ("1004", _CASH),
        ("1012", _TRANSIT),
        ("1013", _TRANSIT),
        ("1014", _TRANSIT),
        ("1015", _TRANSIT),
        ("1122", _RECEIVABLE),
        ("1221", _DUE),
        ("2205", _CONTRACTS),
        ("2210", _OTHERS),
        ("2211", _OTHERS),
        ("2242", _OTHERS),
        ("2206", _OTHERS),
        ("2207", _CONTRACTS),
        ("2208", _CONTRACTS),
        ("2209", _OTHERS),
        ("2221", _TAXES),
        ("2222", _TAXES),
        ("2241", _PAYABLE),
        ("6001", _MAIN),
        ("6002", _MAIN),
        ("6003", _MAIN),
        ("6004", _SIDE),
        ("6401", _SELLING),
        ("6602", _GENERAL),
        ("6900", _PENDING),
        ("6901", _GENERAL),
    )
)


COLUMNS = ("ours", "since", "code", "name_zh", "name_en", "kind")


def of_the_house(content: bytes) -> tuple[ChartPlace, ...]:
    """A house's own chart, as comma-separated values with COLUMNS in the first line (UTF-8, or GB18030 as old
    spreadsheets save it): its rows go before ours. BadForm says which line is wrong, and how."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    head, *rows = list(csv.reader(io.StringIO(text))) or [[]]
    if tuple(cell.strip() for cell in head) != COLUMNS:
        raise BadForm({"--chart": say("The first line must be: {columns}", columns=",".join(COLUMNS))})
    return tuple(_place(line, row) for line, row in enumerate(rows, start=2) if any(cell.strip() for cell in row))


def _place(line: int, row: Sequence[str]) -> ChartPlace:
    cells = [cell.strip() for cell in row]
    if len(cells) != len(COLUMNS):
        raise BadForm(
            {
                "--chart": say(
                    "Line {line} has {n} {n:column|columns} and needs {m}.", line=line, n=len(cells), m=len(COLUMNS)
                )
            }
        )
    ours, since, code, name_zh, name_en, kind = cells
    if not (ours and _CODE.fullmatch(code) and name_zh):
        raise BadForm(
            {
                "--chart": say(
                    "Line {line}: our account, a code of up to 15 letters and digits, and a name are needed.", line=line
                )
            }
        )
    try:
        date.fromisoformat(since or SINCE)
    except ValueError:
        raise BadForm({"--chart": say("Line {line}: {since} is no date.", line=line, since=since)}) from None
    if kind not in get_args(Kind):
        known = ", ".join(get_args(Kind))
        raise BadForm({"--chart": say("Line {line}: the kind is one of {known}.", line=line, known=known)})
    found: Kind = next(one for one in get_args(Kind) if one == kind)
    return ChartPlace(ours, Standard(code, both(name_zh, name_en or name_zh), found), since or SINCE)


def standard_of(
    ours: str, business_date: str, tenders: Mapping[str, str], house: Sequence[ChartPlace] = ()
) -> Standard:
    """The standard account of one of ours on a business date. `tenders`: our accounts of the ways of paying, with who
    must be asked: money of a way that headquarters has added is in transit until it is in the bank. NotAllowed: nobody
    has said where the account is entered. `house`: a chart of its own, which goes before."""
    for places in (house, PLACES):
        known = [place for place in places if place.ours == ours and place.since <= business_date]
        if known:
            return max(known, key=lambda place: place.since).standard
    if ours in tenders:
        return _TRANSIT
    raise NotAllowed(
        say(
            "Account {code} has no place in the standard chart, so that no voucher can be made. Give it one in a "
            "file of your own (--chart).",
            code=ours,
        )
    )
