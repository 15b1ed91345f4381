"""What is said in Chinese and in English: which name says the same, and which comes first in a language."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

_TWINS = {"_zh": "_en", "_en": "_zh"}
"""How names end that say the same in Chinese and in English."""


def twin(name: str, known: Collection[str]) -> str:
    """The name, among those that are known, that says the same in the other language; empty: it is said but once."""
    stem, tongue = name[:-3], name[-3:]
    other = stem + _TWINS[tongue] if tongue in _TWINS else ""
    return other if other in known else ""


def typed_first(names: Sequence[str], language: str) -> list[str]:
    """Names of a form, of those that say the same one after the other the language's own first."""
    found, own = list(names), f"_{language[:2]}"
    for at, (one, following) in enumerate(pairwise(names)):
        if following.endswith(own) and twin(one, names) == following:
            found[at : at + 2] = following, one
    return found


def listed_first(names: Sequence[str], known: Collection[str], language: str) -> list[str]:
    """Names of a list: what is said in a language in its place, the same in the other one last."""
    own = f"_{language[:2]}"
    foreign = {name for name in names if twin(name, known) and not name.endswith(own)}
    in_place = (twin(name, known) if name in foreign else name for name in names)
    shown = dict.fromkeys(in_place)  # each once, where it stood first
    return [*shown, *(each for each in names if each not in shown)]
