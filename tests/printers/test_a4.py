"""Papers on A4: what they say stands in the file, in a font that is in the file, and nothing leaves the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from data.errors import Outside
from printers.a4 import Marks, bundle, pdf
from printers.a4.pages import pages
from printers.a4.parts import parts
from printers.a4.pieces import BASE, BOTTOM, LEFT, POINT, RIGHT, TOP, Bar, Mark, Stroke, Word
from printers.a4.tables import grid_of
from printers.charset import width
from printers.document import (
    QR,
    Align,
    Barcode,
    Cut,
    Document,
    Feed,
    HorizontalRule,
    KeyValue,
    Row,
    Table,
    Text,
    map_text,
)
from printers.fonts import Face, face
from printers.wrap import broken
from tests.printers.reading import codes_in, fonts_of, outside, pages_of, said_in, texts_of
from tests.printers.samples import DOCUMENTS, INVOICE, LINK, RECEIPT, SERIAL

pytestmark = pytest.mark.whole  # each file has its font cut for it, and is read by somebody else's reader

FACE = face()
MARKS = Marks(title="日报 4401", printed="打印人 2001 赵敏", page="第 {n} 页，共 {m} 页")


@cache
def receipt() -> bytes:
    """A receipt's file, made once: each file costs the reading and cutting of a whole font."""
    return pdf(RECEIPT, MARKS, FACE)


def measure(text: str, size: float) -> float:
    """As if each column of paper were half a letter wide."""
    return sum(max(1, width(character)) for character in text) * size * POINT / 2


def laid(document: Document) -> list[list[Mark]]:
    return pages(parts(document, measure))


def words_of(page: list[Mark]) -> list[str]:
    return [mark.text for mark in page if isinstance(mark, Word)]


def long_table(rows: int, cells: tuple[str, ...] = ("C1 开户", "3", "150.00")) -> Table:
    return Table(
        ("业务", "笔数", "金额"), tuple((f"{n} {cells[0]}", *cells[1:]) for n in range(rows)), (), ("合计", "9", "9.00")
    )


def strings(document: Document) -> Iterator[str]:
    said: list[str] = []
    map_text(document, lambda text: said.append(text) or text)  # type: ignore[func-returns-value]
    yield from said


@given(DOCUMENTS)
def test_nothing_leaves_the_page(document: Document) -> None:
    for page in laid(document):
        for mark in page:
            match mark:
                case Word(x, y, text, size):
                    fits = x + measure(text, size) <= RIGHT + 0.1 or len(text) == 1
                    assert (x >= LEFT - 0.1, fits, TOP <= y <= BOTTOM + 1) == (True, True, True), mark
                case Stroke(x, y, to):
                    assert (LEFT <= x <= to <= RIGHT + 0.01, TOP <= y <= BOTTOM + 1) == (True, True), mark
                case Bar(x, y, wide, high):
                    assert (x >= LEFT, x + wide <= RIGHT + 0.01, y + high <= BOTTOM) == (True, True, True), mark


@given(DOCUMENTS)
def test_no_character_is_lost(document: Document) -> None:
    kept = [block for block in document.blocks if not isinstance(block, QR | Barcode)]
    drawn = "".join(text for page in laid(Document("any", tuple(kept))) for text in words_of(page))
    said = "".join(strings(Document("any", tuple(kept))))
    assert sorted("".join(drawn.split())) == sorted("".join(said.split()))


def test_a_papers_text_is_read_back() -> None:
    said = said_in(receipt())
    for part in (
        "中国移动“东风路”营业厅",
        "收 款 收 据",
        "SO20261122000123",
        "张㛃",
        "13812345678",
        "话费充值¥",
        "“畅享”套餐—①档（首月按天折算，次月起按月收取）",
        "129.00",
        "￥249.00",
        "客服热线 10086",
    ):
        assert part in said, part
    for part in ("某某省增值税普通发票", "91440101MA5ABCDE2X", "大写：壹佰叁拾圆整"):
        assert part in said_in(pdf(INVOICE, MARKS, FACE)), part


def test_the_font_is_in_the_file_and_only_what_is_used_of_it() -> None:
    content = receipt()
    ((name, embedded),) = fonts_of(content).items()
    assert embedded
    assert name[6] == "+"  # six capitals and a plus: a subset (PDF 32000, 9.6.4)
    assert len(content) < 60_000 < FACE.path.stat().st_size


def test_pages_are_a4_and_counted() -> None:
    content = pdf(Document("report", (long_table(200),)), MARKS, FACE)
    assert [[round(side / 72 * 25.4) for side in page.get_size()] for page in pages_of(content)] == [[210, 297]] * 6
    for number, said in enumerate(texts_of(content), start=1):
        assert f"第 {number} 页，共 6 页" in said
        assert "打印人 2001 赵敏" in said
        assert ("日报 4401" in said) == (number > 1)


