"""What is said to a person, kept as data until a language is chosen.

A `Message` is an English template and its values. It travels in errors, reasons, notices, trails and the journal, and
is put into words of one language only where it is shown (`boss_tui.locale.Words`). It holds no customer data beyond
its values, and is never read as markup.

Where a word depends on a number, a template says the word for one and the word for any other number, between bars, as
the format of that number: "{n} {n:slip is|slips are} missing". Chinese has one word for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from string import Formatter
from typing import Any

from msgspec import Struct, field


class _Counted(Formatter):
    """Python's own, that also knows the words for one and for more."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        one, bar, more = format_spec.partition("|")
        if not bar:
            return super().format_field(value, format_spec)
        return one if str(value) == "1" else more


_COUNTED = _Counted()


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A template, in whatever language, with its values."""
    return _COUNTED.vformat(template, (), values) if "|" in template else template.format(**values)


class Message(Struct, frozen=True):
    """A template in English, which is also its key among the translations, and the values it names.

    A value may itself be a Message: it is put into the same language.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.template:
            return str(self.values.get("en", ""))
        return filled(self.template, self.values) if self.values else self.template

    def as_json(self) -> dict[str, Any]:
        """The message as plain JSON values: {"template": …, "values": {…}}."""
        return {
            "template": self.template,
            "values": {k: v.as_json() if isinstance(v, Message) else v for k, v in self.values.items()},
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Message:
        """The message that `as_json` wrote."""
        values = {
            k: cls.from_json(v) if isinstance(v, dict) and "template" in v else v for k, v in stored["values"].items()
        }
        return cls(stored["template"], values)


def both(zh_CN: str, en: str) -> Message:
    """What the store holds in two languages, such as a product's name: shown in the one that is asked for."""
    return Message("", {"zh_CN": zh_CN, "en": en or zh_CN})


def quoted(told: Message | str) -> Message:
    """Words, or a text that is nobody's words and is shown as it is: a fault's trace, a note, a code."""
    return told if isinstance(told, Message) else Message("{text}", {"text": told})


def listed(items: Iterable[Message], *, apart: bool = False) -> Message:
    """Several things one after another, with what stands between them in each language; empty for none. `apart`: they
    may have commas of their own, so that semicolons stand between them."""
    told = Message("")
    for item in items:
        if told == Message(""):
            told = item
        else:
            told = say("{these}; {one}", these=told, one=item) if apart else say("{these}, {one}", these=told, one=item)
    return told


FIRST = 3
"""How many of several things are told by name."""


def first_of(items: Sequence[Message], count: int = 0, *, apart: bool = False) -> Message:
    """The first of several things by name (`listed`), and how many more there are; `count`: of all, where not all are
    given."""
    told, more = listed(items[:FIRST], apart=apart), max(count, len(items)) - FIRST
    return say("{these} and {n} more", these=told, n=f"{more:,}") if more > 0 else told


def say(template: str, /, **values: Any) -> Message:
    """A message. Translations are gathered from calls of this name."""
    return Message(template, values)
