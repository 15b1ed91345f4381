"""Pictures as commands (GS v 0): a QR code, for printers that cannot draw one themselves, and a logo.

A printer looks for real-time commands even inside pictures (printing-facts 5.1). A module of a code is three dots and
more, so no byte of it has a single set bit between two clear ones: it can't hold DLE. Other dots are made `quiet`.
"""

from __future__ import annotations

_DLE, _REAL_TIME = 0x10, frozenset((0x04, 0x05, 0x14))


def qr_raster(data: str, size: int) -> bytes:
    """The command that prints the code at so many dots per module (2 or more)."""
    import qrcode  # type: ignore[import-untyped]  # no stubs; late, since it takes 0.1 s and only old printers need it
    from qrcode.constants import ERROR_CORRECT_L  # type: ignore[import-untyped]  # as above

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=0)
    code.add_data(data.encode())
    code.make(fit=True)
    rows = [_row(row, size) for row in code.get_matrix()]
    return picture_command(b"".join(row * size for row in rows), len(rows[0]), len(rows) * size)


def picture_command(dots: bytes, across: int, down: int) -> bytes:
    """GS v 0: a picture so many bytes across and so many dots down, from its dots row by row."""
    return b"\x1dv0\x00" + across.to_bytes(2, "little") + down.to_bytes(2, "little") + dots


def quiet(dots: bytes) -> bytes:
    """No two bytes that a printer would take for a real-time command, even in a picture (printing-facts 5.1)."""
    safe = bytearray(dots)
    for at in range(len(safe) - 1):
        if safe[at] == _DLE and safe[at + 1] in _REAL_TIME:
            safe[at] |= 0x20  # one dot more
    return bytes(safe)


def _row(modules: list[bool], size: int) -> bytes:
    bits = "".join("1" * size if dark else "0" * size for dark in modules)
    return int(bits.ljust(-len(bits) % 8 + len(bits), "0"), 2).to_bytes((len(bits) + 7) // 8, "big")
