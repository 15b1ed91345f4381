"""How the rows of a period's figures become cells of a list: which columns there is room for, and how wide each is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boss_tui.forms.typed import yuan
from data.message import Message
from screens.widgets.text import right

if TYPE_CHECKING:
    from boss_tui.reports.report import Column, Section, Value

MOST_BARS, TOPS = 31, (5, 10, 20)
"""So many days at most are drawn as bars; so many of the first rows are offered alone."""
NAME, WIDTHS = 26, {"text": 8, "count": 7, "money": 12}
"""Cells of a row's name, and of its figures by what they are."""


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
    return right(words, WIDTHS[column.kind])


def cells_of(row: Sequence[Value], section: Section, places: Sequence[int]) -> tuple[str | Message, ...]:
    """A row as cells: its name, and its figures at these places."""
    cells: list[str | Message] = []
    for place in places:
        value, kind = row[place], section.columns[place].kind
        told = yuan(value) if kind == "money" and isinstance(value, int) else str(value)
        cells.append(right(told, WIDTHS[kind]))
    return (row[0] if isinstance(row[0], Message) else str(row[0]), *cells)


def room_for_bars(width: int, shown: Sequence[Column]) -> int:
    """How many bars fit behind these columns on a screen so wide: MOST_BARS at most."""
    used = 1 + NAME + sum(1 + WIDTHS[column.kind] for column in shown) + 4
    return max(0, min(MOST_BARS, width - used))
