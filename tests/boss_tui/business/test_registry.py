"""The table of businesses: it names what there is, and imports nothing that nobody has asked for."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from boss_tui.business.entries import ENTRIES, BusinessEntry
from boss_tui.business.process import Transaction
from boss_tui.business.registry import BUSINESSES, Businesses, title_of
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.locale import words
from data.message import Message, both
from data.standard import codes

CODES = [entry.code for entry in ENTRIES]


def loaded(code: str) -> list[str]:
    """The modules of businesses that a piece of code imports, in a process of its own."""
    shown = f"{code}; import sys; print(*(name for name in sys.modules if name.startswith('boss_tui.transactions.c')))"
    done = subprocess.run([sys.executable, "-c", shown], check=True, capture_output=True, text=True)
    return [name.removeprefix("boss_tui.transactions.") for name in done.stdout.split()]


def test_each_is_listed_once_and_is_of_the_catalogue() -> None:
    assert len(CODES) == len(set(CODES))
    assert [code for code in BUSINESS_NAMES if code.startswith("C")] == list(codes.BUSINESSES)
    assert [code for code in BUSINESS_NAMES if code.startswith("M")] == list(codes.MANAGEMENT)
    assert sorted(CODES) == sorted(codes.BUSINESSES)
    for language in ("zh_CN", "en"):
        said = words(language)
        assert {entry.code: said(entry.name) for entry in ENTRIES} == {
            code: said(BUSINESS_NAMES[code]) for code in CODES
        }
    assert list(BUSINESSES) == CODES
    assert len(BUSINESSES) == len(CODES)


@pytest.mark.parametrize("entry", ENTRIES, ids=CODES)
def test_it_is_made_of_its_class_once_and_knows_what_its_entry_says(entry: BusinessEntry) -> None:
    module, _, name = entry.transaction.partition(":")
    made = BUSINESSES[entry.code]
    assert type(made) is getattr(import_module(f"boss_tui.{module}"), name)
    assert BUSINESSES[entry.code] is made
    said = (made.code, made.name, made.aliases, made.offline)
    assert said == (entry.code, entry.name, entry.aliases, entry.offline)


def test_every_business_that_is_written_is_listed() -> None:
    listed = {type(business) for business in BUSINESSES.values()}
    written = {cls for cls in _below(Transaction) if cls.__module__.startswith("boss_tui.transactions.c")}
    assert written == listed


def _below(cls: type) -> set[type]:
    direct: list[type] = cls.__subclasses__()
    return {*direct, *(one for found in direct for one in _below(found))}


def test_what_is_not_listed_is_not_there() -> None:
    assert "C99" not in BUSINESSES
    assert BUSINESSES.get("C99") is None
    with pytest.raises(KeyError):
        BUSINESSES["C99"]
    assert title_of("C99") == both("C99", "C99")
    none = Businesses([BusinessEntry("X1", "transactions.nowhere:Nothing", "", Message("x"), ())])
    assert "X1" in none
    with pytest.raises(ModuleNotFoundError):
        none["X1"]


@pytest.mark.whole
@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("import boss_tui.business.registry", []),
        ("from boss_tui.business.registry import BUSINESSES; list(BUSINESSES), 'C1' in BUSINESSES", []),
        ("from boss_tui.business.registry import BUSINESSES; BUSINESSES['C4.4']", ["c04_4_change_password"]),
        ("import boss_tui.desk.filling, boss_tui.desk.orders; from boss_tui.chores import completion, scheduling", []),
    ],
)
def test_a_business_is_imported_when_it_is_asked_for(code: str, modules: list[str]) -> None:
    assert loaded(code) == modules
