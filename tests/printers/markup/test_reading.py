"""The markup of layouts is read strictly: what is wrong is told by line and column."""

from __future__ import annotations

import pytest

from printers.markup.reading import DEEPEST, MOST_CHARACTERS, MOST_LINES, read
from printers.markup.tree import Each, MarkupLine, Name, Unreadable, When, Words


def wrong(text: str) -> list[tuple[int, int]]:
    try:
        read(text)
    except Unreadable as unreadable:
        return [(fault.line, fault.column) for fault in unreadable.faults]
    return []


def only(text: str) -> MarkupLine:
    (line,) = read(text)
    assert isinstance(line, MarkupLine)
    return line


def test_a_line_says_what_it_is_how_it_stands_and_what_it_says() -> None:
    line = only("  text center bold double:  No. {number} [号|th] ")
    assert (line.word, line.align, line.bold, line.double, line.wrap) == ("text", "center", True, True, False)
    assert line.cells == ((Words("No. ", "No. ", 29), Name("number", 33), Words(" ", " ", 41), Words("号", "th", 42)),)


@pytest.mark.parametrize("text", ["", "   ", "# a: {b", "  # comment", "\n\n"])
def test_comments_and_blank_lines_are_nothing(text: str) -> None:
    assert read(text) == ()


def test_columns_have_widths_and_sides() -> None:
    line = only("row 0 9 11 left right center: {a} | b | ")
    assert (line.widths, line.aligns) == ((0, 9, 11), ("left", "right", "center"))
    assert line.cells == ((Name("a", 31),), (Words("b", "b", 37),), ())


def test_a_backslash_takes_a_sign_or_a_blank_as_it_is() -> None:
    line = only("text: \\ \\{a\\}\\[b\\]\\|\\\\ c\\ ")
    ((words,),) = line.cells
    assert isinstance(words, Words)
    assert words.english == " {a}[b]|\\ c "


def test_blanks_between_brackets_stay_and_a_blank_says_nothing() -> None:
    line = only("text: {a}[元| ][  x| y ]")
    assert line.cells[0][1:] == (Words("元", " ", 10), Words("  x", " y ", 15))


def test_conditions_and_repeats_stand_in_each_other() -> None:
    (node,) = read("if a\n cut\nelse\n each b\n  cut\n end\nend")
    assert isinstance(node, When)
    assert [type(each) for each in (*node.then, *node.otherwise)] == [MarkupLine, Each]
    (other,) = read("if a = two words \nend")
    assert isinstance(other, When)
    assert (other.name, other.equals, other.negated) == (Name("a", 4), "two words", False)
    (third,) = read("if not a\nend")
    assert isinstance(third, When)
    assert third.negated


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("cut", []),
        ("cut:", [(1, 4)]),
        ("cut now", [(1, 5)]),
        ("texts: a", [(1, 1)]),
        ("text a", [(1, 6)]),  # a is no way to stand
        ("text", [(1, 5)]),
        ("text bold", [(1, 5)]),
        ("text 3: a", [(1, 6)]),
        ("text left right: a", [(1, 11)]),
        ("text: a | b", [(1, 6)]),
        ("pair: a", [(1, 6)]),
        ("pair center: a | b", [(1, 6)]),
        ("pair: a | b | c", [(1, 6)]),
        ("row: 1|2|3|4|5|6|7|8", []),
        ("row: 1|2|3|4|5|6|7|8|9", [(1, 5)]),
        ("row 1 2: a", [(1, 9)]),
        ("row left: a | b", [(1, 10)]),
        ("row 48: a", []),
        ("row 49: a", [(1, 5)]),
        ("row 048: a", [(1, 5)]),
        ("row -1: a", [(1, 5)]),
        ("table: {t}", []),
        ("table: t", [(1, 7)]),
        ("table: {t} {u}", [(1, 7)]),
        ("rule", []),
        ("rule: =", []),
        ("rule: ==", [(1, 6)]),
        ("rule: —", [(1, 6)]),
        ("feed 9", []),
        ("feed 10", [(1, 6)]),
        ("feed 1 2", [(1, 8)]),
        ("qr", [(1, 3)]),
        ("text: {", [(1, 7)]),
        ("text: {}", [(1, 7)]),
        ("text: {A}", [(1, 7)]),
        ("text: {a b}", [(1, 7)]),
        ("text: a}", [(1, 8)]),
        ("text: a]", [(1, 8)]),
        ("text: [a]", [(1, 7)]),
        ("text: [a|]", [(1, 7)]),
        ("text: [|a]", [(1, 7)]),
        ("text: [ | ]", [(1, 7)]),
        ("text: [a|b|c]", [(1, 7)]),
        ("text: [a|{b}]", [(1, 7)]),
        ("text: [a|b", [(1, 7)]),
        ("text: a\\n", [(1, 8)]),
        ("text: a\\", [(1, 8)]),
        (": a", [(1, 1)]),
        ("if", [(1, 1), (1, 1)]),
        ("if a b\nend", [(1, 1)]),
        ("if not a = b\nend", [(1, 12)]),
        ("if a =\nend", [(1, 1)]),
        ("each\nend", [(1, 1)]),
        ("each a b\nend", [(1, 1)]),
        ("if a", [(1, 1)]),
        ("cut\n  each a\n  cut", [(2, 3)]),
        ("end", [(1, 1)]),
        ("else", [(1, 1)]),
        ("each a\nelse\nend", [(2, 1)]),
        ("if a\nelse\nelse\nend", [(3, 1)]),
        ("if a\nend if", [(2, 5)]),
        ("text: {\ncut:\npair: a", [(1, 7), (2, 4), (3, 6)]),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(text: str, places: list[tuple[int, int]]) -> None:
    found = wrong(text)
    assert found[: len(places)] == places
    assert bool(found) is bool(places)


def test_a_layout_has_bounds() -> None:
    assert wrong("\n" * (MOST_LINES - 1) + "cut") == []
    assert wrong("\n" * MOST_LINES + "cut") == [(MOST_LINES + 1, 1)]
    assert wrong("#" * MOST_CHARACTERS) == []
    assert wrong("#" * (MOST_CHARACTERS + 1)) == [(1, 1)]
    assert wrong("if a\n" * DEEPEST + "end\n" * DEEPEST) == []
    assert wrong("if a\n" * (DEEPEST + 1) + "end\n" * (DEEPEST + 1)) == [(DEEPEST + 1, 1)]
