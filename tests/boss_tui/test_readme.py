"""The README names every business, in both languages, as the program does."""

from __future__ import annotations

from pathlib import Path

import pytest

import boss_tui
import boss_tui.transactions
from boss_tui.business.registry import BUSINESSES
from boss_tui.locale import words

ROOT = Path(boss_tui.__file__).parents[1]


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh.md", "zh_CN")])
def test_every_business_is_listed_by_its_name(name: str, language: str) -> None:
    text, speak = (ROOT / name).read_text(), words(language)
    assert not [code for code, business in BUSINESSES.items() if f"| {code} {speak(business.name)} |" not in text]