def test_nothing_is_drawn_beyond_a_page_as_a_reader_sees_it() -> None:
    wide = Table(("名称",), (("很长" * 300,), ("W" * 400,)))
    report = Document("report", (long_table(99), wide, QR("x" * 300), Barcode("A" * 30)))
    assert outside(bundle([(paper, "") for paper in (RECEIPT, INVOICE, report)], MARKS, FACE)) == []


def test_the_same_paper_is_the_same_file() -> None:
    assert pdf(RECEIPT, MARKS, FACE) == receipt()
    later = Marks(made_at=datetime(2026, 11, 28, tzinfo=UTC))
    assert pdf(RECEIPT, later, FACE) != pdf(RECEIPT, Marks(), FACE)


def test_headings_come_again_on_each_page_and_no_total_stands_alone() -> None:
    for rows in range(40, 48):
        found = laid(Document("report", (Text("按业务", bold=True), long_table(rows))))
        for page in found:
            assert words_of(page).count("笔数") == 1
        assert sum(words_of(page).count("按业务") for page in found) == 1
        assert len(words_of(found[-1])) >= 3 * 3  # the head, a row and the total


def test_a_section_is_not_torn_where_it_has_room_on_a_page() -> None:
    blocks: list[Text | Table | HorizontalRule] = []
    for number in range(12):
        blocks += [HorizontalRule(), Text(f"section {number}", bold=True), long_table(12)]
    found = laid(Document("report", tuple(blocks)))
    assert len(found) > 3
    for page in found:
        said = words_of(page)
        assert said.count("合计") == sum(text.startswith("section") for text in said)
        assert said.count("11 C1 开户") == said.count("0 C1 开户") == said.count("合计")


def test_a_heading_stays_with_what_it_is_about() -> None:
    for lines in range(40, 60):
        filler = tuple(Text(f"line {n}") for n in range(lines))
        found = laid(Document("report", (*filler, HorizontalRule(), Text("heading", bold=True), long_table(3))))
        (page,) = [page for page in found if "heading" in words_of(page)]
        assert "合计" in words_of(page)


def test_a_table_has_the_width_of_the_page_and_figures_stand_beneath_each_other() -> None:
    (page,) = laid(Document("report", (Table(("名称", "金额"), (("一", "5.00"), ("二", "12345.00"))),)))
    ends = {
        round(mark.x + measure(mark.text, mark.size), 3) for mark in page if isinstance(mark, Word) and "." in mark.text
    }
    assert len(ends) == 1
    assert {round(mark.to, 3) for mark in page if isinstance(mark, Stroke)} == {RIGHT}


def test_figures_are_not_wrapped_while_smaller_letters_help() -> None:
    cells = ("一个名称很长很长很长很长很长很长的业务项目", *["1234567.00"] * 9)
    figures: list[Align] = ["right"] * 9
    grid = grid_of([""] * 10, [cells], ("left", *figures), measure)
    assert grid.size < BASE
    for cell, wide in list(zip(cells, grid.widths, strict=True))[1:]:
        assert broken(cell, wide, lambda part: measure(part, grid.size)) == [cell]
    assert sum(grid.widths) == pytest.approx(RIGHT - LEFT)


def test_each_sheet_of_a_paper_begins_a_page() -> None:
    two = Document("papers", (Text("one"), Cut(), Text("two"), Feed(2), Cut()))
    assert [words_of(page) for page in laid(two)] == [["one"], ["two"]]
    assert len(texts_of(pdf(Document("papers", ()), MARKS, FACE))) == 1


def test_papers_in_one_file_are_counted_apart() -> None:
    long = Document("report", (long_table(60),))
    said = texts_of(bundle([(long, "first"), (RECEIPT, "second")], Marks(page="{n}/{m}"), FACE))
    assert [re.findall("[0-9]/[0-9]", page) for page in said] == [["1/2"], ["2/2"], ["1/1"]]
    assert "first" in said[1]
    assert "second" not in said[2]


def test_facts_stand_two_beside_each_other_and_a_long_one_over_the_page() -> None:
    facts = (KeyValue("流水", "1", "left"), KeyValue("客户", "张三", "left"), KeyValue("地址", "某某省" * 40, "left"))
    (page,) = laid(Document("any", facts))
    lines = {mark.text: round(mark.y, 2) for mark in page if isinstance(mark, Word)}
    assert lines["流水"] == lines["客户"] < lines["地址"]


def test_no_box_stands_for_a_character_that_the_font_lacks() -> None:
    likeness = {"\U0002cb41": "\U0002cb41", "\U000300f0": "〓", "\x07": "", "\t": " "}
    papers = [(Document("any", (Text(f"姓{character}名"),)), "") for character in likeness]
    for said, shown in zip(texts_of(bundle(papers, Marks(), FACE)), likeness.values(), strict=True):
        assert f"姓{shown}名" in said


