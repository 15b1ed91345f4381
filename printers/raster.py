"""A QR code as a picture (GS v 0), for printers that cannot draw one themselves.

A module is three dots and more, so no byte of it has a single set bit between two clear ones: it can't hold DLE, and a
printer that looks for real-time commands even inside pictures finds none (printing-facts 5.1).
"""

from __future__ import annotations


def qr_raster(data: str, size: int) -> bytes:
    """The command that prints the code at so many dots per module (2 or more)."""
    import qrcode  # type: ignore[import-untyped]  # no stubs; late, since it takes 0.1 s and only old printers need it
    from qrcode.constants import ERROR_CORRECT_L  # type: ignore[import-untyped]  # as above

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=0)
    code.add_data(data.encode())
    code.make(fit=True)
    rows = [_row(row, size) for row in code.get_matrix()]
    picture = b"".join(row * size for row in rows)
    return b"\x1dv0\x00" + len(rows[0]).to_bytes(2, "little") + (len(rows) * size).to_bytes(2, "little") + picture


def _row(modules: list[bool], size: int) -> bytes:
    bits = "".join("1" * size if dark else "0" * size for dark in modules)
    return int(bits.ljust(-len(bits) % 8 + len(bits), "0"), 2).to_bytes((len(bits) + 7) // 8, "big")
