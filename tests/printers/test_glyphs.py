"""How a printer prints what GBK lacks: by a code it knows, drawn in the line, or as 〓."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from PIL import ImageFont

from printers import glyphs, raster
from printers.charset import true, unprintable, width
from printers.decoder import Decoder
from printers.document import Document, KeyValue, Text
from printers.escpos import preview, to_bytes
from printers.glyphs import DOTS, drawing, line_bytes, way
from printers.layout import layout
from printers.paper import DRAWN, Paper
from printers.profiles import profile

RARE = "李䶮𠮷"
MISSING = "〓".encode("gbk")
IMAGE = bytes(range(3 * DOTS))


@pytest.fixture
def font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A font with Latin letters alone, which Pillow brings along."""
    path = tmp_path / "letters.ttf"
    path.write_bytes(cast(BytesIO, cast(ImageFont.FreeTypeFont, ImageFont.load_default(24)).path).getvalue())
    monkeypatch.setattr(glyphs, "_fonts", lambda _character: iter([str(path)]))
    glyphs.drawing.cache_clear()
    return str(path)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "drawing", lambda _character: IMAGE)


def test_the_true_name_stands_in_the_preview() -> None:
    lines = layout(Document("slip", (Text(RARE), KeyValue("客户", RARE), Text(RARE, scale=2))), 32)
    assert preview(lines)[0] == RARE
    assert RARE in preview(lines)[1]
    assert preview(lines)[2].replace(" ", "") == RARE
    assert width(RARE) == 6
    assert unprintable(RARE) == ("䶮", "𠮷")
    assert true("李\ue863") == "李䶮"


@pytest.mark.parametrize(
    ("kind", "character", "how", "data"),
    [
        ("80mm", "䶮", "missing", MISSING),
        ("80mm", "𠮷", "missing", MISSING),
        ("80mm-gb18030", "䶮", "code", "䶮".encode("gb18030")),
        ("80mm-gb18030", "𠮷", "code", "𠮷".encode("gb18030")),
        ("80mm-gb18030", "\U0002ebf0", "code", "\U0002ebf0".encode("gb18030")),
        ("80mm-gb18030-2", "㑳", "code", b"\xfe\x55"),  # two bytes in GB 18030, none in GBK
        ("80mm-gb18030-2", "\u9fb4", "code", b"\xfe\x59"),  # moved out of the private area later
        ("80mm-gb18030-2", "𠮷", "missing", MISSING),  # four bytes
        ("80mm", "㑳", "missing", MISSING),
        ("58mm-silent", "䶮", "missing", MISSING),
    ],
)
def test_codes_where_the_printer_has_them(kind: str, character: str, how: str, data: bytes) -> None:
    assert way(character, profile(kind)) == how
    assert line_bytes(f"李{character}明", 1, profile(kind)) == "李".encode("gbk") + data + "明".encode("gbk")


@pytest.mark.usefixtures("drawn")
def test_a_drawing_stands_in_the_line() -> None:
    image = b"\x1b*\x21\x18\x00" + IMAGE
    assert line_bytes("李䶮明", 1, profile("80mm")) == "李".encode("gbk") + image + "明".encode("gbk")
    assert line_bytes("李䶮", 2, profile("80mm")) == "李〓".encode("gbk")  # it can't be drawn larger
    assert line_bytes("李䶮", 1, profile("58mm-silent")) == "李〓".encode("gbk")
    assert line_bytes("李㑳", 1, profile("80mm-gb18030-2")) == b"\xc0\xee\xfe\x55"  # a code is preferred
    assert line_bytes("a😀", 1, profile("80mm")) == b"a" + MISSING


@pytest.mark.usefixtures("drawn")
def test_a_printer_reads_drawings_and_long_codes() -> None:
    for kind, seen in (("80mm", f"李{DRAWN}{DRAWN}"), ("80mm-gb18030", RARE)):
        paper, decoder = Paper(48), Decoder()
        job = to_bytes(layout(Document("slip", (Text(RARE),)), 48), profile(kind))
        for at in range(len(job)):  # in pieces of one byte
            for action in decoder.feed(job[at : at + 1]):
                paper.do(action)
        assert paper.faults == []
        assert [line.text for line in paper.lines] == [seen]


def test_a_font_that_has_the_character_draws_it(font: str) -> None:
    dots = drawing("L")
    assert dots is not None
    assert len(dots) == 3 * DOTS
    columns = [dots[at : at + 3] for at in range(0, len(dots), 3)]
    ink = [column for column in columns if any(column)]
    assert max(bin(int.from_bytes(column)).count("1") for column in ink[:4]) > 10  # its stem, at the left
    assert all(bin(int.from_bytes(column)).count("1") < 6 for column in ink[-4:])  # its foot


def test_a_font_without_it_or_none_at_all_draws_nothing(font: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawing("䶮") is None
    monkeypatch.setattr(glyphs, "_fonts", lambda _character: iter([f"{font}.none", "/dev/null"]))
    assert drawing("M") is None


def test_a_drawing_holds_no_real_time_command() -> None:
    dangerous = b"\x10\x04\x10\x05\x10\x14\x10\x10\x04" + bytes(63)
    quiet = raster.quiet(dangerous)
    assert len(quiet) == len(dangerous)
    assert not any(command in quiet for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
