"""Which characters a Chinese receipt printer can print, and how wide they are: GBK, folded (printing-facts 3 and 4).

A Han character that GBK lacks keeps its place and its two columns in the lines, so that a preview shows the true name;
what a printer makes of it (a code of GB 18030, a drawing, 〓) is decided when its bytes are made (`printers.glyphs`).

One column is one byte of GBK, whatever the terminal thinks: “, ①, — take one cell on many screens and two columns on
paper. Control characters never get through: a customer called ESC p would open the drawer.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from data.characters import assigned, is_han, is_visible

_PLAIN = re.compile("[ -~\u4e00-\u9fa5，。、：；（）￥]*")
"""What most texts are made of: GBK has it, nothing of it is folded, and it is as wide on a screen as on paper."""
MISSING = "〓"
"""Stands on paper for a character that GBK lacks, as a printer's trade has always done."""

# GBK has no such character, and its likeness is not what Unicode would decompose it to.
_FOLDS = {"¥": "￥", "€": "EUR", "–": "-", "−": "-", "\t": " ", "・": "·", "•": "·", "\u2028": " ", "\u2029": " "}


def encodable(character: str) -> bool:
    """Whether GBK has the character (or each of several), as one byte (ASCII) or two."""
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _folded(character: str) -> str:
    if character in _FOLDS:
        return _FOLDS[character]
    if not is_visible(character):
        return "" if unicodedata.category(character) != "Cs" else MISSING
    if encodable(character):
        return character
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if unicodedata.category(c) != "Mn")
    return plain if plain and encodable(plain) and plain.isprintable() else MISSING


class _Folds(dict[int, str]):
    """For str.translate, which folds a text in one call: what each character becomes, worked out when it is met."""

    def __init__(self, han: bool) -> None:
        super().__init__()
        self._han = han

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code))
        self[code] = chr(code) if self._han and folded == MISSING and is_han(chr(code)) else folded
        return self[code]


_PRINTED, _TRUE = _Folds(False), _Folds(True)


def fold(text: str) -> str:
    """The text as GBK can print it: composed, without control characters, with a likeness or 〓 for what GBK lacks."""
    return _translated(text, _PRINTED)


@lru_cache(maxsize=4096)
def true(text: str) -> str:
    """The text as it stands in lines and is previewed: folded, but for the Han characters that GBK lacks. A layout
    asks for the same few texts again and again, as it does for their widths."""
    return _translated(text, _TRUE)


def _translated(text: str, folds: _Folds) -> str:
    if _PLAIN.fullmatch(text):
        return text
    if not text.isprintable():  # private codes never are
        text = assigned(text)
    return unicodedata.normalize("NFC", text).translate(folds)


def unprintable(text: str) -> tuple[str, ...]:
    """The characters that would come out as 〓, each once, in order: to be told to the clerk."""
    characters = dict.fromkeys(unicodedata.normalize("NFC", assigned(text)))
    return tuple(c for c in characters if fold(c) == MISSING and c != MISSING)


def encode(text: str) -> bytes:
    """GBK bytes of the folded text. They hold no control byte."""
    return fold(text).encode("gbk")


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """Columns that the text takes on paper, at scale 1."""
    return len(text) if text.isascii() and text.isprintable() else len(encode(text))


def cells(text: str, scale: int = 1) -> str:
    """True text with blanks after characters that a terminal draws narrower than paper, so that columns line up."""
    folded = true(text)
    if scale == 1 and _PLAIN.fullmatch(folded):
        return folded
    return folded.translate(_drawn(scale))


class _Drawn(dict[int, str]):
    """What each character becomes on a screen whose columns are the paper's, for str.translate."""

    def __init__(self, scale: int) -> None:
        super().__init__()
        self._scale = scale

    def __missing__(self, code: int) -> str:
        character = chr(code)
        cells = 2 if is_han(character) or unicodedata.east_asian_width(character) in {"W", "F"} else 1
        self[code] = character + " " * (len(encode(character)) * self._scale - cells)
        return self[code]


@cache
def _drawn(scale: int) -> _Drawn:
    return _Drawn(scale)
