"""The words of the screens: all there in Chinese, and of a width that every terminal agrees on."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import string
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from rich.cells import cell_len

import boss_tui.locale
import screens
from boss_tui.locale import words
from data.message import Message
from screens.action_handlers import showable
from screens.actions import ACTIONS
from screens.frame import DeskScreen
from screens.keys import bindings, key_sheet, shown
from screens.manage.edition_keys import APPROVE, NEXT, SUBMIT
from screens.manage.editions import EditionScreen
from screens.meanings import NOTHING, TRY, Meaning

PO_FILE = Path(boss_tui.locale.__file__).parent / "zh_CN" / "LC_MESSAGES" / "boss.po"


def said() -> set[str]:
    """Every template that the screens say."""
    found = set()
    for path in Path(screens.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"say", "wrong"}:
                assert isinstance(node.args[0], ast.Constant), f"{path}: not a literal"
                found.add(str(node.args[0].value))
    return found


def test_every_word_of_the_screens_is_there_in_chinese_with_the_same_values() -> None:
    with PO_FILE.open("rb") as file:
        translations = read_po(file)
    for template in said():
        entry = translations.get(template)
        assert entry is not None, template
        assert entry.string, template
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (template, str(entry.string))
        ]
        assert fields[0] == fields[1], template


def test_no_word_has_a_width_that_terminals_disagree_on() -> None:
    with PO_FILE.open("rb") as file:
        texts = [str(entry.string) for entry in read_po(file) if entry.id]
    for text in [*texts, *said()]:
        assert not [c for c in text if unicodedata.east_asian_width(c) == "A"], text


def meanings() -> list[Mapping[str, Meaning]]:
    """What keys mean, screen by screen."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    of_editions = ({**EditionScreen.means, "complete": each} for each in (SUBMIT, APPROVE, NEXT))
    found: list[Mapping[str, Meaning]] = [DeskScreen.means, *of_editions]
    left: list[type[DeskScreen]] = [DeskScreen]
    while left:
        left += (more := left.pop().__subclasses__())
        found += [each.means for each in more if "means" in vars(each)]
    assert len(found) > 12
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_footer_fits_on_each_screen(language: str) -> None:
    spoken = words(language)
    footer = [action for action in ACTIONS if action.footer]
    for means in meanings():
        assert means.keys() <= {action.name for action in ACTIONS}
        dashed = ((a, "" if a.name in means else "-") for a in footer)  # what it has is there to be done
        told = [f"{shown(a.key)}{dash}{spoken(means.get(a.name, a).label)} " for a, dash in dashed]
        assert sum(map(cell_len, told)) <= 80 + 1, told  # the last blank


def test_the_bare_linux_console_is_spoken_to_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert [showable(language) for language in ("zh_CN", "en", "xx")] == ["zh_CN", "en", "en"]
    monkeypatch.setenv("TERM", "linux")
    assert showable("zh_CN") == "en"


def test_no_key_has_two_meanings() -> None:
    keys = [key for binding in bindings() for key in binding.key.split(",")]
    assert len(keys) == len(set(keys))


def test_the_key_sheet_has_every_key() -> None:
    sheet = key_sheet(words("zh_CN"))
    assert ("F10", "Ctrl+S", "办理", "收款并办结") in sheet
    assert len(sheet) == len([action for action in ACTIONS if action.key])


def test_the_keys_of_a_screen_are_those_that_do_something_there_or_say_why_not_now() -> None:
    sheet = key_sheet(words("en"), {"hold": TRY}, {"find": NOTHING, "complete": Message("Not yet.")})
    told = {key: (label, text) for key, _, label, text in sheet}
    assert "F2" not in told
    assert told["F10"] == ("-Do it", "Not yet.")
    assert told["F6"] == ("Try", "Try what would come of it")
    assert told["F1"][0] == "Help"


def test_an_account_is_written_one_way() -> None:
    """With the character that the law on bookkeeping has; the other one, which sounds the same, is a tent."""
    with PO_FILE.open("rb") as file:
        assert [str(message.id) for message in read_po(file) if "帐" in str(message.string)] == []
