"""How the house is named and laid out, where no tool looks: one word for one thing, a glossary that leads somewhere."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("boss_tui", "screens", "data", "printers")
SOURCES = {path: path.read_text("utf-8") for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))}
CLASSES = [
    (path, name, bases)
    for path, text in SOURCES.items()
    for name, bases in re.findall(r"^class (\w+)(?:\(([^)]*)\))?:", text, re.MULTILINE)
]
PRIVATE = re.compile(r"(?<!\)\n)^(?:(?:async )?def |class |)(?!__)((?:_\w+, )*_\w+)(?=[ :(])", re.MULTILINE)
"""Names at the top of a module that others are not to use; what stands under a decorator is used by that."""
LINES = 400
"""Lines of a module at most: one that has more has a second subject, which wants a name of its own."""
MOST = 2
"""Classes of one name at most, each of another floor: a printer's status, and a work order's."""


def test_the_formatter_lays_out_every_line() -> None:
    tests = {path: path.read_text("utf-8") for path in sorted((ROOT / "tests").rglob("*.py")) if path != Path(__file__)}
    assert [str(path) for path, text in {**SOURCES, **tests}.items() if re.search(r"# fmt: (skip|off)", text)] == []


def test_no_module_is_too_long_to_be_read() -> None:
    lengths = {str(path.relative_to(ROOT)): len(text.splitlines()) for path, text in SOURCES.items()}
    assert lengths["boss_tui/start/app.py"] > 0
    assert {path: lines for path, lines in lengths.items() if lines > LINES} == {}


def test_a_class_name_says_one_thing() -> None:
    counted = Counter(name for _, name, _ in CLASSES if not name.startswith("_"))
    assert {name: n for name, n in counted.items() if n > MOST} == {}
    assert counted["Line"] == 1


def test_no_private_name_is_left_over() -> None:
    """Each that a module has at its top is used there, or by a module that imports it."""
    left = []
    for path, text in SOURCES.items():
        said = Counter(re.findall(r"\b_\w+", text))
        names = (name for names in PRIVATE.findall(text) for name in names.split(", "))
        left += [(path, name) for name in names if said[name] == 1 and not _named_elsewhere(path, name)]
    assert left == []


def test_no_module_takes_a_private_name_of_another() -> None:
    taken = re.compile(
        r"^\s*from (?:boss_tui|screens|data|printers)\b\S* import (?:\([^)]*|.*)\b(_[a-zA-Z]\w*)", re.MULTILINE
    )
    found = {str(path.relative_to(ROOT)): hit[1] for path, text in SOURCES.items() for hit in taken.finditer(text)}
    assert taken.search("from data.store import (\n    Store,\n    _inner,\n)")
    assert found == {}


def _named_elsewhere(module: Path, name: str) -> bool:
    dotted = ".".join(module.relative_to(ROOT).with_suffix("").parts)
    imported = re.compile(rf"from {re.escape(dotted)} import [^)]*?\b{name}\b")
    return any(imported.search(text) for text in SOURCES.values())


def test_what_several_commands_take_is_declared_once() -> None:
    """Options and arguments that are word for word the same have one name, in `commands/options.py` or their module."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path, text in SOURCES.items():
        if path.parent == ROOT / "boss_tui" / "commands":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Annotated":
                    found[ast.unparse(node)].append(f"{path.name}:{node.lineno}")
    assert len(found) > len(PACKAGES)
    assert {told: places for told, places in found.items() if len(places) > 1} == {}


@pytest.mark.parametrize("kind", ["Form", "Screen"])
def test_what_is_a_form_or_a_screen_says_so(kind: str) -> None:
    """So that the form, the screen and the business of one name are told apart."""
    of = re.compile(rf"\b\w*{kind}\b")
    found = [name for _, name, bases in CLASSES if any(of.fullmatch(base.strip()) for base in bases.split(","))]
    assert len(found) > len(PACKAGES)
    assert [name for name in found if not name.startswith("_") and not re.search(rf"{kind}(Screen)?$", name)] == []


def test_the_glossary_names_files_that_are_there() -> None:
    named = re.findall(r"(?<![\w.])((?:\w+/)+\w+\.py)", (ROOT / "GLOSSARY.md").read_text("utf-8"))
    assert len(named) > len(PACKAGES)
    assert [path for path in named if not (ROOT / path).is_file() and not (ROOT / "boss_tui" / path).is_file()] == []


def test_the_glossary_tells_every_folder() -> None:
    """A newcomer reads one list of them; a business's own (c05, m05) and one of files need no line."""
    told = set(re.findall(r"`([\w/]+)`", (ROOT / "GLOSSARY.md").read_text("utf-8").partition("## Folders")[2]))
    folders = sorted({path.parent.relative_to(ROOT) for path in SOURCES})
    untold = [each for each in folders if not told & {str(each), "/".join(each.parts[1:])}]
    assert [str(each) for each in untold if not re.fullmatch(r"[cm]\d\d(_\d)?|versions|shipped", each.name)] == []


def test_the_index_of_the_components_leads_to_them() -> None:
    """Column after column, the modules whose `Component` bears its code."""
    folder = ROOT / "boss_tui" / "components"
    told = re.findall(r"\b([FAB]\d+) ((?:\w+, )*\w+)", SOURCES[folder / "__init__.py"].partition("begins:")[2])
    stands = {
        (code, path.stem)
        for path, text in SOURCES.items()
        if folder in path.parents
        for code in re.findall(r'^    code.*= "([FAB]\d+)"', text, re.MULTILINE)
    }
    assert {(code, name) for code, names in told for name in names.split(", ")} == stands


def test_no_stored_time_is_cut_to_a_day_or_a_minute() -> None:
    """It is UTC: until eight in the morning its day is the one before by the hall's calendar (`data/clock.py`)."""
    slices = r"(?:_at|until|since|now\(\)|present\(\))\)?\[:(?:10|16|19)\]"
    cut = re.compile(rf"{slices}|(?:now|present)\(\)\.date\(\)|astimezone\(CHINA\)\.date\(\)")
    found = [f"{path.name}: {hit[0]}" for path, text in SOURCES.items() for hit in cut.finditer(text)]
    assert found == ["clock.py: astimezone(CHINA).date()"]


def test_whether_a_text_is_digits_is_asked_in_one_place() -> None:
    """`isdigit` alone takes signs that no number can be read from."""
    by_hand = re.compile(
        r"isascii\(\) (?:and|or) .*is(?:digit|decimal)\(\)|int\((\w+)\).* if \1\.is(?:digit|decimal)\(\)"
    )
    assert [path.name for path, text in SOURCES.items() if by_hand.search(text)] == ["characters.py"]
