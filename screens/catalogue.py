"""Which screen a business has: found by its module's name, so that adding one edits nothing here."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import screens
from screens.business import BusinessScreen


@cache
def screen_of(code: str) -> type[BusinessScreen]:
    """The class with this code in the module named after it (`C1`: c01_…), else the plain screen."""
    prefix = f"{code[0].lower()}{int(code[1:]):02d}_"
    for module in pkgutil.iter_modules(screens.__path__):
        if module.name.startswith(prefix):
            found = importlib.import_module(f"screens.{module.name}")
            for item in vars(found).values():
                if isinstance(item, type) and issubclass(item, BusinessScreen) and item.code == code:
                    return item
    return BusinessScreen
