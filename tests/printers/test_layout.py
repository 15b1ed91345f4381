"""Lines never leave the paper, lose nothing, and split no character, at any width."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.charset import true, width
from printers.document import QR, Align, Barcode, Document, KeyValue, Row, Table, Text
from printers.layout import PrintLine, layout
from printers.wrap import wrap
from tests.printers.samples import DOCUMENTS, TEXTS

COLUMNS = st.integers(2, 64)


def texts(*blocks: Text | KeyValue | Row | Table | QR | Barcode, columns: int = 32) -> list[str]:
    return [line.text for line in layout(Document("any", blocks), columns)]


def solid(text: str) -> str:
    return re.sub(r"\s", "", true(text))


@given(DOCUMENTS, COLUMNS)
def test_no_line_is_wider_than_the_paper(document: Document, columns: int) -> None:
    for line in layout(document, columns):
        if line.kind == "text":
            assert width(line.text) * line.scale <= columns
            assert line.text == true(line.text)


@given(TEXTS, COLUMNS, st.integers(1, 4))
def test_wrapping_loses_nothing(text: str, columns: int, scale: int) -> None:
    assert solid("".join(texts(Text(text, scale=scale), columns=columns))) == solid("".join(text.splitlines()))


@given(st.lists(TEXTS, max_size=5), st.lists(st.integers(0, 20), max_size=5), COLUMNS)
def test_a_row_loses_nothing(cells: list[str], widths: list[int], columns: int) -> None:
    printed = solid("".join(texts(Row(tuple(cells), tuple(widths)), columns=columns)))
    assert sorted(printed) == sorted(solid("".join("".join(cell.splitlines()) for cell in cells)))


@given(TEXTS, TEXTS, COLUMNS, st.sampled_from(["left", "right"]))
def test_a_label_and_its_value_lose_nothing(label: str, value: str, columns: int, align: Align) -> None:
    shown = texts(KeyValue(label, value, "left" if align == "left" else "right"), columns=columns)
    assert solid("".join(shown)) == solid("".join(label.splitlines()) + "".join(value.splitlines()))


def test_figures_stand_beneath_a_name_that_is_too_long() -> None:
    assert texts(Row(("“畅享”套餐—①档", "1", "129.00", "129.00"), (0, 4, 8, 8))) == [
        "“畅享”套餐—①档",
        "             1   129.00   129.00",
    ]
    assert texts(Row(("话费", "1", "9.00", "9.00"), (0, 4, 8, 8))) == ["话费         1     9.00     9.00"]


def test_a_figure_wider_than_its_cell_is_not_cut() -> None:
    assert texts(Row(("话费", "1234567890.00"), (0, 6)), columns=20) == ["话费   1234567890.00"]


def test_values_stand_at_the_edge_or_hang_behind_their_label() -> None:
    assert texts(KeyValue("应付", "￥9.00"), columns=16) == ["应付      ￥9.00"]
    assert texts(KeyValue("名称", "某某有限公司", align="left"), columns=12) == ["名称 某某有", "     限公司"]


def test_lines_break_between_words_and_not_before_a_full_stop() -> None:
    assert wrap("hello big world", 9) == ("hello big", "world")
    assert wrap("一二三四。五", 8) == ("一二三", "四。五")
    assert wrap("abcdefghij", 4) == ("abcd", "efgh", "ij")
    assert wrap("a\n\nb", 4) == ("a", "", "b")
    assert wrap("人民币壹佰贰拾玖拾伍元整", 22) == ("人民币壹佰贰拾玖拾", "伍元整")
    assert wrap("人民币壹佰贰拾玖拾伍元整", 24) == ("人民币壹佰贰拾玖拾伍元整",)


WORDS = st.text(st.sampled_from("abcXYZ0123456789.,:’é-Ωж①"), min_size=1, max_size=14).filter(
    lambda word: true(word) == word and word[0].isalnum() and word[-1].isalnum()
)
NUMBERS = st.sampled_from(["1,234.56", "-5.00", "13812345678", "￥9.00", "30天", "don’t"])
PHRASES = st.lists(WORDS | NUMBERS, min_size=1, max_size=8)
AMONG_HAN = st.sampled_from(["付", "￥1,234.56", "号", "13812345678", "。", "（", "）", "“", "30天", "5G", "Ωмега"])


@given(PHRASES, st.integers(8, 64))
def test_no_word_or_number_is_split_that_has_room_on_a_line(words: list[str], columns: int) -> None:
    lines = wrap(" ".join(words), columns)
    assert [word for line in lines for word in line.split()] == words or any(width(word) > columns for word in words)
    for word in words:
        if width(word) <= columns:
            assert any(word in line.split() for line in lines), word


@given(st.lists(AMONG_HAN, max_size=12), st.integers(12, 40))
def test_numbers_among_han_stay_whole(parts: list[str], columns: int) -> None:
    lines = wrap("".join(f"{part}的" if part[-1].isalnum() else part for part in parts), columns)
    for part in parts:
        assert any(part in line for line in lines), part


@given(st.data(), st.integers(20, 64))
def test_no_cell_is_split_that_has_room_and_nothing_is_lost(data: st.DataObject, columns: int) -> None:
    count = data.draw(st.integers(1, 6))
    cell = st.text(st.sampled_from("abc中文①0123456789.-"), min_size=1, max_size=12)
    row = st.tuples(*[cell] * count)
    heads, rows, total = data.draw(row), data.draw(st.lists(row, min_size=1, max_size=5)), data.draw(row)
    lines = texts(Table(heads, tuple(rows), (), total), columns=columns)
    assert all(width(line) <= columns for line in lines)
    for one in (*(one for row in rows for one in row[1:]), *total[1:], *heads[1:]):
        if width(one) <= columns:
            assert any(one in line for line in lines), one
    printed = Counter(solid("".join(lines)))
    assert not Counter(solid("".join("".join(row) for row in (*rows, total)))) - printed


WIDE = Table(
    ("Till", "Cashier", "State", "Expected", "Counted"),
    (("HZ0101 Z000012", "1001", "Closed", "1230000.00", "1229995.00"), ("HZ0102", "1002", "Open", "5.00", "0.00")),
    ("left", "left", "left"),
)


def test_a_table_stands_side_by_side_then_in_two_lines_then_line_by_line() -> None:
    assert texts(WIDE, columns=51) == [
        "Till           Cashier State    Expected    Counted",
        "HZ0101 Z000012 1001    Closed 1230000.00 1229995.00",
        "HZ0102         1002    Open         5.00       0.00",
    ]
    assert texts(WIDE, columns=50) == [
        "Till          Cashier State    Expected    Counted",
        "HZ0101 Z000012",
        "              1001    Closed 1230000.00 1229995.00",
        "HZ0102        1002    Open         5.00       0.00",
    ]
    assert texts(WIDE, columns=37) == [
        "Till",
        " Cashier State    Expected    Counted",
        "HZ0101 Z000012",
        " 1001    Closed 1230000.00 1229995.00",
        "HZ0102",
        " 1002    Open         5.00       0.00",
    ]
    assert texts(WIDE, columns=36)[1] == "Cashier State    Expected    Counted"
    assert texts(WIDE, columns=35)[:5] == [
        "Till HZ0101 Z000012",
        "  Cashier                      1001",
        "  State                      Closed",
        "  Expected               1230000.00",
        "  Counted                1229995.00",
    ]


def test_a_list_without_headings_runs_on_with_whole_cells() -> None:
    rows = (("2026-11-01 18:40", "Roaming in Switzerland", "-12.50"),)
    assert texts(Table((), rows), columns=48) == ["2026-11-01 18:40   Roaming in Switzerland -12.50"]
    assert texts(Table((), rows), columns=24) == ["2026-11-01 18:40", "  Roaming in Switzerland", "  -12.50"]
    assert texts(Table((), ()), columns=24) == []


def test_a_title_is_smaller_where_a_word_of_it_has_no_room() -> None:
    def scales(columns: int, text: str) -> set[int]:
        return {line.scale for line in layout(Document("any", (Text(text, scale=2),)), columns)}

    assert scales(32, "Subscriptions op") == {2}
    assert scales(32, "Reconciliations1 opened") == {2}
    assert scales(32, "Reconciliations12 opened") == {1}
    assert scales(16, "Reconciliations12") == {2}  # no size helps


def test_large_letters_take_double_room_and_never_more_than_there_is() -> None:
    line = layout(Document("any", (Text("中国", "center", scale=2),)), 16)[0]
    assert (line.text, line.scale) == ("  中国", 2)
    assert layout(Document("any", (Text("中", scale=8),)), 5)[0].scale == 2


def test_symbols_that_do_not_fit_are_printed_as_text() -> None:
    assert layout(Document("any", (Barcode("SO20261122000123"),)), 32) == (
        PrintLine("barcode", "SO20261122000123", columns=32),
    )
    assert layout(Document("any", (Barcode("ABCDEFGHIJKLMNOPQRST"),)), 32)[0].kind == "text"
    assert layout(Document("any", (Barcode("发票"),)), 48)[0].kind == "text"
    assert layout(Document("any", (QR("x" * 3000),)), 48)[0].kind == "text"
    assert layout(Document("any", (QR("x" * 250),)), 32)[0].size == 5


@given(TEXTS)
def test_symbols_hold_no_control_characters(data: str) -> None:
    for line in layout(Document("any", (QR(data), Barcode(data))), 48):
        assert not any(unicodedata.category(c) == "Cc" for c in line.text)


def test_a_paper_narrower_than_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="two columns"):
        layout(Document("any", ()), 1)
    with pytest.raises(ValueError, match="two columns"):
        wrap("", 1)
