"""A layout names what there is, prints what it must on every paper, and fits 58 mm."""

from __future__ import annotations

import pytest

from data.message import say
from printers.markup.checking import faults
from printers.markup.reading import read
from printers.markup.tree import Field

A = Field(say("A"))
KNOWN = {
    "a": A,
    "b": Field(say("B")),
    "flag": Field(say("Flag"), "flag"),
    "cash_moves": Field(say("Cash"), "flag"),
    "list": Field(say("List"), "list", {"a": A, "inner": A}),
    "table": Field(say("Table"), "table"),
}


def places(text: str, *needed: str, language: str = "") -> list[tuple[int, int]]:
    return [(fault.line, fault.column) for fault in faults(read(text), KNOWN, needed, language)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("text: {a}", []),
        ("text: {c}", [(1, 7)]),
        ("text: x {inner}", [(1, 9)]),
        ("text: {flag}", [(1, 7)]),
        ("text: {list}", [(1, 7)]),
        ("text: {table}", [(1, 7)]),
        ("table: {table}", []),
        ("table: {a}", [(1, 8)]),
        ("if flag\nend", []),
        ("if c\nend", [(1, 4)]),
        ("if table\nend", []),
        ("if a = x\nend", []),
        ("if flag = x\nend", [(1, 4)]),
        ("each list\ntext: {inner}{b}\nend", []),
        ("each list\ntext: {c}\nend", [(2, 7)]),
        ("each a\nend", [(1, 6)]),
        ("each c\ntext: {x}\nend", [(1, 6), (2, 7)]),
    ],
)
def test_a_name_is_a_field_and_is_used_as_what_it_is(text: str, wrong: list[tuple[int, int]]) -> None:
    assert places(f"{text}\ncut") == wrong


@pytest.mark.parametrize(
    ("text", "needed", "there"),
    [
        ("text: {a}", "a", True),
        ("text: {b}", "a", False),
        ("if a\ntext: {a}\nend", "a", True),
        ("if b\ntext: {a}\nend", "a", False),
        ("if not a\ntext: {a}\nend", "a", False),
        ("if a = x\ntext: {a}\nend", "a", False),
        ("if flag\ntext: {a}\nelse\npair: x | {a}\nend", "a", True),
        ("if flag\ntext: {a}\nelse\nend", "a", False),
        ("if not flag\ntext: {b}\nelse\ntext: {a}\nend", "a", False),
        ("each list\ntext: {inner}\nend", "list.inner", True),
        ("each list\ntext: {a}\nend", "list.inner", False),
        ("each list\ntext: {b}\nend", "b", False),  # a list may be empty
        ("if list\neach list\ntext: {inner}\nend\nend", "list.inner", True),
        ("if flag\neach list\ntext: {inner}\nend\nend", "list.inner", False),
        ("drawer", "drawer", True),
        ("if cash_moves\ndrawer\nend", "drawer", True),
        ("if flag\ndrawer\nend", "drawer", False),
        ("if not cash_moves\ndrawer\nend", "drawer", False),
        ("text: {b}", "drawer", False),
    ],
)
def test_what_is_needed_is_printed_on_every_paper(text: str, needed: str, there: bool) -> None:
    assert bool(places(f"{text}\ncut", needed)) is not there


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("text: x\ncut", True),
        ("cut\ntext: x", False),
        ("cut\nif flag\ntext: x\ncut\nend", True),
        ("if flag\ncut\nend", False),
        ("if flag\ncut\nelse\ncut\nend", True),
        ("if flag\ncut\nelse\ntext: x\nend", False),
        ("cut\neach list\ncut\nend", True),
        ("each list\ncut\nend", False),
    ],
)
def test_a_layout_ends_with_a_cut(text: str, ends: bool) -> None:
    assert bool(places(text)) is not ends


HAN = "汉" * 16


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (f"text: {HAN}", []),
        (f"text: {HAN}x", [(1, 7)]),
        (f"text wrap: {HAN}x", []),
        (f"text: [{HAN}|{'x' * 32}]", []),
        (f"text: [{HAN}|{'x' * 33}]", [(1, 7)]),
        (f"text: {'x' * 30}{{a}}[汉|y][汉|y]", [(1, 45)]),
        (f"pair: {HAN} | {HAN}", []),
        (f"pair: {HAN}汉 | x", [(1, 7)]),
        ("row 10 21: x | y", []),
        ("row 10 22: x | y", [(1, 11)]),
        ("row 0 30: x | y", []),
        ("row 0 31: x | y", [(1, 10)]),
        ("row 0 4: x | 四个字", [(1, 14)]),
        ("row 0 6: x | 四个字", []),
        ("qr: http://x/{a}", []),
        ("qr: 网址{a}", [(1, 5)]),
        ("barcode: [a|é]", [(1, 10)]),
    ],
)
def test_fixed_words_fit_58_mm(text: str, wrong: list[tuple[int, int]]) -> None:
    assert places(f"{text}\ncut") == wrong


def test_words_of_another_language_are_not_measured() -> None:
    text = f"text: [{HAN}|{'x' * 33}]\ncut"
    assert places(text, language="zh_CN") == []
    assert places(text, language="en") == [(1, 7)]
