"""What two managers set up: the first row of a subject typed into its form, the rest from files of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data.check_digits import luhn

HALL, OUTPOST = "HZ01", "NB01"
"""A hall with a link, and an outlet in the hills."""
CLERKS = {HALL: "1001", OUTPOST: "1101"}
SUPERVISORS = {HALL: "2001", OUTPOST: "2101"}
ELEMENT = "HLR01"
HANDSETS, RECHARGE_CARDS = 10, 40


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a kind of M row: the names of the fields, and a line each."""

    kind: str
    fields: str
    lines: str

    def rows(self) -> list[dict[str, str]]:
        """Each by the names of its fields; an empty one is left as it stands."""
        names = self.fields.split()
        return [
            {name: cell.strip() for name, cell in zip(names, line.split("|"), strict=True) if cell.strip()}
            for line in self.lines.strip().splitlines()
        ]

    def file(self, after: int) -> str:
        """Those after the first so many, as a file."""
        lines = [",".join(f'"{cell.strip()}"' for cell in line.split("|")) for line in self.lines.strip().splitlines()]
        return "\n".join([",".join(self.fields.split()), *lines[after:]]) + "\n"


_FIRST: tuple[tuple[str, tuple[Rows, ...]], ...] = (
    (
        "M7",
        (
            Rows(
                "m7/outlet",
                "code name_zh province region",
                "HZ01|城关营业厅|浙江|杭州\nNB01|象山营业点|浙江|宁波",
            ),
            Rows("m7/counter", "code outlet name_zh", "HZ0101|HZ01|一号台\nNB0101|NB01|一号台"),
            Rows(
                "m7/operator",
                "staff_no name outlet role",
                "1001|陈晓燕|HZ01|clerk\n2001|徐志强|HZ01|supervisor\n1101|林秀芳|NB01|clerk\n2101|周国平|NB01|supervisor",
            ),
        ),
    ),
    ("M3.1", (Rows("m3.1/category", "code name_zh rank number_limit credit_limit", "student|学生|40|5|50"),)),
    (
        "M2.1",
        (
            Rows(
                "m2.1/interface",
                "code name_zh kind offline",
                "blacklist_own|本网黑名单|local|no\nnumber_limit|一证五号|local|no\nguardian|未成年人监护|local|no\n"
                "agent|代办人核查|local|no",
            ),
        ),
    ),
    (
        "M10",
        (
            Rows(
                "m10/network_element",
                "code name_zh dialect gateway",
                "HLR01|杭州归属位置寄存器|huawei|folder:gateway/HLR01",
            ),
        ),
    ),
    (
        "M4",
        (
            Rows(
                "m4/product",
                "code name_zh kind pay_type sim_kinds network_act rank",
                "P58|畅聊58套餐|plan|postpaid|8K,32K,STK||10\n"
                "P88|畅享88套餐|plan|postpaid|8K,32K,STK||20\n"
                "P39|随心39套餐|plan|any|8K,32K,STK||40\n"
                "DATA|移动数据|service|any||data|30\n"
                "CLIP|来电显示|service|any||service:clip|10\n"
                "CW|呼叫等待|service|any||service:waiting|20\n"
                "VMAIL|语音信箱|service|any||manual|40\n"
                "HS-A10|星河A10|goods|any|||10",
            ),
            Rows(
                "m4/product_relation",
                "product relation other",
                "P58|contains|DATA\nP88|contains|DATA\nP39|contains|DATA",
            ),
            Rows(
                "m4/price_rule",
                "item business product amount monthly",
                "monthly_fee|C1|P58|58|y\nmonthly_fee|C1|P88|88|y\nmonthly_fee|C1|P39|39|y\n"
                "value_added_fee|C1|VMAIL|2|y\nvalue_added_fee|C1|DATA|0|y\nvalue_added_fee|C1|CLIP|0|y\n"
                "value_added_fee|C1|CW|0|y\nhandset|C10|HS-A10|999|",
            ),
        ),
    ),
)
_THEN: tuple[tuple[str, tuple[Rows, ...]], ...] = (
    (
        "M5",
        (
            Rows("m5/number_grade", "code name_zh fee", "ORDINARY|普通号|0\nBEAUTIFUL|靓号|500"),
            Rows("m5/number_segment", "prefix element region", "1395800|HLR01|杭州"),
        ),
    ),
    (
        "M6",
        (
            Rows(
                "m6/price_rule",
                "id item business product amount monthly",
                "C1-1|entry_fee|C1||50|\nC1-2|sim_fee|C1||20|\nC1-6|prepayment|C1|P58|100|\nC1-7|prepayment|C1|P88|100|\n"
                "C1-8|prepayment|C1|P39|50|\nC1-9|deposit|C1||500|\n"
                "C2-1|handling_fee|C2||10|\nC3-1|sim_fee|C3||20|\nC3-2|handling_fee|C3||10|\nC5-1|handling_fee|C5||20|\n"
                "C6-1|keep_number_fee|C6||5|y\nC8-3|monthly_fee|C8|P58|58|y\n"
                "C8-4|monthly_fee|C8|P88|88|y\nC8-5|monthly_fee|C8|P39|39|y\nC12-1|late_fee|C12||0.03|",
            ),
        ),
    ),
)
ROUNDS = (_FIRST, _THEN)
"""The editions by when they are approved: those of a round rest on what is in force before it."""


def numbers() -> Iterator[dict[str, str]]:
    """Phone numbers of the segment."""
    for n in range(60):
        number = f"1395800{n + 1000:04d}"
        yield {"number": number, "segment": "1395800", "grade": "ORDINARY", "tail": number[-4:]}


def cards() -> Iterator[dict[str, str]]:
    """SIM cards."""
    for n in range(60):
        body = f"8986001126{n:09d}"
        yield {"iccid": body + luhn(body), "imsi": f"46000112{n:07d}", "kind": "32K", "ki": f"{n + 1:032X}"}


def handsets() -> Iterator[dict[str, str]]:
    """Handsets of the one model."""
    for n in range(HANDSETS):
        body = f"86012304{n + 1:06d}"
        yield {"imei": body + luhn(body), "model": "HS-A10", "colour": "曜石黑"}


def recharge_cards() -> Iterator[dict[str, Any]]:
    """Recharge cards of 50 yuan."""
    for n in range(RECHARGE_CARDS):
        yield {
            "serial": f"33011261{n + 1:09d}",
            "face_value": 5_000,
            "pin": f"{n + 1:018d}",
            "valid_to": "2099-12-31",
        }


PROVIDERS = {
    "partner": [{"code": "SP001", "name_zh": "彩云音乐", "kind": "provider", "rate": 8_500}],
    "provider_service": [{"code": "MUSIC", "partner": "SP001", "name_zh": "彩云音乐包", "fee": 1_000}],
}
"""What somebody else sells through us."""


def stock() -> dict[str, list[dict[str, Any]]]:
    """What lies at headquarters, to be handed down."""
    numbered = {"outlet": "", "first_number": 1, "last_number": 9_000, "next_number": 1}
    kinds = ("invoice", "receipt", "slip", "contract")
    ranges = [{"id": kind, "kind": kind, "code": f"ZJ-{kind}", **numbered} for kind in kinds]
    return {
        "phone_number": list(numbers()),
        "sim_card": list(cards()),
        "handset": list(handsets()),
        "recharge_card": list(recharge_cards()),
        "document_range": ranges,
    }
