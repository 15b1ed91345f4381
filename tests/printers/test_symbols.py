"""The sizes of symbols are reckoned as other programs reckon them."""

from __future__ import annotations

import pytest
import qrcode  # type: ignore[import-untyped]  # it has no stubs
from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_L  # type: ignore[import-untyped]  # as above

from printers.decoder import Decoder
from printers.paper import Paper
from printers.symbols import barcode_fits, code128, qr_size


def read_back(encoded: bytes) -> str:
    paper = Paper(48)
    for action in Decoder().feed(b"\x1dk\x49" + bytes([len(encoded)]) + encoded):
        paper.do(action)
    return paper.lines[0].text


@given(
    st.text("0123456789AB{", min_size=1, max_size=60)
    | st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)
)
def test_a_scanner_reads_what_was_meant_and_the_printer_no_command(data: str) -> None:
    encoded = code128(data)
    assert not any(command in encoded for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
    if len(encoded) <= 255:
        assert read_back(encoded) == data


def test_digits_are_paired_so_that_a_serial_fits_58_mm() -> None:
    assert code128("SO20261122000123") == b"{BSO{C" + bytes([20, 26, 11, 22, 0, 1, 23])
    assert barcode_fits("SO20261122000123", 32)
    assert not barcode_fits("SERIAL-OF-LETTERS", 32)


def test_a_number_that_would_be_a_command_is_paired_otherwise() -> None:
    assert b"\x10\x04" not in code128("16040112")
    assert read_back(code128("16040112")) == "16040112"


@pytest.mark.parametrize("data", ["", "发票", "a\nb"])
def test_what_code128_lacks_is_not_encoded(data: str) -> None:
    assert code128(data) == b""
    assert not barcode_fits(data, 48)


@pytest.mark.parametrize("length", [1, 17, 18, 53, 54, 271, 425, 426, 858])
@pytest.mark.parametrize("columns", [32, 48])
def test_a_qr_code_with_its_quiet_zone_fits_the_paper(length: int, columns: int) -> None:
    size = qr_size("x" * length, columns)
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=4)
    code.add_data(b"x" * length, optimize=0)
    modules = len(code.get_matrix())
    assert size == next((n for n in (6, 5, 4, 3) if modules * n <= columns * 12), 0)


def test_no_qr_code_of_nothing_or_of_too_much() -> None:
    assert qr_size("", 48) == 0
    assert qr_size("x" * 859, 48) == 0
