"""A report as data: facts and tables of values, in no language and on no paper yet.

Paper, screen text, CSV, spreadsheet and PDF are all made from this one record, so that they say the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from boss_tui.forms import yuan
from boss_tui.locale import Words
from data.message import Message, say

Kind = Literal["text", "count", "money"]
Value = str | int | Message


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value. kind: text, count, or money (fen)."""

    label: Message
    value: Value
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading and what stands in it: text, count, or money (fen)."""

    label: Message
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its heading. `total` is a last row, as wide as the others; empty when a sum would mean nothing."""

    title: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report.

    Attributes:
        name: of a file that it is written to, without ending.
        title: its heading.
        facts: what it is about: outlet, till, date, people.
        sections: its tables, in order.
        summary: what it comes to; shown last, in bold.
        copy: which reprint this is; 0 is the first print.
        signed: who signs it: a line for each at its end.
    """

    name: str
    title: Message
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    summary: tuple[Fact, ...] = ()
    copy: int = 0
    signed: tuple[Message, ...] = ()


def compared(section: Section) -> tuple[int, ...]:
    """What the rows of a table are compared by, as bars beside it: their last column, where that is money, nothing of
    it is below nothing, and its sum is said; empty where there is nothing to compare."""
    kinds = [column.kind for column in section.columns]
    if not section.total or len(section.rows) < 2 or kinds[0] != "text" or kinds[-1] != "money":
        return ()
    sums = [row[-1] for row in section.rows]
    amounts = tuple(amount for amount in sums if isinstance(amount, int) and amount >= 0)
    return amounts if len(amounts) == len(sums) and any(amounts) else ()


CASHIER_SIGNS, SUPERVISOR_SIGNS = say("Signature of the cashier"), say("Signature of the supervisor")


def shown(value: Value, kind: Kind, words: Words) -> str:
    """A value as a person reads it: money in yuan, words in their language."""
    if isinstance(value, Message):
        return words(value)
    return yuan(value) if kind == "money" and isinstance(value, int) else str(value)


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain(value: Value, kind: Kind, words: Words) -> str:
    """A value as it is shown, without what no file can hold."""
    return _CONTROLS.sub("", shown(value, kind, words))
