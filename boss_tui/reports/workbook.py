"""A report as a spreadsheet: numbers are numbers, dates are dates, and text is text, whatever it begins with.

The library is heavy and is loaded when it is needed.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from boss_tui.locale import Words
from boss_tui.reports.report import Kind, Report, Section, Value, compared, plain
from boss_tui.reports.sheets import Printing
from data.clock import CHINA
from data.message import Message, say
from printers.charset import width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FORMATS = {"money": "#,##0.00", "count": "#,##0"}
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
_TIMES = {10: "%Y-%m-%d", 16: "%Y-%m-%d %H:%M", 19: "%Y-%m-%d %H:%M:%S"}
_TIME = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?")
_NO_NAME = re.compile(r"[\[\]:*?/\\]")
NARROW, WIDE = 8, 60
LANDSCAPE = 6
"""Columns that a sheet has at most while it is printed upright."""


def as_xlsx(report: Report, words: Words, printing: Printing) -> bytes:
    """One sheet, named in the language, ready to be printed on A4."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = printing.by
    book.properties.created = book.properties.modified = printing.at.replace(tzinfo=None)
    sheet: Any = book.active
    sheet.title = sheet_name(words(report.title))
    _Pen(sheet, words).report(report)
    _widths(sheet)
    _for_printing(sheet, report, words, printing)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_name(title: str) -> str:
    """A title as a sheet can be named."""
    return _NO_NAME.sub("-", title)[:31]


class _Pen:
    """Writes a report down a sheet, row by row."""

    def __init__(self, sheet: Worksheet, words: Words) -> None:
        self._sheet, self._words, self._row = sheet, words, 0

    def report(self, report: Report) -> None:
        """All of it, and a chart beside each table whose rows are compared."""
        self._write((report.title, "text"), bold=True, size=14)
        if report.copy:
            self._write((say("*** Copy no. {n} ***", n=report.copy), "text"), bold=True)
        for fact in report.facts:
            self._write((fact.label, "text"), (fact.value, fact.kind))
        for section in report.sections:
            self._section(section)
        self._row += 1
        for fact in report.summary:
            self._write((fact.label, "text"), (fact.value, fact.kind), bold=True)
        for who in report.signed:
            self._row += 1
            self._write((who, "text"), ("____________", "text"))
        for section in report.annex:
            self._section(section)

    def _section(self, section: Section) -> None:
        self._row += 1
        self._write((section.title, "text"), bold=True)
        first = self._row
        self._write(*((column.label, "text") for column in section.columns), bold=True, rule="bottom")
        for row in section.rows:
            self._write(*zip(row, (column.kind for column in section.columns), strict=True))
        last = self._row
        if section.total:
            kinds = (column.kind for column in section.columns)
            self._write(*zip(section.total, kinds, strict=True), bold=True, rule="top")
        if compared(section):
            self._chart(section, first + 1, last)
            self._row = max(self._row, first + 1 + _chart_rows(len(section.rows)))

    def _write(self, *cells: tuple[Value, Kind], bold: bool = False, size: int = 11, rule: str = "") -> None:
        from openpyxl.styles import Alignment, Border, Font, Side

        self._row += 1
        for place, (value, kind) in enumerate(cells, start=1):
            cell: Any = self._sheet.cell(self._row, place)
            self._fill(cell, value, kind)
            if bold:
                cell.font = Font(bold=True, size=size)
            if rule:
                thin = Side(style="thin")
                cell.border = Border(bottom=thin) if rule == "bottom" else Border(top=thin)
            if place > 1 and bold and rule == "bottom":
                cell.alignment = Alignment(horizontal="right")

    def _fill(self, cell: Any, value: Value, kind: Kind) -> None:
        when = _moment(value) if isinstance(value, str) else None
        if isinstance(value, int):
            cell.value = Decimal(value) / 100 if kind == "money" else value
            cell.number_format = FORMATS.get(kind, "0")
        elif when is not None:
            cell.value, cell.number_format = when, DAY if len(str(value)) == 10 else MOMENT
        else:
            cell.value = plain(value, kind, self._words)
            cell.data_type = "s"

    def _chart(self, section: Section, first: int, last: int) -> None:
        """Bars of the last column, at the right of all that is written."""
        from openpyxl.chart import BarChart, Reference

        figures, chart = len(section.columns), BarChart()
        chart.type, chart.legend, chart.style = "bar", None, 10
        chart.title = self._words(section.title)
        chart.add_data(Reference(self._sheet, min_col=figures, min_row=first, max_row=last))
        chart.set_categories(Reference(self._sheet, min_col=1, min_row=first, max_row=last))
        chart.x_axis.scaling.orientation = "maxMin"
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.width, chart.height = 14, _chart_rows(len(section.rows)) * 0.5
        self._sheet.add_chart(chart, f"{chr(ord('A') + max(figures, 4))}{first - 2}")


def _chart_rows(rows: int) -> int:
    """How many rows of the sheet a chart of so many bars is high."""
    return max(8, rows + 5)


def _moment(value: str) -> datetime | None:
    """The date or time that a text is, if it is nothing else."""
    if not _TIME.fullmatch(value):
        return None
    try:
        return datetime.strptime(value, _TIMES[len(value)])
    except ValueError:
        return None


def _widths(sheet: Any) -> None:
    """Each column as wide as what stands in it; the titles run over."""
    for column in sheet.iter_cols():
        cells = [cell for cell in column if cell.value is not None and not _is_title(sheet, cell)]
        widest = max((_width(cell) for cell in cells), default=NARROW)
        sheet.column_dimensions[column[0].column_letter].width = min(WIDE, max(NARROW, widest + 2))


def _is_title(sheet: Any, cell: Any) -> bool:
    return cell.column == 1 and sheet.cell(cell.row, 2).value is None


def _width(cell: Any) -> int:
    if isinstance(cell.value, datetime):
        return 19
    return len(f"{cell.value:,.2f}") if isinstance(cell.value, int | float | Decimal) else width(str(cell.value))


def _for_printing(sheet: Any, report: Report, words: Words, printing: Printing) -> None:
    """A4, as wide as the page, with page numbers, and who had it written, and when."""
    columns = max((len(section.columns) for section in report.sections), default=1)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if columns > LANDSCAPE else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    said = say("Printed by {by}, {at}", by=printing.by, at=f"{printing.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}")
    sheet.oddFooter.left.text = _in_footer(words(said))
    sheet.oddFooter.right.text = words(_PAGE).format(n="&P", m="&N")


_PAGE: Message = say("Page {n} of {m}")


def _in_footer(text: str) -> str:
    """Text in which a spreadsheet finds no code of its own."""
    return text.replace("&", "&&")
