"""What reports say, and that paper, text, CSV, spreadsheet and PDF say the same."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from boss_tui.components.till import cash
from boss_tui.components.till import figures as till_figures
from boss_tui.components.till import shifts as till
from boss_tui.components.till.figures import TENDERS, x_figures
from boss_tui.components.till.sums import Sum
from boss_tui.locale import words
from boss_tui.reports import exceptions as exception_sql
from boss_tui.reports import figures as day_sql
from boss_tui.reports.comparison import with_comparison
from boss_tui.reports.day import day_report
from boss_tui.reports.figures import DayFigures, day_figures
from boss_tui.reports.files import Format, as_csv, as_pdf, written
from boss_tui.reports.paper import document, text
from boss_tui.reports.parts import counted
from boss_tui.reports.report import Column, Fact, Report, Section, as_json, compared, shown
from boss_tui.reports.sheets import Printing, sheet
from boss_tui.reports.shift import shift_report
from boss_tui.reports.workbook import as_xlsx
from data.errors import NotFound
from data.message import both, say
from data.store import Store
from data.tables.document import DocumentRange, PaperDocument
from data.tables.finance import Shift
from printers.charset import width
from printers.document import Cut, Document, Table, Text
from printers.spool import WORTHLESS
from tests.boss_tui.components.books import CLERK, DAY, OUTLET, SUPERVISOR, TILL, pieces, reserve, sale, writing
from tests.printers.reading import fonts_of, said_in, texts_of

EN = words("en")
HALL = both("长春大街营业厅", "Changchun hall")
PRINTING = Printing("9001 赵敏", datetime(2026, 11, 28, 12, tzinfo=UTC))
FORMS: tuple[Format, ...] = ("text", "csv", "xlsx", "pdf")
NAMES = {"C1": both("开户", "Open account"), "C10": both("购买/换机身", "Buy a handset")}


def a_day(store: Store) -> Shift:
    """A day with two orders, an expense, three documents, a shift 5 yuan short; all closed in one transaction each."""
    reserve(store)
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, CLERK)
        shift = till.open_shift(tx, outlet=OUTLET, till=TILL, operator=CLERK, float_amount=20000)
        sale(tx, shift, [("number_fee", 5000, 413), ("prepay", 10000, 0)], {"cash": 15000}, business="C1", bucket="one")
        sale(tx, shift, [("handset", 99900, 11493)], {"cash": 50000, "card": 49900})
        cash.cash_out(tx, shift, 1500, purpose="expense", note="打印纸", operator=CLERK)
        tx.add(
            DocumentRange,
            id="r",
            kind="invoice",
            code="1440",
            first_number=1,
            last_number=50,
            next_number=4,
            outlet=OUTLET,
        )
        for number, state in ((1, "normal"), (2, "void"), (3, "red")):
            tx.add(
                PaperDocument,
                id=str(number),
                outlet=OUTLET,
                range_id="r",
                kind="invoice",
                code="1440",
                number=number,
                amount=5000,
                tax=413,
                content="{}",
                state=state,
                operator=CLERK,
                business_date=DAY,
                made_at=tx.now(),
                ended_on="" if state == "normal" else DAY,
            )
    with writing(store) as tx:
        return till.close_shift(tx, shift, pieces(83000), closed_by=CLERK, reason="找错零", approved_by=SUPERVISOR)


def figures(store: Store) -> DayFigures:
    with store.reading() as reading:
        return day_figures(reading, OUTLET, DAY)


def z(store: Store, shift: Shift, copy: int = 0) -> Report:
    with store.reading() as reading:
        return shift_report(x_figures(reading, shift), HALL, NAMES, copy)


def test_x_and_z(store: Store) -> None:
    reserve(store)
    with writing(store) as tx:
        till.open_day(tx, OUTLET, DAY, CLERK)
        running = till.open_shift(tx, outlet=OUTLET, till=TILL, operator=CLERK, float_amount=20000)
    x = text(z(store, running), EN, 48)
    assert "Shift so far (X)" in x
    assert re.search(r"Cash expected +200\.00\n", x)
    assert "Cash counted" not in x
    assert re.search(r"By tender +none\n", x)


def test_a_z_says_what_was_taken_and_counted(store: Store) -> None:
    shift = a_day(store)
    report = z(store, shift)
    said = text(report, EN, 48)
    for line in (
        r"Till +0431-1 Z000001",
        r"Cashier +1001 王芳",
        r"Cash +2 +650\.00",
        r"Card +1 +499\.00",
        r"C1 Open account +1 +150\.00",
        r"Handset +884\.07 +114\.93 +999\.00",
        r"Expenses +1 +-15\.00",
        r"Expenses: 打印纸 +09:00:00 +1001 +- +-15\.00",
        r"100\.00 +8 +800\.00",
        r"Taken in all +1149\.00",
        r"Cash expected +835\.00",
        r"Cash counted +830\.00",
        r"Over or short +-5\.00",
        r"Reason +找错零",
        r"Approved by +9001",
    ):
        assert re.search(line, said), line
    assert report.name == "z-0431-1-Z000001-2026-11-23"
    assert "Copy" not in said


def test_a_z_made_again_is_the_same_but_marked(store: Store) -> None:
    shift = a_day(store)
    first, copy = text(z(store, shift), EN, 48), text(z(store, shift, copy=2), EN, 48)
    assert copy.splitlines()[0].strip() == "*** Copy no. 2 ***"
    assert copy.splitlines()[1:] == first.splitlines()
    for form in FORMS:
        assert written(z(store, shift, copy=2), form, EN, PRINTING) != written(z(store, shift), form, EN, PRINTING)


def test_a_day_report(store: Store) -> None:
    a_day(store)
    said = text(day_report(figures(store), NAMES), EN, 80)
    for line in (
        r"State +Open\n",
        r"C10 Buy a handset +1 +999\.00",
        r"Cash +2 +650\.00",
        r"1001 +2 +1149\.00",
        r"13 % +884\.07 +114\.93 +999\.00\n",
        r"9 % +45\.87 +4\.13 +50\.00\n",
        r"Not taxed +100\.00 +0\.00 +100\.00\n",
        r"1440 Invoice",
        r"00000001-00000003 +1 +1 +1 +0 +100\.00 +8\.26",
        r"0431-1 Z000001 +1001 +Closed +835\.00 +830\.00 +-5\.00",
        r"Handed to the safe +1 +-830\.00",
        r"Over and short +1 +-5\.00",
        r"Tax contained +119\.06",
        r"Journal +1/3 ",
    ):
        assert re.search(line, said), line


def test_the_sale_of_the_closing_minute_is_in(store: Store) -> None:
    """Sums are made inside the transaction that closes: what was committed before is in, nothing can come after."""
    a_day(store)
    with writing(store) as tx:
        till.close_day(tx, OUTLET, DAY, SUPERVISOR)
        inside = day_figures(tx, OUTLET, DAY)
    after = figures(store)
    assert inside.day.state == after.day.state == "closed"
    assert inside.takings == after.takings
    assert inside.takings.total == 114900


def test_a_number_that_no_document_has_shows_as_missing(store: Store) -> None:
    a_day(store)
    with writing(store) as tx:
        tx.add(
            PaperDocument,
            id="6",
            outlet=OUTLET,
            range_id="r",
            kind="invoice",
            code="1440",
            number=6,
            content="{}",
            operator=CLERK,
            business_date=DAY,
            made_at=tx.now(),
        )
    assert [(paper.first, paper.last, paper.missing) for paper in figures(store).papers] == [(1, 6, 2)]


def test_a_day_that_never_was_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        figures(store)


@pytest.mark.parametrize("columns", [32, 48, 80])
def test_no_line_is_wider_than_the_paper_and_it_can_be_stored(store: Store, columns: int) -> None:
    a_day(store)
    report = day_report(figures(store), NAMES)
    assert all(width(line) <= columns for line in text(report, EN, columns).splitlines())
    made = document(report, EN)
    assert Document.from_json(made.as_json()) == made


def sheet_of(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).active


def sheet_rows(content: bytes) -> list[list[Any]]:
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet_of(content).iter_rows()]
    return [row for row in rows if row]


def test_csv_and_spreadsheet_hold_the_same_figures(store: Store) -> None:
    a_day(store)
    report = replace(day_report(figures(store), NAMES), signed=())
    content = as_csv(report, EN)
    assert content.startswith(b"\xef\xbb\xbf")
    comma = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if row]
    sheet = sheet_rows(as_xlsx(report, EN, PRINTING))
    assert ["Cash", "2", "650.00"] in comma
    assert ["Cash", 2, 650] in sheet
    assert [len(row) for row in comma] == [len(row) for row in sheet]
    money = [row for row in sheet if row and row[0] == "Handset"]
    assert money == [["Handset", 884.07, 114.93, 999]]


def test_a_spreadsheet_has_dates_as_dates_and_is_ready_to_be_printed(store: Store) -> None:
    a_day(store)
    report = day_report(figures(store), NAMES)
    sheet = sheet_of(as_xlsx(report, words("zh_CN"), PRINTING))
    cells = {row[0].value: row[1] for row in sheet.iter_rows()}
    assert (sheet.title, cells["营业日期"].value) == ("日报", datetime(2026, 11, 23))
    assert cells["营业日期"].number_format == "yyyy-mm-dd"
    assert (cells["实收合计"].value, cells["实收合计"].number_format) == (1149, "#,##0.00")
    assert "值班长签字" in cells
    assert (str(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (sheet.PAPERSIZE_A4, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"
    assert sheet.oddFooter.left.text == "打印人 9001 赵敏，2026-11-28 20:00:00"
    assert all(8 <= each.width <= 60 for each in sheet.column_dimensions.values())
    assert sheet.column_dimensions["A"].width >= width("C10 Buy a handset")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-02-29", "2026-02-29"),
        ("2026-11-23 09:00:00 1001", "2026-11-23 09:00:00 1001"),
        ("20261123", "20261123"),
        ("2026-02-28", datetime(2026, 2, 28)),
        ("2026-11-23 09:30", datetime(2026, 11, 23, 9, 30)),
    ],
)
def test_only_what_is_a_date_becomes_one(typed: str, kept: Any) -> None:
    report = Report("r", say("Table"), (Fact(say("Note"), typed),), ())
    assert sheet_rows(as_xlsx(report, EN, PRINTING))[1] == ["Note", kept]


def test_rows_that_compare_have_bars_in_the_spreadsheet_and_on_the_page(store: Store) -> None:
    a_day(store)
    report = day_report(figures(store), NAMES)
    of = [section for section in report.sections if compared(section)]
    assert len(of) >= 3
    assert len(sheet_of(as_xlsx(report, EN, PRINTING))._charts) == len(of)
    tables = [block for block in document(report, EN).blocks if isinstance(block, Table)]
    assert [table.bars for table in tables if table.bars] == [compared(section) for section in of]


COMPARED = (
    (("text", "money"), (("a", 1), ("b", 2)), True),
    (("text", "money"), (("a", 1), ("b", 0)), True),
    (("text", "money"), (("a", 0), ("b", 0)), False),
    (("text", "money"), (("a", 1),), False),
    (("text", "money"), (("a", 1), ("b", -1)), False),
    (("text", "count"), (("a", 1), ("b", 2)), False),
    (("money", "money"), ((1, 1), (2, 2)), False),
)


@pytest.mark.parametrize(("kinds", "rows", "bars"), COMPARED)
def test_rows_are_compared_where_bars_say_something(kinds: Any, rows: Any, bars: bool) -> None:
    columns = tuple(Column(say("Text"), kind) for kind in kinds)
    total = (say("Total"), sum(row[1] for row in rows))
    assert bool(compared(Section(say("Table"), columns, rows, total))) is bars
    assert not compared(Section(say("Table"), columns, rows))


HOSTILE = "=1+1\x07<b>@"


def hostile() -> Report:
    table = Section(say("Table"), (Column(say("Text")), Column(say("Fen"), "money")), ((HOSTILE, -150),))
    return Report("hostile", say("Hostile"), (Fact(say("Note"), HOSTILE),), (table,))


def test_what_people_typed_is_text_in_every_file() -> None:
    assert ["'=1+1<b>@", "-1.50"] in list(csv.reader(io.StringIO(as_csv(hostile(), EN).decode("utf-8-sig"))))
    sheet = sheet_of(as_xlsx(hostile(), EN, PRINTING))
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1<b>@"]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert "=1+1<b>@" in said_in(as_pdf(hostile(), EN, PRINTING))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", ""])
def test_no_text_begins_a_formula(first: str) -> None:
    report = Report("r", say("Table"), (Fact(say("Note"), f"{first}HYPERLINK(1)"),), ())
    row = list(csv.reader(io.StringIO(as_csv(report, EN).decode("utf-8-sig"))))[1]
    assert row == ["Note", f"'{first}HYPERLINK(1)" if first else "HYPERLINK(1)"]
    (_, cell), *_ = list(sheet_of(as_xlsx(report, EN, PRINTING)).iter_rows())[1:]
    assert cell.data_type == "s"


def test_a_pdf_holds_its_font_and_the_text(store: Store) -> None:
    shift = a_day(store)
    content = as_pdf(z(store, shift, copy=2), EN, PRINTING)
    ((name, embedded),) = fonts_of(content).items()
    assert ("NotoSansSC" in name, embedded) == (True, True)
    said = said_in(content)
    for part in (
        "Shift closed (Z)",
        "1001 王芳",
        "1149.00",
        "找错零",
        "*** Copy no. 2 ***",
        "Changchun hall",
        "Signature of the cashier",
        "Signature of the supervisor",
        "Printed by 9001 赵敏, 2026-11-28 20:00:00",
    ):
        assert part in said, part
    assert as_pdf(z(store, shift, copy=2), EN, PRINTING) == content


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_pdf_says_every_cell_of_its_report(store: Store, language: str) -> None:
    shift = a_day(store)
    speak = words(language)
    for report in (z(store, shift), day_report(figures(store), NAMES)):
        said = said_in(as_pdf(report, speak, PRINTING))
        for fact in (*report.facts, *report.summary):
            assert speak(fact.label) in said
            assert shown(fact.value, fact.kind, speak) in said
        for section in report.sections:
            assert speak(section.title) in said
            for row in (*section.rows, section.total):
                for value, column in zip(row, section.columns if row else (), strict=True):
                    assert shown(value, column.kind, speak) in said


def test_a_report_speaks_the_language_that_is_asked_for(store: Store) -> None:
    shift = a_day(store)
    report = z(store, shift)
    chinese = text(report, words("zh_CN"), 48)
    assert "长春大街营业厅" in chinese
    assert "选号费" in chinese
    assert "Changchun hall" in text(report, EN, 48)


QUESTIONS = (
    *till_figures._statements(till_figures._OF_SHIFT, tuple(TENDERS)).values(),
    *till_figures._statements(till_figures._OF_DAY, tuple(TENDERS)).values(),
    till_figures._EXPECTED,
    till_figures._NOTES,
    till_figures._OUTSIDE,
    till_figures._EXPECTED_OF_DAY,
    *exception_sql.QUESTIONS,
    day_sql._ORDERS,
    day_sql._OPENED,
    day_sql._PAPERS,
    day_sql._HEAD,
)


@pytest.mark.parametrize("of", QUESTIONS)
def test_no_figure_needs_a_scan_of_a_whole_table(store: Store, of: Any) -> None:
    prepared = store.statements.of(of)
    with store.reading() as reading:
        reading._cursor.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", prepared.parameters({}))
        plan = [row[3] for row in reading._cursor.fetchall()]
    assert not [step for step in plan if step.startswith("SCAN")], plan


@pytest.mark.parametrize(
    ("keys", "ordered"),
    [
        (["C1", "C10", "C11", "C2"], ["C1", "C2", "C10", "C11"]),
        (["C7.10", "C7.2", "C7", "M1"], ["C7", "C7.2", "C7.10", "M1"]),
        (["2001", "1002", "995"], ["995", "1002", "2001"]),
        (["cash", "card", ""], ["", "card", "cash"]),
    ],
)
def test_tables_are_in_the_order_of_the_catalogue(keys: list[str], ordered: list[str]) -> None:
    section = counted(say("Orders"), say("Business"), [Sum(key, 1, 0) for key in keys], {})
    assert [str(row[0]) for row in section.rows] == ordered


def test_each_sheet_of_a_training_hall_says_that_it_is_worth_nothing() -> None:
    printing = Printing("2001 赵敏", datetime(2026, 11, 28, tzinfo=UTC), worthless=WORTHLESS)
    two = Document("papers", (Text("one"), Cut(), Text("two"), Cut()))
    for said in texts_of(sheet(two, "papers", words("en"), printing)):
        assert WORTHLESS in said


def test_a_day_in_a_file_is_compared_after_what_is_signed(store: Store) -> None:
    a_day(store)
    with store.reading() as reading:
        report = with_comparison(reading, OUTLET, day_report(figures(store), NAMES), DAY, NAMES)
    said = said_in(as_pdf(report, EN, PRINTING))
    signed, beside = said.index("Signature of the supervisor"), said.index("Beside other days")
    assert signed < beside < said.index("Each day until then")
    (table,) = [section for section in report.annex if "Beside" in EN(section.title)]
    assert table.rows[0][:3] == (say("Taken in all"), 114_900, "-")
    assert table.rows[0][-1] == 114_900
    rows = sheet_rows(as_xlsx(report, EN, PRINTING))
    assert ["Taken in all", 1149, "-", "-", 1149] in rows
    assert "annex" not in as_json(report)
    assert document(report, EN).blocks[-1] == Cut()
