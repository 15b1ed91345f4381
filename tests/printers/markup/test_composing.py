"""Blocks come of a layout and of what a paper says."""

from __future__ import annotations

from typing import Any

from data.message import say
from printers.document import (
    HALLS,
    QR,
    Barcode,
    Block,
    Cut,
    Drawer,
    Feed,
    HorizontalRule,
    KeyValue,
    Logo,
    Row,
    Table,
    Text,
)
from printers.markup.composing import composer
from printers.markup.reading import read
from printers.markup.tree import Field

TEXT = Field(say("Text"))
KNOWN = {
    "a": TEXT,
    "b": TEXT,
    "table": Field(say("Table"), "table"),
    "list": Field(say("List"), "list", {"a": TEXT, "of": Field(say("Of"), "list", {"c": TEXT})}),
}


def made(text: str, language: str = "en", **values: Any) -> tuple[Block, ...]:
    return composer(read(text), KNOWN, language)(values)


def test_each_word_makes_its_block() -> None:
    text = """text right bold double: x
text wrap: {a}
pair: k | {a}
pair left bold: k | v
row 0 9 right left: {a} | y
rule
rule: =
qr: q{a}
barcode: {a}
feed
feed 3
logo
drawer
cut"""
    assert made(text, a="1") == (
        Text("x", "right", True, 2),
        Text("1"),
        KeyValue("k", "1"),
        KeyValue("k", "v", "left", True),
        Row(("1", "y"), (0, 9), ("right", "left")),
        HorizontalRule(),
        HorizontalRule("="),
        QR("q1"),
        Barcode("1"),
        Feed(),
        Feed(3),
        Logo(HALLS),
        Drawer(),
        Cut(),
    )


def test_words_are_in_the_paper_s_language() -> None:
    assert made("text: [共| total] {a}[元|]".replace("|]", "| ]"), "zh_CN", a="5") == (Text("共 5元"),)
    assert made("text: [共|total] {a}[元| ]", "en", a="5") == (Text("total 5 "),)


def test_a_condition_looks_whether_a_field_says_something_or_just_that() -> None:
    text = "if a\ntext: yes\nelse\ntext: no\nend"
    assert made(text, a="x") == (Text("yes"),)
    assert made(text, a="") == (Text("no"),)
    assert made(text.replace("if a", "if not a"), a="") == (Text("yes"),)
    assert made(text.replace("if a", "if a = x y"), a="x y") == (Text("yes"),)
    assert made(text.replace("if a", "if a = x y"), a="x") == (Text("no"),)


def test_a_repeat_has_its_own_fields_first_and_those_around_it() -> None:
    text = "each list\ntext: {a} {b}\neach of\ntext: {a}{c}\nend\nend\ntext: {a}"
    items = [{"a": "1", "of": [{"c": "x"}, {"c": "y"}]}, {"a": "2", "of": []}]
    assert [block.text for block in made(text, a="0", b="!", list=items) if isinstance(block, Text)] == [
        "1 !",
        "1x",
        "1y",
        "2 !",
        "0",
    ]


def test_a_table_comes_as_it_is_and_none_leaves_no_trace() -> None:
    table = Table((), (("x", "1"),))
    assert made("table: {table}\ncut", table=table) == (table, Cut())
    assert made("table: {table}\ncut", table=None) == (Cut(),)


def test_values_are_never_read_as_markup() -> None:
    assert made("text: {a}", a="{b} [x|y] \\ if") == (Text("{b} [x|y] \\ if"),)


def test_what_says_the_same_is_one_block() -> None:
    compose = composer(read("pair: [中|k] | v\ncut"), KNOWN, "en")
    assert all(one is other for one, other in zip(compose({}), compose({}), strict=True))
