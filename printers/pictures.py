"""A picture file becomes dots of a receipt printer: once, when it is set, since a paper has no time for it.

Whatever is blank around it goes, what is transparent is paper; it is made smaller where it does not fit, never larger;
greys are scattered dots (Floyd and Steinberg). An A4 page has the picture itself, as large as the dots make it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from data.errors import BadForm
from data.message import Message, say
from printers.raster import picture_command, quiet

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES, MOST_SIDE = 2_000_000, 6_000
"""A file, and a side of its picture in dots: what a logo never is, and a photograph may be."""
HIGH = 120
"""Dots of height on paper at most: 15 mm."""
KEPT = (1_200, 400)
"""Dots of what is kept for A4, across and down, at most."""
PER_MM = 8
"""Dots of a millimetre on a roll."""


def cleaned(content: bytes) -> bytes:
    """A picture file as it is kept: PNG on white, without what is blank around it. BadForm beside `picture` says what
    is wrong with the file."""
    image = _opened(content)
    dark = _dark(image)
    box = dark.getbbox()
    if box is None:
        raise _wrong(say("The picture is blank: there is nothing to print."))
    image = image.crop(box)
    image.thumbnail(KEPT)
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def rastered(picture: bytes, dots: int) -> bytes:
    """The command that prints a kept picture on a paper of so many dots across."""
    from PIL import Image, ImageOps

    image = Image.open(io.BytesIO(picture)).convert("L")
    image.thumbnail((dots, HIGH))
    bits = ImageOps.invert(image).convert("1")
    return picture_command(quiet(bits.tobytes()), (bits.width + 7) // 8, bits.height)


def millimetres(picture: bytes) -> tuple[float, float]:
    """How large a kept picture is on A4: as on a roll of 80 mm."""
    from PIL import Image

    width, height = Image.open(io.BytesIO(picture)).size
    scale = min(1.0, 576 / width, HIGH / height)
    return width * scale / PER_MM, height * scale / PER_MM


def _opened(content: bytes) -> Image:
    """The picture, on white paper."""
    from PIL import Image, UnidentifiedImageError  # late: nothing else at a counter draws

    if len(content) > MOST_BYTES:
        raise _wrong(say("The file is too large: {most} kB at most.", most=MOST_BYTES // 1000))
    try:
        file = Image.open(io.BytesIO(content), formats=("PNG",))
        if max(file.size) > MOST_SIDE:
            raise _wrong(say("The picture is too large: {most} dots a side at most.", most=MOST_SIDE))
        image = file.convert("RGBA")
    except UnidentifiedImageError:
        raise _wrong(say("This is no PNG picture.")) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _wrong(say("The picture is damaged: save it anew.")) from None
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _dark(image: Image) -> Image:
    """What of a picture would be printed: all that is not nearly white."""
    return image.convert("L").point(lambda grey: 255 if grey < 250 else 0)


def _wrong(why: Message) -> BadForm:
    return BadForm({"picture": why})
