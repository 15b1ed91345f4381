"""A page of rows under their headings: a cursor on a row and on a column, marks, and what is pending on each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from boss_tui.management.called import Names, called
from boss_tui.management.kit.entity import IN_FORCE, Column, Entity, Key
from boss_tui.management.kit.listing import ListRow, Pending
from boss_tui.management.words import SHIPPED, cell_said
from data.clock import is_made_key, on_the_wall
from data.message import Message, say
from data.states import state_name
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit, right, shared_out

WIDEST, NARROW = 24, 16
"""Cells of a column at most, where another one would have no room; where what is pending takes it."""
_FORE = 2
_SHIPPED = say("shipped")
"""The same as `SHIPPED`, in a few cells."""


class Grid(Drawn):
    """`at`: the row under the cursor; `column`: the column. `marked`: the keys of rows that are marked, on any page."""

    can_focus = False

    def __init__(self, entity: Entity) -> None:
        super().__init__(id="grid")
        self.entity = entity
        self.names: Names = {}
        self.rows_shown: tuple[ListRow, ...] = ()
        self.at = self.column = 0
        self.marked: set[Key] = set()
        self.sort, self.falling = "", False
        self._in_short = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, in the order that the language of the screen gives them."""
        return self.entity.list_in(self.desk.words.language)

    @property
    def page(self) -> int:
        """How many rows are seen at once, below the heading."""
        return max((self.content_size.height or 12) - 1, 1)

    @property
    def chosen_column(self) -> str:
        """The name of the column under the cursor."""
        return self.columns[self.column].name

    @property
    def here(self) -> ListRow | None:
        """The row under the cursor."""
        return self.rows_shown[self.at] if self.rows_shown else None

    def show(self, rows: Sequence[ListRow], at: int, names: Names | None = None) -> None:
        """Show these rows, the cursor on one of them. names: what the codes in them refer to is called."""
        self.rows_shown = tuple(rows)
        self.names = self.names if names is None else names
        self.at = max(0, min(at, len(self.rows_shown) - 1))
        self.redraw()

    def move(self, by: int) -> bool:
        """Move the cursor within the page; whether that was possible."""
        if not 0 <= self.at + by < len(self.rows_shown):
            return False
        self.at += by
        self.redraw()
        return True

    def move_column(self, by: int) -> None:
        """Move the column cursor."""
        self.column = max(0, min(self.column + by, len(self.columns) - 1))
        self.redraw()

    def mark(self) -> None:
        """Mark the row under the cursor, or not any more."""
        if self.here is not None:
            self.marked ^= {self.here.key}
            self.redraw()

    # drawing

    def rows(self, width: int) -> list[Row]:
        """The heading and the rows. Where there is no room for all, codes that nobody but the program goes by go first:
        what they are called stays."""
        self._in_short = False
        rows, is_whole = self._drawn_in(width)
        if not is_whole:
            self._in_short = True
            rows, _ = self._drawn_in(width)
        return rows

    def _drawn_in(self, width: int) -> tuple[list[Row], bool]:
        """The lines, and whether all of every column is seen."""
        needed = [self._needed(column) for column in self.columns]
        widths = [min(each, WIDEST) for each in needed]
        asides, last, (first, shown) = self._beside(widths, width, in_full=True)
        if first + len(shown) < len(widths):  # since when, is less than what the row itself says
            asides, last, (first, shown) = self._beside(widths, width, in_full=False)
        if len(shown) < len(self._window(widths, width - _FORE)[1]):  # what is pending pushes no column out: names do
            narrow = [min(each, NARROW) for each in widths]
            asides, last, (first, shown) = self._beside(narrow, width, in_full=False)
        shown = shared_out(shown, needed[first:], width - _FORE - last - sum(shown) - len(shown))
        rows = [
            self._row(place, row, asides[place], first, shown, width, last) for place, row in enumerate(self.rows_shown)
        ]
        return [self._heading(first, shown, width), *rows], shown == needed

    def _beside(self, widths: list[int], width: int, *, in_full: bool) -> tuple[list[str], int, tuple[int, list[int]]]:
        """What stands beside each row, how wide that is at most, and which columns there is room for then."""
        asides = [self._aside(row, in_full) for row in self.rows_shown]
        last = min(max([0, *(cell_len(text) for text in asides)]), max(width // 3, 12))
        return asides, last, self._window(widths, width - _FORE - last)

    def _needed(self, column: Column) -> int:
        """Cells that a column's widest cell takes, and its heading with the sign of the order behind it."""
        cells = [cell_len(self._cell(column, row)) for row in self.rows_shown]
        return max([cell_len(self.words(column.label)) + 1, *cells])

    def _window(self, widths: list[int], room: int) -> tuple[int, list[int]]:
        """The first column that is shown, and the widths of those: the one under the cursor is among them."""
        first = 0
        while first < self.column and sum(width + 1 for width in widths[first : self.column + 1]) > room:
            first += 1
        shown: list[int] = []
        for width in widths[first:]:
            if shown and sum(shown) + len(shown) + width + 1 > room:
                break
            shown.append(min(width, max(room - 1, 1)))
        return first, shown

    def _heading(self, first: int, shown: list[int], width: int) -> Row:
        row: Row = [("< " if first else "  ", "head")]
        for place, room in enumerate(shown, first):
            column = self.columns[place]
            arrow = ("v" if self.falling else "^") if column.name == self.sort else " "
            text = self._in(column, self.words(column.label), room - 1) + arrow if room > 1 else arrow
            row += [(text, "bar" if place == self.column else "head"), (" ", "head")]
        more = " >" if first + len(shown) < len(self.columns) else ""
        rest = width - sum(cell_len(text) for text, _ in row)
        return [*row, (fit(right(more, max(rest, 0)), max(rest, 0)), "head")]

    def _row(self, place: int, row: ListRow, aside: str, first: int, shown: list[int], width: int, last: int) -> Row:
        here = place == self.at
        text = (">" if here else " ") + ("*" if row.key in self.marked else " ")
        for column, room in zip(self.columns[first:], shown, strict=False):
            text += self._in(column, self._cell(column, row), room) + " "
        text = fit(text, width - last) + fit(aside, last)
        return [(text, "bar" if here else "" if row.validity == IN_FORCE else "off")]

    @staticmethod
    def _in(column: Column, text: str, room: int) -> str:
        """A cell, or a heading, in so many cells: figures stand at their right end."""
        is_figure = column.is_number and not column.is_closed
        return right(fit(text, room).rstrip(), room) if is_figure else fit(text, room)

    def _cell(self, column: Column, row: ListRow) -> str:
        """A key that nobody typed says nothing: in its place the row's name, if it has one."""
        if column.is_key and is_made_key(row.values[column.name]):
            name = called(row.values)
            return self.words(name) if name is not None else "-"
        told = cell_said(self.entity, column, row, self.names, in_short=self._in_short)
        return self.words(told) if isinstance(told, Message) else told

    def _aside(self, row: ListRow, in_full: bool) -> str:
        """Whether it is in force, and in which edition it is; in full: by whom and since when."""
        told = [SHIPPED if in_full else _SHIPPED] if row.is_shipped else []
        if row.validity != IN_FORCE and (in_full or not row.pending):
            told.append(state_name(row.validity))
        told += [_pending(each) if in_full else _in_edition(each) for each in row.pending]
        return " ".join(self.words(each) for each in told) if told else ""


def _pending(each: Pending) -> Message:
    """Which edition is going to change a row, or to add it, whose, since when."""
    said = {"number": each.number, "author": each.author, "day": on_the_wall(each.made_at, "%m-%d")}
    if each.op == "add":
        return say("new ~{number} {author} {day}", **said)
    return say("~{number} {author} {day}", **said)


def _in_edition(each: Pending) -> Message:
    """In which edition a row is, and whose, in a few cells."""
    said = {"number": each.number, "author": each.author}
    return say("new ~{number} {author}", **said) if each.op == "add" else Message("~{number} {author}", said)


def named(key: Key) -> str:
    """A row's key as people read it."""
    return "/".join(map(str, key))


def first_three(keys: Sequence[Key]) -> Message:
    """How many rows are meant, and the first three of them by name."""
    names = ", ".join(named(key) for key in keys[:3])
    more = " …" if len(keys) > 3 else ""
    return say("{n} {n:row|rows}: {names}", n=len(keys), names=names + more)
