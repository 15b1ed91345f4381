"""What a layout is once it is read: lines with their places, conditions and repeats in each other; what it may name.

A fault is a value: the line and column (both from 1) at which somebody has to look, and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct, field

from data.message import Message, say
from printers.document import Align

CHINESE, ENGLISH = "zh_CN", "en"


class MarkupFault(Struct, frozen=True):
    """What is wrong, and where."""

    line: int
    column: int
    message: Message

    @property
    def told(self) -> Message:
        """The fault with its place, in one sentence."""
        return say("Line {line}, column {column}: {told}", line=self.line, column=self.column, told=self.message)


class Unreadable(Exception):
    """A layout that can't be used. `faults`: why, in order of their places; never empty."""

    def __init__(self, faults: Sequence[MarkupFault]) -> None:
        super().__init__(str(faults[0].told))
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))


class Words(Struct, frozen=True):
    """Fixed words in both languages."""

    chinese: str
    english: str
    column: int

    def in_language(self, language: str) -> str:
        """What a paper of that language says."""
        return self.chinese if language == CHINESE else self.english


class Name(Struct, frozen=True):
    """A field by its name."""

    name: str
    column: int


Part = Words | Name
Content = tuple[Part, ...]
"""What is said in one cell: words and fields, one after the other."""


class MarkupLine(Struct, frozen=True):
    """One block. `column`: of its content; `cells`: what it says, cell by cell."""

    word: str
    line: int
    column: int
    cells: tuple[Content, ...] = ()
    align: Align | None = None
    aligns: tuple[Align, ...] = ()
    widths: tuple[int, ...] = ()
    bold: bool = False
    double: bool = False
    wrap: bool = False
    count: int = 1


class When(Struct, frozen=True):
    """A condition. `equals`: the words that the field must hold; None: it must say something (`negated`: nothing)."""

    name: Name
    line: int
    negated: bool
    equals: str | None
    then: tuple[Node, ...]
    otherwise: tuple[Node, ...]


class Each(Struct, frozen=True):
    """A repeat over a list."""

    name: Name
    line: int
    body: tuple[Node, ...]


Node = MarkupLine | When | Each
FieldKind = Literal["text", "flag", "list", "table"]


class Field(Struct, frozen=True):
    """What a layout may name: its kind, what it is called, and of a list, what each of it has."""

    says: Message
    kind: FieldKind = "text"
    of: Mapping[str, Field] = field(default_factory=dict)


Vocabulary = Mapping[str, Field]
