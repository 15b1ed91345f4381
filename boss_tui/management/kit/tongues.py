"""What is said in Chinese and in English: which column says the same, and which comes first in a language."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boss_tui.management.kit.entity import Column, Entity

TWINS = {"_zh": "_en", "_en": "_zh"}
"""How columns end that say the same in Chinese and in English."""


@cache
def form_in(entity: Entity, language: str) -> tuple[Column, ...]:
    """The columns of a form in a language: of what is said in both, that language's own first."""
    found, foreign = list(entity.columns), "_zh" if language.startswith("en") else "_en"
    for at, (column, following) in enumerate(pairwise(entity.columns)):
        if column.name.endswith(foreign) and entity.twin(column.name) == following.name:
            found[at : at + 2] = following, column
    return tuple(found)


@cache
def list_in(entity: Entity, language: str) -> tuple[Column, ...]:
    """The columns of a list in a language: what is said in it in its place, the same in the other one last."""
    names, own = [column.name for column in entity.in_list], f"_{language[:2]}"
    foreign = {name for name in names if entity.twin(name) and not name.endswith(own)}
    in_place = (entity.twin(name) if name in foreign else name for name in names)
    shown = dict.fromkeys(in_place)  # each once, where it stood first
    return tuple(entity.column(name) for name in (*shown, *(each for each in names if each not in shown)))
