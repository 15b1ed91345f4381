"""A list to choose from: drawn in one piece, moved through by the keys of the field above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.message import Message as TextualMessage

from boss_tui.locale import LANGUAGES, words
from data.message import Message, say
from screens.terminal import FastInput
from screens.widgets.drawn import Drawn
from screens.widgets.text import Row, fit, headed, right, shared_out

WIDEST = 30  # cells of a column that fits itself to its words
DIGITS = "123456789"
"""The keys that choose among what a field may hold: what else is typed may be part of a code."""
KEYS = f"{DIGITS}0-=[];',./"
"""The keys that choose among things to do, however many: those of the keyboard that no word begins with."""
HEADING = "head"
"""The style of a line that is a heading of others: it is never marked."""


class Figure(str):
    """A cell that stands at the right end of its column, and asks for no more room than its digits, or its head."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line: its cells, what is chosen with it, and the style it is drawn in."""

    cells: tuple[str | Message, ...]
    value: Any = field(default=None, compare=False)
    style: str = ""

    def holds(self, text: str) -> bool:
        """Whether its words have a text, in whatever language: who looks for a line may have read the other one."""
        return text.strip().casefold() in self.told()

    def told(self) -> str:
        """What is looked through: its words in each language."""
        return "\n".join(" ".join(map(_in(language), self.cells)) for language in LANGUAGES).casefold()


def _in(language: str) -> Callable[[str | Message], str]:
    speak = words(language)
    return lambda cell: speak(cell) if isinstance(cell, Message) else cell


