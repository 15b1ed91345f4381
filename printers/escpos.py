"""Lines become bytes for an ESC/POS printer, or the preview of the same lines for a screen.

Only commands that Chinese printers and their clones agree on are sent (printing-facts 0.5): sizes by GS !, never
FS ! or ESC !, and no code pages. Text goes out as GBK and cannot hold a control byte; what GBK lacks goes out as the
printer can (`printers.glyphs`).
"""

from __future__ import annotations

from collections.abc import Iterable

from printers.charset import cells
from printers.glyphs import line_bytes
from printers.layout import PrintLine
from printers.profiles import Profile
from printers.raster import qr_raster
from printers.symbols import code128
from printers.wrap import placed, wrap

ESC, FS, GS = b"\x1b", b"\x1c", b"\x1d"
START = ESC + b"@" + FS + b"&"  # reset; Chinese mode, said at a line's start, where every model takes it
CENTER, LEFT = ESC + b"a\x01", ESC + b"a\x00"
CUT = GS + b"V\x42\x00"  # feeds to the knife by itself
TEAR = ESC + b"d\x05"
DRAWER = ESC + b"p\x00\x19\xfa"  # pin 2, 50 ms on, 500 ms off

Style = tuple[bool, int]
"""Whether it is bold, and its scale."""
PLAIN: Style = (False, 1)


def to_bytes(lines: Iterable[PrintLine], profile: Profile) -> bytes:
    """The whole job, ready to be stored and sent as it is. Asking for a confirmation is the sender's part."""
    content, style = part(lines, profile, PLAIN)
    return START + content + styled(style, PLAIN)


def part(lines: Iterable[PrintLine], profile: Profile, style: Style) -> tuple[bytes, Style]:
    """The bytes of a part of a job, for a printer that was left in a style; and the style that it is left in."""
    job = bytearray()
    for line in lines:
        if line.kind == "text":
            job += styled(style, (line.bold, line.scale)) + line_bytes(line.text, line.scale, profile) + b"\n"
            style = (line.bold, line.scale)
        else:
            job += styled(style, PLAIN) + _special(line, profile)
            style = PLAIN
    return bytes(job), style


def styled(old: Style, new: Style) -> bytes:
    """What takes a printer from one style to another."""
    command = b""
    if old[0] != new[0]:
        command += ESC + b"E" + bytes([new[0]])
    if old[1] != new[1]:
        command += GS + b"!" + bytes([0x11 * (new[1] - 1)])
    return command


def _special(line: PrintLine, profile: Profile) -> bytes:
    match line.kind:
        case "qr":
            drawn = _qr(line.text, line.size) if profile.native_qr else qr_raster(line.text, line.size)
            return CENTER + b"\n" + drawn + b"\n" + LEFT  # the blank lines are its quiet zone: no printer adds one
        case "barcode":
            return CENTER + b"\n" + _barcode(line.text) + b"\n" + LEFT
        case "logo":
            return CENTER + logo_mark(int(line.text)) + LEFT
        case "cut":
            return CUT if profile.cutter else TEAR
        case _:
            return DRAWER


def logo_mark(number: int) -> bytes:
    """What stands for a logo in a job: the command that prints a picture out of a printer's memory, by its two key
    characters. Ours keep none: when it is sent, the picture's dots take its place (`printers.rendering`)."""
    first, second = divmod(number % 95**2, 95)
    return GS + b"(L\x06\x00\x30\x45" + bytes([32 + first, 32 + second, 1, 1])


def _qr(data: str, size: int) -> bytes:
    stored = data.encode()
    return b"".join(
        (
            _symbol(65, b"\x32\x00"),  # model 2
            _symbol(67, bytes([size])),
            _symbol(69, b"\x30"),  # correction level L, by which symbols.qr_size reckons
            _symbol(80, b"0" + stored),
            _symbol(81, b"0"),
        )
    )


def _symbol(function: int, parameters: bytes) -> bytes:
    body = bytes([49, function]) + parameters
    return GS + b"(k" + len(body).to_bytes(2, "little") + body


def _barcode(data: str) -> bytes:
    encoded = code128(data)
    return GS + b"h\x50" + GS + b"w\x02" + GS + b"H\x02" + GS + b"k\x49" + bytes([len(encoded)]) + encoded


def preview(lines: Iterable[PrintLine]) -> tuple[str, ...]:
    """The same lines for a terminal: columns line up as on paper; symbols are named in brackets; a cut is dashes."""
    shown: list[str] = []
    for line in lines:
        shown += _shown(line)
    return tuple(shown)


def _shown(line: PrintLine) -> tuple[str, ...]:
    match line.kind:
        case "text":
            return (cells(line.text, line.scale).rstrip(),)
        case "qr" | "barcode":
            parts = ("[QR]" if line.kind == "qr" else "[CODE128]", *wrap(line.text, line.columns))
            return ("", *(cells(placed(part, line.columns, "center")) for part in parts), "")
        case "logo":
            return (cells(placed("[LOGO]", line.columns, "center")),)
        case "cut":
            return (("- " * line.columns)[: line.columns].rstrip(),)
        case _:
            return ()
