"""How the rows of a period's figures become cells of a list: which columns there is room for, and how wide each is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boss_tui.forms import yuan
from data.message import Message
from screens.widgets.text import right

if TYPE_CHECKING:
    from boss_tui.reports.report import Column, Section, Value

BARS_SHOWN, TOPS = 14, (5, 10, 20)
"""The last so many days are drawn as bars; so many of the first rows are offered alone."""
_WIDTHS = {"text": 7, "count": 7, "money": 12}


def places_of(section: Section) -> list[int]:
    """The columns that there is room for: a table with shares goes without its amounts between."""
    places = list(range(1, len(section.columns)))
    if len(places) <= 3:
        return places
    money = [place for place in places if section.columns[place].kind == "money"]
    shared = [place for place in places if section.columns[place].kind == "text"]
    between = [place for place in money if shared and place < shared[0]][:-1] or (money[:-1] if not shared else [])
    return [place for place in places if place not in between]


def heading_of(column: Column, words: str) -> str:
    """The heading of a column, over its figures."""
    return right(words, _WIDTHS[column.kind])


def cells_of(row: Sequence[Value], section: Section, places: Sequence[int]) -> tuple[str | Message, ...]:
    """A row as cells: its name, and its figures at these places."""
    cells: list[str | Message] = []
    for place in places:
        value, kind = row[place], section.columns[place].kind
        told = yuan(value) if kind == "money" and isinstance(value, int) else str(value)
        cells.append(right(told, _WIDTHS[kind]))
    return (row[0] if isinstance(row[0], Message) else str(row[0]), *cells)