class Listing(Drawn):
    """Lines in columns. widths: cells of each column, where there is room; what the last one does not need, and what
    others have for nothing, goes to those whose words would be cut, the first first. Where lines have keys, those
    choose: a key means one line, wherever the window stands and however far the list is narrowed."""

    can_focus = False

    class Chosen(TextualMessage):
        """A line was chosen."""

        def __init__(self, line: ListRow) -> None:
            super().__init__()
            self.line = line

    class Marked(TextualMessage):
        """The mark is on another line, or other lines are shown: what can be done here may be something else."""

    def __init__(self, widths: Sequence[int], *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.widths = tuple(widths)
        self.items: list[ListRow] = []
        self.at = 0
        self.keys: dict[str, ListRow] = {}
        self.empty = Message("")  # what stands there when there is no line
        self.further: Callable[[], None] | None = None  # asks for more lines; None: these are all
        self._top = 0
        self._known: dict[tuple[Any, ...], tuple[int, ...]] = {}

    def show(self, lines: Sequence[ListRow], at: int = 0) -> None:
        """Show these; the first one is marked, or the one at a place, or else the last one."""
        self.items = list(lines)
        self.at = self._onto(at, 1)
        self._top = min(self._top, self.at) if at else 0
        self._known.clear()
        self._moved()

    def _moved(self) -> None:
        self.redraw()
        self.post_message(self.Marked())

    def give_keys(self, lines: Sequence[ListRow], keys: str = KEYS) -> None:
        """Let keys choose among these, the whole list: in their order, and none that stands below a heading."""
        self.keys = dict(zip(keys, takewhile(lambda line: line.style != HEADING, lines), strict=False))

    def retell(self) -> None:
        """The language has changed: other words, other widths."""
        self._known.clear()
        super().retell()

    def fit_to(self, lines: Sequence[ListRow]) -> None:
        """Make the columns as wide as their widest cell, within bounds; the last takes what is left."""
        columns = zip(*(line.cells for line in lines), strict=False)
        widest = [max(cell_len(self.words(c) if isinstance(c, Message) else c) for c in column) for column in columns]
        self.widths = tuple(min(width, WIDEST) for width in widest)

    @property
    def marked(self) -> ListRow | None:
        """The line that Enter chooses."""
        return self.items[self.at] if self.items else None

    def move(self, by: int) -> None:
        """Move the mark; never onto a heading, where there is anything else. Near the end more lines are asked for."""
        self.at = self._onto(self.at + by, by)
        self._moved()
        if self.further is not None and self.at + self.page >= len(self.items):
            self.further()

    def _onto(self, at: int, way: int) -> int:
        """The place nearest to one that may be marked: on the way first, then back from its end."""
        at = max(0, min(len(self.items) - 1, at))
        after, before = range(at, len(self.items)), range(min(at, len(self.items) - 1), -1, -1)
        places = (*before, *after) if way < 0 else (*after, *before)
        return next((place for place in places if not self._heads(place)), at)

    def _heads(self, place: int) -> bool:
        return 0 <= place < len(self.items) and self.items[place].style == HEADING

    def turn(self, by: int) -> None:
        """Turn so many pages; the mark stays at its place of the window."""
        self._top = max(0, min(len(self.items) - self.page, self._top + by * self.page))
        self.move(by * self.page)

    def key_of(self, line: ListRow) -> str:
        """The key that chooses a line; empty: none does."""
        return next((key for key, meant in self.keys.items() if meant == line), "")

    def choose(self, key: str = "") -> None:
        """Choose the marked line, or the one that a key means, where it is among those that are listed."""
        index = self.at
        if key:
            meant = self.keys.get(key)
            index = self.items.index(meant) if meant in self.items else -1
        if 0 <= index < len(self.items) and not self._heads(index):
            self.at = index
            self.redraw()
            self.post_message(self.Chosen(self.items[index]))

    def rows(self, width: int) -> list[Row]:
        """As many lines as there is room for, around the marked one."""
        if not self.items and self.empty != Message(""):
            return [[(fit("  " + self.words(self.empty), width), "dim")]]
        first = self.at - self._heads(self.at - 1)  # a heading is seen with what it heads
        self._top = max(min(self._top, first), self.at - self.page + 1, 0)
        window = self.items[self._top : self._top + self.page]
        rows = [self._row(self._top + place == self.at, line, width) for place, line in enumerate(window)]
        return rows if len(window) == len(self.items) else [*rows, self._position(len(window), width)]

    @property
    def page(self) -> int:
        """How many lines are seen at once; the last row says which, where there are more than fit."""
        height = self.content_size.height or len(self.items)
        return height if len(self.items) <= height else max(height - 1, 1)

    def _position(self, shown: int, width: int) -> Row:
        every = f"{len(self.items)}{'+' if self.further is not None else ''}"
        told = say("  {first}-{last} of {all}: PgDn, PgUp", first=self._top + 1, last=self._top + shown, all=every)
        return [(fit(self.words(told), width), "dim")]

    def _row(self, here: bool, line: ListRow, width: int) -> Row:
        number = f"{self.key_of(line):2}" if self.keys else ""
        text = (">" if here else " ") + number
        last = len(line.cells) - 1
        rooms = self._rooms(width - len(text), len(line.cells))
        for column, cell in enumerate(line.cells):
            told = self._said(cell)
            if line.style == HEADING and not column:
                told = headed(told)
            if isinstance(cell, Figure):
                told = right(told, rooms[column])
            text += told if column == last else fit(told, rooms[column]) + " "
        return [(fit(text, width), "bar" if here else line.style)]

    def _said(self, cell: str | Message) -> str:
        return self.words(cell) if isinstance(cell, Message) else cell

    def _rooms(self, width: int, columns: int) -> tuple[int, ...]:
        """Cells of each column, worked out once for these lines in this language; the last one has what is left."""
        asked = (width, columns, self.widths)
        if asked not in self._known:
            self._known[asked] = self._shared(width, columns)
        return self._known[asked]

    def _shared(self, width: int, columns: int) -> tuple[int, ...]:
        rows = [line.cells for line in self.items if len(line.cells) == columns]
        needed = [max(cell_len(self._said(cell)) for cell in cells) for cells in zip(*rows, strict=True)]
        rooms = [self.widths[n] if n < len(self.widths) else needed[n] for n in range(columns - 1)]
        short = sum(max(0, need - room) for room, need in zip(rooms, needed, strict=False))
        if short > width - sum(rooms) - len(rooms) - needed[-1]:  # none stands half empty beside one that is cut
            rooms = [min(room, need) for room, need in zip(rooms, needed, strict=False)]
        return (*shared_out(rooms, needed, width - sum(rooms) - len(rooms) - needed[-1]), needed[-1])

    def on_click(self, event: events.Click) -> None:
        """The mouse marks, and chooses what is marked."""
        place = self._top + event.y
        if place == self.at:
            self.choose()
        elif not self._heads(place):
            self.move(place - self.at)

    def on_resize(self) -> None:
        """The window has another height."""
        self.redraw()


class ListInput(FastInput):
    """The field above a list: text narrows it, the arrows move through it, Enter chooses."""

    BINDINGS: ClassVar = [
        Binding("up,shift+tab", "move(-1)", show=False),
        Binding("down,tab", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("escape", "clear", show=False),
    ]

    def __init__(self, listing: Listing, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.listing = listing

    def action_move(self, by: int) -> None:
        """Move the mark of the list."""
        self.listing.move(by)

    def action_page(self, by: int) -> None:
        """Turn the pages of the list."""
        self.listing.turn(by)

    def action_edge(self, to: int) -> None:
        """The beginning or end of what is typed; where the cursor is there already, of the list."""
        goal = 0 if to < 0 else len(self.value)
        if self.cursor_position != goal:
            self.cursor_position = goal
        else:
            self.listing.move(to * len(self.listing.items))

    def action_clear(self) -> None:
        """Nothing typed; a second time leaves the screen."""
        if self.value:
            self.value = ""
        else:
            self.screen.action_do("back")  # type: ignore[attr-defined]  # a desk's screen

    async def _on_key(self, event: events.Key) -> None:
        """A key chooses where the lines have keys: each digit, so that none is typed by mistake; a sign while nothing
        is typed, as a word may have one within it, but none begins with one."""
        key, keys = event.character or "", self.listing.keys
        if key and keys and (key in DIGITS or (key in keys and not self.value)):
            event.stop()
            event.prevent_default()
            self.listing.choose(key)
            return
        await super()._on_key(event)
