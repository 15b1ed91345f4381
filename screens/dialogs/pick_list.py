"""The list of a field (F4), and every other list that is opened over a screen: filter as you type, Enter takes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult

from data.message import Message, say
from screens.dialogs.dialog import Box, Dialog, Heading, Lines
from screens.terminal import FastInput
from screens.widgets.listing import DIGITS, HEADING, KEYS, Listing, ListInput, ListRow

Load = Callable[[str], Awaitable[Sequence[ListRow]]]
LoadMore = Callable[[str, int], Awaitable[Sequence[ListRow]]]


class PickList(Dialog[Any]):
    """Answers the value of the line that was taken.

    `load` is asked anew at each key. Where no line of the whole list has a digit, the lines have keys, and a key takes
    one; where digits are part of what is looked for, they narrow the list.
    """

    expected: ClassVar[bool] = True
    helps: ClassVar[Message] = say(
        "What is typed narrows the list, by codes and by words. Up, Down, PgUp and PgDn mark a line, Enter takes it; a "
        "key that stands before a line takes it. Esc takes none."
    )

    def __init__(
        self,
        title: Message,
        load: Load,
        widths: Sequence[int] = (),
        typed: str = "",
        current: str = "",
        keys: str = DIGITS,
    ) -> None:
        """`widths`: none given, the columns take what the lines need. `current`: the value that is marked first.
        `keys`: what takes a line each."""
        super().__init__()
        self._title, self._load, self._typed, self._current = title, load, typed, current
        self._keys = keys
        self._fitted = not widths
        self.listing = Listing(widths)
        self.entry = ListInput(self.listing)
        self._asked = ""

    def compose(self) -> ComposeResult:
        """Heading, field, list, keys."""
        with Box(classes="-list"):
            yield Heading(self._title)
            yield self.entry
            yield self.listing
            yield Lines((say("Type to narrow. Enter takes the marked line. Esc: none"), "dim"))

    def on_mount(self) -> None:
        """The whole list first."""
        self.desk.flow(self._open())

    async def _open(self) -> None:
        self.listing.empty = say(
            "Nothing to choose from yet: type what you look for, or fill in what stands before it."
        )
        lines = await self._load("")
        if not any(_has_digit(line, self.desk.words) for line in lines):
            self.listing.give_keys(lines, self._keys)
        if self._fitted:
            self.listing.fit_to(lines)
        self.listing.show(lines, next((at for at, line in enumerate(lines) if line.value == self._current), 0))
        if self._typed:
            self.entry.value = self._typed

    def on_input_changed(self, event: FastInput.Changed) -> None:
        """Narrow."""
        event.stop()
        self.desk.flow(self._narrow(event.value))

    def retell(self) -> None:
        """Other words, other widths."""
        if self._fitted and self.listing.items:
            self.listing.fit_to(self.listing.items)
        super().retell()

    async def _narrow(self, text: str) -> None:
        self._asked = text
        lines = await self._load(text)
        if text == self._asked:
            self.listing.empty = say("Nothing found.")
            if self._fitted and not self.listing.widths:  # there was nothing before something was looked for
                self.listing.fit_to(lines)
            self.listing.show(lines)

    def on_input_submitted(self, event: FastInput.Submitted) -> None:
        """Take the marked line."""
        event.stop()
        self.listing.choose()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Answer."""
        event.stop()
        self.finish(event.line.value)

    def action_do(self, name: str) -> None:
        """Esc in an empty field gives up; other actions mean nothing here."""
        if name == "back":
            self.finish(None)


class LongPickList(PickList):
    """A list that answers so many lines at a time: where the mark comes near the last of them, more are asked for."""

    def __init__(self, title: Message, load: LoadMore, step: int = 200, current: str = "") -> None:
        """`load`: the lines for a text, and how many at most; `step`: how many more each time."""
        super().__init__(title, self._some, current=current)
        self._load_more, self._step, self._most = load, step, step

    async def _some(self, text: str) -> Sequence[ListRow]:
        """The first lines for a text; whether there may be more."""
        self._most = self._step
        return self._are(await self._load_more(text, self._most))

    def _are(self, lines: Sequence[ListRow]) -> Sequence[ListRow]:
        self.listing.further = self._further if len(lines) >= self._most else None
        return lines

    def _further(self) -> None:
        self.listing.further = None  # asked for once
        self._most += self._step
        self.desk.flow(self._go_on(self.entry.value))

    async def _go_on(self, text: str) -> None:
        """More of the same lines, the mark where it is."""
        lines = await self._load_more(text, self._most)
        if text == self.entry.value:
            self.listing.show(self._are(lines), self.listing.at)


def _has_digit(line: ListRow, words: Callable[[Message | str], str]) -> bool:
    shown = (cell if isinstance(cell, str) else words(cell) for cell in line.cells)
    return any(c.isdigit() for cell in shown for c in cell)


def pick(title: Message, lines: Sequence[ListRow], careful: Sequence[ListRow] = ()) -> PickList:
    """A list over the screen, narrowed by what is typed. careful: what ends or takes back something; it stands apart,
    last, and no key of its own takes it."""

    async def load(text: str) -> list[ListRow]:
        last = [line for line in careful if line.holds(text)]
        heads = [ListRow((say("With care"),), style=HEADING)] if last else []
        return [*(line for line in lines if line.holds(text)), *heads, *last]

    return PickList(title, load, keys=KEYS)
