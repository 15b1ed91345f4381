"""Every kind of paper and report, on both widths, in both languages, and on A4: as they were approved; no word of them
split, no key of the program among its words."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from boss_tui.locale import words
from boss_tui.reports.sheets import Printing, sheet
from printers.charset import true, width
from printers.document import QR, Barcode, Block, Document, KeyValue, Row, Table, Text, map_text
from printers.escpos import preview
from printers.layout import layout
from tests.boss_tui.papers.kinds import KINDS
from tests.printers.reading import codes_in, outside, said_in

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("en", "zh_CN")
WIDTHS = (32, 48)
every_kind = pytest.mark.parametrize("kind", KINDS)
both_languages = pytest.mark.parametrize("language", LANGUAGES)
both_widths = pytest.mark.parametrize("columns", WIDTHS)


def made(kind: str, language: str) -> Document:
    return KINDS[kind](words(language))


def texts(document: Document, columns: int) -> list[str]:
    return [line.text for line in layout(document, columns) if line.kind == "text"]


@every_kind
@both_languages
@both_widths
def test_papers_look_as_they_were_approved(kind: str, language: str, columns: int) -> None:
    """After a change that is meant: BOSS_GOLDEN=write pytest …, then look at the difference."""
    shown = "\n".join(line.rstrip() for line in preview(layout(made(kind, language), columns))) + "\n"
    golden = GOLDEN / f"{kind}-{columns}-{language}.txt"
    if os.environ.get("BOSS_GOLDEN") == "write":
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


@every_kind
@both_languages
@both_widths
def test_nothing_is_wider_than_the_paper_and_no_word_is_split(kind: str, language: str, columns: int) -> None:
    document = made(kind, language)
    lines = texts(document, columns)
    assert all(width(line) <= columns for line in lines)
    whole = "\n".join(lines)
    for word in _words(document):
        if width(word) <= columns:
            assert word in whole, word


def _words(document: Document) -> set[str]:
    """What must stand whole: each word, number and sum, and each cell and heading of a table that has room."""
    found: set[str] = set()
    for block in document.blocks:
        for text in _texts_of(block):
            found |= set(re.findall(r"[A-Za-z0-9][A-Za-z0-9.,:+*/-]*[A-Za-z0-9%]|[A-Za-z0-9]", true(text)))
        if isinstance(block, Table):
            found |= {true(cell) for row in (block.heads, *block.rows, block.total) for cell in row[1:]}
    return found


def _texts_of(block: Block) -> list[str]:
    said: list[str] = []
    if not isinstance(block, QR | Barcode):
        map_text(Document("any", (block,)), lambda text: said.append(text) or text)  # type: ignore[func-returns-value]
    return said


@every_kind
@both_languages
def test_a4_says_the_same_with_its_font_and_within_the_page(kind: str, language: str) -> None:
    printing = Printing("9001 赵敏", datetime(2026, 11, 23, tzinfo=UTC))
    document = made(kind, language)
    content = sheet(document, kind, words(language), printing)
    assert outside(content) == []
    said = _solid(said_in(content))
    for block in document.blocks:
        if isinstance(block, Text | KeyValue | Row):
            assert all(_solid(text) in said for text in _texts_of(block)), block
    for part in ("9001", "赵敏", "第1页" if language == "zh_CN" else "Page1of"):
        assert part in said


@every_kind
def test_the_codes_of_a_paper_are_read_off_its_a4_page(kind: str) -> None:
    document = made(kind, "zh_CN")
    codes = [block.data for block in document.blocks if isinstance(block, QR | Barcode)]
    if not codes:
        return
    content = sheet(document, kind, words("zh_CN"), Printing("9001", datetime(2026, 11, 23, tzinfo=UTC)))
    assert sorted(code for page in codes_in(content) for code in page) == sorted(codes)


def _solid(text: str) -> str:
    return re.sub(r"\s", "", text)


TYPED = re.compile(
    "Roaming in Switzerland, data|three rolls for all printers|[0-9a-f]{16,64}|REF[0-9]+|GB", re.IGNORECASE
)
"""What people typed in the samples, hashes, and what Chinese says in Latin letters."""


@every_kind
@both_widths
def test_no_key_of_the_program_stands_on_a_chinese_paper(kind: str, columns: int) -> None:
    said = TYPED.sub("", " ".join(texts(made(kind, "zh_CN"), columns)))
    assert re.findall("[a-z]{2,}", said) == []


@every_kind
def test_no_key_of_the_program_stands_on_an_english_paper(kind: str) -> None:
    said = " ".join(texts(made(kind, "en"), 48))
    assert re.findall("[a-z]+_[a-z]+|\\{[a-z]+\\}", said) == []
