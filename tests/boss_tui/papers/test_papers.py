"""Every kind of paper and report, on both widths, in both languages, and on A4: as they were approved; no word of them
split, no key of the program among its words."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument, PdfPage

from boss_tui.components.paper_layouts.kinds import KINDS as LAYOUTS
from boss_tui.components.paper_layouts.layouts import SHIPPED
from boss_tui.locale import words
from boss_tui.management.m09.samples import sample
from boss_tui.reports.sheets import Printing, sheets
from printers.charset import true, width
from printers.document import QR, Barcode, Block, Document, KeyValue, Row, Table, Text, map_text
from printers.escpos import preview
from printers.layout import layout
from tests.boss_tui.papers.kinds import KINDS
from tests.printers.reading import beyond, codes_on, texts_of

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


def test_what_a_layout_is_tried_with_looks_as_it_was_approved() -> None:
    """Every paper of the managers' preview, in one file; written anew as above."""
    speak = words("en")
    papers = ((kind, SHIPPED.paper(kind, speak, sample(kind, speak))) for kind in LAYOUTS)
    shown = "\n".join("\n".join([f"== {kind}", *texts(paper, 48)]) for kind, paper in papers) + "\n"
    golden = GOLDEN / "samples.txt"
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


class Filed:
    """All papers in one PDF of a language, which takes as long as a PDF of one: its font is read and cut once."""

    def __init__(self, language: str) -> None:
        printing = Printing("9001 赵敏", datetime(2026, 11, 23, tzinfo=UTC))
        content = sheets([(made(kind, language), kind) for kind in KINDS], words(language), printing)
        self._file = PdfDocument(content)
        said = [_solid(text) for text in texts_of(content)]
        first = [at for at, text in enumerate(said) if FIRST[language] in text]
        ends = [*first[1:], len(said)]
        self._at = {kind: range(*run) for kind, run in zip(KINDS, zip(first, ends, strict=True), strict=True)}
        self._said = said

    def said(self, kind: str) -> str:
        """What the pages of a paper say, without blanks."""
        return "\n".join(self._said[at] for at in self._at[kind])

    def pages(self, kind: str) -> list[PdfPage]:
        return [self._file[at] for at in self._at[kind]]

    def close(self) -> None:
        self._file.close()


FIRST = {"en": "Page1of", "zh_CN": "第1页"}


@pytest.fixture(scope="module")
def filed() -> Iterator[Callable[[str], Filed]]:
    """The file of a language, made when it is asked for."""
    with ExitStack() as open_files:
        yield cache(lambda language: open_files.enter_context(closing(Filed(language))))


@pytest.mark.whole  # as in tests/printers/test_a4.py
@every_kind
@both_languages
def test_a4_says_the_same_with_its_font_and_within_the_page(
    filed: Callable[[str], Filed], kind: str, language: str
) -> None:
    assert [box for page in filed(language).pages(kind) for box in beyond(page)] == []
    said = filed(language).said(kind)
    for block in made(kind, language).blocks:
        if isinstance(block, Text | KeyValue | Row):
            assert all(_solid(text) in said for text in _texts_of(block)), block
    for part in ("9001", "赵敏", FIRST[language]):
        assert part in said


@pytest.mark.whole
@every_kind
def test_the_codes_of_a_paper_are_read_off_its_a4_page(filed: Callable[[str], Filed], kind: str) -> None:
    codes = [block.data for block in made(kind, "zh_CN").blocks if isinstance(block, QR | Barcode)]
    if codes:
        assert sorted(code for page in filed("zh_CN").pages(kind) for code in codes_on(page)) == sorted(codes)


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
