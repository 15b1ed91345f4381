"""Command templates that a manager can edit, and the strict rendering of them.

A template line names its parameters as `{imsi}`. Nothing else is replaced, no value can change the shape of a command,
and what is missing or unknown is refused. Not a template language: there is no expression and no escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from boss_tui.network.dialects.acts import CHOSEN, LISTED, PLAIN, Act, international
from data.errors import NotAllowed
from data.message import Message, say

Values = Mapping[str, str | Sequence[str]]
"""An act's parameters: digits or a neutral word each; `services` is a sequence of words."""

Words = Mapping[str, Mapping[str, str]]
"""A dialect's value table: parameter → neutral word → the element's word."""

_FIELD = re.compile(r"\{([a-z0-9_]+)\}")
_WIRE = re.compile(r"[A-Za-z0-9_.-]+")


class Step(Struct, frozen=True):
    """One line of an act's template.

    Attributes:
        command: the command with its parameters in braces.
        undo: commands that take it back, in order; one that names an optional parameter that was not given is left out.
        when: conditions, all of which must hold, set apart by blanks: `ki` (given), `!opc` (not given), `data=on`.
    """

    command: str
    undo: tuple[str, ...] = ()
    when: str = ""


class Command(Struct, frozen=True):
    """A command as the element gets it, and what would take it back."""

    text: str
    undo: tuple[str, ...] = ()


def undoing(done: Iterable[Command]) -> tuple[str, ...]:
    """The compensation for commands that were done, last first (domain-facts 1.4)."""
    return tuple(text for command in reversed(list(done)) for text in command.undo)


def names(template: str) -> frozenset[str]:
    """The parameters that a template line names."""
    return frozenset(_FIELD.findall(template))


def refuse(message: Message, field: str = "") -> NotAllowed:
    """The error for a template or a value that can't make a command."""
    return NotAllowed(message, field=field)


def wire_values(act: Act, values: Values, words: Words, joiner: str) -> dict[str, str]:
    """Every given parameter as it goes onto the line. NotAllowed: one is missing, unknown, or not lawful."""
    for name in values:
        if name not in act.needs | act.may:
            raise refuse(say("{act} takes no parameter {name}.", act=act.name, name=name), name)
    absent = sorted(act.needs - set(values))
    if not absent and act.together & set(values):
        absent = sorted(act.together - set(values))
    if absent:
        raise refuse(say("{act} needs the parameter {name}.", act=act.name, name=absent[0]), absent[0])
    return {name: _wire(name, value, words, joiner) for name, value in values.items()}


def _wire(name: str, value: str | Sequence[str], words: Words, joiner: str) -> str:
    if name in LISTED:
        if isinstance(value, str) or not value:
            raise refuse(say("The parameter {name} is a list of words.", name=name), name)
        return joiner.join(_word(name, one, words) for one in value)
    if not isinstance(value, str):
        raise refuse(say("The parameter {name} is one text.", name=name), name)
    if name in CHOSEN:
        return _word(name, value, words)
    if not re.fullmatch(PLAIN[name], value):
        raise refuse(say("The parameter {name} does not look as it must.", name=name), name)
    return international(value) if name == "number" else value


def _word(name: str, value: str, words: Words) -> str:
    table = words.get(name.removeprefix("old_"), {})
    if value not in table:
        raise refuse(say("This element has no value for {name} {value}.", name=name, value=value), name)
    if not _WIRE.fullmatch(table[value]):
        raise refuse(say("The element's value for {name} {value} is not lawful.", name=name, value=value), name)
    return table[value]


def holds(when: str, values: Values) -> bool:
    """Whether a step's conditions hold for these values."""
    for term in when.split():
        name, sign, wanted = term.partition("=")
        given = name.removeprefix("!") in values
        if sign:
            given = values.get(name) == wanted
        if given == term.startswith("!"):
            return False
    return True


def filled(template: str, wire: Mapping[str, str]) -> str:
    """The line with its parameters put in. NotAllowed: one is missing, or braces are left over."""
    for name in sorted(names(template) - set(wire)):
        raise refuse(say("The template needs the parameter {name}: {template}", name=name, template=template), name)
    if set(_FIELD.sub("", template)) & set("{}"):
        raise refuse(say("The template has a brace too many: {template}", template=template))
    return _FIELD.sub(lambda found: wire[found[1]], template)


def problems(act: Act, step: Step) -> list[Message]:
    """What is wrong with a step's use of parameters, before its syntax is looked at."""
    found: list[Message] = []
    lawful = act.needs | act.may
    sure = act.needs | _given(act, step.when)
    for name in sorted(names(step.command) - sure):
        if name in lawful:
            found.append(say("{name} may be absent: add it to the conditions.", name=name))
    for line in (step.command, *step.undo):
        found += [say("{act} takes no parameter {name}.", act=act.name, name=n) for n in sorted(names(line) - lawful)]
    for term in step.when.split():
        name = term.removeprefix("!").partition("=")[0]
        if name not in lawful:
            found.append(say("{act} takes no parameter {name}.", act=act.name, name=name))
        elif "=" in term and (term.startswith("!") or name not in CHOSEN):
            found.append(say("A condition is name, !name or name=word: {term}", term=term))
    return found


def _given(act: Act, when: str) -> frozenset[str]:
    given = {term.partition("=")[0] for term in when.split() if not term.startswith("!")}
    return frozenset(given | (act.together if given & act.together else frozenset()))
