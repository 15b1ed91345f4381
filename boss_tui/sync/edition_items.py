"""An edition as items of the stream: what an item says, and how many lines one holds.

A large edition is split, so that no item is ever too large for a page or a poor line: whoever takes it brings its parts
in together or not at all. Source: design 6 and 12.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from boss_tui.editions.lines import Op, RowEdit, Unfit
from boss_tui.sync.wire import Rubbish, loads
from data.errors import NotAllowed
from data.journal import canonical
from data.message import say
from data.table_words import row_words

KIND, KIND_VERSION = "edition", 1
MOST_LINES = 1_000
MOST_BYTES = 500_000
"""What the lines of one item take as JSON, at most."""


class About(Struct, frozen=True):
    """What every part says of its edition. `id`: of the edition at headquarters; `number`: the one that people know it
    by. `counts_from`: the business date, never empty; `at_once`: whatever date an outlet is in."""

    id: str
    number: int
    subject: str
    title: str
    author: str
    approver: str
    counts_from: str
    at_once: bool


class ItemPart(Struct, frozen=True):
    """What one item says: `part` of `parts`, from 1."""

    about: About
    part: int
    parts: int
    lines: tuple[RowEdit, ...]

    @property
    def is_last(self) -> bool:
        """Whether it is there as a whole with this one."""
        return self.part == self.parts

    def body(self) -> str:
        """As it travels."""
        listed = [_listed(line) for line in self.lines]
        about = self.about
        return canonical(
            {
                "edition": about.id,
                "number": about.number,
                "subject": about.subject,
                "title": about.title,
                "author": about.author,
                "approver": about.approver,
                "counts_from": about.counts_from,
                "at_once": about.at_once,
                "part": self.part,
                "parts": self.parts,
                "lines": listed,
                "hash": _hash(listed),
            }
        )


def parted(about: About, lines: Iterable[RowEdit]) -> list[ItemPart]:
    """An edition in parts. NotAllowed for a line that no item can hold."""
    groups: list[list[RowEdit]] = []
    size = MOST_BYTES
    for line in lines:
        length = len(canonical(_listed(line)).encode())
        if length > MOST_BYTES:
            told = say(
                "{row} is too large to be handed down: {size} kB, {most} at most.",
                row=row_words(line.table, line.key),
                size=length // 1000,
                most=MOST_BYTES // 1000,
            )
            raise NotAllowed(told)
        if size + length > MOST_BYTES or len(groups[-1]) == MOST_LINES:
            groups.append([])
            size = 0
        groups[-1].append(line)
        size += length
    return [ItemPart(about, at, len(groups), tuple(group)) for at, group in enumerate(groups, 1)]


def part_of(body: str) -> ItemPart:
    """What an item says. Unfit when it says nothing, or its lines are not those of its hash."""
    try:
        told: Any = loads(body)
        about = About(
            told["edition"],
            told["number"],
            told["subject"],
            told["title"],
            told["author"],
            told["approver"],
            told["counts_from"],
            told["at_once"],
        )
        part = ItemPart(about, told["part"], told["parts"], tuple(_line(listed) for listed in told["lines"]))
        sound = told["hash"] == _hash(told["lines"]) and 1 <= part.part <= part.parts
    except (Rubbish, KeyError, TypeError, ValueError) as fault:
        raise Unfit(say("An edition of the stream can't be read.")) from fault
    if not sound:
        raise Unfit(say("An edition of the stream is not what its hash says."))
    return part


def _listed(line: RowEdit) -> list[Any]:
    return [line.table, list(line.key), line.op, dict(line.values)]


def _line(listed: Sequence[Any]) -> RowEdit:
    match listed:
        case [str(table), list(key), "add" | "change" | "end" as op, dict(values)]:
            kind: Op = op
            return RowEdit(table, tuple(key), kind, values)
        case [str(table), list(key), "undo", {"item": int(item)}]:
            return RowEdit(table, tuple(key), "undo", {"item": item})
    raise ValueError("no line")


def _hash(listed: Sequence[Any]) -> str:
    return hashlib.sha256(canonical(listed).encode()).hexdigest()
