"""A report on paper and on the screen: as a printer's document, and as lines of text from the same layout."""

from __future__ import annotations

from typing import Any

from boss_tui.components.paper_layouts.layouts import SHIPPED, Layouts
from boss_tui.locale import Words
from boss_tui.reports.report import Fact, Report, Section, Value, compared, shown
from data.message import say
from printers.document import Align, Document, Table, copy_of
from printers.layout import layout


def document(report: Report, words: Words, layouts: Layouts = SHIPPED) -> Document:
    """The report as a document for a printer or the preview. A reprint is marked on top."""
    said = {
        "title": words(report.title),
        "facts": [_fact(fact, words) for fact in report.facts],
        "sections": [_section(section, words) for section in report.sections],
        "summary": [_fact(fact, words) for fact in report.summary],
        "signatures": [{"label": words(who)} for who in report.signed],
        "annex": [_section(section, words) for section in report.annex],
    }
    made = layouts.paper("report", words, said)
    return copy_of(made, report.copy, words(say("*** Copy no. {n} ***"))) if report.copy else made


def text(report: Report, words: Words, columns: int = 80) -> str:
    """The report as plain text, laid out as on a paper of so many columns."""
    lines = layout(document(report, words), columns)
    return "\n".join(line.text.rstrip() for line in lines if line.kind == "text") + "\n"


def _fact(fact: Fact, words: Words) -> dict[str, str]:
    return {"label": words(fact.label), "value": shown(fact.value, fact.kind, words)}


def _section(section: Section, words: Words) -> dict[str, Any]:
    return {"title": words(section.title), "table": _table(section, words) if section.rows else None}


def _table(section: Section, words: Words) -> Table:
    heads = tuple(words(column.label) for column in section.columns)
    aligns: tuple[Align, ...] = tuple("left" if column.kind == "text" else "right" for column in section.columns)
    rows = tuple(_cells(section, row, words) for row in section.rows)
    total = _cells(section, section.total, words) if section.total else ()
    return Table(heads, rows, aligns, total, compared(section))


def _cells(section: Section, row: tuple[Value, ...], words: Words) -> tuple[str, ...]:
    return tuple(shown(value, column.kind, words) for value, column in zip(row, section.columns, strict=True))
