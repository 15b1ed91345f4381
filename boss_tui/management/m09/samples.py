"""A sample of each kind of paper, for a layout to be tried with: made as the desk makes papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import field
from msgspec.structs import replace

from boss_tui.answers.business import Invoicing, Quote, QuoteLine, Tender
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.customers.parties import Party
from boss_tui.components.documents import papers
from boss_tui.components.documents.papers import Seller
from boss_tui.components.documents.red_letters import Reversal, red_letter
from boss_tui.components.documents.refund_vouchers import Refund, refund_voucher
from boss_tui.components.documents.slips import agreement, contract, slip
from boss_tui.components.invoices.sales import Agreed, Sale
from boss_tui.components.paper_layouts.layouts import Layouts
from boss_tui.components.stock.stock_slips import PackedBox, stock_slip, transfer_slip
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.till.cash_slips import Slip, cash_slip, handover_slip, opening_slip, safe_count_slip
from boss_tui.locale import Words
from boss_tui.reports.paper import document
from boss_tui.reports.report import Column, Report, Section
from boss_tui.reports.report import Fact as ReportFact
from boss_tui.taxes import Rated
from data.message import both, say
from data.states import kind_name
from printers.document import Document

_HALL = both("城关营业厅", "Chengguan hall")
_CUSTOMER, _NUMBER, _DAY = "张三丰", "0000-00000001", "2026-01-31"
_MADE_AT = f"{_DAY}T02:30:00.000000Z"
_SERIAL = "XX01202601310000001"
_LINES = (
    QuoteLine("fee", both("选号费", "Fee for choosing the number"), 0, 5_000, 5_000, 900),
    QuoteLine("prepay", both("预存话费", "Prepayment"), 2, 10_000, 10_000),
    QuoteLine("plan", both("畅享套餐129元", "Enjoy plan 129"), 0, 12_900, 12_900, monthly=True),
)
_PARTY = Party("sample", _CUSTOMER, document="110105********002X", signer="王小明", by="agent")
_COUNTS = ((10_000, 12), (500, 3), (10, 5))


class _Noting(Layouts, frozen=True):
    """Layouts that only note what a paper says."""

    noted: dict[str, Any] = field(default_factory=dict)

    def paper(self, kind: str, _: Words, /, said: Mapping[str, Any], *, of: str = "", kept: bool = False) -> Document:
        """Note it."""
        self.noted.update(said)
        return Document(of or kind, (), dict(said) if kept else {})


def sample(kind: str, words: Words) -> Mapping[str, Any]:
    """What a paper of a kind may say, in a language."""
    noting = _Noting()
    _MAKERS[kind](_seller(words, noting))
    return noting.noted


def _seller(words: Words, layouts: Layouts) -> Seller:
    return Seller(words, _HALL, "XX0101", "1001", _SERIAL, _DAY, _MADE_AT, layouts=layouts)


def _sale() -> Sale:
    tenders = (Tender("cash", 10_100), Tender("card", 5_000, "622848******1234 REF0001"))
    about = ((say("Number"), "138 0000 0000"), (say("Plan"), _LINES[2].label))
    advice = (both("请妥善保管本单据，七日内凭此办理退换。", "Keep this paper: with it goods are taken back."),)
    return Sale(
        "sample",
        _CUSTOMER,
        BUSINESS_NAMES["C1"],
        about,
        Quote(_LINES, (_LINES[2].label,)),
        Taken("", 15_000, 15_100, 100, tenders),
        advice,
        parties=(_PARTY,),
        clauses=(both("资费变更提前三十日公告，客户有权解约。", "Changes are announced thirty days ahead."),),
        buyer=Invoicing("now", "杭州某某信息科技有限公司", "91330108MA5ABCDE2X"),
    )


def _red(original: Callable[[Seller], Document]) -> Callable[[Seller], Document]:
    def made(seller: Seller) -> Document:
        back = Taken("", -15_000, 0, 0, (Tender("cash", -15_000),))
        reversal = Reversal(original(replace(seller, layouts=_Noting())), _NUMBER, -15_000, -413, back, "客户退订")
        return red_letter(seller, "0000-00000002", reversal)

    return made


def _invoice(seller: Seller) -> Document:
    return papers.invoice(seller, _NUMBER, _sale(), _LINES[:2])


def _receipt(seller: Seller) -> Document:
    return papers.receipt(seller, _NUMBER, _sale(), _LINES[:2], (Rated(900, 5_000, 413),))


def _agreement(seller: Seller) -> Document:
    agreed = Agreed(
        both("靓号最低消费", "A beautiful number"),
        24,
        both("每月最低消费129.00元，共24个月。", "At least 129.00 yuan each month, for 24 months."),
        both("提前解约须付剩余月份的30%。", "Ending it early costs 30 % of what is left."),
        _DAY,
        "2028-01-30",
    )
    return agreement(seller, _NUMBER, _sale(), _PARTY, agreed)


def _refund(seller: Seller) -> Document:
    facts = ((say("Business"), BUSINESS_NAMES["C9"]), (say("Customer"), _CUSTOMER))
    lines = ((_LINES[1].label, -10_000),)
    return refund_voucher(
        seller, Refund(_CUSTOMER, facts, (_SERIAL,), "客户销号", lines, 10_000, (Tender("cash", -10_000),))
    )


def _listing(seller: Seller) -> Document:
    rows = ((f"{_DAY} 09:12", BUSINESS_NAMES["C1"], "150.00"), ("2026-01-05 18:40", BUSINESS_NAMES["C12"], "50.00"))
    return papers.listing(seller, say("Orders"), _CUSTOMER, "138 0000 0000", rows)


def _slip(seller: Seller) -> Slip:
    return Slip(
        _HALL,
        "XX0101",
        _DAY,
        _MADE_AT,
        "1001 王芳",
        note="打印纸三箱",
        approved_by="9001 赵敏",
        number="XX01-000012",
        amount=121_550,
        holds=500_000,
        layouts=seller.layouts,
    )


def _report(seller: Seller) -> Document:
    columns = (Column(say("Item")), Column(say("Amount"), "money"))
    rows = tuple((line.label, line.amount) for line in _LINES[:2])
    report = Report(
        "sample",
        say("Day report"),
        (ReportFact(say("Outlet"), _HALL), ReportFact(say("Business date"), _DAY)),
        (Section(say("Items"), columns, rows, (say("Total"), 15_000)), Section(say("Refunds"), columns, ())),
        (ReportFact(say("Total"), 15_000, "money"),),
        signed=(say("Signature of the supervisor"),),
    )
    return document(report, seller.words, seller.layouts)


def _stock(seller: Seller) -> Document:
    counted = ((kind_name("sim"), "USIM", 120, 118), (kind_name("card"), "50.00", 1_000, 1_003))
    return stock_slip(seller.words, _slip(seller), counted, (("89860012345678901234", say("Missing"), ""),))


def _transfer(seller: Seller) -> Document:
    runs = (("89860012345678901230", "89860012345678901239", 10),)
    box = PackedBox(kind_name("sim"), "USIM", _HALL, both("河东营业厅", "Hedong hall"), True, 10, runs)
    return transfer_slip(seller.words, _slip(seller), box)


_MAKERS: dict[str, Callable[[Seller], Document]] = {
    "invoice": _invoice,
    "receipt": _receipt,
    "red_invoice": _red(_invoice),
    "red_receipt": _red(_receipt),
    "slip": lambda seller: slip(seller, _NUMBER, _sale(), _PARTY),
    "contract": lambda seller: contract(seller, _NUMBER, _sale(), _PARTY),
    "agreement": _agreement,
    "refund": _refund,
    "listing": _listing,
    "void_sheet": lambda seller: papers.void_sheet(seller.words, "invoice", _NUMBER, "卷纸卡住", seller.layouts),
    "cash": lambda seller: cash_slip(seller.words, replace(_slip(seller), purpose="expense")),
    "drawer_opened": lambda seller: opening_slip(seller.words, _slip(seller)),
    "handover": lambda seller: handover_slip(
        seller.words, replace(_slip(seller), counterparty="1002 李强"), "XX0101 Z000012", _COUNTS, -500
    ),
    "safe_count": lambda seller: safe_count_slip(seller.words, _slip(seller), _COUNTS, -500),
    "stock_count": _stock,
    "transfer": _transfer,
    "report": _report,
}
