"""Conditions that managers write, in the Common Expression Language (cel.dev): end at once, reach nothing outside.

What a condition may name is a fact such as `customer.age`; what facts there are is told by `qualification.rule_facts`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from threading import Lock
from typing import Any

from msgspec import Struct

from data.errors import NotAllowed
from data.message import say

LONGEST = 400
_TEXTS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_NAME = re.compile(r"(?<![\w.])[a-z_]+\.[a-z_]+\b")
_LOOP = re.compile(r"\.\s*(?:all|exists|exists_one|filter|map)\s*\(")
"""What goes through a list. There is none among the facts, and loops within loops would hold every counter up."""
_KEPT = 256
_LOADING = Lock()


class Unanswerable(NotAllowed):
    """A condition can't be told from these facts: one is not known, or is of another kind."""


class Condition(Struct, frozen=True):
    """A condition that can be read. `names`: the facts that it turns on."""

    text: str
    names: frozenset[str]
    _program: Any

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """Whether it holds. Unanswerable: a fact is missing or unfit, or what comes of it is no yes or no."""
        try:
            found = self._program.execute(facts)
        except (KeyError, TypeError, ValueError, RuntimeError, ArithmeticError) as fault:
            told = say("Not to be told: {fault}", fault=str(fault).splitlines()[0])
            raise Unanswerable(told, field="rule") from fault
        if not isinstance(found, bool):
            raise Unanswerable(say("This comes to {found}, and not to yes or no.", found=str(found)), field="rule")
        return found


@lru_cache(_KEPT)
def condition(text: str) -> Condition:
    """A condition as it was typed. NotAllowed (`rule`): it is none, too long, or goes through a list."""
    if len(text) > LONGEST:
        raise NotAllowed(say("At most {n} characters.", n=LONGEST), field="rule")
    bare = _TEXTS.sub("''", text)
    if _LOOP.search(bare):
        raise NotAllowed(say("No loops: say it with in, && and ||."), field="rule")
    try:
        program = _cel().compile(text)
    except ValueError as fault:
        place = re.search(r"<input>:1:(\d+)", str(fault))
        told = say("No condition: look at character {n}.", n=int(place[1]) if place else 1)
        raise NotAllowed(told, field="rule") from fault
    return Condition(text, frozenset(_NAME.findall(bare)), program)


def _cel() -> Any:
    """The language itself, loaded once: services that are asked at once are asked by threads, and a second time it ends
    the program."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Any:
    """It, from its file. The package's own __init__ would load its console beside it, for many times the cost."""
    package = find_spec("cel")
    assert package is not None
    found = PathFinder.find_spec("cel", package.submodule_search_locations)
    assert found is not None
    assert found.loader is not None
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module
