"""What two managers set up: the first row of a subject typed into its form, the rest from files of a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from msgspec import Struct

from boss_tui.components.paper_layouts.layouts import shipped_text
from data.check_digits import luhn

HALL, OUTPOST = "HZ01", "NB01"
"""A hall with a link, and an outlet in the hills."""
CLERKS = {HALL: "1001", OUTPOST: "1101"}
SUPERVISORS = {HALL: "2001", OUTPOST: "2101"}
ELEMENT = "HLR01"
NUMBERS, SIMS, HANDSETS, RECHARGE_CARDS = 100, 40, 10, 40
"""Of each outlet."""


class Rows(Struct, frozen=True):
    """Rows of a kind of M row: the names of the fields, and a line each; texts of several lines need other marks."""

    kind: str
    fields: str
    lines: str
    line_end: str = "\n"
    between: str = "|"

    def rows(self) -> list[dict[str, str]]:
        """Each by the names of its fields; an empty one is left as it stands."""
        names = self.fields.split()
        return [{name: cell for name, cell in zip(names, cells, strict=True) if cell} for cells in self._cells()]

    def file(self, after: int) -> str:
        """Those after the first so many, as a file."""
        written = StringIO()
        csv.writer(written).writerows([self.fields.split(), *self._cells()[after:]])
        return written.getvalue()

    def _cells(self) -> list[list[str]]:
        lines = self.lines.strip().split(self.line_end)
        return [[cell.strip() for cell in line.split(self.between)] for line in lines]


ONE_NUMBER = {"zh_CN": "开张期间每人限办一个号码。", "en": "One number each while we are new."}
"""Why nobody opens a second account: a rule of this province's own."""
THANKS = "谢谢惠顾"
"""Its receipts begin with that."""
_VOID = "text center: [作废|VOID]\npair: [号码|Number] | {number}\npair: [原因|Reason] | {reason}\ncut"

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
                "code name_zh kind rule reason_zh reason_en beside offline",
                "one_number|一人一号|local|customer.numbers < 1|"
                f"{ONE_NUMBER['zh_CN']}|{ONE_NUMBER['en']}|document_number|no\n"
                "blacklist_own|本网黑名单|local|||||no\nnumber_limit|一证五号|local|||||no\n"
                "guardian|未成年人监护|local|||||no\nagent|代办人核查|local|||||no",
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
            Rows(
                "m5/number_pattern",
                "code rank grade pattern",
                r"THREE|10|BEAUTIFUL|(\d)\1\1$" + "\nANY|90|ORDINARY|",
            ),
            Rows("m5/imsi_block", "first last element", "460009900000000|460009900999999|HLR01"),
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
    (
        "M2.2",
        (
            Rows(
                "m2.2/business_interface",
                "business interface position",
                "C1|one_number|4\nC1|blacklist_own|1\nC1|number_limit|2\nC1|guardian|3\nC2|blacklist_own|1\n"
                "C5|blacklist_own|1\nC5|number_limit|2\nC5|agent|3",
            ),
        ),
    ),
    (
        "M9",
        (
            Rows(
                "m9/paper_layout",
                "kind layout",
                f"void_sheet¶{_VOID}§receipt¶text center: [{THANKS}|Thank you]\n{shipped_text('receipt')}",
                line_end="§",
                between="¶",
            ),
        ),
    ),
)
ROUNDS = (_FIRST, _THEN)
"""The editions by when they are approved: those of a round rest on what is in force before it."""


def handsets() -> str:
    """A supplier's note of the one model, as its file."""
    bodies = (f"86012304{n + 1:06d}" for n in range(2 * HANDSETS))
    return "imei,model,colour\n" + "".join(f"{body}{luhn(body)},HS-A10,曜石黑\n" for body in bodies)


PROVIDERS = {
    "partner": [{"code": "SP001", "name_zh": "彩云音乐", "kind": "provider", "rate": 8_500}],
    "provider_service": [{"code": "MUSIC", "partner": "SP001", "name_zh": "彩云音乐包", "fee": 1_000}],
}
"""What somebody else sells through us."""
