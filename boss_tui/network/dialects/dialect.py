"""What every dialect can do: render acts by its templates, parse a command, read an answer.

A dialect is pure: no element, no file, no clock. Its three tables (templates, values, codes) come from the store,
where a manager edits them (M10); each dialect brings a set to begin with.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

from boss_tui.network.dialects.acts import ACTS, LISTED, PLAIN, SAMPLES
from boss_tui.network.dialects.answers import Answer, Code
from boss_tui.network.dialects.record import Record
from boss_tui.network.dialects.templates import (
    Command,
    Step,
    Values,
    Words,
    filled,
    holds,
    names,
    problems,
    refuse,
    wire_values,
)
from data.errors import NotAllowed
from data.message import Message, say

Templates = Mapping[str, Sequence[Step]]
Shape = tuple[str, ...]


class Dialect(ABC):
    """One family of elements' command language, with the tables that are in force.

    Attributes:
        name: by which elements and batch files refer to it.
        templates: act → its steps, in order.
        values: parameter → neutral word → the element's word.
        codes: the element's code → what it means and whether to try again.
    """

    name: ClassVar[str]
    joiner: ClassVar[str] = "&"

    def __init__(self, templates: Templates, values: Words, codes: Mapping[str, Code]) -> None:
        self.templates = templates
        self.values = values
        self.codes = codes

    @abstractmethod
    def shape(self, text: str) -> Shape:
        """A command's shape: its verb and the names of its parameters, in order. NotAllowed: it is not ONE command."""

    @abstractmethod
    def answer(self, text: str, raw: str) -> Answer:
        """What the element's reply to the command `text` comes to. Never raises: what can't be read is unknown."""

    @abstractmethod
    def record(self, printout: str) -> Record | None:
        """The subscriber that a query's printout shows; None when it names no subscriber."""

    @abstractmethod
    def masked(self, text: str) -> str:
        """A command, or a reply that echoes it, with authentication keys and passwords hidden: for screens and logs."""

    def render(self, act: str, values: Values) -> tuple[Command, ...]:
        """An act's commands, in order. NotAllowed (field = parameter): no such act, or a parameter is missing, unknown
        or unlawful, or the template yields no command."""
        if act not in ACTS or act not in self.templates:
            raise refuse(say("This element knows no act {act}.", act=act), "act")
        wire = wire_values(ACTS[act], values, self.values, self.joiner)
        steps = [step for step in self.templates[act] if holds(step.when, values)]
        if not steps:
            raise refuse(say("The template of {act} gives no command for these parameters.", act=act), "act")
        return tuple(self._command(step, wire) for step in steps)

    def _command(self, step: Step, wire: Mapping[str, str]) -> Command:
        undo = tuple(self._line(line, wire) for line in step.undo if names(line) <= set(wire))
        return Command(self._line(step.command, wire), undo)

    def _line(self, template: str, wire: Mapping[str, str]) -> str:
        """One line, proved to have the shape that its template has."""
        line = filled(template, wire)
        plain = filled(template, {name: "0" if name in PLAIN else value for name, value in wire.items()})
        if self.shape(line) != self.shape(plain):
            raise refuse(say("A value would change the command: {template}", template=template))
        return line

    def check(self, act: str, steps: Sequence[Step]) -> tuple[Message, ...]:
        """What is wrong with a template before it is published; empty when it may be."""
        if act not in ACTS:
            return (say("There is no act {act}.", act=act),)
        found = [message for step in steps for message in problems(ACTS[act], step)]
        return tuple(found or self._tried(steps) or ([] if steps else [say("A template needs a line.")]))

    def _tried(self, steps: Sequence[Step]) -> list[Message]:
        found: list[Message] = []
        for line in (line for step in steps for line in (step.command, *step.undo)):
            try:
                self._line(line, {name: self._sample(name) for name in names(line)})
            except NotAllowed as fault:
                found.append(fault.message)
        return found

    def _sample(self, name: str) -> str:
        table = self.values.get(name.removeprefix("old_"), {})
        return SAMPLES.get(name) or self.joiner.join(list(table.values())[: 2 if name in LISTED else 1]) or "0"

    def neutral(self, name: str, wire: str) -> str:
        """Our word for the element's word; empty where the value table has none."""
        return next((word for word, value in self.values.get(name, {}).items() if value == wire), "")
