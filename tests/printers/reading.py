"""PDFs read by PDFium, which has nothing in common with what writes them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw
import zxingcpp


def pages_of(content: bytes) -> Iterator[Any]:
    """Its pages, while the caller looks at each."""
    file = pypdfium2.PdfDocument(content)
    for page in file:
        yield page
        page.close()
    file.close()


def texts_of(content: bytes) -> list[str]:
    """What each page says, line by line."""
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pages_of(content)]


def said_in(content: bytes) -> str:
    return "\n".join(texts_of(content))


def fonts_of(content: bytes) -> dict[str, bool]:
    """Each font that the pages use, and whether it is in the file."""
    found = {}
    for page in pages_of(content):
        for drawn in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            font = pypdfium2.raw.FPDFTextObj_GetFont(drawn.raw)
            name = ctypes.create_string_buffer(200)
            pypdfium2.raw.FPDFFont_GetBaseFontName(font, name, 200)
            found[name.value.decode()] = bool(pypdfium2.raw.FPDFFont_GetIsEmbedded(font))
    return found


def beyond(page: Any) -> list[tuple[float, ...]]:
    """The boxes of what is drawn beyond the edges of a page."""
    width, height = page.get_size()
    boxes: list[tuple[float, ...]] = [drawn.get_bounds() for drawn in page.get_objects()]
    return [box for box in boxes if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height]


def outside(content: bytes) -> list[tuple[float, ...]]:
    """The same of all its pages."""
    return [box for page in pages_of(content) for box in beyond(page)]


def codes_on(page: Any, dots_per_inch: int = 200) -> list[str]:
    """What a barcode reader finds on a page, as it comes out of an office printer."""
    picture = page.render(scale=dots_per_inch / 72, grayscale=True).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def codes_in(content: bytes, dots_per_inch: int = 200) -> list[list[str]]:
    """The same, of each page."""
    return [codes_on(page, dots_per_inch) for page in pages_of(content)]
