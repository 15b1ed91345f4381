"""A report on paper and on the screen: as a printer's document, and as lines of text from the same layout."""

from __future__ import annotations

from boss_tui.components.papers import SIGNED
from boss_tui.locale import Words
from boss_tui.reports.report import Fact, Report, Section, Value, compared, shown
from data.message import say
from printers.document import Align, Block, Cut, Document, Feed, HorizontalRule, KeyValue, Table, Text, copy_of
from printers.layout import layout


def document(report: Report, words: Words) -> Document:
    """The report as a document for a printer or the preview. A reprint is marked on top."""
    blocks: list[Block] = [Text(words(report.title), align="center", bold=True, scale=2)]
    blocks += [_fact(fact, words) for fact in report.facts]
    for section in report.sections:
        blocks += _section(section, words)
    blocks += [HorizontalRule("="), *(_fact(fact, words, bold=True) for fact in report.summary)]
    for who in report.signed:
        blocks += [Feed(), KeyValue(words(who), SIGNED)]
    blocks.append(Cut())
    for section in report.annex:
        blocks += _section(section, words)
    if report.annex:
        blocks.append(Cut())
    made = Document("report", tuple(blocks))
    return copy_of(made, report.copy, words(say("*** Copy no. {n} ***"))) if report.copy else made


def text(report: Report, words: Words, columns: int = 80) -> str:
    """The report as plain text, laid out as on a paper of so many columns."""
    lines = layout(document(report, words), columns)
    return "\n".join(line.text.rstrip() for line in lines if line.kind == "text") + "\n"


def _fact(fact: Fact, words: Words, *, bold: bool = False) -> KeyValue:
    return KeyValue(words(fact.label), shown(fact.value, fact.kind, words), bold=bold)


def _section(section: Section, words: Words) -> list[Block]:
    if not section.rows:
        return [HorizontalRule(), KeyValue(words(section.title), words(say("none")))]
    return [HorizontalRule(), Text(words(section.title), bold=True), _table(section, words)]


def _table(section: Section, words: Words) -> Table:
    heads = tuple(words(column.label) for column in section.columns)
    aligns: tuple[Align, ...] = tuple("left" if column.kind == "text" else "right" for column in section.columns)
    rows = tuple(_cells(section, row, words) for row in section.rows)
    total = _cells(section, section.total, words) if section.total else ()
    return Table(heads, rows, aligns, total, compared(section))


def _cells(section: Section, row: tuple[Value, ...], words: Words) -> tuple[str, ...]:
    return tuple(shown(value, column.kind, words) for value, column in zip(row, section.columns, strict=True))
