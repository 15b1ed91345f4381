"""One of every kind of paper and report, in a language: what the golden files and the tests of PDFs are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from boss_tui.answers.business import Handwritten, Invoicing, Quote, QuoteLine, Tender
from boss_tui.answers.hall import QueueItem, Way
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.components.customers.parties import Party
from boss_tui.components.documents.handwritten import mark
from boss_tui.components.documents.papers import COPY_MARKS, Seller, invoice, listed, receipt, void_sheet
from boss_tui.components.documents.red_letters import PartBack, Reversal, red_letter, red_part
from boss_tui.components.documents.refund_vouchers import Refund, refund_voucher
from boss_tui.components.documents.slips import agreement, contract, slip
from boss_tui.components.invoices.sales import Agreed, Sale
from boss_tui.components.stock.stock_slips import PackedBox, stock_slip, transfer_slip
from boss_tui.components.tenders.taken import Taken
from boss_tui.components.till.cash_slips import Slip, cash_slip, handover_slip, opening_slip, safe_count_slip
from boss_tui.components.till.sums import ItemSum, Move, Opened, Outside, RateSum, SafeMove, ShiftFigures, Sum, Takings
from boss_tui.locale import Words
from boss_tui.reports.day import day_report
from boss_tui.reports.exceptions import Exceptional
from boss_tui.reports.figures import DayFigures, PaperSum
from boss_tui.reports.paper import document
from boss_tui.reports.period import summed
from boss_tui.reports.products import ProductSum
from boss_tui.reports.queue_list import queue_list
from boss_tui.reports.report import Column, Fact, Report, Section
from boss_tui.reports.shift import shift_report
from boss_tui.taxes import Rated
from data.message import Message, both, say
from data.states import kind_name
from data.tables.finance import BusinessDay, Shift, ShiftTender
from printers.document import Cut, Document, Text, bannered, copy_of

HALL = both("长春大街旗舰营业厅（人民广场东）", "Changchun Street flagship hall")
CUSTOMER = "欧阳娜娜·阿卜杜热合曼"
NUMBER = "1440-00000012"
PLAN = both("“畅享”融合套餐129元（首月按天折算）", "Enjoy bundle 129 (first month by the day)")
FEE, PREPAID = both("号码选号费", "Fee for choosing the number"), both("预存话费", "Prepayment")
HANDSET = both(
    "某某品牌手机 16GB+512GB 曜石黑（含碎屏险）", "Some handset 16GB+512GB, obsidian black, with insurance of its glass"
)
SOLD = both("手机及配件销售收入", "Handsets and what belongs to them")
HASH = "f9f1fdbf5fc28d3dbb22481cd220e7acbacdd03e7da714821f50071ddbe201e4"
CASH = Slip(
    outlet=HALL,
    counter="HZ0101",
    business_date="2026-11-23",
    made_at="2026-11-23T03:00:00.000000Z",
    operator="1001 王芳",
    approved_by="9001 赵敏",
    number="HZ01-000012",
    amount=1_234_567_00,
    holds=500_000_00,
)
SLIP = Handwritten("SG-2026-0001", "2026-11-22", "14:05", "1001")
CLAUSES = (
    both(
        "乙方按甲方选定的资费方案提供服务，资费变更提前三十日公告，甲方有权解约。",
        "Party B serves by the plan that party A chose; changes are announced thirty days ahead.",
    ),
    both(
        "甲方欠费超过30天，乙方可以停机；超过90天，乙方可以销号。",
        "Party B may suspend after 30 days of arrears and close the number after 90 days.",
    ),
)


def seller(w: Words) -> Seller:
    return Seller(w, HALL, "HZ0101", "1001", "HZ01202611230000123", "2026-11-23", "2026-11-23T01:00:00.000000Z")


def lines() -> tuple[QuoteLine, ...]:
    return (
        QuoteLine("fee", FEE, 0, 5000, 5000, 900),
        QuoteLine("handset", HANDSET, 0, 459900, 459900, 1300),
        QuoteLine("prepay", PREPAID, 2, 10000, 10000),
        QuoteLine("plan", PLAN, 0, 12900, 12900, monthly=True),
    )


def sale(sign: int = 1) -> Sale:
    tenders = (Tender("cash", 30000), Tender("card", 445000, "622848******1234 REF20261123000001"))
    taken = Taken("", sign * 474900, sign * 475000, 100 if sign > 0 else 0, tenders)
    about = ((say("Number"), "138 1234 5678"), (say("Plan"), PLAN))
    advice = (
        both(
            "请妥善保管本单据，凭此可在七日内办理退换；服务热线10086。",
            "Keep this paper: goods are taken back with it for seven days. Hotline 10086.",
        ),
    )
    return Sale("c", CUSTOMER, BUSINESS_NAMES["C1"], about, Quote(lines(), (PLAN,)), taken, advice)


def _receipt(w: Words) -> Document:
    return receipt(seller(w), NUMBER, sale(), [one for one in lines() if not one.monthly], (Rated(900, 5000, 413),))


def _invoice(w: Words) -> Document:
    buyer = Invoicing("now", "杭州某某信息科技（集团）有限责任公司滨江分公司", "91330108MA5ABCDE2X")
    return invoice(seller(w), NUMBER, replace(sale(), buyer=buyer), lines()[:2])


def _red(original: Callable[[Words], Document]) -> Callable[[Words], Document]:
    def made(w: Words) -> Document:
        back = Taken("", -474900, 0, 0, (Tender("cash", -474900),))
        return red_letter(seller(w), "1440-00000013", Reversal(original(w), NUMBER, -474900, -53321, back, "客户退货"))

    return made


def _red_part(w: Words) -> Document:
    part = PartBack(NUMBER, sale().title, CUSTOMER, sale().about, lines()[:1], -5000, -413, "选号费多收，客户要求退还")
    return red_part(seller(w), "1440-00000014", part)


def _parties() -> tuple[Party, ...]:
    return (
        Party("c", CUSTOMER, document="110105********002X", signer="王小明", by="agent"),
        Party("o", "杭州某某信息科技有限公司", say("New owner"), "9133********DE2X", "李四", "organization"),
    )


def _slip(w: Words) -> Document:
    return slip(seller(w), NUMBER, replace(sale(), parties=_parties()), _parties()[0])


def _contract(w: Words) -> Document:
    return contract(seller(w), NUMBER, replace(sale(), parties=_parties(), clauses=CLAUSES), _parties()[0])


def _agreement(w: Words) -> Document:
    agreed = Agreed(
        HANDSET,
        24,
        say(
            "Contract of {months} {months:month|months}: {yuan} yuan of the prepayment come back each month.",
            months=24,
            yuan="1,234.56",
        ),
        say("Ending it early costs the difference to the full price and {percent} % of what is left.", percent=30),
        "2026-11-23",
        "2028-11-22",
    )
    return agreement(seller(w), NUMBER, replace(sale(), clauses=CLAUSES[1:]), _parties()[1], agreed)


def _refund(w: Words) -> Document:
    card = "622848******1234 REF20261123000001"
    return refund_voucher(
        seller(w),
        Refund(
            CUSTOMER,
            ((say("Business"), BUSINESS_NAMES["C9"]), (say("Customer"), CUSTOMER), *sale().about),
            ("HZ01202611010000007", "HZ01202609300001234"),
            "客户出国，不再使用，要求退还押金及余额",
            ((PREPAID, -1_234_567_00), (FEE, 5000)),
            1_234_517_00,
            (Tender("cash", -30000), Tender("card", -1_234_217_00, card)),
        ),
    )


def _listing(w: Words) -> Document:
    rows = (
        ("2026-11-23 09:12", w(BUSINESS_NAMES["C7.1"]), w(say("Closed")), "1234567.00"),
        ("2026-11-01 18:40", "Roaming in Switzerland, data 1024 MB", w(say("Closed")), "-12.50"),
        ("2026-10-07 10:05", w(PLAN), "", "129.00"),
    )
    return Document("report", (Text(w(say("Orders")), align="center", bold=True), listed(rows), Cut()))


def _quotation(w: Words) -> Document:
    report = Report(
        name="quotation-7",
        title=say("Price quotation"),
        facts=(Fact(say("Business"), BUSINESS_NAMES["C1"]),),
        sections=(
            Section(
                say("Price"),
                (Column(say("Item")), Column(say("Amount"), "money")),
                tuple((line.label, line.amount) for line in lines()),
            ),
        ),
        summary=(Fact(say("To pay now"), 474900, "money"), Fact(say("A month"), 12900, "money")),
    )
    return document(report, w)


def takings() -> Takings:
    names = {"cash": both("现金", "Cash"), "card": both("银行卡", "Card"), "transfer": both("转账", "Transfer")}
    return Takings(
        businesses=(Sum("C10", 12, 1_234_567_00), Sum("C2", 1, 5000), Sum("C7.1", 3, 0)),
        operators=(Sum("1001", 15, 123_456_700), Sum("1002", 1, 5000)),
        tenders=(Sum("cash", 12, 123_000_000), Sum("card", 3, 456_700), Sum("transfer", 1, 5000)),
        items=(
            ItemSum("handset", SOLD, 109_253_717, 14_202_983),
            ItemSum("fee", FEE, 4587, 413),
            ItemSum("bill", say("Charged on bills"), 0, 0),
        ),
        refunds=(Sum("cash", 1, -5000),),
        names=names,
        rates=(RateSum(1300, 109_253_717, 14_202_983), RateSum(900, 4587, 413), RateSum(0, 10000, 0)),
        tills=(Sum("HZ0101", 15, 123_456_700), Sum("HZ0110", 1, 5000)),
    )


def shift(*, closed: bool, blind: bool = False) -> Report:
    row = Shift(
        id="s",
        outlet="HZ01",
        till="HZ0101",
        operator="1001",
        business_date="2026-11-23",
        state="open",
        opened_at="2026-11-23T00:30:00.000000Z",
        float_amount=50000,
    )
    if closed:
        row = row.model_copy(
            update={
                "state": "closed",
                "closed_at": "2026-11-23T10:00:00.000000Z",
                "z_number": 12,
                "counted_cash": 122_999_500,
                "expected_cash": 123_000_000,
                "difference": -500,
                "reason": "找零差错，已请示主管",
                "approved_by": "9001",
                "closed_by": "9001",
                "journal_end": "1234/6869f67895866861aa",
            }
        )
    figures = ShiftFigures(
        shift=row,
        operator="王芳",
        takings=takings(),
        moves=(Sum("float", 1, 50000), Sum("expense", 2, -3500)),
        notes=(
            Move(
                "2026-11-23T03:00:00.000000Z", "expense", -3500, "打印纸 three rolls for all printers", "1001", "9001"
            ),
        ),
        in_drawer=frozenset({"cash"}),
        suspense=(Sum("taken", 2, 7000), Sum("given_back", 1, -5000)),
        opened=(Opened("2026-11-23T03:10:00.000000Z", "1001", "顾客要求换零钱，经主管同意"),),
        expected=123_000_000,
        counts=((10000, 12299), (500, 99), (10, 5)) if closed else (),
    )
    if closed:
        figures = replace(
            figures,
            ticked=(
                ShiftTender(shift_id="s", kind="card", slips=3, amount=456_700, missing=0),
                ShiftTender(
                    shift_id="s",
                    kind="transfer",
                    slips=1,
                    amount=5000,
                    missing=1,
                    missing_amount=5000,
                    references="REF20261123000001",
                    reason="回单未取，明日补",
                ),
            ),
            tills=("HZ0101", "HZ0102"),
            taken_from="1002",
            handed_to="1003",
        )
    return shift_report(figures, HALL, BUSINESS_NAMES, blind=blind)


def day() -> Report:
    row = BusinessDay(
        outlet="HZ01",
        business_date="2026-11-23",
        state="closed",
        opened_at="2026-11-23T00:10:00.000000Z",
        opened_by="9001",
        closed_at="2026-11-23T10:30:00.000000Z",
        closed_by="9001",
        number=181,
    )
    shifts = (
        Shift(
            id="s1",
            outlet="HZ01",
            till="HZ0101",
            operator="1001",
            business_date="2026-11-23",
            state="closed",
            opened_at="2026-11-23T00:30:00.000000Z",
            float_amount=50000,
            z_number=12,
            expected_cash=123_000_000,
            counted_cash=122_999_500,
            difference=-500,
        ),
        Shift(
            id="s2",
            outlet="HZ01",
            till="HZ0110",
            operator="1002",
            business_date="2026-11-23",
            state="open",
            opened_at="2026-11-23T00:40:00.000000Z",
            float_amount=0,
        ),
    )
    figures = DayFigures(
        day=row,
        outlet=HALL,
        takings=takings(),
        moves=(Sum("float", 1, 50000), Sum("handover", 1, -122_999_500), Sum("difference", 1, -500)),
        orders=(Sum("C10", 12, 123_456_700), Sum("C2", 1, 5000)),
        outside=(Outside("C9", 1, 39900, 0, 3281), Outside("C11", 12, 60000, 0, 0)),
        exceptions=(
            Exceptional("cancelled", "C1", 1, -15000),
            Exceptional("reversed", "C2", 5, -25000),
            Exceptional("red_earlier", "", 2, -30000),
            Exceptional("short", "", 1, -500),
            Exceptional("reprint", "", 3, 0),
        ),
        opened=(Sum("P129", 2, 25800),),
        plans={"P129": PLAN},
        papers=(
            PaperSum("invoice", "1440", 1, 1234, 1230, 3, 1, 0, 123_456_700, 14_203_396),
            PaperSum("receipt", "R01", 77, 78, 2, 0, 0, 0, 5000, 0),
        ),
        shifts=shifts,
        journal=f"1/4711 {HASH}",
        products=(
            ProductSum("plan P129", both("套餐：畅享129", "Plan: Enjoy 129"), 2, 25800, 25800),
            ProductSum("sim 32K", both("SIM卡：32K", "SIM card: 32K"), -1, -2000, 0),
        ),
        expected={"s2": 5000},
        suspense=(Sum("used", 1, -2000), Sum("taken", 1, 5000)),
        in_suspense=3000,
        safe=(
            SafeMove("deposit", 2, 0, 45_450_00, 45_450_00),
            SafeMove("handover", 1, 122_999_500, 0, 0),
            SafeMove("withdrawal", 1, 90_000, 0, -90_000),
        ),
        later=Sum("", 2, 20000),
        later_tax=1651,
    )
    return day_report(figures, BUSINESS_NAMES)


def marked(made: Callable[[Words], Document], state: str) -> Callable[[Words], Document]:
    return lambda w: copy_of(made(w), 2, w(COPY_MARKS[state]))


def cash(purpose: str, **more: Any) -> Callable[[Words], Document]:
    return lambda w: cash_slip(w, replace(CASH, purpose=purpose, **more))


def _handover(w: Words) -> Document:
    counts = ((10000, 12299), (500, 99), (10, 5))
    slip = replace(CASH, counterparty="1002 欧阳娜娜·阿卜杜热合曼", amount=122_999_500, note="找零差错，已请示主管")
    return handover_slip(w, slip, "HZ0101 Z000012", counts, -500)


def _safe(w: Words) -> Document:
    counts = ((10000, 123), (500, 99), (10, 5))
    slip = replace(CASH, approved_by="9002 钱经理", amount=1_279_550, holds=1_280_050, note="零钱清点差错，另见说明")
    return safe_count_slip(w, slip, counts, -500)


def _opened(w: Words) -> Document:
    return opening_slip(w, replace(CASH, note="顾客要求换零钱，经主管同意开箱"))


def _stock(w: Words) -> Document:
    counted = (
        (kind_name("sim"), "USIM", 120, 118),
        (kind_name("handset"), HANDSET, 12, 12),
        (kind_name("card"), "50.00", 1000, 1003),
    )
    slip = replace(CASH, number="HZ01-000007", note="柜台抽屉里多出三张，已装回卡盒；两张卡补打标签")
    return stock_slip(w, slip, counted)


def _stock_agrees(w: Words) -> Document:
    return stock_slip(w, replace(CASH, number="HZ01-000008", approved_by=""), ((kind_name("sim"), "USIM", 118, 118),))


def _box(w: Words, *, is_sent: bool) -> Document:
    serials = [f"8986001126118200{n:04d}" for n in range(60)]
    runs = [(serials[0], serials[49], 50), (serials[51], serials[51], 1)]
    missing = () if is_sent else (serials[50],)
    headquarters, hall = say("Headquarters"), both("HZ01 城关营业厅", "HZ01 Chengguan Hall")
    box = PackedBox(kind_name("sim"), "USIM", headquarters, hall, is_sent, 51, runs, missing)
    return transfer_slip(w, replace(CASH, number="DB-000012", note="" if is_sent else "箱内少一张，封条完好"), box)


def _queues(w: Words) -> Document:
    items = (
        QueueItem(
            "print",
            "j1",
            say("{paper} {number}", paper=say("Invoice"), number=NUMBER),
            "unknown",
            both("打印机在打印中途停止，纸已用完。", "The printer stopped while printing: no paper."),
            (Way("x", FEE),),
        ),
        QueueItem(
            "manual",
            "w1",
            both("改号 138 1234 5678 → 139 0000 1111", "Change the number, by hand"),
            "open",
            both("订单HZ01202611230000123 网元无应答", "Order HZ01202611230000123: no answer of the element"),
            (Way("done", FEE),),
        ),
        QueueItem(
            "printer",
            "P58",
            say("Printer {printer}: {waiting} waiting, {unknown} unknown", printer="P58", waiting=1234, unknown=12),
            "near_end",
            Message(""),
            (),
            goes_on=True,
        ),
        QueueItem("headquarters", "HZ01", say("Link"), "retrying", both("连接超时", "It took too long to answer.")),
    )
    counts = {"orders": 12, "manual": 1, "journal": 1234, "dead": 0, "prints": 10_000, "unknown": 12, "payments": 0}
    report = queue_list(HALL, "2026-11-23", "2026-11-23T09:00:00.000000Z", "9001 赵敏", counts, items)
    return document(report, w)


def _figures(w: Words) -> Document:
    """The figures of a month by business, as they are added up from the reports of its days."""
    section = summed([day(), day()], "taken")
    facts = (Fact(say("Outlet"), HALL), Fact(say("From"), "2026-11-01"), Fact(say("To"), "2026-11-30"))
    return document(Report("figures", say("Figures"), facts, (section,)), w)


KINDS: dict[str, Callable[[Words], Document]] = {
    "receipt": _receipt,
    "invoice": _invoice,
    "red-receipt": _red(_receipt),
    "red-invoice": _red(_invoice),
    "red-part": _red_part,
    "slip": _slip,
    "contract": _contract,
    "agreement": _agreement,
    "refund": _refund,
    "copy-of-refund": marked(_refund, "normal"),
    "listing": _listing,
    "quotation": _quotation,
    "copy": marked(_receipt, "normal"),
    "copy-of-void": marked(_invoice, "void"),
    "copy-of-red": marked(_invoice, "red"),
    "day": lambda w: document(day(), w),
    "cash-drop": cash("drop", note="柜台现金超限，封包上缴"),
    "cash-expense": cash("expense", note="打印纸三箱"),
    "bank-deposit": cash("deposit", reference="9558 8012 0001 2345 678 封包2只", counterparty="押运 0731"),
    "cash-float": cash("float", holds=None),
    "cash-change": cash("change", note="午间补充零钱"),
    "cash-return": cash("return", note="打印纸余款"),
    "bank-withdrawal": cash("withdrawal", reference="支票 00012345"),
    "slip-back": cash("suspense_back", note="王小明（客户本人）", reference="SG-2026-0007"),
    "slip-back-card": cash(
        "suspense_back",
        note="王小明",
        reference="SG-2026-0008",
        holds=None,
        way=both("银行卡", "Card"),
        approved_by="9001 张三",
    ),
    "safe-count": _safe,
    "x-blind": lambda w: document(shift(closed=False, blind=True), w),
    "void-sheet": lambda w: void_sheet(w, "invoice", NUMBER, "卷纸卡住，票面撕裂"),
    "figures": _figures,
    "queue-list": _queues,
    "transfer-sent": lambda w: _box(w, is_sent=True),
    "transfer-received": lambda w: _box(w, is_sent=False),
    "stock-count": _stock,
    "stock-count-agrees": _stock_agrees,
    "handover": _handover,
    "drawer-opened": _opened,
    "void-blank": lambda w: void_sheet(w, "receipt", "R01-00000078", "卷首撕坏，纸面有水渍，经主管同意作废"),
    "entered-later": lambda w: bannered(_receipt(w), Text(w(mark(SLIP)), align="center", bold=True)),
    "x": lambda w: document(shift(closed=False), w),
    "z": lambda w: document(shift(closed=True), w),
}
"""Every kind of paper; what is added to the house is added here."""
