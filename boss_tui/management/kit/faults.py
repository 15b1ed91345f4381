"""What can be wrong with a row of a file: where, of what class, in words."""

from __future__ import annotations

from msgspec import Struct

from data.message import Message, say

CELLS, KEY, TWICE, CELL, THERE, FILE = "cells", "key", "twice", "cell", "there", "file"
CLASSES: dict[str, Message] = {
    CELLS: say("more cells than columns"),
    KEY: say("no key"),
    TWICE: say("the same key twice"),
    CELL: say("a cell that is wrong"),
    THERE: say("in stock already"),
    FILE: say("the file as a whole"),
}
"""What can be wrong with a row, in words."""


class CellFault(Struct, frozen=True):
    """What is wrong with a row: in which line of the file, in which column (empty: all of it), of what class."""

    line: int
    column: str
    kind: str
    message: Message
