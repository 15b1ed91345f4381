"""Pages become a PDF: A4, with the characters that it uses of its font in the file itself, and a foot on each page."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from data.characters import assigned, is_visible
from data.errors import Outside
from data.message import say
from printers.a4.pages import pages
from printers.a4.parts import PlacedLogo, parts
from printers.a4.pieces import BASE, HEIGHT, LEFT, POINT, RIGHT, Bar, Mark, Picture, Stroke, Word
from printers.charset import MISSING, fold
from printers.document import Document, Logo, map_text
from printers.pictures import millimetres

if TYPE_CHECKING:
    from fpdf import FPDF

    from printers.fonts import Face

_SMALL = 7.5
_FOOT, _HEAD = HEIGHT - 12.0, 11.0
_NEEDED = "国元"
"""What every Chinese font has."""
_HEAVY = 0.28
"""Points of the line around bold letters: one font serves for both."""


class Marks(Struct, frozen=True):
    """What stands on each page beside the document.

    Attributes:
        title: the file's own title, and what stands over the second page and later ones.
        printed: by whom, and when: at the foot, on the left.
        page: a template with {n} and {m}: at the foot, on the right.
        made_at: the time that the file says it was made at.
        language: zh-CN or en: what a reader reads it aloud in.
    """

    title: str = ""
    printed: str = ""
    page: str = "{n} / {m}"
    made_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    language: str = "zh-CN"


def pdf(document: Document, marks: Marks, face: Face, logos: Mapping[int, bytes] | None = None) -> bytes:
    """The file. The same document, marks, font and pictures of logos (PNG, by their numbers) make the same bytes.
    Outside: the font file is none."""
    return bundle([(document, marks.title)], marks, face, logos)


def bundle(
    papers: Sequence[tuple[Document, str]], marks: Marks, face: Face, logos: Mapping[int, bytes] | None = None
) -> bytes:
    """Several documents in one file, each with its own title over its further pages, and its pages counted apart."""
    pen, drawn = _Pen(face), {number: PlacedLogo(png, *millimetres(png)) for number, png in (logos or {}).items()}
    for document, title in papers:
        made = pages(parts(_pictured(map_text(document, pen.known), drawn), pen.measure))
        for number, page in enumerate(made, start=1):
            pen.page([*page, *_around(pen, replace(marks, title=title), number, len(made))])
    return pen.bytes(marks)


def _pictured(document: Document, drawn: Mapping[int, PlacedLogo]) -> Document:
    """The document with its logos as pictures; those that are not known are left out."""
    blocks: list[Any] = []
    for block in document.blocks:
        if not isinstance(block, Logo):
            blocks.append(block)
        elif block.number in drawn:
            blocks.append(drawn[block.number])
    return replace(document, blocks=tuple(blocks))


def _around(pen: _Pen, marks: Marks, number: int, count: int) -> list[Mark]:
    """The running title from the second page on, and the foot."""
    where = pen.known(marks.page.format(n=number, m=count))
    words: list[Mark] = [
        Stroke(LEFT, _FOOT - 3.6, RIGHT, 0.1),
        Word(RIGHT - pen.measure(where, _SMALL), _FOOT, where, _SMALL, grey=True),
    ]
    if marks.printed:
        words.append(Word(LEFT, _FOOT, pen.known(marks.printed), _SMALL, grey=True))
    if number > 1 and marks.title:
        words.append(Word(LEFT, _HEAD, pen.known(marks.title), _SMALL, grey=True))
    return words


class _Pen:
    """The library, behind what this needs of it."""

    def __init__(self, face: Face) -> None:
        from fpdf import FPDF  # late: start-up needs none of it

        logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of each table that it leaves out
        self._file: FPDF = FPDF(format="A4")
        self._file.set_auto_page_break(False)
        try:
            self._file.add_font("han", "", face.path, collection_font_number=face.number)
        except Exception as fault:  # the library raises whatever it met in a file that is no font
            told = say("The font {path} can't be read: {fault}", path=str(face.path), fault=str(fault) or repr(fault))
            raise Outside(told) from fault
        self._file.set_font("han", size=BASE)
        font: Any = self._file.fonts["han"]
        self._font, known = font, font.cmap
        if any(ord(sign) not in known for sign in _NEEDED):
            raise Outside(say("The font {path} has no Chinese characters. Name another.", path=str(face.path)))
        self._wide = lru_cache(maxsize=8192)(self._em)

    def known(self, text: str) -> str:
        """The text in characters that the font has: a likeness, or 〓, for what it lacks."""
        return "".join(map(self._known, unicodedata.normalize("NFC", assigned(text))))

    def _known(self, character: str) -> str:
        if character == "\n" or ord(character) in self._font.cmap:
            return character
        if not is_visible(character):
            return " " if character in "\t\r\v\f\x85\u2028\u2029" else ""
        plain = fold(character)
        if all(ord(one) in self._font.cmap for one in plain):
            return plain
        return MISSING if ord(MISSING) in self._font.cmap else "?"

    def measure(self, text: str, size: float) -> float:
        """Millimetres that the text takes at so many points."""
        wide: float = self._wide(text)
        return wide * size * POINT

    def _em(self, text: str) -> float:
        return float(sum(self._font.cw[ord(character)] for character in text)) * 0.001

    def page(self, marks: list[Mark]) -> None:
        """One page, with its marks."""
        self._file.add_page()
        for mark in marks:
            match mark:
                case Word():
                    self._word(mark)
                case Stroke(x, y, to, thick, grey):
                    self._file.set_line_width(thick)
                    self._file.set_draw_color(185 if grey else 0)
                    self._file.line(x, y, to, y)
                case Picture(x, y, width, height, png):
                    self._file.image(BytesIO(png), x, y, width, height)
                case Bar(x, y, width, height, grey):
                    self._file.set_fill_color(130 if grey else 0)
                    self._file.rect(x, y, width, height, style="F")

    def _word(self, word: Word) -> None:
        from fpdf.enums import TextMode

        file = self._file
        file.set_font_size(word.size)
        file.set_text_color(90 if word.grey else 0)
        if not word.bold:
            file.text(word.x, word.y, word.text)
            return
        file.set_draw_color(0)
        with file.local_context(text_mode=TextMode.FILL_STROKE, line_width=_HEAVY):
            file.text(word.x, word.y, word.text)

    def bytes(self, marks: Marks) -> bytes:
        """The file, done."""
        self._file.set_title(marks.title)
        self._file.set_lang(marks.language)
        self._file.set_creation_date(marks.made_at)
        return bytes(self._file.output())
