"""Which screen a business has: found by its module's name, so that adding one edits nothing here."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import screens
from screens.business import BusinessScreen


@cache
def screen_of(code: str) -> type[BusinessScreen]:
    """The class with this code in the module named after it (`C1`: c01_…, `C4.1`: c04_1_…), else the plain screen."""
    major, _, minor = code[1:].partition(".")
    prefix = f"{code[0].lower()}{int(major):02d}_" + (f"{minor}_" if minor else "")
    for module in pkgutil.iter_modules(screens.__path__):
        if module.name.startswith(prefix):
            found = importlib.import_module(f"screens.{module.name}")
            for item in vars(found).values():
                if isinstance(item, type) and issubclass(item, BusinessScreen) and item.code == code:
                    return item
    return BusinessScreen
