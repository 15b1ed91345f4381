"""What can be printed, and how wide (printing-facts 3 and 4)."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given

from printers import charset
from printers.charset import cells, encode, fold, unprintable, width
from tests.printers.samples import TEXTS


@given(TEXTS)
def test_no_text_can_give_the_printer_a_command(text: str) -> None:
    encoded = encode(text)
    assert not any(byte < 0x20 or byte == 0x7F for byte in encoded)
    assert encoded.decode("gbk") == fold(text)


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("¥12.00", "￥12.00"),
        ("€5", "EUR5"),
        ("张㛃", "张〓"),
        ("镕喆堃珺", "镕喆堃珺"),
        ("\x1bp0AA", "p0AA"),
        ("a\u00a0b\tc", "a b c"),
        ("e\u0301", "é"),
        ("mañana", "manana"),
        ("辻\ufe00", "辻"),
        ("10m²", "10m2"),
        ("\ud800", "〓"),
        ("1–2", "1-2"),
        ("👍", "〓"),
    ],
)
def test_what_the_printer_lacks_is_printed_as_its_like_or_not_at_all(typed: str, printed: str) -> None:
    assert fold(typed) == printed


def test_a_plain_text_is_the_same_in_lines_on_paper_and_on_the_screen() -> None:
    """Each character alone, as it would be if it were looked at by itself."""
    plain = [chr(code) for code in range(sys.maxunicode + 1) if charset._PLAIN.fullmatch(chr(code))]
    assert len(plain) > 20_000
    for each in plain:
        assert each == charset._folded(each) == charset._drawn(1)[ord(each)] == unicodedata.normalize("NFC", each)


def test_the_clerk_can_be_told_which_characters_are_lost() -> None:
    assert unprintable("张㛃㛃𬭁¥〓é") == ("㛃", "𬭁")
    assert unprintable("张镕") == ()


def test_a_column_is_a_byte_of_gbk_whatever_the_terminal_thinks() -> None:
    assert width("“畅享”—①") == 12
    assert cells("“a”") == "“ a” "
    assert cells("中a", 2) == "中  a "


@given(TEXTS)
def test_in_a_terminal_a_text_takes_as_many_cells_as_columns_on_paper(text: str) -> None:
    shown = cells(text)
    assert sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown) == width(text)
