"""What a field expects, in words: the shape of a day, an amount, a code, and its bounds; and days to choose from.

What is read, and how it is refused, is the form's (`boss_tui.forms.form`): this says the same before anything is typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from boss_tui.forms.fields import Choice, FieldSpec, as_typed
from data.message import Message, say

_SHAPES = {
    "date": say("A day: 20261127 or 2026-11-27."),
    "money": say("An amount in yuan, such as 50 or 12.50."),
    "rate": say("A rate in per cent, such as 6 or 6.5."),
    "time": say("A time, such as 2 min or 90 s."),
    "volume": say("An amount of data, such as 500 MB or 1.5 GB."),
    "digits": say("Digits."),
    "flag": say("Type y or n."),
    "password": say("A password."),
}


def expected(spec: FieldSpec, listed: bool = False) -> Message:
    """What may be typed into a field: its shape, its bounds, and what its declaration says of it. `listed`: it takes
    what a list has."""
    if listed or spec.ask.kind == "choice" or spec.ask.choices:
        said = [say("From a list: F4 shows it.")]
    else:
        said = [_shape(spec), *_bounds(spec)]
    if spec.ask.help != Message(""):
        said.append(spec.ask.help)
    lines = [say("{name}: {what}", name=name, what=what) for name, what in spec.ask.names]
    return _put("\n", [_put(" ", said), *lines]) if lines else _put(" ", said)


def _put(between: str, parts: Sequence[Message]) -> Message:
    """Parts that are told one after another."""
    return Message(
        between.join(f"{{s{at}}}" for at in range(len(parts))), {f"s{at}": each for at, each in enumerate(parts)}
    )


def _shape(spec: FieldSpec) -> Message:
    if spec.ask.kind in _SHAPES:
        return _SHAPES[spec.ask.kind]
    if spec.is_named:
        return say("A code of letters, digits, - and _, at most {n} {n:character|characters}.", n=spec.ask.length or 40)
    if spec.ask.several:
        return say("Codes with commas between them.")
    if spec.ask.kind == "code":
        return (
            say("A code, in capitals.")
            if not spec.ask.length
            else say("A code, at most {n} {n:character|characters}.", n=spec.ask.length)
        )
    return (
        say("A text, at most {n} {n:character|characters}.", n=spec.ask.length)
        if spec.ask.length
        else say("Anything may be typed here.")
    )


def _bounds(spec: FieldSpec) -> Iterator[Message]:
    if spec.least:
        yield say("At least {bound}.", bound=as_typed(spec.ask.kind, spec.least))
    if spec.most is not None:
        yield say("At most {bound}.", bound=as_typed(spec.ask.kind, spec.most))


def days(day: str) -> list[Choice]:
    """Days that are often meant, seen from a business date: each as it is typed, and in words."""
    today = date.fromisoformat(day)
    month = today.replace(day=1)
    following = (month + timedelta(days=31)).replace(day=1)
    after = (following + timedelta(days=31)).replace(day=1)
    named = (
        (today, say("today")),
        (today + timedelta(days=1), say("tomorrow")),
        (today + timedelta(days=7), say("in a week")),
        (following - timedelta(days=1), say("the last day of this month")),
        (following, say("the first day of next month")),
        (after - timedelta(days=1), say("the last day of next month")),
        (date(today.year, 12, 31), say("the last day of this year")),
        (date(today.year + 1, 1, 1), say("the first day of next year")),
    )
    return [Choice(each.isoformat(), told) for each, told in named]
