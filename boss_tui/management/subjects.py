"""The register of subjects: which M rows the kit serves, and in which module each is declared. A line each.

A module is imported when its subject is asked for: nothing of management is loaded at a counter's start.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.subject import Subject
from data.errors import NotAllowed
from data.message import say

MODULES = {
    "M1": "m01.content",
    "M2.1": "m02_1.interfaces",
    "M2.2": "m02_2.bindings",
    "M3.1": "m03_1.categories",
    "M3.2": "m03_2.classes",
    "M4": "m04.products",
    "M5": "m05.resources",
    "M6": "m06.tariffs",
    "M7": "m07.operators",
    "M8": "m08.credit",
    "M9": "m09.papers",
    "M10": "m10.elements",
    "M19": "m19.processes",
}


@cache
def subject(code: str) -> Subject:
    """A subject by its code. NotAllowed says which there are."""
    module = MODULES.get(code.upper())
    if module is None:
        told = say("Managers keep nothing called {code}; there are {codes}.", code=code, codes=", ".join(MODULES))
        raise NotAllowed(told, field="code")
    found: Subject = import_module(f"boss_tui.management.{module}").SUBJECT
    return found


def named(name: str) -> tuple[Subject, Entity]:
    """What is meant by `M6` (the first that it keeps) or `M6/tax_rate`."""
    code, _, entity = name.partition("/")
    found = subject(code)
    return found, found.entity(entity.strip())


@cache
def of_table(table: str) -> Entity | None:
    """What a table's rows are kept as; None where no subject keeps them."""
    entities = (entity for code in MODULES for entity in subject(code).entities)
    return next((entity for entity in entities if entity.name == table), None)
