"""A report in a file: CSV, spreadsheet or PDF, as bytes. Nothing is written to disk here.

The libraries of spreadsheet and PDF are heavy and are loaded when they are needed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Literal

from boss_tui.locale import Words
from boss_tui.reports.paper import document, text
from boss_tui.reports.report import Kind, Report, Value, plain
from boss_tui.reports.sheets import Printing, sheet
from boss_tui.reports.workbook import as_xlsx
from data.characters import begins_formula
from data.message import say

Format = Literal["text", "csv", "xlsx", "pdf"]

Cell = tuple[Value, Kind]


def written(report: Report, form: Format, words: Words, printing: Printing) -> bytes:
    """The report in a file of this form; text and CSV are UTF-8 (CSV with the mark that spreadsheets look for)."""
    match form:
        case "text":
            return text(report, words).encode()
        case "csv":
            return as_csv(report, words)
        case "xlsx":
            return as_xlsx(report, words, printing)
        case "pdf":
            return as_pdf(report, words, printing)


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


def as_csv(report: Report, words: Words) -> bytes:
    """Comma-separated values. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in _rows(report):
        writer.writerow([_safe(plain(*cell, words), cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _safe(said: str, cell: Cell) -> str:
    return f"'{said}" if begins_formula(said) and not isinstance(cell[0], int) else said


def as_pdf(report: Report, words: Words, printing: Printing) -> bytes:
    """A4 pages with the layout that paper has; its font is in the file."""
    copy = words(say("*** Copy no. {n} ***", n=report.copy)) if report.copy else ""
    title = "  ".join(filter(None, (words(report.title), report.name, copy)))
    return sheet(document(report, words), title, words, printing)
