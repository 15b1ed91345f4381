"""What can be wrong with a row of a file: where, of what class, in words."""

from __future__ import annotations

from msgspec import Struct

from data.message import Message, say

CELLS, KEY, TWICE, CELL, THERE, FILE = "cells", "key", "twice", "cell", "there", "file"
CLASSES: dict[str, Message] = {
    CELLS: say("Rows of more cells than columns"),
    KEY: say("Rows without a key"),
    TWICE: say("Rows with a key twice"),
    CELL: say("Wrong cells"),
    THERE: say("In stock already"),
    FILE: say("The file as a whole"),
}
"""What can be wrong with a row, in words."""


class CellFault(Struct, frozen=True):
    """What is wrong with a row: in which line of the file, in which column (empty: all of it), of what class."""

    line: int
    column: str
    kind: str
    message: Message
