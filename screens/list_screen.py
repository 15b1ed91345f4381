"""The shape of every screen that looks something up: a field, a list that it narrows, what Enter does with a line."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from data.message import Message, say
from screens.actions import ACTIONS
from screens.dialogs.dialog import Lines
from screens.frame import DeskScreen
from screens.matching import EXACT, matches
from screens.meanings import AGAIN, here
from screens.terminal import FastInput
from screens.widgets.listing import Listing, ListInput, ListRow

_NOTHING = say("Nothing found.")
_MEANT = say("Nothing found here. To go there: F8, then {word}")


class ListScreen(DeskScreen):
    """A subclass answers `load` and `chosen`. hint: what the field is for. widths: the columns of the list.
    empty: what is said when there is nothing at all, whatever is typed."""

    means = here(restore=AGAIN)
    hint: ClassVar[Message] = say("Type to narrow. Enter opens the marked line.")
    menu: ClassVar[bool] = False
    """Its lines are things to do: one whose name begins with what is typed goes before those that only tell of it."""
    widths: ClassVar[tuple[int, ...]] = (14, 24)
    empty: ClassVar[Message] = _NOTHING

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self.listing = Listing(self.widths)
        self.entry = ListInput(self.listing, id="entry")
        self._typed = typed
        self._narrowing = asyncio.Lock()
        self._loaded = self._was_left = False

    def parts(self) -> ComposeResult:
        """Hint, field, list."""
        self._advised = Lines((self.advice(), "dim"))
        yield self._advised
        yield self.entry
        yield self.listing

    def advice(self) -> Message:
        """What the field is for, here and now."""
        return self.hint

    def advise(self) -> None:
        """Say it anew: what it says goes by what is shown."""
        self._advised.show((self.advice(), "dim"))

    def help_sections(self) -> list[tuple[Message, Message]]:
        """What the list is for."""
        return [(self.heading(), self.advice())]

    def on_mount(self) -> None:
        """The first list."""
        self.entry.value = self._typed
        if not self._typed:
            self.reload()

    def on_screen_suspend(self) -> None:
        """Something else is shown over it."""
        self._was_left = True

    def on_screen_resume(self) -> None:
        """What was done meanwhile may have changed the list; the mark stays at its place."""
        if self._loaded and self._was_left:
            self.reload()

    def retell(self) -> None:
        """What the lines say was put into words when they were loaded."""
        super().retell()
        if self._loaded:
            self.reload()

    def reload(self) -> None:
        """Load again for what is typed; the mark stays at its place."""
        self.desk.flow(self._narrow(self.entry.value, self.listing.at))

    async def load(self, text: str) -> Sequence[ListRow]:
        """The lines for a text."""
        raise NotImplementedError

    def narrowed(self, lines: Iterable[ListRow], text: str) -> list[ListRow]:
        """The lines whose words hold a text."""
        sought, words = text.strip().casefold(), self.desk.words
        found = [line for line in lines if line.holds(sought)]
        if self.menu and sought:
            found.sort(key=lambda line: not words(line.cells[0]).casefold().startswith(sought))
        return found

    async def chosen(self, line: ListRow) -> None:
        """A line was taken."""
        raise NotImplementedError

    async def _narrow(self, text: str, at: int = 0) -> None:
        """One question at a time; of those that wait, the last one alone."""
        async with self._narrowing:
            if text == self.entry.value:
                self._put(await self.load(text), text, at)

    def _put(self, lines: Sequence[ListRow], text: str, at: int) -> None:
        if text == self.entry.value and self.is_attached:  # who works here may have signed off meanwhile
            self.listing.show(lines, self._stays(lines, at) if self.menu and at else at)
            self._loaded = True
            if not lines and (text.strip() or not self.said_last[1]):  # what was done here is told first
                self.tell(self._none(text.strip()) if text.strip() else self.empty)
            elif self.said_last[0] == self.empty or self.said_last[0].template in (_NOTHING.template, _MEANT.template):
                self.tell(Message(""))

    def _none(self, text: str) -> Message:
        """That nothing is found; of a word that leads somewhere from the prompt, that it is typed there."""
        leads = any(matches(text, *action.words) == EXACT for action in ACTIONS if self.desk.offers(action))
        return Message(_MEANT.template, {"word": text}) if leads else _NOTHING

    def _stays(self, lines: Sequence[ListRow], at: int) -> int:
        """Where the marked line of a menu is by now. What took its place, where it is offered no more: mostly the
        opposite of it; the first line, where the menu ends before."""
        follows = (place for place, line in enumerate(lines) if line == self.listing.marked)
        return next(follows, at if at < len(lines) else 0)

    def on_input_changed(self, event: FastInput.Changed) -> None:
        """Narrow. Letters go on where it takes long (`seek`), but for those that choose a line."""
        event.stop()
        keyed = bool(self.listing.keys)
        if keyed or not self.desk.gate.types_on:
            self.desk.flow(self._narrow(event.value), narrows=not keyed)

    def on_input_submitted(self, event: FastInput.Submitted) -> None:
        """Take the marked line."""
        event.stop()
        self.listing.choose()

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Do what the line is for. That something else was done before is old then."""
        event.stop()
        if self.said_last[1] == "good":
            self.tell(Message(""))
        self.desk.flow(self.chosen(event.line))

    def on_listing_marked(self, event: Listing.Marked) -> None:
        """What can be done may go by the line that is marked."""
        event.stop()
        self.redraw_frame()

    async def do_restore(self) -> None:
        """Load again."""
        await self._narrow(self.entry.value, self.listing.at)
