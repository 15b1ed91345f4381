"""Files into editions: what is read, what each row comes to, and each kind of what is wrong, by line and column."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import Workbook

from boss_tui.editions.lines import RowEdit
from boss_tui.locale import words
from boss_tui.management.kit import exporting, files, importing
from boss_tui.management.kit.entity import Column
from boss_tui.management.kit.filters import Filter, value_of
from boss_tui.management.kit.importing import Judged
from boss_tui.management.kit.stored import ListQuery
from boss_tui.management.subjects import MODULES, named, subject
from boss_tui.management.words import said
from data.errors import BadForm, NotAllowed
from tests.boss_tui.editions.office import LATER, TODAY, TOMORROW, Desk, new_price, price

_, PRICES = named("M6")
_, TAXES = named("M6/tax_rate")
_, ITEMS = named("M6/charge_item")
HEAD = "id,item,business,amount,name_zh,valid_from\n"
EN = words("en")


def source(text: str, encoding: str = "utf-8") -> files.Source:
    return files.parsed("prices.csv", text.encode(encoding))


def judged(office: Desk, text: str, day: str = TODAY, entity: object = PRICES) -> Judged:
    opened = importing.opened(entity, source(text), day)  # type: ignore[arg-type]
    with office.store.reading() as reading:
        while importing.judge(reading, opened, TODAY, 3):
            pass
    return opened


# files


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB 18030"), ("gbk", "GB 18030")],
)
def test_the_encoding_is_seen_and_told(encoding: str, told: str) -> None:
    read = source("费用项目,金额\n卡费,1\n", encoding)
    assert (read.encoding, read.heading, read.records[0].cells) == (told, ("费用项目", "金额"), ("卡费", "1"))


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"a,b\n1,2\n\xff\xff,3\n", "3"), (b'a\n"b\n', "2"), (b'a\n"b"c\n', "2"), (b"", ""), (b"\n \n", "")],
)
def test_what_is_no_file_of_rows_is_told_with_its_line(content: bytes, line: str) -> None:
    with pytest.raises(BadForm) as refused:
        files.parsed("f.csv", content)
    assert set(refused.value.errors) == {"file"}
    assert line in str(refused.value.errors["file"])


def test_utf_16_is_named_as_what_it_is() -> None:
    with pytest.raises(BadForm, match="UTF-16"):
        files.parsed("f.csv", "a,b".encode("utf-16"))
    with pytest.raises(BadForm, match="UTF-16"):
        files.parsed("f.csv", "a,b\n甲,1\n".encode("utf-16-le"))  # without the mark that says so


def test_lines_are_counted_as_an_editor_does() -> None:
    read = source('id;name\n\n1;"two\nlines"\n2;x\n')
    assert [(each.line, each.cells) for each in read.records] == [(3, ("1", "two\nlines")), (5, ("2", "x"))]


def test_a_spreadsheet_is_read_as_what_would_be_typed() -> None:
    from datetime import date, datetime

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "amount", "from"], ["P1", 12.5, datetime(2026, 12, 1)], [7, 12, date(2026, 12, 2)], []):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    read = files.parsed("p.xlsx", out.getvalue())
    assert (read.encoding, [each.cells for each in read.records]) == (
        "XLSX",
        [("P1", "12.5", "2026-12-01"), ("7", "12", "2026-12-02")],
    )
    with pytest.raises(BadForm):
        files.parsed("p.xlsx", out.getvalue()[:200])


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("6", 600), ("6%", 600), ("6.5", 650), ("６．２５ ％", 625), ("0", 0), ("100", 10_000), ("100.01", None)]
    + [(typed, None) for typed in ("600", "6.255", "-6", "six", "%", "1,0")],
)
def test_a_rate_of_tax_is_typed_in_per_cent_and_shown_so(typed: str, stored: int | None) -> None:
    if stored is None:
        with pytest.raises(BadForm):
            TAXES.form.one("rate", typed)
        return
    assert TAXES.form.one("rate", typed) == stored
    rate = TAXES.column("rate")
    assert TAXES.form.one("rate", TAXES.typed({"category": "", "valid_from": "", "rate": stored})["rate"]) == stored
    assert value_of(rate, typed) == stored
    assert str(said(TAXES, rate, 650, {})) == "6.5 %"


def test_a_rate_in_a_spreadsheet_is_what_its_cell_shows() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["category", "valid_from", "rate"])
    for rate, shown in ((0.06, "0%"), (0.065, "0.0%"), (13, "General"), (6.5, "#,##0.00")):
        sheet.append(["std", date(2026, 12, 1), rate])
        sheet.cell(sheet.max_row, 3).number_format = shown
    out = io.BytesIO()
    book.save(out)
    assert [row.cells[2] for row in files.parsed("p.xlsx", out.getvalue()).records] == ["6%", "6.5%", "13", "6.5"]


# the heading


@pytest.mark.parametrize(
    ("heading", "wrong"),
    [
        ("category,valid_from,rate", set()),
        ("税目,From,税率", set()),
        ("category,,rate", {"column 2"}),
        ("category,colour", {"colour"}),
        ("category,税目", {"税目"}),
        ("category,rate", {"valid_from"}),
        ("rate", {"category", "valid_from"}),
    ],
)
def test_a_heading_names_columns_once_and_the_key(heading: str, wrong: set[str]) -> None:
    read = source(f"{heading}\nx\n")
    if not wrong:
        importing.opened(TAXES, read, TODAY)
        return
    with pytest.raises(BadForm) as refused:
        importing.opened(TAXES, read, TODAY)
    assert set(refused.value.errors) == wrong


def test_in_each_language_columns_are_told_apart_by_their_names() -> None:
    for code in MODULES:
        for entity in subject(code).entities:
            for language in ("en", "zh_CN"):
                labels = exporting.heading(entity, words(language))
                assert len(set(labels)) == len(entity.columns), (entity.name, labels)


# rows


def test_each_row_is_new_changed_same_or_bad(office: Desk) -> None:
    found = judged(office, HEAD + "P1,card,C1,15,,\nP2,fee,C1,20.00,,\nN1,card,C2,1,,\n,card,C3,2,,\nP9,card,C1,x,,\n")
    assert found.counts() == {"new": 2, "changed": 1, "same": 1, "bad": 1}
    one, two, three = found.verdicts
    assert (one.line, one.before, one.edit) == (
        2,
        {"amount": 1000},
        RowEdit("price_rule", ("P1",), "change", {"amount": 1500}),
    )
    assert (two.line, two.edit.op, two.edit.key, two.edit.values["amount"]) == (4, "add", ("N1",), 100)
    assert (three.line, len(three.edit.key[0]) > 8) == (5, True)
    assert [(f.line, f.column, f.kind) for f in found.faults] == [(6, "amount", "cell")]


def test_an_empty_cell_leaves_and_a_dash_empties(office: Desk) -> None:
    office.approved(price(1000, name_zh="卡费", valid_from="2026-01-01"))
    found = judged(office, HEAD + "P1,,,,-,\n")
    assert found.verdicts[0].edit.values == {"name_zh": ""}
    assert judged(office, HEAD + "P1,,,,,\n").counts()["same"] == 1
    assert judged(office, HEAD + "P1,,,,,-\n").verdicts[0].edit.values == {"valid_from": ""}
    assert [f.column for f in judged(office, HEAD + "P1,,,-,,\n").faults] == ["amount"]  # it is needed


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        ("P1,,,1,,,,", []),
        ("P1,,,1,,,,7", [("", "cells")]),
        ("P1", []),
        ("N1", [("item", "cell"), ("business", "cell"), ("amount", "cell")]),
        ("P1,,,1.234,,20260230", [("amount", "cell"), ("valid_from", "cell")]),
        (",card,C9,1,,", []),
    ],
)
def test_what_is_wrong_is_told_by_column_and_class(office: Desk, row: str, faults: list[tuple[str, str]]) -> None:
    found = judged(office, f"{HEAD}{row}\n")
    assert sorted((f.column, f.kind) for f in found.faults) == sorted(faults)


def test_a_new_row_that_is_over_is_bad(office: Desk) -> None:
    found = judged(office, "id,item,business,amount,valid_to\nN1,card,C1,1,20261122\nN2,card,C1,1,20261123\n")
    assert [(fault.line, fault.column) for fault in found.faults] == [(2, "valid_to")]
    assert [verdict.edit.key for verdict in found.verdicts] == [("N2",)]


def test_a_key_of_two_parts_is_whole_right_and_there_once(office: Desk) -> None:
    text = "category,valid_from,rate\nstd,20261201,13\nstd,2026-12-01,14\n,20261202,1\nstd,bad,1\nstd,20261202,1\n"
    found = judged(office, text, entity=TAXES)
    assert [(f.line, f.column, f.kind) for f in found.faults] == [
        (3, "category", "twice"),
        (4, "category", "key"),
        (5, "valid_from", "cell"),
    ]
    assert found.classes() == {"twice": 1, "key": 1, "cell": 1}
    assert [v.line for v in found.verdicts] == [2, 6]


def test_rows_are_compared_with_those_of_the_date_from_which_they_count(office: Desk) -> None:
    office.approved(price(1500), new_price("N1", business="C2"), effective_from=TOMORROW)
    text = HEAD + "P1,,,15,,\nN1,card,C2,0.01,,\n"
    assert judged(office, text).counts() == {"new": 1, "changed": 1, "same": 0, "bad": 0}
    assert judged(office, text, LATER).counts() == {"new": 0, "changed": 0, "same": 2, "bad": 0}


def test_the_bad_rows_come_out_as_they_were_with_field_and_why(office: Desk) -> None:
    found = judged(office, HEAD + "P1,,,x,卡,20260230\nP2,,,5,,\nP1,,,3,,,,,9\n")
    again = files.parsed("bad.csv", importing.bad_rows(found, "csv", EN))
    assert again.heading == (*source(HEAD).heading, "Field", "What is wrong")
    assert [each.cells[:4] for each in again.records] == [("P1", "", "", "x"), ("P1", "", "", "3")]
    assert again.records[0].cells[6] == "valid_from, amount"
    assert "An amount in yuan" in again.records[0].cells[7]
    assert "There is no day" in again.records[0].cells[7]


def test_what_names_nothing_is_told_by_row_and_cell_before_anything_is_written(office: Desk) -> None:
    """The others stay good; a row that a draft adds may be named already, with which it is approved."""
    found = judged(office, HEAD + "X1,card,C1,1,卡\nX2,nonsense,C1,1,卡\nX3,drafted,C1,1,卡\n")
    assert [(each.line, each.column) for each in found.faults] == [(3, "item"), (4, "item")]
    assert f"nonsense on {TODAY}" in str(found.faults[0].message)
    assert (found.counts()["new"], found.bad_lines) == (1, [3, 4])
    of_item = {"name_zh": "新项", "ledger_account": "6001"}
    office.drafted(RowEdit("charge_item", ("drafted",), "add", of_item))
    found = judged(office, HEAD + "X1,card,C1,1,卡\nX2,nonsense,C1,1,卡\nX3,drafted,C1,1,卡\n")
    assert [(each.line, each.column) for each in found.faults] == [(3, "item")]


def test_line_77_777_of_100_000_is_the_one_that_is_bad(office: Desk) -> None:
    rows = [f"I{n},项目{n},6001" for n in range(2, 100_002)]
    rows[77_777 - 2] = "I77777,,6001"
    found = importing.opened(ITEMS, source("code,name_zh,ledger_account\n" + "\n".join(rows) + "\n"), TODAY)
    found.read = 77_600  # what is before is judged no other than what is behind
    with office.store.reading() as reading:
        assert importing.judge(reading, found, TODAY)
    assert found.counts() == {"new": importing.STEP - 1, "changed": 0, "same": 0, "bad": 1}
    assert [(f.line, f.column) for f in found.faults] == [(77_777, "name_zh")]


# what was exported is imported


@pytest.mark.parametrize("form", ["csv", "gb18030", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_was_exported_comes_back_the_same(office: Desk, form: files.Format, language: str) -> None:
    office.approved(
        price(1050, name_zh="-5 元", name_en="=1+1", valid_from="2026-01-01", percent=90, monthly=1),
        new_price("'quoted", business="C2", name_zh='一，二"三', amount=123_456_789),
    )
    with office.store.reading() as reading:
        rows = list(exporting.rows(reading, PRICES, ListQuery(Filter(), "", False, TODAY, TODAY)))
        content = exporting.written(PRICES, rows, form, words(language))
        found = importing.opened(PRICES, files.parsed(f"x.{form}", content), TODAY)
        importing.judge(reading, found, TODAY)
    assert found.counts() == {"new": 0, "changed": 0, "same": 3, "bad": 0}
    if form == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        assert b",'=1+1," in content


def test_titles_of_several_editions_are_numbered() -> None:
    assert importing.titles("T", 5000, 5000)(0) == "T"
    assert [importing.titles("T", 5001, 5000)(part) for part in (0, 1)] == ["T (1/2)", "T (2/2)"]


def test_a_row_of_a_sheet_with_nothing_in_it_is_none() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for line, cells in ((1, ("code", "name")), (3, ("A", "", None)), (4, (None, "")), (5, ("", "b"))):
        for column, cell in enumerate(cells, 1):
            sheet.cell(line, column, cell)
    out = io.BytesIO()
    book.save(out)
    read = files.parsed("p.xlsx", out.getvalue())
    assert [(row.line, row.cells) for row in read.records] == [(3, ("A",)), (5, ("", "b"))]


@pytest.mark.parametrize(
    ("kind", "is_number", "value", "plain"),
    [
        ("money", True, 1050, Decimal("10.5")),
        ("date", False, "2026-11-23", date(2026, 11, 23)),
        ("date", False, "", ""),
        ("digits", True, 7, 7),
        ("text", False, "x", "x"),
        ("text", False, None, ""),
        ("flag", True, 1, "y"),
        ("flag", True, 0, "n"),
    ],
)
def test_a_spreadsheet_holds_numbers_days_and_amounts_as_such(
    kind: str, is_number: bool, value: Any, plain: Any
) -> None:
    spec: Any = SimpleNamespace(ask=SimpleNamespace(kind=kind))
    found = exporting._plain(Column("x", spec, False, is_number), value)
    assert (found, type(found)) == (plain, type(plain))


RUN = ("=1", "+1", "-1", "@x", "＝1", "\t=1", "\n=1", "'=x", "''=x", "'\n=x", " =1", "\u3000＝1", "' =x")


@pytest.mark.parametrize("text", [*RUN, "'x", "'", "x'=1", " x", "a\nb", 'say "hi", he', "１２", "-"])
@pytest.mark.parametrize("form", ["csv", "gb18030", "xlsx"])
def test_a_text_comes_back_as_it_was_and_nothing_in_it_is_run(text: str, form: files.Format) -> None:
    if form == "xlsx":
        content = files.sheet_bytes("T", ("a", "b"), [("x", text)])
    else:
        content = files.csv_bytes([("a", "b"), ("x", text)], form)
        assert text not in RUN or f"'{text}" in content.decode("utf-8-sig" if form == "csv" else form)
    assert files.parsed(f"f.{form}", content).records[0].cells == ("x", text)


@pytest.mark.parametrize(("text", "fits"), [("x" * 32_767, True), ("x" * 32_768, False), ("a\x0bb", False)])
def test_a_text_that_a_spreadsheet_can_t_hold_is_refused(text: str, fits: bool) -> None:
    if fits:
        content = files.sheet_bytes("T", ("a",), [(text,)])
        assert files.parsed("f.xlsx", content).records[0].cells == (text,)
        return
    with pytest.raises(NotAllowed, match="take CSV") as refused:
        files.sheet_bytes("T", ("a",), [(text,)])
    assert refused.value.field == "form"
