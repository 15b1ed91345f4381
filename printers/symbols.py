"""How large a QR code or barcode becomes, in printer dots, so that the layout knows what fits (printing-facts 7).

It draws nothing: the printer does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

DOTS_PER_COLUMN = 12

# Bytes that a QR code of version 1, 2, … 20 holds at correction level L (ISO/IEC 18004, table 7, byte mode).
_QR_BYTES = (17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858)
_QR_QUIET = 8  # four modules on each side
_QR_SIZES = (6, 5, 4, 3)  # dots per module: below 3, phones fail on thermal paper
_BAR_WIDTH = 2  # dots per module: GS w takes no less on many models
_BAR_QUIET = 20  # ten modules on each side
_RUN = re.compile(r"[0-9]{4,}")
_PIECES = re.compile(rf"{_RUN.pattern}|(?:(?![0-9]{{4}}).)+")  # a run of digits, or what stands between two
_REAL_TIME = re.compile(b"\x10[\x04\x05\x14]")


def clean(data: str) -> str:
    """The data of a symbol without control characters: a printer matches real-time commands even inside it."""
    if data.isprintable():
        return data
    return "".join(c for c in data if unicodedata.category(c) not in {"Cc", "Cs"})


def qr_size(data: str, columns: int) -> int:
    """Dots per module at which the QR code fits the paper; 0 if none does, or if there is nothing to draw."""
    length = len(data.encode())
    version = next((number for number, room in enumerate(_QR_BYTES, 1) if length <= room), 0)
    if not data or not version:
        return 0
    modules = 17 + 4 * version + _QR_QUIET
    return next((size for size in _QR_SIZES if modules * size <= columns * DOTS_PER_COLUMN), 0)


@lru_cache(maxsize=64)  # asked for by the layout, and again for the bytes
def code128(data: str) -> bytes:
    """The data for `GS k 73`, its runs of four and more digits in set C, which halves them: `{BSO{C` and pairs.

    Empty if the data is empty or holds anything but printable ASCII. The digits 160401 in set C would be the bytes of
    a real-time command, which printers obey even there: such a number is paired otherwise, or left in set B.
    """
    if not (data and data.isascii() and data.isprintable()):
        return b""
    pieces = _PIECES.findall(data)
    ways = [_encoded(pieces, shift) for shift in (0, 1, None)]
    return min((way for way in ways if not _REAL_TIME.search(way)), key=len)


def barcode_fits(data: str, columns: int) -> bool:
    """Whether `code128(data)` can be drawn and read on the paper."""
    encoded = code128(data)
    symbols = len(encoded) - encoded.count(b"{") + data.count("{") + 1  # {B, {C and {{ are one each; and the checksum
    dots = _BAR_WIDTH * (11 * symbols + 13) + 2 * _BAR_QUIET
    return 0 < len(encoded) <= 255 and dots <= columns * DOTS_PER_COLUMN


def _encoded(pieces: Iterable[str], shift: int | None) -> bytes:
    """CODE128 of these, digits paired from a run's end (shift 0), from one digit off (1), or not at all (None)."""
    encoded, current = bytearray(), ""
    for piece in pieces:
        skip = (len(piece) + shift) % 2 if shift is not None and _RUN.match(piece) else len(piece)
        pairs = (len(piece) - skip) // 2
        middle = bytes(int(piece[at : at + 2]) for at in range(skip, skip + 2 * pairs, 2))
        for wanted, part in (("B", _set_b(piece[:skip])), ("C", middle), ("B", _set_b(piece[skip + 2 * pairs :]))):
            if part:
                encoded += (b"" if current == wanted else b"{" + wanted.encode()) + part
                current = wanted
    return bytes(encoded)


def _set_b(text: str) -> bytes:
    return text.replace("{", "{{").encode()