def test_signatures_have_room_and_the_name_beneath() -> None:
    blocks = (KeyValue("客户签名", "____________"), Text("(王小明)", align="right"), KeyValue("日期", "______"))
    (page,) = laid(Document("slip", blocks))
    at = {mark.text: mark for mark in page if isinstance(mark, Word)}
    assert at["客户签名"].y == at["____________"].y
    assert at["客户签名"].y - TOP > 8
    assert at["(王小明)"].y > at["客户签名"].y
    assert at["日期"].y - at["(王小明)"].y > 8
    ends = [mark.to for mark in page if isinstance(mark, Stroke)]
    assert at["(王小明)"].x + measure("(王小明)", BASE) <= ends[0] + 0.01 < (LEFT + RIGHT) / 2


def test_lines_to_sign_on_are_on_one_page() -> None:
    for lines in range(40, 54):
        filler = tuple(Text(f"line {n}") for n in range(lines))
        signed = (Feed(), KeyValue("one", "____"), Text("(name)", align="right"), Feed(), KeyValue("two", "____"))
        found = laid(Document("report", (*filler, *signed, Cut(), Text("after"), Cut())))
        (page,) = [page for page in found if "one" in words_of(page)]
        assert {"(name)", "two"} <= set(words_of(page))
        assert "after" not in words_of(page)


def test_rows_without_a_head_are_a_table_too() -> None:
    (page,) = laid(Document("any", (Row(("话费", "9.00")), Row(("SIM 卡", "10.00")))))
    places = {mark.text: mark for mark in page if isinstance(mark, Word)}
    assert places["话费"].x == places["SIM 卡"].x
    assert places["话费"].y == places["9.00"].y


@given(st.text("0123456789ABCdef-", min_size=1, max_size=20))
def test_codes_are_drawn_as_bars(data: str) -> None:
    for block in (QR(data), Barcode(data)):
        (page,) = laid(Document("any", (block,)))
        assert any(isinstance(mark, Bar) for mark in page)


@pytest.mark.parametrize("dots", [150, 200, 300, 600])
def test_codes_are_read_off_the_page(dots: int) -> None:
    ((*found,),) = codes_in(receipt(), dots)
    assert sorted(found) == sorted([LINK, SERIAL])


def test_each_barcode_says_its_data() -> None:
    data = ["0431-1", "ABC{}~ 123456789", "13812345678", "HZ01042611280001", "a" * 20]
    pages = bundle([(Document("any", (Barcode(one),)), "") for one in data], Marks(), FACE)
    assert codes_in(pages) == [[one] for one in data]


@pytest.mark.parametrize("block", [QR("\x1f"), Barcode("\x1f"), QR(""), Barcode("")])
def test_a_code_of_nothing_is_nothing(block: QR | Barcode) -> None:
    assert laid(Document("any", (block,))) == [[]]


@pytest.mark.parametrize("block", [QR("x" * 3000), Barcode("发票"), Barcode("A" * 200)])
def test_what_no_code_holds_stands_as_text(block: QR | Barcode) -> None:
    found = laid(Document("any", (block,)))
    assert not any(isinstance(mark, Bar) for page in found for mark in page)
    assert "".join(text for page in found for text in words_of(page)) == block.data


def test_what_is_no_font_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    with pytest.raises(Outside, match=r"broken\.ttf can't be read"):
        pdf(RECEIPT, MARKS, Face(tmp_path / "broken.ttf"))
    assert face(str(FACE.path)).path == FACE.path


def test_bars_stand_beside_the_rows_that_they_compare() -> None:
    table = Table(
        ("名称", "金额"), (("一", "5.00"), ("二", "10.00"), ("三", "0.00")), (), ("合计", "15.00"), (500, 1000, 0)
    )
    (page,) = laid(Document("report", (table,)))
    bars = [mark for mark in page if isinstance(mark, Bar)]
    assert [round(bar.width / bars[1].width, 3) for bar in bars] == [0.5, 1.0]
    figures = [mark for mark in page if isinstance(mark, Word)]
    assert all(bar.x > mark.x + measure(mark.text, mark.size) for bar in bars for mark in figures)
    assert all(bar.x + bar.width <= RIGHT for bar in bars)
    (bare,) = laid(Document("report", (replace(table, bars=(0, 0, 0)),)))
    assert not any(isinstance(mark, Bar) for mark in bare)


def test_a_font_without_chinese_is_told(tmp_path: Path) -> None:
    """A font of Latin letters alone, cut out of the Chinese one."""
    from fontTools import subset, ttLib

    latin = ttLib.TTFont(FACE.path)
    cutter = subset.Subsetter()
    cutter.populate(text="ABCabc0123456789")
    cutter.subset(latin)
    latin.save(tmp_path / "latin.otf")
    with pytest.raises(Outside, match="has no Chinese characters"):
        pdf(RECEIPT, MARKS, Face(tmp_path / "latin.otf"))
