"""What is set for a counter: the file, before it the environment; what can't be is named by its own name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boss_tui.home.folder import FILE
from boss_tui.home.settings import Home
from data.errors import BadForm

WRITTEN = 'outlet = "HZ01"\ncounter = "HZ0101"\n'


def home(folder: Path, more: str = "") -> Home:
    (folder / FILE).write_text(WRITTEN + more)
    return Home(folder)


@pytest.mark.parametrize(
    ("more", "variable", "said", "name", "value"),
    [
        ("", "", "", "counter", "HZ0101"),
        ("", "BOSS_COUNTER", "HZ0102", "counter", "HZ0102"),  # the environment goes before the file
        ("demo = true", "", "", "demo", True),
        ("demo = true", "BOSS_DEMO", "false", "demo", False),
        ("", "BOSS_EXCHANGE_SECONDS", "3600", "exchange_seconds", 3600.0),
        ("lock_after_minutes = 0", "", "", "lock_after_minutes", 0.0),
        ("", "BOSS_HOME", "elsewhere", "store", ""),  # no setting, and none of our business here
        ('store = "postgresql://a/b?c=%20"', "", "", "store", "postgresql://a/b?c=%20"),
    ],
)
def test_a_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, variable: str, said: str, name: str, value: Any
) -> None:
    monkeypatch.delenv("BOSS_LANGUAGE", raising=False)
    if variable:
        monkeypatch.setenv(variable, said)
    assert getattr(home(tmp_path, more).settings, name) == value


@pytest.mark.parametrize(
    ("more", "variable", "said", "name"),
    [
        ("exchange_seconds = 0", "", "", "exchange_seconds"),
        ("", "BOSS_EXCHANGE_SECONDS", "3600.5", "exchange_seconds"),
        ("", "BOSS_DEMO", "perhaps", "demo"),
        ("", "BOSS_COUNTER", "", "counter"),
        ("", "BOSS_OUTLET", "x" * 21, "outlet"),
        ('languge = "en"', "", "", "languge"),
        ('language = "fr"', "", "", "language"),
        ('terminal_encoding = "klingon"', "", "", "terminal_encoding"),
        ("demo = yes", "", "", FILE),  # no TOML: the fault names line and column
    ],
)
def test_what_can_not_be_set_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, variable: str, said: str, name: str
) -> None:
    monkeypatch.delenv("BOSS_LANGUAGE", raising=False)
    if variable:
        monkeypatch.setenv(variable, said)
    with pytest.raises(BadForm) as refused:
        home(tmp_path, more)
    assert list(refused.value.errors) == [name]


def test_all_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadForm) as refused:
        home(tmp_path, "lock_after_minutes = 1441\nnonsense = 1")
    assert set(refused.value.errors) == {"lock_after_minutes", "nonsense"}
