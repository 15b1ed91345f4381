"""How a printer prints a Han character that GBK lacks: by its code of GB 18030, as a drawing in the line, or as 〓.

Which of them a printer can do stands in its profile. A drawing needs a font that has the character: one that is
installed on this machine (fontconfig finds it), one that a Python package offers (entry points `fonts_ttf`,
`fonts_otf`), or the file that BOSS_GLYPH_FONT names. Without any, it is 〓 and the clerk has been told.
"""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import entry_points
from typing import Literal

from data.characters import is_han, private_code
from printers.charset import MISSING, encodable, encode
from printers.profiles import Profile
from printers.raster import quiet

log = logging.getLogger("boss.printers")

Way = Literal["code", "drawn", "missing"]
VARIABLE = "BOSS_GLYPH_FONT"
DOTS = 24
"""Dots of a Han character, across and down."""
_BIT_IMAGE = b"\x1b*\x21" + DOTS.to_bytes(2, "little")  # ESC * 33: 24 dots high, in the line, by any model
_SECONDS = 3.0


def line_bytes(text: str, scale: int, profile: Profile) -> bytes:
    """A line of text for this printer. `text` is true text; at a larger scale nothing is drawn."""
    try:
        return text.encode("gbk")
    except UnicodeEncodeError:
        return b"".join(_character(each, scale, profile) for each in text)


def way(character: str, profile: Profile, scale: int = 1) -> Way:
    """How this printer prints a character that GBK lacks."""
    if _code(character, profile):
        return "code"
    return "drawn" if profile.draws and scale == 1 and drawing(character) is not None else "missing"


def _character(character: str, scale: int, profile: Profile) -> bytes:
    if encodable(character) or not is_han(character):
        return encode(character)
    found = way(character, profile, scale)
    if found == "code":
        return _code(character, profile)
    drawn = drawing(character) if found == "drawn" else None
    return _BIT_IMAGE + drawn if drawn is not None else encode(character) or encode(MISSING)


def _code(character: str, profile: Profile) -> bytes:
    """The code of GB 18030 that the printer knows: two bytes, four, or none (then nothing)."""
    code = (private_code(character) or character).encode("gb18030")
    known = {"gbk": (), "gb18030-2": (2,), "gb18030": (2, 4)}[profile.han]
    return code if is_han(character) and len(code) in known else b""


@lru_cache(maxsize=256)
def drawing(character: str) -> bytes | None:
    """A character as 24 columns of 24 dots, from the first font that has it; None when no font does."""
    for font in _fonts(character):
        try:
            dots = _dots(character, font)
        except Exception as fault:  # a font file that is none, or Pillow without its font engine
            log.warning("the font %s can't be used: %s", font, fault)
            continue
        if dots is not None:
            return quiet(dots)
    return None


def _fonts(character: str) -> Iterator[str]:
    """Font files, those that were chosen first."""
    if chosen := os.environ.get(VARIABLE):
        yield chosen
    for group in ("fonts_ttf", "fonts_otf"):
        for offered in entry_points(group=group):
            try:
                yield str(offered.load())
            except Exception as fault:  # somebody else's package
                log.warning("the font package %s can't be loaded: %s", offered.name, fault)
    yield from _installed(character)


def _installed(character: str) -> list[str]:
    """The files that fontconfig knows to have the character."""
    question = ("fc-list", "--format", "%{file}\n", f":charset={ord(character):x}")
    try:
        answer = subprocess.run(question, capture_output=True, text=True, timeout=_SECONDS, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    return sorted(line for line in answer.splitlines() if line.endswith((".ttf", ".otf", ".ttc", ".pcf.gz", ".pcf")))


def _dots(character: str, path: str) -> bytes | None:
    """Column by column, three bytes each, the highest dot first. None when the font lacks the character."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(path, DOTS - 1)

    def drawn(text: str) -> Image.Image:
        image = Image.new("1", (DOTS, DOTS))
        ImageDraw.Draw(image).text((DOTS // 2, DOTS // 2), text, fill=1, font=font, anchor="mm")
        return image

    picture = drawn(character)
    if picture.getbbox() is None or picture.tobytes() == drawn("\U0010ffff").tobytes():  # blank, or the font's 'none'
        return None
    return picture.transpose(Image.Transpose.TRANSPOSE).tobytes()  # its rows are our columns
