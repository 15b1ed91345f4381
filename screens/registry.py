"""Which screen a business has: its own, as its entry says, else the plain one."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from boss_tui.business.entries import ENTRIES
from screens.business import BusinessScreen


@cache
def screen_of(code: str) -> type[BusinessScreen]:
    """The class of a business's screen."""
    entry = next((entry for entry in ENTRIES if entry.code == code), None)
    if entry is None or not entry.screen:
        return BusinessScreen
    module, _, name = entry.screen.partition(":")
    found: type[BusinessScreen] = getattr(import_module(f"screens.{module}"), name)
    return found
