"""Choices as they are typed: the code, the word of either language, its pinyin initials, or the beginning of one.

What is typed into a field is looked for in the list that F4 shows: first as a whole, then as a beginning, then Chinese
and whole numbers also within a word. The nearest way in which anything fits counts; two that fit alike are an error,
which names them. The list itself is narrowed by any part of what it shows, since a person looks at what is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import reduce

from pydantic_core import PydanticCustomError

from boss_tui.forms.fields import Choice
from boss_tui.forms.typed import codes_in, folded, wrong
from boss_tui.locale import LANGUAGES, words
from data.characters import is_digits, is_han
from data.message import Message, say
from data.names import first_letters

NAMED = 4
"""How many of those that fit are named at most."""


def chosen(text: str, choices: Sequence[Choice], *, several: bool = False, known: Collection[str] = ()) -> str:
    """The code that a text means; the text itself where nothing fits. Raises `typed.wrong` when two fit.

    several: codes with commas between them, each looked for by itself. known: codes that are not in the list now; one
    that is typed whole is itself, not the beginning of another.
    """
    if several:
        return ",".join(chosen(one, choices, known=known) for one in codes_in(text))
    if folded(text).upper() in known:
        return folded(text).upper()
    found = _fitting(folded(text).casefold(), choices)
    if len(found) > 1:
        raise _which(found)
    return found[0].value if found else text


def called(value: str, choices: Sequence[Choice]) -> Message | None:
    """What codes that were chosen are called; None when one of them is not in the list."""
    labels = {choice.value: choice.label for choice in choices}
    codes = value.split(",") if value not in labels else [value]
    return _joined([labels[code] for code in codes]) if value and all(code in labels for code in codes) else None


def narrowed(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """The lines of a list in which this stands: in code, words, initials or what else is told; the nearest first."""
    wanted = folded(text).casefold()
    if not wanted:
        return list(choices)
    near = [(_distance(wanted, choice), choice) for choice in choices]
    return [choice for distance, choice in sorted(near, key=lambda pair: pair[0]) if distance < _NOWHERE]


def _distance(wanted: str, choice: Choice) -> int:
    """0 where it is the whole of a spelling, 1 its beginning, then within it, then within what else the line tells."""
    spellings = _spellings(choice)
    for distance, way in enumerate((*_WAYS[:2], _anywhere)):
        if any(way(wanted, spelling) for spelling in spellings):
            return distance
    told = [folded(words(language)(choice.detail)).casefold() for language in LANGUAGES]
    return _NOWHERE - 1 if any(wanted in detail for detail in told) else _NOWHERE


def _fitting(wanted: str, choices: Sequence[Choice]) -> list[Choice]:
    """Those that fit in the nearest way; a code that was typed whole is that code, whatever else it begins."""
    coded = [choice for choice in choices if choice.value.casefold() == wanted]
    if coded or not wanted:
        return coded
    for way in _WAYS:
        found = [choice for choice in choices if any(way(wanted, spelling) for spelling in _spellings(choice))]
        if found:
            return found
    return []


def _spellings(choice: Choice) -> tuple[str, ...]:
    """The code, the word in each language, and the initials of the Chinese one."""
    named = [folded(words(language)(choice.label)).casefold() for language in LANGUAGES]
    return (choice.value.casefold(), *named, *(first_letters(name) for name in named if any(map(is_han, name))))


def _within(wanted: str, spelling: str) -> bool:
    """Chinese is looked for in the middle too, and a number that stands there whole (58 in 畅聊58套餐, not in 158): no
    letter that was hit by chance is in it."""
    if is_digits(wanted):
        return re.search(rf"(?<!\d){wanted}(?!\d)", spelling) is not None
    return any(map(is_han, wanted)) and wanted in spelling


def _anywhere(wanted: str, spelling: str) -> bool:
    return wanted in spelling


_WAYS: tuple[Callable[[str, str], bool], ...] = (
    lambda wanted, spelling: wanted == spelling,
    lambda wanted, spelling: spelling.startswith(wanted),
    _within,
)
_NOWHERE = len(_WAYS) + 1


def _which(found: Sequence[Choice]) -> PydanticCustomError:
    named = [say("{word} ({code})", word=choice.label, code=choice.value) for choice in found[:NAMED]]
    if len(found) > NAMED:
        return wrong("Which one: {some}, or one of {n} more? F4 shows them.", some=_joined(named), n=len(found) - NAMED)
    return wrong("Which one: {some}?", some=_joined(named))


def _joined(messages: Sequence[Message]) -> Message:
    return reduce(lambda before, one: say("{before}, {one}", before=before, one=one), messages)
