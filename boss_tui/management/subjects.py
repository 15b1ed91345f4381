"""The register of subjects: which M rows the kit serves, and in which module each is declared. A line each.

A module is imported when its subject is asked for: nothing of management is loaded at a counter's start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from boss_tui.editions import subjects as engine
from boss_tui.management.kit.subject import Entity, Subject
from data.errors import NotAllowed
from data.message import say

MODULES = {
    "M1": "m01_content",
    "M4": "m04_products",
    "M6": "m06_tariffs",
    "M19": "m19_processes",
}


@cache
def subject(code: str) -> Subject:
    """A subject by its code. NotAllowed says which there are."""
    module = MODULES.get(code.upper())
    if module is None:
        told = say("There is no subject {code}; there are {codes}.", code=code, codes=", ".join(MODULES))
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


class _OfEngine(Mapping[str, engine.EditionSubject]):
    """All subjects as the engine of editions is told of them, each when it is asked for."""

    def __getitem__(self, code: str) -> engine.EditionSubject:
        if code not in MODULES:
            raise KeyError(code)
        return subject(code).of_engine

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


def rules(publish: engine.Publish) -> engine.Rules:
    """What editions of all subjects go by."""
    from boss_tui.management.kit.words import TELLING

    return engine.Rules(publish, _OfEngine(), TELLING)
