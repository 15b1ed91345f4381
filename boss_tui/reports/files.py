"""A report in a file: CSV, spreadsheet or PDF, as bytes. Nothing is written to disk here.

The libraries of spreadsheet and PDF are heavy and are loaded when they are needed. The PDF names a standard Chinese
font (STSong-Light, Adobe-GB1) and holds none: the reader's own font for it is used.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape

from boss_tui.locale import Words
from boss_tui.reports.paper import text
from boss_tui.reports.report import Kind, Report, Section, Value, shown
from data.message import say

if TYPE_CHECKING:
    from reportlab.platypus import Flowable, Table

Format = Literal["text", "csv", "xlsx", "pdf"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FONT = "STSong-Light"
Cell = tuple[Value, Kind]


def written(report: Report, form: Format, words: Words) -> bytes:
    """The report in a file of this form; text and CSV are UTF-8 (CSV with the mark that spreadsheets look for)."""
    if form == "text":
        return text(report, words).encode()
    return {"csv": as_csv, "xlsx": as_xlsx, "pdf": as_pdf}[form](report, words)


def _rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    """The whole report as rows of cells, an empty row before each table."""
    yield ((report.title, "text"),)
    if report.copy:
        yield ((say("*** Copy no. {n} ***", n=report.copy), "text"),)
    for fact in report.facts:
        yield ((fact.label, "text"), (fact.value, fact.kind))
    for section in report.sections:
        yield ()
        yield ((section.title, "text"),)
        yield tuple((column.label, "text") for column in section.columns)
        for row in (*section.rows, section.total):
            if row:
                yield tuple((value, column.kind) for value, column in zip(row, section.columns, strict=True))
    yield ()
    for fact in report.summary:
        yield ((fact.label, "text"), (fact.value, fact.kind))


def _plain(cell: Cell, words: Words) -> str:
    return _CONTROLS.sub("", shown(*cell, words))


def as_csv(report: Report, words: Words) -> bytes:
    """Comma-separated values. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in _rows(report):
        writer.writerow([_safe(_plain(cell, words), cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _safe(plain: str, cell: Cell) -> str:
    return f"'{plain}" if plain.startswith(_FORMULA) and not isinstance(cell[0], int) else plain


def as_xlsx(report: Report, words: Words) -> bytes:
    """A spreadsheet: amounts are numbers in yuan with two digits; text is text, whatever it begins with."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", "-", words(report.title))[:31]
    for number, row in enumerate(_rows(report), start=1):
        for place, (value, kind) in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            if isinstance(value, int):
                cell.value = Decimal(value) / 100 if kind == "money" else value
                cell.number_format = "#,##0.00" if kind == "money" else "0"
            else:
                cell.value = _plain((value, kind), words)
                cell.data_type = "s"
    sheet.column_dimensions["A"].width = 32
    for letter in "BCDEFGH":
        sheet.column_dimensions[letter].width = 18
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_pdf(report: Report, words: Words) -> bytes:
    """A4 pages with one table a section."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    plain = ParagraphStyle("plain", fontName=_FONT, fontSize=9, leading=12, wordWrap="CJK")
    large = ParagraphStyle("large", parent=plain, fontSize=15, leading=22)
    heading = ParagraphStyle("heading", parent=plain, fontSize=11, leading=16)

    def part(shown_text: str, style: ParagraphStyle = plain) -> Flowable:
        return Paragraph(escape(_CONTROLS.sub("", shown_text)), style)

    title = words(report.title)
    flow: list[Flowable] = [part(title, large)]
    if report.copy:
        flow.append(part(words(say("*** Copy no. {n} ***", n=report.copy)), heading))
    flow += [part(f"{words(fact.label)}  {shown(fact.value, fact.kind, words)}") for fact in report.facts]
    for section in report.sections:
        flow += [Spacer(1, 8), part(words(section.title), heading)]
        flow.append(_table(section, words) if section.rows else part(words(say("none"))))
    flow.append(Spacer(1, 10))
    flow += [part(f"{words(fact.label)}  {shown(fact.value, fact.kind, words)}", heading) for fact in report.summary]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title=title, invariant=1).build(flow)
    return out.getvalue()


def _table(section: Section, words: Words) -> Table:
    """One section's table: figures to the right, the total under a line; it repeats its heading on each page."""
    from reportlab.lib import colors
    from reportlab.platypus import Table

    rows = [[words(column.label) for column in section.columns]]
    for row in (*section.rows, section.total):
        if row:
            cells = zip(row, section.columns, strict=True)
            rows.append([_plain((value, column.kind), words) for value, column in cells])
    style: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), _FONT, 8),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    if section.total:
        style.append(("LINEABOVE", (0, -1), (-1, -1), 0.5, colors.black))
    return Table(rows, repeatRows=1, hAlign="LEFT", style=style)
