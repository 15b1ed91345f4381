"""The ranges of document numbers of an outlet, and how far each is used: the note of the journal's end keeps that too
(`sync.noted`). What is done with them is `number_stock`'s."""

from __future__ import annotations

from data.store import Reading
from data.tables.document import DocumentRange

_PAPER = "paper "
"""What the names of ranges begin with, among the running numbers of an outlet."""


def ranges(reading: Reading, outlet: str) -> list[DocumentRange]:
    """The ranges of an outlet, each kind by its numbers."""
    return reading.all(DocumentRange, outlet=outlet, order=("kind", "code", "first_number"))


def reached(reading: Reading, outlet: str) -> dict[str, int]:
    """The number that comes next in each range of an outlet, by a name of the range."""
    return {
        f"{_PAPER}{row.kind} {row.code} {row.first_number}": row.next_number
        for row in ranges(reading, outlet)
        if row.state != "returned"
    }


def meant(name: str) -> tuple[str, str, int] | None:
    """Kind, code and first number of the range that `reached` gave a name; None: it is another running number's."""
    if not name.startswith(_PAPER):
        return None
    kind, code, first = name.removeprefix(_PAPER).split(" ")
    return kind, code, int(first)
