"""Customer data is never read as markup, and Textual's private parts are touched in one file: read in the source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from rich.cells import cell_len

import screens
from screens.widgets.text import fit, plain, right, wrapped

ROOT = Path(screens.__file__).parent
SOURCES = [*sorted(ROOT.rglob("*.py")), ROOT.parent / "boss_tui" / "start" / "app.py"]
MARKUP = {
    "Static",
    "Label",
    "Markdown",
    "notify",
    "from_markup",
    "from_rich_text",
    "Text",
    "Toast",
    "Tooltip",
    "Button",
}


def names(tree: ast.AST) -> set[str]:
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return found | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def offences(source: str) -> set[str]:
    """What in a source could parse markup."""
    tree = ast.parse(source)
    bad = names(tree) & MARKUP
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "markup" and ast.unparse(node.value) != "False":
            bad.add("markup=")
    return bad


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nothing_on_the_screens_parses_markup(path: Path) -> None:
    assert not offences(path.read_text())


def test_the_scan_finds_what_it_looks_for() -> None:
    assert offences("from textual.widgets import Label\nLabel(name)") == {"Label"}
    assert offences("self.notify(name)") == {"notify"}
    assert offences("Widget(markup=True)") == {"markup="}


DOCUMENTED = {"os._exit", "sys._current_frames"}
"""What Python's own library reference has with an underscore: to end without order, or say where it hung."""


def private(tree: ast.AST) -> list[str]:
    """Private names of other modules' objects."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and ast.unparse(node.value) not in {"self", "super()"}
        and ast.unparse(node) not in DOCUMENTED
    ]


def test_the_scan_finds_private_names() -> None:
    found = private(
        ast.parse("app._driver; os._exit(3); sys._current_frames(); sys._getframe(); self._own; other._exit(3)")
    )
    assert found == ["app._driver", "sys._getframe", "other._exit"]


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name != "terminal.py"], ids=lambda path: path.stem)
def test_private_parts_are_touched_in_one_file_only(path: Path) -> None:
    assert private(ast.parse(path.read_text())) == []


@pytest.mark.parametrize("text", ["", "abc", "张三丰", "a张b三", "很长很长很长的一段中文，带标点。", "word " * 9])
@pytest.mark.parametrize("width", [1, 2, 7, 20])
def test_text_is_measured_in_cells(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    lines = wrapped(text, width)
    if width > 1:
        assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wrapping_breaks_words_at_blanks_and_chinese_anywhere_but_before_a_stop() -> None:
    assert wrapped("one two three", 8) == ["one two", "three"]
    assert wrapped("一二三。四", 6) == ["一二", "三。四"]
    assert wrapped("first\nsecond", 20) == ["first", "second"]


def test_nothing_that_steers_a_terminal_gets_through() -> None:
    assert plain("a\x1b[2Jb\nc\x00") == "a?[2Jb c?"
    assert fit("\x9b31m", 5) == "?31m "
    assert right("12.50", 8) == "   12.50"
