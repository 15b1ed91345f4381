"""Fields as data: what one is called, what may be typed, where its list comes from. Light, for the first frame.

A form of many such fields, with its rules, is in `boss_tui.forms.form`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from data.message import Message

Kind = Literal[
    "text",
    "name",
    "digits",
    "code",
    "money",
    "rate",
    "time",
    "volume",
    "date",
    "choice",
    "flag",
    "password",
    "multiline",
]


_FULL_WIDTH = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})


def half_width(text: str) -> str:
    """Full-width digits, letters and signs, as an input method types them, in half width; nothing else is changed: ²
    and ① are no digits."""
    return text.translate(_FULL_WIDTH)


def per_cent(rate: int) -> str:
    """A rate in hundredths of a per cent as it is typed: 600 is 6, 650 is 6.5."""
    whole, part = divmod(rate, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


def as_typed(kind: Kind | None, number: int) -> str:
    """A bound of a field as it would be typed there: an amount in yuan, a rate in per cent; with commas, to be read."""
    if kind == "rate":
        return per_cent(number)
    return f"{number // 100:,}.{number % 100:02d}" if kind == "money" else f"{number:,}"


_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_FRAME = "".join(map(chr, (*range(0x20), 0x7F, 0x20, 0x3000, 0xFEFF)))


def scanned(text: str) -> str:
    """What was scanned or read, without what the machine put around it: STX and ETX, GS, tabs, line ends, a byte order
    mark, and the prefix that names the symbology (]C1 for GS1-128: ISO/IEC 15424)."""
    bare = text.strip(_FRAME)
    return (bare[3:] if _AIM.match(bare) else bare).strip(_FRAME)


class Labelled(Struct, frozen=True):
    """What is said of a field first, by its place (`Ask`)."""

    label: Message
    kind: Kind = "text"


class Ask(Labelled, frozen=True, kw_only=True):
    """How one field is asked for.

    Attributes:
        label: what the field is called, at most 14 cells in either language.
        kind: what may be typed. `digits` and `code` are folded to half width; `code` to capitals too; `flag` is y or n;
            `rate` is in per cent; `time` and `volume` have a unit (`forms.measured`); `multiline` has lines.
        help: what is legal here (F1).
        choices: the name of the list that F4 opens; answered by `Transaction.choices`.
        section: the heading above the field and those after it, when it starts a new one.
        width: cells that the field takes on the screen.
        length: the most characters that it takes; 0 is any number.
        when: what the field hangs on: another field's name (asked for while that holds something other than n), or
            `action=refund|correct` (while that holds one of these), `kind!=30|31` (while it holds none of these); of
            several with blanks between, any is enough.
        same: whether 'same as last time' (F7) may fill it.
        several: whether it holds codes with commas between them: F4 adds one, or takes out one that is there.
        means: what leaving the field empty means, in words, where its default is a code.
        answered: whether a document that was typed may answer it: Enter passes over it then.
        names: what may be named in it, and what that is: of conditions, and of what is told to others.
    """

    help: Message = Message("")
    choices: str = ""
    section: Message = Message("")
    width: int = 20
    length: int = 0
    when: str = ""
    same: bool = False
    several: bool = False
    means: Message = Message("")
    answered: bool = False
    names: tuple[tuple[str, Message], ...] = ()

    def asked(self, held: Callable[[str], str | None]) -> bool:
        """Whether the field is asked for. `held`: what another one holds, or its default; None: it is not asked for."""
        return not self.when or any(_holds(term, held) for term in self.when.split())


def _holds(term: str, held: Callable[[str], str | None]) -> bool:
    name, sign, wanted = term.partition("=")
    value = held(name.rstrip("!"))
    if value is None:
        return False
    value = value.strip().lower()
    if name.endswith("!"):
        return value not in wanted.split("|")
    return value in wanted.split("|") if sign else value not in {"", "n", "否"}


class FieldSpec(Struct, frozen=True):
    """A field as the screen needs it: its name in the form, how it is asked for, whether it must be filled; the bounds
    of a number (of an amount in fen; None: none), and whether it is a code that files and folders are named by."""

    name: str
    ask: Ask
    required: bool
    least: int | None = None
    most: int | None = None
    is_named: bool = False


class Choice(Struct, frozen=True):
    """One line of a field's list: the value that goes into the field, what it is called, and more to choose by."""

    value: str
    label: Message
    detail: Message = Message("")
